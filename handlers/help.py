"""/help: what the bot does for whoever asks."""

from aiogram import Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import Message

from bot.l10n import Words
from bot.people import People
from handlers.screens import say
from handlers.walking import walk_on
from keyboards.help import help_screen
from keyboards.screen import Screen
from models.people import Account


async def help_(
    message: Message, account: Account | None, people: People, state: FSMContext, words: Words
) -> None:
    if account is None:
        await say(message, Screen(words("stranger")))
        return
    await walk_on(state)
    await say(message, help_screen(await people.faces(account.id), words, account.messenger))


def setup() -> Router:
    router = Router(name="help")
    router.message.register(help_, Command("help"))
    return router
