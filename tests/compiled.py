"""Statements that one engine has compiled serve all others of its kind: each test has a database of its own, and half
of the suite's time went into compiling the same statements anew for each of them. In life there is one engine.
"""

from typing import Any

from sqlalchemy import Connection, event
from sqlalchemy.engine import Engine
from sqlalchemy.engine.default import DefaultDialect
from sqlalchemy.util import LRUCache

_shared: dict[str, LRUCache[Any, Any]] = {}


def share() -> None:
    """From now on, in this process. A compiled statement is looked up by its engine's dialect: those of one kind are
    the same one here, since all are made with the same settings."""
    event.listen(Engine, "engine_connect", _connected)
    DefaultDialect.__hash__ = _hashed  # type: ignore[method-assign, assignment]
    DefaultDialect.__eq__ = _same  # type: ignore[method-assign, assignment]


def _connected(connection: Connection) -> None:
    engine = connection.engine
    kind = f"{engine.dialect.name}+{engine.dialect.driver}"
    engine._compiled_cache = _shared.setdefault(kind, LRUCache(4_000))


def _hashed(dialect: DefaultDialect) -> int:
    return hash((type(dialect), dialect.name, dialect.driver))


def _same(dialect: DefaultDialect, other: object) -> bool:
    return type(dialect) is type(other)
