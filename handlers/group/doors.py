"""The doors of group chats: who is let in, and to what. Everything else that is said there is passed over."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

from aiogram import BaseMiddleware, F, Router
from aiogram.dispatcher.event.bases import UNHANDLED
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message, TelegramObject

from bot.l10n import Words
from bot.people import People
from handlers.errors import Faults
from handlers.group import chat, orders
from handlers.screens import toast
from models.people import Messenger

Handler = Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]]

GROUPS = ("group", "supergroup")


class InGroup(BaseMiddleware):
    """Puts `account` and `words` of a person beside what they do in a group, and as `state` the dialogue of their
    private chat: what is asked there is answered there.

    Who speaks in a chat's name, through a bot, or with somebody else's words is nobody (B17).
    """

    def __init__(self, people: People, words: Callable[[str], Words]) -> None:
        self._people = people
        self._words = words

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        if not isinstance(event, (Message, CallbackQuery)):
            return UNHANDLED
        place = event.chat if isinstance(event, Message) else event.message.chat if event.message else None
        if place is None or place.type not in GROUPS:
            return UNHANDLED
        person = event.from_user
        if person is None or person.is_bot:
            return None
        if isinstance(event, Message) and (event.sender_chat or event.forward_origin or event.via_bot):
            return None
        account = data["account"] = await self._people.known(Messenger.TELEGRAM, str(person.id))
        words = data["words"] = self._words(account.language if account else "uk")
        if account is None and isinstance(event, CallbackQuery):
            await toast(event, words("no-access"))
            return None
        state: FSMContext = data["state"]
        data["state"] = FSMContext(state.storage, replace(state.key, chat_id=person.id, user_id=person.id))
        return await handler(event, data)


def setup(people: People, words: Callable[[str], Words]) -> Router:
    """What Telegram says of the chat itself comes from nobody in particular, and is heard before people are."""
    root = Router(name="groups")
    people_in_it = Router(name="group.people")
    for observer in (people_in_it.message, people_in_it.callback_query):
        observer.outer_middleware(Faults())
        observer.outer_middleware(InGroup(people, words))
    people_in_it.include_routers(orders.setup(), chat.setup())
    itself = chat.setup_itself()
    itself.message.filter(F.chat.type.in_(GROUPS))
    itself.my_chat_member.filter(F.chat.type.in_(GROUPS))
    root.include_routers(itself, people_in_it)
    return root
