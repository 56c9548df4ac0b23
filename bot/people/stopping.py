"""/stop and coming back: what a buyer hears of us is the buyer's to say (K10)."""

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from bot import notify, releasing
from models.order import Order
from models.outbox import Notice, Notification, NotificationState
from models.people import Account


def stop(session: Session, account: Account, now: datetime) -> None:
    """No more messages to this buyer: what waits is held, and whoever holds an open order is told to call."""
    if account.stopped_at is not None:
        return
    account.stopped_at, account.marketing_at = now, None
    session.execute(
        update(Notification)
        .where(
            Notification.account_id == account.id,
            Notification.recipient == "buyer",
            Notification.state == NotificationState.QUEUED,
        )
        .values(state=NotificationState.HELD, reason=notify.STOPPED, at=now)
        .execution_options(synchronize_session=False)
    )
    session.flush()
    for order in _open_orders(session, account):
        notify.tell(
            session,
            Notice.BUYER_UNREACHABLE,
            order,
            now,
            generation=f"{account.id}:stopped:{now.date()}",
            facts={"why": notify.STOPPED},
        )
        notify.redraw(session, order, now)


def resume(session: Session, account: Account, now: datetime) -> None:
    """Messages are wanted again: what was held for that goes now, and the cards show it."""
    if account.stopped_at is None:
        return
    account.stopped_at = None
    session.flush()
    for order in session.scalars(select(Order).where(Order.buyer_id == account.id)).all():
        releasing.release(session, order, account, now, notify.STOPPED)
        if not order.final:
            notify.redraw(session, order, now)


def _open_orders(session: Session, account: Account) -> list[Order]:
    own = session.scalars(select(Order).where(Order.buyer_id == account.id).order_by(Order.id))
    return [order for order in own if not order.final]
