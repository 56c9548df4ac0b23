"""Feeds stored updates to their handler: in order within a chat, chats side by side, nobody held up by
another's trouble (rule R3, house 8.3).

* A chat is a *lane*: its updates are handled one after another. At most eight lanes of a messenger are served at a
  moment: one that hangs keeps no place of another's. A lane that waits to try again takes no one's place.
* A failing update is tried five times within about a second. Then it is a dead letter, and the chat goes on.
* `Busy` out of a handler is the database's trouble, not the update's: it costs no try for a minute. After
  that it does, but only while the database takes a unit of ours: an outage of any length buries nothing.
* What the handler left in dialogues is committed in one unit with the row's `done`.

New rows come from the inbox right after their commit. Beyond 10,000 waiting ones, and at the start, they
are read from the database instead, oldest first. An update that a crash interrupted is open and comes again.
"""

import asyncio
import contextvars
import json
import traceback
from collections import Counter
from collections.abc import Awaitable, Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

import structlog
from sqlalchemy import select

from bot.inbox.lanes import FindLane, LaneOf, Lanes, Waiting, telegram_lane
from bot.inbox.store import TELEGRAM, Arrival, Key, Settled, bury, open_rows, settle
from bot.tasks import Tasks
from models.crash import crashpoint
from models.db import Database
from models.dialogue import Dialogue
from models.errors import Busy
from models.inbox import cause_of

log = structlog.get_logger(__name__)

T = TypeVar("T")

PAUSES = (0.05, 0.1, 0.3, 0.6)
"""Seconds between the tries of one update; there is one try more than pauses."""
AT_ONCE = 8
MOST_WAITING = 10_000
FEW_WAITING = 500
"""So few are left in memory when more are read from the database."""
PAGE = 1_000
BUSY_SECONDS = 60.0
HANDLER_SECONDS = 120.0
"""A handler that takes longer is stopped, and that was a failed try: eight hung ones would stop a messenger."""

Json = dict[str, Any]
DialogueWrites = Sequence[Dialogue]


@dataclass(frozen=True, slots=True)
class Received:
    """An update on its way to the handler. `cause` marks whatever is done because of it; on the `last_try` an
    error is final, so an apology to the person is in place."""

    channel: str
    bot_id: str
    event_id: str
    body: Json
    cause: str
    last_try: bool

    @property
    def key(self) -> Key:
        return Key(self.channel, self.bot_id, self.event_id)


Handle = Callable[[Received], Awaitable[DialogueWrites]]
OnDead = Callable[[Received, str], Awaitable[None]]
OnRevived = Callable[[Received], Awaitable[None]]


NUL = b"\\u0000"


