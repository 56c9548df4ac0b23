"""ROZETKA's table against expectations typed by hand: rules 1.3, 1.7, 1.8 and the Seller API's statuses."""

import pytest

from models.order import Order
from models.workflow import Action, Actor, Ask, DeliveryKind, Fault, NotInWorkflow, Status
from models.workflows import WORKFLOWS
from models.workflows.rozetka import ROZETKA
from tests.made_up import Facts
from tests.models.terms import terms, typed_terms

# ------------------------------------------------------------ ids and words (rules 1.8.5)
WORDS = """
new              1 52 53 79
in_work          26 27 46
no_contact       47 48 70
confirmed        2 55 54 15
handed_over      3 61 56 57 80 81
delivering       4 58 59 60 62 63 64 65 66 67 69 82
waiting          5 73 74 76 78
expired          7
received         final 6 68 87
not_collected    final 11
refused          final 12
buyer_cancelled  final 45
cancelled        final 10 13 16 17 18 19 20 24 25 28 29 30 31 32 33 34 35 36 37 38 39 40 41 42 43 44 49 50
cancelled        final 51 71 72 75 77 83 84 85 86 88 89 90 91
"""


def typed(text: str) -> list[tuple[int, str, bool]]:
    found = []
    for line in text.strip().splitlines():
        word, *numbers = line.split()
        found += [(int(number), word, "final" in numbers) for number in numbers if number != "final"]
    return sorted(found)


def test_every_id_of_the_api_stands_under_its_word() -> None:
    found = [(state.id, str(state.status), state.final) for state in ROZETKA.states if state.id is not None]
    assert sorted(found) == typed(WORDS)


def test_no_id_that_was_ever_seen_is_missing() -> None:
    """Facts 4: 1-7, 10-13, 15-20, 24-91; 8, 9, 14 and 21-23 were never seen."""
    assert sorted(ROZETKA.by_id) == [*range(1, 8), *range(10, 14), *range(15, 21), *range(24, 92)]


@pytest.mark.rule("G04")
def test_the_one_state_without_an_id_is_a_cancellation_without_a_reason() -> None:
    """The contract's `cancelled` names no reason: nobody may read that the client changed his mind."""
    assert [(state.key, str(state.status), state.final) for state in ROZETKA.states if state.id is None] == [
        ("cancelled", "cancelled", True)
    ]


def test_each_contract_word_has_its_main_status() -> None:
    main = {word: ROZETKA.main(word) for word in Status}
    assert {str(word): state.id for word, state in main.items() if state is not None} == {
        "new": 1,
        "in_work": 26,
        "no_contact": 47,
        "confirmed": 2,
        "handed_over": 3,
        "delivering": 4,
        "waiting": 5,
        "received": 6,
        "refused": 12,
        "not_collected": 11,
        "cancelled": None,
        "buyer_cancelled": 45,
        "expired": 7,
    }


def test_the_marketplace_has_a_cabinet_to_keep_up_to_date() -> None:
    assert WORKFLOWS["rozetka"] is ROZETKA
    assert ROZETKA.cabinet
    assert ROZETKA.first.key == "new"


