"""The buyer's link in a member's hands: to pass on, to show, to replace by another."""

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.l10n import Words
from bot.orders import Orders
from handlers.screens import say, show, toast
from keyboards.link import LinkButton, link_screen, picture_of, picture_screen, untie_screen
from models.card import Card
from models.errors import NoSuchOrder, NotAllowed
from models.people import Account
from models.roles import Ability

_RENEWS = frozenset({"new", "untie"})


async def link(
    query: CallbackQuery,
    callback_data: LinkButton,
    account: Account,
    orders: Orders,
    words: Words,
    cause: str,
) -> None:
    """Any button under the link. Another link opens at once, where that unties nobody."""
    try:
        card = await _wished(callback_data, account, orders, cause)
    except NoSuchOrder:
        await toast(query, words("no-access"))
    except NotAllowed as refusal:
        if refusal.reason != "buyer_tied":
            await toast(query, words(f"refused-{refusal.reason}"), alert=True)
            return
        card = await orders.card(callback_data.order, account.id)
        await toast(query)
        await show(query, untie_screen(card.order, words))
    else:
        await toast(query, words("link-renewed") if callback_data.wish in _RENEWS else "")
        await _show(query, callback_data.wish, card, orders, words)


async def _wished(button: LinkButton, account: Account, orders: Orders, cause: str) -> Card:
    card = await orders.card(button.order, account.id)
    if Ability.LINK not in card.can:
        raise NotAllowed("role")
    if button.wish not in _RENEWS:
        return card
    return await orders.renew_link(
        button.order, account.id, button.generation, cause=cause, untie=button.wish == "untie"
    )


async def _show(query: CallbackQuery, wish: str, card: Card, orders: Orders, words: Words) -> None:
    start, url = orders.buyer_link(card.order)
    if wish == "qr" and url is not None:
        await say(query, picture_screen(card.order, words), picture=picture_of(url))
    else:
        await show(query, link_screen(card, start, url, words))


def setup() -> Router:
    router = Router(name="seller.link")
    router.callback_query.register(link, LinkButton.filter())
    return router
