"""Listening: aiohttp's runner, with our own word for what is not even HTTP.

aiohttp answers a malformed request before any application sees it: in plain text, under its own name with
versions, and with the offending bytes in the log, where a header may hold a key. No setting changes that, so
three small classes do; `tests/web/test_http_doors.py` turns red should aiohttp go another way.
"""

import asyncio
from typing import Any

import structlog
from aiohttp import web
from aiohttp.web_protocol import RequestHandler

from handlers.web.problems import Problem
from handlers.web.server import SAFE

log = structlog.get_logger(__name__)


class _Protocol(RequestHandler):
    __slots__ = ()

    def handle_error(
        self,
        request: web.BaseRequest,
        status: int = 500,
        exc: BaseException | None = None,
        message: str | None = None,
    ) -> web.StreamResponse:
        """What no handler of ours answered: a request that is not HTTP (400), or a fault around one (500)."""
        if request.writer.output_size > 0:
            raise ConnectionError("the answer had begun")
        if status >= 500:
            log.error("connection failed", error=type(exc).__name__)
        response = Problem(status, closes=True).response()
        response.headers.update(SAFE)
        return response

    def log_exception(self, *args: Any, **kw: Any) -> None:
        error = kw.get("exc_info")
        log.error("connection failed", error=type(error).__name__)


class _Server(web.Server):
    def __call__(self) -> RequestHandler:
        return _Protocol(self, loop=self._loop, **self._kwargs)


class Runner(web.AppRunner):
    """An AppRunner whose connections speak for us."""

    __slots__ = ()

    async def _make_server(self) -> web.Server:
        made = await super()._make_server()
        return _Server(
            made.request_handler,
            request_factory=made.request_factory,
            loop=asyncio.get_running_loop(),
            **made._kwargs,
        )


async def listen(app: web.Application, host: str, port: int, *, seconds_to_close: float = 5.0) -> Runner:
    """Starts serving; port 0 takes a free one, `runner.addresses` tells which. `await runner.cleanup()` ends
    it and gives the requests at work so many seconds to finish."""
    runner = Runner(app, shutdown_timeout=seconds_to_close)
    await runner.setup()
    try:
        await web.TCPSite(runner, host, port, backlog=1024, reuse_address=True).start()
    except BaseException:
        await runner.cleanup()
        raise
    return runner
