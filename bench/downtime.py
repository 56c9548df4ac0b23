"""S8: after a downtime: 10,000 updates wait in the inbox, 1,000 reminders are due, and the product starts.

Half of the updates are presses of the first button under the cards that hang in a hundred shops' chats, each pressed
five times by someone who saw nothing happen; the others are what people write. The messenger is the fake one over
loopback, its pace lifted. Drained: every update is done, no deadline is due, nothing is left in the outbox; what
counts as drained are updates and reminders. The loop's lag is that of the product's own process.
"""

import asyncio
import hashlib
import json
import random
import sqlite3
import time
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import aiohttp

from bench.servers import EVERY, TOKEN
from bench.tables import Goal, at_least, quantile, under
from bench.world import Opened, furnish, order, server
from bot.app import status_name, utc_now, words_in
from bot.demo.person import Person
from bot.demo.telegram import FakeTelegram, Limits
from bot.inbox.store import Inbox, telegram_body
from bot.orders import Orders
from models.db import Database
from models.intake import NewOrder
from models.links import Links

CARDS_A_CHAT = 5
"""More at once would come as one message, and bear no buttons."""
MEMBERS = 2
PRESSES_A_CARD = 5
TAKE = words_in("uk")("action-take")
WRITTEN: list[str] = json.loads((Path(__file__).parent / "written.json").read_text(encoding="utf-8"))
LATE = timedelta(hours=3)
FIRST = 1.0
"""Seconds after the start that are told apart: models are built then that aiogram's import left for later (S7)."""
PATIENCE = 60.0
"""Seconds in which all is drained, or it is too slow: 200 a second need 55."""
UNCHANGED = "message is not modified"
"""What Telegram answers where a card is shown again as it is: no refusal that anybody minds."""


def measure(folder: Path, short: bool) -> list[Goal]:
    return asyncio.run(_measured(folder, 10 if short else 100))


async def _measured(folder: Path, shops: int) -> list[Goal]:
    path = folder / "bot.db"
    opened = await furnish(path, shops, members=MEMBERS)
    fake = FakeTelegram(token=TOKEN, limits=Limits.none())
    url = await fake.start()
    people = [
        fake.person(f"Member {chat}", user_id=chat, language="uk") for shop in opened for chat in shop.chats
    ]
    for person in people:
        person.types("/start")
    fake.world.updates.clear()
    try:
        await _cards_hang(path, url, fake, opened)
        presses, written = _something_happens(fake, people)
        await _all_that_waits(path, fake, opened)
        fake.calls.clear()
        lags = folder / "lags.json"
        due = _count(path, DUE, _moment())
        async with server("product", str(path), url, str(lags)):
            begun = time.perf_counter()
            before = await _left(path)
            seconds = await _until_drained(path, begun)
            after = await _left(path)
        answered = sum(bool(query.answers) for query in fake.world.queries.values())
        sent = len(fake.calls.of("sendMessage", outcome="ok"))
        refused = sum(UNCHANGED not in call.outcome for call in fake.calls.refused())
        wire = await _bare(url, fake, people)
    finally:
        await fake.stop()
    drained = sum(before[:2]) - sum(after[:2])
    found: list[tuple[float, float, float]] = json.loads(lags.read_text(encoding="utf-8"))
    updates, told = _count(path, DONE), _count(path, TOLD)
    return [
        _all("updates handled", updates, presses + written, f"{presses:,} of them presses"),
        _all("presses answered", answered, presses),
        _all("reminders told to members", told, due * MEMBERS, f"{due:,} were due"),
        _all("refused by Telegram", refused, 0, f"{sent:,} messages sent"),
        Goal("a bare client at the same fake, 8 at once", wire, "requests/s", note="the limit"),
        at_least("drained", drained / seconds, 200, "/s", f"{drained:,} in {seconds:.1f} s"),
        *_loop(found),
    ]


# ---------------------------------------------------------------- before
async def _cards_hang(path: Path, url: str, fake: FakeTelegram, opened: list[Opened]) -> None:
    await _receive(path, opened, CARDS_A_CHAT, "card", timedelta(0))
    async with server("product", str(path), url):
        await fake.calls.wait_for("sendMessage", times=len(opened) * CARDS_A_CHAT * MEMBERS, within=PATIENCE)


async def _receive(path: Path, opened: list[Opened], each: int, kind: str, ago: timedelta) -> None:
    """So many orders a shop, as they came in some time ago."""
    db = Database(f"sqlite+aiosqlite:///{path}")
    db.start()
    links = Links(b"only for benches", None)
    orders = Orders(db, lambda: utc_now() - ago, links, status_name=status_name)

    async def receive(shop: Opened, number: str) -> None:
        form = NewOrder.model_validate(order(number))
        digest = hashlib.sha256(number.encode()).digest()
        await orders.receive(shop.shop_id, form, key=None, digest=digest)

    await asyncio.gather(
        *(receive(shop, f"{kind}-{shop.shop_id}-{at}") for shop in opened for at in range(each))
    )
    await db.stop()


