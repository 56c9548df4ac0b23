"""How an order is found: always through somebody who may see it. What is foreign is as absent as what never was."""

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from models.errors import NoSuchOrder
from models.order import Order, OrderEvent
from models.outbox import Notification
from models.shop import Member
from models.workflow import Action


def for_member(session: Session, public_id: str, account_id: int) -> tuple[Order, Member]:
    """The order and the person's place in its shop. Raises NoSuchOrder."""
    found = session.execute(
        select(Order, Member)
        .join(Member, Member.shop_id == Order.shop_id)
        .where(Order.public_id == public_id, Member.account_id == account_id, Member.active)
    ).first()
    if found is None:
        raise NoSuchOrder
    return found[0], found[1]


def for_buyer(session: Session, public_id: str, account_id: int) -> Order:
    """The order that this account is tied to as its buyer. Raises NoSuchOrder."""
    order = session.scalars(
        select(Order).where(Order.public_id == public_id, Order.buyer_id == account_id)
    ).first()
    if order is None:
        raise NoSuchOrder
    return order


def for_shop(session: Session, shop_id: int, number: str) -> Order:
    """The shop's order of this number. Raises NoSuchOrder."""
    order = session.scalars(select(Order).where(Order.shop_id == shop_id, Order.number == number)).first()
    if order is None:
        raise NoSuchOrder
    return order


def told_together(session: Session, told_with: int, account_id: int) -> list[str]:
    """The orders that one message named to this account, or to a group of a shop where they work, oldest first, by
    their public ids; each once."""
    works_in = select(Member.shop_id).where(Member.account_id == account_id, Member.active)
    to_group = and_(Notification.group_id.is_not(None), Notification.shop_id.in_(works_in))
    named = session.scalars(
        select(Order.public_id)
        .join(Notification, Notification.order_id == Order.id)
        .where(Notification.told_with == told_with, or_(Notification.account_id == account_id, to_group))
        .group_by(Order.public_id, Order.created_at, Order.id)
        .order_by(Order.created_at, Order.id)
    )
    return list(named)


def done_before(session: Session, order: Order, cause: str, action: Action) -> OrderEvent | None:
    """The event that this very cause already left behind: the same update handled twice answers as before."""
    return session.scalars(
        select(OrderEvent).where(
            OrderEvent.cause == cause, OrderEvent.order_id == order.id, OrderEvent.action == action
        )
    ).first()
