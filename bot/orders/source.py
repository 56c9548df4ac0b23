"""What the order's source says became of it, and what we tell the source about it (contract 3)."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot import notify
from bot.orders.deadlines import changed
from bot.orders.progress import tick_cabinet
from models.errors import NotAllowed
from models.intake import BuyerCancelled, ParcelMoved, PaymentChanged, SourceEvent, StatusChanged
from models.order import Order, OrderEvent
from models.outbox import Notice, Notification, NotificationState
from models.parcel import Parcel, ParcelStatus
from models.workflow import Action, Actor, NotInWorkflow, State, Status

_MOVES: Mapping[ParcelStatus, Action] = {
    ParcelStatus.IN_TRANSIT: Action.DEPART,
    ParcelStatus.ARRIVED: Action.ARRIVE,
    ParcelStatus.RECEIVED: Action.RECEIVED,
    ParcelStatus.REFUSED: Action.REFUSED,
}
_ALREADY: Mapping[Action, frozenset[Status]] = {
    Action.DEPART: frozenset({Status.DELIVERING, Status.WAITING}),
    Action.ARRIVE: frozenset({Status.WAITING}),
}


def happened(session: Session, order: Order, event: SourceEvent, cause: str, now: datetime) -> None:
    """Follow the source. What is so already is no new event. Raises NotAllowed where it cannot be."""
    # The cause is of this moment of the order: paid, refunded, paid again are three events.
    record = _FOLLOW[type(event)](session, order, event, f"{cause}:{order.version}", now)
    if record is None:
        return
    session.add(record)
    session.flush()
    changed(session, order, now)


def _status_changed(
    session: Session, order: Order, said: StatusChanged, cause: str, now: datetime
) -> OrderEvent | None:
    status = Status(said.status)
    if status is order.status:
        tick_cabinet(session, order, now)
        return None
    try:
        target = order.workflow.followed(order.state, status)
    except NotInWorkflow as refusal:
        raise NotAllowed(refusal.reason) from None
    event = order.advance(target, action=Action.FOLLOW, actor=Actor.MARKETPLACE, at=now, cause=cause)
    tick_cabinet(session, order, now)
    _tell_of(session, order, event, now)
    return event


def _buyer_cancelled(
    session: Session, order: Order, _: BuyerCancelled, cause: str, now: datetime
) -> OrderEvent | None:
    if order.status is Status.BUYER_CANCELLED:
        tick_cabinet(session, order, now)
        return None
    if order.final:
        raise NotAllowed("final")
    target = order.workflow.main(Status.BUYER_CANCELLED)
    if target is None:
        raise NotAllowed("no_such_status")
    event = order.advance(target, action=Action.BUYER_CANCEL, actor=Actor.MARKETPLACE, at=now, cause=cause)
    session.add(event)
    session.flush()
    tick_cabinet(session, order, now)
    notify.drop_queued(session, order.id, (Notice.CONFIRM_REQUEST,), "outdated", now)
    notify.tell(session, Notice.BUYER_CANCELLED, order, now, event=event)
    return event


def _payment_changed(
    session: Session, order: Order, said: PaymentChanged, cause: str, now: datetime
) -> OrderEvent | None:
    status = str(said.status)
    if status == order.payment_status:
        return None
    before, order.payment_status = order.payment_status, status
    event = order.record(Action.FOLLOW, Actor.MARKETPLACE, now, cause, payment=status, payment_before=before)
    tell_change(session, order, event, now, tell=order.prepaid, facts={"payment": status})
    return event


def tell_change(
    session: Session,
    order: Order,
    event: OrderEvent,
    now: datetime,
    *,
    tell: bool,
    facts: dict[str, Any] | None = None,
) -> None:
    """Store what moved no status and matters all the same: whose card cannot be drawn anew hears of it, once for the
    last of several that wait. Of a closed order, and without `tell`, it is only nice to know."""
    session.add(event)
    session.flush()
    if tell and not order.final:
        notify.drop_queued(session, order.id, (Notice.ORDER_CHANGED,), "outdated", now)
        generation = str(event.id)
        notify.tell(
            session, Notice.ORDER_CHANGED, order, now, event=event, generation=generation, facts=facts
        )


def _parcel_moved(
    session: Session, order: Order, said: ParcelMoved, cause: str, now: datetime
) -> OrderEvent | None:
    status = ParcelStatus(said.status)
    same = [parcel for parcel in order.parcels if parcel.ttn == said.ttn]
    # A number that was taken back and typed again stands twice: the one under way is meant.
    parcel = next((parcel for parcel in same if not parcel.replaced), same[0] if same else None)
    if parcel is not None and parcel.replaced:
        return None
    if parcel is not None and parcel.status is status:
        return None
    action = _MOVES.get(status)
    target = _target(order, action) if action is not None else None
    unheard = parcel is None
    if parcel is None:
        parcel = Parcel(order_id=order.id, ttn=said.ttn, carrier=order.carrier, created_at=now)
        order.parcels.append(parcel)
    parcel.status = status
    if status is ParcelStatus.ARRIVED and parcel.arrived_at is None:
        parcel.arrived_at = now
    facts: dict[str, Any] = {"ttn": parcel.ttn, "parcel": str(status)}
    if target is None or action is None:
        return order.record(Action.FOLLOW, Actor.CARRIER, now, cause, **facts)
    event = order.advance(target, action=action, actor=Actor.CARRIER, at=now, cause=cause, **facts)
    _tell_of(session, order, event, now)
    if unheard and status is ParcelStatus.IN_TRANSIT:
        # Entered in the cabinet: the notice of dispatch is due all the same (R23).
        notify.tell(session, Notice.SHIPPED, order, now, event=event, generation=parcel.ttn, due=timedelta(0))
    return event


def _target(order: Order, action: Action) -> State | None:
    """Where a parcel's word moves the order; None where it is there or further. Raises NotAllowed."""
    if order.status in _ALREADY.get(action, ()):
        return None
    try:
        row = order.workflow.transition(action, order.state, order, Actor.CARRIER)
    except NotInWorkflow as refusal:
        raise NotAllowed(refusal.reason) from None
    return order.workflow.by_key[row.path[-1]]


