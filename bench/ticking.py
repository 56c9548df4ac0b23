"""Those who remind, each in a process of its own, so that its memory is its own.

    python -m bench.ticking product DATABASE COUNT     the product's `Orders.remind_due`
    python -m bench.ticking scan DATABASE COUNT        every open order read by the ORM, working time for each
    python -m bench.ticking apscheduler DATABASE COUNT a job an order in SQLAlchemyJobStore
    python -m bench.ticking jobqueue - COUNT           a job an order in python-telegram-bot's JobQueue

Each says what it has when it is ready. Then each line of its input is a tick with ten due (`tick`) or a look at
everything (`list`), answered by a line of JSON: seconds, those of them in database statements, bytes of memory.
"""

import asyncio
import json
import logging
import pickle
import random
import resource
import sys
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event, func, select, update
from sqlalchemy.orm import Session, lazyload

from bench import peers

DUE = 10
NOW = datetime(2026, 11, 2, 10, tzinfo=UTC)
"""A Monday; the stocked orders came in just now."""


class Statements:
    """How long the statements of all engines of this process took, and how many there were."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self.count = 0
        self._begun = 0.0
        event.listen(Engine, "before_cursor_execute", self._before)
        event.listen(Engine, "after_cursor_execute", self._after)

    def _before(self, *_: Any) -> None:
        self._begun = time.perf_counter()

    def _after(self, *_: Any) -> None:
        self.seconds += time.perf_counter() - self._begun
        self.count += 1


class Reminder(ABC):
    """One who is to remind of so many open orders."""

    async def start(self) -> None:
        return

    @abstractmethod
    async def make_due(self) -> None:
        """Not timed: ten of the orders become due."""

    @abstractmethod
    async def tick(self) -> int:
        """Timed: returns how many were found due."""

    async def everything(self) -> int:
        """Timed: all that is planned, as one must when a shop's hours change. Returns how many."""
        raise NotImplementedError


