"""Whoever asks for another place by a command has left the question: what is typed next is no answer to it."""

import pytest

from models.roles import Role
from tests.conversation.hands import TTN, calm, card, confirmed, press, types
from tests.stage import Stage

ASKING = ["Написати покупцю", "Нотатка", "Ввести ТТН", "Коли відправимо"]
COMMANDS = ["/orders", "/settings", "/help"]


@pytest.mark.rule("R12")
@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("question", ASKING)
async def test_what_is_looked_for_after_a_command_is_no_answer_to_the_question_before_it(
    stage: Stage, question: str, command: str
) -> None:
    answer = await stage.orders()
    number, other = answer["number"], await confirmed(stage)
    maria = await stage.buyer("Марія", answer)
    await stage.happens(number, type="status_changed", status="confirmed")
    await calm(stage)
    await press(stage, stage.owner, question, number)
    await types(stage, stage.owner, command)
    assert f"№{other}" in (await types(stage, stage.owner, other)).text
    assert other not in maria.chat.described()
    assert other not in card(stage.owner, number).text
    assert (await stage.state(number))["status"] == "confirmed"


async def test_a_waybill_typed_after_a_look_at_the_lists_is_offered_and_not_lost(stage: Stage) -> None:
    number = await confirmed(stage)
    await press(stage, stage.owner, "Ввести ТТН", number)
    await types(stage, stage.owner, "/orders")
    assert f"Записати {TTN} у замовлення №{number}?" in (await types(stage, stage.owner, TTN)).text


async def test_a_setting_that_was_asked_for_is_left_by_a_look_at_the_lists(stage: Stage) -> None:
    ivan = await stage.hires("Іван", Role.MANAGER)
    await types(stage, ivan, "/settings")
    await ivan.presses("Мій підпис").answered(20)
    await types(stage, ivan, "/orders")
    assert "Зберегти?" not in (await types(stage, ivan, "Шевчук")).text


@pytest.mark.parametrize("command", COMMANDS)
async def test_an_order_that_is_being_made_by_hand_outlives_a_look_elsewhere(
    stage: Stage, command: str
) -> None:
    await types(stage, stage.owner, "/new")
    await types(stage, stage.owner, "M-1")
    await types(stage, stage.owner, command)
    screen = await types(stage, stage.owner, "/new")
    assert "Продовжуємо недописане замовлення" in screen.text
    assert "№M-1" in screen.text
