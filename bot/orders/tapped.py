"""A buyer's "all is right" that confirms by itself, where the shop lets it (contract 4)."""

from datetime import datetime

from sqlalchemy.orm import Session

from bot.orders.progress import walk, write_back
from models.order import Order, OrderEvent
from models.workflow import CONFIRMING, Actor


def confirm_by_tap(session: Session, order: Order, cause: str, now: datetime) -> OrderEvent | None:
    """Take the order to where its data are confirmed, as far as its marketplace's table lets a buyer.

    None where the shop has not chosen it, or the table has no such row now: the tap is then an answer alone.
    Nobody holds an order for having been confirmed by its buyer.
    """
    if not order.shop.buyer_confirms:
        return None
    row = next(
        (
            row
            for row in order.workflow.available(order.state, order, Actor.BUYER)
            if row.action in CONFIRMING
        ),
        None,
    )
    if row is None:
        return None
    facts = {"from_state": order.state}
    event = walk(session, order, row.path, row.action, Actor.BUYER, now, cause, None, facts)
    write_back(session, order, event, row.path, now)
    return event
