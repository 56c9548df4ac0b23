"""What happened, as Telegram keeps it for a bot: numbered, for a while, until confirmed (T1 to T8)."""

import asyncio
import json
import random
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bot.demo.telegram.errors import conflict

Lane = tuple[str, int]
DAY = 86_400.0
# How long an update waits, in seconds; of what is not named here, a day (T2).
LIVES = {"callback_query": 150.0, "inline_query": 30.0, "chosen_inline_result": 600.0}
ON_REQUEST = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
MOST_POLL_SECONDS = 50
CLASH = "terminated by other getUpdates request; make sure that only one bot instance is running"


@dataclass(frozen=True, slots=True, eq=False)
class Pending:
    """An update that waits; `lane` is the queue in which webhooks keep order: a chat, a user who presses."""

    id: int
    kind: str
    lane: Lane
    expires: float
    body: bytes


class Updates:
    """`monotonic` in seconds; `listeners` hear of each new update at once."""

    def __init__(self, monotonic: Callable[[], float], rng: random.Random) -> None:
        self._monotonic = monotonic
        self._rng = rng
        self._queue: deque[Pending] = deque()
        self._soonest = float("inf")
        self._last_id = 0
        self.numbers_anew()
        self.allowed: frozenset[str] | None = None
        self.listeners: list[Callable[[Pending], None]] = []
        self.expired = 0

    def __len__(self) -> int:
        self.drop_expired()
        return len(self._queue)

    @property
    def next_id(self) -> int:
        return self._last_id + 1

    def numbers_anew(self) -> None:
        """As after a week without updates: the next number is random (T4)."""
        self._last_id = self._rng.randint(2_000_001, 10**9) - 1

    def push(self, kind: str, body: dict[str, Any], lane: Lane) -> int | None:
        """Queues an update and returns its number; None if the bot did not ask for this kind."""
        if kind not in self.allowed if self.allowed is not None else kind in ON_REQUEST:
            return None
        raw = json.dumps(
            {"update_id": self.next_id, kind: body}, ensure_ascii=False, separators=(",", ":")
        ).encode()
        return self.push_raw(raw, kind=kind, lane=lane)

    def push_raw(
        self, body: bytes, *, kind: str = "raw", lane: Lane = ("raw", 0), update_id: int | None = None
    ) -> int:
        if update_id is None:
            update_id = self._last_id = self.next_id
        pending = Pending(update_id, kind, lane, self._monotonic() + LIVES.get(kind, DAY), body)
        self._queue.append(pending)
        self._soonest = min(self._soonest, pending.expires)
        for listener in self.listeners:
            listener(pending)
        return update_id

    def push_any(self, update: dict[str, Any] | bytes) -> int:
        """Whatever it is, as it is; a dict without `update_id` gets the next one."""
        if isinstance(update, bytes):
            return self.push_raw(update)
        kind = next((key for key in update if key != "update_id"), "raw")
        body = json.dumps({"update_id": self.next_id, **update}, ensure_ascii=False).encode()
        lane = ("chat", chat_id(update.get(kind)))
        return self.push_raw(body, kind=kind, lane=lane, update_id=update.get("update_id"))

    def waiting(self) -> list[Pending]:
        self.drop_expired()
        return list(self._queue)

    def drop_expired(self) -> None:
        now = self._monotonic()
        if now < self._soonest:
            return
        kept = [pending for pending in self._queue if pending.expires > now]
        self.expired += len(self._queue) - len(kept)
        self._queue = deque(kept)
        self._soonest = min((pending.expires for pending in kept), default=float("inf"))

    def remove(self, pending: Pending) -> None:
        if pending in self._queue:
            self._queue.remove(pending)

    def clear(self) -> None:
        self._queue.clear()

    def confirm(self, offset: int) -> None:
        """Forgets what an offset confirms: all before it; if negative, all but the last few (T1, T5, T6)."""
        if not self._queue:
            return
        if offset < 0:
            while len(self._queue) > -offset:
                self._queue.popleft()
        elif self._queue[0].id < offset <= self._queue[-1].id + 10:
            while self._queue and self._queue[0].id < offset:
                self._queue.popleft()

    def head(self, limit: int) -> list[Pending]:
        self.drop_expired()
        return [self._queue[index] for index in range(min(limit, len(self._queue)))]


def chat_id(body: Any) -> int:
    """The chat in an update's body, 0 if there is none to be found."""
    if not isinstance(body, dict):
        return 0
    chat = body.get("chat") or (body.get("message") or {}).get("chat")
    found = chat.get("id") if isinstance(chat, dict) else None
    return found if isinstance(found, int) else 0


class Poll:
    """getUpdates: one long poll at a time, the older one is told about the newer (T7, T8, T9).

    `scale` stretches the server's own delays (not the poller's timeout): 0.01 makes three seconds of
    punishment 30 ms.
    """

    def __init__(self, updates: Updates, monotonic: Callable[[], float], scale: float) -> None:
        self._updates = updates
        self._monotonic = monotonic
        self._scale = scale
        # Done with a reason to end, or with "" when there is news.
        self._current: asyncio.Future[str] | None = None
        self._next_conflict = float("-inf")
        self._last: tuple[int, float] = (0, float("-inf"))
        updates.listeners.append(lambda _: self.end(""))

    def end(self, reason: str) -> None:
        if self._current is not None and not self._current.done():
            self._current.set_result(reason)

    async def get(self, offset: int, limit: int, timeout: float) -> list[Pending]:
        self.end(CLASH)
        limit, timeout = self._slowed(offset, limit, timeout)
        self._updates.confirm(offset)
        loop = asyncio.get_running_loop()
        deadline = loop.time() + timeout
        while not (batch := self._updates.head(limit)):
            mine = self._current = loop.create_future()
            try:
                reason = await asyncio.wait_for(mine, max(0.0, deadline - loop.time()))
            except TimeoutError:
                return []
            if reason or self._current is not mine:
                await self._hold_conflict()
                raise conflict(reason or CLASH)
            self._current = None
        return batch

    async def _hold_conflict(self) -> None:
        """The first is told at once, after that one in three seconds (T8)."""
        now = self._monotonic()
        if now < self._next_conflict:
            await asyncio.sleep(3.0 * self._scale)
        else:
            self._next_conflict = now + 3.0 * self._scale

    def _slowed(self, offset: int, limit: int, timeout: float) -> tuple[int, float]:
        """A hasty poller that repeats its offset gets one update a time, and nothing only after 3 s (T7)."""
        now = self._monotonic()
        last_offset, last_at = self._last
        self._last = (offset, now)
        timeout = min(max(timeout, 0.0), MOST_POLL_SECONDS)
        if offset == last_offset:
            if timeout < 3 and now < last_at + 3.0 * self._scale:
                timeout = max(timeout, 3.0 * self._scale)
            if now < last_at + 0.5 * self._scale:
                limit = 1
        return limit, timeout
