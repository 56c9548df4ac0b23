"""The plain own shop's table against expectations typed by hand: ROZETKA's shape, plain names (rules 1.8.5)."""

import pytest

from bot.l10n import Words
from models.workflow import Action, Actor, Ask, DeliveryKind, Fault, NotInWorkflow, Status
from models.workflows import WORKFLOWS
from models.workflows.own import OWN
from models.workflows.rozetka import ROZETKA
from tests.made_up import Facts
from tests.models.terms import terms, typed_terms

STATES = """
new                   new              Нове
in_work               in_work          В роботі
no_contact            no_contact       Не вдалося зв'язатися
confirmed             confirmed        Підтверджено
payment_wait          confirmed        Чекаємо оплату
handed_over           handed_over      Передано перевізнику
delivering            delivering       У дорозі
waiting               waiting          Чекає на покупця
received              received!        Отримано
not_collected         not_collected!   Не забрали
refused               refused!         Від товару відмовилися
buyer_cancelled       buyer_cancelled! Покупець скасував
cancelled             cancelled!       Скасовано
changed_mind          cancelled!       Покупець передумав
not_paid              cancelled!       Замовлення не оплачено
out_of_stock          cancelled!       Немає в наявності
no_contact_cancelled  cancelled!       Немає зв'язку з покупцем
duplicate             cancelled!       Повторне замовлення
other_reason          cancelled!       Інша причина
"""
BEFORE = """
new         take in_work, cancel ?
in_work     confirm confirmed, no_answer no_contact, talked in_work, cancel ?
no_contact  confirm confirmed, no_answer no_contact, talked in_work, cancel ?
"""
CONFIRMED = {
    DeliveryKind.CARRIER: """
confirmed     ship handed_over, reopen in_work, cancel ?
payment_wait  confirm confirmed, ship handed_over, reopen in_work, cancel ?
""",
    DeliveryKind.OWN: """
confirmed     courier delivering, reopen in_work, cancel ?
payment_wait  confirm confirmed, courier delivering, reopen in_work, cancel ?
""",
    DeliveryKind.PICKUP: """
confirmed     ready waiting, reopen in_work, cancel ?
payment_wait  confirm confirmed, ready waiting, reopen in_work, cancel ?
""",
}
ON_THE_WAY = ("handed_over", "delivering", "waiting")
THE_END = {"received received", "not_collected not_collected", "refused refused"}
BY_PARCEL = {"depart delivering", "arrive waiting"}


def rows(text: str) -> dict[str, set[str]]:
    table = {}
    for line in text.strip().splitlines():
        state, _, offered = line.partition(" ")
        table[state] = {row.strip() for row in offered.split(",")}
    return table


def offered(order: Facts, actor: Actor) -> dict[str, set[str]]:
    table: dict[str, set[str]] = {}
    for state in OWN.states:
        for row in OWN.available(state.key, order, actor):
            table.setdefault(state.key, set()).add(f"{row.action} {'>'.join(row.path) or '?'}")
    return table


def test_every_status_stands_under_its_word_with_a_plain_name() -> None:
    words = Words("uk")
    found = [
        (state.key, f"{state.status}{'!' * state.final}", words(f"own-state-{state.key}"))
        for state in OWN.states
    ]
    assert found == [tuple(line.split(maxsplit=2)) for line in STATES.strip().splitlines()]


def test_there_is_no_cabinet_to_tick_and_nothing_expires() -> None:
    assert WORKFLOWS["own"] is OWN
    assert not OWN.cabinet
    assert [word for word in Status if OWN.main(word) is None] == [Status.EXPIRED]


@pytest.mark.rule("R13", "R18", "R19", "R20", "R25", "R26", "C10")
@pytest.mark.parametrize("kind", list(DeliveryKind))
def test_what_a_seller_may_do(kind: DeliveryKind) -> None:
    expected = rows(BEFORE) | rows(CONFIRMED[kind]) | dict.fromkeys(ON_THE_WAY, THE_END)
    assert offered(Facts(delivery_kind=kind), Actor.SELLER) == expected


@pytest.mark.rule("RC7", "RC17", "C7", "C16")
def test_what_a_prepaid_order_and_one_without_a_call_have_besides() -> None:
    plain = offered(Facts(), Actor.SELLER)
    for order, more in (
        (
            Facts(prepaid=True, payment_status="pending"),
            {key: {"await_payment payment_wait"} for key in ("in_work", "no_contact")},
        ),
        (Facts(do_not_call=True), {"new": {"take_confirm in_work>confirmed"}}),
    ):
        found = offered(order, Actor.SELLER)
        assert {key: found[key] - plain[key] for key in found if found[key] != plain[key]} == more


