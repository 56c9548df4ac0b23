"""A world whose operator starts and stops the product."""

import subprocess
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from models.disk import MIB
from tests.operators.world import World, new_world


@pytest.fixture
async def world() -> AsyncIterator[World]:
    async with new_world() as made:
        yield made


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Path]:
    """A disk of 96 MiB, where one may be mounted."""
    place = tmp_path / "small"
    place.mkdir()
    size = f"size={96 * MIB}"
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", size, "none", place], capture_output=True, check=False
    )
    if mounted.returncode != 0:
        pytest.skip("nothing may be mounted here")
    try:
        yield place
    finally:
        subprocess.run(["umount", "--lazy", place], check=True)
