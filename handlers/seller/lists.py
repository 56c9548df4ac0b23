"""/orders: what a member has to do, by lists. Whose lists they are is looked up at each press (house 4)."""

from aiogram import Router
from aiogram.dispatcher.event.bases import SkipHandler
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.l10n import Words
from bot.orders import Orders
from handlers.screens import say, show, toast
from handlers.walking import walk_on
from keyboards.lists import ListButton, holders_screen, menu_screen, page_screen, shops_screen
from keyboards.screen import Screen
from models.errors import NoSuchOrder, NotAllowed
from models.lanes import Lane
from models.listing import Asked
from models.people import Account


async def command(
    message: Message, account: Account | None, orders: Orders, state: FSMContext, words: Words
) -> None:
    """/orders. Who works nowhere is answered as to any other word."""
    if account is None:
        raise SkipHandler
    try:
        overview = await orders.overview(account.id)
    except NoSuchOrder:
        raise SkipHandler from None
    await walk_on(state)
    await say(message, menu_screen(overview, words))


async def go(
    query: CallbackQuery, callback_data: ListButton, account: Account, orders: Orders, words: Words
) -> None:
    """From one list to another, drawn from what is now."""
    try:
        screen = await _drawn(callback_data, account, orders, words)
    except NoSuchOrder:
        await toast(query, words("no-access"))
    except NotAllowed:
        await toast(query, words("refused-role"), alert=True)
    else:
        await toast(query)
        await show(query, screen)


async def _drawn(button: ListButton, account: Account, orders: Orders, words: Words) -> Screen:
    match button.to:
        case "menu":
            return menu_screen(await orders.overview(account.id, button.shop), words)
        case "holders":
            return holders_screen(await orders.holders(account.id, button.shop), button.page, words)
        case "shops":
            return shops_screen(await orders.overview(account.id), button.page, words)
    try:
        asked = Asked(Lane(button.to), button.page, button.shop, button.holder)
    except ValueError:
        raise NoSuchOrder from None
    return page_screen(asked, await orders.listed(account.id, asked), words)


def setup() -> Router:
    router = Router(name="seller.lists")
    router.callback_query.register(go, ListButton.filter())
    router.message.register(command, Command("orders"))
    return router
