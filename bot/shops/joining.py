"""How people get into a shop: an invite, an owner's yes, and the orders that rang nobody before they came."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot import notify, readers
from bot.shops.rights import of_member
from bot.shops.telling import tell_one, tell_owners
from models import links as tokens
from models.errors import NoSuchOrder
from models.order import Order
from models.outbox import Notice, Notification, NotificationState
from models.people import Account
from models.roles import Ability, Role
from models.shop import Invite, Member
from models.workflow import Status


class NotInvited(Exception):
    """No invite of this token that is still good: unknown, used, expired, all alike."""


@dataclass(frozen=True, slots=True)
class Joined:
    """`active` False: an owner has to say yes first. `fresh` False: was a member of this shop already."""

    member: Member
    active: bool
    fresh: bool


def join(session: Session, payload: str, account: Account, name: str, now: datetime) -> Joined:
    invite = session.scalars(select(Invite).where(Invite.digest == tokens.digest(payload))).first()
    if invite is None:
        raise NotInvited
    member = session.scalars(
        select(Member).where(Member.shop_id == invite.shop_id, Member.account_id == account.id)
    ).first()
    if invite.used_at is not None:
        if member is not None and member.invite_id == invite.id:  # the same update handled twice
            return Joined(member, member.active, fresh=False)
        raise NotInvited
    if now >= invite.expires_at:
        raise NotInvited
    if member is not None and member.active:
        return Joined(member, active=True, fresh=False)
    invite.used_at = now
    if member is None:
        member = Member(shop_id=invite.shop_id, account_id=account.id)
        session.add(member)
    member.role, member.name, member.invite_id = invite.role, name, invite.id
    member.active, member.on_shift, member.joined_at = invite.binds_at_once, True, now
    session.flush()
    session.refresh(member)
    if member.active:
        _catch_up(session, member, now)
        tell_owners(session, "came", member, None, now, mark=str(invite.id))
    else:
        _ask_owners(session, member, now)
    return Joined(member, member.active, fresh=True)


def admit(session: Session, member_id: int, by: int, yes: bool, now: datetime) -> Member:
    member = session.get(Member, member_id)
    if member is None:
        raise NoSuchOrder
    owner = of_member(session, member.shop_id, by, Ability.TEAM)
    if member.active or member.invite_id is None:
        return member
    mark = str(member.invite_id)
    if yes:
        member.active = True
        session.flush()
        _catch_up(session, member, now)
    else:
        member.invite_id = None
    tell_one(session, Notice.MEMBER_JOINED, member, now, mark=mark, yes=yes)
    tell_owners(session, "joined" if yes else "refused", member, owner, now, mark=mark)
    return member


def _ask_owners(session: Session, member: Member, now: datetime) -> None:
    owners = [person for person in readers.members(session, member.shop_id) if person.role is Role.OWNER]
    notify.queue(
        session,
        [
            notify.row(
                Notice.MEMBER_ASKS,
                now,
                now,
                dedupe=f"asks:{member.id}:{member.invite_id}:{owner.id}",
                account=owner.account,
                member=owner,
                shop_id=member.shop_id,
                facts={"member": member.id, "name": member.name, "role": str(member.role)},
            )
            for owner in owners
        ],
    )


def _catch_up(session: Session, member: Member, now: datetime) -> None:
    """Orders that rang nobody because the shop had nobody yet ring the one who has come."""
    unheard = session.scalars(
        select(Notification)
        .join(Order, Order.id == Notification.order_id)
        .where(
            Notification.shop_id == member.shop_id,
            Notification.kind == Notice.NEW_ORDER,
            Notification.state == NotificationState.HELD,
            Notification.reason == notify.NO_RECIPIENT,
            Order.status == Status.NEW,
        )
    ).all()
    rows = []
    for held in unheard:
        order = session.get_one(Order, held.order_id)
        held.state, held.reason, held.at = NotificationState.SKIPPED, "member_joined", now
        rows.append(
            notify.row(
                Notice.NEW_ORDER,
                now,
                now,
                dedupe=f"{order.id}:{Notice.NEW_ORDER}::{member.account_id}",
                order=order,
                account=member.account,
                member=member,
            )
        )
    notify.queue(session, rows)
