"""The pages of a buyer's orders."""

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery

from bot.l10n import Words
from bot.orders import Orders
from handlers.buyer.orders import Asking
from handlers.screens import show, toast
from keyboards.screen import Screen
from keyboards.several import PageButton, several_screen
from models.people import Account


async def turn(
    query: CallbackQuery,
    callback_data: PageButton,
    account: Account,
    orders: Orders,
    state: FSMContext,
    words: Words,
) -> None:
    """Another page; where the question is passed on already, one only looks."""
    own = await orders.buyers_orders(account.id, callback_data.page)
    asking = callback_data.asking and await state.get_state() == Asking.which.state
    await toast(query)
    if own.orders:
        await show(query, several_screen(own.orders, own.page, own.pages, words, asking=asking))
    else:
        await show(query, Screen(words("buyer-no-orders")))


def setup() -> Router:
    router = Router(name="buyer.several")
    router.callback_query.register(turn, PageButton.filter())
    return router
