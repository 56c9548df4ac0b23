"""Too much of everything: a buyer who writes without end, attachments of every kind, an answer that Telegram refuses,
a button of any order."""

from collections.abc import Callable
from functools import partial
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from bot.demo.person import Person
from bot.demo.telegram.faults import Kind
from bot.demo.viber import FakeViber
from bot.demo.viber.faults import Kind as ViberKind
from keyboards.callbacks import LookButton, OrderButton, ReasonButton, SkipButton
from models.message import Message
from models.workflow import Action, Ask
from tests.conversation.hands import calm, count, drawn, history, is_on_viber, later, press, taken_in, types
from tests.conversation.team import rows
from tests.stage import Stage

POLL = {
    "id": "1",
    "question": "Коли?",
    "options": [],
    "total_voter_count": 0,
    "is_closed": False,
    "is_anonymous": True,
    "type": "regular",
    "allows_multiple_answers": False,
    "allows_revoting": False,
    "members_only": False,
}
TOO_FAST = "Забагато повідомлень за хвилину"


@pytest.mark.case("L7")
async def test_of_a_hundred_messages_a_minute_ten_pass_and_the_rest_hears_so_once(stage: Stage) -> None:
    taken, other = await stage.orders(), await stage.orders()
    maria, taras = await stage.buyer("Марія", taken), await stage.buyer("Тарас", other)
    for at in range(100):
        maria.types(f"Питання {at}")
    await calm(stage)
    assert [message.text for message in await rows(stage, select(Message).order_by(Message.id))] == [
        f"Питання {at}" for at in range(10)
    ]
    assert count(maria, TOO_FAST) == 1
    await types(stage, taras, "А я питаю вперше")
    assert count(stage.owner, "А я питаю вперше") == 1

    await later(stage, seconds=61)
    assert "передано магазину" in (await types(stage, maria, "Усе одним повідомленням")).text
    assert count(stage.owner, "Усе одним повідомленням") == 1
    assert len(await rows(stage, select(Message))) == 12


def strange_things(person: Person) -> list[Callable[[], object]]:
    if is_on_viber(person):
        return [
            person.sends_sticker,
            partial(person.sends, {"type": "poll", "options": ["Так", "Ні"]}),
            partial(person.sends, {"type": "location", "location": {"lat": "північ", "lon": 400}}),
        ]
    return [
        person.sends_video_note,
        person.sends_sticker,
        partial(person.sends, {"poll": POLL}),
        partial(person.sends, {"dice": {"emoji": "🎲", "value": 3}}),
    ]


@pytest.mark.case("E14")
async def test_what_cannot_be_passed_on_is_said_to_be_so_whatever_it_is(stage: Stage) -> None:
    taken = await stage.orders()
    maria = await stage.buyer("Марія", taken)
    for send in strange_things(maria):
        before = count(maria, "Таке передати не можемо")
        send()
        await calm(stage)
        assert count(maria, "Таке передати не можемо") == before + 1
    assert await rows(stage, select(Message)) == []


@pytest.mark.case("E14")
async def test_a_buyer_never_learns_whose_account_answers(stage: Stage) -> None:
    taken = await stage.orders()
    maria = await stage.buyer("Марія", taken)
    await types(stage, maria, "Коли?")
    await press(stage, stage.owner, "Написати покупцю", taken["number"])
    await types(stage, stage.owner, "Завтра зранку")
    said = next(message for message in maria.chat.newest_first() if "Завтра зранку" in message.text)
    assert stage.owner.name not in said.text
    whole = drawn(said) if is_on_viber(maria) else str(said.as_json())
    assert str(stage.owner.id) not in whole


@pytest.mark.case("C11")
@pytest.mark.parametrize("kind", [Kind.RESET, Kind.SERVER_ERROR, Kind.TOO_MANY])
async def test_an_answer_that_cannot_be_given_takes_nothing_back(stage: Stage, kind: Kind) -> None:
    number = await taken_in(stage)
    if is_on_viber(stage.owner):  # a press is answered there by a message
        cast(FakeViber, stage.fake).faults.script(ViberKind[kind.name], method="send_message", times=None)
    else:
        stage.fake.faults.script(kind, method="answerCallbackQuery", times=None)
    stage.owner.presses("Беру в роботу")
    await calm(stage)
    assert (await history(stage, number))[-1] == ("take", "in_work")
    assert [action for action, _ in await history(stage, number)].count("take") == 1
    stage.fake.faults.clear()
    if is_on_viber(stage.owner):
        await later(stage, minutes=1)
    assert "Обробляється менеджером" in stage.owner.screen.text


keys = st.from_regex(r"\A[A-Za-z0-9_-]{12}\Z")
sequences = st.integers(0, 2**31 - 1)


@pytest.mark.case("C12")
@given(keys, sequences, st.sampled_from(Action), st.sampled_from(Ask))
def test_a_button_of_any_order_fits_and_reads_back(order: str, seq: int, action: Action, ask: Ask) -> None:
    for button in (
        OrderButton(action=action, order=order, seq=seq),
        SkipButton(action=action, order=order, seq=seq, ask=ask),
        ReasonButton(order=order, seq=seq, reason="a" * 32),
        LookButton(order=order, what="history", page=99),
    ):
        data = button.pack()
        assert len(data.encode()) <= 64
        assert data.isascii()
        assert type(button).unpack(data) == button
