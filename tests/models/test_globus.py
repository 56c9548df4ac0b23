"""GLOBUS.TOP's table against expectations typed by hand: rules 1.2, 1.4, 1.7 and 1.8, and the original's words."""

import pytest

from bot.l10n import Words
from models.order import Order
from models.workflow import Action, Actor, Ask, DeliveryKind, Fault, NotInWorkflow, Status
from models.workflows import WORKFLOWS
from models.workflows.globus import GLOBUS
from tests.made_up import Facts
from tests.models.terms import terms, typed_terms

# ------------------------------------------------------------ states, words, names (rules 1.4, 1.8.5)
STATES = """
new              new              Нове замовлення
in_work          in_work          Прийнято до обробки
no_contact       no_contact       Не вдалося зв'язатися
confirmed        confirmed        Підтверджено, комплектується
delivering       delivering       Доставляється
waiting          waiting          Очікує покупця
received         received!        Отримано
refused          refused!         Покупець відмовився
buyer_cancelled  buyer_cancelled! Покупець скасував
expired          expired          Час сплинув
not_collected    not_collected!   Час сплинув
cancelled        cancelled!       Скасовано
"""

REASONS = {
    "Клієнта не влаштовує": [
        ("delivery_time", "термін доставки"),
        ("delivery_cost", "вартість доставки"),
        ("delivery_method", "спосіб доставки"),
        ("payment_method", "спосіб оплати"),
        ("price", "ціна"),
        ("manufacturer", "виробник товару"),
        ("quality", "якість товару"),
        ("characteristics", "не підійшли характеристики"),
    ],
    "Клієнт": [
        ("found_other_goods", "знайшов інший товар"),
        ("found_other_seller", "знайшов іншого продавця"),
        ("found_on_other_site", "знайшов цей товар на іншому сайті"),
        ("changed_mind", "передумав"),
    ],
    "Інше": [
        ("wrong_description", "некоректні характеристики або опис товару"),
        ("wrong_price", "некоректна ціна"),
        ("wrong_terms", "некоректні умови доставки або оплати"),
        ("out_of_stock", "некоректний залишок (немає в наявності)"),
        ("defect", "бракований товар"),
        ("other_reasons", "інші причини"),
    ],
}
KEYS = {key for listed in REASONS.values() for key, _ in listed}


@pytest.mark.rule("G27", "C18")
def test_the_twelve_statuses_stand_under_their_words_with_their_own_names() -> None:
    words = Words("uk")
    found = [
        (state.key, f"{state.status}{'!' * state.final}", words(f"globus-state-{state.key}"))
        for state in GLOBUS.states
        if state.key not in KEYS
    ]
    typed = [line.split(maxsplit=2) for line in STATES.strip().splitlines()]
    assert found == [tuple(row) for row in typed]


@pytest.mark.rule("C18", "C19", "G34", "G59")
def test_of_the_two_that_bear_one_name_only_the_second_is_an_end() -> None:
    assert {
        state.key: state.final for state in GLOBUS.states if state.key in ("expired", "not_collected")
    } == {
        "expired": False,
        "not_collected": True,
    }
    assert not GLOBUS.by_key["no_contact"].final


def test_each_contract_word_has_its_main_status_but_the_one_that_globus_does_not_know() -> None:
    main = {str(word): GLOBUS.main(word) for word in Status}
    assert {word: None if state is None else state.key for word, state in main.items()} == {
        str(word): None if word is Status.HANDED_OVER else str(word) for word in Status
    }


def test_the_marketplace_has_a_cabinet_to_keep_up_to_date_and_no_ids() -> None:
    assert WORKFLOWS["globus"] is GLOBUS
    assert GLOBUS.cabinet
    assert GLOBUS.first.key == "new"
    assert GLOBUS.by_id == {}


# ------------------------------------------------------------ who may do what, and where it leads
OPEN = """
new         take in_work
in_work     confirm confirmed, no_answer in_work, talked in_work, cancel ?
no_contact  talked in_work, reopen in_work
expired     take in_work, confirm confirmed, cancel ?
waiting     received received, refused refused, not_collected not_collected
"""
BY_DELIVERY = {
    DeliveryKind.CARRIER: """
confirmed   ship delivering, cancel ?
delivering  received received, arrive waiting
""",
    DeliveryKind.OWN: """
confirmed   courier delivering, cancel ?
delivering  received received, refused refused, not_collected not_collected
""",
    DeliveryKind.PICKUP: """
confirmed   ready waiting, cancel ?
delivering  received received
""",
}


def rows(text: str) -> dict[str, set[str]]:
    """State -> "action target", `?` where the reason decides where to."""
    table = {}
    for line in text.strip().splitlines():
        state, _, offered = line.partition(" ")
        table[state] = {row.strip() for row in offered.split(",")}
    return table


def offered(order: Facts, actor: Actor) -> dict[str, set[str]]:
    """What the card would show: rows whose guards let them through."""
    table: dict[str, set[str]] = {}
    for state in GLOBUS.states:
        for row in GLOBUS.available(state.key, order, actor):
            if all(guard(order) is None for guard in row.guards):
                table.setdefault(state.key, set()).add(f"{row.action} {'>'.join(row.path) or '?'}")
    return table


