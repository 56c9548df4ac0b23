"""What the tests of the inbox play with: a database of their own, a handler that does what it is told."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.inbox.store import Arrival, Inbox, telegram_body
from bot.inbox.worker import DialogueWrites, Handle, Received, Worker
from models.db import Database
from models.dialogue import Dialogue
from models.inbox import Update, UpdateState

BOT = "4200004242"
QUICK = (0.005, 0.005, 0.01, 0.01)
"""Pauses between tries where the test is not about them."""


class Clock:
    def __init__(self) -> None:
        self.now = datetime(2026, 3, 6, 15, 31, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def goes(self, **passed: float) -> None:
        self.now += timedelta(**passed)


def message(update_id: int, text: str = "", *, chat: int = 1) -> bytes:
    """A message as Telegram's getUpdates serves it, cut down to what matters here."""
    told = {
        "update_id": update_id,
        "message": {
            "message_id": update_id,
            "date": 1_770_000_000,
            "chat": {"id": chat, "type": "private", "first_name": "Олена"},
            "from": {"id": chat, "is_bot": False, "first_name": "Олена"},
            "text": text or str(update_id),
        },
    }
    return json.dumps(told, ensure_ascii=False).encode()


def arrivals(*bodies: bytes) -> list[Arrival]:
    return [telegram_body(BOT, body) for body in bodies]


def text_of(received: Received) -> str:
    told: dict[str, Any] = received.body.get("message", {})
    return str(told.get("text", ""))


class Handler:
    """Notes what it gets. `acts` tells what to do about a text: callables, one a time, the last for ever."""

    def __init__(self) -> None:
        self.got: list[Received] = []
        self.ended: list[str] = []
        self.acts: dict[str, list[Callable[[Received], Awaitable[DialogueWrites]]]] = {}
        self.at_work = self.most_at_work = 0
        self._news = asyncio.Event()

    async def __call__(self, received: Received) -> DialogueWrites:
        self.got.append(received)
        self.at_work += 1
        self.most_at_work = max(self.most_at_work, self.at_work)
        self._tell()
        try:
            acts = self.acts.get(text_of(received), [])
            act = acts.pop(0) if len(acts) > 1 else acts[0] if acts else nothing
            writes = await act(received)
        finally:
            self.at_work -= 1
        self.ended.append(text_of(received))
        self._tell()
        return writes

    def _tell(self) -> None:
        self._news.set()
        self._news = asyncio.Event()

    @property
    def texts(self) -> list[str]:
        return [text_of(received) for received in self.got]

    async def until(self, met: Callable[[], bool], within: float = 60.0) -> None:
        async with asyncio.timeout(within):
            while not met():
                await self._news.wait()


async def nothing(_: Received) -> DialogueWrites:
    return []


def raises(error: BaseException) -> Callable[[Received], Awaitable[DialogueWrites]]:
    async def act(_: Received) -> DialogueWrites:
        raise error

    return act


def waits_for(event: asyncio.Event) -> Callable[[Received], Awaitable[DialogueWrites]]:
    async def act(_: Received) -> DialogueWrites:
        await event.wait()
        return []

    return act


class Desk:
    """An inbox, its worker and its handler over one database; `told` are the dead letters it was told of."""

    def __init__(self, db: Database, clock: Clock, handler: Handler | None = None, **how: Any) -> None:
        self.db = db
        self.handler = handler or Handler()
        self.told: list[tuple[Received, str]] = []
        self.inbox = Inbox(db, clock)
        handle: Handle = self.handler
        self.worker = Worker(db, handle, on_dead=self._dead, **how)
        self.inbox.hand_to(self.worker.take)

    async def _dead(self, received: Received, error: str) -> None:
        self.told.append((received, error))

    async def idle(self, within: float = 30.0) -> None:
        async with asyncio.timeout(within):
            await self.worker.idle()

    async def rows(self) -> dict[str, Update]:
        return await rows(self.db)


async def rows(db: Database) -> dict[str, Update]:
    """Every row of the inbox by its event's id, in the order of arrival."""

    def query(session: Session) -> dict[str, Update]:
        found = session.scalars(select(Update).order_by(Update.received_at)).all()
        session.expunge_all()
        return {row.event_id: row for row in found}

    return await db.read(query)


async def states(db: Database) -> dict[str, UpdateState]:
    return {event_id: row.state for event_id, row in (await rows(db)).items()}


async def dialogues(db: Database) -> dict[str, tuple[str | None, dict[str, Any]]]:
    def query(session: Session) -> dict[str, tuple[str | None, dict[str, Any]]]:
        return {row.key: (row.state, row.data) for row in session.scalars(select(Dialogue))}

    return await db.read(query)


class Naps:
    """A sleep that notes how long it should be and takes a hundredth at most."""

    def __init__(self, shortest: float = 0.01) -> None:
        self.asked: list[float] = []
        self._shortest = shortest

    async def __call__(self, seconds: float) -> None:
        self.asked.append(seconds)
        await asyncio.sleep(min(seconds, self._shortest))


async def soon(met: Callable[[], bool], within: float = 60.0) -> None:
    """For what tells nobody when it happens."""
    async with asyncio.timeout(within):
        while not met():  # noqa: ASYNC110
            await asyncio.sleep(0.005)


async def stopped(task: "asyncio.Task[Any]") -> None:
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


def ids(received: Sequence[Received]) -> list[str]:
    return [one.event_id for one in received]
