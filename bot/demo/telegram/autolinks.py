"""Commands, mentions, addresses that Telegram finds by itself, but not in code or in a link."""

import re

from bot.demo.telegram.entities import Entity, in_order, utf16

TOP = "com|net|org|ua|ru|info|io|me|biz|shop|store|dev|app|eu|pl|de|uk|co|xyz|online|site|click|link"
TAIL = r"""[^\s<>"']*[^\s<>"'.,;:!?)\]]"""
FOUND = re.compile(
    rf"""
      (?P<email>[\w.+\-]+@[\w\-]+(?:\.[\w\-]+)*\.[A-Za-z]{{2,}})
    | (?P<url>(?:https?://|tg://){TAIL} | (?<![\w@.\-/])(?:[\w\-]+\.)+(?:{TOP})\b(?:[:/?\#]{TAIL})?)
    | (?<![\w/<>])(?P<bot_command>/[A-Za-z0-9_]{{1,32}}(?:@\w{{3,32}})?)(?![\w/])
    | (?<![\w@])(?P<mention>@[A-Za-z]\w{{2,31}})\b
    | (?<![\w\#])(?P<hashtag>\#\w*[^\W\d]\w*)
    | (?<![\w+])(?P<phone_number>\+\d[\d\ ()\-]{{8,17}}\d)(?!\w)
    """,
    re.VERBOSE,
)
OWNED = frozenset({"code", "pre", "text_link", "text_mention", "custom_emoji", *FOUND.groupindex})
HINTS = re.compile(r"[@/#+.]")


def found_entities(text: str, given: list[Entity]) -> list[Entity]:
    """The given entities and those that Telegram adds, in the order of the text."""
    if not HINTS.search(text):
        return given
    taken = [(e["offset"], e["offset"] + e["length"]) for e in given if e["type"] in OWNED]
    added = []
    for found in FOUND.finditer(text):
        kind = found.lastgroup
        assert kind is not None
        start = utf16(text[: found.start(kind)])
        end = start + utf16(found[kind])
        if not any(a < end and start < b for a, b in taken):
            added.append({"type": kind, "offset": start, "length": end - start})
    return in_order(given + added) if added else given
