"""Orders in a shop's group: what the chat may see, and what a member sees of them in private (house 8.13)."""

from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, undefer

from bot import erasing
from bot.orders import find
from bot.recipients import UNDO
from models.card import Card, load_card
from models.errors import NotAllowed
from models.file import File
from models.group import Group, group_of
from models.message import Direction, Message
from models.order import Order
from models.outbox import Notification
from models.people import Account
from models.roles import CAN, Ability
from models.workflow import Action, Actor


def check(session: Session, public_id: str, account_id: int, chat: str) -> None:
    """Raises NoSuchOrder to whoever is no member of the order's shop, NotAllowed(not_our_group)."""
    order, _ = find.for_member(session, public_id, account_id)
    group = group_of(session, order.shop_id)
    if group is None or chat not in (group.chat, group.moved_from):
        raise NotAllowed("not_our_group")


def show_contact(session: Session, public_id: str, account_id: int, cause: str, now: datetime) -> Card:
    """Raises NoSuchOrder, NotAllowed(role)."""
    order, member = find.for_member(session, public_id, account_id)
    if Ability.SEE_BUYER not in CAN[member.role]:
        raise NotAllowed("role")
    if find.done_before(session, order, cause, Action.SHOW_PHONE) is None:
        session.add(order.record(Action.SHOW_PHONE, Actor.SELLER, now, cause, member))
        session.flush()
    return load_card(session, order, member, now, UNDO)


def whispered(session: Session, public_id: str, account_id: int, message_id: str) -> None:
    """Raises NoSuchOrder."""
    order, _ = find.for_member(session, public_id, account_id)
    chat = session.get_one(Account, account_id)
    erasing.leave_trace(
        session, account_id, str(chat.messenger), chat.external_id, message_id, order_id=order.id
    )


def last_asked(
    session: Session, public_id: str, account_id: int, now: datetime
) -> tuple[Card, Message | None]:
    """Raises NoSuchOrder, NotAllowed(role)."""
    order, member = find.for_member(session, public_id, account_id)
    if not {Ability.SEE_BUYER, Ability.WRITE} <= CAN[member.role]:
        raise NotAllowed("role")
    message = session.scalars(
        select(Message)
        .where(Message.order_id == order.id, Message.direction == Direction.FROM_BUYER)
        .order_by(Message.id.desc())
        .limit(1)
    ).first()
    return load_card(session, order, member, now, UNDO), message


def file_of(session: Session, public_id: str, account_id: int, file_id: int) -> tuple[str, bytes] | None:
    """Raises NoSuchOrder, NotAllowed(role)."""
    order, member = find.for_member(session, public_id, account_id)
    if Ability.SEE_BUYER not in CAN[member.role]:
        raise NotAllowed("role")
    file = session.get(File, file_id, options=[undefer(File.content)])
    return None if file is None or file.order_id != order.id else (file.name, file.content)


def named(session: Session, told_with: int, chat: str) -> list[Order]:
    """Each once, oldest first."""
    here = select(Group.id).where(or_(Group.chat == chat, Group.moved_from == chat), Group.ended_at.is_(None))
    ids = select(Notification.order_id).where(
        Notification.told_with == told_with, Notification.group_id.in_(here)
    )
    return list(session.scalars(select(Order).where(Order.id.in_(ids)).order_by(Order.created_at, Order.id)))
