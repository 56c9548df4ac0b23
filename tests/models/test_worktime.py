import itertools
import pickle
import tomllib
from collections.abc import Callable
from dataclasses import FrozenInstanceError
from datetime import UTC, date, datetime, timedelta
from importlib.resources import files
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from models.calling import globus_quiet, rozetka_calling
from models.worktime import (
    HORIZON,
    HoursError,
    HoursProblem,
    Interval,
    OpenHours,
    WorkSchedule,
)
from tests.models.oracle import Hours, Walked, clock, moment

KYIV = ZoneInfo("Europe/Kyiv")
OFFICE = "Mon-Fri 09:00-18:00"
LATE_SHOP = "Mon-Sun 08:00-22:00"
ALWAYS = "Mon-Sun 00:00-24:00"
rule, case = pytest.mark.rule, pytest.mark.case


def kyiv(text: str) -> datetime:
    """A wall time in Kyiv: "03-06 17:30" of 2026, or with the year."""
    return datetime.fromisoformat(text if len(text) > 11 else f"2026-{text}").replace(tzinfo=KYIV)


def shop(text: str, zone: str = "Europe/Kyiv") -> WorkSchedule:
    return WorkSchedule.parse(text, zone)


def whole(schedule: OpenHours) -> OpenHours:
    return schedule


def counted(schedule: OpenHours) -> OpenHours:
    """The clock of the row «Прийнято до обробки»."""
    return schedule.without(globus_quiet("Europe/Kyiv"))


# ---------------------------------------------------------------- the worked examples of the rules, 1.5


@pytest.mark.parametrize(
    ("hours", "clock_of", "start", "after", "due"),
    [
        # A, B: 2026-03-06 is a Friday
        pytest.param(
            OFFICE, whole, "03-06 17:30", "0:15", "03-06 17:45", marks=rule("G19", "G20"), id="A 15 min"
        ),
        pytest.param(
            OFFICE,
            whole,
            "03-06 17:30",
            "2:00",
            "03-09 10:30",
            marks=[rule("R52", "R32", "G20"), case("H1")],
            id="A 2 h",
        ),
        pytest.param(
            OFFICE, whole, "03-07 10:00", "0:15", "03-09 09:15", marks=rule("G19", "G20"), id="B 15 min"
        ),
        pytest.param(
            OFFICE,
            whole,
            "03-07 10:00",
            "2:00",
            "03-09 11:00",
            marks=[rule("R52", "R44", "R45"), case("H3")],
            id="B 2 h",
        ),
        pytest.param(OFFICE, counted, "03-09 10:00", "0:15", "03-09 10:15", marks=rule("G21"), id="C 15 min"),
        pytest.param(OFFICE, counted, "03-09 10:00", "12:00", "03-10 13:00", marks=rule("G21"), id="C 12 h"),
        pytest.param(
            LATE_SHOP, counted, "03-09 20:50", "0:15", "03-10 09:05", marks=rule("G21"), id="D 15 min"
        ),
        pytest.param(
            LATE_SHOP, counted, "03-09 20:50", "12:00", "03-10 20:50", marks=rule("G21"), id="D 12 h"
        ),
        pytest.param(
            LATE_SHOP, whole, "03-09 21:50", "0:15", "03-10 08:05", marks=rule("G19", "G20"), id="E 15 min"
        ),
        pytest.param(
            LATE_SHOP, whole, "03-09 21:50", "2:00", "03-10 09:50", marks=rule("G19", "G20"), id="E 2 h"
        ),
        pytest.param(
            ALWAYS, whole, "03-09 23:00", "0:15", "03-09 23:15", marks=rule("G19", "G20"), id="F 15 min"
        ),
        pytest.param(
            ALWAYS, whole, "03-09 23:00", "2:00", "03-10 01:00", marks=rule("R52", "G20"), id="F 2 h"
        ),
        pytest.param(OFFICE, whole, "03-10 02:00", "0:15", "03-10 09:15", marks=rule("G20"), id="G 15 min"),
        pytest.param(
            OFFICE,
            whole,
            "03-10 02:00",
            "2:00",
            "03-10 11:00",
            marks=[rule("R52", "R37"), case("H2")],
            id="G 2 h",
        ),
        pytest.param(
            ALWAYS, whole, "03-10 02:00", "24:00", "03-11 02:00", marks=rule("R33"), id="G 24 h by the wall"
        ),
        pytest.param(OFFICE, whole, "03-10 16:00", "3:00", "03-11 10:00", marks=rule("G22"), id="H 3 h"),
        pytest.param(OFFICE, whole, "03-10 16:00", "12:00", "03-12 10:00", marks=rule("G22"), id="H 12 h"),
        pytest.param(
            LATE_SHOP, counted, "03-10 08:30", "0:15", "03-10 09:15", marks=rule("G21"), id="I 15 min"
        ),
        pytest.param(
            LATE_SHOP, counted, "03-10 08:30", "12:00", "03-10 21:00", marks=rule("G21"), id="I 12 h"
        ),
    ],
)
def test_the_worked_examples(
    hours: str, clock_of: Callable[[OpenHours], OpenHours], start: str, after: str, due: str
) -> None:
    schedule = clock_of(shop(hours))
    amount = timedelta(hours=int(after.split(":")[0]), minutes=int(after.split(":")[1]))
    assert schedule.add(kyiv(start), amount) == kyiv(due)
    assert schedule.elapsed(kyiv(start), kyiv(due)) == amount


