"""What a message holds besides words, of whichever messenger: read, and fetched at once, before its link is gone."""

import io
from dataclasses import asdict, dataclass, field
from typing import Any

import structlog
from aiogram import Bot
from aiogram.exceptions import TelegramAPIError, TelegramBadRequest
from aiogram.types import Message

from bot.http import WireError
from bot.l10n import Words
from bot.messengers.telegram import Undecodable
from keyboards.screen import LONGEST_TEXT, LONGEST_WITH_FILE, units
from models.file import FACTS, MOST_BYTES, Attachment, FileKind
from models.file_text import OPAQUE, file_name, mime_of

log = structlog.get_logger(__name__)

SECONDS = 60
"""A file's whole way to us."""
MOST_PARTS = 10
"""What may wait until it is clear about which order it is."""


@dataclass(frozen=True, slots=True)
class Part:
    """One message to pass on, its file not fetched yet. Fits into a dialogue's data (`asdict`)."""

    text: str = ""
    kind: FileKind | None = None
    file_id: str = ""
    name: str = ""
    mime: str = ""
    size: int = 0
    facts: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, data: dict[str, Any]) -> "Part":
        return cls(**data | {"kind": FileKind(data["kind"]) if data["kind"] else None})

    def as_data(self) -> dict[str, Any]:
        return asdict(self)


class NotFetched(Exception):
    """The messenger does not give the file away: `reason` is `too_big` or `lost`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def part_of(message: Message) -> Part | None:
    """What can be passed on of a message; None for whatever is none of that (stickers, polls, games, video)."""
    if message.text:
        return Part(message.text)
    caption = message.caption or ""
    if message.photo:
        best = max(message.photo, key=lambda size: size.width * size.height)
        return Part(
            caption,
            FileKind.PHOTO,
            best.file_id,
            file_name("", "photo.jpg"),
            "image/jpeg",
            best.file_size or 0,
        )
    if message.document:
        file = message.document
        name = file_name(file.file_name or "", "file")
        return Part(
            caption, FileKind.DOCUMENT, file.file_id, name, mime_of(file.mime_type), file.file_size or 0
        )
    if message.voice:
        voice = message.voice
        mime = "audio/ogg" if mime_of(voice.mime_type) == OPAQUE else mime_of(voice.mime_type)
        return Part(caption, FileKind.VOICE, voice.file_id, "voice.ogg", mime, voice.file_size or 0)
    if message.location:
        place = message.location
        text = f"{message.venue.title}, {message.venue.address}" if message.venue else ""
        facts = {"latitude": place.latitude, "longitude": place.longitude}
        return Part(text, FileKind.LOCATION, facts=facts)
    if message.contact:
        who = message.contact
        name = " ".join(one for one in (who.first_name, who.last_name) if one)[:200]
        return Part("", FileKind.CONTACT, facts={"name": name, "phone": who.phone_number[:40]})
    return None


def too_much(part: Part, words: Words) -> str | None:
    """Why it cannot be passed on whole, in words; None where it can."""
    most = LONGEST_WITH_FILE if part.file_id else LONGEST_TEXT
    if (length := units(part.text)) > most:
        return words("caption-too-long" if part.file_id else "too-long", units=length, most=most)
    return words("file-too_big") if part.size > MOST_BYTES else None


async def fetched(bot: Bot, part: Part, *, last_try: bool) -> Attachment | None:
    """The attachment with its bytes. Raises NotFetched; before the last try, whatever else went wrong on the way."""
    if part.kind is None:
        return None
    if part.kind in FACTS:
        return Attachment(part.kind, facts=part.facts)
    into = Bounded()
    try:
        await bot.download(part.file_id, into, timeout=SECONDS)
    except TelegramBadRequest as error:
        raise NotFetched("too_big" if "too big" in str(error).lower() else "lost") from None
    except (TelegramAPIError, WireError, Undecodable) as error:
        if not last_try:
            raise
        log.warning("file_not_fetched", error=type(error).__name__)
        raise NotFetched("lost") from None
    if not (content := into.getvalue()):
        raise NotFetched("lost")
    return Attachment(part.kind, part.name, part.mime, content)


class Bounded(io.BytesIO):
    """Whatever size was claimed: no more than this is taken."""

    def write(self, data: Any, /) -> int:
        if self.tell() + len(data) > MOST_BYTES:
            raise NotFetched("too_big")
        return super().write(data)
