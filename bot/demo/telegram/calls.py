"""What the product asked of Telegram, in order, with what came of it."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Protocol


class HasId(Protocol):
    @property
    def id(self) -> int: ...


@dataclass(slots=True, eq=False)
class Call:
    """One request. `accepted` tells whether Telegram did what was asked, whatever the caller learned;
    `outcome` is what the caller got: `ok`, `400 Bad Request: ...`, or the fault's name. `at` is on the
    fake's monotonic clock.
    """

    method: str
    params: dict[str, Any]
    at: float
    outcome: str = ""
    accepted: bool = False
    result: Any = None
    fault: str = ""

    @property
    def chat(self) -> int | None:
        chat_id = self.params.get("chat_id")
        return chat_id if isinstance(chat_id, int) else None

    @property
    def text(self) -> str:
        return str(self.params.get("text", ""))


@dataclass(slots=True)
class Calls:
    """Behaves like a list of Call; `most` bounds what is kept, `total` counts all."""

    most: int | None = None
    total: int = 0
    _kept: deque[Call] = field(default_factory=deque)
    _changed: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self._kept = deque(maxlen=self.most)

    def __iter__(self) -> Iterator[Call]:
        return iter(list(self._kept))

    def __len__(self) -> int:
        return len(self._kept)

    def __getitem__(self, index: int) -> Call:
        return self._kept[index]

    def add(self, call: Call) -> None:
        self._kept.append(call)
        self.total += 1

    def done(self) -> None:
        """A call has its outcome: wake whoever waits for one."""
        self._changed.set()
        self._changed = asyncio.Event()

    def clear(self) -> None:
        self._kept.clear()

    def of(self, *methods: str, chat: HasId | int | None = None, outcome: str | None = None) -> list[Call]:
        """The calls of these methods (all if none is named), to this chat, whose outcome begins so."""
        chat_id = chat if chat is None or isinstance(chat, int) else chat.id
        return [
            call
            for call in self._kept
            if (not methods or call.method in methods)
            and (chat_id is None or call.chat == chat_id)
            and (outcome is None or call.outcome.startswith(outcome))
        ]

    def refused(self) -> list[Call]:
        """What Telegram itself refused, without the faults that were planted."""
        return [call for call in self._kept if call.outcome[:1].isdigit() and not call.fault]

    async def wait_for(
        self, method: str, *, times: int = 1, within: float = 60.0, chat: HasId | int | None = None
    ) -> list[Call]:
        """Waits until so many calls of the method have an outcome."""
        try:
            async with asyncio.timeout(within):
                while len(found := [call for call in self.of(method, chat=chat) if call.outcome]) < times:
                    await self._changed.wait()
                return found
        except TimeoutError:
            seen = ", ".join(f"{call.method} {call.outcome}" for call in list(self._kept)[-20:]) or "none"
            raise AssertionError(
                f"no {times} calls of {method} within {within} s; the last calls: {seen}"
            ) from None
