"""`python -m bot check`: a line each, what is wrong says what to do, and no secret is shown (contract 1)."""

import asyncio
import sqlite3
import subprocess
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from sqlalchemy import create_engine

from bot.check import Finding, check, mask
from models import migrate
from tests.operators.commands import bot, meanwhile
from tests.operators.world import World
from tests.privacy import leaks
from tests.stage import PATIENCE, TOKEN, settings


def real_time() -> datetime:
    """Telegram's answers bear it."""
    return datetime.now(UTC)  # noqa: TID251


SUBJECTS = ["settings", "database", "clock", "telegram", "webhook", "marketplaces"]


async def findings(
    world: World, database_url: str, now: datetime | None = None, **changes: Any
) -> dict[str, Finding]:
    told = settings(database_url, world.telegram_url, **changes)
    found = [finding async for finding in check(told, (lambda: now) if now else real_time)]
    assert [finding.subject for finding in found] == SUBJECTS
    assert not leaks("\n".join(map(str, found)))
    return {finding.subject: finding for finding in found}


def wrong(found: dict[str, Finding]) -> list[str]:
    return [subject for subject, finding in found.items() if not finding.ok]


async def hook(world: World, url: str) -> None:
    async with (
        aiohttp.ClientSession() as http,
        http.post(f"{world.telegram_url}/bot{TOKEN}/setWebhook", json={"url": url}) as answer,
    ):
        assert answer.status == 200


@pytest.mark.case("K5")
async def test_a_machine_that_is_fit_has_six_lines_and_masks_for_secrets(
    world: World, database_url: str
) -> None:
    found = await findings(world, database_url, admin_ids=(7,))
    assert wrong(found) == []
    assert f"BOT_TOKEN {TOKEN.partition(':')[0]}:***" in found["settings"].said
    assert "writable, synchronous, schema" in found["database"].said
    assert "@orderbell_bot" in found["telegram"].said
    assert "none" in found["webhook"].said
    assert "none is connected" in found["marketplaces"].said


@pytest.mark.case("B14")
async def test_a_webhook_that_is_set_while_we_poll_names_deletewebhook(
    world: World, database_url: str
) -> None:
    await hook(world, "http://127.0.0.1:9/theirs")
    found = await findings(world, database_url)
    assert wrong(found) == ["webhook"]
    assert "deleteWebhook" in found["webhook"].said


async def test_by_webhook_it_must_lead_to_us_and_telegram_must_get_through(
    world: World, database_url: str
) -> None:
    webhook: dict[str, Any] = {
        "telegram_updates": "webhook",
        "telegram_webhook_secret": "s" * 32,
        "public_url": "http://127.0.0.1:9",
    }
    found = await findings(world, database_url, **webhook)
    assert wrong(found) == []
    assert "the start sets it" in found["webhook"].said
    await hook(world, "http://127.0.0.1:9/theirs")
    assert wrong(await findings(world, database_url, **webhook)) == ["webhook"]
    await hook(world, "http://127.0.0.1:9/webhooks/telegram")
    assert wrong(await findings(world, database_url, **webhook)) == []
    somebody = world.fake.person("Олена")
    somebody.types("хтось там?")
    async with asyncio.timeout(PATIENCE):
        while not wrong(found := await findings(world, database_url, **webhook)):  # noqa: ASYNC110 - Telegram tells nobody when it fails
            await asyncio.sleep(0.05)
    assert wrong(found) == ["webhook"]
    assert "Connection refused" in found["webhook"].said


async def test_a_token_that_telegram_does_not_know_is_named_by_its_number(
    world: World, database_url: str
) -> None:
    found = await findings(world, database_url, bot_token="4200000042:AAE-only-for-tests-another-one")
    assert wrong(found) == ["telegram", "webhook"]
    assert "BotFather" in found["telegram"].said


async def test_a_telegram_that_does_not_answer_is_named_by_its_place(world: World, database_url: str) -> None:
    world.telegram_url = "http://127.0.0.1:9"
    found = await findings(world, database_url)
    assert wrong(found) == ["telegram", "webhook"]
    assert "127.0.0.1:9" in found["telegram"].said


async def test_a_name_that_is_not_the_bots_is_told(world: World, database_url: str) -> None:
    found = await findings(world, database_url, bot_username="somebody_else_bot")
    assert "orderbell_bot" in found["telegram"].said
    assert wrong(found) == ["telegram"]


async def test_a_clock_that_is_apart_from_telegrams_or_years_behind_is_told(
    world: World, database_url: str
) -> None:
    for now in (
        real_time() + timedelta(hours=1),
        real_time() - timedelta(hours=1),
        datetime(1970, 1, 1, tzinfo=UTC),
    ):
        found = await findings(world, database_url, now)
        assert wrong(found) == ["clock"]
        assert "timedatectl" in found["clock"].said


