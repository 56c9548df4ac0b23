"""The inbox: what a messenger told us is stored, raw, before it is acknowledged (promise P5, rule R1).

    await inbox.store([telegram_arrival(bot_id, body, update)])   # returns after the commit: acknowledge now

The units below run in the writer; `put` and `settle` take many items at once. A row is `new` until it is
handled (`done`: its body is emptied, its id stays for 48 h, so that the same update is not handled again) or
until nobody can handle it (`dead`: kept, with the class of the error and where it happened, never its words).
"""

import asyncio
import hashlib
import json
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import ColumnElement, Table, and_, delete, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from bot.tasks import Tasks
from models.base import Clock
from models.crash import crashpoint
from models.db import Database
from models.dialogue import Dialogue
from models.inbox import AGAIN, Update, UpdateState

TELEGRAM = "telegram"
VIBER = "viber"
KEPT = timedelta(hours=48)
"""How long the id of a handled update is remembered. Telegram repeats within a day, and may begin to number
anew after a week (T2, T4)."""
PRUNED_AT_ONCE = 2_000

ANSWER_KEPT = timedelta(hours=2)
"""How long what was said in an HTTP answer is kept: Viber brings one event again for up to an hour."""

NO_ID = "NoUpdateId"
NOT_JSON = "NotJson"

UPDATES = cast(Table, Update.__table__)
DIALOGUES = cast(Table, Dialogue.__table__)
PRIMARY = (UPDATES.c.channel, UPDATES.c.bot_id, UPDATES.c.event_id)


@dataclass(frozen=True, slots=True)
class Key:
    channel: str
    bot_id: str
    event_id: str


@dataclass(frozen=True, slots=True)
class Arrival:
    """An update as a receiver took it in. `error` says why it can only be a dead letter, if so; `again`: it was
    one, and is tried once more."""

    key: Key
    body: bytes
    error: str | None = None
    again: bool = False


@dataclass(frozen=True, slots=True)
class Stamped:
    arrival: Arrival
    received_at: datetime


@dataclass(frozen=True, slots=True)
class Settled:
    """A handled update and the dialogues as they stand since; one without state and data is over."""

    key: Key
    dialogues: Sequence[Dialogue] = ()


Store = Callable[[Sequence[Arrival]], Awaitable[int]]
"""What receivers need of an inbox: `Inbox.store`."""


def telegram_arrival(bot_id: str, body: bytes, told: object) -> Arrival:
    """Of `told`, the body as JSON, only `update_id` is read. Without one, the body's hash stands for it."""
    number = update_id(told)
    if number is None:
        return unreadable(TELEGRAM, bot_id, body, NO_ID)
    return Arrival(Key(TELEGRAM, bot_id, str(number)), body)


def update_id(told: object) -> int | None:
    """The number under which Telegram brings an update; what no number of its can be is None."""
    number = told.get("update_id") if isinstance(told, dict) else None
    return number if type(number) is int and 0 <= number < 2**53 else None


def telegram_body(bot_id: str, body: bytes) -> Arrival:
    """A body that should be one update of Telegram's, and need not even be JSON."""
    try:
        told = json.loads(body)
    except (ValueError, RecursionError):
        return unreadable(TELEGRAM, bot_id, body, NOT_JSON)
    return telegram_arrival(bot_id, body, told)


def viber_body(bot_id: str, body: bytes, event_id: Callable[[dict[str, Any]], str | None]) -> Arrival:
    """A body that should be one event of Viber's. Who it is about stands in its id only as a hash: an id is kept for
    two days, whoever is forgotten meanwhile."""
    try:
        told = json.loads(body)
    except (ValueError, RecursionError):
        return unreadable(VIBER, bot_id, body, NOT_JSON)
    named = event_id(told) if isinstance(told, dict) else None
    if named is None:
        return unreadable(VIBER, bot_id, body, NO_ID)
    kind = named.partition(":")[0][:24]
    return Arrival(Key(VIBER, bot_id, f"{kind}:{hashlib.sha256(named.encode()).hexdigest()[:48]}"), body)


def unreadable(channel: str, bot_id: str, body: bytes, error: str, *, event_id: str | None = None) -> Arrival:
    """A dead letter, under the hash of its body where its id is not known."""
    return Arrival(
        Key(channel, bot_id, event_id or f"sha256:{hashlib.sha256(body).hexdigest()}"), body, error
    )


