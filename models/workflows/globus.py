"""GLOBUS.TOP: the complete table (rules 1.2, 1.4 and 1.8). Its cabinet has no ids that anybody has seen.

The diagram of the marketplace's page is lost: an arrow is named after its sentence, or INF where it is inferred.
The names that people see are in `bot/locales/uk/globus.ftl` under the same keys.
"""

from datetime import timedelta

from models.limits import Hours, Limit, Start, Window
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
    payment_settled,
    transition,
    tried_twice,
)
from models.workflows.limits import (
    CABINET_BEHIND,
    at_the_point,
    call_again,
    not_contacted,
    opening,
    payment_wait,
    untouched,
)

# The twelve of 1.4. One name stands for two of them (C18): late is not final, not collected is.
_STATES = (
    State("new", Status.NEW),
    State("in_work", Status.IN_WORK),
    State("no_contact", Status.NO_CONTACT),
    State("confirmed", Status.CONFIRMED),
    State("delivering", Status.DELIVERING),
    State("waiting", Status.WAITING),
    State("received", Status.RECEIVED, final=True),
    State("refused", Status.REFUSED, final=True),
    State("buyer_cancelled", Status.BUYER_CANCELLED, final=True),
    State("expired", Status.EXPIRED),
    State("not_collected", Status.NOT_COLLECTED, final=True),
    State("cancelled", Status.CANCELLED, final=True),  # the source says it and no reason (G04)
)

# G28: eighteen reasons in three groups, in the page's order. What is not the client's is the shop's (G46).
_GROUPS = (
    (
        "not_suited",
        Fault.BUYER,
        (
            "delivery_time",
            "delivery_cost",
            "delivery_method",
            "payment_method",
            "price",
            "manufacturer",
            "quality",
            "characteristics",
        ),
    ),
    (
        "client",
        Fault.BUYER,
        ("found_other_goods", "found_other_seller", "found_on_other_site", "changed_mind"),
    ),
    (
        "other",
        Fault.SELLER,
        ("wrong_description", "wrong_price", "wrong_terms", "out_of_stock", "defect", "other_reasons"),
    ),
)

_OPEN = ("in_work", "confirmed", "expired")
"""Where a seller may cancel: 1.4, and G36 for an order whose time has run out."""
_BEFORE_DISPATCH = ("new", "in_work", "no_contact", "confirmed", "expired")
_BY_PARCEL = (Actor.CARRIER,)
_BY_PEOPLE_OR_PARCEL = (Actor.SELLER, Actor.CARRIER)
_PAST_US = ("confirmed", "expired")
"""Handed over with nobody telling us: the parcel's word is the real status (G14, INF)."""

