"""Nothing unasked by night: news wait for 9:00 (10:00 on days off), an answer to the buyer's own tap does not."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import update

from bot import notify
from bot.demo.person import Person
from models.shop import Shop
from models.worktime import WorkSchedule
from tests.conversation.hands import (
    calm,
    card,
    card_now,
    count,
    delivered_by,
    in_database,
    later,
    press,
    told,
    types,
)
from tests.stage import Stage

TTN = "20450000000001"
NIGHT = {"hours": 12}  # from Monday 10:00 to 22:00


async def confirmed(stage: Stage, **changes: Any) -> tuple[str, Person]:
    answer = await stage.orders(**changes)
    maria = await stage.buyer("Марія", answer)
    await stage.happens(answer["number"], type="status_changed", status="confirmed")
    await calm(stage)
    return answer["number"], maria


async def ships(stage: Stage, number: str) -> None:
    await press(stage, stage.owner, "Ввести ТТН", number)
    await types(stage, stage.owner, TTN)


async def _ttn(stage: Stage, number: str) -> None:
    await ships(stage, number)


async def _courier(stage: Stage, number: str) -> None:
    await press(stage, stage.owner, "Передано кур'єру", number)


async def _ready(stage: Stage, number: str) -> None:
    await press(stage, stage.owner, "Готово до видачі", number)


async def _arrived(stage: Stage, number: str) -> None:
    await stage.happens(number, type="parcel", ttn=TTN, status="arrived")


async def _cancelled(stage: Stage, number: str) -> None:
    await press(stage, stage.owner, "Скасувати замовлення", number)
    await stage.owner.presses("Клієнт передумав").answered(20)


NEWS = {
    "shipped": (_ttn, "nova_poshta", "відправлено"),
    "courier_left": (_courier, "own", "передано кур'єру"),
    "ready_for_pickup": (_ready, "pickup", "у пункті видачі"),
    "arrived": (_arrived, "nova_poshta", "прибула"),
    "order_cancelled": (_cancelled, "nova_poshta", "скасував замовлення"),
}


@pytest.mark.rule("R35")
@pytest.mark.parametrize("event", NEWS)
async def test_every_news_of_the_night_waits_for_nine_and_the_card_says_when(
    stage: Stage, event: str
) -> None:
    happens, carrier, words = NEWS[event]
    number, maria = await confirmed(stage, delivery=delivered_by(carrier))
    await later(stage, **NIGHT)
    await happens(stage, number)
    await later(stage, minutes=1)
    assert count(maria, words) == 0
    assert "надійде о 09:00" in card(stage.owner, number).text
    await later(stage, hours=10, minutes=58)
    assert count(maria, words) == 0
    await later(stage, minutes=1)
    assert count(maria, words) == 1
    assert await told(stage, number, event) == [("sent", None)]
    assert "надійде о" not in (await card_now(stage, stage.owner, number)).text


@pytest.mark.rule("R35")
async def test_a_corrected_number_is_told_by_day_only(stage: Stage) -> None:
    number, maria = await confirmed(stage)
    await ships(stage, number)
    await later(stage, **NIGHT)
    assert count(maria, TTN) == 1
    await press(stage, stage.owner, "Виправити ТТН", number)
    await types(stage, stage.owner, "20450000000002")
    await later(stage, minutes=1)
    assert count(maria, "правильний номер ТТН") == 0
    await later(stage, hours=11)
    assert count(maria, "правильний номер ТТН 20450000000002") == 1


async def test_of_what_happened_over_night_the_buyer_hears_the_last_word_alone(stage: Stage) -> None:
    number, maria = await confirmed(stage)
    await later(stage, **NIGHT)
    for status in ("in_transit", "arrived"):
        await stage.happens(number, type="parcel", ttn=TTN, status=status)
    await later(stage, hours=11)
    assert (count(maria, "прибула"), count(maria, "відправлено")) == (1, 0)
    assert await told(stage, number, "shipped") == [("failed", "outdated")]
    assert TTN in (await maria.sees("прибула")).text


async def test_what_was_over_by_morning_is_not_told_at_all(stage: Stage) -> None:
    number, maria = await confirmed(stage)
    await later(stage, **NIGHT)
    await stage.happens(number, type="parcel", ttn=TTN, status="arrived")
    await later(stage, hours=1)
    await stage.happens(number, type="parcel", ttn=TTN, status="received")
    await later(stage, hours=12)
    assert count(maria, "прибула") == 0
    assert await told(stage, number, "arrived") == [("failed", "outdated")]


@pytest.mark.rule("R36")
@pytest.mark.parametrize("days", [0, 4], ids=["the shop's own day off", "a weekend"])
async def test_on_a_day_off_the_buyers_day_begins_at_ten(stage: Stage, days: int) -> None:
    """Tuesday, 3 March, is this shop's day off; the other night is that to Saturday."""
    week = WorkSchedule.parse("Mon-Fri 09:00-18:00")
    hours = WorkSchedule(week.zone, week.week, {date(2026, 3, 3): ()}).to_json()
    await in_database(stage, lambda session: session.execute(update(Shop).values(hours=hours)) and None)
    number, maria = await confirmed(stage)
    await later(stage, days=days, **NIGHT)
    await ships(stage, number)
    await later(stage, minutes=1)
    assert "надійде о 10:00" in card(stage.owner, number).text
    await later(stage, hours=11, minutes=58)
    assert count(maria, "відправлено") == 0
    await later(stage, minutes=1)
    assert count(maria, "відправлено") == 1


