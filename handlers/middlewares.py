"""Who is knocking, and in which language."""

from collections.abc import Awaitable, Callable
from typing import Any

from aiogram import BaseMiddleware
from aiogram.types import CallbackQuery, Message, TelegramObject

from bot.l10n import Words
from bot.people import People
from handlers.messengers import messenger_of
from handlers.screens import toast
from keyboards.language import LanguageButton
from keyboards.operators import LetterButton

Handler = Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]]


class Knocking(BaseMiddleware):
    """Puts `account` (None for a stranger, of whom nothing is stored) and `words` beside the event.

    A stranger's press is answered here: every button was drawn for somebody who is known, but for those that choose
    a language, and for an operator's, who need not be of any shop; whether they are one is seen where the press
    leads. What comes without a
    person, from a bot, or not from a private chat goes no further: groups have doors of their own.
    """

    def __init__(self, people: People, words: Callable[[str], Words]) -> None:
        self._people = people
        self._words = words

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        if not isinstance(event, (Message, CallbackQuery)):
            return await handler(event, data)
        person = event.from_user
        chat = event.chat if isinstance(event, Message) else event.message.chat if event.message else None
        if person is None or person.is_bot or (chat is not None and chat.type != "private"):
            return None
        account = await self._people.known(messenger_of(event), str(person.id))
        data["account"] = account
        words = data["words"] = self._words(account.language if account else "uk")
        if account is None and isinstance(event, CallbackQuery) and not _for_anybody(event):
            await toast(event, words("no-access"))
            return None
        return await handler(event, data)


def _for_anybody(query: CallbackQuery) -> bool:
    kind = (query.data or "").partition(":")[0]
    return kind in (LetterButton.__prefix__, LanguageButton.__prefix__)