# ------------------------------------------------------------ who may do what, and where it leads
BEFORE = """
new               take in_work, cancel ?
one_click         take in_work
awaits_client     take in_work
expired           take in_work
bad_ttn           take in_work
in_work           confirm confirmed, no_answer no_contact, talked in_work, cancel ?
no_contact        confirm confirmed, no_answer no_contact, talked in_work, cancel ?
no_contact_2      confirm confirmed, no_answer no_contact_2, talked in_work, cancel ?
call_again_old    confirm confirmed, no_answer call_again_old, talked in_work, cancel ?
needs_completion  confirm confirmed, talked needs_completion, cancel ?
restored          confirm confirmed, no_answer no_contact, talked restored, cancel ?
"""
CONFIRMED = {
    DeliveryKind.CARRIER: """
confirmed               ship handed_over, reopen in_work, cancel ?
processed_automatically ship handed_over, reopen in_work, cancel ?
payment_wait            confirm confirmed, ship confirmed>handed_over, reopen in_work, cancel ?
""",
    DeliveryKind.OWN: """
confirmed               courier delivering, reopen in_work, cancel ?
processed_automatically courier delivering, reopen in_work, cancel ?
payment_wait            confirm confirmed, courier confirmed>delivering, reopen in_work, cancel ?
""",
    DeliveryKind.PICKUP: """
confirmed               ready waiting, reopen in_work, cancel ?
processed_automatically ready waiting, reopen in_work, cancel ?
payment_wait            confirm confirmed, ready confirmed>waiting, reopen in_work, cancel ?
""",
}
ON_THE_WAY = """
handed_over handover_planned packed_by_carrier delivery_planned awaited_from_seller accepted_from_seller
delivering handed_over_poland customs handed_over_ukraine pickup_date_changed processed_by_carrier
to_recipient_city in_recipient_city in_recipient_city_2 with_courier delivery_changed distribution_centre
waiting queued_for_pickup reserve_ends_today waiting_locker pickup_time_changed
"""
CALLED_OFF = {"buyer_cancel buyer_cancelled"}
THE_END = {"received received", "not_collected not_collected", "refused refused"}
BY_PARCEL = {"depart delivering", "arrive waiting"}


def rows(text: str) -> dict[str, set[str]]:
    """State -> "action target", `?` where the reason decides where to, `a>b` where both are gone through."""
    table = {}
    for line in text.strip().splitlines():
        state, _, offered = line.partition(" ")
        table[state] = {row.strip() for row in offered.split(",")}
    return table


def offered(order: Facts, actor: Actor) -> dict[str, set[str]]:
    table = {}
    for state in ROZETKA.states:
        found = {
            f"{row.action} {'>'.join(row.path) or '?'}" for row in ROZETKA.available(state.key, order, actor)
        }
        if found:
            table[state.key] = found
    return table


@pytest.mark.rule("R13", "R18", "R19", "R20", "R25", "R26", "C10")
@pytest.mark.parametrize("kind", list(DeliveryKind))
def test_what_a_seller_may_do_with_an_order_paid_on_delivery(kind: DeliveryKind) -> None:
    expected = rows(BEFORE) | rows(CONFIRMED[kind]) | dict.fromkeys(ON_THE_WAY.split(), THE_END)
    assert offered(Facts(delivery_kind=kind), Actor.SELLER) == expected


@pytest.mark.rule("RC7", "RC8", "C16")
def test_a_prepaid_order_can_be_put_aside_until_it_is_paid() -> None:
    plain = offered(Facts(), Actor.SELLER)
    prepaid = offered(Facts(prepaid=True, payment_status="pending"), Actor.SELLER)
    assert {state: prepaid[state] - plain[state] for state in prepaid if prepaid[state] != plain[state]} == {
        "in_work": {"await_payment payment_wait"},
        "no_contact": {"await_payment payment_wait"},
    }


@pytest.mark.rule("RC17", "C5", "C7")
def test_an_order_that_needs_no_call_is_taken_and_confirmed_at_once_through_both_steps() -> None:
    plain, flagged = offered(Facts(), Actor.SELLER), offered(Facts(do_not_call=True), Actor.SELLER)
    assert {state: flagged[state] - plain[state] for state in flagged if flagged[state] != plain[state]} == {
        state: {"take_confirm in_work>confirmed"}
        for state in ("new", "one_click", "awaits_client", "expired")
    }


