"""One bell instead of two: advice that a shop gets once, after its first claim, with a tick for who has done it."""

import pytest

from models.roles import Role
from tests.conversation.hands import calm, count, later, press, taken_in, types
from tests.conversation.test_settings import taps, words_of
from tests.stage import Stage, open_stage

TITLE = "Щоб не дзвонило двічі"


@pytest.mark.rule("R48")
async def test_after_the_first_claim_the_owners_hear_how_to_have_one_bell_and_never_again(
    stage: Stage,
) -> None:
    ivan = await stage.hires("Іван")
    second = await stage.hires("Ганна", Role.OWNER)
    number = await taken_in(stage)
    await later(stage, minutes=6)
    assert count(stage.owner, TITLE) == 0
    await press(stage, ivan, "Беру в роботу", number)
    assert count(stage.owner, TITLE) == 0, "not while the first order is in her hands"
    await later(stage, minutes=6)
    assert [count(person, TITLE) for person in (stage.owner, second, ivan)] == [1, 1, 0]
    shown = stage.owner.screen
    assert "вимкніть sms і Viber" in shown.text
    assert "Листи не вимикайте" in shown.text
    assert words_of(shown) == ["Зроблено", "Назад"]
    assert "✅ Зроблено 2 березня" in (await taps(stage, "Зроблено")).text
    assert words_of(stage.owner.screen) == ["Назад"]
    await press(stage, stage.owner, "Беру в роботу", await taken_in(stage))
    await later(stage, minutes=6)
    assert count(second, TITLE) == 1


async def test_who_has_done_it_is_advised_no_more(stage: Stage) -> None:
    await types(stage, stage.owner, "/settings")
    await taps(stage, TITLE, "Зроблено", "Назад")
    before = count(stage.owner, TITLE)
    await press(stage, stage.owner, "Беру в роботу", await taken_in(stage))
    await later(stage, minutes=6)
    assert count(stage.owner, TITLE) == before


@pytest.mark.rule("G01", "G02")
@pytest.mark.parametrize(("marketplace", "text"), [("globus", "Глобус ТОП і сам сповіщає"), ("own", None)])
async def test_each_marketplace_has_its_own_bell_and_a_shop_of_its_own_none(
    database_url: str, marketplace: str, text: str | None
) -> None:
    async with open_stage(database_url, marketplace=marketplace) as stage:
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
