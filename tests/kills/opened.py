"""A shop with its people, the product running: where each loop of kills begins."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from uuid import uuid4

from sqlalchemy import make_url

from tests.kills.lives import Starter
from tests.kills.world import World, new_world

POSTGRES = os.environ.get("TEST_POSTGRES_URL")  # noqa: TID251 - the tests' own switch
SEED = 20260302


@asynccontextmanager
async def world_of(
    starter: Starter,
    place: Path,
    *,
    kind: str = "sqlite",
    seed: int = SEED,
    webhook: bool = False,
    load: bool = True,
) -> AsyncIterator[World]:
    """`load`: its site posts and its people work by themselves."""
    async with database(kind, place) as url:
        world = new_world(starter, url, place, seed, webhook=webhook)
        try:
            await world.opens()
            invites = await world.opens_shop()
            await world.starts_one()
            await world.answers_at_all()
            await world.staffs(invites)
            if load:
                world.load()
            yield world
        finally:
            await world.closes()


@asynccontextmanager
async def database(kind: str, place: Path) -> AsyncIterator[str]:
    if kind == "sqlite":
        yield f"sqlite+aiosqlite:///{place}/bot.db"
        return
    import asyncpg

    assert POSTGRES is not None
    server = make_url(POSTGRES)
    name = f"ob_kills_{uuid4().hex[:12]}"
    admin = await asyncpg.connect(server.set(drivername="postgresql").render_as_string(hide_password=False))
    try:
        await admin.execute(f"CREATE DATABASE {name}")
        yield server.set(database=name).render_as_string(hide_password=False)
    finally:
        await admin.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        await admin.close()
