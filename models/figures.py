"""How much waits, and how long: read for machines that watch. Each figure is found by an index."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from models.deadline import Deadline
from models.inbox import Update, UpdateState
from models.order import Order
from models.outbox import HELD, OPEN, Card, Notification
from models.people import Account
from models.shop import Member, Shop

LATELY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts; `..._oldest` are moments, None where nothing waits. `held` by its reason, `outbox` by its state."""

    inbox: int
    inbox_oldest: datetime | None
    dead_letters: int
    outbox: Mapping[str, int]
    due: int
    due_oldest: datetime | None
    held: Mapping[str, int]
    cards_due: int
    reminders_due: int
    unheard_shops: int


def figures(session: Session, now: datetime) -> Figures:
    waiting = session.execute(
        select(func.count(), func.min(Update.received_at)).where(Update.state == UpdateState.NEW)
    ).one()
    due = session.execute(
        select(func.count(), func.min(Notification.due_at)).where(OPEN, Notification.due_at <= now)
    ).one()
    by_state = select(Notification.state, func.count()).where(OPEN).group_by(Notification.state)
    by_reason = select(Notification.reason, func.count()).where(HELD).group_by(Notification.reason)
    return Figures(
        inbox=waiting[0],
        inbox_oldest=waiting[1],
        dead_letters=_count(session, Update.state == UpdateState.DEAD),
        outbox={str(state): count for state, count in session.execute(by_state)},
        due=due[0],
        due_oldest=due[1],
        held={str(reason): count for reason, count in session.execute(by_reason)},
        cards_due=_count(session, Card.due_at <= now),
        reminders_due=_count(session, Deadline.done_at.is_(None), Deadline.due_at <= now),
        unheard_shops=unheard_shops(session, now),
    )


def due_oldest(session: Session) -> datetime | None:
    return session.scalar(select(func.min(Notification.due_at)).where(OPEN))


def unheard_shops(session: Session, now: datetime) -> int:
    """Shops with an order of the last day and nobody who can be told of it (F5)."""
    somebody = exists().where(
        Member.shop_id == Shop.id, Member.active, Account.id == Member.account_id, Account.reachable
    )
    ordered = exists().where(Order.shop_id == Shop.id, Order.received_at >= now - LATELY)
    return session.scalar(select(func.count()).select_from(Shop).where(~somebody, ordered)) or 0


def _count(session: Session, *conditions: object) -> int:
    return session.scalar(select(func.count()).where(*conditions)) or 0  # type: ignore[arg-type]
