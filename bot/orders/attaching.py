"""Files that come with what buyer and seller write: kept with the message, given away by a random address."""

from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session, undefer

from models.errors import NotAllowed
from models.file import MOST_BYTES, SERVED, Attachment, File
from models.file_text import Served, served_type
from models.links import new_file_token
from models.message import Direction, Message
from models.order import Order

MOST_A_DAY = 50 * 2**20
"""Bytes that one buyer may have us keep in a day: more would fill the disk of the shop's other orders (L7)."""


def attach(session: Session, message: Message, attachment: Attachment, now: datetime) -> None:
    """Keep it with the message, which has its number already. Raises NotAllowed(too_big)."""
    if len(attachment.content) > MOST_BYTES:
        raise NotAllowed("too_big")
    message.file = File(
        order_id=message.order_id,
        kind=attachment.kind,
        name=attachment.name,
        mime=attachment.mime,
        size=len(attachment.content),
        content=attachment.content,
        facts=dict(attachment.facts),
        token=new_file_token(),
        expires_at=now + SERVED,
    )
    session.flush()


def check_room(session: Session, account_id: int, size: int, now: datetime) -> None:
    """Raises NotAllowed(too_big, too_much)."""
    if size > MOST_BYTES:
        raise NotAllowed("too_big")
    kept = session.scalar(
        select(func.sum(File.size))
        .join(Message, Message.id == File.message_id)
        .join(Order, Order.id == File.order_id)
        .where(
            Order.buyer_id == account_id,
            Message.direction == Direction.FROM_BUYER,
            Message.at > now - timedelta(days=1),
        )
    )
    if (kept or 0) + size > MOST_A_DAY:
        raise NotAllowed("too_much")


def served(session: Session, token: str, now: datetime) -> Served | None:
    """None for what is not there, or not any more."""
    file = session.scalars(
        select(File).where(File.token == token, File.expires_at > now).options(undefer(File.content))
    ).first()
    if file is None or not file.content:
        return None
    return Served(file.name, served_type(file.mime, file.content), file.content)
