from collections.abc import AsyncIterator

import aiohttp
import pytest

from bot.demo.person import Person
from bot.demo.telegram import FakeTelegram, Limits
from tests.demo.client import Api


class Clock:
    """Seconds that pass when told."""

    def __init__(self) -> None:
        self.now = 1_000_000.0

    def __call__(self) -> float:
        return self.now

    def goes(self, seconds: float) -> None:
        self.now += seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def fake(clock: Clock) -> AsyncIterator[FakeTelegram]:
    """A fake Telegram without a pace, whose own delays are a hundredth of the real ones."""
    telegram = FakeTelegram(
        limits=Limits.none(), scale=0.01, webhook_answer_within=0.2, monotonic=clock, wall=clock, seed=1
    )
    await telegram.start()
    yield telegram
    await telegram.stop()


@pytest.fixture
async def api(fake: FakeTelegram) -> AsyncIterator[Api]:
    async with aiohttp.ClientSession() as session:
        yield Api(fake, session)


@pytest.fixture
def olena(fake: FakeTelegram) -> Person:
    """She has pressed Start, and the bot has taken note of it."""
    person = fake.person("Олена", username="olena_k")
    person.types("/start")
    fake.world.updates.clear()
    return person


@pytest.fixture
def stranger(fake: FakeTelegram) -> Person:
    """Somebody the bot never met."""
    return fake.person("Незнайомець")
