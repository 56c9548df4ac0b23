"""The writer: units that share a commit, each all or nothing, and nobody answered before the disk has it."""

import asyncio
import multiprocessing
import sqlite3
import time
from collections.abc import AsyncIterator, Sequence
from functools import partial
from typing import Any

import pytest
from sqlalchemy import event, func, insert, select, text, update
from sqlalchemy.exc import IntegrityError, OperationalError, ProgrammingError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError
from sqlalchemy.util import await_only
from structlog.testing import capture_logs

from models.db import Database, wake
from models.errors import Busy
from models.people import Account, Messenger
from tests.stage import MONDAY


@pytest.fixture
async def db(database_url: str) -> AsyncIterator[Database]:
    db = Database(database_url, busy_seconds=0.6)
    db.start()
    yield db
    await db.stop()


def account(name: str) -> dict[str, Any]:
    return {
        "messenger": Messenger.TELEGRAM,
        "external_id": name,
        "name": name,
        "language": "uk",
        "reachable": True,
        "created_at": MONDAY,
    }


def add(session: Session, name: str) -> str:
    session.execute(insert(Account), [account(name)])
    return name


async def names(db: Database) -> list[str]:
    return list(await db.read(lambda s: s.scalars(select(Account.external_id).order_by(Account.id)).all()))


# ------------------------------------------------------------------ batches


async def test_a_failing_unit_leaves_its_batch_mates_committed(db: Database) -> None:
    await db.write(lambda session: add(session, "first"))

    def spoiled(session: Session) -> None:
        add(session, "never")
        raise LookupError("a unit's own trouble")

    def clashing(session: Session) -> None:
        add(session, "neither")
        add(session, "first")

    def wrong(session: Session) -> None:
        add(session, "nor this")
        session.execute(text("SELECT * FROM no_such_table"))

    def stopped(session: Session) -> None:
        add(session, "nor that")
        raise StopIteration

    before = db.commits
    outcomes = await asyncio.gather(
        db.write(lambda session: add(session, "second")),
        db.write(spoiled),
        db.write(clashing),
        db.write(wrong),
        db.write(stopped),
        db.write(lambda session: add(session, "third")),
        return_exceptions=True,
    )
    assert db.commits == before + 1
    assert [type(outcome) for outcome in outcomes] == [
        str,
        LookupError,
        IntegrityError,
        OperationalError if db.sqlite else ProgrammingError,
        RuntimeError,
        str,
    ]
    assert await names(db) == ["first", "second", "third"]


def several(session: Session, items: Sequence[str]) -> list[str | Exception]:
    session.execute(insert(Account), [account(item) for item in items if item != "refused"])
    return [LookupError(item) if item == "refused" else item for item in items]


async def test_like_items_are_one_statement_and_each_has_its_own_answer(db: Database) -> None:
    before = db.commits
    outcomes = await asyncio.gather(
        *(db.write_with(several, item) for item in ("a", "refused", "b")), return_exceptions=True
    )
    assert [str(outcome) for outcome in outcomes] == ["a", "refused", "b"]
    assert isinstance(outcomes[1], LookupError)
    assert await names(db) == ["a", "b"]
    assert db.commits == before + 1


async def test_a_set_that_fails_as_a_whole_is_tried_one_by_one(db: Database) -> None:
    await db.write(lambda session: add(session, "b"))
    woken: list[str] = []
    db.on_wake("later", lambda: woken.append("later"))

    def waking(session: Session, items: Sequence[str]) -> list[str | Exception]:
        wake(session, "later")
        return several(session, items)

    outcomes = await asyncio.gather(
        *(db.write_with(waking, item) for item in ("a", "b", "c")), return_exceptions=True
    )
    assert [type(outcome) for outcome in outcomes] == [str, IntegrityError, str]
    assert await names(db) == ["b", "a", "c"]
    assert woken == ["later"]


async def test_a_thousand_units_of_sixty_four_clients_take_few_commits(db: Database) -> None:
    commits = 0
    engine = db._sync if db._sync is not None else db.engine.sync_engine

    def count(_: object) -> None:
        nonlocal commits
        commits += 1

    event.listen(engine, "commit", count)
    left = iter(range(1000))

    async def client() -> None:
        for at in left:
            assert await db.write(partial(add, name=f"{at:04}")) == f"{at:04}"

    before = db.commits
    await asyncio.gather(*(client() for _ in range(64)))
    assert db.commits - before == commits < 200
    assert sorted(await names(db)) == [f"{at:04}" for at in range(1000)]


async def test_nobody_is_answered_before_others_can_read_it(db: Database) -> None:
    other = Database(db.url.render_as_string(hide_password=False))

    async def client(at: int) -> None:
        name = await db.write(lambda session: add(session, str(at)))
        assert name in await names(other)

    await asyncio.gather(*(client(at) for at in range(30)))
    await other.stop()


