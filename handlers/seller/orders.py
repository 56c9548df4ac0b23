"""Any button under an order's card, and the answers to what it asked."""

from aiogram import F, Router
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from bot.l10n import Words
from bot.orders import Asks, Orders, Press
from bot.outbox.cards import Cards
from handlers.screens import Event, cover, say, say_card, say_file, show_card, toast
from keyboards.callbacks import GroupButton, LookButton, MomentButton, OrderButton, ReasonButton, SkipButton
from keyboards.clock import agreed_line, moment_screen, snooze_screen
from keyboards.link import link_screen
from keyboards.order import (
    ask_screen,
    history_screen,
    in_its_words,
    status_name,
    write_screen,
)
from keyboards.reasons import reasons_screen
from keyboards.screen import Screen, one_line, said
from keyboards.talk import talk_text
from keyboards.typed import TtnButton
from keyboards.unreached import stop_screen
from models.card import Card
from models.errors import NoSuchOrder, NotAllowed
from models.file import About
from models.file_text import file_name
from models.people import Account
from models.roles import Ability
from models.workflow import Action, Ask


class Telling(StatesGroup):
    """What the bot waits to be told."""

    fact = State()
    message = State()


Button = OrderButton | ReasonButton | SkipButton | MomentButton | TtnButton


def wish_of(button: Button, account: Account, cause: str) -> Press:
    """What a button under an order's card asks for, and what its tap says with it."""
    without, said = frozenset[Ask](), dict[Ask, str]()
    match button:
        case OrderButton():
            action = button.action
        case ReasonButton():
            action, said = Action.CANCEL, {Ask.REASON: button.reason}
        case MomentButton():
            action, said = Action.AGREE, {Ask.MOMENT: button.day}
        case TtnButton():
            action, said = Action.SHIP, {Ask.TTN: button.ttn}
        case SkipButton():  # there is none of what was asked for
            action, without = button.action, frozenset({button.ask})
    return Press(action, button.order, account.id, cause, seq=button.seq, said=said, without=without)


async def press(
    query: CallbackQuery,
    callback_data: Button,
    account: Account,
    orders: Orders,
    cards: Cards,
    state: FSMContext,
    words: Words,
    cause: str,
) -> None:
    """Any button under an order's card. What it does and what it asks is the workflow's business."""
    wish = wish_of(callback_data, account, cause)
    try:
        card = await orders.perform(wish)
    except NoSuchOrder:
        await toast(query, words("no-access"))
    except Asks as question:
        await ask_for(query, wish, question, account, orders, cards, state, words)
    except NotAllowed as refusal:
        card = await orders.card(wish.order, account.id)
        if refusal.reason == "unreached":
            await toast(query)
            await cover(query, stop_screen(card.order, wish.action, words), cards)
            return
        await toast(
            query, refused_text(refusal, status_name(card.order, words), card.order.number, words), alert=True
        )
        await show_card(query, card, account, cards, words)
    else:
        await leave(state, wish.order)
        await toast(query, done_line(card, wish, words))
        await show_card(query, card, account, cards, words)


def done_line(card: Card, wish: Press, words: Words) -> str:
    """What a press has done."""
    done = f"done-{wish.action}-bare" if wish.without else f"done-{wish.action}"
    agreed = agreed_line(card, words) if wish.action is Action.AGREE else None
    return agreed or in_its_words(card.order, done, words)


async def leave(state: FSMContext, order: str) -> None:
    """What was asked about this order is settled; a question about another one still waits for its answer."""
    if (await state.get_data()).get("order") == order:
        await state.clear()


async def ask_for(
    query: CallbackQuery,
    wish: Press,
    question: Asks,
    account: Account,
    orders: Orders,
    cards: Cards,
    state: FSMContext,
    words: Words,
) -> None:
    """What the action must be told first: a choice among reasons, or a text."""
    await toast(query)
    card = await orders.card(wish.order, account.id)
    if question.ask is Ask.REASON:
        await cover(query, reasons_screen(card, words), cards)
        return
    await expect(state, wish, question.ask)
    await say(query, question_screen(card, wish, question.ask, words))


async def expect(state: FSMContext, wish: Press, ask: Ask) -> None:
    """The next text is the answer to what the wish asked."""
    await state.set_state(Telling.fact)
    await state.set_data(
        {
            "action": str(wish.action),
            "order": wish.order,
            "ask": str(ask),
            "said": {str(one): text for one, text in wish.said.items()},
        }
    )


def question_screen(card: Card, wish: Press, ask: Ask, words: Words) -> Screen:
    """What an action asks, in words."""
    if ask is Ask.MOMENT:
        return moment_screen(card, words)
    return ask_screen(card.order, wish.action, ask, words)


ASKED_AGAIN = frozenset({"bad_ttn", "ttn_taken", "duplicate_of", "bad_moment", "moment_past", "moment_far"})
"""What is wrong with the words and not with the wish: better ones may follow."""


