"""One aiohttp client for all wires: time limits, kept-alive connections, and no secret in an error."""

from collections.abc import AsyncGenerator, Mapping
from http import HTTPStatus
from typing import Any

import aiohttp

SECONDS = 15.0
"""How long a neighbour may take before its answer counts as ambiguous (R5, F10)."""


class WireError(Exception):
    """The neighbour could not be asked, or its answer did not come through whole.

    The text names the kind of fault and never the address: a URL holds the bot's token. `reached` is False
    where no connection came about, so that for certain nothing was asked.
    """

    def __init__(self, kind: str, *, reached: bool = True) -> None:
        super().__init__(kind)
        self.reached = reached


class Http:
    """A pooled client. `post` returns status and body, whatever the status; `seconds` is its whole patience."""

    def __init__(self, *, seconds: float = SECONDS, connections: int = 64) -> None:
        self._seconds = seconds
        self._connections = connections
        self._session: aiohttp.ClientSession | None = None

    @property
    def seconds(self) -> float:
        return self._seconds

    @property
    def session(self) -> aiohttp.ClientSession:
        if self._session is None or self._session.closed:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=self._connections),
                timeout=aiohttp.ClientTimeout(total=self._seconds, connect=5),
            )
        return self._session

    async def post(
        self,
        url: str,
        *,
        json: Any = None,
        data: Any = None,
        headers: Mapping[str, str] | None = None,
        seconds: float | None = None,
    ) -> tuple[int, bytes]:
        """Raises WireError; redirects are not followed, so that no header reaches a stranger."""
        timeout = aiohttp.ClientTimeout(total=seconds or self._seconds, connect=5)
        try:
            async with self.session.post(
                url, json=json, data=data, headers=headers, timeout=timeout, allow_redirects=False
            ) as response:
                return response.status, await response.read()
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            raise WireError(type(error).__name__, reached=False) from None
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise WireError(type(error).__name__) from None

    async def stream(
        self,
        url: str,
        *,
        seconds: float,
        chunk: int,
        headers: Mapping[str, str] | None = None,
        follow: bool = False,
    ) -> AsyncGenerator[bytes, None]:
        """A file's bytes. Raises WireError, also for any status that is no success, which is what a redirect is
        unless it is to be followed."""
        timeout = aiohttp.ClientTimeout(total=seconds, connect=5)
        try:
            async with self.session.get(
                url, headers=headers, timeout=timeout, raise_for_status=True, allow_redirects=follow
            ) as answer:
                if answer.status >= HTTPStatus.MULTIPLE_CHOICES:
                    raise WireError(f"HTTP {answer.status}")
                async for part in answer.content.iter_chunked(chunk):
                    yield part
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise WireError(type(error).__name__) from None

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()
