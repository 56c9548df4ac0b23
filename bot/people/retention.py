"""Nothing is kept longer than it is needed (K8, promises 6): by the clock, in small units, so that nobody waits."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Text, and_, cast, delete, or_, select, update
from sqlalchemy.orm import Session

from bot import erasing
from models.file import File
from models.inbox import Update, UpdateState
from models.message import Message
from models.order import Order
from models.outbox import Notification, NotificationState
from models.shop import Shop
from models.workflow import Actor
from models.workflows import WORKFLOWS

ORDERS_KEPT = timedelta(days=90)
"""Since an order was closed, its buyer is known for so long."""
WORDS_KEPT = timedelta(days=30)
"""What was written about an order since it was closed; what a notice carried, and an update nobody could handle."""
AT_ONCE = 50
"""Rows a unit."""

_SETTLED = (
    NotificationState.SENT,
    NotificationState.DELIVERED,
    NotificationState.SEEN,
    NotificationState.FAILED,
    NotificationState.SKIPPED,
)


# ---------------------------------------------------------------- what is due


def orders_due(session: Session, now: datetime) -> Sequence[int]:
    """Orders closed long ago whose buyers are still known."""
    query = (
        select(Order.id)
        .join(Shop)
        .where(Order.erased_at.is_(None), Order.entered_at < now - ORDERS_KEPT, _closed())
        .order_by(Order.entered_at)
        .limit(AT_ONCE)
    )
    return session.scalars(query).all()


def messages_due(session: Session, now: datetime) -> Sequence[int]:
    """What buyer and shop wrote to each other about orders that are closed."""
    query = (
        select(Message.id)
        .join(Order)
        .join(Shop)
        .outerjoin(File, File.message_id == Message.id)
        .where(
            or_(Message.text != "", File.id.is_not(None)),
            Order.entered_at < now - WORDS_KEPT,
            _closed(),
        )
        .order_by(Message.id)
        .limit(AT_ONCE)
    )
    return session.scalars(query).all()


def notices_due(session: Session, now: datetime) -> Sequence[int]:
    """Notices that are over and still carry facts; those that wait for somebody are not over."""
    query = (
        select(Notification.id)
        .where(
            Notification.state.in_(_SETTLED),
            Notification.at < now - WORDS_KEPT,
            cast(Notification.facts, Text) != "{}",
        )
        .order_by(Notification.id)
        .limit(AT_ONCE)
    )
    return session.scalars(query).all()


def letters_due(session: Session, now: datetime) -> Sequence[tuple[str, str, str]]:
    """Updates that nobody could handle, and that nobody has asked about."""
    query = (
        select(Update.channel, Update.bot_id, Update.event_id)
        .where(
            Update.state == UpdateState.DEAD,
            Update.received_at < now - WORDS_KEPT,
            Update.body.is_not(None),
        )
        .limit(AT_ONCE)
    )
    return [(channel, bot_id, event_id) for channel, bot_id, event_id in session.execute(query)]


def _closed() -> ColumnElement[bool]:
    return or_(
        *(
            and_(
                Shop.marketplace == name,
                Order.state.in_([state.key for state in workflow.states if state.final]),
            )
            for name, workflow in WORKFLOWS.items()
        )
    )


# ---------------------------------------------------------------- units


def erase_orders(session: Session, ids: Sequence[int], now: datetime) -> None:
    """The shop's own term has run out: whatever happened meanwhile, only what is closed is erased."""
    orders = session.scalars(select(Order).where(Order.id.in_(ids)).order_by(Order.id)).all()
    closed = [order for order in orders if order.final]
    erasing.erase_orders(session, closed, now, actor=Actor.SELLER, cause="retention")


def empty_messages(session: Session, ids: Sequence[int], _: datetime) -> None:
    session.execute(delete(File).where(File.message_id.in_(ids)).execution_options(synchronize_session=False))
    session.execute(
        update(Message)
        .where(Message.id.in_(ids))
        .values(text="")
        .execution_options(synchronize_session=False)
    )


def empty_notices(session: Session, ids: Sequence[int], _: datetime) -> None:
    session.execute(
        update(Notification)
        .where(Notification.id.in_(ids), Notification.state.in_(_SETTLED))
        .values(facts={})
        .execution_options(synchronize_session=False)
    )


def empty_letters(session: Session, keys: Sequence[tuple[str, str, str]], _: datetime) -> None:
    for key in keys:
        letter = session.get(Update, key)
        if letter is not None and letter.state is UpdateState.DEAD:
            letter.body = None
