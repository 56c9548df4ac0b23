"""An order handed to a colleague, or taken from one."""

from aiogram import F, Router
from aiogram.types import CallbackQuery

from bot.l10n import Words
from bot.orders import Orders
from bot.outbox.cards import Cards
from handlers.screens import cover, show_card, toast
from keyboards.callbacks import HandButton, LookButton
from keyboards.holding import colleagues_screen
from keyboards.screen import one_line
from models.errors import NoSuchOrder, NotAllowed
from models.people import Account
from models.roles import Ability


async def ask(
    query: CallbackQuery,
    callback_data: LookButton,
    account: Account,
    orders: Orders,
    cards: Cards,
    words: Words,
) -> None:
    """Whom to hand it to."""
    try:
        card, colleagues = await orders.colleagues(callback_data.order, account.id)
    except NoSuchOrder:
        await toast(query, words("no-access"))
        return
    if Ability.HAND_OVER not in card.can:
        await toast(query, words("refused-role"), alert=True)
        return
    await toast(query)
    await cover(query, colleagues_screen(card, colleagues, words, callback_data.page), cards)


async def hand(
    query: CallbackQuery,
    callback_data: HandButton,
    account: Account,
    orders: Orders,
    cards: Cards,
    words: Words,
    cause: str,
) -> None:
    """The colleague is chosen."""
    try:
        card = await orders.hand_over(callback_data.order, account.id, callback_data.to, cause=cause)
    except NoSuchOrder:
        await toast(query, words("no-access"))
        return
    except NotAllowed as refusal:
        await toast(query, words(f"refused-{refusal.reason}"), alert=True)
        card = await orders.card(callback_data.order, account.id)
    else:
        name = card.order.holder.name if card.order.holder else ""
        await toast(query, words("handed", number=card.order.number, name=one_line(name, 60)))
    await show_card(query, card, account, cards, words)


def setup() -> Router:
    router = Router(name="seller.holding")
    router.callback_query.register(ask, LookButton.filter(F.what == "hand"))
    router.callback_query.register(hand, HandButton.filter())
    return router
