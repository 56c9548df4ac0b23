"""Erasing a buyer (K6, P15): what the tables hold is emptied, what hangs in chats is drawn anew or blanked.

Units for whoever may erase: the buyer, an owner, the clock (`bot/people/`, `bot/orders/`). Which column becomes what
is the table of `models/personal.py`.
"""

import re
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Column, delete, select, update
from sqlalchemy.orm import Session, object_session

from bot import notify
from bot.recipients import PERSONAL as PERSONAL_NOTICES
from bot.recipients import RULES, Audience
from models.db import wake
from models.dialogue import Dialogue
from models.file import File
from models.inbox import Update, UpdateState
from models.order import Order, OrderEvent
from models.outbox import Card, Notification, NotificationState
from models.people import Account, Messenger
from models.personal import KEPT_FACTS, PERSONAL, Fate
from models.search_text import search_text
from models.shop import Member
from models.tables import metadata
from models.trace import Trace
from models.viber import forget_user
from models.workflow import Action, Actor

ERASED = "erased"
"""Woken by whatever erases: messages wait to be blanked, and the files still hold what the tables do not."""

_TABLES = metadata.tables
_FORGOTTEN = "forgotten:"


def erase_orders(
    session: Session,
    orders: Sequence[Order],
    now: datetime,
    *,
    actor: Actor,
    cause: str,
    member: Member | None = None,
) -> list[Order]:
    """Nothing in these orders tells any more who the buyer was; number, goods, sum and course stay. Returns those
    that were not erased before."""
    fresh = [order for order in orders if order.erased_at is None]
    if not fresh:
        return []
    ids = [order.id for order in fresh]
    buyers = {order.buyer_id for order in fresh if order.buyer_id is not None}
    for order in fresh:
        for column, value in _blank("orders").items():
            setattr(order, column, value)
        order.phone_valid, order.buyer_id, order.erased_at = True, None, now
        order.search = search_text(order.number, "", "")
        session.add(order.record(Action.ERASE, actor, now, cause, member))
    session.flush()
    for name, columns in PERSONAL.items():
        table = _TABLES[name]
        if name != "orders" and Fate.EMPTIED in columns.values() and "order_id" in table.c:
            session.execute(update(table).where(table.c.order_id.in_(ids)).values(_blank(name)))
    session.execute(delete(File).where(File.order_id.in_(ids)).execution_options(synchronize_session=False))
    _sift(session, ids)
    _notifications(session, ids, now)
    _cards(session, ids, now)
    _whispers(session, ids, now)
    for buyer in buyers:
        if session.scalars(select(Order.id).where(Order.buyer_id == buyer).limit(1)).first() is None:
            erase_account(session, session.get_one(Account, buyer), now)
    wake(session, ERASED)
    return fresh


def erase_account(session: Session, account: Account, now: datetime) -> None:
    """A buyer of whom no order is left. Who works in a shop goes on to do so: only the buyer is forgotten."""
    chat = account.external_id
    session.execute(
        update(Trace).where(Trace.account_id == account.id, Trace.due_at.is_(None)).values(due_at=now)
    )
    for name, columns in PERSONAL.items():
        table = _TABLES[name]
        if Fate.EMPTIED in columns.values() and "order_id" not in table.c and "account_id" in table.c:
            session.execute(update(table).where(table.c.account_id == account.id).values(_blank(name)))
    for row in session.scalars(
        select(Notification).where(
            Notification.account_id == account.id,
            Notification.recipient == "buyer",
            Notification.state != NotificationState.SENDING,
            Notification.chat.is_not(None),
        )
    ).all():
        _blank_message(session, row, now)
    account.notice_version = account.notice_at = account.stopped_at = account.marketing_at = None
    account.phone = None
    wake(session, ERASED)
    if session.scalars(select(Member.id).where(Member.account_id == account.id).limit(1)).first() is not None:
        return
    account.external_id, account.name = f"{_FORGOTTEN}{account.id}", ""
    account.reachable, account.unreachable_reason = False, notify.ERASED
    session.execute(delete(Dialogue).where(Dialogue.key.contains(f":{chat}:{chat}", autoescape=True)))
    viber = forget_user(session, chat) if account.messenger is Messenger.VIBER else None
    _dead_letters(session, viber or chat)
    if viber is not None:
        answers = update(Update).where(Update.channel == Messenger.VIBER, Update.answer.is_not(None))
        session.execute(answers.values(answer=None))


def is_forgotten(account: Account) -> bool:
    """Whether this was a buyer of whom nothing is left."""
    return account.external_id.startswith(_FORGOTTEN)


