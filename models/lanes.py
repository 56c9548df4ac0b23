"""In which of a seller's lists an order stands: each open one in exactly one of six, besides those that gather what
burns, what is one's own, and what somebody holds. Standard library only."""

from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum

from models.workflow import Status

SOON = timedelta(minutes=30)
"""A term that ends within so long burns."""


class Lane(StrEnum):
    BURNING = "burning"
    NEW = "new"
    MINE = "mine"
    IN_WORK = "in_work"
    TO_SEND = "to_send"
    UNPAID = "unpaid"
    ON_WAY = "on_way"
    AT_POINT = "at_point"
    HELD = "held"


STATUSES: Mapping[Lane, tuple[Status, ...]] = {
    Lane.NEW: (Status.NEW, Status.EXPIRED),
    Lane.IN_WORK: (Status.IN_WORK, Status.NO_CONTACT),
    Lane.TO_SEND: (Status.CONFIRMED,),
    Lane.UNPAID: (Status.CONFIRMED,),
    Lane.ON_WAY: (Status.HANDED_OVER, Status.DELIVERING),
    Lane.AT_POINT: (Status.WAITING,),
}
"""What is still to be taken, expired included, is new."""

OPEN_STATUSES = tuple(status for status in Status if any(status in lane for lane in STATUSES.values()))
"""Of an order that is not closed, whatever its marketplace."""


def lane_of(status: Status, *, unpaid: bool) -> Lane | None:
    """The list of an order; None of a closed one. `unpaid`: its payment gate is shut (RC7)."""
    if status is Status.CONFIRMED:
        return Lane.UNPAID if unpaid else Lane.TO_SEND
    return next((lane for lane, statuses in STATUSES.items() if status in statuses), None)
