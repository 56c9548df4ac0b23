"""An owner erases the buyer of a closed order, after one question."""

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.l10n import Words
from bot.orders import Orders
from bot.outbox.cards import Cards
from handlers.screens import cover, show_card, toast
from keyboards.privacy import EraseButton, erase_screen
from models.errors import NoSuchOrder, NotAllowed
from models.people import Account
from models.roles import Ability


async def press(
    query: CallbackQuery,
    callback_data: EraseButton,
    account: Account,
    orders: Orders,
    cards: Cards,
    words: Words,
    cause: str,
) -> None:
    try:
        card = await orders.card(callback_data.order, account.id)
        if callback_data.wish == "yes":
            await orders.erase(callback_data.order, account.id, cause=cause)
            await toast(query, words("done-erase"))
            await show_card(query, await orders.card(callback_data.order, account.id), account, cards, words)
        elif Ability.ERASE not in card.can:
            await toast(query, words("refused-role"), alert=True)
        else:
            await toast(query)
            await cover(query, erase_screen(card.order, words), cards)
    except NoSuchOrder:
        await toast(query, words("no-access"))
    except NotAllowed as refusal:
        await toast(query, words(f"refused-{refusal.reason}"), alert=True)


def setup() -> Router:
    router = Router(name="seller.erasing")
    router.callback_query.register(press, EraseButton.filter())
    return router
