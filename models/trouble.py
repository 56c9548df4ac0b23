"""Whose fault an error of the database is: the unit's, somebody else's who was quicker, or the database's own."""

from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionFree
from sqlalchemy.orm.exc import StaleDataError

# SQLite's primary result codes: busy, locked, out of memory, read-only, interrupted, I/O error, corrupt, full,
# cannot open, locking protocol, not a database.
_SQLITE_TROUBLE = frozenset({5, 6, 7, 8, 9, 10, 11, 13, 14, 15, 26})
# PostgreSQL's SQLSTATE classes: connection, resources, operator intervention, system; and a lock not granted.
_POSTGRES_TROUBLE = ("08", "53", "57", "58", "55P03")
_POSTGRES_CLASHES = ("40001", "40P01")


def of_the_database(error: Exception) -> bool:
    """Whether this spoils the whole batch, as a lost connection or a full disk does, and is no unit's own fault."""
    if isinstance(error, (InterfaceError, NoConnectionFree, OSError)):
        return True
    if not isinstance(error, DBAPIError):
        return False
    if error.connection_invalidated:
        return True
    code = getattr(error.orig, "sqlite_errorcode", None)
    if code is not None:
        return code & 0xFF in _SQLITE_TROUBLE
    if (state := _sqlstate(error)) is not None:
        return state.startswith(_POSTGRES_TROUBLE)
    return isinstance(error, OperationalError)


def worth_another_try(error: Exception) -> bool:
    """Somebody else changed the same rows meanwhile: on the second look things are as they are now."""
    if isinstance(error, StaleDataError):
        return True
    return isinstance(error, DBAPIError) and _sqlstate(error) in _POSTGRES_CLASHES


def _sqlstate(error: DBAPIError) -> str | None:
    state = getattr(error.orig, "sqlstate", None)
    return state if isinstance(state, str) else None
