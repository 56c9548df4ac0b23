"""From `parse_mode=HTML` to plain text with entities, as strict as Telegram.

The rules, the sentences and their byte offsets are those of TDLib (`parse_html` in MessageEntity.cpp).
"""

import re
from dataclasses import dataclass

from bot.demo.telegram.entities import Entity, clean, utf16
from bot.demo.telegram.errors import bad
from bot.demo.telegram.links import USER_LINK, checked_link

KINDS = {
    "b": "bold", "strong": "bold",
    "i": "italic", "em": "italic",
    "u": "underline", "ins": "underline",
    "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough",
    "span": "spoiler", "tg-spoiler": "spoiler",
    "a": "text_link", "code": "code", "pre": "pre",
    "blockquote": "blockquote", "tg-emoji": "custom_emoji", "tg-time": "date_time",
}  # fmt: skip
LONE_SURROGATE = (
    "Text contains invalid Unicode characters after decoding HTML entities, check for unmatched surrogate "
    "code units"
)
NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}

SPACE = " \t\r\n\0\v"
SPECIAL = re.compile("[<&]")
TAG_NAME = re.compile(f"[^{SPACE}>]*")
SPACES = re.compile(f"[{SPACE}]*")
ATTRIBUTE = re.compile(f"[^{SPACE}=>/\"']*")
TOKEN = re.compile(r"[A-Za-z0-9.\-]*")
REFERENCE = re.compile(r"&(?:#x(?P<hex>[0-9A-Fa-f]*)|#(?P<dec>[0-9]*)|(?P<name>[A-Za-z]*))(?P<end>;?)")


@dataclass(slots=True)
class Open:
    tag: str
    argument: str
    offset: int
    begins: int