def test_what_ends_at_closing_stays_there_and_nothing_at_all_waits_for_the_opening() -> None:
    office = shop(OFFICE)
    closing, opening = kyiv("03-09 18:00"), kyiv("03-10 09:00")
    assert office.add(kyiv("03-09 17:00"), timedelta(hours=1)) == closing
    assert office.add(closing, timedelta()) == opening
    assert office.add(kyiv("03-09 12:00"), timedelta()) == kyiv("03-09 12:00")
    assert office.add(opening, timedelta()) == opening


def test_answers_are_in_utc_and_keep_microseconds() -> None:
    office = shop(OFFICE)
    start = kyiv("2026-03-09 17:59:59.400000")
    due = office.add(start, timedelta(seconds=1, microseconds=5))
    assert due == datetime(2026, 3, 10, 7, 0, 0, 400_005, UTC)
    assert due.tzinfo is UTC
    assert office.elapsed(start, due) == timedelta(seconds=1, microseconds=5)
    assert office.add(start, timedelta()) == start
    assert office.add(start, timedelta(microseconds=600_000)) == kyiv("03-09 18:00")
    assert office.add(kyiv("2026-03-09 18:00:00.000001"), timedelta()) == kyiv("03-10 09:00")


def test_only_aware_moments_and_only_forwards() -> None:
    with pytest.raises(TypeError):
        shop(OFFICE).add(datetime(2026, 3, 9, 12), timedelta())  # noqa: DTZ001
    with pytest.raises(ValueError):
        shop(OFFICE).add(kyiv("03-09 12:00"), timedelta(microseconds=-1))
    with pytest.raises(ValueError):
        shop(OFFICE).add_epoch(0, -1)


def test_time_between_moments_runs_backwards_too() -> None:
    friday, monday = kyiv("03-06 17:30"), kyiv("03-09 10:30")
    assert shop(OFFICE).elapsed(monday, friday) == -timedelta(hours=2)


@case("H9")
def test_a_shop_that_never_opens_has_no_deadlines() -> None:
    never = WorkSchedule("Europe/Kyiv", ((),) * 7)
    start = kyiv("03-09 12:00")
    assert never.add(start, timedelta(hours=2)) is None
    assert never.next_open(start) is None
    assert never.closes(start) is None
    assert never.elapsed(start, kyiv("2027-03-09 12:00")) == timedelta()
    assert not never.is_open(start)
    assert never.text() == "Mon-Sun closed"
    with pytest.raises(HoursError) as refusal:
        shop(never.text())
    assert refusal.value.kind is HoursProblem.NEVER_OPEN


def test_two_years_are_the_horizon() -> None:
    start = kyiv("2026-03-09 12:00")
    once = {start.date() + timedelta(days=days): (Interval(540, 1080),) for days in (700, 800)}
    rare = WorkSchedule("Europe/Kyiv", ((),) * 7, once)
    opening = rare.next_open(start)
    assert opening == datetime(2028, 2, 7, 9, tzinfo=KYIV)
    assert rare.add(start, timedelta(hours=9)) == opening + timedelta(hours=9)
    assert rare.add(start, timedelta(hours=9, seconds=1)) is None
    assert rare.add(opening, timedelta(hours=10)) == datetime(2028, 5, 17, 10, tzinfo=KYIV)
    always = shop(ALWAYS)
    end = always.add(start, timedelta(seconds=HORIZON))
    assert end == start.astimezone(UTC) + timedelta(seconds=HORIZON)
    assert always.add(start, timedelta(seconds=HORIZON + 1)) is None
    assert always.closes(start) is None
    assert shop(ALWAYS).closes(start) is None
    far = WorkSchedule("Europe/Kyiv", always.week, {start.date() + timedelta(days=800): ()})
    assert far.elapsed(start, start.astimezone(UTC) + timedelta(days=900)) == timedelta(days=899)
    assert far.closes(start) is None
    assert always.elapsed(kyiv("2000-01-01 00:00"), kyiv("2030-01-01 00:00")) == timedelta(days=10_958)


@case("H14")
def test_leap_day_new_year_and_a_week_with_two_holidays() -> None:
    office = shop(OFFICE)
    assert office.add(kyiv("2028-02-28 17:00"), timedelta(hours=2)) == kyiv("2028-02-29 10:00")
    assert office.add(kyiv("2026-12-31 17:30"), timedelta(hours=1)) == kyiv("2027-01-01 09:30")
    holidays = dict.fromkeys((date(2026, 12, 31), date(2027, 1, 1)), ())
    closed = WorkSchedule("Europe/Kyiv", office.week, holidays)
    assert closed.add(kyiv("2026-12-30 17:30"), timedelta(hours=1)) == kyiv("2027-01-04 09:30")
    assert closed.elapsed(kyiv("2026-12-28 00:00"), kyiv("2027-01-04 00:00")) == timedelta(hours=27)


