"""Keyboards and rich media: what the server refuses, and what only the client does (facts/viber.md, 2)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from bot.demo.viber.errors import Refusal, Status, bad, missing
from bot.demo.viber.markup import wrong_html

Json = dict[str, Any]

MOST_TEXT, MOST_BODY = 250, 250
MOST_ROWS, MOST_CARDS = 12, 6
COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
ACTIONS = frozenset({"reply", "open-url", "share-phone", "location-picker", "none"})
YOUNG_ACTIONS = frozenset({"share-phone", "location-picker"})
LINK = re.compile(r"(?:https?|viber|tel|mailto):\S+")
KEYBOARD: dict[str, tuple[type, int]] = {
    "Type": (str, 1), "Buttons": (list, 1), "BgColor": (str, 1), "DefaultHeight": (bool, 1),
    "CustomDefaultHeight": (int, 3), "HeightScale": (int, 3), "ButtonsGroupColumns": (int, 4),
    "ButtonsGroupRows": (int, 4), "InputFieldState": (str, 4),
}  # fmt: skip
RICH_MEDIA: dict[str, tuple[type, int]] = {
    "Type": (str, 2), "Buttons": (list, 2), "BgColor": (str, 2), "ButtonsGroupColumns": (int, 2),
    "ButtonsGroupRows": (int, 2),
}  # fmt: skip
BUTTON: dict[str, tuple[type, int]] = {
    "Columns": (int, 1), "Rows": (int, 1), "BgColor": (str, 1), "Silent": (bool, 1), "BgMediaType": (str, 1),
    "BgMedia": (str, 1), "BgMediaScaleType": (str, 6), "ImageScaleType": (str, 6), "BgLoop": (bool, 1),
    "ActionType": (str, 1), "ActionBody": (str, 1), "Image": (str, 1), "Text": (str, 1), "TextVAlign": (str, 1),
    "TextHAlign": (str, 1), "TextPaddings": (list, 4), "TextOpacity": (int, 1), "TextSize": (str, 1),
    "OpenURLType": (str, 1), "OpenURLMediaType": (str, 1), "TextBgGradientColor": (str, 1),
    "TextShouldFit": (bool, 6), "InternalBrowser": (dict, 3), "Map": (dict, 6), "Frame": (dict, 6),
    "MediaPlayer": (dict, 6),
}  # fmt: skip
CHOICES = {
    "TextVAlign": {"top", "middle", "bottom"}, "TextHAlign": {"left", "center", "right"},
    "TextSize": {"small", "regular", "large"}, "InputFieldState": {"regular", "minimized", "hidden"},
    "OpenURLType": {"internal", "external"}, "BgMediaType": {"picture", "gif"},
}  # fmt: skip


@dataclass(slots=True)
class Checked:
    """`rejected`: what the server lets pass and the client does not show; `unknown`: fields that Viber has not."""

    rejected: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)


def check_keyboard(keyboard: Any, version: int, checked: Checked) -> None:
    fields = _object(keyboard, "keyboard", KEYBOARD, version, checked)
    if "Type" not in fields:
        raise missing("keyboard.Type")
    if fields["Type"] != "keyboard":
        raise bad("keyboard.Type", "instance value not found in enum")
    _buttons(fields, "keyboard", 6, 2, version, checked)
    if height_of(fields["Buttons"], 6) > MOST_ROWS:
        checked.rejected.append(f"keyboard: more than {MOST_ROWS} rows")


def check_rich_media(rich: Any, version: int, checked: Checked) -> None:
    if version < 2:
        raise Refusal(
            Status.INCOMPATIBLE_WITH_VERSION, "rich_media needs min_api_version 2", "min_api_version"
        )
    fields = _object(rich, "rich_media", RICH_MEDIA, version, checked)
    if fields.get("Type") != "rich_media":
        raise missing("rich_media.Type") if "Type" not in fields else bad("rich_media.Type", "not in enum")
    columns, rows = fields.get("ButtonsGroupColumns", 6), fields.get("ButtonsGroupRows", 7)
    if not 1 <= columns <= 6:
        raise bad("rich_media.ButtonsGroupColumns", "must be from 1 to 6")
    if not 1 <= rows <= 7:
        raise bad("rich_media.ButtonsGroupRows", "must be from 1 to 7")
    _buttons(fields, "rich_media", columns, rows, version, checked)
    if cards_of(fields["Buttons"], columns, rows) > MOST_CARDS:
        checked.rejected.append(f"rich_media: more than {MOST_CARDS} cards")


def _object(
    value: Any, where: str, known: dict[str, tuple[type, int]], version: int, checked: Checked
) -> Json:
    if not isinstance(value, dict):
        raise bad(where, "an object was expected")
    for name, got in value.items():
        if name not in known:
            checked.unknown.append(f"{where}.{name}")
            continue
        kind, since = known[name]
        if not isinstance(got, kind) or (kind is int and isinstance(got, bool)):
            raise bad(f"{where}.{name}", "instance type does not match")
        if version < since:
            raise Refusal(
                Status.INCOMPATIBLE_WITH_VERSION, f"{name} needs min_api_version {since}", f"{where}.{name}"
            )
        if name in CHOICES and got not in CHOICES[name]:
            raise bad(f"{where}.{name}", "instance value not found in enum")
        if name.endswith("Color") and not COLOUR.fullmatch(str(got)):
            checked.rejected.append(f"{where}.{name} is no colour")
    return value


def _buttons(fields: Json, where: str, columns: int, rows: int, version: int, checked: Checked) -> None:
    if "Buttons" not in fields:
        raise missing(f"{where}.Buttons")
    if not fields["Buttons"]:
        raise bad(f"{where}.Buttons", "at least one is needed")
    for number, button in enumerate(fields["Buttons"]):
        at = f"{where}.Buttons[{number}]"
        _object(button, at, BUTTON, version, checked)
        if not 1 <= button.get("Columns", columns) <= columns:
            raise bad(f"{at}.Columns", f"must be from 1 to {columns}")
        if not 1 <= button.get("Rows", 1) <= rows:
            raise bad(f"{at}.Rows", f"must be from 1 to {rows}")
        _check_action(button, at, version, checked)
        text = button.get("Text", "")
        if len(text) > MOST_TEXT:
            raise bad(f"{at}.Text", f"longer than {MOST_TEXT}")
        if wrong := wrong_html(text):
            raise bad(f"{at}.Text", wrong)


def _check_action(button: Json, at: str, version: int, checked: Checked) -> None:
    action = button.get("ActionType", "reply")
    if action not in ACTIONS or (action in YOUNG_ACTIONS and version < 3):
        raise bad(f"{at}.ActionType", "instance value not found in enum")
    body = button.get("ActionBody", "")
    if not body and action != "none":
        raise missing(f"{at}.ActionBody")
    if action != "open-url" and len(body) > MOST_BODY:
        checked.rejected.append(f"{at}.ActionBody: longer than {MOST_BODY}")
    if action == "open-url" and not LINK.fullmatch(body):
        checked.rejected.append(f"{at}.ActionBody is no address")


# ---------------------------------------------------------------- how buttons fall into rows and cards


def rows_of(buttons: list[Json], columns: int) -> list[list[Json]]:
    """Buttons fill a row from the left; one that does not fit begins the next."""
    rows: list[list[Json]] = []
    left = 0
    for button in buttons:
        width = button.get("Columns", columns)
        if width > left:
            rows.append([])
            left = columns
        rows[-1].append(button)
        left -= width
    return rows


def height_of(buttons: list[Json], columns: int) -> int:
    return sum(_heights(buttons, columns))


def cards_of(buttons: list[Json], columns: int, rows: int) -> int:
    """How many cards they fill: a row that does not fit below begins the next card."""
    cards, left = 0, 0
    for height in _heights(buttons, columns):
        if height > left:
            cards, left = cards + 1, rows
        left -= height
    return cards


def _heights(buttons: list[Json], columns: int) -> Iterator[int]:
    for row in rows_of(buttons, columns):
        yield max(button.get("Rows", 1) for button in row)
