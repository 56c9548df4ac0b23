"""A server of ours on loopback that can be gone for a while."""

from __future__ import annotations

from typing import Self

from aiohttp import web

HOST = "127.0.0.1"


class Loopback:
    """Listens on 127.0.0.1; a subclass says what it serves, and ends in `closing` what it has begun itself."""

    def __init__(self) -> None:
        self._port = 0
        self._runner: web.AppRunner | None = None
        self._site: web.TCPSite | None = None

    @property
    def origin(self) -> str:
        return f"http://{HOST}:{self._port}"

    @property
    def url(self) -> str:
        """What the product is told."""
        return self.origin

    def application(self) -> web.Application:
        raise NotImplementedError

    async def closing(self) -> None:
        raise NotImplementedError

    async def start(self, port: int = 0) -> str:
        """Listens on loopback, on any free port unless one is given; returns the url."""
        self._runner = web.AppRunner(
            self.application(), access_log=None, handler_cancellation=True, shutdown_timeout=1.0
        )
        await self._runner.setup()
        self._port = port
        await self.comes_back()
        return self.url

    async def stop(self) -> None:
        await self.closing()
        if self._runner is not None:
            await self.goes_away()
            await self._runner.cleanup()
            self._runner = None

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    async def goes_away(self) -> None:
        """Stops listening and drops every connection; `comes_back` opens the same port, all state kept."""
        assert self._runner is not None
        if self._site is not None:
            await self._site.stop()
            self._site = None
        server = self._runner.server
        for connection in server.connections if server is not None else []:
            if connection.transport is not None:
                connection.transport.abort()

    async def comes_back(self) -> None:
        assert self._runner is not None
        if self._site is None:
            self._site = web.TCPSite(self._runner, HOST, self._port, reuse_address=True, backlog=1024)
            await self._site.start()
            self._port = self._runner.addresses[0][1]
