"""A buyer whom nothing has reached: the task to call, the card's red line, and the stop before the parcel leaves."""

from aiogram.types import InlineKeyboardButton

from bot.l10n import Words
from keyboards.callbacks import LookButton, UnreachedButton
from keyboards.screen import Screen, compose, keyboard, said
from models.order import Order
from models.outbox import Notification
from models.workflow import Action


def why_text(why: str, words: Words) -> str:
    """A reason in words; one that has none is said as it is."""
    return words(f"why-{why}") if words.has(f"why-{why}") else said(why, 40)


def contact_phone(order: Order) -> str:
    """The number at which the buyer is called: our own beside the order's, where there is one."""
    return said(order.contact_phone or order.buyer_phone, 20)


def call_screen(row: Notification, order: Order, words: Words) -> Screen:
    """Somebody must call: what the buyer was not told, and why."""
    text = words(
        "notice-call-buyer",
        number=said(order.number, 64),
        what=words(f"told-{row.facts['untold']}"),
        why=why_text(str(row.facts["why"]), words),
        phone=contact_phone(order),
    )
    card = LookButton(order=order.public_id, what="card").pack()
    return Screen(text, keyboard([InlineKeyboardButton(text=words("button-card"), callback_data=card)]))


def unreached_line(order: Order, words: Words) -> str | None:
    """The red line of a card; None where nothing is wrong."""
    if order.unreached_at is None or order.final:
        return None
    return words("card-unreached", why=why_text(order.unreached_why or "", words))


def stop_screen(order: Order, action: Action, words: Words) -> Screen:
    """Before the parcel leaves: nobody knows whether the buyer is there (RC10)."""

    def button(key: str, to: str) -> list[InlineKeyboardButton]:
        data = UnreachedButton(order=order.public_id, seq=order.seq, to=to, action=action)
        return [InlineKeyboardButton(text=words(key), callback_data=data.pack())]

    back = LookButton(order=order.public_id, what="card").pack()
    return Screen(
        compose(
            [
                f"<b>{words('stop-title', number=said(order.number, 64))}</b>",
                words("stop-why", why=why_text(order.unreached_why or "", words)),
                words("stop-what"),
            ]
        ),
        keyboard(
            button("button-stop-call", "call"),
            button("button-stop-number", "number"),
            button("button-stop-risk", "risk"),
            [InlineKeyboardButton(text=words("button-back"), callback_data=back)],
        ),
    )


def calling_screen(order: Order, action: Action, words: Words) -> Screen:
    """The number, and what came of the call."""

    def button(key: str, to: str) -> InlineKeyboardButton:
        data = UnreachedButton(order=order.public_id, seq=order.seq, to=to, action=action)
        return InlineKeyboardButton(text=words(key), callback_data=data.pack())

    back = LookButton(order=order.public_id, what="card").pack()
    return Screen(
        words("stop-calling", number=said(order.number, 64), phone=contact_phone(order)),
        keyboard(
            [button("button-stop-talked", "talked")],
            [button("button-stop-number", "number"), button("button-stop-risk", "risk")],
            [InlineKeyboardButton(text=words("button-back"), callback_data=back)],
        ),
    )


def number_screen(order: Order, words: Words) -> Screen:
    """What must be typed: another number of the buyer's."""
    back = LookButton(order=order.public_id, what="card").pack()
    return Screen(
        words("stop-number", number=said(order.number, 64)),
        keyboard([InlineKeyboardButton(text=words("button-back"), callback_data=back)]),
    )
