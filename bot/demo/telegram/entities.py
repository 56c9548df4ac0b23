"""Entities: the marks on a plain text. Their offsets and lengths count UTF-16 code units.

`clean` does to a text what Telegram does after parsing: control characters become spaces, some invisible
ones vanish, the ends are trimmed.
"""

import html
import re
from typing import Any

Entity = dict[str, Any]
# Which of two entities of one place and size comes first, as in TDLib.
PRIORITY = {
    "blockquote": 0,
    "expandable_blockquote": 0,
    "pre": 10,
    "code": 20,
    "bold": 90,
    "italic": 91,
    "underline": 92,
    "strikethrough": 93,
    "spoiler": 94,
    "custom_emoji": 99,
}
STYLES = frozenset({"bold", "italic", "underline", "strikethrough", "spoiler"})


def utf16(text: str) -> int:
    """How long Telegram finds this text: an emoji beyond the basic plane counts two."""
    return len(text) if text.isascii() else len(text) + sum(letter > "\uffff" for letter in text)


REMOVED = re.compile("[\r\u2028-\u202e\u0333\u033f\u030a]")
BLANKED = re.compile("[\0-\x09\x0b\x0c\x0e-\x1f]")
UNSEEN = re.compile(
    "[ \n\xa0\u1680\u180e\u2000-\u200f\u202e\u202f\u205f\u2800\u3000\ufffc\ufeff\U000e0020-\U000e007f]*"
)


def clean(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """Controls to spaces, invisible ones away, ends trimmed, entities moved along; empty ones vanish."""
    text = BLANKED.sub(" ", text)
    if REMOVED.search(text):
        text, entities = without_removed(text, entities)
    if UNSEEN.fullmatch(text):
        return "", []
    lead = len(text) - len(text.lstrip(" \n"))
    text = text.strip(" \n")
    size = utf16(text)
    kept = []
    for entity in entities:
        start = max(entity["offset"] - lead, 0)
        end = min(entity["offset"] + entity["length"] - lead, size)
        if start < end:
            kept.append({**entity, "offset": start, "length": end - start})
    return text, in_order(apart(merged(kept)))


def without_removed(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    places = [utf16(text[: found.start()]) for found in REMOVED.finditer(text)]

    def moved(offset: int) -> int:
        return offset - sum(place < offset for place in places)

    for entity in entities:
        end = moved(entity["offset"] + entity["length"])
        entity["offset"] = moved(entity["offset"])
        entity["length"] = end - entity["offset"]
    return REMOVED.sub("", text), entities


def in_order(entities: list[Entity]) -> list[Entity]:
    return sorted(entities, key=lambda e: (e["offset"], -e["length"], PRIORITY.get(e["type"], 50)))


def merged(entities: list[Entity]) -> list[Entity]:
    """Bold in bold and bold after bold are one bold."""
    kept: list[Entity] = []
    last: dict[str, Entity] = {}
    for entity in in_order(entities):
        before = last.get(entity["type"])
        if entity["type"] in STYLES and before and entity["offset"] <= before["offset"] + before["length"]:
            end = max(before["offset"] + before["length"], entity["offset"] + entity["length"])
            before["length"] = end - before["offset"]
        else:
            kept.append(entity)
            last[entity["type"]] = entity
    return kept


def apart(entities: list[Entity]) -> list[Entity]:
    """Nothing lives inside code: styles around it are split, entities within it go."""
    blocks = [(e["offset"], e["offset"] + e["length"]) for e in entities if e["type"] in ("code", "pre")]
    if not blocks:
        return entities
    kept = []
    for entity in entities:
        start, end = entity["offset"], entity["offset"] + entity["length"]
        if entity["type"] not in STYLES:
            if entity["type"] in ("code", "pre") or not any(a <= start and end <= b for a, b in blocks):
                kept.append(entity)
            continue
        for a, b in sorted(blocks):
            if a < end and b > start:
                if start < a:
                    kept.append({**entity, "offset": start, "length": a - start})
                start = max(start, b)
        if start < end:
            kept.append({**entity, "offset": start, "length": end - start})
    return kept


TAGS = {
    "bold": ("<b>", "</b>"),
    "italic": ("<i>", "</i>"),
    "underline": ("<u>", "</u>"),
    "strikethrough": ("<s>", "</s>"),
    "spoiler": ("<tg-spoiler>", "</tg-spoiler>"),
    "code": ("<code>", "</code>"),
    "pre": ("<pre>", "</pre>"),
    "blockquote": ("<blockquote>", "</blockquote>"),
    "expandable_blockquote": ("<blockquote expandable>", "</blockquote>"),
}


def as_html(text: str, entities: list[Entity]) -> str:
    """The text as HTML again, for reading a message as its author wrote it."""
    units = text.encode("utf-16-le")
    marks: list[tuple[int, int, int, str]] = []
    for order, entity in enumerate(entities):
        start, end = entity["offset"], entity["offset"] + entity["length"]
        if entity["type"] == "text_link":
            pair = f'<a href="{html.escape(entity["url"])}">', "</a>"
        elif entity["type"] == "text_mention":
            pair = f'<a href="tg://user?id={entity["user"]["id"]}">', "</a>"
        elif entity["type"] == "custom_emoji":
            pair = f'<tg-emoji emoji-id="{entity["custom_emoji_id"]}">', "</tg-emoji>"
        elif entity["type"] in TAGS:
            pair = TAGS[entity["type"]]
        else:
            continue
        marks.append((start, 1, order, pair[0]))
        marks.append((end, 0, -order, pair[1]))
    pieces, at = [], 0
    for place, _, _, tag in sorted(marks):
        pieces += [html.escape(units[at * 2 : place * 2].decode("utf-16-le"), quote=False), tag]
        at = place
    pieces.append(html.escape(units[at * 2 :].decode("utf-16-le"), quote=False))
    return "".join(pieces)
