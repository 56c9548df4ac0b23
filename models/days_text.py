"""Days of the calendar as people write them ("25.12", "24 December", "30.12-02.01", "31.12 9-14"), read tolerantly.

The months and the small words are data: `settings_words.toml`. Hours of a short day are read by `worktime_text`.
"""

import re
import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from importlib.resources import files
from typing import Any, NamedTuple

from models.worktime_text import HoursError, HoursProblem, Interval, read

LONGEST_RANGE = 62
"""Days."""
FURTHEST = 731
"""Days ahead: beyond two years nothing is reckoned (`models.worktime.HORIZON`)."""
_LONGEST_FRAGMENT = 60
_LONGEST_LIST = 31  # bare numbers before the month they share
_YEARS = range(2000, 2100)


class DaysProblem(StrEnum):
    EMPTY = "empty"
    UNREADABLE = "unreadable"  # fragment
    NO_SUCH_DAY = "no_such_day"  # fragment
    PAST = "past"  # fragment
    TOO_FAR = "too_far"  # fragment
    TOO_LONG = "too_long"  # fragment, most


class DaysError(ValueError):
    """Days that cannot be: what is wrong, and the facts about it. Words for people are elsewhere."""

    def __init__(self, kind: DaysProblem, **facts: object) -> None:
        super().__init__(" ".join([kind, *(f"{name}={fact}" for name, fact in facts.items())]))
        self.kind = kind
        self.facts = facts


Days = dict[date, tuple[Interval, ...]]
"""The hours of each day; none: closed."""


@lru_cache(maxsize=1)
def words_table() -> dict[str, Any]:
    return tomllib.loads(files("models").joinpath("settings_words.toml").read_text("utf-8"))


def read_days(text: str, today: date) -> Days:
    """Days as a person types them. A day without its year is the next one; a day without hours is a day off.

    Raises DaysError; HoursError for the hours of a short day.
    """
    return _Reader(text, today).days()


_DASHES = str.maketrans("\u2010\u2011\u2012\u2013\u2014\u2015\u2212~", "--------")
_TOKEN = re.compile(
    r"""(?P<iso>[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?![0-9]))
      | (?P<full>[0-9]{1,2}[./][0-9]{1,2}[./](?:[0-9]{4}|[0-9]{2})(?![0-9]))
      | (?P<pair>[0-9]{1,2}[./][0-9]{1,2}(?![0-9]))
      | (?P<clock>[0-9]{1,2}:[0-9]{2}(?![0-9]))
      | (?P<number>[0-9]+)
      | (?P<to>-+)
      | (?P<gap>[,;\n]+)
      | (?P<word>[^\W\d_]+)
      | (?P<space>[\s.]+)
      | (?P<other>.)""",
    re.VERBOSE | re.DOTALL,
)


class _Token(NamedTuple):
    kind: str
    text: str
    start: int
    end: int


class _Day(NamedTuple):
    """A day as it was written; no year where none was."""

    number: int
    month: int
    year: int | None
    start: int
    after: int  # the next token


@dataclass(frozen=True, slots=True)
class _Part:
    """A day or a range, and the text of its hours."""

    days: tuple[date, ...]
    hours: str


