"""Goods as people type them: "Kettle 2 x 640", a line each, in any order that says what is what.

A line that could mean two things is not guessed at. The words (pieces, currency, the sign of times, in Ukrainian,
Russian and English) are data: `notice_words.toml`. Standard library only.
"""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files

LONGEST_TITLE = 300
MOST_LINES = 100
MOST_QUANTITY = 100_000
MOST_PRICE = 10**9 * 100


class GoodsProblem(StrEnum):
    """Why a line is not taken: a key of the words."""

    UNREADABLE = "unreadable"
    AMBIGUOUS = "ambiguous"
    TOO_LONG = "too_long"
    TOO_MUCH = "too_much"
    TOO_MANY = "too_many"


class GoodsError(ValueError):
    def __init__(self, kind: GoodsProblem, fragment: str = "") -> None:
        super().__init__(kind)
        self.kind = kind
        self.fragment = fragment


@dataclass(frozen=True, slots=True)
class Goods:
    """So many of a thing, each at a price in kopecks. `sure`: what was said left no doubt that it is goods, as a
    number of pieces or a currency does. `whole`: the price may be that of all of them together."""

    title: str
    quantity: int
    price: int
    sure: bool = False
    whole: bool = False


def read_goods(text: str) -> list[Goods]:
    """A line each; blank ones do not count. Raises GoodsError with the line at fault."""
    lines = [line for line in re.split(r"[\n;]", text) if line.strip()]
    if not lines:
        raise GoodsError(GoodsProblem.UNREADABLE)
    if len(lines) > MOST_LINES:
        raise GoodsError(GoodsProblem.TOO_MANY)
    return [goods for line in lines for goods in read_line(line)]


def read_line(line: str) -> list[Goods]:
    """The goods of one line: several where each of its parts between commas is goods by itself. Raises GoodsError."""
    parts = _COMMA.split(line)
    if len(parts) > 1:
        try:
            return [_read_one(part) for part in parts]
        except GoodsError:
            pass  # a comma within a title
    return [_read_one(line)]


def _read_one(line: str) -> Goods:
    tidy = tidied(line)
    for shape, sure, whole in _shapes():
        if (found := shape.fullmatch(tidy)) is not None:
            return _goods(found, sure, whole, tidy)
    raise GoodsError(GoodsProblem.UNREADABLE, line.strip())


def tidied(line: str) -> str:
    """On one line, with plain spaces and dashes, and without what stands before it in a list."""
    tidy = _DASH.sub("-", " ".join(_UNSEEN.sub("", line).split()))
    return _BULLET.sub("", tidy).strip(" |")


def is_title(text: str) -> bool:
    """Whether there is a word in it besides those that count, as in "2 pcs x 640"."""
    return any(word not in _counting() for word in re.findall(r"[^\W0-9_]+", text.lower()))


def read_price(text: str) -> int | None:
    """Kopecks of "1 280", "640,50 UAH"; None where it is no price and nothing else."""
    found = _price_alone().fullmatch(tidied(text))
    return None if found is None else _kopecks(found["price"])


def _goods(found: re.Match[str], sure: bool, whole: bool, line: str) -> Goods:
    parts = found.groupdict()
    title = parts["title"].strip(" -:,=|").strip()
    price, quantity = _kopecks(parts["price"]), int(parts.get("quantity") or 1)
    if not is_title(title):
        raise GoodsError(GoodsProblem.UNREADABLE, line)
    if "quantity" not in parts and not parts.get("currency") and _GROUPED.fullmatch(parts["price"]):
        # "Kettle 2 640": two of them, or two thousand and more?
        raise GoodsError(GoodsProblem.AMBIGUOUS, line)
    if len(title) > LONGEST_TITLE:
        raise GoodsError(GoodsProblem.TOO_LONG, line)
    if not 1 <= quantity <= MOST_QUANTITY or price > MOST_PRICE:
        raise GoodsError(GoodsProblem.TOO_MUCH, line)
    total = parts.get("total")
    if total is not None and _kopecks(total) != price * quantity:
        raise GoodsError(GoodsProblem.AMBIGUOUS, line)
    return Goods(title, quantity, price, sure or bool(parts.get("currency")), whole and quantity > 1)


