"""What can go wrong on the way to Telegram and back, on demand: scripted, or at random from a seed.

A fault *before* strikes before Telegram looked at the request; one *after* strikes when the message hangs
in the chat already and only the answer suffers. The product cannot tell the two apart.
"""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.demo.telegram.calls import HasId


class Kind(StrEnum):
    TOO_MANY = "429"
    SERVER_ERROR = "500"
    BAD_GATEWAY = "502 html"
    EMPTY = "empty body"
    RESET = "reset"
    HALF = "half a body"
    SLOW = "slow body"
    HANG = "hang"
    UNDECODABLE = "ok, undecodable"
    UNAUTHORIZED = "401"
    BLOCKED = "403 blocked"
    NO_CHAT = "400 chat not found"
    CANT_PARSE = "400 can't parse"
    CONFLICT = "409"


# What Telegram would say, where it says anything.
REFUSALS = {
    Kind.TOO_MANY: (429, "Too Many Requests: retry after {retry_after}"),
    Kind.SERVER_ERROR: (500, "Internal Server Error"),
    Kind.UNAUTHORIZED: (401, "Unauthorized"),
    Kind.BLOCKED: (403, "Forbidden: bot was blocked by the user"),
    Kind.NO_CHAT: (400, "Bad Request: chat not found"),
    Kind.CANT_PARSE: (400, 'Bad Request: can\'t parse entities: Unsupported start tag "x" at byte offset 0'),
    Kind.CONFLICT: (
        409,
        "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
    ),
}
SENDING = (
    "sendMessage",
    "sendPhoto",
    "sendDocument",
    "sendContact",
    "sendLocation",
    "sendVoice",
    "copyMessage",
    "editMessageText",
    "editMessageCaption",
    "editMessageReplyMarkup",
)


@dataclass(frozen=True, slots=True)
class Fault:
    kind: Kind
    after: bool = False
    retry_after: int = 1
    seconds: float = 1.0  # how long a slow body takes
    body: bytes = b'{"ok":true,"result":{"message_id":"not a number"}}'  # of the undecodable

    def __str__(self) -> str:
        return f"{self.kind} {'after' if self.after else 'before'}"


@dataclass(slots=True)
class Rule:
    """A scripted fault: which call of which method to which chat; `left` says how many it still strikes."""

    fault: Fault
    method: str | None
    chat: int | None
    skip: int
    left: int | None

    def strikes(self, method: str, chat: int | None) -> bool:
        if self.left == 0 or self.method not in (None, method) or self.chat not in (None, chat):
            return False
        if self.skip > 0:
            self.skip -= 1
            return False
        if self.left is not None:
            self.left -= 1
        return True


class Faults:
    """`struck` counts what was dealt out, by `str(fault)`."""

    def __init__(self) -> None:
        self.struck: Counter[str] = Counter()
        self._rules: list[Rule] = []
        self._random: tuple[random.Random, list[tuple[float, Fault]], frozenset[str]] | None = None
        self._released = asyncio.Event()
        self._hung = asyncio.Event()
        self.hanging = 0

    def script(
        self,
        kind: Kind,
        *,
        method: str | None = None,
        chat: HasId | int | None = None,
        nth: int = 1,
        times: int | None = 1,
        after: bool = False,
        retry_after: int = 1,
        seconds: float = 1.0,
        body: bytes | None = None,
    ) -> None:
        """The n-th matching call from now, and the `times - 1` after it (None: for ever), get this fault."""
        fault = Fault(kind, after or kind is Kind.UNDECODABLE, retry_after, seconds)
        if body is not None:
            fault = Fault(kind, fault.after, retry_after, seconds, body)
        chat_id = chat if chat is None or isinstance(chat, int) else chat.id
        self._rules.append(Rule(fault, method, chat_id, nth - 1, times))

    def at_random(
        self,
        seed: int,
        *,
        before: Mapping[Kind, float] | None = None,
        after: Mapping[Kind, float] | None = None,
        methods: Sequence[str] = SENDING,
        retry_after: int = 1,
        seconds: float = 0.2,
    ) -> None:
        """Each call of these methods meets one of the faults with its probability; a seed deals one hand."""
        chances = [
            (chance, Fault(kind, False, retry_after, seconds)) for kind, chance in (before or {}).items()
        ]
        chances += [
            (chance, Fault(kind, True, retry_after, seconds)) for kind, chance in (after or {}).items()
        ]
        self._random = random.Random(seed), chances, frozenset(methods)

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

    def strike(self, method: str, chat: int | None) -> Fault | None:
        """The fault that this call meets, if any."""
        fault = next((rule.fault for rule in self._rules if rule.strikes(method, chat)), None) or self._drawn(
            method
        )
        if fault is not None:
            self.struck[str(fault)] += 1
        return fault

    def _drawn(self, method: str) -> Fault | None:
        if self._random is None or method not in self._random[2]:
            return None
        rng, chances, _ = self._random
        draw = rng.random()
        for chance, fault in chances:
            draw -= chance
            if draw < 0:
                return fault
        return None
