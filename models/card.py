"""What an order's card shows to one member, or to a shop's group: read in one go, so that drawing needs no session."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.colleagues import may_hand_over
from models.limits import Running
from models.note import Note
from models.order import Order, OrderEvent
from models.outbox import MarketplaceUpdate, Notification, NotificationState, UpdateTask
from models.people import Account
from models.roles import CAN, CAN_IN_GROUP, MAY, MAY_IN_GROUP, Ability
from models.shop import Member
from models.terms import calendar_of, running_of
from models.workflow import DISPATCH, WISHES, Action, Actor, Ask, NotInWorkflow, Status, check

WAITING = (NotificationState.QUEUED, NotificationState.HELD)
NOTES = 2
"""So many of an order's internal notes stand on its card; its history has them all."""


@dataclass(frozen=True, slots=True)
class Card:
    """`actions` are those that the workflow, the guards and the member's role allow now, in the table's order; `can`:
    what else the role allows, and without `SEE_BUYER` the card is masked. `in_group`: for whoever sees it there; rights
    are looked up when somebody presses.

    `cabinet` names the statuses that a person must still set in the marketplace's cabinet (rules 1.8.3);
    `undo_until` is set while the member may take the last press back; `blocked` says why dispatch is shut.
    `buyer_away`: why the buyer, who has a chat with us, cannot be written to now. `clock`: the term that ends
    first of those that run; `days_off`: when the shop opens after days off that lie before that end, where the
    marketplace's own timer may run on (C2). `closed_on`: the day off for whose next opening dispatch was agreed.
    `wish`: what the buyer last said about goods that wait for them.
    `notes`: the last internal ones, oldest first, for whom may see them (R12).
    """

    order: Order
    member: Member | None
    actions: tuple[Action, ...]
    cabinet: tuple[str, ...]
    undo_until: datetime | None
    blocked: str | None
    told: tuple[Notification, ...]
    at: datetime
    can: frozenset[Ability] = frozenset()
    buyer_away: str | None = None
    clock: Running | None = None
    days_off: datetime | None = None
    closed_on: date | None = None
    wish: OrderEvent | None = None
    notes: tuple[Note, ...] = ()
    may_hand_over: bool = False
    in_group: bool = False

    @property
    def masked(self) -> bool:
        return Ability.SEE_BUYER not in self.can


def load_card(
    session: Session,
    order: Order,
    member: Member | None,
    now: datetime,
    undo: timedelta,
    *,
    in_group: bool = False,
) -> Card:
    pending = session.scalars(
        select(MarketplaceUpdate)
        .where(MarketplaceUpdate.order_id == order.id, MarketplaceUpdate.state == UpdateTask.CABINET)
        .order_by(MarketplaceUpdate.id)
    ).all()
    told = session.scalars(
        select(Notification)
        .where(Notification.order_id == order.id, Notification.recipient == "buyer")
        .order_by(Notification.id)
    ).all()
    last = undoable_event(session, order, member, now, undo, anybody=in_group)
    can = CAN_IN_GROUP if in_group else frozenset[Ability]() if member is None else CAN[member.role]
    may = MAY_IN_GROUP if in_group else frozenset[Action]() if member is None else MAY[member.role]
    buyer = session.get(Account, order.buyer_id) if order.buyer_id is not None else None
    clock = nearest(running_of(order, None, now))  # the cabinet's own line says what is left to do there
    return Card(
        order=order,
        member=member,
        actions=tuple(_offered(order, may, pending, last is not None)),
        cabinet=tuple(update.status for update in pending),
        undo_until=None if last is None else last.at + undo,
        blocked=_blocked(order),
        told=tuple(told),
        at=now,
        # nobody is there to be written to or tied to the order
        can=can - {Ability.WRITE, Ability.LINK} if order.erased_at is not None else can,
        buyer_away=_away(buyer),
        clock=clock,
        days_off=_days_off(order, clock, now),
        closed_on=_closed_on(session, order),
        wish=last_wish(session, order) if order.status is Status.WAITING else None,
        notes=_notes(session, order, member),
        may_hand_over=may_hand_over(session, order, member),
        in_group=in_group,
    )


def _notes(session: Session, order: Order, member: Member | None) -> tuple[Note, ...]:
    if member is None or Ability.NOTE not in CAN[member.role]:
        return ()
    last = session.scalars(
        select(Note).where(Note.order_id == order.id).order_by(Note.id.desc()).limit(NOTES)
    )
    return tuple(reversed(last.all()))


def _away(buyer: Account | None) -> str | None:
    if buyer is None or (buyer.reachable and buyer.stopped_at is None):
        return None
    return "stopped" if buyer.reachable else buyer.unreachable_reason


