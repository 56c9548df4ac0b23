from collections.abc import AsyncIterator

import pytest

from bot.http import Http
from tests.outbox.troubles import PATIENCE
from tests.stage import Stage, open_stage


@pytest.fixture
async def quick(database_url: str) -> AsyncIterator[Stage]:
    """A stage whose wire gives up on Telegram within a third of a second."""
    async with open_stage(database_url, http_client=Http(seconds=PATIENCE)) as opened:
        yield opened
