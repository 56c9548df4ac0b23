"""What the product asked of a messenger's server, in order, with what came of it."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Generic, Protocol, TypeVar

Address = int | str
"""Of a chat: a number in Telegram, a string in Viber."""


class HasId(Protocol):
    @property
    def id(self) -> Address: ...


def address_of(chat: HasId | Address | None) -> Address | None:
    return chat if chat is None or isinstance(chat, int | str) else chat.id


@dataclass(slots=True, eq=False)
class Call:
    """One request. `accepted` tells whether the server did what was asked, whatever the caller learned;
    `outcome` is what the caller got: `ok`, the refusal beginning with its code, or the fault's name. `at` is on the
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
    def chat(self) -> Address | None:
        """Whom it was about."""
        raise NotImplementedError

    @property
    def text(self) -> str:
        return str(self.params.get("text", ""))


C = TypeVar("C", bound=Call)


@dataclass(slots=True)
class Calls(Generic[C]):
    """Behaves like a list of Call; `most` bounds what is kept, `total` counts all."""

    most: int | None = None
    total: int = 0
    _kept: deque[C] = field(default_factory=deque)
    _changed: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self._kept = deque(maxlen=self.most)

    def __iter__(self) -> Iterator[C]:
        return iter(list(self._kept))

    def __len__(self) -> int:
        return len(self._kept)

    def __getitem__(self, index: int) -> C:
        return self._kept[index]

    def add(self, call: C) -> None:
        self._kept.append(call)
        self.total += 1

    def done(self) -> None:
        """A call has its outcome: wake whoever waits for one."""
        self._changed.set()
        self._changed = asyncio.Event()

    def clear(self) -> None:
        self._kept.clear()

    def of(self, *methods: str, chat: HasId | Address | None = None, outcome: str | None = None) -> list[C]:
        """The calls of these methods (all if none is named), to this chat, whose outcome begins so."""
        chat_id = address_of(chat)
        return [
            call
            for call in self._kept
            if (not methods or call.method in methods)
            and (chat_id is None or call.chat == chat_id)
            and (outcome is None or call.outcome.startswith(outcome))
        ]

    def refused(self) -> list[C]:
        """What the server itself refused, without the faults that were planted."""
        return [call for call in self._kept if call.outcome[:1].isdigit() and not call.fault]

    async def wait_for(
        self, method: str, *, times: int = 1, within: float = 60.0, chat: HasId | Address | None = None
    ) -> list[C]:
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
