"""Opening hours as people write them, and back: the reader is tolerant, the writer has one canonical form.

The words (days, "daily", "closed", in Ukrainian, Russian and English) are data: `worktime_words.toml`.
"""

import json
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from importlib.resources import files
from itertools import groupby, pairwise
from typing import NamedTuple

DAY = 24 * 60
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
LATE = 6 * 60  # until then a night may run, however long it is
NIGHT = 12 * 60  # what ends later in the morning is a night shift only if it is no longer than this
_LONGEST_FRAGMENT = 60  # characters


class HoursProblem(StrEnum):
    EMPTY = "empty"
    UNREADABLE = "unreadable"  # fragment
    REVERSED = "reversed"  # fragment
    OVERLAPPING = "overlapping"  # day (0 is Monday; or a date), first, second
    NEVER_OPEN = "never_open"
    UNKNOWN_ZONE = "unknown_zone"  # zone


class HoursError(ValueError):
    """Opening hours that cannot be: what is wrong, and the facts about it. Words for people are elsewhere."""

    def __init__(self, kind: HoursProblem, **facts: object) -> None:
        super().__init__(" ".join([kind, *(f"{name}={fact}" for name, fact in facts.items())]))
        self.kind = kind
        self.facts = facts


@dataclass(frozen=True, slots=True, order=True)
class Interval:
    """Minutes after the local midnight of the day it begins on; past the next midnight `end` is over 1440.

    It is the whole day, 0-1440, or shorter than 24 hours. One that runs past midnight ends by 06:00
    ("10:00-02:00") or lasts 12 hours at most ("20:00-08:00"): anything else ("18:00-09:00") is a slip far
    more often than a shift, and refused as reversed.
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        length = self.end - self.start
        whole = (self.start, self.end) == (0, DAY)
        slip = self.end > DAY + LATE and length > NIGHT
        if not 0 <= self.start < DAY or length <= 0 or (length >= DAY and not whole) or slip:
            raise HoursError(HoursProblem.REVERSED, fragment=f"{self.start}-{self.end}")

    def __str__(self) -> str:
        end = self.end if self.end <= DAY else self.end - DAY
        return f"{self.start // 60:02}:{self.start % 60:02}-{end // 60:02}:{end % 60:02}"


Day = int | date  # 0 is Monday; or one day of the calendar
Week = tuple[tuple[Interval, ...], ...]
Special = Mapping[date, tuple[Interval, ...]]


def ordered(day: Day, intervals: Iterable[Interval]) -> tuple[Interval, ...]:
    """One day's intervals by their beginning; two that overlap are an error, two that touch are not."""
    result = tuple(sorted(intervals))
    for first, second in pairwise(result):
        if second.start < first.end:
            raise HoursError(HoursProblem.OVERLAPPING, day=day, first=str(first), second=str(second))
    return result


def write(week: Week, special: Special) -> str:
    """The canonical form: "Mon-Fri 09:00-13:00 14:00-18:00, Sat 10:00-15:00, 2026-12-31 closed"."""
    parts = []
    for intervals, run in groupby(range(len(DAYS)), key=lambda day: week[day]):
        first, *others = run
        if intervals:
            days = f"{DAYS[first]}-{DAYS[others[-1]]}" if others else DAYS[first]
            parts.append(f"{days} {_hours(intervals)}")
    parts += [f"{day} {_hours(intervals) or 'closed'}" for day, intervals in sorted(special.items())]
    return ", ".join(parts) or "Mon-Sun closed"


def _hours(intervals: Iterable[Interval]) -> str:
    return " ".join(map(str, intervals))


def to_json(zone: str, week: Week, special: Special) -> str:
    """The same hours always give the same text."""
    hours = {
        "zone": zone,
        "week": [_pairs(intervals) for intervals in week],
        "special": {day.isoformat(): _pairs(intervals) for day, intervals in sorted(special.items())},
    }
    return json.dumps(hours, separators=(",", ":"))


def from_json(text: str) -> tuple[str, Week, Special]:
    """What `to_json` wrote."""
    try:
        hours = json.loads(text)
        week = tuple(_intervals(pairs) for pairs in hours["week"])
        special = {date.fromisoformat(day): _intervals(pairs) for day, pairs in hours["special"].items()}
        return str(hours["zone"]), week, special
    except HoursError:
        raise
    except (ValueError, TypeError, KeyError, AttributeError):
        raise HoursError(HoursProblem.UNREADABLE, fragment=text[:_LONGEST_FRAGMENT]) from None


def _pairs(intervals: Iterable[Interval]) -> list[list[int]]:
    return [[interval.start, interval.end] for interval in intervals]


def _intervals(pairs: Iterable[tuple[int, int]]) -> tuple[Interval, ...]:
    return tuple(Interval(start, end) for start, end in pairs)


# ---------------------------------------------------------------- reading