@rule("R33", "R34")
def test_days_on_which_a_shop_is_closed_all_day() -> None:
    schedule = WorkSchedule(
        "Europe/Kyiv", shop("Mon-Fri 09:00-18:00, Tue 20:00-04:00").week, {date(2026, 3, 11): ()}
    )
    days = [schedule.opens_on(date(2026, 3, day)) for day in range(9, 16)]
    assert days == [True, True, False, True, True, False, False]
    night_only = shop("Mon 22:00-02:00").without(globus_quiet("Europe/Kyiv"))
    assert not night_only.opens_on(date(2026, 3, 9))
    assert shop("Mon 20:00-02:00").without(globus_quiet("Europe/Kyiv")).opens_on(date(2026, 3, 9))
    assert not shop("Mon 03:00-05:00").without(shop("Sun 22:00-06:00")).opens_on(date(2026, 3, 9))
    assert not shop("Mon 12:00-13:00").without(shop("Mon 12:00-13:00")).opens_on(date(2026, 3, 9))
    assert shop("Mon 12:00-13:00").within(shop("Mon 12:30-12:31")).opens_on(date(2026, 3, 9))


def test_a_day_off_does_not_cut_the_night_shift_before_it_and_begins_none() -> None:
    nights = shop("Mon-Sun 20:00-04:00")
    off = WorkSchedule("Europe/Kyiv", nights.week, {date(2026, 3, 10): ()})
    assert off.closes(kyiv("03-09 21:00")) == kyiv("03-10 04:00")
    assert off.next_open(kyiv("03-10 04:00")) == kyiv("03-11 20:00")


def test_neighbouring_days_that_overlap_count_once() -> None:
    schedule = shop("Mon 20:00-04:00, Tue 02:00-10:00")
    assert schedule.elapsed(kyiv("03-09 00:00"), kyiv("03-11 00:00")) == timedelta(hours=14)
    assert schedule.closes(kyiv("03-09 20:00")) == kyiv("03-10 10:00")


# ---------------------------------------------------------------- changes of clocks


@case("H4")
@pytest.mark.parametrize(
    ("hours", "opens", "closes"),
    [
        # 29.03.2026 in Kyiv: 03:00 becomes 04:00 at 01:00 UTC
        ("Sun 03:30-10:00", "03-29 01:00", "03-29 07:00"),
        ("Sun 02:00-03:30", "03-29 00:00", "03-29 01:00"),
        ("Sat 22:00-06:00", "03-28 20:00", "03-29 03:00"),
        ("Sun 00:00-24:00", "03-28 22:00", "03-29 21:00"),
        # 25.10.2026 in Kyiv: 04:00 becomes 03:00 at 01:00 UTC
        ("Sun 03:30-10:00", "10-25 00:30", "10-25 08:00"),
        ("Sun 02:00-03:30", "10-24 23:00", "10-25 01:30"),
        ("Sun 03:15-03:45", "10-25 00:15", "10-25 01:45"),
        ("Sat 22:00-06:00", "10-24 19:00", "10-25 04:00"),
        ("Sun 00:00-24:00", "10-24 21:00", "10-25 22:00"),
    ],
)
def test_both_changes_of_clocks(hours: str, opens: str, closes: str) -> None:
    opening, closing = (
        datetime.fromisoformat(f"2026-{text}").replace(tzinfo=UTC) for text in (opens, closes)
    )
    schedule = shop(hours)
    assert schedule.next_open(opening - timedelta(hours=4)) == opening
    assert schedule.closes(opening) == closing
    assert schedule.elapsed(opening - timedelta(days=1), closing + timedelta(days=1)) == closing - opening


@case("H4")
def test_hours_that_the_clocks_jump_over_are_no_hours() -> None:
    schedule = shop("Sun 03:10-03:50")
    assert schedule.elapsed(kyiv("03-28 12:00"), kyiv("03-30 12:00")) == timedelta()
    assert not schedule.opens_on(date(2026, 3, 29))
    assert schedule.next_open(kyiv("03-28 12:00")) == kyiv("04-05 03:10")


