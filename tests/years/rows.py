"""An order's year with its deadlines kept in memory by the product's own decisions (`models.limits`, `models.due`):
what `bot.orders.deadlines.follow`, `reminders.claim_due` and `shops.hours.set_hours` do with rows of a database."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache

from models.deadline import LOOK
from models.due import claim, follow
from models.limits import Calendar, Planned, plan
from models.workflows.rozetka import ROZETKA
from models.worktime import Interval, WorkSchedule
from tests.models.oracle import Hours
from tests.years.hours import ShopHours, at, when
from tests.years.judge import Ring, Seen, Watched
from tests.years.world import END, AShop, Machine, Order, Story

_WINDOWS = {limit.kind: limit.window for limit in ROZETKA.limits}


@dataclass(slots=True)
class Facts:
    """The order as the product's rules look at it."""

    state: str
    created_at: datetime
    received_at: datetime
    entered_at: datetime
    missed_at: datetime | None
    payment_status: str
    prepaid: bool
    do_not_call: bool
    attempts: int
    behind: datetime | None
    off_hours: bool
    agreed_at: datetime | None = None
    answered: bool = False

    @classmethod
    def of(cls, order: Order) -> "Facts":
        return cls(
            order.state,
            when(order.created),
            when(order.received),
            when(order.entered),
            None if order.missed is None else when(order.missed),
            "pending" if order.unpaid else "paid",
            True,
            order.do_not_call,
            order.attempts,
            None if order.behind is None else when(order.behind),
            order.off_hours,
        )


@dataclass(slots=True)
class Row:
    kind: str
    step: int
    since: datetime
    due_at: datetime
    done_at: datetime | None = None


def _row(planned: Planned) -> Row:
    return Row(planned.kind, planned.step, planned.since, planned.due_at)


def intervals(hours: Hours) -> tuple[Interval, ...]:
    return tuple(Interval(start, end) for start, end in hours)


@lru_cache(maxsize=128)
def schedule_of(hours: ShopHours) -> WorkSchedule:
    special = {day: intervals(on) for day, on in hours.special.items()}
    return WorkSchedule(hours.zone, tuple(intervals(day) for day in hours.week), special)


@lru_cache(maxsize=128)
def calendar_of(hours: ShopHours) -> Calendar:
    return Calendar(schedule_of(hours), ROZETKA.calling)


class Kept:
    """The deadlines of one order."""

    def __init__(self, order: Order, hours: ShopHours, now: datetime) -> None:
        self.rows: dict[tuple[str, int], Row] = {}
        self.hours = hours
        self.facts = Facts.of(order)
        self.follow(now)

    def follow(self, now: datetime) -> list[Row]:
        planned = plan(ROZETKA.limits, self.facts, self.facts.behind, calendar_of(self.hours), {})
        left = self.rows
        kept = follow(left, planned, _row, now)
        told = [row for row in left.values() if row.done_at is not None]
        self.rows = {(row.kind, row.step): row for row in (*told, *kept)}
        return kept

    def changed(self, order: Order, now: datetime) -> None:
        self.facts = Facts.of(order)
        self.follow(now)

    def new_hours(self, hours: ShopHours, now: datetime) -> None:
        self.hours = hours
        to_come = [row for row in self.rows.values() if row.done_at is None]
        for row in to_come:
            row.due_at = now
        open_or_behind = not ROZETKA.by_key[self.facts.state].final or self.facts.behind is not None
        if not to_come and open_or_behind:
            self.rows[LOOK, 0] = Row(LOOK, 0, now, now)

    def due(self) -> datetime | None:
        return min((row.due_at for row in self.rows.values() if row.done_at is None), default=None)

    def ring(self, now: datetime) -> list[Row]:
        calendar = calendar_of(self.hours)
        return [row for row in self.follow(now) if claim(row, _WINDOWS[row.kind], calendar, now)]


def live(story: Story, shop: AShop, machine: Machine) -> Watched:
    """The year of one order."""
    order, now = story.order, story.arrives
    hours = shop.at(now)
    order.off_hours = not hours.shop.is_open(order.created)
    kept = Kept(order, hours, when(machine.reading(now)))
    watched = Watched([Seen(now, replace(order, tasks=[]), hours)], [])
    acts: list[tuple[int, str | ShopHours]] = [*story.acts, *_changes(shop, now)]
    acts.sort(key=lambda act: act[0])
    for moment, act in [*acts, (END, "")]:
        while (due := kept.due()) is not None and (tick := machine.tick(now, at(due))) < moment:
            now = tick
            for row in kept.ring(when(machine.reading(now))):
                watched.rings.append(Ring(now, len(watched.seen) - 1, row.kind, row.step))
        now, reading = moment, machine.reading(moment)
        if isinstance(act, ShopHours):
            hours = act
            kept.new_hours(hours, when(reading))
        elif not act or not order.does(act, reading):
            continue
        else:
            kept.changed(order, when(reading))
        watched.seen.append(Seen(now, replace(order, tasks=list(order.tasks)), hours))
    return watched


def _changes(shop: AShop, after: int) -> Sequence[tuple[int, ShopHours]]:
    return [(since, hours) for since, hours in shop.hours if since > after]
