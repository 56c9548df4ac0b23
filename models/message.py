"""What buyer and seller wrote to each other about an order (R10, R39)."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, BigId, word
from models.file import File
from models.shop import Member


class Direction(StrEnum):
    FROM_BUYER = "from_buyer"
    TO_BUYER = "to_buyer"


class Message(Base):
    """`channel`: the messenger by which a buyer wrote; how a seller's words go, their notification says."""

    __tablename__ = "messages"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"), index=True)
    direction: Mapped[Direction] = mapped_column(word(Direction))
    member_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"))
    text: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]
    cause: Mapped[str] = mapped_column(String(160), unique=True)
    channel: Mapped[str | None] = mapped_column(String(16))

    member: Mapped[Member | None] = relationship(lazy="joined")
    file: Mapped[File | None] = relationship(lazy="joined", uselist=False)
