"""A moment to come, as people type it: a table of what is understood, and one of what is refused."""

import re
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.l10n import Words
from models.moment_text import FURTHEST, MomentError, MomentProblem, read_moment
from models.people import Language
from models.worktime import WorkSchedule

KYIV = ZoneInfo("Europe/Kyiv")
SHOP = WorkSchedule.parse("Mon-Fri 09:00-18:00")
TUESDAY = "2026-03-03 10:00"  # the shop is open
EVENING = "2026-03-03 19:30"
SATURDAY = "2026-03-07 12:00"
BEFORE_SPRING = "2026-03-27 17:00"  # a Friday; on Sunday clocks go from 3:00 to 4:00
BEFORE_AUTUMN = "2026-10-23 17:00"  # a Friday; on Sunday clocks go from 4:00 back to 3:00
DECEMBER = "2026-12-28 10:00"


def at(wall: str) -> datetime:
    return datetime.fromisoformat(wall).replace(tzinfo=KYIV).astimezone(UTC)


# Typed by hand: (now, what is typed, what is meant in Kyiv).
UNDERSTOOD = [
    (TUESDAY, "завтра 16:00", "2026-03-04 16:00"),
    (TUESDAY, "Завтра о 16:00", "2026-03-04 16:00"),
    (TUESDAY, "завтра, 16.00", "2026-03-04 16:00"),
    (TUESDAY, "завтра о 10.03", "2026-03-04 10:03"),
    (TUESDAY, "завтра 16-30", "2026-03-04 16:30"),
    (TUESDAY, "завтра 16 30", "2026-03-04 16:30"),
    (TUESDAY, "завтра 18 год", "2026-03-04 18:00"),
    (TUESDAY, "завтра в 4 дня", "2026-03-04 16:00"),
    (TUESDAY, "завтра о 6 вечора", "2026-03-04 18:00"),
    (TUESDAY, "завтра о 9 ранку", "2026-03-04 09:00"),
    (TUESDAY, "16:00 завтра", "2026-03-04 16:00"),
    (TUESDAY, "завтра", "2026-03-04 09:00"),
    (TUESDAY, "зaвтpa", "2026-03-04 09:00"),  # with Latin a and p
    (TUESDAY, "завтра зранку", "2026-03-04 09:00"),
    (TUESDAY, "сьогодні 18", "2026-03-03 18:00"),
    (TUESDAY, "сьогодні о 18:30", "2026-03-03 18:30"),
    (TUESDAY, "сьогодні", "2026-03-03 10:00"),  # open: now
    (TUESDAY, "зараз", "2026-03-03 10:00"),
    (TUESDAY, "післязавтра", "2026-03-05 09:00"),
    (TUESDAY, "після завтра о 12", "2026-03-05 12:00"),
    (TUESDAY, "10.03 14:00", "2026-03-10 14:00"),
    (TUESDAY, "10.03 14.30", "2026-03-10 14:30"),
    (TUESDAY, "10.03", "2026-03-10 09:00"),
    (TUESDAY, "10/03 о 14", "2026-03-10 14:00"),
    (TUESDAY, "10.03.2026", "2026-03-10 09:00"),
    (TUESDAY, "10.03.26 9:30", "2026-03-10 09:30"),
    (TUESDAY, "2026-03-10", "2026-03-10 09:00"),
    (TUESDAY, "10 березня", "2026-03-10 09:00"),
    (TUESDAY, "10 березня 2026 року о 14:00", "2026-03-10 14:00"),
    (TUESDAY, "в понеділок о 9", "2026-03-09 09:00"),
    (TUESDAY, "у понеділок", "2026-03-09 09:00"),
    (TUESDAY, "пн 10:00", "2026-03-09 10:00"),
    (TUESDAY, "п’ятниця 16:00", "2026-03-06 16:00"),
    (TUESDAY, "у вівторок", "2026-03-10 09:00"),  # of today people say "today"
    (TUESDAY, "наступного четверга", "2026-03-12 09:00"),
    (TUESDAY, "через 2 години", "2026-03-03 12:00"),
    (TUESDAY, "через годину", "2026-03-03 11:00"),
    (TUESDAY, "через пів години", "2026-03-03 10:30"),
    (TUESDAY, "через 1 год 15 хв", "2026-03-03 11:15"),
    (TUESDAY, "через 3 дні о 12", "2026-03-06 12:00"),
    (TUESDAY, "через тиждень", "2026-03-10 09:00"),
    (TUESDAY, "16:00", "2026-03-03 16:00"),
    (TUESDAY, "о 9", "2026-03-04 09:00"),  # nine is over today
    (TUESDAY, "завтра 20:00", "2026-03-04 20:00"),  # agreed is agreed, closed or not
    (TUESDAY, "завтра в 16:00, отправим", "2026-03-04 16:00"),
    (TUESDAY, "послезавтра в 10", "2026-03-05 10:00"),
    (TUESDAY, "tomorrow at 4 pm", "2026-03-04 16:00"),
    (TUESDAY, "next monday 9:00", "2026-03-09 09:00"),
    (EVENING, "сьогодні", "2026-03-04 09:00"),
    (SATURDAY, "завтра", "2026-03-09 09:00"),
    (SATURDAY, "завтра 14:00", "2026-03-08 14:00"),
    (BEFORE_SPRING, "завтра 17:00", "2026-03-28 17:00"),
    (BEFORE_SPRING, "в неділю 17:00", "2026-03-29 17:00"),
    (BEFORE_SPRING, "понеділок", "2026-03-30 09:00"),
    (BEFORE_SPRING, "29.03 03:30", "2026-03-29 04:00"),  # there is no such time
    (BEFORE_AUTUMN, "в понеділок о 9", "2026-10-26 09:00"),
    (BEFORE_AUTUMN, "25.10 12:00", "2026-10-25 12:00"),
    (BEFORE_AUTUMN, "25.10 03:30", "2026-10-25 03:30"),  # twice there: the first
    (DECEMBER, "05.01 10:00", "2027-01-05 10:00"),
    (DECEMBER, "4 січня", "2027-01-04 09:00"),
]


