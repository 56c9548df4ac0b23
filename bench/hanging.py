"""S11: a press in Telegram while the same process waits for a Viber that hangs, beside one where nobody is on Viber.

Thirty-two sellers press in Telegram at random moments, twenty times a second in all. By turns Viber is calm, and every
call to it hangs: sixteen sellers on Viber write and are answered by nobody, and each order of their shops rings there,
so that all places for Viber's updates and messages are taken. What is compared stands in one process and one run.
"""

import asyncio
import itertools
import json
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp

from bench.press import FIRST, PER_SECOND, SELLERS, THEN, Seller, now_and_then
from bench.processes import bot, free_port
from bench.servers import TOKEN
from bench.tables import Goal, quantile, under
from bench.world import Opened, furnish, order
from bot.app import utc_now, words_in
from bot.demo.telegram import FakeTelegram, Limits
from bot.demo.viber import FakeViber, Kind, Person
from bot.demo.viber import Limits as ViberLimits
from bot.inbox.worker import AT_ONCE
from bot.outbox.delivery import IN_FLIGHT
from bot.shops import Shops
from models.db import Database
from models.roles import Role

ON_VIBER = 16
WRITES_EVERY = 0.1
"""Seconds between two things that happen on Viber while it hangs: somebody writes, or an order rings."""
SETTLES = 2.0


@dataclass
class Phase:
    """One kind of moments: how long presses took, and when the phases were."""

    took: list[float] = field(default_factory=list)
    spans: list[tuple[float, float]] = field(default_factory=list)

    def lags(self, told: list[tuple[float, float]]) -> list[float]:
        return [late for at, late in told if any(begun <= at <= ended for begun, ended in self.spans)]


@dataclass
class World:
    port: int
    http: aiohttp.ClientSession
    shops: list[Opened]
    sellers: list[Seller]
    viber: FakeViber
    on_viber: list[Person]
    numbers: "itertools.count[int]" = field(default_factory=itertools.count)

    async def posts(self, shop: Opened, number: str) -> None:
        async with self.http.post(
            f"http://127.0.0.1:{self.port}/api/v1/orders",
            json=order(number),
            headers={"Authorization": f"Bearer {shop.api_key}"},
        ) as answer:
            assert answer.status == 202, await answer.text()

    async def is_busy(self) -> None:
        """People on Viber write, and orders ring there, without an end."""
        for at in itertools.count():
            person, shop = self.on_viber[at % ON_VIBER], self.shops[at % ON_VIBER]
            person.types("/orders")
            if at % 2:
                await self.posts(shop, f"viber-{next(self.numbers)}")
            await asyncio.sleep(WRITES_EVERY)


def measure(folder: Path, short: bool) -> list[Goal]:
    return asyncio.run(_measured(folder, *((2, 4.0) if short else (6, 20.0))))


async def _measured(folder: Path, rounds: int, seconds: float) -> list[Goal]:
    calm, hanging = Phase(), Phase()
    lags, least = folder / "lags.json", 1_000
    async with _both(folder / "both.db", lags) as world:
        await now_and_then(world.sellers, seconds / 2)
        for _ in range(rounds):
            await _phase(world, calm, seconds)
            world.viber.faults.script(Kind.HANG, method="send_message", times=None)
            busy = asyncio.ensure_future(world.is_busy())
            await asyncio.wait_for(world.viber.faults.until_hanging(AT_ONCE + IN_FLIGHT), 60)
            await _phase(world, hanging, seconds)
            least = min(least, world.viber.faults.hanging)
            busy.cancel()
            world.viber.faults.clear()
            await asyncio.sleep(SETTLES)
    told = [(at, late) for at, late in json.loads(lags.read_text(encoding="utf-8"))]
    return _goals(calm, hanging, told, least)


async def _phase(world: World, phase: Phase, seconds: float) -> None:
    begun = time.perf_counter()
    phase.took += await now_and_then(world.sellers, seconds)
    phase.spans.append((begun, time.perf_counter()))


def _goals(calm: Phase, hanging: Phase, told: list[tuple[float, float]], least: int) -> list[Goal]:
    goals = []
    for name, phase in (("calm", calm), ("hangs", hanging)):
        note = (
            f"{len(phase.took):,} presses"
            if phase is calm
            else f"{len(phase.took):,} presses, {least} calls open"
        )
        late = phase.lags(told)
        goals += [
            Goal(
                f"a press at {PER_SECOND}/s, Viber {name}, p50",
                quantile(phase.took, 0.5) * 1000,
                "ms",
                note=note,
            ),
            Goal(f"a press at {PER_SECOND}/s, Viber {name}, p99", quantile(phase.took, 0.99) * 1000, "ms"),
            Goal(f"the loop is late, Viber {name}, p99", quantile(late, 0.99) * 1000, "ms"),
            Goal(f"the loop is late, Viber {name}, at most", max(late) * 1000, "ms"),
        ]

    def ratio(share: float) -> float:
        return quantile(hanging.took, share) / quantile(calm.took, share)

    return [
        *goals,
        under("hangs / calm, p50", ratio(0.5), 1.5, "times"),
        under("hangs / calm, p99", ratio(0.99), 2, "times", "the load of what happens on Viber included"),
    ]


@asynccontextmanager
async def _both(path: Path, lags: Path) -> AsyncIterator[World]:
    """The product in both messengers; a card hangs before each seller in Telegram, and half of the shops have a second
    one on Viber."""
    shops = await furnish(path, SELLERS, members=1)
    invites = await _invited(path, shops[:ON_VIBER])
    fake, viber = FakeTelegram(token=TOKEN, limits=Limits.none()), FakeViber(limits=ViberLimits.none())
    fake.world.keep = 5_000
    urls = await fake.start(), await viber.start()
    people = [fake.person(f"Member {shop.chats[0]}", user_id=shop.chats[0]) for shop in shops]
    for person in people:
        person.types("/start")
    fake.world.updates.clear()
    port = await free_port()
    try:
        async with (
            bot("both", urls[0], str(port), str(path), urls[1], viber.token, str(lags)),
            aiohttp.ClientSession() as http,
        ):
            while viber.callbacks.hook is None:  # noqa: ASYNC110 - the product says where it is, and tells nobody
                await asyncio.sleep(0.05)
            world = World(
                port, http, shops, [], viber, [viber.person(f"On Viber {n}") for n in range(ON_VIBER)]
            )
            for member, invite in zip(world.on_viber, invites, strict=True):
                member.subscribes()
                member.types(f"/start {invite}")
                await member.sees("Shop", 60)
            for shop in shops:
                await world.posts(shop, f"press-{shop.shop_id}")
            cards = [await person.sees("press-", 60) for person in people]
            words = words_in("uk")
            labels = tuple(words(key) for key in (FIRST, THEN[1], THEN[0]))
            world.sellers = [Seller(who, card, labels) for who, card in zip(people, cards, strict=True)]
            yield world
    finally:
        await fake.stop()
        await viber.stop()


async def _invited(path: Path, shops: list[Opened]) -> list[str]:
    """What a manager of each shop's says to come in on Viber."""
    db = Database(f"sqlite+aiosqlite:///{path}")
    db.start()
    house = Shops(db, utc_now)
    made = [await house.invite(shop.shop_id, Role.MANAGER, binds_at_once=True) for shop in shops]
    await db.stop()
    return [invite.start for invite in made]
