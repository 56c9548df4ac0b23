"""One tap, one message: on Viber a toast goes along with the screen that follows it, and is never lost."""

from collections.abc import Sequence
from typing import cast

import pytest

from bot.demo.viber import FakeViber, Kind
from bot.inbox.worker import PAUSES
from tests.conversation.hands import calm, card, data_of, drawn, forge, later, press, taken_in
from tests.stage import Stage

pytestmark = pytest.mark.only_on("viber", "Telegram has toasts")


def bubbles(stage: Stage) -> list[str]:
    """All that the bot has said to the owner."""
    return [message.text for message in stage.owner.messages if message.sender is not stage.owner.user]


async def gets(stage: Stage, label: str, number: str) -> Sequence[str]:
    """What one press on the order's card brings."""
    before = len(bubbles(stage))
    await press(stage, stage.owner, label, number)
    return bubbles(stage)[before:]


async def test_what_a_press_has_done_stands_in_the_card_that_comes(stage: Stage) -> None:
    number = await taken_in(stage)
    [taken] = await gets(stage, "Беру в роботу", number)
    title, done, *_ = taken.splitlines()
    assert title == f"№{number} · «Обробляється менеджером»"
    assert done == "Взято в роботу"
    [undone] = await gets(stage, "Повернути", number)  # the card that bears the words is as alive as any
    assert undone.splitlines()[1] == "Повернуто, як було"


async def test_what_the_screen_says_anyway_is_said_once(stage: Stage) -> None:
    for _ in range(3):
        await taken_in(stage)
    await later(stage, minutes=90)
    before = len(bubbles(stage))
    await stage.owner.presses("Беру все").answered(20)
    await calm(stage)
    [one] = bubbles(stage)[before:]
    assert one.count("Взято 3 із 3") == 1


async def stale(stage: Stage) -> tuple[str, str]:
    """A button whose order has moved on meanwhile, and what a press on it is refused with."""
    ivan = await stage.hires("Іван")
    number = await taken_in(stage)
    data = data_of(card(stage.owner, number).button("Беру в роботу"))
    await press(stage, ivan, "Беру в роботу", number)
    return data, f"Вже змінено: №{number} — «Обробляється менеджером»."


async def test_a_refusal_stands_out_in_the_card_that_comes(stage: Stage) -> None:
    data, refusal = await stale(stage)
    before = len(bubbles(stage))
    await forge(stage, stage.owner, data)
    [one] = bubbles(stage)[before:]
    assert one.splitlines()[1] == refusal
    assert f"<b>{refusal}</b>" in drawn(stage.owner.screen)


TRIES = len(PAUSES) + 1


@pytest.mark.parametrize(
    ("kind", "times"), [(Kind.SERVER_ERROR, 1), (Kind.SERVER_ERROR, TRIES), (Kind.UNDECODABLE, 1)]
)
async def test_what_a_press_is_answered_by_is_said_once_whatever_becomes_of_the_screen(
    stage: Stage, kind: Kind, times: int
) -> None:
    data, refusal = await stale(stage)
    before = len(bubbles(stage))
    cast(FakeViber, stage.fake).faults.script(kind, method="send_message", chat=stage.owner.chat, times=times)
    await forge(stage, stage.owner, data)
    [one] = bubbles(stage)[before:]
    assert (one if times == TRIES else one.splitlines()[1]) == refusal
