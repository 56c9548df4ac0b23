"""Who was not told by one way is told by the next; where all fail, whoever holds the order calls (RC10, RC16, R51).

A row of a buyer's names the moment at which the next way is tried (`models/ways.py` says which); a tick, and every
commit that queues something, looks whose moment has come. What was told stays told: no way is tried after it.
"""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot import notify
from bot.outbox.ending import end
from bot.recipients import OF_OPEN_ORDERS
from models.order import Order
from models.outbox import Notice, Notification, NotificationState
from models.shop import Shop
from models.terms import schedule_of, today_of
from models.ways import EMAIL, FALLBACKS, PATIENCE, SMS, family, following, is_told, next_at

AT_ONCE = 100
A_MOMENT = timedelta(minutes=1)
ROUTED, TOO_SLOW = "told_elsewhere", "too_slow"
_ON_ITS_WAY = (NotificationState.QUEUED, NotificationState.SENDING)


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
        _call(session, row, order, "by_phone_alone", now)  # R51: at once, and an SMS is an extra
    for way in following(row.channel):
        address = _address(order, way) if way in ways else None
        if address is None:
            continue
        if way == SMS and _spent(session, order.shop, now):
            day, facts = str(today_of(order.shop, now)), {"cap": order.shop.sms_cap}
            notify.tell_owners(session, Notice.SMS_CAP, order.shop.id, now, mark=day, facts=facts)
            continue
        if row.state is NotificationState.QUEUED:  # its messenger is away: the other way is quicker
            end(row, NotificationState.SKIPPED, TOO_SLOW, now)
        _queue(session, row, order, way, address, now)
        return
    if row.state is NotificationState.QUEUED:
        return  # there is no other way: it goes once its messenger is back
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
        facts=dict(row.facts),
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
        generation=f"{row.kind}:{row.id}",
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
    return is_told(row) or any(is_told(one) for one in _siblings(session, row))


def _siblings(session: Session, row: Notification) -> Sequence[Notification]:
    """The same notice by other ways."""
    first = family(row.dedupe)
    named = [first, *(f"{first}:{way}" for way in FALLBACKS)]
    return session.scalars(
        select(Notification).where(Notification.dedupe.in_(named), Notification.id != row.id)
    ).all()


def _spent(session: Session, shop: Shop, now: datetime) -> bool:
    """Whether the shop's SMS of today are used up."""
    count = session.scalar(
        select(func.count())
        .select_from(Notification)
        .where(
            Notification.shop_id == shop.id,
            Notification.channel == SMS,
            Notification.state.not_in((NotificationState.HELD, NotificationState.SKIPPED)),
            Notification.created_at >= schedule_of(shop).at(today_of(shop, now), 0),
        )
    )
    return (count or 0) >= shop.sms_cap