def _kopecks(text: str) -> int:
    hryvnias, _, rest = text.replace(" ", "").replace(",", ".").partition(".")
    return int(hryvnias) * 100 + int(rest.ljust(2, "0") or "0")


_COMMA = re.compile(r",\s+")
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe0f\ufeff]")
_DASH = re.compile("[\u2010-\u2015\u2212]")
_BULLET = re.compile(r"^(?:[-*\u2022\u00b7\u25aa\u25cf\u25ab\u2714\u2705\u2013>+|]+\s*|[0-9]{1,2}[.)]\s+)+")
_MONEY = r"(?:[0-9]{1,3}(?: [0-9]{3})+|[0-9]{1,10})(?:[.,][0-9]{1,2})?"
_GROUPED = re.compile(r"[0-9]{1,2} [0-9]{3}(?:[.,][0-9]{1,2})?")


@cache
def _words() -> Mapping[str, Sequence[str]]:
    words: Mapping[str, Sequence[str]] = tomllib.loads(
        (files("models") / "notice_words.toml").read_text(encoding="utf-8")
    )["goods"]
    return words


@cache
def _alternatives() -> Mapping[str, str]:
    """For a regular expression, by what they say."""
    return {kind: "|".join(re.escape(word) for word in words) for kind, words in _words().items()}


@cache
def _counting() -> frozenset[str]:
    return frozenset(word for words in _words().values() for word in words)


@cache
def _price_alone() -> re.Pattern[str]:
    return re.compile(rf"(?P<price>{_MONEY})\s*(?:(?:{_alternatives()['currency']})\.?)?", re.IGNORECASE)


@cache
def _shapes() -> tuple[tuple[re.Pattern[str], bool, bool], ...]:
    """How a line may say it, the plainest first: its shape, whether that alone is sure to be goods, whether its
    price may be that of all."""
    words = _alternatives()
    times = rf"(?:{words['times']})"
    pieces = rf"(?:{words['pieces']})\.?"
    currency = rf"(?P<currency>(?:{words['currency']})\.?)"
    each = rf"(?:\s*/\s*{pieces})?"
    title, gap = r"(?P<title>.+?)", r"(?:\s*[-:,=|]\s*|\s+)"
    quantity, price = r"(?P<quantity>[0-9]{1,6})", rf"(?P<price>{_MONEY})"
    total = rf"(?:\s*=\s*(?P<total>{_MONEY})(?:\s*(?:{words['currency']})\.?)?)?"
    money = rf"{price}(?:\s*{currency})?{each}{total}"
    shapes = (
        (rf"{title}{gap}{quantity}\s*(?:{pieces}\s*)?{times}\s*{money}", True, False),
        (rf"{title}{gap}{price}\s*{currency}?{each}\s*{times}\s*{quantity}\s*{pieces}{total}", True, False),
        (
            rf"{title}{gap}{price}\s*{currency}{each}\s*(?:{times}|,)?\s*{quantity}(?:\s*{pieces})?{total}",
            True,
            False,
        ),
        (rf"{title}{gap}(?:{times}\s*)?\(?{quantity}\s*{pieces}\)?{gap}{money}", True, True),
        (rf"{title}(?:{gap}{times}|\s*[\u00d7*\u2715])\s*{quantity}{gap}{money}", True, True),
        (rf"{quantity}\s*(?:{pieces}\s*{times}?|{times})\s+{title}{gap}{money}", True, True),
        (
            rf"{title}\s*\|\s*{quantity}\s*(?:{pieces})?\s*\|\s*{price}(?:\s*{currency})?(?:\s*\|\s*(?P<total>{_MONEY})(?:\s*(?:{words['currency']})\.?)?)?",
            True,
            False,
        ),
        (rf"{title}(?:\s+(?:{words['at']}))?{gap}{price}(?:\s*{currency})?{each}", False, False),
    )
    return tuple((re.compile(shape, re.IGNORECASE), sure, whole) for shape, sure, whole in shapes)
