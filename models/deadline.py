"""Deadlines: a row each, its moment a column with an index; no job anywhere (house 1.9)."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, BigId


class Deadline(Base):
    """`kind` names a `Limit` of the workflow. `done_at` is set when it was claimed or was no longer needed."""

    __tablename__ = "deadlines"
    __table_args__ = (
        UniqueConstraint("order_id", "kind"),
        Index(
            "ix_deadlines_due",
            "due_at",
            sqlite_where=text("done_at IS NULL"),
            postgresql_where=text("done_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"))
    kind: Mapped[str] = mapped_column(String(32))
    due_at: Mapped[datetime]
    done_at: Mapped[datetime | None]
