"""Bringing the schema up to date: alembic, driven from here so that `run` and the tests share one way.

Alembic is loaded only where something is to be migrated: at each other start it would cost 8 MB for nothing (S7).
"""

import re
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect, text

if TYPE_CHECKING:
    from alembic.config import Config

HERE = Path(__file__).parent / "migrations"
_NAMES = re.compile(r'^(revision|down_revision)\b[^=\n]*= "(\w+)"$', re.MULTILINE)


def upgrade(connection: Connection, revision: str = "head") -> None:
    """Run the missing migrations on this connection, in its transaction."""
    if revision == "head" and stands_at(connection) == newest():
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


def stands_at(connection: Connection) -> str | None:
    """The migration that this database has seen last; None for an empty one."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return found


def newest() -> str:
    """The migration that no other one comes after."""
    named: dict[str, set[str]] = {"revision": set(), "down_revision": set()}
    for path in (HERE / "versions").glob("*.py"):
        for what, name in _NAMES.findall(path.read_text(encoding="utf-8")):
            named[what].add(name)
    (last,) = named["revision"] - named["down_revision"]
    return last


def _config(connection: Connection) -> "Config":
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(HERE))
    config.attributes["connection"] = connection
    return config
