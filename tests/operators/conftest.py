"""A world whose operator starts and stops the product."""

from collections.abc import AsyncIterator

import pytest

from tests.operators.world import World, new_world


@pytest.fixture
async def world() -> AsyncIterator[World]:
    async with new_world() as made:
        yield made
