"""Bringing the schema up to date: alembic, driven from here so that `run` and the tests share one way."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from models.db import Database
from models.errors import NoDatabase
from models.trouble import advice

HERE = Path(__file__).parent / "migrations"


NEWER = "its schema is of a newer version of this program: install that version again"


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(HERE))
    config.attributes["connection"] = connection
    return config


def upgrade(connection: Connection, revision: str = "head") -> None:
    """Run the missing migrations on this connection, in its transaction."""
    command.upgrade(_config(connection), revision)


def downgrade(connection: Connection, revision: str) -> None:
    command.downgrade(_config(connection), revision)


def write_revision(connection: Connection, message: str) -> None:
    """A new migration from the difference between models and database: for developers (docs)."""
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
    scripts = ScriptDirectory(str(HERE))
    there = MigrationContext.configure(connection).get_current_revision()
    if there is not None and there not in {script.revision for script in scripts.walk_revisions()}:
        raise NoDatabase(NEWER)
    head = scripts.get_current_head()
    if head is None:
        raise LookupError(HERE)
    return there, head
