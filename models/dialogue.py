"""Half-finished dialogues: where a person stands in a question of ours, so that a restart forgets nothing."""

from typing import Any

from sqlalchemy import String, delete, or_
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import Base
from models.people import Account


class Dialogue(Base):
    __tablename__ = "dialogues"

    key: Mapped[str] = mapped_column(String(120), primary_key=True)
    state: Mapped[str | None] = mapped_column(String(80))
    data: Mapped[dict[str, Any]]


def break_off(session: Session, account: Account) -> None:
    """Whatever this person was asked is asked no more, wherever it was: see `bot.dialogues.key_of`."""
    person = f":{account.external_id}"
    session.execute(
        delete(Dialogue)
        .where(
            Dialogue.key.startswith(f"{account.messenger}:", autoescape=True),
            or_(
                Dialogue.key.endswith(person, autoescape=True),
                Dialogue.key.contains(f"{person}:", autoescape=True),
            ),
        )
        .execution_options(synchronize_session=False)
    )
