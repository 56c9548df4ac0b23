"""A shop on GLOBUS.TOP over the wire: its own names, a reason in two steps, a parcel without a number, rescue."""

from collections.abc import AsyncIterator

import pytest

from tests.conversation.hands import (
    MORE_TTNS,
    TTN,
    bare,
    buttons,
    calm,
    card,
    card_now,
    confirmed,
    count,
    delivered_by,
    forge,
    history,
    is_answer,
    later,
    paid_by,
    press,
    shipped,
    taken_in,
    told,
    types,
)
from tests.stage import Stage, open_stage

GROUPS = ["Клієнта не влаштовує", "Клієнт", "Інше"]
NOT_SUITED = [
    "термін доставки",
    "вартість доставки",
    "спосіб доставки",
    "спосіб оплати",
    "ціна",
    "виробник товару",
    "якість товару",
    "не підійшли характеристики",
]
OTHER = [
    "некоректні характеристики або опис товару",
    "некоректна ціна",
    "некоректні умови доставки або оплати",
    "некоректний залишок (немає в наявності)",
    "бракований товар",
    "інші причини",
]


@pytest.fixture
async def globus(database_url: str) -> AsyncIterator[Stage]:
    async with open_stage(database_url, marketplace="globus") as opened:
        yield opened


async def claimed(stage: Stage) -> str:
    number = await taken_in(stage)
    await press(stage, stage.owner, "Беру в роботу", number)
    return number


async def tap(stage: Stage, label: str) -> str:
    """Presses on the newest message, and waits until all is calm."""
    answer = await stage.owner.presses(label, on=stage.owner.screen).answered(20)
    await calm(stage)
    return answer


def choices(stage: Stage) -> list[str]:
    """What can be chosen on the newest message of why to cancel, and that no row is too wide for a phone."""
    message = next(m for m in stage.owner.chat.newest_first() if "чому скасовуємо" in m.text)
    assert max(len(row) for row in message.buttons) <= 3
    return [bare(label) for label in message.labels]


@pytest.mark.rule("G06", "G08", "G11", "C26")
async def test_an_order_is_claimed_called_about_and_confirmed_under_the_marketplaces_names(
    globus: Stage,
) -> None:
    number = await taken_in(globus, do_not_call=True)
    assert "«Нове замовлення»" in card(globus.owner, number).text
    assert buttons(globus.owner, number) == ["Беру в роботу"]
    await press(globus, globus.owner, "Беру в роботу", number)
    shown = card(globus.owner, number).text
    assert "«Прийнято до обробки»" in shown
    assert "Змініть і в кабінеті: «Прийнято до обробки»" in shown
    assert is_answer(await press(globus, globus.owner, "Змінено", number), "Позначено: у кабінеті змінено")
    assert is_answer(await press(globus, globus.owner, "Поговорили", number), "Записано: поговорили")
    assert "Змініть і в кабінеті" not in card(globus.owner, number).text  # a call is no status
    await press(globus, globus.owner, "Дані підтверджено", number)
    assert "«Підтверджено, комплектується»" in card(globus.owner, number).text
    assert await history(globus, number) == [
        ("follow", "new"),
        ("take", "in_work"),
        ("tick", "in_work"),
        ("talked", "in_work"),
        ("confirm", "confirmed"),
    ]


@pytest.mark.rule("G52", "G53", "G54", "G55", "C19")
async def test_out_of_reach_comes_after_two_calls_and_is_no_end(globus: Stage) -> None:
    number = await claimed(globus)
    for _ in range(2):
        assert "Не вдалося зв'язатися" not in buttons(globus.owner, number)
        state = await globus.state(number)
        data = f"o:no_contact:{state['order_id']}:{len(state['history']) - 1}"
        assert "двічі" in await forge(globus, globus.owner, data, card(globus.owner, number))
        await press(globus, globus.owner, "Не відповідає", number)
        assert (await globus.state(number))["status"] == "in_work"
    await press(globus, globus.owner, "Не вдалося зв'язатися", number)
    assert "«Не вдалося зв'язатися»" in card(globus.owner, number).text
    assert "Скасувати замовлення" not in buttons(globus.owner, number)
    await later(globus, seconds=11)
    await press(globus, globus.owner, "Повернути в обробку", number)
    assert "«Прийнято до обробки»" in card(globus.owner, number).text


