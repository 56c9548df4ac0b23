"""Invites into a shop: made, listed, revoked. Single use, 24 hours, kept only as a digest."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.shops.rights import of_member, one_by_one
from models import links as tokens
from models.errors import NoSuchOrder, NotAllowed
from models.roles import Ability, Role
from models.shop import Invite, Shop

LIVES = timedelta(hours=24)
MOST_OPEN = 10


@dataclass(frozen=True, slots=True)
class Invitation:
    """A fresh invite: `start` is shown once and kept only as its digest."""

    role: Role
    start: str
    expires_at: datetime


def new(session: Session, shop_id: int, role: Role, binds_at_once: bool, now: datetime) -> Invitation:
    start = tokens.new_invite()
    expires_at = now + LIVES
    session.add(
        Invite(
            shop_id=shop_id,
            role=role,
            digest=tokens.digest(start),
            binds_at_once=binds_at_once,
            expires_at=expires_at,
        )
    )
    return Invitation(role, start, expires_at)


def by_owner(session: Session, shop_id: int, by: int, role: Role, now: datetime) -> tuple[Shop, Invitation]:
    """An invite from the chat; whoever comes by it waits for an owner's yes. Raises NoSuchOrder, NotAllowed(role,
    too_many_invites)."""
    one_by_one(session, shop_id)
    owner = of_member(session, shop_id, by, Ability.TEAM)
    if len(still_open(session, shop_id, now)) >= MOST_OPEN:
        raise NotAllowed("too_many_invites")
    return owner.shop, new(session, shop_id, role, False, now)


def revoke(session: Session, shop_id: int, by: int, invite_id: int, now: datetime) -> None:
    """It lets nobody in any more; one that is used or over stays as it is. Raises NoSuchOrder, NotAllowed(role)."""
    of_member(session, shop_id, by, Ability.TEAM)
    invite = session.get(Invite, invite_id)
    if invite is None or invite.shop_id != shop_id:
        raise NoSuchOrder
    if invite.used_at is None and now < invite.expires_at:
        invite.expires_at = now


def still_open(session: Session, shop_id: int, now: datetime) -> Sequence[Invite]:
    """Those that would still let somebody in, the one that ends first before the others."""
    return session.scalars(
        select(Invite)
        .where(Invite.shop_id == shop_id, Invite.used_at.is_(None), Invite.expires_at > now)
        .order_by(Invite.expires_at, Invite.id)
    ).all()
