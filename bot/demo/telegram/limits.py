"""How much a bot may send: sliding windows over the bot, a chat, a group (T20)."""

import math
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from bot.demo.telegram.chats import Chat
from bot.demo.telegram.errors import too_many

UNLIMITED = float("inf")


@dataclass(frozen=True, slots=True)
class Limits:
    """What is admitted. A burst is how many may come at once: `chat_burst` messages within `chat_burst /
    chat_per_second` s.

    `tolerance` is the share of a window that is forgiven, since the sender's clock and ours tick a network
    apart: three messages in 2.7 s instead of 3. `Limits.none()` lifts them all.
    """

    bot_per_second: float = 30
    bot_burst: int = 30
    chat_per_second: float = 1.0
    chat_burst: int = 3
    group_per_minute: float = 20
    tolerance: float = 0.1

    @classmethod
    def none(cls) -> "Limits":
        return cls(bot_per_second=UNLIMITED, chat_per_second=UNLIMITED, group_per_minute=UNLIMITED)


class Window:
    """At most `size` moments within any `seconds`."""

    def __init__(self, size: int, seconds: float) -> None:
        self.size = size
        self.seconds = seconds
        self.moments: deque[float] = deque()

    def wait(self, now: float) -> float:
        """Seconds until one more is admitted, 0 for at once."""
        while self.moments and self.moments[0] <= now - self.seconds:
            self.moments.popleft()
        return self.moments[0] + self.seconds - now if len(self.moments) >= self.size else 0.0


class Gate:
    """Admits or refuses with 429; `refused` counts what it refused. A refused request costs nothing."""

    def __init__(self, limits: Limits, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self.refused = 0
        self.limits = limits

    @property
    def limits(self) -> Limits:
        return self._limits

    @limits.setter
    def limits(self, limits: Limits) -> None:
        """New limits begin with empty windows."""
        self._limits = limits
        self._bot = Window(
            limits.bot_burst, limits.bot_burst / limits.bot_per_second * (1 - limits.tolerance)
        )
        self._chats: dict[int, list[Window]] = {}

    def admit(self, chat: Chat) -> None:
        if self._limits.bot_per_second == UNLIMITED == self._limits.chat_per_second:
            return
        now = self._monotonic()
        windows = [self._bot, *self._windows(chat)]
        wait = max(window.wait(now) for window in windows)
        if wait > 0:
            self.refused += 1
            raise too_many(max(1, math.ceil(wait)))
        for window in windows:
            window.moments.append(now)

    def _windows(self, chat: Chat) -> list[Window]:
        windows = self._chats.get(chat.id)
        if windows is None:
            limits = self._limits
            forgiving = 1 - limits.tolerance
            seconds = limits.chat_burst / limits.chat_per_second * forgiving
            windows = self._chats[chat.id] = [Window(limits.chat_burst, seconds)]
            if chat.user is None and limits.group_per_minute != UNLIMITED:
                windows.append(Window(int(limits.group_per_minute), 60.0 * forgiving))
        return windows