# Days on which clocks change: in six zones, then where they change at midnight, for a month, by a whole day.
SEASONS = [
    ("Europe/Kyiv", datetime(2026, 3, 29, tzinfo=UTC)),
    ("Europe/Kyiv", datetime(2026, 10, 25, tzinfo=UTC)),
    ("America/New_York", datetime(2026, 3, 8, tzinfo=UTC)),
    ("America/New_York", datetime(2026, 11, 1, tzinfo=UTC)),
    ("Europe/Lisbon", datetime(2026, 3, 29, tzinfo=UTC)),
    ("Europe/Lisbon", datetime(2026, 10, 25, tzinfo=UTC)),
    ("Australia/Lord_Howe", datetime(2026, 4, 4, tzinfo=UTC)),
    ("Australia/Lord_Howe", datetime(2026, 10, 3, tzinfo=UTC)),
    ("Asia/Kathmandu", datetime(2026, 12, 31, tzinfo=UTC)),
    ("UTC", datetime(2028, 2, 29, tzinfo=UTC)),
    ("America/Santiago", datetime(2026, 4, 5, tzinfo=UTC)),
    ("America/Santiago", datetime(2026, 9, 6, tzinfo=UTC)),
    ("America/Havana", datetime(2026, 11, 1, tzinfo=UTC)),
    ("Africa/Casablanca", datetime(2026, 2, 15, tzinfo=UTC)),
    ("Pacific/Apia", datetime(2011, 12, 30, tzinfo=UTC)),
]
BEFORE, DAYS = 5, 12
TIMES = st.one_of(
    st.integers(0, 36 * 60), st.integers(0, 48).map(lambda half: 30 * half), st.integers(90, 270)
)


def valid(start: int, end: int) -> bool:
    try:
        Interval(start, end)
    except HoursError:
        return False
    return True


@st.composite
def hours_of_a_day(draw: st.DrawFn) -> Hours:
    """Up to three intervals, the last one perhaps past midnight."""
    kind = draw(st.integers(0, 9))
    if kind < 3:
        return [[], [(0, 1440)], [(22 * 60, 30 * 60)]][kind]
    edges = sorted(draw(st.lists(TIMES, min_size=2, max_size=6, unique=True)))
    return [pair for pair in zip(edges[::2], edges[1::2], strict=False) if valid(*pair)]


@st.composite
def weeks(draw: st.DrawFn) -> list[Hours]:
    patterns = draw(st.lists(hours_of_a_day(), min_size=1, max_size=3))
    return [patterns[draw(st.integers(0, len(patterns) - 1))] for _ in range(7)]


def specials(around: date) -> st.SearchStrategy[dict[date, Hours]]:
    days = st.integers(-3, 3).map(lambda days: around + timedelta(days=days))
    return st.dictionaries(days, hours_of_a_day(), max_size=3)


def schedule_of(zone: str, week: list[Hours], special: dict[date, Hours]) -> WorkSchedule:
    return WorkSchedule(
        zone,
        tuple(tuple(Interval(*pair) for pair in day) for day in week),
        {day: tuple(Interval(*pair) for pair in hours) for day, hours in special.items()},
    )


@st.composite
def schedules(draw: st.DrawFn) -> WorkSchedule:
    zone, change = draw(st.sampled_from(SEASONS))
    return schedule_of(zone, draw(weeks()), draw(specials(change.date())))


def agree(schedule: OpenHours, walked: Walked, questions: list[tuple[int, int]]) -> None:
    """Every answer to every question is the one that is found by walking."""
    for offset, amount in questions:
        start = walked.first + offset
        due = walked.add(start, amount)
        answer = schedule.add_epoch(start, amount)
        assert answer == due if due is not None else answer is None or answer >= walked.last
        end = min(start + amount, walked.last)
        assert schedule.elapsed_epoch(start, end) == walked.elapsed(start, end)
    turns = walked.turns()
    for turn in turns:
        for near in (turn - 1, turn, turn + 1):
            assert schedule.is_open(moment(near)) is walked.is_open(near)
    for turn, following in itertools.pairwise(turns):
        if walked.is_open(turn):
            assert schedule.closes(moment(turn)) == moment(following)
            assert schedule.add_epoch(turn, following - turn) == following
        else:
            assert schedule.closes(moment(turn)) is None
            assert schedule.next_open(moment(turn)) == moment(following)


QUESTIONS = st.lists(
    st.tuples(
        st.integers(0, (DAYS - 2) * 86_400), st.one_of(st.integers(0, 90_000), st.integers(0, 4 * 86_400))
    ),
    min_size=15,
    max_size=15,
)
UNHURRIED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


@case("H4")
@settings(UNHURRIED, max_examples=450)
@given(st.data(), st.sampled_from(SEASONS), weeks(), QUESTIONS)
def test_every_answer_is_the_one_found_by_walking_the_minutes(
    data: st.DataObject, season: tuple[str, datetime], week: list[Hours], questions: list[tuple[int, int]]
) -> None:
    zone, change = season
    special = data.draw(specials(change.date()))
    minutes = clock(zone, change - timedelta(days=BEFORE), DAYS)
    agree(schedule_of(zone, week, special), Walked.shop(minutes, week, special), questions)


@rule("G21", "R35", "R36")
@settings(UNHURRIED, max_examples=100)
@given(st.sampled_from(SEASONS), weeks(), weeks(), st.sampled_from(SEASONS), QUESTIONS)
def test_hours_without_others_and_within_others_are_walked_too(
    season: tuple[str, datetime],
    week: list[Hours],
    other_week: list[Hours],
    elsewhere: tuple[str, datetime],
    questions: list[tuple[int, int]],
) -> None:
    zone, change = season
    begin = change - timedelta(days=BEFORE)
    hours, other = schedule_of(zone, week, {}), schedule_of(elsewhere[0], other_week, {})
    walked = Walked.shop(clock(zone, begin, DAYS), week, {})
    walked_other = Walked.shop(clock(elsewhere[0], begin, DAYS), other_week, {})
    agree(hours.without(other), walked.without(walked_other), questions)
    agree(hours.within(other), walked.within(walked_other), questions)


