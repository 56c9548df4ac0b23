"""S7: from the command to the first answer, and what the process takes while nothing happens.

The real commands, with settings from the environment. By webhook: when the receiver answers its first update, and when
that update's answer is at Telegram; by polling: when the answer to the update that waited there is. Beside it, the
same by polling with aiogram and python-telegram-bot as their tutorials have it, which store nothing.
"""

import asyncio
import os
import statistics
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp

from bench import peers
from bench.bots import PATH, SECRET
from bench.processes import ended, free_port
from bench.servers import TOKEN
from bench.tables import Goal, under
from bench.world import furnish
from bot.demo.telegram import FakeTelegram, Limits

MEMBER = 700_000_000
IDLE = 5.0
"""Seconds after the first answer at which memory is looked at."""


def measure(folder: Path, short: bool) -> list[Goal]:
    return asyncio.run(_measured(folder / "bot.db", 1 if short else 5))


async def _measured(path: Path, rounds: int) -> list[Goal]:
    await furnish(path, 1, members=1)
    helped, opened, hooked, polled, memory = [], [], [], [], []
    usual: list[float] = []
    usual_memory: list[float] = []
    ptb: list[float] = []
    ptb_memory: list[float] = []
    for _ in range(rounds):
        helped.append(await _help())
        opens, answers = await _by_webhook(path)
        opened.append(opens)
        hooked.append(answers)
        seconds, megabytes = await _by_polling(("-m", "bot", "run"), _settings(path))
        polled.append(seconds)
        memory.append(megabytes)
        for kind, took, taken in (("poller", usual, usual_memory), ("ptb", ptb, ptb_memory)):
            if kind == "poller" or peers.load("telegram.ext") is not None:
                seconds, megabytes = await _by_polling(("-m", "bench.bots", kind), {})
                took.append(seconds)
                taken.append(megabytes)
    note = f"median of {rounds}"
    rows = [
        under("python -m bot --help", statistics.median(helped), 0.5, "s", note),
        under("the receiver answers", statistics.median(opened), 1.0, "s", f"{note}; from the command"),
        under("the first update is answered, by webhook", statistics.median(hooked), 3.0, "s", note),
        under("the first update is answered, by polling", statistics.median(polled), 3.0, "s", note),
        under(
            "memory while idle", statistics.median(memory), 120, "MB", f"{IDLE:.0f} s after the first answer"
        ),
        Goal("aiogram, the first update is answered", statistics.median(usual), "s", note="nothing stored"),
        Goal("aiogram, memory", statistics.median(usual_memory), "MB"),
    ]
    name = peers.named("python-telegram-bot")
    if ptb:
        rows.append(
            Goal(f"{name}, the first update is answered", statistics.median(ptb), "s", note="nothing stored")
        )
        rows.append(Goal(f"{name}, memory", statistics.median(ptb_memory), "MB"))
    else:
        rows.append(Goal(name, float("nan"), "", note="not installed"))
    return rows


async def _help() -> float:
    begun = time.perf_counter()
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "--help", stdout=asyncio.subprocess.DEVNULL
    )
    await process.wait()
    return time.perf_counter() - begun


async def _by_webhook(path: Path) -> tuple[float, float]:
    """Seconds from the command until the receiver took an update, and until its answer was at Telegram."""
    port = await free_port()
    settings = _settings(path) | {
        "PORT": str(port),
        "PUBLIC_URL": f"http://127.0.0.1:{port}",
        "TELEGRAM_UPDATES": "webhook",
        "TELEGRAM_WEBHOOK_SECRET": SECRET,
    }
    async with _telegram() as fake, aiohttp.ClientSession() as http:
        body = fake.world.updates.waiting()[0].body
        fake.world.updates.clear()
        begun = time.monotonic()
        async with _command(("-m", "bot", "run"), settings | {"TELEGRAM_API_URL": fake.url}):
            await _taken(http, port, body)
            opens = time.monotonic() - begun
            (answer, *_) = await fake.calls.wait_for("sendMessage", within=60)
            return opens, answer.at - begun


async def _taken(http: aiohttp.ClientSession, port: int, body: bytes) -> None:
    async with asyncio.timeout(60):
        while True:
            try:
                async with http.post(
                    f"http://127.0.0.1:{port}{PATH}",
                    data=body,
                    headers={
                        "X-Telegram-Bot-Api-Secret-Token": SECRET,
                        "Content-Type": "application/json",
                    },
                ) as answer:
                    if answer.status == 200:
                        return
            except aiohttp.ClientError:
                pass
            await asyncio.sleep(0.01)


async def _by_polling(command: tuple[str, ...], settings: dict[str, str]) -> tuple[float, float]:
    """Seconds from the command to the answer, and megabytes of the process a little later."""
    async with _telegram() as fake:
        given = command if settings else (*command, fake.url)
        begun = time.monotonic()
        async with _command(given, settings | {"TELEGRAM_API_URL": fake.url}) as process:
            (answer, *_) = await fake.calls.wait_for("sendMessage", within=60)
            await asyncio.sleep(IDLE)
            return answer.at - begun, _megabytes(process.pid)


def _settings(path: Path) -> dict[str, str]:
    return {
        "BOT_TOKEN": TOKEN,
        "DATABASE_URL": f"sqlite+aiosqlite:///{path}",
        "SECRET_KEY": "only-for-benches-only-for-benches",
        "PORT": "0",
        "LOG_LEVEL": "ERROR",
    }


@asynccontextmanager
async def _telegram() -> AsyncIterator[FakeTelegram]:
    """A Telegram in which a member of the shop has asked for help; nobody has come for it yet."""
    fake = FakeTelegram(token=TOKEN, limits=Limits.none())
    await fake.start()
    fake.person("Member", user_id=MEMBER).types("/help")
    try:
        yield fake
    finally:
        await fake.stop()


@asynccontextmanager
async def _command(
    words: tuple[str, ...], settings: dict[str, str]
) -> AsyncIterator[asyncio.subprocess.Process]:
    process = await asyncio.create_subprocess_exec(
        sys.executable, *words, env=dict(os.environ) | settings, stdout=asyncio.subprocess.DEVNULL
    )
    try:
        yield process
    finally:
        await ended(process)


def _megabytes(pid: int) -> float:
    for line in Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    return float("nan")
