"""A shop's hours and the steps of its reminders; whenever they change, every deadline follows."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import pairwise

from sqlalchemy import exists, insert, literal, or_, select, update
from sqlalchemy.orm import Session

from bot.shops.rights import shop_for
from models.deadline import LOOK, SNOOZE, Deadline
from models.errors import NotAllowed
from models.limits import Limit
from models.order import Order
from models.outbox import MarketplaceUpdate, UpdateTask
from models.roles import Ability
from models.shop import Shop
from models.terms import schedule_of, today_of
from models.workflows import WORKFLOWS
from models.worktime import Interval, WorkSchedule

MOST_STEPS = 5
KEPT = timedelta(days=31)
"""How long a special day that is over still counts: the clock of an order that came before it ran by it."""
MOST_DAYS = 400
MOST_INTERVALS = 6
"""A day; with more a week would not fit into a message."""


def set_hours(session: Session, shop_id: int, by: int, schedule: WorkSchedule, now: datetime) -> Shop:
    """Other hours. Raises NoSuchOrder for a stranger, NotAllowed(role)."""
    shop = shop_for(session, shop_id, by, Ability.SETTINGS)
    _store(session, shop, schedule, now)
    return shop


def set_week(session: Session, shop_id: int, by: int, typed: WorkSchedule, now: datetime) -> Shop:
    """Another week; special days that were set stay, those typed with the week come to them."""
    shop = shop_for(session, shop_id, by, Ability.SETTINGS)
    schedule = schedule_of(shop)
    special = {**schedule.special, **typed.special}
    _store(session, shop, replace(schedule, week=typed.week, special=special), now)
    return shop


def set_days(
    session: Session,
    shop_id: int,
    by: int,
    days: Mapping[date, tuple[Interval, ...]],
    dropped: Collection[date],
    now: datetime,
) -> Shop:
    """Special days set, and others dropped: those are like any other day of their week again."""
    shop = shop_for(session, shop_id, by, Ability.SETTINGS)
    schedule = schedule_of(shop)
    special = {day: hours for day, hours in schedule.special.items() if day not in dropped} | dict(days)
    _store(session, shop, replace(schedule, special=special), now)
    return shop


def check_hours(*days: Sequence[Interval]) -> None:
    """Raises NotAllowed(too_many_hours)."""
    if any(len(day) > MOST_INTERVALS for day in days):
        raise NotAllowed("too_many_hours")


def _store(session: Session, shop: Shop, schedule: WorkSchedule, now: datetime) -> None:
    """Raises NotAllowed: `too_many_hours`; `too_many_days`; `never_opens`, where special days leave no hour of two
    years open."""
    since = today_of(shop, now) - KEPT
    special = {day: hours for day, hours in schedule.special.items() if day >= since}
    check_hours(*schedule.week, *special.values())
    if len(special) > MOST_DAYS:
        raise NotAllowed("too_many_days")
    schedule = replace(schedule, special=special)
    if schedule.next_open(now) is None:
        raise NotAllowed("never_opens")
    shop.hours = schedule.to_json()
    _look_again(session, shop, now)


def set_steps(
    session: Session, shop_id: int, by: int, kind: str, minutes: Sequence[int], now: datetime
) -> Shop:
    """The minutes at which a limit is told of; none brings the marketplace's own back.

    Raises NoSuchOrder for a stranger, NotAllowed: `role`; `bad_steps`, where they are not ascending, too many, or
    beyond the term.
    """
    shop = shop_for(session, shop_id, by, Ability.SETTINGS)
    check_steps(shop, kind, minutes)
    steps = json.loads(shop.steps) if shop.steps else {}
    steps.pop(kind, None)
    if minutes:
        steps[kind] = list(minutes)
    shop.steps = json.dumps(steps, sort_keys=True) if steps else None
    _look_again(session, shop, now)
    return shop


def check_steps(shop: Shop, kind: str, minutes: Sequence[int]) -> Limit:
    """The limit that may be told of at these minutes. Raises NotAllowed(bad_steps)."""
    limit = WORKFLOWS[shop.marketplace].limit_of.get(kind)
    if limit is None or limit.term is None or not limit.chosen_by_shop or len(minutes) > MOST_STEPS:
        raise NotAllowed("bad_steps")
    longest = int(limit.term.total_seconds()) // 60
    ascending = all(before < after for before, after in pairwise(minutes))
    if not ascending or any(not 0 < step <= longest for step in minutes):
        raise NotAllowed("bad_steps")
    return limit


def _look_again(session: Session, shop: Shop, now: datetime) -> None:
    """Every deadline still to come is due for a look: the next tick finds the orders as they are under the new
    hours, moves what is not due yet and rings what is. An open order that has none may have one now, and is looked
    at by a row that nobody has planned and that is gone when it was looked at. A statement each, however many
    orders there are."""
    session.flush()
    to_come = (Deadline.done_at.is_(None), Deadline.kind.not_like(f"{SNOOZE}%"))
    session.execute(
        update(Deadline)
        .where(*to_come, Deadline.order_id.in_(select(Order.id).where(Order.shop_id == shop.id)))
        .values(due_at=now)
        .execution_options(synchronize_session=False)
    )
    open_states = [state.key for state in WORKFLOWS[shop.marketplace].states if not state.final]
    behind = exists().where(
        MarketplaceUpdate.order_id == Order.id, MarketplaceUpdate.state == UpdateTask.CABINET
    )
    watched = exists().where(Deadline.order_id == Order.id, *to_come)
    moment = literal(now, Deadline.due_at.type)
    session.execute(
        insert(Deadline).from_select(
            ["order_id", "kind", "step", "since", "due_at"],
            select(Order.id, literal(LOOK), literal(0), moment, moment).where(
                Order.shop_id == shop.id, or_(Order.state.in_(open_states), behind), ~watched
            ),
        )
    )
