"""What comes in as an order or an event, and what does not: the forms alone, no server."""

import json
from copy import deepcopy
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError
from pydantic_core import PydanticCustomError

from handlers.web.body import NotJson, strict_json
from handlers.web.intake import cause_of
from handlers.web.problems import faults
from models.fields import read_money, read_phone, write_money
from models.intake import (
    BuyerCancelled,
    NewOrder,
    OrderWord,
    ParcelMoved,
    ParcelWord,
    PaymentChanged,
    PaymentStatus,
    StatusChanged,
    read_event,
)
from models.parcel import ParcelStatus
from models.ttn import read_ttn
from models.workflow import Status
from tests.web.stand_in import NOW

ABSENT = object()


def contract_order() -> dict[str, Any]:
    """The example of the contract, to the letter."""
    return {
        "number": "812345678",
        "created_at": "2026-03-06T17:30:00+02:00",
        "source": "cart",
        "buyer": {
            "name": "Тарас Шевчук",
            "phone": "+380671234567",
            "email": None,
            "account_linked": None,
        },
        "lines": [{"title": "Чайник", "sku": "KT-1", "quantity": 1, "price": "640.00"}],
        "delivery": {
            "carrier": "nova_poshta",
            "address": "Київ, Відділення №4",
            "recipient": None,
            "term": None,
            "cost": None,
        },
        "payment": {"method": "cash_on_delivery", "status": "not_required"},
        "do_not_call": True,
        "comment": "",
        "pickup_rate": "high",
    }


def order_with(path: str, value: object) -> dict[str, Any]:
    """The contract's order with one thing otherwise, or ABSENT."""
    told = contract_order()
    at: Any = told
    *way, last = path.split(".")
    for step in way:
        at = at[int(step)] if isinstance(at, list) else at[step]
    if value is ABSENT:
        del at[last]
    elif isinstance(at, list):
        at[int(last)] = value
    else:
        at[last] = value
    return told


def over_the_wire(told: object) -> object:
    """As the door would parse it."""
    return strict_json(json.dumps(told).encode())


def read(told: object) -> NewOrder:
    return NewOrder.read(over_the_wire(told), now=NOW)


def paths(told: object) -> list[str]:
    with pytest.raises(ValidationError) as refused:
        read(told)
    return [fault["path"] for fault in faults(refused.value)]


# ---------------------------------------------------------------- the order
def test_the_contracts_own_example_comes_in_whole() -> None:
    order = read(contract_order())
    assert order.number == "812345678"
    assert order.created_at == datetime(2026, 3, 6, 15, 30, tzinfo=UTC)
    assert (order.buyer.name, order.buyer.phone, order.buyer.phone_valid) == (
        "Тарас Шевчук",
        "+380671234567",
        True,
    )
    assert order.lines[0].price == 64000
    assert order.delivery.cost is None
    assert order.do_not_call is True
    assert order.currency == "UAH"


def test_what_may_be_absent_may_be_absent_or_null() -> None:
    bare = {
        "number": "1",
        "buyer": {"name": "Я", "phone": "0671234567"},
        "lines": [{"title": "Ч", "quantity": 1, "price": 1}],
        "delivery": {"carrier": "pickup"},
        "payment": {"method": "card", "status": "paid"},
    }
    nulls: dict[str, Any] = deepcopy(bare)
    nulls |= dict.fromkeys(("created_at", "source", "do_not_call", "comment", "pickup_rate", "currency"))
    nulls["buyer"] |= {"email": None, "account_linked": None}
    nulls["lines"][0]["sku"] = None
    nulls["delivery"] |= dict.fromkeys(("address", "recipient", "term", "cost"))
    order = read(bare)
    assert order == read(nulls)
    assert order.created_at is None
    assert (order.source, order.do_not_call, order.comment) == ("api", False, "")


