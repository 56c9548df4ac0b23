"""Accounts: a person's chat with us in one messenger, whether seller or buyer."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, BigId, word

NOTICE_VERSION = "2026-03"
"""The version of the privacy notice (`privacy-text`): raised whenever what it says changes."""


class Messenger(StrEnum):
    TELEGRAM = "telegram"
    VIBER = "viber"

    @property
    def has_silence(self) -> bool:
        """Whether a message can be sent there without a sound."""
        return self is not Messenger.VIBER

    @property
    def redraws(self) -> bool:
        """Whether what was sent there can be drawn anew."""
        return self is not Messenger.VIBER

    @property
    def tells_whose_number(self) -> bool:
        """Whether a contact that comes from there names its owner, which proves whose the number is (D7)."""
        return self is not Messenger.VIBER


class Language(StrEnum):
    """What people can be written to in; the first is everybody's until they choose."""

    UKRAINIAN = "uk"
    RUSSIAN = "ru"
    ENGLISH = "en"


class Account(Base):
    """`external_id` is the messenger's own id of the private chat, as text (Viber's are not numbers). `phone`: proven
    to be this person's own, with its plus, and given so that later orders with it come to this chat; nobody else
    has it. `menu`: a mark of the commands that this chat's menu was given; None where it has the menu of everybody.

    As a buyer the person was shown the privacy notice of `notice_version` at `notice_at`, wants no messages since
    `stopped_at`, and agreed to advertising at `marketing_at`. Once forgotten, `external_id` names nobody.
    """

    __tablename__ = "accounts"
    __table_args__ = (UniqueConstraint("messenger", "external_id"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    messenger: Mapped[Messenger] = mapped_column(word(Messenger))
    external_id: Mapped[str] = mapped_column(String(64))
    name: Mapped[str] = mapped_column(String(200), default="")
    language: Mapped[str] = mapped_column(String(8), default=Language.UKRAINIAN)
    reachable: Mapped[bool] = mapped_column(default=True)
    unreachable_reason: Mapped[str | None] = mapped_column(String(200))
    notice_version: Mapped[str | None] = mapped_column(String(16))
    notice_at: Mapped[datetime | None]
    stopped_at: Mapped[datetime | None]
    marketing_at: Mapped[datetime | None]
    phone: Mapped[str | None] = mapped_column(String(20), index=True, unique=True)
    menu: Mapped[str | None] = mapped_column(String(16))
    created_at: Mapped[datetime]
