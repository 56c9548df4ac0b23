"""Killed a hundred times at random and at every named point, the product loses nothing (P1 to P5, P8; I1 to I8).

The product runs in processes of its own; the site, the people and their Telegram live here. `make test-long`
kills a thousand times and passes every point three times.
"""

import asyncio
import signal
import time
from pathlib import Path

import pytest

from tests.kills.conftest import say
from tests.kills.judge import Figures, by_morning, judge, leased_cards, quiet
from tests.kills.lives import Command, Starter, Zygote
from tests.kills.opened import POSTGRES, SEED, world_of
from tests.kills.points import ONCE_A_LIFE, PREPARED, points_of
from tests.kills.world import World, new_world

UNREACHED = 25.0
"""Seconds after which a point that was not passed counts as never passed."""


async def kill_at_random(world: World, times: int) -> None:
    """A third while it starts, the rest at work."""
    for _ in range(times):
        if world.life is None or world.life.over:
            await world.starts_one()
        if world.rng.random() < 0.3:
            await asyncio.sleep(world.rng.uniform(0.0, 0.4))
        else:
            await world.answers_at_all()
            await asyncio.sleep(world.rng.uniform(0.0, 0.8))
        status = await world.kills_it()
        assert status == -signal.SIGKILL, f"it ended by itself with {status}: see {world.log}"


async def settled(world: World, name: str, began: float, *, by: int = signal.SIGKILL) -> Figures:
    """No more faults, no more orders; what was begun is seen through, and six minutes later all is quiet: what
    waited for the end of an undo, or for the next try, has gone."""
    world.fake.faults.clear()
    if world.life is None or world.life.over:
        await world.starts_one()
    await world.unload()
    await world.kills_it(by)
    world.leaps(minutes=6)
    await world.starts_one()
    await world.answers_at_all()
    await quiet(world)
    figures = await judge(world, name, began)
    say(figures)
    return figures


def acquitted(figures: Figures) -> None:
    assert figures.wrong == [], f"{figures}\n" + "\n".join(figures.wrong)
    assert figures.lost_orders == figures.unheard == figures.lost_updates == figures.unmarked == 0


async def random_kills(
    starter: Starter,
    place: Path,
    name: str,
    times: int,
    *,
    kind: str = "sqlite",
    storm: bool = False,
    webhook: bool = False,
    seed: int = SEED,
) -> None:
    began = time.monotonic()
    async with world_of(starter, place, kind=kind, webhook=webhook, seed=seed) as world:
        if storm:
            world.storms(seed)
        await kill_at_random(world, times)
        figures = await settled(world, name, began)
    acquitted(figures)


@pytest.mark.case("B10", "A6", "A7", "A8")
async def test_seventy_kills_at_random_lose_nothing(zygote: Zygote, tmp_path: Path) -> None:
    await random_kills(zygote, tmp_path, "70 kills", 70)


@pytest.mark.case("B10", "F1")
async def test_twenty_kills_in_a_storm_of_faults_lose_nothing(zygote: Zygote, tmp_path: Path) -> None:
    await random_kills(zygote, tmp_path, "20 kills and faults", 20, storm=True)


@pytest.mark.case("B10")
async def test_ten_kills_of_one_that_receives_by_webhook_lose_nothing(zygote: Zygote, tmp_path: Path) -> None:
    await random_kills(zygote, tmp_path, "10 kills, webhook", 10, webhook=True)


@pytest.mark.skipif(POSTGRES is None, reason="needs TEST_POSTGRES_URL")
async def test_twenty_kills_on_postgresql_lose_nothing(zygote: Zygote, tmp_path: Path) -> None:
    await random_kills(zygote, tmp_path, "20 kills, PostgreSQL", 20, kind="postgres")


# ---------------------------------------------------------------- named points


async def kill_at(world: World, name: str, nth: int) -> bool:
    """Whether it died at the point's n-th passing; a life that never passed it is ended."""
    lives, arm = (nth, 1) if name in ONCE_A_LIFE else (1, nth)
    for _ in range(lives):
        if world.life is not None and not world.life.over:
            await world.kills_it()
        if name in PREPARED:
            await PREPARED[name](world)
        life = await world.starts_one(arm=(name, arm))
        try:
            status = await life.ended(UNREACHED)
        except TimeoutError:
            return False
        assert status == -signal.SIGKILL, f"{name}: it ended by itself with {status}: see {world.log}"
        world.kills += 1
    return True


