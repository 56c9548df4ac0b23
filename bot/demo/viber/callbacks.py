"""Viber's side of the webhook: signed events, again when not answered 200 in time, for up to an hour.

The first attempts of one person's events keep their order; repeats come whenever they come.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

import aiohttp

from bot.demo.viber.chats import Json
from bot.tasks import Tasks

SIGNATURE = "X-Viber-Content-Signature"
DELAYS = (5.0, 15.0, 60.0, 300.0, 900.0, 1800.0)
"""Seconds before each repeat; after the last the event is lost."""
MANDATORY = frozenset({"message", "subscribed", "unsubscribed", "webhook"})
OPTIONAL = frozenset({"delivered", "seen", "failed", "conversation_started", "client_status"})
Told = Callable[[bytes], None]


@dataclass(frozen=True, slots=True)
class Hook:
    url: str
    events: frozenset[str]
    send_name: bool = False
    send_photo: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """What the product said to an event; `status` 0 for nothing at all."""

    status: int
    body: bytes


@dataclass(frozen=True, slots=True, eq=False)
class Pending:
    body: bytes
    signature: str | None
    told: Told | None


class Callbacks:
    def __init__(self, token: str, *, scale: float, answer_within: float) -> None:
        self._token = token
        self._scale = scale
        self._within = aiohttp.ClientTimeout(total=answer_within)
        self._lanes: dict[str, deque[Pending]] = {}
        self._tasks = Tasks()
        self._session: aiohttp.ClientSession | None = None
        self.hook: Hook | None = None
        self.pending = 0
        self.attempts = 0
        self.delivered = 0
        self.lost = 0

    def signed(self, body: bytes) -> str:
        return hmac.new(self._token.encode(), body, hashlib.sha256).hexdigest()

    def push(self, event: Json, lane: str, told: Told | None = None) -> None:
        """Sends an event if the product asked for its kind; `told` gets the body of the answer that was 200."""
        if self.hook is not None and event["event"] in self.hook.events:
            body = json.dumps(event, ensure_ascii=False, separators=(",", ":")).encode()
            self.push_raw(body, lane, self.signed(body), told)

    def push_raw(self, body: bytes, lane: str, signature: str | None, told: Told | None = None) -> None:
        if self.hook is None:
            return
        self.pending += 1
        pending = Pending(body, signature, told)
        if lane in self._lanes:
            self._lanes[lane].append(pending)
            return
        self._lanes[lane] = deque([pending])
        self._tasks.start(self._drain(lane), name="viber callbacks")

    async def once(self, url: str, body: bytes, signature: str | None) -> Answer:
        """One attempt, whatever comes of it."""
        if self._session is None:
            self._session = aiohttp.ClientSession(timeout=self._within)
        self.attempts += 1
        headers = {"Content-Type": "application/json"} | (
            {SIGNATURE: signature} if signature is not None else {}
        )
        try:
            async with self._session.post(url, data=body, headers=headers, allow_redirects=False) as response:
                return Answer(response.status, await response.read())
        except (TimeoutError, aiohttp.ClientError):
            return Answer(0, b"")

    async def remove(self) -> None:
        self.hook = None
        await self._tasks.stop()
        self._lanes.clear()
        self.pending = 0

    async def close(self) -> None:
        await self.remove()
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def _drain(self, lane: str) -> None:
        queue = self._lanes[lane]
        while queue:
            pending = queue.popleft()
            if not await self._attempt(pending):
                self._tasks.start(self._repeat(pending), name="viber repeats")
        del self._lanes[lane]

    async def _repeat(self, pending: Pending) -> None:
        for delay in DELAYS:
            await asyncio.sleep(delay * self._scale)
            if await self._attempt(pending):
                return
        self.pending -= 1
        self.lost += 1

    async def _attempt(self, pending: Pending) -> bool:
        hook = self.hook
        if hook is None:
            return False
        answer = await self.once(hook.url, pending.body, pending.signature)
        if answer.status != 200:
            return False
        self.pending -= 1
        self.delivered += 1
        if pending.told is not None:
            pending.told(answer.body)
        return True