@pytest.mark.rule("G28", "G45", "G50")
async def test_a_cancel_asks_for_the_group_then_the_reason_and_other_reasons_for_a_comment(
    globus: Stage,
) -> None:
    answer = await globus.orders()
    number = answer["number"]
    maria = await globus.buyer("Марія", answer)
    await calm(globus)
    await press(globus, globus.owner, "Беру в роботу", number)
    await press(globus, globus.owner, "Скасувати замовлення", number)
    assert choices(globus) == [*GROUPS, "Назад"]
    await globus.owner.presses("Клієнта не влаштовує").answered(20)
    await calm(globus)
    assert choices(globus) == [*NOT_SUITED, "Назад"]
    await globus.owner.presses("Назад").answered(20)
    await calm(globus)
    assert choices(globus) == [*GROUPS, "Назад"]
    await globus.owner.presses("Назад").answered(20)
    await calm(globus)
    assert "Скасувати замовлення" in buttons(globus.owner, number)
    assert (await globus.state(number))["status"] == "in_work"

    await press(globus, globus.owner, "Скасувати замовлення", number)
    await globus.owner.presses("Інше").answered(20)
    await calm(globus)
    assert choices(globus) == [*OTHER, "Назад"]
    await globus.owner.presses("інші причини").answered(20)
    await calm(globus)
    assert f"№{number}: напишіть одним повідомленням, чому саме" in globus.owner.screen.text
    assert (await globus.state(number))["status"] == "in_work"
    await types(globus, globus.owner, "Склад затопило")
    state = await globus.state(number)
    assert (state["status"], state["status_name"]) == ("cancelled", "Скасовано - інші причини")
    shown = card(globus.owner, number).text
    assert "«Скасовано - інші причини»" in shown
    assert "Причина словами: Склад затопило" in shown
    await later(globus, seconds=11)
    await maria.sees("Причина: «Скасовано - інші причини».\nКоментар магазину: Склад затопило")


@pytest.mark.rule("G28", "G46", "G48")
async def test_a_reason_that_says_it_all_cancels_with_one_more_tap_and_can_be_taken_back(
    globus: Stage,
) -> None:
    number = await confirmed(globus)
    for _ in range(2):
        await press(globus, globus.owner, "Скасувати замовлення", number)
        await globus.owner.presses("Інше").answered(20)
        await calm(globus)
        assert is_answer(
            await globus.owner.presses("некоректний залишок").answered(20), "Замовлення скасовано"
        )
        await calm(globus)
        assert (
            "Змініть і в кабінеті: «Скасовано - некоректний залишок (немає в наявності)»"
            in card(globus.owner, number).text
        )
        await press(globus, globus.owner, "Повернути", number)
        assert (await globus.state(number))["status"] == "confirmed"


@pytest.mark.rule("G50")
async def test_no_comment_no_cancel_whatever_a_hostile_client_sends(globus: Stage) -> None:
    number = await claimed(globus)
    state = await globus.state(number)
    key = state["order_id"]
    for data in (f"g:{key}:no_such", f"g:{key}:goods"):
        await forge(globus, globus.owner, data, globus.owner.screen)
        assert choices(globus) == [*GROUPS, "Назад"]
    await forge(globus, globus.owner, f"r:{key}:1:other_reasons", globus.owner.screen)
    await forge(globus, globus.owner, f"n:cancel:{key}:1:comment", globus.owner.screen)
    await forge(globus, globus.owner, f"n:cancel:{key}:1:reason", globus.owner.screen)
    assert (await globus.state(number))["status"] == "in_work"
    stranger = globus.fake.person("Злодій")
    await types(globus, stranger, "/start")
    for data in (f"g:{key}:other", f"n:ship:{key}:1:ttn"):
        assert "Немає доступу" in await forge(globus, stranger, data, stranger.screen)
    assert count(stranger, number) == 0


