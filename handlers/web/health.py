"""Is it alive, does it take orders and updates, and how much has it done: for machines that watch."""

import asyncio
from dataclasses import dataclass

import structlog
from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Gauge, generate_latest

from handlers.web.ports import Amiss, Measure, Ready
from handlers.web.problems import later

log = structlog.get_logger(__name__)
_PATIENCE = 5.0
"""Seconds that the question may take: a database that does not answer by then does not work."""


class Traffic:
    """Counts of requests. A label is a route of ours or `unmatched`, never what a stranger wrote."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self.registry = registry
        self._requests = Counter(
            "orderbell_http_requests", "Requests answered", ("route", "status"), registry=registry
        )
        self.in_flight = Gauge("orderbell_http_in_flight", "Requests of the API at work", registry=registry)
        self._of: dict[tuple[object, int], Counter] = {}

    def count(self, request: web.Request, status: int) -> None:
        resource = request.match_info.route.resource
        name = (resource, status)
        counter = self._of.get(name)
        if counter is None:
            route = "unmatched" if resource is None else resource.canonical
            counter = self._of[name] = self._requests.labels(route, status)
        counter.inc()


@dataclass(frozen=True, slots=True)
class Health:
    ready: Ready
    traffic: Traffic
    amiss: Amiss
    measure: Measure

    async def alive(self, _: web.Request) -> web.Response:
        """200 while the process lives: what restarts it must not do so for what a restart does not mend."""
        reasons = await self.amiss()
        return web.json_response(
            {"status": "degraded", "reasons": reasons} if reasons else {"status": "alive"}
        )

    async def takes(self, _: web.Request) -> web.Response:
        """200 once orders and updates are taken; else 503 with the reason's key."""
        try:
            async with asyncio.timeout(_PATIENCE):
                reason = await self.ready()
        except TimeoutError:
            reason = "no_answer"
        except Exception as error:
            log.warning("readiness unknown", error=type(error).__name__)
            reason = "check_failed"
        if reason is not None:
            raise later(503, 5, "Not ready", reason=reason)
        return web.json_response({"status": "ready"})

    async def metrics(self, _: web.Request) -> web.Response:
        await self.measure()
        return web.Response(
            body=generate_latest(self.traffic.registry), headers={"Content-Type": CONTENT_TYPE_LATEST}
        )

    def routes(self) -> tuple[web.RouteDef, ...]:
        return (
            web.get("/healthz", self.alive),
            web.get("/readyz", self.takes),
            web.get("/metrics", self.metrics),
        )
