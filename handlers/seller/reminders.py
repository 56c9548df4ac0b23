"""What a reminder offers: to be reminded again, and to take all that one message named."""

from datetime import timedelta

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.l10n import Words
from bot.orders import Orders, Press
from bot.outbox.cards import Cards
from handlers.screens import show, show_card, toast
from keyboards.callbacks import SnoozeButton, TakeAllButton
from keyboards.clock import zone_of
from keyboards.notices import taken_screen
from models.card import may_take
from models.errors import NoSuchOrder, NotAllowed
from models.order import Order
from models.people import Account
from models.workflow import Action


async def snooze(
    query: CallbackQuery,
    callback_data: SnoozeButton,
    account: Account,
    orders: Orders,
    cards: Cards,
    words: Words,
) -> None:
    """Ring me again later; the team's own reminders go on."""
    after = timedelta(minutes=callback_data.minutes) if callback_data.minutes else None
    try:
        order, moment = await orders.snooze(callback_data.order, account.id, after)
    except NoSuchOrder:
        await toast(query, words("no-access"))
        return
    except NotAllowed as refusal:
        await toast(query, words(f"refused-{refusal.reason}"), alert=True)
    else:
        await toast(query, words("snoozed", at=words.day_clock(moment, zone_of(order))))
    card = await orders.card(callback_data.order, account.id)
    await show_card(query, card, account, cards, words)


async def take_all(
    query: CallbackQuery,
    callback_data: TakeAllButton,
    account: Account,
    orders: Orders,
    words: Words,
    cause: str,
) -> None:
    """Take every order that this message named and that nobody has taken yet; each is a unit of its own."""
    outcomes: list[tuple[Order, bool]] = []
    for public_id in await orders.told_together(callback_data.told_with, account.id):
        try:
            outcomes.append(await take(orders, public_id, account, cause))
        except NoSuchOrder:
            continue
    if not outcomes:
        await toast(query, words("no-access"))
        return
    taken = sum(taken for _, taken in outcomes)
    await toast(query, words("taken-title", count=taken, all=len(outcomes)))
    await show(query, taken_screen(outcomes, words))


async def take(orders: Orders, public_id: str, account: Account, cause: str) -> tuple[Order, bool]:
    """One of many that are taken with a tap, and whether it was. Raises NoSuchOrder."""
    card = await orders.card(public_id, account.id)
    if card.member is None or not may_take(card.order, card.member):
        return card.order, await orders.did(public_id, cause, Action.TAKE)
    try:
        card = await orders.perform(Press(Action.TAKE, public_id, account.id, cause, seq=card.order.seq))
    except NotAllowed:
        return (await orders.card(public_id, account.id)).order, False
    return card.order, True


def setup() -> Router:
    router = Router(name="seller.reminders")
    router.callback_query.register(snooze, SnoozeButton.filter())
    router.callback_query.register(take_all, TakeAllButton.filter())
    return router
