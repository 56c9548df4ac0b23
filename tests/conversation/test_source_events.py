"""What the order's source says: the bot follows, stops ringing, tells who must know, and nobody twice."""

import pytest

from tests.conversation.hands import (
    TTN,
    buttons,
    calm,
    card,
    card_now,
    confirmed,
    count,
    history,
    is_on_viber,
    later,
    press,
    taken_in,
    told,
)
from tests.stage import Stage


@pytest.mark.rule("R02", "R09")
async def test_what_is_done_in_the_cabinet_is_on_every_card_and_once_in_the_history(stage: Stage) -> None:
    ivan = await stage.hires("Іван")
    number = await taken_in(stage)
    for _ in range(2):
        answer = await stage.happens(number, type="status_changed", status="in_work")
        assert (answer.status, answer.body["status"]) == (202, "in_work")
    await calm(stage)
    for person in (stage.owner, ivan):
        assert "«Обробляється менеджером»" in card(person, number).text
        assert "Дані підтверджено" in buttons(person, number)
        assert "Змінено" not in buttons(person, number)
    assert await history(stage, number) == [("follow", "new"), ("follow", "in_work")]


async def test_what_cannot_be_is_refused_with_the_reason(stage: Stage) -> None:
    number = await taken_in(stage)
    await stage.happens(number, type="status_changed", status="in_work")
    assert (await stage.happens(number, type="status_changed", status="new")).status == 409
    await stage.happens(number, type="status_changed", status="received")
    for event in (
        {"type": "status_changed", "status": "in_work"},
        {"type": "buyer_cancelled"},
        {"type": "parcel", "ttn": TTN, "status": "in_transit"},
    ):
        assert (await stage.happens(number, **event)).status == 409, event
    assert (await stage.state(number))["status"] == "received"


@pytest.mark.rule("G26", "RC18")
async def test_the_buyers_cancel_over_there_rings_all_members_and_asks_for_nothing_in_the_cabinet(
    stage: Stage,
) -> None:
    ivan = await stage.hires("Іван")
    number = await taken_in(stage)
    await press(stage, ivan, "Беру в роботу", number)
    for _ in range(2):
        assert (await stage.happens(number, type="buyer_cancelled")).status == 202
    await calm(stage)
    for person in (stage.owner, ivan):
        assert count(person, "покупець скасував замовлення") == 1
        assert "Змінено" not in " ".join(person.screen.labels)
    assert (await stage.state(number))["status"] == "buyer_cancelled"


@pytest.mark.rule("R22", "R25", "R26")
async def test_the_parcels_words_move_the_order(stage: Stage) -> None:
    number = await confirmed(stage)
    for word, status in (
        ("created", "confirmed"),
        ("in_transit", "delivering"),
        ("in_transit", "delivering"),
        ("arrived", "waiting"),
        ("unknown", "waiting"),
        ("received", "received"),
    ):
        answer = await stage.happens(number, type="parcel", ttn="20 4500 0000 0001", status=word)
        assert (answer.status, answer.body["status"]) == (202, status), word
    await calm(stage)
    assert (await stage.state(number))["parcels"] == [
        {"ttn": TTN, "carrier": "nova_poshta", "status": "received"}
    ]
    assert buttons(stage.owner, number) == []
    other = await confirmed(stage)
    await stage.happens(other, type="parcel", ttn="20450000000002", status="arrived")
    refused = await stage.happens(other, type="parcel", ttn="20450000000002", status="refused")
    assert refused.body["status"] == "refused"


async def test_a_cancel_without_a_reason_is_told_without_one(stage: Stage) -> None:
    answer = await stage.orders()
    number = answer["number"]
    maria = await stage.buyer("Марія", answer)
    await stage.happens(number, type="status_changed", status="cancelled")
    await later(stage, seconds=11)
    assert (await maria.sees("скасовано")).text == f"✖️ №{number}: замовлення в магазині «Самовар» скасовано."
    assert await told(stage, number, "order_cancelled") == [("sent", None)]


async def test_a_number_of_the_cabinet_is_told_to_the_buyer_once(stage: Stage) -> None:
    answer = await stage.orders()
    number = answer["number"]
    maria = await stage.buyer("Марія", answer)
    await stage.happens(number, type="status_changed", status="confirmed")
    for _ in range(2):
        await stage.happens(number, type="parcel", ttn=TTN, status="in_transit")
        await later(stage, minutes=1)
    assert count(maria, f"ТТН {TTN}") == 1
    assert maria.link("Відстежити посилку").endswith(TTN)


async def test_another_body_under_the_same_number_is_marked_and_changes_nothing(stage: Stage) -> None:
    answer = await stage.orders()
    for comment in ("інший", "ще інший"):
        again = await stage.post(answer["sent"] | {"comment": comment})
        await calm(stage)
        assert again.body["order_id"] == answer["order_id"]
    anew = [("sent", None)] if is_on_viber(stage.owner) else []  # once, where the card cannot be drawn anew
    assert await told(stage, answer["number"], "order_changed") == anew
    assert "ще раз з іншими даними" in (await card_now(stage, stage.owner, answer["number"])).text
