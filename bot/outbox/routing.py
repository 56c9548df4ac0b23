"""Who was not told by one way is told by the next; where all fail, whoever holds the order calls (RC10, RC16, R51).

A row of a buyer's names the moment at which the next way is tried (`models/ways.py` says which); a tick, and every
commit that queues something, looks whose moment has come. What was told stays told: no way is tried after it.
"""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot import notify
from bot.outbox.ending import BY_PHONE_ALONE, end
from bot.recipients import OF_OPEN_ORDERS
from models.order import Order, OrderEvent
from models.outbox import Notice, Notification, NotificationState
from models.sms import sms_today
from models.terms import today_of
from models.ways import ALONE, EMAIL, FALLBACKS, PATIENCE, SMS, family, following, is_told, next_at
from models.workflow import Action

AT_ONCE = 100
A_MOMENT = timedelta(minutes=1)
ROUTED, TOO_SLOW = "told_elsewhere", "too_slow"
SPOKEN = (Action.REACHED, Action.TALKED, Action.CONTACT)


def advance(session: Session, ways: Collection[str], now: datetime) -> int:
    """Try the next of the `ways` that this installation has, for whoever was not told in time. How many rows it
    looked at; as many as it may means that there are more."""
    rows = session.scalars(
        select(Notification)
        .where(Notification.next_at.is_not(None), Notification.next_at <= now)
        .order_by(Notification.next_at, Notification.id)
        .limit(AT_ONCE)
    ).all()
    for row in rows:
        row.next_at = None
        order = session.get_one(Order, row.order_id)
        if next_at(row, now) is None or order.erased_at is not None or _overtaken(row, order):
            continue
        if not _told(session, row):
            _onward(session, row, order, ways, now)
    return len(rows)


def tell_no_more(session: Session, row: Notification, now: datetime) -> None:
    """Told by one way: what is still on its way by another is not sent, and nobody needs to call."""
    if row.order_id is None or row.recipient != "buyer" or not is_told(row):
        return
    for other in _siblings(session, row):
        other.next_at = None
        if other.state in (NotificationState.QUEUED, NotificationState.HELD):
            end(other, NotificationState.SKIPPED, ROUTED, now)
    order = session.get_one(Order, row.order_id)
    order.unreached_at = order.unreached_why = None


def _onward(session: Session, row: Notification, order: Order, ways: Collection[str], now: datetime) -> None:
    if row.state is NotificationState.SENDING:
        row.next_at = now + A_MOMENT
        return
    by_phone_alone = order.source == "call_centre" and order.account_linked is False
    if by_phone_alone and row.channel == "none":
        _call(session, row, order, BY_PHONE_ALONE, now)  # R51: at once, and an SMS is an extra
    for way in following(row.channel):
        address = _address(order, way) if way in ways else None
        if address is None:
            continue
        if way == SMS and sms_today(session, order.shop, now) >= order.shop.sms_cap:
            day, facts = str(today_of(order.shop, now)), {"cap": order.shop.sms_cap}
            notify.tell_owners(session, Notice.SMS_CAP, order.shop.id, now, mark=day, facts=facts)
            continue
        if row.state is NotificationState.QUEUED:  # its messenger is away: the other way is quicker
            end(row, NotificationState.SKIPPED, TOO_SLOW, now)
        _queue(session, row, order, way, address, now)
        return
    if row.state is NotificationState.QUEUED and row.channel not in FALLBACKS and "alone" not in row.facts:
        # There is no other way: it goes once its messenger is back, and somebody calls unless that is soon.
        row.facts, row.next_at = row.facts | {"alone": True}, now + ALONE
        return
    if row.channel != "none" or any(one.channel != "none" for one in _siblings(session, row)):
        order.unreached_at = order.unreached_at or now
        order.unreached_why = (row.reason or "untold")[:32]
        _call(session, row, order, order.unreached_why, now)


def _queue(session: Session, row: Notification, order: Order, way: str, address: str, now: datetime) -> None:
    urgent = row.kind in (Notice.CONFIRM_REQUEST, Notice.SELLER_WROTE) and row.channel != "none"
    due_at = now if urgent else notify.unprompted(order.shop, max(now, row.due_at))
    made = notify.row(
        row.kind,
        now,
        due_at,
        dedupe=f"{family(row.dedupe)}:{way}",
        order=order,
        facts=notify.told_facts(row),
    )
    made |= {"event_id": row.event_id, "channel": way, "chat": address}
    made |= {"state": NotificationState.QUEUED, "reason": None, "next_at": due_at + PATIENCE[row.kind]}
    notify.queue(session, [made])


def _call(session: Session, row: Notification, order: Order, why: str, now: datetime) -> None:
    """Somebody must call: the holder hears of it, once a notice."""
    notify.tell(
        session,
        Notice.CALL_BUYER,
        order,
        now,
        generation=f"{row.kind}:{min(one.id for one in (row, *_siblings(session, row)))}",
        facts={"untold": str(row.kind), "why": why},
    )
    notify.redraw(session, order, now)


def _address(order: Order, way: str) -> str | None:
    if way == EMAIL:
        return order.buyer_email if order.buyer_email and len(order.buyer_email) <= 64 else None
    phone = order.contact_phone or (order.buyer_phone if order.phone_valid else None)
    return phone.removeprefix("+") if phone else None


def _overtaken(row: Notification, order: Order) -> bool:
    return row.kind in OF_OPEN_ORDERS and order.final


def _told(session: Session, row: Notification) -> bool:
    told = is_told(row) or any(is_told(one) for one in _siblings(session, row))
    return told or _heard_since(session, row)


def _heard_since(session: Session, row: Notification) -> bool:
    """Whether somebody has spoken with the buyer since, or knows another number: it counts as told (C14), whatever a
    late receipt says of a message."""
    return (
        session.scalar(
            select(OrderEvent.id)
            .where(
                OrderEvent.order_id == row.order_id,
                OrderEvent.action.in_(SPOKEN),
                OrderEvent.at > row.created_at,
            )
            .limit(1)
        )
        is not None
    )


def _siblings(session: Session, row: Notification) -> Sequence[Notification]:
    """The same notice by other ways."""
    others = session.scalars(
        select(Notification).where(
            Notification.order_id == row.order_id,
            Notification.kind == row.kind,
            Notification.recipient == "buyer",
            Notification.id != row.id,
        )
    )
    return [one for one in others if family(one.dedupe) == family(row.dedupe)]
