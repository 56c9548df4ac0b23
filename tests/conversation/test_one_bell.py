"""One bell instead of two: advice that a shop gets once, after its first claim, with a tick for who has done it."""

from collections.abc import AsyncIterator

import pytest

from models.roles import Role
from tests.conversation.hands import (
    bare,
    calm,
    count,
    is_on_viber,
    later,
    offered,
    press,
    redrawn,
    taken_in,
    types,
)
from tests.conversation.test_settings import taps, words_of
from tests.stage import Stage, open_stage

TITLE = "Щоб не дзвонило двічі"


@pytest.fixture
async def fresh(database_url: str) -> AsyncIterator[Stage]:
    """A shop on ROZETKA that has claimed nothing yet."""
    async with open_stage(database_url, advised=False) as opened:
        yield opened


@pytest.mark.rule("R48")
async def test_after_the_first_claim_the_owners_hear_how_to_have_one_bell_and_never_again(
    fresh: Stage,
) -> None:
    ivan = await fresh.hires("Іван")
    second = await fresh.hires("Ганна", Role.OWNER)
    number = await taken_in(fresh)
    await later(fresh, minutes=6)
    assert count(fresh.owner, TITLE) == 0
    await press(fresh, ivan, "Беру в роботу", number)
    assert count(fresh.owner, TITLE) == 0, "not while the first order is in her hands"
    await later(fresh, minutes=6)
    assert [count(person, TITLE) for person in (fresh.owner, second, ivan)] == [1, 1, 0]
    third = await fresh.hires("Павло", Role.OWNER)
    await press(fresh, fresh.owner, "Беру в роботу", await taken_in(fresh))
    await later(fresh, minutes=6)
    assert [count(person, TITLE) for person in (fresh.owner, second, third)] == [1, 1, 0]

    shown = fresh.owner.finds(TITLE)
    assert shown is not None
    if not is_on_viber(fresh.owner):  # which has a sound for every message
        assert shown.silent, "advice never rings"
    assert "Вимкніть sms і Viber" in shown.text
    assert "Листи не вимикайте" in shown.text
    viber = is_on_viber(fresh.owner)
    choices = offered(shown) if viber else shown.labels
    assert [bare(label) for label in choices] == ["Зроблено", "Назад"]
    await fresh.owner.presses("Зроблено", on=shown).answered(20)
    await calm(fresh)
    shown = redrawn(fresh.owner, shown)
    assert "✅ Зроблено 2 березня" in shown.text
    assert words_of(shown) == ["Назад"]


async def test_who_has_done_it_is_advised_no_more(fresh: Stage) -> None:
    await types(fresh, fresh.owner, "/settings")
    await taps(fresh, TITLE, "Зроблено", "Назад")
    before = count(fresh.owner, TITLE)
    await press(fresh, fresh.owner, "Беру в роботу", await taken_in(fresh))
    await later(fresh, minutes=6)
    assert count(fresh.owner, TITLE) == before


@pytest.mark.rule("G01", "G02")
@pytest.mark.parametrize(("marketplace", "text"), [("globus", "Глобус ТОП і сам сповіщає"), ("own", None)])
async def test_each_marketplace_has_its_own_bell_and_a_shop_of_its_own_none(
    database_url: str, marketplace: str, text: str | None
) -> None:
    async with open_stage(database_url, marketplace=marketplace, advised=False) as stage:
        menu = await types(stage, stage.owner, "/settings")
        assert (TITLE in words_of(menu)) is (text is not None)
        if text is not None:
            shown = await taps(stage, TITLE)
            assert text in shown.text
            assert "Viber" not in shown.text
        await press(stage, stage.owner, "Беру в роботу", await taken_in(stage))
        before = count(stage.owner, TITLE)
        await later(stage, minutes=6)
        await calm(stage)
        assert count(stage.owner, TITLE) == before + (text is not None)
