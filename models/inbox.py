"""The inbox: each update, raw, stored before it is acknowledged (promise P5, rule R1)."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, word

AGAIN = "again"
"""Stands for the error of an open update that was dead, while it is tried once more."""


class UpdateState(StrEnum):
    NEW = "new"
    DONE = "done"
    DEAD = "dead"


class Letter(StrEnum):
    """What has become of a dead letter, as its notices tell it."""

    DEAD = "dead"
    AGAIN = "again"
    DONE = "done"
    CLOSED = "closed"
    GONE = "gone"


class Update(Base):
    """`body` is emptied when the update is done: what people wrote is kept where it belongs, not here.
    `answer` is what was said in the HTTP answer, JSON, for when the same comes once more."""

    __tablename__ = "updates"
    __table_args__ = (Index("ix_updates_open", "state", "received_at"),)

    channel: Mapped[str] = mapped_column(String(16), primary_key=True)
    bot_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    event_id: Mapped[str] = mapped_column(String(80), primary_key=True)
    body: Mapped[bytes | None] = mapped_column(LargeBinary)
    state: Mapped[UpdateState] = mapped_column(word(UpdateState), default=UpdateState.NEW)
    attempts: Mapped[int] = mapped_column(default=0)
    error: Mapped[str | None] = mapped_column(Text)
    received_at: Mapped[datetime]
    answer: Mapped[str | None] = mapped_column(Text)

    @property
    def cause(self) -> str:
        return cause_of(self.channel, self.bot_id, self.event_id)


def cause_of(channel: str, bot_id: str, event_id: str) -> str:
    return f"{channel}:{bot_id}:{event_id}"
