"""Our HTML in Viber's marks: what people typed marks nothing, and numbers stay what they are (facts: viber, 4)."""

import html

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.messengers.plain import plain
from bot.messengers.viber.markup import ZERO_WIDTH_SPACE, marks, on_button

CASES = {
    "<b>№812345678</b> Чайник": "*№812345678* Чайник",
    "<i>станом на 14:57</i>": "_станом на 14:57_",
    "<s>640 ₴</s>": "~640 ₴~",
    "<code>20450000000001</code>": "```20450000000001```",
    "слово<b>жирне</b>": "словожирне",  # a mark that is glued to a word would be shown as a star
    "<b>жирне</b>, кома": "жирне, кома",
    "<b><i>обидва</i></b>": "обидва",
    "<b>два\nрядки</b>": "два\nрядки",
    '<a href="https://example.com/a_b">сайт</a>': "сайт (https://example.com/a_b)",
    "https://example.com/_x_*y*": "https://example.com/_x_*y*",
    "ціна *5*": f"ціна *{ZERO_WIDTH_SPACE}5*{ZERO_WIDTH_SPACE}",
    "&lt;b&gt; &amp; &quot;": '<b> & "',
}


@pytest.mark.parametrize(("text", "said"), CASES.items())
def test_what_becomes_of_our_html(text: str, said: str) -> None:
    assert marks(text) == said


BUTTONS = {
    "<b>№812</b>\nЧайник &amp; Ко": "<b>№812</b><br>Чайник &amp; Ко",
    "&lt;script&gt;": "&lt;script&gt;",
    "<code>1</code> <blockquote>x</blockquote>": "1 x",
}


@pytest.mark.parametrize(("text", "face"), BUTTONS.items())
def test_a_buttons_face_has_only_the_tags_that_viber_knows(text: str, face: str) -> None:
    assert on_button(text) == face


@given(st.text())
def test_whatever_people_type_is_shown_as_they_typed_it_and_marks_nothing(typed: str) -> None:
    said = marks(html.escape(typed))
    assert said.replace(ZERO_WIDTH_SPACE, "") == typed.replace(ZERO_WIDTH_SPACE, "")
    assert plain(html.escape("x" + typed)).startswith("x")


@given(st.text(alphabet="*_~`", min_size=1, max_size=9), st.from_regex(r"\+380[0-9]{9}", fullmatch=True))
def test_a_phone_among_marks_keeps_its_digits(marked: str, phone: str) -> None:
    assert phone in marks(html.escape(f"{marked} {phone} {marked}"))
