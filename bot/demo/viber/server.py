"""The HTTP server and what tests and the demo do with it; see the package's docstring for a tour."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web

from bot.demo.breaking import garbled
from bot.demo.loopback import Loopback
from bot.demo.viber.account import Account
from bot.demo.viber.callbacks import Answer, Callbacks
from bot.demo.viber.calls import Call, Calls
from bot.demo.viber.chats import Chat, Json, User
from bot.demo.viber.content import MOST_REQUEST
from bot.demo.viber.errors import Refusal, Status, bad
from bot.demo.viber.faults import Fault, Faults, Kind
from bot.demo.viber.person import Person
from bot.demo.viber.sending import Limits, Sending
from bot.demo.viber.world import World
from bot.demo.violations import Violation

TOKEN = "4f0a1b2c3d4e5f60-fakeviberforder1-0123456789abcdef"  # noqa: S105 - opens nothing but this fake
HEADER = "X-Viber-Auth-Token"


class FakeViber(Loopback):
    """A Viber for one bot.

    `wall` (Unix time) is its clock; `scale` shortens the delays between repeats of an event, `answer_within` is how
    long an answer to one may take, in seconds of the machine. `before_answer`: awaited with a person's id between a
    message's way to their phone and Viber's answer, for a phone that is quicker. `desc`: None for `failed` events
    without it, "" for the reason, or any words. `settled`: waits until the product has said all it has to say; with
    it a press that brings no message is known to be answered by nothing. `keep` bounds calls and messages a chat;
    `latency` is what every answer takes; `seed` makes ids the same each time.
    """

    def __init__(
        self,
        token: str = TOKEN,
        name: str = "Orderbell",
        uri: str = "orderbell",
        *,
        limits: Limits | None = None,
        monotonic: Callable[[], float] = time.monotonic,
        wall: Callable[[], float] = time.time,
        scale: float = 1.0,
        answer_within: float = 5.0,
        latency: float = 0.0,
        desc: str | None = None,
        settled: Callable[[], Awaitable[None]] | None = None,
        keep: int | None = None,
        seed: int | None = None,
    ) -> None:
        super().__init__()
        self.token = token
        self.violations: list[Violation] = []
        self.callbacks = Callbacks(token, scale=scale, answer_within=answer_within)
        self.world = World(
            callbacks=self.callbacks, name=name, uri=uri, wall=wall, seed=seed, keep=keep, desc=desc,
            violations=self.violations,
        )  # fmt: skip
        self.faults = Faults()
        self.calls = Calls(keep)
        self.settled = settled
        self.before_answer: Callable[[str], Awaitable[None]] | None = None
        self.on_welcome: Callable[[Person], None] | None = None
        self.fetched = 0  # files that the product has taken
        self.latency = latency
        self._monotonic = monotonic
        self._sending = Sending(self.world, limits or Limits())
        self._sends = self._sending.methods()
        self._asks = Account(self.world).methods()

    # ------------------------------------------------------------------ life

    @property
    def url(self) -> str:
        """The base under which the methods are."""
        return f"{self.origin}/pa"

    def application(self) -> web.Application:
        app = web.Application(client_max_size=2**20)
        app.router.add_post("/pa/{method}", self._serve)
        app.router.add_get("/media/{key}/{name}", self._serve_media)
        return app

    async def closing(self) -> None:
        self.faults.clear()
        await self.callbacks.close()

    async def comes_back(self) -> None:
        await super().comes_back()
        self.world.url = self.origin

    # ------------------------------------------------------------------ the world, for tests and the demo

    @property
    def limits(self) -> Limits:
        return self._sending.limits

    @limits.setter
    def limits(self, limits: Limits) -> None:
        self._sending.limits = limits

    @property
    def too_many(self) -> int:
        """How many 12 the limits caused; planted ones are in `faults.struck`."""
        return self._sending.too_many

    @property
    def pending_updates(self) -> int:
        """Events that the product has not taken yet."""
        return self.callbacks.pending

    @property
    def charged(self) -> int:
        """How many messages cost money."""
        return sum(chat.user.charged for chat in self.world.chats.values())

    def person(
        self,
        name: str,
        *,
        language: str = "uk",
        phone: str = "",
        user_id: str | None = None,
        api_version: int = 10,
        devices: int = 1,
        desktop: bool = False,
        suitable: bool = True,
    ) -> Person:
        """Somebody with a phone, unknown to the bot yet. `phone` is the number of the account, digits only."""
        number = len(self.world.chats) + 1
        user = User(
            user_id or self.world.user_id(), name, language, phone or f"38067{number:07d}", api_version=api_version,
            devices=devices, desktop=desktop, suitable=suitable,
        )  # fmt: skip
        chat = self.world.chats[user.id] = Chat(user)
        person = Person(self.world, user, chat, self._settle)
        person.on_welcome = self.on_welcome
        return person

    def push(self, event: Json | bytes, *, signature: str | None = "right", lane: str = "raw") -> None:
        """Any event, as it is, repeated like all others until taken; `signature`: `right`, None, or any words."""
        body = raw_of(event)
        self.callbacks.push_raw(body, lane, self._signature(body, signature))

    async def inject(self, event: Json | bytes, *, signature: str | None = "right", url: str = "") -> Answer:
        """Any event, once; what the product answered."""
        body, hook = raw_of(event), self.callbacks.hook
        assert url or hook is not None, "no webhook is set"
        return await self.callbacks.once(
            url or (hook.url if hook else ""), body, self._signature(body, signature)
        )

    def _signature(self, body: bytes, signature: str | None) -> str | None:
        return self.callbacks.signed(body) if signature == "right" else signature

    async def _settle(self) -> bool:
        if self.settled is None:
            return False
        await self.settled()
        return True

    # ------------------------------------------------------------------ the wire

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        if method not in self._sends and method not in self._asks:
            self.violations.append(Violation(method, "", "Viber has no such method"))
            return web.Response(status=404)
        call = Call(method, {}, self._monotonic())
        self.calls.add(call)
        try:
            return await self._answer(request, call)
        finally:
            call.outcome = call.outcome or call.fault or "connection lost"
            self.calls.done()

    async def _answer(self, request: web.Request, call: Call) -> web.StreamResponse:
        raw = await request.read()
        try:
            body = self._read(raw, request.headers.get(HEADER))
        except Refusal as refusal:
            return answer(self._refused(call, refusal))
        call.params = {name: value for name, value in body.items() if name != "auth_token"}
        if self.latency:
            await asyncio.sleep(self.latency)
        fault = self.faults.strike(call.method, call.chat)
        if fault is None:
            return answer(await self._perform(call, body))
        call.fault = str(fault)
        if fault.kind is Kind.HANG and not fault.after:
            await self.faults.hang()
        told = b"" if not fault.after and fault.kind is not Kind.HANG else await self._perform(call, body)
        call.outcome = call.fault if fault.kind is not Kind.HANG else call.outcome
        if fault.kind is Kind.HANG:
            if fault.after:
                await self.faults.hang()
            return answer(told)
        return await broken(request, fault, told)

    def _read(self, raw: bytes, header: str | None) -> Json:
        try:
            body = json.loads(raw)
        except ValueError:
            body = None
        token = header or (body.get("auth_token") if isinstance(body, dict) else None)
        if token != self.token:
            raise Refusal(Status.INVALID_AUTH_TOKEN)
        if not isinstance(body, dict):
            raise bad("request", "a JSON object was expected")
        if len(raw) > MOST_REQUEST:
            raise bad("request", f"longer than {MOST_REQUEST} bytes")
        return body

    async def _perform(self, call: Call, body: Json) -> bytes:
        """Carries the request out; the body of the answer."""
        try:
            if call.method in self._sends:
                call.result = self._sends[call.method](body)
                if self.before_answer is not None:
                    await self.before_answer(str(call.chat))
            else:
                call.result = await self._asks[call.method](body)
        except Refusal as refusal:
            return self._refused(call, refusal)
        call.accepted, call.outcome = True, "ok"
        return said(Status.OK, "ok", call.result)

    def _refused(self, call: Call, refusal: Refusal) -> bytes:
        call.outcome = str(refusal)
        self.world.blame(call.method, refusal)
        return said(refusal.status, refusal.message)

    async def _serve_media(self, request: web.Request) -> web.Response:
        """What people sent, for an hour."""
        expires, data = self.world.media.get(
            f"{request.match_info['key']}/{request.match_info['name']}", (0.0, b"")
        )
        if self.world.wall() >= expires:
            return web.Response(status=403)
        self.fetched += 1
        return web.Response(body=data)


def raw_of(event: Json | bytes) -> bytes:
    return event if isinstance(event, bytes) else json.dumps(event, ensure_ascii=False).encode()


def answer(body: bytes, status: int = 200) -> web.Response:
    return web.Response(body=body, status=status, content_type="application/json")


def said(status: int, words: str, more: dict[str, Any] | None = None) -> bytes:
    return json.dumps({"status": int(status), "status_message": words} | (more or {})).encode()


async def broken(request: web.Request, fault: Fault, body: bytes) -> web.StreamResponse:
    if fault.kind is Kind.SERVER_ERROR:
        return web.Response(status=500, text="Internal Server Error")
    if fault.kind.refusal is not None:
        return answer(said(*fault.kind.refusal))
    return await garbled(request, fault, body or said(Status.OK, "ok"), 200)
