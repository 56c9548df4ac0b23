"""A shop's own words for what its buyers are told, with an order's facts in braces: "sent, {number}".

A fact is put in by its name alone, out of a short list: nothing in the braces is ever evaluated, and words are no
format strings. The names that people write are data: `template_words.toml`. Standard library only.
"""

import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from importlib.resources import files
from typing import Any

MOST_FACTS = 10
"""In one text: with each as long as it may be, the message still fits."""
_LONGEST_FRAGMENT = 60


class Text(StrEnum):
    """What buyers are told that is a shop's to word. `GREETING` is the first line of the question whether all is
    right, `CLOSING` the last of what is told of a parcel."""

    GREETING = "greeting"
    SHIPPED = "shipped"
    COURIER = "courier"
    READY = "ready"
    ARRIVED = "arrived"
    WAITING = "waiting"
    CANCELLED = "cancelled"
    CLOSING = "closing"


class Fact(StrEnum):
    """What of an order may stand in a text. Never its buyer's name, phone or home (rules 1.8.9)."""

    NUMBER = "number"
    SHOP = "shop"
    PLATFORM = "platform"
    TTN = "ttn"
    CARRIER = "carrier"
    DAY = "day"
    TOTAL = "total"
    POINT = "point"
    REASON = "reason"


@dataclass(frozen=True, slots=True)
class Form:
    """What a text may name, what it must, and how long it may be, in UTF-16 units as Telegram counts."""

    may: tuple[Fact, ...]
    must: tuple[Fact, ...]
    most: int


_ABOUT = (Fact.NUMBER, Fact.SHOP)
_NUMBERED = (Fact.NUMBER,)

FORMS: Mapping[Text, Form] = {
    Text.GREETING: Form((*_ABOUT, Fact.PLATFORM, Fact.TOTAL), _NUMBERED, 300),
    Text.SHIPPED: Form(
        (*_ABOUT, Fact.TTN, Fact.CARRIER, Fact.DAY, Fact.TOTAL), (Fact.NUMBER, Fact.TTN), 600
    ),  # R23
    Text.COURIER: Form((*_ABOUT, Fact.DAY, Fact.TOTAL), _NUMBERED, 600),
    Text.READY: Form((*_ABOUT, Fact.POINT, Fact.TOTAL), _NUMBERED, 600),
    Text.ARRIVED: Form((*_ABOUT, Fact.TTN, Fact.CARRIER, Fact.POINT, Fact.TOTAL), _NUMBERED, 600),
    Text.WAITING: Form((*_ABOUT, Fact.TTN, Fact.CARRIER, Fact.POINT, Fact.TOTAL), _NUMBERED, 600),
    Text.CANCELLED: Form((*_ABOUT, Fact.REASON), _NUMBERED, 600),
    Text.CLOSING: Form((Fact.SHOP,), (), 200),
}


class TemplateProblem(StrEnum):
    EMPTY = "empty"
    TOO_LONG = "too_long"  # units, most
    BRACES = "braces"  # fragment
    UNKNOWN = "unknown"  # fragment
    NOT_HERE = "not_here"  # fact
    PRIVATE = "private"  # fragment
    MISSING = "missing"  # fact
    NUMBER_FIRST = "number_first"
    TOO_MANY = "too_many"  # most
    CONTACT = "contact"  # fragment


class TemplateError(ValueError):
    """No text that may go to buyers. Words for people are elsewhere."""

    def __init__(self, kind: TemplateProblem, **facts: Any) -> None:
        super().__init__(kind)
        self.kind = kind
        self.facts = facts


