"""Whatever goes wrong between us and Telegram, every order is told, or is shown as not told (table F)."""

import asyncio
import json
from functools import partial

import pytest

from bot.demo.person import Person
from bot.demo.telegram.faults import Kind
from tests.outbox.troubles import PATIENCE, flows, rings, told
from tests.stage import Stage

AGAIN = "повторно"
AMBIGUOUS = (
    Kind.SERVER_ERROR,
    Kind.BAD_GATEWAY,
    Kind.EMPTY,
    Kind.RESET,
    Kind.HALF,
    Kind.HANG,
    Kind.SLOW,
    Kind.CONFLICT,
)
CLEAR = (Kind.TOO_MANY, Kind.UNAUTHORIZED, Kind.CANT_PARSE)


@pytest.mark.case("F1", "F10", "F12")
@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
async def test_an_order_is_told_whatever_happens_to_the_nth_message(quick: Stage, after: bool) -> None:
    """A second message only where Telegram took the first and we could not know; and that one says so."""
    kinds = AMBIGUOUS if after else AMBIGUOUS + CLEAR
    olena = quick.owner
    for kind in kinds:
        for nth in (1, 2):
            quick.fake.faults.script(
                kind, method="sendMessage", nth=nth, after=after, retry_after=3, seconds=PATIENCE * 3
            )
            numbers = [(await quick.orders())["number"] for _ in range(2)]
            await flows(quick, partial(_all_told, olena, numbers), step=0.5)
            await _settled(quick, numbers)
            for at, number in enumerate(numbers, 1):
                copies = told(olena, number)
                assert len(copies) == 1 + (after and at == nth), (kind, nth, at)
                marked = [AGAIN in copy.text for copy in copies]
                assert marked == [False] * (len(copies) - 1) + [at == nth and kind in AMBIGUOUS], (kind, nth)
                assert [ring["state"] for ring in await rings(quick, number)] == ["sent"]
    assert sum(quick.fake.faults.struck.values()) == 2 * len(kinds)


def _all_told(person: Person, numbers: list[str]) -> bool:
    return all(told(person, number) for number in numbers)


async def _settled(stage: Stage, numbers: list[str]) -> None:
    async with asyncio.timeout(60):
        for number in numbers:
            while [ring["state"] for ring in await rings(stage, number)] != ["sent"]:
                stage.clock.goes(seconds=0.5)
                assert stage.app.delivery is not None
                stage.app.delivery.nudge()
                await asyncio.sleep(0.02)


@pytest.mark.case("F1")
async def test_accepted_and_answered_with_nonsense_is_sent_and_has_no_live_card(stage: Stage) -> None:
    olena = stage.owner
    stage.fake.faults.script(Kind.UNDECODABLE, method="sendMessage")
    number = (await stage.orders())["number"]
    await olena.sees(number)
    await stage.goes(minutes=5)
    assert len(told(olena, number)) == 1
    assert [ring["state"] for ring in await rings(stage, number)] == ["sent"]
    await stage.happens(number, type="buyer_cancelled")
    card = await olena.sees("покупець скасував замовлення")
    assert len(told(olena, number)) == 2
    assert card.labels
    assert not stage.fake.calls.of("editMessageText")


@pytest.mark.case("F2")
async def test_too_many_pauses_that_chat_only_and_spends_no_attempt(stage: Stage) -> None:
    petro = await stage.hires("Петро")
    olena = stage.owner
    stage.fake.faults.script(Kind.TOO_MANY, method="sendMessage", chat=olena.chat, retry_after=30)
    first = (await stage.orders())["number"]
    await petro.sees(first)
    second = (await stage.orders())["number"]
    await petro.sees(second)
    before = len(_calls(stage, olena.chat.id))
    stage.clock.goes(seconds=29)
    _nudge(stage)
    await asyncio.sleep(0.1)
    assert len(_calls(stage, olena.chat.id)) == before
    assert not told(olena, first)
    stage.clock.goes(seconds=2)
    _nudge(stage)
    await olena.sees(second)
    assert [first in message.text for message in olena.messages[-2:]] == [True, False]
    assert AGAIN not in told(olena, first)[0].text
    await stage.quiet()
    assert {ring["state"] for ring in await rings(stage, first)} == {"sent"}


def _nudge(stage: Stage) -> None:
    assert stage.app.delivery is not None
    stage.app.delivery.nudge()


def _calls(stage: Stage, chat: int) -> list[object]:
    return [call for call in stage.fake.calls.of("sendMessage") if call.chat == chat]


