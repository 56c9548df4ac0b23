"""How a use case tells people: rows of the outbox in its own unit, never a message."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

import structlog
from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from bot.readers import Staff, audience, leading, members
from bot.recipients import RULES, Audience, Rule
from models.db import wake
from models.group import Group
from models.limits import Window
from models.order import Order, OrderEvent
from models.outbox import Card, Notice, Notification, NotificationState
from models.people import Account
from models.shop import Member, Shop
from models.terms import calendar_of
from models.ways import CLOSED, EARLY, EMAIL, GIVEN_UP, LONE, PATIENCE, RENUMBERED, family

log = structlog.get_logger(__name__)

OUTBOX = "outbox"
NO_CHAT, NO_RECIPIENT, NOT_A_MEMBER = "no_chat", "no_recipient", "not_a_member"
STOPPED, ERASED, NO_CONSENT = "stopped", "erased", "no_consent"
OF_ITS_WAY = frozenset({"first_try", "lost_leases", LONE, CLOSED, RENUMBERED, EARLY})


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
    asked: bool = False,
) -> None:
    """Queue a notice about an order for everybody whom `RULES` names.

    `generation` tells repeated notices of one kind apart; the same one is queued once. `but` leaves out
    the account that caused it. A buyer without a chat gets a row that says so, and the card shows it. A buyer who
    has not `asked` is written to by day only.
    """
    rows = rows_for(
        session,
        notice,
        order,
        now,
        event=event,
        generation=generation,
        facts=facts,
        due=due,
        but=but,
        asked=asked,
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
    asked: bool = False,
) -> list[dict[str, Any]]:
    """The rows that `tell` queues. `staff`: the shop's people where they are known; `also`: who hears besides, unless
    the group hears it, where they are."""
    rule = RULES[notice]
    due_at = now + (rule.delay if due is None else due)
    if rule.to is Audience.BUYER and not asked:
        due_at = unprompted(order.shop, due_at)
    readers = audience(session, rule.to, order, staff)
    if also is not None and not any(reader.group for reader in readers):
        known = {reader.key for reader in readers}
        readers += [one for one in audience(session, also, order, staff) if one.key not in known]
    if rule.to is Audience.BUYER and not readers:
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
    if rule.undrawn:
        readers = [one for one in readers if one.account is not None and not one.account.messenger.redraws]
    elif not readers and (mail := _mailbox(rule, order.shop)) is not None:
        named = f"{order.id}:{notice}:{generation}:mail"
        return [row(notice, now, due_at, order=order, event=event, dedupe=named, facts=facts, mail=mail)]
    return [
        row(
            notice,
            now,
            due_at,
            order=order,
            event=event,
            account=reader.account,
            member=reader.member,
            group=reader.group,
            dedupe=f"{order.id}:{notice}:{generation}:{reader.key}",
            facts=facts,
        )
        for reader in readers
        if reader.account is None or reader.account.id != but
    ]


def _mailbox(rule: Rule, shop: Shop) -> str | None:
    """Where a shop reads what nobody of it can be told in a chat."""
    return shop.mail if rule.to in (Audience.MEMBERS, Audience.HOLDER, Audience.OWNERS) else None


def unprompted(shop: Shop, moment: datetime) -> datetime:
    """When a buyer who did not just ask may be written to: then, or at the next 9:00 (10:00 on days off; 1.8.8)."""
    return calendar_of(shop).into(Window.BUYER, moment)


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
    if audience(session, rule.to, order) or (lost.channel != EMAIL and _mailbox(rule, order.shop)):
        facts = told_facts(lost)
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


def same_notice(session: Session, row: Notification) -> Sequence[Notification]:
    """A buyer's notice by its other ways."""
    others = session.scalars(
        select(Notification).where(
            Notification.order_id == row.order_id,
            Notification.kind == row.kind,
            Notification.recipient == "buyer",
            Notification.id != row.id,
        )
    )
    return [one for one in others if family(one.dedupe) == family(row.dedupe)]


def told_facts(row: Notification) -> dict[str, Any]:
    """What a notice is about, without what became of one of its rows on the way."""
    return {key: value for key, value in row.facts.items() if key not in OF_ITS_WAY}


def out_of_reach(session: Session, order: Order) -> str | None:
    """Why the buyer cannot be written to now, None where they can."""
    if order.erased_at is not None:
        return ERASED
    buyer = session.get(Account, order.buyer_id) if order.buyer_id is not None else None
    if buyer is None:
        return NO_CHAT
    if not buyer.reachable:
        return buyer.unreachable_reason or NO_CHAT
    return None if buyer.stopped_at is None else STOPPED


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
    group: Group | None = None,
    shop_id: int | None = None,
    facts: dict[str, Any] | None = None,
    reason: str | None = None,
    mail: str | None = None,
) -> dict[str, Any]:
    """A notification's columns. With a `reason` it is finished before it began: nobody can be told. `mail`: the
    shop's mailbox, where it goes because no chat is left."""
    if event is not None and event.id is None:
        raise ValueError("flush the event before it is named as a cause")
    rule, messenger, chat = RULES[notice], "none" if mail is None else EMAIL, mail
    if group is not None:
        messenger, chat = str(group.messenger), group.chat
    elif account is not None:
        messenger, chat = str(account.messenger), account.external_id
    if not agreed(rule, account):
        reason = NO_CONSENT
    routed = rule.to is Audience.BUYER and notice in PATIENCE and reason not in GIVEN_UP
    return {
        "dedupe": dedupe,
        "kind": notice,
        "order_id": order.id if order else None,
        "shop_id": order.shop_id if order else shop_id,
        "account_id": account.id if account else None,
        "member_id": member.id if member else None,
        "group_id": group.id if group else None,
        "event_id": event.id if event else None,
        "recipient": _recipient(rule.to, member, group),
        "channel": messenger,
        "chat": chat,
        "priority": rule.priority,
        "facts": facts or {},
        "created_at": now,
        "due_at": due_at,
        "at": now,
        "attempts": 0,
        "repeat": False,
        "state": NotificationState.HELD if reason else NotificationState.QUEUED,
        "reason": reason,
        "next_at": None if not routed else due_at if reason else due_at + PATIENCE[notice],
    }


def agreed(rule: Rule, account: Account | None) -> bool:
    """Advertising goes only to who has agreed to it (K11)."""
    return not rule.marketing or (account is not None and account.marketing_at is not None)


def _recipient(to: Audience, member: Member | None, group: Group | None) -> str:
    """Who hears it, as the shop's site reads it."""
    if to is Audience.BUYER:
        return "buyer"
    return "group" if group is not None else str(member.role) if member is not None else "seller"


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


def tell_owners(
    session: Session, notice: Notice, shop_id: int, now: datetime, *, mark: str, facts: dict[str, Any]
) -> None:
    """Queue a notice about a shop for its owners, or for whoever is left where it has none, or for its mailbox; once
    for each `mark`."""
    rows = [
        row(
            notice,
            now,
            now,
            dedupe=f"{notice}:{shop_id}:{mark}:{owner.id}",
            account=owner.account,
            member=owner,
            shop_id=shop_id,
            facts=facts,
        )
        for owner in leading(members(session, shop_id))
    ]
    mail = session.get_one(Shop, shop_id).mail
    if not rows and mail is not None:
        named = f"{notice}:{shop_id}:{mark}:mail"
        rows = [row(notice, now, now, dedupe=named, shop_id=shop_id, facts=facts, mail=mail)]
    queue(session, rows)


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
        owners = leading(others)
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
