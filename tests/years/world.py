"""A year of a small world: shops in six zones that change their hours, a machine that is down now and then and
whose clock leaps, orders and what their sellers do with them.

Real time goes on by itself; a *reading* is what the machine's clock shows. Both in microseconds since 1970.
"""

import random
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import NamedTuple

from tests.models.oracle import Hours
from tests.years.hours import DAY, HOUR, MINUTE, SECOND, ShopHours, at

ZONES = (
    "Europe/Kyiv",
    "Europe/Lisbon",
    "America/New_York",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
    "UTC",
)
FIRST, LAST = at(datetime(2026, 1, 1, tzinfo=UTC)), at(datetime(2027, 1, 1, tzinfo=UTC))
END = LAST + 30 * DAY
TICK = 15 * SECOND

_OFFICE: Hours = [(540, 1080)]
_WEEKS: Sequence[Sequence[Hours]] = (
    [_OFFICE] * 5 + [[]] * 2,
    [_WHOLE := [(0, 1440)]] * 7,
    [[(540, 780), (840, 1080)]] * 5 + [[(600, 900)], []],
    [[(1320, 1800)]] * 7,
    [[(480, 1320)]] * 7,
    [[(600, 1560)]] * 6 + [[]],
    [[], *([[(450, 735), (780, 1005), (1050, 1210)]] * 6)],
    [[]] * 4 + [[(1080, 1440)], _WHOLE, [(0, 720)]],
    [_OFFICE] * 3 + [[(840, 1380)]] * 2 + [[]] * 2,
)


class Life(NamedTuple):
    """While the machine runs without its clock leaping: real time, what to add to it for the reading, and when
    the process started, from which its ticks are counted."""

    start: int
    end: int
    offset: int
    origin: int


class Machine:
    """Ticks at once when it starts, and every 15 s."""

    def __init__(self, rng: random.Random, outages: int) -> None:
        downs = sorted((start := rng.randrange(FIRST, LAST), start + _length(rng)) for _ in range(outages))
        leaps, offset = [(0, 0)], 0
        for month, by in enumerate(
            (HOUR, -90 * MINUTE, 26 * HOUR, -25 * HOUR, -HOUR, 50 * SECOND, -3 * HOUR)
        ):
            offset += by
            leaps.append((FIRST + month * 50 * DAY + rng.randrange(40 * DAY), offset))
        self._leaps = leaps
        self.lives: list[Life] = []
        up = FIRST - DAY
        for down, back in [*downs, (END, END)]:
            if down > up:
                self._runs(up, down)
            up = max(up, back)
        self._starts = [life.start for life in self.lives]

    def _runs(self, up: int, down: int) -> None:
        edges = [up, *(real for real, _ in self._leaps if up < real < down), down]
        for start, end in pairwise(edges):
            self.lives.append(Life(start, end, self.reading(start) - start, up))

    def reading(self, real: int) -> int:
        return real + self._leaps[bisect_right(self._leaps, (real, END)) - 1][1]

    def went_back(self, real: int) -> bool:
        """Whether its clock has lately: what was pressed before a leap back seems younger than what came after,
        and a press taken back then may tell a step anew."""
        return self.reading(real) - self.reading(real - 12 * DAY) < 12 * DAY

    def from_(self, real: int) -> Iterator[Life]:
        for number in range(max(0, bisect_right(self._starts, real) - 1), len(self.lives)):
            life = self.lives[number]
            if life.end > real:
                yield life

    def up(self, real: int) -> int:
        """The moment itself while it runs, else when it starts again."""
        return next((max(real, life.start) for life in self.from_(real)), END)

    def tick(self, real: int, reading: int) -> int:
        """The first tick from a real moment on at which its clock shows that reading."""
        for life in self.from_(real):
            earliest = max(real, life.start, reading - life.offset)
            tick = life.origin - (life.origin - earliest) // TICK * TICK
            if tick < life.end:
                return tick
        return END


def _length(rng: random.Random) -> int:
    return int(rng.choice((5 * MINUTE, 3 * HOUR, 12 * HOUR, 60 * HOUR, 7 * DAY)) * rng.uniform(0.3, 1))


@dataclass(frozen=True, eq=False)
class AShop:
    """`hours`: since when in real time they hold."""

    number: int
    hours: Sequence[tuple[int, ShopHours]]

    def at(self, real: int) -> ShopHours:
        return [hours for since, hours in self.hours if since <= real][-1]


def shops(rng: random.Random, many: int, machine: Machine) -> list[AShop]:
    """Every second one changes its hours, at any moment in the middle of the year."""
    made = []
    for number in range(many):
        zone = ZONES[number % len(ZONES)]
        first = number // len(ZONES) * 3 + number % 3
        hours = [(0, ShopHours(zone, _WEEKS[first % len(_WEEKS)], _specials(rng)))]
        if number % 2:
            other = ShopHours(zone, _WEEKS[(first + 4) % len(_WEEKS)], _specials(rng))
            change = machine.up(rng.randrange(FIRST + 60 * DAY, LAST - 60 * DAY))
            hours += [(change, other), (machine.up(change + rng.randrange(3 * DAY)) + 1, hours[0][1])]
            if number % 4 == 1:
                hours.pop()
        made.append(AShop(number, hours))
    return made


