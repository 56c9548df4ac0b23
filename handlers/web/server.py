"""The HTTP server from its collaborators: which doors there are, and what holds for all of them."""

import traceback
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

import structlog
from aiohttp import hdrs, web
from aiohttp.typedefs import Middleware
from prometheus_client import CollectorRegistry
from pydantic import TypeAdapter

from handlers.web import openapi
from handlers.web.answers import ProblemBody
from handlers.web.auth import Access, Pace
from handlers.web.health import Health, Traffic
from handlers.web.intake import Intake
from handlers.web.ports import Amiss, Keys, Measure, OrdersPort, Ready
from handlers.web.problems import Problem, later, translated
from models.errors import Busy

log = structlog.get_logger(__name__)
NAME = "orderbell"

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass(frozen=True, slots=True)
class Limits:
    """What one may ask of us at most. Bytes and seconds of a body, requests a second and at once."""

    body_bytes: int = 256 * 1024
    body_seconds: float = 10.0
    per_second: int = 100
    """for one shop, sustained"""
    burst: int = 200
    at_once: int = 256
    """requests of the API in all"""
    idle_seconds: float = 75.0
    """for a connection without a request"""


SAFE = {
    hdrs.SERVER: NAME,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    hdrs.CACHE_CONTROL: "no-store",
}


async def _safe(_: web.Request, response: web.StreamResponse) -> None:
    """A page may say something else for itself; the server's name is never aiohttp's, with its versions."""
    headers = response.headers
    headers[hdrs.SERVER] = NAME
    for name, value in SAFE.items():
        headers.setdefault(name, value)


def _fault(request: web.Request, error: Exception) -> web.Response:
    """Logs where it happened, not what was in hand: an exception's words may hold people's data."""
    resource = request.match_info.route.resource
    log.error(
        "request failed",
        route=None if resource is None else resource.canonical,
        error=type(error).__name__,
        at=[f"{frame.filename}:{frame.lineno}" for frame in traceback.extract_tb(error.__traceback__)[-8:]],
    )
    return Problem(500).response()


class Front:
    """What every request passes: refusals in one form, so many at once, nothing new while closing."""

    def __init__(
        self, traffic: Traffic, at_once: int, shutting_down: Callable[[], bool], full: Callable[[], bool]
    ) -> None:
        self._traffic = traffic
        self._at_once = at_once
        self._shutting_down = shutting_down
        self._full = full
        self._in_flight = 0
        traffic.in_flight.set_function(lambda: self._in_flight)

    def middleware(self) -> Middleware:
        @web.middleware
        async def front(request: web.Request, handler: Handler) -> web.StreamResponse:
            response = await self._answered(request, handler)
            self._traffic.count(request, response.status)
            return response

        return front

    async def _answered(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        try:
            if request.path.startswith("/api/"):
                return await self._counted(request, handler)
            return await handler(request)
        except Problem as problem:
            return problem.response()
        except Busy as busy:
            return later(503, busy.retry_after, "Nothing was stored").response()
        except web.HTTPException as refusal:
            return translated(refusal)
        except Exception as error:
            return _fault(request, error)

    async def _counted(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        if self._shutting_down():
            raise later(503, 5, "Going down", closes=True)
        if request.method == hdrs.METH_POST and self._full():
            raise later(503, 60, "Too little room on the disk for new orders", reason="disk_low")
        if self._in_flight >= self._at_once:
            raise later(503, 1, "Too many requests at once")
        self._in_flight += 1
        try:
            return await handler(request)
        finally:
            self._in_flight -= 1


async def _nothing_amiss() -> Sequence[str]:
    return ()


async def _nothing_to_measure() -> None:
    pass


def build(
    keys: Keys,
    orders: OrdersPort,
    *,
    ready: Ready,
    now: Callable[[], datetime],
    limits: Limits = Limits(),
    shutting_down: Callable[[], bool] = lambda: False,
    full: Callable[[], bool] = lambda: False,
    amiss: Amiss = _nothing_amiss,
    measure: Measure = _nothing_to_measure,
    registry: CollectorRegistry | None = None,
    routes: Sequence[web.RouteDef] = (),
) -> web.Application:
    """The application; `routes` are the doors of others (webhooks, the buyer's page). While `full`, no order is
    taken."""
    traffic = Traffic(registry or CollectorRegistry())
    access = Access(keys, Pace(limits.per_second, limits.burst))
    table = Intake(access, orders, now, limits.body_bytes, limits.body_seconds).routes()
    app = web.Application(
        middlewares=[Front(traffic, limits.at_once, shutting_down, full).middleware()],
        client_max_size=limits.body_bytes,
        handler_args={
            "access_log": None,
            "auto_decompress": False,
            "keepalive_timeout": limits.idle_seconds,
            "lingering_time": 1.0,
        },
    )
    app.on_response_prepare.append(_safe)
    app.router.add_routes([web.route(row.method, row.path, row.handler) for row in table])
    app.router.add_routes(
        [web.get(openapi.PATH, openapi.serving(openapi.document(table, TypeAdapter(ProblemBody))))]
    )
    app.router.add_routes(Health(ready, traffic, amiss, measure).routes())
    app.router.add_routes(routes)
    return app
