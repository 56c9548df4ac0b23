"""A shop is found through somebody who may do this to it; what is foreign is as absent as what never was."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.errors import NoSuchOrder, NotAllowed
from models.roles import CAN, Ability
from models.shop import Member, Shop


def shop_for(session: Session, shop_id: int, by: int, ability: Ability) -> Shop:
    """The shop to a member who may. Raises NoSuchOrder for a stranger, NotAllowed(role)."""
    member = session.scalars(
        select(Member).where(Member.shop_id == shop_id, Member.account_id == by, Member.active)
    ).first()
    if member is None:
        raise NoSuchOrder
    if ability not in CAN[member.role]:
        raise NotAllowed("role")
    return member.shop
