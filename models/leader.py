"""One leader a database: whoever polls, delivers and ticks holds this lock (R9). The web doors may be many."""

import asyncio
import fcntl
from pathlib import Path
from typing import IO

import structlog
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection

from models.db import Database

log = structlog.get_logger(__name__)

POSTGRES_LOCK = 0x0DE7BE11
"""The advisory lock's number: ours alone within one PostgreSQL database."""
PAUSE = 1.0


class Leadership:
    """`take` waits until no other process leads; a process that dies gives it up by dying."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._file: IO[bytes] | None = None
        self._connection: AsyncConnection | None = None

    async def take(self) -> None:
        waited = False
        while not await self._try():
            if not waited:
                log.warning("another_instance_leads", waiting=True)
                waited = True
            await asyncio.sleep(PAUSE)

    async def give_up(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None
        if self._connection is not None:
            await self._connection.close()
            self._connection = None

    async def _try(self) -> bool:
        return self._try_file() if self._db.sqlite else await self._try_postgres()

    def _try_file(self) -> bool:
        path = Path(f"{self._db.url.database}.lock")
        file = path.open("ab")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.close()
            return False
        self._file = file
        return True

    async def _try_postgres(self) -> bool:
        try:
            connection = await self._db.engine.connect()
            await connection.execution_options(isolation_level="AUTOCOMMIT")
            taken = await connection.scalar(
                text("SELECT pg_try_advisory_lock(:number)"), {"number": POSTGRES_LOCK}
            )
        except (SQLAlchemyError, OSError):
            return False
        if not taken:
            await connection.close()
            return False
        self._connection = connection
        return True
