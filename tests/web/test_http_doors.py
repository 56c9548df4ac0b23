"""The doors over real HTTP: what each answers to friend, stranger and vandal."""

import asyncio
import gzip
import json
import subprocess
import sys
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import ClientSession, web
from structlog.testing import capture_logs

from handlers.web import server
from models.errors import Busy
from tests.web.stand_in import KEY, OTHER_KEY, House, open_house
from tests.web.test_intake_form import contract_order, order_with

ORDERS = "/api/v1/orders"
EVENTS = "/api/v1/orders/812345678/events"
BEARER = {"Authorization": f"Bearer {KEY}"}
JSON = BEARER | {"Content-Type": "application/json"}


class Said:
    """An answer, read to its end."""

    def __init__(self, status: int, headers: Any, body: bytes) -> None:
        self.status = status
        self.headers = headers
        self.body = body

    def json(self) -> Any:
        return json.loads(self.body)

    def problem(self) -> dict[str, Any]:
        """Its body, if it is a problem as RFC 9457 has it."""
        assert self.headers["Content-Type"].startswith("application/problem+json"), self.body
        told: dict[str, Any] = self.json()
        assert told["type"] == "about:blank"
        assert told["status"] == self.status
        assert told["title"]
        return told


class Caller:
    """A shop's site."""

    def __init__(self, house: House, session: ClientSession) -> None:
        self.house = house
        self.session = session

    async def asks(self, method: str, path: str, **more: Any) -> Said:
        async with self.session.request(method, self.house.url + path, **more) as response:
            return Said(response.status, response.headers, await response.read())

    async def sends(self, told: object, path: str = ORDERS, **headers: str) -> Said:
        more = {name.replace("_", "-"): value for name, value in headers.items()}
        return await self.asks("POST", path, data=json.dumps(told), headers=JSON | more)


@pytest.fixture
async def house() -> AsyncIterator[House]:
    async with open_house() as opened:
        yield opened


@pytest.fixture
async def site(house: House) -> AsyncIterator[Caller]:
    async with ClientSession() as session:
        yield Caller(house, session)


async def spoken(house: House, *parts: bytes, pause: float = 0.0) -> Said:
    """Bytes on a bare socket, and what came back. The connection is closed by us or by the server."""
    reader, writer = await asyncio.open_connection("127.0.0.1", house.port)
    try:
        for part in parts:
            writer.write(part)
            await writer.drain()
            await asyncio.sleep(pause)
        head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 60)
        first, *lines = head.decode().strip().split("\r\n")
        headers = dict(line.split(": ", 1) for line in lines)
        body = await reader.readexactly(int(headers.get("Content-Length", "0")))
        return Said(int(first.split()[1]), headers, body)
    finally:
        writer.close()


def head(*lines: str, path: str = ORDERS, method: str = "POST") -> bytes:
    said = [f"{method} {path} HTTP/1.1", "Host: shop", f"Authorization: Bearer {KEY}", *lines]
    return ("\r\n".join(said) + "\r\n\r\n").encode()


# ---------------------------------------------------------------- orders in
async def test_an_order_is_taken(site: Caller) -> None:
    said = await site.sends(contract_order())
    assert said.status == 202
    assert said.headers["Content-Type"].startswith("application/json")
    assert "Idempotent-Replay" not in said.headers
    assert said.json() == {
        "order_id": "o0",
        "number": "812345678",
        "status": "new",
        "buyer": {"start": "b0", "telegram": "https://t.me/bot?start=b0", "viber": None},
    }
    kept = site.house.shelf.orders[1, "812345678"].order
    assert (kept.buyer.name, kept.lines[0].title, kept.lines[0].price) == ("Тарас Шевчук", "Чайник", 64000)


@pytest.mark.parametrize("headers", [{}, {"Idempotency_Key": "k-1"}])
async def test_the_same_order_again_is_a_replay(site: Caller, headers: dict[str, str]) -> None:
    first = await site.sends(contract_order(), **headers)
    again = await site.sends(order_with("buyer.phone", "067 123 45 67"), **headers)
    assert (again.status, again.body) == (202, first.body)
    assert again.headers["Idempotent-Replay"] == "true"
    assert len(site.house.shelf.orders) == 1