@case("H4")
@pytest.mark.parametrize("zone", sorted({zone for zone, _ in SEASONS[:10]}))
@pytest.mark.parametrize("text", ["Mon-Sun 22:00-06:00", "Mon-Fri 09:00-13:00 14:00-18:00, Sat 01:30-02:30"])
def test_a_whole_year_is_the_one_that_is_walked(zone: str, text: str) -> None:
    begin = datetime(2026, 1, 3, tzinfo=UTC)
    schedule = shop(text, zone)
    week = [[(interval.start, interval.end) for interval in day] for day in schedule.week]
    walked = Walked.shop(clock(zone, begin, 365), week, {})
    assert schedule.elapsed_epoch(walked.first, walked.last) == 60 * sum(walked.open)
    turns = walked.turns()
    assert len(turns) > 600
    for turn, following in itertools.pairwise(turns):
        assert schedule.elapsed_epoch(turn, following) == (following - turn if walked.is_open(turn) else 0)


# ---------------------------------------------------------------- laws

MOMENTS = st.integers(1_700_000_000, 1_900_000_000)
AMOUNTS = st.integers(0, 20 * 86_400)


@settings(UNHURRIED, max_examples=300)
@given(schedules(), MOMENTS, st.lists(AMOUNTS, min_size=4, max_size=4), st.integers(0, 999_999))
def test_laws_of_adding(schedule: WorkSchedule, start: int, amounts: list[int], fraction: int) -> None:
    short, long = sorted(amounts[:2])
    first, last = schedule.add_epoch(start, short), schedule.add_epoch(start, long)
    assume(first is not None and last is not None)
    assert first is not None
    assert last is not None
    assert schedule.elapsed_epoch(start, first) == short
    assert start <= first <= last
    later = schedule.add_epoch(start + amounts[2], short)
    assert later is None or later >= first
    if long > short:
        assert schedule.add_epoch(first, long - short) == last
    middle = start + amounts[3]
    parts = schedule.elapsed_epoch(start, middle) + schedule.elapsed_epoch(middle, last + amounts[2])
    assert parts == schedule.elapsed_epoch(start, last + amounts[2])
    exact = moment(start) + timedelta(microseconds=fraction)
    due = schedule.add(exact, timedelta(seconds=short, microseconds=fraction))
    if due is not None:
        assert schedule.elapsed(exact, due) == timedelta(seconds=short, microseconds=fraction)


@settings(UNHURRIED, max_examples=100)
@given(schedules(), schedules(), MOMENTS, AMOUNTS)
def test_without_and_within_are_the_whole(
    hours: WorkSchedule, other: WorkSchedule, start: int, length: int
) -> None:
    parts = [
        part.elapsed_epoch(start, start + length) for part in (hours.without(other), hours.within(other))
    ]
    assert sum(parts) == hours.elapsed_epoch(start, start + length)
    assert hours.within(other).elapsed_epoch(start, start + length) == parts[1]
    assert other.within(hours).elapsed_epoch(start, start + length) == parts[1]


@settings(UNHURRIED, max_examples=150)
@given(schedules())
def test_what_is_written_is_read_again(schedule: WorkSchedule) -> None:
    assert WorkSchedule.from_json(schedule.to_json()) == schedule
    assert pickle.loads(pickle.dumps(schedule)) == schedule
    if any(schedule.week) or any(schedule.special.values()):
        again = WorkSchedule.parse(schedule.text(), schedule.zone)
        assert again == schedule
        assert hash(again) == hash(schedule)
        assert again.text() == schedule.text()


def test_answers_do_not_depend_on_what_was_asked_before() -> None:
    asked, moments = (
        shop(OFFICE),
        [kyiv(f"{year}-06-10 12:00") for year in (2026, 2019, 2035, 2026, 2027, 1999)],
    )
    for start in moments:
        assert asked.add(start, timedelta(hours=300)) == shop(OFFICE).add(start, timedelta(hours=300))
        assert asked.closes(start) == shop(OFFICE).closes(start)


def test_more_schedules_than_tables_are_kept() -> None:
    schedules = [
        shop(f"Mon-Fri {hour:02}:{minute:02}-18:00") for hour in range(6, 12) for minute in range(60)
    ]
    start = kyiv("03-09 00:00")
    for schedule in schedules * 2:
        opening = schedule.next_open(start)
        assert opening is not None
        assert schedule.elapsed(opening, kyiv("03-09 18:00")) == kyiv("03-09 18:00") - opening
    assert len([schedule for schedule in schedules if schedule._table.opens]) <= 256


