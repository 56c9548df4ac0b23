"""Cards that hang in chats: which must be drawn anew, and what became of it. The last state only (C10)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select, tuple_, update
from sqlalchemy.orm import Session

from bot import groups, notify
from bot.messengers.base import Channel
from bot.readers import Reader
from bot.recipients import CARDS, REMINDERS, UNDO
from keyboards.notices import Matter
from models.card import load_card
from models.group import Group
from models.order import Order, OrderEvent
from models.outbox import OPEN, Card, Notice, Notification, NotificationState
from models.people import Account, Messenger
from models.shop import Member
from models.viber import session_open

LEASE = timedelta(seconds=60)
A_MOMENT = timedelta(seconds=2)
PAGE = 100
RETRIES = (1, 2, 4, 8, 15, 30, 60, 120, 300)
"""Seconds to the next try after an answer that may or may not have been a success."""
MOST_TRIES = 300
"""About a day of tries; the next change of the order begins anew."""


@dataclass(frozen=True, slots=True)
class Place:
    """A chat, and for whom a card hangs in it: a person, or a shop's group."""

    channel: str
    chat: str
    account_id: int | None = None
    group_id: int | None = None


@dataclass(frozen=True, slots=True)
class CardMatter:
    """A card to draw anew: where it hangs, what it should show, and the lease by which it was claimed."""

    id: int
    chat: str
    channel: str
    message_id: str
    matter: Matter
    lease: datetime


def claim_cards(
    session: Session,
    now: datetime,
    channels: Mapping[str, Channel],
    most: Mapping[str, int],
    busy: frozenset[int],
) -> tuple[Sequence[CardMatter], float | None]:
    """Cards to draw anew, each for whom it hangs there; when to look again, if some must wait."""
    matters: list[CardMatter] = []
    waits: list[float] = []
    skip: set[tuple[str, str]] = set()
    room = {name: count for name, count in most.items() if count > 0}
    while due := _due(session, now, room, skip, busy):
        for card in due:
            if (card.channel, card.chat) in skip:
                continue
            channel = channels[card.channel]
            if room.get(card.channel, 0) <= 0:
                waits.append(0.0)
                continue
            if (wait := channel.opens_in()) > 0 and len(channels) == 1:
                return matters, wait
            if (wait := max(wait, channel.wait(card.chat))) > 0:
                waits.append(wait)
                skip.add((card.channel, card.chat))
                continue
            if not channel.redraws and _comes_with_a_notice(session, card, now):
                card.due_at = now + A_MOMENT  # a notice that has gone by then has taken its place
                continue
            lease = now + LEASE
            matter = _matter(session, card, now) if channel.redraws or _is_news(session, card, now) else None
            if matter is None:
                card.due_at = None
                continue
            card.due_at = lease
            channel.take(card.chat)
            room[card.channel] -= 1
            matters.append(CardMatter(card.id, card.chat, card.channel, card.message_id, matter, lease))
        session.flush()
        room = {name: count for name, count in room.items() if count > 0}
    return matters, min(waits, default=None)


def _is_news(session: Session, card: Card, now: datetime) -> bool:
    """Where a card cannot be drawn anew it is sent again: only when its order has another status, and to somebody
    whom it costs nothing to tell."""
    seq = session.scalar(select(Order.seq).where(Order.id == card.order_id))
    return seq != card.seq and session_open(session, card.chat, now)


def _comes_with_a_notice(session: Session, card: Card, now: datetime) -> bool:
    """Whether a notice about the order that is a card itself is on its way to the same chat: one message is enough."""
    coming = select(Notification.id).where(
        Notification.order_id == card.order_id,
        Notification.channel == card.channel,
        Notification.chat == card.chat,
        Notification.kind.in_(CARDS),
        OPEN,
        Notification.due_at <= now,
    )
    return session.scalars(coming.limit(1)).first() is not None


def requeue_unfinished(session: Session, now: datetime) -> None:
    """At start: what was being drawn when we stopped does not wait for its lease to end."""
    session.execute(
        update(Card).where(Card.due_at > now).values(due_at=now).execution_options(synchronize_session=False)
    )


def _due(
    session: Session,
    now: datetime,
    channels: Collection[str],
    skip: set[tuple[str, str]],
    busy: frozenset[int],
) -> Sequence[Card]:
    query = (
        select(Card)
        .where(Card.due_at.is_not(None), Card.due_at <= now, Card.channel.in_(list(channels)))
        .order_by(Card.due_at, Card.id)
        .limit(PAGE)
    )
    if skip:
        query = query.where(tuple_(Card.channel, Card.chat).not_in(list(skip)))
    if busy:
        query = query.where(Card.id.not_in(busy))
    return session.scalars(query).all()


def _matter(session: Session, card: Card, now: datetime) -> Matter | None:
    """None where the person no longer works there, or the group is the shop's no longer: edits nothing further."""
    order = session.get(Order, card.order_id)
    if order is None:
        return None
    _ = order.lines, order.parcels  # a digest's look at it may have left them unread
    reader = _reader(session, order, card)
    if reader is None:
        return None
    row = _brought_by(session, card) or Notification(kind=Notice.NEW_ORDER, facts={}, repeat=False)
    view = load_card(session, order, reader.member, now, UNDO, in_group=reader.group is not None)
    return Matter(row=row, language=reader.language, order=order, card=view)


