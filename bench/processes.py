"""A bot as a process of its own, until it is not needed any more."""

import asyncio
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


async def free_port() -> int:
    """A port that nobody listens on just now."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
        return port


@asynccontextmanager
async def bot(kind: str, *words: str) -> AsyncIterator[asyncio.subprocess.Process]:
    """`python -m bench.bots KIND ...`, once it says that it is ready."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bench.bots", kind, *words, stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    try:
        if not await asyncio.wait_for(process.stdout.readline(), 60):
            raise RuntimeError(f"the bot {kind!r} ended before it was ready")
        yield process
    finally:
        await ended(process)


async def ended(process: asyncio.subprocess.Process) -> None:
    if process.returncode is None:
        process.terminate()
        try:
            await asyncio.wait_for(process.wait(), 15)
        except TimeoutError:
            process.kill()
            await process.wait()