@pytest.mark.rule("G22", "G34", "R18")
def test_a_moment_is_understood_as_people_type_it() -> None:
    wrong = []
    for now, typed, wall in UNDERSTOOD:
        try:
            meant = read_moment(typed, at(now), SHOP).at
        except MomentError as refused:
            wrong.append((now, typed, str(refused.kind)))
        else:
            if meant != at(wall) or meant.utcoffset() != at(wall).utcoffset():
                wrong.append((now, typed, str(meant.astimezone(KYIV))))
    assert wrong == []


REFUSED = {
    MomentProblem.UNREADABLE: [
        *("", " ", "так", "ні", "ок", "рано", "123", "5", "8", "18", "0671234567", "+380671234567"),
        *("067 123 45 67", "20450000000001", "20 4500 0000 0001", "20.4500.0000.0001", "711-2550636"),
        *("CV123456789UA", "Київ, Відділення №4", "640.00 грн", "<b>завтра</b>", "завтра?!"),
        *("завтра післязавтра", "завтра 16:00 17:00", "завтра 25:00", "завтра 16:60", "31.02", "29.02"),
        *("10.13.2026", "32 березня", "березня", "через", "через 2", "через годину о 5", "о", "в"),
        *("16:00 дня ранку дня 9", "сьогодні ٦", "завтра " * 20, "не знаю коли", "2026-02-30"),
        *("0000-00-00", "наступний", "наступний завтра", "\x00", "завтра\x00", "😀"),
    ],
    MomentProblem.PAST: [
        *("02.03", "01.01.2026", "сьогодні 9:00", "03.03 09:59", "3 березня 8:00", "2025-03-10", "10.01"),
    ],
    MomentProblem.FAR: [
        *("10.06", "03.05", "через 70 днів", "через 999 тижнів", "9999-12-31", "10.03.2027", "02.05 11:01"),
    ],
}


