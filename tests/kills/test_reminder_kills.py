"""Killed at every point of claim, send and mark, the product misses no reminder (P7; I5)."""

import itertools
import random
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.kills.conftest import say
from tests.kills.due import POINTS, Rounds, acquitted
from tests.kills.lives import Starter, Zygote
from tests.kills.opened import POSTGRES, SEED, world_of

SELLERS = 3
"""Whom a reminder rings: as many messages may be out and not noted when a kill strikes at the mark."""
STAGES = {
    "claim": ("deadlines.before_claim", "deadlines.claimed", "db.before_commit", "db.committed"),
    "send": ("outbox.claimed", "telegram.before_send", "telegram.sent"),
    "mark": ("outbox.sent", "outbox.settled"),
    "all": tuple(POINTS),
}


def deaths(times: int, seed: int, points: Sequence[str]) -> list[tuple[str, int]]:
    """Every point in turn until there are so many; and at which passing of it."""
    rng = random.Random(seed)
    turns = itertools.islice(itertools.cycle(points), times)
    chosen = [(name, rng.choice(POINTS[name])) for name in turns]
    rng.shuffle(chosen)  # so that each point is met by the first step and by the second
    return chosen


async def kill_on_the_way(
    starter: Starter,
    place: Path,
    times: int,
    *,
    stage: str = "all",
    kind: str = "sqlite",
    seed: int = SEED,
) -> None:
    name = f"{times} kills of reminders at {stage}, {len(STAGES[stage])} points, {kind}"
    async with world_of(starter, place, kind=kind, seed=seed, load=False) as world:
        rounds = Rounds(world, name)
        await rounds.play(deaths(times, seed, STAGES[stage]))
        tally = await rounds.judged()
        say(tally)
    acquitted(tally, times, unmarked_sends=SELLERS if stage == "mark" else 1)


def test_the_stages_are_all_there_is_on_the_way() -> None:
    assert sorted(STAGES["claim"] + STAGES["send"] + STAGES["mark"]) == sorted(POINTS)


@pytest.mark.case("H13")
async def test_a_kill_at_each_point_of_a_reminders_way_three_times_misses_none(
    zygote: Zygote, tmp_path: Path
) -> None:
    await kill_on_the_way(zygote, tmp_path, 3 * len(POINTS))


@pytest.mark.long
@pytest.mark.timeout(3600)
@pytest.mark.case("H13")
@pytest.mark.parametrize(
    ("stage", "kind"),
    [
        *((stage, "sqlite") for stage in ("claim", "send", "mark")),
        pytest.param(
            "all", "postgres", marks=pytest.mark.skipif(POSTGRES is None, reason="needs TEST_POSTGRES_URL")
        ),
    ],
)
async def test_two_hundred_kills_at_each_stage_of_a_reminders_way_miss_none(
    zygote: Zygote, tmp_path: Path, stage: str, kind: str
) -> None:
    await kill_on_the_way(zygote, tmp_path, 200, stage=stage, kind=kind, seed=SEED + 1)
