"""The ways in which an answer breaks on its way to the product, the same whoever sent it."""

import asyncio
import socket
import struct
from enum import StrEnum
from typing import TypeVar

from aiohttp import web

from bot.demo.faults import Fault

BAD_GATEWAY = (
    b"<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n"
    b"<body>\r\n<center><h1>502 Bad Gateway</h1></center>\r\n</body>\r\n</html>\r\n"
)


K = TypeVar("K", bound=StrEnum)


async def garbled(request: web.Request, fault: Fault[K], body: bytes, status: int) -> web.StreamResponse:
    """What a fault makes out of an answer; one that it does not know resets the connection."""
    match str(fault.kind.value):
        case "502 html":
            return web.Response(body=BAD_GATEWAY, status=502, content_type="text/html")
        case "empty body":
            return web.Response(body=b"", content_type="application/json")
        case "ok, undecodable":
            return web.Response(body=fault.body, content_type="application/json")
        case "slow body":
            return await dripping(request, body, status, fault.seconds)
        case "half a body":
            return await halved(request, body, status)
        case _:
            reset(request)
            return web.Response(body=b"", content_type="application/json")


def reset(request: web.Request) -> None:
    """Ends the connection as a router does that forgot it: with RST, nothing said."""
    transport = request.transport
    if transport is None:
        return
    sock = transport.get_extra_info("socket")
    if sock is not None:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    transport.abort()


async def halved(request: web.Request, body: bytes, status: int) -> web.StreamResponse:
    response = web.StreamResponse(
        status=status, headers={"Content-Type": "application/json", "Content-Length": str(len(body))}
    )
    await response.prepare(request)
    await response.write(body[: len(body) // 2])
    if request.transport is not None:
        request.transport.close()
    return response


async def dripping(request: web.Request, body: bytes, status: int, seconds: float) -> web.StreamResponse:
    response = web.StreamResponse(
        status=status, headers={"Content-Type": "application/json", "Content-Length": str(len(body))}
    )
    await response.prepare(request)
    pieces = 5
    size = -(-len(body) // pieces)
    for start in range(0, len(body), size):
        await asyncio.sleep(seconds / pieces)
        await response.write(body[start : start + size])
    await response.write_eof()
    return response
