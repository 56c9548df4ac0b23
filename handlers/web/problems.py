"""What is said when something is wrong: application/problem+json (RFC 9457), never an echo of the request."""

import json
from collections.abc import Mapping, Sequence
from http import HTTPStatus

from aiohttp import hdrs, web
from pydantic import ValidationError

MEDIA_TYPE = "application/problem+json"
MOST_ERRORS = 50
"""A body of a hundred bad lines is answered with its first fifty faults."""

Fault = dict[str, str]
"""`{"path": "lines.0.quantity", "message": "..."}`"""


class Problem(Exception):
    """The way out of a handler with anything but success. `reason` and `facts` extend the problem's body."""

    def __init__(
        self,
        status: int,
        detail: str | None = None,
        *,
        errors: Sequence[Fault] = (),
        headers: Mapping[str, str] | None = None,
        closes: bool = False,
        reason: str | None = None,
        facts: Mapping[str, object] | None = None,
    ) -> None:
        super().__init__(status)
        self.status = status
        self.detail = detail
        self.errors = errors
        self.headers = headers
        self.closes = closes
        self.reason = reason
        self.facts = facts

    def body(self) -> bytes:
        said: dict[str, object] = {
            "type": "about:blank",
            "title": HTTPStatus(self.status).phrase,
            "status": self.status,
        }
        if self.detail is not None:
            said["detail"] = self.detail
        if self.errors:
            said["errors"] = self.errors
        if self.reason is not None:
            said["reason"] = self.reason
        if self.facts:
            said["facts"] = self.facts
        return json.dumps(said, ensure_ascii=False).encode()

    def response(self) -> web.Response:
        response = web.Response(
            body=self.body(), status=self.status, content_type=MEDIA_TYPE, headers=self.headers
        )
        if self.closes:
            response.force_close()
        return response


def later(
    status: int, seconds: int, detail: str, *, closes: bool = False, reason: str | None = None
) -> Problem:
    """429 or 503: the same request may pass in so many seconds."""
    return Problem(
        status, detail, headers={hdrs.RETRY_AFTER: str(max(1, seconds))}, closes=closes, reason=reason
    )


def invalid(errors: Sequence[Fault]) -> Problem:
    return Problem(422, "Some fields cannot be taken as they are", errors=errors)


def faults(error: ValidationError, *, root: str = "", skip: int = 0) -> list[Fault]:
    """Each fault with its dotted path. The first `skip` steps of a path are pydantic's own (a union's tag);
    a fault of the whole stands at `root`."""
    found: list[Fault] = []
    for fault in error.errors(include_url=False, include_input=False)[:MOST_ERRORS]:
        path = ".".join(str(step) for step in fault["loc"][skip:])
        message = fault["msg"]
        if fault["type"] == "union_tag_invalid":  # the one message of pydantic's that repeats what was sent
            message = f"Input should be one of {fault['ctx']['expected_tags']}"
        found.append({"path": path or root, "message": message})
    return found


def translated(error: web.HTTPException) -> web.StreamResponse:
    """aiohttp's own refusals (no such route, no such method, too large) in our form."""
    if error.status < 400:
        raise error
    allow = error.headers.get(hdrs.ALLOW)
    return Problem(
        error.status,
        headers=None if allow is None else {hdrs.ALLOW: allow},
        closes=error.status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    ).response()
