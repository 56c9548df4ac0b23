"""A buyer's taps and words about an order."""

from aiogram import F, Router
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from bot.l10n import Words
from bot.orders import Orders
from handlers.buyer.standing import standing, with_phone
from handlers.screens import say, show, toast
from keyboards.buyer import answer_screen, cancel_screen, confirm_screen, late_screen
from keyboards.callbacks import BuyerButton
from keyboards.screen import LONGEST_TEXT, Screen, units
from models.errors import NoSuchOrder, NotAllowed
from models.order import Order
from models.people import Account
from models.workflow import Status


class Asking(StatesGroup):
    """The buyer is about to write a question, or has written one and is asked which order it is about, or writes too
    much and has been told so."""

    question = State()
    which = State()
    hushed = State()


async def answer(
    query: CallbackQuery,
    callback_data: BuyerButton,
    account: Account,
    orders: Orders,
    state: FSMContext,
    words: Words,
    cause: str,
) -> None:
    """Any button under a buyer's message."""
    try:
        order = await orders.buyer_order(callback_data.order, account.id)
    except NoSuchOrder:
        await toast(query, words("no-access"))
        return
    try:
        await _answered(query, callback_data.answer, order, account, orders, state, words, cause)
    except NotAllowed as refusal:
        await toast(query)
        await show(query, late_screen(order, refusal.reason, words))


async def _answered(
    query: CallbackQuery,
    wish: str,
    order: Order,
    account: Account,
    orders: Orders,
    state: FSMContext,
    words: Words,
    cause: str,
) -> None:
    match wish:
        case "yes":
            order = await orders.buyer_confirms(order.public_id, account.id, cause=cause)
            await toast(query)
            await show(query, with_phone(confirm_screen(order, words), order, account, words))
        case "ask" if await state.get_state() == Asking.which.state:
            await toast(query)
            text = (await state.get_data())["text"]
            await state.clear()
            order = await orders.buyer_asks(order.public_id, account.id, text, cause=cause)
            await show(query, answer_screen(order, "buyer-asked", words))
        case "ask":
            await state.set_state(Asking.question)
            await state.set_data({"order": order.public_id})
            await toast(query)
            await say(query, answer_only(order, "buyer-ask-text", words))
        case "cancel":
            await toast(query)
            await show(query, cancel_screen(order, words))
        case "cancel_yes":
            order = await orders.buyer_cancels(order.public_id, account.id, cause=cause)
            await toast(query)
            gone = order.status is Status.BUYER_CANCELLED
            await show(
                query, answer_only(order, "buyer-cancelled" if gone else "buyer-cancel-requested", words)
            )
        case "cancel_no":
            await toast(query, words("buyer-kept", number=order.number))
            asked = order.awaits_buyer
            await show(
                query,
                confirm_screen(order, words) if asked else await standing(order, account, orders, words),
            )
        case _:
            await toast(query)
            await show(query, await standing(order, account, orders, words))


def answer_only(order: Order, key: str, words: Words) -> Screen:
    return Screen(answer_screen(order, key, words).text)


async def question(
    message: Message,
    account: Account | None,
    orders: Orders,
    state: FSMContext,
    words: Words,
    cause: str,
) -> None:
    """The buyer's words: kept with the order and rung to whoever holds it."""
    if account is None:
        return
    if not message.text:
        await say(message, Screen(words("only-text")))
        return
    order = (await state.get_data())["order"]
    await relay(message, message.text, order, account, orders, state, words, cause)


async def relay(
    message: Message,
    text: str,
    order: str,
    account: Account,
    orders: Orders,
    state: FSMContext,
    words: Words,
    cause: str,
) -> None:
    """Pass the buyer's words on to the shop, whole or not at all. What is too much is said to be so once."""
    if (length := units(text)) > LONGEST_TEXT:
        await say(message, Screen(words("too-long", units=length, most=LONGEST_TEXT)))
        return
    try:
        asked = await orders.buyer_asks(order, account.id, text, cause=cause)
    except NoSuchOrder:
        await state.clear()
        await say(message, Screen(words("no-access")))
        return
    except NotAllowed as refusal:
        if await state.get_state() != Asking.hushed.state:
            await state.clear()
            await state.set_state(Asking.hushed)
            await say(message, Screen(words(f"buyer-late-{refusal.reason}")))
        return
    await state.clear()
    key = "buyer-asked" if account.stopped_at is None else "buyer-asked-stopped"
    await say(message, answer_screen(asked, key, words))


def setup() -> Router:
    router = Router(name="buyer.orders")
    router.callback_query.register(answer, BuyerButton.filter())
    router.message.register(question, Asking.question, ~F.text.startswith("/"))
    return router
