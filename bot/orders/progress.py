"""What a member of the shop does to an order: one row of the workflow's table, checked and carried out."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot import notify
from bot.orders import find, reaching
from bot.orders.advice import advise_once
from bot.orders.agreeing import agree
from bot.orders.deadlines import changed
from bot.recipients import UNDO
from models.card import undoable_event
from models.errors import NotAllowed
from models.order import ContactAttempt, Order, OrderEvent, Outcome
from models.outbox import GONE_OUT, MarketplaceUpdate, Notice, Notification, NotificationState, UpdateTask
from models.parcel import Parcel
from models.roles import MAY
from models.shop import Member
from models.ttn import BadTtn, parse_ttn
from models.workflow import Action, Actor, Ask, NotInWorkflow, Status, Transition


class Asks(Exception):
    """The action needs to be told something first; `ask` says what."""

    def __init__(self, ask: Ask) -> None:
        super().__init__(ask)
        self.ask = ask


@dataclass(frozen=True, slots=True)
class Press:
    """A member's wish: which action on which order, what was said with it, and by which update.

    `seq` is the order's sequence that the button was drawn at; None for what was typed. `without` names what
    there is none of: believed where the workflow's row lets it be left out, asked for all the same elsewhere.
    """

    action: Action
    order: str
    by: int
    cause: str
    seq: int | None = None
    said: Mapping[Ask, str] = field(default_factory=dict)
    without: frozenset[Ask] = frozenset()


def perform(session: Session, press: Press, now: datetime) -> tuple[Order, Member]:
    """Carry out a press; the order as it is now, and who pressed. The same cause again finds its own event and
    answers as before.

    Raises NoSuchOrder for a stranger, NotAllowed(reason) where role, workflow or guard refuse or the button is
    older than the order's last change, Asks where something must be told first.
    """
    order, member = find.for_member(session, press.order, press.by)
    if find.done_before(session, order, press.cause, press.action) is not None:
        return order, member
    if press.action not in MAY[member.role]:
        raise NotAllowed("role")
    if press.action in _BESIDES:
        event = _BESIDES[press.action](session, order, member, press, now)
    else:
        if press.seq is not None and press.seq != order.seq:
            raise NotAllowed("changed")
        reaching.check(order, press.action)
        event = _move(session, order, member, press, now)
    session.add(event)
    session.flush()
    advise_once(session, order, press.action, now)
    changed(session, order, now, own=press.by)
    return order, member


def _move(session: Session, order: Order, member: Member, press: Press, now: datetime) -> OrderEvent:
    row = _row(order, press.action)
    path, facts = row.path, dict[str, Any]()
    if Ask.REASON in row.asks:
        reason = _reason(session, order, press)
        path = (reason,)
        facts["reason"] = reason
        if comment := press.said.get(Ask.COMMENT):
            facts["comment"] = order.reason_comment = comment
        if twin := press.said.get(Ask.DUPLICATE_OF):
            facts["duplicate_of"] = _twin(session, order, twin)
    needed = frozenset(row.asks) - (row.optional & press.without)
    parcel = _new_parcel(session, order, press, now) if Ask.TTN in needed else None
    if parcel is not None:
        facts["ttn"] = parcel.ttn
    facts["undoable"] = row.undoable
    facts["from_holder"] = order.holder_id
    facts["from_state"] = order.state
    if order.agreed_at is not None:
        facts["from_agreed_at"] = order.agreed_at.isoformat()
    facts["from_clocks"] = [moment and moment.isoformat() for moment in (order.entered_at, order.missed_at)]
    if order.holder_id is None or press.action in (Action.TAKE, Action.TAKE_CONFIRM):
        order.holder = member
    event = walk(session, order, path, press.action, Actor.SELLER, now, press.cause, member, facts)
    write_back(session, order, event, path, now, ttn=parcel.ttn if parcel else None)
    _log_attempt(session, order, member, press, now)
    _tell_buyer(session, order, event, now)
    return event


def walk(
    session: Session,
    order: Order,
    path: tuple[str, ...],
    action: Action,
    actor: Actor,
    now: datetime,
    cause: str,
    member: Member | None,
    facts: dict[str, Any],
) -> OrderEvent:
    """Through every state of the path, one event each: the marketplace accepts no step left out."""
    for step, key in enumerate(path[:-1]):
        passing = order.advance(
            order.workflow.by_key[key],
            action=action,
            actor=actor,
            at=now,
            cause=f"{cause}:{step}",
            member=member,
        )
        session.add(passing)
    event = order.advance(
        order.workflow.by_key[path[-1]], action=action, actor=actor, at=now, cause=cause, member=member
    )
    event.facts = event.facts | facts
    session.add(event)
    session.flush()
    return event


def _row(order: Order, action: Action) -> Transition:
    try:
        return order.workflow.transition(action, order.state, order, Actor.SELLER)
    except NotInWorkflow as refusal:
        raise NotAllowed(refusal.reason) from None


def _reason(session: Session, order: Order, press: Press) -> str:
    said = press.said.get(Ask.REASON)
    if said is None:
        raise Asks(Ask.REASON)
    try:
        reason = order.workflow.reason(said, order.state, order)
    except NotInWorkflow as refusal:
        raise NotAllowed(refusal.reason) from None
    for ask in reason.asks:
        if not press.said.get(ask, "").strip():
            raise Asks(ask)
    if Ask.DUPLICATE_OF in reason.asks:
        _twin(session, order, press.said[Ask.DUPLICATE_OF])
    return reason.state


def _twin(session: Session, order: Order, said: str) -> str:
    """The number of the order that this one repeats: another one of the same shop."""
    number = re.sub(r"[\s№#]", "", said)
    known = session.scalars(
        select(Order.id).where(Order.shop_id == order.shop_id, Order.number == number, Order.id != order.id)
    ).first()
    if known is None:
        raise NotAllowed("duplicate_of", {"twin": said.strip()})
    return number


def _new_parcel(session: Session, order: Order, press: Press, now: datetime) -> Parcel:
    """The parcel of a TTN that was said. The same number twice is refused: it would follow another's parcel."""
    said = press.said.get(Ask.TTN)
    if said is None:
        raise Asks(Ask.TTN)
    try:
        ttn = parse_ttn(said, order.carrier)
    except BadTtn as bad:
        raise NotAllowed("bad_ttn", {"example": bad.example, "carrier": bad.carrier}) from None
    twin = session.execute(
        select(Order.number, Order.id)
        .join(Parcel, Parcel.order_id == Order.id)
        .where(Order.shop_id == order.shop_id, Parcel.ttn == ttn, Parcel.replaced.is_(False))
    ).first()
    if twin is not None:
        raise NotAllowed("ttn_taken", {"number": twin.number, "own": int(twin.id == order.id)})
    parcel = Parcel(order_id=order.id, ttn=ttn, carrier=order.carrier, created_at=now)
    order.parcels.append(parcel)
    return parcel


