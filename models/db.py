"""The database: one writer whose units share commits, and readers beside it.

A *unit* is a plain function of a Session, all or nothing. The writer takes whatever units wait, up to a batch,
runs each in a savepoint of its own and commits once for all; a unit that raises is rolled back alone. Nobody is
answered before that commit (promise P1). What costs is not the disk but a commit per unit, hence the batch.

SQLite: WAL, synchronous=FULL (NORMAL lost acknowledged orders in 47 % of simulated power cuts), every writing
batch begins with BEGIN IMMEDIATE (a deferred one fails with "database is locked" at once when it upgrades).
PostgreSQL: the same units over asyncpg.
"""

import asyncio
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, TypeVar, cast

import structlog
from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.orm import Session
from sqlalchemy.pool import StaticPool

from models.crash import crashpoint
from models.errors import Busy
from models.trouble import of_the_database, worth_another_try
from models.watch import Watch

log = structlog.get_logger(__name__)

T = TypeVar("T")
Item = TypeVar("Item")

Unit = Callable[[Session], T]
Together = Callable[[Session, Sequence[Item]], Sequence[T | Exception]]
"""A unit for many like items at once; returns a result or an exception per item, in their order."""

BATCH = 64
BUSY_TIMEOUT = 10.0
"""Seconds to wait for somebody else's write lock before a unit is refused with Busy."""

WAKES = "wakes"


def wake(session: Session, topic: str) -> None:
    """Ask that those who wait for `topic` are woken once this unit is committed."""
    session.info.setdefault(WAKES, set()).add(topic)


@dataclass(slots=True)
class _Job:
    future: asyncio.Future[Any]
    unit: Unit[Any] | None = None
    together: Together[Any, Any] | None = None
    item: Any = None


@dataclass(slots=True)
class _Outcome:
    job: _Job
    result: Any = None
    error: Exception | None = None


@dataclass(slots=True)
class _Batch:
    outcomes: list[_Outcome] = field(default_factory=list)
    wakes: set[str] = field(default_factory=set)


