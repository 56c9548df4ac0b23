"""Lists of orders: what is open, by where it stands and by whose it is, the nearest limit first.

Closed orders are never looked at, save those that a cabinet has not seen closed: both are found by partial indexes.
Of orders whose terms run there are as many as people can work on, so that these are weighed here; all others are
counted, ordered and paged by the database.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import ColumnElement, TextClause, and_, case, func, select
from sqlalchemy.orm import Session, lazyload

from models.card import nearest
from models.errors import NoSuchOrder, NotAllowed
from models.lanes import SOON, STATUSES, Lane, lane_of
from models.limits import running
from models.listing import PAGE, Asked, Held, Holders, Overview, Page, Row, pages_of
from models.order import BEFORE_DISPATCH, OPEN, Order, paid_before
from models.outbox import UNTICKED, MarketplaceUpdate
from models.roles import CAN, Ability
from models.shop import Member, Shop
from models.terms import behind_since, calendar_of, running_of
from models.workflow import Status
from models.workflows import WORKFLOWS

Condition = ColumnElement[bool] | TextClause

_FAR = datetime.max.replace(tzinfo=UTC)
_PAID = ("paid", "not_required")
_UNPAID = and_(Order.payment_method != "cash_on_delivery", Order.payment_status.not_in(_PAID))
"""The payment gate is shut: `models.workflows.limits.awaits_payment` in the database's words."""
_BEHIND = (
    select(func.min(MarketplaceUpdate.at))
    .where(MarketplaceUpdate.order_id == Order.id, UNTICKED)
    .correlate(Order)
    .scalar_subquery()
)


@dataclass(frozen=True, slots=True)
class Desk:
    """Where a person looks at orders: a place in each shop, all of them or the one that was chosen."""

    places: Sequence[Member]
    chosen: Sequence[Member]

    @property
    def shops(self) -> list[int]:
        return [place.shop_id for place in self.chosen]

    @property
    def shop(self) -> Shop | None:
        """The shop that was chosen, where there is a choice."""
        return self.chosen[0].shop if len(self.chosen) < len(self.places) else None

    def may(self, ability: Ability, shop_id: int) -> bool:
        return any(place.shop_id == shop_id and ability in CAN[place.role] for place in self.places)


def desk_of(session: Session, account_id: int, shop_id: int = 0) -> Desk:
    """Raises NoSuchOrder where the person sees no orders of that shop, or of any."""
    places = [
        place
        for place in session.scalars(
            select(Member).where(Member.account_id == account_id, Member.active).order_by(Member.id)
        )
        if Ability.SEE_ORDERS in CAN[place.role]
    ]
    chosen = [place for place in places if shop_id in (0, place.shop_id)]
    if not chosen:
        raise NoSuchOrder
    return Desk(places, chosen)


@dataclass(frozen=True, slots=True)
class Standing:
    """Of an order what its terms look at."""

    id: int
    shop_id: int
    state: str
    created_at: datetime
    received_at: datetime
    off_hours: bool
    entered_at: datetime
    agreed_at: datetime | None
    missed_at: datetime | None
    payment_method: str
    payment_status: str
    do_not_call: bool
    attempts: int
    buyer_answer: str | None

    @property
    def prepaid(self) -> bool:
        return paid_before(self.payment_method)

    @property
    def answered(self) -> bool:
        return self.buyer_answer is not None


_STANDING = tuple(getattr(Order, name) for name in Standing.__slots__)


def overview(session: Session, account_id: int, shop_id: int, now: datetime) -> Overview:
    """How many orders stand in each list. Raises NoSuchOrder."""
    desk = desk_of(session, account_id, shop_id)
    own = {place.id for place in desk.chosen}
    counts = dict.fromkeys(Lane, 0)
    shut = case((_UNPAID, 1), else_=0)
    for status, unpaid, holder_id, count in session.execute(
        select(Order.status, shut, Order.holder_id, func.count())
        .where(Order.shop_id.in_(desk.shops), OPEN)
        .group_by(Order.status, shut, Order.holder_id)
    ):
        lane = lane_of(status, unpaid=bool(unpaid))
        if lane is not None:
            counts[lane] += count
        if holder_id in own:
            counts[Lane.MINE] += count
    total = sum(counts[lane] for lane in STATUSES)
    burning = Asked(Lane.BURNING)
    counts[Lane.BURNING] = len(_timed(session, desk, burning, now)) + _count(session, desk, burning)
    return Overview(
        shops=[place.shop for place in desk.places],
        shop=desk.shop,
        counts=counts,
        open=total,
        leads=bool(_led(desk)),
        at=now,
    )


def page(session: Session, account_id: int, asked: Asked, now: datetime) -> Page:
    """A page of a list, the last where there are fewer. Raises NoSuchOrder, NotAllowed(role)."""
    desk = desk_of(session, account_id, asked.shop)
    holder = _holder(session, desk, asked)
    timed = _timed(session, desk, asked, now)
    count = len(timed) + _count(session, desk, asked)
    at = min(asked.page, pages_of(count) - 1)
    ids = timed[at * PAGE : (at + 1) * PAGE]
    if len(ids) < PAGE:
        skipped = max(0, at * PAGE - len(timed))
        ids += _rest(session, desk, asked, skipped, PAGE - len(ids))
    return Page(
        rows=rows_of(session, desk, ids, now),
        count=count,
        page=at,
        pages=pages_of(count),
        several=len(desk.chosen) > 1,
        at=now,
        holder=holder,
        shop=desk.shop,
    )


