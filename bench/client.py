"""A client that costs little, so that the server is what is measured: whole requests on kept-alive connections."""

import asyncio
import time
from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass
class Measured:
    """Seconds of each answered request, and of the whole."""

    seconds: float = 0.0
    latencies: list[float] = field(default_factory=list)
    refused: int = 0

    @property
    def rate(self) -> float:
        return len(self.latencies) / self.seconds


async def hammer(
    port: int, requests: Iterator[bytes], *, clients: int, seconds: float, warm: float
) -> Measured:
    """So many clients, each sending its next request when the last was answered; only 202 counts."""
    found = Measured()
    begin = time.perf_counter() + warm
    end = begin + seconds

    async def client() -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        try:
            while (sent := time.perf_counter()) < end:
                writer.write(next(requests))
                status = await _answered(reader)
                done = time.perf_counter()
                if status != 202:
                    found.refused += 1
                elif sent >= begin and done <= end:
                    found.latencies.append(done - sent)
        finally:
            writer.close()

    async with asyncio.timeout(warm + seconds + 30):
        await asyncio.gather(*(client() for _ in range(clients)))
    found.seconds = seconds
    return found


async def _answered(reader: asyncio.StreamReader) -> int:
    head = await reader.readuntil(b"\r\n\r\n")
    at = head.lower().index(b"content-length:") + 15
    await reader.readexactly(int(head[at : head.index(b"\r\n", at)]))
    return int(head[9:12])
