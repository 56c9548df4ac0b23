"""A shop's hours and the steps of its reminders; whenever they change, every deadline follows."""

import json
from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise

from sqlalchemy import exists, insert, literal, or_, select, update
from sqlalchemy.orm import Session

from models.base import UtcDateTime
from models.deadline import LOOK, SNOOZE, Deadline
from models.errors import NoSuchOrder, NotAllowed
from models.order import Order
from models.outbox import MarketplaceUpdate, UpdateTask
from models.shop import Member, Role, Shop
from models.workflows import WORKFLOWS
from models.worktime import WorkSchedule

MOST_STEPS = 5
LONGEST_STEP = 3 * 24 * 60
"""Minutes."""


def set_hours(session: Session, shop_id: int, by: int, schedule: WorkSchedule, now: datetime) -> Shop:
    """Other hours. Raises NoSuchOrder for a stranger, NotAllowed(role)."""
    shop = _of_owner(session, shop_id, by)
    shop.hours = schedule.to_json()
    _look_again(session, shop, now)
    return shop


def set_steps(
    session: Session, shop_id: int, by: int, kind: str, minutes: Sequence[int], now: datetime
) -> Shop:
    """The minutes at which a limit is told of; none brings the marketplace's own back.

    Raises NoSuchOrder for a stranger, NotAllowed: `role`; `bad_steps`, where they are not ascending, too many, or
    beyond the term.
    """
    shop = _of_owner(session, shop_id, by)
    limit = next((limit for limit in WORKFLOWS[shop.marketplace].limits if limit.kind == kind), None)
    longest = LONGEST_STEP if limit is None or limit.term is None else int(limit.term.total_seconds()) // 60
    ascending = all(before < after for before, after in pairwise(minutes))
    if limit is None or len(minutes) > MOST_STEPS or not ascending:
        raise NotAllowed("bad_steps")
    if any(not 0 < step <= longest for step in minutes):
        raise NotAllowed("bad_steps")
    steps = json.loads(shop.steps) if shop.steps else {}
    steps.pop(kind, None)
    if minutes:
        steps[kind] = list(minutes)
    shop.steps = json.dumps(steps, sort_keys=True) if steps else None
    _look_again(session, shop, now)
    return shop


def _of_owner(session: Session, shop_id: int, by: int) -> Shop:
    member = session.scalars(
        select(Member).where(Member.shop_id == shop_id, Member.account_id == by, Member.active)
    ).first()
    if member is None:
        raise NoSuchOrder
    if member.role is not Role.OWNER:
        raise NotAllowed("role")
    return member.shop


def _look_again(session: Session, shop: Shop, now: datetime) -> None:
    """Every deadline still to come is due for a look: the next tick finds the orders as they are under the new
    hours, moves what is not due yet and rings what is. An open order that has none may have one now, and is looked
    at by a deadline that nobody has planned. A statement each, however many orders there are."""
    session.flush()
    to_come = (Deadline.done_at.is_(None), Deadline.kind.not_like(f"{SNOOZE}%"))
    session.execute(
        update(Deadline)
        .where(*to_come, Deadline.order_id.in_(select(Order.id).where(Order.shop_id == shop.id)))
        .values(due_at=now)
        .execution_options(synchronize_session=False)
    )
    final = [state.key for state in WORKFLOWS[shop.marketplace].states if state.final]
    without = select(
        Order.id, literal(LOOK), literal(0), literal(now, UtcDateTime), literal(now, UtcDateTime)
    ).where(
        Order.shop_id == shop.id,
        or_(
            Order.state.not_in(final),
            exists().where(
                MarketplaceUpdate.order_id == Order.id, MarketplaceUpdate.state == UpdateTask.CABINET
            ),
        ),
        ~exists().where(Deadline.order_id == Order.id, *to_come),
    )
    session.execute(
        insert(Deadline).from_select(["order_id", "kind", "step", "since", "due_at"], without),
        execution_options={"synchronize_session": False},
    )
