"""A fork server: imports the product once, then forks a life of it for each line of orders.

    {"log": path, "arm": ["outbox.sent", 2], "ahead": 12.0, "settings": {...}}   in, on stdin
    {"pid": 4711}                                                                out: it lives
    {"status": -9}                                                               out: it died, of that signal

One life at a time. A life is what `python -m bot run` does, with the pace of messengers lifted and a clock that
is `ahead` of the real one by so many seconds. No thread and no event loop run here when it forks.
"""

import asyncio
import ctypes
import gc
import importlib
import json
import os
import signal
import sys
import threading
import traceback
from datetime import timedelta
from typing import Any

MOST = 1_000_000
PR_SET_PDEATHSIG = 1
WARM = (
    "bot.messengers.deferred",
    "bot.cli",
    "bot.app",
    "bot.dialogues",
    "bot.messengers.telegram",
    "bot.outbox.cards",
    "bot.outbox.delivery",
    "handlers.routers",
    "models.migrate",
    "aiosqlite",
    "asyncpg",
)


def die_with_parent() -> None:
    """Nobody who was started for a test outlives it."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def warm() -> None:
    """Whatever is loaded or built at the first use and is the same in every life."""
    for name in WARM:
        importlib.import_module(name)
    importlib.import_module("bot.app").words_in("uk")
    importlib.import_module("aiogram.types").Update.model_validate({"update_id": 1})


def live(order: dict[str, Any]) -> None:
    from bot import cli, logs
    from bot.app import App, utc_now
    from bot.config import Settings
    from bot.messengers.pacing import Limits as Pace
    from handlers.web.server import Limits
    from models import crash

    stream = open(order["log"], "a", buffering=1, encoding="utf-8")  # noqa: SIM115 - until it is killed
    with open(os.devnull, "rb") as nothing:
        os.dup2(nothing.fileno(), 0)
    os.dup2(stream.fileno(), 1)
    os.dup2(stream.fileno(), 2)
    logs.configure("DEBUG", "json", stream)
    ahead = timedelta(seconds=order["ahead"])
    if order["arm"] is not None:
        crash.arm(*order["arm"])
    app = App(
        Settings(_env_file=None, **order["settings"]),
        clock=lambda: utc_now() + ahead,
        limits=Limits(per_second=MOST, burst=MOST),
        pace=Pace(MOST, MOST, MOST),
    )
    asyncio.run(cli.serve(app))


def main() -> None:
    die_with_parent()
    warm()
    gc.collect()
    gc.freeze()
    assert threading.active_count() == 1
    sys.stdout.write("{}\n")
    sys.stdout.flush()
    while line := sys.stdin.readline():
        order = json.loads(line)
        pid = os.fork()
        if pid == 0:
            try:
                die_with_parent()
                live(order)
            except BaseException:
                traceback.print_exc()
                os._exit(1)
            os._exit(0)
        sys.stdout.write(json.dumps({"pid": pid}) + "\n")
        sys.stdout.flush()
        _, status = os.waitpid(pid, 0)
        sys.stdout.write(json.dumps({"status": os.waitstatus_to_exitcode(status)}) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
