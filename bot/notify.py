"""How a use case tells people: rows of the outbox in its own unit, never a message."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

import structlog
from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from bot.recipients import OF_OPEN_ORDERS, RULES, Audience
from models.db import wake
from models.duty import answering, on_duty
from models.order import Order, OrderEvent
from models.outbox import Card, Notice, Notification, NotificationState
from models.people import Account
from models.roles import Role
from models.shop import Member

log = structlog.get_logger(__name__)

Staff = Sequence[Member]
"""A shop's members whom we can reach."""

OUTBOX = "outbox"
NO_CHAT, NO_RECIPIENT, NOT_A_MEMBER = "no_chat", "no_recipient", "not_a_member"


def tell(
    session: Session,
    notice: Notice,
    order: Order,
    now: datetime,
    *,
    event: OrderEvent | None = None,
    generation: str = "",
    facts: dict[str, Any] | None = None,
    due: timedelta | None = None,
    but: int | None = None,
) -> None:
    """Queue a notice about an order for everybody whom `RULES` names.

    `generation` tells repeated notices of one kind apart; the same one is queued once. `but` leaves out
    the account that caused it. A buyer without a chat gets a row that says so, and the card shows it.
    """
    rows = rows_for(
        session, notice, order, now, event=event, generation=generation, facts=facts, due=due, but=but
    )
    queue(session, rows)


def rows_for(
    session: Session,
    notice: Notice,
    order: Order,
    now: datetime,
    *,
    event: OrderEvent | None = None,
    generation: str = "",
    facts: dict[str, Any] | None = None,
    due: timedelta | None = None,
    but: int | None = None,
    staff: Staff | None = None,
    also: Audience | None = None,
) -> list[dict[str, Any]]:
    """The rows that `tell` queues. `staff`: the shop's members where they are known; `also`: who hears besides."""
    rule = RULES[notice]
    due_at = now + (rule.delay if due is None else due)
    people = audience(session, rule.to, order, staff)
    if also is not None:
        known = {account.id for _, account in people}
        people += [one for one in audience(session, also, order, staff) if one[1].id not in known]
    if rule.to is Audience.BUYER and not people:
        return [
            row(
                notice,
                now,
                due_at,
                order=order,
                event=event,
                dedupe=f"{order.id}:{notice}:{generation}:buyer",
                facts=facts,
                reason=out_of_reach(session, order),
            )
        ]
    return [
        row(
            notice,
            now,
            due_at,
            order=order,
            event=event,
            account=account,
            member=member,
            dedupe=f"{order.id}:{notice}:{generation}:{account.id}",
            facts=facts,
        )
        for member, account in people
        if account.id != but
    ]


def reroute(session: Session, lost: Notification, now: datetime) -> None:
    """A recipient is gone: whoever should hear of it in their place does (R5). Where nobody is left, a held row
    says so (F5)."""
    rule = RULES[lost.kind]
    if lost.order_id is None or rule.to in (Audience.BUYER, Audience.ADMINS, Audience.ONE):
        return
    if lost.facts.get("anew"):  # a card that this chat had lost: the others have their own
        return
    order = session.get_one(Order, lost.order_id)
    event = session.get(OrderEvent, lost.event_id) if lost.event_id is not None else None
    named = f"{order.id}:{lost.kind}:"
    generation = lost.dedupe.removeprefix(named).rpartition(":")[0] if lost.dedupe.startswith(named) else "re"
    if audience(session, rule.to, order):
        facts = {key: value for key, value in lost.facts.items() if key not in ("first_try", "lost_leases")}
        tell(
            session,
            lost.kind,
            order,
            now,
            event=event,
            generation=generation,
            facts=facts,
            due=timedelta(0),
        )
        return
    log.error("nobody_to_tell", shop=order.shop_id, kind=str(lost.kind))
    nobody = row(
        lost.kind,
        now,
        now,
        dedupe=f"{named}{generation}:nobody",
        order=order,
        event=event,
        reason=NO_RECIPIENT,
    )
    queue(session, [nobody])