class Inbox:
    """Takes in what the receivers bring, in the order in which they bring it."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock
        self._latest: datetime | None = None
        self._listener: Callable[[Sequence[Arrival]], None] | None = None
        self._tasks = Tasks()

    def hand_to(self, listener: Callable[[Sequence[Arrival]], None]) -> None:
        """Tell `listener` of everything new, right after it was committed (`Worker.take`)."""
        self._listener = listener

    def hand_over(self, arrivals: Sequence[Arrival]) -> None:
        """What was committed as open, here or elsewhere, goes to whoever handles it."""
        if self._listener is not None:
            self._listener(arrivals)

    async def store(self, arrivals: Sequence[Arrival]) -> int:
        """How many of them are new, once all are durably stored; what is known is not stored again. Raises
        Busy. A caller that is cancelled meanwhile leaves nothing half done: what gets committed is handed on.
        """
        if not arrivals:
            return 0
        told = await asyncio.shield(self._tasks.start(self._stored(arrivals), name="inbox: store"))
        if isinstance(told, BaseException):
            raise told
        return told

    async def prune(self) -> int:
        """Forgets what came 48 h ago and before, and is done or dead; how many rows went."""
        before, gone = self._clock() - KEPT, 0
        await self._db.write(lambda session: forget_dead(session, before))
        await self._db.write(lambda session: forget_answers(session, self._clock() - ANSWER_KEPT))
        while True:
            went = await self._db.write(lambda session: prune(session, before))
            gone += went
            if went < PRUNED_AT_ONCE:
                return gone

    async def _stored(self, arrivals: Sequence[Arrival]) -> int | BaseException:
        crashpoint("inbox.before_store")
        stamped = [Stamped(arrival, self._moment()) for arrival in arrivals]
        outcomes = await asyncio.gather(
            *(self._db.write_with(put, item) for item in stamped), return_exceptions=True
        )
        crashpoint("inbox.stored")
        new = [arrival for arrival, outcome in zip(arrivals, outcomes, strict=True) if outcome is True]
        if new:
            self.hand_over(new)
        crashpoint("inbox.handed_over")
        return next((outcome for outcome in outcomes if isinstance(outcome, BaseException)), len(new))

    def _moment(self) -> datetime:
        """The present one, yet always later than the last: rows are read back in the order of arrival."""
        now = self._clock()
        if self._latest is not None and now <= self._latest:
            now = self._latest + timedelta(microseconds=1)
        self._latest = now
        return now

    async def keep_answer(self, key: Key, answer: str) -> None:
        """What this update was answered with over HTTP, for when the same comes once more."""
        await self._db.write(lambda session: keep_answer(session, key, answer))

    async def answered(self, key: Key) -> tuple[bool, str | None]:
        """Whether this update is handled, or given up, and what it was answered with."""
        query = select(UPDATES.c.state, UPDATES.c.answer).where(*_is(key))
        row = await self._db.read(lambda session: session.execute(query).one_or_none())
        return (False, None) if row is None else (row.state is not UpdateState.NEW, row.answer)


# ---------------------------------------------------------------- units


def put(session: Session, items: Sequence[Stamped]) -> list[bool]:
    """Stores what is not known yet; True for each item that was new."""
    rows = [
        {
            "channel": item.arrival.key.channel,
            "bot_id": item.arrival.key.bot_id,
            "event_id": item.arrival.key.event_id,
            "body": item.arrival.body,
            "state": UpdateState.NEW if item.arrival.error is None else UpdateState.DEAD,
            "attempts": 0,
            "error": item.arrival.error,
            "received_at": item.received_at,
        }
        for item in items
    ]
    dialect = sqlite if session.get_bind().dialect.name == "sqlite" else postgresql
    statement = dialect.insert(UPDATES).on_conflict_do_nothing().returning(*PRIMARY)
    new = {Key(*row) for row in session.execute(statement, rows)}
    outcomes = []
    for item in items:
        outcomes.append(item.arrival.key in new)
        new.discard(item.arrival.key)  # the same update twice in one commit is new once
    return outcomes


def open_rows(session: Session, most: int) -> list[Arrival]:
    """The first `most` rows that wait to be handled, in the order of arrival."""
    query = (
        select(*PRIMARY, UPDATES.c.body, UPDATES.c.error)
        .where(UPDATES.c.state == UpdateState.NEW)
        .order_by(UPDATES.c.received_at, UPDATES.c.event_id)
        .limit(most)
    )
    return [
        Arrival(Key(channel, bot_id, event_id), body or b"", again=error == AGAIN)
        for channel, bot_id, event_id, body, error in session.execute(query)
    ]


def settle(session: Session, items: Sequence[Settled]) -> list[bool]:
    """Marks updates done and writes what their handling left in dialogues, both or neither. False for an item
    that was not open any more: its dialogues are not written a second time.
    """
    done: set[Key] = set()
    for among in _among([item.key for item in items]):
        statement = (
            update(UPDATES)
            .where(among, UPDATES.c.state == UpdateState.NEW)
            .values(state=UpdateState.DONE, body=None, error=None)
            .returning(*PRIMARY)
        )
        done.update(Key(*row) for row in session.execute(statement))
    write_dialogues(session, [dialogue for item in items if item.key in done for dialogue in item.dialogues])
    return [item.key in done for item in items]


def write_dialogues(session: Session, dialogues: Sequence[Dialogue]) -> None:
    """Puts dialogues as they are given; one with neither state nor data is removed."""
    last = {dialogue.key: dialogue for dialogue in dialogues}
    if not last:
        return
    session.execute(delete(DIALOGUES).where(DIALOGUES.c.key.in_(list(last))))
    rows = [
        {"key": dialogue.key, "state": dialogue.state, "data": dialogue.data}
        for dialogue in last.values()
        if dialogue.state is not None or dialogue.data
    ]
    if rows:
        session.execute(insert(DIALOGUES), rows)


def bury(session: Session, key: Key, error: str, attempts: int) -> None:
    """Gives an update up. `error` names a class and a place in our code; people's words never stand in it."""
    for among in _among([key]):
        session.execute(
            update(UPDATES)
            .where(among, UPDATES.c.state == UpdateState.NEW)
            .values(state=UpdateState.DEAD, error=error[:200], attempts=attempts)
        )


