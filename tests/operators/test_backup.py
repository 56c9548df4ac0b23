"""A copy of a running database, and what its first start does not ring."""

import asyncio
import re
import sqlite3
import stat
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import insert

from bot.demo.telegram import Kind
from models.copy import Copy, NotCopied, copy_sqlite
from models.db import Database
from tests.conversation.hands import TTN, calm, confirmed, count, press, taken_in, types
from tests.operators.world import World
from tests.stage import PATIENCE, Stage, order

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
ROOT = Path(__file__).parents[2]


@pytest.fixture
def home(migrated_sqlite: Path, tmp_path: Path) -> Path:
    path = tmp_path / "bot.db"
    path.write_bytes(migrated_sqlite.read_bytes())
    return path


def url(path: Path) -> str:
    return f"sqlite+aiosqlite:///{path}"


def backup(home: Path, target: Path, clock_now: datetime = NOW) -> Path:
    copy_sqlite(home, target, clock_now)
    return target


@pytest.fixture
async def shop(world: World, home: Path) -> AsyncIterator[Stage]:
    async with world.life(url(home)) as stage:
        yield stage


# ---------------------------------------------------------------- the copy
async def test_a_copy_of_a_working_database_is_whole_and_its_owners_alone(shop: Stage, home: Path) -> None:
    number = await taken_in(shop)
    target = backup(home, home.with_name("copy.db"))
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    with closing(sqlite3.connect(target)) as copy:
        assert copy.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert copy.execute("SELECT number FROM orders").fetchall() == [(number,)]
        assert copy.execute("SELECT met_at FROM copies").fetchall() == [(None,)]
    with closing(sqlite3.connect(home)) as original:
        assert original.execute("SELECT count(*) FROM copies").fetchone() == (0,)
    assert sorted(path.name for path in home.parent.iterdir() if "copy" in path.name) == ["copy.db"]


def test_a_copy_never_replaces_a_file_and_a_failed_one_leaves_none(home: Path) -> None:
    target = home.with_name("copy.db")
    target.write_text("something dear")
    with pytest.raises(NotCopied, match="is there already"):
        copy_sqlite(home, target, NOW)
    assert target.read_text() == "something dear"
    link = home.with_name("link.db")
    link.symlink_to(home.with_name("a disk that is not mounted"))
    with pytest.raises(NotCopied, match="is there already"):
        copy_sqlite(home, link, NOW)
    assert link.is_symlink()
    broken = home.with_name("broken.db")
    broken.write_bytes(b"no database at all" * 100)
    for source in (broken, home.with_name("absent.db"), home.parent):
        with pytest.raises(NotCopied):
            copy_sqlite(source, home.with_name("new.db"), NOW)
    with pytest.raises(NotCopied, match="No such file"):
        copy_sqlite(home, home.parent / "no" / "folder.db", NOW)
    assert sorted(path.name for path in home.parent.iterdir()) == [
        "bot.db",
        "broken.db",
        "copy.db",
        "link.db",
    ]


def test_what_is_damaged_is_not_called_a_backup(home: Path) -> None:
    """A byte of an index is another one: SQLite reads it without a word."""
    with closing(sqlite3.connect(home)) as database, database:
        database.execute("PRAGMA journal_mode=DELETE")
        row = ("telegram", "4200000042", "a-needle-in-it", "new", 0, "2026-03-02 08:00:00")
        columns = "channel, bot_id, event_id, state, attempts, received_at"
        database.execute(f"INSERT INTO updates ({columns}) VALUES (?, ?, ?, ?, ?, ?)", row)
    raw = home.read_bytes()
    assert raw.count(b"a-needle-in-it") == 2  # in the table and in its key
    home.write_bytes(raw.replace(b"a-needle-in-it", b"a-noodle-in-it", 1))
    with pytest.raises(NotCopied, match="damaged"):
        copy_sqlite(home, home.with_name("copy.db"), NOW)
    assert not home.with_name("copy.db").exists()


@pytest.mark.case("I5", "I6")
async def test_copies_made_under_load_are_each_one_moment_of_it(shop: Stage, home: Path) -> None:
    """Whatever was answered with 202 before a copy began is in it, whole; nothing half done ever is."""
    accepted: list[str] = []

    async def load() -> None:
        while len(accepted) < 120:
            answer = await shop.post(order())
            assert answer.status == 202
            accepted.append(answer.body["number"])

    loading = [load() for _ in range(4)]

    async def copies() -> None:
        for at in range(6):
            before = set(accepted)
            target = await asyncio.to_thread(backup, home, home.with_name(f"copy{at}.db"))
            judge(target, before)
            await asyncio.sleep(0.02)

    await asyncio.gather(copies(), *loading)
    judge(backup(home, home.with_name("last.db")), set(accepted))


