"""The use cases of shops: opening one, its keys, its invites, its people."""

import asyncio
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.shops import choices, holidays, hours, invites, joining, keys, members, own
from bot.shops.holidays import Holiday
from bot.shops.invites import Invitation
from bot.shops.joining import Joined, NotInvited
from bot.shops.members import Team
from bot.shops.own import Own
from bot.shops.rights import shop_for
from models import links as tokens
from models.base import Clock
from models.db import Database
from models.people import Account
from models.roles import Ability, Role
from models.shop import ApiKey, Invite, Member, Shop
from models.sms import sms_today
from models.template_text import Text
from models.viber import paid_this_month
from models.workflows import WORKFLOWS
from models.worktime import Interval, WorkSchedule

__all__ = [
    "Holiday",
    "Invitation",
    "Joined",
    "NoSuchMarketplace",
    "NoSuchShop",
    "NotInvited",
    "OpenedShop",
    "Own",
    "Shops",
    "Team",
]

KEY_BELIEVED = 2.0
MOST_KEYS = 10_000


class NoSuchShop(Exception):
    """No shop of this number or name, or several of this name, whose numbers are `several`."""

    def __init__(self, shop: str, several: Sequence[int] = ()) -> None:
        super().__init__(shop)
        self.several = several


class NoSuchMarketplace(Exception):
    """No workflow of this name; `known` are those that there are."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.known = tuple(WORKFLOWS)


@dataclass(frozen=True, slots=True)
class OpenedShop:
    shop: Shop
    api_key: str
    invite: Invitation


class Shops:
    """`monotonic` gives seconds that never jump, for how long a looked-up key is believed."""

    def __init__(
        self, db: Database, clock: Clock, *, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        self._db = db
        self._clock = clock
        self._monotonic = monotonic
        self._believed: dict[bytes, tuple[int, float, float]] = {}
        """digest -> shop, until when, and from when on the next who asks looks again"""
        self._used: dict[bytes, datetime] = {}

    async def open(self, name: str, marketplace: str, schedule: WorkSchedule) -> OpenedShop:
        """A shop with its first API key and its owner's invite. Raises NoSuchMarketplace."""
        if marketplace not in WORKFLOWS:
            raise NoSuchMarketplace(marketplace)

        def unit(session: Session) -> OpenedShop:
            now = self._clock()
            shop = Shop(name=name, marketplace=marketplace, hours=schedule.to_json(), created_at=now)
            session.add(shop)
            session.flush()
            _, key = keys.new_key(session, shop.id, now)
            return OpenedShop(shop, key, invites.new(session, shop.id, Role.OWNER, True, now))

        return await self._db.write(unit)

    async def all(self) -> list[Shop]:
        return await self._db.read(lambda session: list(session.scalars(select(Shop).order_by(Shop.id))))

    async def find(self, shop: str) -> Shop:
        """A shop by its number or its name. Raises NoSuchShop."""

        def query(session: Session) -> Shop:
            found = session.get(Shop, int(shop)) if shop.isdecimal() and len(shop) < 12 else None
            if found is not None:
                return found
            named = session.scalars(select(Shop).where(Shop.name == shop).order_by(Shop.id)).all()
            if len(named) != 1:
                raise NoSuchShop(shop, [each.id for each in named])
            return named[0]

        return await self._db.read(query)

    async def shop_of(self, api_key: str) -> int | None:
        """The shop that an API key opens, None where it is unknown or revoked.

        A key found is believed for two seconds, since looking it up costs more than storing the order: one
        that another process revoked is refused within that time (A14: no cache over 5 s).
        """
        digest = tokens.digest(api_key)
        now, believed = self._monotonic(), self._believed
        shop_id, until, again = believed.get(digest, (0, 0.0, 0.0))
        if now < until:
            if now < again:
                return shop_id
            believed[digest] = (shop_id, until, until)  # one looks again, the rest need not all wait for it
        found = await self._db.read(
            lambda session: session.scalar(
                select(ApiKey.shop_id).where(ApiKey.digest == digest, ApiKey.revoked_at.is_(None))
            )
        )
        if len(believed) >= MOST_KEYS:
            believed.clear()
        if found is None:
            believed.pop(digest, None)
        else:
            believed[digest] = (found, now + KEY_BELIEVED, now + KEY_BELIEVED / 2)
            self._used[digest] = self._clock()
        return found

    async def note_key_uses(self) -> None:
        """Write down which keys were used since the last time: here and not at the door, which is to be quick."""
        used = dict(self._used)
        if used:
            await self._db.write(lambda session: keys.note_uses(session, used))
        self._used = {key: at for key, at in self._used.items() if used.get(key) != at}

    async def add_key(self, shop_id: int) -> tuple[int, str]:
        """Another API key: its number, and the key itself, shown once."""

        def unit(session: Session) -> tuple[int, str]:
            row, key = keys.new_key(session, shop_id, self._clock())
            return row.id, key

        return await self._db.write(unit)

    async def revoke_key(self, shop_id: int, key_id: int) -> bool:
        """One key less. False where the shop has no such key."""
        revoked = await self._db.write(lambda session: keys.revoke(session, shop_id, key_id, self._clock()))
        self._believed = {}  # a new one: who is looking just now must not bring the old answer back
        return revoked

    async def keys_of(self, shop_id: int, by: int) -> list[ApiKey]:
        """The keys that open the door, with when each did so last. Raises NoSuchOrder, NotAllowed(role)."""
        await self.note_key_uses()
        return await self._db.read(lambda session: keys.of_shop(session, shop_id, by))

    async def make_key(self, shop_id: int, by: int, *, cause: str) -> tuple[ApiKey, str]:
        """Another API key to who may have one. Raises NoSuchOrder, NotAllowed(role, too_many_keys)."""
        made = await self._db.write(lambda session: keys.make(session, shop_id, by, cause, self._clock()))
        self._believed = {}
        return made

    async def revoke_key_by(self, shop_id: int, by: int, key_id: int) -> None:
        """One key less, by who may. Raises NoSuchOrder, NotAllowed(role)."""
        await self._db.write(lambda session: keys.revoke_by(session, shop_id, by, key_id, self._clock()))
        self._believed = {}

    async def invite(self, shop_id: int, role: Role, *, binds_at_once: bool) -> Invitation:
        """An invite into a shop: single use, 24 hours."""
        return await self._db.write(
            lambda session: invites.new(session, shop_id, role, binds_at_once, self._clock())
        )

    async def is_invite(self, payload: str, account_id: int | None) -> bool:
        """Whether this invite lets in, or is this person's own: of strangers with others nothing is stored."""

        def query(session: Session) -> bool:
            invite = session.scalars(select(Invite).where(Invite.digest == tokens.digest(payload))).first()
            if invite is None:
                return False
            if invite.used_at is None:
                return self._clock() < invite.expires_at
            return (
                session.scalars(
                    select(Member.id).where(Member.invite_id == invite.id, Member.account_id == account_id)
                ).first()
                is not None
            )

        return await self._db.read(query)

    async def join(self, payload: str, account: Account, name: str) -> Joined:
        """Use an invite. An owner's own binds at once, others wait for an owner's yes. Raises NotInvited."""
        return await self._db.write(
            lambda session: joining.join(session, payload, account, name, self._clock())
        )

    async def admit(self, member_id: int, by: int, *, yes: bool) -> Member:
        """An owner says yes or no to who asks to join. Raises NotAllowed, NoSuchOrder (a stranger's press)."""
        return await self._db.write(lambda session: joining.admit(session, member_id, by, yes, self._clock()))

    async def set_hours(self, shop_id: int, by: int, schedule: WorkSchedule) -> Shop:
        """Other hours; every deadline of the shop follows. Raises NoSuchOrder, NotAllowed(role)."""
        return await self._db.write(
            lambda session: hours.set_hours(session, shop_id, by, schedule, self._clock())
        )

    async def set_steps(self, shop_id: int, by: int, kind: str, minutes: Sequence[int]) -> Shop:
        """When a limit's reminders come, none for the marketplace's own. Raises NoSuchOrder, NotAllowed(role,
        bad_steps)."""
        return await self._db.write(
            lambda session: hours.set_steps(session, shop_id, by, kind, minutes, self._clock())
        )

    async def set_week(self, shop_id: int, by: int, typed: WorkSchedule) -> Shop:
        """Another week, its special days beside those that were set. Raises NoSuchOrder, NotAllowed(role,
        too_many_hours, too_many_days, never_opens)."""
        return await self._db.write(
            lambda session: hours.set_week(session, shop_id, by, typed, self._clock())
        )

    async def set_days(
        self,
        shop_id: int,
        by: int,
        days: Mapping[date, tuple[Interval, ...]],
        dropped: Collection[date] = (),
    ) -> Shop:
        """Special days set and dropped. Raises NoSuchOrder, NotAllowed(role, too_many_hours, too_many_days,
        never_opens)."""
        return await self._db.write(
            lambda session: hours.set_days(session, shop_id, by, days, dropped, self._clock())
        )

    async def set_text(self, shop_id: int, by: int, kind: Text, words: str | None) -> Shop:
        """The shop's own words for buyers, None for ours. Raises NoSuchOrder, NotAllowed(role), TemplateError."""
        return await self._db.write(lambda session: choices.set_text(session, shop_id, by, kind, words))

    async def set_buyer_confirms(self, shop_id: int, by: int, on: bool) -> Shop:
        """Whether the buyer's tap confirms. Raises NoSuchOrder, NotAllowed(role, sellers_confirm)."""
        return await self._db.write(lambda session: choices.set_buyer_confirms(session, shop_id, by, on))

    async def set_viber(self, shop_id: int, by: int, on: bool, cap: int | None) -> Shop:
        """What Viber may charge for. Raises NoSuchOrder, NotAllowed(role)."""
        return await self._db.write(lambda session: choices.set_viber(session, shop_id, by, on, cap))

    async def viber_paid(self, shop_id: int, by: int) -> int:
        """Messages of this month that Viber charged for. Raises NoSuchOrder, NotAllowed(role)."""

        def query(session: Session) -> int:
            return paid_this_month(session, shop_for(session, shop_id, by, Ability.SETTINGS), self._clock())

        return await self._db.read(query)

    async def set_sms_cap(self, shop_id: int, by: int, cap: int) -> Shop:
        """How many SMS may go to buyers in a day. Raises NoSuchOrder, NotAllowed(role)."""
        return await self._db.write(lambda session: choices.set_sms_cap(session, shop_id, by, cap))

    async def sms_today(self, shop_id: int, by: int) -> int:
        """SMS that went to buyers today. Raises NoSuchOrder, NotAllowed(role)."""

        def query(session: Session) -> int:
            return sms_today(session, shop_for(session, shop_id, by, Ability.SETTINGS), self._clock())

        return await self._db.read(query)

    async def set_mail(self, shop_id: int, by: int, mail: str | None) -> Shop:
        """The shop's mailbox. Raises NoSuchOrder, NotAllowed(role, bad_mail)."""
        return await self._db.write(lambda session: choices.set_mail(session, shop_id, by, mail))

    async def silence(self, shop_id: int, by: int) -> Shop:
        """The marketplace's own notices are off. Raises NoSuchOrder, NotAllowed(role)."""
        return await self._db.write(lambda session: choices.silence(session, shop_id, by, self._clock()))

    async def owned(
        self, shop_id: int, by: int, ability: Ability = Ability.SETTINGS
    ) -> tuple[Shop, datetime]:
        """A shop to who may do this to it, and the present moment. Raises NoSuchOrder, NotAllowed(role)."""
        shop = await self._db.read(lambda session: shop_for(session, shop_id, by, ability))
        return shop, self._clock()

    async def holidays(self, since: date) -> tuple[Holiday, ...]:
        """The state holidays of a year from a day on."""
        return await asyncio.to_thread(holidays.coming, since)

    async def memberships(self, account_id: int) -> list[Member]:
        """Where this account works."""
        return await self._db.read(
            lambda session: list(
                session.scalars(
                    select(Member).where(Member.account_id == account_id, Member.active).order_by(Member.id)
                )
            )
        )

    # ------------------------------------------------------------ the team
    async def team(self, shop_id: int, by: int) -> Team:
        """A shop's people to its owner. Raises NoSuchOrder, NotAllowed(role)."""
        return await self._db.read(lambda session: members.team(session, shop_id, by, self._clock()))

    async def invite_colleague(self, shop_id: int, by: int, role: Role) -> tuple[Shop, Invitation]:
        """An owner's invite; who comes by it waits for a yes. Raises NoSuchOrder, NotAllowed(role,
        too_many_invites)."""
        return await self._db.write(
            lambda session: invites.by_owner(session, shop_id, by, role, self._clock())
        )

    async def revoke_invite(self, shop_id: int, by: int, invite_id: int) -> None:
        """An open invite lets nobody in any more. Raises NoSuchOrder, NotAllowed(role)."""
        await self._db.write(lambda session: invites.revoke(session, shop_id, by, invite_id, self._clock()))

    async def set_role(self, shop_id: int, by: int, member_id: int, role: Role, *, cause: str) -> Member:
        """Another role for a member. Raises NoSuchOrder, NotAllowed(role, last_owner)."""
        return await self._db.write(
            lambda session: members.set_role(session, shop_id, by, member_id, role, cause, self._clock())
        )

    async def remove_member(self, shop_id: int, by: int, member_id: int, *, cause: str) -> Member:
        """A member less, at once and everywhere. Raises NoSuchOrder, NotAllowed(role, last_owner)."""
        return await self._db.write(
            lambda session: members.remove(session, shop_id, by, member_id, cause, self._clock())
        )

    async def leave(self, shop_id: int, by: int, *, cause: str) -> Shop:
        """A member goes. Raises NoSuchOrder, NotAllowed(last_owner)."""
        return await self._db.write(lambda session: members.leave(session, shop_id, by, cause, self._clock()))

    # ------------------------------------------------------------ a member's own
    async def own(self, shop_id: int, by: int) -> Own:
        """What a member has set for himself. Raises NoSuchOrder."""
        return await self._db.read(lambda session: own.own(session, shop_id, by))

    async def set_shift(self, shop_id: int, by: int, *, on: bool) -> None:
        """On shift or off. Raises NoSuchOrder, NotAllowed(role)."""
        await self._db.write(lambda session: own.set_shift(session, shop_id, by, on))

    async def set_sound(self, shop_id: int, by: int, *, on: bool) -> None:
        """With sound or without. Raises NoSuchOrder."""
        await self._db.write(lambda session: own.set_sound(session, shop_id, by, on))

    async def set_quiet(self, shop_id: int, by: int, span: tuple[int, int] | None) -> None:
        """Quiet hours, as minutes of the day, or none. Raises NoSuchOrder, NotAllowed(bad_quiet)."""
        await self._db.write(lambda session: own.set_quiet(session, shop_id, by, span))

    async def set_signature(self, shop_id: int, by: int, name: str | None) -> None:
        """The name under which buyers read a member, or none. Raises NoSuchOrder, NotAllowed(role,
        bad_signature)."""
        await self._db.write(lambda session: own.set_signature(session, shop_id, by, name))
