"""The waybill's number: any spelling, a wrong one explained, the same twice refused, corrected once and told once."""

import pytest

from tests.conversation.hands import (
    MORE_TTNS,
    TTN,
    buttons,
    calm,
    card,
    confirmed,
    count,
    delivered_by,
    history,
    later,
    press,
    shipped,
    told,
    types,
)
from tests.stage import Stage

SPELLINGS = [
    ("nova_poshta", "20450000000001", "20450000000001"),
    ("nova_poshta", "20 4500 0000 0011", "20450000000011"),
    ("nova_poshta", "2045-0000-0000-02", "20450000000002"),
    ("nova_poshta", "ТТН 20450000000003", "20450000000003"),
    ("nova_poshta", "ТТН:20450000000004.", "20450000000004"),
    ("nova_poshta", "Номер накладної № 20.4500.0000.0005", "20450000000005"),
    ("nova_poshta", "2045\u00a00000\u202f0000\u200906", "20450000000006"),
    ("nova_poshta", "20450000\u200b000007", "20450000000007"),
    ("nova_poshta", "20450000\n000008", "20450000000008"),
    ("ukrposhta", "0500 0000 00001", "0500000000001"),
    ("ukrposhta", "cv 123456789 ua", "CV123456789UA"),
    ("ukrposhta", "СВ123456780ua", "CB123456780UA"),
    ("meest", "711–2550636", "711-2550636"),
    ("meest", "ТТН 711-2550637", "711-2550637"),
    ("rozetka", "1234567890", "1234567890"),
]


@pytest.mark.rule("R21")
async def test_a_number_is_understood_in_any_spelling(stage: Stage) -> None:
    wrong = []
    for carrier, said, meant in SPELLINGS:
        number = await confirmed(stage, delivery=delivered_by(carrier))
        await press(stage, stage.owner, "Ввести ТТН", number)
        await types(stage, stage.owner, said)
        state = await stage.state(number)
        if [(parcel["ttn"], parcel["carrier"]) for parcel in state["parcels"]] != [(meant, carrier)]:
            wrong.append((carrier, said, state["parcels"]))
    assert wrong == []


BAD = [
    ("nova_poshta", "2045000000000", "20450000000001"),
    ("nova_poshta", "204500000000012", "20450000000001"),
    ("nova_poshta", "немає", "20450000000001"),
    ("nova_poshta", "<b>20450</b>", "20450000000001"),
    ("ukrposhta", "05000", "0500000000000"),
    ("meest", "так", "711-2550636"),
    ("rozetka", "..", "1234567890"),
]


@pytest.mark.rule("R21")
async def test_a_bad_number_is_explained_and_asked_for_again(stage: Stage) -> None:
    olena = stage.owner
    for at, (carrier, said, example) in enumerate(BAD):
        number = await confirmed(stage, delivery=delivered_by(carrier))
        await press(stage, olena, "Ввести ТТН", number)
        assert example in olena.screen.text
        answer = await types(stage, olena, said)
        assert "не схоже на номер ТТН" in answer.text, (carrier, said)
        assert example in answer.text
        olena.sends_photo()
        await calm(stage)
        assert "лише текст" in olena.screen.text
        assert (await stage.state(number))["status"] == "confirmed"
        good = {"nova_poshta": f"2045000001000{at}", "ukrposhta": f"050000000000{at}"}.get(
            carrier, f"12345678{at}"
        )
        await types(stage, olena, good)
        assert (await stage.state(number))["status"] == "handed_over", (carrier, said)


async def test_the_same_number_twice_is_refused_and_the_other_order_is_named(stage: Stage) -> None:
    first = await shipped(stage, TTN)
    second = await confirmed(stage)
    await press(stage, stage.owner, "Ввести ТТН", second)
    answer = await types(stage, stage.owner, "20 4500 0000 0001")
    assert f"уже стоїть у замовленні №{first}" in answer.text
    await types(stage, stage.owner, MORE_TTNS[0])
    assert (await stage.state(second))["status"] == "handed_over"

    await press(stage, stage.owner, "Виправити ТТН", second)
    assert "уже записано в цьому замовленні" in (await types(stage, stage.owner, MORE_TTNS[0])).text
    assert f"№{first}" in (await types(stage, stage.owner, TTN)).text
    await types(stage, stage.owner, MORE_TTNS[1])
    assert [parcel["ttn"] for parcel in (await stage.state(second))["parcels"]] == [MORE_TTNS[1]]


