"""A marketplace is a table: one that nobody runs works over the wire with no change in handlers, keyboards, orders."""

from collections.abc import AsyncIterator

import pytest
from fluent.runtime import FluentResource

from bot.app import words_in
from models.workflows import WORKFLOWS
from tests.made_up import MADE_UP
from tests.stage import Stage, open_stage

NAMES = {
    "dropped_in": "Закинули",
    "on_the_bench": "На верстаку",
    "boxed": "У коробці",
    "on_the_road": "У дорозі",
    "at_the_counter": "На прилавку",
    "late": "Проґавили",
    "home": "Вдома",
    "sent_back": "Назад",
    "left_there": "Забули",
    "torn_up": "Порвали",
    "torn_up_otherwise": "Порвали інакше",
    "called_off": "Передумав",
}


@pytest.fixture
async def bazaar(database_url: str, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Stage]:
    """What adding a marketplace takes: its table in the register, and its words."""
    monkeypatch.setitem(WORKFLOWS, MADE_UP.name, MADE_UP)
    words = "\n".join(f"made_up-state-{key} = {name}" for key, name in NAMES.items())
    resource = FluentResource(f"{words}\nplatform-made_up = Базар")
    words_in("uk")._bundles[0].add_resource(resource, allow_overrides=True)
    async with open_stage(database_url, marketplace="made_up") as opened:
        yield opened


async def test_a_made_up_marketplace_works_from_ring_to_the_end(bazaar: Stage) -> None:
    taken = await bazaar.orders()
    number, olena = taken["number"], bazaar.owner
    await olena.sees(f"№{number} · «Закинули»")
    maria = await bazaar.buyer("Марія", taken)

    await olena.presses("Беру в роботу").answered()
    await olena.sees("«На верстаку»")
    await olena.sees_button("Дані підтверджено")
    await olena.presses("Дані підтверджено").answered()
    await olena.sees("«У коробці»")
    await olena.presses("Ввести ТТН").answered()
    await olena.sees("надішліть номер ТТН")
    olena.types("20450000000777")
    card = await olena.sees("«У дорозі»")
    assert "Змініть і в кабінеті" not in card.text
    await bazaar.goes(seconds=11)
    await maria.sees("20450000000777")

    answer = await bazaar.happens(number, type="parcel", ttn="20450000000777", status="arrived")
    assert (answer.status, answer.body["status"], answer.body["status_name"]) == (
        202,
        "waiting",
        "На прилавку",
    )
    await maria.sees("прибула")
    await bazaar.quiet()  # a press on the card of a moment ago would be told what is now, and change nothing
    await olena.presses("Отримано").answered()
    await olena.sees("«Вдома»")
    assert (await bazaar.state(number))["status"] == "received"
