"""Deadlines that follow their order's plan, and what becomes of them when they come."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from models.calling import weekend_calling
from models.due import claim, follow
from models.limits import Calendar, Planned, Window
from models.worktime import WorkSchedule

NOON = datetime(2026, 3, 9, 12, tzinfo=UTC)
HOUR, SECOND = timedelta(hours=1), timedelta(seconds=1)
OFFICE = Calendar(WorkSchedule.parse("Mon-Fri 09:00-18:00", "UTC"), weekend_calling)


@dataclass
class Row:
    since: datetime
    due_at: datetime
    done_at: datetime | None = None


def made(planned: Planned) -> Row:
    return Row(planned.since, planned.due_at)


def test_what_is_no_news_any_more_is_let_go_and_comes_back_with_other_hours() -> None:
    soon = Planned("it", -60, NOON, NOON + HOUR, NOON + 2 * HOUR)
    rows = {("it", -60): made(soon)}
    assert follow(rows, [soon], made, NOON + 2 * HOUR) == []
    assert rows[("it", -60)].done_at is None, "left to be deleted, not kept for told"
    later = Planned("it", -60, NOON, NOON + 5 * HOUR, NOON + 6 * HOUR)
    assert follow({}, [later], made, NOON + 3 * HOUR) == [made(later)]


def test_within_one_run_nothing_is_told_twice_and_a_new_run_tells_anew() -> None:
    told = Row(NOON, NOON + HOUR, NOON + HOUR)
    moved = Planned("it", 60, NOON, NOON + 3 * HOUR)
    assert follow({("it", 60): told}, [moved], made, NOON + 2 * HOUR) == [told]
    assert (told.due_at, told.done_at) == (NOON + HOUR, NOON + HOUR)
    again = Planned("it", 60, NOON + SECOND, NOON + 3 * HOUR)
    follow({("it", 60): told}, [again], made, NOON + 2 * HOUR)
    assert (told.since, told.due_at, told.done_at) == (again.since, again.due_at, None)


@pytest.mark.parametrize(
    ("due", "now", "rings", "due_then"),
    [
        (NOON, NOON - SECOND, False, NOON),
        (NOON, NOON, True, NOON),
        (NOON, NOON + HOUR, True, NOON),
        (NOON + 6 * HOUR, NOON + 6 * HOUR, True, NOON + 6 * HOUR),
        (NOON + 6 * HOUR, NOON + 6 * HOUR + 60 * SECOND, True, NOON + 6 * HOUR),
        (NOON + 6 * HOUR, NOON + 6 * HOUR + 61 * SECOND, False, NOON + 21 * HOUR),
        (NOON, NOON + 12 * HOUR, False, NOON + 21 * HOUR),
    ],
)
def test_what_came_while_nobody_ran_waits_for_the_opening(
    due: datetime, now: datetime, rings: bool, due_then: datetime
) -> None:
    row = Row(NOON, due)
    assert claim(row, Window.SHOP, OFFICE, now) is rings
    assert (row.due_at, row.done_at) == (due_then, now if rings else None)