@pytest.mark.parametrize("problem", REFUSED)
def test_what_is_no_moment_to_come_is_refused(problem: MomentProblem) -> None:
    taken: list[tuple[str, object]] = []
    for typed in REFUSED[problem]:
        try:
            taken.append((typed, read_moment(typed, at(TUESDAY), SHOP)))
        except MomentError as refused:
            if refused.kind is not problem:
                taken.append((typed, refused.kind))
    assert taken == []


@pytest.mark.parametrize(
    ("now", "typed", "closed_on"),
    [
        (TUESDAY, "завтра", None),
        (TUESDAY, "07.03", date(2026, 3, 7)),
        (TUESDAY, "в неділю", date(2026, 3, 8)),
        (TUESDAY, "в неділю о 12", None),  # a time was agreed
        (EVENING, "сьогодні", date(2026, 3, 3)),  # open no more
        ("2026-03-03 08:00", "сьогодні", None),  # not open yet
        (SATURDAY, "сьогодні", date(2026, 3, 7)),
    ],
)
def test_a_day_off_is_said_to_be_one(now: str, typed: str, closed_on: date | None) -> None:
    assert read_moment(typed, at(now), SHOP).closed_on == closed_on


def test_a_special_day_a_night_shift_and_no_hours_at_all() -> None:
    special = WorkSchedule.parse("Mon-Fri 09:00-18:00, 2026-03-04 closed, 2026-03-05 12:00-15:00")
    assert read_moment("завтра", at(TUESDAY), special).at == at("2026-03-05 12:00")
    night = WorkSchedule.parse("Mon-Sun 20:00-04:00")
    assert read_moment("завтра", at(TUESDAY), night).at == at("2026-03-04 20:00")
    around = WorkSchedule.parse("24/7")
    assert read_moment("завтра", at(TUESDAY), around).at == at("2026-03-04 00:00")
    shut = WorkSchedule("Europe/Kyiv", ((),) * 7)
    with pytest.raises(MomentError) as never:
        read_moment("завтра", at(TUESDAY), shut)
    assert never.value.kind is MomentProblem.NEVER_OPEN
    assert read_moment("завтра 9:00", at(TUESDAY), shut).at == at("2026-03-04 09:00")


def test_a_minute_that_has_begun_is_not_past() -> None:
    now = datetime.fromisoformat("2026-03-03 16:00:40").replace(tzinfo=KYIV).astimezone(UTC)
    assert read_moment("сьогодні 16:00", now, SHOP).at == at("2026-03-03 16:00")


PIECES = st.sampled_from(
    [
        "завтра",
        "16:00",
        "10.03",
        "о",
        "в",
        "9",
        "18",
        "пн",
        "наступний",
        "через",
        "2",
        "години",
        "хв",
        "дня",
        "березня",
        "2026",
        ".",
    ]
)


@given(st.one_of(st.text(max_size=70), st.lists(PIECES, max_size=8).map(" ".join)))
def test_whatever_is_typed_is_a_moment_of_the_next_sixty_days_or_refused(typed: str) -> None:
    now = at(TUESDAY)
    try:
        meant = read_moment(typed, now, SHOP)
    except MomentError:
        return
    assert now <= meant.at <= now + FURTHEST


@pytest.mark.parametrize("language", Language)
def test_what_the_question_gives_as_an_example_is_understood(language: str) -> None:
    words = Words(language)
    examples = re.findall("[«“]([^»”]+)[»”]", words("ask-moment", number="1") + words("refused-bad_moment"))
    assert len(examples) == 8
    for example in examples:
        read_moment(example, at(TUESDAY), SHOP)