@pytest.mark.rule("G06", "G11", "G12", "G15", "G16", "G17", "G34", "G36", "G45", "G57", "G59")
@pytest.mark.parametrize("kind", list(DeliveryKind))
def test_what_a_seller_may_do(kind: DeliveryKind) -> None:
    assert offered(Facts(delivery_kind=kind), Actor.SELLER) == rows(OPEN) | rows(BY_DELIVERY[kind])


@pytest.mark.rule("G52", "G53", "G54", "G55")
def test_out_of_reach_is_offered_after_two_logged_attempts_and_not_before() -> None:
    for attempts in (0, 1):
        assert "no_contact no_contact" not in offered(Facts(attempts=attempts), Actor.SELLER)["in_work"]
        with pytest.raises(NotInWorkflow, match=r"^attempts$"):
            GLOBUS.transition(Action.NO_CONTACT, "in_work", Facts(attempts=attempts), Actor.SELLER)
    for attempts in (2, 5):
        assert "no_contact no_contact" in offered(Facts(attempts=attempts), Actor.SELLER)["in_work"]


@pytest.mark.rule("G08", "C22", "C26")
def test_a_call_is_logged_and_changes_nothing_and_no_wish_not_to_be_called_spares_it() -> None:
    for action in (Action.NO_ANSWER, Action.TALKED):
        assert GLOBUS.transition(action, "in_work", Facts(), Actor.SELLER).to == "in_work"
    assert offered(Facts(do_not_call=True), Actor.SELLER) == offered(Facts(), Actor.SELLER)


@pytest.mark.rule("G14", "G26", "G57")
@pytest.mark.parametrize("kind", list(DeliveryKind))
def test_what_a_parcel_moves_by_itself(kind: DeliveryKind) -> None:
    assert offered(Facts(delivery_kind=kind), Actor.CARRIER) == rows("""
confirmed   depart delivering, arrive waiting, received received, refused refused
expired     depart delivering, arrive waiting, received received, refused refused
delivering  arrive waiting, received received, refused refused
waiting     received received, refused refused
""")


@pytest.mark.rule("G40", "C24")
def test_a_buyer_calls_it_off_until_dispatch_and_the_platform_until_the_parcel_is_there() -> None:
    before = {
        key: {"buyer_cancel buyer_cancelled"}
        for key in ("new", "in_work", "no_contact", "confirmed", "expired")
    }
    assert offered(Facts(), Actor.BUYER) == before
    assert offered(Facts(), Actor.MARKETPLACE) == before | {"delivering": {"buyer_cancel buyer_cancelled"}}


@pytest.mark.rule("G26", "G40")
def test_a_buyer_who_calls_it_off_leaves_the_seller_the_reason_to_give() -> None:
    row = GLOBUS.transition(Action.BUYER_CANCEL, "in_work", Facts(), Actor.BUYER)
    assert (row.to, row.cabinet) == ("buyer_cancelled", "changed_mind")


@pytest.mark.rule("G13")
def test_a_carriers_waybill_is_asked_for_and_there_may_be_none() -> None:
    asked = [
        (str(row.action), row.asks, set(row.optional))
        for row in GLOBUS.transitions
        if row.asks or row.optional
    ]
    expected: list[tuple[str, tuple[Ask, ...], set[Ask]]] = [
        ("ship", (Ask.TTN,), {Ask.TTN}),
        ("cancel", (Ask.REASON,), set()),
    ]
    assert asked == expected


def test_every_press_of_a_seller_can_be_taken_back() -> None:
    assert [row for row in GLOBUS.transitions if Actor.SELLER in row.actors and not row.undoable] == []


def test_a_forbidden_press_says_why() -> None:
    for action, state, why in (
        (Action.TAKE, "not_collected", "final"),  # C18: the second is an end
        (Action.TAKE, "cancelled", "final"),
        (Action.SHIP, "refused", "final"),  # G56
        (Action.CONFIRM, "new", "not_now"),  # G06 first
        (Action.CANCEL, "new", "not_now"),  # 1.4
        (Action.CANCEL, "delivering", "not_now"),
        (Action.SHIP, "in_work", "not_now"),
        (Action.SHIP, "expired", "not_now"),  # G34: the real status first
        (Action.NO_CONTACT, "new", "not_now"),
        (Action.REFUSED, "delivering", "not_now"),  # G57: at the point only
        (Action.NOT_COLLECTED, "delivering", "not_now"),
        (Action.TAKE_CONFIRM, "new", "not_now"),  # C26
    ):
        with pytest.raises(NotInWorkflow, match=f"^{why}$"):
            GLOBUS.transition(action, state, Facts(do_not_call=True), Actor.SELLER)


