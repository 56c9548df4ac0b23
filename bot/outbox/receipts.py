"""What a messenger says of a message later than at once: delivered, seen, or failed after all (G9).

Receipts come in any order, more than once, and for messages that nobody remembers. A row only goes forward: what was
seen is not delivered again, and what failed on a phone was not told, even where the messenger had taken it.
"""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot import notify
from bot.outbox import routing
from bot.outbox.ending import end
from models.outbox import RECEIPTED, Notification, NotificationState

_FORWARD = {
    "delivered": (NotificationState.DELIVERED, (NotificationState.SENT, NotificationState.FAILED)),
    "seen": (
        NotificationState.SEEN,
        (NotificationState.SENT, NotificationState.DELIVERED, NotificationState.FAILED),
    ),
    "failed": (NotificationState.FAILED, (NotificationState.SENT,)),
}
"""What a receipt makes of a row, and of which rows."""
UNTOLD = "not_shown"
"""Taken by the messenger and refused by the phone: a keyboard that it cannot draw, say."""


def note(
    session: Session, channel: str, chat: str, message_id: str, state: str, reason: str | None, now: datetime
) -> bool:
    """Write a receipt down; all rows that one message told share it. Whether it changed anything.

    `state` is `delivered`, `seen` or `failed`; `reason` a word of ours, None where the messenger gives none.
    """
    into, of = _FORWARD[state]
    rows = session.scalars(
        select(Notification).where(
            RECEIPTED,
            Notification.channel == channel,
            Notification.chat == chat,
            Notification.message_id == message_id,
            Notification.state.in_(of),
        )
    ).all()
    for row in rows:
        failed = into is NotificationState.FAILED
        end(row, into, (reason or UNTOLD) if failed else None, now)
        if failed:
            notify.reroute(session, row, now)
        else:
            routing.tell_no_more(session, row, now)
    orders = {row.order_id for row in rows if row.order_id is not None and row.recipient == "buyer"}
    notify.redraw_all(session, orders, now)
    return bool(rows)
