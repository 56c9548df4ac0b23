"""Telegram's side of a webhook (T10 to T12, T15): one queue for each chat's messages and each person's
presses, repeats with growing delays, nothing forgotten before a 2xx or its time is over.

`scale` shortens the delays. A method in the body of our 200 ("reply in webhook") is not carried out: T14
says why nobody should.
"""

import asyncio
import random
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

import aiohttp

from bot.demo.telegram.messages import Json
from bot.demo.telegram.updates import Lane, Pending, Updates
from bot.tasks import Tasks

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - a name, not a secret
MOST_RETRY_AFTER = 3600.0


@dataclass(frozen=True, slots=True)
class Hook:
    url: str
    secret: str = ""
    max_connections: int = 40


class Webhooks:
    def __init__(
        self,
        updates: Updates,
        monotonic: Callable[[], float],
        wall: Callable[[], float],
        rng: random.Random,
        *,
        scale: float,
        answer_within: float,
    ) -> None:
        self._updates = updates
        self._monotonic = monotonic
        self._wall = wall
        self._rng = rng
        self._scale = scale
        self._answer_within = answer_within
        self._lanes: dict[Lane, deque[Pending]] = {}
        self._tasks = Tasks()
        self._slots = asyncio.Semaphore(40)
        self._session: aiohttp.ClientSession | None = None
        self.hook: Hook | None = None
        self.attempts = 0
        self.delivered = 0
        self._last_error: tuple[float, str] | None = None
        updates.listeners.append(self._queue)

    async def set(self, hook: Hook) -> None:
        await self.remove()
        self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=self._answer_within))
        self._slots = asyncio.Semaphore(hook.max_connections)
        self.hook = hook
        for pending in self._updates.waiting():
            self._queue(pending)

    async def remove(self) -> None:
        self.hook = None
        await self._tasks.stop()
        self._lanes.clear()
        if self._session is not None:
            await self._session.close()
            self._session = None

    def info(self) -> Json:
        info: Json = {
            "url": self.hook.url if self.hook else "",
            "has_custom_certificate": False,
            "pending_update_count": len(self._updates),
        }
        if self.hook:
            info["max_connections"] = self.hook.max_connections
        if self.hook and self._last_error:
            info["last_error_date"], info["last_error_message"] = (
                int(self._last_error[0]),
                self._last_error[1],
            )
        if self._updates.allowed is not None:
            info["allowed_updates"] = sorted(self._updates.allowed)
        return info

    def _queue(self, pending: Pending) -> None:
        if self.hook is None:
            return
        if pending.lane in self._lanes:
            self._lanes[pending.lane].append(pending)
        else:
            self._lanes[pending.lane] = deque([pending])
            self._tasks.start(self._drain(pending.lane, self.hook), name=f"webhook {pending.lane}")

    async def _drain(self, lane: Lane, hook: Hook) -> None:
        queue = self._lanes[lane]
        while queue:
            await self._deliver(queue[0], hook)
            queue.popleft()
        del self._lanes[lane]

    async def _deliver(self, pending: Pending, hook: Hook) -> None:
        """Sends one update until it is taken or its time is over."""
        delay = 1.0
        while pending.expires > self._monotonic():
            async with self._slots:
                asked = await self._attempt(pending, hook)
            if asked is None:
                self.delivered += 1
                self._updates.remove(pending)
                return
            delay *= 2
            if delay > 60:
                delay = self._rng.uniform(60, 120)
            await asyncio.sleep((asked or delay) * self._scale)
        self._updates.drop_expired()

    async def _attempt(self, pending: Pending, hook: Hook) -> float | None:
        """None when the update was taken, else the seconds to wait that the receiver asked for, or 0."""
        assert self._session is not None
        self.attempts += 1
        headers = {"Content-Type": "application/json"} | ({SECRET_HEADER: hook.secret} if hook.secret else {})
        try:
            async with self._session.post(
                hook.url, data=pending.body, headers=headers, allow_redirects=False
            ) as response:
                await response.read()
                if 200 <= response.status < 300:
                    return None
                self._last_error = (
                    self._wall(),
                    f"Wrong response from the webhook: {response.status} {response.reason}",
                )
                return retry_after(response.headers.get("Retry-After", ""))
        except TimeoutError:
            self._last_error = self._wall(), "Read timeout expired"
        except aiohttp.ClientConnectorError:
            self._last_error = self._wall(), "Connection refused"
        except aiohttp.ClientError:
            self._last_error = self._wall(), "Connection closed"
        return 0.0


def retry_after(header: str) -> float:
    return min(float(header), MOST_RETRY_AFTER) if header.strip().isdecimal() else 0.0
