"""The product's lives: forked by the zygote, or started as anybody would by the real command."""

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Protocol

ROOT = Path(__file__).parents[2]
ABOVE_EPHEMERAL = range(20_000, 30_000)
"""Ports that no other test is given while ours is free between two lives."""


class Life:
    """A running product. `ended` waits for its death and returns its exit status, -9 after a kill."""

    def __init__(self, pid: int, end: "asyncio.Future[int]") -> None:
        self.pid = pid
        self.end = end

    @property
    def over(self) -> bool:
        return self.end.done()

    async def ended(self, within: float = 30.0) -> int:
        return await asyncio.wait_for(asyncio.shield(self.end), within)

    def send(self, number: int) -> None:
        if not self.over:
            os.kill(self.pid, number)

    async def dies(self, number: int = signal.SIGKILL, within: float = 30.0) -> int:
        self.send(number)
        return await self.ended(within)


class Starter(Protocol):
    async def start(
        self, settings: Mapping[str, Any], log: Path, *, arm: tuple[str, int] | None, ahead: float
    ) -> Life: ...


class Zygote:
    """The fork server's other end; it lives from the first start until `stop`."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.kills.zygote"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._warm = False

    async def start(
        self,
        settings: Mapping[str, Any],
        log: Path,
        *,
        arm: tuple[str, int] | None = None,
        ahead: float = 0.0,
    ) -> Life:
        if not self._warm:
            await self._told()
            self._warm = True
        assert self._process.stdin is not None
        order = {"settings": dict(settings), "log": str(log), "arm": arm, "ahead": ahead}
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        told = await self._told()

        async def end() -> int:
            return int((await self._told())["status"])

        return Life(told["pid"], asyncio.ensure_future(end()))  # noqa: TID251 - awaited by the life

    async def _told(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        line = await asyncio.to_thread(self._process.stdout.readline)
        if not line:
            raise RuntimeError("the zygote is dead")
        return dict(json.loads(line))

    def stop(self) -> None:
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()


class Command:
    """`python -m bot` itself, with nothing of this process's environment but the settings."""

    async def start(
        self,
        settings: Mapping[str, Any],
        log: Path,
        *,
        arm: tuple[str, int] | None = None,
        ahead: float = 0.0,
    ) -> Life:
        assert arm is None
        assert ahead == 0.0
        with log.open("ab") as stream:
            process = subprocess.Popen(
                [sys.executable, "-m", "bot", "run"],
                cwd=ROOT,
                env=environment(settings),
                stdin=subprocess.DEVNULL,
                stdout=stream,
                stderr=stream,
            )
        return Life(process.pid, asyncio.ensure_future(asyncio.to_thread(process.wait)))  # noqa: TID251 - as above

    async def says(self, settings: Mapping[str, Any], *words: str) -> dict[str, Any]:
        """What a command with --json prints."""
        done = await asyncio.to_thread(
            subprocess.run,
            [sys.executable, "-m", "bot", *words],
            cwd=ROOT,
            env=environment(settings),
            capture_output=True,
            text=True,
            timeout=60,
        )
        assert done.returncode == 0, done.stderr
        return dict(json.loads(done.stdout))


def environment(settings: Mapping[str, Any]) -> dict[str, str]:
    return {"PATH": os.defpath, "PYTHONUTF8": "1"} | {
        name.upper(): str(value) for name, value in settings.items()
    }


def free_port() -> int:
    """One that a product may leave and find free again."""
    for port in sorted(ABOVE_EPHEMERAL, key=lambda _: os.urandom(4)):
        with socket.socket() as tried:
            try:
                tried.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise RuntimeError("no port is free")
