"""Terms that hold in every marketplace: the cabinet left behind, the payment waited for, the parcel at its point."""

from datetime import timedelta

from models.limits import Hours, Limit, LimitFacts, Start, Window


def not_contacted(order: LimitFacts) -> bool:
    """Nobody has spoken with the buyer, and the buyer has not answered; who wants no call is none of these (C1)."""
    return not order.do_not_call and order.attempts == 0 and not order.answered


def awaits_payment(order: LimitFacts) -> bool:
    """The payment gate is shut (RC14, RC15)."""
    return order.prepaid and order.payment_status not in ("paid", "not_required")


CABINET_BEHIND = Limit(
    "cabinet",
    (),
    Hours.SHOP,
    timedelta(hours=2),
    steps=(timedelta(minutes=90), timedelta(hours=2)),
    start=Start.BEHIND,
)
"""1.8.3: the robot calls by the cabinet, not by us, so that what nobody has ticked off is told of in its time."""

PAYMENT_WAIT = Limit(
    "payment",
    ("confirmed", "payment_wait"),
    Hours.CALENDAR,
    None,
    steps=(timedelta(days=1), timedelta(days=3)),
    when=awaits_payment,
)
"""RC7 and RC8: no marketplace names a term; sellers complain of three days."""


def at_the_point(*states: str) -> Limit:
    """G58: three calendar days at the point, then the buyer is reminded and the seller told."""
    return Limit("at_point", states, Hours.CALENDAR, None, steps=(timedelta(days=3),), window=Window.BUYER)
