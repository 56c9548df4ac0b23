"""The moment of dispatch that was agreed with the buyer (G22, R18): the term of dispatch runs from then."""

from datetime import datetime

from sqlalchemy.orm import Session

from bot.orders.deadlines import queued_reminders
from models.errors import NotAllowed
from models.limits import Start
from models.moment_text import MomentError, read_moment
from models.order import Order
from models.outbox import NotificationState
from models.terms import calendar_of


def agree(session: Session, order: Order, said: str | None, now: datetime) -> dict[str, str]:
    """Set what was said, or clear it where None. Returns the facts of it for the history.

    Raises NotAllowed: the key of what is wrong with the words.
    """
    agreed_at: datetime | None = None
    facts = dict[str, str]()
    if said is not None:
        try:
            meant = read_moment(said, now, calendar_of(order.shop).shop)
        except MomentError as bad:
            raise NotAllowed(bad.kind) from None
        agreed_at = meant.at
        facts["agreed_at"] = meant.at.isoformat()
        if meant.closed_on is not None:
            facts["closed_on"] = meant.closed_on.isoformat()
    if agreed_at != order.agreed_at:
        _drop_of_old(session, order, now)
    order.agreed_at = agreed_at
    return facts


def _drop_of_old(session: Session, order: Order, now: datetime) -> None:
    """Reminders that count from the old moment and are still to be sent, are not: the new one has its own."""
    kinds = {limit.kind for limit in order.workflow.limits if limit.start is Start.AGREED}
    for queued in queued_reminders(session, order):
        left = [due for due in queued.facts["due"] if due[0] not in kinds]
        if left == queued.facts["due"]:
            continue
        queued.facts = queued.facts | {"due": left}
        if not left:
            queued.state, queued.reason, queued.at = NotificationState.SKIPPED, "outdated", now
            # Should the old moment be agreed once more, it is told: this one was not.
            queued.dedupe = f"{queued.dedupe}:agreed_anew:{queued.id}"
