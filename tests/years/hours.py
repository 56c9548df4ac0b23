"""A year of a shop's minutes: walked once beside the clock on the wall (`tests.models.oracle`), then looked up.

Without a line of `models`. All moments are whole microseconds since 1970.
"""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cached_property, lru_cache
from itertools import accumulate

from tests.models.oracle import Clock, Hours, Walked, clock

SECOND = 1_000_000
MINUTE, HOUR, DAY = 60 * SECOND, 3600 * SECOND, 86_400 * SECOND
BEGIN = datetime(2025, 12, 20, tzinfo=UTC)
DAYS = 420
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def at(moment: datetime) -> int:
    return (moment - _EPOCH) // _MICROSECOND


def when(moment: int) -> datetime:
    return _EPOCH + timedelta(0, moment // SECOND, moment % SECOND)


class Minutes:
    """What is open, with the sum of the open minutes before each minute. None: beyond what was walked."""

    def __init__(self, walked: Walked) -> None:
        self.walked = walked
        self._first = walked.first * SECOND
        self._open = bytes(walked.open)
        self._sums = array("i", accumulate(self._open, initial=0))

    def is_open(self, moment: int) -> bool:
        return bool(self._open[(moment - self._first) // MINUTE])

    def before(self, moment: int) -> int:
        """Open time from the first minute on until a moment."""
        minute, rest = divmod(moment - self._first, MINUTE)
        return self._sums[minute] * MINUTE + (rest if self._open[minute] else 0)

    def elapsed(self, start: int, end: int) -> int:
        return self.before(end) - self.before(start)

    def after(self, start: int, amount: int) -> int | None:
        """The first moment with so much more open time before it; of none at all, the next open one."""
        if amount == 0:
            return self.opening(start)
        wanted = self.before(start) + amount
        minute = bisect_left(self._sums, -(-wanted // MINUTE))
        if minute == len(self._sums):
            return None
        return self._first + minute * MINUTE - (self._sums[minute] * MINUTE - wanted)

    def opening(self, moment: int) -> int | None:
        minute = (moment - self._first) // MINUTE
        if self._open[minute]:
            return moment
        following = bisect_right(self._sums, self._sums[minute], minute) - 1
        return self._first + following * MINUTE if following < len(self._open) else None

    def closing(self, moment: int) -> int | None:
        """None: closed, or open to the end."""
        minute = (moment - self._first) // MINUTE
        if not self._open[minute]:
            return None
        closed = minute - self._sums[minute]
        following = bisect_right(
            range(len(self._sums)), closed, lo=minute, key=lambda one: one - self._sums[one]
        )
        return self._first + (following - 1) * MINUTE if following <= len(self._open) else None


@lru_cache(maxsize=8)
def _walk(zone: str) -> Clock:
    return clock(zone, BEGIN, DAYS)


_WEEKDAY, _DAY_OFF = [(9 * 60, 21 * 60)], [(10 * 60, 20 * 60)]
_WHOLE: Hours = [(0, 1440)]


@dataclass(frozen=True, eq=False)
class ShopHours:
    """Hours as somebody chose them: a zone, a week, and the days that are otherwise."""

    zone: str
    week: Sequence[Hours]
    special: Mapping[date, Hours]

    @cached_property
    def shop(self) -> Minutes:
        return Minutes(Walked.shop(_walk(self.zone), self.week, self.special))

    @cached_property
    def buyer(self) -> Minutes:
        """R35 R36: 9-21, on weekends and the shop's days off 10-20."""
        off = {day: _DAY_OFF for day, hours in self.special.items() if not hours}
        return Minutes(Walked.shop(_walk(self.zone), [_WEEKDAY] * 5 + [_DAY_OFF] * 2, off))

    @cached_property
    def calling(self) -> Minutes:
        return Minutes(self.shop.walked.within(self.buyer.walked))

    @cached_property
    def days(self) -> Minutes:
        """All of each day on which it opens at all (1.8.10)."""
        whole = [_WHOLE if hours else [] for hours in self.week]
        return Minutes(
            Walked.shop(
                _walk(self.zone), whole, {day: _WHOLE if hours else [] for day, hours in self.special.items()}
            )
        )
