"""Bringing the schema up to date: alembic, driven from here so that `run` and the tests share one way."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

HERE = Path(__file__).parent / "migrations"


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
