"""What a messenger says of a message later than at once: delivered, seen, or failed after all (G9).

Receipts come in any order, more than once, and for messages that nobody remembers. A row only goes forward: what was
seen is not delivered again, and what failed on a phone was not told, even where the messenger had taken it.

A phone may be quicker than the messenger's answer, which bears the message's number: what comes while a message is on
its way to that chat waits on its row until the number is known, or the message is tried again.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot import notify
from bot.outbox import routing
from bot.outbox.ending import end
from models.outbox import OPEN, RECEIPTED, Notification, NotificationState
from models.ways import EARLY

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
MOST_EARLY = 20
"""So many early receipts of a row, the last: a chat is sent one message of ours at a time, answers to presses beside
it."""


def note(
    session: Session, channel: str, chat: str, message_id: str, state: str, reason: str | None, now: datetime
) -> bool:
    """Write a receipt down; all rows that one message told share it. Whether it changed anything.

    `state` is `delivered`, `seen` or `failed`; `reason` a word of ours, None where the messenger gives none.
    """
    into, of = _FORWARD[state]
    known = session.scalars(
        select(Notification).where(
            RECEIPTED,
            Notification.channel == channel,
            Notification.chat == chat,
            Notification.message_id == message_id,
        )
    ).all()
    if not known:
        return _keep(session, channel, chat, message_id, state)
    rows = [row for row in known if row.state in of]
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


def note_early(session: Session, rows: Sequence[Notification], now: datetime) -> None:
    """What came before these rows, all told by one message, had its number."""
    early = {tuple(pair): None for row in rows for pair in forget_early(row)}
    for message_id, state in early:
        if message_id == rows[0].message_id:
            note(session, rows[0].channel, rows[0].chat or "", message_id, state, None, now)


def forget_early(row: Notification) -> list[list[str]]:
    """What came early is of one try alone: the number of another is another. Returns what it was."""
    early: list[list[str]] = row.facts.get(EARLY, [])
    if early:
        row.facts = {key: value for key, value in row.facts.items() if key != EARLY}
    return early


def _keep(session: Session, channel: str, chat: str, message_id: str, state: str) -> bool:
    """With all rows that are on their way to this chat: one message tells them."""
    rows = session.scalars(
        select(Notification).where(
            OPEN,
            Notification.state == NotificationState.SENDING,
            Notification.channel == channel,
            Notification.chat == chat,
        )
    ).all()
    said = [message_id, state]
    kept = False
    for row in rows:
        early = row.facts.get(EARLY, [])
        if said not in early:
            row.facts, kept = row.facts | {EARLY: [*early, said][-MOST_EARLY:]}, True
    return kept