async def test_a_reading_sees_one_moment_whatever_is_committed_meanwhile(db: Database) -> None:
    began, may_go_on = asyncio.Event(), asyncio.Event()

    def twice(session: Session) -> tuple[int, int]:
        count = select(func.count()).select_from(Account)
        first = session.scalar(count)
        began.set()
        await_only(may_go_on.wait())
        return first or 0, session.scalar(count) or 0

    await db.write(lambda session: add(session, "before"))
    reading = asyncio.ensure_future(db.read(twice))  # noqa: TID251 - awaited below
    await began.wait()
    await db.write(lambda session: add(session, "meanwhile"))
    may_go_on.set()
    assert await reading == (1, 1)
    assert await names(db) == ["before", "meanwhile"]


async def test_who_is_cancelled_while_reading_leaves_no_connection_behind(db: Database) -> None:
    began, may_go_on = asyncio.Event(), asyncio.Event()
    ended: list[int | None] = []

    def slow(session: Session) -> None:
        began.set()
        await_only(may_go_on.wait())
        ended.append(session.scalar(select(func.count()).select_from(Account)))

    for _ in range(20):  # more than there are connections
        began.clear()
        may_go_on.clear()
        reading = asyncio.ensure_future(db.read(slow))  # noqa: TID251 - awaited below
        await began.wait()
        reading.cancel()
        with pytest.raises(asyncio.CancelledError):
            await reading
        may_go_on.set()
    assert await names(db) == []
    while len(ended) < 20:  # noqa: ASYNC110 - the readings end by themselves
        await asyncio.sleep(0.01)
    assert ended == [0] * 20


async def test_who_waits_is_woken_after_the_commit_and_only_then(db: Database) -> None:
    seen: list[list[str]] = []
    other = Database(db.url.render_as_string(hide_password=False))
    tasks: list[asyncio.Task[list[str]]] = []
    db.on_wake("news", lambda: tasks.append(asyncio.get_running_loop().create_task(names(other))))

    def broken() -> None:
        raise RuntimeError("a bad listener")

    db.on_wake("news", broken)

    def failing(session: Session) -> None:
        wake(session, "news")
        raise LookupError

    with pytest.raises(LookupError):
        await db.write(failing)
    assert tasks == []

    def unit(session: Session) -> None:
        add(session, "told")
        wake(session, "news")

    await db.write(unit)
    seen = [await task for task in tasks]
    assert seen == [["told"]]
    assert await db.write(lambda session: add(session, "still at work")) == "still at work"
    await other.stop()


async def test_a_row_that_somebody_else_changed_is_looked_at_again(db: Database) -> None:
    await db.write(lambda session: add(session, "row"))
    tries = 0

    def stale(session: Session) -> int:
        nonlocal tries
        tries += 1
        add(session, f"try {tries}")
        if tries < 3:
            raise StaleDataError
        return tries

    assert await db.write(stale) == 3
    assert await names(db) == ["row", "try 3"]
    tries = -10
    with pytest.raises(StaleDataError):
        await db.write(stale)
    assert tries == -7


# ------------------------------------------------------------------ what SQLite is told


@pytest.fixture
def sqlite(db: Database) -> Database:
    if not db.sqlite:
        pytest.skip("SQLite's own matter")
    return db


async def test_the_writing_connection_is_set_up_to_lose_nothing(sqlite: Database) -> None:
    said: list[str] = []

    def heard(_c: object, _cursor: object, statement: str, *_: object) -> None:
        said.append(statement)

    assert sqlite._sync is not None
    event.listen(sqlite._sync, "before_cursor_execute", heard)

    def pragmas(session: Session) -> dict[str, Any]:
        return {
            name: session.scalar(text(f"PRAGMA {name}"))
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout", "secure_delete")
        }

    assert await sqlite.write(pragmas) == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "busy_timeout": 600,
        "secure_delete": 1,
    }
    assert said[0] == "BEGIN IMMEDIATE"


def _hold(path: str, seconds: float, held: Any) -> None:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("BEGIN IMMEDIATE")
    held.set()
    time.sleep(seconds)
    connection.execute("COMMIT")
    connection.close()


def _locked_by_another_process(db: Database, seconds: float) -> Any:
    spawn = multiprocessing.get_context("spawn")
    held = spawn.Event()
    process = spawn.Process(target=_hold, args=(str(db.url.database), seconds, held))
    process.start()
    held.wait(20)
    return process


@pytest.mark.case("A9", "I5")
async def test_a_lock_of_another_process_delays_and_does_not_fail(sqlite: Database) -> None:
    await sqlite.write(lambda session: add(session, "first"))
    process = await asyncio.to_thread(_locked_by_another_process, sqlite, 0.3)
    assert await sqlite.write(lambda session: add(session, "waited")) == "waited"
    await asyncio.to_thread(process.join)


