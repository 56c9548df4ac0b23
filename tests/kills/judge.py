"""What must be true however often the product was killed: the invariants of docs/promises.md, 3."""

import asyncio
import re
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.recipients import UNDO
from models.db import Database
from models.deadline import Deadline
from models.inbox import Update, UpdateState
from models.message import Message
from models.order import Order, OrderEvent
from models.outbox import Card, Notice, Notification, NotificationState
from tests.kills.world import World
from tests.privacy import leaks

__all__ = ["OPEN", "Figures", "by_morning", "faults", "judge", "leased_cards", "notifications", "quiet"]

IN_FLIGHT = 8
OPEN = (NotificationState.QUEUED, NotificationState.SENDING)
TOLD = (NotificationState.SENT, NotificationState.DELIVERED, NotificationState.SEEN)
VISIBLE = (NotificationState.FAILED, NotificationState.HELD, NotificationState.SKIPPED)
REPEAT = "повторно"
MARKS = "🔔|❗️|✅|⏰|🚨|📞|📦|💳|📭|☀️|⚠️"
CARD = re.compile(rf"\A(?:({MARKS}) )?№(\d+) ·")
"""An order's card; without a bell where the order was no longer new when it went out."""
LINE = re.compile(rf"(?:({MARKS}) )?№(\d+) ·")
"""An order's line in a digest."""
REMINDERS = ("⏰", "🚨", "📞", "📦", "💳", "📭", "☀️", "⚠️")
MATTERS = (
    "ще ніхто не взяв",
    "у кабінеті ще не змінено",
    "не зв'язалися",
    "час передзвонити",
    "надійшло, поки",
)
OVER = ("минули всі", "термін минув")
TO_BUYER = re.compile(r"\A(📮|✏️|📬|💬(?= №\d+ ·)) №(\d+)")
ASKED = re.compile(r"Ваше замовлення №(\d+) прийнято")


@dataclass(slots=True)
class Figures:
    name: str
    kills: int = 0
    starts: int = 0
    accepted: int = 0
    posts: int = 0
    lost_orders: int = 0
    unheard: int = 0
    updates: int = 0
    lost_updates: int = 0
    effects: int = 0
    dead: int = 0
    sends: int = 0
    duplicates: int = 0
    unmarked: int = 0
    replies_again: int = 0
    faults: int = 0
    seconds: float = 0.0
    wrong: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        rate = self.duplicates / self.kills if self.kills else 0.0
        return (
            f"[{self.name}] {self.kills} kills, {self.starts} starts, {self.seconds:.0f} s: "
            f"{self.accepted} orders accepted in {self.posts} posts, {self.lost_orders} lost, "
            f"{self.unheard} unheard; {self.updates} updates, {self.lost_updates} lost, "
            f"{self.effects} effects checked, {self.dead} dead letters; {self.sends} sends, "
            f"{self.duplicates} duplicates ({rate:.2f} a kill), {self.unmarked} unmarked, "
            f"{self.replies_again} answers given again; {self.faults} faults"
        )


@dataclass(slots=True)
class _Rows:
    """What the database says."""

    orders: dict[str, str]
    twice: list[str]
    updates: dict[str, UpdateState]
    open_notifications: list[str]
    """Those that are due: what is to be told in three days may wait."""
    told: dict[tuple[str, str, str], tuple[NotificationState, str | None]]
    events: Counter[tuple[str, str, str]]
    answers: Counter[str]
    due_cards: int
    due_deadlines: int


def _rows(session: Session, now: datetime) -> _Rows:
    # First what makes the rest: each statement on PostgreSQL has a picture of its own, and what is claimed between
    # two of them must not be missed by both.
    due_deadlines = session.scalar(
        select(func.count()).select_from(Deadline).where(Deadline.done_at.is_(None), Deadline.due_at <= now)
    )
    orders = session.execute(select(Order.number, Order.public_id)).all()
    counts = Counter(number for number, _ in orders)
    told: dict[tuple[str, str, str], tuple[NotificationState, str | None]] = {}
    for number, kind, chat, state, message in session.execute(
        select(
            Order.number, Notification.kind, Notification.chat, Notification.state, Notification.message_id
        ).join(Order, Order.id == Notification.order_id)
    ):
        told[number, str(kind), chat or ""] = (state, message)
    return _Rows(
        orders=dict(orders),
        twice=[number for number, times in counts.items() if times > 1],
        updates=dict(session.execute(select(Update.event_id, Update.state)).all()),
        open_notifications=[
            f"{kind} {state} x{times}"
            for kind, state, times in session.execute(
                select(Notification.kind, Notification.state, func.count())
                .where(Notification.state.in_(OPEN), Notification.due_at <= now)
                .group_by(Notification.kind, Notification.state)
            )
        ],
        told=told,
        events=Counter(
            (cause, number, str(action))
            for cause, number, action in session.execute(
                select(OrderEvent.cause, Order.number, OrderEvent.action).join(
                    Order, Order.id == OrderEvent.order_id
                )
            )
        ),
        answers=Counter(session.scalars(select(Message.cause))),
        due_cards=session.scalar(
            select(func.count()).select_from(Card).where(Card.due_at.is_not(None), Card.due_at <= now)
        )
        or 0,
        due_deadlines=due_deadlines or 0,
    )


