"""The pace that a messenger allows: so many a second in all, to a chat, to a group (R6).

pyrate-limiter's buckets keep the windows; waiting is the outbox's business, so that nothing waits under a lease.
"""

from bisect import insort
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock

from pyrate_limiter import Duration, InMemoryBucket, Rate, RateItem

IDLE_CHATS = 10_000
_SLACK = 15
"""Milliseconds by which a window is longer than it need be: requests reach the other side a little unevenly."""
_SECOND, _MINUTE = 1000 + _SLACK, int(Duration.MINUTE) + _SLACK
_ON_ITS_WAY = 0.08
"""Seconds by which an answer is expected to be younger than the call was; the rest is a stall."""
_SOON = 0.25
"""Seconds after which to ask again about a chat that a call is on its way to; its end wakes the outbox."""
_WIDESPREAD = 3
"""So many chats refused within a second: it is the bot that was too fast, not they."""


@dataclass(frozen=True, slots=True)
class Limits:
    bot_per_second: int = 30
    chat_per_second: int = 1
    group_per_minute: int = 20


class Pace:
    """`monotonic` gives seconds that never jump back. Asked from the writer's thread, too.

    A call takes its place when it begins and keeps it until its answer is here: when the other side took it is
    known no better, and a machine that stalls for a moment must not send in bursts.
    """

    def __init__(self, monotonic: Callable[[], float], limits: Limits | None = None) -> None:
        self._monotonic = monotonic
        self._limits = limits or Limits()
        self._lock = Lock()
        self._bot = InMemoryBucket([Rate(self._limits.bot_per_second, _SECOND)])
        self._chats: dict[str, InMemoryBucket] = {}
        self._flying: dict[str, list[float]] = {}
        self._paused: dict[str, float] = {}
        self._paused_all = 0.0
        self._refused: dict[str, float] = {}

    def opens_in(self) -> float:
        """Seconds until a message may go to anybody at all."""
        with self._lock:
            now = self._monotonic()
            flying = sum(len(begun) for begun in self._flying.values())
            return max(0.0, self._paused_all - now, _until_free(self._bot, now, flying))

    def wait(self, chat: str) -> float:
        """Seconds until a message may go to this chat. 0.0: it may now; its place is not taken yet (`begin`)."""
        with self._lock:
            now = self._monotonic()
            pause = max(self._paused_all, self._paused.get(chat, 0.0)) - now
            if pause > 0:
                return pause
            bucket, flying = self._chats.get(chat), len(self._flying.get(chat, ()))
            if bucket is None and flying == 0:
                return 0.0
            return _until_free(bucket or self._bucket(chat), now, flying)

    def begin(self, chat: str) -> None:
        """A call sets out. One that waits for nobody, such as the answer to a tap, is counted all the same: those
        who wait, wait for it, too."""
        with self._lock:
            self._flying.setdefault(chat, []).append(self._monotonic())

    def done(self, chat: str) -> None:
        """The answer to a call is here, or nobody waits for it any more."""
        with self._lock:
            now = self._monotonic()
            begun = self._flying.get(chat)
            if not begun:
                return
            moment = max(begun.pop(0), now - _ON_ITS_WAY)
            if not begun:
                del self._flying[chat]
            item = RateItem(chat, int(moment * 1000))
            for bucket in (self._bucket(chat), self._bot):
                bucket.leak(int(now * 1000))
                insort(bucket.items, item, key=_moment)  # `put` would leave out what exceeds the rate

    def release(self, chat: str) -> None:
        """The call that took this place was never made."""
        with self._lock:
            begun = self._flying.get(chat)
            if begun:
                begun.pop()
            if not begun:
                self._flying.pop(chat, None)

    def pause(self, seconds: float, chat: str | None = None) -> bool:
        """Nothing to this chat, or to anybody, for so long. False where there was such a pause already."""
        with self._lock:
            before = self._paused_all if chat is None else self._paused.get(chat, 0.0)
            self._pause(seconds, chat)
            return before <= self._monotonic()

    def refused(self, chat: str, seconds: float) -> None:
        """The other side says that this was too fast. Where it says so of several chats at once, all wait."""
        with self._lock:
            now = self._monotonic()
            self._pause(seconds, chat)
            self._refused = {each: at for each, at in self._refused.items() if now - at < 1.0}
            self._refused[chat] = now
            if len(self._refused) >= _WIDESPREAD:
                self._pause(min(self._paused[each] - now for each in self._refused if each in self._paused))

    def _pause(self, seconds: float, chat: str | None = None) -> None:
        until = self._monotonic() + seconds
        if chat is None:
            self._paused_all = max(self._paused_all, until)
            return
        if len(self._paused) >= IDLE_CHATS:
            self._forget()
        self._paused[chat] = max(self._paused.get(chat, 0.0), until)

    def _bucket(self, chat: str) -> InMemoryBucket:
        bucket = self._chats.get(chat)
        if bucket is None:
            if len(self._chats) >= IDLE_CHATS:
                self._forget()
            bucket = self._chats[chat] = InMemoryBucket(self._rates(chat))
        return bucket

    def _rates(self, chat: str) -> list[Rate]:
        """A group has both windows, unless one of them can never be the tighter one."""
        second = Rate(self._limits.chat_per_second, _SECOND)
        minute = Rate(self._limits.group_per_minute, _MINUTE)
        if not chat.startswith("-") or minute.limit * second.interval > second.limit * minute.interval:
            return [second]
        return [second, minute] if minute.limit > second.limit else [minute]

    def _forget(self) -> None:
        """What says nothing any more goes: chats long idle, pauses long over."""
        now = self._monotonic()
        for bucket in self._chats.values():
            bucket.leak(int(now * 1000))
        self._chats = {chat: bucket for chat, bucket in self._chats.items() if bucket.items}
        self._paused = {chat: until for chat, until in self._paused.items() if until > now}


class Paced:
    """A channel's pace, as the outbox asks for it (`bot.messengers.base.Channel`)."""

    def __init__(self, pace: Pace) -> None:
        self._pace = pace

    def opens_in(self) -> float:
        return self._pace.opens_in()

    def wait(self, chat: str) -> float:
        return self._pace.wait(chat)

    def take(self, chat: str) -> None:
        self._pace.begin(chat)

    def release(self, chat: str) -> None:
        self._pace.release(chat)

    def pause(self, seconds: float, chat: str | None = None) -> None:
        self._pace.pause(seconds, chat)


def _until_free(bucket: InMemoryBucket, now: float, flying: int) -> float:
    """Seconds until one more fits into each of the bucket's windows beside those on their way."""
    needed = 0.0
    for rate in bucket.rates:
        room = rate.limit - flying
        if room <= 0:
            needed = max(needed, _SOON)
        elif len(bucket.items) >= room:
            needed = max(needed, (bucket.items[-room].timestamp + rate.interval + 1) / 1000 - now)
    return needed


def _moment(item: RateItem) -> int:
    return int(item.timestamp)
