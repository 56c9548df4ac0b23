"""The metronome: a handful of ticks over callables that the app hands in. It owns no reminder (house 1.9)."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from models.errors import Busy

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Tick:
    """Something to do every so many seconds; safe to do twice, and to do late."""

    name: str
    seconds: float
    do: Callable[[], Awaitable[object]]


class Ticks:
    """APScheduler with its memory store, in UTC; a tick that is late or still running is done once, not made up."""

    def __init__(self, ticks: Sequence[Tick]) -> None:
        self._scheduler = AsyncIOScheduler(
            timezone="UTC", job_defaults={"coalesce": True, "misfire_grace_time": None, "max_instances": 1}
        )
        self._ticks = ticks
        for tick in ticks:
            self._scheduler.add_job(
                _until_stopped, "interval", args=(tick,), seconds=tick.seconds, id=tick.name, name=tick.name
            )

    def start(self) -> None:
        """Each at once, and then at its interval: what fell due while nobody ran does not wait for it."""
        for tick in self._ticks:
            self._scheduler.add_job(_until_stopped, args=(tick,), name=f"{tick.name}: first")
        self._scheduler.start()

    def stop(self) -> None:
        self._scheduler.shutdown(wait=False)


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