async def quiet(world: World, within: float = 60.0) -> None:
    """Until nothing waits: no update unconfirmed or open, nothing due, queued, being sent, or to be drawn (I8)."""
    deadline = time.monotonic() + within
    db = Database(world.database_url)
    try:
        while True:
            rows = await db.read(lambda session: _rows(session, world.now()))
            new = sum(state is UpdateState.NEW for state in rows.updates.values())
            left = (
                world.fake.pending_updates,
                new,
                rows.open_notifications,
                rows.due_cards,
                rows.due_deadlines,
            )
            if not any(left):
                return
            if time.monotonic() > deadline:
                raise AssertionError(
                    f"not quiet within {within:.0f} s: {left[0]} updates unconfirmed, {left[1]} open, "
                    f"notifications {left[2]}, {left[3]} cards to be drawn, {left[4]} deadlines due"
                )
            assert world.life is not None
            assert not world.life.over, f"the product ended by itself: {await world.life.ended()}"
            await asyncio.sleep(0.2)
    finally:
        await db.stop()


async def leased_cards(world: World) -> int:
    """Cards whose turn comes later than any undo ends: somebody is drawing them, or was."""
    db = Database(world.database_url)
    later = world.now() + UNDO + timedelta(seconds=5)
    try:
        return await db.read(
            lambda session: (
                session.scalar(select(func.count()).select_from(Card).where(Card.due_at > later)) or 0
            )
        )
    finally:
        await db.stop()


def _by_morning(session: Session, now: datetime) -> frozenset[str]:
    return frozenset(
        session.scalars(
            select(Order.number)
            .join(Notification, Notification.order_id == Order.id)
            .where(
                Notification.recipient == "buyer",
                Notification.state.in_(OPEN),
                Notification.due_at > now + UNDO,
            )
        )
    )


async def by_morning(world: World) -> frozenset[str]:
    """The orders whose buyers are to hear more in the morning (rules 1.8.8): it is night where they are."""
    db = Database(world.database_url)
    try:
        return await db.read(lambda session: _by_morning(session, world.now()))
    finally:
        await db.stop()


async def judge(world: World, name: str, began: float) -> Figures:
    """Compare what was promised with what is. Every breach is in `wrong`, in words."""
    db = Database(world.database_url)
    try:
        rows = await db.read(lambda session: _rows(session, world.now()))
        later = await db.read(lambda session: _by_morning(session, world.now()))
    finally:
        await db.stop()
    figures = Figures(
        name,
        kills=world.kills,
        starts=world.starts,
        accepted=len(world.accepted),
        posts=world.posts,
        updates=len(world.pushed),
        faults=sum(world.fake.faults.struck.values()),
        seconds=time.monotonic() - began,
    )
    wrong = figures.wrong
    wrong += world.failures
    wrong += [f"a violation of the Bot API: {each}" for each in world.fake.violations]
    _orders(world, rows, figures)
    _updates(world, rows, figures)
    _sends(world, figures)
    for number, (buyer, ttn) in world.shipped.items():
        if number not in later and not any(ttn in message.text for message in buyer.messages):
            wrong.append(f"{number}: the buyer never got the TTN {ttn}")
    for number, buyer in world.questions.items():
        if not any("Чохол у комплекті" in message.text for message in buyer.messages):
            wrong.append(f"{number}: the buyer never got the reply")
    if rows.open_notifications:
        wrong.append(f"I8: still open: {rows.open_notifications}")
    log = world.log.read_text(encoding="utf-8", errors="replace")
    wrong += [f"private data in the log: {line}" for line in leaks(log)[:3]]
    wrong += [f"the product's own fault: {line[:600]}" for line in faults(log)[:5]]
    return figures


def _orders(world: World, rows: _Rows, figures: Figures) -> None:
    """I1: every order of a 202 is there, once. I2: it rang everybody, or a row says why not."""
    wrong = figures.wrong
    wrong += [f"{number}: two orders" for number in rows.twice]
    for number, taken in world.accepted.items():
        if rows.orders.get(number) != taken.order_id:
            figures.lost_orders += 1
            wrong.append(f"I1: order {number} was accepted and is not there")
            continue
        for eyes in world.sellers:
            eyes.look()
            nothing = (None, None)
            state, message = rows.told.get((number, str(Notice.NEW_ORDER), str(eyes.person.id)), nothing)
            heard = {str(each.id) for each in eyes.by_number[number]}
            if state in TOLD and (message in heard if message is not None else heard):
                continue
            if state not in VISIBLE:
                figures.unheard += 1
                wrong.append(f"I2: {eyes.person.name} never heard of {number} ({state}, {message})")


