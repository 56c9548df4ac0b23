"""Internal notes about an order: what the shop's own people tell each other, and never the buyer (R12)."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, BigId
from models.shop import Member


class Note(Base):
    """Only members whose role may write notes see them: they may hold anybody's personal data."""

    __tablename__ = "notes"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"), index=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"))
    text: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]
    cause: Mapped[str] = mapped_column(String(160), unique=True)

    member: Mapped[Member] = relationship(lazy="joined")
