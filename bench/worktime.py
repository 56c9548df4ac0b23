"""S5: working time, `add` 2 h and `elapsed` over 30 days, beside the libraries; wrong answers of everybody.

What a call takes is measured on office hours, the only ones that each library can be told. Rounds alternate; a
round's figure is the best of a few slices (what took longer was the machine), the median of the rounds counts.
The best library is the fastest of those that know all hours and give no wrong answer.

What is wrong is counted against the minute-walking oracle of the tests: the same random cases for all, half of
them around one of the two changes of clocks of 2026. We must answer to the second. Of a peer, the opening after
a closing is as right as the closing, and a second more or less is no mistake; it is asked only what it can be
told, and an answer that takes longer than two seconds (some loop for ever) is a wrong one.
"""

import math
import operator
import random
import signal
import statistics
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from datetime import time as wall
from functools import partial
from pathlib import Path
from types import FrameType
from typing import Any, NamedTuple, NoReturn
from zoneinfo import ZoneInfo

from bench import peers
from bench.tables import Goal, at_least, under
from models.worktime import WorkSchedule
from tests.models.oracle import Walked, clock, moment

ZONE = "Europe/Kyiv"
KYIV = ZoneInfo(ZONE)
Shift = tuple[tuple[int, ...], int, int]
OFFICE = "Mon-Fri 09:00-18:00"
HOURS: Mapping[str, tuple[Shift, ...]] = {
    OFFICE: (((0, 1, 2, 3, 4), 9, 18),),
    "Mon-Fri 09:00-18:00, Sat 10:00-15:00": (((0, 1, 2, 3, 4), 9, 18), ((5,), 10, 15)),
    "Mon-Sun 08:00-22:00": (((0, 1, 2, 3, 4, 5, 6), 8, 22),),
    "Mon-Sun 20:00-04:00": (((0, 1, 2, 3, 4, 5, 6), 20, 28),),
    "Mon-Fri 22:00-06:00": (((0, 1, 2, 3, 4), 22, 30),),
    "Mon-Sun 00:00-24:00": (((0, 1, 2, 3, 4, 5, 6), 0, 24),),
}
"""What a shop writes -> days of the week, opening and closing in hours after midnight."""
CHANGES = (datetime(2026, 3, 29, 1, tzinfo=UTC), datetime(2026, 10, 25, 1, tzinfo=UTC))
BEFORE, DAYS = timedelta(days=35), 90
DAY, MONTH = 86_400, 30 * 86_400
PATIENCE = 2.0


class Told(NamedTuple):
    """Somebody who was told a shop's hours. Moments and amounts are handed over in the form that it likes best;
    an operation that it does not have is None."""

    moment: Callable[[datetime], Any]
    hours: Callable[[int], Any]
    add: Callable[[Any, Any], Any] | None
    elapsed: Callable[[Any, Any], Any] | None


Tell = Callable[[str], Told | None]
"""None: such hours cannot be told."""


class Case(NamedTuple):
    """`end` where two moments are given, else `hours`; and the right answer, in seconds or epoch seconds."""

    start: int
    hours: int
    end: int
    right: int


@dataclass
class Asked:
    """One's answers to one of the two questions."""

    wrong: int = 0
    answers: int = 0
    untold: int = 0

    @property
    def note(self) -> str:
        told = f"{self.wrong} of {self.answers} wrong"
        if self.untold:
            told += f"; cannot be told {self.untold} of {len(HOURS)} hours"
        return told


def measure(_: Path, short: bool) -> list[Goal]:
    cases = list(_cases(20 if short else 120))
    rounds, seconds = (2, 0.05) if short else (7, 0.2)
    tells: dict[str, Tell | None] = {**OURS, **_peers()}
    asked = {
        (name, what): _asked(tell, what, cases, strict=name in OURS)
        for name, tell in tells.items()
        if tell is not None
        for what in WHAT
    }
    return _goals(tells, asked, *_timed(tells, rounds, seconds), rounds)


# ---------------------------------------------------------------- who is asked
def ours(hours: str) -> Told:
    schedule = WorkSchedule.parse(hours, ZONE)
    return Told(_same, _amount, schedule.add, schedule.elapsed)


def ours_epoch(hours: str) -> Told:
    schedule = WorkSchedule.parse(hours, ZONE)
    return Told(
        lambda at: int(at.timestamp()), lambda n: n * 3600, schedule.add_epoch, schedule.elapsed_epoch
    )


def workclock(lib: Any, hours: str) -> Told:
    rules = [lib.WorkDay(wall(a % 24), wall(b % 24), days=list(days)) for days, a, b in HOURS[hours]]
    schedule = lib.Schedule(rules, time_zone=KYIV)
    return Told(_same, _amount, schedule.add, schedule.between)