async def test_the_same_key_with_another_order_is_refused(site: Caller) -> None:
    await site.sends(contract_order(), Idempotency_Key="k-1")
    said = await site.sends(order_with("comment", "інше"), Idempotency_Key="k-1")
    assert said.status == 409
    assert said.problem()["reason"] == "key_reused"


async def test_the_answer_waits_until_the_order_is_stored(site: Caller) -> None:
    site.house.shelf.pause = asyncio.Event()
    sending = asyncio.get_running_loop().create_task(site.sends(contract_order()))
    await asyncio.sleep(0.1)
    assert not sending.done()
    site.house.shelf.pause.set()
    assert (await sending).status == 202


@pytest.mark.parametrize("key", ["", "two words", "ключ", "k" * 256, "tab\there"])
async def test_an_odd_idempotency_key_is_refused(site: Caller, key: str) -> None:
    said = await site.sends(contract_order(), Idempotency_Key=key)
    assert said.status == 422
    assert [fault["path"] for fault in said.problem()["errors"]] == ["Idempotency-Key"]


async def test_two_idempotency_keys_are_refused(site: Caller) -> None:
    headers = [*JSON.items(), ("Idempotency-Key", "a"), ("Idempotency-Key", "b")]
    said = await site.asks("POST", ORDERS, data=json.dumps(contract_order()), headers=headers)
    assert said.status == 422


async def test_a_long_idempotency_key_is_a_key(site: Caller) -> None:
    assert (await site.sends(contract_order(), Idempotency_Key="!" * 255)).status == 202


async def test_faults_bear_dotted_paths(site: Caller) -> None:
    told = order_with("lines.0.quantity", 0)
    told["payment"] = {"method": "secret-method"}
    said = await site.sends(told)
    assert said.status == 422
    assert {fault["path"] for fault in said.problem()["errors"]} == {
        "lines.0.quantity",
        "payment.method",
        "payment.status",
    }
    assert all(fault["message"] for fault in said.problem()["errors"])
    assert b"secret" not in said.body
    assert not site.house.shelf.orders


@pytest.mark.case("A19")
@pytest.mark.parametrize("raw", [b"[]", b"null", b"5", b'""', b"true"])
async def test_json_that_is_no_object_is_refused_as_such(site: Caller, raw: bytes) -> None:
    for path in (ORDERS, EVENTS):
        said = await site.asks("POST", path, data=raw, headers=JSON)
        assert said.status == 422
        assert said.problem()["errors"]


@pytest.mark.case("A19")
@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"{",
        b'{"a": 1, "a": 2}',
        b'{"a": NaN}',
        b'{"a": "\xff"}',
        b"[" * 40 + b"]" * 40,
        b'{"a":' * 5000 + b"1" + b"}" * 5000,
        b"a=1&b=2",
    ],
)
async def test_what_is_not_json_is_told_so(site: Caller, raw: bytes) -> None:
    for path in (ORDERS, EVENTS):
        said = await site.asks("POST", path, data=raw, headers=JSON)
        assert said.status == 400
        assert said.problem()["detail"]


@pytest.mark.case("A15")
@pytest.mark.parametrize(
    "kind",
    [
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/jsonx",
        "application/json; charset=windows-1251",
        "application/json, text/plain",
        "",
    ],
)
async def test_only_json_is_taken(site: Caller, kind: str) -> None:
    said = await site.sends(contract_order(), Content_Type=kind)
    assert said.status == 415
    said.problem()


@pytest.mark.case("A15")
async def test_no_content_type_at_all_is_refused(house: House) -> None:
    assert (await spoken(house, head("Content-Length: 2") + b"{}")).status == 415


@pytest.mark.parametrize(
    "kind",
    [
        "application/json; charset=utf-8",
        "Application/JSON;charset=UTF-8",
        'application/json; charset="utf-8"',
    ],
)
async def test_json_in_utf8_may_say_so(site: Caller, kind: str) -> None:
    assert (await site.sends(contract_order(), Content_Type=kind)).status == 202


async def test_a_compressed_body_is_not_unpacked(site: Caller) -> None:
    packed = gzip.compress(json.dumps(contract_order()).encode())
    said = await site.asks("POST", ORDERS, data=packed, headers=JSON | {"Content-Encoding": "gzip"})
    assert said.status == 415