def write_back(
    session: Session,
    order: Order,
    event: OrderEvent,
    path: tuple[str, ...],
    now: datetime,
    *,
    ttn: str | None = None,
) -> None:
    """What the marketplace must learn. While no connector writes back, a person ticks it off (rules 1.8.3)."""
    if not order.workflow.cabinet:
        return
    session.add_all(
        MarketplaceUpdate(
            shop_id=order.shop_id,
            order_id=order.id,
            event_id=event.id,
            status=key,
            ttn=ttn if key == path[-1] else None,
            state=UpdateTask.CABINET,
            at=now,
        )
        for key in path
        if key != event.facts.get("from_state")  # a second miss is no change of status
    )


def _log_attempt(session: Session, order: Order, member: Member, press: Press, now: datetime) -> None:
    outcome = {Action.NO_ANSWER: Outcome.NO_ANSWER, Action.TALKED: Outcome.TALKED}.get(press.action)
    if outcome is None:
        return
    order.attempts += 1
    order.missed_at = now if outcome is Outcome.NO_ANSWER else None
    if outcome is Outcome.TALKED:
        order.unreached_at = order.unreached_why = None
    session.add(
        ContactAttempt(order_id=order.id, member_id=member.id, at=now, outcome=outcome, cause=press.cause)
    )


_TOLD: Mapping[Action, Notice] = {
    Action.SHIP: Notice.SHIPPED,
    Action.COURIER: Notice.COURIER_LEFT,
    Action.READY: Notice.READY_FOR_PICKUP,
    Action.ARRIVE: Notice.ARRIVED,
    Action.CANCEL: Notice.ORDER_CANCELLED,
}


def _tell_buyer(session: Session, order: Order, event: OrderEvent, now: datetime) -> None:
    notice = _TOLD.get(event.action)
    if notice is None:
        return
    if order.final:
        notify.drop_queued(session, order.id, (Notice.CONFIRM_REQUEST,), "outdated", now)
    # The same TTN is told once however often it was typed (F20); after an undo the next press tells anew.
    generation = event.facts.get("ttn") or str(event.seq)
    notify.tell(session, notice, order, now, event=event, generation=generation, due=UNDO)


def _fix_ttn(session: Session, order: Order, member: Member, press: Press, now: datetime) -> OrderEvent:
    """Another number instead of the wrong one, or the first of an order that went without (G13)."""
    old = order.parcel
    if order.final or (old is None and not order.sent_without_ttn):
        raise NotAllowed("final" if order.final else "not_now")
    parcel = _new_parcel(session, order, press, now)
    facts = {"ttn": parcel.ttn}
    if old is not None:
        old.replaced = True
        facts["from_ttn"] = old.ttn
    event = order.record(Action.FIX_TTN, Actor.SELLER, now, press.cause, member, **facts)
    session.add(event)
    session.flush()
    notify.drop_queued(session, order.id, (Notice.SHIPPED, Notice.TTN_CHANGED), "ttn_changed", now)
    told = session.scalars(
        select(Notification.id).where(
            Notification.order_id == order.id,
            Notification.kind == Notice.SHIPPED,
            Notification.state.in_(GONE_OUT),
        )
    ).first()
    notice = Notice.TTN_CHANGED if told and old is not None else Notice.SHIPPED
    notify.tell(session, notice, order, now, event=event, generation=parcel.ttn)
    write_back(session, order, event, (order.state,), now, ttn=parcel.ttn)
    return event