def ended(row: Notification, now: datetime) -> None:
    """However a message ended that was on its way when its order was erased: it meets the same end as the others."""
    session = object_session(row)
    if row.kind not in PERSONAL_NOTICES or row.order_id is None or session is None:
        return
    if session.scalar(select(Order.erased_at).where(Order.id == row.order_id)) is not None:
        _blank_message(session, row, now)
        wake(session, ERASED)


def leave_trace(
    session: Session,
    account_id: int,
    channel: str,
    chat: str,
    message_id: str,
    *,
    order_id: int | None = None,
    due_at: datetime | None = None,
) -> None:
    """Remember a message that tells of a buyer; with `due_at`, to be blanked. What was said on Viber cannot be."""
    if channel == Messenger.VIBER:
        return
    trace = session.scalars(
        select(Trace).where(Trace.channel == channel, Trace.chat == chat, Trace.message_id == message_id)
    ).first()
    if trace is None:
        trace = Trace(
            account_id=account_id, order_id=order_id, channel=channel, chat=chat, message_id=message_id
        )
        session.add(trace)
    trace.due_at = due_at or trace.due_at


def _blank(name: str) -> dict[str, str | None]:
    """The emptied columns of a table and what they hold from then on."""
    columns = [_TABLES[name].c[column] for column, fate in PERSONAL[name].items() if fate is Fate.EMPTIED]
    return {column.name: _nothing(column) for column in columns}


def _nothing(column: Column[object]) -> str | None:
    return None if column.nullable else ""


def _sift(session: Session, ids: Sequence[int]) -> None:
    for event in session.scalars(select(OrderEvent).where(OrderEvent.order_id.in_(ids))):
        kept = {key: value for key, value in event.facts.items() if key in KEPT_FACTS}
        if kept != event.facts:
            event.facts = kept


def _notifications(session: Session, ids: Sequence[int], now: datetime) -> None:
    """What is still to be said of these buyers is not; what was said is blanked. For one that is on its way see
    `ended`."""
    rows = session.scalars(
        select(Notification).where(Notification.order_id.in_(ids), Notification.kind.in_(PERSONAL_NOTICES))
    ).all()
    for row in rows:
        if row.state in (NotificationState.QUEUED, NotificationState.HELD):
            row.state, row.reason, row.at = NotificationState.SKIPPED, notify.ERASED, now
        if row.state is not NotificationState.SENDING:
            _blank_message(session, row, now)


def _blank_message(session: Session, row: Notification, now: datetime) -> None:
    to_buyer = RULES[row.kind].to is Audience.BUYER
    alone = row.told_with is None  # a list of many orders names no buyer
    if alone and row.message_id is not None and row.chat is not None and row.account_id is not None:
        leave_trace(
            session,
            row.account_id,
            row.channel,
            row.chat,
            row.message_id,
            order_id=None if to_buyer else row.order_id,
            due_at=now,
        )
    row.facts = {}
    if to_buyer:
        row.chat = row.message_id = None


def _cards(session: Session, ids: Sequence[int], now: datetime) -> None:
    """The cards of who works there, and the masked ones of their group, are drawn anew; in the chats of who does not
    work there any more, they are blanked."""
    working = (
        select(Member.id)
        .join(Order, Order.shop_id == Member.shop_id)
        .where(Order.id == Card.order_id, Member.account_id == Card.account_id, Member.active)
    )
    left = select(Card).where(Card.order_id.in_(ids), ~working.exists())
    for card in session.scalars(left).all():
        if card.account_id is None:
            continue
        leave_trace(
            session,
            card.account_id,
            card.channel,
            card.chat,
            card.message_id,
            order_id=card.order_id,
            due_at=now,
        )
        session.delete(card)
    session.flush()
    notify.redraw_all(session, ids, now)


def _whispers(session: Session, ids: Sequence[int], now: datetime) -> None:
    """What members were told in private is blanked, unless it has become a card, which is drawn anew."""
    hangs = select(Card.id).where(
        Card.channel == Trace.channel, Card.chat == Trace.chat, Card.message_id == Trace.message_id
    )
    session.execute(
        update(Trace)
        .where(Trace.order_id.in_(ids), Trace.due_at.is_(None), ~hangs.exists())
        .values(due_at=now)
        .execution_options(synchronize_session=False)
    )


def _dead_letters(session: Session, chat: str) -> None:
    """What this person sent and nobody could handle stays counted; what it said goes."""
    names = re.compile(rb'"id":\s*"?%s(?!\w)' % re.escape(chat.encode()))
    dead = select(Update).where(Update.state == UpdateState.DEAD, Update.body.is_not(None))
    for letter in session.scalars(dead).all():
        if letter.body is not None and names.search(letter.body):
            letter.body = None
