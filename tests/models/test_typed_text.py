"""A number and a word: what a typed text asks to be done to which order."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.l10n import Words
from keyboards.typed import bare
from models.people import Language
from models.roles import MAY, Role
from models.typed_text import LOOKS, actions_of, meanings_of, read_typed
from models.workflow import Action, Actor
from models.workflows import WORKFLOWS


@pytest.mark.parametrize(
    ("text", "number", "meanings", "rest"),
    [
        ("№123 беру", "123", ("take",), ""),
        ("123 беру", "123", ("take",), ""),
        ("№123 підтв", "123", ("confirm",), ""),
        ("№ 123 беру", "123", ("take",), ""),
        ("№812 345 678 беру", "812345678", ("take",), ""),
        ("812 345 678 Беру в роботу!", "812345678", ("take",), ""),
        ("#123, беру", "123", ("take",), ""),
        ("№123: передано кур’єру", "123", ("courier",), ""),
        ("123 передано курʼєру", "123", ("courier",), ""),
        ("AB-12.7 готово", "AB-12.7", ("ready",), ""),
        ("беру 123", "123", ("take",), ""),
        ("Беру в роботу №123", "123", ("take",), ""),
        ("ттн 123 20450000000001", "123", ("ttn",), "20450000000001"),
        ("№123 ттн 20 4500 0000 0001", "123", ("ttn",), "20 4500 0000 0001"),
        ("№123 виправити ТТН 20450000000001", "123", ("fix_ttn",), "20450000000001"),
        ("123 скасувати", "123", ("cancel",), ""),
        ("123 скасувати покупець передумав", "123", ("cancel",), "покупець передумав"),
        ("123 скас", "123", ("cancel", "undo"), ""),
        ("123 нагадати 30", "123", ("snooze",), "30"),
        ("123 повернути", "123", ("undo",), ""),
        ("123 повернути в обробку", "123", ("reopen",), ""),
        ("123 коли відправимо завтра 16:00", "123", ("agree",), "завтра 16:00"),
        ("123 відпр", "123", ("ship", "agree"), ""),
        ("123 отм", "123", ("cancel",), ""),
        ("123 не забрав", "123", ("not_collected",), ""),
        ("123 не", "123", (), ""),
        ("123 абракадабра", "123", (), ""),
        ("123 бе", "123", (), ""),
        ("№123 підтвержено", "123", ("confirm",), ""),
        ("№123 пітдвердити", "123", ("confirm",), ""),
        ("№123 підтверджжено", "123", ("confirm",), ""),
        ("123 Отриманно", "123", ("received",), ""),
        ("123 скосувати передумав", "123", ("cancel",), "передумав"),
        ("123 поверунти", "123", ("undo",), ""),
        ("123 берру", "123", (), ""),
        ("123 пітдверждено", "123", (), ""),
    ],
)
def test_a_number_and_a_word_are_a_wish(text: str, number: str, meanings: tuple[str, ...], rest: str) -> None:
    read = read_typed(text)
    assert read is not None
    assert (read.number, read.meanings, read.rest) == (number, meanings, rest)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "123",
        "№812 345 678",
        "беру",
        "Готовко 5",
        "Шевчук 4567",
        "привіт",
        "завтра",
        "№",
        "№ №",
        "/orders",
        "...",
        "бер 1" + "1" * 250,
    ],
)
def test_what_is_no_number_with_a_word_is_no_wish(text: str) -> None:
    assert read_typed(text) is None


@given(st.text(alphabet=st.one_of(st.sampled_from("№#12 .,беруттнскасувати'’"), st.characters())))
def test_the_reader_never_raises_and_makes_up_no_number(text: str) -> None:
    read = read_typed(text)
    if read is not None:
        assert any(char.isdigit() for char in read.number)
        assert 0 < len(read.number) <= 64
        assert set(read.number) <= set(text)


SELLERS = sorted(MAY[Role.OWNER])


@pytest.mark.parametrize("action", SELLERS)
@pytest.mark.parametrize("workflow", WORKFLOWS)
@pytest.mark.parametrize("language", Language)
def test_what_stands_on_a_button_can_be_typed(language: str, workflow: str, action: Action) -> None:
    """In the words of each marketplace and each language: whoever copies the button is understood."""
    words = Words(language)
    own = f"{workflow}-action-{action}"
    label = bare(words(own if words.has(own) else f"action-{action}"))
    read = read_typed(f"№123 {label}")
    assert read is not None
    assert action in {action for meaning in read.meanings for action in actions_of(meaning)}, label
    assert len(read.meanings) == 1
    assert read.rest == ""


EXAMPLES = re.compile(r"[«“]((?:№|\w+ )123 [^»”]+)[»”]")


@pytest.mark.parametrize("key", ["help-typed", "help-typed-packer"])
@pytest.mark.parametrize("language", Language)
def test_what_help_gives_as_an_example_is_understood(language: str, key: str) -> None:
    examples = EXAMPLES.findall(Words(language)(key))
    assert len(examples) >= 3
    for example in examples:
        read = read_typed(example)
        assert read is not None, example
        assert (read.number, len(read.meanings)) == ("123", 1), example


def test_no_button_of_any_marketplace_is_without_its_word() -> None:
    rows = [row for workflow in WORKFLOWS.values() for row in workflow.transitions]
    assert {row.action for row in rows if Actor.SELLER in row.actors} <= set(SELLERS)


def test_every_meaning_of_the_table_is_one_that_somebody_carries_out() -> None:
    from models.typed_text import _table

    for meaning, phrase in _table():
        assert meaning in LOOKS or actions_of(meaning), meaning
        assert meaning in meanings_of(phrase), phrase
