"""Working time: a moment so many open hours later, and the open hours between two moments (rules 1.5).

A shop's hours are local wall times. It opens at the first instant at which its clock shows the time and
closes at the last one, which differ only in the hour that clocks repeat in autumn; a time that clocks jump
over in spring is the instant of the jump. All else is arithmetic on epoch seconds, so that no change of
clocks shifts a deadline. An interval belongs to the day it begins on: a special day replaces what begins on
that day and does not cut the night shift of the day before. Where neighbouring days overlap, the time
counts once.
"""

from abc import ABC, abstractmethod
from bisect import bisect_left, bisect_right
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from models.worktime_text import (
    HoursError,
    HoursProblem,
    Interval,
    Week,
    from_json,
    ordered,
    read,
    to_json,
    write,
)

__all__ = [
    "HORIZON",
    "HoursError",
    "HoursProblem",
    "Interval",
    "OpenHours",
    "WorkSchedule",
]

HORIZON = 731 * 86_400  # seconds: what does not come within two years counts as never
_BEFORE, _AFTER = 62 * 86_400, 124 * 86_400  # seconds a table reaches beyond what is asked
_LONGEST = 3 * HORIZON  # seconds a table may grow to
_TABLES = 256  # kept in all

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_EPOCH_DAY = date(1970, 1, 1).toordinal()
_LAST_DAY = date.max.toordinal() - 3
_SECOND, _MICROSECOND = timedelta(seconds=1), timedelta(microseconds=1)

Span = tuple[int, int]  # epoch seconds, the end not included


class _Table(NamedTuple):
    """The open intervals of [first, last) behind an empty one that begins the table; in epoch seconds."""

    first: int
    last: int
    opens: list[int]
    closes: list[int]
    done: list[int]  # seconds open since `first` when each one closes
    shift: list[int]  # done - closes: what makes of a moment in it the seconds open until then


_NOTHING = _Table(0, -1, [], [], [], [])


