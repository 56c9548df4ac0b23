"""S1: orders accepted by HTTP, durable, with lines, deadlines and notifications; peers and limit in one run."""

import asyncio
import itertools
import os
import shutil
import statistics
import time
from pathlib import Path

from bench.client import Measured, hammer
from bench.tables import Goal, at_least, quantile, under
from bench.world import furnish, order, request, server

CLIENTS = 32
KINDS = {
    "product": "the product",
    "plain": "aiohttp + plain sqlite3, group commit of the same rows",
    "orm": "aiohttp + an async ORM session each (aiosqlite, default pool)",
    "bare": "aiohttp, nothing stored",
}


def measure(folder: Path, short: bool) -> list[Goal]:
    rounds, seconds = (1, 2.0) if short else (3, 4.0)
    api_key = asyncio.run(_furnished(folder / "bot.db"))
    found: dict[str, list[Measured]] = {kind: [] for kind in KINDS}
    disk: list[float] = []
    for _ in range(rounds):
        disk += fdatasyncs(folder / "disk", 0.5)
        for kind in KINDS:
            path = folder / f"{kind}.db"
            shutil.copy(folder / "bot.db", path)
            found[kind].append(asyncio.run(_round(kind, path, api_key, seconds)))
            for left in folder.glob(f"{kind}.db*"):
                left.unlink()
    return _goals(found, disk)


async def _furnished(path: Path) -> str:
    """A shop with one order, whose rows are what the peers write."""
    opened = await furnish(path, 1)
    async with server("product", str(path)) as port:
        first = itertools.repeat(request(order("first"), opened[0].api_key))  # again and again, stored once
        done = await hammer(port, first, clients=1, seconds=0.5, warm=0)
        assert done.refused == 0
    return opened[0].api_key


async def _round(kind: str, path: Path, api_key: str, seconds: float) -> Measured:
    numbers = itertools.count(812_000_000)
    async with server(kind, str(path)) as port:
        requests = (request(order(str(number)), api_key) for number in numbers)
        found = await hammer(port, requests, clients=CLIENTS, seconds=seconds, warm=1.0)
    if found.refused:
        raise RuntimeError(f"{kind}: {found.refused} refused")
    return found


def fdatasyncs(path: Path, seconds: float) -> list[float]:
    """What the disk takes for a page made durable, one after another: the limit of every commit."""
    took = []
    page = b"\0" * 4096
    with path.open("wb", buffering=0) as file:
        end = time.perf_counter() + seconds
        while (begun := time.perf_counter()) < end:
            file.write(page)
            os.fdatasync(file.fileno())
            took.append(time.perf_counter() - begun)
    path.unlink()
    return took


def _goals(found: dict[str, list[Measured]], disk: list[float]) -> list[Goal]:
    rates = {kind: [run.rate for run in runs] for kind, runs in found.items()}
    p99 = {kind: [quantile(run.latencies, 0.99) * 1000 for run in runs] for kind, runs in found.items()}
    p50 = {kind: [quantile(run.latencies, 0.5) * 1000 for run in runs] for kind, runs in found.items()}

    def ratio(peer: str) -> float:
        return statistics.median(a / b for a, b in zip(rates["product"], rates[peer], strict=True))

    goals = [
        Goal(
            what,
            statistics.median(rates[kind]),
            "orders/s",
            note=f"p50 {statistics.median(p50[kind]):.1f} ms, p99 {statistics.median(p99[kind]):.1f} ms",
        )
        for kind, what in KINDS.items()
    ]
    goals.append(
        Goal(
            "write + fdatasync of a page, one after another",
            len(disk) / sum(disk),
            "/s",
            note=f"p50 {quantile(disk, 0.5) * 1000:.2f} ms, p99 {quantile(disk, 0.99) * 1000:.2f} ms",
        )
    )
    rounds = f"median of {len(rates['product'])} rounds"
    goals += [
        at_least("product / plain group commit", ratio("plain") * 100, 25, "%", rounds),
        at_least("product / ORM session each", ratio("orm"), 8, "times", rounds),
        under("product, p99", statistics.median(p99["product"]), 60, "ms", f"{CLIENTS} clients"),
    ]
    return goals
