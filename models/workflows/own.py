"""The plain own shop: ROZETKA's shape without a marketplace behind it (rules 1.8.5).

There is no cabinet to keep up to date, nobody's call centre and no platform that lets an order expire. The names
that people see are in `bot/locales/uk/own.ftl` under the same keys.
"""

from datetime import timedelta

from models.workflow import (
    Action,
    Actor,
    Ask,
    Fault,
    Reason,
    State,
    Status,
    Workflow,
    by_carrier,
    by_own_courier,
    by_pickup,
    owes,
    payment_settled,
    transition,
    tried_twice,
    wants_no_call,
)
from models.workflows.limits import at_the_point, call_again, contact, opening, payment_wait, untouched

_IN_WORK = ("in_work", "no_contact")
_CONFIRMED = ("confirmed", "payment_wait")
_ON_THE_WAY = ("handed_over", "delivering", "waiting")
_BY_PARCEL = (Actor.CARRIER,)
_BY_PEOPLE_OR_PARCEL = (Actor.SELLER, Actor.CARRIER)
_PAID = (payment_settled,)

OWN = Workflow(
    name="own",
    cabinet=False,
    states=(
        State("new", Status.NEW),
        State("in_work", Status.IN_WORK),
        State("no_contact", Status.NO_CONTACT),
        State("confirmed", Status.CONFIRMED),
        State("payment_wait", Status.CONFIRMED),
        State("handed_over", Status.HANDED_OVER),
        State("delivering", Status.DELIVERING),
        State("waiting", Status.WAITING),
        State("received", Status.RECEIVED, final=True),
        State("not_collected", Status.NOT_COLLECTED, final=True),
        State("refused", Status.REFUSED, final=True),
        State("buyer_cancelled", Status.BUYER_CANCELLED, final=True),
        State("cancelled", Status.CANCELLED, final=True),  # the shop's site says it and no reason (G04)
        State("changed_mind", Status.CANCELLED, final=True),
        State("not_paid", Status.CANCELLED, final=True),
        State("out_of_stock", Status.CANCELLED, final=True),
        State("no_contact_cancelled", Status.CANCELLED, final=True),
        State("duplicate", Status.CANCELLED, final=True),
        State("other_reason", Status.CANCELLED, final=True),
    ),
    transitions=(
        transition(Action.TAKE, "new", to="in_work", undoable=True),  # R13
        transition(
            Action.TAKE_CONFIRM, "new", to=("in_work", "confirmed"), when=wants_no_call, undoable=True
        ),  # RC17, C7
        transition(Action.CONFIRM, *_IN_WORK, "payment_wait", to="confirmed", undoable=True),  # R18
        # What the buyer's tap does where the shop lets it (contract 4).
        transition(
            Action.TAKE_CONFIRM,
            "new",
            to=("in_work", "confirmed"),
            by=(Actor.BUYER,),
            when=wants_no_call,
        ),
        transition(Action.CONFIRM, *_IN_WORK, to="confirmed", by=(Actor.BUYER,), when=wants_no_call),
        transition(Action.AWAIT_PAYMENT, *_IN_WORK, to="payment_wait", when=owes, undoable=True),  # RC7, C16
        transition(
            Action.SHIP,
            *_CONFIRMED,
            to="handed_over",
            asks=(Ask.TTN,),
            when=by_carrier,
            guards=_PAID,
            undoable=True,
        ),  # R20, R21, C10
        transition(
            Action.COURIER, *_CONFIRMED, to="delivering", when=by_own_courier, guards=_PAID, undoable=True
        ),  # R20, C10
        transition(Action.READY, *_CONFIRMED, to="waiting", when=by_pickup, guards=_PAID, undoable=True),
        transition(Action.DEPART, *_CONFIRMED, *_ON_THE_WAY, to="delivering", by=_BY_PARCEL),  # R22
        transition(Action.ARRIVE, *_CONFIRMED, *_ON_THE_WAY, to="waiting", by=_BY_PARCEL),  # R22
        transition(Action.RECEIVED, *_CONFIRMED, to="received", by=_BY_PARCEL),  # R22: handed over past us
        transition(Action.REFUSED, *_CONFIRMED, to="refused", by=_BY_PARCEL),  # R22
        transition(
            Action.RECEIVED, *_ON_THE_WAY, to="received", by=_BY_PEOPLE_OR_PARCEL, undoable=True
        ),  # R25
        transition(
            Action.NOT_COLLECTED, *_ON_THE_WAY, to="not_collected", by=_BY_PEOPLE_OR_PARCEL, undoable=True
        ),  # R26
        transition(Action.REFUSED, *_ON_THE_WAY, to="refused", by=_BY_PEOPLE_OR_PARCEL, undoable=True),  # R26
        transition(Action.NO_ANSWER, *_IN_WORK, to="no_contact", undoable=True),  # RC17, R42
        transition(Action.TALKED, "in_work", to="in_work"),  # C1
        transition(Action.TALKED, "no_contact", to="in_work", undoable=True),  # INF
        transition(Action.REOPEN, *_CONFIRMED, to="in_work", undoable=True),
        transition(
            Action.CANCEL, "new", *_IN_WORK, *_CONFIRMED, to=None, asks=(Ask.REASON,), undoable=True
        ),  # R19
        transition(
            Action.BUYER_CANCEL,
            "new",
            *_IN_WORK,
            *_CONFIRMED,
            to="buyer_cancelled",
            by=(Actor.BUYER, Actor.MARKETPLACE),
        ),  # RC18, C24
    ),
    reasons=(
        Reason("changed_mind", ("new", *_IN_WORK, *_CONFIRMED), Fault.BUYER),  # RC15
        Reason("not_paid", (*_IN_WORK, *_CONFIRMED), Fault.BUYER),  # RC15
        Reason("out_of_stock", ("new", *_IN_WORK, *_CONFIRMED), Fault.SELLER),  # R29, R31
        Reason("no_contact_cancelled", _IN_WORK, Fault.BUYER, guards=(tried_twice,)),  # R41, C8
        Reason("duplicate", ("new", *_IN_WORK), Fault.BUYER, asks=(Ask.DUPLICATE_OF,)),
        Reason("other_reason", ("new", *_IN_WORK, *_CONFIRMED), Fault.SELLER, asks=(Ask.COMMENT,)),
    ),
    limits=(
        untouched("new"),  # R52
        contact("in_work"),  # R32
        opening("new"),
        call_again(timedelta(hours=1), "no_contact"),  # R42
        payment_wait(*_CONFIRMED),
        at_the_point("waiting"),
    ),
)