def nearest(terms: Sequence[Running]) -> Running | None:
    """The term that ends first."""
    ending = [(term.ends_at, at) for at, term in enumerate(terms) if term.ends_at is not None]
    return terms[min(ending)[1]] if ending else None


def may_take(order: Order, member: Member) -> bool:
    """Whether the order is still to be taken into work, and this member may."""
    return Action.TAKE in MAY[member.role] and takeable(order)


def takeable(order: Order) -> bool:
    """Whether the order is still to be taken into work."""
    takes = (row.action for row in order.workflow.available(order.state, order, Actor.SELLER))
    return order.status is Status.NEW and Action.TAKE in takes


def _days_off(order: Order, clock: Running | None, now: datetime) -> datetime | None:
    if clock is None or clock.ends_at is None or order.status is not Status.NEW:
        return None
    if "days_off" not in order.workflow.limit_of:
        return None
    calendar = calendar_of(order.shop)
    off = now if calendar.closed_all_day(now) else calendar.days_off_from(now)
    return calendar.shop.next_open(off) if off is not None and off < clock.ends_at else None


def _closed_on(session: Session, order: Order) -> date | None:
    if order.agreed_at is None:
        return None
    agreed = session.scalars(
        select(OrderEvent)
        .where(OrderEvent.order_id == order.id, OrderEvent.action == Action.AGREE)
        .order_by(OrderEvent.id.desc())
        .limit(1)
    ).first()
    day = agreed.facts.get("closed_on") if agreed is not None else None
    return date.fromisoformat(day) if day else None


def last_wish(session: Session, order: Order) -> OrderEvent | None:
    """What the buyer last said about the goods while they wait; of a buyer who was untied since, nothing."""
    last = session.scalars(
        select(OrderEvent)
        .where(
            OrderEvent.order_id == order.id,
            OrderEvent.seq == order.seq,
            OrderEvent.action.in_([*WISHES, Action.RELINK]),
        )
        .order_by(OrderEvent.id.desc())
        .limit(1)
    ).first()
    return last if last is not None and last.action in WISHES else None


def undoable_event(
    session: Session,
    order: Order,
    member: Member | None,
    now: datetime,
    undo: timedelta,
    *,
    anybody: bool = False,
) -> OrderEvent | None:
    """The last change of status, where it is this member's own (or anybody's), young enough, and nobody outside was
    told."""
    if member is None and not anybody:
        return None
    event = session.scalars(
        select(OrderEvent)
        .where(OrderEvent.order_id == order.id, OrderEvent.seq == order.seq)
        .order_by(OrderEvent.id)
        .limit(1)
    ).one_or_none()
    if event is None or not event.facts.get("undoable"):
        return None
    if member is not None and event.member_id != member.id:
        return None
    if now - event.at >= undo or _corrected(session, order):
        return None
    out = session.scalars(
        select(Notification.id).where(
            Notification.event_id == event.id,
            Notification.recipient == "buyer",
            Notification.account_id.is_not(None),
            Notification.state.not_in(WAITING),
        )
    ).first()
    ticked = session.scalars(
        select(MarketplaceUpdate.id).where(
            MarketplaceUpdate.event_id == event.id, MarketplaceUpdate.state == UpdateTask.DONE
        )
    ).first()
    return event if out is None and ticked is None else None


def _corrected(session: Session, order: Order) -> bool:
    """The number was put right since, or somebody else holds the order: what was pressed before is not theirs."""
    return (
        session.scalars(
            select(OrderEvent.id).where(
                OrderEvent.order_id == order.id,
                OrderEvent.seq == order.seq,
                OrderEvent.action.in_((Action.FIX_TTN, Action.HAND_OVER)),
            )
        ).first()
        is not None
    )


def _offered(
    order: Order, may: frozenset[Action], pending: Sequence[MarketplaceUpdate], undoable: bool
) -> list[Action]:
    offered = []
    for row in order.workflow.available(order.state, order, Actor.SELLER):
        try:
            check(row.guards, order)
        except NotInWorkflow:
            continue
        if Ask.REASON in row.asks and not order.workflow.reasons_from(order.state):
            continue
        offered.append(row.action)
    if (order.parcel is not None and not order.final) or order.sent_without_ttn:
        offered.append(Action.FIX_TTN)
    if order.workflow.awaits_dispatch(order.state, order):
        offered.append(Action.AGREE)
    if pending:
        offered.append(Action.TICK)
    if undoable:
        offered.append(Action.UNDO)
    return [action for action in dict.fromkeys(offered) if action in may]


def _blocked(order: Order) -> str | None:
    """Why an order that waits for dispatch cannot be dispatched: the payment gate, in the words' key."""
    for row in order.workflow.available(order.state, order, Actor.SELLER):
        if row.action in DISPATCH:
            try:
                check(row.guards, order)
            except NotInWorkflow as closed:
                return closed.reason
    return None
