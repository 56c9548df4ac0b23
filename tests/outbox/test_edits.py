"""Cards that hang in chats follow their order: the last state only, whatever Telegram says (C10)."""

import asyncio

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from bot.demo.telegram.faults import Kind
from bot.http import Http
from models.outbox import Card
from tests.outbox.troubles import PATIENCE, flows, told
from tests.stage import Stage, open_stage


async def _cards(stage: Stage) -> list[Card]:
    return list(await stage.app.db.read(lambda session: session.scalars(select(Card)).all()))


@pytest.mark.case("C10")
async def test_what_is_so_already_counts_as_drawn(stage: Stage) -> None:
    number = (await stage.orders())["number"]
    await stage.owner.sees(number)
    await stage.quiet()

    def again(session: Session) -> None:
        session.execute(update(Card).values(due_at=stage.clock()))

    await stage.app.db.write(again)
    await stage.goes(seconds=0)
    (edit,) = stage.fake.calls.of("editMessageText")
    assert "not modified" in edit.outcome
    (card,) = await _cards(stage)
    assert (card.due_at, card.attempts) == (None, 0)


@pytest.mark.case("C10")
async def test_a_card_whose_message_is_gone_comes_as_a_new_one(stage: Stage) -> None:
    petro = await stage.hires("Петро")
    number = (await stage.orders())["number"]
    first = await petro.sees(number)
    await stage.quiet()
    petro.deletes(first)
    await stage.owner.presses("Беру в роботу").answered()
    second = await petro.sees("Веде: Олена")
    assert second.id != first.id
    await stage.quiet()
    assert sorted(card.message_id for card in await _cards(stage) if card.chat == str(petro.id)) == [
        str(second.id)
    ]
    petro.deletes(second)
    await stage.happens(number, type="status_changed", status="confirmed")
    assert (await petro.sees("Дані підтверджені", after=second)).id not in (first.id, second.id)


@pytest.mark.case("C10")
async def test_too_many_edits_come_later_and_only_the_last(stage: Stage) -> None:
    petro = await stage.hires("Петро")
    number = (await stage.orders(payment={"method": "card", "status": "pending"}))["number"]
    await petro.sees(number)
    await stage.quiet()
    stage.fake.faults.script(Kind.TOO_MANY, method="editMessageText", chat=petro.chat, retry_after=20)
    await stage.happens(number, type="status_changed", status="in_work")
    await flows(stage, lambda: bool(stage.fake.faults.struck), step=0)
    await stage.happens(number, type="payment_changed", status="held")
    await stage.happens(number, type="payment_changed", status="paid")
    await asyncio.sleep(0.2)
    assert len(stage.fake.calls.of("editMessageText", chat=petro.chat)) == 1
    await stage.goes(seconds=21)
    assert len(stage.fake.calls.of("editMessageText", chat=petro.chat)) == 2
    (card,) = told(petro, number)
    assert "Обробляється менеджером" in card.text
    assert "оплачено" in card.text


async def test_edits_survive_an_hour_without_telegram(stage: Stage) -> None:
    number = (await stage.orders())["number"]
    await stage.owner.sees(number)
    await stage.quiet()
    stage.fake.faults.script(Kind.BAD_GATEWAY, method="editMessageText", times=None)
    await stage.happens(number, type="status_changed", status="in_work")
    for _ in range(60):
        stage.clock.goes(minutes=1)
        assert stage.app.delivery is not None
        stage.app.delivery.nudge()
        await asyncio.sleep(0.01)
    assert sum(stage.fake.faults.struck.values()) > 5
    stage.fake.faults.clear()
    await flows(stage, lambda: "Обробляється" in told(stage.owner, number)[0].text, step=60)


async def test_news_that_come_while_a_card_is_being_drawn_are_drawn_too(database_url: str) -> None:
    """The version of the order is the same; what was told to the buyer is not."""
    async with open_stage(database_url, http_client=Http(seconds=PATIENCE * 10)) as stage:
        taken = await stage.orders()
        await stage.owner.sees(taken["number"])
        maria = await stage.buyer("Марія", taken)
        await stage.quiet()
        stage.fake.faults.script(Kind.HANG, method="editMessageText")
        await stage.happens(taken["number"], type="status_changed", status="confirmed")
        await stage.fake.faults.until_hanging()
        await stage.happens(taken["number"], type="parcel", ttn="20450000000777", status="arrived")
        await maria.sees("20450000000777")
        await asyncio.sleep(0.1)
        stage.fake.faults.release()
        await stage.quiet()
        assert "Покупцю про прибуття: ✔️" in told(stage.owner, taken["number"])[0].text


async def test_an_edit_that_telegram_refuses_for_good_is_given_up(stage: Stage) -> None:
    number = (await stage.orders())["number"]
    await stage.owner.sees(number)
    await stage.quiet()
    stage.fake.faults.script(Kind.CANT_PARSE, method="editMessageText", times=None)
    await stage.happens(number, type="status_changed", status="in_work")
    await stage.goes(minutes=1)
    assert len(stage.fake.calls.of("editMessageText")) == 1
    assert await _cards(stage) == []
