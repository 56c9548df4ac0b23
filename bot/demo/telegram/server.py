"""The HTTP server and what tests and the demo do with it; see the package's docstring for a tour."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from aiohttp import web

from bot.demo.loopback import Loopback
from bot.demo.telegram import checks
from bot.demo.telegram.calls import Call, Calls
from bot.demo.telegram.chats import Chat
from bot.demo.telegram.checks import Violation
from bot.demo.telegram.editing import Editing
from bot.demo.telegram.errors import Refusal, not_played
from bot.demo.telegram.faults import Faults, Kind
from bot.demo.telegram.limits import Gate, Limits
from bot.demo.telegram.receiving import Receiving
from bot.demo.telegram.sending import Sending
from bot.demo.telegram.settings import Settings
from bot.demo.telegram.wire import accepted, answer, broken, parameters, refused
from bot.demo.telegram.world import World

if TYPE_CHECKING:
    from bot.demo.person import Person

TOKEN = "4200004242:AAF-fake-Telegram-of-Orderbell-00001"  # noqa: S105 - opens nothing but this fake
MOST_BODY = 60 * 2**20


class FakeTelegram(Loopback):
    """A Telegram for one bot.

    `monotonic` and `wall` (Unix time) are its clocks. `scale` shortens the delays that the server itself
    decides on (webhook repeats, the hold of a second 409, the brake on hasty polls). `keep` bounds calls,
    messages a chat, and presses that are remembered. `latency` is what every answer takes, in seconds.
    `seed` makes ids the same each time.
    """

    def __init__(
        self,
        token: str = TOKEN,
        username: str = "orderbell_bot",
        *,
        limits: Limits | None = None,
        monotonic: Callable[[], float] = time.monotonic,
        wall: Callable[[], float] = time.time,
        scale: float = 1.0,
        webhook_answer_within: float = 60.0,
        latency: float = 0.0,
        keep: int | None = None,
        seed: int | None = None,
    ) -> None:
        super().__init__()
        self.token = token
        self.world = World(
            token=token, username=username, monotonic=monotonic, wall=wall, seed=seed, keep=keep
        )
        self.gate = Gate(limits or Limits(), monotonic)
        self.faults = Faults()
        self.calls = Calls(keep)
        self.violations: list[Violation] = []
        self.receiving = Receiving(
            self.world, scale=scale, answer_within=webhook_answer_within, violations=self.violations
        )
        self.settings = Settings(self.world)
        sending, editing = Sending(self.world, self.gate), Editing(self.world, self.gate)
        self._methods: Mapping[str, Callable[[Mapping[str, Any]], Any]] = {
            **sending.methods(),
            **editing.methods(),
            **self.settings.methods(),
        }
        self.latency = latency

    # ------------------------------------------------------------------ life

    @property
    def username(self) -> str:
        return self.world.bot.username

    def application(self) -> web.Application:
        app = web.Application(client_max_size=MOST_BODY)
        app.router.add_route("*", "/bot{token}/{method}", self._serve)
        app.router.add_get("/file/bot{token}/{path:.+}", self._serve_file)
        app.router.add_route("*", "/{rest:.*}", self._lost)
        return app

    async def closing(self) -> None:
        self.faults.clear()
        await self.receiving.close()

    # ------------------------------------------------------------------ the world, for tests and the demo

    @property
    def limits(self) -> Limits:
        return self.gate.limits

    @limits.setter
    def limits(self, limits: Limits) -> None:
        self.gate.limits = limits

    @property
    def too_many(self) -> int:
        """How many 429 the limits caused; planted ones are in `faults.struck`."""
        return self.gate.refused

    def person(
        self,
        name: str,
        *,
        language: str = "uk",
        username: str = "",
        last_name: str = "",
        phone: str = "",
        user_id: int | None = None,
    ) -> Person:
        """Somebody with a phone. `phone` is the number of the account, digits only."""
        from bot.demo.person import Person  # late, since a person is made of parts of this package

        user = self.world.chats.user(
            name, language=language, username=username, last_name=last_name, phone=phone, number=user_id
        )
        return Person(self.world, user)

    def group(
        self, title: str, members: Sequence[Person], *, supergroup: bool = False, bot_status: str = "member"
    ) -> Chat:
        """A group; `bot_status` is `member`, `administrator` or `left` (not in it yet)."""
        return self.world.group(
            title, [person.user for person in members], supergroup=supergroup, bot_status=bot_status
        )

    def upgrade(self, group: Chat) -> Chat:
        """Turns a group into a supergroup and returns that."""
        return self.world.doors.upgrade(group)

    def deletes(self, group: Chat) -> None:
        group.gone = True

    def push(self, update: dict[str, Any] | bytes) -> int:
        """Any update, as it is: a dict (its `update_id` is filled in if missing), or bytes that need not
        even be JSON.

        Bytes go into the batch verbatim; `fake.next_update_id` is the number under which they can be
        confirmed.
        """
        return self.world.updates.push_any(update)

    @property
    def next_update_id(self) -> int:
        return self.world.updates.next_id

    @property
    def pending_updates(self) -> int:
        """What waits to be confirmed by the bot."""
        return len(self.world.updates)

    # ------------------------------------------------------------------ the wire

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        token, name = request.match_info["token"], checks.names().get(request.match_info["method"].lower())
        if ":" not in token:
            return self._refuse(Refusal(404, "Not Found"))
        if token != self.token:
            return self._refuse(Refusal(401, "Unauthorized"))
        if name is None:
            return self._refuse(Refusal(404, "Not Found: method not found"))
        call = Call(name, {}, self.world.monotonic())
        self.calls.add(call)
        try:
            return await self._answer(request, call)
        except Refusal as refusal:
            call.outcome = str(refusal)
            return self._refuse(refusal)
        finally:
            call.outcome = call.outcome or call.fault or "connection lost"
            self.calls.done()

    async def _answer(self, request: web.Request, call: Call) -> web.StreamResponse:
        if self.settings.logged_out:
            raise Refusal(400, "Logged out")
        call.params = raw = await parameters(request)
        call.params = checks.read(call.method, raw, self.violations)
        if self.latency:
            await asyncio.sleep(self.latency)
        fault = self.faults.strike(call.method, call.chat)
        if fault is None:
            status, body, call.outcome = await self._perform(call)
            return answer(body, status)
        call.fault = str(fault)
        if fault.kind is Kind.HANG and not fault.after:
            await self.faults.hang()
        elif not fault.after:
            return await broken(request, fault, refused(Refusal(500, "Internal Server Error")), 500)
        status, body, _ = await self._perform(call)
        if fault.kind is not Kind.HANG:
            return await broken(request, fault, body, status)
        if fault.after:
            await self.faults.hang()
        return answer(body, status)

    async def _perform(self, call: Call) -> tuple[int, bytes, str]:
        """Carries the request out; the status and the body of the answer, and what to note about it."""
        try:
            if call.method in self._methods:
                call.result = self._methods[call.method](call.params)
                body = accepted(call.result)
            elif call.method in self.receiving.methods:
                body = await self.receiving.methods[call.method](call.params)
            else:
                raise not_played(call.method)
        except Refusal as refusal:
            return refusal.code, refused(refusal), str(refusal)
        call.accepted = True
        return 200, body, "ok"

    async def _serve_file(self, request: web.Request) -> web.StreamResponse:
        stored = self.world.files.by_path(request.match_info["path"])
        if request.match_info["token"] != self.token:
            return self._refuse(Refusal(401, "Unauthorized"))
        if stored is None:
            return self._refuse(Refusal(404, "Not Found"))
        return web.Response(body=stored.data, content_type="application/octet-stream")

    async def _lost(self, _: web.Request) -> web.StreamResponse:
        return self._refuse(Refusal(404, "Not Found"))

    @staticmethod
    def _refuse(refusal: Refusal) -> web.Response:
        return answer(refused(refusal), refusal.code)
