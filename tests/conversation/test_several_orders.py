"""One buyer with many orders: how each stands, ten a page, and which one a question is about."""

import pytest

from bot.demo.person import Person
from models.order import CLOSED
from models.workflow import Workflow
from models.workflows import WORKFLOWS
from tests.conversation.hands import bare, calm, count, is_on_viber, types
from tests.stage import Stage


async def many(stage: Stage, count: int) -> tuple[Person, list[str]]:
    """A buyer tied to so many orders; their numbers, the newest first."""
    taken = [await stage.orders() for _ in range(count)]
    maria = await stage.buyer("Марія", taken[0])
    for answer in taken[1:]:
        await types(stage, maria, f"/start {answer['buyer']['start']}")
    return maria, [str(answer["number"]) for answer in reversed(taken)]


async def taps(stage: Stage, person: Person, label: str) -> str:
    await person.presses(label).answered(20)
    await calm(stage)
    return person.screen.text


def listed(text: str) -> list[str]:
    """The numbers of the list, in its order. A card of Viber's has empty room at the end of its pages."""
    return [line.split()[0].removeprefix("№") for line in text.splitlines()[1:] if line.strip()]


async def test_the_list_says_how_each_stands_and_opens_each(stage: Stage) -> None:
    maria, (newer, older) = await many(stage, 2)
    await stage.happens(older, type="status_changed", status="confirmed")
    for said in ("/start", "/orders"):
        shown = await types(stage, maria, said)
        assert shown.text.splitlines() == [
            "Ваші замовлення",
            f"№{newer} · «Самовар» · магазин отримав замовлення",
            f"№{older} · «Самовар» · підтверджено, готується до відправлення",
        ]
    assert f"№{older} · «Самовар»\nСтан: підтверджено" in await taps(stage, maria, f"№{older}")
    assert "Є запитання" in " ".join(maria.screen.labels)
    assert listed(await taps(stage, maria, "Усі замовлення")) == [newer, older]


async def test_more_than_ten_come_in_pages_and_the_finished_last(stage: Stage) -> None:
    maria, numbers = await many(stage, 12)
    await stage.happens(numbers[0], type="buyer_cancelled")
    await stage.happens(numbers[3], type="buyer_cancelled")
    await calm(stage)
    under_way = [number for at, number in enumerate(numbers) if at not in (0, 3)]
    shown = await types(stage, maria, "/start")
    assert listed(shown.text) == under_way
    assert [bare(label) for label in shown.labels[10:]] == ["Далі ➡️"]
    assert listed(await taps(stage, maria, "Далі")) == [numbers[0], numbers[3]]
    assert "скасовано вами" in maria.screen.text
    assert listed(await taps(stage, maria, "Назад")) == under_way


async def test_a_question_without_a_button_waits_until_it_is_clear_about_which_order(stage: Stage) -> None:
    maria, numbers = await many(stage, 11)
    asked = await types(stage, maria, "Коли буде?")
    assert asked.text.startswith("Про яке замовлення ваше повідомлення?")
    await taps(stage, maria, "Далі")
    assert maria.screen.text.startswith("Про яке замовлення")
    assert listed(maria.screen.text) == numbers[10:]
    answer = await taps(stage, maria, f"№{numbers[10]}")
    assert f"№{numbers[10]}: запитання передано" in answer
    assert f"№{numbers[10]}: покупець пише" in (await stage.owner.sees("Коли буде?")).text
    assert count(stage.owner, "Коли буде?") == 1


async def test_pages_that_were_forged_or_are_gone_show_the_last_one_or_nothing(stage: Stage) -> None:
    maria, numbers = await many(stage, 2)
    shown = await types(stage, maria, "/start")
    for page in (1, 9999):
        said = await maria.forges(f"bp:0:{page}", shown).answered(20)
        assert is_on_viber(maria) or said == ""
        await calm(stage)
        assert listed(maria.screen.text) == numbers
    for data in ("bp:0:-1", "bp:0:10000", "bp:x:1", "bp::"):
        assert "Немає доступу" in await maria.forges(data, shown).answered(20)
    await stage.owner.forges("bp:1:0").answered(20)
    await calm(stage)
    assert "Щоб отримувати повідомлення" in stage.owner.screen.text


@pytest.mark.parametrize("workflow", WORKFLOWS.values(), ids=lambda one: one.name)
def test_what_is_called_closed_is_what_nothing_leads_out_of(workflow: Workflow) -> None:
    states = workflow.states
    assert {state.key for state in states if state.final} == {
        state.key for state in states if state.status in CLOSED
    }
