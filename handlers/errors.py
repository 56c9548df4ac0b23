"""When we are at fault: the update is tried again, and on the last try the person is told."""

from collections.abc import Awaitable, Callable
from typing import Any

import structlog
from aiogram import BaseMiddleware
from aiogram.exceptions import TelegramAPIError
from aiogram.types import CallbackQuery, Message, TelegramObject

from bot.l10n import Words
from handlers.screens import say, toast
from keyboards.screen import Screen
from models.errors import Busy

log = structlog.get_logger(__name__)

Handler = Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]]


class Faults(BaseMiddleware):
    """Lets every error through to the inbox worker, which tries again: an error handler that returned would
    count as handled (house 8.3). What could not be *answered* is no fault of the update: its effect is stored.
    """

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        last_try = bool(data.get("last_try"))
        try:
            return await handler(event, data)
        except Busy:
            raise
        except TelegramAPIError as error:
            if not last_try:
                raise
            log.warning("answer_lost", error=type(error).__name__)
            return None
        except Exception:
            if last_try:
                await _apologise(event, data.get("words"))
            raise


async def _apologise(event: TelegramObject, words: Words | None) -> None:
    if words is None:
        return
    try:
        if isinstance(event, CallbackQuery):
            await toast(event, words("our-fault"), alert=True)
        elif isinstance(event, Message):
            await say(event, Screen(words("our-fault")))
    except TelegramAPIError as error:
        log.warning("apology_lost", error=type(error).__name__)
