"""Deadlines: a row each, its moment a column with an index; no job anywhere (house 1.9)."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, BigId

SNOOZE = "snooze:"
LOOK = "look"
"""Of no limit: the order is due for a look, which takes it away again."""


class Deadline(Base):
    """A moment to ring at. `kind` and `step` (seconds) are those of `models.limits.Planned`; a snooze is of kind
    `SNOOZE` with its member's number, and its step is the order's sequence.

    `since` tells one run of a limit from the next: within a run no step is told twice. `done_at` is set when it
    was told and then stays; what was not told and no longer concerns the order is deleted.
    """

    __tablename__ = "deadlines"
    __table_args__ = (
        UniqueConstraint("order_id", "kind", "step"),
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
    step: Mapped[int] = mapped_column(BigInteger)
    since: Mapped[datetime]
    due_at: Mapped[datetime]
    done_at: Mapped[datetime | None]
