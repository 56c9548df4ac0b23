"""Files by an address that nobody can guess: for messengers that fetch what they show, and for nobody's list.

What is not there, is over, or is no address of ours is one and the same answer. A picture may be shown; all else is
only to be saved, so that nothing is ever run as a page of ours.
"""

import re
from dataclasses import dataclass
from urllib.parse import quote

from aiohttp import hdrs, web

from handlers.web.auth import Pace
from handlers.web.ports import FilesPort
from handlers.web.problems import Problem, later
from models.file_text import Served, extension
from models.links import FILES

_ADDRESS = re.compile(r"([A-Za-z0-9_-]{32})\.([a-z0-9]{1,4})", re.ASCII)


@dataclass(frozen=True, slots=True)
class FilesPage:
    files: FilesPort
    pace: Pace
    """of one address"""

    async def give(self, request: web.Request) -> web.Response:
        """GET /files/{token}.{ext}."""
        if wait := self.pace.wait(request.remote):
            raise later(429, wait, "Too many requests")
        address = _ADDRESS.fullmatch(request.match_info["address"])
        file = None if address is None else await self.files.served(address[1])
        if address is None or file is None or address[2] != extension(file.mime):
            raise Problem(404)
        return web.Response(body=file.content, headers=_headers(file))

    def routes(self) -> tuple[web.RouteDef, ...]:
        return (web.get(FILES + "{address:.*}", self.give),)


def _headers(file: Served) -> dict[str, str]:
    how = "inline" if file.mime.startswith("image/") else "attachment"
    charset = "; charset=utf-8" if file.mime.startswith("text/") else ""
    return {
        hdrs.CONTENT_TYPE: file.mime + charset,
        hdrs.CONTENT_DISPOSITION: f"{how}; filename*=UTF-8''{quote(file.name, safe='')}",
        "Cross-Origin-Resource-Policy": "cross-origin",
        "X-Robots-Tag": "noindex, nofollow",
    }