def _updates(world: World, rows: _Rows, figures: Figures) -> None:
    """I4: what the fake no longer holds is done, or a dead letter, and left exactly what it had to."""
    wrong = figures.wrong
    poisons = set(world.poisons)
    bot = world.fake.token.partition(":")[0]
    for number in world.pushed:
        state = rows.updates.get(str(number))
        if state is UpdateState.DEAD:
            figures.dead += 1
        if state is None or state is UpdateState.NEW:
            figures.lost_updates += 1
            wrong.append(f"I4: update {number} was acknowledged and is {state or 'nowhere'}")
        elif (state is UpdateState.DEAD) != (number in poisons):
            wrong.append(f"I4: update {number} is {state}")
    if world.fake.world.updates.expired:
        wrong.append(f"{world.fake.world.updates.expired} updates expired at Telegram's")
    for each in world.expected:
        cause = f"telegram:{bot}:{each.update_id}"
        times = rows.events[cause, each.number, str(each.action)]
        figures.effects += 1
        if times != each.times:
            wrong.append(f"I4: {each.action} of {each.number} by {cause}: {times} effects, not {each.times}")
    wrong += [f"a message kept {times} times: {cause}" for cause, times in rows.answers.items() if times > 1]
    if world.admin is not None and world.poisons:
        world.admin.look()
        told = "\n".join(message.text for message in world.admin.unnumbered)
        wrong += [
            f"the admin never heard of the poison {each}" for each in world.poisons if str(each) not in told
        ]


def _sends(world: World, figures: Figures) -> None:
    """I3: a notification comes twice only by a crash or an ambiguous fault, and then says so (P3)."""
    seen: Counter[tuple[int | None, str]] = Counter()
    replies: Counter[tuple[int | None, str]] = Counter()
    unmarked: list[str] = []
    sellers = {eyes.person.id for eyes in world.sellers}
    for call in world.fake.calls.of("sendMessage"):
        if not call.accepted:
            continue
        figures.sends += 1
        text = re.sub(r"</?[a-z][^>]*>", "", call.text)
        told = list(notifications(text, to_seller=call.chat in sellers))
        if not told:
            replies[call.chat, text] += 1
        for name, number, marked in told:
            key = (call.chat, f"{name} {number}")
            seen[key] += 1
            if seen[key] == 1:
                continue
            if not marked and name == "ring" and (call.chat, number) in world.shown:
                continue  # the card that somebody asked for
            figures.duplicates += 1
            if not marked:
                unmarked.append(f"{name} {number} to {call.chat}: {text[:90]!r}")
    figures.unmarked = len(unmarked)
    figures.replies_again = sum(times - 1 for times in replies.values())
    ambiguous = sum(times for fault, times in world.fake.faults.struck.items() if fault.endswith(" after"))
    bound = IN_FLIGHT * world.kills + ambiguous
    if figures.duplicates > bound:
        figures.wrong.append(f"I3: {figures.duplicates} duplicates, more than {bound}")
    figures.wrong += [f"P3: sent again without a mark: {each}" for each in unmarked[:5]]


def notifications(text: str, *, to_seller: bool) -> Iterator[tuple[str, str, bool]]:
    """What a message tells of which order, and whether it says that this may be so again. A handler's answer
    tells nothing."""
    first, *rest = text.splitlines()
    if "№" not in first and any(LINE.match(line) for line in rest):
        for line in rest:
            if named := LINE.match(line):
                yield _name(named[1], line), named[2], REPEAT in line
    elif to_seller and (card := CARD.match(text)):
        yield _name(card[1], first), card[2], REPEAT in text
    elif told := TO_BUYER.match(text):
        yield told[1], told[2], REPEAT in text
    elif asked := ASKED.search(text):
        yield "asked", asked[1], REPEAT in text
    elif noted := re.match(r"\A(✅|❓) №(\d+): покупець", text):
        yield noted[1], noted[2], REPEAT in text


def _name(mark: str | None, line: str) -> str:
    """A card without a bell, and a line without a mark, ring for an order that is no longer new. A reminder is
    named by what it is about, and whether the term is over: as a card or as a line, it is the same one."""
    if mark in REMINDERS:
        about = next((words for words in MATTERS if words in line), "")
        return f"reminder: {about}{' over' if any(words in line for words in OVER) else ''}"
    return mark if mark in ("❗️", "✅") else "ring"


def faults(log: str) -> list[str]:
    """Lines that a product in order does not write, killed or not."""
    expected = ("update_dead", "update_failed", "sending_again_after_crash", "another_instance_leads")
    return [
        line
        for line in log.splitlines()
        if ('"level": "error"' in line or "Traceback" in line or "died" in line)
        and not any(f'"event": "{event}"' in line for event in expected)
    ]
