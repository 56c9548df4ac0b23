"""A real process writes one JSON object a line, whatever goes wrong in it (contract 2: LOG_FORMAT=json)."""

import asyncio
import json
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from tests.operators.commands import ROOT, bot, environment
from tests.operators.world import World
from tests.privacy import leaks
from tests.stage import TOKEN

SAYING_ALL_KINDS = """
import asyncio, logging, threading, warnings
from bot import logs
logs.configure("DEBUG", "json")
logs.catch_all()

async def work():
    loop = asyncio.get_running_loop()
    loop.call_soon(lambda: 1 / 0)
    await asyncio.sleep(0)
    for name in ("aiohttp.server", "uvicorn.error", "apscheduler.scheduler", "asyncio", "some.library"):
        logging.getLogger(name).error("two\\nlines of %s, {curly}", name)
    try:
        raise ValueError("two\\nlines")
    except ValueError:
        logging.getLogger("some.library").exception("it failed")
    logging.getLogger("some.library").error("not %d", "a number")
    logging.getLogger("some.library").error({"a": object()})
    warnings.warn("two\\nlines", ResourceWarning)
    thread = threading.Thread(target=lambda: 1 / 0)
    thread.start()
    thread.join()

class Unheard:
    def __del__(self):
        raise RuntimeError("two\\nlines")

asyncio.run(work())
Unheard()
raise RuntimeError("+380671234567\\nTraceback (most recent call last):")
"""


def lines(written: str) -> list[dict[str, Any]]:
    found = [json.loads(line) for line in written.splitlines()]
    assert all(
        isinstance(one, dict) and {"event", "level", "logger", "timestamp"} <= one.keys() for one in found
    )
    return found


@pytest.mark.case("E12", "K1")
def test_whatever_is_said_is_one_object_a_line(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", SAYING_ALL_KINDS],
        env=environment(tmp_path),
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 1
    assert done.stdout == ""
    found = lines(done.stderr)
    events = [one["event"] for one in found]
    assert events.count("two\nlines of some.library, {curly}") == 1
    assert {"crashed", "thread_died", "died_unheard", "log_line_lost", "it failed"} <= set(events)
    assert any("two\nlines" in event for event in events if "ResourceWarning" in event)
    crashed = next(one for one in found if one["event"] == "crashed")
    assert (crashed["level"], crashed["error"]) == ("critical", "RuntimeError")
    assert "<string>" in crashed["at"]
    assert leaks(done.stderr) == []


@pytest.mark.case("K1", "K3")
async def test_a_run_from_its_start_to_its_end_writes_objects_alone(world: World, tmp_path: Path) -> None:
    """With somebody's words in updates, a malformed request, a Telegram that goes away, and a clean end."""
    port = free_port()
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot",
        "run",
        cwd=tmp_path,
        env=environment(
            tmp_path,
            TELEGRAM_API_URL=world.telegram_url,
            LOG_FORMAT="json",
            LOG_LEVEL="DEBUG",
            PORT=str(port),
        ),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        url = f"http://127.0.0.1:{port}"
        async with aiohttp.ClientSession() as http:
            await ready(http, url)
            world.fake.person("Тарас Непийвода").types("\n2026 ERROR +380671234567")
            world.fake.push("no json \n at all, Непийвода".encode())
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(b"GET / HTTP/1.1\r\nAuthorization: ob_\n2026 ERROR\r\n\r\n")
            await reader.read()
            writer.close()
            await world.fake.goes_away()
            await asyncio.sleep(1.5)
            await world.fake.comes_back()
            async with http.get(f"{url}/metrics") as answer:
                figures = await answer.text()
            assert leaks(figures) == []
            assert TOKEN not in figures
        process.send_signal(signal.SIGTERM)
        said, written = await asyncio.wait_for(process.communicate(), 60)
    finally:
        if process.returncode is None:
            process.kill()
    assert (process.returncode, said) == (0, b"")
    events = [one["event"] for one in lines(written.decode())]
    assert events[-1] == "stopped"
    assert {"listening", "started", "polling_failed"} <= set(events)
    assert leaks(written.decode()) == []


@pytest.mark.case("K1")
def test_a_start_that_breaks_says_why_in_one_object(tmp_path: Path) -> None:
    """Somebody else's table stands where ours is to be: no trouble that we know a sentence for."""
    with closing(sqlite3.connect(tmp_path / "bot.db")) as database, database:
        database.execute("CREATE TABLE accounts (name TEXT)")
    done = bot(tmp_path, "run", LOG_FORMAT="json")
    assert (done.returncode, done.stdout) == (1, "")
    (crashed,) = lines(done.stderr)
    assert (crashed["event"], crashed["error"]) == ("crashed", "OperationalError")


async def ready(http: aiohttp.ClientSession, url: str) -> None:
    async with asyncio.timeout(90):
        while True:
            try:
                async with http.get(f"{url}/readyz") as answer:
                    if answer.status == 200:
                        return
            except aiohttp.ClientError:
                pass
            await asyncio.sleep(0.1)


def free_port() -> int:
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.mark.case("I11")
@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"DATABASE_URL": "sqlite+aiosqlite:////proc/x/bot.db"}, "No such file or directory"),
        ({"DATABASE_URL": "sqlite+aiosqlite:////proc/bot.db"}, "cannot be opened"),
        ({"DATABASE_URL": "postgresql+asyncpg://bot:secret-word@127.0.0.1:9/bot"}, "whether the server runs"),
        ({"HOST": "192.0.2.1"}, "Cannot listen on 192.0.2.1"),
        ({"SENTRY_DSN": "somewhere"}, "SENTRY_DSN must look like"),
        ({"TELEGRAM_UPDATES": "webhook"}, "needs PUBLIC_URL"),
    ],
    ids=["folder", "file", "server", "address", "sentry", "webhook"],
)
def test_what_stops_a_start_is_one_sentence(tmp_path: Path, settings: dict[str, str], said: str) -> None:
    done = bot(tmp_path, "run", LOG_LEVEL="ERROR", **settings)
    assert (done.returncode, done.stdout) == (2, "")
    (line,) = done.stderr.splitlines()
    assert said in line
    assert "secret-word" not in line
