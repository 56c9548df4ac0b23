"""Internal notes: a button under the card, or simply a reply to it (R12, house 8.12)."""

from aiogram import F, Router
from aiogram.dispatcher.event.bases import SkipHandler
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from bot.l10n import Words
from bot.orders import Orders
from bot.outbox.cards import Cards
from handlers.messengers import messenger_of
from handlers.screens import say, toast
from keyboards.callbacks import LookButton
from keyboards.notes import LONGEST_NOTE, ask_note_screen, noted_screen
from keyboards.screen import Screen, units
from models.errors import NoSuchOrder, NotAllowed
from models.order import Order
from models.people import Account
from models.roles import Ability


class Noting(StatesGroup):
    """A member is about to write a note."""

    text = State()


async def ask(
    query: CallbackQuery,
    callback_data: LookButton,
    account: Account,
    orders: Orders,
    state: FSMContext,
    words: Words,
) -> None:
    try:
        card = await orders.card(callback_data.order, account.id)
    except NoSuchOrder:
        await toast(query, words("no-access"))
        return
    if Ability.NOTE not in card.can:
        await toast(query, words("refused-role"), alert=True)
        return
    await toast(query)
    await state.set_state(Noting.text)
    await state.set_data({"order": callback_data.order})
    await say(query, ask_note_screen(card.order, words))


async def told(
    message: Message,
    account: Account | None,
    orders: Orders,
    state: FSMContext,
    words: Words,
    cause: str,
) -> None:
    """The note itself, after the question."""
    if account is None:
        return
    if (text := await _text(message, words)) is None:
        return
    data = await state.get_data()
    order = await _keep(message, data["order"], text, account, orders, words, cause)
    await state.clear()
    if order is not None:
        await say(message, noted_screen(order, False, words))


async def replied(
    message: Message,
    account: Account | None,
    orders: Orders,
    cards: Cards,
    state: FSMContext,
    words: Words,
    cause: str,
) -> None:
    """A reply to a card is a note whatever else was asked: so no words about a buyer ever go to the buyer."""
    upon = message.reply_to_message
    if account is None or upon is None:
        raise SkipHandler
    public_id = await cards.order_of(
        account_id=account.id,
        channel=str(messenger_of(message)),
        chat=str(message.chat.id),
        message_id=str(upon.message_id),
    )
    if public_id is None:
        raise SkipHandler
    if (text := await _text(message, words)) is None:
        return
    order = await _keep(message, public_id, text, account, orders, words, cause)
    if order is not None:
        asked = await state.get_state()
        if asked == Noting.text.state and (await state.get_data()).get("order") == public_id:
            await state.clear()
            asked = None
        await say(message, noted_screen(order, asked is not None, words))


async def _text(message: Message, words: Words) -> str | None:
    """What was written; None after it was said that it cannot be a note."""
    if not message.text:
        await say(message, Screen(words("note-only-text")))
    elif (length := units(message.text)) > LONGEST_NOTE:
        await say(message, Screen(words("note-too-long", units=length, most=LONGEST_NOTE)))
    else:
        return message.text
    return None


async def _keep(
    message: Message,
    public_id: str,
    text: str,
    account: Account,
    orders: Orders,
    words: Words,
    cause: str,
) -> Order | None:
    try:
        return await orders.note(public_id, account.id, text, cause=cause)
    except NoSuchOrder:
        await say(message, Screen(words("no-access")))
    except NotAllowed:
        await say(message, Screen(words("refused-role")))
    return None


def setup() -> Router:
    router = Router(name="seller.notes")
    router.callback_query.register(ask, LookButton.filter(F.what == "note"))
    router.message.register(replied, F.reply_to_message, ~F.text.startswith("/"))
    router.message.register(told, Noting.text, ~F.text.startswith("/"))
    return router