def out_of_reach(session: Session, order: Order) -> str | None:
    """Why the buyer cannot be written to now, None where they can."""
    buyer = session.get(Account, order.buyer_id) if order.buyer_id is not None else None
    if buyer is None:
        return NO_CHAT
    return None if buyer.reachable else buyer.unreachable_reason or NO_CHAT


def release(session: Session, order: Order, buyer: Account, now: datetime) -> None:
    """The buyer has a chat at last: what was kept for it goes now; of the order's news only the last."""
    kept = session.scalars(
        select(Notification)
        .where(
            Notification.order_id == order.id,
            Notification.recipient == "buyer",
            Notification.state == NotificationState.HELD,
            Notification.reason == NO_CHAT,
        )
        .order_by(Notification.id)
    ).all()
    news = [held.id for held in kept if held.kind not in (Notice.SELLER_WROTE, Notice.STILL_WAITING)]
    for held in kept:
        held.at = now
        if held.id in news[:-1] or (order.final and held.kind in OF_OPEN_ORDERS):
            held.state, held.reason = NotificationState.SKIPPED, "outdated"
            continue
        held.state, held.reason = NotificationState.QUEUED, None
        held.account_id, held.channel, held.chat = buyer.id, str(buyer.messenger), buyer.external_id
        held.dedupe = f"{held.dedupe.removesuffix('buyer')}{buyer.id}"
        held.due_at = max(held.due_at, now)
    session.flush()
    wake(session, OUTBOX)


def on_its_way(session: Session, order: Order, now: datetime) -> bool:
    """Whether the buyer is about to get a message that says how the order stands."""
    return (
        session.scalars(
            select(Notification.id)
            .where(
                Notification.order_id == order.id,
                Notification.account_id == order.buyer_id,
                Notification.recipient == "buyer",
                Notification.kind != Notice.SELLER_WROTE,
                Notification.state.in_((NotificationState.QUEUED, NotificationState.SENDING)),
                Notification.due_at <= now,
            )
            .limit(1)
        ).first()
        is not None
    )


def row(
    notice: Notice,
    now: datetime,
    due_at: datetime,
    *,
    dedupe: str,
    order: Order | None = None,
    event: OrderEvent | None = None,
    account: Account | None = None,
    member: Member | None = None,
    shop_id: int | None = None,
    facts: dict[str, Any] | None = None,
    reason: str | None = None,
) -> dict[str, Any]:
    """A notification's columns. With a `reason` it is finished before it began: nobody can be told."""
    if event is not None and event.id is None:
        raise ValueError("flush the event before it is named as a cause")
    rule = RULES[notice]
    return {
        "dedupe": dedupe,
        "kind": notice,
        "order_id": order.id if order else None,
        "shop_id": order.shop_id if order else shop_id,
        "account_id": account.id if account else None,
        "member_id": member.id if member else None,
        "event_id": event.id if event else None,
        "recipient": "buyer" if rule.to is Audience.BUYER else str(member.role) if member else "seller",
        "channel": str(account.messenger) if account else "none",
        "chat": account.external_id if account else None,
        "priority": rule.priority,
        "facts": facts or {},
        "created_at": now,
        "due_at": due_at,
        "at": now,
        "attempts": 0,
        "repeat": False,
        "state": NotificationState.HELD if reason else NotificationState.QUEUED,
        "reason": reason,
    }


def queue(session: Session, rows: Sequence[dict[str, Any]]) -> None:
    """Queue what is not queued already under the same `dedupe`, and wake delivery after the commit."""
    if not rows:
        return
    known = set(
        session.scalars(
            select(Notification.dedupe).where(Notification.dedupe.in_([row["dedupe"] for row in rows]))
        )
    )
    fresh = [row for row in rows if row["dedupe"] not in known]
    if fresh:
        session.execute(insert(Notification), fresh)
        wake(session, OUTBOX)


