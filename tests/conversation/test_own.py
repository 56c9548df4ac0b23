"""The plain own shop over the wire: ROZETKA's way with plain names, and no cabinet to tick."""

from collections.abc import AsyncIterator

import pytest

from tests.conversation.hands import (
    TTN,
    bare,
    buttons,
    calm,
    card,
    confirmed,
    count,
    delivered_by,
    later,
    press,
    taken_in,
    types,
)
from tests.stage import Stage, open_stage


@pytest.fixture
async def own(database_url: str) -> AsyncIterator[Stage]:
    async with open_stage(database_url, marketplace="own") as opened:
        yield opened


async def test_an_order_of_the_shops_own_site_goes_from_ring_to_the_end(own: Stage) -> None:
    answer = await own.orders(do_not_call=True)
    number = answer["number"]
    maria = await own.buyer("Марія", answer)
    await calm(own)
    assert "магазином «Самовар» (сайт магазину)" in maria.screen.text
    assert "«Нове»" in card(own.owner, number).text
    await press(own, own.owner, "Взяти й підтвердити", number)
    assert "«Підтверджено»" in card(own.owner, number).text
    await press(own, own.owner, "Ввести ТТН", number)
    assert [bare(label) for label in own.owner.screen.labels] == ["Назад"]
    forged = f"n:ship:{answer['order_id']}:2:ttn"  # there may be no parcel without a number here
    await own.owner.forges(forged, card(own.owner, number)).answered(20)
    await calm(own)
    assert (await own.state(number))["status"] == "confirmed"
    await types(own, own.owner, TTN)
    assert "«Передано перевізнику»" in card(own.owner, number).text
    await later(own, seconds=11)
    await maria.sees(f"ТТН {TTN}")
    await own.happens(number, type="parcel", ttn=TTN, status="arrived")
    await calm(own)
    assert "«Чекає на покупця»" in card(own.owner, number).text
    assert sorted(buttons(own.owner, number)) == [
        "Виправити ТТН",
        "Відмовився від товару",
        "Не забрав посилку",
        "Отримано",
    ]
    await press(own, own.owner, "Отримано", number)
    assert (await own.state(number))["status_name"] == "Отримано"
    assert count(own.owner, "Змініть і в кабінеті") == 0


async def test_goods_at_the_shops_own_point_wait_for_the_buyer(own: Stage) -> None:
    number = await confirmed(own, delivery=delivered_by("pickup", "Київ, Хрещатик, 1"))
    await press(own, own.owner, "Готово до видачі", number)
    assert "«Чекає на покупця»" in card(own.owner, number).text
    assert "Змінено" not in buttons(own.owner, number)
    await press(own, own.owner, "Не забрав посилку", number)
    assert "«Не забрали»" in card(own.owner, number).text


@pytest.mark.rule("R19", "R41")
async def test_a_plain_list_of_reasons_is_one_step_and_another_reason_is_said_in_words(own: Stage) -> None:
    number = await taken_in(own)
    await press(own, own.owner, "Беру в роботу", number)
    await press(own, own.owner, "Скасувати замовлення", number)
    assert [bare(label) for label in own.owner.screen.labels] == [
        "Покупець передумав",
        "Замовлення не оплачено",
        "Немає в наявності",
        "Повторне замовлення",
        "Інша причина",
        "Назад",
    ]
    assert "«Немає зв'язку з покупцем» відкриється після двох спроб" in own.owner.screen.text
    await own.owner.presses("Інша причина").answered(20)
    await calm(own)
    await types(own, own.owner, "Переїжджаємо")
    state = await own.state(number)
    assert (state["status"], state["status_name"]) == ("cancelled", "Інша причина")
    assert "Причина словами: Переїжджаємо" in card(own.owner, number).text
