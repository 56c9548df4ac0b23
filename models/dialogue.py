"""Half-finished dialogues: where a person stands in a question of ours, so that a restart forgets nothing."""

from typing import Any

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class Dialogue(Base):
    __tablename__ = "dialogues"

    key: Mapped[str] = mapped_column(String(120), primary_key=True)
    state: Mapped[str | None] = mapped_column(String(80))
    data: Mapped[dict[str, Any]]
