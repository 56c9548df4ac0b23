"""A seller takes an order, alone or against a colleague, confirms it, and sees what became of it."""

import asyncio
from typing import Any, cast

import pytest

from bot.demo.person import Press
from tests.conversation.hands import (
    TTN,
    buttons,
    calm,
    card,
    card_now,
    confirmed,
    data_of,
    delivered_by,
    door,
    enters,
    history,
    is_answer,
    is_on_viber,
    later,
    paid_by,
    press,
    shipped,
    taken_in,
    told,
    types,
)
from tests.stage import Stage


async def answers(stage: Stage, *presses: Press) -> list[str]:
    """What was said to each press, in the order of the presses of one person. Viber's chat shows it in the second line
    of the card that follows, other cards coming meanwhile."""
    toasts = await asyncio.gather(*(one.answered(20) for one in presses))
    await calm(stage)
    if not is_on_viber(stage.owner):
        return list(toasts)
    first: dict[object, Press] = {}
    for one in presses:
        first.setdefault(one.message.chat, one)
    cards = [str(message.text) for one in first.values() for message in cast(list[Any], one.answers)]
    said = [text.splitlines()[1] for text in cards]
    return [words for words in said if "станом на" not in words]


@pytest.mark.rule("R13")
async def test_of_two_members_who_press_at_once_one_gets_the_order_and_the_other_sees_who(
    stage: Stage,
) -> None:
    ivan = await stage.hires("Іван")
    number = await taken_in(stage)
    hers = stage.owner.presses("Беру в роботу", on=card(stage.owner, number))
    his = ivan.presses("Беру в роботу", on=card(ivan, number))
    late = f"Вже змінено: №{number} — «Обробляється менеджером»."
    said = await answers(stage, hers, his)
    assert sorted(said) == [late, "Взято в роботу"]
    holder = "Олена" if said[0] == "Взято в роботу" else "Іван"
    for person in (stage.owner, ivan):
        assert f"Веде: {holder}" in card(person, number).text
        assert "Беру в роботу" not in buttons(person, number)
    assert await history(stage, number) == [("follow", "new"), ("take", "in_work")]


@pytest.mark.case("C5")
async def test_twenty_presses_at_once_are_one_event_and_all_are_answered(stage: Stage) -> None:
    ivan = await stage.hires("Іван")
    number = await taken_in(stage)
    presses = [
        person.presses("Беру в роботу", on=card(person, number)) for person in [stage.owner, ivan] * 10
    ]
    said = await answers(stage, *presses)
    assert len(said) == 20
    assert said.count("Взято в роботу") == 1
    assert set(said) == {"Взято в роботу", f"Вже змінено: №{number} — «Обробляється менеджером»."}
    assert await history(stage, number) == [("follow", "new"), ("take", "in_work")]


@pytest.mark.rule("RC17", "C7")
async def test_taking_and_confirming_in_one_press_leaves_both_steps_in_the_history(stage: Stage) -> None:
    number = await taken_in(stage, do_not_call=True)
    assert is_answer(await press(stage, stage.owner, "Взяти й підтвердити", number), "Взято й підтверджено")
    assert await history(stage, number) == [
        ("follow", "new"),
        ("take_confirm", "in_work"),
        ("take_confirm", "confirmed"),
    ]
    await press(stage, stage.owner, "Історія", number)
    lines = stage.owner.screen.text.splitlines()
    assert lines[0].endswith(f"№{number} · історія")
    assert lines[1].endswith("Олена · взято й підтверджено → «Дані підтверджені. Очікує відправлення»")
    assert lines[2].endswith("Олена · взято й підтверджено → «Обробляється менеджером»")
    assert lines[3].endswith("майданчик · замовлення надійшло → «Нове замовлення»")
    assert lines[1].startswith("02.03 10:00")
    await stage.owner.presses("До замовлення").answered(20)
    await calm(stage)
    assert "Змініть і в кабінеті: «Обробляється менеджером» → «Дані підтверджені. Очікує відправлення»" in (
        card(stage.owner, number).text
    )


async def test_the_cabinet_is_named_after_each_press_until_it_is_ticked(stage: Stage) -> None:
    """Rules 1.8.3: nothing is seemingly handled."""
    ivan = await stage.hires("Іван")
    number = await taken_in(stage)
    assert "Змінено" not in buttons(stage.owner, number)
    await press(stage, stage.owner, "Беру в роботу", number)
    for person in (stage.owner, ivan):
        assert "Змініть і в кабінеті: «Обробляється менеджером»" in card(person, number).text
        assert "Змінено" in buttons(person, number)
    assert is_answer(await press(stage, ivan, "Змінено", number), "Позначено: у кабінеті змінено")
    for person in (stage.owner, ivan):
        assert "кабінет" not in (await card_now(stage, person, number)).text
        assert "Змінено" not in buttons(person, number)
    await press(stage, ivan, "Дані підтверджено", number)
    assert "Змініть і в кабінеті: «Дані підтверджені. Очікує відправлення»" in card(ivan, number).text


