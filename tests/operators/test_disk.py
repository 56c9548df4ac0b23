"""A disk that fills up: new orders are refused in time, what is stored still goes out (R7)."""

import os
import stat
from pathlib import Path

import pytest
from sqlalchemy import make_url

from models.disk import BALLAST, EMPTY, LEAST, MIB, Ballast, Space
from tests.conversation.hands import calm
from tests.operators.world import World
from tests.stage import PATIENCE, order

PLENTY = 10 * LEAST


class Disk:
    """What the disk says that it has left."""

    def __init__(self, free: int = PLENTY) -> None:
        self.free = free
        self.looks = 0

    def __call__(self, _: Path) -> int:
        self.looks += 1
        return self.free


@pytest.mark.case("A10", "I4")
async def test_with_little_room_no_order_is_taken_and_what_is_stored_goes_out(
    world: World, migrated_sqlite: Path, tmp_path: Path
) -> None:
    disk, seconds = Disk(), [0.0]
    url = make_url(f"sqlite+aiosqlite:///{tmp_path}/bot.db")
    (tmp_path / "bot.db").write_bytes(migrated_sqlite.read_bytes())
    space = Space(url, monotonic=lambda: seconds[0], measure=disk)
    async with world.life(url.render_as_string(), space=space) as stage:
        await world.fake.goes_away()
        number = (await stage.orders())["number"]
        disk.free, seconds[0] = LEAST - 1, 60.0
        refused = await stage.post(order())
        assert (refused.status, refused.body["reason"]) == (503, "disk_low")
        assert int(refused.headers["Retry-After"]) > 0
        for door, status in (("/readyz", 503), ("/healthz", 200)):
            async with stage.http.get(f"{stage.app.url}{door}") as answer:
                assert answer.status == status
                assert "disk_low" in await answer.text()
        assert (await stage.state(number))["status"] == "new"
        await world.fake.comes_back()
        await stage.goes(minutes=1)
        await stage.owner.sees(number, PATIENCE)
        await stage.owner.presses("Беру в роботу").answered(PATIENCE)
        await calm(stage)
        assert (await stage.state(number))["status"] == "in_work"
        disk.free, seconds[0] = LEAST, 120.0
        assert (await stage.post(order())).status == 202


def test_the_disk_is_looked_at_once_a_second_and_another_ones_never() -> None:
    disk, seconds = Disk(), [0.0]
    space = Space(make_url("sqlite+aiosqlite:////srv/bot.db"), monotonic=lambda: seconds[0], measure=disk)
    for _ in range(1000):
        assert not space.low
    assert disk.looks == 1
    seconds[0], disk.free = 1.0, 0
    assert space.low
    postgres = Space(make_url("postgresql+asyncpg://bot@127.0.0.1/bot"), measure=disk)
    assert (postgres.free, postgres.low) == (None, False)


def test_a_disk_that_does_not_say_is_not_taken_for_a_full_one() -> None:
    assert not Space(make_url("sqlite+aiosqlite:////no/such/folder/bot.db")).low


async def test_the_ballast_is_laid_with_plenty_of_room_and_thrown_off_with_none(tmp_path: Path) -> None:
    url = make_url(f"sqlite+aiosqlite:///{tmp_path}/bot.db")
    disk, seconds, file = Disk(), [0.0], tmp_path / "bot.db.ballast"
    ballast = Ballast(url, Space(url, monotonic=lambda: seconds[0], measure=disk))
    for free, there in (
        (LEAST + BALLAST, False),
        (LEAST + BALLAST + 1, True),
        (LEAST, True),
        (EMPTY, True),
        (EMPTY - 1, False),
        (BALLAST, False),
        (PLENTY, True),
    ):
        disk.free = free
        seconds[0] += 10
        await ballast.balance()
        assert file.exists() is there, free
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert file.stat().st_blocks * 512 >= BALLAST  # it takes up room, and is not a hole


@pytest.mark.case("A10", "I4")
async def test_on_a_disk_that_somebody_filled_the_ballast_lets_what_is_stored_go_out(
    world: World, migrated_sqlite: Path, small: Path
) -> None:
    (small / "bot.db").write_bytes(migrated_sqlite.read_bytes())
    async with world.life(f"sqlite+aiosqlite:///{small}/bot.db", ballast=True) as stage:
        await world.fake.goes_away()
        accepted = [(await stage.orders())["number"] for _ in range(3)]
        assert (small / "bot.db.ballast").exists()
        filled(small / "of somebody else")
        stage.clock.goes(seconds=5)
        refused = await stage.post(order())
        assert refused.status == 503
        await world.fake.comes_back()
        await stage.goes(minutes=1)
        assert not (small / "bot.db.ballast").exists()
        for number in accepted:
            await stage.owner.sees(number, PATIENCE)
            assert (await stage.state(number))["notifications"][0]["state"] == "sent"
        (small / "of somebody else").unlink()
        await stage.goes(minutes=1)
        assert (await stage.post(order())).status == 202
        assert (small / "bot.db.ballast").exists()


def filled(path: Path) -> None:
    """To the last byte."""
    with path.open("wb", buffering=0) as file:
        for size in (MIB, 4096, 1):
            try:
                while True:
                    file.write(os.urandom(size) if size == 1 else bytes(size))
            except OSError:
                continue
