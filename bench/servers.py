"""The servers that are measured, each in a process of its own: the product, and the peers beside it.

    python -m bench.servers product DATABASE [TELEGRAM_URL [LAGS]]
    python -m bench.servers plain DATABASE     aiohttp, plain sqlite3, up to 64 requests a commit
    python -m bench.servers orm DATABASE       aiohttp, an async ORM session a request on aiosqlite's default pool
    python -m bench.servers bare DATABASE      aiohttp, the same body read and nothing stored

The peers write the very rows that the product wrote for an order: those of the one that is in the database
already serve them as a template. Each prints its port when it listens.

Into the file LAGS goes, at the end, how late the product's event loop came to a sampler that asked for it every
five milliseconds: seconds, and how long meanwhile the loop's thread and the whole process were at work.
"""

import asyncio
import hashlib
import json
import logging
import signal
import sqlite3
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, NamedTuple

from aiohttp import web
from sqlalchemy import event, select
from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine

BATCH = 64
EVERY = 0.005
"""Seconds between the samples of the loop's lag."""
TABLES = ("orders", "order_lines", "order_events", "deadlines", "notifications")
TOKEN = "4200000042:AAE-only-for-benches-0123456789abcdef"


class Template(NamedTuple):
    """The rows of one order in one table."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]


def templates(connection: sqlite3.Connection) -> dict[str, Template]:
    """What the product stored for the newest order; a row's own id is left to the database but for the order's."""
    number = connection.execute("SELECT max(id) FROM orders").fetchone()[0]
    found = {}
    for table in TABLES:
        key = "id" if table == "orders" else "order_id"
        cursor = connection.execute(f"SELECT * FROM {table} WHERE {key} = ? ORDER BY rowid", (number,))
        names = [column[0] for column in cursor.description]
        kept = [at for at, name in enumerate(names) if table == "orders" or name != "id"]
        rows = tuple(tuple(row[at] for at in kept) for row in cursor.fetchall())
        found[table] = Template(tuple(names[at] for at in kept), rows)
    return found


def anew(table: str, template: Template, order_id: int, number: str) -> list[tuple[Any, ...]]:
    """The template's rows as those of another order: what has to be unique is."""
    fresh = {
        "id": order_id if table == "orders" else None,
        "order_id": order_id,
        "number": number,
        "public_id": f"{order_id:016x}",
    }
    made = []
    for at, row in enumerate(template.rows):
        values = dict(zip(template.columns, row, strict=True))
        values |= {name: value for name, value in fresh.items() if name in values}
        if "dedupe" in values:
            values["dedupe"] = f"{order_id}:new_order::{at}"
        if "cause" in values:
            values["cause"] = f"api:1:{number}"
        made.append(tuple(values.values()))
    return made


def read(raw: bytes) -> str:
    """What a plain service checks of a body before it stores it."""
    told = json.loads(raw)
    for name in ("number", "buyer", "lines", "delivery", "payment"):
        if name not in told:
            raise web.HTTPUnprocessableEntity
    return str(told["number"])


def answer(order_id: int, number: str) -> web.Response:
    start = hashlib.sha256(f"{order_id}".encode()).hexdigest()[:32]
    return web.json_response(
        {
            "order_id": f"{order_id:016x}",
            "number": number,
            "status": "new",
            "buyer": {"start": start, "telegram": f"https://t.me/bot?start={start}", "viber": None},
        },
        status=202,
    )