def audience(
    session: Session, to: Audience, order: Order, staff: Staff | None = None
) -> list[tuple[Member | None, Account]]:
    if to is Audience.BUYER:
        buyer = session.get(Account, order.buyer_id) if order.buyer_id is not None else None
        return [] if buyer is None or not buyer.reachable else [(None, buyer)]
    people: Staff = members(session, order.shop_id) if staff is None else staff
    if to is Audience.OWNERS:
        people = [member for member in people if member.role is Role.OWNER]
    elif to is Audience.HOLDER and order.holder_id is not None:
        people = answering(people, order.holder_id)
    else:
        people = on_duty(people)
    return [(member, member.account) for member in people]


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


def redraw(session: Session, order: Order, now: datetime, *, own: int | None = None) -> None:
    """Every card of the order must be drawn anew. Of the presser's `own` the handler draws one at once: the
    outbox looks at them a little later, since another may hang further up in the same chat."""
    redraw_all(session, [order.id], now)
    if own is not None:
        session.execute(
            update(Card)
            .where(Card.order_id == order.id, Card.account_id == own)
            .values(due_at=now + timedelta(seconds=2))
            .execution_options(synchronize_session=False)
        )


def redraw_all(session: Session, order_ids: Collection[int], now: datetime) -> None:
    """Every card of these orders must be drawn anew."""
    if not order_ids:
        return
    session.execute(
        update(Card)
        .where(Card.order_id.in_(order_ids))
        .values(due_at=now, attempts=0)
        .execution_options(synchronize_session=False)
    )
    wake(session, OUTBOX)


def drop_queued(
    session: Session, order_id: int, notices: Iterable[Notice], reason: str, now: datetime
) -> None:
    """What was queued and is no longer true is not sent: it ends as skipped, with the reason."""
    session.execute(
        update(Notification)
        .where(
            Notification.order_id == order_id,
            Notification.kind.in_(list(notices)),
            Notification.state == NotificationState.QUEUED,
        )
        .values(state=NotificationState.SKIPPED, reason=reason, at=now)
        .execution_options(synchronize_session=False)
    )


def generation(session: Session, order: Order, notice: Notice) -> str:
    """The next generation of a notice that may be told more than once about one order."""
    count = session.scalar(
        select(func.count())
        .select_from(Notification)
        .where(Notification.order_id == order.id, Notification.kind == notice)
    )
    return str(count or 0)


def lose(session: Session, account: Account, reason: str, now: datetime) -> None:
    """An account cannot be reached until it comes back: nobody is silently left out (R5, F4).

    Where it was a buyer's, whoever holds the order is told to call; where it was a member's, the owners are
    told, and the other members have rows of their own.
    """
    if not account.reachable:
        return
    account.reachable, account.unreachable_reason = False, reason
    session.flush()
    for order in session.scalars(select(Order).where(Order.buyer_id == account.id)):
        if not order.final:
            tell(session, Notice.BUYER_UNREACHABLE, order, now, generation=f"{account.id}:{now.date()}")
            redraw(session, order, now)
    for lost in session.scalars(select(Member).where(Member.account_id == account.id, Member.active)):
        others = [member for member in members(session, lost.shop_id) if member.id != lost.id]
        owners = [member for member in others if member.role is Role.OWNER] or others
        queue(
            session,
            [
                row(
                    Notice.MEMBER_UNREACHABLE,
                    now,
                    now,
                    dedupe=f"unreachable:{lost.id}:{owner.id}:{now.date()}",
                    account=owner.account,
                    member=owner,
                    shop_id=lost.shop_id,
                    facts={"name": lost.name or account.name, "why": reason},
                )
                for owner in owners
            ],
        )


def tell_admins(
    session: Session, admins: Iterable[int], update_cause: str, error: str, now: datetime
) -> None:
    """An update that nobody could handle: the operators hear where it lies, never what it says (B9)."""
    queue(
        session,
        [
            row(
                Notice.DEAD_LETTER,
                now,
                now,
                dedupe=f"dead:{update_cause}:{admin}"[:200],
                facts={"update": update_cause, "error": error},
            )
            | {"recipient": "admin", "channel": "telegram", "chat": str(admin)}
            for admin in admins
        ],
    )
