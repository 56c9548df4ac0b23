"""What became of a sending, written down. One message may have told several rows (a digest): all share its fate."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from bot import groups, notify
from bot.outbox import receipts, routing
from bot.outbox.ending import end
from bot.outbox.redrawing import Place, hang_card
from bot.recipients import RULES
from models.group import Group
from models.outbox import Notification, NotificationState
from models.people import Account
from models.ways import FALLBACKS

OUTAGE = timedelta(hours=24)
"""How long a message is tried while its messenger is away (R5); then it is held, visibly."""
TOO_LONG = "too_long_unsent"


def settle_sent(
    session: Session, row_ids: Sequence[int], message_id: str | None, version: int, now: datetime
) -> None:
    """It went out: the row says so, and a card that can be edited is remembered with what it shows."""
    rows = _rows(session, row_ids)
    for row in rows:
        row.message_id = message_id
        if RULES[row.kind].redrawn and row.state is NotificationState.QUEUED:
            continue  # it became something else while it was on its way, and is drawn once more
        end(row, NotificationState.SENT, None, now)
        routing.tell_no_more(session, row, now)
    receipts.note_early(session, rows, now)
    if len(rows) != 1 or (order_id := rows[0].order_id) is None:
        return
    row = rows[0]
    if RULES[row.kind].card and message_id is not None and row.chat and row.channel not in FALLBACKS:
        place = Place(row.channel, row.chat, row.account_id, row.group_id)
        hang_card(session, order_id, place, message_id, version, now)
    elif row.recipient == "buyer":
        notify.redraw_all(session, [order_id], now)


def settle_retry(
    session: Session, row_ids: Sequence[int], reason: str, later: float, repeat: bool, now: datetime
) -> bool:
    """Not known to be sent: again, and marked where it may have arrived. After a day (R5) it is held where people
    see it, with all that waited behind it for as long. Returns whether anything was held.

    Who keeps the order of a chat pauses the chat; `later` seconds let others overtake this row.
    """
    held = False
    for row in _rows(session, row_ids):
        row.repeat = row.repeat or repeat
        if row.attempts <= 1 or "first_try" not in row.facts:
            row.facts["first_try"] = now.isoformat()
            flag_modified(row, "facts")
        if now - datetime.fromisoformat(row.facts["first_try"]) > OUTAGE:
            end(row, NotificationState.HELD, TOO_LONG, now)
            held = True
            continue
        row.state, row.reason, row.at, row.lease_until = NotificationState.QUEUED, reason, now, None
        if later > 0:
            row.due_at = now + timedelta(seconds=later)
    if held:
        session.flush()
        session.execute(
            update(Notification)
            .where(Notification.state == NotificationState.QUEUED, Notification.due_at < now - OUTAGE)
            .values(state=NotificationState.HELD, reason=TOO_LONG, at=now)
            .execution_options(synchronize_session=False)
        )
    return held


def probe_held(session: Session, now: datetime) -> bool:
    """One of those that an outage held is tried again, to see whether the messenger is back. False: none is."""
    row = session.scalars(
        select(Notification)
        .where(Notification.state == NotificationState.HELD, Notification.reason == TOO_LONG)
        .order_by(Notification.priority, Notification.due_at, Notification.id)
        .limit(1)
    ).first()
    if row is None:
        return False
    row.state, row.at = NotificationState.QUEUED, now
    return True


def release_held(session: Session) -> None:
    """The messenger is back: what an outage held goes, and has a day again."""
    session.execute(
        update(Notification)
        .where(Notification.state == NotificationState.HELD, Notification.reason == TOO_LONG)
        .values(state=NotificationState.QUEUED, reason=None, attempts=0)
        .execution_options(synchronize_session=False)
    )


def settle_unsent(session: Session, row_ids: Sequence[int], now: datetime) -> None:
    """Not sent for certain, and not by the message's own fault: no attempt was spent."""
    for row in _rows(session, row_ids):
        row.state, row.at, row.lease_until = NotificationState.QUEUED, now, None
        row.attempts -= 1


def settle_refused(session: Session, row_ids: Sequence[int], reason: str, now: datetime) -> None:
    """Refused, and the same would be refused again: held, for somebody to see (F8)."""
    for row in _rows(session, row_ids):
        end(row, NotificationState.HELD, reason, now)


def settle_lost(session: Session, row_ids: Sequence[int], reason: str, now: datetime) -> None:
    """This recipient cannot be reached any more: no silence, somebody else hears of it (R5, F4)."""
    rows = _rows(session, row_ids)
    for row in rows:
        end(row, NotificationState.FAILED, reason, now)
    account = session.get(Account, rows[0].account_id) if rows[0].account_id is not None else None
    group = session.get(Group, rows[0].group_id) if rows[0].group_id is not None else None
    if account is not None:
        notify.lose(session, account, reason, now)
    if group is not None:
        groups.lose(session, group, reason, now)
    for row in rows:
        notify.reroute(session, row, now)


def settle_moved(session: Session, row_ids: Sequence[int], moved_to: str, now: datetime) -> None:
    """The chat has another id now: everywhere in one unit, and the message goes at once (T23)."""
    rows = _rows(session, row_ids)
    channel, old = rows[0].channel, rows[0].chat or ""
    account = session.get(Account, rows[0].account_id) if rows[0].account_id is not None else None
    if account is not None and not _known(session, account, moved_to):
        account.external_id = moved_to
    for row in rows:
        row.state, row.at, row.lease_until = NotificationState.QUEUED, now, None
        row.attempts -= 1
    groups.move(session, channel, old, moved_to, now)


def _known(session: Session, account: Account, external_id: str) -> bool:
    """Whether the new chat has made itself known before the old one's last message was refused."""
    return (
        session.scalars(
            select(Account.id).where(
                Account.messenger == account.messenger, Account.external_id == external_id
            )
        ).first()
        is not None
    )


def requeue_unfinished(session: Session) -> int:
    """At start: what was `sending` when we stopped goes again, marked (there is one leader, R9)."""
    rows = session.scalars(select(Notification).where(Notification.state == NotificationState.SENDING)).all()
    for row in rows:
        row.state, row.lease_until, row.repeat = NotificationState.QUEUED, None, True
    return len(rows)


def _rows(session: Session, row_ids: Sequence[int]) -> Sequence[Notification]:
    return session.scalars(
        select(Notification).where(Notification.id.in_(row_ids)).order_by(Notification.id)
    ).all()
