"""The buyer's side: tying a chat to an order, one tap as the answer, a question."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot import erasing, notify, releasing
from bot.orders import attaching, chat, find
from bot.orders.deadlines import changed
from bot.orders.progress import write_back
from bot.orders.tapped import confirm_by_tap
from models.errors import NoSuchOrder, NotAllowed
from models.file import Attachment
from models.links import Links
from models.message import Direction, Message
from models.order import BuyerAnswer, Order
from models.outbox import Notice, Notification, NotificationState
from models.people import NOTICE_VERSION, Account
from models.roles import CAN, Ability
from models.shop import Member
from models.workflow import Action, Actor, NotInWorkflow, Status

AN_ANSWER = timedelta(hours=1)
"""So long after a buyer's words the shop's are their answer, and go by night, too (1.8.8)."""
MOST_A_MINUTE = 10
"""Messages of one buyer that are passed on: more would drown the shop's other orders (L7)."""


@dataclass(frozen=True, slots=True)
class Opened:
    """What a buyer's link led to. `told`: a message that says it all is on its way through the outbox. `first`:
    the person has not been shown the privacy notice yet, and nothing that is on its way names it."""

    order: Order
    member: bool
    told: bool
    first: bool = False


@dataclass(frozen=True, slots=True)
class Replied:
    """A member's words to a buyer. `why_not`: they do not go now, and `no_chat` keeps them until there is one;
    `later`: when they go, where they wait for the morning."""

    order: Order
    why_not: str | None
    later: datetime | None


def linked(session: Session, links: Links, payload: str) -> Order | None:
    """The order of a genuine buyer's link, None for anything else."""
    public_id = links.buyer_order(payload)
    order = session.scalars(select(Order).where(Order.public_id == public_id)).first() if public_id else None
    if (
        order is None
        or order.erased_at is not None
        or not links.is_genuine(payload, order.public_id, order.link_generation)
    ):
        return None
    return order


def open_link(
    session: Session, links: Links, payload: str, account_id: int, now: datetime, *, shown: bool = False
) -> Opened:
    """Tie the order to the first account that opens its link; a member of the shop only looks at it. `shown`: the
    answer itself shows how the order stands, and asks what there is to ask.

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
        order.unreached_at = order.unreached_why = None
        order.changed_at = now
        session.flush()
        releasing.release(session, order, session.get_one(Account, account_id), now, asked=shown)
        if order.awaits_buyer and not shown:
            generation = str(order.link_generation)
            notify.tell(session, Notice.CONFIRM_REQUEST, order, now, generation=generation, asked=True)
        notify.redraw(session, order, now)
    elif order.buyer_id != account_id:
        raise NoSuchOrder
    told = not shown and chat.on_its_way(session, order, now)
    first = _notice_privacy(session, order, account_id, now)
    return Opened(order, member=False, told=told, first=first and not told)


def _notice_privacy(session: Session, order: Order, account_id: int, now: datetime) -> bool:
    """At the first start, and once more where the notice has changed, the buyer's next message names it (K10).
    Whether this was so."""
    account = session.get_one(Account, account_id)
    if account.notice_version == NOTICE_VERSION:
        return False
    account.notice_version, account.notice_at = NOTICE_VERSION, now
    waiting = session.scalars(
        select(Notification)
        .where(
            Notification.order_id == order.id,
            Notification.account_id == account_id,
            Notification.recipient == "buyer",
            Notification.state == NotificationState.QUEUED,
            Notification.due_at <= now,
        )
        .order_by(Notification.priority, Notification.due_at, Notification.id)
        .limit(1)
    ).first()
    if waiting is not None:
        waiting.facts = waiting.facts | {"notice": NOTICE_VERSION}
    return True


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
    generation = str(order.link_generation)
    notify.tell(session, Notice.BUYER_CONFIRMED, order, now, event=event, generation=generation, facts=facts)
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


def ask(
    session: Session,
    public_id: str,
    account_id: int,
    text: str,
    cause: str,
    now: datetime,
    attachment: Attachment | None = None,
) -> Order:
    """A buyer's words about an order: kept, and rung to whoever holds it. Raises NoSuchOrder, NotAllowed:
    `too_fast`, and of what is attached `too_big`, `too_much`."""
    order = find.for_buyer(session, public_id, account_id)
    if find.done_before(session, order, cause, Action.BUYER_ASK):
        return order
    check_pace(session, account_id, 0 if attachment is None else len(attachment.content), now)
    message = Message(
        order_id=order.id,
        direction=Direction.FROM_BUYER,
        member_id=None,
        text=text,
        at=now,
        cause=cause,
        channel=str(session.get_one(Account, account_id).messenger),
    )
    session.add(message)
    if attachment is not None:
        session.flush()
        attaching.attach(session, message, attachment, now)
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


def check_pace(session: Session, account_id: int, size: int, now: datetime) -> None:
    """Whether a buyer may say more now, with so many bytes of a file. Raises NotAllowed."""
    if _said_lately(session, account_id, now) >= MOST_A_MINUTE:
        raise NotAllowed("too_fast")
    if size:
        attaching.check_room(session, account_id, size, now)


def _said_lately(session: Session, account_id: int, now: datetime) -> int:
    return (
        session.scalar(
            select(func.count(Message.id))
            .join(Order, Order.id == Message.order_id)
            .where(
                Order.buyer_id == account_id,
                Message.direction == Direction.FROM_BUYER,
                Message.at > now - timedelta(minutes=1),
            )
        )
        or 0
    )


def reply(
    session: Session,
    public_id: str,
    account_id: int,
    text: str,
    cause: str,
    now: datetime,
    attachment: Attachment | None = None,
) -> Replied:
    """A member writes to the buyer: at once where it is an answer, else in the hours in which buyers are written to.

    Raises NoSuchOrder, NotAllowed(role, erased, too_big).
    """
    order, member = find.for_member(session, public_id, account_id)
    if Ability.WRITE not in CAN[member.role]:
        raise NotAllowed("role")
    if order.erased_at is not None:
        raise NotAllowed("erased")
    message = session.scalars(select(Message).where(Message.cause == cause)).first()
    answers = _asked_lately(session, order, now if message is None else message.at)
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
        if attachment is not None:
            attaching.attach(session, message, attachment, now)
        notify.tell(
            session,
            Notice.SELLER_WROTE,
            order,
            now,
            generation=str(message.id),
            facts={"message": message.id},
            asked=answers,
        )
    goes_at = message.at if answers else notify.unprompted(order.shop, message.at)
    return Replied(order, notify.out_of_reach(session, order), goes_at if goes_at > now else None)


def _asked_lately(session: Session, order: Order, now: datetime) -> bool:
    last = session.scalars(
        select(Message.at)
        .where(Message.order_id == order.id, Message.direction == Direction.FROM_BUYER)
        .order_by(Message.id.desc())
        .limit(1)
    ).first()
    return last is not None and now - last <= AN_ANSWER


def erase(session: Session, public_id: str, account_id: int, cause: str, now: datetime) -> Order:
    """An owner erases the buyer of a closed order: what an open one is about is still needed."""
    order, member = find.for_member(session, public_id, account_id)
    if Ability.ERASE not in CAN[member.role]:
        raise NotAllowed("role")
    if not order.final:
        raise NotAllowed("erase_open")
    erasing.erase_orders(session, [order], now, actor=Actor.SELLER, cause=cause, member=member)
    return order
