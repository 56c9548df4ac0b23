"""SQLite's log: what was written lately stands in it once more, until it is emptied (K6)."""

import asyncio
import sqlite3
from contextlib import closing

from models.db import Database

PATIENCE = 0.1
"""Seconds that writers may have to wait because a reader still needs the log."""


async def truncate_wal(db: Database) -> bool:
    """Move all of it into the database and empty the file. False where a reader is in the way: try again later."""
    if not db.sqlite or not db.url.database:
        return True
    return await asyncio.to_thread(_truncate, db.url.database)


def _truncate(path: str) -> bool:
    with closing(sqlite3.connect(path, timeout=PATIENCE)) as connection:
        try:
            busy, _, _ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        except sqlite3.OperationalError:
            return False
    return not busy