_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212~"
_APOSTROPHES = "\u2019\u02bc\u2018`\u00b4\u2032"
_RAISED = (
    "\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079"  # minutes after the hour, written small
)
_PLAIN = str.maketrans(
    _DASHES + _APOSTROPHES + _RAISED, "-" * len(_DASHES) + "'" * len(_APOSTROPHES) + "0123456789"
)
_WORD = re.compile(
    r"""(?P<date>[0-9]{4}-[0-9]{2}-[0-9]{2}(?![0-9]) | [0-9]{1,2}\.[0-9]{1,2}\.[0-9]{4}(?![0-9]))
      | (?P<always>24/7(?![0-9]))
      | (?P<time>[0-9]{1,2}[:.][0-9]{2}(?![0-9]) | [0-9]+)
      | (?P<to>-+)
      | (?P<word>[^\W\d_]+(?:'[^\W\d_]+)*)
      | (?P<gap>[\s,;:.()/|&+]+)
      | (?P<other>.)""",
    re.VERBOSE | re.DOTALL,
)
_LONGEST_PHRASE = 3  # words

# A text becomes a line of symbols, one for each word that counts, and the grammar a regular one over them.
_SYMBOLS = {
    "day": "d",
    "daily": "g",
    "workdays": "g",
    "weekend": "g",
    "date": "g",
    "time": "t",
    "to": "-",
    "always": "a",
    "closed": "c",
    "rest": "r",  # "weekend" before hours, "closed" beside days
}
_D = r"(?:d-d|d|g)+"
_H = r"(?:t-t|a)+"
_DAYS_FIRST = re.compile(rf"-?(?P<days>{_D}|r(?=-?[tacr]))-?(?:(?P<hours>{_H})|[cr])|-?[cr]-?(?P<shut>{_D})$")
_HOURS_FIRST = re.compile(rf"-?(?P<hours>{_H})-?(?P<days>{_D})|-?[cr]-?(?P<shut>{_D})$")
_ONLY_HOURS = re.compile(_H)
_ONLY_ALWAYS = re.compile(r"a+")
_ONLY_CLOSED = re.compile(r"[cr]+")
_ONLY_SPAN = re.compile(r"-?t-?t")


@dataclass(frozen=True, slots=True)
class _Token:
    symbol: str
    start: int
    end: int
    days: frozenset[Day] = frozenset()
    minutes: int = 0


class _Vocabulary(NamedTuple):
    words: Mapping[str, tuple[str, frozenset[Day]]]  # kind, days; under what they look like
    lookalikes: Mapping[int, int]  # letters of one alphabet typed for those of the other


@lru_cache(maxsize=1)
def _vocabulary() -> _Vocabulary:
    table = tomllib.loads(files("models").joinpath("worktime_words.toml").read_text("utf-8"))
    groups = {"daily": range(7), "workdays": range(5), "weekend": range(5, 7), "rest": range(5, 7)}
    words: dict[str, tuple[str, frozenset[Day]]] = {}
    lookalikes = str.maketrans(*table.pop("lookalikes"))
    for day, names in enumerate(table.pop("days")):
        words |= dict.fromkeys(names, ("day", frozenset([day])))
    for kind, names in table.items():
        words |= dict.fromkeys(names, (kind, frozenset(groups.get(kind, ()))))
    return _Vocabulary({name.translate(lookalikes): meaning for name, meaning in words.items()}, lookalikes)


def read(text: str) -> tuple[Week, Special]:
    """Hours as the command line or a person gives them: days, then their hours; or hours, then their days.

    A day said to be closed is closed, whatever a group of days with it says. 00:00 as an end is 24:00.
    Hours without any day are unreadable, since nobody knows which days were meant; only "around the
    clock" is every day.
    """
    week: list[list[Interval]] = [[] for _ in DAYS]
    special: dict[date, list[Interval]] = {}
    closed: set[Day] = set()
    for days, hours in _Reader(text).parts():
        for day in days:
            (week[day] if isinstance(day, int) else special.setdefault(day, [])).extend(hours)
        closed |= set() if hours else days
    for day in closed:
        (week[day] if isinstance(day, int) else special[day]).clear()
    if not any(week) and not any(special.values()):
        raise HoursError(HoursProblem.NEVER_OPEN)
    return (
        tuple(ordered(number, intervals) for number, intervals in enumerate(week)),
        {day: ordered(day, intervals) for day, intervals in special.items()},
    )


