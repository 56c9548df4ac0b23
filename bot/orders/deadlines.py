"""Deadlines that have come: the order is looked at again in the unit that claims them (R8)."""

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from bot import notify
from models.deadline import Deadline
from models.order import Order
from models.outbox import MarketplaceUpdate, Notice, UpdateTask

AT_ONCE = 200
"""Deadlines claimed by one tick's unit; the tick goes on while there are more."""


def claim_due(session: Session, now: datetime) -> int:
    """Claim what is due and queue its reminders. Returns how many were claimed.

    An order still untouched rings all members, once (R52). One that was taken here, but not yet in the
    marketplace's cabinet, rings its holder: the robot calls by the cabinet (rules 1.8.3). Others are done.
    """
    due = session.scalars(
        select(Deadline)
        .where(Deadline.done_at.is_(None), Deadline.due_at <= now)
        .order_by(Deadline.due_at)
        .limit(AT_ONCE)
        .with_for_update(skip_locked=True)
    ).all()
    if not due:
        return 0
    orders = {
        order.id: order
        for order in session.scalars(select(Order).where(Order.id.in_({row.order_id for row in due})))
    }
    for row in due:
        order = orders[row.order_id]
        limit = next((limit for limit in order.workflow.limits if limit.kind == row.kind), None)
        if limit is not None and order.state in limit.states:
            notify.tell(session, Notice.UNTOUCHED, order, now, generation=row.kind)
        elif not order.final and _cabinet_behind(session, order):
            notify.tell(session, Notice.CABINET_UNCHANGED, order, now, generation=row.kind)
    session.execute(
        update(Deadline)
        .where(Deadline.id.in_([row.id for row in due]))
        .values(done_at=now)
        .execution_options(synchronize_session=False)
    )
    return len(due)


def _cabinet_behind(session: Session, order: Order) -> bool:
    return (
        session.scalars(
            select(MarketplaceUpdate.id)
            .where(MarketplaceUpdate.order_id == order.id, MarketplaceUpdate.state == UpdateTask.CABINET)
            .limit(1)
        ).first()
        is not None
    )
