"""Who an account is to us, which is what the menu of its chat goes by."""

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from models.faces import Faces
from models.order import Order
from models.people import Account, Language
from models.shop import Member


def faces(session: Session, account_id: int) -> Faces:
    roles = session.scalars(select(Member.role).where(Member.account_id == account_id, Member.active))
    bought = session.scalars(select(Order.id).where(Order.buyer_id == account_id).limit(1)).first()
    return Faces(frozenset(roles), bought is not None)


def of_everybody(session: Session) -> list[tuple[Account, Faces]]:
    """Those whom we can reach and whose chat has, or should have, a menu of its own."""
    working = select(Member.account_id).where(Member.active)
    speaking = Account.language != Language.UKRAINIAN
    accounts = session.scalars(
        select(Account)
        .where(Account.reachable, or_(Account.menu.is_not(None), Account.id.in_(working), speaking))
        .order_by(Account.id)
    )
    return [(account, faces(session, account.id)) for account in accounts]
