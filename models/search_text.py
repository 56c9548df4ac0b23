"""What an order is found by, and what somebody who looks for one has typed. Standard library, and phone numbers.

An order's text is `number#digits of the phone#digits of the other# the words of the name`: all numbers end at a `#`,
each word of the name begins after a space; where there is no other number, nothing stands for it.
Names are folded: SQLite knows no capital letters but the Latin ones.
"""

import re
import unicodedata
from contextlib import suppress
from dataclasses import dataclass

from models.fields import read_phone

SHORTEST_TAIL = 4
"""Digits from a number's end that are enough to look by; fewer find only the number that is no longer."""
SHORTEST_WORD = 2
LONGEST_QUERY = 100
MOST_WORDS = 5

_APOSTROPHES = re.compile("['`\u00b4\u2018\u2019\u02bc\u02b9\u2032\u055a\uff07]")
_WORD = re.compile(r"[^\W_]+")
_LETTERS = re.compile(r"[^\W\d_]+")
_NOT_A_DIGIT = re.compile(r"[^0-9]")
_NUMBER = re.compile(r"[A-Za-z0-9._-]{1,64}")
_SIGN = re.compile("[\u2116#]")
_ALIKE = str.maketrans({"\u0491": "\u0433", "\u0451": "\u0435"})
"""Letters that people type for one another: the Ukrainian g with an upturn, the Russian yo."""


def folded(text: str) -> str:
    """Small letters, no apostrophe of any make."""
    small = unicodedata.normalize("NFKC", text).casefold()
    return _APOSTROPHES.sub("", unicodedata.normalize("NFC", small)).translate(_ALIKE)


def name_words(name: str) -> list[str]:
    return _WORD.findall(folded(name))


def search_text(number: str, phone: str, name: str, other: str | None = None) -> str:
    """What is kept with an order, to find it by. `other`: another phone, which somebody has found out."""
    phones = [_NOT_A_DIGIT.sub("", one) for one in (phone, other) if one is not None]
    return f"{number.lower()}#{'#'.join(phones)}# {' '.join(name_words(name))}"


@dataclass(frozen=True, slots=True)
class Query:
    """`number`: what the text is if it is a whole number. `tails`: ends of numbers or phones, of which one must fit;
    `words`: beginnings of words of a name, which must all fit."""

    number: str | None
    tails: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


def read_query(text: str) -> Query | None:
    """What to look for; None where there is nothing that an order could be found by. Never raises."""
    said = unicodedata.normalize("NFKC", _SIGN.sub(" ", text)).strip() if len(text) <= LONGEST_QUERY else ""
    compact = "".join(said.split())
    number = compact if _NUMBER.fullmatch(compact) and any(char.isdigit() for char in compact) else None
    if number is not None or not _LETTERS.search(said):
        tails = _tails(said, number)
        return Query(number, tails) if number is not None or tails else None
    parts = _WORD.findall(folded(said))
    digits = "".join(part for part in parts if part.isascii() and part.isdigit())
    words = [part for part in parts if not part.isdigit() and len(part) >= SHORTEST_WORD]
    if not 1 <= len(words) <= MOST_WORDS:
        return None
    return Query(None, (digits,) if len(digits) >= SHORTEST_TAIL else (), tuple(words))


def _tails(said: str, number: str | None) -> tuple[str, ...]:
    if number is not None and _LETTERS.search(number):
        return (number.lower(),) if len(number) >= SHORTEST_TAIL else ()
    digits = _NOT_A_DIGIT.sub("", said)
    found = [digits, number] if number is not None else [digits]
    with suppress(ValueError):
        found.append(_NOT_A_DIGIT.sub("", read_phone(said).text))
    return tuple(dict.fromkeys(tail for tail in found if len(tail) >= SHORTEST_TAIL))
