"""The buyer's side: tying a chat to an order, one tap as the answer, a question."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot import notify
from bot.orders import find
from bot.orders.deadlines import changed
from bot.orders.progress import write_back
from bot.orders.tapped import confirm_by_tap
from models.errors import NoSuchOrder, NotAllowed
from models.links import Links
from models.message import Direction, Message
from models.order import BuyerAnswer, Order
from models.outbox import Notice
from models.people import Account
from models.roles import CAN, Ability
from models.shop import Member
from models.workflow import Action, Actor, NotInWorkflow, Status


@dataclass(frozen=True, slots=True)
class Opened:
    """What a buyer's link led to. `told`: a message that says it all is on its way through the outbox."""

    order: Order
    member: bool
    told: bool


def linked(session: Session, links: Links, payload: str) -> Order | None:
    """The order of a genuine buyer's link, None for anything else."""
    public_id = links.buyer_order(payload)
    order = session.scalars(select(Order).where(Order.public_id == public_id)).first() if public_id else None
    if order is None or not links.is_genuine(payload, order.public_id, order.link_generation):
        return None
    return order


def open_link(session: Session, links: Links, payload: str, account_id: int, now: datetime) -> Opened:
    """Tie the order to the first account that opens its link; a member of the shop only looks at it.

    Raises NoSuchOrder for whatever is not a genuine link of a living order, and for a second account: the
    same words for all of them, and the owners are told of the second.
    """
    order = linked(session, links, payload)
    if order is None:
        raise NoSuchOrder
    if session.scalars(
        select(Member.id).where(
            Member.shop_id == order.shop_id, Member.account_id == account_id, Member.active
        )
    ).first():
        return Opened(order, member=True, told=False)
    if order.buyer_id is None:
        order.buyer_id = account_id
        order.changed_at = now
        session.flush()
        notify.release(session, order, session.get_one(Account, account_id), now)
        if order.awaits_buyer:
            notify.tell(session, Notice.CONFIRM_REQUEST, order, now)
        notify.redraw(session, order, now)
    elif order.buyer_id != account_id:
        raise NoSuchOrder
    return Opened(order, member=False, told=notify.on_its_way(session, order, now))


def refuse_second(session: Session, links: Links, payload: str, account: Account, now: datetime) -> None:
    """Somebody else opened a link that is tied already: the owners hear of it, once an account."""
    order = linked(session, links, payload)
    if order is not None and order.buyer_id not in (None, account.id):
        notify.tell(
            session, Notice.LINK_REFUSED, order, now, generation=str(account.id), facts={"name": account.name}
        )


def confirm(session: Session, public_id: str, account_id: int, cause: str, now: datetime) -> Order:
    """One tap: everything is right. The seller's card shows it; the status stays the seller's to set (G04), but in
    a shop that has chosen otherwise."""
    order = find.for_buyer(session, public_id, account_id)
    if find.done_before(session, order, cause, Action.BUYER_CONFIRM) or (
        order.buyer_answer is BuyerAnswer.CONFIRMED
    ):
        return order
    if not order.before_dispatch:
        raise NotAllowed("on_its_way" if not order.final else "final")
    order.buyer_answer = BuyerAnswer.CONFIRMED
    event = order.record(Action.BUYER_CONFIRM, Actor.BUYER, now, cause)
    session.add(event)
    session.flush()
    moved = confirm_by_tap(session, order, cause, now)
    facts = {} if moved is None else {"moved": moved.state}
    notify.tell(session, Notice.BUYER_CONFIRMED, order, now, event=event, facts=facts)
    changed(session, order, now)
    return order


def cancel(session: Session, public_id: str, account_id: int, cause: str, now: datetime) -> Order:
    """The buyer does not want it. Before dispatch that is so at once; afterwards it is a request (C24)."""
    order = find.for_buyer(session, public_id, account_id)
    if find.done_before(session, order, cause, Action.BUYER_CANCEL):
        return order
    if order.status is Status.BUYER_CANCELLED:
        return order
    try:
        row = order.workflow.transition(Action.BUYER_CANCEL, order.state, order, Actor.BUYER)
    except NotInWorkflow as refusal:
        if refusal.reason == "final":
            raise NotAllowed("final") from None
        return _request_cancel(session, order, cause, now)
    event = order.advance(
        order.workflow.by_key[row.path[-1]],
        action=Action.BUYER_CANCEL,
        actor=Actor.BUYER,
        at=now,
        cause=cause,
    )
    order.buyer_answer = BuyerAnswer.CANCELLED
    session.add(event)
    session.flush()
    write_back(session, order, event, (row.cabinet or row.path[-1],), now)
    notify.drop_queued(session, order.id, (Notice.CONFIRM_REQUEST,), "handled", now)
    notify.tell(session, Notice.BUYER_CANCELLED, order, now, event=event)
    changed(session, order, now)
    return order


def _request_cancel(session: Session, order: Order, cause: str, now: datetime) -> Order:
    if order.buyer_answer is BuyerAnswer.CANCELLED:
        return order
    event = order.record(Action.BUYER_CANCEL, Actor.BUYER, now, cause, request=True)
    order.buyer_answer = BuyerAnswer.CANCELLED
    session.add(event)
    session.flush()
    notify.tell(session, Notice.CANCEL_REQUESTED, order, now, event=event, generation=str(event.seq))
    changed(session, order, now)
    return order


def ask(session: Session, public_id: str, account_id: int, text: str, cause: str, now: datetime) -> Order:
    """A buyer's words about an order: kept, and rung to whoever holds it."""
    order = find.for_buyer(session, public_id, account_id)
    if find.done_before(session, order, cause, Action.BUYER_ASK):
        return order
    message = Message(
        order_id=order.id, direction=Direction.FROM_BUYER, member_id=None, text=text, at=now, cause=cause
    )
    session.add(message)
    if order.buyer_answer is None:
        order.buyer_answer = BuyerAnswer.QUESTION
    event = order.record(Action.BUYER_ASK, Actor.BUYER, now, cause)
    session.add(event)
    session.flush()
    notify.tell(
        session,
        Notice.BUYER_ASKED,
        order,
        now,
        event=event,
        generation=str(message.id),
        facts={"message": message.id},
    )
    changed(session, order, now)
    return order


def reply(
    session: Session, public_id: str, account_id: int, text: str, cause: str, now: datetime
) -> tuple[Order, str | None]:
    """A member writes to the buyer. Also why it does not go now: `no_chat` keeps it until there is one."""
    order, member = find.for_member(session, public_id, account_id)
    if Ability.WRITE not in CAN[member.role]:
        raise NotAllowed("role")
    message = session.scalars(select(Message).where(Message.cause == cause)).first()
    if message is None:
        message = Message(
            order_id=order.id,
            direction=Direction.TO_BUYER,
            member_id=member.id,
            text=text,
            at=now,
            cause=cause,
        )
        session.add(message)
        session.flush()
        notify.tell(
            session,
            Notice.SELLER_WROTE,
            order,
            now,
            generation=str(message.id),
            facts={"message": message.id},
        )
    return order, notify.out_of_reach(session, order)


def orders_of(session: Session, account_id: int) -> list[Order]:
    """The orders tied to this buyer, newest first."""
    return list(
        session.scalars(select(Order).where(Order.buyer_id == account_id).order_by(Order.id.desc()).limit(20))
    )