def holders(session: Session, account_id: int, shop_id: int, now: datetime) -> Holders:
    """Who holds how many open orders, most first, then nobody. Raises NoSuchOrder, NotAllowed(role)."""
    desk = desk_of(session, account_id, shop_id)
    led = _led(desk)
    if not led:
        raise NotAllowed("role")
    counts: dict[int | None, int] = {
        row[0]: row[1]
        for row in session.execute(
            select(Order.holder_id, func.count())
            .where(Order.shop_id.in_(led), OPEN)
            .group_by(Order.holder_id)
        )
    }
    members = session.scalars(select(Member).where(Member.id.in_([key for key in counts if key]))).all()
    held = [Held(member, counts[member.id]) for member in members]
    held.sort(key=lambda one: (-one.count, one.member.id if one.member else 0))
    if nobodys := counts.get(None):
        held.append(Held(None, nobodys))
    return Holders(held=held, several=len(led) > 1, shop=desk.shop, at=now)


def rows_of(session: Session, desk: Desk, ids: Sequence[int], now: datetime) -> list[Row]:
    """These orders in this order, each with the term that ends first."""
    orders = {
        order.id: order
        for order in session.scalars(
            select(Order).where(Order.id.in_(ids)).options(lazyload(Order.lines), lazyload(Order.parcels))
        )
    }
    behind = behind_since(session, ids)
    return [
        Row(
            order=orders[id_],
            clock=nearest(running_of(orders[id_], behind.get(id_), now)),
            behind=id_ in behind,
            named=desk.may(Ability.SEE_BUYER, orders[id_].shop_id),
        )
        for id_ in ids
    ]


def _led(desk: Desk) -> list[int]:
    """The shops of which the person may see who holds what."""
    return [place.shop_id for place in desk.chosen if Ability.TEAM in CAN[place.role]]


def _holder(session: Session, desk: Desk, asked: Asked) -> Member | None:
    if asked.lane is not Lane.HELD:
        return None
    led = _led(desk)
    if not led:
        raise NotAllowed("role")
    if asked.holder == 0:
        return None
    member = session.get(Member, asked.holder)
    if member is None or member.shop_id not in led:
        raise NoSuchOrder
    return member


def _timed(session: Session, desk: Desk, asked: Asked, now: datetime) -> list[int]:
    """The orders of a list whose terms may run, the one that ends first at the front."""
    statuses = BEFORE_DISPATCH.intersection(STATUSES.get(asked.lane, BEFORE_DISPATCH))
    if not statuses:
        return []
    shops = {place.shop_id: place.shop for place in desk.chosen}
    found = []
    for row in session.execute(
        select(*_STANDING, _BEHIND.label("behind")).where(
            *_within(desk, asked), OPEN, Order.status.in_(_sorted(statuses))
        )
    ):
        behind, order = row.behind, Standing(*row[:-1])
        shop = shops[order.shop_id]
        clock = nearest(running(WORKFLOWS[shop.marketplace].limits, order, behind, calendar_of(shop), now))
        ends_at = clock.ends_at if clock is not None and clock.ends_at is not None else _FAR
        if asked.lane is not Lane.BURNING or behind is not None or ends_at <= now + SOON:
            found.append((ends_at, order.entered_at, order.id))
    return [id_ for _, _, id_ in sorted(found)]


def _count(session: Session, desk: Desk, asked: Asked) -> int:
    """How many orders of a list have no terms but the cabinet's."""
    if not (conditions := _untimed(desk, asked)):
        return 0
    return session.scalar(select(func.count()).select_from(Order).where(*conditions)) or 0


def _rest(session: Session, desk: Desk, asked: Asked, skipped: int, most: int) -> list[int]:
    """Those, a cabinet's longest neglect first, then who has stood there longest."""
    if not (conditions := _untimed(desk, asked)):
        return []
    return list(
        session.scalars(
            select(Order.id)
            .where(*conditions)
            .order_by(_BEHIND.is_(None), _BEHIND, Order.entered_at, Order.id)
            .offset(skipped)
            .limit(most)
        )
    )


def _untimed(desk: Desk, asked: Asked) -> list[Condition]:
    if asked.lane is Lane.BURNING:
        unticked = select(MarketplaceUpdate.order_id).where(
            MarketplaceUpdate.shop_id.in_(desk.shops), UNTICKED
        )
        return [Order.id.in_(unticked), Order.status.not_in(_sorted(BEFORE_DISPATCH))]
    statuses = set(STATUSES.get(asked.lane, Status)) - BEFORE_DISPATCH
    return [*_within(desk, asked), OPEN, Order.status.in_(_sorted(statuses))] if statuses else []


def _within(desk: Desk, asked: Asked) -> list[Condition]:
    """What makes an order one of the list, besides its status."""
    shops = _led(desk) if asked.lane is Lane.HELD else desk.shops
    conditions: list[Condition] = [Order.shop_id.in_(shops)]
    match asked.lane:
        case Lane.UNPAID:
            conditions.append(_UNPAID)
        case Lane.TO_SEND:
            conditions.append(~_UNPAID)
        case Lane.MINE:
            conditions.append(Order.holder_id.in_([place.id for place in desk.chosen]))
        case Lane.HELD:
            conditions.append(Order.holder_id == asked.holder if asked.holder else Order.holder_id.is_(None))
    return conditions


def _sorted(statuses: Collection[Status]) -> list[Status]:
    """In one order always, so that the same list is the same statement."""
    return [status for status in Status if status in statuses]
