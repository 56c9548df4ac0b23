"""What a shop's people were told in private from their group goes when its buyer is forgotten (K6, P15)."""

import pytest

from tests.conversation.gathering import gathered, hanging, press_in, taps
from tests.conversation.hands import calm, count, types
from tests.conversation.test_forget import BUYER, PLANTED, blanked, forgets, seen_of
from tests.stage import Stage

pytestmark = pytest.mark.only_on("telegram", "bots of Viber are in no groups")


@pytest.mark.case("K6")
async def test_what_was_told_in_private_is_blanked_and_what_became_a_card_is_drawn_anew(stage: Stage) -> None:
    ivan, petro = await stage.hires("Іван"), await stage.hires("Петро")
    group = await gathered(stage, ivan, petro)
    taken = await stage.orders(**BUYER)
    zoriana = await stage.buyer("Зоряна", taken)
    number = taken["number"]
    await calm(stage)
    await types(stage, zoriana, "Чохол у комплекті? покличте Зоряну")
    for label in ("Показати номер", "Посилання для покупця", "Написати покупцю"):
        await press_in(stage, ivan, label, group, number)
    await types(stage, ivan, "/cancel")
    await taps(stage, ivan, "Прочитати й відповісти", group)
    await types(stage, ivan, "/cancel")
    await press_in(stage, petro, "Показати номер", group, number)
    await taps(stage, petro, "До замовлення")
    assert "Непийвода" in seen_of(ivan)
    assert "покличте Зоряну" in seen_of(ivan)
    await forgets(stage, zoriana)
    await blanked(stage)
    for person in (stage.owner, ivan, petro):
        assert not any(word in seen_of(person) for word in PLANTED), person.chat.described()
    assert count(ivan, f"№{number}: дані покупця видалено") >= 3
    assert count(petro, "Дані покупця видалено") == 1
    assert "Дані покупця видалено" in hanging(group, number).text


@pytest.mark.case("K6")
async def test_what_was_told_of_another_order_stays(stage: Stage) -> None:
    ivan = await stage.hires("Іван")
    group = await gathered(stage, ivan)
    first, other = await stage.orders(**BUYER), await stage.orders()
    zoriana = await stage.buyer("Зоряна", first)
    await calm(stage)
    await press_in(stage, ivan, "Показати номер", group, other["number"])
    await forgets(stage, zoriana)
    await blanked(stage)
    assert count(ivan, "Тарас Непийвода") == 1
