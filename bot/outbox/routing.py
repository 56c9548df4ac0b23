"""Who was not told by one way is told by the next; where all fail, whoever holds the order calls (RC10, RC16, R51).

A row of a buyer's names the moment at which the next way is tried (`models/ways.py` says which); a tick, and every
commit that queues something, looks whose moment has come. What was told stays told: no way is tried after it.
"""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot import notify, retelling
from bot.outbox.ending import end
from models.order import Order
from models.outbox import Notice, Notification, NotificationState
from models.sms import sms_today
from models.ways import (
    ALONE,
    BY_PHONE_ALONE,
    EMAIL,
    FALLBACKS,
    LONE,
    PATIENCE,
    ROUTED,
    SMS,
    TOO_SLOW,
    family,
    following,
    has_reached,
    is_by_chat,
    next_at,
)
from models.workflow import Action

AT_ONCE = 100
A_MOMENT = timedelta(minutes=1)


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
        if next_at(row, now) is None or order.erased_at is not None or not retelling.is_true(row.kind, order):
            continue
        notice = [row, *notify.same_notice(session, row)]
        if not any(has_reached(one, order) for one in notice) and not _heard_since(session, row):
            _onward(session, notice, order, ways, now)
    return len(rows)


def tell_no_more(session: Session, row: Notification, now: datetime) -> None:
    """Told by one way: what is still on its way by another is not sent, and nobody needs to call."""
    if row.order_id is None or row.recipient != "buyer":
        return
    order = session.get_one(Order, row.order_id)
    if not has_reached(row, order):
        return
    for other in notify.same_notice(session, row):
        other.next_at = None
        if other.state in (NotificationState.QUEUED, NotificationState.HELD):
            end(other, NotificationState.SKIPPED, ROUTED, now)
    order.unreached_at = order.unreached_why = None


def _onward(
    session: Session, notice: Sequence[Notification], order: Order, ways: Collection[str], now: datetime
) -> None:
    """`notice`: the row whose time is up, and then its other ways."""
    row = notice[0]
    if row.state is NotificationState.SENDING:
        row.next_at = now + A_MOMENT
        return
    if order.by_phone_alone and row.channel == "none":
        retelling.call(session, order, notice, BY_PHONE_ALONE, now)  # R51: at once, and an SMS is an extra
    for way in following(row.channel):
        address = _address(order, way) if way in ways else None
        if address is None or any((one.channel, one.chat) == (way, address) for one in notice):
            continue
        if way == SMS and sms_today(session, order.shop, now) >= order.shop.sms_cap:
            retelling.tell_of_cap(session, order, now)
            continue
        if row.state is NotificationState.QUEUED:  # its messenger is away: the other way is quicker
            end(row, NotificationState.SKIPPED, TOO_SLOW, now)
        _queue(session, row, order, way, address, now)
        return
    if row.state is NotificationState.QUEUED and row.channel not in FALLBACKS and LONE not in row.facts:
        # There is no other way: it goes once its messenger is back, and somebody calls unless that is soon.
        row.facts, row.next_at = row.facts | {LONE: True}, now + ALONE
        return
    if any(one.channel != "none" for one in notice):
        order.unreached_at = order.unreached_at or now
        order.unreached_why = (row.reason or "untold")[:32]
        retelling.call(session, order, notice, order.unreached_why, now)


def _queue(session: Session, row: Notification, order: Order, way: str, address: str, now: datetime) -> None:
    urgent = row.kind in (Notice.CONFIRM_REQUEST, Notice.SELLER_WROTE) and row.channel != "none"
    due_at = now if urgent else notify.unprompted(order.shop, max(now, row.due_at))
    name = retelling.sms_name(session, order) if way == SMS else way
    made = notify.row(
        row.kind,
        now,
        due_at,
        dedupe=f"{family(row.dedupe)}:{name}",
        order=order,
        facts=notify.told_facts(row),
    )
    made |= {"event_id": row.event_id, "channel": way, "chat": address}
    made |= {"state": NotificationState.QUEUED, "reason": None, "next_at": due_at + PATIENCE[row.kind]}
    notify.queue(session, [made])


def _address(order: Order, way: str) -> str | None:
    if way == EMAIL:
        return order.buyer_email if order.buyer_email and len(order.buyer_email) <= 64 else None
    return order.mobile


def _heard_since(session: Session, row: Notification) -> bool:
    """Whether somebody has spoken with the buyer since: it counts as told (C14), whatever a late receipt says of a
    message. Where somebody knows another number, what had left the chat goes on from there (`bot/retelling.py`)."""
    return retelling.heard_since(session, row, *(() if is_by_chat(row) else (Action.CONTACT,)))
