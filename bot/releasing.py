"""What was kept for a buyer goes: there is a chat at last, or messages are wanted again."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot import notify
from bot.recipients import NEWS, OF_OPEN_ORDERS, RULES
from models import ways
from models.db import wake
from models.order import Order
from models.outbox import Notice, Notification, NotificationState
from models.people import Account

ASKED = "asked_at_the_door"
"""The fact of a question that has been shown already, in an answer of which nobody tells whether it arrived."""


def _told_elsewhere(session: Session, order: Order, held: Notification, now: datetime) -> bool:
    """Whether an SMS or a mail has told it. One that is still on its way is not sent: the buyer is here, where they
    can answer; and where they are asked something, they are asked here whatever else has told them of it."""
    others = [one for one in notify.same_notice(session, held) if one.channel in ways.FALLBACKS]
    for other in others:
        other.next_at = None
        if other.state is NotificationState.QUEUED:
            other.state, other.reason, other.at = NotificationState.SKIPPED, ways.ROUTED, now
    return held.kind is not Notice.CONFIRM_REQUEST and any(ways.has_reached(one, order) for one in others)


def release(
    session: Session,
    order: Order,
    buyer: Account,
    now: datetime,
    reason: str = notify.NO_CHAT,
    *,
    asked: bool = False,
) -> None:
    """What was held for that `reason` goes now; of the order's news only the last. `asked`: the answer to the opening
    of the link asks whether all is right; the question itself goes unless it is known that this was seen."""
    kept = session.scalars(
        select(Notification)
        .where(
            Notification.order_id == order.id,
            Notification.recipient == "buyer",
            Notification.state == NotificationState.HELD,
            Notification.reason == reason,
        )
        .order_by(Notification.id)
    ).all()
    news = [held.id for held in kept if held.kind in NEWS]
    for held in kept:
        held.at = now
        if held.id in news[:-1] or (order.final and held.kind in OF_OPEN_ORDERS):
            held.state, held.reason = NotificationState.SKIPPED, "outdated"
            continue
        if _told_elsewhere(session, order, held, now):
            held.state, held.reason = NotificationState.SKIPPED, ways.ROUTED
            continue
        held.state, held.reason = NotificationState.QUEUED, None
        held.account_id, held.channel, held.chat = buyer.id, str(buyer.messenger), buyer.external_id
        if asked and held.kind is Notice.CONFIRM_REQUEST:
            held.facts = {**held.facts, ASKED: True}
        if held.dedupe.endswith(":buyer"):
            held.dedupe = f"{held.dedupe.removesuffix('buyer')}{buyer.id}"
        held.due_at = max(held.created_at + RULES[held.kind].delay, now)  # by day or night: the buyer is here
        held.next_at = ways.next_at(held, now)  # this way has its time, as if it had been the first
    session.flush()
    wake(session, notify.OUTBOX)