GOOD: list[tuple[str, object]] = [
    ("number", "A.b_c-9"),
    ("number", "7" * 64),
    ("number", "."),
    ("created_at", "2026-03-06T15:30:00Z"),
    ("created_at", "2026-03-06t15:30:00z"),
    ("created_at", "2026-03-06T15:30:00.123456+05:45"),
    ("created_at", "2020-01-01T02:00:00+02:00"),
    ("created_at", "2026-03-07T17:30:00+02:00"),
    ("source", "call_centre"),
    ("buyer.name", "Ї"),
    ("buyer.name", "я" * 200),
    ("buyer.name", "👨‍👩‍👧‍👦" * 28),
    ("buyer.name", "'); DROP TABLE orders;--"),
    ("buyer.name", "\u202eevil\u2066\u200b"),
    ("buyer.email", "a@b"),
    ("buyer.email", "a@" + "b" * 252),
    ("buyer.account_linked", False),
    ("lines.0.title", "т" * 300),
    ("lines.0.title", "<b>&lt;\n\t"),
    ("lines.0.quantity", 100_000),
    ("lines.0.quantity", 1.0),
    ("lines.0.price", "0"),
    ("lines.0.price", "1000000000.00"),
    ("lines.0.price", 640),
    ("lines.0.price", 640.5),
    ("lines.0.price", 1e3),
    ("lines.0.sku", ""),
    ("delivery.carrier", "justin"),
    ("delivery.cost", "70"),
    ("delivery.address", "м" * 500),
    ("payment.status", "held"),
    ("comment", "к" * 2000),
    ("pickup_rate", "low"),
    ("currency", "UAH"),
    ("shop_id", 2),
    ("__proto__", {"admin": True}),
    ("constructor", [[[1e300]]]),
]


@pytest.mark.case("A25", "A27")
@pytest.mark.parametrize(("path", "value"), GOOD)
def test_taken(path: str, value: object) -> None:
    read(order_with(path, value))


BAD: list[tuple[str, object]] = [
    ("number", ABSENT),
    ("number", None),
    ("number", ""),
    ("number", 812345678),
    ("number", "7" * 65),
    ("number", "8/1"),
    ("number", "81\n"),
    ("number", "№81"),
    ("created_at", "2026-03-06T17:30:00"),
    ("created_at", "2026-03-06"),
    ("created_at", "2019-12-31T23:59:59Z"),
    ("created_at", "1970-01-01T00:00:00Z"),
    ("created_at", "2026-03-07T15:31:01Z"),
    ("created_at", "2100-01-01T00:00:00Z"),
    ("created_at", "9999-12-31T23:59:59-14:00"),
    ("created_at", "0001-01-01T00:00:00+14:00"),
    ("created_at", "2026-02-30T00:00:00Z"),
    ("created_at", 1772811000),
    ("created_at", "yesterday"),
    ("created_at", ""),
    ("source", "phone"),
    ("source", 1),
    ("buyer", ABSENT),
    ("buyer", "Тарас"),
    ("buyer", []),
    ("buyer.name", ABSENT),
    ("buyer.name", ""),
    ("buyer.name", " \t\n"),
    ("buyer.name", "я" * 201),
    ("buyer.name", "я" * 5000),
    ("buyer.name", "Та\0рас"),
    ("buyer.name", "\ud83d"),
    ("buyer.name", 5),
    ("buyer.phone", ABSENT),
    ("buyer.phone", 380671234567),
    ("buyer.phone", "12"),
    ("buyer.phone", "++"),
    ("buyer.phone", ""),
    ("buyer.phone", "0" * 40),
    ("buyer.phone", "067\0001234567"),
    ("buyer.email", "nobody"),
    ("buyer.email", "a@b@c"),
    ("buyer.email", "a b@c"),
    ("buyer.email", "a@" + "b" * 253),
    ("buyer.account_linked", "yes"),
    ("buyer.account_linked", 0),
    ("lines", ABSENT),
    ("lines", []),
    ("lines", {}),
    ("lines.0", None),
    ("lines.0", "Чайник"),
    ("lines.0.title", ABSENT),
    ("lines.0.title", ""),
    ("lines.0.title", "т" * 301),
    ("lines.0.title", "\0"),
    ("lines.0.sku", "s" * 101),
    ("lines.0.sku", 7),
    ("lines.0.quantity", ABSENT),
    ("lines.0.quantity", 0),
    ("lines.0.quantity", -1),
    ("lines.0.quantity", 1.5),
    ("lines.0.quantity", "1"),
    ("lines.0.quantity", True),
    ("lines.0.quantity", 100_001),
    ("lines.0.quantity", 10**18),
    ("lines.0.quantity", 10**4000),
    ("lines.0.price", ABSENT),
    ("lines.0.price", "12,50"),
    ("lines.0.price", "-1"),
    ("lines.0.price", -1),
    ("lines.0.price", -0.01),
    ("lines.0.price", 0.001),
    ("lines.0.price", "0.001"),
    ("lines.0.price", "1.0000000000000000000000000000000000001"),
    ("lines.0.price", "640.000"),
    ("lines.0.price", " 640"),
    ("lines.0.price", "640 UAH"),
    ("lines.0.price", "٦٤٠"),
    ("lines.0.price", "1e3"),
    ("lines.0.price", "NaN"),
    ("lines.0.price", 10**15),
    ("lines.0.price", 1e300),
    ("lines.0.price", "1000000000.01"),
    ("lines.0.price", True),
    ("lines.0.price", ""),
    ("delivery", ABSENT),
    ("delivery.carrier", ABSENT),
    ("delivery.carrier", "dhl"),
    ("delivery.address", "м" * 501),
    ("delivery.address", ["Київ"]),
    ("delivery.recipient", "р" * 301),
    ("delivery.cost", "free"),
    ("payment", ABSENT),
    ("payment.method", "cash"),
    ("payment.method", ABSENT),
    ("payment.status", "payed"),
    ("payment.status", ABSENT),
    ("do_not_call", "true"),
    ("do_not_call", 1),
    ("comment", "к" * 2001),
    ("comment", "a\0b"),
    ("pickup_rate", "highest"),
    ("currency", "USD"),
]