@pytest.mark.rule("R22", "R25", "R26")
@pytest.mark.parametrize("kind", list(DeliveryKind))
def test_what_a_parcel_moves_by_itself(kind: DeliveryKind) -> None:
    expected = dict.fromkeys(ON_THE_WAY.split(), THE_END | BY_PARCEL)
    delivered = {
        "received received",
        "refused refused",
    }  # handed over past us: not «not collected», nobody waited
    expected |= dict.fromkeys(("confirmed", "payment_wait", "processed_automatically"), BY_PARCEL | delivered)
    assert offered(Facts(delivery_kind=kind), Actor.CARRIER) == expected


@pytest.mark.rule("RC18", "C24")
@pytest.mark.parametrize("actor", [Actor.BUYER, Actor.MARKETPLACE])
def test_a_buyer_calls_it_off_until_dispatch(actor: Actor) -> None:
    before = (
        "new one_click awaits_client awaits_call_centre expired in_work no_contact no_contact_2 "
        "call_again_old needs_completion restored confirmed payment_wait processed_automatically bad_ttn"
    )
    assert offered(Facts(), actor) == dict.fromkeys(before.split(), CALLED_OFF)


@pytest.mark.rule("RC18")
def test_a_buyer_who_calls_it_off_leaves_the_seller_40_to_set_since_45_is_the_platforms_own() -> None:
    row = ROZETKA.transition(Action.BUYER_CANCEL, "in_work", Facts(), Actor.BUYER)
    assert (row.to, row.cabinet) == ("buyer_cancelled", "changed_mind")
    assert (ROZETKA.by_key["buyer_cancelled"].id, ROZETKA.by_key["changed_mind"].id) == (45, 40)


@pytest.mark.rule("R21")
def test_only_a_carriers_waybill_is_asked_for() -> None:
    asked = {
        (str(row.action), str(ask))
        for row in ROZETKA.transitions
        for ask in row.asks
        if ask is not Ask.REASON
    }
    assert asked == {("ship", "ttn")}
    for state in ("confirmed", "payment_wait", "processed_automatically"):
        assert ROZETKA.transition(Action.SHIP, state, Facts(), Actor.SELLER).asks == (Ask.TTN,)


def test_what_can_be_taken_back() -> None:
    final = {
        str(row.action) for row in ROZETKA.transitions if Actor.SELLER in row.actors and not row.undoable
    }
    assert final == {"take", "talked"}
    assert not ROZETKA.transition(Action.TAKE, "bad_ttn", Facts(), Actor.SELLER).undoable
    assert ROZETKA.transition(Action.TAKE, "new", Facts(), Actor.SELLER).undoable


def test_a_forbidden_press_says_why() -> None:
    for action, state, why in (
        (Action.TAKE, "received", "final"),
        (Action.SHIP, "changed_mind", "final"),
        (Action.CONFIRM, "new", "not_now"),  # 1 -> 2 is refused by the API
        (Action.SHIP, "new", "not_now"),  # 1 -> 61 is refused by the API
        (Action.SHIP, "in_work", "not_now"),
        (Action.SHIP, "bad_ttn", "not_now"),  # 15 -> 61 is refused by the API
        (Action.RECEIVED, "in_work", "not_now"),  # 26 -> 6 is refused by the API
        (Action.TAKE, "delivering", "not_now"),
        (Action.TAKE, "awaits_call_centre", "not_now"),
    ):
        with pytest.raises(NotInWorkflow, match=f"^{why}$"):
            ROZETKA.transition(action, state, Facts(), Actor.SELLER)


# ------------------------------------------------------------ the payment gate
GATE = """
                  not_required pending paid held expired cancelled refunded
cash_on_delivery       +          +     +    +      +        +        +
card                   +          -     +    -      -        -        -
invoice                +          -     +    -      -        -        -
credit                 +          -     +    -      -        -        -
"""


