"""GET /metrics: what happened, counted as it happens, and what waits, read when it is asked for.

A label is a word of ours from a short list: never an order, a shop, a person or what somebody wrote.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Protocol

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, Info, ProcessCollector
from prometheus_client.core import CounterMetricFamily, Metric
from prometheus_client.registry import Collector

from models.figures import Figures
from models.watch import Watch

NAME = "orderbell"
_COMMIT = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
_UNITS = (1, 2, 4, 8, 16, 32, 64)
_WAIT = (0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 3600)
STATES = ("queued", "sending")


class Counts(Protocol):
    """The inbox's worker: what it has done since the start."""

    handled: int
    dead: int


class Metrics(Watch):
    def __init__(self, version: str, database: str) -> None:
        self.registry = registry = CollectorRegistry()
        ProcessCollector(registry=registry)
        Info(f"{NAME}_build", "What runs", registry=registry).info({"version": version, "database": database})
        self._commit = Histogram(f"{NAME}_commit_seconds", "A commit", buckets=_COMMIT, registry=registry)
        self._units = Histogram(
            f"{NAME}_commit_units", "Units that share it", buckets=_UNITS, registry=registry
        )
        self._refused = Counter(
            f"{NAME}_refused_units", "Units that the database did not take", registry=registry
        )
        self._accepted = Counter(
            f"{NAME}_orders_accepted", "New orders stored", ("source",), registry=registry
        )
        self._late = Histogram(
            f"{NAME}_reminder_late_seconds",
            "From a reminder's moment to its claim",
            buckets=_WAIT,
            registry=registry,
        )
        self._told = Histogram(
            f"{NAME}_message_wait_seconds",
            "From a message's moment to the messenger's yes",
            ("channel",),
            buckets=_WAIT,
            registry=registry,
        )
        self._untold = Counter(
            f"{NAME}_messages_untold",
            "Messages that a messenger did not take",
            ("channel", "outcome", "reason"),
            registry=registry,
        )
        self._up = self._gauge("database_up", "Whether the database answered for these figures")
        self._inbox = self._gauge("inbox_updates", "Updates that wait to be handled")
        self._inbox_age = self._gauge("inbox_oldest_seconds", "How long the oldest of them waits")
        self._dead = self._gauge(
            "inbox_dead_letters", "Updates that nobody could handle, of the last two days"
        )
        self._outbox = self._gauge("outbox_messages", "Messages to be sent", "state")
        self._due = self._gauge("outbox_due_messages", "Those whose moment has come")
        self._due_age = self._gauge("outbox_oldest_due_seconds", "How long the oldest of those is due")
        self._held = self._gauge("outbox_held_messages", "Messages that are not sent any more", "reason")
        self._cards = self._gauge("outbox_due_cards", "Cards that wait to be drawn anew")
        self._reminders = self._gauge("reminders_due", "Steps of reminders that wait to be claimed")
        self._unheard = self._gauge("unheard_shops", "Shops with an order of today and nobody to tell")
        self._disk = self._gauge("disk_free_bytes", "Room beside the database, where it is a file")

    def _gauge(self, name: str, what: str, *labels: str) -> Gauge:
        return Gauge(f"{NAME}_{name}", what, labels, registry=self.registry)

    # ---------------------------------------------------------------- what happens
    def committed(self, units: int, seconds: float) -> None:
        self._commit.observe(seconds)
        self._units.observe(units)

    def refused(self, units: int) -> None:
        self._refused.inc(units)

    def accepted(self, source: str) -> None:
        self._accepted.labels(source).inc()

    def reminded(self, late: float) -> None:
        self._late.observe(late)

    def told(self, channel: str, waited: float) -> None:
        self._told.labels(channel).observe(waited)

    def untold(self, channel: str, outcome: str, reason: str) -> None:
        self._untold.labels(channel, outcome, reason).inc()

    def count(self, worker: Counts) -> None:
        """From now on its updates are told as well."""
        self.registry.register(_Handled(worker))

    # ---------------------------------------------------------------- what waits
    def show(self, figures: Figures | None, now: datetime, free: int | None) -> None:
        """None where the database did not answer: the figures stand as they were."""
        self._up.set(figures is not None)
        if free is not None:
            self._disk.set(free)
        if figures is None:
            return
        self._inbox.set(figures.inbox)
        self._inbox_age.set(_age(figures.inbox_oldest, now))
        self._dead.set(figures.dead_letters)
        for state in STATES:
            self._outbox.labels(state).set(figures.outbox.get(state, 0))
        self._due.set(figures.due)
        self._due_age.set(_age(figures.due_oldest, now))
        self._held.clear()
        for reason, count in figures.held.items():
            self._held.labels(reason).set(count)
        self._cards.set(figures.cards_due)
        self._reminders.set(figures.reminders_due)
        self._unheard.set(figures.unheard_shops)


def _age(moment: datetime | None, now: datetime) -> float:
    return 0.0 if moment is None else max(0.0, (now - moment).total_seconds())


class _Handled(Collector):
    def __init__(self, worker: Counts) -> None:
        self._worker = worker

    def collect(self) -> Iterable[Metric]:
        family = CounterMetricFamily(f"{NAME}_updates", "Updates off our hands", labels=["outcome"])
        family.add_metric(["handled"], self._worker.handled)
        family.add_metric(["dead"], self._worker.dead)
        yield family
