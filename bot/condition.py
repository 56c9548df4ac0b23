"""How the product is, for machines that ask: does it take orders and updates, what is amiss, how much waits."""

import asyncio
from datetime import timedelta
from typing import Protocol

import structlog

from bot.metrics import Metrics
from models.base import Clock
from models.db import Database
from models.disk import Space
from models.errors import Busy
from models.figures import due_oldest, figures, unheard_shops

log = structlog.get_logger(__name__)

LATE = timedelta(minutes=5)
"""An outbox whose oldest due row is older is not ready (contract 3)."""
PATIENCE = 2.0
"""Seconds that the figures may take."""
GLANCE = 0.5
"""Seconds after which we are alive, whatever the database says: who watches may wait but a second."""


class Troubled(Protocol):
    @property
    def trouble(self) -> str | None:
        """Why a messenger takes nothing from us, or brings nothing, as a key; None while it does."""


class Condition:
    """`delivery` and `poller` are there once they are at work; `converses` if there will be a delivery."""

    def __init__(
        self, db: Database, clock: Clock, space: Space, metrics: Metrics, *, converses: bool
    ) -> None:
        self.delivery: Troubled | None = None
        self.poller: Troubled | None = None
        self.shutting_down = False
        self._db = db
        self._clock = clock
        self._space = space
        self._metrics = metrics
        self._converses = converses

    async def ready(self) -> str | None:
        """Why orders and updates are not taken now, in a word; None when they are."""
        if self.shutting_down:
            return "shutting_down"
        if self._space.low:
            return "disk_low"
        try:
            due = await self._db.read(due_oldest)
        except Busy:
            return "database"
        if due is not None and self._clock() - due > LATE:
            return "notifications_late"
        if self._converses and self.delivery is None:
            return "starting"
        return self._trouble()

    async def amiss(self) -> list[str]:
        """What somebody should look at although we are alive. Never waits long, never fails."""
        found = [reason for reason in (self._trouble(), "disk_low" if self._space.low else None) if reason]
        try:
            async with asyncio.timeout(GLANCE):
                unheard = await self._db.read(lambda session: unheard_shops(session, self._clock()))
        except (Busy, TimeoutError):
            return [*found, "database"]
        return [*found, "nobody_to_tell"] if unheard else found

    async def measure(self) -> None:
        """The figures of /metrics as they are now."""
        now, read = self._clock(), None
        try:
            async with asyncio.timeout(PATIENCE):
                read = await self._db.read(lambda session: figures(session, now))
        except (Busy, TimeoutError) as error:
            log.warning("no_figures", error=type(error).__name__)
        self._metrics.show(read, now, self._space.free)

    def _trouble(self) -> str | None:
        """A messenger takes nothing from us, or brings nothing."""
        sending = self.delivery.trouble if self.delivery is not None else None
        return sending or (self.poller.trouble if self.poller is not None else None)