@pytest.mark.rule("C4")
async def test_who_opens_the_link_by_night_is_answered_by_night(stage: Stage) -> None:
    fresh = await stage.orders(do_not_call=True)
    kept = await stage.orders()
    await stage.happens(kept["number"], type="status_changed", status="confirmed")
    await later(stage, **NIGHT)
    await stage.happens(kept["number"], type="parcel", ttn=TTN, status="in_transit")
    await calm(stage)
    maria, petro = await stage.buyer("Марія", fresh), await stage.buyer("Петро", kept)
    await later(stage, seconds=11)
    assert count(maria, "Все правильно?") == 1
    assert count(petro, f"відправлено 2 березня. ТТН {TTN}") == 1
    await maria.presses("Все вірно").answered(20)
    await maria.sees("замовлення підтверджено")


@pytest.mark.rule("R10", "R43")
async def test_the_shops_words_wait_for_morning_unless_they_answer_the_buyers_own(stage: Stage) -> None:
    number, maria = await confirmed(stage)
    await later(stage, **NIGHT)
    await press(stage, stage.owner, "Написати покупцю", number)
    said = await types(stage, stage.owner, "Подзвонимо завтра")
    assert said.text == f"💬 №{number}: покупець отримає о 09:00, уночі його не турбуємо."
    assert count(maria, "Подзвонимо завтра") == 0
    await types(stage, maria, "Ви ще тут?")
    await later(stage, minutes=59)
    await press(stage, stage.owner, "Написати покупцю", number)
    assert "передаємо покупцеві" in (await types(stage, stage.owner, "Так, тут")).text
    assert count(maria, "Так, тут") == 1
    await later(stage, minutes=2)
    await press(stage, stage.owner, "Написати покупцю", number)
    assert "отримає о 09:00" in (await types(stage, stage.owner, "І ще одне")).text
    await later(stage, hours=10)
    assert (count(maria, "Подзвонимо завтра"), count(maria, "І ще одне")) == (1, 1)


async def test_by_day_the_shops_words_go_at_once(stage: Stage) -> None:
    number, maria = await confirmed(stage)
    await press(stage, stage.owner, "Написати покупцю", number)
    assert "передаємо покупцеві" in (await types(stage, stage.owner, "Додали подарунок")).text
    await maria.sees("Додали подарунок")


async def test_a_press_that_is_taken_back_by_night_is_told_to_nobody(stage: Stage) -> None:
    number, maria = await confirmed(stage, delivery=delivered_by("own"))
    await later(stage, **NIGHT)
    await press(stage, stage.owner, "Передано кур'єру", number)
    await press(stage, stage.owner, "Повернути", number)
    await later(stage, hours=12)
    assert count(maria, "передано кур'єру") == 0


@settings(max_examples=300, deadline=None)
@given(
    minute=st.integers(0, 2 * 366 * 24 * 60),
    zone=st.sampled_from(["Europe/Kyiv", "Europe/Lisbon", "Asia/Kathmandu"]),
    hours=st.sampled_from(
        ["Mon-Fri 09:00-18:00", "Mon-Sun 00:00-24:00", "Tue 20:00-04:00", "Sat 10:00-15:00"]
    ),
)
def test_no_moment_outside_the_window_is_ever_chosen_and_none_inside_is_put_off(
    minute: int, zone: str, hours: str
) -> None:
    """A law, against local wall time read by hand."""
    schedule = WorkSchedule.parse(hours, zone)
    shop = Shop(name="x", marketplace="rozetka", hours=schedule.to_json())
    moment = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minute)

    def inside(at: datetime) -> bool:
        local = at.astimezone(ZoneInfo(zone))
        first, last = (10, 20) if local.weekday() >= 5 or local.date() in schedule.days_off else (9, 21)
        return first * 60 <= local.hour * 60 + local.minute <= last * 60

    chosen = notify.unprompted(shop, moment)
    assert inside(chosen)
    assert chosen == moment if inside(moment) else moment < chosen < moment + timedelta(hours=15)
