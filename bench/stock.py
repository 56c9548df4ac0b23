"""A database with very many open orders, all alike: the product stores one, SQL copies its rows.

Columns are read off the tables, so that a new one needs no word here. What must be unique is made so, and no
deadline of a copy comes within a day of its model's.
"""

import hashlib
import sqlite3
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from bench.servers import TABLES
from bench.world import furnish, order
from bot.app import status_name
from bot.orders import Orders
from models.db import Database
from models.intake import NewOrder
from models.links import Links

DIFFERS: Mapping[str, str] = {
    "public_id": "printf('%016x', n)",
    "number": "printf('9%08d', n)",
    "due_at": "strftime('%Y-%m-%d %H:%M:%S.000000', due_at, printf('+%d seconds', 86400 + n * 37 % 864000))",
    "dedupe": "printf('%d:copied:%s', n, dedupe)",
    "cause": "printf('%s:%d', cause, n)",
    "notifications.state": "'sent'",
}
"""Column -> how the copy with the number n differs; the model's value stands in the column of the same name."""


async def stock(path: Path, count: int, now: datetime) -> int:
    """So many open orders of one shop beside the model, whose id is returned; theirs are the next ones."""
    opened = (await furnish(path, 1))[0]
    db = Database(f"sqlite+aiosqlite:///{path}")
    db.start()
    orders = Orders(db, lambda: now, Links(b"only for benches"), status_name=status_name)
    body = order("1")
    digest = hashlib.sha256(b"1").digest()
    await orders.receive(opened.shop_id, NewOrder.model_validate(body), key=None, digest=digest)
    await db.stop()
    return copied(path, count)


def copied(path: Path, count: int) -> int:
    """Copies the newest order so many times, without a care for a crash meanwhile."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA synchronous=OFF")
    connection.execute("PRAGMA cache_size=-200000")
    model: int = connection.execute("SELECT max(id) FROM orders").fetchone()[0]
    connection.execute("BEGIN")
    for table in TABLES:
        key = "id" if table == "orders" else "order_id"
        connection.execute("DROP TABLE IF EXISTS temp.model")
        connection.execute(f"CREATE TEMP TABLE model AS SELECT * FROM {table} WHERE {key} = {model}")
        columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
        values = [
            "NULL" if name == "id" != key else DIFFERS.get(f"{table}.{name}", DIFFERS.get(name, name))
            for name in columns
        ]
        values[columns.index(key)] = f"{model} + n"
        connection.execute(
            f"WITH RECURSIVE series(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM series WHERE n < {count}) "
            f"INSERT INTO {table} ({', '.join(columns)}) SELECT {', '.join(values)} FROM series, temp.model"
        )
    connection.execute("COMMIT")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    return model
