"""The stop before a parcel leaves for a buyer whom nothing has reached (RC10)."""

from aiogram import F, Router
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from bot.l10n import Words
from bot.orders import Asks, Orders, Press
from bot.outbox.cards import Cards
from handlers.screens import cover, say, say_card, show_card, toast
from handlers.seller.orders import ask_for, refused_text
from keyboards.callbacks import UnreachedButton
from keyboards.order import status_name
from keyboards.screen import Screen
from keyboards.unreached import calling_screen, number_kept_screen, number_screen
from models.errors import NoSuchOrder, NotAllowed
from models.people import Account
from models.roles import Ability
from models.workflow import Action


class Reaching(StatesGroup):
    """A member is about to type another number of the buyer's."""

    number = State()


async def press(
    query: CallbackQuery,
    callback_data: UnreachedButton,
    account: Account,
    orders: Orders,
    cards: Cards,
    state: FSMContext,
    words: Words,
    cause: str,
) -> None:
    """Any button of the stop."""
    public_id = callback_data.order
    try:
        card = await orders.card(public_id, account.id)
        match callback_data.to:
            case "call" if Ability.SEE_BUYER in card.can:
                await toast(query)
                await cover(query, calling_screen(card.order, callback_data.action, words), cards)
            case "number" if Ability.SEE_BUYER in card.can:
                await toast(query)
                await state.set_state(Reaching.number)
                await state.set_data({"order": public_id})
                await say(query, number_screen(card.order, words))
            case "talked":
                card = await orders.reach(public_id, account.id, Action.REACHED, cause=cause)
                await toast(query, words("done-reached"))
                await show_card(query, card, account, cards, words)
            case "risk":
                await orders.reach(public_id, account.id, Action.AT_RISK, cause=cause)
                wish = Press(callback_data.action, public_id, account.id, cause, seq=callback_data.seq)
                await _send(query, wish, account, orders, cards, state, words)
            case _:
                await toast(query, words("refused-role"), alert=True)
    except NoSuchOrder:
        await toast(query, words("no-access"))
    except NotAllowed as refusal:
        card = await orders.card(public_id, account.id)
        text = refused_text(refusal, status_name(card.order, words), card.order.number, words)
        await toast(query, text, alert=True)
        await show_card(query, card, account, cards, words)


async def _send(
    query: CallbackQuery,
    wish: Press,
    account: Account,
    orders: Orders,
    cards: Cards,
    state: FSMContext,
    words: Words,
) -> None:
    """The dispatch that was stopped goes on."""
    try:
        card = await orders.perform(wish)
    except Asks as question:
        await ask_for(query, wish, question, account, orders, cards, state, words)
    else:
        await toast(query)
        await show_card(query, card, account, cards, words)


async def told(
    message: Message,
    account: Account | None,
    orders: Orders,
    cards: Cards,
    state: FSMContext,
    words: Words,
    cause: str,
) -> None:
    """The other number. A bad one is explained and asked for again."""
    if account is None:
        return
    public_id = (await state.get_data())["order"]
    try:
        card = await orders.reach(public_id, account.id, Action.CONTACT, message.text or "", cause=cause)
    except NoSuchOrder:
        await state.clear()
        await say(message, Screen(words("no-access")))
    except NotAllowed as refusal:
        if refusal.reason == "bad_phone":
            await say(message, Screen(words("refused-bad_phone")))
            return
        await state.clear()
        await say(message, Screen(words(f"refused-{refusal.reason}")))
    else:
        await state.clear()
        await say(message, number_kept_screen(card, words))
        await say_card(message, card, account, cards, words)


def setup() -> Router:
    router = Router(name="seller.unreached")
    router.callback_query.register(press, UnreachedButton.filter())
    router.message.register(told, Reaching.number, ~F.text.startswith("/"))
    return router
