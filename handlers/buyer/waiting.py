"""A buyer whose goods have waited for days comes for them, asks to keep them, or refuses."""

from datetime import date

from aiogram import F, Router
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from bot.l10n import Words
from bot.orders import Orders
from handlers.screens import say, show, toast
from keyboards.buyer import late_screen
from keyboards.callbacks import BuyerButton
from keyboards.screen import LONGEST_TEXT, Screen, units
from keyboards.waiting import UntilButton, postpone_screen, refuse_screen, wished_screen
from models.errors import NoSuchOrder, NotAllowed
from models.order import Order
from models.people import Account
from models.workflow import Action, Status

_WISHES = {"collect": Action.BUYER_COLLECT, "refuse_yes": Action.BUYER_REFUSE}
_ANSWERS = frozenset({*_WISHES, "postpone", "refuse"})


class Postponing(StatesGroup):
    """The buyer may say in words until when the goods are to be kept."""

    until = State()


async def answer(
    query: CallbackQuery,
    callback_data: BuyerButton,
    account: Account,
    orders: Orders,
    state: FSMContext,
    words: Words,
    cause: str,
) -> None:
    """A tap under the reminder of the third day; a refusal is asked about once."""
    said = callback_data.answer
    try:
        order = await orders.buyer_order(callback_data.order, account.id)
        await state.clear()
        if said in _WISHES:
            order = await orders.buyer_wishes(order.public_id, account.id, _WISHES[said], cause=cause)
    except NoSuchOrder:
        await toast(query, words("no-access"))
        return
    except NotAllowed as refusal:
        await toast(query)
        await show(query, late_screen(order, refusal.reason, words))
        return
    await toast(query)
    if said in _WISHES:
        await show(query, wished_screen(order, said.removesuffix("_yes"), words))
    elif order.status is not Status.WAITING:
        await show(query, late_screen(order, "final" if order.final else "not_waiting", words))
    elif said == "refuse":
        await show(query, refuse_screen(order, words))
    else:
        await _ask_until(query, order, orders, state, words)


async def until(
    query: CallbackQuery,
    callback_data: UntilButton,
    account: Account,
    orders: Orders,
    state: FSMContext,
    words: Words,
    cause: str,
) -> None:
    """The day that was chosen; one that has come meanwhile is asked for again."""
    try:
        day = date.fromisoformat(callback_data.day)
        order = await orders.buyer_order(callback_data.order, account.id)
        order = await orders.buyer_wishes(
            order.public_id, account.id, Action.BUYER_POSTPONE, cause=cause, until=day
        )
    except (NoSuchOrder, ValueError):
        await toast(query, words("no-access"))
        return
    except NotAllowed as refusal:
        await toast(query)
        if refusal.reason == "day_past":
            await _ask_until(query, order, orders, state, words, past=True)
        else:
            await show(query, late_screen(order, refusal.reason, words))
        return
    await state.clear()
    await toast(query)
    await show(query, wished_screen(order, "postpone", words, until=day))


async def _ask_until(
    query: CallbackQuery, order: Order, orders: Orders, state: FSMContext, words: Words, *, past: bool = False
) -> None:
    await state.set_state(Postponing.until)
    await state.set_data({"order": order.public_id})
    await show(query, postpone_screen(order, orders.today_of(order), words, past=past))


async def until_words(
    message: Message,
    account: Account | None,
    orders: Orders,
    state: FSMContext,
    words: Words,
    cause: str,
) -> None:
    """Until when, in the buyer's own words: passed on whole or not at all."""
    if account is None:
        return
    if not message.text:
        await say(message, Screen(words("only-text")))
        return
    if (length := units(message.text)) > LONGEST_TEXT:
        await say(message, Screen(words("too-long", units=length, most=LONGEST_TEXT)))
        return
    number = (await state.get_data())["order"]
    await state.clear()
    try:
        order = await orders.buyer_order(number, account.id)
        order = await orders.buyer_wishes(
            order.public_id, account.id, Action.BUYER_POSTPONE, cause=cause, text=message.text
        )
    except NoSuchOrder:
        await say(message, Screen(words("no-access")))
    except NotAllowed as refusal:
        await say(message, late_screen(order, refusal.reason, words))
    else:
        await say(message, wished_screen(order, "postpone", words))


def setup() -> Router:
    router = Router(name="buyer.waiting")
    router.callback_query.register(answer, BuyerButton.filter(F.answer.in_(_ANSWERS)))
    router.callback_query.register(until, UntilButton.filter())
    router.message.register(until_words, Postponing.until, ~F.text.startswith("/"))
    return router