def test_schedules_are_values() -> None:
    one, same, other = shop(OFFICE), shop("9-18 пн-пт"), shop(LATE_SHOP)
    one.elapsed(kyiv("03-09 12:00"), kyiv("03-09 13:00"))
    assert one == same
    assert len({one, same, other}) == 2
    assert one != shop(OFFICE, "Europe/Lisbon")
    assert WorkSchedule("UTC", one.week, {date(2026, 1, 1): ()}) != WorkSchedule("UTC", one.week)
    assert WorkSchedule.from_json(one.to_json()) is WorkSchedule.from_json(same.to_json())
    assert one.without(globus_quiet("UTC")) is same.without(globus_quiet("UTC"))
    assert one.without(globus_quiet("UTC")) != one.within(globus_quiet("UTC"))
    with pytest.raises(FrozenInstanceError):
        one.zone = "UTC"  # type: ignore[misc]
    with pytest.raises(TypeError):
        one.special[date(2026, 1, 1)] = ()  # type: ignore[index]


# ---------------------------------------------------------------- windows


@rule("R35", "R36")
def test_rozetka_is_called_from_9_to_21_and_from_10_to_20_on_days_off() -> None:
    calling = rozetka_calling("Europe/Kyiv", frozenset([date(2026, 3, 9)]))
    assert calling.next_open(kyiv("03-06 03:00")) == kyiv("03-06 09:00")
    assert calling.closes(kyiv("03-06 09:00")) == kyiv("03-06 21:00")
    assert calling.next_open(kyiv("03-06 21:00")) == kyiv("03-07 10:00")
    assert calling.closes(kyiv("03-08 12:00")) == kyiv("03-08 20:00")
    assert calling.next_open(kyiv("03-08 20:00")) == kyiv("03-09 10:00")
    assert calling.closes(kyiv("03-09 12:00")) == kyiv("03-09 20:00")
    assert shop(ALWAYS).within(calling).next_open(kyiv("03-09 20:30")) == kyiv("03-10 09:00")


@rule("G21", "G52")
def test_globus_is_quiet_from_21_to_9() -> None:
    quiet = globus_quiet("Europe/Kyiv")
    assert quiet.is_open(kyiv("03-09 08:59"))
    assert not quiet.is_open(kyiv("03-09 09:00"))
    assert quiet.closes(kyiv("03-09 21:00")) == kyiv("03-10 09:00")
    assert shop(ALWAYS).without(quiet).add(kyiv("03-09 20:50"), timedelta(minutes=15)) == kyiv("03-10 09:05")


