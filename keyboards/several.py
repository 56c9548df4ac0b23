"""Several orders of one buyer: how each of them stands, and which one a question is about."""

from collections.abc import Sequence
from typing import Annotated

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton
from pydantic import Field

from bot.l10n import Words
from keyboards.buyer import buyer_button
from keyboards.screen import Screen, compose, keyboard, one_line, said
from models.order import Order


class PageButton(CallbackData, prefix="bp"):
    """A page of the buyer's orders: to choose which one a question is about (`asking`), or to look at one."""

    asking: bool
    page: Annotated[int, Field(ge=0, lt=10_000)]


def several_screen(
    orders: Sequence[Order], page: int, pages: int, words: Words, *, asking: bool = False
) -> Screen:
    """How each order of the page stands, and a button for each."""
    title = words("buyer-which" if asking else "buyer-orders")
    lines = [
        words(
            "buyer-orders-line",
            number=said(order.number, 64),
            shop=said(order.shop.name, 40),
            status=words(f"stage-{order.status}"),
        )
        for order in orders
    ]
    buttons = [
        [
            buyer_button(
                order,
                "ask" if asking else "look",
                f"№{one_line(order.number, 20)} · {one_line(order.shop.name, 30)}",
            )
        ]
        for order in orders
    ]
    turning = [
        InlineKeyboardButton(
            text=words(key), callback_data=PageButton(asking=asking, page=page + step).pack()
        )
        for key, step in (("buyer-page-back", -1), ("buyer-page-on", 1))
        if 0 <= page + step < pages
    ]
    return Screen(compose([f"<b>{title}</b>", *lines]), keyboard(*buttons, turning))


def all_orders_row(words: Words) -> list[InlineKeyboardButton]:
    """From one order back to all of them."""
    return [
        InlineKeyboardButton(
            text=words("buyer-all-orders"), callback_data=PageButton(asking=False, page=0).pack()
        )
    ]
