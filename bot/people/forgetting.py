"""/forget: a buyer's wish that nothing be left of them (K6)."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot import erasing, notify
from models.file import About
from models.order import Order
from models.outbox import Notice
from models.people import Account
from models.workflow import Actor


def own_orders(session: Session, account: Account) -> Sequence[Order]:
    """All orders tied to this buyer, oldest first."""
    return session.scalars(select(Order).where(Order.buyer_id == account.id).order_by(Order.id)).all()


def remembers(session: Session, about: About) -> bool:
    """Whether this account is known, and each of these orders still bears its buyer's data."""
    account = session.get(Account, about.account_id)
    if account is None or erasing.is_forgotten(account):
        return False
    erased = select(Order.id).where(Order.public_id.in_(about.orders), Order.erased_at.is_not(None))
    return session.scalars(erased.limit(1)).first() is None


def forget(session: Session, account: Account, cause: str, now: datetime) -> None:
    """One unit for all orders of the buyer. Whoever holds an open one is told that it must be finished by the
    marketplace's own data."""
    erased = erasing.erase_orders(session, own_orders(session, account), now, actor=Actor.BUYER, cause=cause)
    if not erased:
        erasing.erase_account(session, account, now)
    for order in erased:
        if not order.final:
            notify.tell(session, Notice.BUYER_FORGOTTEN, order, now)
