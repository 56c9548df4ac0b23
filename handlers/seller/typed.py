"""What a member types outside a dialogue: a number and a word is done as by its button, all else is looked for."""

import hashlib

from aiogram import F, Router
from aiogram.dispatcher.event.bases import SkipHandler
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from bot.l10n import Words
from bot.orders import Orders
from bot.orders.search import MOST_FOUND
from bot.outbox.cards import Cards
from bot.shops import Shops
from handlers.screens import say, say_card, show, toast
from handlers.seller.doing import do
from keyboards.screen import Screen, said
from keyboards.typed import FoundButton, PickButton, found_screen, ttn_screen, which_screen, words_screen
from models.errors import NoSuchOrder
from models.people import Account
from models.search_text import read_query
from models.typed_text import Typed, read_typed


class Picking(StatesGroup):
    """The member is asked which of several orders of one number was meant."""

    which = State()


async def typed(
    message: Message,
    account: Account | None,
    shops: Shops,
    orders: Orders,
    cards: Cards,
    state: FSMContext,
    words: Words,
    cause: str,
) -> None:
    """A text of somebody who works in a shop; anybody else's is answered further on."""
    text = message.text
    if account is None or text is None or not await shops.memberships(account.id):
        raise SkipHandler
    if await state.get_state() == Picking.which.state:
        await state.clear()
    wish = read_typed(text)
    meant = await orders.named(account.id, wish.number) if wish is not None else []
    if wish is None or not meant or not wish.meanings:
        await _look_for(message, text, wish, account, orders, cards, state, words)
    elif len(meant) > 1:
        await state.set_state(Picking.which)
        await state.set_data({"text": text})
        await say(message, which_screen(meant, wish.number, words))
    else:
        await do(message, meant[0].public_id, wish, account, orders, cards, state, words, cause)


async def pick(
    query: CallbackQuery,
    callback_data: PickButton,
    account: Account,
    orders: Orders,
    cards: Cards,
    state: FSMContext,
    words: Words,
    cause: str,
) -> None:
    """The order that was meant: what was typed is done to it."""
    asked = await state.get_state() == Picking.which.state
    wish = read_typed((await state.get_data())["text"]) if asked else None
    if wish is None:
        await toast(query, words("typed-stale"), alert=True)
        return
    await toast(query)
    await state.clear()
    await do(query, callback_data.order, wish, account, orders, cards, state, words, cause)


async def _look_for(
    message: Message,
    text: str,
    wish: Typed | None,
    account: Account,
    orders: Orders,
    cards: Cards,
    state: FSMContext,
    words: Words,
) -> None:
    """One that is found is opened, several are a list; of nothing it is said what else can be typed."""
    query = read_query(text)
    found = await orders.search(account.id, query) if query is not None else None
    if found is not None and found.count == 1:
        card = await orders.card(found.rows[0].order.public_id, account.id)
        await say_card(message, card, account, cards, words)
    elif found is not None and found.count:
        if found.pages > 1 and await state.get_state() is None:
            await state.set_data({"search": text})
        await say(message, found_screen(found, text, _mark(text), MOST_FOUND, words))
    elif wish is not None and (meant := await orders.named(account.id, wish.number)):
        card = await orders.card(meant[0].public_id, account.id)
        await say(message, words_screen(card, wish.said, words))
    elif wish is not None and wish.meanings:
        await say(message, await _unknown(wish.number, account, orders, words))
    elif query is not None and not query.words:
        await say(message, await _unknown(text, account, orders, words))
    elif query is not None:
        await say(message, Screen(words("found-nothing", text=said(text, 60))))
    else:
        await say(message, Screen(words("not-understood")))


async def _unknown(number: str, account: Account, orders: Orders, words: Words) -> Screen:
    """No order of this number: it may be the waybill of one that waits for it, which is never done silently."""
    waiting = await orders.awaiting(account.id, number)
    if len(waiting) == 1:
        return ttn_screen(waiting[0].order, waiting[0].ttn, words)
    if waiting:
        first = waiting[0]
        return Screen(words("ttn-several", number=said(first.order.number, 64), ttn=first.ttn))
    return Screen(words("found-nothing-number", text=said(number, 60)))


async def turn(
    query: CallbackQuery,
    callback_data: FoundButton,
    account: Account,
    orders: Orders,
    state: FSMContext,
    words: Words,
) -> None:
    """Another page of what was found, looked for anew."""
    text = (await state.get_data()).get("search", "")
    asked = read_query(text)
    if asked is None or _mark(text) != callback_data.mark:
        await toast(query, words("found-stale"), alert=True)
        return
    try:
        found = await orders.search(account.id, asked, callback_data.page)
    except NoSuchOrder:
        await toast(query, words("no-access"))
        return
    await toast(query)
    await show(query, found_screen(found, text, callback_data.mark, MOST_FOUND, words))


def _mark(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def setup() -> Router:
    router = Router(name="seller.typed")
    router.callback_query.register(pick, PickButton.filter())
    router.callback_query.register(turn, FoundButton.filter())
    router.message.register(typed, F.text, ~F.text.startswith("/"))
    return router
