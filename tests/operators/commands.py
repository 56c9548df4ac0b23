"""`python -m bot` as an operator in a terminal calls it, with no setting but those that are named."""

import asyncio
import os
import subprocess
import sys
from pathlib import Path

from tests.stage import TOKEN

ROOT = Path(__file__).parents[2]
Done = subprocess.CompletedProcess[str]


def environment(folder: Path, **settings: str) -> dict[str, str]:
    told = {
        "PATH": os.defpath,
        "PYTHONPATH": str(ROOT),
        "PYTHONUTF8": "1",
        "BOT_TOKEN": TOKEN,
        "DATABASE_URL": f"sqlite+aiosqlite:///{folder}/bot.db",
        "SECRET_KEY": "only-for-tests-only-for-tests-only",
        "TELEGRAM_API_URL": "http://127.0.0.1:9",
        "PORT": "0",
    }
    return told | settings


def bot(folder: Path, *words: str, **settings: str) -> Done:
    """Runs a command to its end."""
    return subprocess.run(
        [sys.executable, "-m", "bot", *words],
        cwd=folder,
        env=environment(folder, **settings),
        capture_output=True,
        text=True,
        timeout=100,
    )


async def meanwhile(folder: Path, *words: str, **settings: str) -> Done:
    """The same while this process goes on serving."""
    return await asyncio.to_thread(lambda: bot(folder, *words, **settings))