@pytest.mark.rule("G12", "G13", "G14", "G17")
async def test_a_number_is_told_to_the_buyer_and_the_parcel_moves_the_order(globus: Stage) -> None:
    answer = await globus.orders()
    number = answer["number"]
    maria = await globus.buyer("Марія", answer)
    await globus.happens(number, type="status_changed", status="confirmed")
    await calm(globus)
    await press(globus, globus.owner, "Ввести ТТН", number)
    assert [bare(label) for label in globus.owner.screen.labels] == ["ТТН немає", "Назад"]
    await types(globus, globus.owner, TTN)
    shown = card(globus.owner, number).text
    assert "«Доставляється»" in shown
    assert f"Змініть і в кабінеті: «Доставляється», ТТН {TTN}" in shown
    await later(globus, seconds=11)
    await maria.sees(f"№{number}: відправлено 2 березня. ТТН {TTN} (Нова пошта)")
    await globus.happens(number, type="parcel", ttn=TTN, status="arrived")
    await calm(globus)
    assert "«Очікує покупця»" in card(globus.owner, number).text
    await globus.happens(number, type="parcel", ttn=TTN, status="refused")
    await calm(globus)
    state = await globus.state(number)
    assert (state["status"], state["status_name"]) == ("refused", "Покупець відмовився")


@pytest.mark.rule("G12", "G13", "G26")
async def test_without_a_number_the_order_goes_all_the_same_and_the_buyer_reads_of_none(
    globus: Stage,
) -> None:
    answer = await globus.orders(delivery=delivered_by("meest", "Львів, Відділення №2"))
    number = answer["number"]
    maria = await globus.buyer("Марія", answer)
    await globus.happens(number, type="status_changed", status="confirmed")
    await calm(globus)
    await press(globus, globus.owner, "Ввести ТТН", number)
    assert is_answer(await tap(globus, "ТТН немає"), "Відправлено без ТТН")
    state = await globus.state(number)
    assert (state["status"], state["parcels"]) == ("delivering", [])
    shown = card(globus.owner, number).text
    assert "Змініть і в кабінеті: «Доставляється»\n" in shown
    done = "Відправлено без ТТН"  # what the press has done, said on Viber's card as well
    assert "ТТН" not in "".join(line for line in shown.splitlines() if "покупцю" not in line and line != done)
    await later(globus, seconds=11)
    message = await maria.sees(f"№{number}: відправлено 2 березня (Meest). Номера для відстеження")
    assert "ТТН" not in message.text
    assert "—" not in message.text
    assert await told(globus, number, "shipped") == [("sent", None)]
    assert "ТТН" not in (await types(globus, globus.owner, "ще щось")).text  # nothing is asked any more

    await press(globus, globus.owner, "Прибуло у відділення", number)
    assert "«Очікує покупця»" in card(globus.owner, number).text
    assert count(maria, "чекає на вас: Львів") == 0
    await later(globus, seconds=11)
    await maria.sees(f"№{number}: замовлення чекає на вас: Львів, Відділення №2")
    await later(globus, days=3)
    await maria.sees("уже третій день")


