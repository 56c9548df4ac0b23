"""Migrations on a database that is lived in: what refers to a shop must not be in their way."""

from datetime import UTC, datetime

from bot.shops import Shops
from models import migrate
from models.db import Database
from models.worktime import WorkSchedule

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


async def test_a_shop_with_its_keys_and_invites_goes_down_and_up_again(database_url: str) -> None:
    """SQLite cannot make a table anew to which others refer: neither way may need that."""
    db = Database(database_url)
    db.start()
    try:
        shops = Shops(db, lambda: NOW)
        opened = await shops.open("Самовар", "rozetka", WorkSchedule.parse("Mon-Fri 9-18"))
        await db.run(lambda connection: migrate.downgrade(connection, "0001"))
        await db.run(migrate.upgrade)
        [shop] = await shops.all()
        assert (shop.name, shop.texts, shop.buyer_confirms) == ("Самовар", None, False)
        assert await shops.shop_of(opened.api_key) == shop.id
    finally:
        await db.stop()
