"""What buyer and seller send each other besides words, kept with the order: a messenger's own link may live an hour."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, BigId, word

MOST_BYTES = 10 * 2**20
"""Of one file: Telegram gives a bot up to 20 MiB and takes a picture of up to 10; a unit of SQLite bears it."""
SERVED = timedelta(days=14)
"""So long a file's address opens something."""


class FileKind(StrEnum):
    PHOTO = "photo"
    DOCUMENT = "document"
    VOICE = "voice"
    LOCATION = "location"
    CONTACT = "contact"


FACTS = frozenset({FileKind.LOCATION, FileKind.CONTACT})
"""What is no bytes but a few facts: `latitude` and `longitude`; `name` and `phone`."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """What came with a message. `content` is empty where `facts` say it all; `name` is fit for a file's."""

    kind: FileKind
    name: str = ""
    mime: str = ""
    content: bytes = b""
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class About:
    """Whom a file tells of that is made for one message: it opens nothing once they are forgotten. `account_id`: for
    whom it was made; `orders`: what of, by their public ids."""

    account_id: int
    orders: tuple[str, ...]


class File(Base):
    """An attachment of one message. The row goes with the buyer's data, and with the messages of a closed order."""

    __tablename__ = "files"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    message_id: Mapped[int] = mapped_column(ForeignKey("messages.id"), unique=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"), index=True)
    kind: Mapped[FileKind] = mapped_column(word(FileKind))
    name: Mapped[str] = mapped_column(String(120), default="")
    mime: Mapped[str] = mapped_column(String(100), default="")
    size: Mapped[int] = mapped_column(default=0)
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True, default=b"")
    facts: Mapped[dict[str, Any]]
    token: Mapped[str] = mapped_column(String(48), unique=True)
    expires_at: Mapped[datetime]
