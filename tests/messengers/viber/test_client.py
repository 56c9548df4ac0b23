"""The client on a real connection: what Viber says, what stands between us and Viber, and what is never told on."""

import json
import logging
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from aiohttp import web

from bot.http import Http, WireError
from bot.messengers.viber.client import TooLong, Unclear, Undecodable, ViberClient, ViberRefused

TOKEN = "4f7a-made-up-token"

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class _Viber:
    """Says what it is told to, and keeps what it was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str | None, bytes]] = []
        self.answer: tuple[int, bytes] = (
            200,
            b'{"status":0,"status_message":"ok","message_token":4912661846655238145}',
        )
        self.hangs = False

    async def answers(self, request: web.Request) -> web.StreamResponse:
        self.asked.append((request.path_qs, request.headers.get("X-Viber-Auth-Token"), await request.read()))
        if self.hangs:
            assert request.transport is not None
            request.transport.close()
        status, body = self.answer
        return web.Response(
            status=status, body=body, headers={"Location": "/elsewhere"} if status == 302 else None
        )


@asynccontextmanager
async def _served(handler: Handler) -> AsyncIterator[str]:
    app = web.Application()
    app.router.add_route("*", "/{rest:.*}", handler)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}/pa/"
    finally:
        await runner.cleanup()


@pytest.fixture
async def http() -> AsyncIterator[Http]:
    opened = Http(seconds=5)
    yield opened
    await opened.close()


@pytest.fixture
def viber() -> _Viber:
    return _Viber()


@pytest.fixture
async def client(http: Http, viber: _Viber) -> AsyncIterator[ViberClient]:
    async with _served(viber.answers) as url:
        yield ViberClient(http, url, TOKEN)


async def test_a_call_carries_the_token_in_its_header_and_letters_as_they_are(
    client: ViberClient, viber: _Viber
) -> None:
    said = await client.call(
        "send_message", {"receiver": "01234567890A=", "type": "text", "text": "Привіт\ud800"}
    )
    assert said["message_token"] == 4912661846655238145
    [(path, token, body)] = viber.asked
    assert (path, token) == ("/pa/send_message", TOKEN)
    assert TOKEN.encode() not in body
    assert "Привіт".encode() in body
    assert json.loads(body)["text"] == "Привіт?"


ANSWERS: list[tuple[int, bytes, type[Exception]]] = [
    (200, b'{"status":6,"status_message":"receiverNotSubscribed"}', ViberRefused),
    (400, b'{"status":3,"status_message":"badData"}', ViberRefused),
    (200, b'{"status":999,"status_message":null}', ViberRefused),
    (429, b"slow down", ViberRefused),
    (200, b"<html>welcome to our hotel</html>", Undecodable),
    (200, b"", Undecodable),
    (200, b"[]", Undecodable),
    (200, b'{"status":"0"}', Undecodable),
    (200, b'{"status":true}', Undecodable),
    (200, b"\xff\xfe", Undecodable),
    (200, b"[" * 100_000, Undecodable),
    (200, b'{"status":' + b"9" * 5000 + b"}", Undecodable),
    (502, b"bad gateway", Unclear),
    (500, b'{"status":0}', Unclear),
    (302, b"", Unclear),
    (404, b"not found", Unclear),
]


@pytest.mark.parametrize(
    ("status", "body", "kind"), ANSWERS, ids=[f"{status} {body[:24]!r}" for status, body, _ in ANSWERS]
)
async def test_each_answer_is_what_it_is(
    client: ViberClient, viber: _Viber, status: int, body: bytes, kind: type[Exception]
) -> None:
    viber.answer = (status, body)
    with pytest.raises(kind) as caught:
        await client.call("send_message", {"text": "x"})
    assert len(viber.asked) == 1
    if isinstance(caught.value, ViberRefused):
        assert caught.value.status == (12 if status == 429 else json.loads(body)["status"])


async def test_a_connection_that_breaks_was_reached_and_one_that_never_was_not(
    http: Http, client: ViberClient, viber: _Viber
) -> None:
    viber.hangs = True
    with pytest.raises(WireError) as broken:
        await client.call("send_message", {"text": "x"})
    assert broken.value.reached
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(WireError) as never:
        await ViberClient(http, f"http://127.0.0.1:{port}", TOKEN).call("send_message", {"text": "x"})
    assert not never.value.reached


async def test_the_token_is_in_no_error_and_no_log(
    client: ViberClient, viber: _Viber, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    told: list[str] = []
    echo = json.dumps({"status": 2, "status_message": f"{TOKEN} is wrong"}).encode()
    for viber.answer, viber.hangs in [
        ((200, echo), False),
        ((200, b"?"), False),
        ((500, b"?"), False),
        ((200, b""), True),
    ]:
        with pytest.raises((ViberRefused, Undecodable, Unclear, WireError)) as caught:
            await client.call("send_message", {"text": "x"})
        error = caught.value
        told += [str(error), repr(error), repr(error.__cause__), repr(getattr(error, "message", ""))]
    told += [repr(client), str(client), caplog.text]
    assert not [text for text in told if TOKEN in text]
    with pytest.raises(ValueError) as refused:
        ViberClient(Http(), "http://127.0.0.1", f"{TOKEN}\n")
    assert TOKEN not in str(refused.value)


@pytest.mark.parametrize(
    ("payload", "name"),
    [
        ({"text": "ї" * 7000}, None),
        ({"text": "ї" * 7001}, "text"),
        ({"text": "🙂" * 3501}, "text"),
        ({"text": "x", "keyboard": {"Buttons": ["ї" * 15_000]}}, "request"),
        ({"text": None, "rich_media": {}}, None),
    ],
    ids=["7000", "7001", "emoji", "request", "no text"],
)
async def test_what_viber_would_not_take_is_not_sent(
    client: ViberClient, viber: _Viber, payload: dict[str, Any], name: str | None
) -> None:
    if name is None:
        await client.call("send_message", payload)
        return
    with pytest.raises(TooLong) as caught:
        await client.call("send_message", payload)
    assert (caught.value.name, viber.asked) == (name, [])
