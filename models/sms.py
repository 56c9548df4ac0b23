"""SMS to buyers, counted: each costs the shop money."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.outbox import Notification, NotificationState
from models.shop import Shop
from models.terms import schedule_of, today_of
from models.ways import SMS


def sms_today(session: Session, shop: Shop, now: datetime) -> int:
    """How many of this shop went out, or are on their way, since midnight by its own clock."""
    count = session.scalar(
        select(func.count())
        .select_from(Notification)
        .where(
            Notification.shop_id == shop.id,
            Notification.channel == SMS,
            Notification.state.not_in((NotificationState.HELD, NotificationState.SKIPPED)),
            Notification.created_at >= schedule_of(shop).at(today_of(shop, now), 0),
        )
    )
    return count or 0
