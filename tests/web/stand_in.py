"""A house behind the doors that fits in memory: the ports, true to the contract as far as doors can see."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime

from aiohttp import web

from handlers.web import server
from handlers.web.listen import listen
from models.errors import KeyReused, NoSuchOrder, NotAllowed
from models.intake import (
    BuyerCancelled,
    BuyerLinks,
    NewOrder,
    ParcelMoved,
    Receipt,
    SourceEvent,
    StatusChanged,
)

KEY = "key-of-shop-1"
OTHER_KEY = "key-of-shop-2"
NOW = datetime(2026, 3, 6, 15, 31, tzinfo=UTC)
FINAL = {"received", "refused", "not_collected", "cancelled", "buyer_cancelled", "expired"}


class Keyring:
    def __init__(self) -> None:
        self.shops = {KEY: 1, OTHER_KEY: 2}

    async def shop_of(self, api_key: str) -> int | None:
        return self.shops.get(api_key)


@dataclass
class Stored:
    order: NewOrder
    digest: bytes
    receipt: Receipt
    status: str = "new"
    history: list[dict[str, object]] = field(default_factory=list)
    parcels: dict[str, str] = field(default_factory=dict)
    causes: set[str] = field(default_factory=set)


class Shelf:
    """Orders by shop and number. `trouble` is raised by whatever is asked next; `pause` holds it up."""

    def __init__(self) -> None:
        self.orders: dict[tuple[int, str], Stored] = {}
        self.keys: dict[tuple[int, str], bytes] = {}
        self.trouble: Exception | None = None
        self.pause: asyncio.Event | None = None

    async def _at_work(self) -> None:
        if self.pause is not None:
            await self.pause.wait()
        if self.trouble is not None:
            raise self.trouble

    async def receive(self, shop_id: int, order: NewOrder, *, key: str | None, digest: bytes) -> Receipt:
        await self._at_work()
        if key is not None and self.keys.setdefault((shop_id, key), digest) != digest:
            raise KeyReused
        known = self.orders.get((shop_id, order.number))
        if known is not None:
            was = known.receipt
            return Receipt(was.order_id, was.number, was.status, was.buyer, replayed=True)
        links = BuyerLinks(f"b{len(self.orders)}", f"https://t.me/bot?start=b{len(self.orders)}", None)
        receipt = Receipt(f"o{len(self.orders)}", order.number, "new", links, replayed=False)
        self.orders[shop_id, order.number] = Stored(order, digest, receipt)
        return receipt

    async def describe(self, shop_id: int, number: str) -> dict[str, object] | None:
        await self._at_work()
        stored = self.orders.get((shop_id, number))
        return None if stored is None else self._said(stored)

    async def happened(
        self, shop_id: int, number: str, event: SourceEvent, *, cause: str
    ) -> dict[str, object]:
        await self._at_work()
        stored = self.orders.get((shop_id, number))
        if stored is None:
            raise NoSuchOrder
        if cause in stored.causes:
            return self._said(stored)
        if stored.status in FINAL and isinstance(event, StatusChanged | BuyerCancelled):
            raise NotAllowed("final", {"status": stored.status})
        stored.causes.add(cause)
        if isinstance(event, StatusChanged):
            stored.status = event.status
        elif isinstance(event, BuyerCancelled):
            stored.status = "buyer_cancelled"
        elif isinstance(event, ParcelMoved):
            stored.parcels[event.ttn] = event.status
        entry: dict[str, object] = {"at": NOW.isoformat(), "actor": "marketplace", "action": event.type}
        stored.history.append(entry | {"status": stored.status, "facts": {}})
        return self._said(stored)

    def _said(self, stored: Stored) -> dict[str, object]:
        return {
            "status": stored.status,
            "status_name": stored.status,
            "buyer_answer": None,
            "history": stored.history,
            "parcels": [
                {"ttn": ttn, "carrier": stored.order.delivery.carrier.value, "status": status}
                for ttn, status in stored.parcels.items()
            ],
            "notifications": [],
        }


@dataclass
class House:
    """The doors, open on a port of their own, and what stands behind them."""

    url: str
    port: int
    shelf: Shelf
    keyring: Keyring
    not_ready: list[str]
    closing: list[bool]


@asynccontextmanager
async def open_house(
    limits: server.Limits | None = None, routes: tuple[web.RouteDef, ...] = ()
) -> AsyncIterator[House]:
    shelf, keyring = Shelf(), Keyring()
    not_ready: list[str] = []
    closing: list[bool] = []

    async def ready() -> str | None:
        if "broken" in not_ready:
            raise RuntimeError(not_ready)
        return not_ready[0] if not_ready else None

    app = server.build(
        keyring,
        shelf,
        ready=ready,
        now=lambda: NOW,
        limits=limits or server.Limits(per_second=100_000, burst=100_000),
        shutting_down=lambda: bool(closing),
        routes=routes,
    )
    runner = await listen(app, "127.0.0.1", 0)
    try:
        port = runner.addresses[0][1]
        yield House(f"http://127.0.0.1:{port}", port, shelf, keyring, not_ready, closing)
    finally:
        await runner.cleanup()
