"""Goods that have waited for days: what the buyer is asked, and what the shop is told of the answer (G58)."""

from datetime import date, timedelta
from typing import Annotated

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton
from pydantic import Field

from bot.l10n import Words
from keyboards.buyer import asking_row, buyer_button, track_row, waiting_rows
from keyboards.callbacks import Key, LookButton
from keyboards.screen import LONGEST_TEXT, Screen, compose, keyboard, quoted, said
from models.card import Card
from models.message import Message
from models.order import Order, OrderEvent
from models.outbox import Notification
from models.roles import Ability

DAYS = (1, 2, 3)
"""How many days more a buyer may ask for with one tap."""


class UntilButton(CallbackData, prefix="u"):
    """The day until which the buyer asks to keep the goods, by its date: the button means the same tomorrow."""

    order: Key
    day: Annotated[str, Field(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")]


def postpone_screen(order: Order, today: date, words: Words, *, past: bool = False) -> Screen:
    """Until when? A few days to choose from, or any words."""
    number = said(order.number, 64)
    days = [
        InlineKeyboardButton(
            text=words(f"buyer-postpone-{ahead}"),
            callback_data=UntilButton(
                order=order.public_id, day=(today + timedelta(days=ahead)).isoformat()
            ).pack(),
        )
        for ahead in DAYS
    ]
    text = words("buyer-postpone-text", number=number)
    late = words("buyer-late-day_past", number=number) if past else None
    back = [buyer_button(order, "look", words("button-back"))]
    return Screen(compose([late, text]), keyboard(days, back))


def refuse_screen(order: Order, words: Words) -> Screen:
    return Screen(
        words("buyer-refuse-sure", number=said(order.number, 64)),
        keyboard(
            [buyer_button(order, "refuse_yes", words("buyer-refuse-yes"))],
            [buyer_button(order, "look", words("buyer-cancel-no"))],
        ),
    )


def wished_screen(order: Order, wish: str, words: Words, *, until: date | None = None) -> Screen:
    """The shop knows; what was said can still be changed."""
    key = "buyer-wished-postpone-until" if until is not None else f"buyer-wished-{wish}"
    text = words(key, number=said(order.number, 64), day=f"{until:%d.%m}" if until is not None else "")
    rows = waiting_rows(order, words, but=wish)
    return Screen(text, keyboard(*rows, track_row(order, words), asking_row(order, words)))


def wish_line(wish: OrderEvent, words: Words) -> str:
    """What the card says of it."""
    if until := wish.facts.get("until"):
        return words("card-wish-until", day=f"{date.fromisoformat(until):%d.%m}")
    return words(f"card-wish-{wish.action}")


def wish_screen(
    row: Notification, order: Order, card: Card | None, message: Message | None, words: Words
) -> Screen:
    """What the shop hears: a request, since nothing moves by it."""
    can = frozenset[Ability]() if card is None else card.can
    until = row.facts.get("until")
    key = "notice-wish-until" if until else f"notice-wish-{row.facts['wish']}"
    day = f"{date.fromisoformat(until):%d.%m}" if until else ""
    quote = quoted(message.text, LONGEST_TEXT) if message is not None and Ability.SEE_BUYER in can else None
    text = compose([f"<b>{words(key, number=said(order.number, 64), day=day)}</b>", quote])
    write = [_look(order, "write", words("button-write"))] if Ability.WRITE in can else []
    return Screen(text, keyboard(write, [_look(order, "card", words("button-card"))]))


def _look(order: Order, what: str, text: str) -> InlineKeyboardButton:
    return InlineKeyboardButton(text=text, callback_data=LookButton(order=order.public_id, what=what).pack())