@pytest.mark.case("A21", "A23", "A26")
@pytest.mark.parametrize(("path", "value"), BAD)
def test_refused_with_the_path_of_the_fault(path: str, value: object) -> None:
    assert paths(order_with(path, value)) == [path]


def test_a_hundred_lines_come_in_and_one_more_does_not() -> None:
    line = contract_order()["lines"][0]
    assert len(read(order_with("lines", [line] * 100)).lines) == 100
    assert paths(order_with("lines", [line] * 101)) == ["lines"]


def test_every_fault_is_named_at_once_and_none_echoes_what_was_sent() -> None:
    told = order_with("lines", [{"title": "secret-title\0", "quantity": 0, "price": "secret"}])
    told["buyer"]["phone"] = "secret"
    with pytest.raises(ValidationError) as refused:
        read(told)
    found = faults(refused.value)
    assert {fault["path"] for fault in found} == {
        "buyer.phone",
        "lines.0.title",
        "lines.0.quantity",
        "lines.0.price",
    }
    assert "secret" not in json.dumps(found)


def test_text_is_kept_to_the_letter() -> None:
    for text in ("  двічі  ", "\u202eкраб\u200b", "e\u0301", "a\r\n\n\n\nb", "=1+1", "%s {0}"):
        assert read(order_with("comment", text)).comment == text


@pytest.mark.case("A25")
def test_an_unknown_field_leaves_no_trace() -> None:
    assert read(order_with("hidden", "x" * 1000)) == read(contract_order())


def test_two_spellings_of_one_order_have_one_digest() -> None:
    plain = read(contract_order())
    spelled = order_with("created_at", "2026-03-06T15:30:00Z")
    spelled["buyer"]["phone"] = "067 123-45-67"
    spelled["lines"][0]["price"] = 640.0
    spelled["note_to_self"] = "ignored"
    del spelled["delivery"]["cost"]
    assert read(dict(reversed(spelled.items()))).digest() == plain.digest()
    assert len(plain.digest()) == 32


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("number", "812345679"),
        ("created_at", ABSENT),
        ("buyer.name", "Тарас Шевчук "),
        ("buyer.phone", "+380671234568"),
        ("lines.0.quantity", 2),
        ("lines.0.price", "640.01"),
        ("delivery.cost", "0"),
        ("do_not_call", False),
        ("comment", "!"),
        ("pickup_rate", None),
    ],
)
def test_another_order_has_another_digest(path: str, value: object) -> None:
    assert read(order_with(path, value)).digest() != read(contract_order()).digest()


