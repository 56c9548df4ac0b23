"""The metronome against a machine's wall clock that jumps, and a loop that stands still (H11; promises 3.6).

The wall clock leaps for everything that asks for it, APScheduler included, while the loop's own clock goes on.
Seconds stand for what takes fifteen of them in life.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from scheduler.ticks import Tick, Ticks
from tests.conversation.hands import calm, taken_in, told
from tests.stage import Stage

SECONDS = 0.5
JUMPS = {
    "an hour back": timedelta(hours=-1),
    "a day back": timedelta(days=-1),
    "an hour forward": timedelta(hours=1),
    "from the day a board without a battery wakes up on": timedelta(days=20_000),
}


@asynccontextmanager
async def ticking(do: Callable[[], Awaitable[object]]) -> AsyncIterator[None]:
    ticks = Ticks([Tick("test", SECONDS, do)])
    ticks.start()
    try:
        yield
    finally:
        ticks.stop()


async def several(ticks: list[float], count: int) -> None:
    """Until there were so many; a metronome that stands still is a test that ends here."""
    async with asyncio.timeout(20):
        while len(ticks) < count:  # noqa: ASYNC110
            await asyncio.sleep(0.05)


@asynccontextmanager
async def travelling() -> AsyncIterator[time_machine.Traveller]:
    """The machine's wall clock, to be set; it goes on by itself."""
    with time_machine.travel(datetime(2026, 3, 2, 8, tzinfo=UTC), tick=True) as machine:
        yield machine


@pytest.mark.parametrize("jump", JUMPS.values(), ids=JUMPS.keys())
async def test_a_jump_of_the_wall_clock_neither_doubles_nor_drops_a_tick(jump: timedelta) -> None:
    at: list[float] = []

    async def note() -> None:
        at.append(time.monotonic())

    async with travelling() as machine, ticking(note):
        await several(at, 2)
        before, jumped = len(at), time.monotonic()
        machine.shift(jump)
        await several(at, before + 3)
        took = time.monotonic() - jumped
    assert len(at) - before <= took / SECONDS + 2, "made up for what the clock leapt over"


async def test_a_stalled_loop_makes_up_for_nothing_and_goes_on() -> None:
    at: list[float] = []

    async def note() -> None:
        at.append(time.monotonic())

    async with ticking(note):
        await several(at, 2)
        time.sleep(4 * SECONDS)
        before, stalled = len(at), time.monotonic()
        await asyncio.sleep(SECONDS)
        await several(at, before + 1)
        took = time.monotonic() - stalled
    assert len(at) - before <= took / SECONDS + 2, "made up for what it slept through"


DUE = {
    "an hour back": timedelta(hours=-1),
    "a day back": timedelta(days=-1),
    "an hour forward": timedelta(hours=1),
}


@pytest.mark.case("H11")
@pytest.mark.parametrize("jump", [*DUE.values(), None], ids=[*DUE.keys(), "the loop stalls"])
async def test_what_is_due_is_told_once_whatever_the_machines_clock_does(
    stage: Stage, jump: timedelta | None
) -> None:
    number = await taken_in(stage)
    async with travelling() as machine, ticking(stage.app.orders.remind_due):
        await asyncio.sleep(0.6 * SECONDS)
        if jump is None:
            time.sleep(2 * SECONDS)  # thirty seconds are two intervals
        else:
            machine.shift(jump)
        stage.clock.goes(minutes=90)
        async with asyncio.timeout(20):
            while await told(stage, number, "untouched") != [("sent", None)]:  # noqa: ASYNC110
                await asyncio.sleep(0.1)
        await asyncio.sleep(3 * SECONDS)
    await calm(stage)
    assert await told(stage, number, "untouched") == [("sent", None)]