def judge(copy: Path, accepted: set[str]) -> None:
    with closing(sqlite3.connect(copy)) as database:
        numbers = {row[0] for row in database.execute("SELECT number FROM orders")}
        assert accepted <= numbers
        for what in ("order_lines", "order_events", "notifications", "deadlines"):
            bare = f"SELECT count(*) FROM orders WHERE id NOT IN (SELECT order_id FROM {what})"
            assert database.execute(bare).fetchone() == (0,), what
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []


# ---------------------------------------------------------------- the command
def command(home: Path, *words: str, **settings: str) -> subprocess.CompletedProcess[str]:
    told = {"DATABASE_URL": url(home), "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"} | settings
    call = [sys.executable, "-m", "bot", *words]
    return subprocess.run(call, cwd=home.parent, env=told, capture_output=True, text=True, timeout=120)


def test_the_command_makes_a_copy_and_refuses_in_one_line(home: Path) -> None:
    done = command(home, "backup", "copy.db")
    assert (done.returncode, done.stderr) == (0, "")
    assert re.fullmatch(r"copy\.db: \d+ bytes, whole and checked\.\n", done.stdout)
    again = command(home, "backup", "copy.db")
    assert (again.returncode, again.stdout) == (2, "")
    assert again.stderr == "FILE: copy.db is there already: choose another name.\n"
    postgres = command(
        home, "backup", "copy.db", DATABASE_URL="postgresql+asyncpg://bot:secret@127.0.0.1/bot"
    )
    assert (postgres.returncode, postgres.stdout) == (2, "")
    assert "pg_dump" in postgres.stderr
    assert "secret" not in postgres.stderr


def test_a_database_of_an_older_schema_is_migrated_before_it_is_copied(home: Path) -> None:
    with closing(sqlite3.connect(home)) as database, database:
        database.execute("DROP TABLE copies")
    with pytest.raises(NotCopied, match="bot migrate"):
        copy_sqlite(home, home.with_name("copy.db"), NOW)


# ---------------------------------------------------------------- the first start of a copy
async def test_a_restored_copy_rings_no_old_bell_and_says_so_once(world: World, home: Path) -> None:
    """Backed up at ten while Telegram was away; the work went on for a day; then the copy is started."""
    copy = home.with_name("copy.db")
    async with world.life(url(home)) as stage:
        olena = stage.owner
        number = await confirmed(stage)
        buyer = await stage.buyer("Тарас", {"buyer": await start_of(stage, number), "number": number})
        await press(stage, olena, "Ввести ТТН", number)
        await types(stage, olena, TTN)
        waiting = await taken_in(stage)
        await world.fake.goes_away()
        unsent = (await stage.orders())["number"]
        backup(home, copy, world.clock.now)
        await world.fake.comes_back()
        await stage.goes(minutes=1)
        await olena.sees(unsent, PATIENCE)
        assert count(buyer, TTN) == 1
        await press(stage, olena, "Беру в роботу", waiting)
        lost = await taken_in(stage)
        await stage.goes(hours=30)
    heard, buyers = len(olena.messages), len(buyer.messages)
    async with world.life(url(copy)) as stage:
        notice = await olena.sees("працює з резервної копії", PATIENCE)
        await stage.goes(seconds=30)
        await calm(stage)
        assert "02.03 10:00" in notice.text
        assert unsent in notice.text
        assert waiting in notice.text
        assert lost not in notice.text
        assert "/orders" in notice.text
        assert len(olena.messages) == heard + 1
        assert len(buyer.messages) == buyers
        assert count(buyer, TTN) == 1
        for row in (await stage.state(unsent))["notifications"]:
            assert (row["state"], row["reason"]) == ("failed", "restored")
        fresh = await taken_in(stage)
        assert olena.screen.button("Беру в роботу")
        assert fresh in olena.screen.text
        await world.fake.goes_away()
        waits = (await stage.orders())["number"]
    await world.fake.comes_back()
    world.clock.goes(minutes=30)
    async with world.life(url(copy)) as stage:  # no first start any more: what waited rings
        await olena.sees(waits, PATIENCE)
        await calm(stage)
        assert count(olena, "працює з резервної копії") == 1


async def start_of(stage: Stage, number: str) -> dict[str, str]:
    answer = await stage.post(order(number=number))
    return dict(answer.body["buyer"])


