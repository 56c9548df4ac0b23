"""Whoever waits for an answer longer than a second sees that the bot is typing."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import structlog
from aiogram import BaseMiddleware, Bot
from aiogram.enums import ChatAction
from aiogram.exceptions import TelegramAPIError
from aiogram.types import CallbackQuery, Message, TelegramObject

from bot.messengers.telegram import Undecodable
from bot.tasks import Tasks

log = structlog.get_logger(__name__)

Handler = Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]]

PATIENCE = 1.0
AGAIN = 4.5
"""Seconds: Telegram shows it for five."""


class Waiting(BaseMiddleware):
    """Says "typing" beside a handler that takes its time. No task is made for one that does not."""

    def __init__(self) -> None:
        self._tasks = Tasks()

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        if (place := _place(event)) is None:
            return await handler(event, data)
        hints: list[asyncio.Task[None]] = []

        def begin() -> None:
            hints.append(self._tasks.start(_type(*place), name="telegram: typing"))

        timer = asyncio.get_running_loop().call_later(PATIENCE, begin)
        try:
            return await handler(event, data)
        finally:
            timer.cancel()
            for hint in hints:
                hint.cancel()


def _place(event: TelegramObject) -> tuple[Bot, int] | None:
    message = event.message if isinstance(event, CallbackQuery) else event
    if event.bot is None or not isinstance(message, Message):
        return None
    return event.bot, message.chat.id


async def _type(bot: Bot, chat: int) -> None:
    while True:
        try:
            await bot.send_chat_action(chat, ChatAction.TYPING)
        except (TelegramAPIError, Undecodable) as error:
            log.debug("typing_unseen", error=type(error).__name__)
        await asyncio.sleep(AGAIN)
