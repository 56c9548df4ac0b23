"""What can go wrong on the way to a messenger's server and back, on demand: scripted, or at random from a seed.

A fault *before* strikes before the server looked at the request; one *after* strikes when it has carried it out
already and only the answer suffers. The product cannot tell the two apart. Which kinds there are is each
server's own (`bot.demo.telegram.faults.Kind`, `bot.demo.viber.faults.Kind`).
"""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from bot.demo.calls import Address, HasId, address_of

K = TypeVar("K", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Fault(Generic[K]):
    kind: K
    after: bool = False
    retry_after: int = 1
    seconds: float = 1.0  # how long a slow body takes
    body: bytes = b""  # of the undecodable

    def __str__(self) -> str:
        return f"{self.kind} {'after' if self.after else 'before'}"


@dataclass(slots=True)
class Rule(Generic[K]):
    """A scripted fault: which call of which method to which chat; `left` says how many it still strikes."""

    fault: Fault[K]
    method: str | None
    chat: Address | None
    skip: int
    left: int | None

    def strikes(self, method: str, chat: Address | None) -> bool:
        if self.left == 0 or self.method not in (None, method) or self.chat not in (None, chat):
            return False
        if self.skip > 0:
            self.skip -= 1
            return False
        if self.left is not None:
            self.left -= 1
        return True


class Faults(Generic[K]):
    """`struck` counts what was dealt out, by `str(fault)`. `sending`: the methods that random faults strike unless
    told otherwise; `undecodable`: the kind that makes no sense before, and the body it answers with."""

    def __init__(self, sending: Sequence[str], undecodable: K, body: bytes) -> None:
        self._sending = sending
        self._undecodable = undecodable
        self._body = body
        self.struck: Counter[str] = Counter()
        self._rules: list[Rule[K]] = []
        self._random: tuple[random.Random, list[tuple[float, Fault[K]]], frozenset[str]] | None = None
        self._released = asyncio.Event()
        self._hung = asyncio.Event()
        self.hanging = 0

    def script(
        self,
        kind: K,
        *,
        method: str | None = None,
        chat: HasId | Address | None = None,
        nth: int = 1,
        times: int | None = 1,
        after: bool = False,
        retry_after: int = 1,
        seconds: float = 1.0,
        body: bytes | None = None,
    ) -> None:
        """The n-th matching call from now, and the `times - 1` after it (None: for ever), get this fault."""
        told = self._body if body is None else body
        fault = Fault(kind, after or kind == self._undecodable, retry_after, seconds, told)
        self._rules.append(Rule(fault, method, address_of(chat), nth - 1, times))

    def at_random(
        self,
        seed: int,
        *,
        before: Mapping[K, float] | None = None,
        after: Mapping[K, float] | None = None,
        methods: Sequence[str] | None = None,
        retry_after: int = 1,
        seconds: float = 0.2,
    ) -> None:
        """Each call of these methods meets one of the faults with its probability; a seed deals one hand."""
        chances = [
            (chance, Fault(kind, False, retry_after, seconds, self._body))
            for kind, chance in (before or {}).items()
        ]
        chances += [
            (chance, Fault(kind, True, retry_after, seconds, self._body))
            for kind, chance in (after or {}).items()
        ]
        self._random = random.Random(seed), chances, frozenset(methods or self._sending)

    def clear(self) -> None:
        """No more faults; what hangs goes on."""
        self._rules.clear()
        self._random = None
        self.release()

    def release(self) -> None:
        """Everything that hangs goes on now."""
        self._released.set()
        self._released = asyncio.Event()

    async def until_hanging(self, calls: int = 1) -> None:
        """Waits until so many calls hang."""
        while self.hanging < calls:
            await self._hung.wait()

    async def hang(self) -> None:
        self.hanging += 1
        self._hung.set()
        self._hung = asyncio.Event()
        try:
            await self._released.wait()
        finally:
            self.hanging -= 1

    def strike(self, method: str, chat: Address | None) -> Fault[K] | None:
        """The fault that this call meets, if any."""
        fault = next((rule.fault for rule in self._rules if rule.strikes(method, chat)), None) or self._drawn(
            method
        )
        if fault is not None:
            self.struck[str(fault)] += 1
        return fault

    def _drawn(self, method: str) -> Fault[K] | None:
        if self._random is None or method not in self._random[2]:
            return None
        rng, chances, _ = self._random
        draw = rng.random()
        for chance, fault in chances:
            draw -= chance
            if draw < 0:
                return fault
        return None
