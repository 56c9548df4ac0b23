"""Reminders: deadlines that have come. Each order is looked at again in the unit that claims them (R8)."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, lazyload

from bot import notify, readers
from bot.orders import find
from bot.orders.deadlines import follow, store
from bot.recipients import RULES, Audience
from models.deadline import SNOOZE, Deadline
from models.due import GRACE, claim
from models.errors import NotAllowed
from models.limits import Window
from models.order import Order
from models.outbox import Notice
from models.roles import CAN, Ability
from models.terms import calendar_of, chosen_steps

AT_ONCE = 50
"""Deadlines claimed by one unit; the tick goes on while there are more."""

TOLD_AS: Mapping[str, Notice] = {
    "untouched": Notice.UNTOUCHED,
    "overnight": Notice.UNTOUCHED,
    "cabinet": Notice.CABINET_UNCHANGED,
    "contact": Notice.CONTACT_DUE,
    "first_contact": Notice.CONTACT_DUE,
    "outcome": Notice.OUTCOME_DUE,
    "call_again": Notice.CALL_AGAIN,
    "dispatch": Notice.DISPATCH_DUE,
    "payment": Notice.PAYMENT_AWAITED,
    "at_point": Notice.NOT_COLLECTED_YET,
    "days_off": Notice.DAYS_OFF_AHEAD,
    "opening": Notice.MORNING,
}
"""What the step of a limit is told as. Of an order that has several at once the first of these is the notice, and
names the others."""
_RANK = {kind: rank for rank, kind in enumerate(TOLD_AS)}
_ALSO_TO_BUYER = {"at_point": Notice.STILL_WAITING}


@dataclass(frozen=True, slots=True)
class Claimed:
    """How many deadlines were looked at, and how late each is that rings."""

    looked: int = 0
    late: Sequence[timedelta] = ()


def claim_due(session: Session, now: datetime) -> Claimed:
    """Claim what is due and queue its reminders.

    What no longer concerns its order is gone, what the shop's hours have moved is moved; what came due while
    nobody ran, and would now ring outside its window, waits for the window's opening.
    """
    due = session.scalars(
        select(Deadline)
        .where(Deadline.done_at.is_(None), Deadline.due_at <= now)
        .order_by(Deadline.due_at)
        .limit(AT_ONCE)
        .with_for_update(skip_locked=True)
    ).all()
    if not due:
        return Claimed()
    orders = session.scalars(
        select(Order)
        .where(Order.id.in_({row.order_id for row in due}))
        .options(lazyload(Order.lines), lazyload(Order.parcels))
    ).all()
    ringing: dict[int, list[Deadline]] = defaultdict(list)
    by_id = {order.id: order for order in orders}
    followed, fresh = follow(session, orders, now)
    for row in followed:
        order = by_id[row.order_id]
        if row in fresh and row.kind in chosen_steps(order.shop.steps) and now - row.due_at > GRACE:
            row.done_at = now  # a step that the shop has chosen only after its moment reminds of nothing
        limit = order.workflow.limit_of.get(row.kind)
        if claim(row, limit.window if limit else Window.SHOP, calendar_of(order.shop), now):
            ringing[row.order_id].append(row)
    store(session, fresh)
    told = _Told(session, now)
    for order in sorted(orders, key=lambda order: (order.created_at, order.id)):
        told.about(order, ringing[order.id])
    told.send()
    return Claimed(len(due), [now - row.due_at for rows in ringing.values() for row in rows])


def due_fact(kind: str, step: int, term: timedelta | None) -> tuple[str, int, int | None]:
    """What a notification remembers of a step that is due: the limit's kind, the step and the term in seconds."""
    return kind, step, None if term is None else int(term.total_seconds())


def _when(row: Deadline) -> datetime:
    return row.due_at


