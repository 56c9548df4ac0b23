"""S3: from the 202 to the request at Telegram, many chats, 20 orders a second; the wire's own limit beside it."""

import asyncio
import random
import re
import time
from pathlib import Path

import aiohttp

from bench.tables import Goal, quantile, under
from bench.world import Opened, furnish, order, server
from bot.demo.telegram import FakeTelegram, Limits

SHOPS = 60
PER_SECOND = 20


def measure(folder: Path, short: bool) -> list[Goal]:
    return asyncio.run(_measured(folder / "bot.db", 5.0 if short else 40.0))


async def _measured(path: Path, seconds: float) -> list[Goal]:
    from bench.servers import TOKEN

    shops = await furnish(path, SHOPS, members=1)
    fake = FakeTelegram(token=TOKEN, limits=Limits.none())
    url = await fake.start()
    for shop in shops:
        for chat in shop.chats:
            fake.person(f"Member {chat}", user_id=chat).types("/start")
    fake.world.updates.clear()
    try:
        async with server("product", str(path), url) as port, aiohttp.ClientSession() as http:
            await _until_ready(http, port)
            await _posted(http, port, shops, 3.0, "warm")
            accepted = await _posted(http, port, shops, seconds, "ring")
            rings = await _rings(fake, accepted)
            again = sum("ring-" in call.text for call in fake.calls.of("sendMessage")) - len(rings)
            wire = await _round_trips(http, url, fake, shops[0].chats[0])
    finally:
        await fake.stop()
    lost = len(accepted) - len(rings)
    return [
        Goal(
            "orders rung", len(rings), "", f"= {len(accepted)}", lost == 0, f"{PER_SECOND}/s, {SHOPS} chats"
        ),
        Goal("orders rung more than once", again, "", "= 0", again == 0),
        Goal("a bare sendMessage to the same fake, p50", quantile(wire, 0.5) * 1000, "ms", note="the limit"),
        under("202 to the request at Telegram, p50", quantile(rings, 0.5) * 1000, 25, "ms"),
        under("202 to the request at Telegram, p99", quantile(rings, 0.99) * 1000, 150, "ms"),
    ]


async def _until_ready(http: aiohttp.ClientSession, port: int) -> None:
    async with asyncio.timeout(60):
        while True:
            async with http.get(f"http://127.0.0.1:{port}/readyz") as answer:
                if answer.status == 200:
                    return
            await asyncio.sleep(0.1)


async def _posted(
    http: aiohttp.ClientSession, port: int, shops: list[Opened], seconds: float, kind: str
) -> dict[str, float]:
    """Orders at random moments; number -> when its 202 was read, on the fake's clock."""
    rng = random.Random(f"S3 {kind}")
    accepted: dict[str, float] = {}

    async def post(number: str, wait: float, shop: Opened) -> None:
        await asyncio.sleep(wait)
        async with http.post(
            f"http://127.0.0.1:{port}/api/v1/orders",
            json=order(number),
            headers={"Authorization": f"Bearer {shop.api_key}"},
        ) as answer:
            accepted[number] = time.monotonic()
            if answer.status != 202:
                raise RuntimeError(f"{answer.status}: {await answer.text()}")

    count = int(PER_SECOND * seconds)
    await asyncio.gather(
        *(post(f"{kind}-{at}", rng.uniform(0, seconds), rng.choice(shops)) for at in range(count))
    )
    return accepted


async def _rings(fake: FakeTelegram, accepted: dict[str, float]) -> list[float]:
    """Seconds from each 202 to its first request; one that came sooner than the 202 was read counts as 0.

    Waits up to a minute for what is still on its way.
    """
    first: dict[str, float] = {}
    for _ in range(120):
        for call in fake.calls.of("sendMessage"):
            if (named := re.search(r"ring-\d+", call.text)) is not None:
                first.setdefault(named[0], call.at)
        if len(first) >= len(accepted):
            break
        await asyncio.sleep(0.5)
    return [max(0.0, first[number] - at) for number, at in accepted.items() if number in first]


async def _round_trips(http: aiohttp.ClientSession, url: str, fake: FakeTelegram, chat: int) -> list[float]:
    took = []
    for _ in range(100):
        begun = time.monotonic()
        body = {"chat_id": chat, "text": "the wire alone"}
        async with http.post(f"{url}/bot{fake.token}/sendMessage", json=body) as answer:
            await answer.read()
        took.append(time.monotonic() - begun)
    return took
