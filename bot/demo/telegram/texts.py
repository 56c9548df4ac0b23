"""A text on its way from a request into a message, by Telegram's rules of length and form."""

from collections.abc import Mapping
from typing import Any

from bot.demo.telegram.entities import Entity, clean, utf16
from bot.demo.telegram.errors import bad, not_played
from bot.demo.telegram.markup import parse_html

MOST_RAW_BYTES = 1 << 15
MOST_TEXT, MOST_CAPTION = 4096, 1024


def message_text(params: Mapping[str, Any]) -> tuple[str, list[Entity]]:
    raw = params.get("text", "")
    if not raw:
        raise bad("message text is empty")
    text, entities = formatted(
        raw, params.get("parse_mode"), params.get("entities"), too_long="message is too long"
    )
    if not text:
        raise bad("text must be non-empty")
    if utf16(text) > MOST_TEXT:
        raise bad("message is too long")
    return text, entities


def caption(params: Mapping[str, Any]) -> tuple[str, list[Entity]]:
    raw = params.get("caption", "")
    if not raw:
        return "", []
    too_long = "message caption is too long"
    text, entities = formatted(
        raw, params.get("parse_mode"), params.get("caption_entities"), too_long=too_long
    )
    if utf16(text) > MOST_CAPTION:
        raise bad(too_long)
    return text, entities


def formatted(
    raw: str, parse_mode: str | None, given: list[Entity] | None, *, too_long: str
) -> tuple[str, list[Entity]]:
    if len(raw.encode("utf-8", "surrogatepass")) > MOST_RAW_BYTES:
        raise bad(too_long)
    if any("\ud800" <= letter <= "\udfff" for letter in raw):
        raise bad("strings must be encoded in UTF-8")
    match (parse_mode or "").lower():
        case "html":
            return parse_html(raw)
        case "":
            return clean(raw, checked(raw, given or []))
        case "markdown" | "markdownv2":
            raise not_played(f"parse_mode={parse_mode}")
        case _:
            raise bad("unsupported parse_mode")


def checked(raw: str, entities: list[Entity]) -> list[Entity]:
    size = utf16(raw)
    for entity in entities:
        offset, length = entity["offset"], entity["length"]
        if offset < 0 or length < 0 or offset > 1_000_000 or length > 1_000_000:
            raise bad("can't parse entities: entity has invalid offset or length")
        if offset + length > size:
            place = f"ends after the end of the text at UTF-16 offset {offset + length}"
            raise bad(f"entity beginning at UTF-16 offset {offset} {place}")
    return [dict(entity) for entity in entities if entity["length"]]
