"""A buyer whom nothing has reached: the task to call, the card's red line, and the stop before the parcel leaves."""

from aiogram.types import InlineKeyboardButton

from bot.l10n import Words
from keyboards.callbacks import LookButton, UnreachedButton
from keyboards.clock import A_WHILE, zone_of
from keyboards.screen import Screen, compose, keyboard, said
from models.card import Card
from models.order import Order
from models.outbox import Notification, NotificationState
from models.ways import RENUMBERED
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
    # Whoever hears of it after the dispatch has no stop on which another number could be said.
    return Screen(
        text, keyboard([_card(order, "button-card", words)], [_button(order, Action.SHIP, "number", words)])
    )


def unreached_line(order: Order, words: Words) -> str | None:
    """The red line of a card; None where nothing is wrong."""
    if order.unreached_at is None or order.final:
        return None
    return words("card-unreached", why=why_text(order.unreached_why or "", words))


def stop_screen(order: Order, action: Action, words: Words) -> Screen:
    """Before the parcel leaves: nobody knows whether the buyer is there (RC10)."""
    return Screen(
        compose(
            [
                f"<b>{words('stop-title', number=said(order.number, 64))}</b>",
                words("stop-why", why=why_text(order.unreached_why or "", words)),
                words("stop-what"),
            ]
        ),
        keyboard(
            *([_button(order, action, to, words)] for to in ("call", "number", "risk")),
            [_card(order, "button-back", words)],
        ),
    )


def calling_screen(order: Order, action: Action, words: Words) -> Screen:
    """The number, and what came of the call."""
    return Screen(
        words("stop-calling", number=said(order.number, 64), phone=contact_phone(order)),
        keyboard(
            [_button(order, action, "talked", words)],
            [_button(order, action, "number", words), _button(order, action, "risk", words)],
            [_card(order, "button-back", words)],
        ),
    )


def number_screen(order: Order, words: Words) -> Screen:
    """What must be typed: another number of the buyer's."""
    return Screen(
        words("stop-number", number=said(order.number, 64)), keyboard([_card(order, "button-back", words)])
    )


def number_kept_screen(card: Card, words: Words) -> Screen:
    """The other number is kept: what goes there now, when, or that somebody must call."""
    order = card.order
    going = [row for row in card.told if RENUMBERED in row.facts and row.chat == order.mobile]
    due = [row for row in going if row.state is NotificationState.QUEUED]
    later = max((row.due_at for row in due), default=card.at)
    if due:
        key = "stop-number-told" if later - card.at <= A_WHILE else "stop-number-later"
    else:
        key = "stop-number-kept" if order.unreached_at is None else "stop-number-call"
    return Screen(
        words(
            key,
            number=said(order.number, 64),
            phone=said(order.contact_phone or "", 20),
            what=", ".join(words(f"told-{row.kind}") for row in due),
            at=words.clock(later, zone_of(order)),
        )
    )


def _button(order: Order, action: Action, to: str, words: Words) -> InlineKeyboardButton:
    data = UnreachedButton(order=order.public_id, seq=order.seq, to=to, action=action)
    return InlineKeyboardButton(text=words(f"button-stop-{to}"), callback_data=data.pack())


def _card(order: Order, key: str, words: Words) -> InlineKeyboardButton:
    data = LookButton(order=order.public_id, what="card")
    return InlineKeyboardButton(text=words(key), callback_data=data.pack())
