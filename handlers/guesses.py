"""Who tries links at random: after ten misses within an hour nothing is looked up for an hour (D2)."""

from collections import OrderedDict
from datetime import datetime, timedelta

from models.base import Clock

MISSES = 10
HOUR = timedelta(hours=1)
PEOPLE = 10_000
"""Remembered at most; the one whose last miss is longest ago is forgotten first (L2)."""


class Guesses:
    """In memory only: a restart forgives."""

    def __init__(self, clock: Clock, *, people: int = PEOPLE) -> None:
        self._clock = clock
        self._people = people
        self._misses: OrderedDict[int, list[datetime]] = OrderedDict()

    def muted(self, person: int) -> bool:
        """Ten misses lay within one hour, and the last of them is not an hour ago."""
        misses = self._misses.get(person, [])
        return len(misses) == MISSES and self._clock() - misses[-1] < HOUR

    def missed(self, person: int) -> None:
        if self.muted(person):
            return
        now = self._clock()
        recent = [at for at in self._misses.pop(person, []) if now - at < HOUR]
        self._misses[person] = [*recent, now][-MISSES:]
        if len(self._misses) > self._people:
            self._misses.popitem(last=False)
