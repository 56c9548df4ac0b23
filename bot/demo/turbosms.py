"""A TurboSMS over HTTP: its envelope, its codes, its strictness, and phones that show what reached them.

Like the real one it answers HTTP 200 whatever happens (facts C.1). Nothing moves by itself: a test says when a
message is delivered (`moves`), or what becomes of all (`fate`) and of those to a number (`fates`); which number is
refused (`refusals`), and what is wrong with the account (`account`).
What of a request no real client may write goes into `violations`, and is refused besides.
"""

import asyncio
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID

from aiohttp import web

HOST = "127.0.0.1"
TOKEN: Final = "0123456789abcdef0123456789abcdef01234567"  # noqa: S105 - opens nothing but this fake
NAMES: Final = {
    0: "OK",
    1: "PONG",
    103: "REQUIRED_TOKEN",
    106: "REQUIRED_ACTIVE_USER",
    200: "REQUIRED_MESSAGE_SENDER",
    201: "REQUIRED_MESSAGE_TEXT",
    202: "REQUIRED_MESSAGE_RECIPIENT",
    203: "REQUIRED_BALANCE",
    300: "INVALID_REQUEST",
    301: "INVALID_TOKEN",
    305: "INVALID_PHONE",
    306: "INVALID_TTL",
    307: "INVALID_MESSAGE_ID",
    400: "NOT_ALLOWED_MESSAGE_SENDER",
    404: "NOT_ALLOWED_NUMBER_STOPLIST",
    405: "NOT_ALLOWED_RECIPIENTS_LIMIT",
    406: "NOT_ALLOWED_RECIPIENT_COUNTRY",
    410: "NOT_ALLOWED_TRANSACTION_CONTENT",
    413: "NOT_ALLOWED_TEXT_LENGTH",
    416: "NOT_ALLOWED_TRANSACTION_PATTERN",
    503: "FAILED_SMS_SEND",
    800: "SUCCESS_MESSAGE_ACCEPTED",
    802: "SUCCESS_MESSAGE_PARTIAL_ACCEPTED",
    999: "FATAL_ERROR",
}
_PHONE = re.compile(r"380\d{9}")
_MOST_RECIPIENTS = 5000
_BUTTONS = frozenset({"image_url", "caption", "action", "count_clicks"})


@dataclass(slots=True)
class Message:
    """One message to one number. `viber` is None where it goes by SMS alone; `kind` says which half it goes by now."""

    id: str
    phone: str
    sms: str
    viber: str | None
    kind: str
    status: str = "Queued"
    rejected: str = ""

    @property
    def shown(self) -> str:
        """What the phone shows of it."""
        return self.viber if self.kind == "viber" and self.viber is not None else self.sms