def businesstimedelta(lib: Any, hours: str) -> Told:
    """24/7 is told as up to the last microsecond of each day: from midnight to midnight it loops for ever."""
    timezone: Any = peers.load("pytz")
    rules: Any = [
        lib.WorkDayRule(
            wall(a),
            wall.max if b == 24 else wall(b % 24),
            working_days=list(days),
            tz=timezone.timezone(ZONE),
        )
        for days, a, b in HOURS[hours]
    ]
    rule = rules[0] if len(rules) == 1 else lib.Rules(rules)
    return Told(_same, lambda n: lib.BusinessTimeDelta(rule, hours=n), operator.add, rule.difference)


def officehours(lib: Any, hours: str) -> Told | None:
    """Knows no zones: it is given what the shop's wall shows."""
    (days, a, b), *more = HOURS[hours]
    if more or days != (0, 1, 2, 3, 4) or b >= 24:
        return None
    calculator = lib.Calculator(f"{a}:00", f"{b}:00")
    return Told(
        lambda at: at.astimezone(KYIV).replace(tzinfo=None),
        lambda n: n,
        lambda at, n: calculator.due_date(n, at),
        calculator.working_seconds,
    )


def custom_business_hour(lib: Any, hours: str) -> Told | None:
    """One interval a day, the same each day, and not all day long: that is refused."""
    (days, a, b), *more = HOURS[hours]
    if more or b - a == 24:
        return None
    mask = "".join("1" if day in days else "0" for day in range(7))
    offset = partial(lib.offsets.CustomBusinessHour, start=f"{a:02}:00", end=f"{b % 24:02}:00", weekmask=mask)
    return Told(lambda at: lib.Timestamp(at).tz_convert(ZONE), lambda n: offset(n=n), operator.add, None)


def _same(at: datetime) -> datetime:
    return at


def _amount(hours: int) -> timedelta:
    return timedelta(hours=hours)


def _epoch(answer: Any) -> float:
    """A moment, however it is answered, in seconds since 1970."""
    if isinstance(answer, datetime):
        return (answer if answer.tzinfo else answer.replace(tzinfo=KYIV)).timestamp()
    return float(answer)


def _seconds(answer: Any) -> float:
    """An amount of time, however it is answered."""
    answer = getattr(answer, "timedelta", answer)
    return answer.total_seconds() if isinstance(answer, timedelta) else float(answer)


ADD, ELAPSED = WHAT = ("add 2 h", "elapsed, 30 days")
EPOCH, MOMENTS = "the product, on epoch seconds", "the product, on datetimes"
OURS: Mapping[str, Tell] = {EPOCH: ours_epoch, MOMENTS: ours}
PEERS: Mapping[str, tuple[str, str, Callable[[Any, str], Told | None]]] = {
    "workclock": ("workclock", "", workclock),
    "officehours": ("officehours", "", officehours),
    "businesstimedelta": ("businesstimedelta", "", businesstimedelta),
    "pandas": ("pandas", " CustomBusinessHour", custom_business_hour),
}


def _peers() -> dict[str, Tell | None]:
    """By their names in the table; None: not installed."""
    found: dict[str, Tell | None] = {}
    for package, (module, what, tell) in PEERS.items():
        lib = peers.load(module)
        found[peers.named(package) + what] = None if lib is None else partial(tell, lib)
    return found


# ---------------------------------------------------------------- right and wrong
def _cases(each: int) -> Iterator[tuple[str, Walked, list[Case]]]:
    """For each hours and each change of clocks, so many of `add` and of `elapsed`."""
    for change in CHANGES:
        begin, turn = change - BEFORE, int(change.timestamp())
        shown = clock(ZONE, begin, DAYS)
        for hours, shifts in HOURS.items():
            rng = random.Random(f"S5 {hours} {change}")
            week = [[(a * 60, b * 60) for days, a, b in shifts if day in days] for day in range(7)]
            walked = Walked.shop(shown, week, {})
            cases = []
            for at in range(each):
                first = turn + rng.randint(-2 * DAY, 2 * DAY)
                start = first if at % 2 else rng.randint(turn - MONTH, turn + 5 * DAY)
                added = rng.choice((2, rng.randint(1, 48)))
                right = walked.add(start, added * 3600)
                assert right is not None
                cases.append(Case(start, added, 0, right))
                end = start + (rng.randint(0, 3 * DAY) if at % 4 < 2 else rng.randint(0, MONTH))
                cases.append(Case(start, 0, end, walked.elapsed(start, end)))
            yield hours, walked, cases


def _asked(tell: Tell, what: str, cases: Sequence[tuple[str, Walked, list[Case]]], *, strict: bool) -> Asked:
    found = Asked()
    untold = set()
    for hours, walked, given in cases:
        told = tell(hours)
        if told is None:
            untold.add(hours)
        elif (told.add if what == ADD else told.elapsed) is not None:
            mine = [case for case in given if bool(case.end) == (what == ELAPSED)]
            found.answers += len(mine)
            found.wrong += sum(not _right(told, walked, case, strict=strict) for case in mine)
    found.untold = len(untold)
    return found