@pytest.mark.case("A27")
async def test_hostile_text_is_data(site: Caller) -> None:
    nasty = "'); DROP TABLE orders;--\u202e<script>\u2066 \n"
    assert (await site.sends(order_with("buyer.name", nasty))).status == 202
    assert site.house.shelf.orders[1, "812345678"].order.buyer.name == nasty


# ---------------------------------------------------------------- who asks
@pytest.mark.parametrize(
    "authorization",
    [
        None,
        "",
        "Bearer",
        "Bearer ",
        "Bearer unknown-key",
        f"Basic {KEY}",
        KEY,
        f"Bearer {KEY} {KEY}",
        f"Bearer {KEY}\u00e9",
        "Bearer " + "k" * 5000,
    ],
)
async def test_without_a_key_nothing_opens(site: Caller, authorization: str | None) -> None:
    headers = {"Content-Type": "application/json"}
    if authorization is not None:
        headers["Authorization"] = authorization
    for method, path in (("POST", ORDERS), ("GET", f"{ORDERS}/1"), ("POST", EVENTS)):
        said = await site.asks(method, path, data=json.dumps(contract_order()), headers=headers)
        assert said.status == 401
        assert said.headers["WWW-Authenticate"] == "Bearer"
        assert KEY.encode() not in said.body
        said.problem()
    assert not site.house.shelf.orders


async def test_two_keys_at_once_open_nothing(site: Caller) -> None:
    headers = [("Authorization", f"Bearer {KEY}"), ("Authorization", f"Bearer {OTHER_KEY}")]
    assert (await site.asks("GET", f"{ORDERS}/1", headers=headers)).status == 401


async def test_the_scheme_is_bearer_in_any_case(site: Caller) -> None:
    said = await site.sends(contract_order(), Authorization=f"bEARER  {KEY}")
    assert said.status == 202


async def test_a_revoked_key_opens_nothing_from_then_on(site: Caller) -> None:
    assert (await site.sends(contract_order())).status == 202
    del site.house.keyring.shops[KEY]
    assert (await site.sends(contract_order())).status == 401


async def test_a_shop_sees_its_own_orders_alone(site: Caller) -> None:
    await site.sends(contract_order())
    other = {"Authorization": f"Bearer {OTHER_KEY}"}
    absent = await site.asks("GET", f"{ORDERS}/812345678", headers=other)
    nowhere = await site.asks("GET", f"{ORDERS}/812345678", headers=BEARER)
    assert (absent.status, nowhere.status) == (404, 200)
    never = await site.asks("GET", f"{ORDERS}/1", headers=other)
    assert absent.body == never.body
    said = await site.sends({"type": "buyer_cancelled"}, EVENTS, Authorization=f"Bearer {OTHER_KEY}")
    assert (said.status, said.body) == (404, never.body)
    assert (await site.sends(contract_order() | {"shop_id": 2})).headers["Idempotent-Replay"] == "true"


# ---------------------------------------------------------------- an order's state, and events
async def test_an_order_tells_its_state(site: Caller) -> None:
    await site.sends(contract_order())
    said = await site.asks("GET", f"{ORDERS}/812345678", headers=BEARER)
    assert said.status == 200
    assert said.json()["status"] == "new"
    assert said.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("number", ["1", "%D0%AF", "8%2F1", "8%001", "a" * 65, "a%20b"])
async def test_an_absent_number_is_absent_whatever_it_is(site: Caller, number: str) -> None:
    said = await site.asks("GET", f"{ORDERS}/{number}", headers=BEARER)
    assert said.status == 404
    said.problem()


async def test_events_move_the_order(site: Caller) -> None:
    await site.sends(contract_order())
    said = await site.sends({"type": "status_changed", "status": "in_work"}, EVENTS)
    assert (said.status, said.json()["status"]) == (202, "in_work")
    moved = {"type": "parcel", "ttn": "20 4500 0000 0001", "status": "arrived"}
    said = await site.sends(moved, EVENTS)
    assert said.json()["parcels"] == [
        {"ttn": "20450000000001", "carrier": "nova_poshta", "status": "arrived"}
    ]
    entries = len(said.json()["history"])
    said = await site.sends(moved | {"ttn": "20450000000001"}, EVENTS)
    assert (said.status, len(said.json()["history"])) == (202, entries)


