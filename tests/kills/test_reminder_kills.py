"""Killed at every point of claim, send and mark, the product misses no reminder (P7; I5)."""

import random
from pathlib import Path

import pytest

from tests.kills.conftest import say
from tests.kills.due import POINTS, Rounds, acquitted
from tests.kills.lives import Starter, Zygote
from tests.kills.opened import POSTGRES, SEED, world_of


def deaths(times: int, seed: int) -> list[tuple[str, int]]:
    """Every point in turn until there are so many; and at which passing of it."""
    rng = random.Random(seed)
    names = list(POINTS)
    chosen = [(name, rng.choice(POINTS[name])) for name in (names * (times // len(names) + 1))[:times]]
    rng.shuffle(chosen)  # so that each point is met by the first step and by the second
    return chosen


async def kill_on_the_way(
    starter: Starter, place: Path, times: int, *, kind: str = "sqlite", seed: int = SEED
) -> None:
    name = f"{times} kills of reminders, {len(POINTS)} points, {kind}"
    async with world_of(starter, place, kind=kind, seed=seed, load=False) as world:
        rounds = Rounds(world, name)
        await rounds.play(deaths(times, seed))
        tally = await rounds.judged()
        say(tally)
    acquitted(tally, times)


@pytest.mark.timeout(300)
@pytest.mark.case("H13")
async def test_a_kill_at_each_point_of_a_reminders_way_three_times_misses_none(
    zygote: Zygote, tmp_path: Path
) -> None:
    await kill_on_the_way(zygote, tmp_path, 3 * len(POINTS))


@pytest.mark.long
@pytest.mark.timeout(3600)
@pytest.mark.case("H13")
@pytest.mark.parametrize(
    "kind",
    [
        "sqlite",
        pytest.param(
            "postgres", marks=pytest.mark.skipif(POSTGRES is None, reason="needs TEST_POSTGRES_URL")
        ),
    ],
)
async def test_two_hundred_kills_on_a_reminders_way_miss_none(
    zygote: Zygote, tmp_path: Path, kind: str
) -> None:
    await kill_on_the_way(zygote, tmp_path, 200, kind=kind, seed=SEED + 1)