# ---------------------------------------------------------------- reading


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        # the command line's
        ("Mon-Fri 09:00-18:00, Sat 10:00-15:00", "Mon-Fri 09:00-18:00, Sat 10:00-15:00"),
        ("Mon-Sun 00:00-24:00", "Mon-Sun 00:00-24:00"),
        ("Tue 20:00-04:00", "Tue 20:00-04:00"),
        ("Mon-Fri 09:00-13:00 14:00-18:00", "Mon-Fri 09:00-13:00 14:00-18:00"),
        ("Mon-Fri 14:00-18:00, Mon-Fri 09:00-13:00", "Mon-Fri 09:00-13:00 14:00-18:00"),
        ("Mon-Fri 09:00-12:00 12:00-18:00", "Mon-Fri 09:00-12:00 12:00-18:00"),
        (
            "Mon 9-18, 2026-12-31 10-14, 01.01.2027 closed",
            "Mon 09:00-18:00, 2026-12-31 10:00-14:00, 2027-01-01 closed",
        ),
        ("2026-12-31 10:00-14:00", "2026-12-31 10:00-14:00"),
        # people's
        ("Пн-Пт 9-18, Сб 10-15", "Mon-Fri 09:00-18:00, Sat 10:00-15:00"),
        ("щодня 8:00-22:00", "Mon-Sun 08:00-22:00"),
        ("пн-пт з 9 до 18", "Mon-Fri 09:00-18:00"),
        ("цілодобово", "Mon-Sun 00:00-24:00"),
        ("24/7", "Mon-Sun 00:00-24:00"),
        ("Цілодобово, без вихідних", "Mon-Sun 00:00-24:00"),
        ("щодня цілодобово", "Mon-Sun 00:00-24:00"),
        ("пн-пт цілодобово; сб 10-15", "Mon-Fri 00:00-24:00, Sat 10:00-15:00"),
        ("пн,ср,пт 9.00–18.00", "Mon 09:00-18:00, Wed 09:00-18:00, Fri 09:00-18:00"),
        ("Пн, Ср-Пт, Нд 9-18", "Mon 09:00-18:00, Wed-Fri 09:00-18:00, Sun 09:00-18:00"),
        ("будні 9-18", "Mon-Fri 09:00-18:00"),
        ("вихідні 10-16", "Sat-Sun 10:00-16:00"),
        ("Будні 9-18, вихідні 10-16", "Mon-Fri 09:00-18:00, Sat-Sun 10:00-16:00"),
        ("будні з 9 до 18, вихідні — вихідний", "Mon-Fri 09:00-18:00"),
        ("Пн-Сб 9-18, нд вихідний", "Mon-Sat 09:00-18:00"),
        ("щодня 9-18, нд вихідний", "Mon-Sat 09:00-18:00"),
        ("Пн-Пт: 9:00-18:00\nСб, Нд - вихідні", "Mon-Fri 09:00-18:00"),
        ("Пн-Пт 9-18, вихідні: сб, нд", "Mon-Fri 09:00-18:00"),
        ("9-18 пн-пт, 10-15 сб", "Mon-Fri 09:00-18:00, Sat 10:00-15:00"),
        ("9-18 пн-сб, вихідний: нд", "Mon-Sat 09:00-18:00"),
        ("з 9 до 18 без вихідних", "Mon-Sun 09:00-18:00"),
        ("09:00 - 18:00 (пн-пт)", "Mon-Fri 09:00-18:00"),
        ("з понеділка по п'ятницю з 9:00 до 18:00", "Mon-Fri 09:00-18:00"),
        ("Понеділок – П’ятниця 9–18", "Mon-Fri 09:00-18:00"),
        ("понеділок-пʼятниця 9-18", "Mon-Fri 09:00-18:00"),
        ("  ПН - ПТ   09.00 — 18.00 ;; СБ 10.00 — 15.00 ; ", "Mon-Fri 09:00-18:00, Sat 10:00-15:00"),
        ("Пн.-Пт. 9.00-18.00. Сб. 10.00-15.00.", "Mon-Fri 09:00-18:00, Sat 10:00-15:00"),
        ("Пн–Пт:\u00a09:00\u2009–\u200918:00", "Mon-Fri 09:00-18:00"),
        ("Пн-Пт 9⁰⁰-18⁰⁰", "Mon-Fri 09:00-18:00"),
        ("пн-пт 0900-1830", "Mon-Fri 09:00-18:30"),
        ("пн-пт c 9 до 18, Cб 10-15", "Mon-Fri 09:00-18:00, Sat 10:00-15:00"),  # Latin letters
        ("Графік роботи: пн-пт 9-18, сб-нд не працюємо", "Mon-Fri 09:00-18:00"),
        ("по буднях з 9 до 18 годин", "Mon-Fri 09:00-18:00"),
        ("робочі дні 9-13 та 14-18", "Mon-Fri 09:00-13:00 14:00-18:00"),
        ("пт-пн 10-20", "Mon 10:00-20:00, Fri-Sun 10:00-20:00"),
        ("сб 22:00-6:00", "Sat 22:00-06:00"),
        ("сб 18-00:00, нд 0-9", "Sat 18:00-24:00, Sun 00:00-09:00"),
        ("щодня 10-02", "Mon-Sun 10:00-02:00"),
        ("пт 10-6", "Fri 10:00-06:00"),
        ("щодня 00:00-00:00", "Mon-Sun 00:00-24:00"),
        ("- Пн-Пт 9-18\n- Сб 10-15", "Mon-Fri 09:00-18:00, Sat 10:00-15:00"),
        ("Будни с 9 до 18, суббота с 10 до 15, воскресенье выходной", "Mon-Fri 09:00-18:00, Sat 10:00-15:00"),
        ("ежедневно 8-20", "Mon-Sun 08:00-20:00"),
        ("круглосуточно", "Mon-Sun 00:00-24:00"),
        ("с понедельника по пятницу 9-18, выходные 10-14", "Mon-Fri 09:00-18:00, Sat-Sun 10:00-14:00"),
        ("Daily 10:00-19:00", "Mon-Sun 10:00-19:00"),
        ("weekdays from 9 to 17, Saturday closed", "Mon-Fri 09:00-17:00"),
    ],
)
def test_what_people_type_is_read(text: str, canonical: str) -> None:
    schedule = shop(text)
    assert schedule.text() == canonical
    assert shop(canonical) == schedule


