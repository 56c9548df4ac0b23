"""Orders that come due while the product is killed, and what Telegram's chats must show of it (I5, case H13).

Time leaps while the product is dead, so that every call to Telegram stands on one side of each moment at which a
reminder came due: whatever was told is judged by its place among the calls, and by nothing that the product says.
"""

import asyncio
import re
import time
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.recipients import REMINDERS
from models.db import Database
from models.deadline import Deadline
from models.outbox import Notification, NotificationState
from tests.kills.eyes import Eyes
from tests.kills.judge import OPEN, faults, notifications, quiet
from tests.kills.world import PATIENCE, World
from tests.privacy import leaks

POINTS: dict[str, range] = {
    "deadlines.before_claim": range(1, 2),
    "deadlines.claimed": range(1, 2),
    "db.before_commit": range(3, 9),
    "db.committed": range(3, 9),
    "outbox.claimed": range(1, 5),
    "telegram.before_send": range(1, 4),
    "telegram.sent": range(1, 4),
    "outbox.sent": range(1, 4),
    "outbox.settled": range(1, 4),
}
"""Those on a reminder's way, and at which passing one dies there: three messages go out, for three sellers; the
earlier commits of a life are not about reminders."""
UNREACHED = 25.0
SOON, THE_REST = 91, 30
"""Minutes until the first of two steps is due, and from there until the second one is."""


@dataclass(slots=True)
class Due:
    """A step that came due after so many calls to Telegram, for these chats; after so many all was quiet again,
    and whoever was to hear of it has."""

    after: int
    chats: frozenset[int]
    quiet: int | None = None


@dataclass(slots=True)
class Waiting:
    """An order on its way to a reminder. `handled` after so many calls: nothing is told of it from there on."""

    number: str
    holder: Eyes | None = None
    handled: int | None = None
    due: list[Due] = field(default_factory=list)


@dataclass(slots=True)
class Tally:
    name: str
    kills: int = 0
    caught: int = 0
    """Kills that found a reminder on its way: due and not claimed, queued, or being sent."""
    in_flight: int = 0
    """Messages that were being sent at the moments of death."""
    starts: int = 0
    orders: int = 0
    handled: int = 0
    due: int = 0
    told: int = 0
    missed: int = 0
    early: int = 0
    duplicates: int = 0
    repeated: int = 0
    """Messages that told again what had been told."""
    unmarked: int = 0
    seconds: float = 0.0
    wrong: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return (
            f"[{self.name}] {self.kills} kills, {self.caught} with a reminder on its way, {self.starts} starts, "
            f"{self.seconds:.0f} s: {self.orders} orders, {self.handled} handled before; {self.due} reminders due, "
            f"{self.told} told, {self.missed} missed, {self.early} early or for a handled order; "
            f"{self.repeated} messages again ({self.in_flight} were being sent at a kill) with "
            f"{self.duplicates} reminders, {self.unmarked} unmarked"
        )


