"""Who in a shop can hold an order: whoever may do something to it, works there still and can be reached."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.order import Order
from models.people import Account
from models.roles import CAN, MAY, Ability
from models.shop import Member


def colleagues_of(session: Session, order: Order) -> Sequence[Member]:
    """Whoever holds it now among them."""
    people = session.scalars(
        select(Member)
        .join(Account, Account.id == Member.account_id)
        .where(Member.shop_id == order.shop_id, Member.active, Account.reachable)
        .order_by(Member.id)
    )
    return [member for member in people if MAY[member.role]]


def may_hand_over(session: Session, order: Order, member: Member | None) -> bool:
    """Whether this member may hand the order to a colleague, and there is one."""
    if member is None or order.holder_id is None or order.final:
        return False
    if Ability.HAND_OVER not in CAN[member.role]:
        return False
    return any(one.id != order.holder_id for one in colleagues_of(session, order))
