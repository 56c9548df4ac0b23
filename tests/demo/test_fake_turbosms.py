"""The fake TurboSMS speaks the real one's wire (facts C.1): HTTP 200 whatever happens, codes for the rest."""

from collections.abc import AsyncIterator, Callable
from typing import Any

import aiohttp
import pytest

from bot.demo.turbosms import TOKEN, FakeTurboSms

OLENA, TARAS = "380671234567", "380501234567"
SMS = {"sender": "Samovar", "text": "Замовлення №17"}


@pytest.fixture
async def fake() -> AsyncIterator[FakeTurboSms]:
    async with FakeTurboSms() as turbosms:
        yield turbosms


async def ask(fake: FakeTurboSms, method: str, body: Any, token: str = TOKEN) -> dict[str, Any]:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    async with (
        aiohttp.ClientSession() as http,
        http.post(f"{fake.url}/{method}.json", json=body, headers=headers) as answer,
    ):
        assert answer.status == 200
        told: dict[str, Any] = await answer.json()
        assert set(told) == {"response_code", "response_status", "response_result"}
        return told


async def test_each_number_has_its_own_code(fake: FakeTurboSms) -> None:
    fake.refusals[TARAS] = 404
    told = await ask(fake, "message/send", {"recipients": [OLENA, TARAS, "48501234567"], "sms": SMS})
    assert told["response_code"] == 802
    assert [row["response_code"] for row in told["response_result"]] == [0, 404, 406]
    assert [row["message_id"] is None for row in told["response_result"]] == [False, True, True]
    assert [message.shown for message in await fake.arrived(OLENA)] == ["Замовлення №17"]


async def test_a_sequence_is_carried_out_once(fake: FakeTurboSms) -> None:
    body = {"recipients": [OLENA], "sms": SMS, "sequence_id": "ob-1"}
    first = await ask(fake, "message/send", body)
    assert await ask(fake, "message/send", body) == first
    assert len(fake.phone(OLENA)) == 1
    await ask(fake, "message/send", body | {"sequence_id": "ob-2"})
    assert len(fake.phone(OLENA)) == 2


async def test_a_refused_sequence_may_come_again(fake: FakeTurboSms) -> None:
    body = {"recipients": [OLENA], "sms": SMS, "sequence_id": "ob-1"}
    fake.account = 203
    assert (await ask(fake, "message/send", body))["response_code"] == 203
    fake.account = None
    assert (await ask(fake, "message/send", body))["response_code"] == 800


async def test_a_status_moves_when_a_test_moves_it(fake: FakeTurboSms) -> None:
    both = {"recipients": [OLENA], "sms": SMS, "viber": SMS | {"ttl": 900, "is_transactional": 1}}
    sent = (await ask(fake, "message/send", both))["response_result"][0]["message_id"]
    (message,) = fake.phone(OLENA)
    seen = []
    moves: list[Callable[[], None]] = [
        lambda: None,
        lambda: fake.moves(message, "Rejected", "SRVC_NOT_VIBER_USER"),
        lambda: fake.falls_back(message),
        lambda: fake.moves(message, "Delivered"),
    ]
    for move in moves:
        move()
        (row,) = (await ask(fake, "message/status", {"messages": [sent]}))["response_result"]
        seen.append((row["type"], row["status"], row["rejected_status"]))
    assert seen == [
        ("viber", "Queued", ""),
        ("viber", "Rejected", "SRVC_NOT_VIBER_USER"),
        ("sms", "Sent", ""),
        ("sms", "Delivered", ""),
    ]
    (unknown,) = (await ask(fake, "message/status", {"messages": ["nobody's"]}))["response_result"]
    assert set(unknown) == {"message_id", "response_code", "response_status"}


async def test_ping_balance_and_who_asks(fake: FakeTurboSms) -> None:
    assert (await ask(fake, "message/ping", {}))["response_status"] == "PONG"
    assert (await ask(fake, "user/balance", {}))["response_result"] == {"balance": 100.0}
    assert (await ask(fake, "message/ping", {}, token=""))["response_code"] == 103
    assert (await ask(fake, "message/ping", {}, token="other"))["response_code"] == 301
    assert fake.violations == []


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"recipients": OLENA}, 202),
        ({"recipients": []}, 202),
        ({"recipients": ["+" + OLENA]}, 305),
        ({"recipients": [OLENA] * 5001}, 405),
        ({"sms": {"text": "а"}}, 200),
        ({"sms": {"sender": "Samovar", "text": " "}}, 201),
        ({"sms": SMS | {"text": "ї" * 662}}, 413),
        ({"viber": SMS | {"ttl": "900"}}, 306),
        ({"viber": SMS | {"ttl": 30}}, 306),
        ({"viber": SMS | {"text": "а" * 1001}}, 413),
        ({"viber": SMS | {"is_transactional": 1, "caption": "так"}}, 410),
        ({"sequence_id": 17}, 300),
        ({"colour": "red"}, 300),
    ],
)
async def test_what_no_client_may_write_is_refused_and_noted(
    fake: FakeTurboSms, change: dict[str, Any], code: int
) -> None:
    told = await ask(fake, "message/send", {"recipients": [OLENA], "sms": SMS} | change)
    assert (told["response_code"], len(fake.violations), fake.messages) == (code, 1, {})