def forget_dead(session: Session, before: datetime) -> None:
    """A dead letter that came before is over: it holds somebody's words, and nobody asked for another try."""
    session.execute(
        update(UPDATES)
        .where(UPDATES.c.state == UpdateState.DEAD, UPDATES.c.received_at < before)
        .values(state=UpdateState.DONE, body=None)
    )


def keep_answer(session: Session, key: Key, answer: str) -> None:
    session.execute(update(UPDATES).where(*_is(key)).values(answer=answer))


def forget_answers(session: Session, before: datetime) -> None:
    """It names a person and an order, and nobody comes for it any more."""
    session.execute(
        update(UPDATES)
        .where(UPDATES.c.answer.is_not(None), UPDATES.c.received_at < before)
        .values(answer=None)
    )


def prune(session: Session, before: datetime, most: int = PRUNED_AT_ONCE) -> int:
    """Removes up to `most` rows that are done and were received before; open and dead ones stay."""
    old = (
        select(*PRIMARY)
        .where(UPDATES.c.state == UpdateState.DONE, UPDATES.c.received_at < before)
        .order_by(UPDATES.c.received_at)
        .limit(most)
    )
    keys = [Key(*row) for row in session.execute(old)]
    for among in _among(keys):
        session.execute(delete(UPDATES).where(among, UPDATES.c.state == UpdateState.DONE))
    return len(keys)


def _is(key: Key) -> tuple[ColumnElement[bool], ...]:
    return (
        UPDATES.c.channel == key.channel,
        UPDATES.c.bot_id == key.bot_id,
        UPDATES.c.event_id == key.event_id,
    )


def _among(keys: Sequence[Key]) -> Iterator[ColumnElement[bool]]:
    """A condition for each bot: SQLite looks each event up in the primary key then, and does not where
    several bots are asked for at once."""
    bots: dict[tuple[str, str], list[str]] = {}
    for key in keys:
        bots.setdefault((key.channel, key.bot_id), []).append(key.event_id)
    for (channel, bot_id), event_ids in bots.items():
        yield and_(
            UPDATES.c.channel == channel, UPDATES.c.bot_id == bot_id, UPDATES.c.event_id.in_(event_ids)
        )
