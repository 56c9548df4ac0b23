"""aiogram's keyboards as Viber's: the chat's one keyboard, and cards of rich media that stay pressable (facts: viber).

https://developers.viber.com/docs/tools/keyboards/
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup, KeyboardButton, ReplyKeyboardMarkup

from bot.messengers.plain import plain
from bot.messengers.viber.markup import on_button

COLUMNS = 6
MOST_ROWS = 12
LONGEST_FACE = 250
"""Characters on a button, its tags included."""
CARD_ROWS = 7
MOST_PAGES = 6
LINE = 30
"""Letters that a phone shows in one line of a card, about: how many rows a text takes is reckoned by it."""
LINES_A_ROW = 2
Sign = Callable[[str], str]
Json = dict[str, Any]


def keyboard(
    markup: InlineKeyboardMarkup | ReplyKeyboardMarkup | None,
    menu: Iterable[tuple[str, str]],
    sign: Sign,
    *,
    under: Mapping[str, Any] | None = None,
) -> Json | None:
    """The chat's keyboard: the rows of the markup, or those that lie open already (`under`), and below them the menu
    (words and what they say) as far as there is room. None where there is nothing to press.

    Raises ValueError where the markup alone does not fit into twelve rows, however close its buttons lie.
    """
    own = list(under["Buttons"]) if markup is None and under is not None else _buttons(markup, sign)
    room = MOST_ROWS - _rows(own)
    if room < 0:
        raise ValueError(f"a keyboard of {_rows(own)} rows: at most {MOST_ROWS}")
    words = list(menu)
    lines = [words[at : at + 3] for at in range(0, len(words), 3)][:room]
    sticky = [_reply(text, command, COLUMNS // len(line)) for line in lines for text, command in line]
    buttons = [*own, *sticky]
    return {"Type": "keyboard", "DefaultHeight": False, "Buttons": buttons} if buttons else None


BEGIN = "/begin"
"""What the button that begins says: the first word of a person is what subscribes them (facts: viber, 2)."""


def with_begin(shown: Json | None, words: str) -> Json:
    """The keyboard with that button first; the last rows give way."""
    buttons = [_reply(words, BEGIN, COLUMNS), *(shown["Buttons"] if shown is not None else ())]
    while _rows(buttons) > MOST_ROWS:
        buttons.pop()
    return {"Type": "keyboard", "DefaultHeight": False, "Buttons": buttons}


def card(text: str, markup: InlineKeyboardMarkup, sign: Sign) -> Json | None:
    """An order's card as rich media: its words above, its buttons below, swiped where it is long. None where it does
    not fit into six pages."""
    pieces = _pieces(text)
    lines = [_row(line, sign) for line in markup.inline_keyboard]
    lines = [line for line in lines if line]
    pages: list[list[Json]] = []
    rows = CARD_ROWS
    for group in [*([_words(piece)] for piece in pieces), *(piece for line in lines for piece in line)]:
        height = int(group[0]["Rows"])
        if rows + height > CARD_ROWS:
            pages.append([])
            rows = 0
        pages[-1] += group
        rows += height
    if not pages or len(pages) > MOST_PAGES:
        return None
    for page in pages:  # each page is as high as the highest: what is left is empty
        left = CARD_ROWS - _rows(page)
        if left and len(pages) > 1:
            page.append(
                {"Columns": COLUMNS, "Rows": left, "ActionType": "none", "ActionBody": " ", "Text": " "}
            )
    height = CARD_ROWS if len(pages) > 1 else max(1, _rows(pages[0]))
    return {
        "Type": "rich_media",
        "ButtonsGroupColumns": COLUMNS,
        "ButtonsGroupRows": height,
        "BgColor": "#FFFFFF",
        "Buttons": [button for page in pages for button in page],
    }


# ---------------------------------------------------------------- buttons
def _buttons(markup: InlineKeyboardMarkup | ReplyKeyboardMarkup | None, sign: Sign) -> list[Json]:
    if markup is None:
        return []
    lines: Sequence[Sequence[InlineKeyboardButton | KeyboardButton]] = (
        markup.inline_keyboard if isinstance(markup, InlineKeyboardMarkup) else markup.keyboard
    )
    return [
        button for part in _close([part for line in lines for part in _row(line, sign)]) for button in part
    ]


def _close(rows: list[list[Json]]) -> list[list[Json]]:
    """Where there is no room for so many rows, lone buttons lie two side by side, those with the fewest words first."""
    rows = list(rows)
    while len(rows) > MOST_ROWS:
        alone = [at for at in range(len(rows) - 1) if len(rows[at]) == len(rows[at + 1]) == 1]
        if not alone:
            break
        at = min(alone, key=lambda at: sum(len(button["Text"]) for button in rows[at] + rows[at + 1]))
        rows[at : at + 2] = [rows[at] + rows[at + 1]]
        for button in rows[at]:
            button["Columns"] = COLUMNS // 2
    return rows


def _row(line: Sequence[InlineKeyboardButton | KeyboardButton], sign: Sign) -> list[list[Json]]:
    """A row in as many as it needs: up to three side by side, four as two and two, five as three and two."""
    made = [made for button in line if (made := _button(button, sign)) is not None]
    wide = 2 if len(made) == 4 else 3
    parts = [made[at : at + wide] for at in range(0, len(made), wide)]
    for part in parts:
        for button in part:
            button["Columns"] = COLUMNS // len(part)
    return parts


def _button(button: InlineKeyboardButton | KeyboardButton, sign: Sign) -> Json | None:
    """None for what Viber has no like of: a text to copy comes as a message of its own."""
    if isinstance(button, KeyboardButton):
        if button.request_contact:
            return _reply(button.text, "phone", COLUMNS) | {"ActionType": "share-phone"}
        return _reply(button.text, button.text, COLUMNS)
    if button.callback_data is not None:
        return _reply(button.text, sign(button.callback_data), COLUMNS) | {"Silent": True}
    if button.url is not None:
        return _reply(button.text, button.url, COLUMNS) | {"ActionType": "open-url", "Silent": True}
    return None


def _reply(text: str, body: str, columns: int) -> Json:
    return {
        "Columns": columns,
        "Rows": 1,
        "ActionType": "reply",
        "ActionBody": body,
        "Text": _face(on_button(_escaped(text))),
        "TextSize": "regular",
        "BgColor": "#E8EEF7",
    }


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _face(text: str) -> str:
    """Not longer than a button bears; no tag and no `&amp;` is cut in the middle."""
    if len(text) <= LONGEST_FACE:
        return text
    cut = text[: LONGEST_FACE - 1]
    cut = re.sub(r"(?:<[^>]*|&[^;\s]{0,8})$", "", cut)
    for tag in re.findall(r"<(\w+)>", cut):
        if tag != "br" and cut.count(f"<{tag}>") > cut.count(f"</{tag}>"):
            return _face(plain(cut))
    return cut + "…"


def _rows(buttons: Sequence[Json]) -> int:
    return sum(int(button["Columns"]) * int(button["Rows"]) for button in buttons) // COLUMNS


# ---------------------------------------------------------------- words of a card
def _pieces(text: str) -> list[str]:
    """The text in parts that each fit on one button, parted where lines end."""
    pieces: list[str] = []
    for line in text.split("\n"):
        for part in _short(line):
            joined = f"{pieces[-1]}\n{part}" if pieces else part
            if (
                pieces
                and len(on_button(joined)) <= LONGEST_FACE
                and _lines(joined) <= CARD_ROWS * LINES_A_ROW
            ):
                pieces[-1] = joined
            else:
                pieces.append(part)
    return [piece for piece in pieces if piece.strip()]


def _short(line: str) -> list[str]:
    """A line that is too long for one button loses its looks and goes on as several."""
    if len(on_button(line)) <= LONGEST_FACE:
        return [line]
    words, parts = plain(line), []
    while words:
        size = LONGEST_FACE
        while len(on_button(_escaped(words[:size]))) > LONGEST_FACE:
            size -= 10
        if size < len(words) and (space := words.rfind(" ", size // 2, size)) > 0:
            size = space + 1
        parts.append(_escaped(words[:size].rstrip()))
        words = words[size:]
    return parts


def _lines(text: str) -> int:
    return sum(1 + len(line) // LINE for line in plain(text).split("\n"))


def _words(piece: str) -> Json:
    return {
        "Columns": COLUMNS,
        "Rows": max(1, min(CARD_ROWS, -(-_lines(piece) // LINES_A_ROW))),
        "ActionType": "none",
        "ActionBody": " ",
        "Text": on_button(piece),
        "TextSize": "small",
        "TextHAlign": "left",
        "TextVAlign": "top",
        "BgColor": "#FFFFFF",
    }
