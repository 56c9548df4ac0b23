"""A shop's hours in people's words, and what is wrong with hours, days or steps that somebody typed."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby

from bot.l10n import Words
from keyboards.screen import said
from models.days_text import DaysError
from models.steps_text import StepsError
from models.worktime import HoursError, Interval, WorkSchedule

_DAY = 24 * 60
_MORNING = 6 * 60


def week_text(schedule: WorkSchedule, words: Words) -> str:
    """ "Mon-Fri 09:00-18:00, Sat 10:00-15:00, Sun closed" in the reader's language; `WorkSchedule.parse` reads it."""
    first, *others = schedule.week
    if all(day == first for day in others):
        if not first:
            return words("week-closed")
        return words("week-daily", hours=hours_text(first, words))
    return ", ".join(_runs(schedule, words))


def _runs(schedule: WorkSchedule, words: Words) -> Iterator[str]:
    for intervals, run in groupby(range(7), key=lambda day: schedule.week[day]):
        start, *more = (words(f"weekday-{day}") for day in run)
        days = start if not more else words("week-run", first=start, last=more[-1])
        yield words("week-day", days=days, hours=hours_text(intervals, words))


def hours_text(intervals: Sequence[Interval], words: Words) -> str:
    """ "09:00-13:00 and 14:00-18:00", "around the clock", "closed"."""
    if not intervals:
        return words("hours-closed")
    if intervals[0] == Interval(0, _DAY):
        return words("hours-always")
    return words("hours-and").join(_interval(one, words) for one in intervals)


def _interval(one: Interval, words: Words) -> str:
    end = one.end if one.end <= _DAY else one.end - _DAY
    return words(
        "hours-from-to",
        opens=f"{one.start // 60:02}:{one.start % 60:02}",
        closes=f"{end // 60:02}:{end % 60:02}",
    )


def by_night(schedule: WorkSchedule) -> bool:
    """Whether the shop is ever open between midnight and six: then terms may end at night, too (C23)."""
    return any(one.start < _MORNING or one.end > _DAY for day in schedule.week for one in day)


def date_text(day: date, words: Words) -> str:
    """ "Fri 25.12.2026"."""
    return words("date", weekday=words(f"weekday-{day.weekday()}"), day=f"{day:%d.%m.%Y}")


def day_text(day: date, hours: Sequence[Interval], words: Words) -> str:
    """ "Fri 25.12.2026: closed"."""
    return words("day-line", day=date_text(day, words), hours=hours_text(hours, words))


def fault_text(error: HoursError | DaysError | StepsError, words: Words) -> str:
    """What is wrong with what was typed, and what to type."""
    facts = error.facts
    if isinstance(error, StepsError):
        return words(f"steps-bad-{error.kind}", fragment=said(str(facts.get("fragment", "")), 60))
    if isinstance(error, DaysError):
        fragment = said(str(facts.get("fragment", "")), 60)
        return words(f"days-bad-{error.kind}", fragment=fragment, most=str(facts.get("most", "")))
    day = facts.get("day")
    return words(
        f"hours-bad-{error.kind}",
        fragment=said(str(facts.get("fragment", "")), 60),
        zone=said(str(facts.get("zone", "")), 60),
        day=date_text(day, words)
        if isinstance(day, date)
        else words(f"weekday-{day}")
        if isinstance(day, int)
        else "",
        first=said(str(facts.get("first", "")), 20),
        second=said(str(facts.get("second", "")), 20),
    )
