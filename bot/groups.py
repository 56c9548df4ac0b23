"""A shop's group that is gone or has moved: nothing that waited for it is lost (R5, facts T22 T23)."""

from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from bot import notify
from bot.readers import members
from models.group import Group
from models.order import Order
from models.outbox import Card, Notice, Notification, NotificationState
from models.roles import CAN, Ability
from models.workflow import Status


def lose(session: Session, group: Group, reason: str, now: datetime) -> None:
    """The bot may not write there any more: its owners are told once, and all rings in private chats again."""
    if group.ended_at is not None:
        return
    end(session, group, reason, now)
    hand_on(session, group, now)
    people = members(session, group.shop_id)
    owners = [member for member in people if Ability.GROUP in CAN[member.role]] or people
    notify.queue(
        session,
        [
            notify.row(
                Notice.GROUP_LOST,
                now,
                now,
                dedupe=f"group_lost:{group.id}:{owner.id}",
                account=owner.account,
                member=owner,
                shop_id=group.shop_id,
                facts={"title": group.title, "why": reason},
            )
            for owner in owners
        ],
    )


def end(session: Session, group: Group, why: str, now: datetime) -> None:
    """The chat is the shop's group no longer; its cards are drawn no more. `hand_on` follows, once it is known
    whether another takes its place."""
    group.ended_at, group.ended_why = now, why
    session.execute(
        delete(Card).where(Card.group_id == group.id).execution_options(synchronize_session=False)
    )
    session.flush()


def hand_on(session: Session, group: Group, now: datetime) -> None:
    """What the group was to be told, and the orders that rang there and nobody took, ring for whoever hears now."""
    waiting = session.scalars(
        select(Notification)
        .where(Notification.group_id == group.id, Notification.state == NotificationState.QUEUED)
        .order_by(Notification.id)
    ).all()
    for row in waiting:
        row.state, row.reason, row.at = NotificationState.FAILED, group.ended_why, now
        notify.reroute(session, row, now)
    untaken = session.scalars(
        select(Order)
        .join(Notification, Notification.order_id == Order.id)
        .where(
            Notification.group_id == group.id,
            Notification.kind == Notice.NEW_ORDER,
            Notification.state == NotificationState.SENT,
            Order.status == Status.NEW,
        )
        .order_by(Order.id)
    ).unique()
    again = {row.order_id for row in waiting}
    for order in untaken:
        if order.id not in again:
            notify.tell(session, Notice.NEW_ORDER, order, now, generation=f"group{group.id}")


def move(session: Session, channel: str, old: str, new: str, now: datetime) -> None:
    """The chat has another number now: everywhere at once.

    Cards that hang there cannot be drawn any more: a supergroup counts its messages anew, and an old number may be
    another message's. Those of open orders come as new ones (T24).
    """
    if old == new:  # it was known before the last message to the old number was refused
        return
    groups = {
        group.id: group
        for group in session.scalars(select(Group).where(Group.messenger == channel, Group.chat == old))
    }
    for group in groups.values():
        group.moved_from, group.chat = old, new
    cards = session.scalars(
        select(Card).where(Card.channel == channel, Card.chat == old).order_by(Card.order_id, Card.id)
    ).all()
    rows = {}
    for card in cards:
        order = session.get_one(Order, card.order_id)
        if card.group_id in groups and not order.final:
            rows[order.id] = notify.row(
                Notice.NEW_ORDER,
                now,
                now,
                dedupe=f"anew:{order.id}:{new}",
                order=order,
                group=groups[card.group_id],
                facts={"anew": True},
            )
        session.delete(card)
    session.flush()
    session.execute(
        update(Notification)
        .where(Notification.channel == channel, Notification.chat == old)
        .values(chat=new)
        .execution_options(synchronize_session=False)
    )
    notify.queue(session, list(rows.values()))
