"""How a person finds an order by what they typed: a number or its end, a phone or its end, a name, a waybill.

Only within the shops where they see orders, and by the buyer only where they may see the buyer: what finds
something tells that it is there.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, case, false, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session, lazyload

from bot.orders.lists import Desk, desk_of, rows_of
from models.lanes import OPEN_STATUSES
from models.listing import PAGE, Page, pages_of
from models.order import OPEN, Order
from models.parcel import Parcel
from models.roles import MAY, Ability
from models.search_text import SHORTEST_TAIL, Query
from models.ttn import carriers_of
from models.workflow import Action, Actor, NotInWorkflow, Status

MOST_FOUND = 60
"""Of more than these nobody looks for one by turning pages: the newest are shown."""

_OPEN_FIRST = case((Order.status.in_(OPEN_STATUSES), 0), else_=1)


@dataclass(frozen=True, slots=True)
class Awaiting:
    """An order that could be sent with this waybill."""

    order: Order
    ttn: str


def search(session: Session, account_id: int, query: Query, page: int, now: datetime) -> Page:
    """What the query finds, open orders first, then the newest. Raises NoSuchOrder for who sees no orders."""
    desk = desk_of(session, account_id)
    ids = _exact(session, desk, query) or _similar(session, desk, query)
    at = min(page, pages_of(len(ids)) - 1)
    return Page(
        rows=rows_of(session, desk, ids[at * PAGE : (at + 1) * PAGE], now),
        count=len(ids),
        page=at,
        pages=pages_of(len(ids)),
        several=len(desk.places) > 1,
        at=now,
    )


def named(session: Session, account_id: int, number: str) -> list[Order]:
    """The orders that somebody means by a number: those that bear it, else the open ones whose number ends so.
    Raises NoSuchOrder for who sees no orders."""
    desk = desk_of(session, account_id)
    found = session.scalars(
        select(Order).where(Order.shop_id.in_(desk.shops), _is(number)).order_by(Order.id)
    ).all()
    if found or sum(char.isdigit() for char in number) < SHORTEST_TAIL:
        return list(found)
    return list(
        session.scalars(
            select(Order)
            .where(Order.shop_id.in_(desk.shops), OPEN, _ends(Order.number, number))
            .order_by(Order.id.desc())
            .limit(PAGE)
        )
    )


def awaiting(session: Session, account_id: int, text: str) -> list[Awaiting]:
    """Orders that this person could send now and whose carrier's waybills look like the text; two are enough to know
    that there are several. Raises NoSuchOrder for who sees no orders."""
    desk = desk_of(session, account_id)
    shops = [place.shop_id for place in desk.places if Action.SHIP in MAY[place.role]]
    for carrier, ttn in carriers_of(text).items():
        confirmed = session.scalars(
            select(Order)
            .where(Order.shop_id.in_(shops), OPEN, Order.status == Status.CONFIRMED, Order.carrier == carrier)
            .order_by(Order.id)
            .options(lazyload(Order.lines), lazyload(Order.parcels))
        )
        if found := [Awaiting(order, ttn) for order in confirmed if _may_ship(order)]:
            return found[:2]
    return []


def _may_ship(order: Order) -> bool:
    try:
        order.workflow.transition(Action.SHIP, order.state, order, Actor.SELLER)
    except NotInWorkflow:
        return False
    return True


def _exact(session: Session, desk: Desk, query: Query) -> Sequence[int]:
    if query.number is None:
        return ()
    parcels = select(Parcel.order_id).where(Parcel.ttn == query.number.upper())
    return session.scalars(
        select(Order.id)
        .where(Order.shop_id.in_(desk.shops), or_(_is(query.number), Order.id.in_(parcels)))
        .order_by(Order.id.desc())
        .limit(MOST_FOUND)
    ).all()


def _similar(session: Session, desk: Desk, query: Query) -> Sequence[int]:
    seeing = [shop for shop in desk.shops if desk.may(Ability.SEE_BUYER, shop)]
    blind = [shop for shop in desk.shops if shop not in seeing]
    fits = []
    if seeing:
        fits.append(and_(Order.shop_id.in_(seeing), *_fits(query)))
    if blind and query.tails and not query.words:
        ends = [_ends(Order.number, tail) for tail in query.tails]
        fits.append(and_(Order.shop_id.in_(blind), or_(*ends)))
    if not fits:
        return ()
    return session.scalars(
        select(Order.id).where(or_(false(), *fits)).order_by(_OPEN_FIRST, Order.id.desc()).limit(MOST_FOUND)
    ).all()


def _is(number: str) -> ColumnElement[bool]:
    """Whoever types a number need not mind its capitals."""
    return Order.number.in_(dict.fromkeys((number, number.upper())))


def _ends(column: InstrumentedAttribute[str], tail: str) -> ColumnElement[bool]:
    return column.endswith(tail, autoescape=True)


def _fits(query: Query) -> list[ColumnElement[bool]]:
    conditions = [Order.search.contains(f" {word}", autoescape=True) for word in query.words]
    if query.tails:
        conditions.append(or_(*[Order.search.contains(f"{tail}#", autoescape=True) for tail in query.tails]))
    return conditions or [false()]
