"""How a notification ends: with a state and a reason, and with the end that its buyer has met meanwhile."""

from datetime import datetime

from bot import erasing
from models import ways
from models.outbox import Notification, NotificationState


def end(row: Notification, state: NotificationState, reason: str | None, now: datetime) -> None:
    row.state, row.reason, row.at, row.lease_until = state, reason, now, None
    row.next_at = ways.next_at(row, now)
    erasing.ended(row, now)