def _brought_by(session: Session, card: Card) -> Notification | None:
    """The reminder that brought the card: what it says stays until the next one, or until something has happened to
    the order, for it is why the card is there."""
    if card.group_id is None:
        theirs = Notification.account_id == card.account_id
    else:
        theirs = Notification.group_id == card.group_id
    last = session.scalars(
        select(Notification)
        .where(
            Notification.order_id == card.order_id,
            theirs,
            Notification.kind.in_(REMINDERS),
            Notification.state != NotificationState.SKIPPED,
        )
        .order_by(Notification.id.desc())
        .limit(1)
    ).first()
    if last is None or (last.channel, last.chat, last.message_id) != (
        card.channel,
        card.chat,
        card.message_id,
    ):
        return None
    since = select(OrderEvent.id).where(OrderEvent.order_id == card.order_id, OrderEvent.at >= last.due_at)
    return last if session.scalars(since.limit(1)).first() is None else None


def _reader(session: Session, order: Order, card: Card) -> Reader | None:
    """For whom the card hangs, where it is still theirs to see."""
    if card.group_id is not None:
        group = session.get_one(Group, card.group_id)
        return Reader(group=group) if group.ended_at is None and group.shop_id == order.shop_id else None
    member = session.scalars(
        select(Member).where(
            Member.shop_id == order.shop_id, Member.account_id == card.account_id, Member.active
        )
    ).first()
    return None if member is None else Reader(member.account, member)


def hang_card(
    session: Session, order_id: int, place: Place, message_id: str, version: int, now: datetime
) -> Card:
    """Remember a message that shows an order's card; drawn again at once if the order moved on meanwhile."""
    card = session.scalars(
        select(Card).where(
            Card.channel == place.channel, Card.chat == place.chat, Card.message_id == message_id
        )
    ).first()
    if card is None:
        card = Card(channel=place.channel, chat=place.chat, message_id=message_id)
        session.add(card)
    card.order_id, card.account_id, card.group_id = order_id, place.account_id, place.group_id
    current, seq = session.execute(select(Order.version, Order.seq).where(Order.id == order_id)).one()
    card.shown, card.attempts = version, 0
    if current == version:
        card.seq = seq
    else:
        card.due_at = now
    if place.channel == Messenger.VIBER:
        _only_newest(session, card)
    return card


def _only_newest(session: Session, card: Card) -> None:
    """Where nothing can be drawn anew, the order's older cards in this chat are history."""
    session.flush()
    older = (Card.order_id == card.order_id, Card.channel == card.channel, Card.chat == card.chat)
    session.execute(
        delete(Card).where(*older, Card.id != card.id).execution_options(synchronize_session=False)
    )


def settle_card(
    session: Session,
    card_id: int,
    message_id: str,
    version: int,
    seq: int,
    again: datetime | None,
    lease: datetime,
    now: datetime,
) -> None:
    """Drawn: what it shows is noted. Still due if the order moved on or something else asked for it meanwhile, or
    once the undo button must go."""
    card = session.get(Card, card_id)
    if card is None:
        return
    current = session.scalar(select(Order.version).where(Order.id == card.order_id))
    card.message_id, card.shown, card.seq, card.attempts = message_id, version, seq, 0
    if card.due_at == lease:
        card.due_at = now if current != version else again


def settle_card_later(session: Session, card_id: int, spent: bool, now: datetime) -> None:
    """Not drawn now. Where an attempt was spent, a little later each time; else when the pace admits it."""
    card = session.get(Card, card_id)
    if card is None:
        return
    if not spent:
        card.due_at = now
        return
    card.attempts += 1
    seconds = RETRIES[min(card.attempts, len(RETRIES)) - 1]
    card.due_at = None if card.attempts > MOST_TRIES else now + timedelta(seconds=seconds)


def settle_card_gone(session: Session, card_id: int, now: datetime) -> None:
    """The message is no more: the card comes as a new one (T24)."""
    card = session.get(Card, card_id)
    if card is None:
        return
    order = session.get_one(Order, card.order_id)
    reader = _reader(session, order, card)
    if reader is not None and (reader.account is None or reader.account.reachable):
        row = notify.row(
            Notice.NEW_ORDER,
            now,
            now,
            dedupe=f"anew:{order.id}:{card.chat}:{card.message_id}",
            order=order,
            account=reader.account,
            member=reader.member,
            group=reader.group,
            facts={"anew": True},
        )
        notify.queue(session, [row])
    session.delete(card)


def settle_card_lost(session: Session, card_id: int, reason: str, now: datetime) -> None:
    """Whoever it hangs for cannot be reached any more (F4)."""
    card = session.get(Card, card_id)
    if card is None:
        return
    account = session.get(Account, card.account_id) if card.account_id is not None else None
    group = session.get(Group, card.group_id) if card.group_id is not None else None
    session.delete(card)
    if account is not None:
        notify.lose(session, account, reason, now)
    if group is not None:
        groups.lose(session, group, reason, now)


def settle_card_moved(session: Session, card_id: int, moved_to: str, now: datetime) -> None:
    """The chat in which it hangs has another number now (T23)."""
    card = session.get(Card, card_id)
    if card is not None:
        groups.move(session, card.channel, card.chat, moved_to, now)


def drop_card(session: Session, card_id: int) -> None:
    card = session.get(Card, card_id)
    if card is not None:
        session.delete(card)
