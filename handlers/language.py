"""/language: everybody chooses in which language we write to them, and who has chosen none is written to in
Ukrainian, whatever Telegram itself is read in."""

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from bot.l10n import Words
from bot.people import People
from handlers.menus import Menus
from handlers.messengers import messenger_of
from handlers.screens import say, show, toast
from keyboards.language import LanguageButton, language_screen


async def ask(message: Message, words: Words) -> None:
    """In the middle of any dialogue, which goes on in the language that is chosen."""
    await say(message, language_screen(words))


async def choose(
    query: CallbackQuery, callback_data: LanguageButton, people: People, menus: Menus, words: Words
) -> None:
    """One of the three, or the way to them. It counts at once, and tapped again it says the same."""
    shop = callback_data.shop
    if callback_data.language is None:
        await toast(query)
        await show(query, language_screen(words, shop=shop))
        return
    account = await people.speak(messenger_of(query), str(query.from_user.id), callback_data.language)
    await toast(query)
    await show(query, language_screen(Words(account.language), shop=shop, chosen=True))
    await menus.bring(account)


def setup() -> Router:
    router = Router(name="language")
    router.message.register(ask, Command("language"))
    router.callback_query.register(choose, LanguageButton.filter())
    return router