async def test_without_a_token_it_says_where_to_get_one(world: World, database_url: str) -> None:
    found = await findings(world, database_url, bot_token="")
    assert wrong(found) == ["settings", "telegram", "webhook"]


def database(path: Path) -> str:
    return f"sqlite+aiosqlite:///{path}"


def newer(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = 'of-tomorrow'")


@pytest.mark.case("I11")
async def test_what_is_wrong_with_a_database_is_said_and_it_is_not_touched(
    world: World, tmp_path: Path, migrated_sqlite: Path
) -> None:
    absent = tmp_path / "var" / "bot.db"
    found = await findings(world, database(absent))
    assert wrong(found) == []
    assert not absent.parent.exists()

    text = tmp_path / "text.db"
    text.write_bytes(b"no database at all" * 100)
    of_tomorrow = tmp_path / "tomorrow.db"
    of_tomorrow.write_bytes(migrated_sqlite.read_bytes())
    newer(of_tomorrow)
    for path, said in (
        (text, "no SQLite database"),
        (of_tomorrow, "newer version"),
        (tmp_path, "cannot be opened"),
        (text / "bot.db", "cannot be made"),
    ):
        found = await findings(world, database(path))
        assert wrong(found) == ["database"], path
        assert said in found["database"].said

    locked = tmp_path / "locked.db"
    locked.write_bytes(migrated_sqlite.read_bytes())
    with closing(sqlite3.connect(locked, isolation_level=None)) as somebody:
        somebody.execute("PRAGMA journal_mode=WAL")
        somebody.execute("BEGIN IMMEDIATE")
        assert "write lock" in (await findings(world, database(locked)))["database"].said


@pytest.mark.case("I11")
async def test_a_disk_that_may_only_be_read_is_told(world: World, migrated_sqlite: Path, small: Path) -> None:
    (small / "bot.db").write_bytes(migrated_sqlite.read_bytes())
    subprocess.run(["mount", "-o", "remount,ro", small], check=True)
    found = await findings(world, database(small / "bot.db"))
    assert wrong(found) == ["database"]
    assert "cannot be" in found["database"].said
    for words in (("run",), ("migrate",), ("shop", "list")):
        done = bot(small, *words)
        assert (done.returncode, done.stdout) == (2, "")
        (line,) = done.stderr.splitlines()
        assert "DATABASE_URL: the file" in line


async def test_an_older_schema_is_no_fault(world: World, tmp_path: Path) -> None:
    path = tmp_path / "bot.db"
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        migrate.upgrade(connection, "0001")
    engine.dispose()
    found = await findings(world, database(path))
    assert wrong(found) == []
    assert "the start brings it up to" in found["database"].said


async def test_a_postgres_that_is_away_is_told_without_its_password(world: World) -> None:
    found = await findings(world, "postgresql+asyncpg://bot:secret-word@127.0.0.1:9/bot")
    assert wrong(found) == ["database"]
    assert "secret-word" not in str(found["database"])


@pytest.mark.parametrize(
    ("secret", "shown"), [(TOKEN, "4200000042:***"), ("", ""), ("key", "***"), ("a:b", "***"), ("::", "***")]
)
@pytest.mark.case("K5")
def test_a_mask_shows_a_tokens_number_alone(secret: str, shown: str) -> None:
    assert mask(secret) == shown


async def test_the_command_prints_a_line_each_and_its_status_says_whether_all_is_well(
    world: World, tmp_path: Path
) -> None:
    well = await meanwhile(tmp_path, "check", TELEGRAM_API_URL=world.telegram_url)
    assert (well.returncode, well.stderr) == (0, "")
    lines = well.stdout.splitlines()
    assert [line.partition(":")[0] for line in lines] == SUBJECTS
    assert all(": ok, " in line for line in lines)
    assert not leaks(well.stdout)
    away = await meanwhile(tmp_path, "check")
    assert (away.returncode, away.stderr) == (1, "")
    assert [line.split(",")[0] for line in away.stdout.splitlines() if ": ok" in line] == [
        f"{subject}: ok" for subject in SUBJECTS if subject not in ("telegram", "webhook")
    ]


def test_bad_settings_are_one_line_that_names_them_all(tmp_path: Path) -> None:
    done = bot(tmp_path, "check", BOT_TOKEN="none of yours", PORT="70000", SENTRY_DSN="nowhere")
    assert (done.returncode, done.stderr) == (1, "")
    (line,) = done.stdout.splitlines()
    assert line.startswith("settings: wrong: ")
    assert all(name in line for name in ("BOT_TOKEN", "PORT", "SENTRY_DSN"))
    assert "none of yours" not in line
