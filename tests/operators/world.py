"""Lives of the product, one after another, on databases of the operator's choice; Telegram and the people stay."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import aiohttp

from bot.app import App
from bot.demo.person import Person
from bot.demo.telegram import FakeTelegram
from bot.demo.telegram import Limits as FakeLimits
from bot.messengers.pacing import Limits as PaceLimits
from bot.shops import OpenedShop
from handlers.web.server import Limits
from models.disk import Space
from models.worktime import WorkSchedule
from tests.conversation.hands import calm
from tests.stage import PATIENCE, TOKEN, Stage, TheClock, settings


@dataclass
class World:
    fake: FakeTelegram
    telegram_url: str
    clock: TheClock = field(default_factory=TheClock)
    owner: Person | None = None
    shop: OpenedShop | None = None

    @asynccontextmanager
    async def life(
        self, database_url: str, *, space: Space | None = None, ballast: bool = False, **changes: Any
    ) -> AsyncIterator[Stage]:
        """The app from its start to its clean end. The first life opens the shop."""
        app = App(
            settings(database_url, self.telegram_url, **changes),
            clock=self.clock,
            monotonic=self.clock.monotonic,
            limits=Limits(per_second=100_000, burst=100_000),
            pace=PaceLimits(10_000, 10_000, 10_000),
            poll_seconds=5,
            space=space,
            ballast=ballast,
        )
        try:
            await app.start()
            async with aiohttp.ClientSession() as http:
                yield await self._stage(app, http)
        finally:
            await app.stop()

    async def _stage(self, app: App, http: aiohttp.ClientSession) -> Stage:
        if self.owner is None or self.shop is None:
            self.shop = await app.shops.open("Самовар", "rozetka", WorkSchedule.parse("Mon-Fri 09:00-18:00"))
            self.owner = self.fake.person("Олена")
            self.owner.types(f"/start {self.shop.invite.start}")
            await self.owner.sees("Вітаємо у магазині", PATIENCE)
        stage = Stage(app, self.fake, self.clock, http, self.shop, self.owner)
        await calm(stage)
        return stage


@asynccontextmanager
async def new_world() -> AsyncIterator[World]:
    fake = FakeTelegram(token=TOKEN, username="orderbell_bot", limits=FakeLimits.none(), scale=0.01)
    url = await fake.start()
    try:
        yield World(fake, url)
        assert fake.violations == []
    finally:
        await fake.stop()
