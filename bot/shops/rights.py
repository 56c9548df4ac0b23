"""Who is asking, looked up at each press. What is foreign is as absent as what never was."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.errors import NoSuchOrder, NotAllowed
from models.roles import CAN, Ability
from models.shop import Member, Shop


def shop_for(session: Session, shop_id: int, by: int, ability: Ability) -> Shop:
    """The shop to a member who may do this to it. Raises NoSuchOrder for a stranger, NotAllowed(role)."""
    return of_member(session, shop_id, by, ability).shop


def of_member(session: Session, shop_id: int, by: int, needs: Ability | None = None) -> Member:
    """The place of an account in a shop. Raises NoSuchOrder for a stranger, NotAllowed(role)."""
    member = session.scalars(
        select(Member).where(Member.shop_id == shop_id, Member.account_id == by, Member.active)
    ).first()
    if member is None:
        raise NoSuchOrder
    if needs is not None and needs not in CAN[member.role]:
        raise NotAllowed("role")
    return member


def one_by_one(session: Session, shop_id: int) -> None:
    """Changes of a shop's team wait for one another, on PostgreSQL, too: two owners who remove each other must not
    both be believed. Orders that come in meanwhile do not wait."""
    session.execute(select(Shop.id).where(Shop.id == shop_id).with_for_update(key_share=True))
