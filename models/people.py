"""Accounts: a person's chat with us in one messenger, whether seller or buyer."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, BigId, word


class Messenger(StrEnum):
    TELEGRAM = "telegram"


class Account(Base):
    """`external_id` is the messenger's own id of the private chat, as text (Viber's are not numbers). `menu`: a mark
    of the commands that this chat's menu was given; None where it has the menu of everybody."""

    __tablename__ = "accounts"
    __table_args__ = (UniqueConstraint("messenger", "external_id"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    messenger: Mapped[Messenger] = mapped_column(word(Messenger))
    external_id: Mapped[str] = mapped_column(String(64))
    name: Mapped[str] = mapped_column(String(200), default="")
    language: Mapped[str] = mapped_column(String(8), default="uk")
    reachable: Mapped[bool] = mapped_column(default=True)
    unreachable_reason: Mapped[str | None] = mapped_column(String(200))
    menu: Mapped[str | None] = mapped_column(String(16))
    created_at: Mapped[datetime]