async def kill_at_every_point(
    starter: Starter, place: Path, times: range, *, webhook: bool = False, each: bool = False
) -> None:
    """`each`: all that was promised is looked at after every single point, and not only at the end."""
    began = time.monotonic()
    unreached: list[str] = []
    async with world_of(starter, place, webhook=webhook) as world:
        points = points_of(world)
        for name in points:
            for nth in times:
                if not await kill_at(world, name, nth):
                    unreached.append(f"{name} x{nth}")
                world.fake.faults.clear()
            if each:
                figures = await settled(world, name, began)
                acquitted(figures)
                world.load()
        figures = await settled(world, f"{len(points)} points x{len(times)}", began)
    assert unreached == [], f"never passed: {', '.join(unreached)}"
    acquitted(figures)


@pytest.mark.case("I1", "A7", "A8")
async def test_a_kill_at_every_named_point_loses_nothing(zygote: Zygote, tmp_path: Path) -> None:
    await kill_at_every_point(zygote, tmp_path, range(1, 2))


@pytest.mark.case("I1")
async def test_a_kill_at_every_point_of_the_webhook_loses_nothing(zygote: Zygote, tmp_path: Path) -> None:
    await kill_at_every_point(zygote, tmp_path, range(1, 4), webhook=True)


async def test_a_card_that_a_crash_caught_is_drawn_after_the_restart_and_not_a_lease_later(
    zygote: Zygote, tmp_path: Path
) -> None:
    async with world_of(zygote, tmp_path) as world:
        assert await kill_at(world, "outbox.cards_claimed", 1)
        assert await leased_cards(world) > 0
        await world.starts_one()
        await world.unload()
        await quiet(world)
        assert await leased_cards(world) == 0


# ---------------------------------------------------------------- leaving cleanly


@pytest.mark.case("B10")
async def test_told_to_stop_it_stops_within_ten_seconds_and_says_nothing_twice(
    zygote: Zygote, tmp_path: Path
) -> None:
    await stop_politely(zygote, tmp_path, 6)


async def stop_politely(starter: Starter, place: Path, times: int) -> None:
    began = time.monotonic()
    async with world_of(starter, place) as world:
        for _ in range(times):
            await asyncio.sleep(world.rng.uniform(0.0, 1.5))
            begun, asked = await world.is_open(), time.monotonic()
            status = await world.kills_it(signal.SIGTERM)
            assert status == 0 or (status == -signal.SIGTERM and not begun), status
            assert time.monotonic() - asked < 10.0
            await world.starts_one()
        figures = await settled(world, f"{times} times SIGTERM", began, by=signal.SIGTERM)
    assert figures.kills == 0
    acquitted(figures)


# ---------------------------------------------------------------- the real command


@pytest.mark.case("B10", "A7")
async def test_five_starts_of_the_real_command_killed_lose_nothing(tmp_path: Path) -> None:
    began = time.monotonic()
    command = Command()
    shop = ("shop", "add", "Самовар", "--marketplace", "rozetka", "--hours", "Mon-Sun 00:00-24:00", "--json")
    world = new_world(command, f"sqlite+aiosqlite:///{tmp_path}/bot.db", tmp_path, SEED, real_clock=True)
    try:
        await world.opens()
        told = await command.says(world.settings, *shop)
        world.api_key = told["api_key"]
        await world.starts_one()
        await world.staffs([told["invite"]["start"]])
        await world.posts_one(told=True, way=0.9)
        for _ in range(4):
            await world.posts_one(told=False)
            await asyncio.sleep(world.rng.uniform(0.0, 3.0))
            assert await world.kills_it() == -signal.SIGKILL
            await world.starts_one()
        await world.posts_one(told=False)
        await world.unload()
        for number, (buyer, ttn) in world.shipped.items():
            if number not in await by_morning(world):
                await buyer.sees(ttn, 60)
            assert number in world.accepted
        assert world.shipped, world.failures
        await quiet(world)
        figures = await judge(world, "the real command", began)
        say(figures)
    finally:
        await world.closes()
    acquitted(figures)


# ---------------------------------------------------------------- make test-long


@pytest.mark.long
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("seed", range(5))
async def test_five_hundred_kills_at_random_lose_nothing(zygote: Zygote, tmp_path: Path, seed: int) -> None:
    await random_kills(zygote, tmp_path, f"100 kills, seed {seed}", 100, seed=seed)


@pytest.mark.long
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("seed", range(5))
async def test_five_hundred_kills_with_faults_lose_nothing(zygote: Zygote, tmp_path: Path, seed: int) -> None:
    await random_kills(zygote, tmp_path, f"100 kills and faults, seed {seed}", 100, storm=True, seed=seed)


@pytest.mark.long
@pytest.mark.timeout(3600)
async def test_every_named_point_three_times_loses_nothing(zygote: Zygote, tmp_path: Path) -> None:
    await kill_at_every_point(zygote, tmp_path, range(1, 4), each=True)


@pytest.mark.long
@pytest.mark.timeout(3600)
async def test_two_hundred_times_told_to_stop_loses_nothing(zygote: Zygote, tmp_path: Path) -> None:
    await stop_politely(zygote, tmp_path, 200)
