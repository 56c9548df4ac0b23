"""The orders of one buyer, a page at a time."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from models.order import CLOSED, Order

PAGE = 10


@dataclass(frozen=True, slots=True)
class OrdersPage:
    """`count` of all; `page` counts from 0, and there are `pages`."""

    orders: Sequence[Order]
    count: int
    page: int
    pages: int


def of_buyer(session: Session, account_id: int, page: int) -> OrdersPage:
    """Those under way first, the newest before the older. A page past the end is the last one."""
    own = Order.buyer_id == account_id
    count = session.scalar(select(func.count()).select_from(Order).where(own)) or 0
    pages = max(1, -(-count // PAGE))
    page = min(page, pages - 1)
    orders = session.scalars(
        select(Order)
        .where(own)
        .order_by(case((Order.status.in_(CLOSED), 1), else_=0), Order.id.desc())
        .offset(page * PAGE)
        .limit(PAGE)
    ).all()
    return OrdersPage(orders, count, page, pages)