def _tick(session: Session, order: Order, member: Member, press: Press, now: datetime) -> OrderEvent:
    """ "Changed": a person says that the cabinet has been brought up to date."""
    done = tick_cabinet(session, order, now)
    if not done:
        raise NotAllowed("nothing_to_tick")
    return order.record(Action.TICK, Actor.SELLER, now, press.cause, member, statuses=done)


def tick_cabinet(session: Session, order: Order, now: datetime) -> list[str]:
    """Every open cabinet task of the order is done; returns the statuses they named."""
    open_tasks = session.scalars(
        select(MarketplaceUpdate).where(
            MarketplaceUpdate.order_id == order.id, MarketplaceUpdate.state == UpdateTask.CABINET
        )
    ).all()
    for task in open_tasks:
        task.state, task.at = UpdateTask.DONE, now
    if open_tasks:
        changed(session, order, now)
    return [task.status for task in open_tasks]


def _undo(session: Session, order: Order, member: Member, press: Press, now: datetime) -> OrderEvent:
    """Back to where the order was, for 10 seconds, by the same person, while nobody outside was told."""
    last = undoable_event(session, order, member, now, UNDO)
    if last is None and undoable_event(session, order, None, now, UNDO, anybody=True) is not None:
        raise NotAllowed("not_yours")
    if last is None or (press.seq is not None and press.seq != order.seq):
        raise NotAllowed("too_late")
    for parcel in order.parcels:
        if parcel.ttn == last.facts.get("ttn"):
            parcel.replaced = True
    for queued in session.scalars(
        select(Notification).where(
            Notification.event_id == last.id,
            Notification.state.in_((NotificationState.QUEUED, NotificationState.HELD)),
        )
    ):
        queued.state, queued.reason, queued.at = NotificationState.SKIPPED, "undone", now
        queued.dedupe = f"{queued.dedupe}:undone:{last.id}"
    for task in session.scalars(select(MarketplaceUpdate).where(MarketplaceUpdate.event_id == last.id)):
        task.state, task.at = UpdateTask.DROPPED, now
    if last.action in (Action.NO_ANSWER, Action.TALKED):
        order.attempts -= 1
    order.holder_id = _still_member(session, last.facts.get("from_holder"))
    order.reason_comment = None
    left_confirmed = order.status is not Status.CONFIRMED
    event = order.advance(
        order.workflow.by_key[str(last.facts["from_state"])],
        action=Action.UNDO,
        actor=Actor.SELLER,
        at=now,
        cause=press.cause,
        member=member,
    )
    event.facts = event.facts | {"undone": str(last.action)}
    if left_confirmed and (agreed := last.facts.get("from_agreed_at")):
        order.agreed_at = datetime.fromisoformat(agreed)
    # As if nothing had been pressed: no clock begins anew, none stops (P7).
    entered, missed = last.facts.get("from_clocks", (None, None))
    order.entered_at = datetime.fromisoformat(entered) if entered else order.entered_at
    order.missed_at = datetime.fromisoformat(missed) if missed else None
    session.add(event)
    session.flush()
    session.expire(order, ["holder"])
    _ = order.holder
    return event


def _still_member(session: Session, member_id: int | None) -> int | None:
    member = session.get(Member, member_id) if member_id is not None else None
    return member.id if member is not None and member.active else None


def _agree(session: Session, order: Order, member: Member, press: Press, now: datetime) -> OrderEvent:
    """When it will be sent, as agreed with the buyer; or again as if nothing had been agreed."""
    if press.seq is not None and press.seq != order.seq:
        raise NotAllowed("changed")
    if not order.workflow.awaits_dispatch(order.state, order):
        raise NotAllowed("final" if order.final else "not_now")
    said = None if Ask.MOMENT in press.without else press.said.get(Ask.MOMENT)
    if said is None and Ask.MOMENT not in press.without:
        raise Asks(Ask.MOMENT)
    facts = agree(session, order, said, now)
    return order.record(Action.AGREE, Actor.SELLER, now, press.cause, member, **facts)


_BESIDES: Mapping[Action, Callable[[Session, Order, Member, Press, datetime], OrderEvent]] = {
    Action.FIX_TTN: _fix_ttn,
    Action.TICK: _tick,
    Action.UNDO: _undo,
    Action.AGREE: _agree,
}
"""What changes an order without a row of the workflow's table: true in every marketplace."""
