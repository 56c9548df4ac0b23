"""Bringing the schema up to date: alembic, driven from here so that `run` and the tests share one way.

Alembic is loaded only where something is to be migrated: at each other start it would cost 8 MB for nothing (S7).
"""

import re
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect, text

from models.db import Database
from models.errors import NoDatabase
from models.trouble import advice

if TYPE_CHECKING:
    from alembic.config import Config

HERE = Path(__file__).parent / "migrations"
NEWER = "its schema is of a newer version of this program: install that version again"
_NAMES = re.compile(r'^(revision|down_revision)\b[^=\n]*= "(\w+)"$', re.MULTILINE)


def upgrade(connection: Connection, revision: str = "head") -> None:
    """Run the missing migrations on this connection, in its transaction."""
    if revision == "head" and stands_at(connection) == _newest():
        return
    from alembic import command

    command.upgrade(_config(connection), revision)


def downgrade(connection: Connection, revision: str) -> None:
    from alembic import command

    command.downgrade(_config(connection), revision)


def write_revision(connection: Connection, message: str) -> None:
    """A new migration from the difference between models and database: for developers (docs)."""
    from alembic import command

    command.revision(_config(connection), message, autogenerate=True)


async def bring_up(db: Database) -> None:
    """The schema up to date, before anything else. Raises NoDatabase where there is nothing to work with."""

    def work(connection: Connection) -> None:
        schema(connection)
        upgrade(connection)

    try:
        await db.run(work)
    except Exception as error:
        if (sentence := advice(error)) is None:
            raise
        raise NoDatabase(sentence) from error


def schema(connection: Connection) -> tuple[str | None, str]:
    """The schema's revision, None before the first start, and the one that this program works with. Raises
    NoDatabase for one that it does not know."""
    there = stands_at(connection)
    if there is not None and there not in _named("revision"):
        raise NoDatabase(NEWER)
    return there, _newest()


def stands_at(connection: Connection) -> str | None:
    """The migration that this database has seen last; None for an empty one."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return found


def _newest() -> str:
    """The migration that no other one comes after."""
    (last,) = _named("revision") - _named("down_revision")
    return last


def _named(what: str) -> set[str]:
    """The names that the migrations' files give, read without loading them."""
    texts = (path.read_text(encoding="utf-8") for path in (HERE / "versions").glob("*.py"))
    return {name for text in texts for given, name in _NAMES.findall(text) if given == what}


def _config(connection: Connection) -> "Config":
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(HERE))
    config.attributes["connection"] = connection
    return config
