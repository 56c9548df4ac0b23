"""What becomes of an order's deadlines: they follow its plan; when their time comes they ring, wait or lapse.

Pure, so that the simulated year (tests/years) decides with the product's own words. Standard library only.
"""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Protocol, TypeVar

from models.limits import Calendar, Planned, Window

GRACE = timedelta(seconds=60)
"""How late a reminder may be told outside its window: one that fell due just at closing is not kept till morning."""


class Row(Protocol):
    """A deadline as `models.deadline.Deadline` keeps it."""

    since: datetime
    due_at: datetime
    done_at: datetime | None


R = TypeVar("R", bound=Row)


def follow(
    rows: dict[tuple[str, int], R], planned: Iterable[Planned], make: Callable[[Planned], R], now: datetime
) -> list[R]:
    """Bring an order's deadlines, by kind and step, up to its plan. What is planned is taken out of `rows`; what
    stays there concerns the order no longer.

    Within one run of a limit (`since`) no step is told twice, whatever the order went through meanwhile; a new
    run tells them anew. What would be no news any more is not kept for told: other hours may make it news again.
    """
    kept = []
    for moment in planned:
        row = rows.get((moment.kind, moment.step))
        told = row is not None and row.since == moment.since and row.done_at is not None
        if not told and moment.gone_at is not None and moment.gone_at <= now:
            continue
        rows.pop((moment.kind, moment.step), None)
        if row is None:
            row = make(moment)
        elif row.since != moment.since:
            row.since, row.due_at, row.done_at = moment.since, moment.due_at, None
        elif row.done_at is None:
            row.due_at = moment.due_at
        kept.append(row)
    return kept


def claim(row: Row, window: Window, calendar: Calendar, now: datetime) -> bool:
    """Whether a deadline that has just followed its order rings now.

    One that came while nobody ran, and would now ring outside its window, waits for the window's opening.
    """
    if row.done_at is not None or row.due_at > now:
        return False
    if now - row.due_at > GRACE:
        opening = calendar.into(window, now)
        if opening > now:
            row.due_at = opening
            return False
    row.done_at = now
    return True