@pytest.mark.rule("G13")
@pytest.mark.parametrize("seconds", [5, 60])
async def test_a_number_that_comes_after_dispatch_is_entered_then_and_told(
    globus: Stage, seconds: int
) -> None:
    """Within the ten seconds the buyer hears once, with the number; later a second time, and of no mistake."""
    answer = await globus.orders()
    number = answer["number"]
    maria = await globus.buyer("Марія", answer)
    await globus.happens(number, type="status_changed", status="confirmed")
    await calm(globus)
    await press(globus, globus.owner, "Ввести ТТН", number)
    await tap(globus, "ТТН немає")
    assert "Виправити ТТН" not in buttons(globus.owner, number)
    await later(globus, seconds=seconds)
    await press(globus, globus.owner, "Ввести ТТН", number)
    assert [bare(label) for label in globus.owner.screen.labels] == ["Назад"]
    await types(globus, globus.owner, TTN)
    assert "«Доставляється», ТТН" in card(globus.owner, number).text
    assert "Виправити ТТН" in buttons(globus.owner, number)
    await later(globus, seconds=11)
    await maria.sees(f"№{number}: відправлено 2 березня. ТТН {TTN} (Нова пошта)")
    assert count(maria, "відправлено") == (1 if seconds == 5 else 2)
    assert count(maria, "недійсний") == 0
    assert (await history(globus, number))[-1] == ("fix_ttn", "delivering")
    await press(globus, globus.owner, "Історія", number)
    assert f"ТТН додано, ТТН {TTN}" in globus.owner.screen.text


@pytest.mark.rule("G13")
async def test_a_dispatch_without_a_number_is_taken_back_with_its_notice(globus: Stage) -> None:
    answer = await globus.orders()
    number = answer["number"]
    maria = await globus.buyer("Марія", answer)
    await globus.happens(number, type="status_changed", status="confirmed")
    await calm(globus)
    await press(globus, globus.owner, "Ввести ТТН", number)
    stale = globus.owner.screen
    await tap(globus, "ТТН немає")
    await press(globus, globus.owner, "Повернути", number)
    await later(globus, minutes=1)
    assert count(maria, "відправлено") == 0
    answer_now = await forge(globus, globus.owner, f"n:ship:{answer['order_id']}:1:ttn", stale)
    assert is_answer(answer_now, f"Вже змінено: №{number} — «Підтверджено, комплектується».")
    await press(globus, globus.owner, "Ввести ТТН", number)
    await types(globus, globus.owner, MORE_TTNS[0])
    await later(globus, seconds=11)
    await maria.sees(f"ТТН {MORE_TTNS[0]}")


@pytest.mark.rule("RC14", "G13")
async def test_no_money_no_dispatch_with_a_number_or_without(globus: Stage) -> None:
    number = await confirmed(globus, payment=paid_by("card", "pending"))
    assert "Ввести ТТН" not in buttons(globus.owner, number)
    order_id = (await globus.state(number))["order_id"]
    forged = await forge(globus, globus.owner, f"n:ship:{order_id}:1:ttn", card(globus.owner, number))
    assert "Оплата очікується" in forged
    assert (await globus.state(number))["status"] == "confirmed"


@pytest.mark.rule("G16", "G58", "G59", "C18")
async def test_goods_at_the_shops_point_that_nobody_comes_for_run_out_of_time_for_good(globus: Stage) -> None:
    answer = await globus.orders(delivery=delivered_by("pickup", "Київ, Хрещатик, 1"))
    number = answer["number"]
    maria = await globus.buyer("Марія", answer)
    await globus.happens(number, type="status_changed", status="confirmed")
    await calm(globus)
    assert is_answer(await press(globus, globus.owner, "Готово до видачі", number), "Готово до видачі")
    assert "«Очікує покупця»" in card(globus.owner, number).text
    await later(globus, seconds=11)
    await maria.sees("чекає на вас у пункті видачі: Київ, Хрещатик, 1")
    assert not maria.screen.button("Скасувати замовлення")  # C24: at the point it is a refusal
    await later(globus, days=3)
    await maria.sees("уже третій день")
    assert sorted(buttons(globus.owner, number)) == [
        "Змінено",
        "Не забрав посилку",
        "Отримано",
        "Покупець відмовився",
    ]
    await press(globus, globus.owner, "Не забрав посилку", number)
    assert "«Час сплинув»" in card(globus.owner, number).text
    assert (await globus.state(number))["status"] == "not_collected"
    await later(globus, seconds=11)
    await card_now(globus, globus.owner, number)
    assert buttons(globus.owner, number) == ["Змінено"]
    assert (await globus.happens(number, type="status_changed", status="in_work")).status == 409