# ---------------------------------------------------------------- plain group commit
class Plain:
    def __init__(self, path: str) -> None:
        self._db = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=10000"):
            self._db.execute(f"PRAGMA {pragma}")
        self._templates = templates(self._db)
        self._inserts = {
            name: f"INSERT INTO {name} ({', '.join(made.columns)}) VALUES ({', '.join('?' * len(made.columns))})"
            for name, made in self._templates.items()
        }
        self._keys = {
            row[0] for row in self._db.execute("SELECT digest FROM api_keys WHERE revoked_at IS NULL")
        }
        self._next = self._db.execute("SELECT max(id) FROM orders").fetchone()[0]
        self._thread = ThreadPoolExecutor(1)
        self._waiting: list[tuple[str, asyncio.Future[int]]] = []
        self._ready = asyncio.Event()

    async def take(self, request: web.Request) -> web.Response:
        key = request.headers.get("Authorization", "").removeprefix("Bearer ")
        if _digest(key) not in self._keys:
            raise web.HTTPUnauthorized
        number = read(await request.read())
        stored: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        self._waiting.append((number, stored))
        self._ready.set()
        return answer(await stored, number)

    async def write(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            await self._ready.wait()
            self._ready.clear()
            while self._waiting:
                batch, self._waiting = self._waiting[:BATCH], self._waiting[BATCH:]
                numbers = [number for number, _ in batch]
                try:
                    ids = await loop.run_in_executor(self._thread, self._commit, numbers)
                except Exception as error:
                    for _, stored in batch:
                        stored.set_exception(error)
                    raise
                for (_, stored), order_id in zip(batch, ids, strict=True):
                    stored.set_result(order_id)

    def _commit(self, numbers: list[str]) -> list[int]:
        self._db.execute("BEGIN IMMEDIATE")
        marks = ", ".join("?" * len(numbers))
        known = dict(
            self._db.execute(
                f"SELECT number, id FROM orders WHERE shop_id = 1 AND number IN ({marks})", numbers
            )
        )
        for number in numbers:
            if number not in known:
                self._next += 1
                known[number] = self._next
        for name, template in self._templates.items():
            rows = [row for number in numbers for row in anew(name, template, known[number], number)]
            self._db.executemany(self._inserts[name], rows)
        self._db.execute("COMMIT")
        return [known[number] for number in numbers]


# ---------------------------------------------------------------- an async ORM session each
class Orm:
    def __init__(self, path: str) -> None:
        import models.tables  # noqa: F401 - every table that another one names
        from models import order, outbox, shop
        from models.deadline import Deadline

        self._engine = create_async_engine(f"sqlite+aiosqlite:///{path}", connect_args={"timeout": 60})
        event.listen(self._engine.sync_engine, "connect", _pragmas)
        self._sessions = async_sessionmaker(self._engine, expire_on_commit=False)
        self._order, self._key = order.Order, shop.ApiKey
        self._tables: dict[str, Any] = {
            "order_lines": order.OrderLine,
            "order_events": order.OrderEvent,
            "deadlines": Deadline,
            "notifications": outbox.Notification,
        }
        self._rows: dict[str, list[dict[str, Any]]] = {}

    async def start(self) -> None:
        async with self._sessions() as session:
            newest = (
                await session.scalars(select(self._order).order_by(self._order.id.desc()).limit(1))
            ).one()
            self._rows["orders"] = [_columns(newest)]
            for name, table in self._tables.items():
                rows = await session.scalars(select(table).where(table.order_id == newest.id))
                self._rows[name] = [_columns(row) for row in rows]

    async def take(self, request: web.Request) -> web.Response:
        key = request.headers.get("Authorization", "").removeprefix("Bearer ")
        number = read(await request.read())
        async with self._sessions() as session:
            shop_id = await session.scalar(
                select(self._key.shop_id).where(
                    self._key.digest == _digest(key), self._key.revoked_at.is_(None)
                )
            )
            if shop_id is None:
                raise web.HTTPUnauthorized
            twin = await session.scalar(
                select(self._order.id).where(self._order.shop_id == shop_id, self._order.number == number)
            )
            if twin is not None:
                return answer(twin, number)
            stamp = hashlib.sha256(number.encode()).hexdigest()
            row = self._rows["orders"][0] | {"number": number, "public_id": stamp[:16]}
            made = self._order(**row)
            session.add(made)
            await session.flush()
            for name, table in self._tables.items():
                for at, line in enumerate(self._rows[name]):
                    values = line | {"order_id": made.id}
                    if "dedupe" in values:
                        values["dedupe"] = f"{made.id}:new_order::{at}"
                    if "cause" in values:
                        values["cause"] = f"api:1:{number}"
                    session.add(table(**values))
            await session.commit()
        return answer(made.id, number)


def _columns(row: Any) -> dict[str, Any]:
    return {
        column.key: getattr(row, column.key) for column in row.__mapper__.column_attrs if column.key != "id"
    }


def _pragmas(connection: Any, _record: Any) -> None:
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _digest(key: str) -> Any:
    from models import links

    return links.digest(key)


# ---------------------------------------------------------------- all of them
async def serve(kind: str, path: str, telegram_url: str = "", lags: str = "") -> None:
    stopping = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stopping.set)
    if kind == "product":
        await _product(path, telegram_url, lags, stopping)
        return
    app = web.Application()
    writing: asyncio.Task[None] | None = None
    if kind == "plain":
        plain = Plain(path)
        writing = loop.create_task(plain.write())
        app.router.add_post("/api/v1/orders", plain.take)
    elif kind == "orm":
        orm = Orm(path)
        await orm.start()
        app.router.add_post("/api/v1/orders", orm.take)
    else:
        app.router.add_post("/api/v1/orders", _bare)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    print(runner.addresses[0][1], flush=True)
    await stopping.wait()
    if writing is not None:
        writing.cancel()
    await runner.cleanup()


async def _bare(request: web.Request) -> web.Response:
    return answer(1, read(await request.read()))


async def _product(path: str, telegram_url: str, lags: str, stopping: asyncio.Event) -> None:
    """The product as `bot run` wires it, but for the pace of callers and of the messenger, which are lifted."""
    from bot.app import App
    from bot.config import Settings
    from bot.messengers.pacing import Limits as PaceLimits
    from handlers.web.server import Limits

    settings = {
        "bot_token": TOKEN if telegram_url else "",
        "telegram_api_url": telegram_url or "http://127.0.0.1:9",
        "database_url": f"sqlite+aiosqlite:///{path}",
        "secret_key": "only-for-benches-only-for-benches",
        "port": 0,
    }
    app = App(
        Settings(_env_file=None, **settings),  # type: ignore[arg-type]
        limits=Limits(per_second=100_000, burst=100_000),
        pace=PaceLimits(100_000, 100_000, 100_000),
    )
    await app.start()
    app.freeze()
    found: list[tuple[float, float, float]] = []
    sampler = asyncio.get_running_loop().create_task(_sample(found)) if lags else None
    print(app.url.rpartition(":")[2], flush=True)
    await stopping.wait()
    if sampler is not None:
        sampler.cancel()
        Path(lags).write_text(json.dumps(found), encoding="utf-8")
    await app.stop()


async def _sample(found: list[tuple[float, float, float]]) -> None:
    while True:
        due, thread, process = time.perf_counter() + EVERY, time.thread_time(), time.process_time()
        await asyncio.sleep(EVERY)
        now, thread, process = time.perf_counter(), time.thread_time() - thread, time.process_time() - process
        found.append((now - due, thread, process))


if __name__ == "__main__":
    logging.disable(logging.INFO)
    from bot.logs import configure

    configure("WARNING", "console")
    asyncio.run(serve(*sys.argv[1:]))
