"""Internal notes: what the shop's own people tell each other about an order (R12)."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot import notify
from bot.orders import find
from models.errors import NotAllowed
from models.note import Note
from models.order import Order
from models.roles import CAN, Ability
from models.shop import Member


def note(session: Session, public_id: str, account_id: int, text: str, cause: str, now: datetime) -> Order:
    """Write a note; everybody's card shows it. Raises NoSuchOrder, NotAllowed(role)."""
    order, member = find.for_member(session, public_id, account_id)
    if Ability.NOTE not in CAN[member.role]:
        raise NotAllowed("role")
    if session.scalars(select(Note.id).where(Note.cause == cause)).first() is None:
        session.add(Note(order_id=order.id, member_id=member.id, text=text, at=now, cause=cause))
        order.changed_at = now
        session.flush()
        notify.redraw(session, order, now)
    return order


def notes_of(session: Session, order: Order, member: Member) -> Sequence[Note]:
    """All notes of an order, oldest first; none to whom the role does not let see them."""
    if Ability.NOTE not in CAN[member.role]:
        return ()
    return session.scalars(select(Note).where(Note.order_id == order.id).order_by(Note.id)).all()
