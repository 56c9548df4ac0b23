"""How a buyer's orders stand: one of them with all that can be done, or a list to choose from."""

from bot.l10n import Words
from bot.orders import Orders
from keyboards.buyer import confirm_screen, status_screen
from keyboards.phone import phone_row
from keyboards.screen import Screen, below
from keyboards.several import all_orders_row, several_screen
from models.order import Order
from models.people import Account


async def standing(
    order: Order,
    account: Account,
    orders: Orders,
    words: Words,
    *,
    first: bool = False,
    asking: bool = False,
) -> Screen:
    """One order, with the way to the others and to later ones. `first`: it names the privacy notice. `asking`: no
    other message asks whether all is right."""
    draw = confirm_screen if asking and order.awaits_buyer else status_screen
    screen = with_phone(draw(order, words, first=first), order, account, words)
    several = (await orders.buyers_orders(account.id)).count > 1
    return below(screen, all_orders_row(words)) if several else screen


async def overview(account: Account, orders: Orders, words: Words) -> Screen:
    """The one order, the list of several, or how to get one."""
    own = await orders.buyers_orders(account.id)
    if own.count == 1:
        return await standing(own.orders[0], account, orders, words)
    if own.orders:
        return several_screen(own.orders, own.page, own.pages, words)
    return Screen(words("buyer-no-orders"))


def with_phone(screen: Screen, order: Order, account: Account, words: Words) -> Screen:
    """The screen with the offer to hear of later orders, or its end."""
    row = phone_row(order, account, words)
    return below(screen, row) if row else screen
