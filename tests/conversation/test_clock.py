"""The clock over the wire: nothing while the shop is closed, everything to the tick when it is open."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.demo.person import Person
from bot.demo.telegram import Message
from models.roles import Role
from models.worktime import WorkSchedule
from tests.conversation.hands import (
    calm,
    card,
    card_now,
    count,
    data_of,
    is_answer,
    is_on_viber,
    later,
    press,
    redrawn,
    taken_in,
    told,
)
from tests.stage import Stage, TheClock, open_stage

KYIV = ZoneInfo("Europe/Kyiv")
TICK = timedelta(seconds=15)


def at(text: str) -> datetime:
    """ "06.03 17:30", of 2026, by the clock on a Kyiv wall."""
    return datetime.strptime(f"2026 {text}", "%Y %d.%m %H:%M").replace(tzinfo=KYIV)


async def until(stage: Stage, text: str) -> None:
    """Straight there, with one tick on arrival."""
    await later(stage, seconds=(at(text) - stage.clock.now).total_seconds())


def ticks(start: datetime, end: datetime, near: list[datetime]) -> Iterator[datetime]:
    """The moments of a ticking machine: each 15 s around what matters, each half an hour elsewhere."""
    moment = start
    while moment < end:
        close = any(abs(moment - one) <= timedelta(minutes=2) for one in near)
        fits = [one - timedelta(minutes=2) for one in near if one - timedelta(minutes=2) > moment]
        moment = min([moment + (TICK if close else timedelta(minutes=30)), *fits, end])
        yield moment


async def heard(stage: Stage, person: Person, end: str, near: list[str]) -> list[tuple[str, Message]]:
    """What the bot says to her until then, each with the time on her wall when it came."""
    log: list[tuple[str, Message]] = []
    known = {message.id for message in person.messages}
    for moment in ticks(stage.clock.now, at(end), [at(one) for one in near]):
        stage.clock.goes(seconds=(moment - stage.clock.now).total_seconds())
        await stage.goes()
        for message in person.messages:
            if message.id not in known:
                known.add(message.id)
                log.append((moment.astimezone(KYIV).strftime("%d.%m %H:%M:%S"), message))
    return log


def is_silent(message: Message) -> bool | None:
    """None on Viber, which has a sound for every message."""
    return getattr(message, "silent", None)


def title(message: Message) -> str:
    """The first line as it was when the message came."""
    return message.versions[0].text.partition("\n")[0]


# ------------------------------------------------------------ the two hours
@pytest.mark.rule("R52", "R44", "C2")
@pytest.mark.case("H1", "H3", "H4")
@pytest.mark.parametrize(
    ("friday", "soon", "over", "end"),
    [
        ("06.03 17:30", "09.03 10:00", "09.03 10:30", "09.03 12:00"),
        ("27.03 17:30", "30.03 10:00", "30.03 10:30", "30.03 12:00"),  # clocks go forward on Sunday
        ("23.10 17:30", "26.10 10:00", "26.10 10:30", "26.10 12:00"),  # and back
    ],
    ids=["plain", "spring", "autumn"],
)
async def test_a_friday_evening_order_is_silent_till_monday_and_then_to_the_tick(
    database_url: str, friday: str, soon: str, over: str, end: str
) -> None:
    async with open_stage(database_url, clock=TheClock(at(friday))) as stage:
        number = await taken_in(stage)
        ring = card(stage.owner, number)
        assert "Попереду вихідні" in ring.text
        assert not is_silent(ring)
        log = await heard(stage, stage.owner, end, [soon, over])
        assert [(moment, title(message)) for moment, message in log] == [
            (
                f"{soon}:00",
                f"⏰ №{number} · минуло 1:30 із 2:00 робочого часу, а замовлення ще ніхто не взяв",
            ),
            (f"{over}:00", f"🚨 №{number} · минули всі 2:00 робочого часу, а замовлення ще ніхто не взяв"),
        ]
        assert not any(is_silent(message) for _, message in log)


async def test_the_card_says_how_much_of_the_term_has_passed(stage: Stage) -> None:
    number = await taken_in(stage)
    assert "минуло 0:00 із 2:00 робочого часу · надійшло 10:00" in card(stage.owner, number).text
    await later(stage, minutes=47)
    await press(stage, stage.owner, "Історія", number)
    await stage.owner.presses("До замовлення").answered()
    await calm(stage)
    assert "минуло 0:47 із 2:00 робочого часу · надійшло 10:00" in card(stage.owner, number).text
    await until(stage, "02.03 12:30")
    assert "🔴 минуло 2:30 із 2:00" in card(stage.owner, number).text


# ------------------------------------------------------------ the night, the days off
@pytest.mark.rule("R37", "R45", "C2")
async def test_the_night_comes_without_a_sound_and_the_morning_as_one_message(database_url: str) -> None:
    async with open_stage(database_url, clock=TheClock(at("06.03 22:00"))) as stage:
        packer = await stage.hires("Пилип", Role.PACKER)
        late = await taken_in(stage)
        await until(stage, "07.03 11:00")
        saturday = await taken_in(stage)
        await until(stage, "08.03 23:30")
        quiet = await taken_in(stage, do_not_call=True)
        night = [late, saturday, quiet]
        if is_on_viber(stage.owner):  # the last one would cost money, and waits for the morning
            rung = [stage.owner.finds(f"№{number}") is not None for number in night]
            assert rung == [True, True, False]
        else:
            assert all(is_silent(card(stage.owner, number)) for number in night)

        log = await heard(stage, stage.owner, "09.03 09:30", ["09.03 09:00"])
        if is_on_viber(stage.owner):
            (_, ring), *log = log
            assert title(ring) == f"🔔 №{quiet} · «Нове замовлення»"
        ((moment, digest),) = log
        assert moment == "09.03 09:00:00"
        assert not is_silent(digest)
        lines = digest.text.splitlines()
        assert lines[0] == "☀️ 3 замовлення надійшли, поки магазин був зачинений"
        assert [f"№{number}" in line for number, line in zip(night, lines[1:], strict=True)] == [True] * 3
        assert all("взяти до 11:00" in line for line in lines[1:])
        assert "не передзвонювати" in lines[3]
        assert digest.labels[0] == "✋ Беру все (3)"
        assert not any("Беру все" in label for label in packer.screen.labels), (
            "who may not take is not asked to"
        )

        assert is_answer(await stage.owner.presses("Беру все").answered(20), "✋ Взято 3 із 3")
        await calm(stage)
        assert stage.owner.screen is redrawn(stage.owner, digest)
        assert stage.owner.screen.text.splitlines()[0] == "✋ Взято 3 із 3"
        for number in night:
            assert (await stage.state(number))["status"] == "in_work"
            assert "Веде: Олена" in (await card_now(stage, packer, number)).text
        await until(stage, "09.03 12:00")
        assert [await told(stage, number, "untouched") for number in night] == [[], [], []]


async def test_taking_all_leaves_to_others_what_is_theirs(stage: Stage) -> None:
    ivan = await stage.hires("Іван")
    numbers = [await taken_in(stage) for _ in range(3)]
    await later(stage, minutes=90)
    digest = stage.owner.screen
    assert digest.text.splitlines()[0] == "⏰ 3 замовлення чекають на вас"
    await press(stage, ivan, "Беру в роботу", numbers[1])
    await stage.owner.presses("Беру все", on=digest).answered(20)
    await calm(stage)
    lines = stage.owner.screen.text.splitlines()
    assert lines[0] == "✋ Взято 2 із 3"
    assert "не взято: «Обробляється менеджером», веде Іван" in lines[2]
    assert "Веде: Іван" in card(ivan, numbers[1]).text
    again = await stage.owner.forges(_data(digest, "Беру все"), digest).answered(20)
    await calm(stage)
    assert is_answer(again, "✋ Взято 0 із 3")
    stolen = await ivan.forges(_data(digest, "Беру все"), card(ivan, numbers[1])).answered(20)
    assert stolen == "Немає доступу або такого замовлення немає."


def _data(message: Message, label: str) -> str:
    """What stood behind a button when the message came; the screen may show another by now."""
    for button in (button for version in message.versions for button in _drawn(version)):
        if label in button.get("text", button.get("Text", "")):
            return data_of(button)
    raise LookupError(label)


def _drawn(version: Any) -> list[dict[str, Any]]:
    if hasattr(version, "markup"):
        rows = (version.markup or {}).get("inline_keyboard", [])
    else:
        rows = version.own_rows + version.keyboard_rows
    return [button for row in rows for button in row]


@pytest.mark.rule("R33")
async def test_a_night_order_has_its_day_too(database_url: str) -> None:
    """Vector G: at two on Tuesday; the two hours end at 11:00, the 24 at two on Wednesday."""
    async with open_stage(database_url, clock=TheClock(at("03.03 02:00"))) as stage:
        number = await taken_in(stage)
        near = ["03.03 09:00", "03.03 10:30", "03.03 11:00", "03.03 17:00", "04.03 09:00"]
        log = await heard(stage, stage.owner, "04.03 12:00", near)
        assert [(moment, title(message).partition(" · ")[2]) for moment, message in log] == [
            ("03.03 09:00:00", "надійшло, поки магазин був зачинений"),
            ("03.03 10:30:00", "минуло 1:30 із 2:00 робочого часу, а замовлення ще ніхто не взяв"),
            ("03.03 11:00:00", "минули всі 2:00 робочого часу, а замовлення ще ніхто не взяв"),
            (
                "03.03 17:00:00",
                "до кінця доби від надходження лишилося 1:00 робочого часу, а замовлення ще ніхто не взяв",
            ),
            ("04.03 09:00:00", "минула доба від надходження, а замовлення ще ніхто не взяв"),
        ]
        assert f"№{number}" in log[-1][1].text


@pytest.mark.rule("C2")
async def test_on_friday_evening_the_owner_hears_that_the_platform_may_not_rest(database_url: str) -> None:
    async with open_stage(database_url, clock=TheClock(at("06.03 14:00"))) as stage:
        ivan = await stage.hires("Іван")
        numbers = [await taken_in(stage), await taken_in(stage)]
        await until(stage, "06.03 16:30")
        before = len(ivan.messages)
        log = await heard(stage, stage.owner, "09.03 08:59", ["06.03 17:30"])
        ((moment, warning),) = log
        assert moment == "06.03 17:30:00"
        assert warning.text.startswith("⚠️ Попереду вихідні, а таймер майданчика може йти й тоді.")
        assert all(f"№{number}" in warning.text for number in numbers)
        assert len(ivan.messages) == before, "it is the owner's decision whether to work"


# ------------------------------------------------------------ who hears
@pytest.mark.rule("C1", "C28", "R32")
async def test_after_a_claim_only_the_holder_hears_and_at_the_end_the_owner_too(stage: Stage) -> None:
    ivan, petro = await stage.hires("Іван"), await stage.hires("Петро")
    number = await taken_in(stage)
    await press(stage, ivan, "Беру в роботу", number)
    await press(stage, ivan, "Змінено", number)
    seen = {person: len(person.messages) for person in (stage.owner, ivan, petro)}
    await until(stage, "02.03 11:30")
    assert "минуло 1:30 із 2:00 робочого часу, а з покупцем ще не зв'язалися" in ivan.screen.text
    assert [len(person.messages) - seen[person] for person in (stage.owner, ivan, petro)] == [0, 1, 0]
    await until(stage, "02.03 12:00")
    for person in (stage.owner, ivan):
        assert "минули всі 2:00 робочого часу, а з покупцем ще не зв'язалися" in person.screen.text
    assert [len(person.messages) - seen[person] for person in (stage.owner, ivan, petro)] == [1, 2, 0]
    await until(stage, "06.03 12:00")
    assert len(petro.messages) == seen[petro]
    assert await told(stage, number, "contact_due") == [("sent", None)] * 3


async def test_many_reminders_of_one_chat_say_who_holds_what(stage: Stage) -> None:
    ivan = await stage.hires("Іван")
    numbers = [await taken_in(stage), await taken_in(stage)]
    await press(stage, ivan, "Беру в роботу", numbers[0])
    await until(stage, "02.03 12:00")
    held, free = stage.owner.screen.text.splitlines()[1:]
    assert f"№{numbers[0]}" in held
    assert "у кабінеті ще не змінено, з покупцем ще не зв'язалися" in held
    assert held.endswith("веде Іван")
    assert f"№{numbers[1]}" in free
    assert "веде" not in free


@pytest.mark.rule("C1", "C5", "R41")
@pytest.mark.parametrize("how", ["talked", "no answer", "confirmed", "the buyer's tap", "wants no call"])
async def test_what_counts_as_contact_stops_the_second_end_of_the_clock(stage: Stage, how: str) -> None:
    answer = await stage.orders(do_not_call=how in ("wants no call", "the buyer's tap"))
    number = answer["number"]
    await calm(stage)
    await press(stage, stage.owner, "Беру в роботу", number)
    if how == "the buyer's tap":
        buyer = await stage.buyer("Тарас", answer)
        await buyer.presses("Є запитання").answered(20)
        buyer.types("Чи є чорний?")
        await calm(stage)
    elif how != "wants no call":
        label = {"talked": "Поговорили", "no answer": "Не відповідає", "confirmed": "Дані підтверджено"}[how]
        await press(stage, stage.owner, label, number)
    await press(stage, stage.owner, "Змінено", number)
    await until(stage, "02.03 17:59")
    assert await told(stage, number, "contact_due") == []


@pytest.mark.rule("C1", "C4")
async def test_who_claims_late_has_the_whole_term_to_reach_the_buyer(stage: Stage) -> None:
    number = await taken_in(stage)
    await until(stage, "02.03 12:30")
    await press(stage, stage.owner, "Беру в роботу", number)
    await press(stage, stage.owner, "Змінено", number)
    await until(stage, "02.03 13:59")
    assert await told(stage, number, "contact_due") == []
    await until(stage, "02.03 14:00")
    assert await told(stage, number, "contact_due") == [("sent", None)]
    await until(stage, "02.03 14:30")
    assert await told(stage, number, "contact_due") == [("sent", None)] * 2


@pytest.mark.rule("R42", "R35")
async def test_a_buyer_who_did_not_answer_is_called_again_in_an_hour_of_calling_time(stage: Stage) -> None:
    number = await taken_in(stage)
    await until(stage, "02.03 17:30")
    await press(stage, stage.owner, "Беру в роботу", number)
    await press(stage, stage.owner, "Не відповідає", number)
    await press(stage, stage.owner, "Змінено", number)
    log = await heard(stage, stage.owner, "03.03 12:00", ["03.03 09:30"])
    assert [(moment, title(message).partition(" · ")[2]) for moment, message in log] == [
        ("03.03 09:30:00", "час передзвонити: минулого разу покупець не відповів")
    ]


@pytest.mark.rule("RC7", "RC8")
async def test_a_payment_that_does_not_come_is_told_of_after_a_day_and_after_three(stage: Stage) -> None:
    number = await taken_in(stage, payment={"method": "card", "status": "pending"})
    await stage.happens(number, type="status_changed", status="confirmed")
    await calm(stage)
    log = await heard(stage, stage.owner, "06.03 12:00", ["03.03 10:00", "05.03 10:00"])
    assert [(moment, title(message).partition(" · ")[2]) for moment, message in log] == [
        ("03.03 10:00:00", "оплати немає вже 1 день: нагадайте покупцеві або скасуйте замовлення"),
        ("05.03 10:00:00", "оплати немає вже 3 дні: нагадайте покупцеві або скасуйте замовлення"),
    ]


@pytest.mark.rule("G58")
async def test_on_the_third_day_at_the_point_buyer_and_seller_hear_in_the_buyers_hours(stage: Stage) -> None:
    answer = await stage.orders()
    number = answer["number"]
    buyer = await stage.buyer("Тарас", answer)
    await calm(stage)
    await until(stage, "03.03 23:00")
    await stage.happens(number, type="status_changed", status="confirmed")
    await stage.happens(number, type="parcel", ttn="20450000000001", status="arrived")
    await calm(stage)
    before = len(buyer.messages)
    log = await heard(stage, stage.owner, "07.03 12:00", ["07.03 10:00"])
    assert [(moment, title(message).partition(" · ")[2]) for moment, message in log] == [
        ("07.03 10:00:00", "третій день у пункті видачі: зв'яжіться з покупцем")
    ]
    arrived, reminded = buyer.messages[before:]  # the news of the night came in the morning
    assert "прибула" in arrived.text
    assert "уже третій день" in reminded.text
    assert await told(stage, number, "still_waiting") == [("sent", None)]


# ------------------------------------------------------------ again later
@pytest.mark.parametrize(
    ("label", "moment", "answer"),
    [
        ("15 хв", "02.03 10:15", "Нагадаємо 02.03 10:15"),
        ("30 хв", "02.03 10:30", "Нагадаємо 02.03 10:30"),
        ("1 год", "02.03 11:00", "Нагадаємо 02.03 11:00"),
        ("До відкриття", "03.03 09:00", "Нагадаємо 03.03 09:00"),
    ],
)
async def test_who_asks_to_be_reminded_is_reminded_alone(
    stage: Stage, label: str, moment: str, answer: str
) -> None:
    ivan = await stage.hires("Іван")
    number = await taken_in(stage)
    await press(stage, ivan, "Нагадати пізніше", number)
    assert ivan.screen.text == f"№{number}: коли нагадати?"
    assert is_answer(await ivan.presses(label).answered(20), answer)
    await calm(stage)
    assert "Беру в роботу" in " ".join(card(ivan, number).labels), "the card is back"
    if at(moment) > at("02.03 12:00"):
        await until(stage, "02.03 12:00")  # the team's own reminders come in between
    await later(stage, seconds=(at(moment) - stage.clock.now).total_seconds() - 1)
    assert await told(stage, number, "snoozed") == []
    await until(stage, moment)
    assert await told(stage, number, "snoozed") == [("sent", None)]
    assert title(ivan.screen) == f"⏰ №{number} · ви просили нагадати"
    assert count(stage.owner, "ви просили нагадати") == 0
    await later(stage, days=3)
    assert await told(stage, number, "snoozed") == [("sent", None)]


async def test_an_order_touched_meanwhile_is_not_snoozed_any_more(stage: Stage) -> None:
    ivan = await stage.hires("Іван")
    number = await taken_in(stage)
    await press(stage, ivan, "Нагадати пізніше", number)
    await ivan.presses("15 хв").answered(20)
    await press(stage, stage.owner, "Беру в роботу", number)
    await later(stage, minutes=20)
    assert await told(stage, number, "snoozed") == []


async def test_a_snooze_is_not_for_who_may_not_act_and_not_for_a_closed_order(stage: Stage) -> None:
    olga = await stage.hires("Ольга", Role.OBSERVER)
    number = await taken_in(stage)
    assert not any("Нагадати" in label for label in card(olga, number).labels)
    await press(stage, stage.owner, "Нагадати пізніше", number)
    data = _data(stage.owner.screen, "15 хв")
    assert "роль" in await olga.forges(data, card(olga, number)).answered(20)
    await stage.happens(number, type="buyer_cancelled")
    await calm(stage)
    assert "закрите" in await stage.owner.forges(data).answered(20)
    await later(stage, minutes=20)
    assert await told(stage, number, "snoozed") == []


# ------------------------------------------------------------ hours that change, machines that stop
@pytest.mark.case("H8")
async def test_other_hours_move_every_reminder_and_none_comes_twice(stage: Stage) -> None:
    number = await taken_in(stage)
    await until(stage, "02.03 11:30")
    assert await told(stage, number, "untouched") == [("sent", None)]
    await _hours(stage, "Mon-Fri 11:00-18:00")  # 11:30 is half an hour of work now
    await until(stage, "02.03 12:59")
    assert await told(stage, number, "untouched") == [("sent", None)], (
        "not earlier than the new hours promise"
    )
    await until(stage, "02.03 13:00")
    assert await told(stage, number, "untouched") == [("sent", None)] * 2
    await _hours(stage, "Mon-Fri 12:00-18:00")
    await until(stage, "05.03 12:00")
    assert await told(stage, number, "untouched") == [("sent", None)] * 2, "and never twice"


async def test_longer_hours_ring_what_is_due_by_them_at_once(stage: Stage) -> None:
    await _hours(stage, "Mon-Fri 14:00-18:00")
    number = await taken_in(stage)
    await until(stage, "02.03 14:15")
    assert await told(stage, number, "untouched") == []
    await _hours(stage, "Mon-Fri 09:00-18:00")
    await stage.goes(seconds=15)
    assert await told(stage, number, "untouched") == [("sent", None)]
    assert "минули всі 2:00" in stage.owner.screen.text


async def _hours(stage: Stage, text: str) -> None:
    owner = await stage.known(stage.owner)
    assert owner is not None
    await stage.app.shops.set_hours(stage.shop.shop.id, owner.id, WorkSchedule.parse(text))


@pytest.mark.case("H7")
async def test_after_downtime_it_is_one_message_and_in_working_hours(stage: Stage) -> None:
    numbers = [await taken_in(stage) for _ in range(8)]
    await until(stage, "02.03 23:00")  # nobody ticked since the morning
    assert [await told(stage, number, "untouched") for number in numbers] == [[]] * 8
    log = await heard(stage, stage.owner, "03.03 12:00", ["03.03 09:00"])
    ((moment, digest),) = log
    assert moment == "03.03 09:00:00"
    assert all(f"№{number}" in digest.text for number in numbers)
    assert [await told(stage, number, "untouched") for number in numbers] == [[("sent", None)]] * 8


@pytest.mark.rule("G20", "G21", "G22", "G52")
async def test_globus_has_clocks_of_its_own(database_url: str) -> None:
    clock = TheClock(at("02.03 10:00"))
    async with open_stage(database_url, marketplace="globus", clock=clock) as stage:
        number = await taken_in(stage)
        await until(stage, "02.03 10:10")
        assert "минуло 0:10 із 2:00 робочого часу" in title(stage.owner.screen)
        await press(stage, stage.owner, "Беру в роботу", number)
        await press(stage, stage.owner, "Змінено", number)
        near = ["02.03 10:25", "03.03 13:10"]
        log = await heard(stage, stage.owner, "03.03 17:00", near)
        assert [(moment, title(message).partition(" · ")[2]) for moment, message in log] == [
            ("02.03 10:25:00", "0:15 у роботі, а з покупцем ще не зв'язалися"),
            (
                "03.03 13:10:00",
                "минули всі 12:00 робочого часу, а замовлення ще не підтверджено",
            ),  # as vector C
        ]
        await press(stage, stage.owner, "Дані підтверджено", number)
        await press(stage, stage.owner, "Змінено", number)
        log = await heard(stage, stage.owner, "06.03 12:00", ["04.03 11:00", "05.03 11:00"])
        assert [(moment, title(message).partition(" · ")[2]) for moment, message in log] == [
            ("04.03 11:00:00", "минуло 3:00 із 12:00 робочого часу, а замовлення ще не відправлено"),
            ("05.03 11:00:00", "минули всі 12:00 робочого часу, а замовлення ще не відправлено"),
        ]
