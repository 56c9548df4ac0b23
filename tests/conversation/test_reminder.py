"""The two hours of working time of an order that nobody touched: both steps, to all, and never without need."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.demo.person import Person
from tests.conversation.hands import (
    arrived_mark,
    calm,
    card,
    card_now,
    count,
    delivered_by,
    is_answer,
    is_on_viber,
    later,
    press,
    taken_in,
    told,
    types,
)
from tests.stage import Stage, TheClock, open_stage

RING = "замовлення ще ніхто не взяв"
CABINET = "у кабінеті ще не змінено"


def kyiv(day: int, hour: int, minute: int = 0) -> datetime:
    """March 2026, before the clocks change: two hours ahead of UTC."""
    return datetime(2026, 3, day, hour - 2, minute, tzinfo=UTC)


def left_of(rings: int, person: Person) -> int:
    """How many of so many reminders still say why they rang: earlier ones follow the order, on Viber as little as any
    message."""
    return rings if is_on_viber(person) else 1


async def until(stage: Stage, moment: datetime) -> None:
    await later(stage, seconds=(moment - stage.clock.now).total_seconds())


@pytest.mark.rule("R52", "R32", "C28")
async def test_an_untouched_order_rings_all_members_at_an_hour_and_a_half_and_at_two_hours(
    stage: Stage,
) -> None:
    ivan = await stage.hires("Іван")
    number = await taken_in(stage)
    for before, due, title in (
        (kyiv(2, 11, 29), kyiv(2, 11, 30), "минуло 1:30 із 2:00 робочого часу"),
        (kyiv(2, 11, 59), kyiv(2, 12, 0), "минули всі 2:00 робочого часу"),
    ):
        await until(stage, before)
        assert [count(person, title) for person in (stage.owner, ivan)] == [0, 0]
        await until(stage, due)
        for person in (stage.owner, ivan):
            assert f"№{number}" in person.screen.text
            assert title in person.screen.text.partition("\n")[0]
            assert RING in person.screen.text
            assert "Беру в роботу" in " ".join(person.screen.labels)
    await until(stage, kyiv(9, 12))
    assert [count(person, RING) for person in (stage.owner, ivan)] == [left_of(2, ivan)] * 2
    assert await told(stage, number, "untouched") == [("sent", None)] * 4
    assert is_answer(await press(stage, ivan, "Беру в роботу", number), "Взято в роботу")


@pytest.mark.rule("R52", "R44")
@pytest.mark.case("H1", "H2", "H3")
@pytest.mark.parametrize(
    ("made", "soon", "due"),
    [
        (kyiv(6, 17, 30), kyiv(9, 10, 0), kyiv(9, 10, 30)),  # vector A
        (kyiv(7, 10, 0), kyiv(9, 10, 30), kyiv(9, 11, 0)),  # vector B
        (kyiv(2, 16, 0), kyiv(2, 17, 30), kyiv(2, 18, 0)),  # what ends at closing time, ends then
        (kyiv(3, 2, 0), kyiv(3, 10, 30), kyiv(3, 11, 0)),  # vector G
    ],
    ids=["friday evening", "saturday", "closing time", "night"],
)
async def test_the_two_hours_run_while_the_shop_is_open(
    database_url: str, made: datetime, soon: datetime, due: datetime
) -> None:
    async with open_stage(database_url, clock=TheClock(made)) as stage:
        number = await taken_in(stage)
        for rung, moment in enumerate((soon, due)):
            await until(stage, moment - timedelta(seconds=1))
            assert await told(stage, number, "untouched") == [("sent", None)] * rung
            await until(stage, moment)
            assert await told(stage, number, "untouched") == [("sent", None)] * (rung + 1)
            assert RING in stage.owner.screen.text


async def _taken(stage: Stage, number: str) -> None:
    await press(stage, stage.owner, "Беру в роботу", number)
    await press(stage, stage.owner, "Поговорили", number)
    await press(stage, stage.owner, "Змінено", number)


async def _cancelled_by_us(stage: Stage, number: str) -> None:
    await press(stage, stage.owner, "Скасувати замовлення", number)
    await stage.owner.presses("Клієнт передумав").answered(20)
    await calm(stage)
    await press(stage, stage.owner, "Змінено", number)


HANDLED: dict[str, Any] = {
    "taken and ticked": _taken,
    "cancelled by us": _cancelled_by_us,
    "taken in the cabinet": lambda stage, number: stage.happens(
        number, type="status_changed", status="in_work"
    ),
    "cancelled by the buyer": lambda stage, number: stage.happens(number, type="buyer_cancelled"),
}


@pytest.mark.rule("R52", "R02")
@pytest.mark.case("H5")
async def test_a_handled_order_never_rings_again(stage: Stage) -> None:
    numbers = {how: await taken_in(stage) for how in HANDLED}
    await later(stage, minutes=89)
    for how, number in numbers.items():
        await HANDLED[how](stage, number)
        await calm(stage)
    await later(stage, days=10)
    for how, number in numbers.items():
        assert await told(stage, number, "untouched") == [], how
        assert await told(stage, number, "cabinet_unchanged") == [], how
    assert count(stage.owner, RING) == 0


async def test_taken_but_not_in_the_cabinet_reminds_the_holder_alone(stage: Stage) -> None:
    """Rules 1.8.3: the marketplace's robot calls by its cabinet, not by us."""
    ivan = await stage.hires("Іван")
    number = await taken_in(stage)
    await press(stage, ivan, "Беру в роботу", number)
    await press(stage, ivan, "Поговорили", number)
    await later(stage, minutes=90)
    assert CABINET in ivan.screen.text
    assert f"№{number}" in ivan.screen.text
    assert "Змініть і в кабінеті: «Обробляється менеджером»" in ivan.screen.text
    assert count(stage.owner, CABINET) == 0
    assert [count(person, RING) for person in (stage.owner, ivan)] == [0, 0]
    assert is_answer(await press(stage, ivan, "Змінено", number), "Позначено: у кабінеті змінено")
    assert "Змінено" not in " ".join(card(ivan, number).labels)
    await later(stage, days=7)
    assert await told(stage, number, "cabinet_unchanged") == [("sent", None)]