class _Told:
    """The reminders of one claim, queued as one set."""

    def __init__(self, session: Session, now: datetime) -> None:
        self._session = session
        self._now = now
        self._staff: dict[int, readers.Staff] = {}
        self._rows: list[dict[str, Any]] = []
        self._orders: list[int] = []

    def about(self, order: Order, ringing: Sequence[Deadline]) -> None:
        """One notice tells all that is due about an order, of each limit the last step. A snooze rings whom the
        notice does not."""
        last = {row.kind: row for row in sorted(ringing, key=_when) if row.kind in _RANK}
        limits = sorted(last.values(), key=lambda row: _RANK[row.kind])
        reached: set[int] = set()
        if limits:
            reached = self._tell(TOLD_AS[limits[0].kind], order, limits)
        for row in limits:
            if (notice := _ALSO_TO_BUYER.get(row.kind)) is not None:
                self._tell(notice, order, [row])
        for row in ringing:
            if row.kind.startswith(SNOOZE):
                self._snoozed(order, row, reached)

    def send(self) -> None:
        notify.queue(self._session, self._rows)
        notify.redraw_all(self._session, self._orders, self._now)

    def _tell(self, notice: Notice, order: Order, due: Sequence[Deadline]) -> set[int]:
        first = due[0]
        limits = order.workflow.limit_of
        facts = [due_fact(row.kind, row.step, limits[row.kind].term) for row in due]
        over = any(term is not None and step >= term for _, step, term in facts)
        rows = notify.rows_for(
            self._session,
            notice,
            order,
            self._now,
            generation=f"{first.kind}:{first.step}:{int(first.since.timestamp())}",
            facts={"due": facts},
            staff=self._staff_of(order),
            also=Audience.OWNERS if over and RULES[notice].to is Audience.HOLDER else None,
        )
        self._add(order, rows)
        return {row["account_id"] for row in rows}

    def _snoozed(self, order: Order, row: Deadline, reached: set[int]) -> None:
        member_id = int(row.kind.removeprefix(SNOOZE))
        member = next((one for one in self._staff_of(order).people if one.id == member_id), None)
        if member is None or member.account_id in reached:
            return
        named = f"{order.id}:{Notice.SNOOZED}:{row.kind}:{row.step}:{int(row.since.timestamp())}"
        self._add(
            order,
            [
                notify.row(
                    Notice.SNOOZED,
                    self._now,
                    self._now,
                    dedupe=f"{named}:{member.account_id}",
                    order=order,
                    account=member.account,
                    member=member,
                    facts={"due": [due_fact("snoozed", 0, None)], "seq": row.step},
                )
            ],
        )

    def _add(self, order: Order, rows: list[dict[str, Any]]) -> None:
        self._rows += rows
        self._orders.append(order.id)

    def _staff_of(self, order: Order) -> readers.Staff:
        if order.shop_id not in self._staff:
            self._staff[order.shop_id] = readers.staff_of(self._session, order.shop_id)
        return self._staff[order.shop_id]


def snooze(
    session: Session, public_id: str, account_id: int, after: timedelta | None, now: datetime
) -> tuple[Order, datetime]:
    """Ring this member again after so long, or at the shop's next opening where None, unless the order moves on
    before. Returns the order and the moment. Raises NoSuchOrder, NotAllowed(role, final, never_opens)."""
    order, member = find.for_member(session, public_id, account_id)
    if Ability.SNOOZE not in CAN[member.role]:
        raise NotAllowed("role")
    if order.final:
        raise NotAllowed("final")
    due_at = now + after if after is not None else _next_opening(order, now)
    kind = f"{SNOOZE}{member.id}"
    row = session.scalars(
        select(Deadline).where(
            Deadline.order_id == order.id, Deadline.kind == kind, Deadline.step == order.seq
        )
    ).first()
    if row is None:
        row = Deadline(order_id=order.id, kind=kind, step=order.seq)
        session.add(row)
    row.since, row.due_at, row.done_at = now, due_at, None
    return order, due_at


def _next_opening(order: Order, now: datetime) -> datetime:
    shop = calendar_of(order.shop).shop
    opening = shop.next_open(shop.closes(now) or now)
    if opening is None or opening <= now:
        raise NotAllowed("never_opens")
    return opening
