"""Who reads a notice now: looked up whenever one is queued, for people come and go."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.recipients import Audience
from models.duty import answering, on_duty
from models.group import Group, group_of
from models.order import Order
from models.people import Account
from models.roles import Role
from models.shop import Member


@dataclass(frozen=True, slots=True)
class Staff:
    """A shop's members whom we can reach, and the group in which they hear what is for all of them."""

    people: Sequence[Member]
    group: Group | None = None


@dataclass(frozen=True, slots=True)
class Reader:
    """A person, as a member of the shop or as its buyer, or the shop's group."""

    account: Account | None = None
    member: Member | None = None
    group: Group | None = None

    @property
    def key(self) -> str:
        """Tells the readers of one notice apart."""
        if self.group is not None:
            return f"group{self.group.id}"
        return "" if self.account is None else str(self.account.id)

    @property
    def language(self) -> str:
        known = self.group or self.account
        return "uk" if known is None else known.language


def audience(session: Session, to: Audience, order: Order, staff: Staff | None = None) -> list[Reader]:
    """Who hears of an order. `staff`: its shop's people where they are known."""
    if to is Audience.BUYER:
        buyer = session.get(Account, order.buyer_id) if order.buyer_id is not None else None
        return [] if buyer is None or not buyer.reachable else [Reader(buyer)]
    if staff is None:
        staff = staff_of(session, order.shop_id)
    if to is Audience.OWNERS:
        return _each(member for member in staff.people if member.role is Role.OWNER)
    if to is Audience.HOLDER and order.holder_id is not None:
        people = answering(staff.people, order.holder_id)
        if staff.group is None or [member.id for member in people] == [order.holder_id]:
            return _each(people)
    return everybody(staff)


def everybody(staff: Staff) -> list[Reader]:
    """Who hears what is for the whole shop: its group where it has one, and then nobody alone; else whoever is on
    shift."""
    return _each(on_duty(staff.people)) if staff.group is None else [Reader(group=staff.group)]


def _each(people: Iterable[Member]) -> list[Reader]:
    return [Reader(member.account, member) for member in people]


def staff_of(session: Session, shop_id: int) -> Staff:
    return Staff(members(session, shop_id), group_of(session, shop_id))


def leading(people: Sequence[Member]) -> Sequence[Member]:
    """The owners among them; where none is, all of them: somebody must hear it."""
    return [member for member in people if member.role is Role.OWNER] or people


def members(session: Session, shop_id: int) -> list[Member]:
    """The active members whom we can reach."""
    return list(
        session.scalars(
            select(Member)
            .join(Account, Account.id == Member.account_id)
            .where(Member.shop_id == shop_id, Member.active, Account.reachable)
            .order_by(Member.id)
        )
    )
