"""The metronome: a handful of ticks over callables that the app hands in. It owns no reminder (house 1.9)."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.base import BaseTrigger

from models.errors import Busy

log = structlog.get_logger(__name__)

LOOK = 5.0
"""Seconds between two looks at the wall clock, at most."""
SLACK = 2.0
"""Seconds by which a clock that is merely corrected may delay a tick."""


@dataclass(frozen=True, slots=True)
class Tick:
    """Something to do every so many seconds; safe to do twice, and to do late."""

    name: str
    seconds: float
    do: Callable[[], Awaitable[object]]


class Ticks:
    """APScheduler with its memory store, in UTC; a tick that is late or still running is done once, not made up.

    APScheduler knows wall time alone: a clock that is set back an hour would silence it for that hour. So we
    compare it with the loop's own clock, which nobody sets.
    """

    def __init__(self, ticks: Sequence[Tick]) -> None:
        self._scheduler = AsyncIOScheduler(
            timezone="UTC", job_defaults={"coalesce": True, "misfire_grace_time": None, "max_instances": 1}
        )
        self._ticks = ticks
        self._every = min([LOOK, *(tick.seconds for tick in ticks)])
        self._apart = 0.0
        self._look: asyncio.TimerHandle | None = None
        for tick in ticks:
            self._scheduler.add_job(
                _until_stopped, _Every(tick.seconds), args=(tick,), id=tick.name, name=tick.name
            )

    def start(self) -> None:
        """Each at once, and then at its interval: what fell due while nobody ran does not wait for it."""
        self._scheduler.start()
        self._apart = self._wall_from_loop()
        self._look_later()

    def stop(self) -> None:
        if self._look is not None:
            self._look.cancel()
        self._scheduler.shutdown(wait=False)

    def _look_later(self) -> None:
        self._look = asyncio.get_running_loop().call_later(self._every, self._look_at_the_clock)

    def _look_at_the_clock(self) -> None:
        """Where the wall clock was set, the ticks move along with it."""
        jump = self._wall_from_loop() - self._apart
        if abs(jump) > SLACK:
            log.warning("clock_was_set", seconds=round(jump))
            self._apart += jump
            for tick in self._ticks:
                self._move(tick, timedelta(seconds=jump))
        self._look_later()

    def _move(self, tick: Tick, jump: timedelta) -> None:
        now = datetime.fromtimestamp(time.time(), UTC)
        moved = self._scheduler.get_job(tick.name).next_run_time + jump
        latest = now + timedelta(seconds=tick.seconds)  # the jump may have woken it already
        self._scheduler.modify_job(tick.name, next_run_time=max(now, min(moved, latest)))

    @staticmethod
    def _wall_from_loop() -> float:
        return time.time() - asyncio.get_running_loop().time()


class _Every(BaseTrigger):  # type: ignore[misc]
    """At once, and then so many seconds after it was done last. APScheduler's own interval counts from the moment
    at which it was to be done, and goes through all that a jump of the clock leapt over, one by one."""

    def __init__(self, seconds: float) -> None:
        self._interval = timedelta(seconds=seconds)

    def get_next_fire_time(self, previous: datetime | None, now: datetime) -> datetime:
        return now if previous is None else now + self._interval


async def _until_stopped(tick: Tick) -> None:
    """Stopping ends a tick that runs; APScheduler would tell of that as of an error."""
    try:
        await guarded(tick)
    except asyncio.CancelledError:
        log.info("tick_stopped", tick=tick.name)


async def guarded(tick: Tick) -> None:
    """One tick; its failure is told and the next one comes all the same."""
    try:
        await tick.do()
    except Busy:
        log.warning("tick_skipped", tick=tick.name, reason="database busy")
    except Exception:
        log.exception("tick_failed", tick=tick.name)
