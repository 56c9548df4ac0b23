"""Sentry as an extra: an error arrives at a Sentry on loopback, and nothing of anybody with it."""

import asyncio
import json
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from tests.operators.commands import ROOT, bot, environment
from tests.privacy import PLANTED, leaks
from tests.stage import PATIENCE, TOKEN

FAILING = """
import logging, sys
import structlog
from bot import logs, sentry
logs.configure("INFO", "json")
logs.catch_all()
sentry.start(sys.argv[1], "0.1.0")
log = structlog.get_logger("bot.somewhere")
name, phone, token = "Тарас Непийвода", "+380671234567", "4200000042:AAE-only-for-tests-0123456789abcdefgh"

def pay(buyer, number):
    raise ValueError(f"{buyer} {number} {token}")

log.info("not_told")
log.warning("not_told", phone=phone)
log.error("round_failed", kind="new_order", phone=phone, link=f"https://api.telegram.org/bot{token}/getMe")
try:
    pay(name, phone)
except ValueError:
    log.exception("unit_failed")
    logging.getLogger("a.library").exception("it failed for %s", name)
    import sentry_sdk
    sentry_sdk.add_breadcrumb(message=name, data={"phone": phone})
    sentry_sdk.set_user({"username": name})
    sentry_sdk.set_context("request", {"body": name})
    sentry_sdk.capture_exception()
pay(name, phone)
"""


class FakeSentry:
    """What came in, each event of each envelope."""

    def __init__(self) -> None:
        self.dsn = ""
        self.raw: list[str] = []
        self.events: list[dict[str, Any]] = []

    async def take(self, request: web.Request) -> web.Response:
        body = await request.text()
        self.raw.append(body + json.dumps(dict(request.headers)))
        lines = body.splitlines()
        for head, item in zip(lines[1::2], lines[2::2], strict=True):
            assert json.loads(head)["type"] == "event"
            self.events.append(json.loads(item))
        return web.json_response({"id": "0" * 32})


@pytest.fixture
async def sentry() -> AsyncIterator[FakeSentry]:
    fake = FakeSentry()
    app = web.Application()
    app.router.add_post("/api/7/envelope/", fake.take)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    fake.dsn = f"http://publickey@127.0.0.1:{runner.addresses[0][1]}/7"
    yield fake
    await runner.cleanup()


async def failing(sentry: FakeSentry, folder: Path) -> str:
    done = await asyncio.to_thread(
        lambda: subprocess.run(
            [sys.executable, "-c", FAILING, sentry.dsn],
            env=environment(folder),
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=60,
        )
    )
    assert done.returncode == 1, done.stderr
    return done.stderr


@pytest.mark.case("K1")
async def test_errors_arrive_with_their_place_and_without_anybody(sentry: FakeSentry, tmp_path: Path) -> None:
    await failing(sentry, tmp_path)
    told = {event["logentry"]["message"]: event for event in sentry.events}
    assert set(told) == {"round_failed", "unit_failed", "it failed for %s", "", "crashed"}
    assert told["round_failed"]["extra"]["kind"] == "new_order"
    assert told["round_failed"]["release"] == "0.1.0"
    assert told["unit_failed"]["extra"]["error"] == "ValueError"
    assert "pay" in told["unit_failed"]["extra"]["at"]
    for message in ("it failed for %s", ""):
        (value,) = told[message]["exception"]["values"]
        assert value["type"] == "ValueError"
        assert [frame["function"] for frame in value["stacktrace"]["frames"]] == ["<module>", "pay"]
    assert leaks("\n".join(sentry.raw)) == []
    assert not any(planted in raw for raw in sentry.raw for planted in (*PLANTED, TOKEN, "671234567"))
    for event in sentry.events:
        assert not {"breadcrumbs", "request", "user", "modules", "contexts", "server_name"} & set(event)


async def test_the_product_reports_what_it_logs_as_an_error(sentry: FakeSentry, tmp_path: Path) -> None:
    """Telegram refuses the token: an error of the product's own, from a process that stops cleanly."""

    async def refuses(_: web.Request) -> web.Response:
        return web.json_response({"ok": False, "error_code": 401, "description": "Unauthorized"}, status=401)

    app = web.Application()
    app.router.add_post("/{method:.*}", refuses)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "run"),
        cwd=tmp_path,
        env=environment(tmp_path, SENTRY_DSN=sentry.dsn, TELEGRAM_API_URL=url),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        async with asyncio.timeout(PATIENCE * 4):
            while not sentry.events:  # noqa: ASYNC110 - it comes over the wire
                await asyncio.sleep(0.1)
        process.terminate()
        await asyncio.wait_for(process.communicate(), PATIENCE * 2)
    finally:
        if process.returncode is None:
            process.kill()
        await runner.cleanup()
    assert process.returncode == 0
    assert {"polling_refused"} <= {event["logentry"]["message"] for event in sentry.events}
    assert leaks("\n".join(sentry.raw)) == []


def test_without_the_package_a_start_with_a_dsn_is_refused_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "sentry_sdk.py").write_text("raise ImportError")
    found = bot(tmp_path, "run", SENTRY_DSN="http://publickey@127.0.0.1:9/7", PYTHONPATH=f"{tmp_path}:{ROOT}")
    assert (found.returncode, found.stdout) == (2, "")
    (line,) = found.stderr.splitlines()
    assert "SENTRY_DSN is set" in line
    assert "publickey" not in line


def test_without_a_dsn_the_package_is_not_even_loaded() -> None:
    look = "import sys, bot.cli, bot.app, bot.sentry; print('sentry_sdk' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", look], cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert done.stdout == "False\n", done.stderr