def _specials(rng: random.Random) -> dict[date, Hours]:
    days = [date(2026, 1, 1) + timedelta(days=rng.randrange(380)) for _ in range(14)]
    days += [date(2026, 3, 29), date(2026, 10, 25), date(2026, 12, 31), date(2027, 1, 1)]
    kinds: Sequence[Hours] = ([], [], [(600, 840)], [(0, 1440)], [(1200, 1800)])
    return {day: rng.choice(kinds) for day in days if rng.random() < 0.8}


# ---------------------------------------------------------------- what happens to orders


@dataclass(slots=True)
class Order:
    """How an order stands, by the rules' own words (1.3), kept beside the product. Moments are readings."""

    created: int
    received: int
    do_not_call: bool = False
    unpaid: bool = False
    off_hours: bool = False
    """made while its shop was closed, by the hours of that day"""
    state: str = "new"
    entered: int = 0
    missed: int | None = None
    attempts: int = 0
    tasks: list[tuple[int, int]] = field(default_factory=list)
    """what the cabinet has not seen: number of the event, its moment"""
    _events: int = 0
    _before: "Order | None" = None
    _pressed: int = 0

    @property
    def behind(self) -> int | None:
        return min((moment for _, moment in self.tasks), default=None)

    def does(self, verb: str, now: int) -> bool:
        """False: nobody can do that now."""
        if verb == "undo":
            if self._before is None or not 0 <= now - self._pressed < 10 * SECOND:
                return False
            before = self._before
            self.state, self.entered, self.missed = before.state, before.entered, before.missed
            self.attempts, self.tasks, self._before = before.attempts, before.tasks, None
            return True
        if verb == "ticks":
            done, self.tasks, self._before = bool(self.tasks), [], None
            return done
        if verb == "paid":
            done, self.unpaid = self.unpaid, False
            return done
        if self.state not in _FROM[verb] or (verb == "ready" and self.unpaid):
            return False
        before = replace(self, tasks=list(self.tasks), _before=None)
        to = _TO.get(verb, self.state)
        if to != self.state:
            self.state, self.entered = to, now
            if verb == "buyer_cancels":
                self.tasks = []
            else:
                self.tasks.append((self._events, now))
        self._events += 1
        if verb in ("misses", "talks"):
            self.attempts += 1
            self.missed = now if verb == "misses" else None
        self._before, self._pressed = (before if verb in ("takes", "confirms", "misses") else None), now
        return True


_CALLS = ("in_work", "no_contact")
_FROM = {
    "takes": ("new",),
    "talks": _CALLS,
    "misses": _CALLS,
    "confirms": _CALLS,
    "cancels": ("new", *_CALLS, "confirmed"),
    "buyer_cancels": ("new", *_CALLS, "confirmed"),
    "ready": ("confirmed",),
    "collected": ("waiting",),
}
_TO = {
    "takes": "in_work",
    "misses": "no_contact",
    "confirms": "confirmed",
    "cancels": "changed_mind",
    "buyer_cancels": "buyer_cancelled",
    "ready": "waiting",
    "collected": "received",
}
_STORIES = (
    ("takes", "talks", "ticks", "confirms", "ticks", "ready", "ticks", "collected", "ticks"),
    ("takes", "ticks", "talks", "confirms", "paid", "ticks", "ready", "collected"),
    ("takes", "undo", "takes", "misses", "ticks", "misses", "cancels", "ticks"),
    ("takes", "undo"),
    ("takes", "misses", "undo", "talks", "ticks"),
    ("takes", "confirms", "undo", "ticks", "misses", "talks"),
    ("takes",),
    ("takes", "ticks"),
    ("takes", "misses", "buyer_cancels"),
    ("cancels", "ticks"),
    ("buyer_cancels",),
    (),
    (),
)


@dataclass(frozen=True, slots=True)
class Story:
    """An order that comes, at a real moment, and what is done with it: (real moment, verb)."""

    arrives: int
    order: Order
    acts: Sequence[tuple[int, str]]


def stories(rng: random.Random, machine: Machine, many: int) -> Iterator[Story]:
    """While the machine is down nobody can press or hand in an order: it comes when the machine is up again."""
    for _ in range(many):
        real = rng.randrange(FIRST, LAST)
        arrives = machine.up(real)
        if arrives > real:
            arrives = machine.up(arrives + rng.randrange(30 * SECOND))
        received = machine.reading(arrives)
        created = received
        if (kind := rng.random()) < 0.25:  # polled late, or by a clock that is wrong
            created += int(rng.choice((-HOUR, -3 * HOUR, -40 * HOUR, 2 * HOUR)) * rng.random())
        elif kind < 0.5:
            created = machine.reading(real)
        order = Order(created, received, rng.random() < 0.1, rng.random() < 0.2, entered=received)
        acts, moment = [], arrives
        for verb in rng.choice(_STORIES):
            pause = rng.choice((MINUTE, 10 * MINUTE, 2 * HOUR, 9 * HOUR, 2 * DAY, 5 * DAY))
            moment += rng.randrange(9 * SECOND) if verb == "undo" else int(pause * rng.uniform(0.1, 1.3)) + 1
            moment = max(moment, machine.up(moment))
            if verb == "undo" and machine.went_back(moment):
                continue
            if moment < END - DAY:
                acts.append((moment, verb))
        yield Story(arrives, order, acts)
