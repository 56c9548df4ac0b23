"""What buyer and seller wrote to each other about an order, with what became of each message (R39, G63)."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.message import Direction, Message
from models.order import Order
from models.outbox import Notice, Notification, NotificationState

_WEIGHT = {
    state: weight
    for weight, state in enumerate(
        (
            NotificationState.SKIPPED,
            NotificationState.FAILED,
            NotificationState.HELD,
            NotificationState.QUEUED,
            NotificationState.SENDING,
            NotificationState.SENT,
            NotificationState.DELIVERED,
            NotificationState.SEEN,
        )
    )
}
_CARRIES = (Notice.BUYER_ASKED, Notice.SELLER_WROTE)


@dataclass(frozen=True, slots=True)
class Told:
    """How far a message has come: of several readers, with whom it came furthest."""

    state: NotificationState
    reason: str | None
    channel: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Line:
    """A message and its fate, None where nothing was to be told. `channel`: by which it came, or goes."""

    message: Message
    told: Told | None

    @property
    def channel(self) -> str | None:
        if self.message.direction is Direction.FROM_BUYER:
            return self.message.channel
        return None if self.told is None or self.told.channel == "none" else self.told.channel


def talk_of(session: Session, order: Order) -> list[Line]:
    """All messages of an order, oldest first."""
    fates: dict[int, Told] = {}
    rows = session.scalars(
        select(Notification).where(Notification.order_id == order.id, Notification.kind.in_(_CARRIES))
    )
    for row in rows:
        named = row.dedupe.split(":")[2]  # the facts go after a while, the name stays
        if not named.isdecimal():
            continue
        known = fates.get(int(named))
        if known is None or _WEIGHT[row.state] > _WEIGHT[known.state]:
            fates[int(named)] = Told(row.state, row.reason, row.channel, row.at)
    found = session.scalars(select(Message).where(Message.order_id == order.id).order_by(Message.id))
    return [Line(message, fates.get(message.id)) for message in found]