class Product(Reminder):
    def __init__(self, path: str, count: int) -> None:
        from bot.app import status_name
        from bot.orders import Orders
        from models.db import Database
        from models.links import Links

        self._db = Database(f"sqlite+aiosqlite:///{path}")
        self._orders = Orders(self._db, lambda: NOW, Links(b"only for benches"), status_name=status_name)
        apart = max(1, count // 1_000)
        self._ids = list(range(1, count + 1, apart))  # spread over all of them, and never one twice
        random.Random("S4").shuffle(self._ids)

    async def start(self) -> None:
        self._db.start()

    async def make_due(self) -> None:
        """One open deadline of each: the first of its order."""
        from models.deadline import Deadline

        chosen, self._ids = self._ids[:DUE], self._ids[DUE:]

        def unit(session: Session) -> None:
            first = (
                select(func.min(Deadline.id))
                .where(Deadline.order_id.in_(chosen), Deadline.done_at.is_(None))
                .group_by(Deadline.order_id)
            )
            session.execute(
                update(Deadline)
                .where(Deadline.id.in_(list(session.scalars(first))))
                .values(due_at=NOW - timedelta(seconds=1))
                .execution_options(synchronize_session=False)
            )

        await self._db.write(unit)

    async def tick(self) -> int:
        return await self._orders.remind_due()


class Scan(Reminder):
    """Kindly: lines and parcels are not loaded, hours are read once, none is due, nothing is written."""

    def __init__(self, path: str, _: int) -> None:
        self._engine = create_engine(f"sqlite:///{path}")

    async def make_due(self) -> None:
        return

    async def tick(self) -> int:
        from models.order import Order
        from models.workflow import Status
        from models.worktime import WorkSchedule

        due = 0
        with Session(self._engine) as session:
            for order in session.scalars(
                select(Order)
                .where(Order.status == Status.NEW)
                .options(lazyload(Order.lines), lazyload(Order.parcels))
            ):
                hours = WorkSchedule.from_json(order.shop.hours)
                due += hours.elapsed(order.received_at, NOW) >= timedelta(hours=2)
        return due


async def rung(*_: Any, **__: Any) -> None:
    """A job's work: nothing, but that it is known that it ran."""
    Jobs.ran += 1
    if Jobs.ran >= DUE:
        Jobs.all_ran.set()


class Jobs(Reminder):
    """Jobs of APScheduler: a tick is what it does from its wake-up until ten of them ran."""

    ran = 0
    all_ran: asyncio.Event

    def __init__(self) -> None:
        self.scheduler: Any = None

    async def tick(self) -> int:
        Jobs.ran, Jobs.all_ran = 0, asyncio.Event()
        self.scheduler.resume()
        async with asyncio.timeout(60):
            await Jobs.all_ran.wait()
        return Jobs.ran

    async def everything(self) -> int:
        return len(self.scheduler.get_jobs())


class ApScheduler(Jobs):
    """The store is filled by copying the row of a job that it made itself: added one by one it takes minutes."""

    def __init__(self, path: str, count: int) -> None:
        from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
        from apscheduler.schedulers.asyncio import AsyncIOScheduler

        super().__init__()
        self._count = count
        self._store = SQLAlchemyJobStore(url=f"sqlite:///{path}")
        self.scheduler = AsyncIOScheduler(jobstores={"default": self._store}, timezone=UTC)
        self._made = 0

    async def start(self) -> None:
        self.scheduler.start(paused=True)
        far = datetime.now(UTC) + timedelta(days=1)
        self.scheduler.add_job(rung, "date", run_date=far, args=(0,), id="model")
        table = self._store.jobs_t
        with self._store.engine.begin() as connection:
            state = connection.execute(select(table.c.job_state)).scalar_one()
        self._model = pickle.loads(state)
        for first in range(0, self._count, 500):  # in small lots: what a lot takes is no order's memory
            lot = range(first, min(first + 500, self._count))
            self._insert([far + timedelta(seconds=number) for number in lot])

    async def make_due(self) -> None:
        self.scheduler.pause()
        self._insert([datetime.now(UTC)] * DUE)

    def _insert(self, moments: list[datetime]) -> None:
        rows = []
        for at in moments:
            self._made += 1
            trigger = type(self._model["trigger"])(run_date=at, timezone=UTC)
            told = {
                "id": f"order-{self._made}",
                "next_run_time": at,
                "trigger": trigger,
                "args": (self._made,),
            }
            rows.append(
                {
                    "id": told["id"],
                    "next_run_time": at.timestamp(),
                    "job_state": pickle.dumps(self._model | told, pickle.HIGHEST_PROTOCOL),
                }
            )
        with self._store.engine.begin() as connection:
            connection.execute(self._store.jobs_t.insert(), rows)


class JobQueue(Jobs):
    def __init__(self, _: str, count: int) -> None:
        super().__init__()
        telegram: Any = peers.load("telegram.ext")
        token = "4200000042:AAE-only-for-benches-0123456789abcdef"
        self._app = telegram.Application.builder().token(token).updater(None).build()
        self._queue = self._app.job_queue
        self.scheduler = self._queue.scheduler
        self._count = count

    async def start(self) -> None:
        await self._queue.start()
        self.scheduler.pause()
        for number in range(self._count):
            self._queue.run_once(rung, timedelta(days=1, seconds=number), data=number)

    async def make_due(self) -> None:
        self.scheduler.pause()
        for number in range(DUE):
            self._queue.run_once(rung, timedelta(seconds=0), data=number)


KINDS: dict[str, Callable[[str, int], Reminder]] = {
    "product": Product,
    "scan": Scan,
    "apscheduler": ApScheduler,
    "jobqueue": JobQueue,
}


def memory() -> int:
    """Bytes of this process that are in memory."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize()


@contextmanager
def told(statements: Statements) -> Iterator[dict[str, Any]]:
    """Prints a line of JSON about what was done within."""
    line: dict[str, Any] = {}
    before, seconds, count = time.perf_counter(), statements.seconds, statements.count
    yield line
    line["seconds"] = time.perf_counter() - before
    line["database"] = statements.seconds - seconds
    line["statements"] = statements.count - count
    line["memory"] = memory()
    print(json.dumps(line), flush=True)


async def run(kind: str, path: str, count: str) -> None:
    statements = Statements()
    loop = asyncio.get_running_loop()
    reminder = KINDS[kind](path, int(count))
    with told(statements):
        await reminder.start()
    while (word := (await loop.run_in_executor(None, sys.stdin.readline)).strip()) != "":
        if word == "tick":
            await reminder.make_due()
            await asyncio.sleep(0.005)
        with told(statements) as line:
            line["due"] = await (reminder.tick() if word == "tick" else reminder.everything())


if __name__ == "__main__":
    logging.disable(logging.WARNING)
    asyncio.run(run(*sys.argv[1:]))