@pytest.mark.case("F17")
async def test_a_claim_taken_back_leaves_the_reminder_alive(stage: Stage) -> None:
    number = await taken_in(stage)
    await press(stage, stage.owner, "Беру в роботу", number)
    await press(stage, stage.owner, "Повернути", number)
    await later(stage, hours=2)
    assert count(stage.owner, RING) == 1
    assert await told(stage, number, "untouched") == [("sent", None)]


async def test_the_reminder_turns_into_a_plain_card_once_somebody_takes_the_order(stage: Stage) -> None:
    number = await taken_in(stage)
    await later(stage, hours=2)
    await press(stage, stage.owner, "Беру в роботу", number)
    await later(stage, seconds=2)
    if is_on_viber(stage.owner):
        assert RING not in card(stage.owner, number).text
    else:
        assert count(stage.owner, RING) == 0
        assert count(stage.owner, f"№{number} · «Обробляється менеджером»") == 2


async def test_the_reminder_says_why_it_rang_until_something_happens_to_the_order(stage: Stage) -> None:
    """A colleague's note, or what the buyer is told in the same minute, draws the card anew."""
    ivan = await stage.hires("Іван")
    number = await taken_in(stage)
    await later(stage, hours=1, minutes=30)
    await press(stage, ivan, "Нотатка", number)
    await types(stage, ivan, "Зателефонувати після обіду")
    assert RING in card(stage.owner, number).text.partition("\n")[0]
    assert "Зателефонувати після обіду" in (await card_now(stage, stage.owner, number)).text
    await press(stage, ivan, "Беру в роботу", number)
    for person in (stage.owner, ivan):
        assert RING not in card(person, number).text
        assert is_on_viber(person) or count(person, RING) == 0


@pytest.mark.rule("G58")
async def test_the_third_day_at_the_point_is_still_said_after_the_buyer_was_told_of_it(stage: Stage) -> None:
    answer = await stage.orders(delivery=delivered_by("pickup"))
    number = answer["number"]
    await stage.buyer("Марія", answer)
    await stage.happens(number, type="status_changed", status="confirmed")
    await calm(stage)
    await press(stage, stage.owner, "Готово до видачі", number)
    await press(stage, stage.owner, "Змінено", number)
    await later(stage, seconds=11)
    await later(stage, days=3)
    assert "третій день у пункті видачі" in card(stage.owner, number).text.partition("\n")[0]
    seen = (await card_now(stage, stage.owner, number)).text
    assert f"Нагадування покупцю: {arrived_mark(stage.owner)}" in seen