async def test_an_event_that_cannot_be_is_refused_with_the_reason(site: Caller) -> None:
    await site.sends(contract_order())
    await site.sends({"type": "status_changed", "status": "received"}, EVENTS)
    said = await site.sends({"type": "buyer_cancelled"}, EVENTS)
    assert said.status == 409
    assert (said.problem()["reason"], said.problem()["facts"]) == ("final", {"status": "received"})


async def test_an_unknown_event_is_refused_at_its_type(site: Caller) -> None:
    said = await site.sends({"type": "secret-type"}, EVENTS)
    assert said.status == 422
    assert [fault["path"] for fault in said.problem()["errors"]] == ["type"]
    assert b"secret" not in said.body


async def test_an_event_of_an_absent_order_is_lost_on_us(site: Caller) -> None:
    assert (await site.sends({"type": "buyer_cancelled"}, EVENTS)).status == 404


# ---------------------------------------------------------------- size and time
KIB = 1024


async def test_a_body_of_the_very_size_is_read(site: Caller) -> None:
    told = json.dumps(contract_order()).encode()
    padded = told + b" " * (256 * KIB - len(told))
    assert (await site.asks("POST", ORDERS, data=padded, headers=JSON)).status == 202
    said = await site.asks("POST", ORDERS, data=padded + b" ", headers=JSON)
    assert said.status == 413
    said.problem()


async def test_a_body_too_large_in_chunks_is_refused(house: House) -> None:
    chunk = b"10000\r\n" + b" " * 0x10000 + b"\r\n"
    start = head("Content-Type: application/json", "Transfer-Encoding: chunked")
    said = await spoken(house, start, *[chunk] * 4, b"1\r\n \r\n")
    assert said.status == 413
    said.problem()


async def test_a_body_in_chunks_within_the_size_is_read(house: House) -> None:
    told = json.dumps(contract_order()).encode()
    chunks = b"".join(f"{len(part):x}\r\n".encode() + part + b"\r\n" for part in (told[:100], told[100:]))
    start = head("Content-Type: application/json", "Transfer-Encoding: chunked")
    assert (await spoken(house, start, chunks, b"0\r\n\r\n")).status == 202


async def test_a_huge_announced_body_is_refused_before_it_comes(house: House) -> None:
    said = await spoken(house, head("Content-Type: application/json", f"Content-Length: {10**12}"))
    assert said.status == 413
    assert said.headers["Connection"] == "close"


async def test_a_slow_body_is_given_up_on() -> None:
    async with open_house(server.Limits(body_seconds=0.2)) as house:
        start = head("Content-Type: application/json", "Content-Length: 100")
        said = await spoken(house, start, b"{", b'"', pause=0.05)
        assert said.status == 408
        assert said.headers["Connection"] == "close"
        said.problem()
        start = head("Content-Type: application/json", "Transfer-Encoding: chunked")
        assert (await spoken(house, start, b"1\r\n{\r\n", pause=0.05)).status == 408


async def test_a_body_cut_short_leaves_no_order_and_no_noise(house: House) -> None:
    with capture_logs() as logs:
        _, writer = await asyncio.open_connection("127.0.0.1", house.port)
        writer.write(head("Content-Type: application/json", "Content-Length: 100") + b"{")
        await writer.drain()
        await asyncio.sleep(0.05)
        writer.close()
        await asyncio.sleep(0.1)
    assert not house.shelf.orders
    assert logs == []


@pytest.mark.case("A6")
async def test_a_caller_who_hangs_up_after_sending_has_sent(house: House) -> None:
    house.shelf.pause = asyncio.Event()
    _, writer = await asyncio.open_connection("127.0.0.1", house.port)
    told = json.dumps(contract_order()).encode()
    writer.write(head("Content-Type: application/json", f"Content-Length: {len(told)}") + told)
    await writer.drain()
    await asyncio.sleep(0.05)
    writer.close()
    house.shelf.pause.set()
    await asyncio.sleep(0.1)
    assert (1, "812345678") in house.shelf.orders


