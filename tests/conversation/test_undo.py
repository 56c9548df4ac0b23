"""`Повернути`: ten seconds, the same person, while nobody outside has been told."""

import pytest

from tests.conversation.hands import (
    TTN,
    buttons,
    calm,
    card,
    confirmed,
    data_of,
    forge,
    history,
    is_answer,
    later,
    press,
    shipped,
    taken_in,
    told,
    types,
)
from tests.stage import Stage


@pytest.mark.case("C14")
async def test_taking_back_a_dispatch_takes_back_the_buyers_message_too(stage: Stage) -> None:
    answer = await stage.orders()
    number = answer["number"]
    maria = await stage.buyer("Марія", answer)
    await stage.happens(number, type="status_changed", status="confirmed")
    await calm(stage)
    await press(stage, stage.owner, "Ввести ТТН", number)
    await types(stage, stage.owner, TTN)
    await later(stage, seconds=9)
    assert is_answer(await press(stage, stage.owner, "Повернути", number), "Повернуто, як було")
    assert (await stage.state(number))["status"] == "confirmed"
    assert (await stage.state(number))["parcels"] == []
    assert await told(stage, number, "shipped") == [("failed", "undone")]
    assert "Змінено" not in buttons(stage.owner, number)
    await later(stage, minutes=5)
    await maria.sees_no("ТТН", 0.05)

    await press(stage, stage.owner, "Ввести ТТН", number)
    await types(stage, stage.owner, TTN)
    await later(stage, seconds=11)
    await maria.sees(f"ТТН {TTN}")
    assert await told(stage, number, "shipped") == [("failed", "undone"), ("sent", None)]
    moved = await stage.happens(number, type="parcel", ttn=TTN, status="arrived")
    assert moved.body["status"] == "waiting"


@pytest.mark.case("C14")
async def test_after_ten_seconds_it_is_too_late(stage: Stage) -> None:
    number = await taken_in(stage)
    await press(stage, stage.owner, "Беру в роботу", number)
    undo = card(stage.owner, number).button("Повернути")
    assert undo is not None
    stage.clock.goes(seconds=10)
    assert "понад 10 секунд" in await forge(stage, stage.owner, data_of(undo))
    assert (await stage.state(number))["status"] == "in_work"
    await later(stage, seconds=1)
    assert "Повернути" not in buttons(stage.owner, number)


@pytest.mark.case("C14")
async def test_nobody_else_takes_back_what_one_person_did(stage: Stage) -> None:
    ivan = await stage.hires("Іван")
    number = await taken_in(stage)
    await press(stage, stage.owner, "Беру в роботу", number)
    undo = card(stage.owner, number).button("Повернути")
    assert undo is not None
    assert "лише той, хто її зробив" in await forge(stage, ivan, data_of(undo))
    assert (await stage.state(number))["status"] == "in_work"
    await press(stage, stage.owner, "Повернути", number)
    assert (await stage.state(number))["status"] == "new"


async def test_after_the_cabinet_was_ticked_nothing_is_taken_back(stage: Stage) -> None:
    number = await taken_in(stage)
    await press(stage, stage.owner, "Беру в роботу", number)
    undo = card(stage.owner, number).button("Повернути")
    assert undo is not None
    await press(stage, stage.owner, "Змінено", number)
    assert "Повернути" not in buttons(stage.owner, number)
    assert "Повернути вже не можна" in await forge(stage, stage.owner, data_of(undo))
    assert (await stage.state(number))["status"] == "in_work"


async def test_taking_back_a_claim_gives_the_order_back_to_who_had_it(stage: Stage) -> None:
    ivan = await stage.hires("Іван")
    number = await taken_in(stage)
    await press(stage, ivan, "Беру в роботу", number)
    await stage.happens(number, type="status_changed", status="expired")
    await calm(stage)
    await press(stage, stage.owner, "Беру в роботу", number)
    assert "Веде: Олена" in card(ivan, number).text
    await press(stage, stage.owner, "Повернути", number)
    assert "Веде: Іван" in card(ivan, number).text
    assert (await stage.state(number))["status"] == "expired"

    fresh = await taken_in(stage)
    await press(stage, ivan, "Беру в роботу", fresh)
    await press(stage, ivan, "Повернути", fresh)
    assert "Веде" not in card(stage.owner, fresh).text
    assert "Беру в роботу" in buttons(stage.owner, fresh)
    assert is_answer(await press(stage, stage.owner, "Беру в роботу", fresh), "Взято в роботу")


async def test_both_steps_of_one_press_are_taken_back_together(stage: Stage) -> None:
    number = await taken_in(stage, do_not_call=True)
    await press(stage, stage.owner, "Взяти й підтвердити", number)
    await press(stage, stage.owner, "Повернути", number)
    assert (await history(stage, number))[-1] == ("undo", "new")
    assert "Змінено" not in buttons(stage.owner, number)
    assert "Взяти й підтвердити" in buttons(stage.owner, number)


async def test_a_dispatch_whose_number_was_put_right_is_not_taken_back(stage: Stage) -> None:
    """Nobody has a chat here, so that only the correction stands in the way."""
    number = await shipped(stage, TTN)
    await press(stage, stage.owner, "Виправити ТТН", number)
    await types(stage, stage.owner, "20450000000009")
    assert "Повернути" not in buttons(stage.owner, number)
    assert [parcel["ttn"] for parcel in (await stage.state(number))["parcels"]] == ["20450000000009"]


async def test_a_press_taken_back_can_be_pressed_again(stage: Stage) -> None:
    number = await confirmed(stage)
    for _ in range(2):
        await press(stage, stage.owner, "Повернути в обробку", number)
        assert (await stage.state(number))["status"] == "in_work"
        await press(stage, stage.owner, "Повернути", number)
        assert (await stage.state(number))["status"] == "confirmed"


@pytest.mark.rule("G58", "R42")
@pytest.mark.case("C14")
async def test_a_press_taken_back_begins_no_clock_anew_and_stops_none(stage: Stage) -> None:
    """Neither is the buyer reminded twice of one parcel, nor is the call after the first miss forgotten."""
    number = await shipped(stage, TTN)
    await stage.happens(number, type="parcel", ttn=TTN, status="arrived")
    await later(stage, days=3, hours=1)
    assert len(await told(stage, number, "still_waiting")) == 1
    await press(stage, stage.owner, "Отримано", number)
    await press(stage, stage.owner, "Повернути", number)
    await later(stage, days=4)
    assert len(await told(stage, number, "still_waiting")) == 1

    missed = await taken_in(stage)
    await press(stage, stage.owner, "Беру в роботу", missed)
    await press(stage, stage.owner, "Не відповідає", missed)
    await later(stage, minutes=30)
    await press(stage, stage.owner, "Не відповідає", missed)
    await press(stage, stage.owner, "Повернути", missed)
    await later(stage, minutes=30)
    assert len(await told(stage, missed, "call_again")) == 1