class OpenHours(ABC):
    """When a shop is open, or another window of time. Equal and hashable by value, never changed."""

    __slots__ = ("_table",)
    _table: _Table  # what has been worked out so far

    @abstractmethod
    def spans(self, first: int, last: int) -> list[Span]:
        """What is open within [first, last), in order and apart from each other."""

    @abstractmethod
    def spans_on(self, day: date) -> list[Span]:
        """What begins on a day of the calendar, in order."""

    # ------------------------------------------------------------ moments

    def add(self, moment: datetime, amount: timedelta) -> datetime | None:
        """The moment, in UTC, when `amount` of open time has passed since an aware moment.

        What ends exactly at closing stays there; no amount at all ends at the moment itself if open, else at
        the next opening. None if the answer is not within two years.
        """
        seconds, fraction = _split(moment)
        if amount < _NO_TIME:
            raise ValueError("working time is only added")
        if not (fraction or amount.microseconds):
            end = self.add_epoch(seconds, amount.days * 86_400 + amount.seconds)
            return None if end is None else _EPOCH + timedelta(0, end)
        wanted = amount // _MICROSECOND + (fraction if self._is_open(seconds) else 0)
        whole = -(-wanted // 1_000_000)
        end = self.add_epoch(seconds, whole)
        return None if end is None else _EPOCH + timedelta(0, end, wanted - whole * 1_000_000)

    def elapsed(self, start: datetime, end: datetime) -> timedelta:
        """Open time between two aware moments; negative if the end is before the start."""
        (first, before), (last, beyond) = _split(start), _split(end)
        before = before if before and self._is_open(first) else 0
        beyond = beyond if beyond and self._is_open(last) else 0
        return timedelta(0, self.elapsed_epoch(first, last), beyond - before)

    def next_open(self, moment: datetime) -> datetime | None:
        """The moment itself if open, else the next opening; None if there is none within two years."""
        return self.add(moment, _NO_TIME)

    def closes(self, moment: datetime) -> datetime | None:
        """The end of the open time around a moment; None if closed, or if it goes on for two years."""
        seconds, _ = _split(moment)
        for table in self._tables(seconds):
            until = table.closes[bisect_right(table.opens, seconds) - 1]
            if until <= seconds or until - seconds > HORIZON:
                return None
            if until < table.last:
                return _EPOCH + timedelta(0, until)
        return None

    def is_open(self, moment: datetime) -> bool:
        """Whether it is open: at the opening it is, at the closing it is not."""
        return self._is_open(_split(moment)[0])

    def opens_on(self, day: date) -> bool:
        """Whether open time begins on a day: the morning after a night shift does not count."""
        return bool(self.spans_on(day))

    def without(self, quiet: "OpenHours") -> "OpenHours":
        """What is open here and not there: G21's clock is the shop's hours without `globus_quiet`."""
        return _combined(self, quiet, inside=False)

    def within(self, window: "OpenHours") -> "OpenHours":
        """What is open both here and there."""
        return _combined(self, window, inside=True)

    # ------------------------------------------------------------ epoch seconds: the hot path

    def elapsed_epoch(self, start: int, end: int) -> int:
        """`elapsed` in whole seconds since 1970."""
        if start > end:
            return -self.elapsed_epoch(end, start)
        first, last, opens, closes, _, shift = self._table
        if start < first or end >= last:
            first, last, opens, closes, _, shift = self._cover(start, end)
        i = bisect_right(opens, start) - 1
        until = closes[i]
        before = shift[i] + (start if start < until else until)
        i = bisect_right(opens, end, i) - 1
        until = closes[i]
        return shift[i] + (end if end < until else until) - before

    def add_epoch(self, moment: int, amount: int) -> int | None:
        """`add` in whole seconds since 1970."""
        first, last, opens, closes, done, shift = self._table
        if amount <= 0 or not first <= moment < last:
            return self._add_slowly(moment, amount)
        i = bisect_right(opens, moment) - 1
        until = closes[i]
        target = shift[i] + (moment if moment < until else until) + amount
        if target > done[i]:
            if target > done[-1]:
                return self._add_slowly(moment, amount)
            i = bisect_left(done, target, i)
        result = target - shift[i]
        return result if result - moment <= HORIZON else None

    def _add_slowly(self, moment: int, amount: int) -> int | None:
        if amount < 0:
            raise ValueError("working time is only added")
        for table in self._tables(moment):
            i = bisect_right(table.opens, moment) - 1
            target = table.shift[i] + min(moment, table.closes[i]) + amount
            i = (bisect_left if amount else bisect_right)(table.done, target)
            if i < len(table.done):
                result = target - table.shift[i]
                return result if result - moment <= HORIZON else None
        return None

    def _is_open(self, moment: int) -> bool:
        table = self._table
        if not table.first <= moment < table.last:
            table = self._cover(moment, moment)
        return moment < table.closes[bisect_right(table.opens, moment) - 1]

    # ------------------------------------------------------------ tables

    def _tables(self, moment: int) -> Iterator[_Table]:
        """A table around a moment, then longer and longer ones, up to the horizon."""
        reach = moment
        while True:
            table = self._cover(moment, reach)
            yield table
            if table.last > moment + HORIZON:
                return
            reach = min(table.last + _AFTER, moment + HORIZON)

    def _cover(self, start: int, end: int) -> _Table:
        """The table, made anew or longer if start and end do not both lie in it."""
        table = self._table
        if table.first <= start and end < table.last:
            return table
        first, last = start - _BEFORE, end + _AFTER
        if table.opens and max(last, table.last) - min(first, table.first) <= _LONGEST:
            first, last = min(first, table.first), max(last, table.last)
        opens, closes, done = [first], [first], [0]
        for opening, closing in self.spans(first, last):
            opens.append(opening)
            closes.append(closing)
            done.append(done[-1] + closing - opening)
        made = _Table(first, last, opens, closes, done, [a - b for a, b in zip(done, closes, strict=True)])
        if last - first <= _LONGEST:
            if not table.opens:
                _kept.append(self)
                if len(_kept) > _TABLES:
                    object.__setattr__(_kept.popleft(), "_table", _NOTHING)
            object.__setattr__(self, "_table", made)
        return made


_kept: deque[OpenHours] = deque()  # those with a table, the oldest first


@dataclass(frozen=True, slots=True)
class WorkSchedule(OpenHours):
    """A shop's hours in its zone: a week, Monday first, and the days that have other hours, or none.

    HoursError: an unknown zone, a day whose intervals overlap.
    """

    zone: str
    week: Week
    special: Mapping[date, tuple[Interval, ...]] = field(default_factory=dict, hash=False)

    def __post_init__(self) -> None:
        _zone(self.zone)
        if len(self.week) != 7:
            raise ValueError("a week has seven days")
        week = tuple(ordered(day, intervals) for day, intervals in enumerate(self.week))
        special = {day: ordered(day, intervals) for day, intervals in sorted(self.special.items())}
        object.__setattr__(self, "week", week)
        object.__setattr__(self, "special", MappingProxyType(special))
        object.__setattr__(self, "_table", _NOTHING)

    def __reduce__(self) -> tuple[object, ...]:
        return WorkSchedule.from_json, (self.to_json(),)

    @classmethod
    def parse(cls, text: str, zone: str = "Europe/Kyiv") -> "WorkSchedule":
        """Hours as the command line ("Mon-Fri 09:00-18:00, Sat 10:00-15:00") or people give them."""
        return cls(zone, *read(text))

    @property
    def days_off(self) -> frozenset[date]:
        """The days of the calendar on which the shop is closed out of its week's turn."""
        return frozenset(day for day, intervals in self.special.items() if not intervals)

    def text(self) -> str:
        """The canonical form, which `parse` reads; without the zone."""
        return write(self.week, self.special)

    @classmethod
    def from_json(cls, text: str) -> "WorkSchedule":
        """What `to_json` wrote. The same text gives the same object, whose tables are worked out once."""
        return _from_json(text)

    def to_json(self) -> str:
        """For a column of the database: the same hours always give the same text."""
        return to_json(self.zone, self.week, self.special)

    def at(self, day: date, minutes: int) -> datetime:
        """The moment, in UTC, at which the shop's clock first shows so many minutes after a day's midnight; of a
        time that it jumps over: the instant of the jump."""
        return _EPOCH + timedelta(0, _instant(_zone(self.zone), day.toordinal(), minutes, 0))

    def spans(self, first: int, last: int) -> list[Span]:
        days = range(first // 86_400 + _EPOCH_DAY - 4, last // 86_400 + _EPOCH_DAY + 3)
        found: list[Span] = []
        for day in range(max(days.start, 2), min(days.stop, _LAST_DAY)):
            for opening, closing in self._begin(day):
                start, end = max(opening, first), min(closing, last)
                if found and start <= found[-1][1]:
                    found[-1] = (found[-1][0], max(found[-1][1], end))
                elif start < end:
                    found.append((start, end))
        return found

    def spans_on(self, day: date) -> list[Span]:
        return list(self._begin(day.toordinal()))

    def _begin(self, day: int) -> Iterator[Span]:
        special = self.special.get(date.fromordinal(day)) if self.special else None
        zone = _zone(self.zone)
        for interval in self.week[(day - 1) % 7] if special is None else special:
            start, end = _instant(zone, day, interval.start, 0), _instant(zone, day, interval.end, 1)
            if start < end:
                yield start, end


@dataclass(frozen=True, slots=True)
class _Combined(OpenHours):
    hours: OpenHours
    other: OpenHours
    inside: bool

    def __post_init__(self) -> None:
        object.__setattr__(self, "_table", _NOTHING)

    def spans(self, first: int, last: int) -> list[Span]:
        return self._cut(self.hours.spans(first, last))

    def spans_on(self, day: date) -> list[Span]:
        return self._cut(self.hours.spans_on(day))

    def _cut(self, spans: list[Span]) -> list[Span]:
        if not spans:
            return []
        first, last = spans[0][0], spans[-1][1]
        others = self.other.spans(first, last)
        if not self.inside:
            edges = [first, *(edge for span in others for edge in span), last]
            others = list(zip(edges[::2], edges[1::2], strict=True))
        found, at = [], 0
        for start, end in spans:
            while at < len(others) and others[at][1] <= start:
                at += 1
            also = at
            while also < len(others) and others[also][0] < end:
                found.append((max(start, others[also][0]), min(end, others[also][1])))
                also += 1
        return [(start, end) for start, end in found if start < end]


@lru_cache(maxsize=_TABLES)
def _combined(hours: OpenHours, other: OpenHours, *, inside: bool) -> OpenHours:
    return _Combined(hours, other, inside)


@lru_cache(maxsize=_TABLES)
def _from_json(text: str) -> WorkSchedule:
    return WorkSchedule(*from_json(text))


# ---------------------------------------------------------------- clocks

_NO_TIME = timedelta()


@lru_cache(maxsize=64)
def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise HoursError(HoursProblem.UNKNOWN_ZONE, zone=name) from None


def _instant(zone: ZoneInfo, day: int, minutes: int, fold: int) -> int:
    """When clocks show so many minutes after a day's midnight: first with fold 0, last with fold 1."""
    wall = datetime.fromordinal(day) + timedelta(minutes=minutes)
    shown = (day - _EPOCH_DAY) * 86_400 + minutes * 60
    before, after = _offset(zone, wall), _offset(zone, wall.replace(fold=1))
    if before >= after:
        return shown - (after if fold else before)
    early, late = shown - after, shown - before  # the clock jumps over it somewhere between these
    while late - early > 1:
        middle = (early + late) // 2
        if _offset(zone, datetime.fromtimestamp(middle, zone)) == after:
            late = middle
        else:
            early = middle
    return late


def _offset(zone: ZoneInfo, wall: datetime) -> int:
    return (zone.utcoffset(wall) or _NO_TIME) // _SECOND


def _split(moment: datetime) -> tuple[int, int]:
    """Whole seconds since 1970, and microseconds."""
    since = moment - _EPOCH
    return since.days * 86_400 + since.seconds, since.microseconds