@pytest.mark.parametrize(
    ("text", "kind", "facts"),
    [
        ("", "empty", {}),
        (" \n;, ", "empty", {}),
        ("працюємо", "empty", {}),
        ("абракадабра", "unreadable", {"fragment": "абракадабра"}),
        ("пн-пт 9-18, Бубота 10-15", "unreadable", {"fragment": "Бубота"}),
        ("9-18", "unreadable", {"fragment": "9-18"}),
        ("пн-пт", "unreadable", {"fragment": "пн-пт"}),
        ("пн-пт 9-18, сб", "unreadable", {"fragment": "сб"}),
        ("пн-пт 9 18", "unreadable", {"fragment": "пн-пт 9 18"}),
        ("пн-пт з 9", "unreadable", {"fragment": "пн-пт з 9"}),
        ("пн 9-25", "unreadable", {"fragment": "25"}),
        ("пн 9:60-18", "unreadable", {"fragment": "9:60"}),
        ("пн 24:30-25:00", "unreadable", {"fragment": "24:30"}),
        ("пн 9-18-20", "unreadable", {"fragment": "-20"}),
        ("пн 90000-18", "unreadable", {"fragment": "90000"}),
        ("пн 9am-6pm", "unreadable", {"fragment": "am"}),
        ("нд вихідний 10-16", "unreadable", {"fragment": "10-16"}),
        ("пн-пт 9-18 крім середи", "unreadable", {"fragment": "крім"}),
        ("пн 9-18 ☎", "unreadable", {"fragment": "☎"}),
        ("2026-02-30 9-18", "unreadable", {"fragment": "2026-02-30"}),
        ("пн 24:00-06:00", "reversed", {"fragment": "24:00-06:00"}),
        ("18-18", "reversed", {"fragment": "18-18"}),
        ("пн 09:00-09:00", "reversed", {"fragment": "09:00-09:00"}),
        ("пн-пт 18-9", "reversed", {"fragment": "18-9"}),
        ("пн-пт з 20 до 9", "reversed", {"fragment": "20 до 9"}),
        ("пн 9-18, пн 17-20", "overlapping", {"day": 0, "first": "09:00-18:00", "second": "17:00-20:00"}),
        ("щодня 9-18, сб 10-15", "overlapping", {"day": 5, "first": "09:00-18:00", "second": "10:00-15:00"}),
        (
            "Sun 20:00-04:00 22:00-23:00",
            "overlapping",
            {"day": 6, "first": "20:00-04:00", "second": "22:00-23:00"},
        ),
        (
            "2026-12-31 9-18 17-19",
            "overlapping",
            {"day": date(2026, 12, 31), "first": "09:00-18:00", "second": "17:00-19:00"},
        ),
        ("нд вихідний", "never_open", {}),
        ("зачинено", "never_open", {}),
        ("пн 9-18, пн вихідний", "never_open", {}),
        ("Mon-Sun closed", "never_open", {}),
    ],
)
def test_what_cannot_be_read_says_why(text: str, kind: str, facts: dict[str, Any]) -> None:
    with pytest.raises(HoursError) as refusal:
        shop(text)
    assert (refusal.value.kind, refusal.value.facts) == (kind, facts)


@settings(UNHURRIED, max_examples=300)
@given(
    st.text()
    | st.text("пнвтсрчбд0123456789-:.,; йивхіз/\n")
    | st.lists(
        st.sampled_from(
            ["пн", "-", "9", "18", ",", "вихідні", "щодня", "24/7", "до", "зачинено", "нд", "10:00", "з"]
        )
    ).map(" ".join)
)
def test_whatever_is_typed_is_read_or_refused(text: str) -> None:
    refusal = None
    try:
        schedule = shop(text)
    except HoursError as error:
        refusal = error
    if refusal is None:
        assert shop(schedule.text()) == schedule
    else:
        assert refusal.kind in HoursProblem
        assert len(str(refusal.facts.get("fragment", ""))) <= 60


def test_each_word_stands_once_in_the_vocabulary() -> None:
    table = tomllib.loads(files("models").joinpath("worktime_words.toml").read_text("utf-8"))
    latin = str.maketrans(*table.pop("lookalikes"))
    words = [word for names in (*table.pop("days"), *table.values()) for word in names]
    assert len({word.translate(latin) for word in words}) == len(words)
    for word in words:
        assert word == " ".join(word.lower().replace("'", "").split())
        assert len(word.split()) <= 3


@case("H16")
@pytest.mark.parametrize(
    "zone", ["", "Europe/Kiyv", "Europe", "../etc/passwd", "/etc/localtime", "Київ", "a\0b"]
)
def test_a_zone_that_is_not_known_is_refused(zone: str) -> None:
    with pytest.raises(HoursError) as refusal:
        shop(OFFICE, zone)
    assert refusal.value.kind is HoursProblem.UNKNOWN_ZONE
    assert refusal.value.facts == {"zone": zone}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{}",
        "[]",
        "null",
        '{"zone":"UTC","week":[],"special":[]}',
        '{"zone":"UTC","week":[[[1]]],"special":{}}',
        '{"zone":"UTC","week":[[[9,"a"]],[],[],[],[],[],[]],"special":{}}',
        '{"zone":"UTC","week":[[],[],[],[],[],[],[]],"special":{"tomorrow":[]}}',
    ],
)
def test_a_column_that_is_no_schedule_is_refused(text: str) -> None:
    with pytest.raises(HoursError) as refusal:
        WorkSchedule.from_json(text)
    assert refusal.value.kind is HoursProblem.UNREADABLE


@pytest.mark.parametrize(
    ("start", "end"),
    [(-1, 60), (1440, 1500), (60, 60), (60, 30), (540, 1980), (1080, 1980), (0, 1441), (1200, 2700)],
)
def test_an_interval_that_cannot_be(start: int, end: int) -> None:
    with pytest.raises(HoursError) as refusal:
        Interval(start, end)
    assert refusal.value.kind is HoursProblem.REVERSED


def test_a_week_has_seven_days() -> None:
    with pytest.raises(ValueError):
        WorkSchedule("UTC", ((),) * 6)
