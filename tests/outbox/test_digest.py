"""Many for one chat at once are one message that names each (R6)."""

import asyncio
import json

import pytest

from bot.demo.telegram.limits import Limits as FakeLimits
from bot.messengers.pacing import Limits as PaceLimits
from keyboards.screen import LONGEST, units
from tests.outbox.troubles import flows, rings, rows, told
from tests.stage import Stage, open_stage, order


@pytest.mark.case("F15", "S6")
async def test_a_thousand_orders_at_once_are_a_few_messages_that_name_them_all(database_url: str) -> None:
    async with open_stage(database_url, limits=FakeLimits(), pace=PaceLimits()) as stage:
        stage.fake.gate._monotonic = stage.clock.monotonic
        olena = stage.owner
        bodies = [order() for _ in range(1000)]
        answers = await asyncio.gather(*(stage.post(body) for body in bodies))
        assert {answer.status for answer in answers} == {202}
        numbers = [body["number"] for body in bodies]
        await flows(stage, lambda: numbers[-1] in _all_words(stage), step=0.3, within=60)
        await flows(stage, lambda: all(number in _all_words(stage) for number in numbers), step=0.3)
        messages = [message for message in olena.messages if message.sender.is_bot]
        assert len(messages) < 40
        assert all(units(message.text) <= LONGEST for message in messages)
        words = _all_words(stage)
        assert [number for number in numbers if words.count(f"№{number}") != 1] == []
        await flows(stage, lambda: _settled(stage), step=1)
        assert {row.state for row in await rows(stage) if row.order_id} == {"sent"}
        assert stage.fake.too_many == 0


def _all_words(stage: Stage) -> str:
    return "\n".join(m.text for m in stage.owner.messages if m.sender.is_bot)


def _settled(stage: Stage) -> bool:
    assert stage.app.delivery is not None
    return not stage.app.delivery._sending


async def _crowd(stage: Stage, count: int, **changes: object) -> list[str]:
    """So many orders that wait for the owner's chat together."""
    assert stage.app.delivery is not None
    bodies = [order(**changes) for _ in range(count)]
    channel = stage.app.delivery._channels["telegram"]
    channel.pause(60)
    for body in bodies:
        assert (await stage.post(body)).status == 202
    return [body["number"] for body in bodies]


async def test_five_ring_each_six_ring_once(stage: Stage) -> None:
    olena = stage.owner
    five = await _crowd(stage, 5)
    await stage.goes(seconds=61)
    assert [len(told(olena, number)) for number in five] == [1] * 5
    assert "Беру в роботу" in " ".join(olena.screen.labels)
    six = await _crowd(stage, 6)
    await stage.goes(seconds=61)
    (digest,) = {message.id: message for number in six for message in told(olena, number)}.values()
    assert "6 сповіщень" in digest.text
    assert "640 ₴" in digest.text.replace("\N{NO-BREAK SPACE}", " ")
    assert "Самовар" in digest.text
    for number in six:
        (ring,) = await rings(stage, number)
        assert ring["state"] == "sent"
    seventh = (await stage.orders())["number"]
    await olena.sees(f"№{seventh} · «Нове замовлення»")


async def test_every_order_of_a_digest_opens_as_a_card_and_the_digest_stays(stage: Stage) -> None:
    olena = stage.owner
    numbers = await _crowd(stage, 12)
    await stage.goes(seconds=61)
    digest = olena.screen
    before = digest.text
    await olena.presses(f"№{numbers[3]}", on=digest).answered()
    card = await olena.sees(f"№{numbers[3]} · «Нове замовлення»")
    assert card.id != digest.id
    assert digest.text == before
    await olena.presses("Беру в роботу", on=card).answered()
    await olena.sees("«Обробляється менеджером»")
    assert [label for label in digest.labels if "№" not in label] == ["✋ Беру все (12)"]
    assert len(digest.labels) == 13


async def test_a_digest_says_what_is_so_now_and_which_may_have_come_before(stage: Stage) -> None:
    from bot.demo.telegram.faults import Kind

    olena = stage.owner
    numbers = await _crowd(stage, 8)
    await stage.happens(numbers[0], type="status_changed", status="in_work")
    await stage.happens(numbers[1], type="buyer_cancelled")
    stage.fake.faults.script(Kind.RESET, method="sendMessage", after=True)
    await flows(stage, lambda: len(told(olena, numbers[2])) == 2, step=30)
    await stage.quiet()
    first, second = told(olena, numbers[2])
    lines = {number: line for number in numbers for line in first.text.splitlines() if number in line}
    assert "Обробляється менеджером" in lines[numbers[0]]
    assert "покупець скасував" in lines[numbers[1]]
    assert "повторно" not in first.text
    assert second.text.count("повторно") == 8
    assert [ring["state"] for ring in await rings(stage, numbers[2])] == ["sent"]


async def test_the_longest_names_do_not_fit_at_once_and_none_is_lost(stage: Stage) -> None:
    olena = stage.owner
    assert stage.app.delivery is not None
    stage.app.delivery._channels["telegram"].pause(60)
    numbers = [f"{at:03}<&>{'Ї' * 58}" for at in range(80)]
    answers = [await stage.post(order(number=number)) for number in numbers]
    assert {answer.status for answer in answers} <= {202, 422}, json.dumps(answers[0].body)
    numbers = [number for number, answer in zip(numbers, answers, strict=True) if answer.status == 202]
    await stage.goes(seconds=61)
    assert all(units(m.text) <= LONGEST for m in olena.messages)
    for number in numbers:
        assert len(told(olena, number)) == 1, number


async def test_what_carries_words_of_people_is_never_a_line(stage: Stage) -> None:
    taken = await stage.orders()
    await stage.owner.sees(taken["number"])
    maria = await stage.buyer("Марія", taken)
    await stage.quiet()
    await _crowd(stage, 7)
    maria.types("Чи є чохол?")
    await maria.sees("запитання передано")
    await stage.goes(seconds=61)
    (asked,) = [m for m in stage.owner.messages if "Чи є чохол?" in m.text]
    assert "сповіщень" not in asked.text
