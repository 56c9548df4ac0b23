"""The ways to a buyer, one after another until one has told them: a table and how it is read (RC10, RC16, R51, C14).

The messenger where their chat is tied to the order, else SMS with the link that brings them in, then e-mail, then a
call.
The rules' words only; `bot/outbox/routing.py` walks it.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

from models.order import Order
from models.outbox import Notice, Notification, NotificationState

SMS, EMAIL = "sms", "email"
FALLBACKS = (SMS, EMAIL)
"""After the messenger, in this order; after them a person calls."""

TOLD: Mapping[str, frozenset[NotificationState]] = {
    "telegram": frozenset({NotificationState.SENT, NotificationState.DELIVERED, NotificationState.SEEN}),
    "viber": frozenset({NotificationState.DELIVERED, NotificationState.SEEN}),
    SMS: frozenset({NotificationState.DELIVERED, NotificationState.SEEN}),
}
"""When a message counts as told, by its channel: Telegram tells no delivery, e-mail never counts (C14)."""

_SOON, _LATER = timedelta(minutes=30), timedelta(hours=2)
PATIENCE: Mapping[Notice, timedelta] = {
    Notice.CONFIRM_REQUEST: _SOON,
    Notice.SELLER_WROTE: _SOON,
    Notice.COURIER_LEFT: _SOON,
    Notice.READY_FOR_PICKUP: _LATER,
    Notice.SHIPPED: _LATER,
    Notice.TTN_CHANGED: _LATER,
    Notice.ARRIVED: _LATER,
    Notice.STILL_WAITING: _LATER,
    Notice.ORDER_CANCELLED: _LATER,
}
"""What a buyer must hear, and how long one way may take before the next is tried."""

ALONE = timedelta(hours=2)
"""How long what has no other way waits for a messenger that is away before somebody calls."""

ROUTED, TOO_SLOW, WRONG_NUMBER = "told_elsewhere", "too_slow", "wrong_number"
BY_PHONE_ALONE = "by_phone_alone"
"""Why somebody must call whom no message can reach (R51)."""

GIVEN_UP = frozenset({"stopped", "erased", "no_consent", "undone", "outdated", "ttn_changed", ROUTED})
"""Not told on purpose, or no longer worth telling: no other way is tried."""

CLOSED = "closed"
"""The fact by which no other way is tried whatever becomes of a row: before a copy was started, its original went on
with it."""


LONE = "alone"
"""The fact of a row that has no other way."""

EARLY = "early_receipts"
"""The fact of a row on its way: what was said of messages in its chat, as pairs of number and state."""

RENUMBERED = "renumbered"
"""The fact of an SMS that goes to a number which somebody has found out, since the notice reached nobody: the event
that brought the number."""


def is_told(row: Notification) -> bool:
    return row.state in TOLD.get(row.channel, frozenset())


def has_reached(row: Notification, order: Order) -> bool:
    """Whether this row has told the buyer. An SMS to a number that was wrong has told somebody else."""
    return is_told(row) and not (row.channel == SMS and row.chat != order.mobile)


def next_at(row: Notification, now: datetime) -> datetime | None:
    """When the next way is tried unless this row is told by then; None where none is."""
    if row.recipient != "buyer" or row.kind not in PATIENCE or row.order_id is None or is_told(row):
        return None
    if CLOSED in row.facts:
        return None
    match row.state:
        case NotificationState.QUEUED | NotificationState.SENDING:
            return row.due_at + PATIENCE[row.kind]
        case NotificationState.SENT:
            return now + PATIENCE[row.kind]
        case NotificationState.FAILED | NotificationState.HELD if row.reason not in GIVEN_UP:
            return now
    return None


def following(channel: str) -> tuple[str, ...]:
    """The ways that are left after one."""
    return FALLBACKS[FALLBACKS.index(channel) + 1 :] if channel in FALLBACKS else FALLBACKS


def is_by_chat(row: Notification) -> bool:
    """Whether a row goes to a chat with the buyer."""
    return row.channel != "none" and row.channel not in FALLBACKS


def family(dedupe: str) -> str:
    """What the rows of one notice to a buyer share, whatever way each goes: the way, or the chat, stands last."""
    return dedupe.rpartition(":")[0]
