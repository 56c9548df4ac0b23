"""A shop's team: who is in it, another role, and the way out, which shuts every door at once."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, exists, or_, select, update
from sqlalchemy.orm import Session, lazyload

from bot import notify
from bot.recipients import RULES, Audience
from bot.shops.invites import still_open
from bot.shops.rights import of_member, one_by_one
from bot.shops.telling import tell_one, tell_owners
from models.db import wake
from models.dialogue import break_off
from models.errors import NoSuchOrder, NotAllowed
from models.order import Order
from models.outbox import Card, MarketplaceUpdate, Notice, Notification, NotificationState, UpdateTask
from models.roles import CAN, MAY, Ability, Role
from models.shop import Invite, Member, Shop
from models.workflow import Action, Actor
from models.workflows import WORKFLOWS

_RANK = {role: rank for rank, role in enumerate(Role)}


@dataclass(frozen=True, slots=True)
class Team:
    """A shop's people as an owner sees them: who waits for a yes, who works there by role, which invites are open."""

    shop: Shop
    owner: Member
    waiting: Sequence[Member]
    members: Sequence[Member]
    invites: Sequence[Invite]
    at: datetime

    def find(self, member_id: int) -> Member | None:
        """Who works there, or waits to, by the number of their place."""
        return next((one for one in (*self.waiting, *self.members) if one.id == member_id), None)


def team(session: Session, shop_id: int, by: int, now: datetime) -> Team:
    """Raises NoSuchOrder for a stranger, NotAllowed(role)."""
    owner = of_member(session, shop_id, by, Ability.TEAM)
    people = session.scalars(
        select(Member)
        .where(Member.shop_id == shop_id, or_(Member.active, Member.invite_id.is_not(None)))
        .order_by(Member.id)
    ).all()
    return Team(
        shop=owner.shop,
        owner=owner,
        waiting=[one for one in people if not one.active],
        members=sorted((one for one in people if one.active), key=lambda one: _RANK[one.role]),
        invites=still_open(session, shop_id, now),
        at=now,
    )


def set_role(
    session: Session, shop_id: int, by: int, member_id: int, role: Role, cause: str, now: datetime
) -> Member:
    """Another role. Whoever may do less than before leads no order any more and types no answer any more.

    Raises NoSuchOrder, NotAllowed(role, last_owner).
    """
    owner, member = _both(session, shop_id, by, member_id)
    if not member.active:
        raise NoSuchOrder
    before = member.role
    if before is role:
        return member
    if before is Role.OWNER:
        _keep_an_owner(session, member)
    member.role = role
    session.flush()
    if not MAY[before] <= MAY[role]:
        _let_go(session, member, owner, cause, now)
        _pass_on(session, member, now, {Audience.HOLDER}, "role")
    if not CAN[before] <= CAN[role]:
        _pass_on(session, member, now, {Audience.OWNERS}, "role")
        break_off(session, member.account)
    _redraw_own(session, member, now)
    if member is not owner:
        tell_one(session, Notice.ROLE_CHANGED, member, now, mark=cause)
    tell_owners(session, "role", member, owner, now, mark=cause)
    return member


def remove(session: Session, shop_id: int, by: int, member_id: int, cause: str, now: datetime) -> Member:
    """Take somebody out of the team; who is out already stays so. Raises NoSuchOrder, NotAllowed(role,
    last_owner)."""
    owner, member = _both(session, shop_id, by, member_id)
    if not member.active:
        return member
    _depart(session, member, owner, cause, now)
    if member is not owner:
        tell_one(session, Notice.MEMBER_REMOVED, member, now, mark=cause)
    tell_owners(session, "left" if member is owner else "removed", member, owner, now, mark=cause)
    return member


def leave(session: Session, shop_id: int, by: int, cause: str, now: datetime) -> Shop:
    """Go by oneself. Raises NoSuchOrder, NotAllowed(last_owner)."""
    one_by_one(session, shop_id)
    member = of_member(session, shop_id, by)
    _depart(session, member, member, cause, now)
    tell_owners(session, "left", member, member, now, mark=cause)
    return member.shop


def _both(session: Session, shop_id: int, by: int, member_id: int) -> tuple[Member, Member]:
    one_by_one(session, shop_id)
    owner = of_member(session, shop_id, by, Ability.TEAM)
    member = session.get(Member, member_id)
    if member is None or member.shop_id != shop_id:
        raise NoSuchOrder
    return owner, member


def _keep_an_owner(session: Session, leaving: Member) -> None:
    another = select(Member.id).where(
        Member.shop_id == leaving.shop_id,
        Member.active,
        Member.role == Role.OWNER,
        Member.id != leaving.id,
    )
    if session.scalars(another.limit(1)).first() is None:
        raise NotAllowed("last_owner")


def _depart(session: Session, member: Member, by: Member, cause: str, now: datetime) -> None:
    """Without an invite there is no way back by an old button, or by the link that was used."""
    if member.role is Role.OWNER:
        _keep_an_owner(session, member)
    member.active, member.invite_id = False, None
    session.flush()
    _let_go(session, member, by, cause, now)
    _pass_on(session, member, now, frozenset(Audience), notify.NOT_A_MEMBER)
    break_off(session, member.account)


def _let_go(session: Session, member: Member, by: Member, cause: str, now: datetime) -> None:
    """Orders that are still to be cared for have no holder any more: they remind everybody again."""
    behind = exists().where(
        MarketplaceUpdate.order_id == Order.id, MarketplaceUpdate.state == UpdateTask.CABINET
    )
    held = session.scalars(
        select(Order)
        .where(
            Order.shop_id == member.shop_id,
            Order.holder_id == member.id,
            or_(_is_open(member.shop), behind),
        )
        .options(lazyload(Order.lines), lazyload(Order.parcels))
    ).all()
    for order in held:
        order.holder = None
        session.add(order.record(Action.RELEASE, Actor.SELLER, now, cause, by, from_holder=member.id))
    session.flush()
    notify.redraw_all(session, [order.id for order in held], now)


def _is_open(shop: Shop) -> ColumnElement[bool]:
    return Order.state.in_([state.key for state in WORKFLOWS[shop.marketplace].states if not state.final])


def _pass_on(
    session: Session, member: Member, now: datetime, kinds: Collection[Audience], reason: str
) -> None:
    """What waits to be sent to him is not; whoever should hear of it in his place does (M6)."""
    waiting = session.scalars(
        select(Notification).where(
            Notification.account_id == member.account_id,
            Notification.member_id == member.id,
            Notification.state == NotificationState.QUEUED,
        )
    ).all()
    for row in waiting:
        if RULES[row.kind].to in kinds:
            row.state, row.reason, row.at = NotificationState.SKIPPED, reason, now
            session.flush()
            notify.reroute(session, row, now)


def _redraw_own(session: Session, member: Member, now: datetime) -> None:
    """The cards in his chat offer what he may do now."""
    still = select(Order.id).where(Order.shop_id == member.shop_id, _is_open(member.shop))
    session.execute(
        update(Card)
        .where(Card.account_id == member.account_id, Card.order_id.in_(still))
        .values(due_at=now, attempts=0)
        .execution_options(synchronize_session=False)
    )
    wake(session, notify.OUTBOX)
