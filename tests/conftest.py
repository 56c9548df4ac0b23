"""The cast: a database of each kind, a stage on it, and an ear on every log line of the whole suite."""

import asyncio
import gc
import os
import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, make_url

import bot.messengers.deferred  # noqa: F401 - as the product does, before whatever else loads aiogram
from bot import logs
from models import migrate
from models.db import Database
from tests import compiled, talks
from tests.privacy import Ear
from tests.stage import Stage, open_stage

POSTGRES = os.environ.get("TEST_POSTGRES_URL")  # noqa: TID251 - the tests' own switch
KINDS = ["sqlite", *(["postgres"] if POSTGRES else [])]

_ear = Ear()
compiled.share()


def pytest_configure(config: pytest.Config) -> None:
    """Everything at DEBUG, written the way production writes it, into one ear (P14)."""
    logs.configure("DEBUG", "json", _ear)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    talks.leave_out(config, items)


def pytest_collection_finish(session: pytest.Session) -> None:
    """What is there before the first test stays until the last: to look through it for garbage over and over took a
    tenth of the suite's time."""
    gc.collect()
    gc.freeze()


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """No token, phone, name or text in any log line of the whole suite (case K1)."""
    found = _ear.leaked
    if found and session.exitstatus == 0:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
        print("\nprivate data in the log:\n" + "\n".join(found[:10]))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """The figures that a test has to show: `record_property("figures", ...)`."""
    for outcome in ("passed", "failed"):
        for report in terminalreporter.getreports(outcome):
            for name, value in getattr(report, "user_properties", ()):
                if name == "figures":
                    terminalreporter.write_line(str(value))


@pytest.fixture
def ear() -> Ear:
    """What the suite has logged lately, in this process."""
    return _ear


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "bot.db"
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        migrate.upgrade(connection)
    engine.dispose()
    return path


@pytest.fixture(scope="session")
def migrated_postgres() -> Iterator[str]:
    """The name of a database with our schema, to copy for each test."""
    name = f"ob_template_{uuid4().hex[:12]}"

    async def make() -> None:
        await _on_postgres(f"CREATE DATABASE {name}")
        db = Database(_postgres_url(name))
        await db.run(migrate.upgrade)
        await db.stop()

    asyncio.run(make())
    yield name
    asyncio.run(_on_postgres(f"DROP DATABASE {name} WITH (FORCE)"))


@pytest.fixture(params=KINDS)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A migrated database of its own for each test, on each kind that is there."""
    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue("migrated_sqlite"), tmp_path / "bot.db")
        yield f"sqlite+aiosqlite:///{tmp_path}/bot.db"
        return
    template = request.getfixturevalue("migrated_postgres")
    name = f"ob_test_{uuid4().hex[:12]}"
    asyncio.run(_on_postgres(f"CREATE DATABASE {name} TEMPLATE {template}"))
    yield _postgres_url(name)
    asyncio.run(_on_postgres(f"DROP DATABASE {name} WITH (FORCE)"))


@pytest.fixture
async def stage(database_url: str) -> AsyncIterator[Stage]:
    """A shop on ROZETKA, its owner in the chat, the clock at Monday 10:00 in Kyiv."""
    async with open_stage(database_url) as opened:
        yield opened


def _postgres_url(name: str) -> str:
    assert POSTGRES is not None
    return make_url(POSTGRES).set(database=name).render_as_string(hide_password=False)


async def _on_postgres(statement: str) -> None:
    import asyncpg

    assert POSTGRES is not None
    connection = await asyncpg.connect(POSTGRES.replace("postgresql+asyncpg", "postgresql"))
    try:
        await connection.execute(statement)
    finally:
        await connection.close()
