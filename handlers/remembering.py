"""What buyers are answered is remembered by its number: when they are forgotten, it is blanked (P15)."""

from collections.abc import Awaitable, Callable
from typing import Any

from aiogram import BaseMiddleware
from aiogram.types import CallbackQuery, InaccessibleMessage, Message, TelegramObject

from bot.people import People
from handlers.messengers import messenger_of
from handlers.screens import listening

Handler = Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]]


class Remembering(BaseMiddleware):
    """Stands before the doors through which buyers come."""

    def __init__(self, people: People) -> None:
        self._people = people

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        message = event.message if isinstance(event, CallbackQuery) else event
        if not isinstance(message, (Message, InaccessibleMessage)) or message.chat.type != "private":
            return await handler(event, data)
        with listening() as said:
            try:
                return await handler(event, data)
            finally:
                if said:
                    await self._people.told(messenger_of(message), str(message.chat.id), said)
