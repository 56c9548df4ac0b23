"""Who holds an order: handed to a colleague, or taken from one, with all that is still to be told of it (M6)."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot import notify
from bot.orders import find
from bot.recipients import RULES, Audience
from models.colleagues import colleagues_of
from models.deadline import SNOOZE, Deadline
from models.errors import NotAllowed
from models.order import Order
from models.outbox import Notice, Notification, NotificationState
from models.roles import CAN, Ability
from models.shop import Member
from models.workflow import Action, Actor

_OF_THE_HOLDER = (
    *(notice for notice, rule in RULES.items() if rule.to is Audience.HOLDER),
    Notice.SNOOZED,
)


def hand_over(
    session: Session, public_id: str, account_id: int, to: int, cause: str, now: datetime
) -> tuple[Order, Member]:
    """Another member holds the order from now on: its reminders are theirs, those that wait to be sent included.
    Who gets it and who had it hear of it, but for whoever did it. Returns also who did it.

    Raises NoSuchOrder, NotAllowed(role, final, nobody_holds, not_a_colleague).
    """
    order, member = find.for_member(session, public_id, account_id)
    if find.done_before(session, order, cause, Action.HAND_OVER) is not None:
        return order, member
    if Ability.HAND_OVER not in CAN[member.role]:
        raise NotAllowed("role")
    if order.final:
        raise NotAllowed("final")
    former = order.holder
    if former is None:
        raise NotAllowed("nobody_holds")
    holder = next((one for one in colleagues_of(session, order) if one.id == to), None)
    if holder is None:
        raise NotAllowed("not_a_colleague")
    if holder.id == former.id:
        return order, member
    order.holder = holder
    notify.drop_queued(session, order.id, (Notice.HANDED_TO,), "outdated", now)
    event = order.record(
        Action.HAND_OVER, Actor.SELLER, now, cause, member, held_by=holder.name, held_before=former.name
    )
    session.add(event)
    session.flush()
    _move_pending(session, order, former, holder, now)
    for notice, person in ((Notice.HANDED_TO, holder), (Notice.HANDED_FROM, former)):
        if person.id == member.id or not (person.active and person.account.reachable):
            continue
        row = notify.row(
            notice,
            now,
            now,
            dedupe=f"{order.id}:{notice}:{event.id}:{person.account_id}",
            order=order,
            event=event,
            account=person.account,
            member=person,
            facts={"by": member.name, "to": holder.name, "taken": holder.id == member.id},
        )
        notify.queue(session, [row])
    notify.redraw(session, order, now, own=account_id)
    return order, member


def _move_pending(session: Session, order: Order, former: Member, holder: Member, now: datetime) -> None:
    """What waits to be told to the former holder waits for the new one; so do the snoozes that ring the former."""
    waiting = session.scalars(
        select(Notification)
        .where(
            Notification.order_id == order.id,
            Notification.kind.in_(_OF_THE_HOLDER),
            Notification.member_id == former.id,
            Notification.state.in_((NotificationState.QUEUED, NotificationState.HELD)),
        )
        .order_by(Notification.id)
    ).all()
    for row in waiting:
        named = f"{row.dedupe.rpartition(':')[0]}:{holder.account_id}"
        if session.scalars(select(Notification.id).where(Notification.dedupe == named)).first() is not None:
            row.state, row.reason, row.at = NotificationState.SKIPPED, "handed_over", now
            continue
        row.dedupe, row.member_id, row.account_id = named, holder.id, holder.account_id
        row.recipient = str(holder.role)
        row.channel, row.chat = str(holder.account.messenger), holder.account.external_id
        session.flush()
    _move_snooze(session, order, former, holder)


def _move_snooze(session: Session, order: Order, former: Member, holder: Member) -> None:
    snoozes = {
        row.kind: row
        for row in session.scalars(
            select(Deadline).where(
                Deadline.order_id == order.id,
                Deadline.step == order.seq,
                Deadline.kind.in_((f"{SNOOZE}{former.id}", f"{SNOOZE}{holder.id}")),
            )
        )
    }
    theirs, own = snoozes.get(f"{SNOOZE}{former.id}"), snoozes.get(f"{SNOOZE}{holder.id}")
    if theirs is None or theirs.done_at is not None:
        return
    if own is None:
        theirs.kind = f"{SNOOZE}{holder.id}"
        return
    own.due_at = theirs.due_at if own.done_at is not None else min(own.due_at, theirs.due_at)
    own.since, own.done_at = theirs.since, None
    session.delete(theirs)
