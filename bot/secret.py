"""The key that signs buyers' links: given as SECRET_KEY, or made once and kept beside the database; and whether
others may look at that place."""

import os
import secrets
from pathlib import Path

from sqlalchemy import URL

NAME = "secret.key"


def open_to_others(database: URL) -> list[Path]:
    """Which of the files that hold secrets or buyers' data others on this machine may read or write (K4)."""
    held = [Path(".env")]
    if database.get_backend_name() == "sqlite" and database.database:
        path = Path(database.database)
        held += [path, path.with_name(f"{path.name}-wal"), path.with_name(NAME)]
    else:
        held.append(Path("var") / NAME)
    return [path for path in held if path.is_file() and path.stat().st_mode & 0o077]


def secret_key(given: str, database: URL) -> bytes:
    """The key's bytes. A made one lies in a file of mode 600, beside SQLite's file or in `var/`."""
    if given:
        return given.encode()
    on_sqlite = database.get_backend_name() == "sqlite" and database.database
    path = (Path(database.database or "").parent if on_sqlite else Path("var")) / NAME
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_name(f"{NAME}.{secrets.token_hex(4)}")
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(32))
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(fresh, path)  # whoever links first made the key; the others read it
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    return path.read_text().strip().encode()
