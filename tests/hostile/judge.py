"""Whether a screen may be sent: the fake Telegram's own checks, and what a person must find on it."""

import unicodedata

from aiogram.types import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    ReplyKeyboardMarkup,
)

from bot.demo.telegram import utf16
from bot.demo.telegram.autolinks import found_entities
from bot.demo.telegram.keyboards import PLAYED, check_markup
from bot.demo.telegram.texts import message_text
from keyboards.screen import LONGEST, LONGEST_CAPTION, Screen

LONGEST_LABEL = 64
"""UTF-16 units of a button that a phone still shows."""
MOST_A_ROW = 3
TRICKS = frozenset(
    "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200b\u2060\ufeff\u00ad\r\x0b\u061c"
)
OURS = frozenset({"bold", "code", "blockquote"})
"""What our own words mark; a link out of somebody's words is none of them."""


def seen(screen: Screen) -> str:
    """The text as a person sees it. Raises where Telegram would refuse the screen, or a reader would be deceived."""
    text, entities = message_text({"text": screen.text, "parse_mode": "HTML"})
    assert utf16(text) <= (LONGEST if screen.file is None else LONGEST_CAPTION)
    assert not TRICKS & set(screen.text), "a direction or an invisible letter got through"
    assert "\n\n\n\n" not in text, "more than two blank lines"
    assert {entity["type"] for entity in entities} <= OURS, "somebody's words became markup"
    _check_keys(screen)
    for entity in found_entities(text, entities):
        if entity["type"] not in OURS:
            tapped = _of(text, entity["offset"], entity["length"])
            assert "evil" not in tapped, f"can be tapped: {tapped}"
    return text


def _of(text: str, offset: int, length: int) -> str:
    return text.encode("utf-16-le")[offset * 2 : (offset + length) * 2].decode("utf-16-le")


def _check_keys(screen: Screen) -> None:
    markup = screen.markup
    if isinstance(markup, InlineKeyboardMarkup):
        check_markup({"inline_keyboard": [[_as_json(key) for key in row] for row in markup.inline_keyboard]})
        labels = [[key.text for key in row] for row in markup.inline_keyboard]
    elif isinstance(markup, ReplyKeyboardMarkup):
        check_markup(markup.model_dump(exclude_none=True))
        labels = [[key.text for key in row] for row in markup.keyboard]
    else:
        labels = []
    for row in labels:
        assert len(row) <= MOST_A_ROW
        for label in row:
            assert utf16(label) <= LONGEST_LABEL, f"longer than a phone shows: {label}"
            assert not TRICKS & set(label)
            assert "\n" not in label
            assert any(map(visible, label)), "a button without a word"


def visible(char: str) -> bool:
    return not char.isspace() and unicodedata.category(char)[0] not in "CMZ"


def _as_json(key: InlineKeyboardButton) -> dict[str, object]:
    does = {name: getattr(key, name) for name in PLAYED if getattr(key, name) is not None}
    if key.copy_text is not None:
        does["copy_text"] = {"text": key.copy_text.text}
    return {"text": key.text, **does}