_BRACED = re.compile(r"\{([^{}\n]*)\}")
_APOSTROPHES = re.compile("['`\u2019\u02bc\u2018\u00b4]")
_CONTACT = re.compile(
    r"""(?: [a-z][a-z0-9+.-]*:// \S*
          | \bwww\. \S*
          | \S* @ \w+ \S*
          | \b[\w-]+ (?:\.[\w-]+)* \. (?: [a-z]{2,24} | \u0443\u043a\u0440 | \u0440\u0444 ) \b \S*
          | \+? (?: 38 )? [\s(]* 0 (?: [\s()-]* [0-9] ){9}
          | (?: [0-9] [\s-]* ){12,}
        )""",
    re.VERBOSE | re.IGNORECASE,
)
"""A link, a name in a messenger, an e-mail, a phone (or a card to pay to)."""


def read_template(text: str, kind: Text, *, contacts: bool) -> str:
    """An owner's words as they are kept: each fact under the name that is shown. `contacts`: whether links and
    phones may stand there; on a marketplace they may not (R40). Raises TemplateError."""
    form = FORMS[kind]
    text = text.strip()
    if not text:
        raise TemplateError(TemplateProblem.EMPTY)
    if (length := _units(text)) > form.most:
        raise TemplateError(TemplateProblem.TOO_LONG, units=length, most=form.most)
    rest = _BRACED.sub("", text)
    if brace := re.search("[{}]", rest):
        around = rest[max(0, brace.start() - 20) : brace.start() + 20]
        raise TemplateError(TemplateProblem.BRACES, fragment=around.strip())
    text = _BRACED.sub(lambda found: braced(_fact(found[1], form)), text)
    facts = _facts(text)
    if len(facts) > MOST_FACTS:
        raise TemplateError(TemplateProblem.TOO_MANY, most=MOST_FACTS)
    for fact in form.must:
        if fact not in facts:
            raise TemplateError(TemplateProblem.MISSING, fact=fact)
    if Fact.NUMBER in form.must and Fact.NUMBER not in _facts(text.partition("\n")[0]):
        raise TemplateError(TemplateProblem.NUMBER_FIRST)
    if not contacts and (contact := _CONTACT.search(_BRACED.sub("\n", text))):
        raise TemplateError(TemplateProblem.CONTACT, fragment=contact[0].strip()[:_LONGEST_FRAGMENT])
    return text


def _fact(name: str, form: Form) -> Fact:
    fragment = name.strip()[:_LONGEST_FRAGMENT]
    spelled = _spelled(name)
    if spelled in _table()["private"]:
        raise TemplateError(TemplateProblem.PRIVATE, fragment=fragment)
    fact = _known().get(spelled)
    if fact is None:
        raise TemplateError(TemplateProblem.UNKNOWN, fragment=fragment)
    if fact not in form.may:
        raise TemplateError(TemplateProblem.NOT_HERE, fact=fact)
    return fact


def _facts(text: str) -> list[Fact]:
    return [piece for piece in pieces(text) if isinstance(piece, Fact)]


def pieces(text: str) -> Iterator[str | Fact]:
    """The words and the facts in their order. Braces that name no fact are words like any other."""
    at = 0
    for found in _BRACED.finditer(text):
        fact = _known().get(_spelled(found[1]))
        if fact is None:
            continue
        if found.start() > at:
            yield text[at : found.start()]
        yield fact
        at = found.end()
    if at < len(text):
        yield text[at:]


def braced(fact: Fact) -> str:
    """A fact as owners write it."""
    shown: str = _table()[fact][0]
    return f"{{{shown.upper() if fact is Fact.TTN else shown}}}"


@lru_cache(maxsize=1024)
def own_texts(kept: str | None) -> Mapping[str, str]:
    """Of `Shop.texts`: a shop's own words by what they are for."""
    texts: dict[str, str] = json.loads(kept) if kept else {}
    return texts


def _spelled(name: str) -> str:
    return " ".join(_APOSTROPHES.sub("", name).lower().split())


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


@lru_cache(maxsize=1)
def _table() -> dict[str, list[str]]:
    return tomllib.loads(files("models").joinpath("template_words.toml").read_text("utf-8"))


@lru_cache(maxsize=1)
def _known() -> Mapping[str, Fact]:
    table = _table()
    return {name: fact for fact in Fact for name in table[fact]}
