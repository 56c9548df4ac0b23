"""aiogram's keyboards as Viber's, and the cards that stay pressable (facts: viber, 2 and 4)."""

from typing import Any

import pytest
from aiogram.types import (
    CopyTextButton,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    ReplyKeyboardMarkup,
)
from hypothesis import given
from hypothesis import strategies as st

from bot.messengers.viber.keyboards import CARD_ROWS, COLUMNS, LONGEST_FACE, card, keyboard
from bot.messengers.viber.signing import Signer

SIGNER = Signer(b"k" * 32)
PERSON, STRANGER = 2**52 + 1, 2**52 + 2


def sign(data: str) -> str:
    return SIGNER.sign(PERSON, data)


def inline(*widths: int) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(
        inline_keyboard=[
            [InlineKeyboardButton(text=f"К{row}{at}", callback_data=f"o:{row}:{at}") for at in range(wide)]
            for row, wide in enumerate(widths)
        ]
    )


def columns(made: dict[str, Any] | None) -> list[int]:
    assert made is not None
    return [button["Columns"] for button in made["Buttons"]]


ROWS = {1: [6], 2: [3, 3], 3: [2, 2, 2], 4: [3, 3, 3, 3], 5: [2, 2, 2, 3, 3], 7: [2, 2, 2, 2, 2, 2, 6]}


@pytest.mark.parametrize(("wide", "parts"), ROWS.items())
def test_a_row_fills_six_columns(wide: int, parts: list[int]) -> None:
    assert columns(keyboard(inline(wide), (), sign)) == parts


def test_the_menu_lies_under_the_buttons_as_far_as_there_is_room() -> None:
    menu = [(f"Команда {at}", f"/c{at}") for at in range(6)]
    made = keyboard(inline(*[1] * 11), menu, sign)
    assert made is not None
    assert [button["ActionBody"] for button in made["Buttons"][11:]] == ["/c0", "/c1", "/c2"]
    assert keyboard(None, (), sign) is None


@pytest.mark.parametrize("rows", [12, 13, 23, 24])
def test_more_rows_than_there_is_room_for_lie_side_by_side_and_none_is_lost(rows: int) -> None:
    made = keyboard(inline(*[1] * rows), (), sign)
    assert made is not None
    assert [button["Text"] for button in made["Buttons"]] == [f"К{row}0" for row in range(rows)]
    lying = columns(made)
    assert sum(lying) <= COLUMNS * 12
    at = 0
    while at < len(lying):  # each row is full, and all of its buttons are as wide as each other
        wide = COLUMNS // lying[at]
        assert lying[at : at + wide] == [lying[at]] * wide
        at += wide


def test_those_with_the_fewest_words_move_together_first() -> None:
    long = [[InlineKeyboardButton(text="Довгі слова", callback_data=f"o:{at}")] for at in range(11)]
    short = [[InlineKeyboardButton(text=text, callback_data=text)] for text in ("Зберегти", "Назад")]
    made = keyboard(InlineKeyboardMarkup(inline_keyboard=[*long, *short]), (), lambda data: data)
    assert columns(made) == [6] * 11 + [3, 3]


def test_more_than_fits_however_close_is_a_mistake_of_ours() -> None:
    with pytest.raises(ValueError, match="13 rows"):
        keyboard(inline(*[2] * 13), (), sign)


def test_each_kind_of_button_does_what_it_does_elsewhere() -> None:
    link = InlineKeyboardButton(text="Відстежити", url="https://example.com/1")
    copy = InlineKeyboardButton(text="Скопіювати", copy_text=CopyTextButton(text="x"))
    made = keyboard(InlineKeyboardMarkup(inline_keyboard=[[link, copy]]), (), sign)
    assert made is not None
    [button] = made["Buttons"]
    assert (button["ActionType"], button["ActionBody"]) == ("open-url", "https://example.com/1")
    phone = ReplyKeyboardMarkup(keyboard=[[KeyboardButton(text="Дати номер", request_contact=True)]])
    made = keyboard(phone, (), sign)
    assert made is not None
    assert made["Buttons"][0]["ActionType"] == "share-phone"


def test_a_button_opens_for_the_person_for_whom_it_was_drawn_alone() -> None:
    body = SIGNER.sign(PERSON, "o:take:abc:1")
    assert body.isascii()
    assert len(body) <= 100
    assert SIGNER.opened(PERSON, body) == "o:take:abc:1"
    assert SIGNER.opened(STRANGER, body) is None
    assert SIGNER.opened(PERSON, body.replace("take", "ship")) is None
    assert SIGNER.opened(PERSON, "o:take:abc:1") is None
    assert Signer(b"x" * 32).opened(PERSON, body) is None


@given(st.text())
def test_no_text_is_taken_for_a_button(text: str) -> None:
    assert SIGNER.opened(PERSON, text) is None
    assert SIGNER.opened(PERSON, f"~cb|{text}|{text}") is None


@pytest.mark.parametrize("data", ["взяти", "x" * 65])
def test_what_a_button_cannot_bear_is_not_signed(data: str) -> None:
    with pytest.raises(ValueError, match="64 ASCII"):
        SIGNER.sign(PERSON, data)


@given(
    st.text(min_size=1, max_size=1500),
    st.lists(st.integers(1, 3), min_size=1, max_size=9),
)
def test_a_card_keeps_to_its_grid_and_says_everything(text: str, widths: list[int]) -> None:
    import html

    made = card(f"<b>№812345678</b>\n{html.escape(text)}", inline(*widths), sign)
    if made is None:
        return  # too long for six pages: it goes as text with a keyboard
    rows, used = 0, 0
    for button in made["Buttons"]:
        assert len(button["Text"]) <= LONGEST_FACE
        used += button["Columns"] * button["Rows"]
    rows = used // COLUMNS
    assert used % COLUMNS == 0
    assert made["ButtonsGroupRows"] <= CARD_ROWS
    assert rows % made["ButtonsGroupRows"] == 0
    assert rows // made["ButtonsGroupRows"] <= 6
    pressed = [button for button in made["Buttons"] if button["ActionType"] == "reply"]
    assert len(pressed) == sum(widths)
    assert "812345678" in made["Buttons"][0]["Text"]