@pytest.mark.rule("R22")
def test_what_a_parcel_moves_by_itself() -> None:
    delivered = {"received received", "refused refused"}
    assert offered(Facts(), Actor.CARRIER) == dict.fromkeys(
        ("confirmed", "payment_wait"), BY_PARCEL | delivered
    ) | dict.fromkeys(ON_THE_WAY, BY_PARCEL | THE_END)


@pytest.mark.rule("RC18", "C24")
@pytest.mark.parametrize("actor", [Actor.BUYER, Actor.MARKETPLACE])
def test_a_buyer_calls_it_off_until_dispatch(actor: Actor) -> None:
    before = ("new", "in_work", "no_contact", "confirmed", "payment_wait")
    assert offered(Facts(), actor) == {key: {"buyer_cancel buyer_cancelled"} for key in before}


def test_it_has_rozetkas_shape() -> None:
    """What ROZETKA allows in the statuses that both have, this one allows too; it merely needs no step between."""
    for kind in DeliveryKind:
        for actor in Actor:
            for state in OWN.states:
                if state.key in ROZETKA.by_key and not state.final:
                    order = Facts(kind, prepaid=True, payment_status="paid", do_not_call=True)
                    theirs = {(r.action, r.to) for r in ROZETKA.available(state.key, order, actor)}
                    ours = {(r.action, r.to) for r in OWN.available(state.key, order, actor)}
                    assert ours == theirs, (kind, actor, state.key)


@pytest.mark.rule("R21")
def test_a_carriers_waybill_is_asked_for_and_cannot_be_left_out() -> None:
    row = OWN.transition(Action.SHIP, "confirmed", Facts(), Actor.SELLER)
    assert (row.asks, row.optional) == ((Ask.TTN,), frozenset())


@pytest.mark.rule("RC14", "RC15", "C6")
@pytest.mark.parametrize("status", ["pending", "held", "expired", "cancelled", "refunded"])
def test_money_that_did_not_come_opens_no_dispatch(status: str) -> None:
    for state in ("confirmed", "payment_wait"):
        with pytest.raises(NotInWorkflow, match=f"^payment_{status}$"):
            OWN.transition(Action.SHIP, state, Facts(prepaid=True, payment_status=status), Actor.SELLER)


@pytest.mark.rule("R19", "R41")
def test_a_handful_of_plain_reasons() -> None:
    late = {"changed_mind", "not_paid", "out_of_stock", "other_reason"}
    found = {state.key: {reason.state for reason in OWN.reasons_from(state.key)} for state in OWN.states}
    assert {key: keys for key, keys in found.items() if keys} == {
        "new": {"changed_mind", "out_of_stock", "duplicate", "other_reason"},
        "in_work": late | {"no_contact_cancelled", "duplicate"},
        "no_contact": late | {"no_contact_cancelled", "duplicate"},
        "confirmed": late,
        "payment_wait": late,
    }
    assert OWN.groups_from("in_work") == ()
    assert {reason.state: reason.asks for reason in OWN.reasons if reason.asks} == {
        "duplicate": (Ask.DUPLICATE_OF,),
        "other_reason": (Ask.COMMENT,),
    }
    assert {reason.state for reason in OWN.reasons if reason.fault is Fault.SELLER} == {
        "out_of_stock",
        "other_reason",
    }
    with pytest.raises(NotInWorkflow, match=r"^attempts$"):
        OWN.reason("no_contact_cancelled", "in_work", Facts(attempts=1))
    assert OWN.reason("no_contact_cancelled", "no_contact", Facts(attempts=2))


# ------------------------------------------------------------ terms
LIMITS = """
untouched   shop      2:00  1:30 2:00    created    shop
contact     shop      2:00  1:30 2:00    one_clock  calling
opening     shop      -     0:00         received   shop     night
call_again  daytime   -     1:00         missed     calling
payment     calendar  -     24:00 72:00  entered    shop
at_point    calendar  -     72:00        entered    buyer
"""


def test_every_term_with_its_clock_its_steps_and_its_window() -> None:
    assert terms(OWN) == typed_terms(LIMITS)
