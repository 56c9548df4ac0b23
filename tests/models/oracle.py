"""Working time by walking: every minute is looked at, one after the other, beside a clock on the wall.

Slow and plain on purpose, without a line of `models`. A minute is open if there is an interval, begun on
some local day, whose opening the clock has shown by now, while it shows less than the closing or is going
to show the closing or less again: clocks that go back do not close a shop that is not through yet.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from itertools import accumulate
from zoneinfo import ZoneInfo

Hours = Sequence[tuple[int, int]]  # minutes after midnight
DAY = 24 * 60


@dataclass(frozen=True)
class Clock:
    """What a clock on the wall shows at each minute, as minutes since 1970 in its own time."""

    first: int  # minutes since 1970 in UTC
    shows: list[int]
    reached: list[int]  # the most that it has shown by then
    ahead: list[int]  # the least that it will show from the next minute on


@lru_cache(maxsize=32)
def clock(zone: str, begin: datetime, days: int) -> Clock:
    first = int(begin.timestamp()) // 60
    place, epoch, minute = ZoneInfo(zone), datetime(1970, 1, 1), timedelta(minutes=1)  # noqa: DTZ001
    shows = [
        (datetime.fromtimestamp(60 * at, place).replace(tzinfo=None) - epoch) // minute
        for at in range(first, first + days * DAY + 1)
    ]
    ahead = list(accumulate(reversed(shows[1:]), min))[::-1]
    return Clock(first, shows[:-1], list(accumulate(shows[:-1], max)), ahead)


class Walked:
    """A shop's minutes within a few days, and what can be read off them."""

    def __init__(self, clock: Clock, is_open: Sequence[bool]) -> None:
        self.clock = clock
        self.open = list(is_open)
        self.first, self.last = 60 * clock.first, 60 * (clock.first + len(self.open))  # epoch seconds

    @classmethod
    def shop(cls, clock: Clock, week: Sequence[Hours], special: Mapping[date, Hours]) -> "Walked":
        hours: dict[int, list[tuple[int, int]]] = {}  # by local day: the intervals that may be on then
        for day in range(min(clock.shows) // DAY - 3, max(clock.reached) // DAY + 2):
            on = date(1970, 1, 1) + timedelta(days=day)
            for start, end in special.get(on, week[on.weekday()]):
                for near in range(day - 1, day + 4):
                    hours.setdefault(near, []).append((day * DAY + start, day * DAY + end))
        nothing: list[tuple[int, int]] = []
        minutes = []
        for shown, reached, ahead in zip(clock.shows, clock.reached, clock.ahead, strict=True):
            for start, end in hours.get(shown // DAY, nothing):
                if start <= reached and (shown < end or ahead <= end):
                    minutes.append(True)
                    break
            else:
                minutes.append(False)
        return cls(clock, minutes)

    def without(self, other: "Walked") -> "Walked":
        return Walked(self.clock, [a and not b for a, b in zip(self.open, other.open, strict=True)])

    def within(self, other: "Walked") -> "Walked":
        return Walked(self.clock, [a and b for a, b in zip(self.open, other.open, strict=True)])

    def is_open(self, at: int) -> bool:
        return self.open[(at - self.first) // 60]

    def turns(self) -> list[int]:
        """The moments at which the shop opens or closes."""
        return [self.first + 60 * at for at in range(1, len(self.open)) if self.open[at] != self.open[at - 1]]

    def elapsed(self, start: int, end: int) -> int:
        total = 0
        for at in range((start - self.first) // 60, (end - self.first + 59) // 60):
            if self.open[at]:
                begins = self.first + 60 * at
                total += min(end, begins + 60) - max(start, begins)
        return total

    def add(self, moment: int, amount: int) -> int | None:
        """None: not within the days that were walked."""
        for at in range((moment - self.first) // 60, len(self.open)):
            if self.open[at]:
                begins = max(moment, self.first + 60 * at)
                here = self.first + 60 * at + 60 - begins
                if amount <= here:
                    return begins + amount
                amount -= here
        return None

    def closes(self, moment: int) -> int | None:
        """None: closed, or open to the end of the days that were walked."""
        if self.is_open(moment):
            for at in range((moment - self.first) // 60, len(self.open)):
                if not self.open[at]:
                    return self.first + 60 * at
        return None


def moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
