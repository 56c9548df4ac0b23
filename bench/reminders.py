"""S4: a reminder tick with ten due among 10^3 and among 10^6 open orders, beside those who keep a job an order.

Both sizes of the product tick in turns, each in a process of its own; the ratio is the median of those of the
pairs. A tick is the public `Orders.remind_due`, from the call to the answer after the commit; database time is
that of its statements, as the engine's events see them; what the commit waits for the disk is not in it. Memory
may differ by what SQLite keeps of its pages, two megabytes at most for either connection. The peers' tick is
kinder: their ten due are found and their jobs run, but nothing is written about it but in the job store.
"""

import asyncio
import json
import math
import statistics
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench import peers
from bench.stock import stock
from bench.tables import Goal, under
from bench.ticking import DUE, NOW

MEGABYTE = 1_000_000
SMALL = 1_000


@dataclass
class Process:
    process: asyncio.subprocess.Process
    ready: dict[str, Any]

    async def ask(self, word: str) -> dict[str, Any]:
        assert self.process.stdin is not None
        self.process.stdin.write(f"{word}\n".encode())
        return await _line(self.process)


def measure(folder: Path, short: bool) -> list[Goal]:
    return asyncio.run(_measured(folder, short))


async def _measured(folder: Path, short: bool) -> list[Goal]:
    large, larger_peer, ticks = (50_000, 5_000, 15) if short else (1_000_000, 20_000, 60)
    stocked = {count: folder / f"{count}.db" for count in (SMALL, larger_peer, large)}
    for count, path in stocked.items():
        await stock(path, count, NOW)
    goals = await _product(stocked, large, ticks)
    goals += await _peer("scan every minute, ORM", "scan", stocked, larger_peer, 3, looks=False)
    stores = {count: folder / f"jobs-{count}.db" for count in (SMALL, larger_peer)}
    goals += await _peer(f"{peers.named('apscheduler')}, job store", "apscheduler", stores, larger_peer, 15)
    name = f"{peers.named('python-telegram-bot')} JobQueue"
    if peers.load("telegram.ext") is None:
        goals.append(Goal(name, math.nan, "", note="not installed"))
    else:
        goals += await _peer(name, "jobqueue", stores, larger_peer, 15)
    return goals


async def _product(stocked: dict[int, Path], large: int, ticks: int) -> list[Goal]:
    took: dict[int, list[dict[str, Any]]] = {SMALL: [], large: []}
    async with (
        _process("product", stocked[SMALL], SMALL) as small_one,
        _process("product", stocked[large], large) as large_one,
    ):
        for number in range(ticks + 3):
            both = ((SMALL, small_one), (large, large_one))
            for count, one in both if number % 2 else reversed(both):
                told = await one.ask("tick")
                if told["due"] != DUE:
                    raise RuntimeError(f"{told['due']} reminders of {count} orders, not {DUE}")
                if number >= 3:  # what is loaded by the first of all is no tick's
                    took[count].append(told)
    pairs = list(zip(took[large], took[SMALL], strict=True))
    seconds = {count: statistics.median(tick["seconds"] for tick in told) for count, told in took.items()}
    database = {count: statistics.median(tick["database"] for tick in told) for count, told in took.items()}
    more = took[large][-1]["memory"] - took[SMALL][-1]["memory"]
    grown = took[large][-1]["memory"] - took[large][0]["memory"]
    queries = took[large][-1]["statements"]
    return [
        Goal(f"tick, {DUE} due of {SMALL:,}", seconds[SMALL] * 1000, "ms"),
        Goal(f"tick, {DUE} due of {large:,}", seconds[large] * 1000, "ms"),
        under(
            f"tick, {large:,} / {SMALL:,}",
            statistics.median(a["seconds"] / b["seconds"] for a, b in pairs),
            1.3,
            "times",
            f"median of {ticks} pairs",
        ),
        Goal(f"database time of a tick, {SMALL:,}", database[SMALL] * 1000, "ms"),
        under(
            f"database time of a tick, {large:,}", database[large] * 1000, 1, "ms", f"{queries} statements"
        ),
        under(
            f"memory with {large:,} - with {SMALL:,}",
            more / MEGABYTE,
            4,
            "MB",
            f"{more / (large - SMALL):.1f} bytes an order; {grown / MEGABYTE:.1f} MB more after {ticks} ticks",
        ),
    ]


async def _peer(
    name: str, kind: str, paths: dict[int, Path], large: int, ticks: int, *, looks: bool = True
) -> list[Goal]:
    medians, full, looked = {}, {}, {}
    for count in (SMALL, large):
        async with _process(kind, paths[count], count) as one:
            await one.ask("tick")
            told = [await one.ask("tick") for _ in range(ticks)]
            medians[count] = statistics.median(tick["seconds"] for tick in told) * 1000
            full[count] = told[-1]["memory"]
            if looks:
                looked[count] = await one.ask("list")
            begun = one.ready["seconds"]
    goals = [
        Goal(f"{name}: tick, {SMALL:,}", medians[SMALL], "ms"),
        Goal(
            f"{name}: tick, {large:,}",
            medians[large],
            "ms",
            note=f"{medians[large] / medians[SMALL]:.1f} times {SMALL:,}",
        ),
        Goal(f"{name}: memory an order", (full[large] - full[SMALL]) / (large - SMALL), "bytes"),
    ]
    if looks:
        more = looked[large]["memory"] - full[large]
        note = f"as when a shop's hours change; {more / large:,.0f} bytes more an order meanwhile"
        goals.append(Goal(f"{name}: list all {large:,}", looked[large]["seconds"] * 1000, "ms", note=note))
    if kind == "jobqueue":
        note = f"all {large:,} are made anew at each start"
        goals.append(Goal(f"{name}: start", begun * 1000, "ms", note=note))
    return goals


@asynccontextmanager
async def _process(kind: str, path: Path, count: int) -> AsyncIterator[Process]:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "bench.ticking", kind, str(path), str(count)),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    try:
        yield Process(process, await _line(process))
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


async def _line(process: asyncio.subprocess.Process) -> dict[str, Any]:
    assert process.stdout is not None
    said = await asyncio.wait_for(process.stdout.readline(), 120)
    if not said:
        raise RuntimeError("a process that should remind has ended")
    told: dict[str, Any] = json.loads(said)
    return told
