"""An order's correspondence as a text file: who wrote, when, by which channel, and what became of it (R39, G63).

Nobody's words can be taken for a line of ours: each of theirs stands behind a bar.
"""

from collections.abc import Sequence
from html import unescape
from zoneinfo import ZoneInfo

from bot.l10n import Words
from keyboards.clock import zone_of
from keyboards.files import file_line
from keyboards.screen import LONGEST_TEXT, clean, one_line
from models.message import Direction, Message
from models.order import Order
from models.talk import Line

_BAR = "    | "


def talk_text(order: Order, lines: Sequence[Line], words: Words) -> str:
    """Plain text, oldest first, moments by the shop's clock."""
    zone = zone_of(order)
    title = words("talk-title", number=one_line(order.number, 64), shop=one_line(order.shop.name, 60))
    parts = [title, words("talk-zone", zone=zone.key)]
    parts += [_entry(line, words, zone) for line in lines] or [words("talk-none")]
    return "\n\n".join(parts) + "\n"


def _entry(line: Line, words: Words, zone: ZoneInfo) -> str:
    message = line.message
    head = " · ".join(
        part
        for part in (
            f"{message.at.astimezone(zone):%d.%m.%Y %H:%M:%S}",
            _who(message, words),
            words(f"channel-{line.channel}") if line.channel else "",
            _state(line, words, zone),
        )
        if part
    )
    said = clean(message.text, LONGEST_TEXT)
    what = file_line(message.file, words)
    body = [*said.splitlines(), *([_plain(what)] if what else [])] or [words("talk-gone")]
    return "\n".join([head, *(f"{_BAR}{one}".rstrip() for one in body)])


def _who(message: Message, words: Words) -> str:
    if message.direction is Direction.FROM_BUYER:
        return words("talk-buyer")
    member = message.member
    name = one_line(member.name, 60) if member is not None else ""
    return words("talk-seller", name=name) if name else words("talk-seller-nameless")


def _state(line: Line, words: Words, zone: ZoneInfo) -> str:
    told = line.told
    if told is None:
        return ""
    why = ""
    if told.reason:
        why = words(f"why-{told.reason}") if words.has(f"why-{told.reason}") else told.reason
    return words(f"talk-state-{told.state}", at=f"{told.at.astimezone(zone):%d.%m.%Y %H:%M:%S}", why=why)


def _plain(line: str) -> str:
    return unescape(line.replace("<code>", "").replace("</code>", ""))
