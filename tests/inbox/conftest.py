from collections.abc import AsyncIterator

import aiohttp
import pytest

from bot.demo.person import Person
from bot.demo.telegram import FakeTelegram, Limits
from models.db import Database
from tests.inbox.stage import QUICK, Clock, Desk


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    db = Database(database_url)
    db.start()
    yield db
    await db.stop()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def desk(database: Database, clock: Clock) -> AsyncIterator[Desk]:
    desk = Desk(database, clock, pauses=QUICK)
    desk.worker.start()
    yield desk
    await desk.worker.stop(timeout=0.1)


@pytest.fixture
async def fake() -> AsyncIterator[FakeTelegram]:
    """A fake Telegram without a pace, whose own delays are a hundredth of the real ones."""
    async with FakeTelegram(limits=Limits.none(), scale=0.01, seed=1) as telegram:
        yield telegram


@pytest.fixture
def olena(fake: FakeTelegram) -> Person:
    return fake.person("Олена")


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session
