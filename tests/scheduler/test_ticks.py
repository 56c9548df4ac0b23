"""The metronome against a machine's wall clock that jumps, and a loop that stands still (H11; promises 3.6).

The wall clock leaps for everything that asks for it, APScheduler included, while the loop's own clock goes on.
Seconds stand for what takes fifteen of them in life.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from itertools import pairwise

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
        await asyncio.sleep(1.5 * SECONDS)
        before = len(at)
        machine.shift(jump)
        jumped = time.monotonic()
        await asyncio.sleep(4 * SECONDS)
    assert before in (2, 3), "at once, and at each interval"
    after = at[before:]
    assert after, "no tick any more"
    assert after[0] - jumped <= 2 * SECONDS
    gaps = [later - sooner for sooner, later in pairwise(at)]
    assert max(gaps) <= 2.2 * SECONDS, gaps
    assert len(after) <= 5, "made up for what the clock leapt over"


async def test_a_stalled_loop_makes_up_for_nothing_and_goes_on() -> None:
    at: list[float] = []

    async def note() -> None:
        at.append(time.monotonic())

    async with ticking(note):
        await asyncio.sleep(1.5 * SECONDS)
        time.sleep(4 * SECONDS)
        stalled = len(at), time.monotonic()
        await asyncio.sleep(2.2 * SECONDS)
    after = at[stalled[0] :]
    assert after[0] - stalled[1] <= SECONDS
    assert len(after) in (2, 3), after


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
        await asyncio.sleep(3 * SECONDS)
        await calm(stage)
        assert await told(stage, number, "untouched") == [("sent", None)]
        await asyncio.sleep(2 * SECONDS)
    await calm(stage)
    assert await told(stage, number, "untouched") == [("sent", None)]
