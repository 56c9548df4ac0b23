"""ROZETKA: the complete table (rules 1.3 and 1.8; ids from the Seller API's list of statuses, 2025-10).

The names that people see are in `bot/locales/uk/rozetka.ftl` under the same keys.
"""

from datetime import timedelta

from models.calling import weekend_calling
from models.limits import Hours, Limit, Start
from models.workflow import (
    Action,
    Actor,
    Ask,
    Fault,
    Reason,
    State,
    Status,
    Transition,
    When,
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
from models.workflows.limits import (
    CABINET_BEHIND,
    at_the_point,
    call_again,
    contact,
    opening,
    payment_wait,
    untouched,
)

_MAIN = (
    State("new", Status.NEW, 1),
    State("in_work", Status.IN_WORK, 26),
    State("no_contact", Status.NO_CONTACT, 47),
    State("confirmed", Status.CONFIRMED, 2),
    State("payment_wait", Status.CONFIRMED, 55),
    State("handed_over", Status.HANDED_OVER, 3),
    State("handover_planned", Status.HANDED_OVER, 61),
    State("delivering", Status.DELIVERING, 4),
    State("waiting", Status.WAITING, 5),
    State("received", Status.RECEIVED, 6, final=True),
    State("not_collected", Status.NOT_COLLECTED, 11, final=True),
    State("refused", Status.REFUSED, 12, final=True),
    State("expired", Status.EXPIRED, 7),
    State("buyer_cancelled", Status.BUYER_CANCELLED, 45, final=True),
)

# What the platform, its call centre and the carriers set by themselves: the bot follows, and shows the name.
_BY_OTHERS = (
    State("one_click", Status.NEW, 52),
    State("awaits_client", Status.NEW, 53),
    State("awaits_call_centre", Status.NEW, 79),
    State("needs_completion", Status.IN_WORK, 27),
    State("restored", Status.IN_WORK, 46),
    State("no_contact_2", Status.NO_CONTACT, 48),
    State("call_again_old", Status.NO_CONTACT, 70),
    State("processed_automatically", Status.CONFIRMED, 54),
    State("bad_ttn", Status.CONFIRMED, 15),
    State("packed_by_carrier", Status.HANDED_OVER, 56),
    State("delivery_planned", Status.HANDED_OVER, 57),
    State("awaited_from_seller", Status.HANDED_OVER, 80),
    State("accepted_from_seller", Status.HANDED_OVER, 81),
    State("handed_over_poland", Status.DELIVERING, 58),
    State("customs", Status.DELIVERING, 59),
    State("handed_over_ukraine", Status.DELIVERING, 60),
    State("pickup_date_changed", Status.DELIVERING, 62),
    State("processed_by_carrier", Status.DELIVERING, 63),
    State("to_recipient_city", Status.DELIVERING, 64),
    State("in_recipient_city", Status.DELIVERING, 65),
    State("in_recipient_city_2", Status.DELIVERING, 66),
    State("with_courier", Status.DELIVERING, 67),
    State("delivery_changed", Status.DELIVERING, 69),
    State("distribution_centre", Status.DELIVERING, 82),
    State("queued_for_pickup", Status.WAITING, 73),
    State("reserve_ends_today", Status.WAITING, 74),
    State("waiting_locker", Status.WAITING, 76),
    State("pickup_time_changed", Status.WAITING, 78),
    State("received_partly", Status.RECEIVED, 68, final=True),
    State("done_term_over", Status.RECEIVED, 87, final=True),
)

# "Every other unsuccessful id = cancelled with its name as the reason" (rules 1.8.5). The first has no id: a
# source that follows by our words says `cancelled` alone, and nobody's reason may be made up for it (G04).
_CANCELLED = tuple(
    State(key, Status.CANCELLED, number, final=True)
    for key, number in (
        ("cancelled", None),
        ("changed_mind", 40),
        ("not_paid", 50),
        ("out_of_stock", 42),
        ("no_contact_cancelled", 18),
        ("bad_contacts", 28),
        ("payment_terms", 17),
        ("prepayment_refused", 37),
        ("delivery_cost", 33),
        ("not_suitable", 20),
        ("quality", 38),
        ("price_wrong", 29),
        ("defect", 43),
        ("duplicate", 49),
        ("dispatch_overdue", 10),
        ("by_admin", 13),
        ("out_of_stock_or_defect", 16),
        ("returned", 19),
        ("delivery_terms", 24),
        ("test_order", 25),
        ("reserve_over", 30),
        ("replaced", 31),
        ("regrouping", 32),
        ("carrier_unsuitable", 34),
        ("delivery_time", 35),
        ("wants_invoice", 36),
        ("characteristics", 39),
        ("bought_elsewhere", 41),
        ("fake", 44),
        ("credit_refused", 51),
        ("goods_returned", 71),
        ("money_returned", 72),
        ("by_call_centre", 75),
        ("bank_refused", 77),
        ("to_be_returned", 83),
        ("at_return_point", 84),
        ("returned_to_seller", 85),
        ("return_awaited", 86),
        ("lost", 88),
        ("return_to_centre", 89),
        ("return_in_centre", 90),
        ("return_on_its_way", 91),
    )
)

_UNTAKEN = ("new", "one_click", "awaits_client", "expired")  # 7 -> 26 and 52, 53 -> 26: INF
_IN_WORK = ("in_work", "no_contact", "no_contact_2", "call_again_old", "needs_completion", "restored")
_FRESH = ("new", "one_click")
_HELD = ("in_work", "needs_completion", "restored")
_MISSED = ("no_contact", "no_contact_2", "call_again_old")
_PACKED = ("confirmed", "processed_automatically")
_CONFIRMED = (*_PACKED, "payment_wait")
_BEFORE_DISPATCH = (*_UNTAKEN, "awaits_call_centre", *_IN_WORK, *_CONFIRMED, "bad_ttn")
_ON_THE_WAY = tuple(
    state.key
    for state in (*_MAIN, *_BY_OTHERS)
    if state.status in (Status.HANDED_OVER, Status.DELIVERING, Status.WAITING)
)
_AT_POINT = tuple(state.key for state in (*_MAIN, *_BY_OTHERS) if state.status is Status.WAITING)
_BY_PARCEL = (Actor.CARRIER,)
_BY_PEOPLE_OR_PARCEL = (Actor.SELLER, Actor.CARRIER)


def _dispatch(action: Action, to: str, when: When, *asks: Ask) -> tuple[Transition, Transition]:
    """Dispatch behind the payment gate (RC14, RC15). Rozetka wants every step in its turn and takes a TTN
    only from 2 (rules 1.3, adapter rule): an order that waited for its payment, 55, passes through it."""
    return (
        transition(action, *_PACKED, to=to, asks=asks, when=when, guards=(payment_settled,), undoable=True),
        transition(
            action,
            "payment_wait",
            to=("confirmed", to),
            asks=asks,
            when=when,
            guards=(payment_settled,),
            undoable=True,
        ),
    )


ROZETKA = Workflow(
    name="rozetka",
    states=(*_MAIN, *_BY_OTHERS, *_CANCELLED),
    transitions=(
        transition(Action.TAKE, *_UNTAKEN, to="in_work", undoable=True),  # R13
        transition(
            Action.TAKE_CONFIRM, *_UNTAKEN, to=("in_work", "confirmed"), when=wants_no_call, undoable=True
        ),  # RC17, C7: 1 -> 2 is refused by the API, both steps in order
        transition(Action.TAKE, "bad_ttn", to="in_work"),  # 15 -> 26 first, 15 -> 61 is refused
        transition(Action.CONFIRM, *_IN_WORK, "payment_wait", to="confirmed", undoable=True),  # R18
        # What the buyer's tap does where the shop lets it (contract 4); 55 waits on for its payment.
        transition(
            Action.TAKE_CONFIRM,
            *_UNTAKEN,
            to=("in_work", "confirmed"),
            by=(Actor.BUYER,),
            when=wants_no_call,
        ),
        transition(Action.CONFIRM, *_IN_WORK, to="confirmed", by=(Actor.BUYER,), when=wants_no_call),
        transition(
            Action.AWAIT_PAYMENT, "in_work", "no_contact", to="payment_wait", when=owes, undoable=True
        ),  # RC7, C16; 26 -> 55 was seen, 47 -> 55: INF
        *_dispatch(Action.SHIP, "handed_over", by_carrier, Ask.TTN),  # R20, R21, C10
        *_dispatch(Action.COURIER, "delivering", by_own_courier),  # R20, C10
        *_dispatch(Action.READY, "waiting", by_pickup),  # 1.8.5: confirmed -> 5, the seller's own point, INF
        transition(Action.DEPART, *_CONFIRMED, *_ON_THE_WAY, to="delivering", by=_BY_PARCEL),  # R22
        transition(Action.ARRIVE, *_CONFIRMED, *_ON_THE_WAY, to="waiting", by=_BY_PARCEL),  # R22
        # A parcel that was handed over past us: its carrier's word is true wherever the order was left.
        transition(Action.RECEIVED, *_CONFIRMED, to="received", by=_BY_PARCEL),  # R22
        transition(Action.REFUSED, *_CONFIRMED, to="refused", by=_BY_PARCEL),  # R22
        transition(
            Action.RECEIVED, *_ON_THE_WAY, to="received", by=_BY_PEOPLE_OR_PARCEL, undoable=True
        ),  # R25
        transition(
            Action.NOT_COLLECTED,
            *_ON_THE_WAY,
            to="not_collected",
            by=_BY_PEOPLE_OR_PARCEL,
            undoable=True,
        ),  # R26
        transition(Action.REFUSED, *_ON_THE_WAY, to="refused", by=_BY_PEOPLE_OR_PARCEL, undoable=True),  # R26
        transition(Action.NO_ANSWER, "in_work", "restored", to="no_contact", undoable=True),  # RC17, C9
        *(
            transition(Action.NO_ANSWER, state, to=state, undoable=True) for state in _MISSED
        ),  # R42: the further attempt, without which R41 never unlocks; nothing changes in the cabinet
        transition(Action.TALKED, *_MISSED, to="in_work"),  # INF
        *(
            transition(Action.TALKED, state, to=state) for state in _HELD
        ),  # C1: a logged contact; the status stays until it is confirmed
        transition(Action.REOPEN, *_CONFIRMED, to="in_work", undoable=True),  # API 2 -> 26
        transition(
            Action.CANCEL, "new", *_IN_WORK, *_CONFIRMED, to=None, asks=(Ask.REASON,), undoable=True
        ),  # R19
        transition(
            Action.BUYER_CANCEL,
            *_BEFORE_DISPATCH,
            to="buyer_cancelled",
            by=(Actor.BUYER, Actor.MARKETPLACE),
            cabinet="changed_mind",
        ),  # 1.8.2: 45 is the platform's own, the seller sets 40
    ),
    reasons=(
        Reason("changed_mind", ("new", *_IN_WORK, *_CONFIRMED), Fault.BUYER),  # RC15
        Reason("not_paid", (*_IN_WORK, *_CONFIRMED), Fault.BUYER),  # RC15
        Reason("out_of_stock", (*_IN_WORK, *_CONFIRMED), Fault.SELLER),  # R29, R31
        Reason("no_contact_cancelled", _IN_WORK, Fault.BUYER, guards=(tried_twice,)),  # R41, C8
        Reason("bad_contacts", _IN_WORK, Fault.BUYER),
        Reason("payment_terms", _IN_WORK, Fault.BUYER),
        Reason("prepayment_refused", _IN_WORK, Fault.BUYER),
        Reason("delivery_cost", _IN_WORK, Fault.BUYER),
        Reason("not_suitable", _IN_WORK, Fault.BUYER),
        Reason("quality", _IN_WORK, Fault.BUYER),
        Reason("price_wrong", _IN_WORK, Fault.SELLER),
        Reason("defect", _IN_WORK, Fault.SELLER),
        Reason("duplicate", ("new", *_IN_WORK), Fault.BUYER, asks=(Ask.DUPLICATE_OF,)),  # 49 needs its twin
    ),
    limits=(
        untouched(*_FRESH),  # R52, C28
        contact(*_HELD),  # R32, C1, C5
        Limit(
            "overnight",
            _FRESH,
            Hours.OPEN_DAYS,
            timedelta(hours=24),
            steps=(timedelta(hours=-1), timedelta(hours=24)),
            start=Start.CREATED,
            night=True,
        ),  # R33 with 1.8.10
        opening(*_FRESH),  # R37, R45
        Limit(
            "days_off",
            _FRESH,
            Hours.OPEN_DAYS,
            None,
            steps=(timedelta(minutes=-30),),
            start=Start.CREATED,
        ),  # C2: before days off, since the platform's own timer may run on
        call_again(timedelta(hours=1), *_MISSED),  # R42: "after some time", we choose an hour
        CABINET_BEHIND,  # 1.8.3
        payment_wait(*_CONFIRMED),  # RC7, RC8
        at_the_point(*_AT_POINT),  # 1.8.8; G58 says it of the other marketplace
    ),
    calling=weekend_calling,  # R35, R36
)
