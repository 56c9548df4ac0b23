"""The terms that a marketplace sets, and what follows from them for an order: which moments to ring at (rules 1.5).

A workflow names its `Limit`s; `plan` turns them into moments for an order as it stands, `running` says how much
of a term has passed. Both are pure: the same order, hours and steps always give the same answer, so that
deadlines may be written, thrown away and written again. Standard library only.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple, Protocol

from models.calling import weekend_calling
from models.worktime import Interval, OpenHours, WorkSchedule


class Hours(StrEnum):
    """Which clock a term runs on."""

    SHOP = "shop"
    DAYTIME = "daytime"  # the shop's hours within the marketplace's calling hours: G21 "minus 21-9"
    OPEN_DAYS = "open_days"  # wall time, but for days on which the shop is closed all day (R33 with 1.8.10)
    CALENDAR = "calendar"


class Start(StrEnum):
    """When the clock starts. CREATED, where the order came to us only after the whole term: when it came."""

    CREATED = "created"  # R05
    RECEIVED = "received"
    ENTERED = "entered"  # since the order is in its state
    ONE_CLOCK = (
        "one_clock"  # C1: as CREATED while that term is not over when the state is entered, else ENTERED
    )
    BEHIND = "behind"  # as ONE_CLOCK, from the change that the marketplace's cabinet has not seen yet (1.8.3)
    AGREED = "agreed"  # the moment agreed with the buyer, where there is none: ENTERED (G22, C21)
    MISSED = "missed"  # the last call that nobody answered


class Window(StrEnum):
    """When people may be rung about it; a moment outside is put off to the window's next opening."""

    SHOP = "shop"
    CALLING = "calling"  # the shop's hours within the marketplace's calling hours (R35 R36, G52, C4)
    BUYER = "buyer"  # rules 1.8.8: 9-21, on weekends and days off 10-20


class Facts(Protocol):
    """What whoever judges an order may look at."""

    @property
    def prepaid(self) -> bool: ...
    @property
    def payment_status(self) -> str: ...
    @property
    def do_not_call(self) -> bool: ...
    @property
    def attempts(self) -> int: ...


class LimitFacts(Facts, Protocol):
    """What a limit may look at. `off_hours`: it was made while the shop was closed, by the hours of that day."""

    @property
    def state(self) -> str: ...
    @property
    def created_at(self) -> datetime: ...
    @property
    def received_at(self) -> datetime: ...
    @property
    def off_hours(self) -> bool: ...
    @property
    def entered_at(self) -> datetime: ...
    @property
    def agreed_at(self) -> datetime | None: ...
    @property
    def missed_at(self) -> datetime | None: ...
    @property
    def answered(self) -> bool: ...


When = Callable[[LimitFacts], bool]


@dataclass(frozen=True, slots=True)
class Limit:
    """A term, and the steps at which it is told of. The last word is always today's order: what no longer
    concerns it is not told.

    `states`: it runs while the order is in one of them; none named: in any. `term` None: until its clock stops.
    `steps` are counted from the start; a negative one is so much working time before the term's end. `night`: it
    concerns only orders that were made while the shop was closed.
    """

    kind: str
    states: tuple[str, ...]
    hours: Hours
    term: timedelta | None
    steps: tuple[timedelta, ...]
    start: Start = Start.ENTERED
    window: Window = Window.SHOP
    when: When | None = None
    night: bool = False

    @property
    def chosen_by_shop(self) -> bool:
        """Whether a shop may say when it is reminded: what is counted from the start, within a term."""
        return self.term is not None and all(step > _NO_TIME for step in self.steps)


@dataclass(frozen=True, slots=True)
class Planned:
    """A moment to ring at: `step` seconds after the limit's start, or that much before its end where negative.
    `since` tells one run of the limit from the next; no change of hours makes another run of it. From `gone_at` on
    it would be no news: nobody is told at noon that the end is an hour off when the end was at eleven."""

    kind: str
    step: int
    since: datetime
    due_at: datetime
    gone_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Running:
    """A term that runs now: how much of it has passed on its own clock, and when it ends."""

    limit: Limit
    passed: timedelta
    ends_at: datetime | None


Steps = Mapping[str, Sequence[timedelta]]
"""By a limit's kind."""


class Calendar:
    """A shop's clocks and windows. `calling` makes the marketplace's calling hours of the shop's."""

    def __init__(self, shop: WorkSchedule, calling: Callable[[WorkSchedule], OpenHours]) -> None:
        self.shop = shop
        self._open_days = _open_days(shop)
        self._calling = shop.within(calling(shop))
        self._buyer = weekend_calling(shop)

    def clock(self, hours: Hours) -> OpenHours | None:
        """The hours that count, None where all time does."""
        match hours:
            case Hours.SHOP:
                return self.shop
            case Hours.DAYTIME:
                return self._calling
            case Hours.OPEN_DAYS:
                return self._open_days
            case Hours.CALENDAR:
                return None

    def window(self, window: Window) -> OpenHours:
        match window:
            case Window.SHOP:
                return self.shop
            case Window.CALLING:
                return self._calling
            case Window.BUYER:
                return self._buyer

    def into(self, window: Window, moment: datetime) -> datetime:
        """The moment itself if the window is open then or closes just then, else its next opening.

        A window that never opens, as the calling hours of a shop that works at night, gives way to the shop's.
        """
        hours = self.window(window)
        if hours.is_open(moment) or hours.is_open(moment - _INSTANT):
            return moment
        opening = hours.next_open(moment) or self.shop.next_open(moment)
        return moment if opening is None else opening

    def closed_all_day(self, moment: datetime) -> bool:
        """Whether the moment lies on a day on which the shop does not open at all."""
        return not self._open_days.is_open(moment)

    def days_off_from(self, moment: datetime) -> datetime | None:
        """When the first day begins on which the shop is closed all day; None where one is now, or never is."""
        return self._open_days.closes(moment)


