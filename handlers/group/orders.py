"""Presses in a shop's group. The card there belongs to everybody: the outbox draws it, at a group's pace, and what is
for one person alone goes to their private chat."""

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery

from bot.l10n import Words
from bot.orders import Asks, Orders, Press
from bot.outbox.cards import Cards
from handlers.screens import OutOfReach, show, toast, whisper, whisper_card
from handlers.seller.orders import (
    NEEDS,
    Button,
    Telling,
    done_line,
    expect,
    leave,
    question_screen,
    refused_text,
    wish_of,
)
from handlers.seller.reminders import take
from keyboards.callbacks import LookButton, MomentButton, OrderButton, ReasonButton, SkipButton, TakeAllButton
from keyboards.clock import snooze_screen
from keyboards.contact import contact_screen
from keyboards.group import asked_screen
from keyboards.link import link_screen
from keyboards.notices import taken_screen
from keyboards.order import history_screen, status_name, write_screen
from keyboards.reasons import reasons_screen
from keyboards.screen import Screen
from models.card import Card, takeable
from models.errors import NoSuchOrder, NotAllowed
from models.people import Account
from models.workflow import Ask


def _chat(query: CallbackQuery) -> str:
    if query.message is None:
        raise RuntimeError("a press in a group without its message")
    return str(query.message.chat.id)


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
    """Any button under an order's card. All see what came of it; what it asks is asked in private."""
    wish = wish_of(callback_data, account, cause)
    try:
        await orders.check_group(wish.order, account.id, _chat(query))
        card = await orders.perform(wish)
    except NoSuchOrder:
        await toast(query, words("no-access"))
    except Asks as question:
        await _ask(query, wish, question, account, orders, state, words)
    except NotAllowed as refusal:
        card = await orders.card(wish.order, account.id)
        text = refused_text(refusal, status_name(card.order, words), card.order.number, words)
        await toast(query, text, alert=True)
        await _refresh(query, card, cards)
    else:
        await leave(state, wish.order)
        await toast(query, done_line(card, wish, words))


async def _ask(
    query: CallbackQuery,
    wish: Press,
    question: Asks,
    account: Account,
    orders: Orders,
    state: FSMContext,
    words: Words,
) -> None:
    card = await orders.card(wish.order, account.id)
    reasons = question.ask is Ask.REASON
    screen = reasons_screen(card, words) if reasons else question_screen(card, wish, question.ask, words)
    try:
        await whisper(query, screen)
    except OutOfReach:
        await toast(query, words("group-start-private"), alert=True)
        return
    if not reasons:
        await expect(state, wish, question.ask)
    await toast(query, words("group-asks-in-private"))


async def _refresh(query: CallbackQuery, card: Card, cards: Cards) -> None:
    """The message that was pressed shows the order as it is now, as soon as the group's pace admits it."""
    if query.message is not None:
        await cards.hang_in_group(
            card, channel="telegram", chat=_chat(query), message_id=str(query.message.message_id)
        )


async def look(
    query: CallbackQuery,
    callback_data: LookButton,
    account: Account,
    orders: Orders,
    cards: Cards,
    state: FSMContext,
    words: Words,
    cause: str,
) -> None:
    """Something to look at: the card for all, anything else in the presser's private chat."""
    order, what = callback_data.order, callback_data.what
    try:
        await orders.check_group(order, account.id, _chat(query))
        card = await orders.card(order, account.id)
        if what == "card":
            await _refresh(query, card, cards)
        elif what == "open":
            await whisper_card(query, card, account, cards, words)
        else:
            screen = await _private(what, card, account, orders, words, cause)
            file = None if screen.file is None else await orders.file_of(order, account.id, screen.file)
            told = await whisper(query, screen, file=file)
            if told is not None:
                await orders.whispered(order, account.id, told)
    except NoSuchOrder:
        await toast(query, words("no-access"))
    except NotAllowed as refusal:
        await toast(query, words(f"refused-{refusal.reason}"), alert=True)
    except OutOfReach:
        await toast(query, words("group-start-private"), alert=True)
    else:
        if what == "write":
            await state.set_state(Telling.message)
            await state.set_data({"order": order})
        await toast(query, "" if what == "card" else words("group-in-private"))


async def _private(
    what: str, card: Card, account: Account, orders: Orders, words: Words, cause: str
) -> Screen:
    """What only the one who asked sees. Raises NoSuchOrder, NotAllowed(role)."""
    public_id = card.order.public_id
    if what in NEEDS and NEEDS[what] not in card.can:
        raise NotAllowed("role")
    match what:
        case "contact":
            return contact_screen(await orders.show_contact(public_id, account.id, cause=cause), words)
        case "asked":
            card, message = await orders.last_asked(public_id, account.id)
            return asked_screen(card, message, words)
        case "later":
            return snooze_screen(card.order, words)
        case "link":
            return link_screen(card, *orders.buyer_link(card.order), words)
        case "write":
            return write_screen(card, words)
        case _:
            return history_screen(*await orders.history(public_id, account.id), words, can=card.can)


async def take_all(
    query: CallbackQuery,
    callback_data: TakeAllButton,
    account: Account,
    orders: Orders,
    words: Words,
    cause: str,
) -> None:
    """Take every order that this message named and that the presser may take; the others of it stay to be taken."""
    named = await orders.named_in_group(callback_data.told_with, _chat(query))
    outcomes = {order.public_id: (order, False) for order in named}
    told = await orders.told_together(callback_data.told_with, account.id)
    own = [public_id for public_id in told if public_id in outcomes]
    if not own:
        await toast(query, words("no-access"))
        return
    for public_id in own:
        try:
            outcomes[public_id] = await take(orders, public_id, account, cause)
        except NoSuchOrder:
            continue
    count = sum(taken for _, taken in outcomes.values())
    if count == 0 and any(takeable(outcomes[public_id][0]) for public_id in own):
        await toast(query, words("refused-role"), alert=True)
        return
    await toast(query, words("taken-title", count=count, all=len(own)))
    if count == 0:
        return
    by = (await orders.card(own[0], account.id)).member
    name = by.name if by is not None and by.name else account.name
    screen = taken_screen([*outcomes.values()], words, by=name, first=callback_data.told_with)
    await show(query, screen)


async def unknown_press(query: CallbackQuery, words: Words) -> None:
    """A forged or forgotten button: the same words as for what is not there."""
    await toast(query, words("no-access"))


def setup() -> Router:
    router = Router(name="group.orders")
    for button in (OrderButton, ReasonButton, SkipButton, MomentButton):
        router.callback_query.register(press, button.filter())
    router.callback_query.register(look, LookButton.filter())
    router.callback_query.register(take_all, TakeAllButton.filter())
    router.callback_query.register(unknown_press)
    return router
