"""What a messenger fetches once: pictures and files that we made for one message, at addresses nobody can guess.

In memory, for an hour and a little of it: what a restart forgets is asked for anew with a tap. What tells of a buyer
is gone with their data, at once.
"""

import secrets
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from mimetypes import guess_type
from urllib.parse import quote

from aiohttp import hdrs, web

from handlers.web.problems import Problem
from models.file import About

PATH = "/made/"
SECONDS = 3600.0
MOST_BYTES = 16 * 2**20


@dataclass(frozen=True, slots=True)
class Held:
    until: float
    content: bytes
    name: str
    about: About | None


@dataclass(slots=True)
class Published:
    """`site`: where our pages are reached from outside. `lives`: whether nobody of whom a file tells is forgotten."""

    site: str
    lives: Callable[[About], Awaitable[bool]]
    monotonic: Callable[[], float] = time.monotonic
    _held: OrderedDict[str, Held] = field(default_factory=OrderedDict)

    async def publish(self, content: bytes, name: str, about: About | None = None) -> str:
        """The address of these bytes; its end is their name, by which a messenger knows what they are."""
        token = secrets.token_urlsafe(24)
        self._held[token] = Held(self.monotonic() + SECONDS, content, name, about)
        self.tidy()
        while sum(len(held.content) for held in self._held.values()) > MOST_BYTES and len(self._held) > 1:
            self._held.popitem(last=False)
        return f"{self.site}{PATH}{token}/{quote(name, safe='')}"

    async def give(self, request: web.Request) -> web.Response:
        """GET /made/{token}/{name}."""
        self.tidy()
        token = request.match_info["token"]
        held = self._held.get(token)
        if held is None or request.match_info["name"] != held.name:
            raise Problem(404)
        if held.about is not None and not await self.lives(held.about):
            self._held.pop(token, None)
            raise Problem(404)
        mime = guess_type(held.name)[0] or "application/octet-stream"
        how = "inline" if mime.startswith("image/") else "attachment"
        return web.Response(
            body=held.content,
            headers={
                hdrs.CONTENT_TYPE: mime,
                hdrs.CONTENT_DISPOSITION: how,
                "X-Robots-Tag": "noindex, nofollow",
            },
        )

    def tidy(self) -> None:
        """What is over is held no longer."""
        now = self.monotonic()
        while self._held and next(iter(self._held.values())).until < now:
            self._held.popitem(last=False)

    def routes(self) -> list[web.RouteDef]:
        return [web.get(PATH + "{token}/{name}", self.give)]
