"""An order that a member makes by hand: through the same door as any other, once by its cause."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.orders import find, receive
from models.draft import Draft
from models.errors import NoSuchOrder, NotAllowed
from models.order import Order, OrderEvent
from models.roles import CAN, Ability
from models.shop import Member, Shop
from models.terms import today_of
from models.workflow import Action


def create(
    session: Session, shop_id: int, account_id: int, draft: Draft, cause: str, now: datetime
) -> tuple[Order, Member, bool]:
    """The order, who made it, and whether it was made now: of a number that the shop has already it is the order
    that bears it. Raises NoSuchOrder (no such shop of theirs), NotAllowed(role)."""
    member = _maker(session, shop_id, account_id)
    made = session.scalars(
        select(Order)
        .join(OrderEvent, OrderEvent.order_id == Order.id)
        .where(Order.shop_id == shop_id, OrderEvent.cause == cause, OrderEvent.action == Action.CREATE)
    ).first()
    if made is not None:
        return made, member, True
    number = draft.number or _free_number(session, member.shop, now)
    twin = _numbered(session, shop_id, number)
    if twin is not None:
        return twin, member, False
    form = draft.order(number)
    arrival = receive.Arrival(shop_id, form, key=None, digest=form.digest(), cause=cause, now=now, by=member)
    receive.receive(session, [arrival])
    return find.for_shop(session, shop_id, number), member, True


def numbered(session: Session, shop_id: int, account_id: int, number: str) -> tuple[Order, Member] | None:
    """The shop's order of this number, to whoever may make another. Raises NoSuchOrder, NotAllowed(role)."""
    member = _maker(session, shop_id, account_id)
    order = _numbered(session, shop_id, number)
    return None if order is None else (order, member)


def _maker(session: Session, shop_id: int, account_id: int) -> Member:
    member = session.scalars(
        select(Member).where(Member.shop_id == shop_id, Member.account_id == account_id, Member.active)
    ).first()
    if member is None:
        raise NoSuchOrder
    if Ability.CREATE not in CAN[member.role]:
        raise NotAllowed("role")
    return member


def _numbered(session: Session, shop_id: int, number: str) -> Order | None:
    return session.scalars(select(Order).where(Order.shop_id == shop_id, Order.number == number)).first()


def _free_number(session: Session, shop: Shop, now: datetime) -> str:
    """Such as "260302-1": the shop's day, and which of its orders by hand."""
    day = f"{today_of(shop, now):%y%m%d}-"
    taken = set(
        session.scalars(select(Order.number).where(Order.shop_id == shop.id, Order.number.startswith(day)))
    )
    return next(number for at in range(1, len(taken) + 2) if (number := f"{day}{at}") not in taken)
