"""A copy of a running SQLite database, made beside its work, whole and sure; and the mark by which a copy knows that
it is one: what its original was about to tell, somebody has told meanwhile."""

import os
import secrets
import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, BigId

BUSY_SECONDS = 10.0


class Copy(Base):
    """Stands in a database that was copied, or restored from a dump, at `made_at`; `met_at` once its first start has
    put aside what must not ring again."""

    __tablename__ = "copies"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    made_at: Mapped[datetime]
    met_at: Mapped[datetime | None]


class NotCopied(Exception):
    """The copy was not made and nothing is left of it. The text says why."""


def copy_sqlite(source: Path, target: Path, now: datetime) -> int:
    """The database as it stands at one moment, whatever is being written to it, marked as a copy. Returns its bytes.

    It appears under its name when it is whole, on the disk and checked, for its owner's eyes only, and replaces no
    file. Raises NotCopied.
    """
    if not source.is_file():
        raise NotCopied(f"there is no database {source}")
    if target.exists():
        raise NotCopied(f"{target} is there already: choose another name")
    part = target.with_name(f".{target.name}.{secrets.token_hex(4)}")
    try:
        os.close(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        _copy(source, part, now)
        _to_disk(part)
        os.link(part, target)  # fails where somebody was quicker, while a renaming would replace their file
        _to_disk(target.parent)
        return target.stat().st_size
    except FileExistsError:
        raise NotCopied(f"{target} is there already: choose another name") from None
    except (sqlite3.Error, OSError) as error:
        said = error.strerror if isinstance(error, OSError) else str(error)
        raise NotCopied(f"{target}: {said or type(error).__name__}") from None
    finally:
        part.unlink(missing_ok=True)


def _copy(source: Path, part: Path, now: datetime) -> None:
    with (
        closing(
            sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True, timeout=BUSY_SECONDS)
        ) as original,
        closing(sqlite3.connect(part, isolation_level=None)) as copy,
    ):
        original.backup(copy)  # in one step: writers go on meanwhile, and are not in it
        copy.execute("PRAGMA journal_mode=DELETE")  # all of it in one file
        copy.execute("PRAGMA secure_delete=ON")
        _mark(copy, now)
        faults = [row[0] for row in copy.execute("PRAGMA integrity_check")]
        if faults != ["ok"]:
            raise NotCopied(f"the copy is damaged, and so is the database: {faults[0]}")


def _mark(copy: sqlite3.Connection, now: datetime) -> None:
    moment = now.replace(tzinfo=None).isoformat(sep=" ", timespec="microseconds")
    try:
        copy.execute("INSERT INTO copies (made_at) VALUES (?)", (moment,))
    except sqlite3.OperationalError:
        raise NotCopied("its schema is of an older version: run `python -m bot migrate` first") from None


def _to_disk(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
