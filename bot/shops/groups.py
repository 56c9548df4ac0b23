"""A shop's group chat: the owner's link, the binding, and its end."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot import groups, notify
from bot.shops.joining import NotInvited
from models import links as tokens
from models.base import Clock
from models.db import Database
from models.errors import NoSuchOrder, NotAllowed
from models.group import Group, GroupLink, group_of
from models.links import Links
from models.outbox import Notice
from models.people import Account, Messenger
from models.roles import CAN, Ability
from models.shop import Member, Shop

LINK_LIVES = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class GroupInvitation:
    """A fresh link: `start` is shown once and kept only as its digest; `url` is None until our name is known."""

    start: str
    url: str | None


@dataclass(frozen=True, slots=True)
class Chat:
    """A group as its messenger names it."""

    messenger: Messenger
    id: str
    title: str = ""


class Groups:
    def __init__(self, db: Database, clock: Clock, links: Links) -> None:
        self._db = db
        self._clock = clock
        self._links = links

    async def look(self, shop_id: int, by: int) -> tuple[Shop, Group | None]:
        """A shop's group, to its owner. Raises NoSuchOrder for a stranger, NotAllowed(role)."""

        def query(session: Session) -> tuple[Shop, Group | None]:
            return _owned(session, shop_id, by), group_of(session, shop_id)

        return await self._db.read(query)

    async def invite(self, shop_id: int, by: int) -> tuple[Shop, GroupInvitation]:
        """A link that adds the bot to a group: single use, 24 hours. Raises NoSuchOrder, NotAllowed(role)."""

        def unit(session: Session) -> tuple[Shop, GroupInvitation]:
            shop, start = _owned(session, shop_id, by), tokens.new_group_link()
            expires_at = self._clock() + LINK_LIVES
            session.add(GroupLink(shop_id=shop_id, digest=tokens.digest(start), expires_at=expires_at))
            return shop, GroupInvitation(start, self._links.group_url(start))

        return await self._db.write(unit)

    async def bind(self, payload: str, account: Account, chat: Chat) -> Group:
        """Tie a chat to the link's shop, whose other group is told that it is none any more. Raises NotInvited for
        all that is not a good link in the hands of the shop's owner (D20)."""
        return await self._db.write(lambda session: _bind(session, payload, account, chat, self._clock()))

    async def unbind(self, shop_id: int, by: int) -> Shop:
        """All rings in private chats again; the group is told. Raises NoSuchOrder, NotAllowed(role)."""

        def unit(session: Session) -> Shop:
            shop, group, now = _owned(session, shop_id, by), group_of(session, shop_id), self._clock()
            if group is not None:
                groups.end(session, group, "unbound", now)
                groups.hand_on(session, group, now)
                _say_goodbye(session, group, now)
            return shop

        return await self._db.write(unit)

    async def left(self, chat: Chat, reason: str) -> None:
        """The bot was removed from the chat: whose group it was rings in private chats again."""

        def unit(session: Session) -> None:
            for group in _bound_to(session, chat):
                groups.lose(session, group, reason, self._clock())

        await self._db.write(unit)

    async def moved(self, chat: Chat, new: str) -> None:
        """The chat has another number now (T23)."""
        await self._db.write(
            lambda session: groups.move(session, str(chat.messenger), chat.id, new, self._clock())
        )


def _owned(session: Session, shop_id: int, by: int) -> Shop:
    member = session.scalars(
        select(Member).where(Member.shop_id == shop_id, Member.account_id == by, Member.active)
    ).first()
    if member is None:
        raise NoSuchOrder
    if Ability.GROUP not in CAN[member.role]:
        raise NotAllowed("role")
    return member.shop


def _bind(session: Session, payload: str, account: Account, chat: Chat, now: datetime) -> Group:
    link = session.scalars(select(GroupLink).where(GroupLink.digest == tokens.digest(payload))).first()
    if link is None:
        raise NotInvited
    try:
        _owned(session, link.shop_id, account.id)
    except (NoSuchOrder, NotAllowed):
        raise NotInvited from None  # and the link stays good for its owner
    before = group_of(session, link.shop_id)
    here = before if before is not None and before.chat == chat.id else None
    if link.used_at is not None:
        if here is not None and link.group_id == here.id:  # the same update handled twice
            return here
        raise NotInvited
    if now >= link.expires_at:
        raise NotInvited
    group = here or Group(
        shop_id=link.shop_id,
        messenger=chat.messenger,
        chat=chat.id,
        language=account.language,
        bound_at=now,
    )
    group.title = chat.title[:200]
    if here is None:
        _replace(session, before, group, now)
    link.used_at, link.group_id = now, group.id
    return group


def _replace(session: Session, before: Group | None, group: Group, now: datetime) -> None:
    if before is not None:
        groups.end(session, before, "replaced", now)
    session.add(group)
    session.flush()
    session.refresh(group)
    if before is not None:
        groups.hand_on(session, before, now)
        _say_goodbye(session, before, now)


def _say_goodbye(session: Session, group: Group, now: datetime) -> None:
    row = notify.row(
        Notice.GROUP_ENDED,
        now,
        now,
        dedupe=f"group_ended:{group.id}",
        group=group,
        shop_id=group.shop_id,
    )
    notify.queue(session, [row])


def _bound_to(session: Session, chat: Chat) -> Sequence[Group]:
    return session.scalars(
        select(Group).where(
            Group.messenger == chat.messenger, Group.chat == chat.id, Group.ended_at.is_(None)
        )
    ).all()
