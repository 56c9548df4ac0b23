"""Days, lengths of time and hours as people type them: tables, and laws that hold for any text."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.l10n import Words
from keyboards.hours import fault_text, week_text
from models.days_text import FURTHEST, LONGEST_RANGE, DaysError, read_days
from models.people import Language
from models.steps_text import StepsError, read_steps
from models.worktime import HoursError, WorkSchedule
from models.worktime_text import Interval

TODAY = date(2026, 11, 23)  # a Monday
WORDS = Words("uk")


def read(text: str, today: date = TODAY) -> dict[str, str]:
    return {f"{day:%d.%m.%y}": " ".join(map(str, hours)) for day, hours in read_days(text, today).items()}


@pytest.mark.parametrize(
    "text",
    [
        "25.12",
        "25/12",
        "25.12.26",
        "25.12.2026 р.",
        "2026-12-25",
        "25 грудня",
        "25-го грудня",
        "25 ГРУДНЯ 2026 року",
        "25 декабря",
        "25 dec",
        "25.12 вихідний",
        "25.12 не працюємо",
        "25.12 - зачинено",
        "25.12,,25.12",
    ],
)
def test_one_day_in_many_spellings(text: str) -> None:
    assert read(text) == {"25.12.26": ""}


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("25.12 26.12", ["25.12.26", "26.12.26"]),
        ("24-26 грудня", ["24.12.26", "25.12.26", "26.12.26"]),
        ("24, 25 і 26 грудня", ["24.12.26", "25.12.26", "26.12.26"]),
        ("з 31.12 по 01.01", ["31.12.26", "01.01.27"]),
        ("31 грудня – 1 січня 2027", ["31.12.26", "01.01.27"]),
        ("31.12.2026-01.01", ["31.12.26", "01.01.27"]),
        ("22.11-24.11", ["23.11.26", "24.11.26"]),  # it has begun already
        ("22.11", ["22.11.27"]),
        ("23.11", ["23.11.26"]),
        ("29.02", ["29.02.28"]),
    ],
)
def test_lists_ranges_and_years_that_go_without_saying(text: str, days: list[str]) -> None:
    assert list(read(text)) == days


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("31.12 9-14", {"31.12.26": "09:00-14:00"}),
        ("31.12 9.00-14.30", {"31.12.26": "09:00-14:30"}),
        ("31.12 9.10-14.10", {"31.12.26": "09:10-14:10"}),
        ("31.12 10.30-14.00", {"31.12.26": "10:30-14:00"}),
        ("31 грудня 900-1400", {"31.12.26": "09:00-14:00"}),
        ("31.12 9-13 та 14-17, 1 січня", {"31.12.26": "09:00-13:00 14:00-17:00", "01.01.27": ""}),
        ("31.12 9-13, 1 січня 10-12", {"31.12.26": "09:00-13:00", "01.01.27": "10:00-12:00"}),
        ("30.12-31.12 10-14", {"30.12.26": "10:00-14:00", "31.12.26": "10:00-14:00"}),
        ("31.12 20-02", {"31.12.26": "20:00-02:00"}),
    ],
)
def test_short_days(text: str, days: dict[str, str]) -> None:
    assert read(text) == days


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("1:00, 1:30, 2:00", [60, 90, 120]),
        ("60 90 120", [60, 90, 120]),
        ("60/90/120", [60, 90, 120]),
        ("1.30", [90]),
        ("1,5 год", [90]),
        ("1 год 30 хв 2 год", [90, 120]),
        ("90 ХВ", [90]),
        ("2:00 1:00 1:00", [60, 120]),
        ("0", [0]),
    ],
)
def test_lengths_of_time(text: str, minutes: list[int]) -> None:
    assert read_steps(text) == minutes


_TEXTS = st.text(max_size=60) | st.text(alphabet="0123456789.-:,/ \nіпнсбгрудняхвтазо", max_size=60)


@given(_TEXTS, st.dates(date(2024, 1, 1), date(2090, 1, 1)))
def test_any_text_is_days_to_come_or_a_sentence(text: str, today: date) -> None:
    fault: DaysError | HoursError | None = None
    try:
        days = read_days(text, today)
    except (DaysError, HoursError) as error:
        fault = error
    if fault is not None:
        assert "\x00" not in fault_text(fault, WORDS)
    else:
        assert days
        assert list(days) == sorted(days)
        assert all(today <= day <= today + timedelta(days=FURTHEST) for day in days)


@given(_TEXTS)
def test_any_text_is_lengths_in_order_or_a_sentence(text: str) -> None:
    fault: StepsError | None = None
    try:
        minutes = read_steps(text)
    except StepsError as error:
        fault = error
    if fault is not None:
        assert "\x00" not in fault_text(fault, WORDS)
    else:
        assert minutes == sorted(set(minutes))
        assert minutes


@given(st.dates(TODAY, TODAY + timedelta(days=300)), st.integers(0, LONGEST_RANGE - 1))
def test_a_written_range_is_read_back(first: date, more: int) -> None:
    last = first + timedelta(days=more)
    days = read_days(f"{first:%d.%m}-{last:%d.%m}", TODAY)
    assert list(days) == [first + timedelta(days=at) for at in range(more + 1)]


_HOURS = st.sampled_from(
    [(), ((0, 1440),), ((540, 1080),), ((540, 780), (840, 1080)), ((1320, 1800),), ((0, 120), (600, 1440))]
)


@given(st.lists(_HOURS, min_size=7, max_size=7).filter(any))
def test_the_shown_week_may_be_typed_back(week: list[tuple[tuple[int, int], ...]]) -> None:
    schedule = WorkSchedule(
        "Europe/Kyiv", tuple(tuple(Interval(*one) for one in intervals) for intervals in week)
    )
    for language in Language:
        assert WorkSchedule.parse(week_text(schedule, Words(language))) == schedule


@given(st.dates(TODAY, TODAY + timedelta(days=300)))
def test_a_day_may_be_typed_as_any_language_writes_it(day: date) -> None:
    noon = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    for language in Language:
        assert list(read_days(Words(language).day(noon, UTC), TODAY)) == [day]