def _something_happens(fake: FakeTelegram, people: list[Person]) -> tuple[int, int]:
    """While nobody is there. Returns how many presses and messages."""
    rng = random.Random("S8")
    pressed = [
        (person, message)
        for person in people
        for message in person.messages
        if message.sender.is_bot and any(TAKE in label for label in message.labels)
    ] * PRESSES_A_CARD
    acts = [*pressed, *((rng.choice(people), None) for _ in pressed)]
    rng.shuffle(acts)
    for person, message in acts:
        if message is None:
            person.types(rng.choice(WRITTEN))
        else:
            person.presses(TAKE, on=message)
    return len(pressed), len(acts) - len(pressed)


async def _all_that_waits(path: Path, fake: FakeTelegram, opened: list[Opened]) -> None:
    """The updates in the inbox, as if a receiver had stored them; orders whose reminders are due, ten a shop."""
    await _receive(path, opened, 10, "late", LATE)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("UPDATE notifications SET state = 'sent' WHERE state = 'queued'")
    bodies = [pending.body for pending in fake.world.updates.waiting()]
    fake.world.updates.clear()
    db = Database(f"sqlite+aiosqlite:///{path}")
    db.start()
    inbox, bot_id = Inbox(db, utc_now), TOKEN.partition(":")[0]
    await inbox.store([telegram_body(bot_id, body) for body in bodies])
    await db.stop()


# ---------------------------------------------------------------- meanwhile
NEW = "SELECT count(*) FROM updates WHERE state = 'new'"
DUE = "SELECT count(DISTINCT order_id) FROM deadlines WHERE done_at IS NULL AND due_at <= ?"
OPEN = "SELECT count(*) FROM notifications WHERE state IN ('queued', 'sending') AND due_at <= ?"

DONE = "SELECT count(*) FROM updates WHERE state = 'done'"
TOLD = "SELECT count(*) FROM notifications WHERE kind = 'untouched' AND state = 'sent'"


def _moment() -> str:
    return utc_now().strftime("%Y-%m-%d %H:%M:%S.%f")


def _count(path: Path, query: str, *given: str) -> int:
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
        found: int = connection.execute(query, given).fetchone()[0]
    return found


async def _left(path: Path) -> tuple[int, int, int]:
    """Updates, reminders, notifications that still wait."""
    now = _moment()
    queries = ((NEW, ()), (DUE, (now,)), (OPEN, (now,)))
    counts = [await asyncio.to_thread(_count, path, query, *given) for query, given in queries]
    return counts[0], counts[1], counts[2]


async def _until_drained(path: Path, begun: float) -> float:
    """Seconds until nothing waits, or until the time is up."""
    while True:
        waits, seconds = await _left(path), time.perf_counter() - begun
        if not any(waits) or seconds > PATIENCE:
            return seconds
        await asyncio.sleep(0.2)


async def _bare(url: str, fake: FakeTelegram, people: list[Person]) -> float:
    """Requests a second that the same fake answers to a client that does nothing else, eight at once."""
    count, chats = 0, [person.id for person in people]
    end = time.perf_counter() + 2.0

    async def client(http: aiohttp.ClientSession, chat: int) -> None:
        nonlocal count
        while time.perf_counter() < end:
            body = {"chat_id": chat, "text": "the wire alone"}
            async with http.post(f"{url}/bot{fake.token}/sendMessage", json=body) as answer:
                await answer.read()
            count += 1

    async with aiohttp.ClientSession() as http:
        await asyncio.gather(*(client(http, chat) for chat in chats[:8]))
    return count / 2.0


# ---------------------------------------------------------------- the table
def _all(what: str, found: int, of: int, note: str = "") -> Goal:
    return Goal(what, found, "", f"= {of:,}", found == of, note)


def _loop(found: list[tuple[float, float, float]]) -> list[Goal]:
    """How late the loop was: in the first second after the start, and from then on."""
    late = [lag for lag, _, _ in found]
    whole = sum(lag + EVERY for lag in late)
    passed, start = 0.0, 0
    while passed < FIRST and start < len(late) - 1:
        passed += late[start] + EVERY
        start += 1
    longest, worked, _ = max(found[start:])
    many = sum(lag > 0.05 for lag in late[start:])
    thread, process = (sum(sample[at] for sample in found) / whole * 100 for at in (1, 2))
    return [
        Goal("loop late, p99", quantile(late[start:], 0.99) * 1000, "ms"),
        under(
            "loop blocked, longest",
            longest * 1000,
            50,
            "ms",
            f"its thread worked {worked * 1000:.0f} ms meanwhile; {many} of {len(late):,} samples over 50 ms",
        ),
        Goal(
            "loop blocked, longest in the first second",
            max(late[:start]) * 1000,
            "ms",
            note="models are built then that aiogram's import left for later (S7)",
        ),
        Goal("a core's share, the loop's thread", thread, "%", note=f"all threads {process:.0f} %"),
    ]
