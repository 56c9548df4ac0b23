"""An order's deadlines: rows that follow its every change, so that the clock need only read an index."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from bot import notify
from bot.recipients import REMINDERS
from models import due
from models.deadline import SNOOZE, Deadline
from models.limits import Planned
from models.order import Order
from models.outbox import Notification, NotificationState
from models.terms import behind_since, plan_of


def changed(session: Session, order: Order, now: datetime, *, own: int | None = None) -> None:
    """After every change of an order: its deadlines follow, reminders that no longer concern it are not sent, and
    all its cards are drawn anew (of the presser's `own` the handler draws one)."""
    kept, fresh = follow(session, [order], now)
    store(session, fresh)
    kinds = {row.kind for row in kept}
    for queued in queued_reminders(session, order):
        if not kinds.intersection(told[0] for told in queued.facts["due"]):
            queued.state, queued.reason, queued.at = NotificationState.SKIPPED, "handled", now
    notify.redraw(session, order, now, own=own)


def queued_reminders(session: Session, order: Order) -> list[Notification]:
    """Reminders of the order that are still to be sent; a snooze, which is nobody's limit, is none of them."""
    queued = session.scalars(
        select(Notification).where(
            Notification.order_id == order.id,
            Notification.kind.in_(REMINDERS),
            Notification.state == NotificationState.QUEUED,
        )
    )
    return [row for row in queued if "seq" not in row.facts]


def follow(session: Session, orders: Sequence[Order], now: datetime) -> tuple[list[Deadline], list[Deadline]]:
    """Bring the deadlines of orders up to what the orders are now. Returns those that concern them, told or not;
    and which of them are fresh: `store` these, once it is decided what becomes of them."""
    session.flush()
    ids = [order.id for order in orders]
    behind = behind_since(session, ids)
    rows: dict[int, dict[tuple[str, int], Deadline]] = {order.id: {} for order in orders}
    for row in session.scalars(select(Deadline).where(Deadline.order_id.in_(ids))):
        rows[row.order_id][row.kind, row.step] = row
    kept: list[Deadline] = []
    fresh: list[Deadline] = []
    for order in orders:
        left = rows[order.id]
        planned = plan_of(order, behind.get(order.id))
        kept += due.follow(left, planned, partial(_new, fresh, order), now)
        for row in left.values():
            if row.kind.startswith(SNOOZE) and row.step == order.seq:
                kept.append(row)
            elif row.done_at is None:
                session.delete(row)
    return kept, fresh


def store(session: Session, fresh: Sequence[Deadline]) -> None:
    """A statement for all of them: the ORM would ask for each one's number."""
    if fresh:
        columns = ("order_id", "kind", "step", "since", "due_at", "done_at")
        session.execute(insert(Deadline), [{name: getattr(row, name) for name in columns} for row in fresh])


def _new(fresh: list[Deadline], order: Order, planned: Planned) -> Deadline:
    row = Deadline(order_id=order.id, kind=planned.kind, step=planned.step)
    row.since, row.due_at, row.done_at = planned.since, planned.due_at, None
    fresh.append(row)
    return row
