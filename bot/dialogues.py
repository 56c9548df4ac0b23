"""aiogram's storage of dialogues over our table: a restart forgets no half-typed waybill (rules R3, R11).

While an update is handled, whatever is set stays in a buffer, which the worker commits together with the
inbox row's `done`: an update handled twice moves its dialogue once.

    with dialogues.collect() as written:
        await dispatcher.feed_update(bot, update)
    return written                       # to the worker

Outside an update, a dialogue is written at once.
"""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from aiogram.fsm.state import State
from aiogram.fsm.storage.base import DEFAULT_DESTINY, BaseStorage, StateType, StorageKey
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from models.db import Database
from models.dialogue import Dialogue

MOST_KEY = 120


@dataclass(slots=True)
class _Standing:
    """Where a dialogue stands. `data` is JSON text: nobody changes it unnoticed, and what is read is what a
    restart would read."""

    state: str | None = None
    data: str = "{}"
    changed: bool = False


@dataclass(slots=True)
class _Buffer:
    standings: dict[str, _Standing] = field(default_factory=dict)
    open: bool = True


_buffer: ContextVar[_Buffer | None] = ContextVar("dialogues", default=None)


class Dialogues(BaseStorage):
    """`messengers` names the messenger of each bot that is not Telegram's, by the bot's id."""

    def __init__(self, db: Database, messengers: Mapping[int, str] | None = None) -> None:
        self._db = db
        self._messengers = messengers or {}

    @contextmanager
    def collect(self) -> Iterator[list[Dialogue]]:
        """Holds back what is set inside; the list is filled at the end, unless that is an error."""
        written: list[Dialogue] = []
        buffer = _Buffer()
        token = _buffer.set(buffer)
        try:
            yield written
        finally:
            _buffer.reset(token)
            buffer.open = False  # a task that outlives the update writes for itself from now on
        written.extend(
            Dialogue(key=key, state=standing.state, data=json.loads(standing.data))
            for key, standing in buffer.standings.items()
            if standing.changed
        )

    async def set_state(self, key: StorageKey, state: StateType = None) -> None:
        name = state.state if isinstance(state, State) else state

        def change(standing: _Standing) -> None:
            standing.state = name

        await self._change(key, change)

    async def get_state(self, key: StorageKey) -> str | None:
        return (await self._standing(key_of(key, self._messengers))).state

    async def set_data(self, key: StorageKey, data: Mapping[str, Any]) -> None:
        """Raises TypeError or ValueError where `data` is no JSON."""
        text = json.dumps(dict(data), allow_nan=False)

        def change(standing: _Standing) -> None:
            standing.data = text

        await self._change(key, change)

    async def get_data(self, key: StorageKey) -> dict[str, Any]:
        data: dict[str, Any] = json.loads((await self._standing(key_of(key, self._messengers))).data)
        return data

    async def close(self) -> None:
        """Nothing is held here: the database is closed by whoever opened it."""

    async def _standing(self, name: str) -> _Standing:
        buffer = _open_buffer()
        if buffer is None:
            return await self._db.read(lambda session: _find(session, name))
        if name not in buffer.standings:
            found = await self._db.read(lambda session: _find(session, name))
            buffer.standings.setdefault(name, found)
        return buffer.standings[name]

    async def _change(self, key: StorageKey, change: Callable[[_Standing], None]) -> None:
        name = key_of(key, self._messengers)
        if _open_buffer() is not None:
            standing = await self._standing(name)
            change(standing)
            standing.changed = True
            return

        def unit(session: Session) -> None:
            standing = _find(session, name)
            change(standing)
            session.execute(delete(Dialogue).where(Dialogue.key == name))
            if standing.state is not None or standing.data != "{}":
                session.add(Dialogue(key=name, state=standing.state, data=json.loads(standing.data)))

        await self._db.write(unit)


def key_of(key: StorageKey, messengers: Mapping[int, str]) -> str:
    """Such as `telegram:4200004242:777:777`; a longer one than fits is cut and bears its hash."""
    messenger = messengers.get(key.bot_id, "telegram")
    parts = [messenger, str(key.bot_id), str(key.chat_id), str(key.user_id)]
    if key.thread_id is not None:
        parts.append(f"thread={key.thread_id}")
    if key.business_connection_id is not None:
        parts.append(f"business={quote(key.business_connection_id, safe='')}")
    if key.destiny != DEFAULT_DESTINY:
        parts.append(f"destiny={quote(key.destiny, safe='')}")
    text = ":".join(parts)
    if len(text) <= MOST_KEY:
        return text
    mark = f"#{hashlib.sha256(text.encode()).hexdigest()}"
    return text[: MOST_KEY - len(mark)] + mark


def _open_buffer() -> _Buffer | None:
    buffer = _buffer.get()
    return buffer if buffer is not None and buffer.open else None


def _find(session: Session, name: str) -> _Standing:
    row = session.execute(select(Dialogue.state, Dialogue.data).where(Dialogue.key == name)).one_or_none()
    return _Standing() if row is None else _Standing(row.state, json.dumps(row.data))