_FOLLOW: Mapping[type[Any], Callable[..., OrderEvent | None]] = {
    StatusChanged: _status_changed,
    BuyerCancelled: _buyer_cancelled,
    PaymentChanged: _payment_changed,
    ParcelMoved: _parcel_moved,
}


def _tell_of(session: Session, order: Order, event: OrderEvent, now: datetime) -> None:
    """What the buyer hears when the source or the carrier moved the order (rules 1.8.8)."""
    session.add(event)
    session.flush()
    if order.status is Status.WAITING:
        ttn = order.parcel.ttn if order.parcel else ""
        notify.tell(session, Notice.ARRIVED, order, now, event=event, generation=ttn)
    elif order.final:
        gone = (Notice.CONFIRM_REQUEST, Notice.ARRIVED, Notice.STILL_WAITING, Notice.SHIPPED)
        notify.drop_queued(session, order.id, gone, "outdated", now)
        if order.status is Status.CANCELLED:
            notify.tell(session, Notice.ORDER_CANCELLED, order, now, event=event, generation=str(event.seq))


_API_STATE: Mapping[NotificationState, str] = {NotificationState.SKIPPED: NotificationState.FAILED.value}


def describe(session: Session, order: Order, status_name: Callable[[Order], str]) -> dict[str, object]:
    """The body of GET /api/v1/orders/{number}: no member's name, no buyer's data."""
    events = session.scalars(
        select(OrderEvent).where(OrderEvent.order_id == order.id).order_by(OrderEvent.id)
    ).all()
    told = session.scalars(
        select(Notification).where(Notification.order_id == order.id).order_by(Notification.id)
    ).all()
    return {
        "order_id": order.public_id,
        "number": order.number,
        "status": str(order.status),
        "status_name": status_name(order),
        "buyer_answer": None if order.buyer_answer is None else str(order.buyer_answer),
        "history": [
            {
                "at": _iso(event.at),
                "actor": str(event.actor),
                "action": str(event.action),
                "status": str(event.status),
                "facts": {key: value for key, value in event.facts.items() if key in _PUBLIC_FACTS},
            }
            for event in events
        ],
        "parcels": [
            {"ttn": parcel.ttn, "carrier": parcel.carrier, "status": str(parcel.status)}
            for parcel in order.parcels
            if not parcel.replaced
        ],
        "notifications": [
            {
                "recipient": row.recipient,
                "channel": row.channel,
                "event": str(row.kind),
                "state": _API_STATE.get(row.state, str(row.state)),
                "reason": row.reason,
                "at": _iso(row.at),
            }
            for row in told
        ],
    }


_PUBLIC_FACTS = frozenset(
    {
        "source",
        "reason",
        "ttn",
        "from_ttn",
        "parcel",
        "payment",
        "payment_before",
        "differs",
        "undone",
        "request",
    }
)


def _iso(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z")