def test_an_order_written_down_reads_back_as_itself() -> None:
    for phone in ("+380671234567", "067123456", "+48501234567"):
        order = read(order_with("buyer.phone", phone))
        assert NewOrder.read(json.loads(order.model_dump_json()), now=NOW) == order


def test_the_clock_that_bounds_a_moment_is_the_one_given() -> None:
    told = order_with("created_at", "2027-01-01T00:00:00Z")
    assert paths(told) == ["created_at"]
    later = datetime(2026, 12, 31, 0, 0, tzinfo=UTC)
    assert NewOrder.read(told, now=later).created_at == later + timedelta(days=1)


def test_words_are_the_workflows_and_the_parcels_own() -> None:
    assert set(get_args(OrderWord)) == set(Status)
    assert set(get_args(ParcelWord)) == set(ParcelStatus)


# ---------------------------------------------------------------- money
@given(st.integers(0, 10**11))
def test_money_survives_its_spelling(kopecks: int) -> None:
    assert read_money(write_money(kopecks)) == kopecks
    assert read_money(Decimal(kopecks) / 100) == kopecks


@given(st.decimals(allow_nan=True, allow_infinity=True))
def test_a_number_is_money_exactly_or_not_at_all(number: Decimal) -> None:
    try:
        kopecks = read_money(number)
    except PydanticCustomError:
        return
    assert Decimal(kopecks) == number * 100
    assert 0 <= kopecks <= 10**11


def test_no_digit_is_too_far_to_the_right_to_matter() -> None:
    with pytest.raises(PydanticCustomError):
        read_money(Decimal("1." + "0" * 60 + "1"))


@given(st.text(max_size=20) | st.from_regex(r"[0-9.,+\-eE ]{1,14}", fullmatch=True))
def test_a_string_is_money_exactly_or_not_at_all(text: str) -> None:
    try:
        kopecks = read_money(text)
    except PydanticCustomError:
        return
    assert Decimal(text) * 100 == kopecks


@given(st.floats())
def test_a_json_number_is_never_rounded(number: float) -> None:
    try:
        told = strict_json(json.dumps({"price": number}).encode())
    except NotJson:
        return
    assert isinstance(told, dict)
    try:
        kopecks = read_money(told["price"])
    except PydanticCustomError:
        return
    assert write_money(kopecks) == f"{Decimal(repr(number)):.2f}".lstrip("-")


# ---------------------------------------------------------------- phones
SPELLINGS = [
    "+380671234567",
    "380671234567",
    "0671234567",
    "067 123 45 67",
    "(067) 123-45-67",
    "671234567",
    "+38 (067) 123-45-67",
    "(+38) 067 123-45-67",
    "38 067 1234567",
    "00380671234567",
    "тел. 067 123 45 67",
    "тел: 067.123.45.67",
    "80671234567",
    "8 067 123-45-67",
    "8-067-123-45-67",
    "+8 067 123 45 67",
    " 067\u00a0123\u00a045\u00a067 ",
    "067\u2011123\u201345\u201467",
    "\u202a+380671234567\u202c",
]


@pytest.mark.case("A24")
@pytest.mark.parametrize("text", SPELLINGS)
def test_a_phone_in_any_spelling_is_one_phone(text: str) -> None:
    phone = read_phone(text)
    assert (phone.text, phone.valid) == ("+380671234567", True)


@pytest.mark.parametrize(
    ("text", "e164"),
    [
        ("044 279 00 00", "+380442790000"),
        ("+48 501 234 567", "+48501234567"),
        ("0800 500 000", "+380800500000"),
    ],
)
def test_other_valid_phones(text: str, e164: str) -> None:
    assert read_phone(text).text == e164