# ---------------------------------------------------------------- too much
@pytest.mark.case("L4")
async def test_a_shop_over_its_pace_waits_and_others_do_not() -> None:
    async with open_house(server.Limits(per_second=1, burst=3)) as house, ClientSession() as session:
        site = Caller(house, session)
        statuses = [(await site.asks("GET", f"{ORDERS}/1", headers=BEARER)).status for _ in range(4)]
        assert statuses == [404, 404, 404, 429]
        said = await site.sends(contract_order())
        assert said.status == 429
        assert said.headers["Retry-After"] == "1"
        said.problem()
        other = {"Authorization": f"Bearer {OTHER_KEY}"}
        assert (await site.asks("GET", f"{ORDERS}/1", headers=other)).status == 404
        await asyncio.sleep(1.05)
        assert (await site.sends(contract_order())).status == 202


async def test_more_at_once_than_we_bear_are_sent_away() -> None:
    async with open_house(server.Limits(at_once=2)) as house, ClientSession() as session:
        site = Caller(house, session)
        house.shelf.pause = asyncio.Event()
        loop = asyncio.get_running_loop()
        waiting = [loop.create_task(site.sends(order_with("number", f"n{i}"))) for i in range(2)]
        await asyncio.sleep(0.1)
        said = await site.sends(contract_order())
        assert said.status == 503
        assert int(said.headers["Retry-After"]) >= 1
        assert (await site.asks("GET", "/healthz")).status == 200
        house.shelf.pause.set()
        assert [(await one).status for one in waiting] == [202, 202]
        assert (await site.sends(contract_order())).status == 202


async def test_a_busy_database_asks_to_come_again(site: Caller) -> None:
    site.house.shelf.trouble = Busy(7)
    for said in (
        await site.sends(contract_order()),
        await site.asks("GET", f"{ORDERS}/1", headers=BEARER),
        await site.sends({"type": "buyer_cancelled"}, EVENTS),
    ):
        assert (said.status, said.headers["Retry-After"]) == (503, "7")
        said.problem()


async def test_going_down_takes_nothing_new(site: Caller) -> None:
    site.house.closing.append(True)
    said = await site.sends(contract_order())
    assert said.status == 503
    assert int(said.headers["Retry-After"]) >= 1
    assert not site.house.shelf.orders
    assert (await site.asks("GET", "/healthz")).status == 200


# ---------------------------------------------------------------- the house itself
@pytest.mark.case("A30")
@pytest.mark.parametrize("method", ["GET", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "HEAD"])
async def test_other_methods_are_not_allowed(site: Caller, method: str) -> None:
    headers = BEARER | {"Origin": "https://evil.example", "Access-Control-Request-Method": "POST"}
    said = await site.asks(method, ORDERS, headers=headers)
    assert (said.status, said.headers["Allow"]) == (405, "POST")
    assert not [name for name in said.headers if name.lower().startswith("access-control")]
    if method != "HEAD":
        said.problem()


@pytest.mark.parametrize("path", ["/", "/api/v1/orders/", "/api/v2/orders", "/api/v1", "/%00", "/.env", "//"])
async def test_what_is_not_there_is_absent(site: Caller, path: str) -> None:
    said = await site.asks("GET", path)
    assert said.status == 404
    said.problem()


async def test_a_fault_of_ours_says_nothing_and_its_log_names_nobody(site: Caller) -> None:
    site.house.shelf.trouble = RuntimeError("Тарас Шевчук +380671234567")
    with capture_logs() as logs:
        said = await site.sends(contract_order())
    assert said.status == 500
    assert set(said.problem()) == {"type", "title", "status"}
    assert [(entry["event"], entry["error"]) for entry in logs] == [("request failed", "RuntimeError")]
    assert "stand_in.py" in str(logs)
    written = json.dumps(logs, ensure_ascii=False)
    assert "Шевчук" not in written
    assert "38067" not in written


@pytest.mark.parametrize(
    "raw",
    [
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer secr\x00et\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"POST /api/v1/orders HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n",
        b"POST /api/v1/orders HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nX: " + b"x" * 20_000 + b"\r\n\r\n",
    ],
)
async def test_what_is_not_even_http_hears_a_problem_too(house: House, raw: bytes) -> None:
    with capture_logs() as logs:
        said = await spoken(house, raw)
    assert said.status == 400
    assert said.headers["Server"] == "orderbell"
    said.problem()
    assert b"secr" not in said.body
    assert "secr" not in str(logs)


