"""S2: a press, from the update handed over by webhook to the answered press and the edited card, all stored.

Thirty-two sellers press the button that their card shows, see it answered and redrawn, and press the next one. The
peers do the same two calls at the same fake: plain aiogram without a database, and aiogram with an async ORM session a
press, as most bots have it.
"""

import asyncio
import random
import statistics
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp

from bench.processes import bot, free_port
from bench.servers import TOKEN
from bench.tables import Goal, at_least, quantile, under
from bench.world import furnish, order, server
from bot.app import words_in
from bot.demo.person import Person
from bot.demo.telegram import FakeTelegram, Limits
from bot.demo.telegram.messages import Message

SELLERS = 32
KINDS = {
    "product": "the product",
    "plain": "aiogram, the same two calls, nothing stored",
    "orm": "aiogram + an async ORM session a press",
}
FIRST, THEN = "action-take", ("action-confirm", "action-reopen")
PER_SECOND = 20


def measure(folder: Path, short: bool) -> list[Goal]:
    return asyncio.run(_measured(folder, *((1, 2.0, 3.0) if short else (3, 5.0, 20.0))))


async def _measured(folder: Path, rounds: int, seconds: float, calm: float) -> list[Goal]:
    rates: dict[str, list[float]] = {kind: [] for kind in KINDS}
    for at in range(rounds):
        for kind in KINDS:
            async with _sellers(folder / f"{kind}{at}.db", kind) as sellers:
                rates[kind].append(len(await _pressing(sellers, seconds)) / seconds)
    async with _sellers(folder / "calm.db", "product") as sellers:
        took = await now_and_then(sellers, calm)
    return _goals(rates, took)


def _goals(rates: dict[str, list[float]], took: list[float]) -> list[Goal]:
    def ratio(peer: str) -> float:
        return statistics.median(a / b for a, b in zip(rates["product"], rates[peer], strict=True))

    rounds = f"median of {len(rates['product'])} rounds, {SELLERS} in flight"
    return [
        *(
            Goal(KINDS[kind], statistics.median(found), "presses/s", note=rounds)
            for kind, found in rates.items()
        ),
        at_least("product / plain aiogram", ratio("plain") * 100, 80, "%", rounds),
        at_least("product / ORM session a press", ratio("orm"), 6, "times", rounds),
        Goal(f"a press at {PER_SECOND}/s, p50", quantile(took, 0.5) * 1000, "ms"),
        under(
            f"a press at {PER_SECOND}/s, p99",
            quantile(took, 0.99) * 1000,
            100,
            "ms",
            f"{len(took):,} presses",
        ),
    ]


class Seller:
    """Somebody with one order's card in the chat, who presses what it shows."""

    def __init__(self, person: Person, card: Message, labels: tuple[str, ...]) -> None:
        self.person = person
        self.card = card
        self._labels = labels
        self._pressed = 0

    async def presses(self) -> None:
        """Until the press is answered and the card says something new."""
        before = len(self.card.versions)
        label = self._labels[0] if not self._pressed else self._labels[1 + self._pressed % 2]
        self._pressed += 1
        press = self.person.presses(label, on=self.card)
        while not press.answers or len(self.card.versions) == before:
            await self.card.chat.change()


@asynccontextmanager
async def _sellers(path: Path, kind: str) -> AsyncIterator[list[Seller]]:
    """The bot of this kind, and sellers whose cards hang in their chats: the product's, or a message of a peer's."""
    shops = await furnish(path, SELLERS, members=1)
    fake = FakeTelegram(token=TOKEN, limits=Limits.none())
    fake.world.keep = 5_000
    url = await fake.start()
    people = [fake.person(f"Member {shop.chats[0]}", user_id=shop.chats[0]) for shop in shops]
    for person in people:
        person.types("/start")
    fake.world.updates.clear()
    try:
        async with server("product", str(path), url) as port, aiohttp.ClientSession() as http:
            for shop in shops:
                async with http.post(
                    f"http://127.0.0.1:{port}/api/v1/orders",
                    json=order(f"press-{shop.shop_id}"),
                    headers={"Authorization": f"Bearer {shop.api_key}"},
                ) as answer:
                    assert answer.status == 202, await answer.text()
            cards = [await person.sees("press-", 60) for person in people]
        words = words_in("uk")
        labels = tuple(words(key) for key in (FIRST, THEN[1], THEN[0]))
        if kind != "product":
            labels = (next(iter(cards[0].labels)),) * 3
        given = (str(await free_port()), *(() if kind == "plain" else (str(path),)))
        async with bot(kind, url, *given):
            yield [Seller(person, card, labels) for person, card in zip(people, cards, strict=True)]
    finally:
        await fake.stop()


async def _pressing(sellers: list[Seller], seconds: float) -> list[float]:
    """Everybody as fast as the bot answers; seconds of each press that ended within the time, after a warm second."""
    took: list[float] = []
    begin = time.perf_counter() + 1.0
    end = begin + seconds

    async def one(seller: Seller) -> None:
        while (pressed := time.perf_counter()) < end:
            await seller.presses()
            if begin <= (now := time.perf_counter()) <= end:
                took.append(now - pressed)

    async with asyncio.timeout(seconds + 60):
        await asyncio.gather(*(one(seller) for seller in sellers))
    return took


async def now_and_then(sellers: list[Seller], seconds: float) -> list[float]:
    """Presses at random moments, so many a second in all."""
    rng = random.Random("S2")
    took: list[float] = []

    async def one(seller: Seller) -> None:
        await asyncio.sleep(rng.uniform(0, len(sellers) / PER_SECOND))
        end = time.perf_counter() + seconds
        while (pressed := time.perf_counter()) < end:
            await seller.presses()
            took.append(time.perf_counter() - pressed)
            await asyncio.sleep(rng.uniform(0.5, 1.5) * len(sellers) / PER_SECOND)

    await asyncio.gather(*(one(seller) for seller in sellers))
    return took