def _right(told: Told, walked: Walked, case: Case, *, strict: bool) -> bool:
    start = told.moment(moment(case.start))
    try:
        with _patience():
            if told.elapsed is not None and case.end:
                got = _seconds(told.elapsed(start, told.moment(moment(case.end))))
            elif told.add is not None:
                got = _epoch(told.add(start, told.hours(case.hours)))
    except Exception:  # whatever it stumbles over: no answer
        return False
    if strict:
        return got == case.right
    if case.end:
        return abs(got - case.right) <= 1
    at = round(got)
    return case.start <= at < walked.last and abs(walked.elapsed(case.start, at) - case.hours * 3600) <= 1


@contextmanager
def _patience() -> Iterator[None]:
    def late(_: int, __: FrameType | None) -> NoReturn:
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, late)
    signal.setitimer(signal.ITIMER_REAL, PATIENCE)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


# ---------------------------------------------------------------- how long
Rounds = dict[str, list[float]]
"""Nanoseconds a call, a round each."""


def _timed(tells: Mapping[str, Tell | None], rounds: int, seconds: float) -> tuple[Rounds, Rounds]:
    """`add` and `elapsed` of each, in turns."""
    rng = random.Random("S5 how long")
    first = int(datetime(2026, 2, 2, tzinfo=UTC).timestamp())
    starts = [moment(first + rng.randrange(120 * DAY)) for _ in range(64)]
    adds: dict[str, Callable[[], None]] = {}
    spans: dict[str, Callable[[], None]] = {}
    for name, tell in tells.items():
        told = None if tell is None else tell(OFFICE)
        if told is None:
            continue
        begins = [told.moment(at) for at in starts]
        if told.add is not None:
            adds[name] = partial(_each, told.add, [(at, told.hours(2)) for at in begins])
        if told.elapsed is not None:
            ends = [told.moment(at + timedelta(days=30)) for at in starts]
            spans[name] = partial(_each, told.elapsed, list(zip(begins, ends, strict=True)))
    return _rounds(adds, rounds, seconds, len(starts)), _rounds(spans, rounds, seconds, len(starts))


def _each(ask: Callable[[Any, Any], object], given: Sequence[tuple[Any, Any]]) -> None:
    for one, other in given:
        ask(one, other)


def _rounds(asks: Mapping[str, Callable[[], None]], rounds: int, seconds: float, calls: int) -> Rounds:
    found: Rounds = {name: [] for name in asks}
    for _ in range(rounds):
        for name, ask in asks.items():
            ask()
            slices, end = [], time.perf_counter() + seconds
            while (begun := time.perf_counter_ns()) < end * 1e9:
                ask()
                slices.append(time.perf_counter_ns() - begun)
            found[name].append(min(slices, default=math.nan) / calls)
    return found


# ---------------------------------------------------------------- the table
def _goals(
    tells: Mapping[str, Tell | None],
    asked: Mapping[tuple[str, str], Asked],
    adds: Rounds,
    spans: Rounds,
    rounds: int,
) -> list[Goal]:
    goals = []
    for what, timed in ((ADD, adds), (ELAPSED, spans)):
        for name, tell in tells.items():
            if tell is None:
                goals.append(Goal(f"{what}: {name}", math.nan, "us", note="not installed"))
            elif name not in timed:
                goals.append(Goal(f"{what}: {name}", math.nan, "us", note="has no such operation"))
            else:
                took = statistics.median(timed[name]) / 1000
                note = asked[name, what].note
                row = under if name == EPOCH else _row
                goals.append(row(f"{what}: {name}", took, 1.5, "us", note))
        able = [
            name
            for name in timed
            if name not in OURS
            and not any(asked[name, any_].wrong or asked[name, any_].untold for any_ in WHAT)
        ]
        if not able:
            goals.append(
                Goal(f"{what}: the best library / {EPOCH}", math.nan, "times", note="none without a fault")
            )
            continue
        best = min(able, key=lambda name: statistics.median(timed[name]))
        ratio = statistics.median(a / b for a, b in zip(timed[best], timed[EPOCH], strict=True))
        note = f"median of {rounds} rounds; the fastest that knows all hours, none wrong"
        goals.append(at_least(f"{what}: {best} / {EPOCH}", ratio, 10, "times", note))
    for name in OURS:
        wrong = sum(asked[name, what].wrong for what in WHAT)
        answers = sum(asked[name, what].answers for what in WHAT)
        note = f"of {answers}; {len(HOURS)} hours, both changes of clocks"
        goals.append(Goal(f"wrong answers of {name}", wrong, "", "= 0", wrong == 0, note))
    return goals


def _row(what: str, value: float, _: float, unit: str, note: str) -> Goal:
    return Goal(what, value, unit, note=note)