class _Reader:
    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = list(self._tokens())
        self.symbols = "".join(token.symbol for token in self.tokens)

    def parts(self) -> Iterator[tuple[set[Day], list[Interval]]]:
        """Days and their hours; no hours: closed."""
        if not self.symbols.strip("-"):
            raise HoursError(HoursProblem.EMPTY)
        if _ONLY_ALWAYS.fullmatch(self.symbols):
            yield set(range(7)), [Interval(0, DAY)]
            return
        if _ONLY_CLOSED.fullmatch(self.symbols):
            yield set(range(7)), []
            return
        if _ONLY_HOURS.fullmatch(self.symbols):
            self._hours(0, len(self.symbols))  # what is wrong with the hours goes before what is missing
        grammar = _HOURS_FIRST if self.symbols.lstrip("-")[0] in "ta" else _DAYS_FIRST
        at = 0
        while at < len(self.symbols):
            part = grammar.match(self.symbols, at)
            if part is None:
                raise self._error(HoursProblem.UNREADABLE, self.tokens[at].start, len(self.text))
            yield self._days(*part.span("shut" if part["shut"] else "days")), self._hours(*part.span("hours"))
            at = part.end()

    def _days(self, at: int, end: int) -> set[Day]:
        days: set[Day] = set()
        while at < end:
            days |= self.tokens[at].days
            if self.symbols.startswith("d-d", at, end):
                (first,), (last,) = self.tokens[at].days, self.tokens[at + 2].days
                assert isinstance(first, int)
                assert isinstance(last, int)
                days |= {(first + more) % 7 for more in range((last - first) % 7 + 1)}
                at += 2
            at += 1
        return days

    def _hours(self, at: int, end: int) -> list[Interval]:
        hours: list[Interval] = []
        while at < end:
            if self.symbols[at] == "a":
                hours.append(Interval(0, DAY))
                at += 1
            else:
                hours.append(self._interval(self.tokens[at], self.tokens[at + 2]))
                at += 3
        return hours

    def _interval(self, opens: _Token, closes: _Token) -> Interval:
        past_midnight = DAY if closes.minutes <= opens.minutes else 0
        try:
            return Interval(opens.minutes, closes.minutes + past_midnight)
        except HoursError:
            raise self._error(HoursProblem.REVERSED, opens.start, closes.end) from None

    def _tokens(self) -> Iterator[_Token]:
        found = [match for match in _WORD.finditer(self.text.translate(_PLAIN)) if match.lastgroup != "gap"]
        while found:
            kind, start, end, length = str(found[0].lastgroup), found[0].start(), found[0].end(), 1
            days: frozenset[Day] = frozenset()
            minutes = 0
            if kind == "word":
                length, (kind, days) = self._phrase(found)
                end = found[length - 1].end()
            elif kind == "time":
                minutes = self._minutes(found[0])
            elif kind == "date":
                days = frozenset([self._date(found[0])])
            elif kind == "other":
                raise self._error(HoursProblem.UNREADABLE, start, end)
            del found[:length]
            if kind != "noise":
                yield _Token(_SYMBOLS[kind], start, end, days, minutes)

    def _phrase(self, found: list[re.Match[str]]) -> tuple[int, tuple[str, frozenset[Day]]]:
        vocabulary = _vocabulary()
        words = [match[0].lower().replace("'", "") for match in found[:_LONGEST_PHRASE]]
        for length in range(len(words), 0, -1):
            known = vocabulary.words.get(" ".join(words[:length]).translate(vocabulary.lookalikes))
            if known:
                return length, known
        raise self._error(HoursProblem.UNREADABLE, *found[0].span())

    def _minutes(self, clock: re.Match[str]) -> int:
        """ "9", "09:00", "9.00" and "900" are one time."""
        digits = clock[0].replace(":", "").replace(".", "")
        hour, minute = (digits, "0") if len(digits) < 3 else (digits[:-2], digits[-2:])
        if len(digits) > 4 or int(minute) > 59 or int(hour) * 60 + int(minute) > DAY:
            raise self._error(HoursProblem.UNREADABLE, *clock.span())
        return int(hour) * 60 + int(minute)

    def _date(self, day: re.Match[str]) -> date:
        year, month, number = map(int, day[0].split("-") if "-" in day[0] else reversed(day[0].split(".")))
        try:
            return date(year, month, number)
        except ValueError:
            raise self._error(HoursProblem.UNREADABLE, *day.span()) from None

    def _error(self, kind: HoursProblem, start: int, end: int) -> HoursError:
        return HoursError(kind, fragment=self.text[start : min(end, start + _LONGEST_FRAGMENT)].strip())


def read_span(text: str) -> tuple[int, int]:
    """One span of the clock that may run over midnight ("22:00-08:00", "from 22 to 8", "2200 0800"): the minutes of
    the day from which and before which. Raises HoursError: empty, unreadable (fragment)."""
    reader = _Reader(text)
    if not reader.symbols.strip("-"):
        raise HoursError(HoursProblem.EMPTY)
    if not _ONLY_SPAN.fullmatch(reader.symbols):
        raise HoursError(HoursProblem.UNREADABLE, fragment=text.strip()[:_LONGEST_FRAGMENT])
    start, end = (token.minutes % DAY for token in reader.tokens if token.symbol == "t")
    if start == end:
        raise HoursError(HoursProblem.UNREADABLE, fragment=text.strip()[:_LONGEST_FRAGMENT])
    return start, end