@pytest.mark.parametrize(
    ("text", "kept"),
    [("067123456", "067123456"), ("06712345678", "06712345678"), ("029 123 45 67", "0291234567")],
)
def test_a_possible_phone_that_is_not_valid_comes_in_marked(text: str, kept: str) -> None:
    buyer = read(order_with("buyer.phone", text)).buyer
    assert (buyer.phone, buyer.phone_valid) == (kept, False)


@pytest.mark.case("A24")
@pytest.mark.parametrize(
    "text",
    [
        "",
        "+",
        "12",
        "++",
        "+380 67 123 45 67 +",
        "З80671234567",
        "O671234567",
        "+38O671234567",
        "067-FLOWERS",
        "Тарас",
        "０６７１２３４５６７",
        "٠٦٧١٢٣٤٥٦٧",
        "0671234567, 0501112233",
        "0671234567 / 0501112233",
        "067 123 45 67 або 050 111 22 33",
        "0671234567;0501112233",
        "+380671234567 ext 5",
        "20450000000001",
        "1234567890123456789012345678901234567890",
        "0671234567\0",
        "+1",
        "<script>0671234567",
    ],
)
def test_what_is_not_one_phone_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="phone"):
        read_phone(text)


MOBILE = st.sampled_from(["39", "50", "63", "66", "67", "68", "73", "91", "93", "95", "96", "97", "98", "99"])
GAP = st.text(" -()./\u00a0\u2013", max_size=2)


@given(
    MOBILE,
    st.integers(0, 9_999_999),
    st.sampled_from(["+380", "380", "0", "80", "00380"]),
    st.lists(GAP, min_size=3, max_size=3),
)
def test_separators_never_change_a_phone(code: str, rest: int, prefix: str, gaps: list[str]) -> None:
    digits = f"{rest:07d}"
    spelled = prefix + gaps[0] + code + gaps[1] + digits[:3] + gaps[2] + digits[3:]
    phone = read_phone(spelled)
    assert phone.text == f"+380{code}{digits}"
    assert read_phone(phone.text) == phone


@given(st.text(max_size=50) | st.from_regex(r"[+(]?[0-9 ().-]{1,20}", fullmatch=True))
def test_any_text_is_one_phone_or_none(text: str) -> None:
    try:
        phone = read_phone(text)
    except ValueError:
        return
    assert phone.text.lstrip("+").isdigit()
    assert phone.text.startswith("+") or not phone.valid
    assert read_phone(phone.text) == phone


# ---------------------------------------------------------------- events
def test_events_come_in() -> None:
    assert read_event({"type": "status_changed", "status": "in_work"}) == StatusChanged(status="in_work")
    assert read_event({"type": "buyer_cancelled", "why": "ignored"}) == BuyerCancelled()
    assert read_event({"type": "payment_changed", "status": "paid"}) == PaymentChanged(
        status=PaymentStatus.PAID
    )
    moved = read_event({"type": "parcel", "ttn": "20450000000001", "status": "arrived"})
    assert moved == ParcelMoved(ttn="20450000000001", status="arrived")


@pytest.mark.parametrize(
    ("told", "path"),
    [
        ({}, "type"),
        ({"type": "exploded"}, "type"),
        ({"type": 1}, "type"),
        ({"type": ["parcel"]}, "type"),
        ({"type": "status_changed"}, "status"),
        ({"type": "status_changed", "status": "lost"}, "status"),
        ({"type": "status_changed", "status": 3}, "status"),
        ({"type": "payment_changed", "status": "in_work"}, "status"),
        ({"type": "parcel", "status": "arrived"}, "ttn"),
        ({"type": "parcel", "ttn": 20450000000001, "status": "arrived"}, "ttn"),
        ({"type": "parcel", "ttn": "20450000000001", "status": "delivered"}, "status"),
    ],
)
def test_an_event_is_refused_with_the_path_of_the_fault(told: object, path: str) -> None:
    with pytest.raises(ValidationError) as refused:
        read_event(told)
    assert [fault["path"] for fault in faults(refused.value, root="type", skip=1)] == [path]


