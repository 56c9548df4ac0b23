"""Dead letters: the operators hear where each lies, and say whether it is tried again or closed.

A notice is one message for as long as it hangs: queued once more, it is drawn anew, for every operator alike. Whoever
presses must be an operator at that moment, and the notice theirs; to anybody else it is as absent as what never was.
"""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from bot import notify
from bot.inbox.store import KEPT, PRIMARY, UPDATES, Arrival, Inbox, Key
from models.base import Clock
from models.db import Database, wake
from models.errors import NoSuchOrder
from models.inbox import AGAIN, Letter, UpdateState, cause_of
from models.outbox import Notice, Notification, NotificationState


class Letters:
    """`admins` are Telegram ids."""

    def __init__(self, db: Database, clock: Clock, inbox: Inbox, admins: Collection[int]) -> None:
        self._db = db
        self._clock = clock
        self._inbox = inbox
        self._admins = admins

    async def again(self, notice: int, person: int) -> Letter:
        """Try it once more. Returns what has become of it: `AGAIN` where that is under way now, `GONE` where it was
        kept no longer, else what had become of it before. Raises NoSuchOrder."""

        def unit(session: Session) -> tuple[Letter, Arrival | None]:
            key = self._opened(session, notice, person)
            statement = (
                update(UPDATES)
                .where(*_is(key), UPDATES.c.state == UpdateState.DEAD)
                .values(state=UpdateState.NEW, error=AGAIN, attempts=0)
                .returning(UPDATES.c.body)
            )
            found = session.execute(statement).first()
            if found is None:
                return self._settled(session, key), None
            self._became(session, key, Letter.AGAIN)
            return Letter.AGAIN, Arrival(key, found.body or b"", again=True)

        became, arrival = await self._db.write(unit)
        if arrival is not None:
            self._inbox.hand_over([arrival])
        return became

    async def close(self, notice: int, person: int) -> Letter:
        """Never mind it; what it says is forgotten. Returns as `again`; raises NoSuchOrder."""

        def unit(session: Session) -> Letter:
            key = self._opened(session, notice, person)
            statement = (
                update(UPDATES)
                .where(*_is(key), UPDATES.c.state == UpdateState.DEAD)
                .values(state=UpdateState.DONE, body=None)
                .returning(UPDATES.c.event_id)
            )
            if session.execute(statement).first() is None:
                return self._settled(session, key)
            self._became(session, key, Letter.CLOSED)
            return Letter.CLOSED

        return await self._db.write(unit)

    async def died(self, key: Key, error: str) -> None:
        """Nobody could handle it, for the first time or once more."""
        await self._db.write(lambda session: self._tell(session, key, error))

    async def revived(self, key: Key) -> None:
        """It is handled at last."""
        await self._db.write(lambda session: self._became(session, key, Letter.DONE))

    async def catch_up(self) -> None:
        """What a crash left untold is told at the start: dead letters without a notice, and tries that have ended."""

        def unit(session: Session) -> None:
            query = select(*PRIMARY, UPDATES.c.error).where(
                UPDATES.c.state == UpdateState.DEAD, UPDATES.c.received_at >= self._clock() - KEPT
            )
            for channel, bot_id, event_id, error in session.execute(query.order_by(UPDATES.c.received_at)):
                self._tell(session, Key(channel, bot_id, event_id), error or "")
            for row in _trying(session):
                key = _key(row)
                state = session.execute(select(UPDATES.c.state).where(*_is(key))).scalar()
                if state != UpdateState.NEW:
                    self._became(session, key, Letter.GONE if state is None else Letter.DONE)

        await self._db.write(unit)

    # ---------------------------------------------------------------- within a unit
    def _opened(self, session: Session, notice: int, person: int) -> Key:
        row = session.get(Notification, notice) if person in self._admins else None
        if row is None or row.kind is not Notice.DEAD_LETTER or row.chat != str(person):
            raise NoSuchOrder
        return _key(row)

    def _settled(self, session: Session, key: Key) -> Letter:
        """It is dead no longer: what somebody has made of it, or time has."""
        rows = _notices(session, key, self._admins)
        told = [Letter(row.facts.get("state", Letter.DEAD)) for row in rows]
        if told and told[0] is not Letter.DEAD:
            return told[0]
        self._became(session, key, Letter.GONE)
        return Letter.GONE

    def _tell(self, session: Session, key: Key, error: str) -> None:
        """Each operator once; one that hears of it again sees the notice change."""
        cause, now = cause_of(key.channel, key.bot_id, key.event_id), self._clock()
        if any(row.facts.get("state") == Letter.AGAIN for row in _notices(session, key, self._admins)):
            self._became(session, key, Letter.DEAD, error=error, tried=True)
        notify.queue(
            session,
            [
                notify.row(
                    Notice.DEAD_LETTER,
                    now,
                    now,
                    dedupe=_dedupe(key, admin),
                    facts={"update": cause, "error": error},
                )
                | {"recipient": "admin", "channel": "telegram", "chat": str(admin)}
                for admin in self._admins
            ],
        )

    def _became(self, session: Session, key: Key, state: Letter, **facts: Any) -> None:
        now = self._clock()
        for row in _notices(session, key, self._admins):
            row.facts = row.facts | {"state": state} | facts
            row.state, row.reason, row.due_at, row.at = NotificationState.QUEUED, None, now, now
            row.attempts, row.lease_until, row.repeat = 0, None, False
        wake(session, notify.OUTBOX)


def _notices(session: Session, key: Key, admins: Collection[int]) -> Sequence[Notification]:
    named = [_dedupe(key, admin) for admin in admins]
    return session.scalars(
        select(Notification).where(Notification.dedupe.in_(named)).order_by(Notification.id)
    ).all()


def _trying(session: Session) -> list[Notification]:
    """The notices that say that a try is under way; the index of `dedupe` finds all notices of letters."""
    rows = session.scalars(select(Notification).where(Notification.dedupe.between("dead:", "dead;")))
    return [row for row in rows if row.facts.get("state") == Letter.AGAIN]


def _dedupe(key: Key, admin: int) -> str:
    return f"dead:{cause_of(key.channel, key.bot_id, key.event_id)}:{admin}"[:200]


def _key(row: Notification) -> Key:
    channel, bot_id, event_id = str(row.facts["update"]).split(":", 2)
    return Key(channel, bot_id, event_id)


def _is(key: Key) -> tuple[Any, ...]:
    return (
        UPDATES.c.channel == key.channel,
        UPDATES.c.bot_id == key.bot_id,
        UPDATES.c.event_id == key.event_id,
    )