@pytest.mark.rule("RC14", "RC15", "C6")
@pytest.mark.parametrize("do_not_call", [True, False])
@pytest.mark.parametrize("state", ["confirmed", "payment_wait", "processed_automatically"])
@pytest.mark.parametrize(
    ("kind", "action"),
    [
        (DeliveryKind.CARRIER, Action.SHIP),
        (DeliveryKind.OWN, Action.COURIER),
        (DeliveryKind.PICKUP, Action.READY),
    ],
)
def test_only_money_that_came_opens_the_dispatch_of_a_prepaid_order(
    kind: DeliveryKind, action: Action, state: str, do_not_call: bool
) -> None:
    """And no wish not to be called opens it (C6)."""
    header, *lines = GATE.strip().splitlines()
    for line in lines:
        method, *marks = line.split()
        for status, mark in zip(header.split(), marks, strict=True):
            order = Facts(kind, Order(payment_method=method).prepaid, status, do_not_call)
            if mark == "+":
                assert ROZETKA.transition(action, state, order, Actor.SELLER).action is action
            else:
                with pytest.raises(NotInWorkflow, match=f"^payment_{status}$"):
                    ROZETKA.transition(action, state, order, Actor.SELLER)


@pytest.mark.rule("RC14", "RC15")
def test_the_gate_holds_back_nothing_but_dispatch() -> None:
    unpaid = Facts(prepaid=True, payment_status="expired")
    for action, state in (
        (Action.TAKE, "new"),
        (Action.CONFIRM, "in_work"),
        (Action.CANCEL, "confirmed"),
        (Action.REOPEN, "confirmed"),
        (Action.RECEIVED, "handed_over"),
    ):
        assert ROZETKA.transition(action, state, unpaid, Actor.SELLER)


# ------------------------------------------------------------ reasons
IN_WORK = "in_work no_contact no_contact_2 call_again_old needs_completion restored"
REASONS = {
    "new": {40, 49},
    **{key: {40, 50, 42, 18, 28, 17, 37, 33, 20, 38, 29, 43, 49} for key in IN_WORK.split()},
    "confirmed": {40, 50, 42},
    "payment_wait": {40, 50, 42},
    "processed_automatically": {40, 50, 42},
}


@pytest.mark.rule("R19", "R29", "RC15")
def test_the_reasons_that_a_seller_may_give() -> None:
    """From 26 those that the API offered in 2026, with 50 of RC15; from 1 the two that were seen."""
    found = {
        state.key: {ROZETKA.by_key[reason.state].id for reason in ROZETKA.reasons_from(state.key)}
        for state in ROZETKA.states
    }
    assert {key: ids for key, ids in found.items() if ids} == REASONS


@pytest.mark.rule("RC15")
def test_the_two_reasons_of_an_unpaid_order_come_first() -> None:
    for state in ("confirmed", "payment_wait", "in_work"):
        assert [reason.state for reason in ROZETKA.reasons_from(state)][:2] == ["changed_mind", "not_paid"]


@pytest.mark.rule("R31")
def test_the_reasons_that_cost_the_shop_its_rating() -> None:
    ids = {ROZETKA.by_key[reason.state].id for reason in ROZETKA.reasons if reason.fault is Fault.SELLER}
    assert ids == {42, 29, 43}


def test_only_a_repeated_order_needs_its_twin() -> None:
    assert {reason.state: reason.asks for reason in ROZETKA.reasons if reason.asks} == {
        "duplicate": (Ask.DUPLICATE_OF,)
    }


@pytest.mark.rule("R41", "R42", "C8")
@pytest.mark.parametrize("state", IN_WORK.split())
def test_no_contact_is_no_reason_before_the_second_attempt(state: str) -> None:
    for attempts in (0, 1):
        with pytest.raises(NotInWorkflow, match="attempts"):
            ROZETKA.reason("no_contact_cancelled", state, Facts(attempts=attempts))
    for attempts in (2, 5):
        assert ROZETKA.reason("no_contact_cancelled", state, Facts(attempts=attempts))


