"""What did not reach a buyer is told at the number that somebody has found out since (RC10): once a number.

A unit of whoever says the number, so that it happens once, however often the press is handled. From then on the rows
are like any other SMS: `bot/outbox/` sends them, and `routing` sees what becomes of them.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot import notify
from bot.recipients import OF_OPEN_ORDERS
from models.order import Order, OrderEvent
from models.outbox import Notice, Notification, NotificationState
from models.sms import sms_today
from models.terms import today_of
from models.ways import (
    BY_PHONE_ALONE,
    CLOSED,
    FALLBACKS,
    GIVEN_UP,
    LONE,
    PATIENCE,
    RENUMBERED,
    ROUTED,
    SMS,
    TOO_SLOW,
    WRONG_NUMBER,
    family,
    has_reached,
    is_by_chat,
)
from models.workflow import Action

A_MOMENT = timedelta(minutes=1)
"""Whoever says another number is about to send the parcel: the question whether all is right waits so long for its
TTN, which says it all."""
SPOKEN = (Action.REACHED, Action.TALKED)
"""Somebody has talked to the buyer: it counts as told (C14)."""
_WAITS = (NotificationState.QUEUED, NotificationState.HELD)
_ENDED = (NotificationState.HELD, NotificationState.FAILED, NotificationState.SKIPPED)


def retell(session: Session, order: Order, event: OrderEvent, now: datetime, *, sms: bool) -> bool:
    """After `event`, which has brought another number: what is still true and untold goes there by SMS, in the hours
    in which buyers are written to; of the order's news the last alone, and of the shop's words, too.

    `sms`: whether this installation has it. False where something is left that no SMS tells now: somebody must call.
    """
    rows = session.scalars(
        select(Notification)
        .where(
            Notification.order_id == order.id,
            Notification.recipient == "buyer",
            Notification.kind.in_(PATIENCE),
        )
        .order_by(Notification.id)
    ).all()
    for row in rows:
        if row.channel == SMS and row.state in _WAITS and row.chat != order.mobile:
            _skip(row, WRONG_NUMBER, now)
    notices: dict[str, list[Notification]] = {}
    for row in rows:
        notices.setdefault(family(row.dedupe), []).append(row)
    true = [notice for notice in notices.values() if _is_to_be_told(notice, order)]
    words = [notice for notice in true if notice[0].kind is Notice.SELLER_WROTE]
    news = [notice for notice in true if notice[0].kind is not Notice.SELLER_WROTE]
    left = 0
    for notice in (*news[-1:], *words[-1:]):
        if not _is_told(session, notice, order):
            left += not _goes(session, order, notice, event, now, sms=sms)
    return not left


def untrue(row: Notification, order: Order) -> str | None:
    """Why an SMS or a mail to a buyer is not sent any more: the order has moved on, or the number was wrong."""
    if row.recipient != "buyer" or row.channel not in FALLBACKS:
        return None
    if row.channel == SMS and row.chat != order.mobile:
        return WRONG_NUMBER
    return None if is_true(row.kind, order) else "outdated"


def is_true(notice: Notice, order: Order) -> bool:
    """Whether a buyer's notice says how the order stands."""
    if notice in OF_OPEN_ORDERS and order.final:
        return False
    if notice is Notice.CONFIRM_REQUEST:
        return order.awaits_buyer
    return notice not in OF_OPEN_ORDERS or not order.before_dispatch


def heard_since(session: Session, row: Notification, *besides: Action) -> bool:
    """Whether somebody has spoken with the buyer since this row was made, or has done something of `besides`."""
    done = select(OrderEvent.id).where(
        OrderEvent.order_id == row.order_id,
        OrderEvent.action.in_((*SPOKEN, *besides)),
        OrderEvent.at > row.created_at,
    )
    return session.scalar(done.limit(1)) is not None


def sms_name(session: Session, order: Order) -> str:
    """What stands last in the `dedupe` of an SMS: each number that was found out has a name of its own, which tells
    nobody what the number is."""
    last = session.scalar(
        select(func.max(OrderEvent.id)).where(
            OrderEvent.order_id == order.id, OrderEvent.action == Action.CONTACT
        )
    )
    return SMS if last is None else f"{SMS}@{last}"


def call(
    session: Session,
    order: Order,
    notice: Sequence[Notification],
    why: str,
    now: datetime,
    *,
    number: int = 0,
) -> None:
    """Somebody must call: the holder hears of it, once a notice and number. `notice`: its rows by all ways; `number`:
    the event that has brought the number, where no row of them names it yet."""
    first = min(row.id for row in notice)
    number = number or max(int(row.facts.get(RENUMBERED, 0)) for row in notice)
    kind = notice[0].kind
    notify.tell(
        session,
        Notice.CALL_BUYER,
        order,
        now,
        generation=f"{kind}:{first}@{number}" if number else f"{kind}:{first}",
        facts={"untold": str(kind), "why": why},
    )
    notify.redraw(session, order, now)


def _is_to_be_told(notice: Sequence[Notification], order: Order) -> bool:
    given_up = GIVEN_UP - {ROUTED}  # by an SMS to the wrong number, perhaps
    return is_true(notice[0].kind, order) and not any(
        CLOSED in row.facts or (row.state in _ENDED and row.reason in given_up) for row in notice
    )


def _is_told(session: Session, notice: Sequence[Notification], order: Order) -> bool:
    """By a way that has reached the buyer, by word of mouth, or by one that has its time still."""
    last = notice[-1]
    if is_by_chat(last) and last.state not in _ENDED and LONE not in last.facts:
        return True
    return any(has_reached(row, order) for row in notice) or heard_since(session, notice[0])


def _goes(
    session: Session,
    order: Order,
    notice: Sequence[Notification],
    event: OrderEvent,
    now: datetime,
    *,
    sms: bool,
) -> bool:
    gone = [row for row in notice if row.channel == SMS and row.chat == order.mobile]
    if gone:
        return gone[-1].state not in _ENDED
    if not sms:
        return False
    if sms_today(session, order.shop, now) >= order.shop.sms_cap:
        tell_of_cap(session, order, now)
        return False
    last = notice[-1]
    for row in notice:
        if row.state is NotificationState.QUEUED:  # in a chat of a messenger that is away
            _skip(row, TOO_SLOW, now)
    due_at = notify.unprompted(order.shop, now + A_MOMENT)
    made = notify.row(
        last.kind,
        now,
        due_at,
        dedupe=f"{family(last.dedupe)}:{sms_name(session, order)}",
        order=order,
        facts=notify.told_facts(last) | {RENUMBERED: event.id},
    )
    made |= {"event_id": last.event_id, "channel": SMS, "chat": order.mobile}
    notify.queue(session, [made])
    if order.by_phone_alone:  # R51: an SMS is an extra, here as there
        call(session, order, notice, BY_PHONE_ALONE, now, number=event.id)
    return True


def tell_of_cap(session: Session, order: Order, now: datetime) -> None:
    """The shop's SMS of the day are used up: its owners hear of it, once a day."""
    day, facts = str(today_of(order.shop, now)), {"cap": order.shop.sms_cap}
    notify.tell_owners(session, Notice.SMS_CAP, order.shop.id, now, mark=day, facts=facts)


def _skip(row: Notification, reason: str, now: datetime) -> None:
    row.state, row.reason, row.at, row.next_at = NotificationState.SKIPPED, reason, now, None
