"""The key that signs buyers' links: given as SECRET_KEY, or made once and kept beside the database."""

import os
import secrets
from pathlib import Path

from sqlalchemy import URL

NAME = "secret.key"


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