class Markup:
    """One text on its way through the parser."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.plain: list[str] = []
        self.length = 0
        self.open: list[Open] = []
        self.entities: list[Entity] = []

    def parse(self) -> tuple[str, list[Entity]]:
        while found := SPECIAL.search(self.text, self.at):
            self.take(self.text[self.at : found.start()])
            self.at = found.start()
            if found[0] == "&":
                self.reference()
            elif self.text.startswith("</", self.at):
                self.end_tag()
            else:
                self.start_tag()
        self.take(self.text[self.at :])
        if self.open:
            raise self.wrong(f'Can\'t find end tag corresponding to start tag "{self.open[-1].tag}"')
        plain = "".join(self.plain)
        if any("\ud800" <= letter <= "\udfff" for letter in plain):
            raise self.wrong(LONE_SURROGATE)
        for entity in self.entities:
            if entity["type"] == "code":
                entity.pop("language", None)
        return plain, self.entities

    def wrong(self, sentence: str, at: int | None = None) -> Exception:
        place = "" if at is None else f" at byte offset {self.offset(at)}"
        return bad(f"can't parse entities: {sentence}{place}")

    def offset(self, at: int) -> int:
        return len(self.text[:at].encode())

    def take(self, piece: str) -> None:
        self.plain.append(piece)
        self.length += utf16(piece)

    def reference(self) -> None:
        letter, self.at = dereference(self.text, self.at)
        self.take(letter)

    def skip(self, what: re.Pattern[str]) -> str:
        found = what.match(self.text, self.at)
        assert found is not None
        self.at = found.end()
        return found[0]

    def here(self) -> str:
        """The letter at hand; empty at the end of the text."""
        return self.text[self.at : self.at + 1]

    def start_tag(self) -> None:
        begin = self.at
        self.at += 1
        tag = self.skip(TAG_NAME).lower()
        if not self.here():
            raise self.wrong("Unclosed start tag", begin)
        if tag not in KINDS:
            raise self.wrong(f'Unsupported start tag "{tag}"', begin)
        argument = ""
        while self.here() != ">":
            self.skip(SPACES)
            if self.here() == ">":
                break
            name = self.skip(ATTRIBUTE)
            if not name:
                raise self.wrong(f'Empty attribute name in the tag "{tag}"', begin)
            self.skip(SPACES)
            if self.here() == "=":
                value = self.attribute_value(tag, begin)
            elif not self.here():
                raise self.wrong(f'Unclosed start tag "{tag}"', begin)
            else:
                value = ""
            argument = meaning(tag, name, value) or argument
        self.at += 1
        if tag == "span" and argument != "spoiler":
            raise self.wrong('Tag "span" must have class "tg-spoiler"', begin)
        self.open.append(Open(tag, argument, self.length, len(self.plain)))

    def attribute_value(self, tag: str, begin: int) -> str:
        self.at += 1
        self.skip(SPACES)
        quote = self.here()
        if not quote:
            raise self.wrong(f'Unclosed start tag "{tag}"', begin)
        if quote not in "\"'":
            token_at = self.at
            value = self.skip(TOKEN).lower()
            if self.here() not in SPACE + ">":
                raise self.wrong("Unexpected end of name token", token_at)
            if not self.here():
                raise self.wrong("Unclosed start tag", begin)
            return value
        end = self.text.find(quote, self.at + 1)
        if end < 0 or end + 1 >= len(self.text):
            raise self.wrong("Unclosed start tag", begin)
        value = REFERENCE.sub(in_place, self.text[self.at + 1 : end])
        self.at = end + 1
        return value

    def end_tag(self) -> None:
        begin = self.at
        if not self.open:
            raise self.wrong("Unexpected end tag", begin)
        self.at += 2
        tag = self.skip(TAG_NAME).lower()
        self.skip(SPACES)
        if self.here() != ">":
            raise self.wrong("Unclosed end tag", begin)
        self.at += 1
        opened = self.open.pop()
        if tag and tag != opened.tag:
            what = f'expected "</{opened.tag}>", found "</{tag}>"'
            raise self.wrong(f"Unmatched end tag at byte offset {self.offset(begin)}, {what}")
        if self.length > opened.offset:
            self.close(opened)

    def close(self, opened: Open) -> None:
        kind = KINDS[opened.tag]
        entity: Entity = {"type": kind, "offset": opened.offset, "length": self.length - opened.offset}
        last = self.entities[-1] if self.entities else {}
        same = (last.get("offset"), last.get("length")) == (entity["offset"], entity["length"])
        if opened.tag == "a":
            if (link := self.link(opened)) is None:
                return
            entity.update(link)
        elif opened.tag == "tg-emoji":
            if not opened.argument.isdecimal():
                raise self.wrong("Invalid custom emoji identifier specified")
            entity["custom_emoji_id"] = opened.argument
        elif opened.tag == "tg-time":
            if not opened.argument.isdecimal():
                return
            entity["unix_time"] = int(opened.argument)
        elif opened.tag == "blockquote" and opened.argument:
            entity["type"] = "expandable_blockquote"
        elif opened.tag == "pre" and same and last.get("type") == "code" and "language" in last:
            last["type"] = "pre"
            return
        elif opened.tag == "code" and opened.argument:
            if same and last.get("type") == "pre" and "language" not in last:
                last["language"] = opened.argument
                return
            entity["language"] = opened.argument
        self.entities.append(entity)

    def link(self, opened: Open) -> Entity | None:
        url = opened.argument or "".join(self.plain[opened.begins :])
        if user := USER_LINK.fullmatch(url):
            return {"type": "text_mention", "user": {"id": int(user[1])}}
        checked = checked_link(url)
        return None if checked is None else {"url": checked}


def meaning(tag: str, name: str, value: str) -> str:
    """What an attribute tells its tag; empty if it tells nothing."""
    match tag, name:
        case ("a", "href") | ("tg-emoji", "emoji-id") | ("tg-time", "unix"):
            return value
        case ("code", "class") if value.startswith("language-"):
            return value.removeprefix("language-")
        case ("span", "class") if value.startswith("tg-"):
            return value.removeprefix("tg-")
        case ("blockquote", "expandable"):
            return "1"
    return ""


def dereference(text: str, at: int) -> tuple[str, int]:
    """The letter that a `&...;` stands for and where the text goes on; an unknown one is an ampersand."""
    found = REFERENCE.match(text, at)
    assert found is not None
    if found["name"] is not None:
        letter = NAMED.get(found["name"])
        return (letter, found.end()) if letter else ("&", at + 1)
    if found.end() - len(found["end"]) - at >= 10:
        return "&", at + 1
    code = int(found["hex"] or "0", 16) if found["hex"] is not None else int(found["dec"] or "0")
    return (chr(code), found.end()) if 0 < code < 0x10FFFF else ("&", at + 1)


def in_place(found: re.Match[str]) -> str:
    letter, end = dereference(found[0], 0)
    return letter + found[0][end:]


def parse_html(markup: str) -> tuple[str, list[Entity]]:
    """Plain text and entities; a Refusal with Telegram's sentence for what it would not take."""
    plain, entities = Markup(markup).parse()
    return clean(plain, entities)