async def test_a_colleague_hears_only_where_something_of_theirs_was_not_told(
    world: World, home: Path
) -> None:
    quiet, noisy = home.with_name("quiet.db"), home.with_name("noisy.db")
    async with world.life(url(home)) as stage:
        petro = await stage.hires("Петро")
        await calm(stage)
        backup(home, quiet, world.clock.now)
        await world.fake.goes_away()
        await stage.orders()
        backup(home, noisy, world.clock.now)
        await world.fake.comes_back()
        await calm(stage)
        await stage.goes(minutes=30)
    for copy, heard in ((quiet, 0), (noisy, 1)):
        async with world.life(url(copy)) as stage:
            await stage.owner.sees("працює з резервної копії", PATIENCE)
            await calm(stage)
            assert count(petro, "працює з резервної копії") == heard
    assert count(stage.owner, "працює з резервної копії") == 2


async def test_a_database_that_was_only_carried_elsewhere_rings_what_waited(world: World, home: Path) -> None:
    """Started within ten minutes: nobody else has told it meanwhile."""
    copy = home.with_name("copy.db")
    async with world.life(url(home)) as stage:
        await world.fake.goes_away()
        number = (await stage.orders())["number"]
        backup(home, copy, world.clock.now)
    await world.fake.comes_back()
    world.clock.goes(minutes=5)
    async with world.life(url(copy)) as stage:
        await stage.owner.sees(number, PATIENCE)
        await calm(stage)
        assert count(stage.owner, "резервної копії") == 0


async def test_reminders_that_came_while_nobody_ran_are_not_told_and_later_ones_are(
    world: World, home: Path
) -> None:
    copy = home.with_name("copy.db")
    async with world.life(url(home)) as stage:
        number = await taken_in(stage)
        backup(home, copy, world.clock.now)
    world.clock.goes(minutes=105)  # the step at 1:30 came, that at 2:00 is to come
    async with world.life(url(copy)) as stage:
        notice = await stage.owner.sees("працює з резервної копії", PATIENCE)
        await calm(stage)
        assert number in notice.text
        assert stage.owner.messages[-1].text == notice.text
        await stage.goes(minutes=16)
        await calm(stage)
        assert number in stage.owner.messages[-1].text
        assert stage.owner.messages[-1].text != notice.text


async def test_old_presses_and_half_typed_answers_of_a_copy_are_dropped(world: World, home: Path) -> None:
    """A TTN that was asked for before the copy is not taken from what is typed after it."""
    copy = home.with_name("copy.db")
    async with world.life(url(home)) as stage:
        number = await confirmed(stage)
        await press(stage, stage.owner, "Ввести ТТН", number)
        backup(home, copy, world.clock.now)
        await types(stage, stage.owner, TTN)
        await stage.goes(hours=1)
    async with world.life(url(copy)) as stage:
        await stage.owner.sees("працює з резервної копії", PATIENCE)
        await types(stage, stage.owner, "20450000000009")
        assert (await stage.state(number))["status"] == "confirmed"


async def test_what_an_outage_held_for_a_day_is_not_released_by_a_copy(world: World, home: Path) -> None:
    copy = home.with_name("copy.db")
    async with world.life(url(home)) as stage:
        world.fake.faults.script(Kind.SERVER_ERROR, method="sendMessage", times=100_000)
        number = (await stage.orders())["number"]
        for _ in range(30):
            await stage.goes(hours=1)
            if (await stage.state(number))["notifications"][0]["state"] == "held":
                break
        else:
            pytest.fail("nothing was held")
        backup(home, copy, world.clock.now)
        world.fake.faults.clear()
    world.clock.goes(hours=1)
    async with world.life(url(copy)) as stage:
        await stage.owner.sees("працює з резервної копії", PATIENCE)
        await stage.goes(minutes=6)
        await calm(stage)
        assert not [message for message in stage.owner.messages if message.text.startswith("🔔")]
        assert (await stage.state(number))["notifications"][0]["reason"] == "restored"


async def test_a_restored_dump_that_was_marked_rings_no_old_bell_either(
    world: World, database_url: str
) -> None:
    """What docs/running.md has an operator of PostgreSQL say after pg_restore."""
    async with world.life(database_url) as stage:
        await world.fake.goes_away()
        number = (await stage.orders())["number"]
    await world.fake.comes_back()
    docs = (ROOT / "docs" / "running.md").read_text(encoding="utf-8")
    assert "INSERT INTO copies (made_at) VALUES ('" in docs
    db = Database(database_url)
    mark = insert(Copy).values(made_at=world.clock.now)
    await db.run(lambda connection: connection.execute(mark))
    await db.stop()
    world.clock.goes(hours=3)
    async with world.life(database_url) as stage:
        notice = await stage.owner.sees("працює з резервної копії", PATIENCE)
        await calm(stage)
        assert number in notice.text
        assert stage.owner.messages[-1].text == notice.text