@pytest.mark.parametrize(
    ("text", "ttn"),
    [
        ("20450000000001", "20450000000001"),
        ("20 4500 0000 0001", "20450000000001"),
        ("2045-0000-0000-01", "20450000000001"),
        ("\u200b2045\u00a00000\u20110000\u00a001\n", "20450000000001"),
        ("0500012345678", "0500012345678"),
        ("shpl 6145344878", "SHPL6145344878"),
        ("RB123456785UA", "RB123456785UA"),
        ("ab-12-cd", "AB-12-CD"),
    ],
)
def test_a_waybill_number_in_any_spelling(text: str, ttn: str) -> None:
    assert read_ttn(text) == ttn
    assert read_ttn(ttn) == ttn


@pytest.mark.parametrize(
    "text", ["", " ", "1", "АВ123456", "2" * 41, "-12345-", "12345;67890", "ТТН немає", "１２３４５"]
)
def test_what_is_no_waybill_number(text: str) -> None:
    with pytest.raises(ValueError, match="waybill"):
        read_ttn(text)


def test_the_cause_of_an_event_tells_events_and_orders_apart() -> None:
    arrived = ParcelMoved(ttn="20450000000001", status="arrived")
    again = read_event({"status": "arrived", "ttn": "2045 0000 0000 01", "type": "parcel"})
    assert cause_of(1, "8", arrived) == cause_of(1, "8", again)
    long = "9" * 63
    causes = {
        cause_of(1, "8", arrived),
        cause_of(2, "8", arrived),
        cause_of(1, long + "1", arrived),
        cause_of(1, long + "2", arrived),
        cause_of(1, "8", BuyerCancelled()),
        cause_of(1, "8", ParcelMoved(ttn="20450000000001", status="in_transit")),
    }
    assert len(causes) == 6
    assert max(map(len, causes)) <= 64
    assert cause_of(1, "8", arrived).startswith("api:1:8:")


# ---------------------------------------------------------------- JSON to the letter
@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b" ",
        b"{",
        b"{'a': 1}",
        b'{"a": 1,}',
        b'{"a": 1} {}',
        b'{"a": NaN}',
        b'{"a": Infinity}',
        b'{"a": -Infinity}',
        b'{"a": 1, "a": 1}',
        b'{"b": {"a": 1, "\\u0061": 2}}',
        b'{"a": null, "a": 1}',
        b'{"a": "\x00"}',
        b'{"a": "\n"}',
        b'{"a": 01}',
        b'{"a": +1}',
        b'{"a": .5}',
        b'{"a": "\xff"}',
        b'{"a": "\xed\xa0\x80"}',
        b"\xef\xbb\xbf{}",
        '{"a": 1}'.encode("utf-16"),
        b"[" * 33 + b"]" * 33,
        b'{"a":' * 33 + b"1" + b"}" * 33,
        b"[" * 100_000,
        b"[" * 100_000 + b"]" * 100_000,
        b'{"a":' * 20_000 + b"1" + b"}" * 20_000,
    ],
)
def test_what_is_not_json_to_the_letter(raw: bytes) -> None:
    with pytest.raises(NotJson):
        strict_json(raw)


@pytest.mark.parametrize(
    "raw",
    [
        b"[" * 32 + b"]" * 32,
        b'{"a":' * 32 + b"1" + b"}" * 32,
        b"[" + b",".join([b'{"a": [1, "[[[[{{{"]}'] * 500) + b"]",
        b"1" * 10_000,
        b"1." + b"1" * 10_000,
        b"1e" + b"9" * 50,
        b"-0.0",
        b'"\\ud800"',
    ],
)
def test_what_is_odd_but_json(raw: bytes) -> None:
    strict_json(raw)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers(-(10**18), 10**18) | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
        max_leaves=20,
    )
)
def test_json_reads_as_what_it_says_less_its_nulls(value: object) -> None:
    def less(thing: object) -> object:
        if isinstance(thing, dict):
            return {key: less(inner) for key, inner in thing.items() if inner is not None}
        return [less(inner) for inner in thing] if isinstance(thing, list) else thing

    assert strict_json(json.dumps(value).encode()) == less(value)