def _storable(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object whose texts have no NUL, which PostgreSQL keeps nowhere and no client of Telegram types."""
    return {key: value.replace("\0", "") if isinstance(value, str) else value for key, value in pairs}


class Worker:
    """`handled` and `dead` are counts since the start. `on_dead` is told of each dead letter, once, after its
    commit; those that nobody could read have an empty body. `on_revived` is told of each that was dead, was tried
    again, and is done. `lanes` finds the lane of a channel's update;
    one without has a lane of its own.
    """

    def __init__(
        self,
        db: Database,
        handle: Handle,
        *,
        on_dead: OnDead | None = None,
        on_revived: OnRevived | None = None,
        lanes: Mapping[str, FindLane] | None = None,
        at_once: int = AT_ONCE,
        most_waiting: int = MOST_WAITING,
        few_waiting: int = FEW_WAITING,
        pauses: Sequence[float] = PAUSES,
        busy_seconds: float = BUSY_SECONDS,
        handler_seconds: float = HANDLER_SECONDS,
    ) -> None:
        self.handled = 0
        self.dead = 0
        self._db = db
        self._handle = handle
        self._on_dead = on_dead
        self._on_revived = on_revived
        self._lane_of = LaneOf(lanes if lanes is not None else {TELEGRAM: telegram_lane})
        self._at_once = at_once
        self._most = most_waiting
        self._few = few_waiting
        self._pauses = pauses
        self._busy_seconds = busy_seconds
        self._handler_seconds = handler_seconds
        self._tasks = Tasks()
        self._context = contextvars.copy_context()
        self._at_work: set[asyncio.Task[None]] = set()
        self._serving: Counter[str] = Counter()
        self._known: set[Key] = set()
        self._lanes = Lanes()
        self._behind = True  # rows are in the database that are not in memory
        self._missed = 0  # how often something was left to the database
        self._reader: asyncio.Task[None] | None = None
        self._off_while_reading: set[Key] = set()
        self._running = self._stopping = False
        self._quiet = asyncio.Event()

    @property
    def waiting(self) -> int:
        """In memory: queued, at work, or about to be tried again."""
        return len(self._known)

    def start(self) -> None:
        """Begins with what is open in the database."""
        self._running = True
        self._read_on()

    async def stop(self, timeout: float = 5.0) -> None:
        """Takes on nothing more, gives what runs so many seconds to end, and returns. What did not end, or
        not begin, is open in the database and is handled after the next start."""
        self._stopping = True
        running = self._at_work if self._reader is None else {*self._at_work, self._reader}
        if not running:
            return
        _, late = await asyncio.wait(running, timeout=timeout)
        for task in late:
            task.cancel()
        if late:
            log.warning("updates_interrupted", count=len(late))
            await asyncio.wait(late, timeout=1.0)

    async def idle(self) -> None:
        """Waits until everything that was stored and handed over is done or dead."""
        await self._quiet.wait()

    # ---------------------------------------------------------------- what comes in

    def take(self, arrivals: Sequence[Arrival]) -> None:
        """What was just committed; for `Inbox.hand_to`."""
        if self._stopping:
            return
        for arrival in arrivals:
            if arrival.error is not None:
                self.dead += 1
                self._start(self._tell(self._received(arrival, {}, last=True), arrival.error))
        fresh = [arrival for arrival in arrivals if arrival.error is None]
        if self._behind or len(self._known) + len(fresh) > self._most:
            self._behind = True
            self._missed += 1
            self._quiet.clear()
            self._read_on()
        else:
            self._enqueue(fresh)

    def _enqueue(self, arrivals: Sequence[Arrival]) -> None:
        for arrival in arrivals:
            if arrival.key in self._known:
                continue
            self._known.add(arrival.key)
            self._lanes.add(self._lane_of(arrival), Waiting(arrival))
        if self._known:
            self._quiet.clear()
        self._serve_on()

    # ---------------------------------------------------------------- what is left to the database

    def _read_on(self) -> None:
        if self._reader is None and self._hungry():
            self._reader = self._tasks.start(self._read(), name="inbox: read")

    def _hungry(self) -> bool:
        """Little is left, or what is left are a few long lanes that leave room for others."""
        waiting = len(self._known)
        idle = any(
            self._serving[messenger] < self._at_once and not ready
            for messenger, ready in self._lanes.ready.items()
        )
        enough = waiting > self._few and (not idle or waiting >= self._most)
        return self._running and self._behind and not self._stopping and not enough

    async def _read(self) -> None:
        try:
            while self._hungry():
                missed = self._missed
                self._off_while_reading.clear()
                rows = await self._insist(
                    lambda: self._db.read(partial(open_rows, most=len(self._known) + PAGE))
                )
                crashpoint("inbox.loaded")
                off = self._known | self._off_while_reading
                fresh = [row for row in rows if row.key not in off]
                if not fresh and missed == self._missed:
                    self._behind = False
                self._enqueue(fresh)
        finally:
            self._reader = None
            self._look_quiet()

    # ---------------------------------------------------------------- lanes

    def _serve_on(self) -> None:
        if not self._running or self._stopping:
            return
        for messenger, ready in self._lanes.ready.items():
            while ready and self._serving[messenger] < self._at_once:
                self._serving[messenger] += 1
                self._start(self._serve(self._lanes.next(messenger)))

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        """In a context of its own: what one update's handling sets there is not the next one's."""
        task = self._context.copy().run(partial(self._tasks.start, work, name="inbox: update"))
        self._at_work.add(task)
        task.add_done_callback(self._at_work.discard)

    async def _serve(self, lane: str) -> None:
        """One try of a lane's first update; then it is another lane's turn."""
        waiting = self._lanes.first(lane)
        try:
            pause = await self._try(waiting)
        except Exception as error:  # our own fault: the row stays open, its lane goes on
            log.warning("update_left", cause=_cause(waiting.arrival.key), error=error_name(error))
            pause = None
        finally:
            self._serving[waiting.arrival.key.channel] -= 1
        if pause is not None:
            asyncio.get_running_loop().call_later(pause, self._again, lane)
        else:
            self._lanes.drop_first(lane)
            self._known.discard(waiting.arrival.key)
            if self._reader is not None:
                self._off_while_reading.add(waiting.arrival.key)
        self._serve_on()
        self._read_on()
        self._look_quiet()

    def _again(self, lane: str) -> None:
        self._lanes.again(lane)
        self._serve_on()

    def _look_quiet(self) -> None:
        if not self._known and not self._behind:
            self._quiet.set()

    # ---------------------------------------------------------------- one update

    async def _try(self, waiting: Waiting) -> float | None:
        """None when the update is off our hands, else the seconds after which to try it again."""
        arrival = waiting.arrival
        try:
            body = json.loads(arrival.body, object_pairs_hook=_storable if NUL in arrival.body else None)
        except (ValueError, RecursionError) as error:
            await self._give_up(waiting, self._received(arrival, {}, last=True), type(error).__name__)
            return None
        if not isinstance(body, dict):
            await self._give_up(waiting, self._received(arrival, {}, last=True), "NotAnObject")
            return None
        received = self._received(arrival, body, last=waiting.tries >= len(self._pauses))
        waiting.tries += 1
        try:
            crashpoint("inbox.before_handle")
            async with asyncio.timeout(self._handler_seconds):
                dialogues = await self._handle(received)
            crashpoint("inbox.handled")
            await self._insist(lambda: self._db.write_with(settle, Settled(arrival.key, dialogues)))
            crashpoint("inbox.done")
        except Busy as busy:
            return await self._after_busy(waiting, received, busy)
        except asyncio.CancelledError as error:
            task = asyncio.current_task()
            if task is not None and task.cancelling():
                raise
            return await self._after_failure(waiting, received, error)
        except Exception as error:  # whatever it is, it is this update's trouble alone
            return await self._after_failure(waiting, received, error)
        self.handled += 1
        if arrival.again:
            await self._tell_revived(received)
        return None

    async def _after_busy(self, waiting: Waiting, received: Received, busy: Busy) -> float | None:
        now = asyncio.get_running_loop().time()
        if waiting.busy_since is None:
            waiting.busy_since = now
        waited = now - waiting.busy_since
        if waited >= self._busy_seconds and await self._database_works():
            return await self._after_failure(waiting, received, busy)
        waiting.tries -= 1
        return min(2.0, max(0.05, waited / 2))

    async def _after_failure(
        self, waiting: Waiting, received: Received, error: BaseException
    ) -> float | None:
        name = error_name(error)
        log.warning("update_failed", cause=received.cause, error=name, tries=waiting.tries)
        if waiting.tries <= len(self._pauses):
            return self._pauses[waiting.tries - 1]
        await self._give_up(waiting, received, name)
        return None

    async def _give_up(self, waiting: Waiting, received: Received, error: str) -> None:
        crashpoint("inbox.before_bury")
        key, tries = waiting.arrival.key, waiting.tries
        await self._insist(lambda: self._db.write(lambda session: bury(session, key, error, tries)))
        crashpoint("inbox.buried")
        self.dead += 1
        log.error("update_dead", cause=received.cause, error=error, tries=tries)
        await self._tell(received, error)

    async def _tell(self, received: Received, error: str) -> None:
        tell = self._on_dead
        if tell is not None:
            await self._told(received, lambda: tell(received, error))

    async def _tell_revived(self, received: Received) -> None:
        tell = self._on_revived
        if tell is not None:
            await self._told(received, lambda: tell(received))

    async def _told(self, received: Received, tell: Callable[[], Awaitable[None]]) -> None:
        try:
            await self._insist(tell)
        except Exception as fault:
            log.warning("dead_letter_untold", cause=received.cause, error=type(fault).__name__)

    async def _insist(self, ask: Callable[[], Awaitable[T]]) -> T:
        """Asks the database until it is not busy: neither a result in hand nor a row is dropped for that."""
        pause = 0.05
        while True:
            try:
                return await ask()
            except Busy:
                await asyncio.sleep(pause)
                pause = min(2.0, pause * 2)

    async def _database_works(self) -> bool:
        try:
            await self._db.write(lambda session: session.execute(select(1)).scalar())
        except Busy:
            return False
        return True

    def _received(self, arrival: Arrival, body: Json, *, last: bool) -> Received:
        key = arrival.key
        return Received(key.channel, key.bot_id, key.event_id, body, _cause(key), last)


def _cause(key: Key) -> str:
    return cause_of(key.channel, key.bot_id, key.event_id)


def error_name(error: BaseException) -> str:
    """Its class and where it happened: the innermost function of a handler of ours, else the innermost of
    all. Its words may hold people's data."""
    frames = [frame for frame, _ in traceback.walk_tb(error.__traceback__)]
    names = [f"{frame.f_globals.get('__name__', '?')}.{frame.f_code.co_qualname}" for frame in frames]
    ours = [name for name in names if name.startswith("handlers.")]
    return f"{type(error).__name__} in {(ours or names or ['?'])[-1]}"