class Database:
    """`write` for units, `write_with` for units done together as sets, `read` for queries."""

    def __init__(self, url: str, *, busy_seconds: float | None = None, watch: Watch | None = None) -> None:
        busy_seconds = BUSY_TIMEOUT if busy_seconds is None else busy_seconds
        self.url: URL = make_url(url)
        self.sqlite = self.url.get_backend_name() == "sqlite"
        self.commits = 0
        self._watch = watch or Watch()
        self._waiting: list[_Job] = []
        self._reading: set[asyncio.Task[Any]] = set()
        self._ready = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._subscribers: dict[str, list[Callable[[], None]]] = {}
        self._thread: ThreadPoolExecutor | None = None
        self._sync: Engine | None = None
        if self.sqlite:
            if self.url.database:
                Path(self.url.database).parent.mkdir(parents=True, exist_ok=True)
            self._sync = sqlite_engine(self.url, busy_seconds)
            self._thread = ThreadPoolExecutor(1, thread_name_prefix="writer")
            self._reads = create_async_engine(self.url, pool_size=4, max_overflow=0, hide_parameters=True)
            event.listen(self._reads.sync_engine, "connect", partial(_prepare_sqlite_reader, busy_seconds))
            event.listen(self._reads.sync_engine, "begin", _begin_deferred)
        else:
            self._reads = create_async_engine(
                self.url,
                pool_size=8,
                max_overflow=4,
                pool_pre_ping=True,
                hide_parameters=True,
                connect_args={"server_settings": _postgres_settings(busy_seconds)},
            )

    @property
    def engine(self) -> AsyncEngine:
        return self._reads

    def start(self) -> None:
        self._task = asyncio.get_running_loop().create_task(self._work(), name="writer")

    async def stop(self) -> None:
        """Finish what waits, then close. Units handed in later are refused with Busy."""
        if self._task is not None:
            self._ready.set()
            task, self._task = self._task, None
            await task
        if self._reading:
            await asyncio.wait(self._reading)
        await self._reads.dispose()
        if self._thread is not None and self._sync is not None:
            await asyncio.get_running_loop().run_in_executor(self._thread, self._sync.dispose)
            self._thread.shutdown(wait=True)

    def on_wake(self, topic: str, callback: Callable[[], None]) -> None:
        self._subscribers.setdefault(topic, []).append(callback)

    async def write(self, unit: Unit[T]) -> T:
        """Run a unit and return its result after the commit. Raises what the unit raised, or Busy."""
        return cast(T, await self._submit(_Job(self._future(), unit=unit)))

    async def write_with(self, together: Together[Item, T], item: Item) -> T:
        """Run an item's unit together with whatever like items wait; otherwise as `write`."""
        return cast(T, await self._submit(_Job(self._future(), together=together, item=item)))

    async def read(self, query: Unit[T]) -> T:
        """Run a query on a consistent picture of what is committed. Raises Busy where there is no database.

        Whoever is cancelled while it runs is so at once; the query ends by itself, since a connection that is left
        in the middle is lost, and aiosqlite's thread with it.
        """
        reading = asyncio.get_running_loop().create_task(self._read(query))
        self._reading.add(reading)
        reading.add_done_callback(self._reading.discard)
        try:
            return await asyncio.shield(reading)
        except asyncio.CancelledError:
            reading.add_done_callback(_heard)
            raise

    async def _read(self, query: Unit[T]) -> T:
        try:
            async with self._reads.connect() as connection:
                if not self.sqlite:  # by itself PostgreSQL shows each statement what is committed by then
                    await connection.execution_options(isolation_level="REPEATABLE READ")
                return await connection.run_sync(lambda sync: _queried(sync, query))
        except Exception as error:
            if of_the_database(error):
                raise Busy(retry_after=5) from error
            raise

    async def run(self, work: Callable[[Connection], T]) -> T:
        """Work on a writing connection in one transaction: migrations and the like, outside the batches."""
        if self._sync is not None and self._thread is not None:
            engine = self._sync

            def within() -> T:
                with engine.begin() as connection:
                    result = work(connection)
                    crashpoint("db.before_run_commit")
                crashpoint("db.run_committed")
                return result

            return await asyncio.get_running_loop().run_in_executor(self._thread, within)
        async with self._reads.begin() as connection:
            result = await connection.run_sync(work)
            crashpoint("db.before_run_commit")
        crashpoint("db.run_committed")
        return result

    def _future(self) -> asyncio.Future[Any]:
        return asyncio.get_running_loop().create_future()

    async def _submit(self, job: _Job) -> Any:
        if self._task is None:
            raise Busy(retry_after=5)
        self._waiting.append(job)
        self._ready.set()
        return await job.future

    async def _work(self) -> None:
        while self._task is not None or self._waiting:
            if not self._waiting:
                self._ready.clear()
                if self._task is None:
                    return
                await self._ready.wait()
                continue
            jobs, self._waiting = self._waiting[:BATCH], self._waiting[BATCH:]
            began = time.perf_counter()
            try:
                batch = await self._commit(jobs)
            except Exception as error:
                log.warning("batch_refused", units=len(jobs), error=type(error).__name__)
                self._watch.refused(len(jobs))
                self._refuse(jobs, error)
                continue
            self.commits += 1
            self._watch.committed(len(jobs), time.perf_counter() - began)
            crashpoint("db.committed")
            for outcome in batch.outcomes:
                _tell(outcome)
            for topic in batch.wakes:
                for callback in self._subscribers.get(topic, ()):
                    try:
                        callback()
                    except Exception:
                        log.exception("wake_failed", topic=topic)

    def _refuse(self, jobs: Sequence[_Job], error: Exception) -> None:
        """Nothing was stored. Who came while we waited for a lock in vain waited for the same one, and is refused
        as well: nobody hangs for longer than one such wait (A9)."""
        busy = of_the_database(error)
        failure: Exception = error
        if busy:
            failure = Busy(retry_after=5)
            failure.__cause__ = error
            jobs, self._waiting = [*jobs, *self._waiting], []
        for job in jobs:
            if not job.future.done():
                job.future.set_exception(failure)

    async def _commit(self, jobs: Sequence[_Job]) -> _Batch:
        if self._sync is not None and self._thread is not None:
            engine = self._sync
            return await asyncio.get_running_loop().run_in_executor(
                self._thread, _in_one_commit, engine, jobs
            )
        async with self._reads.connect() as connection:
            async with connection.begin():
                batch = await connection.run_sync(_run, jobs)
                crashpoint("db.before_commit")
            return batch


def _in_one_commit(engine: Engine, jobs: Sequence[_Job]) -> _Batch:
    with engine.begin() as connection:
        batch = _run(connection, jobs)
        crashpoint("db.before_commit")
    return batch


