"""An operator's answer to a dead letter. The notice itself is drawn anew by the outbox, for all operators alike."""

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.inbox.letters import Letters
from bot.l10n import Words
from handlers.screens import toast
from keyboards.operators import LetterButton
from models.errors import NoSuchOrder
from models.inbox import Letter


async def decide(query: CallbackQuery, callback_data: LetterButton, letters: Letters, words: Words) -> None:
    ask = letters.again if callback_data.again else letters.close
    try:
        became = await ask(callback_data.notice, query.from_user.id)
    except NoSuchOrder:
        await toast(query, words("no-access"))
        return
    wanted = Letter.AGAIN if callback_data.again else Letter.CLOSED
    settled = became not in (wanted, Letter.GONE)
    await toast(query, words("toast-letter-settled") if settled else words(f"toast-letter-{became}"))


def setup() -> Router:
    router = Router(name="letters")
    router.callback_query.register(decide, LetterButton.filter())
    return router