@pytest.mark.case("F8")
async def test_markup_that_telegram_cannot_parse_goes_as_plain_text_once(stage: Stage) -> None:
    olena = stage.owner
    stage.fake.faults.script(Kind.CANT_PARSE, method="sendMessage")
    number = (await stage.orders())["number"]
    card = await olena.sees(number)
    assert card.labels
    assert "<b>" not in card.text
    stage.fake.faults.script(Kind.CANT_PARSE, method="sendMessage", times=2)
    other = (await stage.orders())["number"]
    await stage.goes(minutes=5)
    assert not told(olena, other)
    assert [(ring["state"], ring["reason"]) for ring in await rings(stage, other)] == [("held", "refused")]


@pytest.mark.case("F9")
async def test_a_token_that_is_refused_stops_sending_and_not_intake(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    olena = stage.owner
    stage.fake.faults.script(Kind.UNAUTHORIZED, method="sendMessage", times=None)
    numbers = [(await stage.orders())["number"] for _ in range(3)]
    await flows(stage, lambda: bool(stage.fake.faults.struck), step=0)
    for _ in range(50):
        stage.clock.goes(seconds=1)
        _nudge(stage)
        await asyncio.sleep(0)
    assert sum(stage.fake.faults.struck.values()) == 1
    async with stage.http.get(f"{stage.app.url}/readyz") as answer:
        assert (answer.status, (await answer.json())["reason"]) == (503, "telegram_unauthorised")
    stage.clock.goes(seconds=11)
    _nudge(stage)
    await flows(stage, lambda: sum(stage.fake.faults.struck.values()) == 2, step=0)
    await asyncio.sleep(0.05)
    assert [record.levelname for record in caplog.records if "telegram_refuses" in record.getMessage()] == [
        "ERROR"
    ] * 2
    stage.fake.faults.clear()
    await flows(stage, lambda: all(told(olena, number) for number in numbers))
    assert [len(told(olena, number)) for number in numbers] == [1, 1, 1]
    assert not any(AGAIN in message.text for message in olena.messages)
    await stage.quiet()
    async with stage.http.get(f"{stage.app.url}/readyz") as answer:
        assert answer.status == 200
    for number in numbers:
        assert [ring["state"] for ring in await rings(stage, number)] == ["sent"]


@pytest.mark.case("F10")
async def test_a_call_that_hangs_is_given_up_and_comes_again_marked(quick: Stage) -> None:
    olena, loop = quick.owner, asyncio.get_running_loop()
    quick.fake.faults.script(Kind.HANG, method="sendMessage", after=True)
    began = loop.time()
    number = (await quick.orders())["number"]
    await quick.fake.faults.until_hanging()
    await flows(quick, lambda: len(told(olena, number)) == 2, step=1)
    assert loop.time() - began >= PATIENCE
    assert [AGAIN in copy.text for copy in told(olena, number)] == [False, True]


@pytest.mark.case("F12")
async def test_ten_bad_gateways_in_a_row_delay_and_lose_nothing(stage: Stage) -> None:
    olena = stage.owner
    stage.fake.faults.script(Kind.BAD_GATEWAY, method="sendMessage", times=10)
    number = (await stage.orders())["number"]
    await flows(stage, lambda: bool(told(olena, number)), step=30)
    assert len(told(olena, number)) == 1
    assert AGAIN in told(olena, number)[0].text
    assert stage.fake.faults.struck == {"502 html before": 10}


async def test_a_message_that_always_fails_holds_up_its_chat_for_a_while_only(stage: Stage) -> None:
    olena = stage.owner
    stage.fake.faults.script(Kind.SERVER_ERROR, method="sendMessage", times=6)
    poison = (await stage.orders())["number"]
    await flows(stage, lambda: stage.fake.faults.struck["500 before"] == 6, step=3)
    other = (await stage.orders())["number"]
    await olena.sees(other)
    assert not told(olena, poison)
    await flows(stage, lambda: bool(told(olena, poison)), step=10)


async def test_what_our_own_code_cannot_draw_is_held_and_seen(stage: Stage) -> None:
    number = (await stage.orders())["number"]
    await stage.quiet()

    def unit(session: object) -> None:
        from sqlalchemy import update
        from sqlalchemy.orm import Session

        from models.outbox import Notification, NotificationState

        assert isinstance(session, Session)
        session.execute(
            update(Notification).values(state=NotificationState.QUEUED, chat="not a number", facts={})
        )

    await stage.app.db.write(unit)
    await stage.goes(seconds=1)
    assert [(ring["state"], ring["reason"]) for ring in await rings(stage, number)] == [("held", "refused")]
    assert json.dumps(await stage.state(number))
