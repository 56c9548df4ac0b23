"""Messages of ours that tell of a buyer and are nobody's live card: what is told anew in them is that it is erased."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, BigId


class Trace(Base):
    """Where such a message hangs. `account_id` is the reader; `order_id` is named where the reader works for its
    shop. `due_at` is set when the message must be blanked; then the row goes."""

    __tablename__ = "traces"
    __table_args__ = (
        UniqueConstraint("channel", "chat", "message_id"),
        Index(
            "ix_traces_due",
            "due_at",
            sqlite_where=text("due_at IS NOT NULL"),
            postgresql_where=text("due_at IS NOT NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    order_id: Mapped[int | None] = mapped_column(ForeignKey("orders.id"))
    channel: Mapped[str] = mapped_column(String(16))
    chat: Mapped[str] = mapped_column(String(64))
    message_id: Mapped[str] = mapped_column(String(32))
    attempts: Mapped[int] = mapped_column(default=0)
    due_at: Mapped[datetime | None]
