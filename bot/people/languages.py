"""In which language somebody is written to: theirs to choose, whether they sell or buy."""

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from bot import notify
from models.db import wake
from models.order import OPEN, Order
from models.outbox import Card
from models.people import Account, Language


def speak(session: Session, account: Account, language: Language, now: datetime) -> None:
    """What comes is said in this language, and the cards of open orders in this chat are drawn anew in it. What is
    closed stays as it was read."""
    if account.language == language:
        return
    account.language = language
    session.flush()
    session.execute(
        update(Card)
        .where(Card.account_id == account.id, Card.order_id.in_(select(Order.id).where(OPEN)))
        .values(due_at=now, attempts=0)
        .execution_options(synchronize_session=False)
    )
    wake(session, notify.OUTBOX)