@pytest.mark.rule("RC14", "RC15", "C6")
@pytest.mark.parametrize(
    ("kind", "action"),
    [
        (DeliveryKind.CARRIER, Action.SHIP),
        (DeliveryKind.OWN, Action.COURIER),
        (DeliveryKind.PICKUP, Action.READY),
    ],
)
def test_only_money_that_came_opens_the_dispatch_of_a_prepaid_order(
    kind: DeliveryKind, action: Action
) -> None:
    """Rules 1.8.4, from the first day and on both marketplaces."""
    for method, prepaid in (("cash_on_delivery", False), ("card", True), ("invoice", True), ("credit", True)):
        for status in ("not_required", "pending", "paid", "held", "expired", "cancelled", "refunded"):
            order = Facts(kind, Order(payment_method=method).prepaid, status)
            if not prepaid or status in ("not_required", "paid"):
                assert GLOBUS.transition(action, "confirmed", order, Actor.SELLER).action is action
            else:
                with pytest.raises(NotInWorkflow, match=f"^payment_{status}$"):
                    GLOBUS.transition(action, "confirmed", order, Actor.SELLER)


# ------------------------------------------------------------ reasons
@pytest.mark.rule("G28", "G45")
def test_the_eighteen_reasons_in_their_three_groups_word_for_word() -> None:
    words = Words("uk")
    found: dict[str, list[tuple[str, str]]] = {}
    for reason in GLOBUS.reasons:
        group = words(f"globus-group-{reason.group}")
        found.setdefault(group, []).append((reason.state, words(f"globus-reason-{reason.state}")))
    assert found == REASONS
    assert list(found) == list(REASONS)
    assert sum(len(listed) for listed in found.values()) == 18


@pytest.mark.rule("G36", "G45")
def test_every_reason_can_be_given_wherever_a_seller_may_cancel_and_nowhere_else() -> None:
    found = {
        state.key: {reason.state for reason in GLOBUS.reasons_from(state.key)} for state in GLOBUS.states
    }
    assert {key: keys for key, keys in found.items() if keys} == dict.fromkeys(
        ("in_work", "confirmed", "expired"), KEYS
    )


@pytest.mark.rule("G50")
def test_only_other_reasons_need_a_comment() -> None:
    assert {reason.state: reason.asks for reason in GLOBUS.reasons if reason.asks} == {
        "other_reasons": (Ask.COMMENT,)
    }
    assert Words("uk")("globus-state-other_reasons") == "Скасовано - інші причини"


@pytest.mark.rule("G46")
def test_what_does_not_depend_on_the_buyer_is_the_shops_own_fault() -> None:
    fault = {reason.state for reason in GLOBUS.reasons if reason.fault is Fault.SELLER}
    assert fault == {key for key, _ in REASONS["Інше"]}


@pytest.mark.rule("G04")
def test_a_cancel_of_which_the_source_says_no_more_has_no_reason() -> None:
    assert GLOBUS.followed("in_work", Status.CANCELLED).key == "cancelled"
    with pytest.raises(NotInWorkflow, match=r"^no_such_reason$"):
        GLOBUS.reason("cancelled", "in_work", Facts())


# ------------------------------------------------------------ what the source says
@pytest.mark.rule("G25", "G26", "G31", "C18")
def test_the_cabinet_is_followed_wherever_it_goes() -> None:
    for key, word, target in (
        ("new", Status.EXPIRED, "expired"),
        ("in_work", Status.EXPIRED, "expired"),
        ("confirmed", Status.EXPIRED, "expired"),
        ("expired", Status.IN_WORK, "in_work"),
        ("waiting", Status.NOT_COLLECTED, "not_collected"),
        ("no_contact", Status.IN_WORK, "in_work"),
        ("delivering", Status.BUYER_CANCELLED, "buyer_cancelled"),
        ("in_work", Status.DELIVERING, "delivering"),
    ):
        assert GLOBUS.followed(key, word).key == target
    for key, word, why in (
        ("not_collected", Status.IN_WORK, "final"),
        ("refused", Status.RECEIVED, "final"),
        ("expired", Status.NEW, "not_back"),
        ("confirmed", Status.HANDED_OVER, "no_such_status"),
    ):
        with pytest.raises(NotInWorkflow, match=f"^{why}$"):
            GLOBUS.followed(key, word)


# ------------------------------------------------------------ terms
LIMITS = """
untouched      shop      2:00   0:10 1:30 2:00  created   shop
first_contact  daytime   -      0:15            entered   calling
outcome        daytime   12:00  12:00           entered   shop
dispatch       shop      12:00  3:00 12:00      agreed    shop
call_again     daytime   -      0:15            missed    calling
opening        shop      -      0:00            received  shop     night
cabinet        shop      2:00   1:30 2:00       behind    shop
payment        calendar  -      24:00 72:00     entered   shop
at_point       calendar  -      72:00           entered   buyer
"""


@pytest.mark.rule("G19", "G20", "G21", "G22", "G52", "G58", "C21", "C22", "C28")
def test_every_term_with_its_clock_its_steps_and_its_window() -> None:
    assert terms(GLOBUS) == typed_terms(LIMITS)