@dataclass(slots=True)
class FakeTurboSms:
    """`account` is a code that every request meets while it is set; `refusals` are codes by number, `planted` the
    next answers: a code, `drop` (the connection, before the request was read), `deaf` (carried out, then dropped),
    `hang` (nothing is said until they hang up), `500`, `429`, or `html` as text. `always` is one of them for every
    message while it is set. `template` False refuses every Viber half, as where none is registered.
    """

    token: str = TOKEN
    sender: str = "Samovar"
    account: int | None = None
    template: bool = True
    refusals: dict[str, int] = field(default_factory=dict)
    fate: str = "Queued"
    fates: dict[str, str] = field(default_factory=dict)
    planted: list[int | str] = field(default_factory=list)
    always: int | str | None = None
    balance: float = 100.0
    messages: dict[str, Message] = field(default_factory=dict)
    requests: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    violations: list[str] = field(default_factory=list)
    port: int = 0
    _done: dict[str, dict[str, Any]] = field(default_factory=dict)
    _runner: web.AppRunner | None = None
    _came: asyncio.Event = field(default_factory=asyncio.Event)
    _stopped: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def url(self) -> str:
        """What TURBOSMS_API_URL is set to."""
        return f"http://{HOST}:{self.port}"

    async def __aenter__(self) -> "FakeTurboSms":
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    async def start(self) -> str:
        self._stopped.clear()
        app = web.Application()
        app.router.add_route("*", "/{module}/{method}.json", self._serve)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
        await self._runner.setup()
        site = web.TCPSite(self._runner, HOST, self.port, reuse_address=True)
        await site.start()
        self.port = self._runner.addresses[0][1]
        return self.url

    async def stop(self) -> None:
        """Also the way in which it goes away: `start` opens the same port, all state kept."""
        self._stopped.set()
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    # ------------------------------------------------------------------ for tests and the demo
    def phone(self, number: str) -> list[Message]:
        """What was sent to this number, the oldest first."""
        return [message for message in self.messages.values() if message.phone == number]

    async def arrived(self, number: str, count: int = 1, within: float = 10.0) -> list[Message]:
        """Waits until so many messages were sent to this number."""
        async with asyncio.timeout(within):
            while len(self.phone(number)) < count:
                self._came.clear()
                await self._came.wait()
        return self.phone(number)

    def moves(self, message: Message, status: str, rejected: str = "") -> None:
        """`status` is one of TurboSMS's words; `rejected` why Viber would not have it."""
        message.status, message.rejected = status, rejected

    def falls_back(self, message: Message, status: str = "Sent") -> None:
        """Viber did not reach the phone, and the SMS is on its way."""
        message.kind, message.status, message.rejected = "sms", status, ""

    # ------------------------------------------------------------------ the wire
    async def _serve(self, request: web.Request) -> web.StreamResponse:
        sends = request.match_info["module"] == "message" and request.match_info["method"].startswith("send")
        fault = self.planted.pop(0) if self.planted else self.always if sends else None
        if fault == "drop":
            return _dropped(request)
        if fault == "hang":
            await self._stopped.wait()
            return _dropped(request)
        if fault in ("500", "429"):
            return web.Response(status=int(fault))
        if fault == "html":
            return web.Response(text="<html>502 Bad Gateway</html>", content_type="text/html")
        if isinstance(fault, int):
            return _answer(fault)
        answer = await self._perform(request)
        return _dropped(request) if fault == "deaf" else web.json_response(answer)

    async def _perform(self, request: web.Request) -> dict[str, Any]:
        given = request.headers.get("Authorization", "")
        if not given.startswith("Bearer "):
            return _envelope(103)
        if given != f"Bearer {self.token}":
            return _envelope(301)
        if self.account is not None:
            return _envelope(self.account)
        try:
            body = json.loads(await request.text() or "{}")
        except ValueError:
            return self._violated("the body is no JSON")
        if request.query or not isinstance(body, dict):
            return self._violated("everything goes in one JSON object")
        method = f"{request.match_info['module']}/{request.match_info['method']}"
        self.requests.append((method, body))
        match method:
            case "message/ping":
                return _envelope(1)
            case "user/balance":
                return _envelope(0, {"balance": self.balance})
            case "message/send":
                return self._send(body)
            case "message/status":
                return self._status(body)
        return self._violated(f"there is no {method}")

    def _send(self, body: dict[str, Any]) -> dict[str, Any]:
        sequence = body.get("sequence_id")
        if sequence in self._done:
            return self._done[sequence]
        if (code := self._checked(body)) is not None:
            return _envelope(code)
        rows = [self._sent(phone, body) for phone in body["recipients"]]
        refused = [row for row in rows if row["response_code"]]
        answer = _envelope(802 if refused else 800, rows)
        if sequence is not None and len(refused) < len(rows):
            self._done[sequence] = answer
        self._came.set()
        return answer

    def _sent(self, phone: str, body: Mapping[str, Any]) -> dict[str, Any]:
        code = self.refusals.get(phone, 0) or (0 if _PHONE.fullmatch(phone) else 406)
        if code:
            return _row(code, phone=phone, message_id=None)
        number = str(UUID(int=0xF83F8868_5E46_46CF_84FB_000000000000 + len(self.messages)))
        viber = body.get("viber")
        self.messages[number] = Message(
            number,
            phone,
            body["sms"]["text"] if "sms" in body else "",
            viber["text"] if viber else None,
            "viber" if viber else "sms",
            self.fates.get(phone, self.fate),
        )
        return _row(0, phone=phone, message_id=number)

    def _checked(self, body: dict[str, Any]) -> int | None:
        """The code that a bad request is refused with, None for a good one."""
        recipients, sequence = body.get("recipients"), body.get("sequence_id", "")
        if unknown := body.keys() - {"recipients", "sms", "viber", "sequence_id", "start_time"}:
            return self._wrong(f"unknown fields {sorted(unknown)}", 300)
        if not isinstance(recipients, list) or not all(isinstance(each, str) for each in recipients):
            return self._wrong("recipients is no list of texts", 202)
        if not recipients or len(recipients) > _MOST_RECIPIENTS:
            return self._wrong("nobody, or too many", 405 if recipients else 202)
        if any(not each.isdigit() for each in recipients):
            return self._wrong("a number is digits alone", 305)
        if not isinstance(sequence, str) or len(sequence) > 64:
            return self._wrong("sequence_id is no short text", 300)
        halves = [body[half] for half in ("sms", "viber") if half in body]
        if not halves or not all(isinstance(half, dict) for half in halves):
            return self._wrong("neither sms nor viber", 201)
        for half in halves:
            if not half.get("sender"):
                return self._wrong("no sender", 200)
            if half["sender"] != self.sender:
                return 400
            if not isinstance(half.get("text"), str) or not half["text"].strip():
                return self._wrong("no text", 201)
        if "sms" in body and len(body["sms"]["text"]) > (1521 if body["sms"]["text"].isascii() else 661):
            return self._wrong("the SMS is longer than ten parts", 413)
        return self._checked_viber(body["viber"]) if "viber" in body else None

    def _checked_viber(self, half: dict[str, Any]) -> int | None:
        ttl = half.get("ttl", 3600)
        if type(ttl) is not int or not 60 <= ttl <= 86400:
            return self._wrong("ttl is no whole number of 60 to 86400", 306)
        if len(half["text"]) > 1000:
            return self._wrong("the Viber text is longer than 1000", 413)
        if half.get("is_transactional") and _BUTTONS & half.keys():
            return self._wrong("a transactional message is text alone", 410)
        return None if self.template else 416

    def _status(self, body: dict[str, Any]) -> dict[str, Any]:
        asked = body.get("messages")
        if not isinstance(asked, list) or not all(isinstance(each, str) for each in asked):
            return self._violated("messages is no list of ids")
        return _envelope(0, [self._told(each) for each in asked])

    def _told(self, number: str) -> dict[str, Any]:
        message = self.messages.get(number)
        if message is None:
            return _row(307, message_id=number)
        return _row(
            0,
            message_id=number,
            recipient=message.phone,
            sent="2026-03-06 17:30:00",
            updated="2026-03-06 17:30:07",
            status=message.status,
            type=message.kind,
            rejected_status=message.rejected,
            click_time=None,
        )

    def _wrong(self, why: str, code: int) -> int:
        self.violations.append(why)
        return code

    def _violated(self, why: str) -> dict[str, Any]:
        return _envelope(self._wrong(why, 300))


def _row(code: int, **values: Any) -> dict[str, Any]:
    return {"response_code": code, "response_status": NAMES.get(code, "UNKNOWN"), **values}


def _envelope(code: int, result: Any = None) -> dict[str, Any]:
    return _row(code, response_result=result)


def _answer(code: int) -> web.Response:
    return web.json_response(_envelope(code))


def _dropped(request: web.Request) -> web.Response:
    if request.transport is not None:
        request.transport.abort()
    return web.Response()
