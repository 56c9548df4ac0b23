"""The first start of a copy: what its original was about to tell, somebody has told since, or it is no news any more.

So nothing of that rings, and no buyer hears of a parcel twice. It is put aside, visibly, and each person is told once
what was not told, and that the bot knows nothing of what came after the copy.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import and_, delete, or_, select, update
from sqlalchemy.orm import Session

from bot import notify
from bot.outbox.settling import TOO_LONG
from models.copy import Copy
from models.deadline import LOOK, Deadline
from models.dialogue import Dialogue
from models.inbox import Update, UpdateState
from models.order import Order
from models.outbox import OPEN, Notice, Notification, NotificationState
from models.people import Account
from models.roles import Role
from models.shop import Member
from models.ways import CLOSED

OLD = timedelta(minutes=10)
"""What is younger rings as ever: a database that was only carried to another machine loses nothing."""
RESTORED = "restored"
NAMED = 30
"""Orders that one message names; of the others it tells how many they are."""


@dataclass(slots=True)
class _Untold:
    """What one account was not told, or one shop's buyers were not: orders, and how many notices."""

    orders: set[int] = field(default_factory=set)
    count: int = 0


def meet(session: Session, now: datetime) -> int | None:
    """Puts aside what must not ring, once for each mark. Returns how much that was; None where there is no mark."""
    copies = session.scalars(select(Copy).where(Copy.met_at.is_(None)).order_by(Copy.made_at)).all()
    if not copies:
        return None
    for copy in copies:
        copy.met_at = now
    made_at, before = copies[-1].made_at, now - OLD
    by_account, by_shop = defaultdict[int, _Untold](_Untold), defaultdict[int, _Untold](_Untold)
    aside = _notices(session, before, now, by_account, by_shop) + _deadlines(session, before, now, by_shop)
    aside += _steps(session, before, by_shop)
    _updates(session, before)
    if made_at < before:
        session.execute(delete(Dialogue))
    if aside or made_at < before:
        _tell(session, copies[-1], now, by_account, by_shop)
    return aside


def _notices(
    session: Session,
    before: datetime,
    now: datetime,
    by_account: Mapping[int, _Untold],
    by_shop: Mapping[int, _Untold],
) -> int:
    """Those that waited, and those that an outage held. A dead letter is still one, and goes."""
    waited = and_(OPEN, Notification.due_at < before)
    held = and_(Notification.state == NotificationState.HELD, Notification.reason == TOO_LONG)
    rows = session.scalars(
        select(Notification).where(or_(waited, held), Notification.kind != Notice.DEAD_LETTER)
    ).all()
    for row in rows:
        row.state, row.reason, row.at, row.lease_until = NotificationState.SKIPPED, RESTORED, now, None
        row.next_at = None
        whose = by_account[row.account_id or 0] if row.member_id is not None else by_shop[row.shop_id or 0]
        whose.count += 1
        if row.order_id is not None:
            whose.orders.add(row.order_id)
    return len(rows)


def _steps(session: Session, before: datetime, by_shop: Mapping[int, _Untold]) -> int:
    """The next ways to buyers whose moment came while nobody ran: the original has taken them, or heard that they
    were told. What was handed to a messenger before the copy stays as it was."""
    rows = session.scalars(select(Notification).where(Notification.next_at < before)).all()
    found = 0
    for row in rows:
        row.next_at = None
        if row.state is NotificationState.SKIPPED or row.order_id is None:
            continue
        row.facts = row.facts | {CLOSED: True}
        whose = by_shop[row.shop_id or 0]
        whose.orders.add(row.order_id)
        whose.count += 1
        found += 1
    return found


def _deadlines(session: Session, before: datetime, now: datetime, by_shop: Mapping[int, _Untold]) -> int:
    """Steps of reminders that came while nobody ran."""
    due = and_(Deadline.done_at.is_(None), Deadline.due_at < before, Deadline.kind != LOOK)
    found = session.execute(
        select(Deadline.id, Order.id, Order.shop_id).join(Order, Order.id == Deadline.order_id).where(due)
    ).all()
    for _, order_id, shop_id in found:
        by_shop[shop_id].orders.add(order_id)
        by_shop[shop_id].count += 1
    session.execute(
        update(Deadline).where(due).values(done_at=now).execution_options(synchronize_session=False)
    )
    return len(found)


def _updates(session: Session, before: datetime) -> None:
    """What people wrote and pressed just before: the original has handled it, and told others of it."""
    session.execute(
        update(Update)
        .where(Update.state == UpdateState.NEW, Update.received_at < before)
        .values(state=UpdateState.DONE, body=None)
        .execution_options(synchronize_session=False)
    )


def _tell(
    session: Session,
    copy: Copy,
    now: datetime,
    by_account: Mapping[int, _Untold],
    by_shop: Mapping[int, _Untold],
) -> None:
    """One message a person, whatever the number of their shops: owners hear in any case, others of what was theirs."""
    members = session.scalars(
        select(Member)
        .join(Account, Account.id == Member.account_id)
        .where(Member.active, Account.reachable)
        .order_by(Member.id)
    ).all()
    people: dict[int, list[Member]] = defaultdict(list)
    for member in members:
        people[member.account_id].append(member)
    rows = []
    for account_id, places in people.items():
        untold = [by_account[account_id], *(by_shop[place.shop_id] for place in places)]
        if not any(place.role is Role.OWNER for place in places) and not any(one.count for one in untold):
            continue
        orders = set().union(*(one.orders for one in untold))
        rows.append(
            notify.row(
                Notice.RESTORED,
                now,
                now,
                dedupe=f"restored:{copy.id}:{account_id}",
                account=places[0].account,
                member=places[0],
                shop_id=places[0].shop_id,
                facts={
                    "made_at": copy.made_at.isoformat(),
                    "count": sum(one.count for one in untold),
                    "orders": _numbers(session, orders),
                    "more": max(0, len(orders) - NAMED),
                },
            )
        )
    notify.queue(session, rows)


def _numbers(session: Session, orders: set[int]) -> Sequence[str]:
    return session.scalars(
        select(Order.number).where(Order.id.in_(sorted(orders)[-NAMED:])).order_by(Order.id)
    ).all()
