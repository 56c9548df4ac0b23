"""/stop: a buyer's word that silences the bot at once, is seen by the shop, and is taken back by /start (K10)."""

import pytest

from tests.conversation.hands import TTN, calm, card_now, count, later, press, taken_in, told, types
from tests.stage import Stage


@pytest.mark.case("K10")
async def test_after_stop_nothing_comes_and_the_seller_sees_that_a_call_is_left(stage: Stage) -> None:
    taken = await stage.orders(do_not_call=True)
    number = taken["number"]
    maria = await stage.buyer("Марія", taken)
    await stage.happens(number, type="status_changed", status="confirmed")
    await calm(stage)
    await press(stage, stage.owner, "Ввести ТТН", number)
    await types(stage, stage.owner, TTN)
    assert await told(stage, number, "shipped") == [("queued", None)]
    assert "Повідомлення вимкнено" in (await types(stage, maria, "/stop")).text
    assert await told(stage, number, "shipped") == [("held", "stopped")]
    text = (await card_now(stage, stage.owner, number)).text
    assert "Покупець вимкнув повідомлення: ТТН і дані повідомте дзвінком" in text
    assert "не надіслано: покупець вимкнув повідомлення" in text
    assert "+380671234567" in (await stage.owner.sees("покупець вимкнув повідомлення. ТТН")).text
    await stage.happens(number, type="parcel", ttn=TTN, status="arrived")
    await later(stage, days=4)
    assert count(maria, TTN) == 0
    assert ("held", "stopped") in await told(stage, number, "arrived")


@pytest.mark.case("K10")
async def test_start_switches_on_again_and_brings_the_last_news(stage: Stage) -> None:
    taken = await stage.orders()
    number = taken["number"]
    maria = await stage.buyer("Марія", taken)
    await types(stage, maria, "/stop")
    await stage.happens(number, type="status_changed", status="confirmed")
    await calm(stage)
    await press(stage, stage.owner, "Ввести ТТН", number)
    await types(stage, stage.owner, TTN)
    await later(stage, seconds=20)
    await press(stage, stage.owner, "Написати покупцю", number)
    assert (
        "покупець вимкнув повідомлення. Ваше збережено" in (await types(stage, stage.owner, "Вже їде")).text
    )
    assert count(maria, "Вже їде") == 0
    await types(stage, maria, "/start")
    assert count(maria, "Повідомлення знову увімкнено") == 1
    assert count(maria, "Вже їде") == 1
    assert await told(stage, number, "shipped") == [("sent", None)]
    assert "Чат з покупцем є" in (await card_now(stage, stage.owner, number)).text
    await stage.happens(number, type="parcel", ttn=TTN, status="arrived")
    await calm(stage)
    assert count(maria, "прибула") == 1


async def test_the_link_switches_on_again_too(stage: Stage) -> None:
    taken = await stage.orders()
    maria = await stage.buyer("Марія", taken)
    await types(stage, maria, "/stop")
    await types(stage, maria, f"/start {taken['buyer']['start']}")
    assert "Чат з покупцем є" in (await card_now(stage, stage.owner, taken["number"])).text


async def test_who_writes_while_stopped_is_told_that_no_answer_comes_here(stage: Stage) -> None:
    taken = await stage.orders()
    maria = await stage.buyer("Марія", taken)
    await types(stage, maria, "/stop")
    assert "відповідь сюди не надійде" in (await types(stage, maria, "Коли відправите?")).text
    await stage.owner.sees("Коли відправите?")


async def test_a_member_is_told_that_rings_are_work(stage: Stage) -> None:
    assert "командою /stop їх не вимкнути" in (await types(stage, stage.owner, "/stop")).text
    number = await taken_in(stage)
    await stage.owner.sees(number)


async def test_a_stranger_who_says_stop_is_not_stored(stage: Stage) -> None:
    nobody = stage.fake.person("Хтось")
    assert "Відкрийте посилання" in (await types(stage, nobody, "/stop")).text
    assert await stage.known(nobody) is None


async def test_stopping_twice_tells_the_seller_once(stage: Stage) -> None:
    taken = await stage.orders()
    maria = await stage.buyer("Марія", taken)
    for word in ("/stop", "/stop", "/start", "/stop"):
        await types(stage, maria, word)
    assert count(stage.owner, "покупець вимкнув повідомлення. ТТН") == 1
