"""What was typed about an order is done as by its button: the same use case, the same questions and refusals."""

from datetime import timedelta

from aiogram.fsm.context import FSMContext

from bot.l10n import Words
from bot.orders import Asks, Orders, Press
from bot.outbox.cards import Cards
from handlers.screens import Event, say, say_card
from handlers.seller.orders import ASKED_AGAIN, Telling, expect, question_screen, refused_text
from keyboards.clock import snooze_screen, zone_of
from keyboards.order import history_screen, status_name, write_screen
from keyboards.reasons import reason_named, reasons_screen
from keyboards.screen import Screen, said
from keyboards.typed import words_screen
from models.card import Card
from models.errors import NoSuchOrder, NotAllowed
from models.people import Account
from models.roles import Ability
from models.steps_text import StepsError, read_steps
from models.typed_text import LOOKS, Typed, actions_of
from models.workflow import Action, Ask

_TOLD = {Action.SHIP: Ask.TTN, Action.FIX_TTN: Ask.TTN, Action.AGREE: Ask.MOMENT}
"""What may be said in the same breath."""
LONGEST_SNOOZE = 24 * 60


async def do(
    event: Event,
    public_id: str,
    wish: Typed,
    account: Account,
    orders: Orders,
    cards: Cards,
    state: FSMContext,
    words: Words,
    cause: str,
) -> None:
    """Do to an order what a number and a word asked for; what they may mean is decided by what it allows."""
    try:
        card = await orders.card(public_id, account.id)
        meant = await _meant(card, wish, orders, cause)
        if meant is None:
            await say(event, words_screen(card, f"{wish.said} {wish.rest}".strip(), words))
        elif isinstance(meant, Action):
            press = _press(card, meant, wish, account, cause, words)
            await _perform(event, press, account, orders, cards, state, words)
        else:
            await _look(event, meant, card, wish, account, orders, cards, state, words)
    except NoSuchOrder:
        await say(event, Screen(words("no-access")))


async def _meant(card: Card, wish: Typed, orders: Orders, cause: str) -> Action | str | None:
    """The one thing that the words can mean for this order now. What this cause has done already is meant again:
    handled twice, it answers as before."""
    actions = [action for meaning in wish.meanings for action in actions_of(meaning)]
    for action in actions:
        if await orders.did(card.order.public_id, cause, action):
            return action
    looks = [meaning for meaning in wish.meanings if meaning in LOOKS]
    options: list[Action | str] = [*(action for action in actions if action in card.actions), *looks]
    if not options and len(wish.meanings) == 1:
        options = [actions[0]]
    if len(options) != 1:
        return None
    return options[0] if not wish.rest or _takes_more(options[0]) else None


def _takes_more(meant: Action | str) -> bool:
    return meant in _TOLD or meant in (Action.CANCEL, "snooze")


def _press(card: Card, action: Action, wish: Typed, account: Account, cause: str, words: Words) -> Press:
    said = {}
    if wish.rest and action in _TOLD:
        said[_TOLD[action]] = wish.rest
    elif action is Action.CANCEL and (reason := reason_named(card, wish.rest, words)) is not None:
        said[Ask.REASON] = reason
    return Press(action, card.order.public_id, account.id, cause, said=said)


async def _perform(
    event: Event,
    press: Press,
    account: Account,
    orders: Orders,
    cards: Cards,
    state: FSMContext,
    words: Words,
) -> None:
    try:
        card = await orders.perform(press)
    except Asks as question:
        card = await orders.card(press.order, account.id)
        if question.ask is Ask.REASON:
            await say(event, reasons_screen(card, words))
            return
        await expect(state, press, question.ask)
        await say(event, question_screen(card, press, question.ask, words))
    except NotAllowed as refusal:
        card = await orders.card(press.order, account.id)
        text = refused_text(refusal, status_name(card.order, words), card.order.number, words)
        await say(event, Screen(text))
        if refusal.reason in ASKED_AGAIN:
            await expect(state, press, next(iter(press.said)))
        else:
            await say_card(event, card, account, cards, words)
    else:
        await say_card(event, card, account, cards, words)


async def _look(
    event: Event,
    what: str,
    card: Card,
    wish: Typed,
    account: Account,
    orders: Orders,
    cards: Cards,
    state: FSMContext,
    words: Words,
) -> None:
    order = card.order
    match what:
        case "history":
            order, events, notes = await orders.history(order.public_id, account.id)
            await say(event, history_screen(order, events, notes, words, can=card.can))
        case "write" if Ability.WRITE in card.can:
            await state.set_state(Telling.message)
            await state.set_data({"order": order.public_id})
            await say(event, write_screen(card, words))
        case "snooze" if Ability.SNOOZE in card.can:
            await _snooze(event, card, wish.rest, account, orders, words)
        case "open":
            await say_card(event, card, account, cards, words)
        case _:
            await say(event, Screen(words("refused-role")))


async def _snooze(
    event: Event, card: Card, rest: str, account: Account, orders: Orders, words: Words
) -> None:
    minutes = _minutes(rest)
    if minutes is None:
        await say(event, snooze_screen(card.order, words))
        return
    try:
        order, moment = await orders.snooze(card.order.public_id, account.id, timedelta(minutes=minutes))
    except NotAllowed as refusal:
        await say(event, Screen(words(f"refused-{refusal.reason}")))
    else:
        at = words.day_clock(moment, zone_of(order))
        await say(event, Screen(words("snoozed-about", number=said(order.number, 64), at=at)))


def _minutes(text: str) -> int | None:
    """One length of time, such as "30" or an hour, up to a day; None where it is none."""
    try:
        found = read_steps(text)
    except StepsError:
        return None
    return found[0] if len(found) == 1 and 0 < found[0] <= LONGEST_SNOOZE else None