class _Reader:
    def __init__(self, text: str, today: date) -> None:
        self.text = text.translate(_DASHES)
        self.today = today
        self.tokens = list(self._tokens())

    def days(self) -> Days:
        if not any(token.kind != "gap" for token in self.tokens):
            raise DaysError(DaysProblem.EMPTY)
        found: Days = {}
        for part in self._parts():
            found |= dict.fromkeys(part.days, self._hours(part))
        return dict(sorted(found.items()))

    def _tokens(self) -> list[_Token]:
        table = words_table()
        small = {word: kind for kind in ("to", "and", "from") for word in table[kind]}
        small |= dict.fromkeys(table["and"], "gap")
        found = []
        for match in _TOKEN.finditer(self.text):
            kind, said = str(match.lastgroup), match[0].lower()
            if kind == "word":
                kind = small.get(said, kind)
            if kind != "space":
                found.append(_Token(kind, said, match.start(), match.end()))
        return found

    def _kind(self, at: int) -> str:
        return self.tokens[at].kind if at < len(self.tokens) else "end"

    def _parts(self) -> list[_Part]:
        parts: list[_Part] = []
        at = 0
        while at < len(self.tokens):
            if self._kind(at) == "gap":
                at += 1
                continue
            begun = at
            at += self._kind(at) == "from"
            first = self._day(at)
            if parts and parts[-1].hours and first is not None and not self._names_month(at):
                first = None  # "9-13 and 14-17, 1 January": more hours
            if first is None:
                at = self._end_of_hours(begun)
                said = self._said(begun, at)
                if not parts:
                    raise DaysError(DaysProblem.UNREADABLE, fragment=said[:_LONGEST_FRAGMENT])
                parts[-1] = _Part(parts[-1].days, f"{parts[-1].hours} {said}")
                continue
            at, last = first.after, None
            if self._kind(at) == "to":
                last = self._day(at + 1)
                at = at if last is None else last.after
            days = self._range(first, last, self._said(begun, at))
            begun, at = at, self._end_of_hours(at)
            parts.append(_Part(days, self._said(begun, at)))
        return parts

    def _said(self, at: int, end: int) -> str:
        return self.text[self.tokens[at].start : self.tokens[end - 1].end] if at < end else ""

    def _end_of_hours(self, at: int) -> int:
        """Where hours end: before a separator, or before a day that cannot be a time."""
        begun = at
        while self._kind(at) not in ("gap", "end"):
            alone = self._kind(at) == "pair" and self._kind(at + 1) != "to" and self._kind(at - 1) != "to"
            surely = self._kind(at) in ("iso", "full") or self._is_month(at + 1)
            if (
                (alone or surely)
                and self._day(at) is not None
                and at > begun - (self._day(begun) is not None)
            ):
                break
            at += 1
        return at

    # ------------------------------------------------------------ days

    def _day(self, at: int) -> _Day | None:
        """The day that is written here, if it is one; it need not be in the calendar."""
        kind = self._kind(at)
        if kind not in ("iso", "full", "pair", "number"):
            return None
        token = self.tokens[at]
        if kind == "number":
            return self._day_in_words(at)
        parts = [int(part) for part in re.split("[./-]", token.text)]
        if kind == "iso":
            return _Day(parts[2], parts[1], parts[0], token.start, at + 1)
        if not 1 <= parts[1] <= 12 and kind == "pair" and parts[0] <= 24 and parts[1] not in range(13, 25):
            return None  # "9.00", "10.30": a time
        if kind == "pair":
            year, after = self._year(at + 1)
            return _Day(parts[0], parts[1], year, token.start, after)
        year = parts[2] if parts[2] > 99 else 2000 + parts[2]
        return _Day(parts[0], parts[1], year, token.start, self._after_year_word(at + 1))

    def _day_in_words(self, at: int) -> _Day | None:
        """ "24 December", and "24" where a month follows in "24-26 December" or "24, 25 December"."""
        number, token, look = int(self.tokens[at].text[:4]), self.tokens[at], at + 1
        if self._kind(look) == "to" and self._kind(look + 1) == "word" and self._is_month(look + 2):
            look += 2  # an ending after a hyphen
        if self._is_month(look):
            year, after = self._year(look + 1)
            return _Day(number, self._month(look), year, token.start, after)
        for more in range(_LONGEST_LIST):
            follows = at + 1 + 2 * more
            if self._kind(follows) not in ("to", "gap") or self._kind(follows + 1) != "number":
                return None
            if self._is_month(follows + 2):
                year, _ = self._year(follows + 3)
                return _Day(number, self._month(follows + 2), year, token.start, at + 1)
        return None

    def _names_month(self, at: int) -> bool:
        return self._kind(at) != "number" or self._is_month(at + 1) or self._is_month(at + 3)

    def _is_month(self, at: int) -> bool:
        return self._kind(at) == "word" and self._month(at) > 0

    def _month(self, at: int) -> int:
        """The month by how its name begins, the longest beginning first; 0 where it is none."""
        found = [
            (len(begins), number)
            for number, names in enumerate(words_table()["months"], 1)
            for begins in names
            if self.tokens[at].text.startswith(begins)
        ]
        return max(found)[1] if found else 0

    def _year(self, at: int) -> tuple[int | None, int]:
        """A year if one stands here, and the token after it."""
        if self._kind(at) != "number" or int(self.tokens[at].text[:5]) not in _YEARS:
            return None, at
        if self._kind(at + 1) == "to":
            return None, at  # "2000-2200" are hours
        return int(self.tokens[at].text), self._after_year_word(at + 1)

    def _after_year_word(self, at: int) -> int:
        return at + (self._kind(at) == "word" and self.tokens[at].text in words_table()["year"])

    # ------------------------------------------------------------ the calendar

    def _range(self, first: _Day, last: _Day | None, said: str) -> tuple[date, ...]:
        said = said[:_LONGEST_FRAGMENT]
        if last is None:
            begin = end = self._next(first, said)
        else:
            end = self._next(last, said)
            if last.year is None and first.year is not None:
                end = self._not_before(last, self._of(first, first.year, said), said)
            begin = self._until(first, end, said)
        if end < self.today:
            raise DaysError(DaysProblem.PAST, fragment=said)
        if (end - self.today).days > FURTHEST:
            raise DaysError(DaysProblem.TOO_FAR, fragment=said)
        if not 0 <= (end - begin).days < LONGEST_RANGE:
            raise DaysError(DaysProblem.TOO_LONG, fragment=said, most=LONGEST_RANGE)
        every = (begin + timedelta(days=more) for more in range((end - begin).days + 1))
        return tuple(day for day in every if day >= self.today)

    def _next(self, day: _Day, said: str) -> date:
        """The day of its year, or the next one from today on."""
        if day.year is not None:
            return self._of(day, day.year, said)
        return self._not_before(day, self.today, said)

    def _not_before(self, day: _Day, moment: date, said: str) -> date:
        for year in range(moment.year, moment.year + 9):  # a leap day may be eight years off
            if (found := _calendar(day, year)) is not None and found >= moment:
                return found
        raise DaysError(DaysProblem.NO_SUCH_DAY, fragment=said)

    def _until(self, day: _Day, end: date, said: str) -> date:
        """A range's first day: of its year, or the last one before the range's end."""
        if day.year is not None:
            return self._of(day, day.year, said)
        for year in range(end.year, end.year - 9, -1):
            if (found := _calendar(day, year)) is not None and found <= end:
                return found
        raise DaysError(DaysProblem.NO_SUCH_DAY, fragment=said)

    def _of(self, day: _Day, year: int, said: str) -> date:
        found = _calendar(day, year)
        if found is None:
            raise DaysError(DaysProblem.NO_SUCH_DAY, fragment=said)
        return found

    def _hours(self, part: _Part) -> tuple[Interval, ...]:
        """As `worktime_text` reads them after a day."""
        said = part.hours.strip()
        if not said.strip("-"):
            return ()
        day = part.days[0]
        try:
            week, special = read(f"Mon 00:00-24:00, {day.isoformat()} {said}")
        except HoursError as error:
            if error.kind is not HoursProblem.UNREADABLE and error.facts.get("day") != 0:
                raise
            raise DaysError(DaysProblem.UNREADABLE, fragment=said[:_LONGEST_FRAGMENT]) from None
        if set(special) != {day} or any(week[1:]) or len(week[0]) != 1:
            raise DaysError(DaysProblem.UNREADABLE, fragment=said[:_LONGEST_FRAGMENT])
        return special[day]


def _calendar(day: _Day, year: int) -> date | None:
    try:
        return date(year, day.month, day.number)
    except ValueError:
        return None
