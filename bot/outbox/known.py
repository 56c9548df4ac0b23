"""What the lines of a digest are about, read in one go instead of one by one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, lazyload

from bot.readers import Reader
from models.group import Group
from models.order import Order
from models.outbox import Notification
from models.people import Account
from models.shop import Member


@dataclass(frozen=True, slots=True)
class Known:
    """Held, so that the session's weak memory keeps them while each row asks for its own."""

    orders: Mapping[int | None, Order]
    accounts: Mapping[int | None, Account]
    members: Mapping[int | None, Member]
    groups: Mapping[int | None, Group]

    def language(self, row: Notification) -> str:
        return Reader(self.accounts.get(row.account_id), group=self.groups.get(row.group_id)).language


def in_one_go(session: Session, rows: Sequence[Notification]) -> Known:
    orders = session.scalars(
        select(Order)
        .where(Order.id.in_({row.order_id for row in rows}))
        .options(lazyload(Order.lines), lazyload(Order.parcels))
    )
    members = session.scalars(select(Member).where(Member.id.in_({row.member_id for row in rows})))
    accounts = session.scalars(select(Account).where(Account.id.in_({row.account_id for row in rows})))
    groups = session.scalars(select(Group).where(Group.id.in_({row.group_id for row in rows})))
    return Known(
        {order.id: order for order in orders},
        {account.id: account for account in accounts},
        {member.id: member for member in members},
        {group.id: group for group in groups},
    )