async def test_a_malformed_chunk_holds_nobody_up() -> None:
    """Where the head came first, aiohttp does not tell the body's reader: the time limit does (408)."""
    async with open_house(server.Limits(body_seconds=0.2)) as house:
        start = head("Content-Type: application/json", "Transfer-Encoding: chunked")
        assert (await spoken(house, start + b"zz\r\n{}\r\n")).status == 400
        assert (await spoken(house, start, b"zz\r\n{}\r\n", pause=0.05)).status == 408


async def test_every_answer_is_dressed_safely(site: Caller) -> None:
    answers = [
        await site.sends(contract_order()),
        await site.asks("GET", "/nowhere"),
        await site.asks("PUT", ORDERS),
        await site.asks("GET", "/healthz"),
        await site.asks("GET", "/api/v1/openapi.json"),
        await site.asks("POST", ORDERS, headers={"Expect": "a miracle"}),
    ]
    assert [said.status for said in answers] == [202, 404, 405, 200, 200, 417]
    for said in answers:
        assert said.headers["Server"] == "orderbell"
        assert said.headers["X-Content-Type-Options"] == "nosniff"
        assert said.headers["Referrer-Policy"] == "no-referrer"
        assert "default-src 'none'" in said.headers["Content-Security-Policy"]
        assert said.headers["Cache-Control"] == "no-store"


async def test_health_readiness_and_figures(site: Caller) -> None:
    assert (await site.asks("GET", "/healthz")).status == 200
    assert (await site.asks("GET", "/readyz")).status == 200
    site.house.not_ready.append("database")
    said = await site.asks("GET", "/readyz")
    assert (said.status, said.problem()["reason"]) == (503, "database")
    site.house.not_ready[:] = ["broken"]
    said = await site.asks("GET", "/readyz")
    assert (said.status, said.problem()["reason"]) == (503, "check_failed")
    assert (await site.asks("GET", "/healthz")).status == 200

    await site.sends(contract_order())
    await site.asks("GET", f"/{KEY}")
    said = await site.asks("GET", "/metrics")
    assert said.headers["Content-Type"].startswith("text/plain")
    written = said.body.decode()
    assert 'orderbell_http_requests_total{route="/api/v1/orders",status="202"} 1.0' in written
    assert 'orderbell_http_requests_total{route="unmatched",status="404"} 1.0' in written
    assert KEY not in written
    assert "812345678" not in written


async def test_doors_of_others_stand_beside_ours_and_may_dress_otherwise() -> None:
    async def page(_: web.Request) -> web.Response:
        return web.Response(text="page", headers={"Content-Security-Policy": "default-src 'self'"})

    async def refuses(_: web.Request) -> web.Response:
        raise web.HTTPForbidden

    async def breaks(_: web.Request) -> web.Response:
        raise KeyError("secret")

    doors = (web.get("/b/{payload}", page), web.post("/webhooks/x", refuses), web.post("/webhooks/y", breaks))
    async with open_house(routes=doors) as house, ClientSession() as session:
        site = Caller(house, session)
        said = await site.asks("GET", "/b/payload")
        assert (said.status, said.body) == (200, b"page")
        assert said.headers["Content-Security-Policy"] == "default-src 'self'"
        assert (await site.asks("POST", "/webhooks/x")).problem()["status"] == 403
        with capture_logs():
            assert (await site.asks("POST", "/webhooks/y")).problem()["status"] == 500


@pytest.mark.case("A32")
async def test_a_thousand_orders_at_once_all_come_in(site: Caller) -> None:
    told = [order_with("number", f"n{i}") for i in range(1000)]
    said = await asyncio.gather(*(site.sends(one) for one in told))
    statuses = {one.status for one in said}
    assert statuses <= {202, 503}
    assert sum(one.status == 202 for one in said) == len(site.house.shelf.orders)


def test_the_doors_load_without_aiogram_and_sqlalchemy() -> None:
    look = (
        "import sys, handlers.web.server, handlers.web.listen; "
        "print([name for name in ('aiogram', 'sqlalchemy', 'bot.orders') if name in sys.modules])"
    )
    seen = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, check=True)
    assert seen.stdout.strip() == "[]"
