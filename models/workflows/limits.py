"""Terms that several marketplaces share; each one's own stand in its table."""

from datetime import timedelta

from models.limits import Hours, Limit, LimitFacts, Start, Window

TWO_HOURS = timedelta(hours=2)
SOON = timedelta(minutes=90)
"""The reminder before the two hours are over (C28)."""


def not_contacted(order: LimitFacts) -> bool:
    """Nobody has tried to reach the buyer, and the buyer has not answered (C1)."""
    return order.attempts == 0 and not order.answered


def to_be_called(order: LimitFacts) -> bool:
    """As `not_contacted`; who wants no call is not waited for (C5)."""
    return not order.do_not_call and not_contacted(order)


def awaits_payment(order: LimitFacts) -> bool:
    """The payment gate is shut (RC14, RC15)."""
    return order.prepaid and order.payment_status not in ("paid", "not_required")


CABINET_BEHIND = Limit(
    "cabinet",
    (),
    Hours.SHOP,
    TWO_HOURS,
    steps=(SOON, TWO_HOURS),
    start=Start.BEHIND,
)
"""1.8.3: the robot calls by the cabinet, not by us, so that what nobody has ticked off is told of in its time."""


def payment_wait(*states: str) -> Limit:
    """RC7 and RC8: no marketplace names a term; sellers complain of three days."""
    return Limit(
        "payment",
        states,
        Hours.CALENDAR,
        None,
        steps=(timedelta(days=1), timedelta(days=3)),
        when=awaits_payment,
    )


def untouched(*states: str, early: tuple[timedelta, ...] = ()) -> Limit:
    """R52, G20: two hours of the shop's working time from the order's making until somebody takes it."""
    return Limit(
        "untouched", states, Hours.SHOP, TWO_HOURS, steps=(*early, SOON, TWO_HOURS), start=Start.CREATED
    )


def contact(*states: str) -> Limit:
    """R32 with C1: the same two hours until the buyer was reached, so that claim-and-forget is not silent."""
    return Limit(
        "contact",
        states,
        Hours.SHOP,
        TWO_HOURS,
        steps=(SOON, TWO_HOURS),
        start=Start.ONE_CLOCK,
        window=Window.CALLING,
        when=to_be_called,
    )


def opening(*states: str) -> Limit:
    """R37, R45: what came while the shop was closed is told when it opens."""
    return Limit("opening", states, Hours.SHOP, None, steps=(timedelta(),), start=Start.RECEIVED, night=True)


def call_again(after: timedelta, *states: str) -> Limit:
    """R42, G52: the next attempt to reach a buyer who did not answer, in calling hours."""
    return Limit(
        "call_again", states, Hours.DAYTIME, None, steps=(after,), start=Start.MISSED, window=Window.CALLING
    )


def at_the_point(*states: str) -> Limit:
    """G58: three calendar days at the point, then the buyer is reminded and the seller told."""
    return Limit("at_point", states, Hours.CALENDAR, None, steps=(timedelta(days=3),), window=Window.BUYER)