@pytest.mark.rule("R41", "R42")
def test_the_second_attempt_can_be_logged_where_the_first_one_left_the_order() -> None:
    first = ROZETKA.transition(Action.NO_ANSWER, "in_work", Facts(), Actor.SELLER)
    assert first.to == "no_contact"
    second = ROZETKA.transition(Action.NO_ANSWER, "no_contact", Facts(attempts=1), Actor.SELLER)
    assert second.to == "no_contact"


@pytest.mark.rule("C8")
def test_every_other_reason_is_open_at_once() -> None:
    locked = {reason.state for reason in ROZETKA.reasons if reason.guards}
    assert locked == {"no_contact_cancelled"}


def test_a_reason_of_another_state_is_none() -> None:
    for reason, state in (
        ("delivery_cost", "confirmed"),
        ("not_paid", "new"),
        ("changed_mind", "delivering"),
        ("by_admin", "in_work"),  # 26 -> 13 is refused by the API
        ("cancelled", "in_work"),
        ("received", "in_work"),
    ):
        with pytest.raises(NotInWorkflow, match="no_such_reason"):
            ROZETKA.reason(reason, state, Facts())


# ------------------------------------------------------------ what the source says
@pytest.mark.rule("R02")
def test_the_cabinet_is_followed_wherever_it_goes() -> None:
    for key, word, target in (
        ("new", Status.IN_WORK, "in_work"),
        ("new", Status.HANDED_OVER, "handed_over"),  # a client must survive jumps (facts 6.1.10)
        ("expired", Status.IN_WORK, "in_work"),
        ("new", Status.EXPIRED, "expired"),
        ("in_work", Status.CANCELLED, "cancelled"),
        ("confirmed", Status.BUYER_CANCELLED, "buyer_cancelled"),
        ("delivering", Status.RECEIVED, "received"),
        ("handed_over", Status.IN_WORK, "in_work"),  # 61 -> 26 was seen
        ("waiting", Status.NOT_COLLECTED, "not_collected"),
    ):
        assert ROZETKA.followed(key, word).key == target


@pytest.mark.rule("R02")
def test_nothing_follows_the_cabinet_out_of_an_end_or_back_to_new() -> None:
    for key, word, why in (
        ("received", Status.IN_WORK, "final"),
        ("changed_mind", Status.RECEIVED, "final"),
        ("buyer_cancelled", Status.IN_WORK, "final"),  # RC19: restored is a new order
        ("in_work", Status.NEW, "not_back"),
        ("new", Status.NEW, "not_back"),
    ):
        with pytest.raises(NotInWorkflow, match=f"^{why}$"):
            ROZETKA.followed(key, word)


# ------------------------------------------------------------ terms
LIMITS = """
untouched   shop       2:00    1:30 2:00     created    shop
contact     shop       2:00    1:30 2:00     one_clock  calling
overnight   open_days  24:00   -1:00 24:00   created    shop     night
opening     shop       -       0:00          received   shop     night
days_off    open_days  -       -0:30         created    shop
call_again  daytime    -       1:00          missed     calling
cabinet     shop       2:00    1:30 2:00     behind     shop
payment     calendar   -       24:00 72:00   entered    shop
at_point    calendar   -       72:00         entered    buyer
"""


@pytest.mark.rule("R32", "R33", "R37", "R42", "R45", "R52", "RC7", "C1", "C2", "C28", "G58")
def test_every_term_with_its_clock_its_steps_and_its_window() -> None:
    assert terms(ROZETKA) == typed_terms(LIMITS)


@pytest.mark.rule("R52", "C1")
def test_terms_run_while_an_order_is_where_they_say() -> None:
    where = {limit.kind: set(limit.states) for limit in ROZETKA.limits}
    assert where["untouched"] == where["overnight"] == where["opening"] == {"new", "one_click"}
    assert where["contact"] == {"in_work", "needs_completion", "restored"}
    assert where["call_again"] == {"no_contact", "no_contact_2", "call_again_old"}
    assert where["cabinet"] == set()
