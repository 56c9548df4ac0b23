"""Room on the disk on which SQLite's file lies, and a ballast to throw off when there is none left (R7)."""

import contextlib
import os
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import structlog
from sqlalchemy import URL

log = structlog.get_logger(__name__)

MIB = 2**20
LEAST = 64 * MIB
"""With less room than this no new order is taken: what is left belongs to those that are stored."""
BALLAST = 16 * MIB
EMPTY = 4 * MIB
"""With less room than this the ballast goes: a note of what was sent needs it more."""
LOOK = 1.0
"""Seconds for which a look at the disk is good."""


def folder_of(url: URL) -> Path | None:
    """Where SQLite's file lies; None where the database is elsewhere."""
    if url.get_backend_name() != "sqlite" or not url.database:
        return None
    return Path(url.database).absolute().parent


class Space:
    """The room beside the database. `measure` gives free bytes of a folder."""

    def __init__(
        self,
        url: URL,
        *,
        monotonic: Callable[[], float] = time.monotonic,
        measure: Callable[[Path], int] = lambda folder: shutil.disk_usage(folder).free,
    ) -> None:
        self._folder = folder_of(url)
        self._monotonic = monotonic
        self._measure = measure
        self._free: int | None = None
        self._looked = float("-inf")

    @property
    def free(self) -> int | None:
        """Bytes; None where the disk is not ours to look at, or does not say."""
        now = self._monotonic()
        if self._folder is not None and now - self._looked >= LOOK:
            self._looked = now
            try:
                self._free = self._measure(self._folder)
            except OSError:
                self._free = None
        return self._free

    @property
    def low(self) -> bool:
        free = self.free
        return free is not None and free < LEAST


class Ballast:
    """A file beside the database that takes up room until the disk is full."""

    def __init__(self, url: URL, space: Space) -> None:
        folder = folder_of(url)
        self._path = None if folder is None else folder / f"{Path(url.database or '').name}.ballast"
        self._space = space

    async def balance(self) -> None:
        """Laid while there is plenty of room, thrown off when there is next to none."""
        free = self._space.free
        if self._path is None or free is None:
            return
        if free < EMPTY and self._path.exists():
            self._path.unlink()
            log.error("disk_full", ballast_freed=BALLAST)
        elif free > LEAST + BALLAST and not self._path.exists():
            self._lay(self._path)

    @staticmethod
    def _lay(path: Path) -> None:
        try:
            with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                os.posix_fallocate(file.fileno(), 0, BALLAST)
        except OSError as error:
            log.warning("no_ballast", error=error.strerror)
            with contextlib.suppress(OSError):
                path.unlink()
