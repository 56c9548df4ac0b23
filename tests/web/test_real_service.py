"""The API on the real service: what is stored, how often, and what everybody is told about it."""

import asyncio

import pytest
from sqlalchemy import func, select

from models.order import Order, OrderLine
from models.outbox import Notification
from models.worktime import WorkSchedule
from tests.stage import Stage, order
from tests.web.test_openapi import explore


async def count(stage: Stage, table: type) -> int:
    return await stage.app.db.read(
        lambda session: session.scalar(select(func.count()).select_from(table)) or 0
    )


@pytest.mark.case("A1", "A4")
async def test_an_order_is_stored_once_with_its_lines_and_rings_however_often_it_is_sent(
    stage: Stage,
) -> None:
    body = order(
        lines=[{"title": "Чайник «Пектораль»", "quantity": 2, "price": "640.00"}] * 3,
        comment="'); DROP TABLE orders;--",
    )
    first = await stage.post(body)
    again = await stage.post(body)
    assert first.status == again.status == 202
    assert first.body == again.body
    assert "Idempotent-Replay" not in first.headers
    assert again.headers["Idempotent-Replay"] == "true"
    await stage.owner.sees(body["number"])
    await stage.quiet()
    assert (await count(stage, Order), await count(stage, OrderLine)) == (1, 3)
    assert await count(stage, Notification) == 1
    assert sum(body["number"] in message.text for message in stage.owner.messages) == 1


@pytest.mark.case("A2")
async def test_a_hundred_at_once_with_one_key_are_one_order(stage: Stage) -> None:
    body = order()
    answers = await asyncio.gather(
        *(stage.post(body, headers={"Idempotency-Key": "one"}) for _ in range(100))
    )
    assert {answer.status for answer in answers} == {202}
    assert len({answer.body["order_id"] for answer in answers}) == 1
    assert sum("Idempotent-Replay" in answer.headers for answer in answers) == 99
    assert await count(stage, Order) == 1


@pytest.mark.case("A3")
async def test_a_key_used_again_for_another_body_is_refused_and_changes_nothing(stage: Stage) -> None:
    body = order()
    await stage.post(body, headers={"Idempotency-Key": "k"})
    for other in (order(), body | {"comment": "інше"}):
        answer = await stage.post(other, headers={"Idempotency-Key": "k"})
        assert answer.status == 409
    assert await count(stage, Order) == 1


async def test_the_same_number_told_another_way_is_noted_in_the_history_and_on_the_card(stage: Stage) -> None:
    taken = await stage.orders()
    await stage.owner.sees(taken["number"])
    answer = await stage.post(taken["sent"] | {"comment": "інше"})
    assert (answer.status, answer.body["order_id"]) == (202, taken["order_id"])
    await stage.owner.sees("з іншими даними")
    history = (await stage.state(taken["number"]))["history"]
    assert [event["facts"].get("differs") for event in history] == [None, True]


@pytest.mark.case("A5", "A13")
async def test_two_shops_have_their_own_orders_of_one_number_and_see_nothing_of_each_other(
    stage: Stage,
) -> None:
    other = await stage.app.shops.open("Праска", "rozetka", WorkSchedule.parse("Mon-Fri 09:00-18:00"))
    mine = await stage.orders(shop_id=other.shop.id)
    number = mine["number"]
    assert (await stage.get(number, key=other.api_key)).status == 404
    theirs = await stage.post(order(number=number), key=other.api_key)
    assert theirs.status == 202
    assert theirs.body["order_id"] != mine["order_id"]
    absent = await stage.post({"type": "buyer_cancelled"}, key=other.api_key, path="/nothing/events")
    assert absent.status == 404


@pytest.mark.case("A14")
async def test_a_revoked_key_opens_nothing(stage: Stage) -> None:
    number, key = await stage.app.shops.add_key(stage.shop.shop.id)
    assert (await stage.post(order(), key=key)).status == 202
    assert await stage.app.shops.revoke_key(stage.shop.shop.id, number)
    assert (await stage.post(order(), key=key)).status == 401


@pytest.mark.case("A22")
async def test_a_hundred_lines_come_in_and_the_card_counts_what_does_not_fit(stage: Stage) -> None:
    line = {"title": "Набір " + "дуже " * 50, "quantity": 1, "price": "10.00"}
    taken = await stage.orders(lines=[line] * 100)
    card = await stage.owner.sees(taken["number"])
    assert "…і ще" in card.text
    assert "Разом: 1" in card.text
    assert "+380671234567" in card.text
    assert (await stage.post(order(lines=[line] * 101))).status == 422


@pytest.mark.case("A31")
async def test_the_openapi_document_is_true_of_the_real_service(stage: Stage) -> None:
    explored = await asyncio.to_thread(explore, stage.app.url, stage.shop.api_key)
    assert explored.accepted > 100
