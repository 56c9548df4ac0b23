"""Calls of Viber's bot API over the project's own client (https://creators.viber.com/docs/bots-api, facts: viber, 2).

viberbot's sender is not used: no time limit, a connection per message, and the token in the log of a network error.
"""

import json
from typing import Any

from bot.http import Http
from bot.messengers.telegram import Undecodable

__all__ = [
    "LONGEST_REQUEST",
    "LONGEST_TEXT",
    "TooLong",
    "Unclear",
    "Undecodable",
    "ViberClient",
    "ViberRefused",
]

LONGEST_TEXT = 7000
"""UTF-16 units of one message."""
LONGEST_REQUEST = 30_000
"""Bytes of one request as it goes out."""
TOO_MANY = 12
_TOO_MANY_HTTP = 429


class ViberRefused(Exception):
    """Viber read the call and did not take it. `status` is its code, `message` its words, without the token."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(f"status {status}: {message}")
        self.status = status
        self.message = message


class Unclear(Exception):
    """Something on the way answered with an HTTP status of its own: whether the call happened, nobody knows."""

    def __init__(self, http_status: int) -> None:
        super().__init__(f"HTTP {http_status}")
        self.http_status = http_status


class TooLong(ValueError):
    """Not sent: Viber would refuse it. `name` is what is too long: `text` or `request`."""

    def __init__(self, name: str, length: int, most: int) -> None:
        super().__init__(f"{name} of {length}, at most {most}")
        self.name = name


class ViberClient:
    """`api_url` is the address up to the method, such as https://chatapi.viber.com/pa. Holds the token, shows it to
    nobody but Viber."""

    def __init__(self, http: Http, api_url: str, token: str) -> None:
        if not (token.isascii() and token.isprintable()) or token != token.strip():
            raise ValueError("Viber's token is a line of plain letters and digits")
        self._http = http
        self._base = api_url.rstrip("/")
        self._token = token

    async def call(
        self, method: str, payload: dict[str, Any], *, seconds: float | None = None
    ) -> dict[str, Any]:
        """The answer of a call that was taken, with its `message_token` and the like.

        Raises ViberRefused, WireError (see its `reached`), Unclear, Undecodable where Viber took the call and its
        answer cannot be read, and TooLong before anything is sent.
        """
        body = _written(payload)
        status, answer = await self._http.post(
            f"{self._base}/{method}",
            data=body,
            headers={"X-Viber-Auth-Token": self._token, "Content-Type": "application/json"},
            seconds=seconds,
        )
        said = _read(answer)
        code = None if said is None else said.get("status")
        if said is not None and isinstance(code, int) and not isinstance(code, bool):
            if code != 0:
                raise ViberRefused(code, self._harmless(said.get("status_message")))
            if status < 300:
                return said
        if status == _TOO_MANY_HTTP:
            raise ViberRefused(TOO_MANY, f"HTTP {status}")
        if status < 300:
            raise Undecodable
        raise Unclear(status)

    def _harmless(self, message: object) -> str:
        said = message if isinstance(message, str) else "no reason given"
        return (said.replace(self._token, "***") if self._token else said)[:200]


def _written(payload: dict[str, Any]) -> bytes:
    """As UTF-8, not as escapes: those make six bytes of a Ukrainian letter, and a long text would not fit."""
    text = payload.get("text")
    if (
        isinstance(text, str)
        and (length := len(text.encode("utf-16-le", "surrogatepass")) // 2) > LONGEST_TEXT
    ):
        raise TooLong("text", length, LONGEST_TEXT)
    body = json.dumps(payload, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
    if len(body) > LONGEST_REQUEST:
        raise TooLong("request", len(body), LONGEST_REQUEST)
    return body


def _read(answer: bytes) -> dict[str, Any] | None:
    try:
        said = json.loads(answer)
    except (ValueError, RecursionError):
        return None
    return said if isinstance(said, dict) else None
