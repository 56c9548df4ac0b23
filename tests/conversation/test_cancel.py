"""`Скасувати замовлення`: a reason, a page of them at a time, two calls before "no contact", the buyer is told."""

import pytest

from tests.conversation.hands import (
    buttons,
    calm,
    card,
    data_of,
    history,
    is_answer,
    is_on_viber,
    later,
    press,
    taken_in,
    told,
    types,
)
from tests.stage import Stage

# Typed by hand (rules 1.3, 1.4, 1.8): from «Обробляється менеджером», in the order of the table.
REASONS = [
    "Скасування. Клієнт передумав",
    "Скасування. Замовлення не оплачено",
    "Немає в наявності",
    "Неправильні контактні дані",
    "Не влаштовують умови оплати",
    "Передоплата не влаштовує",
    "Умови доставки не влаштовують",
    "Товар не підходить за характеристиками",
    "Не влаштовує товар",
    "Ціна змінилася",
    "Брак",
    "Повторне замовлення",
]


async def turn(stage: Stage, arrow: str) -> list[str]:
    await stage.owner.presses(arrow).answered(20)
    await calm(stage)
    return reasons(stage)


def reasons(stage: Stage) -> list[str]:
    message = next(m for m in stage.owner.chat.newest_first() if "чому скасовуємо" in m.text)
    return [label for label in message.labels if label[0].isalpha()]


async def cancelling(stage: Stage, number: str) -> None:
    await press(stage, stage.owner, "Скасувати замовлення", number)


@pytest.mark.rule("R19", "R41", "C8")
async def test_reasons_come_in_pages_and_the_locked_one_is_named_and_not_offered(stage: Stage) -> None:
    number = await taken_in(stage)
    await press(stage, stage.owner, "Беру в роботу", number)
    await cancelling(stage, number)
    assert reasons(stage) == REASONS[:6]
    assert "Причина «Не вдалося зв'язатися» відкриється після двох спроб" in stage.owner.screen.text
    assert await turn(stage, "▶") == REASONS[6:]
    assert await turn(stage, "◀") == REASONS[:6]
    await stage.owner.presses("Назад").answered(20)
    await calm(stage)
    assert "Скасувати замовлення" in buttons(stage.owner, number)
    assert (await stage.state(number))["status"] == "in_work"


@pytest.mark.rule("R41", "R42", "C8", "C9")
async def test_no_contact_opens_after_two_calls_without_an_answer(stage: Stage) -> None:
    number = await taken_in(stage)
    await press(stage, stage.owner, "Беру в роботу", number)
    for calls in (1, 2):
        assert is_answer(await press(stage, stage.owner, "Не відповідає", number), "Записано: не відповідає")
        assert "«Не вдалося зв'язатися вперше»" in card(stage.owner, number).text
        await cancelling(stage, number)
        assert ("Не вдалося зв'язатися" in reasons(stage)) is (calls == 2)
        await stage.owner.presses("Назад").answered(20)
        await calm(stage)
    await cancelling(stage, number)
    await stage.owner.presses("Не вдалося зв'язатися").answered(20)
    await calm(stage)
    state = await stage.state(number)
    assert (state["status"], state["status_name"]) == ("cancelled", "Не вдалося зв'язатися")


@pytest.mark.rule("R41")
async def test_the_locked_reason_is_refused_to_a_hostile_client_too(stage: Stage) -> None:
    number = await taken_in(stage)
    await press(stage, stage.owner, "Беру в роботу", number)
    await cancelling(stage, number)
    button = stage.owner.screen.button("Клієнт передумав")
    assert button is not None
    data = data_of(button).replace("changed_mind", "no_contact_cancelled")
    assert "двічі" in await stage.owner.forges(data).answered(20)
    for reason in ("fake", "received", "cancelled", "no_such"):
        forged = data_of(button).replace("changed_mind", reason)
        assert "причини" in await stage.owner.forges(forged).answered(20)
    await calm(stage)
    assert (await stage.state(number))["status"] == "in_work"


async def test_a_call_taken_back_does_not_count(stage: Stage) -> None:
    number = await taken_in(stage)
    await press(stage, stage.owner, "Беру в роботу", number)
    await press(stage, stage.owner, "Не відповідає", number)
    await press(stage, stage.owner, "Не відповідає", number)
    await press(stage, stage.owner, "Повернути", number)
    await cancelling(stage, number)
    assert "Не вдалося зв'язатися" not in reasons(stage)


@pytest.mark.rule("R19", "G46")
async def test_the_buyer_hears_of_our_cancel_with_its_reason_ten_seconds_later_and_once(stage: Stage) -> None:
    answer = await stage.orders(do_not_call=True)
    number = answer["number"]
    maria = await stage.buyer("Марія", answer)
    await calm(stage)
    await press(stage, stage.owner, "Беру в роботу", number)
    await cancelling(stage, number)
    await stage.owner.presses("Немає в наявності").answered(20)
    await calm(stage)
    assert "«Немає в наявності»" in card(stage.owner, number).text
    assert sorted(buttons(stage.owner, number)) == ["Змінено", "Повернути"]
    await later(stage, seconds=9)
    await maria.sees_no("скасував", 0.05)
    await later(stage, seconds=2)
    await maria.sees(f"№{number}: магазин «Самовар» скасував замовлення. Причина: «Немає в наявності».")
    await later(stage, days=4)
    assert await told(stage, number, "order_cancelled") == [("sent", None)]

    late = await maria.presses("Все вірно").answered(20)
    assert late == "" or is_on_viber(maria)
    await maria.sees("вже закрите")


async def test_a_cancel_taken_back_is_not_told(stage: Stage) -> None:
    answer = await stage.orders()
    number = answer["number"]
    maria = await stage.buyer("Марія", answer)
    await calm(stage)
    await cancelling(stage, number)
    await stage.owner.presses("Клієнт передумав").answered(20)
    await calm(stage)
    await press(stage, stage.owner, "Повернути", number)
    await later(stage, minutes=1)
    await maria.sees_no("скасув", 0.05)
    assert (await stage.state(number))["status"] == "new"
    assert await history(stage, number) == [("follow", "new"), ("cancel", "cancelled"), ("undo", "new")]


async def test_a_duplicate_names_the_order_that_it_repeats(stage: Stage) -> None:
    twin = await taken_in(stage)
    number = await taken_in(stage)
    await cancelling(stage, number)
    await stage.owner.presses("Повторне замовлення").answered(20)
    await calm(stage)
    assert f"№{number}: надішліть номер замовлення, яке воно повторює" in stage.owner.screen.text
    for bad in ("не знаю", "999", number, "<b>"):
        assert "Іншого замовлення з номером" in (await types(stage, stage.owner, bad)).text
        assert (await stage.state(number))["status"] == "new"
    await types(stage, stage.owner, f"№ {twin}")
    state = await stage.state(number)
    assert (state["status"], state["status_name"]) == ("cancelled", "Повторне замовлення")
    assert (await stage.state(twin))["status"] == "new"


async def test_a_stale_page_of_reasons_cancels_nothing(stage: Stage) -> None:
    ivan = await stage.hires("Іван")
    number = await taken_in(stage)
    await cancelling(stage, number)
    await press(stage, ivan, "Беру в роботу", number)
    answer = await stage.owner.presses("Клієнт передумав").answered(20)
    assert is_answer(answer, f"Вже змінено: №{number} — «Обробляється менеджером».")
    await calm(stage)
    assert "Дані підтверджено" in buttons(stage.owner, number)
    assert (await stage.state(number))["status"] == "in_work"