async def test_what_the_source_says_ticks_the_cabinet_by_itself(stage: Stage) -> None:
    number = await taken_in(stage)
    await press(stage, stage.owner, "Беру в роботу", number)
    await stage.happens(number, type="status_changed", status="in_work")
    await calm(stage)
    await card_now(stage, stage.owner, number)
    assert "Змінено" not in buttons(stage.owner, number)
    assert await history(stage, number) == [("follow", "new"), ("take", "in_work")]


@pytest.mark.rule("RC14", "RC15", "C6")
@pytest.mark.parametrize("status", ["pending", "held", "expired"])
async def test_money_that_has_not_come_opens_no_dispatch_until_the_source_says_paid(
    stage: Stage, status: str
) -> None:
    number = await confirmed(stage, payment=paid_by("card", status))
    open_one = await confirmed(stage)
    assert "Відправляти ще не можна" in card(stage.owner, number).text
    assert "Ввести ТТН" not in buttons(stage.owner, number)

    ship = card(stage.owner, open_one).button("Ввести ТТН")
    assert ship is not None
    order_id = (await stage.state(number))["order_id"]
    other = (await stage.state(open_one))["order_id"]
    seq = "1"
    assert data_of(ship).replace(other, order_id).endswith(f":{seq}")
    answer = await stage.owner.forges(data_of(ship).replace(other, order_id)).answered(20)
    assert "оплат" in answer
    assert (await stage.state(number))["status"] == "confirmed"

    assert (await stage.happens(number, type="payment_changed", status="paid")).status == 202
    await calm(stage)
    assert "Відправляти ще не можна" not in (await card_now(stage, stage.owner, number)).text
    await press(stage, stage.owner, "Ввести ТТН", number)
    await types(stage, stage.owner, TTN)
    assert (await stage.state(number))["status"] == "handed_over"


@pytest.mark.rule("RC14", "C6")
async def test_money_that_goes_back_while_the_ttn_is_typed_shuts_the_gate_again(stage: Stage) -> None:
    number = await confirmed(stage, payment=paid_by("card", "paid"))
    await press(stage, stage.owner, "Ввести ТТН", number)
    await stage.happens(number, type="payment_changed", status="refunded")
    stage.owner.types(TTN)
    await stage.owner.sees("Гроші повернено покупцеві")
    await calm(stage)
    assert (await stage.state(number))["status"] == "confirmed"
    assert (await stage.state(number))["parcels"] == []


@pytest.mark.rule("RC7", "RC8", "C16")
async def test_waiting_for_payment_is_a_lane_of_its_own_and_passes_through_confirmed(stage: Stage) -> None:
    number = await taken_in(stage, payment=paid_by("card", "pending"))
    await press(stage, stage.owner, "Беру в роботу", number)
    await press(stage, stage.owner, "Чекаємо оплату", number)
    shown = card(stage.owner, number).text
    assert "«Очікує отримання оплати»" in shown
    assert "чекаємо оплату, рейтинг рахується" in shown
    await stage.happens(number, type="payment_changed", status="paid")
    await calm(stage)
    await card_now(stage, stage.owner, number)
    await press(stage, stage.owner, "Ввести ТТН", number)
    await types(stage, stage.owner, TTN)
    assert [status for _, status in await history(stage, number)][-3:] == [
        "confirmed",
        "confirmed",
        "handed_over",
    ]


@pytest.mark.rule("R25", "R26")
@pytest.mark.parametrize(
    ("label", "status", "name"),
    [
        ("Отримано", "received", "Отримано"),
        ("Не забрав посилку", "not_collected", "Не забрав посилку"),
        ("Відмовився від товару", "refused", "Відмовився від товару"),
    ],
)
async def test_an_order_ends_by_the_sellers_press(stage: Stage, label: str, status: str, name: str) -> None:
    number = await shipped(stage, TTN)
    await later(stage, seconds=11)
    await press(stage, stage.owner, label, number)
    state = await stage.state(number)
    assert (state["status"], state["status_name"]) == (status, name)
    assert sorted(buttons(stage.owner, number)) == ["Змінено", "Повернути"]
    await press(stage, stage.owner, "Змінено", number)
    assert buttons(stage.owner, number) == []


