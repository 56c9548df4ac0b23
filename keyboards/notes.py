"""Internal notes on a screen: the question, the line that says one, what is said when it is kept (R12)."""

from aiogram.types import InlineKeyboardButton

from bot.l10n import Words
from keyboards.callbacks import LookButton
from keyboards.clock import zone_of
from keyboards.screen import Screen, compose, keyboard, said
from models.note import Note
from models.order import Order

LONGEST_NOTE = 500
"""UTF-16 units of one note: a few of them fit beside all else that the history shows."""


def note_line(note: Note, order: Order, words: Words, most: int) -> str:
    return words(
        "note-line",
        at=words.day_clock(note.at, zone_of(order)),
        who=said(note.member.name, 60) or words("who-seller"),
        text=said(note.text, most),
    )


def ask_note_screen(order: Order, words: Words) -> Screen:
    """Never to be taken for the question what to write to the buyer: it says first who will read it."""
    back = _look(order, "card", words("button-back"))
    return Screen(words("ask-note", number=said(order.number, 64)), keyboard([back]))


def noted_screen(order: Order, asked: bool, words: Words) -> Screen:
    """`asked`: something else that the bot has asked still waits for its answer."""
    lines = [words("noted", number=said(order.number, 64)), words("still-asked") if asked else None]
    return Screen(compose(lines), keyboard([_look(order, "open", words("button-card"))]))


def _look(order: Order, what: str, text: str) -> InlineKeyboardButton:
    return InlineKeyboardButton(text=text, callback_data=LookButton(order=order.public_id, what=what).pack())