def plan(
    limits: Sequence[Limit],
    order: LimitFacts,
    behind_since: datetime | None,
    calendar: Calendar,
    steps: Steps,
) -> list[Planned]:
    """Every moment at which an order as it stands is to be told of, those that have passed included.

    `behind_since`: since when the marketplace's cabinet has not seen a change. `steps`: the shop's own, by kind.
    A step that had passed before the order came, or before its state was entered, is left out: beside the first
    ring, or the tap, it would remind of nothing.
    """
    found = []
    for limit, run in _concerned(limits, order, behind_since, calendar):
        for step in steps.get(limit.kind) or limit.steps:
            end = _end(limit, run.start, calendar) if step < _NO_TIME else None
            due = _moment(limit, step, run.start, end, calendar)
            if due is not None and due > run.floor:
                due = calendar.into(limit.window, due)
                found.append(Planned(limit.kind, _seconds(step), run.since, due, end))
    return found


def running(
    limits: Sequence[Limit],
    order: LimitFacts,
    behind_since: datetime | None,
    calendar: Calendar,
    now: datetime,
) -> list[Running]:
    """The terms that run now, in the workflow's order."""
    found = []
    for limit, run in _concerned(limits, order, behind_since, calendar):
        if limit.term is not None:
            ends_at = _after(limit, limit.term, run.start, calendar)
            found.append(Running(limit, _passed(limit, run.start, now, calendar), ends_at))
    return found


_INSTANT = timedelta(microseconds=1)
_NO_TIME = timedelta()


class _Run(NamedTuple):
    """One run of a limit: its name, the moment from which it is counted, the moment until which nothing is told."""

    since: datetime
    start: datetime
    floor: datetime


def _concerned(
    limits: Sequence[Limit], order: LimitFacts, behind_since: datetime | None, calendar: Calendar
) -> Iterator[tuple[Limit, _Run]]:
    """The limits that concern the order now."""
    for limit in limits:
        if limit.states and order.state not in limit.states:
            continue
        if limit.when is not None and not limit.when(order):
            continue
        if limit.night and not order.off_hours:
            continue
        if (run := _run(limit, order, behind_since, calendar)) is not None:
            yield limit, run


def _run(limit: Limit, order: LimitFacts, behind_since: datetime | None, calendar: Calendar) -> _Run | None:
    match limit.start:
        case Start.CREATED:
            start = _whole(limit, order.created_at, order.received_at, calendar)
            return _Run(order.created_at, start, order.received_at)
        case Start.RECEIVED:
            return _from(order.received_at)
        case Start.ENTERED:
            return _from(order.entered_at)
        case Start.ONE_CLOCK:
            return _one_clock(limit, order, order.entered_at, calendar)
        case Start.BEHIND:
            return None if behind_since is None else _one_clock(limit, order, behind_since, calendar)
        case Start.AGREED:
            return _from(order.agreed_at or order.entered_at)
        case Start.MISSED:
            return None if order.missed_at is None else _from(order.missed_at)


def _from(moment: datetime) -> _Run:
    return _Run(moment, moment, moment)


def _one_clock(limit: Limit, order: LimitFacts, moment: datetime, calendar: Calendar) -> _Run:
    start = _whole(limit, order.created_at, order.received_at, calendar)
    return _Run(moment, _whole(limit, start, moment, calendar), max(moment, order.received_at))


def _whole(limit: Limit, since: datetime, moment: datetime, calendar: Calendar) -> datetime:
    """`since`, or the moment itself where the whole term is over by then."""
    if limit.term is None:
        return since
    end = _after(limit, limit.term, since, calendar)
    return since if end is None or end > moment else moment


def _end(limit: Limit, start: datetime, calendar: Calendar) -> datetime | None:
    """The end of the term; of a limit without one: when its clock stops."""
    return calendar.days_off_from(start) if limit.term is None else _after(limit, limit.term, start, calendar)


def _moment(
    limit: Limit, step: timedelta, start: datetime, end: datetime | None, calendar: Calendar
) -> datetime | None:
    if step >= _NO_TIME:
        return _after(limit, step, start, calendar)
    left = _NO_TIME if end is None else calendar.shop.elapsed(start, end) + step
    return calendar.shop.add(start, left) if left > _NO_TIME else None


def _after(limit: Limit, amount: timedelta, since: datetime, calendar: Calendar) -> datetime | None:
    clock = calendar.clock(limit.hours)
    return since + amount if clock is None else clock.add(since, amount)


def _passed(limit: Limit, since: datetime, now: datetime, calendar: Calendar) -> timedelta:
    clock = calendar.clock(limit.hours)
    return max(_NO_TIME, now - since if clock is None else clock.elapsed(since, now))


def _seconds(step: timedelta) -> int:
    return step.days * 86_400 + step.seconds


_WHOLE_DAY = (Interval(0, 1440),)


@lru_cache(maxsize=256)
def _open_days(shop: WorkSchedule) -> WorkSchedule:
    """All of each day on which the shop opens at all."""
    return WorkSchedule(
        shop.zone,
        tuple(_WHOLE_DAY if intervals else () for intervals in shop.week),
        {day: _WHOLE_DAY if intervals else () for day, intervals in shop.special.items()},
    )
