"""Whatever people write into any field, every screen of the house can be sent, and its facts stand (P13)."""

from collections import Counter
from collections.abc import Callable

import pytest

from keyboards.screen import Screen
from tests.hostile.judge import seen
from tests.hostile.screens import SCREENS, screens_of_the_house
from tests.hostile.things import PHONE, World

MANY = 10_000
"""Messages in `make test`, each with hostile texts of its own; ten times as many in `make test-long`."""

Record = Callable[[str, object], None]


def test_every_screen_of_the_house_is_in_the_table() -> None:
    assert sorted(screens_of_the_house()) == sorted(SCREENS)


def judged(seed: int, shown: Counter[str]) -> int:
    """Draws every screen of one world; how many hostile texts stood in its fields."""
    world = World(seed)
    for name, row in SCREENS.items():
        try:
            screen = row.draw(world)
            if screen is None:
                continue
            text = seen(screen)
            first = text.partition("\n")[0]
            assert not row.number or world.order.number in first, f"no number in the first line: {first}"
            assert not row.phone(world) or PHONE in text, f"the phone is not intact: {text}"
        except Exception as error:
            error.add_note(f"{name}, World({seed})")
            raise
        shown[name] += 1
    return world.ink.words


def run(many: int) -> str:
    """As many messages as are asked for, all screens alike; what there was, for the record."""
    shown: Counter[str] = Counter()
    worlds = texts = 0
    while shown.total() < many:
        texts += judged(worlds, shown)
        worlds += 1
    assert set(shown) == set(SCREENS)
    return f"hostile text: {texts} texts in {shown.total()} messages of {len(shown)} screens, none refused"


@pytest.mark.case("E1", "E2", "E3", "E5", "E7", "E8", "A22")
def test_whatever_stands_in_every_field_every_screen_can_be_sent(record_property: Record) -> None:
    record_property("figures", run(MANY))


@pytest.mark.long
@pytest.mark.timeout(3600)
@pytest.mark.case("E2")
def test_ten_times_as_much_is_no_other(record_property: Record) -> None:
    record_property("figures", run(MANY * 10))


# ------------------------------------------------------------ the judge is no rubber stamp
@pytest.mark.parametrize(
    "text",
    [
        "<b>",
        "a & b <",
        "<a href='https://x.ua'>x</a>",
        "я" * 4097,
        "\u200b",
        "a\u202eb",
        "a\n\n\n\nb",
        "evil.ua",
    ],
)
def test_a_bad_text_is_seen(text: str) -> None:
    with pytest.raises(Exception, match=r"."):
        seen(Screen(text))
