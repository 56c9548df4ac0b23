"""The real product as its own process: told nothing but its settings, and the time by the demo's clock."""

import asyncio
import json
import os
import signal
import socket
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Any

import aiohttp

from bot.demo.clock import LeapingClock, Leaps

ROOT = Path(__file__).parent.parent.parent
HOST = "127.0.0.1"


class NotStarted(Exception):
    """The product ended or kept silent; says what it wrote to its standard error."""


class Product:
    """One installation in a folder of its own; no setting of this machine, no `.env` reaches it.

    `settings` say where its messengers are; `module` is what `python -m` runs it from; it follows the leaps of
    `clock`.
    """

    def __init__(
        self, folder: Path, settings: Mapping[str, str], *, clock: LeapingClock, module: str
    ) -> None:
        self._folder = folder
        self._module = module
        self._clock = clock
        self._leaps = Leaps(folder)
        self._leaps.ask(clock.offset)
        self._port = _free_port()
        self._errors = folder / "errors.txt"
        self._log: IO[bytes] | None = None
        self._process: asyncio.subprocess.Process | None = None
        self._settings = {
            "PATH": os.defpath,
            "PYTHONPATH": str(ROOT),
            "PYTHONUTF8": "1",
            "DATABASE_URL": f"sqlite+aiosqlite:///{folder}/bot.db",
            "HOST": HOST,
            "PORT": str(self._port),
            "PUBLIC_URL": self.url,
            "LOG_LEVEL": "WARNING",
            **settings,
        }

    @property
    def url(self) -> str:
        return f"http://{HOST}:{self._port}"

    async def command(self, *words: str) -> dict[str, Any]:
        """A command that prints one JSON object. Raises NotStarted."""
        process = await self._start("bot", *words, out=asyncio.subprocess.PIPE, err=asyncio.subprocess.PIPE)
        try:
            said, errors = await process.communicate()
        finally:
            await _end(process)
        if process.returncode != 0:
            raise NotStarted(f"python -m bot {words[0]}: exit status {process.returncode}\n{errors.decode()}")
        told: dict[str, Any] = json.loads(said)
        return told

    async def start(self, http: aiohttp.ClientSession, within: float) -> None:
        """As `python -m bot run`, until it takes orders and updates. Raises NotStarted."""
        if self._log is None:
            self._log = self._errors.open("ab")
        self._process = process = await self._start(self._module, out=self._log, err=self._log)
        try:
            async with asyncio.timeout(within):
                while process.returncode is None:
                    if await self._ready(http):
                        return
                    await asyncio.sleep(0.05)
        except TimeoutError:
            raise NotStarted(f"not ready within {within:g} s\n{self.errors()}") from None
        raise NotStarted(f"python -m {self._module}: exit status {process.returncode}\n{self.errors()}")

    async def leaps(self, offset: float, within: float) -> None:
        """The clock of both processes goes on to this offset; returns when all that became due is told, and
        raises TimeoutError if that does not happen. Before the first start there is nobody to wait for."""
        self._leaps.ask(offset)
        self._clock.leap(offset)
        if self._process is None:
            return
        async with asyncio.timeout(within):
            while self._leaps.followed() != offset:  # noqa: ASYNC110 - the other process tells by a file
                await asyncio.sleep(0.02)

    async def killed(self) -> None:
        """kill -9, and waits until it is dead."""
        if self._process is not None:
            self._process.send_signal(signal.SIGKILL)
            await self._process.wait()

    async def stop(self) -> None:
        """However the demo went: no process of it stays."""
        if self._process is not None:
            await _end(self._process)
        if self._log is not None:
            self._log.close()

    def errors(self) -> str:
        """The last of what the product wrote to its log."""
        return self._errors.read_text(errors="replace")[-2000:] if self._errors.exists() else ""

    async def _start(
        self, *words: str, out: int | IO[bytes], err: int | IO[bytes]
    ) -> asyncio.subprocess.Process:
        return await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            *words,
            cwd=self._folder,
            env=self._settings,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=out,
            stderr=err,
        )

    async def _ready(self, http: aiohttp.ClientSession) -> bool:
        try:
            async with http.get(f"{self.url}/readyz") as answer:
                return answer.status == 200
        except aiohttp.ClientError:
            return False


async def _end(process: asyncio.subprocess.Process) -> None:
    if process.returncode is None:
        process.kill()
        await process.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port