@pytest.mark.rule("G25", "G34", "G36", "C18")
async def test_an_order_whose_time_ran_out_is_rescued_with_its_real_status(globus: Stage) -> None:
    fresh, packed, lost = [await taken_in(globus) for _ in range(3)]
    for number in (fresh, packed, lost):
        await globus.happens(number, type="status_changed", status="expired")
        await calm(globus)
        assert "«Час сплинув»" in card(globus.owner, number).text
        assert buttons(globus.owner, number) == ["Беру в роботу", "Дані підтверджено", "Скасувати замовлення"]
    await press(globus, globus.owner, "Беру в роботу", fresh)
    assert "«Прийнято до обробки»" in card(globus.owner, fresh).text
    await press(globus, globus.owner, "Дані підтверджено", packed)
    assert "«Підтверджено, комплектується»" in card(globus.owner, packed).text
    await press(globus, globus.owner, "Скасувати замовлення", lost)
    assert choices(globus) == [*GROUPS, "Назад"]


@pytest.mark.rule("G56", "G57")
async def test_a_refusal_at_the_point_bears_the_marketplaces_own_word(globus: Stage) -> None:
    number = await shipped(globus, TTN)
    assert "Покупець відмовився" not in buttons(globus.owner, number)
    await globus.happens(number, type="status_changed", status="waiting")
    await calm(globus)
    assert "Відмовився від товару" not in buttons(globus.owner, number)
    assert is_answer(await press(globus, globus.owner, "Покупець відмовився", number), "Покупець відмовився")
    assert "«Покупець відмовився»" in card(globus.owner, number).text


@pytest.mark.rule("G40", "C24")
async def test_a_buyer_may_cancel_until_the_parcel_is_there_from_dispatch_on_as_a_request(
    globus: Stage,
) -> None:
    early = await globus.orders()
    maria = await globus.buyer("Марія", early)
    await calm(globus)
    await maria.presses("Скасувати замовлення").answered(20)
    await calm(globus)
    await maria.presses("Так, скасувати").answered(20)
    await calm(globus)
    assert (await globus.state(early["number"]))["status_name"] == "Покупець скасував"
    assert "Змініть і в кабінеті: «Скасовано - клієнт передумав»" in card(globus.owner, early["number"]).text

    answer = await globus.orders()
    number = answer["number"]
    petro = await globus.buyer("Петро", answer)
    await globus.happens(number, type="status_changed", status="confirmed")
    await calm(globus)
    await press(globus, globus.owner, "Ввести ТТН", number)
    await types(globus, globus.owner, TTN)
    await later(globus, seconds=11)
    notice = await petro.sees(f"ТТН {TTN}")
    await petro.presses("Скасувати замовлення", on=notice).answered(20)
    await calm(globus)
    await petro.presses("Так, скасувати").answered(20)
    await calm(globus)
    await globus.owner.sees(f"№{number}: покупець просить скасувати, але посилка вже в дорозі")
    assert (await globus.state(number))["status"] == "delivering"


@pytest.mark.rule("G39", "G43")
async def test_the_card_says_when_what_was_ordered_can_be_changed(globus: Stage) -> None:
    number = await taken_in(globus)
    elsewhere = "Змінити склад чи доставку в кабінеті можна лише в «Прийнято до обробки»"
    assert elsewhere in card(globus.owner, number).text
    await press(globus, globus.owner, "Беру в роботу", number)
    assert "в кабінеті можна лише зараз, у «Прийнято до обробки»" in card(globus.owner, number).text
    await press(globus, globus.owner, "Дані підтверджено", number)
    assert elsewhere in card(globus.owner, number).text
    await press(globus, globus.owner, "Ввести ТТН", number)
    await types(globus, globus.owner, TTN)
    assert "Змінити склад" not in card(globus.owner, number).text, "on its way nobody asks any more"
