"""Delivery: what is due is claimed under a lease, sent outside any transaction, and settled.

Woken by the commit that queued something, and by a tick in case that was missed. Claims, by priority, only what
the pace admits, so that nothing waits under a lease. A repeat of what may have been sent says so in its text.

Trouble is met where it is: a chat whose message did not get through waits with all that comes after it, so that
it is told everything in order; where several chats in a row are in trouble, the messenger itself is away, and one
message at a time asks whether it is back.
"""

import asyncio
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import TypeVar

import structlog
from sqlalchemy.orm import Session

from bot.l10n import Words
from bot.messengers.base import Channel, Sent, Undeliverable
from bot.notify import OUTBOX
from bot.outbox import claiming, redrawing, settling
from bot.outbox.claiming import Address
from bot.outbox.sending import media_of, outcome, send
from bot.outbox.trouble import Troubles
from bot.tasks import Tasks
from keyboards.notices import Matter, draw, draw_digest
from keyboards.order import order_card
from keyboards.screen import Screen
from keyboards.short import mailbox_notice, short_screen
from models.base import Clock
from models.crash import crashpoint
from models.db import Database
from models.errors import Busy
from models.links import Links
from models.order import Order
from models.watch import Watch
from models.ways import FALLBACKS

log = structlog.get_logger(__name__)

IN_FLIGHT = 8
"""Messages on their way to one messenger: one that hangs keeps no place of another's."""
TICK = 1.0
"""Seconds between looks at the outbox where no commit woke it."""
PROBE = timedelta(minutes=5)
"""How often one of those that an outage held asks whether it is over."""

T = TypeVar("T")


