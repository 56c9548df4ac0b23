"""An owner's settings: hours, days off and holidays, reminders; typed as people type, shown back, then they count."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from bot.demo.telegram import Message
from models.roles import Role
from models.shop import Member
from models.worktime import WorkSchedule
from tests.conversation.hands import (
    bare,
    calm,
    count,
    forge,
    is_on_viber,
    later,
    press,
    redrawn,
    taken_in,
    told,
    types,
)
from tests.conversation.test_reminder import RING, kyiv, until
from tests.stage import Stage, TheClock, open_stage

NO_ACCESS = "Немає доступу або такого замовлення немає."
NOT_OWNER = "Налаштування магазину змінює лише його власник"


async def taps(stage: Stage, *labels: str) -> Message:
    """The owner presses one button after another, each on the screen that the one before has brought."""
    for label in labels:
        await stage.owner.presses(label, on=stage.owner.screen).answered(20)
        await calm(stage)
    return stage.owner.screen


async def says(stage: Stage, *steps: str) -> Message:
    """The owner opens the settings, presses her way, and types the last."""
    await types(stage, stage.owner, "/settings")
    await taps(stage, *steps[:-1])
    return await types(stage, stage.owner, steps[-1])


async def hours(stage: Stage, text: str) -> Message:
    await says(stage, "Години роботи", "Змінити", text)
    return await taps(stage, "Зберегти")


async def shop(stage: Stage) -> Any:
    return await stage.app.shops.find(str(stage.shop.shop.id))


async def schedule(stage: Stage) -> WorkSchedule:
    return WorkSchedule.from_json((await shop(stage)).hours)


async def becomes(stage: Stage, name: str, **changes: Any) -> None:
    def unit(session: Session) -> None:
        session.execute(update(Member).where(Member.name == name).values(**changes))

    await stage.app.db.write(unit)


def words_of(message: Message) -> list[str]:
    return [bare(label) for label in message.labels]


# ------------------------------------------------------------ who
async def test_an_owner_finds_every_place_and_the_way_back(stage: Stage) -> None:
    menu = await types(stage, stage.owner, "/settings")
    assert "Самовар · ROZETKA" in menu.text
    on_viber = is_on_viber(stage.owner)
    places = [
        "Години роботи",
        "Вихідні та свята",
        "Нагадування",
        "Команда",
        *(() if on_viber else ("Група магазину",)),
        "Тексти покупцеві",
        "Підтвердження покупцем",
        "Ключі API",
        "Щоб не дзвонило двічі",
        *(("Viber",) if on_viber else ()),
        "Мої налаштування",
    ]
    assert words_of(menu) == places
    for place in places:
        there = await taps(stage, place)
        assert "Назад" in words_of(there)
        assert words_of(await taps(stage, "Назад")) == places
    if not on_viber:
        assert count(stage.owner, "Самовар · ROZETKA") == 1, "one message is turned from screen to screen"
    assert "/settings" in (await types(stage, stage.owner, "/help")).text


async def test_of_several_shops_she_says_which(stage: Stage) -> None:
    second = await stage.app.shops.open("Друга", "rozetka", WorkSchedule.parse("Mon 9-18"))
    await types(stage, stage.owner, f"/start {second.invite.start}")
    asked = await types(stage, stage.owner, "/settings")
    shops = ["Самовар · ROZETKA", "Друга · ROZETKA"]
    assert words_of(asked) == shops
    menu = await taps(stage, "Друга")
    assert "Друга" in menu.text
    assert "Пн 09:00–18:00, Вт–Нд вихідний" in (await taps(stage, "Години роботи")).text
    assert words_of(await taps(stage, "Назад", "Назад")) == shops


async def test_others_find_only_their_own_settings_and_strangers_nothing(stage: Stage) -> None:
    ivan, stranger = await stage.hires("Іван"), stage.fake.person("Хтось")
    answer = await stage.orders()
    buyer = await stage.buyer("Тарас", answer)
    own = await types(stage, ivan, "/settings")
    assert "Самовар · ви менеджер" in own.text
    assert not {"Години роботи", "Команда", "Назад"} & set(words_of(own))
    assert "/settings — ваш" in (await types(stage, ivan, "/help")).text
    assert "Відкрийте посилання" in (await types(stage, stranger, "/settings")).text
    assert answer["number"] in (await types(stage, buyer, "/settings")).text


FORGED = [
    "s:1:menu:0",
    "s:1:hours:0",
    "s:1:days:0",
    "s:1:holidays:0",
    "s:1:type_hours:0",
    "s:1:shops:0",
    "n:1:untouched:look",
    "n:1:untouched:usual",
    "d:1:740000",
    "h:1:739000:1:1",
]


@pytest.mark.case("C2", "C3")
async def test_a_forged_press_is_nobodys_authority(stage: Stage) -> None:
    ivan, stranger = await stage.hires("Іван"), stage.fake.person("Хтось")
    before = await shop(stage)
    await types(stage, stranger, "/start")
    for data in FORGED:
        assert NOT_OWNER in await forge(stage, ivan, data), data
        assert await forge(stage, stranger, data) == NO_ACCESS, data
        assert await forge(stage, stage.owner, data.replace(":1:", ":999:", 1)) == NO_ACCESS, data
    for data in (
        "s:-1:menu:0",
        "s:x:menu:0",
        "d:1:0",
        "d:1:99999999",
        f"h:1:739000:{2**41}:1",
        "v:",
        "n:1::look",
    ):
        assert await forge(stage, stage.owner, data) == NO_ACCESS, data
    after = await shop(stage)
    assert (before.hours, before.steps) == (after.hours, after.steps)


@pytest.mark.case("C2")
async def test_who_owns_no_more_is_refused_at_the_next_press_and_word(stage: Stage) -> None:
    await says(stage, "Години роботи", "Змінити", "щодня 8-22")
    await becomes(stage, "Олена", role=Role.MANAGER)
    before = await schedule(stage)
    refused = await stage.owner.presses("Зберегти", on=stage.owner.screen).answered(20)
    assert NOT_OWNER in refused
    await becomes(stage, "Олена", role=Role.OWNER)
    await says(stage, "Години роботи", "Змінити", "щодня 8-22")
    await becomes(stage, "Олена", active=False)
    assert (await types(stage, stage.owner, "щодня 8-21")).text == NO_ACCESS
    assert await schedule(stage) == before


# ------------------------------------------------------------ hours
@pytest.mark.rule("R52")
async def test_hours_are_shown_in_words_with_the_marketplaces_advice(stage: Stage) -> None:
    await types(stage, stage.owner, "/settings")
    shown = await taps(stage, "Години роботи")
    assert "Години роботи: Пн–Пт 09:00–18:00, Сб–Нд вихідний" in shown.text
    assert "Europe/Kyiv, зараз 10:00" in shown.text
    assert "Графік як у кабінеті ROZETKA" in shown.text
    assert "вночі" not in shown.text


TYPED = [
    ("Пн-Пт 9-18, Сб 10-15", "Пн–Пт 09:00–18:00, Сб 10:00–15:00, Нд вихідний"),
    ("щодня 8:00-22:00", "щодня 08:00–22:00"),
    ("цілодобово", "щодня цілодобово"),
    ("пн-пт 9-13 14-18", "Пн–Пт 09:00–13:00 та 14:00–18:00, Сб–Нд вихідний"),
    ("Будні з 9 до 18, нд вихідний", "Пн–Пт 09:00–18:00, Сб–Нд вихідний"),
    ("сб 22:00-06:00", "Пн–Пт вихідний, Сб 22:00–06:00, Нд вихідний"),
]


@pytest.mark.parametrize(("text", "shown"), TYPED)
async def test_typed_hours_are_shown_back_and_count_once_saved(stage: Stage, text: str, shown: str) -> None:
    before = await schedule(stage)
    asked = await says(stage, "Години роботи", "Змінити", text)
    assert f"Зрозуміли так: {shown}. Зберегти?" in asked.text
    assert words_of(asked) == ["Зберегти", "Ввести інакше", "Назад"]
    assert await schedule(stage) == before
    saved = await taps(stage, "Зберегти")
    assert "Нагадування вже рахуються за новими годинами" in saved.text
    assert f"Години роботи: {shown}\n" in saved.text
    assert await schedule(stage) == WorkSchedule.parse(text)
    assert WorkSchedule.parse(shown) == WorkSchedule.parse(text), "what is shown may be typed back"


async def test_typed_anew_the_newer_counts_and_the_older_button_is_dead(stage: Stage) -> None:
    first = await says(stage, "Години роботи", "Змінити", "щодня 8-22")
    await taps(stage, "Ввести інакше")
    first = redrawn(stage.owner, first)
    second = await types(stage, stage.owner, "щодня 8-20")
    third = await types(stage, stage.owner, "щодня 8-19")
    for old in (second,):
        stale = await stage.owner.presses("Зберегти", on=old).answered(20)
        assert "вже не діє" in stale
    assert "Надішліть години" in first.text
    await stage.owner.presses("Зберегти", on=third).answered(20)
    await calm(stage)
    assert await schedule(stage) == WorkSchedule.parse("щодня 8-19")


async def test_cancel_and_back_leave_everything_as_it_was(stage: Stage) -> None:
    before = await schedule(stage)
    asked = await says(stage, "Години роботи", "Змінити", "щодня 8-22")
    assert "нічого не змінено" in (await types(stage, stage.owner, "/cancel")).text
    assert "вже не діє" in await stage.owner.presses("Зберегти", on=asked).answered(20)
    asked = await says(stage, "Години роботи", "Змінити", "щодня 8-22")
    assert "Пн–Пт 09:00–18:00" in (await taps(stage, "Назад")).text
    assert "Не зрозуміли повідомлення" in (await types(stage, stage.owner, "щодня 8-22")).text
    assert await schedule(stage) == before


BAD_HOURS = [
    ("...", "Тут немає годин"),
    ("коли захочу", "Не зрозуміли «коли»"),
    ("Пн-Пт 9-25", "Не зрозуміли «25»"),
    ("9-18", "Не зрозуміли «9-18»"),
    ("Пн-Пт 18-9", "«18-9»: кінець раніше за початок"),
    ("Пн 9-13, Пн 12-18", "Пн: 09:00-13:00 і 12:00-18:00 накладаються"),
    ("Пн 9-18, 31.12.2026 9-13 12-15", "Чт 31.12.2026: 09:00-13:00 і 12:00-15:00 накладаються"),
    ("щодня зачинено", "ніколи не працює"),
    ("31.12.2026 9-14", "Тут лише окремі дати"),
    ("<b>Пн</b> 9-18", "Не зрозуміли «<»"),
    ("</code>&lt;script&gt;", "Не зрозуміли «<»"),
    ("Пн 9-18 🎄", "Не зрозуміли «🎄»"),
    ("👨‍👩‍👧‍👦" * 40, "Не зрозуміли"),
    ("я" * 4096, "Не зрозуміли"),
    ("Пн 9-18 { $name }", "Не зрозуміли"),
    ("'); DROP TABLE shops;--", "Не зрозуміли"),
    ("9" * 4000, "Не зрозуміли"),
    (
        "пн " + " ".join(f"{at // 60}:{at % 60:02}-{at // 60}:{at % 60 + 1:02}" for at in range(0, 780, 2)),
        "до шести",
    ),
]


@pytest.mark.case("E1", "E3")
async def test_what_is_wrong_with_hours_is_said_with_what_to_type(stage: Stage) -> None:
    before = await schedule(stage)
    await types(stage, stage.owner, "/settings")
    await taps(stage, "Години роботи", "Змінити")
    for text, sentence in BAD_HOURS:
        answered = await types(stage, stage.owner, text)
        assert sentence in answered.text, text[:50]
        assert "9-18" in answered.text or "9-13" in answered.text or "9:00-18:00" in answered.text, (
            "an example"
        )
        assert len(answered.text) < 400
        assert words_of(answered) == ["Назад"]
    stage.owner.types("Пн 9-18\x00 щось")
    stage.owner.types("г" * 4096)  # 5,000 characters: a client cuts them in two
    stage.owner.types("г" * 904)
    await calm(stage)
    assert "Не зрозуміли" in stage.owner.screen.text
    stage.owner.sends_photo()
    await calm(stage)
    assert "лише текст" in stage.owner.screen.text
    assert await schedule(stage) == before
    assert "Зрозуміли так" in (await types(stage, stage.owner, "щодня 9-18")).text


@pytest.mark.rule("C23")
@pytest.mark.parametrize(
    ("text", "warned"), [("цілодобово", True), ("щодня 20-04", True), ("щодня 6-24", False)]
)
async def test_a_shop_open_at_night_is_warned(stage: Stage, text: str, warned: bool) -> None:
    asked = await says(stage, "Години роботи", "Змінити", text)
    assert ("терміни спливатимуть і вночі" in asked.text) is warned
    assert ("терміни спливатимуть і вночі" in (await taps(stage, "Зберегти")).text) is warned


async def test_new_hours_move_a_reminder_and_never_bring_it_early_or_twice(stage: Stage) -> None:
    number = await taken_in(stage)  # Monday 10:00: due at 11:30 and 12:00
    await hours(stage, "Пн-Пт 11-18")
    await until(stage, kyiv(2, 12, 29))
    assert count(stage.owner, RING) == 0
    await until(stage, kyiv(2, 12, 30))
    assert await told(stage, number, "untouched") == [("sent", None)]
    await hours(stage, "Пн-Пт 14-18")
    await hours(stage, "Пн-Пт 9-18")
    await hours(stage, "Пн-Пт 14-18")
    await until(stage, kyiv(2, 15, 59))
    assert await told(stage, number, "untouched") == [("sent", None)]
    await until(stage, kyiv(2, 16))
    assert await told(stage, number, "untouched") == [("sent", None)] * 2
    await hours(stage, "Пн-Пт 9-18")
    await until(stage, kyiv(5, 16))
    assert await told(stage, number, "untouched") == [("sent", None)] * 2


async def test_longer_hours_bring_a_reminder_forward_at_once(database_url: str) -> None:
    async with open_stage(database_url, hours="Mon-Fri 14:00-18:00") as stage:
        number = await taken_in(stage)  # Monday 10:00, due at 15:30
        await until(stage, kyiv(2, 10, 30))
        await hours(stage, "Пн-Пт 9-18")
        await until(stage, kyiv(2, 11, 29))
        assert await told(stage, number, "untouched") == []
        await until(stage, kyiv(2, 11, 30))
        assert await told(stage, number, "untouched") == [("sent", None)]


async def test_days_off_for_two_years_on_end_are_no_hours(stage: Stage) -> None:
    await hours(stage, "Пн 9-18")
    await says(stage, "Вихідні та свята", "Додати дні", _every_monday())
    asked = stage.owner.screen
    assert "немає робочих годин" in await stage.owner.presses("Зберегти", on=asked).answered(20)
    assert not (await schedule(stage)).special


def _every_monday() -> str:
    return ", ".join(f"{date(2026, 3, 2) + timedelta(days=7 * week):%d.%m.%Y}" for week in range(105))


# ------------------------------------------------------------ days
DAYS = [
    ("25.12", ["Пт 25.12.2026: вихідний"]),
    ("1.01.2027", ["Пт 01.01.2027: вихідний"]),
    ("24 грудня", ["Чт 24.12.2026: вихідний"]),
    ("31.12 9-14", ["Чт 31.12.2026: 09:00–14:00"]),
    ("31.12 з 9 до 13, 14-15", ["Чт 31.12.2026: 09:00–13:00 та 14:00–15:00"]),
    (
        "30.12-02.01",
        [
            "Ср 30.12.2026: вихідний",
            "Чт 31.12.2026: вихідний",
            "Пт 01.01.2027: вихідний",
            "Сб 02.01.2027: вихідний",
        ],
    ),
    ("7 і 8 березня", ["Сб 07.03.2026: вихідний", "Нд 08.03.2026: вихідний"]),
    ("1 березня", ["Пн 01.03.2027: вихідний"]),
]


@pytest.mark.parametrize(("text", "lines"), DAYS)
async def test_days_are_typed_shown_back_saved_listed_and_dropped(
    stage: Stage, text: str, lines: list[str]
) -> None:
    asked = await says(stage, "Вихідні та свята", "Додати дні", text)
    assert asked.text == "\n".join(["Зрозуміли так:", *lines])
    assert not (await schedule(stage)).special
    saved = await taps(stage, "Зберегти")
    assert "Збережено" in saved.text
    assert saved.text.endswith("\n".join(lines))
    for line in lines:
        await taps(stage, line.split()[1][:5])
    assert "Особливих днів попереду немає" in stage.owner.screen.text
    assert not (await schedule(stage)).special


BAD_DAYS = [
    (", .", "Тут немає дат"),
    ("Різдво", "Не зрозуміли «Різдво»"),
    ("9-14", "Не зрозуміли «9-14»"),
    ("25.12 зрання", "Не зрозуміли «зрання»"),
    ("25.12 9-14 пн 8-12", "Не зрозуміли «9-14 пн 8-12»"),
    ("31.02", "«31.02»: такого дня немає"),
    ("32 грудня", "«32 грудня»: такого дня немає"),
    ("25.12.2020", "«25.12.2020»: цей день уже минув"),
    ("25.12.2030", "далі ніж за два роки"),
    ("26.12-24.12", "щонайбільше 62 дні"),
    ("31.12 18-9", "«18-9»: кінець раніше за початок"),
    ("31.12 9-13 12-15", "накладаються"),
    ("<b>25.12</b>", "Не зрозуміли «<b>»"),
    ("1," * 2000, "Не зрозуміли"),
    ("31.12 1-2 3-4 5-6 7-8 9-10 11-12 13-14", "до шести"),
    ("🎄" * 500, "Не зрозуміли"),
    ("25.12 \u2066x\u2069", "Не зрозуміли"),
]


async def test_what_is_wrong_with_days_is_said_with_what_to_type(stage: Stage) -> None:
    await types(stage, stage.owner, "/settings")
    await taps(stage, "Вихідні та свята", "Додати дні")
    for text, sentence in BAD_DAYS:
        answered = await types(stage, stage.owner, text)
        assert sentence in answered.text, text[:50]
        assert "Напишіть" in answered.text or "Надішліть" in answered.text
        assert len(answered.text) < 400
    assert not (await schedule(stage)).special


async def test_a_long_list_is_turned_page_by_page(stage: Stage) -> None:
    await says(stage, "Вихідні та свята", "Додати дні", "01.06-20.06")
    first = await taps(stage, "Зберегти")
    assert "Попереду 20 особливих днів" in first.text
    assert "01.06.2026" in first.text
    assert "09.06.2026" not in first.text
    last = await taps(stage, "Пізніше", "Пізніше")
    assert "20.06.2026" in last.text
    assert "Пізніше" not in " ".join(words_of(last))
    assert "09.06.2026" in (await taps(stage, "Раніше")).text


async def test_weekly_hours_keep_the_days_that_were_set(stage: Stage) -> None:
    await says(stage, "Вихідні та свята", "Додати дні", "25.12, 31.12 9-14")
    await taps(stage, "Зберегти")
    days = dict((await schedule(stage)).special)
    await hours(stage, "щодня 8-20")
    assert dict((await schedule(stage)).special) == days
    assert len(days) == 2
    await hours(stage, "щодня 8-20, 01.01.2027 зачинено")
    assert set((await schedule(stage)).special) == {*days, date(2027, 1, 1)}


async def test_days_that_are_over_are_dropped_but_not_while_a_clock_ran_by_them(stage: Stage) -> None:
    await says(stage, "Вихідні та свята", "Додати дні", "03.03")
    await taps(stage, "Зберегти")
    await until(stage, kyiv(2, 17))
    number = await taken_in(stage)  # an hour on Monday, Tuesday off, due at 9:30 and 10:00 on Wednesday
    await until(stage, kyiv(4, 8))
    await hours(stage, "Пн-Пт 9-19")
    assert "03.03" not in (await taps(stage, "Назад", "Вихідні та свята")).text
    await until(stage, kyiv(4, 9))
    assert await told(stage, number, "untouched") == [("sent", None)], "two hours on the new Monday"
    await later(stage, days=40)
    await hours(stage, "Пн-Пт 9-18")
    assert not (await schedule(stage)).special


async def test_yesterdays_day_off_does_not_count_as_worked_once_hours_are_saved_today(stage: Stage) -> None:
    await says(stage, "Вихідні та свята", "Додати дні", "03.03")
    await taps(stage, "Зберегти")
    await until(stage, kyiv(2, 17, 30))
    number = await taken_in(stage)
    await until(stage, kyiv(4, 8))
    await hours(stage, "Пн-Пт 9-18, Сб 10-15")
    await until(stage, kyiv(4, 9, 59))
    assert await told(stage, number, "untouched") == []
    await until(stage, kyiv(4, 10))
    assert await told(stage, number, "untouched") == [("sent", None)]


# ------------------------------------------------------------ holidays
async def test_holidays_are_days_off_only_where_the_owner_ticks_them(stage: Stage) -> None:
    await types(stage, stage.owner, "/settings")
    listed = await taps(stage, "Вихідні та свята", "Додати державні свята")
    assert "Під час воєнного стану за законом державні свята — робочі дні" in listed.text
    holidays = [label for label in listed.labels if label.startswith("▫️")]
    assert "▫️ Пн 24.08.2026 · День незалежності України" in holidays
    assert "▫️ Пт 25.12.2026 · Різдво Христове" in holidays
    assert "▫️ Пт 01.01.2027 · Новий рік" in holidays
    assert len(holidays) == 11
    await taps(stage, "День незалежності", "Різдво", "Новий рік", "Новий рік")
    assert not (await schedule(stage)).special, "nothing counts until it is saved"
    saved = await taps(stage, "Зберегти: 2 вихідні")
    assert saved.text.endswith("Пн 24.08.2026: вихідний\nПт 25.12.2026: вихідний")
    ticked = await taps(stage, "Додати державні свята")
    assert [label[:1] for label in ticked.labels].count("✅") == 3, "two of them and the button that saves"
    await taps(stage, "Різдво", "Зберегти: 1 вихідний")
    assert set((await schedule(stage)).special) == {date(2026, 8, 24)}


async def test_a_short_day_stays_short_where_its_holiday_is_not_ticked(stage: Stage) -> None:
    await says(stage, "Вихідні та свята", "Додати дні", "25.12 10-14")
    await taps(stage, "Зберегти", "Додати державні свята", "Новий рік", "Зберегти: 1")
    assert (await schedule(stage)).special[date(2026, 12, 25)]
    await taps(stage, "Додати державні свята", "Різдво", "Зберегти: 2")
    assert (await schedule(stage)).special[date(2026, 12, 25)] == ()


@pytest.mark.rule("C2", "C13")
async def test_a_chosen_holiday_is_skipped_by_the_reminder_and_another_is_not(database_url: str) -> None:
    clock = TheClock(kyiv(2, 10).replace(month=12, day=24, hour=15))  # Thursday 17:00 in Kyiv
    async with open_stage(database_url, clock=clock) as stage:
        number = await taken_in(stage)
        await types(stage, stage.owner, "/settings")
        await taps(stage, "Вихідні та свята", "Додати державні свята", "Різдво", "Зберегти: 1")
        await later(stage, days=1)  # Christmas, Friday
        assert await told(stage, number, "untouched") == []
        await later(stage, days=2, hours=16, minutes=29)  # Monday 9:29
        assert await told(stage, number, "untouched") == []
        await later(stage, minutes=1)
        assert await told(stage, number, "untouched") == [("sent", None)]


# ------------------------------------------------------------ reminders
async def test_the_limits_that_have_a_choice_are_shown_with_their_steps(stage: Stage) -> None:
    await types(stage, stage.owner, "/settings")
    shown = await taps(stage, "Нагадування")
    assert "Ніхто не взяв: 1:30, 2:00 (термін 2:00, як заведено)" in shown.text
    assert words_of(shown) == ["Ніхто не взяв", "Не зв'язалися з покупцем", "У кабінеті не змінено", "Назад"]
    assert words_of(await taps(stage, "Ніхто не взяв")) == ["Змінити", "Назад"]


STEPS = [
    ("1:00, 1:30, 2:00", "1:00, 1:30, 2:00"),
    ("60 90 120", "1:00, 1:30, 2:00"),
    ("120; 45", "0:45, 2:00"),
    ("1 год, 1,5 год та 2 години", "1:00, 1:30, 2:00"),
    ("1 год 15 хв", "1:15"),
]


@pytest.mark.parametrize(("text", "shown"), STEPS)
async def test_steps_are_typed_shown_back_saved_and_given_back(stage: Stage, text: str, shown: str) -> None:
    asked = await says(stage, "Нагадування", "Ніхто не взяв", "Змінити", text)
    assert f"коли мине {shown}. Зберегти?" in asked.text
    assert (await shop(stage)).steps is None
    saved = await taps(stage, "Зберегти")
    assert f"Ніхто не взяв: {shown} (термін 2:00, ваш вибір)" in saved.text
    assert "1:30, 2:00 (термін 2:00, як заведено)" in (await taps(stage, "Як заведено")).text
    assert (await shop(stage)).steps is None
    assert "Як заведено" not in words_of(stage.owner.screen)


BAD_STEPS = [
    ("...", "Тут немає часу"),
    ("скоро", "Не зрозуміли «скоро»"),
    ("1:75", "Не зрозуміли «1:75»"),
    ("9999999999", "Не зрозуміли «9999999999»"),
    ("1:00 <b>", "Не зрозуміли «<b>»"),
    ("0", "Так нагадувати не можна"),
    ("2:01", "Термін 2:00"),
    ("10 20 30 40 50 60", "до п'яти чисел"),
    ("1 " * 2000 + "я", "Не зрозуміли «я»"),
]


async def test_what_is_wrong_with_steps_is_said_with_what_to_type(stage: Stage) -> None:
    await types(stage, stage.owner, "/settings")
    await taps(stage, "Нагадування", "Ніхто не взяв", "Змінити")
    for text, sentence in BAD_STEPS:
        answered = await types(stage, stage.owner, text)
        assert sentence in answered.text, text[:50]
        assert "1:30" in answered.text
    assert (await shop(stage)).steps is None


async def choose(stage: Stage, text: str) -> None:
    await says(stage, "Нагадування", "Ніхто не взяв", "Змінити", text)
    await taps(stage, "Зберегти")


@pytest.mark.rule("R52", "C28")
async def test_new_steps_ring_at_their_moments_and_no_longer_at_the_old(stage: Stage) -> None:
    number = await taken_in(stage)
    await choose(stage, "1:00, 1:45")
    for before, due, times in ((59, 60, 1), (104, 105, 2)):
        await until(stage, kyiv(2, 10) + timedelta(minutes=before))
        assert await told(stage, number, "untouched") == [("sent", None)] * (times - 1)
        await until(stage, kyiv(2, 10) + timedelta(minutes=due))
        assert await told(stage, number, "untouched") == [("sent", None)] * times
    await until(stage, kyiv(2, 15))
    assert await told(stage, number, "untouched") == [("sent", None)] * 2


async def test_a_step_chosen_after_its_moment_reminds_of_nothing(stage: Stage) -> None:
    number = await taken_in(stage)
    await until(stage, kyiv(2, 11, 20))
    await choose(stage, "0:30, 1:00, 1:40")
    await later(stage, seconds=1)
    assert await told(stage, number, "untouched") == []
    await until(stage, kyiv(2, 11, 40))
    assert await told(stage, number, "untouched") == [("sent", None)]


async def test_a_step_added_after_the_last_one_rings_even_where_nothing_else_was_to_come(
    database_url: str,
) -> None:
    async with open_stage(database_url, hours="Mon-Sun 00:00-24:00") as stage:
        await choose(stage, "30")
        number = await taken_in(stage)
        await later(stage, minutes=30)
        assert await told(stage, number, "untouched") == [("sent", None)]
        await choose(stage, "30 60")
        await choose(stage, "30 50")
        await later(stage, minutes=20)
        assert await told(stage, number, "untouched") == [("sent", None)] * 2
        await later(stage, hours=3)
        assert await told(stage, number, "untouched") == [("sent", None)] * 2


async def test_who_walks_on_to_the_settings_writes_to_no_buyer_any_more(stage: Stage) -> None:
    """What is typed there would else go to whoever was written to before."""
    number = await taken_in(stage)
    await press(stage, stage.owner, "Написати покупцю", number)
    await types(stage, stage.owner, "/settings")
    await taps(stage, "Години роботи", "Назад")
    assert "Не зрозуміли" in (await types(stage, stage.owner, "Добрий день")).text
    assert await told(stage, number, "seller_wrote") == []


@pytest.mark.rule("R52")
async def test_who_opens_a_shop_sees_its_hours_first_and_can_change_them_at_once(stage: Stage) -> None:
    welcome = stage.owner.finds("Вітаємо у магазині «Самовар»")
    assert welcome is not None
    assert "Пн–Пт 09:00–18:00" in welcome.text
    assert "Графік як у кабінеті ROZETKA" in welcome.text
    await stage.owner.presses("Години роботи", on=welcome).answered()
    await calm(stage)
    assert "Змінити" in " ".join(stage.owner.screen.labels)