async def told(
    message: Message,
    account: Account | None,
    orders: Orders,
    cards: Cards,
    state: FSMContext,
    words: Words,
    cause: str,
) -> None:
    """The answer to what an action asked for: a TTN, a number. A bad one is explained and asked for again."""
    if account is None:
        return
    if not message.text:
        await say(message, Screen(words("only-text")))
        return
    data = await state.get_data()
    ask = Ask(data["ask"])
    heard = {Ask(key): text for key, text in data["said"].items()} | {ask: message.text}
    wish = Press(Action(data["action"]), data["order"], account.id, cause, said=heard)
    try:
        card = await orders.perform(wish)
    except NoSuchOrder:
        await state.clear()
        await say(message, Screen(words("no-access")))
    except Asks as question:
        card = await orders.card(wish.order, account.id)
        await say(message, question_screen(card, wish, question.ask, words))
    except NotAllowed as refusal:
        card = await orders.card(wish.order, account.id)
        text = refused_text(refusal, status_name(card.order, words), card.order.number, words)
        await say(message, Screen(text))
        if refusal.reason not in ASKED_AGAIN:
            await state.clear()
            await say_card(message, card, account, cards, words)
    else:
        await state.clear()
        await say_card(message, card, account, cards, words)


def refused_text(refusal: NotAllowed, status: str, number: str, words: Words) -> str:
    """Why not, and what to do instead."""
    facts = {key: str(value) for key, value in refusal.facts.items()}
    key = "ttn_same" if refusal.reason == "ttn_taken" and facts.get("own") == "1" else refusal.reason
    if "carrier" in facts:
        facts["carrier"] = words(f"carrier-{facts['carrier']}")
    facts = {"number": number, "status": status} | facts
    return words(f"refused-{key}", **{name: said(value, 80) for name, value in facts.items()})


NEEDS = {"talk": Ability.SEE_BUYER, "link": Ability.LINK, "write": Ability.WRITE, "later": Ability.SNOOZE}
"""What may be looked at by those alone who can do it."""


async def look(
    query: CallbackQuery,
    callback_data: LookButton,
    account: Account,
    orders: Orders,
    cards: Cards,
    state: FSMContext,
    words: Words,
) -> None:
    """Something to look at: the card itself, its history, the buyer's link, the reasons' next page."""
    try:
        card = await orders.card(callback_data.order, account.id)
    except NoSuchOrder:
        await toast(query, words("no-access"))
        return
    needed = NEEDS.get(callback_data.what)
    if needed is not None and needed not in card.can:
        await toast(query, words("refused-erased" if card.order.erased_at else "refused-role"), alert=True)
        return
    await toast(query)
    match callback_data.what:
        case "history":
            order, events, notes = await orders.history(callback_data.order, account.id)
            await cover(query, history_screen(order, events, notes, words, can=card.can), cards)
        case "reasons":
            await cover(query, reasons_screen(card, words, max(callback_data.page, 0)), cards)
        case "later":
            await cover(query, snooze_screen(card.order, words), cards)
        case "link":
            start, url = orders.buyer_link(card.order)
            await say(query, link_screen(card, start, url, words))
        case "talk":
            await give_talk(query, callback_data.order, account, orders, words)
        case "write":
            await state.set_state(Telling.message)
            await state.set_data({"order": callback_data.order})
            await say(query, write_screen(card, words))
        case "open":
            await say_card(query, card, account, cards, words)
        case _:
            await leave(state, callback_data.order)
            await show_card(query, card, account, cards, words)


async def give_talk(event: Event, public_id: str, account: Account, orders: Orders, words: Words) -> None:
    """What was written about the order, to take along (R39 G63). Raises NoSuchOrder, NotAllowed(role)."""
    order, lines = await orders.talk(public_id, account.id)
    content = talk_text(order, lines, words).encode()
    caption = words("talk-caption", number=one_line(order.number, 64))
    name, about = file_name(f"{order.number}.txt", "talk.txt"), About(account.id, (public_id,))
    told = await say_file(event, name, content, caption, about)
    if told is not None:
        await orders.whispered(public_id, account.id, told)


async def group(
    query: CallbackQuery,
    callback_data: GroupButton,
    account: Account,
    orders: Orders,
    cards: Cards,
    words: Words,
) -> None:
    """The reasons of one group: the second step of a cancel."""
    try:
        card = await orders.card(callback_data.order, account.id)
    except NoSuchOrder:
        await toast(query, words("no-access"))
        return
    await toast(query)
    await cover(query, reasons_screen(card, words, group=callback_data.group), cards)


def setup() -> Router:
    router = Router(name="seller.orders")
    for button in (OrderButton, ReasonButton, SkipButton, MomentButton, TtnButton):
        router.callback_query.register(press, button.filter())
    router.callback_query.register(group, GroupButton.filter())
    router.callback_query.register(look, LookButton.filter())
    router.message.register(told, Telling.fact, ~F.text.startswith("/"))
    return router
