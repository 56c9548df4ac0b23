"""What a buyer says about goods that have waited for three days: they come, ask to keep them, or refuse (G58)."""

from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from bot import notify
from bot.orders import find
from bot.orders.deadlines import changed
from models.card import last_wish
from models.errors import NotAllowed
from models.message import Direction, Message
from models.order import Order
from models.outbox import Notice
from models.people import Account
from models.terms import today_of
from models.workflow import Action, Actor, Status


def wish(
    session: Session,
    public_id: str,
    account_id: int,
    action: Action,
    cause: str,
    now: datetime,
    *,
    until: date | None = None,
    text: str | None = None,
) -> Order:
    """Record the wish and tell whoever holds the order. Said again it changes nothing; the last one counts.

    `until`, or `text` in the buyer's own words, says how long the goods are to be kept. That they are collected is
    told only if something else was said before: nothing has to be done for it. Raises NoSuchOrder, NotAllowed:
    `not_waiting`, `final`, `day_past`.
    """
    order = find.for_buyer(session, public_id, account_id)
    if find.done_before(session, order, cause, action):
        return order
    if order.status is not Status.WAITING:
        raise NotAllowed("final" if order.final else "not_waiting")
    if until is not None and until <= today_of(order.shop, now):
        raise NotAllowed("day_past")
    facts: dict[str, Any] = {"until": until.isoformat()} if until is not None else {}
    before = last_wish(session, order)
    if text is None and before is not None and before.action is action and _same(before.facts, facts):
        return order
    if text is not None:
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
        session.flush()
        facts["message"] = message.id
    event = order.record(action, Actor.BUYER, now, cause, **facts)
    session.add(event)
    session.flush()
    if action is not Action.BUYER_COLLECT or before is not None:
        notify.tell(
            session,
            Notice.BUYER_WISH,
            order,
            now,
            event=event,
            generation=str(event.id),
            facts={"wish": str(action)} | facts,
        )
    changed(session, order, now)
    return order


def _same(before: dict[str, Any], facts: dict[str, Any]) -> bool:
    return "message" not in before and before.get("until") == facts.get("until")
