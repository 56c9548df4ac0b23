"""S6: the pace that Telegram allows, held without a refusal, and an alert that overtakes what can wait.

The fake refuses by the real limits, thirty a second in all. Beside the product: a sender that spaces its calls a
thirtieth of a second apart, and one that sends all at once and obeys `retry_after`, as most do.
"""

import asyncio
import sqlite3
import time
from collections.abc import Awaitable, Callable
from contextlib import closing
from pathlib import Path

import aiohttp

from bench.processes import bot, free_port
from bench.servers import TOKEN
from bench.tables import Goal, at_least, under
from bench.world import Opened, furnish, order
from bot.app import utc_now
from bot.demo.telegram import FakeTelegram, Limits

PER_SECOND = 30
CROWD = 10_000
CHATS = 2_500
"""A chat may have one message a second: there must be enough of them that this is not what limits."""


def measure(folder: Path, short: bool) -> list[Goal]:
    return asyncio.run(_measured(folder / "bot.db", *((8.0, 5.0) if short else (60.0, 20.0))))


async def _measured(path: Path, seconds: float, peers: float) -> list[Goal]:
    shops = await furnish(path, 1, members=1)
    rate, refused, alert = await _product(path, shops[0], seconds)
    spaced, spaced_refused = await _peer(_spaced, peers)
    hasty, hasty_refused = await _peer(_hasty, peers)
    return [
        at_least("the product", rate, 29.5, "messages/s", f"{seconds:.0f} s, limit {PER_SECOND}"),
        Goal("refused by Telegram", refused, "", "= 0", refused == 0),
        under("an order behind a crowd of 10,000", alert, 1.0, "s", "202 to the request at Telegram"),
        Goal("a client that spaces its calls", spaced, "messages/s", note=f"{spaced_refused} refused"),
        Goal(
            "a client that sends and obeys retry_after", hasty, "messages/s", note=f"{hasty_refused} refused"
        ),
    ]


async def _product(path: Path, shop: Opened, seconds: float) -> tuple[float, int, float]:
    fake = FakeTelegram(token=TOKEN, limits=Limits())
    url, port = await fake.start(), await free_port()
    chats = [fake.person(f"Neighbour {at}", user_id=800_000_000 + at) for at in range(CHATS)]
    for person in [*chats, fake.person("Member", user_id=shop.chats[0])]:
        person.chat.started = True
    _crowd(path, [person.id for person in chats])
    try:
        async with bot("paced", url, str(port), str(path)), aiohttp.ClientSession() as http:
            await fake.calls.wait_for("sendMessage", times=PER_SECOND * 2, within=30)
            begun, before = time.monotonic(), len(fake.calls.of("sendMessage", outcome="ok"))
            await asyncio.sleep(seconds)
            rate = (len(fake.calls.of("sendMessage", outcome="ok")) - before) / (time.monotonic() - begun)
            refused = fake.too_many
            alert = await _alert(http, port, shop, fake)
    finally:
        await fake.stop()
    return rate, refused, alert


async def _alert(http: aiohttp.ClientSession, port: int, shop: Opened, fake: FakeTelegram) -> float:
    async with http.post(
        f"http://127.0.0.1:{port}/api/v1/orders",
        json=order("urgent-1"),
        headers={"Authorization": f"Bearer {shop.api_key}"},
    ) as answer:
        assert answer.status == 202, await answer.text()
    accepted = time.monotonic()
    (rung, *_) = await fake.calls.wait_for("sendMessage", within=30, chat=shop.chats[0])
    return max(0.0, rung.at - accepted)


def _crowd(path: Path, chats: list[int]) -> None:
    """Notices of no urgency, several a chat, due by now."""
    now = utc_now().strftime("%Y-%m-%d %H:%M:%S.%f")
    columns = "dedupe, kind, recipient, channel, chat, priority, facts, created_at, due_at, at, attempts, repeat, state"
    rows = [
        (
            f"crowd:{at}", "dead_letter", "admin", "telegram", str(chats[at % len(chats)]), 1,
            f'{{"update": "u{at}", "error": "E"}}', now, now, now, 0, 0, "queued",
        )
        for at in range(CROWD)
    ]  # fmt: skip
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.executemany(f"INSERT INTO notifications ({columns}) VALUES ({', '.join('?' * 13)})", rows)


# ---------------------------------------------------------------- peers
Send = Callable[[int], Awaitable[float]]
"""Sends to a chat; seconds to wait where it was refused, else 0."""


async def _peer(way: Callable[[Send, float], Awaitable[None]], seconds: float) -> tuple[float, int]:
    fake = FakeTelegram(token=TOKEN, limits=Limits())
    url = await fake.start()
    for at in range(CHATS):
        fake.person(f"Neighbour {at}", user_id=800_000_000 + at).chat.started = True
    try:
        async with aiohttp.ClientSession() as http:

            async def send(at: int) -> float:
                body = {"chat_id": 800_000_000 + at % CHATS, "text": "hello"}
                async with http.post(f"{url}/bot{TOKEN}/sendMessage", json=body) as answer:
                    told = await answer.json()
                return 0.0 if told["ok"] else float(told.get("parameters", {}).get("retry_after", 1))

            await way(send, seconds)
        return len(fake.calls.of("sendMessage", outcome="ok")) / seconds, fake.too_many
    finally:
        await fake.stop()


async def _spaced(send: Send, seconds: float) -> None:
    end, at = time.monotonic() + seconds, 0
    while time.monotonic() < end:
        at += 1
        await send(at)
        await asyncio.sleep(1 / PER_SECOND)


async def _hasty(send: Send, seconds: float) -> None:
    end = time.monotonic() + seconds

    async def one(at: int) -> None:
        while time.monotonic() < end and (wait := await send(at)):  # noqa: ASYNC110
            await asyncio.sleep(wait)

    await asyncio.gather(*(one(at) for at in range(min(CHATS, int(PER_SECOND * seconds)))))
