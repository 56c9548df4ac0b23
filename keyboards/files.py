"""What came with somebody's words: the line that names it, and the way to a place on a map."""

from aiogram.types import InlineKeyboardButton

from bot.l10n import Words
from keyboards.screen import LONGEST_TEXT, LONGEST_WITH_FILE, unlinked
from models.file import File, FileKind
from models.message import Message

_MAP = "https://www.google.com/maps/search/?api=1&query="


def carried(message: Message | None) -> int | None:
    """The number of the file that goes with these words; a place and a contact are words themselves."""
    file = message.file if message is not None else None
    return file.id if file is not None and file.size else None


def most_words(message: Message) -> int:
    """UTF-16 units: under a file there is room for fewer."""
    return LONGEST_TEXT if carried(message) is None else LONGEST_WITH_FILE


def file_line(file: File | None, words: Words) -> str | None:
    """What it is, for a reader who may not see it."""
    if file is None:
        return None
    match file.kind:
        case FileKind.DOCUMENT:
            return words("file-document", name=unlinked(file.name, 80), size=size_of(file, words))
        case FileKind.LOCATION:
            return words("file-location", place=_place(file))
        case FileKind.CONTACT:
            name, phone = str(file.facts.get("name", "")), str(file.facts.get("phone", ""))
            return words("file-contact", name=unlinked(name, 80), phone=unlinked(phone, 24))
    return words(f"file-{file.kind}")


def map_row(message: Message | None, words: Words) -> list[InlineKeyboardButton]:
    file = message.file if message is not None else None
    if file is None or file.kind is not FileKind.LOCATION:
        return []
    return [InlineKeyboardButton(text=words("button-map"), url=f"{_MAP}{_place(file).replace(' ', '')}")]


def size_of(file: File, words: Words) -> str:
    kib = max(1, round(file.size / 1024))
    return words("file-kib", count=kib) if kib < 1024 else words("file-mib", count=round(kib / 1024))


def _place(file: File) -> str:
    return f"{float(file.facts['latitude']):.5f}, {float(file.facts['longitude']):.5f}"
