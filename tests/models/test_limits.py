"""The terms of the rules (1.5, C1, 1.8) as moments: hand-typed tables, then laws beside a clock that is walked."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.calling import daytime_calling, weekend_calling
from models.limits import Calendar, Hours, Limit, Planned, Start, Window, plan, running
from models.workflows.rozetka import ROZETKA
from models.worktime import Interval, WorkSchedule
from tests.models.oracle import Hours as Intervals
from tests.models.oracle import Walked, clock

KYIV = ZoneInfo("Europe/Kyiv")
OFFICE, LATE_SHOP = "Mon-Fri 09:00-18:00", "Mon-Sun 08:00-22:00"
ALWAYS, NIGHTS = "Mon-Sun 00:00-24:00", "Mon-Sun 22:00-06:00"
rule, case = pytest.mark.rule, pytest.mark.case
QUARTER, HOUR = timedelta(minutes=15), timedelta(hours=1)


def kyiv(text: str) -> datetime:
    """A wall time in Kyiv: "03-06 17:30" of 2026, a Friday; "06 17:30": of March."""
    return datetime.fromisoformat(f"2026-{text if text[2] == '-' else '03-' + text}").replace(tzinfo=KYIV)


def shop(text: str, calling: Any = weekend_calling) -> Calendar:
    return Calendar(WorkSchedule.parse(text), calling)


@dataclass(frozen=True, slots=True)
class Facts:
    """An order; as it stands, a new one that came the moment it was made."""

    created_at: datetime
    state: str = "new"
    off_hours: bool = False
    received_at: datetime = None  # type: ignore[assignment]
    entered_at: datetime = None  # type: ignore[assignment]
    agreed_at: datetime | None = None
    missed_at: datetime | None = None
    prepaid: bool = False
    payment_status: str = "not_required"
    do_not_call: bool = False
    attempts: int = 0
    answered: bool = False
    behind: datetime | None = field(default=None, compare=False)

    def __post_init__(self) -> None:
        for name in ("received_at", "entered_at"):
            if getattr(self, name) is None:
                object.__setattr__(self, name, self.created_at)


def order(created: str, **facts: Any) -> Facts:
    moments: dict[str, Any] = {
        name: kyiv(text) if isinstance(text, str) and name[-3:] in ("_at", "ind") else text
        for name, text in facts.items()
    }
    return Facts(kyiv(created), **moments)


def shown(planned: Sequence[Planned], kind: str) -> list[str]:
    """Moments in Kyiv as day and time of March."""
    return [f"{one.due_at.astimezone(KYIV):%d %H:%M}" for one in planned if one.kind == kind]


def rozetka(hours: str, facts: Facts, kind: str) -> list[str]:
    schedule = shop(hours).shop
    facts = replace(facts, off_hours=not schedule.is_open(facts.created_at))
    return shown(plan(ROZETKA.limits, facts, facts.behind, shop(hours), {}), kind)


# ---------------------------------------------------------------- the worked examples of the rules, 1.5


def limit(hours: Hours, *steps: timedelta, start: Start = Start.CREATED, **other: Any) -> Limit:
    return Limit("it", (), hours, steps[-1], steps, start, **other)


NEW = limit(Hours.SHOP, QUARTER, 2 * HOUR)
DAY = limit(Hours.OPEN_DAYS, 24 * HOUR, window=Window.SHOP, night=True)
ACCEPTED = limit(Hours.DAYTIME, QUARTER, 12 * HOUR, start=Start.ENTERED)
DISPATCH = limit(Hours.SHOP, 3 * HOUR, 12 * HOUR, start=Start.AGREED)


@rule("G19", "G20", "G21", "G22", "R52", "R32", "R33")
@case("H1", "H2", "H3")
@pytest.mark.parametrize(
    ("term", "hours", "moment", "due"),
    [
        pytest.param(NEW, OFFICE, "06 17:30", ["06 17:45", "09 10:30"], id="A"),
        pytest.param(NEW, OFFICE, "07 10:00", ["09 09:15", "09 11:00"], id="B"),
        pytest.param(ACCEPTED, OFFICE, "09 10:00", ["09 10:15", "10 13:00"], id="C"),
        pytest.param(ACCEPTED, LATE_SHOP, "09 20:50", ["10 09:05", "10 20:50"], id="D"),
        pytest.param(NEW, LATE_SHOP, "09 21:50", ["10 08:05", "10 09:50"], id="E"),
        pytest.param(NEW, ALWAYS, "09 23:00", ["09 23:15", "10 01:00"], id="F"),
        pytest.param(NEW, OFFICE, "10 02:00", ["10 09:15", "10 11:00"], id="G"),
        pytest.param(DAY, OFFICE, "10 02:00", ["11 09:00"], id="G: 24 h end at 02:00, told when it opens"),
        pytest.param(DISPATCH, OFFICE, "10 16:00", ["11 10:00", "12 10:00"], id="H"),
        pytest.param(ACCEPTED, LATE_SHOP, "10 08:30", ["10 09:15", "10 21:00"], id="I"),
    ],
)
def test_the_worked_examples(term: Limit, hours: str, moment: str, due: list[str]) -> None:
    facts = order(moment, agreed_at=moment if term is DISPATCH else None, off_hours=term is DAY)
    assert shown(plan([term], facts, None, shop(hours, daytime_calling), {}), "it") == due


def test_the_24_hours_of_vector_g_end_by_the_wall() -> None:
    facts = order("10 02:00", off_hours=True)
    [run] = running([DAY], facts, None, shop(OFFICE), kyiv("10 12:00"))
    assert (run.passed, run.ends_at) == (10 * HOUR, kyiv("11 02:00"))


# ---------------------------------------------------------------- each start


@rule("C1", "R05", "R52", "C21", "R42")
@pytest.mark.parametrize(
    ("start", "facts", "due"),
    [
        (Start.CREATED, order("09 10:00", received_at="09 10:30"), ["09 11:30", "09 12:00"]),
        (Start.CREATED, order("09 10:00", received_at="09 11:45"), ["09 12:00"]),
        # received after the whole term: from then on
        (Start.CREATED, order("09 10:00", received_at="09 12:00"), ["09 13:30", "09 14:00"]),
        (Start.CREATED, order("06 10:00", received_at="09 09:30"), ["09 11:00", "09 11:30"]),
        # a source whose clock is ahead
        (Start.CREATED, order("09 12:00", received_at="09 10:00"), ["09 13:30", "09 14:00"]),
        (Start.RECEIVED, order("09 10:00", received_at="09 10:30"), ["09 12:00", "09 12:30"]),
        (Start.ENTERED, order("09 10:00", entered_at="09 11:00"), ["09 12:30", "09 13:00"]),
        # C1: one clock for both ends
        (Start.ONE_CLOCK, order("09 10:00", entered_at="09 10:20"), ["09 11:30", "09 12:00"]),
        (Start.ONE_CLOCK, order("09 10:00", entered_at="09 11:30"), ["09 12:00"]),
        (Start.ONE_CLOCK, order("09 10:00", entered_at="09 12:00"), ["09 13:30", "09 14:00"]),
        (Start.ONE_CLOCK, order("09 10:00", entered_at="09 12:30"), ["09 14:00", "09 14:30"]),
        (Start.ONE_CLOCK, order("06 10:00", received_at="09 09:30", entered_at="09 09:40"), ["09 11:00", "09 11:30"]),
        (Start.BEHIND, order("09 10:00", entered_at="09 10:20", behind="09 10:20"), ["09 11:30", "09 12:00"]),
        (Start.BEHIND, order("09 10:00", entered_at="09 15:00", behind="09 13:00"), ["09 14:30", "09 15:00"]),
        (Start.BEHIND, order("09 10:00", entered_at="09 10:20"), []),
        (Start.AGREED, order("09 10:00", entered_at="09 11:00"), ["09 12:30", "09 13:00"]),
        (Start.AGREED, order("09 10:00", entered_at="09 11:00", agreed_at="09 16:30"), ["09 18:00", "10 09:30"]),
        (Start.MISSED, order("09 10:00", entered_at="09 11:00"), []),
        (Start.MISSED, order("09 10:00", entered_at="09 11:00", missed_at="09 12:00"), ["09 13:30", "09 14:00"]),
    ],
)  # fmt: skip
def test_when_a_clock_starts(start: Start, facts: Facts, due: list[str]) -> None:
    term = limit(Hours.SHOP, 1.5 * HOUR, 2 * HOUR, start=start)
    assert shown(plan([term], facts, facts.behind, shop(OFFICE), {}), "it") == due


def test_microseconds_are_kept() -> None:
    moment = kyiv("09 17:59:59.900000")
    [soon, late] = plan([NEW], Facts(moment), None, shop(OFFICE), {})
    assert soon.since == moment
    assert late.due_at == kyiv("10 10:59:59.900000")
    assert soon.due_at == kyiv("10 09:14:59.900000")


# ---------------------------------------------------------------- each clock and each window


@pytest.mark.parametrize(
    ("hours", "window", "moment", "due"),
    [
        (Hours.SHOP, Window.SHOP, "06 17:30", "09 10:30"),
        (Hours.CALENDAR, Window.SHOP, "06 17:30", "09 09:00"),  # 19:30 by the wall, put off
        (Hours.CALENDAR, Window.SHOP, "06 16:00", "06 18:00"),  # exactly at closing is still in time
        (Hours.CALENDAR, Window.BUYER, "06 18:30", "06 20:30"),
        (Hours.CALENDAR, Window.BUYER, "06 19:00", "06 21:00"),
        (Hours.CALENDAR, Window.BUYER, "06 19:01", "07 10:00"),  # the weekend's 10-20
        (Hours.CALENDAR, Window.CALLING, "07 12:00", "09 09:00"),
        (Hours.OPEN_DAYS, Window.SHOP, "06 23:00", "09 09:00"),  # an hour of Friday, an hour of Monday
        (Hours.DAYTIME, Window.CALLING, "06 17:00", "09 10:00"),
    ],
)
def test_clocks_and_windows(hours: Hours, window: Window, moment: str, due: str) -> None:
    term = limit(hours, 2 * HOUR, window=window)
    assert shown(plan([term], order(moment), None, shop(OFFICE), {}), "it") == [due]


@rule("R35", "R36")
def test_a_shop_that_works_all_night_is_told_of_calls_in_the_morning() -> None:
    facts = order("09 19:30", state="in_work", entered_at="09 19:40")
    assert rozetka(ALWAYS, facts, "contact") == ["09 21:00", "10 09:00"]
    assert rozetka(ALWAYS, replace(facts, state="new"), "untouched") == ["09 21:00", "09 21:30"]


def test_a_shop_that_works_only_at_night_is_told_at_night() -> None:
    facts = order("09 12:00", state="in_work", entered_at="09 12:10")
    assert rozetka(NIGHTS, facts, "contact") == ["09 23:30", "10 00:00"]
    assert rozetka(NIGHTS, order("09 12:00"), "opening") == ["09 22:00"]


@case("H9")
def test_a_shop_that_never_opens_is_told_of_nothing_it_could_do() -> None:
    never = Calendar(WorkSchedule("Europe/Kyiv", ((),) * 7), weekend_calling)
    facts = order("09 12:00", off_hours=True)
    assert plan(ROZETKA.limits, facts, None, never, {}) == []
    assert [run.ends_at for run in running(ROZETKA.limits, facts, None, never, kyiv("09 13:00"))] == [
        None,
        None,
    ]


# ---------------------------------------------------------------- ROZETKA's rows


@pytest.mark.parametrize(
    ("hours", "kind", "facts", "due"),
    [
        pytest.param(OFFICE, "opening", order("09 20:00"), ["10 09:00"], marks=rule("R37", "R45")),
        pytest.param(OFFICE, "opening", order("09 17:59"), []),
        pytest.param(OFFICE, "opening", order("09 18:00"), ["10 09:00"], id="closing time is night"),
        pytest.param(ALWAYS, "opening", order("09 03:00"), []),
        # R33 with 1.8.10: 24 h by the wall, but for days that are closed; an hour of work before, then the end
        pytest.param(OFFICE, "overnight", order("09 20:00"), ["10 17:00", "11 09:00"], marks=rule("R33")),
        pytest.param(OFFICE, "overnight", order("10 03:00"), ["10 17:00", "11 09:00"]),
        pytest.param(OFFICE, "overnight", order("06 20:00"), ["09 17:00", "10 09:00"], marks=rule("R34")),
        pytest.param(LATE_SHOP, "overnight", order("09 23:00"), ["10 21:00", "11 08:00"]),
        pytest.param(OFFICE, "overnight", order("09 12:00"), []),
        # C2: half an hour of work before the days off
        pytest.param(OFFICE, "days_off", order("06 10:00"), ["06 17:30"], marks=rule("C2")),
        pytest.param(OFFICE, "days_off", order("04 10:00"), ["06 17:30"]),
        pytest.param(OFFICE, "days_off", order("06 17:30"), [], id="too late to warn: it has just rung"),
        pytest.param(OFFICE, "days_off", order("07 10:00"), []),
        pytest.param(LATE_SHOP, "days_off", order("06 10:00"), []),
        pytest.param(LATE_SHOP + ", 2026-03-08 closed", "days_off", order("06 10:00"), ["07 21:30"]),
        pytest.param(OFFICE, "call_again", order("09 10:00", state="no_contact", missed_at="09 17:30"), ["10 09:30"],
                     marks=rule("R42")),
        pytest.param(ALWAYS, "call_again", order("09 10:00", state="no_contact", missed_at="09 20:30"), ["10 09:30"]),
        pytest.param(ALWAYS, "call_again", order("09 10:00", state="no_contact", missed_at="09 22:30"), ["10 10:00"]),
        pytest.param(OFFICE, "call_again", order("09 10:00", state="in_work", missed_at="09 10:30"), []),
        pytest.param(OFFICE, "payment", order("05 10:00", state="confirmed", prepaid=True, payment_status="pending"),
                     ["06 10:00", "09 09:00"], marks=rule("RC7", "RC8")),
        pytest.param(OFFICE, "payment", order("05 10:00", state="confirmed", prepaid=True, payment_status="paid"), []),
        pytest.param(OFFICE, "payment", order("05 10:00", state="confirmed"), []),
        # 1.8.8: the buyer's window, not the shop's
        pytest.param(OFFICE, "at_point", order("02 10:00", state="waiting", entered_at="04 19:00"), ["07 19:00"],
                     marks=rule("G58")),
        pytest.param(OFFICE, "at_point", order("02 10:00", state="waiting", entered_at="04 20:30"), ["08 10:00"]),
        pytest.param(OFFICE, "at_point", order("02 10:00", state="waiting", entered_at="06 08:00"), ["09 09:00"]),
        pytest.param(OFFICE, "contact", order("09 10:00", state="in_work", do_not_call=True), [], marks=rule("C5")),
        pytest.param(OFFICE, "contact", order("09 10:00", state="in_work", attempts=1), [], marks=rule("C1")),
        pytest.param(OFFICE, "contact", order("09 10:00", state="in_work", answered=True), []),
        pytest.param(OFFICE, "cabinet", order("09 10:00", state="changed_mind", behind="09 11:00"),
                     ["09 11:30", "09 12:00"]),
    ],
)  # fmt: skip
def test_the_rows_of_rozetka(hours: str, kind: str, facts: Facts, due: list[str]) -> None:
    assert rozetka(hours, facts, kind) == due


@rule("R33", "C2")
def test_what_is_told_before_an_end_says_when_it_is_no_news_any_more() -> None:
    night = order("05 20:00", off_hours=True)
    planned = {(one.kind, one.step): one for one in plan(ROZETKA.limits, night, None, shop(OFFICE), {})}
    assert planned["overnight", -3600].gone_at == kyiv("06 20:00")
    assert planned["days_off", -1800].gone_at == kyiv("07 00:00")
    assert planned["overnight", 86_400].gone_at is None


def test_the_shops_own_steps_take_the_place_of_the_marketplaces() -> None:
    mine = {"untouched": (10 * timedelta(minutes=1), HOUR)}
    planned = plan(ROZETKA.limits, order("09 10:00"), None, shop(OFFICE), mine)
    assert shown(planned, "untouched") == ["09 10:10", "09 11:00"]


# ---------------------------------------------------------------- laws

SEASONS = [
    ("Europe/Kyiv", datetime(2026, 3, 29, tzinfo=UTC)),
    ("Europe/Kyiv", datetime(2026, 10, 25, tzinfo=UTC)),
    ("Europe/Lisbon", datetime(2026, 3, 29, tzinfo=UTC)),
    ("Europe/Lisbon", datetime(2026, 10, 25, tzinfo=UTC)),
    ("America/New_York", datetime(2026, 3, 8, tzinfo=UTC)),
    ("America/New_York", datetime(2026, 11, 1, tzinfo=UTC)),
    ("Australia/Lord_Howe", datetime(2026, 4, 4, tzinfo=UTC)),
    ("Australia/Lord_Howe", datetime(2026, 10, 3, tzinfo=UTC)),
    ("Asia/Kathmandu", datetime(2026, 12, 31, tzinfo=UTC)),
    ("UTC", datetime(2028, 2, 29, tzinfo=UTC)),
]
DAYS_OF: Sequence[Intervals] = (
    [], [(540, 1080)], [(0, 1440)], [(1320, 1800)], [(480, 780), (840, 1320)], [(75, 190)], [(1210, 1441)],
)  # fmt: skip
WEEKS = st.lists(st.sampled_from(DAYS_OF), min_size=7, max_size=7).filter(any)
WALKED = 14


def calendar_of(zone: str, week: list[Intervals], special: dict[date, Intervals]) -> Calendar:
    def intervals(day: Intervals) -> tuple[Interval, ...]:
        return tuple(Interval(*pair) for pair in day)

    days = {day: intervals(on) for day, on in special.items()}
    return Calendar(WorkSchedule(zone, tuple(intervals(day) for day in week), days), weekend_calling)


@case("H4", "H8", "H14")
@settings(max_examples=250, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.sampled_from(SEASONS),
    WEEKS,
    WEEKS,
    st.dictionaries(st.integers(-2, 3), st.sampled_from(DAYS_OF), max_size=2),
    st.lists(
        st.tuples(
            st.integers(0, 6 * 86_400), st.integers(-90_000, 90_000), st.integers(0, 90_000),
            st.sampled_from([Start.CREATED, Start.RECEIVED, Start.ENTERED, Start.ONE_CLOCK]),
            st.sets(st.integers(1, 12 * 60), min_size=2, max_size=3),
        ),
        min_size=45,
        max_size=45,
    ),
)  # fmt: skip
def test_no_step_is_early_by_a_clock_that_is_walked(
    season: tuple[str, datetime],
    week: list[Intervals],
    other: list[Intervals],
    near: dict[int, Intervals],
    orders: list[tuple[int, int, int, Start, set[int]]],
) -> None:
    """At least 10 000 orders in all: each start is the one of C1, each moment the first that is late enough."""
    zone, change = season
    special = {change.date() + timedelta(days=days): hours for days, hours in near.items()}
    begin = change - timedelta(days=5)
    walked = Walked.shop(clock(zone, begin, WALKED), week, special)
    calendar, changed = calendar_of(zone, week, special), calendar_of(zone, other, {})
    for received, ahead, later, start, minutes in orders:
        term = limit(Hours.SHOP, *(timedelta(minutes=step) for step in sorted(minutes)), start=start)
        came = walked.first + 2 * 86_400 // 2 + received
        made, entered = max(walked.first, came + ahead), came + later
        assert term.term is not None
        whole = int(term.term.total_seconds())
        first = began(walked, made, came, whole)
        begun = {
            Start.CREATED: first,
            Start.RECEIVED: came,
            Start.ENTERED: entered,
            Start.ONE_CLOCK: began(walked, first, entered, whole),
        }[start]
        floor = {Start.CREATED: came, Start.RECEIVED: came, Start.ENTERED: entered}.get(
            start, max(came, entered)
        )
        facts = Facts(at(made), received_at=at(came), entered_at=at(entered))
        planned = plan([term], facts, None, calendar, {})
        due = [int(one.due_at.timestamp()) for one in planned]
        wanted = [walked.add(begun, 60 * step) for step in sorted(minutes)]
        # The walked minutes may end at the very moment that is wanted: neither side knows what comes then.
        known = [moment for moment in wanted if moment is not None and floor < moment < walked.last]
        assert [moment for moment in due if moment < walked.last] == known
        assert due == sorted(due)
        for one, moment in zip(planned, known, strict=False):
            assert walked.elapsed(begun, moment) == one.step
        plan([term], facts, None, changed, {})
        again = calendar_of(zone, week, special)
        assert plan([term], facts, None, again, {}) == planned


def began(walked: Walked, since: int, moment: int, whole: int) -> int:
    end = walked.add(since, whole)
    return since if end is None or end > moment else moment


def at(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