@pytest.mark.rule("R20", "R21", "R23")
@pytest.mark.case("F20")
async def test_the_buyer_hears_the_number_once_and_a_corrected_one_once(stage: Stage) -> None:
    answer = await stage.orders()
    number = answer["number"]
    maria = await stage.buyer("Марія", answer)
    await stage.happens(number, type="status_changed", status="confirmed")
    await calm(stage)
    await press(stage, stage.owner, "Ввести ТТН", number)
    await types(stage, stage.owner, TTN)
    shown = card(stage.owner, number).text
    assert "«Передано в службу доставки»" in shown
    assert f"Змініть і в кабінеті: «Передано в службу доставки», ТТН {TTN}" in shown
    await later(stage, seconds=9)
    assert count(maria, "ТТН") == 0
    await later(stage, seconds=2)
    message = await maria.sees(f"№{number}: відправлено 2 березня. ТТН {TTN} (Нова пошта)")
    assert maria.link("Відстежити посилку", on=message).endswith(TTN)

    await press(stage, stage.owner, "Виправити ТТН", number)
    await types(stage, stage.owner, MORE_TTNS[0])
    assert "Виправити ТТН" in buttons(stage.owner, number)
    await later(stage, seconds=11)
    message = await maria.sees(f"правильний номер ТТН {MORE_TTNS[0]}")
    assert maria.link("Відстежити посилку", on=message).endswith(MORE_TTNS[0])
    await later(stage, hours=1)
    assert count(maria, TTN) == 1
    assert count(maria, MORE_TTNS[0]) == 1
    assert (await history(stage, number))[-1] == ("fix_ttn", "handed_over")


@pytest.mark.case("F20")
async def test_a_number_corrected_before_it_was_told_is_told_only_as_it_is_right(stage: Stage) -> None:
    answer = await stage.orders()
    number = answer["number"]
    maria = await stage.buyer("Марія", answer)
    await stage.happens(number, type="status_changed", status="confirmed")
    await calm(stage)
    await press(stage, stage.owner, "Ввести ТТН", number)
    await types(stage, stage.owner, TTN)
    await press(stage, stage.owner, "Виправити ТТН", number)
    await types(stage, stage.owner, MORE_TTNS[0])
    await later(stage, seconds=11)
    await maria.sees(f"відправлено 2 березня. ТТН {MORE_TTNS[0]}")
    assert count(maria, TTN) == 0
    assert count(maria, "ТТН 2045") == 1


async def test_the_number_typed_by_one_is_seen_by_all_and_the_dialogue_is_his_alone(stage: Stage) -> None:
    petro = await stage.hires("Петро")
    number = await confirmed(stage)
    await press(stage, petro, "Ввести ТТН", number)
    assert "Схоже на ТТН" in (await types(stage, stage.owner, TTN)).text, "offered, not taken for his answer"
    assert (await stage.state(number))["parcels"] == []
    await types(stage, petro, TTN)
    assert f"ТТН {TTN}" in card(stage.owner, number).text
    assert "Веде: Петро" in card(stage.owner, number).text


async def test_a_typed_number_finds_the_order_cancelled_meanwhile_and_changes_nothing(stage: Stage) -> None:
    number = await confirmed(stage)
    await press(stage, stage.owner, "Ввести ТТН", number)
    await stage.happens(number, type="buyer_cancelled")
    stage.owner.types(TTN)
    await stage.owner.sees("вже закрите")
    await calm(stage)
    assert (await stage.state(number))["parcels"] == []
    assert await told(stage, number, "shipped") == []