GLOBUS = Workflow(
    name="globus",
    states=(
        *_STATES,
        *(State(key, Status.CANCELLED, final=True) for _, _, keys in _GROUPS for key in keys),
    ),
    transitions=(
        transition(Action.TAKE, "new", "expired", to="in_work", undoable=True),  # G06; G34: the real status
        transition(Action.CONFIRM, "in_work", "expired", to="confirmed", undoable=True),  # G11; G34, INF
        # Attempts to reach the buyer are logged and change nothing (G52-G54, C22); both spent, the third row opens.
        transition(Action.NO_ANSWER, "in_work", to="in_work", undoable=True),  # G52
        transition(Action.TALKED, "in_work", to="in_work", undoable=True),  # G08, G51
        transition(
            Action.NO_CONTACT, "in_work", to="no_contact", guards=(tried_twice,), undoable=True
        ),  # G55: offered only then
        transition(Action.TALKED, "no_contact", to="in_work", undoable=True),  # C19, INF
        transition(Action.REOPEN, "no_contact", to="in_work", undoable=True),  # C19, INF: the buyer wrote
        transition(
            Action.SHIP,
            "confirmed",
            to="delivering",
            asks=(Ask.TTN,),
            optional=(Ask.TTN,),
            when=by_carrier,
            guards=(payment_settled,),
            undoable=True,
        ),  # G12; G13: the number "if you have received one"
        transition(
            Action.COURIER,
            "confirmed",
            to="delivering",
            when=by_own_courier,
            guards=(payment_settled,),
            undoable=True,
        ),  # G12, G15
        transition(
            Action.READY,
            "confirmed",
            to="waiting",
            when=by_pickup,
            guards=(payment_settled,),
            undoable=True,
        ),  # G16
        transition(Action.DEPART, *_PAST_US, to="delivering", by=_BY_PARCEL),  # G14
        transition(Action.ARRIVE, *_PAST_US, to="waiting", by=_BY_PARCEL),  # G14
        transition(Action.ARRIVE, "delivering", to="waiting", by=_BY_PARCEL),  # G14
        transition(
            Action.ARRIVE, "delivering", to="waiting", when=by_carrier, undoable=True
        ),  # G26: not every carrier's statuses change by themselves
        transition(Action.RECEIVED, *_PAST_US, to="received", by=_BY_PARCEL),  # G14
        transition(
            Action.RECEIVED, "delivering", "waiting", to="received", by=_BY_PEOPLE_OR_PARCEL, undoable=True
        ),  # G17
        transition(
            Action.REFUSED, "waiting", to="refused", by=_BY_PEOPLE_OR_PARCEL, undoable=True
        ),  # G56, G57: at the point
        transition(Action.REFUSED, *_PAST_US, "delivering", to="refused", by=_BY_PARCEL),  # G57: automatic
        transition(Action.NOT_COLLECTED, "waiting", to="not_collected", undoable=True),  # G59
        # 1.8.5: where the shop's own courier stands at the door, there is no point to wait at.
        transition(Action.REFUSED, "delivering", to="refused", when=by_own_courier, undoable=True),
        transition(
            Action.NOT_COLLECTED, "delivering", to="not_collected", when=by_own_courier, undoable=True
        ),
        transition(Action.CANCEL, *_OPEN, to=None, asks=(Ask.REASON,), undoable=True),  # G45, G36
        transition(
            Action.BUYER_CANCEL,
            *_BEFORE_DISPATCH,
            to="buyer_cancelled",
            by=(Actor.BUYER, Actor.MARKETPLACE),
            cabinet="changed_mind",
        ),  # G40; 1.8.2: the platform alone sets this status, a seller gives the reason
        transition(
            Action.BUYER_CANCEL, "delivering", to="buyer_cancelled", by=(Actor.MARKETPLACE,)
        ),  # G40; in the bot a request from dispatch on, and at the point it is a refusal (C24)
    ),
    reasons=tuple(
        Reason(
            key,
            _OPEN,
            fault,
            asks=(Ask.COMMENT,) if key == "other_reasons" else (),  # G50
            group=group,
        )
        for group, fault, keys in _GROUPS
        for key in keys
    ),
    limits=(
        untouched("new", early=(timedelta(minutes=10),)),  # G20, C28: fifteen minutes are excellent
        Limit(
            "first_contact",
            ("in_work",),
            Hours.DAYTIME,
            None,
            steps=(timedelta(minutes=15),),
            window=Window.CALLING,
            when=not_contacted,
        ),  # G21, C22: the first attempt; there is no "do not call" here (C26)
        Limit(
            "outcome", ("in_work",), Hours.DAYTIME, timedelta(hours=12), steps=(timedelta(hours=12),)
        ),  # G21: the shop's time without 21-9
        Limit(
            "dispatch",
            ("confirmed",),
            Hours.SHOP,
            timedelta(hours=12),
            steps=(timedelta(hours=3), timedelta(hours=12)),
            start=Start.AGREED,
        ),  # G22, C21
        call_again(timedelta(minutes=15), "in_work"),  # G52
        opening("new"),
        CABINET_BEHIND,  # 1.8.3
        payment_wait("confirmed"),
        at_the_point("waiting"),  # G58
    ),
    editable=("in_work",),  # G39, G43
)
