"""A whole year, both changes of clocks in it (P7, H18): no reminder early, missed, told twice, late, or for
nothing, by an oracle that knows nothing of the product."""

import random
import shutil
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from models.db import Database
from tests.years import product
from tests.years.judge import all_right, figures, judge
from tests.years.rows import live
from tests.years.world import ZONES, Machine, shops, stories

case, rule = pytest.mark.case, pytest.mark.rule


def year(orders: int, seed: int) -> Counter[str]:
    rng = random.Random(seed)
    machine = Machine(rng, outages=40)
    there = shops(rng, 2 * len(ZONES), machine)
    found: Counter[str] = Counter()
    for story in stories(rng, machine, orders):
        found += judge(machine, live(story, rng.choice(there), machine))
    return found


def shown(orders: int, seed: int, record_property: Callable[[str, object], None]) -> None:
    begun = time.perf_counter()
    found = year(orders, seed)
    took = time.perf_counter() - begun
    record_property("figures", f"a year of {orders:,} orders in {took:.0f} s: {figures(found)}")
    assert all_right(found), figures(found)
    assert found["due"] > orders


@rule("R32", "R33", "R52", "C1", "C2", "R42", "G58", "RC8")
@case("H18", "H4", "H6", "H7", "H8", "H10", "H14")
def test_a_year_of_orders(record_property: Callable[[str, object], None]) -> None:
    shown(40_000, 2026, record_property)


@pytest.mark.long
@pytest.mark.timeout(3600)
@case("H18")
def test_a_year_of_a_million_orders(record_property: Callable[[str, object], None]) -> None:
    shown(1_000_000, 18, record_property)


@rule("R32", "R33", "R52", "C1", "C2", "R42", "G58", "RC8")
@case("H5", "H7", "H8", "H18")
@pytest.mark.parametrize("orders", [300, pytest.param(1_500, marks=pytest.mark.long)])
async def test_a_year_in_the_database(
    orders: int, migrated_sqlite: Path, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    shutil.copy(migrated_sqlite, tmp_path / "bot.db")
    db = Database(f"sqlite+aiosqlite:///{tmp_path}/bot.db")
    db.start()
    begun = time.perf_counter()
    try:
        found = await product.year(db, orders, 2027)
    finally:
        await db.stop()
    took = time.perf_counter() - begun
    record_property("figures", f"a year of {orders:,} orders in a database in {took:.0f} s: {figures(found)}")
    assert all_right(found), figures(found)
    assert found["due"] > orders
