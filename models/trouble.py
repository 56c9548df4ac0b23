"""Whose fault an error of the database is: the unit's, somebody else's who was quicker, or the database's own."""

from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionFree
from sqlalchemy.orm.exc import StaleDataError

from models.errors import Busy

# SQLite's primary result codes: busy, locked, out of memory, read-only, interrupted, I/O error, corrupt, full,
# cannot open, locking protocol, not a database.
_SQLITE_TROUBLE = frozenset({5, 6, 7, 8, 9, 10, 11, 13, 14, 15, 26})
# PostgreSQL's SQLSTATE classes: connection, resources, operator intervention, system; and a lock not granted.
_POSTGRES_TROUBLE = ("08", "53", "57", "58", "55P03")
_POSTGRES_CLASHES = ("40001", "40P01")

_ADVICE = {
    5: "somebody else holds its write lock: look for another process that has the file open",
    8: "the file or its folder cannot be written to: give both to the user who runs the bot",
    10: "the disk reports an error: look at it and at the kernel's log",
    11: "the file is damaged: restore the last backup (docs/running.md)",
    13: "the disk is full: make room",
    14: "the file cannot be opened or made: give its folder to the user who runs the bot",
    26: "the file is no SQLite database: look at the path",
}
_POSTGRES_ADVICE = {
    "28": "the server refuses the user or the password",
    "3D": "there is no such database on the server: create it",
    "42501": "the user may not do that: make it the owner of the database",
    "53": "the server has no room or no connection left",
    "25006": "the server is read-only: it is a standby",
}


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


def advice(error: BaseException) -> str | None:
    """In a sentence for the operator: what is wrong with the database; None where it is another matter."""
    cause = error.__cause__ if isinstance(error, Busy) and error.__cause__ is not None else error
    found: BaseException | None = cause.orig if isinstance(cause, DBAPIError) else cause
    code = getattr(found, "sqlite_errorcode", None)
    if code is not None:
        return _ADVICE.get(code & 0xFF)
    state = getattr(found, "sqlstate", None)
    if isinstance(state, str):
        said = next((text for start, text in _POSTGRES_ADVICE.items() if state.startswith(start)), None)
        return said or f"the server refuses (SQLSTATE {state})"
    if isinstance(found, OSError):
        return f"{found.strerror or type(found).__name__}: look at the path, or whether the server runs"
    return f"it does not answer ({type(found).__name__})" if isinstance(cause, (DBAPIError, Busy)) else None
