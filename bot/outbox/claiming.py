"""What goes out next: due rows that the pace admits are taken by priority, under a lease.

A chat gets one message at a time, so that what it is told stays in order; where many wait for one chat, they
are taken together and told as one message (R6).
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, func, or_, select, tuple_
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from bot import notify, retelling
from bot.messengers.base import Channel
from bot.outbox import charging, receipts
from bot.outbox.ending import end
from bot.outbox.known import Known, in_one_go
from bot.readers import Reader, members
from bot.recipients import (
    NEWS,
    OF_OPEN_ORDERS,
    PERSONAL,
    REMINDERS,
    RULES,
    TO_OUTSIDERS,
    UNDO,
    Audience,
)
from keyboards.notices import Matter
from models.card import load_card, may_take, nearest, takeable
from models.duty import hushed
from models.group import Group
from models.message import Message
from models.order import Order
from models.outbox import OPEN, Notice, Notification, NotificationState
from models.people import Account
from models.shop import Member, Shop
from models.terms import behind_since, calendar_of, plan_of, running_of
from models.ways import BY_PHONE_ALONE, EMAIL
from models.workflow import Status

LEASE = timedelta(seconds=60)
PAGE = 100
"""Due rows read at once, until enough are found that the pace admits."""
FEW = 5
"""So many notices for one chat still come one by one; more are one message."""
DIGEST = 120
"""Lines of about as many words as fit into one message."""
LOST_LEASES = 10
"""A row that was found unsettled so often is not sent an eleventh time: it is held, visibly."""
PRIORITIES = sorted({rule.priority for rule in RULES.values()})
_UNSENT = (NotificationState.QUEUED, NotificationState.SENDING)
LINES = [kind for kind, rule in RULES.items() if rule.line]

Address = tuple[str, str]
"""A channel and a chat in it."""


@dataclass(frozen=True, slots=True)
class Claimed:
    """What one claim took, each group to be told as one message; and when to look again for what the pace held
    back (None: nothing was)."""

    groups: tuple[tuple[Matter, ...], ...]
    again_in: float | None


def claim(
    session: Session,
    now: datetime,
    channels: Mapping[str, Channel],
    most: Mapping[str, int],
    busy: Iterable[Address],
) -> Claimed:
    """Take due notifications, up to `most` messages' worth of each channel: one that hangs holds up no other.
    `busy` are chats with a message on its way.

    A row found in `sending` whose lease ran out may have been sent: it goes again and says so.
    """
    return _Claim(session, now, channels, most, set(busy)).run()


class _Claim:
    def __init__(
        self,
        session: Session,
        now: datetime,
        channels: Mapping[str, Channel],
        most: Mapping[str, int],
        skip: set[Address],
    ) -> None:
        self._session = session
        self._now = now
        self._channels = channels
        self._room = dict(most)
        self._skip = skip
        self._groups: list[tuple[Matter, ...]] = []
        self._waits: list[float] = []
        self._crowded: set[Address] | None = None
        self._behind: dict[int, datetime] = {}

    def run(self) -> Claimed:
        for priority in PRIORITIES:
            while page := self._page(priority):
                if not self._take_from(page):
                    return self._done()
                self._session.flush()
        return self._done()

    def _done(self) -> Claimed:
        self._session.flush()
        return Claimed(tuple(self._groups), min(self._waits, default=None))

    def _page(self, priority: int) -> Sequence[Notification]:
        query = (
            select(Notification)
            .where(Notification.priority == priority, self._due())
            .order_by(Notification.due_at, Notification.id)
            .limit(PAGE)
            .with_for_update(skip_locked=True)
        )
        if self._skip:
            query = query.where(tuple_(Notification.channel, Notification.chat).not_in(list(self._skip)))
        return self._session.scalars(query).all()

    def _due(self) -> ColumnElement[bool]:
        return and_(
            OPEN,
            Notification.due_at <= self._now,
            or_(Notification.state == NotificationState.QUEUED, Notification.lease_until <= self._now),
            Notification.channel.in_([name for name, room in self._room.items() if room > 0]),
        )

    def _take_from(self, page: Sequence[Notification]) -> bool:
        """Whether more is worth looking for."""
        for row in page:
            address = (row.channel, row.chat or "")
            if address in self._skip:
                continue
            channel = self._channels[row.channel]
            if self._room.get(row.channel, 0) <= 0:
                continue
            if (wait := channel.opens_in()) > 0 and len(self._channels) == 1:
                self._waits.append(wait)
                return False
            if (wait := max(wait, channel.wait(address[1]))) > 0:
                self._waits.append(wait)
                self._skip.add(address)
                continue
            if group := self._group(row, address, page):
                channel.take(address[1])
                self._room[row.channel] -= 1
                self._skip.add(address)
                self._groups.append(group)
                self._lease(group)
        if not any(room > 0 for room in self._room.values()):
            self._waits.append(0.0)
            return False
        return True

    def _group(self, row: Notification, address: Address, page: Sequence[Notification]) -> tuple[Matter, ...]:
        if row.kind in LINES and address in self._crowds(page):
            matters = self._crowd(address, LINES)
            if len(matters) > FEW:
                only_reminders = all(matter.row.kind in REMINDERS for matter in matters)
                return tuple(sorted(matters, key=_age)) if only_reminders else matters
        if row.kind in REMINDERS:  # what the clock tells one chat at once is one message (house 8.7)
            matters = self._crowd(address, REMINDERS)
            if len(matters) > 1:
                return tuple(sorted(matters, key=_age))
        if row.state not in _UNSENT or not self._holds(row):
            return ()
        return (self._matter(row),)

    def _crowds(self, page: Sequence[Notification]) -> set[Address]:
        """Chats for which more than a few wait; asked of the database only where the page looks like it."""
        if self._crowded is None:
            seen = Counter((row.channel, row.chat) for row in page if row.kind in LINES)
            if len(page) < PAGE and max(seen.values(), default=0) <= 1:
                return set()
            found = self._session.execute(
                select(Notification.channel, Notification.chat)
                .where(self._due(), Notification.kind.in_(LINES))
                .group_by(Notification.channel, Notification.chat)
                .having(func.count() > FEW)
            )
            self._crowded = {(channel, chat or "") for channel, chat in found}
        return self._crowded

    def _crowd(self, address: Address, kinds: Collection[Notice]) -> tuple[Matter, ...]:
        """Everything of these kinds that waits for this chat and may be told as a line, the most urgent first."""
        rows = self._session.scalars(
            select(Notification)
            .where(
                self._due(),
                Notification.kind.in_(kinds),
                Notification.channel == address[0],
                Notification.chat == address[1],
            )
            .order_by(Notification.priority, Notification.due_at, Notification.id)
            .limit(DIGEST)
            .with_for_update(skip_locked=True)
        ).all()
        rows = self._latest(rows)
        known = in_one_go(self._session, rows)
        self._behind |= behind_since(self._session, [order_id for order_id in known.orders if order_id])
        return tuple(
            self._line(row, known) for row in rows if row.order_id in known.orders and self._holds(row)
        )

    def _latest(self, rows: Sequence[Notification]) -> Sequence[Notification]:
        """Of the reminders of one order the last speaks for those that nobody has heard."""
        last = {row.order_id: row.id for row in sorted(rows, key=_number) if row.kind in REMINDERS}
        kept = []
        for row in rows:
            if row.kind in REMINDERS and row.id != last[row.order_id]:
                end(row, NotificationState.SKIPPED, "outdated", self._now)
            else:
                kept.append(row)
        return kept

    def _line(self, row: Notification, known: Known) -> Matter:
        order = known.orders[row.order_id]
        member = known.members.get(row.member_id)
        in_group = row.group_id is not None  # whether who presses may, is looked up when they press
        return Matter(
            row=row,
            language=known.language(row),
            order=order,
            clock=nearest(running_of(order, self._behind.get(order.id), self._now)),
            may_take=takeable(order) if in_group else member is not None and may_take(order, member),
            silent=self._silent(row, order, member),
        )

    def _silent(self, row: Notification, order: Order | None, member: Member | None) -> bool:
        """Sellers lose the sound outside their shop's hours and where they themselves want none, never the moment
        (house 8.6); what the clock tells keeps to hours of its own."""
        if RULES[row.kind].silent or (member is not None and hushed(member, self._now)):
            return True
        if order is None or row.kind in REMINDERS or RULES[row.kind].to in (Audience.BUYER, Audience.ADMINS):
            return False
        return not calendar_of(order.shop).shop.is_open(self._now)

    def _lease(self, group: Sequence[Matter]) -> None:
        for matter in group:
            row = matter.row
            receipts.forget_early(row)
            if row.state is NotificationState.SENDING:
                row.repeat = True
                row.facts["lost_leases"] = int(row.facts.get("lost_leases", 0)) + 1
                flag_modified(row, "facts")
            row.told_with = group[0].row.id if len(group) > 1 else None
            row.state, row.at = NotificationState.SENDING, self._now
            row.lease_until = self._now + LEASE
            row.attempts += 1

    def _holds(self, row: Notification) -> bool:
        """Whether the row is still to be told; what is not, ends here with its reason."""
        session, now = self._session, self._now
        account = session.get(Account, row.account_id) if row.account_id is not None else None
        order = session.get(Order, row.order_id) if row.order_id is not None else None
        if row.group_id is not None:
            group = session.get_one(Group, row.group_id)
            if group.ended_at is not None and row.kind is not Notice.GROUP_ENDED:
                end(row, NotificationState.SKIPPED, "group_ended", now)
                notify.reroute(session, row, now)
                return False
        elif row.channel == EMAIL and row.recipient != "buyer":
            if not self._mailbox_is(row):
                end(row, NotificationState.SKIPPED, "outdated", now)
                notify.reroute(session, row, now)
                return False
        elif RULES[row.kind].to not in (Audience.BUYER, Audience.ADMINS):
            member = session.get(Member, row.member_id) if row.member_id is not None else None
            # Rights are looked up at each sending; who is no member hears just that.
            if member is None or not (member.active or row.kind in TO_OUTSIDERS):
                end(row, NotificationState.SKIPPED, notify.NOT_A_MEMBER, now)
                notify.reroute(session, row, now)
                return False
        if not notify.agreed(RULES[row.kind], account):
            end(row, NotificationState.HELD, notify.NO_CONSENT, now)
            return False
        if account is not None and account.stopped_at is not None and RULES[row.kind].to is Audience.BUYER:
            end(row, NotificationState.HELD, notify.STOPPED, now)
            return False
        if account is not None and not account.reachable:
            end(row, NotificationState.FAILED, account.unreachable_reason or "unreachable", now)
            notify.reroute(session, row, now)
            return False
        if order is not None and (stale := self._stale(row, order)) is not None:
            end(row, NotificationState.SKIPPED, stale, now)
            return False
        if int(row.facts.get("lost_leases", 0)) >= LOST_LEASES:
            end(row, NotificationState.HELD, "unsettled", now)
            return False
        if self._channels[row.channel].charges:
            member = session.get(Member, row.member_id) if row.member_id is not None else None
            return charging.may_cost(session, row, self._silent(row, order, member), now)
        return True

    def _mailbox_is(self, row: Notification) -> bool:
        """Whether it is still the shop's, and still nobody of the shop has a chat."""
        shop = self._session.get_one(Shop, row.shop_id)
        return shop.mail == row.chat and not members(self._session, shop.id)

    def _stale(self, row: Notification, order: Order) -> str | None:
        """A message that today's state has overtaken is not sent (F17)."""
        if row.kind in PERSONAL and order.erased_at is not None:
            return notify.ERASED
        if row.kind in OF_OPEN_ORDERS and order.final and not row.facts.get("anew"):
            return "outdated"
        if row.kind is Notice.STILL_WAITING and order.status is not Status.WAITING:
            return "outdated"
        if row.kind in REMINDERS and not self._runs(row, order):
            return "handled"
        if row.kind is Notice.CALL_BUYER and not _to_be_called(row, order):
            return "handled"
        if (untrue := retelling.untrue(row, order)) is not None:
            return untrue
        waited = row.due_at - row.created_at > UNDO and row.attempts == 0
        if row.kind in NEWS and waited and self._overtaken(row):
            return "outdated"
        return None

    def _overtaken(self, row: Notification) -> bool:
        """Of the news that waited for the morning only the last is told (1.8.8)."""
        newer = (
            select(Notification.id)
            .where(
                Notification.order_id == row.order_id,
                Notification.account_id == row.account_id,
                Notification.kind.in_(NEWS),
                Notification.id > row.id,
                Notification.due_at <= self._now,
                OPEN,
            )
            .limit(1)
        )
        return self._session.scalars(newer).first() is not None

    def _runs(self, row: Notification, order: Order) -> bool:
        """Whether what a reminder tells of concerns the order still, looked up at each sending; what does not is
        left out of it."""
        if "seq" in row.facts:
            return int(row.facts["seq"]) == order.seq
        if order.id not in self._behind:
            self._behind |= behind_since(self._session, [order.id])
        kinds = {moment.kind for moment in plan_of(order, self._behind.get(order.id))}
        due = [one for one in row.facts["due"] if one[0] in kinds]
        if due and due != row.facts["due"]:
            row.facts = row.facts | {"due": due}
        return bool(due)

    def _matter(self, row: Notification) -> Matter:
        """The row with all that its screen needs."""
        session = self._session
        account = session.get(Account, row.account_id) if row.account_id is not None else None
        order = session.get(Order, row.order_id) if row.order_id is not None else None
        member = session.get(Member, row.member_id) if row.member_id is not None else None
        group = session.get(Group, row.group_id) if row.group_id is not None else None
        if RULES[row.kind].to in (Audience.BUYER, Audience.ADMINS):
            member = None
        card = None
        if order is not None and (member is not None or group is not None):
            card = load_card(session, order, member, self._now, UNDO, in_group=group is not None)
        if order is not None:
            _ = order.lines, order.parcels  # a digest's look at it may have left them unread
        message = session.get(Message, int(row.facts["message"])) if "message" in row.facts else None
        return Matter(
            row=row,
            language=Reader(account, group=group).language,
            order=order,
            card=card,
            message=message,
            shop=session.get(Shop, row.shop_id) if row.shop_id is not None else None,
            silent=self._silent(row, order, member),
        )


def _to_be_called(row: Notification, order: Order) -> bool:
    """Not where the buyer has been told since, has come, or has been talked to."""
    if row.facts["why"] == BY_PHONE_ALONE:
        return order.buyer_id is None
    return order.unreached_at is not None


def _number(row: Notification) -> int:
    return row.id


def _age(matter: Matter) -> tuple[datetime, int]:
    order = matter.order
    return (matter.row.due_at, matter.row.id) if order is None else (order.created_at, order.id)
