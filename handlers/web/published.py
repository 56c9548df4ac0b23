"""What a messenger fetches once: pictures and files that we made for one message, at addresses nobody can guess.

In memory, for an hour and a little of it: what a restart forgets is asked for anew with a tap.
"""

import secrets
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from mimetypes import guess_type
from urllib.parse import quote

from aiohttp import hdrs, web

from handlers.web.problems import Problem

PATH = "/made/"
SECONDS = 3600.0
MOST_BYTES = 16 * 2**20


@dataclass(slots=True)
class Published:
    """`site`: where our pages are reached from outside."""

    site: str
    monotonic: Callable[[], float] = time.monotonic
    _held: OrderedDict[str, tuple[float, bytes, str]] = field(default_factory=OrderedDict)

    async def publish(self, content: bytes, name: str) -> str:
        """The address of these bytes; its end is their name, by which a messenger knows what they are."""
        token = secrets.token_urlsafe(24)
        self._held[token] = (self.monotonic() + SECONDS, content, name)
        while sum(len(held) for _, held, _ in self._held.values()) > MOST_BYTES and len(self._held) > 1:
            self._held.popitem(last=False)
        return f"{self.site}{PATH}{token}/{quote(name, safe='')}"

    async def give(self, request: web.Request) -> web.Response:
        """GET /made/{token}/{name}."""
        until, content, name = self._held.get(request.match_info["token"], (0.0, b"", ""))
        if until < self.monotonic() or request.match_info["name"] != name:
            raise Problem(404)
        mime = guess_type(name)[0] or "application/octet-stream"
        how = "inline" if mime.startswith("image/") else "attachment"
        return web.Response(
            body=content,
            headers={
                hdrs.CONTENT_TYPE: mime,
                hdrs.CONTENT_DISPOSITION: how,
                "X-Robots-Tag": "noindex, nofollow",
            },
        )

    def routes(self) -> list[web.RouteDef]:
        return [web.get(PATH + "{token}/{name}", self.give)]
