"""A moment to come as people type it: "tomorrow 16:00", "10.03", "on Monday at 9", "in 2 hours" (G22, R18).

The words (in Ukrainian, Russian and English) are data: `moment_words.toml`. What is not wholly understood is
refused: a waybill's number or a plain "yes" is no date, and a wrong promise is worse than one more question.
Standard library only. (dateparser 1.5 was tried: it reads "10.03" as 10:03 and drops the hour of "today 18".)
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple
from zoneinfo import ZoneInfo

from models.worktime import WorkSchedule

FURTHEST = timedelta(days=60)
_LONGEST = 60  # characters
_LONGEST_PHRASE = 3  # words
_DAY = timedelta(days=1)


class MomentProblem(StrEnum):
    """Why a moment is not taken: a key of the words."""

    UNREADABLE = "bad_moment"
    PAST = "moment_past"
    FAR = "moment_far"
    NEVER_OPEN = "never_opens"


class MomentError(ValueError):
    def __init__(self, kind: MomentProblem) -> None:
        super().__init__(kind)
        self.kind = kind


@dataclass(frozen=True, slots=True)
class Meant:
    """The moment, in UTC. `closed_on`: the day that was named, where the shop is closed on it, or for the rest of
    it, and the moment is therefore its next opening."""

    at: datetime
    closed_on: date | None = None


def read_moment(text: str, now: datetime, shop: WorkSchedule) -> Meant:
    """What a person meant by it at `now`, in the shop's zone. Raises MomentError.

    A day without a time is the shop's opening on it (of today: now, if it is open); a time without a day is its
    next. A time that clocks jump over is the instant of the jump, one that they repeat the first.
    """
    said = _Reader(text, now.astimezone(ZoneInfo(shop.zone)).date()).read()
    meant = _resolved(said, now, shop)
    if meant.at < now.replace(second=0, microsecond=0):
        raise MomentError(MomentProblem.PAST)
    if meant.at > now + FURTHEST:
        raise MomentError(MomentProblem.FAR)
    return meant


class _Said(NamedTuple):
    day: date | None
    minutes: int | None
    after: timedelta | None
    today: date


def _resolved(said: _Said, now: datetime, shop: WorkSchedule) -> Meant:
    if said.after is not None:
        return Meant(now + said.after)
    if said.day is None:
        assert said.minutes is not None
        at = shop.at(said.today, said.minutes)
        return Meant(at if at > now else shop.at(said.today + _DAY, said.minutes))
    if said.day < said.today:
        raise MomentError(MomentProblem.PAST)
    if said.day - said.today > FURTHEST + _DAY:
        raise MomentError(MomentProblem.FAR)
    if said.minutes is not None:
        return Meant(shop.at(said.day, said.minutes))
    return _opening(said.day, said.today, now, shop)


def _opening(day: date, today: date, now: datetime, shop: WorkSchedule) -> Meant:
    if day == today:
        opening = shop.next_open(now)
    elif spans := shop.spans_on(day):
        return Meant(datetime.fromtimestamp(spans[0][0], now.tzinfo))
    else:
        opening = shop.next_open(shop.at(day, 0))
    if opening is None:
        raise MomentError(MomentProblem.NEVER_OPEN)
    its_day = opening.astimezone(ZoneInfo(shop.zone)).date()
    return Meant(opening, day if its_day != day else None)


# ---------------------------------------------------------------- reading

_APOSTROPHES = "\u2019\u02bc\u2018`\u00b4\u2032"
_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2212"
_PLAIN = str.maketrans(_APOSTROPHES + _DASHES, "'" * len(_APOSTROPHES) + "-" * len(_DASHES))
_TOKEN = re.compile(
    r"""(?P<iso>[0-9]{4}-[0-9]{2}-[0-9]{2}(?![0-9]))
      | (?P<clock>[0-9]{1,2}[:-][0-9]{2}(?![0-9]))
      | (?P<dotted>[0-9]{1,2}[./][0-9]{1,2}(?:[./](?:20[0-9]{2}|[0-9]{2}))?(?![0-9]))
      | (?P<number>[0-9]+)
      | (?P<word>[^\W\d_]+(?:'[^\W\d_]+)*)
      | (?P<gap>[\s,;.]+)
      | (?P<other>.)""",
    re.VERBOSE | re.DOTALL,
)


class _Vocabulary(NamedTuple):
    words: Mapping[str, tuple[str, int]]  # kind and number, beside a clock or a date
    spans: Mapping[str, timedelta]  # after "in"
    lookalikes: Mapping[int, int]  # letters of one alphabet typed for those of the other


@lru_cache(maxsize=1)
def _vocabulary() -> _Vocabulary:
    table = tomllib.loads(files("models").joinpath("moment_words.toml").read_text("utf-8"))
    shared = tomllib.loads(files("models").joinpath("worktime_words.toml").read_text("utf-8"))
    lookalikes = str.maketrans(*shared["lookalikes"])
    amounts = {
        "minute": timedelta(minutes=1),
        "half_hour": timedelta(minutes=30),
        "hour": timedelta(hours=1),
        "hour_and_half": timedelta(minutes=90),
        "day": _DAY,
        "week": 7 * _DAY,
    }
    spans = {
        name.translate(lookalikes): amount for kind, amount in amounts.items() for name in table.pop(kind)
    }
    words: dict[str, tuple[str, int]] = {}
    for kind, lists in (("weekday", shared["days"]), ("month", table.pop("months"))):
        for number, names in enumerate(lists):
            words |= dict.fromkeys(names, (kind, number))
    for number, kind in enumerate(("today", "tomorrow", "after_tomorrow")):
        words |= dict.fromkeys(table.pop(kind), ("day", number))
    for kind, names in table.items():
        words |= dict.fromkeys(names, (kind, 0))
    return _Vocabulary({name.translate(lookalikes): word for name, word in words.items()}, spans, lookalikes)


class _Reader:
    """Goes through the words once; whatever has no place where it stands is unreadable."""

    def __init__(self, text: str, today: date) -> None:
        if len(text) > _LONGEST:
            raise self._unreadable()
        self.today = today
        self.left = [
            (str(match.lastgroup), match[0])
            for match in _TOKEN.finditer(text.translate(_PLAIN).lower().strip())
            if match.lastgroup != "gap"
        ]
        self.day: date | None = None
        self.minutes: int | None = None
        self.after: timedelta | None = None
        self.bare = False  # an hour that nothing says is one, unless a day stands beside it

    def read(self) -> _Said:
        before = ""
        while self.left:
            before = self._take(before)
        if self.after is not None and (self.day is not None or self.minutes is not None):
            raise self._unreadable()
        nothing = self.after is None and self.day is None and self.minutes is None
        if nothing or (self.bare and self.day is None):
            raise self._unreadable()
        return _Said(self.day, self.minutes, self.after, self.today)

    def _take(self, before: str) -> str:
        """Reads the next piece; returns its kind, for the one after it."""
        kind, text = self.left.pop(0)
        match kind:
            case "iso":
                self._on(self._date(*map(int, text.split("-"))))
            case "clock":
                self._clock(*map(int, re.split("[:-]", text)))
            case "dotted":
                self._dotted(text, at=before == "at")
            case "number":
                return self._number(text, before)
            case "word":
                return self._word(text)
            case _:
                raise self._unreadable()
        return kind

    def _word(self, first: str) -> str:
        kind, number = self._phrase(first)
        match kind:
            case "day":
                self._on(self.today + number * _DAY)
            case "weekday":
                self._on(self.today + ((number - self.today.weekday() - 1) % 7 + 1) * _DAY)
            case "next":
                word = self._phrase(self._next_word())
                if word[0] != "weekday":
                    raise self._unreadable()
                self._on(self.today + (7 - self.today.weekday() + word[1]) * _DAY)
            case "now":
                self._in(timedelta())
            case "in":
                self._amounts()
            case "at" | "perhaps_at" | "noise":
                pass
            case "morning" | "evening" | "oclock" if self.minutes is not None:
                self._half_of_day(kind)
            case _:  # a month without its day among them
                raise self._unreadable()
        return kind

    def _number(self, text: str, before: str) -> str:
        following = self._peek()
        if len(text) > 2:
            raise self._unreadable()
        if following == "month":
            _, month = self._phrase(self._next_word())
            year = (
                int(self.left.pop(0)[1])
                if self.left and re.fullmatch("20[0-9]{2}", self.left[0][1])
                else None
            )
            self._on(
                self._nearest(month + 1, int(text))
                if year is None
                else self._date(year, month + 1, int(text))
            )
            return "month"
        if before == "hour" and self.minutes is not None and len(text) == 2 and int(text) < 60:
            self.minutes += int(text)  # "16 30"
            return "number"
        self.bare = before not in ("at", "perhaps_at") and following not in ("oclock", "morning", "evening")
        self._clock(int(text), 0)
        return "hour"

    def _dotted(self, text: str, *, at: bool) -> None:
        """ "10.03" is a date, "18.30" a time; after "at", or where the day was told, any is a time."""
        first, second, *year = map(int, re.split("[./]", text))
        if year:
            self._on(self._date(year[0] if year[0] > 99 else 2000 + year[0], second, first))
        elif at or self.day is not None or second > 12 or not second:
            self._clock(first, second if len(text.rpartition(".")[2]) == 2 else 60)
        else:
            self._on(self._nearest(second, first))

    def _amounts(self) -> None:
        """ "2 hours", "an hour", "2 hours 30 minutes"; days are counted by the calendar, so that an hour may follow."""
        total = timedelta()
        found = False
        while self.left and self.left[0][0] in ("number", "word"):
            many = 1
            kind, text = self.left[0]
            if kind == "number" and len(text) <= 3:
                unit, many = self._span(1), int(text)
            else:
                unit = self._span(0)
            if unit is None:
                break
            del self.left[: unit[0] + (kind == "number")]
            total += unit[1] * many
            found = True
        if not found:
            raise self._unreadable()
        if total % _DAY:
            self._in(total)
        else:
            self._on(self.today + total)

    def _span(self, at: int) -> tuple[int, timedelta] | None:
        """How many words a unit takes there, and the unit."""
        for length in range(_LONGEST_PHRASE, 0, -1):
            if amount := _vocabulary().spans.get(self._joined(at, length)):
                return length, amount
        return None

    def _joined(self, at: int, length: int) -> str:
        found = self.left[at : at + length]
        if len(found) < length or any(kind != "word" for kind, _ in found):
            return ""
        words = " ".join(text.replace("'", "") for _, text in found)
        return words.translate(_vocabulary().lookalikes)

    def _phrase(self, first: str) -> tuple[str, int]:
        """The kind and number of the longest phrase that begins with the word taken last."""
        self.left.insert(0, ("word", first))
        for length in range(_LONGEST_PHRASE, 0, -1):
            if known := _vocabulary().words.get(self._joined(0, length)):
                del self.left[:length]
                return known
        raise self._unreadable()

    def _peek(self) -> str:
        known = _vocabulary().words.get(self._joined(0, 1))
        return known[0] if known else ""

    def _next_word(self) -> str:
        if not self.left or self.left[0][0] != "word":
            raise self._unreadable()
        return self.left.pop(0)[1]

    def _on(self, day: date) -> None:
        if self.day is not None:
            raise self._unreadable()
        self.day = day

    def _in(self, after: timedelta) -> None:
        if self.after is not None:
            raise self._unreadable()
        self.after = after

    def _clock(self, hour: int, minute: int) -> None:
        if self.minutes is not None or hour > 23 or minute > 59:
            raise self._unreadable()
        self.minutes = hour * 60 + minute

    def _half_of_day(self, kind: str) -> None:
        assert self.minutes is not None
        hour = self.minutes // 60
        if kind == "evening" and hour < 12:
            self.minutes += 12 * 60
        elif kind == "morning" and hour == 12:
            self.minutes -= 12 * 60
        elif kind == "morning" and hour > 12:
            raise self._unreadable()

    def _date(self, year: int, month: int, number: int) -> date:
        try:
            return date(year, month, number)
        except ValueError:
            raise self._unreadable() from None

    def _nearest(self, month: int, number: int) -> date:
        """This year's; next year's where this one's is over and that one is near enough to be meant."""
        coming = list(self._years(month, number))
        if not coming:
            raise self._unreadable()
        near = [day for day in coming if timedelta() <= day - self.today <= FURTHEST]
        return (near or coming)[0]

    def _years(self, month: int, number: int) -> Iterator[date]:
        for year in (self.today.year, self.today.year + 1):
            try:
                yield date(year, month, number)
            except ValueError:
                continue

    @staticmethod
    def _unreadable() -> MomentError:
        return MomentError(MomentProblem.UNREADABLE)