class Delivery:
    """`channels` by name. One a process; `start` first sends again what a crash left half sent."""

    def __init__(
        self,
        db: Database,
        clock: Clock,
        channels: Mapping[str, Channel],
        words: Callable[[str], Words],
        watch: Watch | None = None,
        links: Links | None = None,
    ) -> None:
        """`links`: what SMS and mails lead to."""
        self._db = db
        self._clock = clock
        self._channels = channels
        self._words = words
        self._watch = watch or Watch()
        self._links = links
        self._wake = asyncio.Event()
        self._tasks = Tasks()
        self._sending: set[Address] = set()
        self._drawing: dict[int, str] = {}
        self._troubles = Troubles(channels)
        self._held = True
        self._probed_at: datetime | None = None
        self._stopping = False
        self._quiet = asyncio.Event()
        self._asked = 0
        db.on_wake(OUTBOX, self._wake.set)

    @property
    def trouble(self) -> str | None:
        """Why a messenger takes nothing from us at all, as a key; None while all do."""
        return next((channel.trouble for channel in self._channels.values() if channel.trouble), None)

    async def start(self) -> None:
        repeated = await self._db.write(self._requeue)
        crashpoint("outbox.requeued")
        if repeated:
            log.info("sending_again_after_crash", count=repeated)
        self._tasks.start(self._run(), name="delivery")

    def _requeue(self, session: Session) -> int:
        redrawing.requeue_unfinished(session, self._clock())
        return settling.requeue_unfinished(session)

    async def stop(self, seconds: float = 5.0) -> None:
        """Finish what is on its way, then stop."""
        self._stopping = True
        self._wake.set()
        try:
            async with asyncio.timeout(seconds):
                await self._tasks.finish()
        except TimeoutError:
            log.warning("stopped_while_sending", count=len(self._sending))
        await self._tasks.stop()

    def nudge(self) -> None:
        """Look at the outbox now: the clock has moved."""
        self._wake.set()

    async def idle(self) -> None:
        """Until a round found nothing more to send or draw now, and nothing is on its way."""
        self._asked += 1
        self._quiet.clear()
        self._wake.set()
        await self._quiet.wait()

    async def _run(self) -> None:
        while not self._stopping:
            self._wake.clear()
            asked = self._asked
            try:
                again = await self._look()
            except Busy:
                again = 1.0
            except Exception:
                log.exception("delivery_round_failed")
                again = 1.0
            idle = again is None and not self._sending and not self._drawing
            if idle and asked == self._asked and not self._wake.is_set():
                self._quiet.set()
            try:
                async with asyncio.timeout(TICK if again is None else min(again, TICK)):
                    await self._wake.wait()
            except TimeoutError:
                continue

    async def _look(self) -> float | None:
        """One round. Returns seconds until the next makes sense, None where the tick will do."""
        free = self._free()
        if not any(room > 0 for room in free.values()):
            return None
        await self._probe()
        busy = frozenset(self._sending)
        taken: list[Address] = []
        try:
            claimed, (cards, cards_again) = await self._db.write(
                partial(self._claim, free=free, busy=busy, taken=taken)
            )
        except BaseException:
            self._give_back(taken)
            raise
        crashpoint("outbox.claimed")
        for group in claimed.groups:
            self._sending.add(_address(group))
            self._tasks.start(self._deliver(group), name=f"send:{group[0].row.id}")
        if cards:
            crashpoint("outbox.cards_claimed")
        for card in cards:
            self._drawing[card.id] = card.channel
            self._tasks.start(self._draw(card), name=f"card:{card.id}")
        known = [wait for wait in (claimed.again_in, cards_again) if wait is not None]
        return max(0.01, min(known)) if known else None

    def _claim(
        self, session: Session, free: Mapping[str, int], busy: frozenset[Address], taken: list[Address]
    ) -> tuple[claiming.Claimed, tuple[Sequence[redrawing.CardMatter], float | None]]:
        """A unit. What it takes of the pace is noted in `taken`; a unit that is run once more gives it back."""
        now = self._clock()
        self._give_back(taken)
        claimed = claiming.claim(session, now, self._channels, free, busy)
        taken += [_address(group) for group in claimed.groups]
        took = Counter(group[0].row.channel for group in claimed.groups)
        free = {name: room - took[name] for name, room in free.items()}
        if not any(room > 0 for room in free.values()):
            return claimed, ((), None)
        cards = redrawing.claim_cards(session, now, self._channels, free, frozenset(self._drawing))
        taken += [(card.channel, card.chat) for card in cards[0]]
        return claimed, cards

    def _give_back(self, taken: list[Address]) -> None:
        for channel, chat in taken:
            self._channels[channel].release(chat)
        taken.clear()

    def _free(self) -> dict[str, int]:
        """How many more may be on their way to each messenger: one in all to one that is away."""
        flying = Counter(channel for channel, _ in self._sending) + Counter(self._drawing.values())
        return {
            name: (1 if self._troubles.away(name) else IN_FLIGHT) - flying[name] for name in self._channels
        }

    async def _probe(self) -> None:
        """Is the outage over that held so much? New messages ask as well; where there are none, this does."""
        now = self._clock()
        if not self._held or (self._probed_at is not None and now - self._probed_at < PROBE):
            return
        self._probed_at = now
        self._held = await self._db.write(partial(settling.probe_held, now=now))

    async def _deliver(self, group: Sequence[Matter]) -> None:
        address = _address(group)
        try:
            screen, named = self._drawn(group)
            if left := group[named:]:
                await self._settle(partial(settling.settle_unsent, row_ids=_ids(left), now=self._clock()))
                group = group[:named]
            media = None
            if screen.file is not None:  # read aside: bytes of many megabytes do not wait under a claim
                media = await self._db.read(partial(media_of, file_id=screen.file))
            sent = await send(self._channels[address[0]], group, screen, media)
        except Undeliverable as fault:
            crashpoint("outbox.unsent")
            await self._unsent(group, fault)
            crashpoint("outbox.unsent_settled")
        except Exception:
            self._channels[address[0]].release(address[1])
            log.exception("notification_not_drawn", kind=str(group[0].row.kind), notifications=_ids(group))
            await self._settle(
                partial(settling.settle_refused, row_ids=_ids(group), reason="refused", now=self._clock())
            )
        else:
            crashpoint("outbox.sent")
            await self._sent(group, sent)
            crashpoint("outbox.settled")
        finally:
            self._sending.discard(address)
            self._wake.set()

    def _drawn(self, group: Sequence[Matter]) -> tuple[Screen, int]:
        """One message, and how many of the group, from the first, it tells."""
        row, order = group[0].row, group[0].order
        if row.channel in FALLBACKS and row.recipient == "buyer" and order is not None:
            return short_screen(row, order, self._link(order)), 1
        if row.channel in FALLBACKS:
            return self._mail(group[0]), 1
        words = self._words(group[0].language)
        return (draw(group[0], words), 1) if len(group) == 1 else draw_digest(group, words, self._clock())

    def _mail(self, matter: Matter) -> Screen:
        shop = matter.shop if matter.order is None else matter.order.shop
        assert shop is not None
        home = None if self._links is None else self._links.home
        return mailbox_notice(matter.row, matter.order, shop, home)

    def _link(self, order: Order) -> str | None:
        """What leads the buyer of an order into their chat."""
        if self._links is None:
            return None
        return self._links.buyer_url(self._links.buyer(order.public_id, order.link_generation))

    async def _sent(self, group: Sequence[Matter], sent: Sent) -> None:
        row, now = group[0].row, self._clock()
        self._troubles.answered(row.channel)
        self._watch.told(row.channel, (now - row.due_at).total_seconds())
        order = group[0].order
        unit = partial(
            settling.settle_sent,
            row_ids=_ids(group),
            message_id=sent.message_id,
            version=order.version if order is not None else 0,
            now=now,
        )
        await self._settle(unit)
        if self._held:
            self._held = False
            await self._settle(settling.release_held)

    async def _unsent(self, group: Sequence[Matter], fault: Undeliverable) -> None:
        """What a messenger's refusal does to the rows of one message (R5)."""
        row, ids, now = group[0].row, _ids(group), self._clock()
        self._watch.untold(row.channel, outcome(fault), fault.reason)
        if fault.ambiguous or fault.away:
            later = self._troubles.met(row.channel, row.chat or "", row.attempts)
            held = await self._settle(
                partial(
                    settling.settle_retry,
                    row_ids=ids,
                    reason=fault.reason,
                    later=later,
                    repeat=fault.ambiguous,
                    now=now,
                )
            )
            self._held = self._held or bool(held)
            return
        self._troubles.answered(row.channel)
        unit: Callable[[Session], None]
        if fault.moved_to is not None:
            unit = partial(settling.settle_moved, row_ids=ids, moved_to=fault.moved_to, now=now)
        elif fault.pause is not None:
            unit = partial(settling.settle_unsent, row_ids=ids, now=now)
        elif fault.for_good:
            unit = partial(settling.settle_lost, row_ids=ids, reason=fault.reason, now=now)
        else:
            unit = partial(settling.settle_refused, row_ids=ids, reason=fault.reason, now=now)
        await self._settle(unit)

    async def _draw(self, card: redrawing.CardMatter) -> None:
        try:
            await self.draw_card(card)
        finally:
            self._drawing.pop(card.id, None)
            self._wake.set()

    async def draw_card(self, card: redrawing.CardMatter) -> None:
        """Edit one card into today's state: the one door for handler and outbox alike (house 8.4)."""
        view = card.matter.card
        if view is None:
            raise LookupError(card.id)
        try:
            screen = order_card(view, self._words(card.matter.language), about=card.matter.row)
        except Exception:
            self._channels[card.channel].release(card.chat)
            raise
        try:
            channel = self._channels[card.channel]
            hangs = await channel.edit(card.chat, card.message_id, screen.text, screen.markup)
        except Undeliverable as fault:
            await self._not_drawn(card, fault)
        else:
            crashpoint("outbox.drawn")
            self._troubles.answered(card.channel)
            await self._settle(
                partial(
                    redrawing.settle_card,
                    card_id=card.id,
                    message_id=hangs,
                    version=view.order.version,
                    seq=view.order.seq,
                    again=view.undo_until,
                    lease=card.lease,
                    now=self._clock(),
                )
            )
            crashpoint("outbox.card_settled")

    async def _not_drawn(self, card: redrawing.CardMatter, fault: Undeliverable) -> None:
        now = self._clock()
        unit: Callable[[Session], None]
        if fault.ambiguous or fault.away:
            self._troubles.spread(card.channel, card.chat)
            unit = partial(redrawing.settle_card_later, card_id=card.id, spent=True, now=now)
        else:
            self._troubles.answered(card.channel)
            if fault.pause is not None:
                unit = partial(redrawing.settle_card_later, card_id=card.id, spent=False, now=now)
            elif fault.moved_to is not None:
                unit = partial(redrawing.settle_card_moved, card_id=card.id, moved_to=fault.moved_to, now=now)
            elif fault.gone:
                unit = partial(redrawing.settle_card_gone, card_id=card.id, now=now)
            elif fault.for_good:
                unit = partial(redrawing.settle_card_lost, card_id=card.id, reason=fault.reason, now=now)
            else:
                unit = partial(redrawing.drop_card, card_id=card.id)
        await self._settle(unit)

    async def _settle(self, unit: Callable[[Session], T]) -> T | None:
        """What became of it is written down, however long the database takes; a crash leaves the lease."""
        while True:
            try:
                return await self._db.write(unit)
            except Busy as busy:
                if self._stopping:
                    return None
                await asyncio.sleep(busy.retry_after)


def _address(group: Sequence[Matter]) -> Address:
    return group[0].row.channel, group[0].row.chat or ""


def _ids(group: Sequence[Matter]) -> list[int]:
    return [matter.row.id for matter in group]
