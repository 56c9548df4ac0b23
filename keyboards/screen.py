"""A screen: the text and the rows of buttons that one message shows. Text is HTML, hostile words made harmless."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup, ReplyKeyboardMarkup, ReplyKeyboardRemove

from keyboards.text import clean, escape, one_line, quoted, said, units, unlinked

__all__ = [
    "LONGEST",
    "LONGEST_CAPTION",
    "LONGEST_TEXT",
    "LONGEST_WITH_FILE",
    "Screen",
    "below",
    "clean",
    "compose",
    "escape",
    "fitted",
    "keyboard",
    "one_line",
    "quoted",
    "rows",
    "said",
    "units",
    "unlinked",
]

LONGEST = 4096
"""UTF-16 units of one message after its tags are parsed (facts T25)."""

LONGEST_CAPTION = 1024
"""UTF-16 units under a picture or a file."""

LONGEST_TEXT = 3500
"""UTF-16 units of what one person may say to another through us: room is left for the words around it."""

LONGEST_WITH_FILE = 500
"""UTF-16 units of what may be said under a file."""


@dataclass(frozen=True, slots=True)
class Screen:
    """`file`: the number of a file (`models/file.py`) that the message carries, its text below it."""

    text: str
    markup: InlineKeyboardMarkup | ReplyKeyboardMarkup | ReplyKeyboardRemove | None = None
    file: int | None = None


def compose(lines: Iterable[str | None]) -> str:
    return "\n".join(line for line in lines if line)


def fitted(
    before: Sequence[str], items: Sequence[str], more: Callable[[int], str], after: Sequence[str]
) -> str:
    """All lines, with as many of the items as fit into one message and a line that counts the rest.

    Lengths are taken with the tags, so that what is counted is never shorter than what is shown.
    """
    fixed = units(compose([*before, more(len(items)), *after])) + 2
    shown: list[str] = []
    for item in items:
        fixed += units(item) + 1
        if fixed > LONGEST:
            break
        shown.append(item)
    rest = len(items) - len(shown)
    return compose([*before, *shown, more(rest) if rest else None, *after])


def rows(buttons: Sequence[InlineKeyboardButton], *, wide: int = 2) -> list[list[InlineKeyboardButton]]:
    """Buttons in rows: the first alone, since it is the main one, then `wide` a row (at most three)."""
    if not buttons:
        return []
    rest = buttons[1:]
    return [[buttons[0]], *[list(rest[at : at + wide]) for at in range(0, len(rest), wide)]]


def keyboard(*lines: Sequence[InlineKeyboardButton]) -> InlineKeyboardMarkup | None:
    filled = [list(line) for line in lines if line]
    return InlineKeyboardMarkup(inline_keyboard=filled) if filled else None


def below(screen: Screen, *lines: Sequence[InlineKeyboardButton]) -> Screen:
    """The screen with more rows of buttons under its own."""
    own = screen.markup.inline_keyboard if isinstance(screen.markup, InlineKeyboardMarkup) else []
    return Screen(screen.text, keyboard(*own, *lines), screen.file)