@pytest.mark.rule("R20", "R24", "C10")
async def test_the_shops_own_courier_needs_no_ttn_and_the_buyer_hears_of_him(stage: Stage) -> None:
    answer = await stage.orders(delivery=delivered_by("own", "Київ, вул. Садова, 1"))
    number = answer["number"]
    maria = await stage.buyer("Марія", answer)
    await stage.happens(number, type="status_changed", status="confirmed")
    await calm(stage)
    await press(stage, stage.owner, "Передано кур'єру", number)
    assert (await stage.state(number))["status"] == "delivering"
    await maria.sees_no("передано кур'єру", 0.05)
    await later(stage, seconds=11)
    assert "2 березня" in (await maria.sees(f"№{number}: замовлення передано кур'єру магазину")).text
    assert await told(stage, number, "courier_left") == [("sent", None)]
    proof = "доставлено" if is_on_viber(maria) else "надіслано"
    assert f"Покупцю про кур'єра: ✔️ {proof} 10:00" in (await card_now(stage, stage.owner, number)).text


async def test_goods_ready_at_the_shops_own_point_are_told_with_the_address_and_again_on_day_three(
    stage: Stage,
) -> None:
    answer = await stage.orders(delivery=delivered_by("pickup", "Київ, вул. Садова, 1"))
    number = answer["number"]
    maria = await stage.buyer("Марія", answer)
    await stage.happens(number, type="status_changed", status="confirmed")
    await calm(stage)
    await press(stage, stage.owner, "Готово до видачі", number)
    await later(stage, seconds=11)
    await maria.sees("чекає на вас у пункті видачі: Київ, вул. Садова, 1")
    assert (await stage.state(number))["status"] == "waiting"
    await later(stage, days=3)
    await maria.sees("у пункті видачі уже третій день")


async def test_the_buyers_link_is_a_finished_text_to_copy_and_it_is_the_apis_link(stage: Stage) -> None:
    answer = await stage.orders()
    await calm(stage)
    await press(stage, stage.owner, "Посилання для покупця", answer["number"])
    copied = stage.owner.copies("Скопіювати текст")
    assert door(stage, answer) in copied
    assert f"№{answer['number']}" in copied
    assert "«Самовар»" in copied
    maria = stage.fake.person("Марія")
    await enters(stage, maria, next(word for word in copied.split() if "://" in word))
    await maria.sees(f"№{answer['number']}")
    await calm(stage)
    assert "Чат з покупцем є" in (await card_now(stage, stage.owner, answer["number"])).text


async def test_a_link_that_is_too_long_to_copy_with_its_text_is_copied_alone(stage: Stage) -> None:
    answer = await stage.orders(number="A" * 64)
    await calm(stage)
    await press(stage, stage.owner, "Посилання для покупця", "A" * 64)
    assert door(stage, answer) in stage.owner.copies("Скопіювати текст")


async def test_a_question_about_one_order_waits_while_another_one_is_taken(stage: Stage) -> None:
    first, second = await confirmed(stage), await taken_in(stage)
    await press(stage, stage.owner, "Ввести ТТН", first)
    await press(stage, stage.owner, "Беру в роботу", second)
    await types(stage, stage.owner, TTN)
    assert (await stage.state(first))["status"] == "handed_over"
    assert (await stage.state(second))["status"] == "in_work"


async def test_a_dialogue_is_left_by_its_button_and_by_its_command(stage: Stage) -> None:
    number = await confirmed(stage)
    await press(stage, stage.owner, "Ввести ТТН", number)
    await stage.owner.presses("Назад").answered(20)
    await calm(stage)
    await types(stage, stage.owner, TTN)
    assert (
        "Схоже на ТТН" in stage.owner.screen.text
    )  # nothing is asked any more, and nothing is done silently
    await press(stage, stage.owner, "Ввести ТТН", number)
    assert "нічого не змінено" in (await types(stage, stage.owner, "/cancel")).text
    assert "не в діалозі" in (await types(stage, stage.owner, "/cancel")).text
    assert (await stage.state(number))["status"] == "confirmed"


@pytest.mark.rule("RC10")
async def test_a_number_that_nobody_can_have_is_marked_on_the_card(stage: Stage) -> None:
    number = await taken_in(stage, buyer={"name": "Тарас Непийвода", "phone": "+380001234567"})
    assert "Такого номера не буває" in card(stage.owner, number).text


@pytest.mark.rule("R51")
async def test_a_phone_order_without_an_account_says_that_only_a_call_reaches_the_buyer(stage: Stage) -> None:
    number = await taken_in(
        stage,
        source="call_centre",
        buyer={"name": "Тарас Непийвода", "phone": "+380671234567", "account_linked": False},
    )
    assert "ТТН і дані повідомте дзвінком" in card(stage.owner, number).text