@pytest.mark.case("A9")
async def test_a_lock_held_for_too_long_refuses_everybody_in_time(sqlite: Database) -> None:
    """Who comes while others wait does not wait twice."""
    await sqlite.write(lambda session: add(session, "before"))
    process = await asyncio.to_thread(_locked_by_another_process, sqlite, 30.0)
    began = time.monotonic()

    async def late() -> None:
        await asyncio.sleep(0.3)
        with pytest.raises(Busy):
            await sqlite.write(lambda session: add(session, "late"))

    second = asyncio.create_task(late())  # noqa: TID251
    with capture_logs() as logs:
        with pytest.raises(Busy) as refused:
            await sqlite.write(lambda session: add(session, "never"))
        await second
    assert refused.value.retry_after == 5
    assert time.monotonic() - began > 0.5
    assert process.is_alive(), "refused while the lock was held"
    assert [line["event"] for line in logs] == ["batch_refused"], "one wait for both"
    process.kill()
    await asyncio.to_thread(process.join)
    assert await sqlite.write(lambda session: add(session, "after")) == "after"
    assert await names(sqlite) == ["before", "after"]


@pytest.mark.case("A10")
async def test_a_full_disk_refuses_and_then_all_is_well(sqlite: Database) -> None:
    await sqlite.write(lambda session: add(session, "before"))

    def no_room(session: Session) -> None:
        pages = session.scalar(text("PRAGMA page_count"))
        session.execute(text(f"PRAGMA max_page_count = {pages}"))

    await sqlite.write(no_room)

    def much(session: Session) -> None:
        session.execute(insert(Account), [account(f"much {at} {'x' * 150}") for at in range(500)])

    outcomes = await asyncio.gather(
        sqlite.write(lambda session: add(session, "mate")),
        sqlite.write(much),
        sqlite.write(lambda session: add(session, "other mate")),
        return_exceptions=True,
    )
    assert [type(outcome) for outcome in outcomes] == [Busy] * 3
    # Room again: the connection was given up, and with it its limit.
    assert await sqlite.write(lambda session: add(session, "after")) == "after"
    assert await names(sqlite) == ["before", "after"]
    assert await sqlite.read(lambda session: session.scalar(text("PRAGMA integrity_check"))) == "ok"


# ------------------------------------------------------------------ PostgreSQL


@pytest.fixture
def postgres(db: Database) -> Database:
    if db.sqlite:
        pytest.skip("PostgreSQL's own matter")
    return db


@pytest.mark.case("I13")
async def test_a_killed_connection_refuses_once_and_then_all_is_well(postgres: Database) -> None:
    await postgres.write(lambda session: add(session, "before"))

    def killed(session: Session) -> None:
        add(session, "never")
        session.execute(text("SELECT pg_terminate_backend(pg_backend_pid())"))

    outcomes = await asyncio.gather(
        postgres.write(lambda session: add(session, "mate")), postgres.write(killed), return_exceptions=True
    )
    assert [type(outcome) for outcome in outcomes] == [Busy, Busy]
    assert await postgres.write(lambda session: add(session, "after")) == "after"
    assert await names(postgres) == ["before", "after"]

    def everybody(session: Session) -> None:
        session.execute(
            text(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        )

    other = Database(postgres.url.render_as_string(hide_password=False))
    other.start()
    await other.write(everybody)
    await other.stop()
    assert await names(postgres) == ["before", "after"]
    assert await postgres.write(lambda session: add(session, "later")) == "later"


async def test_postgres_commits_to_the_disk(postgres: Database) -> None:
    said = await postgres.write(lambda session: session.scalar(text("SHOW synchronous_commit")))
    assert said == "on"


@pytest.mark.case("A9")
async def test_a_row_locked_for_too_long_refuses(postgres: Database) -> None:
    await postgres.write(lambda session: add(session, "row"))
    other = Database(postgres.url.render_as_string(hide_password=False))
    async with other.engine.begin() as connection:
        await connection.execute(text("UPDATE accounts SET name = 'theirs'"))
        with pytest.raises(Busy):
            await postgres.write(
                lambda session: session.execute(update(Account).values(name="ours")) and None
            )
    await other.stop()
    assert await postgres.write(lambda session: add(session, "after")) == "after"


async def test_units_that_come_after_the_end_are_refused(database_url: str) -> None:
    db = Database(database_url)
    db.start()
    last = asyncio.create_task(db.write(lambda session: add(session, "last")))  # noqa: TID251
    await asyncio.sleep(0)
    await db.stop()
    assert await last == "last"
    with pytest.raises(Busy):
        await db.write(lambda session: add(session, "too late"))
