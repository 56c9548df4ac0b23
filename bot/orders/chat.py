"""A buyer's chat and an order: what is on its way there, what a link shows, and how it is untied."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot import notify
from bot.orders import find
from bot.orders.deadlines import changed
from models.errors import NotAllowed
from models.glimpse import Glimpse, Item, place_of
from models.links import Links
from models.order import Order
from models.outbox import Notice, Notification, NotificationState
from models.roles import CAN, Ability
from models.workflow import Action, Actor


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


def glimpse_of(order: Order, start: str, links: Links) -> Glimpse:
    """What a stranger may see of it (1.8.9)."""
    return Glimpse(
        number=order.number,
        shop=order.shop.name,
        platform=order.workflow.name,
        items=tuple(Item(line.title, line.quantity, line.price * line.quantity) for line in order.lines),
        total=order.total,
        carrier=order.carrier,
        place=place_of(order.address, order.carrier),
        start=start,
        telegram=links.start_url(start),
        viber=links.viber_url(start),
    )


def renew_link(
    session: Session,
    public_id: str,
    account_id: int,
    generation: int,
    cause: str,
    now: datetime,
    *,
    untie: bool,
) -> None:
    """The link of that generation opens nothing any more. A press on an older one finds it done.

    Raises NoSuchOrder, NotAllowed: `final`, and `buyer_tied` where a buyer has a chat and `untie` was not said.
    """
    order, member = find.for_member(session, public_id, account_id)
    if Ability.LINK not in CAN[member.role]:
        raise NotAllowed("role")
    if order.link_generation != generation:
        return
    if order.final:
        raise NotAllowed("final")
    if order.buyer_id is not None and not untie:
        raise NotAllowed("buyer_tied")
    order.link_generation += 1
    facts = {"untied": True} if order.buyer_id is not None else {}
    if order.buyer_id is not None:
        _untie(session, order, now)
    session.add(order.record(Action.RELINK, Actor.SELLER, now, cause, member, **facts))
    session.flush()
    changed(session, order, now)


def _untie(session: Session, order: Order, now: datetime) -> None:
    """Whoever had the chat was not the buyer, or is it elsewhere now: what they answered counts no longer, and
    what they were still to be told is kept for whoever opens the new link."""
    for queued in session.scalars(
        select(Notification).where(
            Notification.order_id == order.id,
            Notification.account_id == order.buyer_id,
            Notification.recipient == "buyer",
            Notification.state == NotificationState.QUEUED,
        )
    ):
        queued.at = now
        if queued.kind is Notice.CONFIRM_REQUEST:  # asked anew of whoever comes
            queued.state, queued.reason = NotificationState.SKIPPED, "untied"
            continue
        queued.state, queued.reason = NotificationState.HELD, notify.NO_CHAT
        queued.dedupe = f"{queued.dedupe.removesuffix(str(queued.account_id))}buyer"
        queued.account_id, queued.channel, queued.chat = None, "none", None
    order.buyer_id = order.buyer_answer = None