class Rounds:
    """Each round is two kills: orders come in, an hour and a half later a life dies at a point, and half an hour
    later another one."""

    def __init__(self, world: World, name: str) -> None:
        self.world = world
        self.tally = Tally(name)
        self._began = time.monotonic()
        self._waiting: list[Waiting] = []

    async def play(self, deaths: Sequence[tuple[str, int]]) -> None:
        for first in range(0, len(deaths), 2):
            await self._round(deaths[first : first + 2])

    async def _round(self, deaths: Sequence[tuple[str, int]]) -> None:
        world = self.world
        fresh = [Waiting((await world.posts_one(told=False)).number) for _ in range(world.rng.randint(3, 5))]
        self._waiting += fresh
        await quiet(world)
        await self._takes(fresh[0])
        await self._handles(fresh[1])
        await quiet(world)
        for minutes, (point, nth) in zip((SOON, THE_REST), deaths, strict=False):
            if world.life is not None and not world.life.over:
                await world.kills_it()
            world.leaps(minutes=minutes)
            self._comes_due(fresh, over=minutes == THE_REST)
            await self._dies(point, nth)
            if world.rng.random() < 0.5:  # else what was not told meets the next step
                await self._lives_on()
        if world.life is None or world.life.over:
            await self._lives_on()

    async def _lives_on(self) -> None:
        await self.world.starts_one()
        await self.world.answers_at_all()
        await quiet(self.world)
        for order in self._waiting:
            for step in order.due:
                step.quiet = step.quiet or len(self.world.fake.calls)

    async def _takes(self, order: Waiting) -> None:
        """The holder alone is reminded of the cabinet; once the term is over, so is the owner."""
        seller = self.world.rng.choice(self.world.sellers)
        for label in ("Беру в роботу", "Поговорили"):
            card = await seller.sees_button(order.number, label, PATIENCE)
            seller.person.presses(label, on=card)
        while not any(  # noqa: ASYNC110 - the API tells nobody
            event["action"] == "talked" for event in await self._history(order)
        ):
            await asyncio.sleep(0.05)
        order.holder = seller

    async def _history(self, order: Waiting) -> list[dict[str, Any]]:
        return list((await self.world.asks(order.number))["history"])

    async def _handles(self, order: Waiting) -> None:
        await self.world.happens(order.number, type="status_changed", status="confirmed")
        order.handled = len(self.world.fake.calls)
        self.tally.handled += 1

    def _comes_due(self, orders: Sequence[Waiting], *, over: bool) -> None:
        everybody = frozenset(eyes.person.id for eyes in self.world.sellers)
        owner = self.world.sellers[0].person.id
        for order in orders:
            if order.handled is not None:
                continue
            chats = everybody
            if order.holder is not None:
                chats = frozenset({order.holder.person.id} | ({owner} if over else set()))
            order.due.append(Due(len(self.world.fake.calls), chats))

    async def _dies(self, point: str, nth: int) -> None:
        life = await self.world.starts_one(arm=(point, nth))
        try:
            status = await life.ended(UNREACHED)
        except TimeoutError:
            self.tally.wrong.append(f"{point} x{nth} was never passed")
            return
        assert status == -9, f"{point} x{nth}: it ended by itself with {status}: see {self.world.log}"
        self.tally.kills += 1
        on_its_way, in_flight = await self._found()
        self.tally.caught += on_its_way
        self.tally.in_flight += in_flight

    async def _found(self) -> tuple[bool, int]:
        """Whether this death found a reminder on its way; how many messages with reminders were being sent."""
        now = self.world.now()

        def query(session: Session) -> tuple[bool, int]:
            due = select(func.count()).where(Deadline.done_at.is_(None), Deadline.due_at <= now)
            queued = select(func.count()).where(
                Notification.kind.in_(REMINDERS), Notification.state.in_(OPEN), Notification.due_at <= now
            )
            sending = select(func.count(Notification.chat.distinct())).where(
                Notification.kind.in_(REMINDERS), Notification.state == NotificationState.SENDING
            )
            return bool(session.scalar(due) or session.scalar(queued)), session.scalar(sending) or 0

        db = Database(self.world.database_url)
        try:
            return await db.read(query)
        finally:
            await db.stop()

    # ------------------------------------------------------------------ judgement

    async def judged(self) -> Tally:
        """Every breach is in `wrong`, in words."""
        tally, world = self.tally, self.world
        tally.starts, tally.orders = world.starts, len(self._waiting)
        told: dict[tuple[int, str], list[tuple[int, bool]]] = defaultdict(list)
        sellers = {eyes.person.id for eyes in world.sellers}
        for place, call in enumerate(world.fake.calls):
            if call.method != "sendMessage" or not call.accepted or call.chat not in sellers:
                continue
            text = re.sub(r"</?[a-z][^>]*>", "", call.text)
            for name, number, marked in notifications(text, to_seller=True):
                if name.startswith("reminder"):
                    told[call.chat, number].append((place, marked))
        again: set[int] = set()
        for order in self._waiting:
            for chat in sellers:
                again |= self._of(order, chat, told[chat, order.number])
        tally.repeated = len(again)
        await self._by_the_api()
        tally.wrong += world.failures
        tally.wrong += [f"a violation of the Bot API: {each}" for each in world.fake.violations]
        log = world.log.read_text(encoding="utf-8", errors="replace")
        tally.wrong += [f"private data in the log: {line}" for line in leaks(log)[:3]]
        tally.wrong += [f"the product's own fault: {line[:600]}" for line in faults(log)[:5]]
        tally.seconds = time.monotonic() - self._began
        return tally

    def _of(self, order: Waiting, chat: int, told: list[tuple[int, bool]]) -> set[int]:
        """What one chat was told of one order. Returns the places of the messages that said it again."""
        tally, wrong = self.tally, self.tally.wrong
        steps = [step for step in order.due if chat in step.chats]
        due = [step.after for step in steps]
        tally.due += len(due)
        tally.told += len(told)
        early = [place for place, _ in told if not due or place < due[0]]
        tally.early += len(early)
        wrong += [f"{order.number} to {chat}: told at call {place}, due {due}" for place in early]
        for step in steps:
            assert step.quiet is not None
            if not any(step.after <= place < step.quiet for place, _ in told):
                tally.missed += 1
                wrong.append(
                    f"{order.number} to {chat}: due after call {step.after}, not told by {step.quiet}"
                )
        unmarked = 0
        again: set[int] = set()
        for nth, (place, marked) in enumerate(told, 1):
            so_far = sum(after <= place for after in due)
            unmarked += not marked
            if unmarked > so_far:
                tally.unmarked += 1
                wrong.append(f"{order.number} to {chat}: told again at call {place} without a mark")
            if nth > so_far:
                again.add(place)
        tally.duplicates += max(0, len(told) - len(due))
        return again

    async def _by_the_api(self) -> None:
        """What the shop's site is told of the reminders: all have ended, and what was not sent says why."""
        wrong = self.tally.wrong
        for order in self._waiting:
            state = await self.world.asks(order.number)
            ends = Counter(
                (row["state"], row["reason"])
                for row in state["notifications"]
                if row["event"] in ("untouched", "cabinet_unchanged")
            )
            fine = {("sent", None), ("failed", "outdated")}  # superseded by a later one of the same order
            chats = max((len(step.chats) for step in order.due), default=0)
            if not set(ends) <= fine or ends["sent", None] < chats or (order.handled is not None and ends):
                wrong.append(f"{order.number}: the API says {dict(ends)}")


def acquitted(tally: Tally, kills: int, *, unmarked_sends: int = 1) -> None:
    """Nothing missed, nothing early, nothing again without a word. `unmarked_sends`: how many messages a kill may
    catch between Telegram's yes and our note of it; one chat has one on its way at a time (P3)."""
    assert tally.wrong == [], f"{tally}\n" + "\n".join(tally.wrong)
    assert tally.kills == kills
    assert tally.missed == tally.early == tally.unmarked == 0
    assert tally.repeated <= kills * unmarked_sends, tally
    assert tally.caught * 3 >= tally.kills * 2, "most kills found nothing to lose"