def _run(connection: Connection, jobs: Sequence[_Job]) -> _Batch:
    """Every job in a savepoint of its own; like jobs that can be done as a set are, and fall back to one by one."""
    batch = _Batch()
    sets: dict[Together[Any, Any], list[_Job]] = {}
    for job in jobs:
        if job.together is not None:
            sets.setdefault(job.together, []).append(job)
        elif job.unit is not None:
            batch.outcomes.append(_attempt(connection, job, job.unit, batch))
    for together, members in sets.items():
        whole = _attempt_set(connection, together, members, batch)
        if whole is None:
            for job in members:
                whole = _attempt_set(connection, together, [job], batch)
                batch.outcomes.extend(whole or [])
        else:
            batch.outcomes.extend(whole)
    return batch


# Trouble of the database's own (a full disk, a lost connection) has ended the transaction already, and its
# savepoints with it: the connection is given up, so that nothing is rolled back on it and the next batch has a
# fresh one.


def _attempt(connection: Connection, job: _Job, unit: Unit[Any], batch: _Batch) -> _Outcome:
    for last in (False, False, True):
        session = _session(connection)
        try:
            result = unit(session)
            session.commit()
        except Exception as error:  # the unit's own refusal, or its bug: the caller is told, its mates go on
            if of_the_database(error):
                connection.invalidate(error)
                raise
            session.rollback()
            if last or not worth_another_try(error):
                return _Outcome(job, error=error)
        else:
            batch.wakes |= session.info.get(WAKES, set())
            return _Outcome(job, result=result)
        finally:
            session.close()
    raise AssertionError("unreachable")


def _attempt_set(
    connection: Connection, together: Together[Any, Any], jobs: Sequence[_Job], batch: _Batch
) -> list[_Outcome] | None:
    """Outcomes of a set, or None where it failed as a whole and should be tried one by one."""
    session = _session(connection)
    try:
        results = together(session, [job.item for job in jobs])
        session.commit()
    except Exception as error:
        if of_the_database(error):
            connection.invalidate(error)
            raise
        session.rollback()
        return [_Outcome(jobs[0], error=error)] if len(jobs) == 1 else None
    else:
        batch.wakes |= session.info.get(WAKES, set())
        return [
            _Outcome(job, error=result) if isinstance(result, Exception) else _Outcome(job, result=result)
            for job, result in zip(jobs, results, strict=True)
        ]
    finally:
        session.close()


def _heard(reading: asyncio.Task[Any]) -> None:
    """Nobody waits for it any more, so that nobody is told how it ended."""
    if not reading.cancelled():
        reading.exception()


def _session(connection: Connection) -> Session:
    return Session(connection, expire_on_commit=False, join_transaction_mode="create_savepoint")


def _queried(connection: Connection, query: Unit[T]) -> T:
    with Session(connection, expire_on_commit=False) as session:
        return query(session)


def _tell(outcome: _Outcome) -> None:
    future, error = outcome.job.future, outcome.error
    if future.done():
        return
    if error is None:
        future.set_result(outcome.result)
        return
    if isinstance(error, StopIteration):  # a future cannot carry it
        error = RuntimeError("a unit raised StopIteration")
    future.set_exception(error)


def _postgres_settings(busy_seconds: float) -> dict[str, str]:
    milliseconds = str(int(busy_seconds * 1000))
    return {"synchronous_commit": "on", "lock_timeout": milliseconds}


def sqlite_engine(url: URL, busy_seconds: float | None = None) -> Engine:
    """The one writing connection of SQLite, with its pragmas (they live here only)."""
    busy_seconds = BUSY_TIMEOUT if busy_seconds is None else busy_seconds
    engine = create_engine(
        url.set(drivername="sqlite+pysqlite"),
        poolclass=StaticPool,
        hide_parameters=True,
        connect_args={"timeout": busy_seconds, "isolation_level": None, "check_same_thread": False},
    )
    event.listen(engine, "connect", partial(_prepare_sqlite_writer, busy_seconds))
    event.listen(engine, "begin", _begin_immediate)
    return engine


def _prepare_sqlite_writer(busy_seconds: float, connection: Any, _record: Any) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.execute("PRAGMA secure_delete=ON")
    cursor.execute(f"PRAGMA busy_timeout={int(busy_seconds * 1000)}")
    cursor.close()


def _prepare_sqlite_reader(busy_seconds: float, connection: Any, _record: Any) -> None:
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute("PRAGMA query_only=ON")
    cursor.execute(f"PRAGMA busy_timeout={int(busy_seconds * 1000)}")
    cursor.close()


def _begin_immediate(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _begin_deferred(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN")
