"""What benches play in: a migrated database with shops and their people, orders as bytes, a server as a process."""

import asyncio
import json
import sys
import zlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.processes import ended
from bot.app import utc_now
from bot.people import People
from bot.shops import Shops
from models import migrate
from models.db import Database
from models.people import Messenger
from models.roles import Role
from models.worktime import WorkSchedule

ORDER: dict[str, Any] = json.loads((Path(__file__).parent / "order.json").read_text(encoding="utf-8"))
MEMBERS = 2
"""people a shop whom a new order rings"""


@dataclass(frozen=True)
class Opened:
    shop_id: int
    api_key: str
    chats: tuple[int, ...]


async def furnish(path: Path, shops: int, members: int = MEMBERS) -> list[Opened]:
    """A database with so many shops, each with its own people, as the product itself makes them."""
    db = Database(f"sqlite+aiosqlite:///{path}")
    await db.run(migrate.upgrade)
    db.start()
    house, people = Shops(db, utc_now), People(db, utc_now)
    hours = WorkSchedule.parse("Mon-Sun 00:00-24:00")
    opened = []
    for number in range(shops):
        shop = await house.open(f"Shop {number}", "rozetka", hours)
        chats = tuple(700_000_000 + number * 100 + at for at in range(members))
        for chat in chats:
            invite = await house.invite(shop.shop.id, Role.MANAGER, binds_at_once=True)
            account = await people.introduce(Messenger.TELEGRAM, str(chat), f"Member {chat}")
            await house.join(invite.start, account, f"Member {chat}")
        opened.append(Opened(shop.shop.id, shop.api_key, chats))
    await db.stop()
    return opened


def order(number: str) -> dict[str, Any]:
    return ORDER | {"number": number, "buyer": ORDER["buyer"] | {"phone": _phone(number)}}


def _phone(number: str) -> str:
    """Another one for each order: what is remembered of phones should not help here more than in life."""
    return f"+38067{zlib.crc32(number.encode()) % 10_000_000:07d}"


def request(body: dict[str, Any], api_key: str) -> bytes:
    """One POST of an order, whole, as it stands on the wire."""
    raw = json.dumps(body, ensure_ascii=False).encode()
    head = (
        f"POST /api/v1/orders HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {api_key}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(raw)}\r\n\r\n"
    )
    return head.encode() + raw


@asynccontextmanager
async def server(kind: str, *words: str) -> AsyncIterator[int]:
    """`python -m bench.servers KIND ...` as a process of its own; yields its port."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bench.servers", kind, *words, stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    try:
        said = await asyncio.wait_for(process.stdout.readline(), 60)
        if not said:
            raise RuntimeError(f"the server {kind!r} ended before it listened")
        yield int(said)
    finally:
        await ended(process)  # a clean end, so that the database is whole in its one file
