"""Messages that told of a buyer who is erased: each is edited into one line that says so (K6, facts T26).

A row stays until its message is blanked, is no more, or cannot be reached; an edit that is made twice changes
nothing, so that there is no lease. There is one leader, and one look at a time.
"""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

import structlog
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.erasing import ERASED
from bot.l10n import Words
from bot.messengers.base import Channel, MediaChannel, Undeliverable
from bot.outbox.redrawing import MOST_TRIES, RETRIES
from keyboards.privacy import blanked_screen
from models.base import Clock
from models.crash import crashpoint
from models.db import Database
from models.order import Order
from models.people import Account
from models.trace import Trace
from models.wal import truncate_wal

log = structlog.get_logger(__name__)

PAGE = 100
LONGEST = 4.0
"""Seconds after which a look ends, also where it only waits for the pace: the next comes in a moment."""


@dataclass(frozen=True, slots=True)
class Blank:
    """A message to blank. `number` names the order to who works for its shop; None says it to the buyer."""

    id: int
    channel: str
    chat: str
    message_id: str
    language: str
    number: str | None


class Blanking:
    def __init__(
        self,
        db: Database,
        clock: Clock,
        channels: Mapping[str, Channel],
        words: Callable[[str], Words],
    ) -> None:
        self._db = db
        self._clock = clock
        self._channels = channels
        self._words = words
        self._unswept = True  # a crash may have come between an erasure and the sweeping of the files
        db.on_wake(ERASED, self._erased)

    async def run(self) -> int:
        """One look: blank what is due and sweep the files. Returns how many messages are settled."""
        loop = asyncio.get_running_loop()
        until = loop.time() + LONGEST
        settled = 0
        tried: set[int] = set()
        while True:
            waits = []
            for blank in await self._db.read(partial(_due, now=self._clock(), but=frozenset(tried))):
                channel = self._channels.get(blank.channel)
                wait = 0.0 if channel is None else max(channel.opens_in(), channel.wait(blank.chat))
                if wait > 0 or loop.time() > until:
                    waits.append(wait)
                    continue
                tried.add(blank.id)
                settled += channel is not None and await self._blank(blank, channel)
            pause = min(waits, default=LONGEST)
            if loop.time() + pause > until:
                break
            await asyncio.sleep(pause)
        if settled or self._unswept:
            self._unswept = not await truncate_wal(self._db)
        return settled

    def _erased(self) -> None:
        self._unswept = True

    async def _blank(self, blank: Blank, channel: Channel) -> bool:
        channel.take(blank.chat)
        try:
            crashpoint("blanking.before_edit")
            await channel.edit(blank.chat, blank.message_id, self._text(blank), None)
            crashpoint("blanking.edited")
        except Undeliverable as fault:
            return await self._unblanked(blank, channel, fault)
        await self._db.write(partial(_settled, trace_id=blank.id))
        return True

    def _text(self, blank: Blank) -> str:
        return blanked_screen(blank.number, self._words(blank.language)).text

    async def _unblanked(self, blank: Blank, channel: Channel, fault: Undeliverable) -> bool:
        if fault.ambiguous or fault.away or fault.pause is not None:
            spent = fault.pause is None
            await self._db.write(partial(_later, trace_id=blank.id, spent=spent, now=self._clock()))
            return False
        if not (fault.gone or fault.for_good):  # a picture has no text to edit
            try:
                if isinstance(channel, MediaChannel):
                    await channel.replace_media(blank.chat, blank.message_id, self._text(blank))
                else:
                    await channel.delete(blank.chat, blank.message_id)
            except Undeliverable as refusal:
                if refusal.ambiguous or refusal.away or refusal.pause is not None:
                    return await self._unblanked(blank, channel, refusal)
                log.info("message_not_blanked", trace=blank.id, reason=refusal.reason)
        await self._db.write(partial(_settled, trace_id=blank.id))
        return True


def _due(session: Session, now: datetime, but: frozenset[int]) -> Sequence[Blank]:
    query = (
        select(Trace, Account.language, Order.number)
        .join(Account, Account.id == Trace.account_id)
        .outerjoin(Order, Order.id == Trace.order_id)
        .where(Trace.due_at <= now)
        .order_by(Trace.due_at, Trace.id)
        .limit(PAGE + len(but))
    )
    return [
        Blank(trace.id, trace.channel, trace.chat, trace.message_id, language, number)
        for trace, language, number in session.execute(query)
        if trace.id not in but
    ]


def _settled(session: Session, trace_id: int) -> None:
    trace = session.get(Trace, trace_id)
    if trace is not None:
        session.delete(trace)


def _later(session: Session, trace_id: int, spent: bool, now: datetime) -> None:
    trace = session.get(Trace, trace_id)
    if trace is None or not spent:
        return
    trace.attempts += 1
    if trace.attempts > MOST_TRIES:
        session.delete(trace)
        return
    trace.due_at = now + timedelta(seconds=RETRIES[min(trace.attempts, len(RETRIES)) - 1])
