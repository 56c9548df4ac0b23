"""What a notice's text is made of: the labels that say what follows them, and words known by their beginning.

The words (in Ukrainian, Russian and English) are data: `notice_words.toml`. Standard library only.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import NamedTuple

LONGEST = 8000
"""Characters that are read: more than one message of any messenger holds."""
_LONGEST_LINE = 600


# ---------------------------------------------------------------- words
@cache
def _words() -> Mapping[str, Mapping[str, Sequence[str]]]:
    text = (files("models") / "notice_words.toml").read_text(encoding="utf-8")
    found: Mapping[str, Mapping[str, Sequence[str]]] = tomllib.loads(text)
    return found


def lowered(text: str) -> str:
    """In small letters, every letter at its place: some that Unicode knows would become two."""
    return "".join(small if len(small := char.lower()) == 1 else char for char in text)


@cache
def stems(kind: str) -> re.Pattern[str]:
    """Words that begin so, in small letters."""
    return re.compile(rf"(?<!\w)(?:{_either(_words()['stems'][kind])})")


def has(text: str, *kinds: str) -> bool:
    """Whether a word of one of these kinds is in it."""
    lower = lowered(text)
    return any(stems(kind).search(lower) for kind in kinds)


def places_after(kind: str, text: str) -> list[str]:
    """What follows each word of a kind, to the end of its line."""
    found = stems(kind).finditer(lowered(text))
    return [_REST_OF_WORD.sub("", text[match.end() :].partition("\n")[0], count=1) for match in found]


def means_something(text: str) -> bool:
    """Whether it is known for a part of an order that is neither a name nor goods."""
    known = has(text, "order", "not_an_order", "branch", "support", "no_call", "paid")
    return known or carrier_in(text) is not None or method_in(text) is not None


class Named(NamedTuple):
    """A carrier, and where in the text it is named."""

    carrier: str
    start: int
    end: int


def carrier_in(text: str) -> Named | None:
    """The first that is named."""
    lower = lowered(text)
    found = [
        Named(carrier, match.start(), match.end())
        for carrier, pattern in _groups("carriers").items()
        if (match := pattern.search(lower)) is not None
    ]
    return min(found, key=_start, default=None)


def method_in(text: str) -> str | None:
    """The way of payment that is named; where there are several, the one that is the less often meant otherwise."""
    lower = lowered(text)
    return next((method for method, pattern in _groups("payments").items() if pattern.search(lower)), None)


_REST_OF_WORD = re.compile(r"^[^\W0-9_]+")


@cache
def _groups(family: str) -> Mapping[str, re.Pattern[str]]:
    return {
        group: re.compile(rf"(?<!\w)(?:{_either(words)})\w*") for group, words in _words()[family].items()
    }


def _start(named: Named) -> int:
    return named.start


def _either(words: Sequence[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


# ---------------------------------------------------------------- lines and labels
class Said(NamedTuple):
    """What stands behind a label (None: behind none), in which line, and the label's words."""

    label: str | None
    text: str
    line: int
    words: str = ""


_UNSEEN = re.compile("[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe0f\ufeff]")
_SPACES = re.compile(r"[^\S\n]+")
_BEFORE_COMMA = re.compile(r" +(?=[,;])")
_APOSTROPHES = re.compile("['`\u2019\u02bc\u2018]")
_DECORATION = re.compile(r"^[^\w+(#\u2116\"\u00ab|-]+|[*_|\s]+$")
_MARKUP = re.compile(r"[*_=~-]{3,}|[*_~]{2}|(?<![\w.] )(?<![\w.])\*|\*(?! ?[0-9])")
"""Bold, lines across; a star between numbers is a sign of times."""


def plain_text(text: str) -> str:
    """Plain spaces, one apostrophe, no marks of bold, nothing unseen; lines as they are."""
    plain = _UNSEEN.sub("", text[:LONGEST].replace("\0", " ").replace("\r", "\n").replace("&nbsp;", " "))
    bare = _MARKUP.sub(" ", _APOSTROPHES.sub("'", _SPACES.sub(" ", plain)))
    return _BEFORE_COMMA.sub("", _SPACES.sub(" ", bare))


@cache
def _labels() -> Mapping[str, str]:
    """A label's kind by its words."""
    return {word: kind for kind, words in _words()["labels"].items() for word in words}


@cache
def _label() -> re.Pattern[str]:
    # At the start of a line, where words follow as they come; later in it, only before a colon.
    return re.compile(
        rf"(?:^|(?<=[\s.,;(|]))(?P<word>{_either(list(_labels()))})(?!\w)\s*(?P<colon>[:=]|-\s|-$)?"
    )


@cache
def labels_of(kind: str) -> re.Pattern[str]:
    """The words of one label anywhere, in small letters, with the colon that may follow."""
    return re.compile(rf"(?<!\w)(?:{_either(_words()['labels'][kind])})(?!\w)\s*:?")


_BARE = frozenset({"number", "phone", "total", "delivery", "payment", "city", "branch", "quantity", "price"})
"""Labels whose value may follow without a colon: it is recognised for what it is."""


def said_in(plain: str) -> Iterator[Said]:
    """What the text says, label by label. A label that stands alone in its line names the next one."""
    waiting: tuple[str, str] | None = None
    for at, raw in enumerate(plain.split("\n")):
        line = _DECORATION.sub("", raw.strip()[:_LONGEST_LINE])
        if not line:
            continue
        parts = list(_parts(line, at))
        if waiting is not None and parts[0].label is None:
            parts[0] = parts[0]._replace(label=waiting[0], words=waiting[1])
        waiting = None
        last = parts[-1]
        if last.label is not None and not last.text:
            waiting = last.label, last.words
            parts.pop()
        yield from parts


def _parts(line: str, at: int) -> Iterator[Said]:
    kinds = _labels()
    found = [
        match
        for match in _label().finditer(lowered(line))
        if match["colon"]
        or (match.start() == 0 and (kinds[match["word"]] in _BARE or match.end() == len(line)))
    ]
    if not found or found[0].start() > 0:
        yield Said(None, line[: found[0].start() if found else None].strip(" .,;(|"), at)
    ends = [match.start() for match in found[1:]] + [len(line)]
    for match, end in zip(found, ends, strict=False):
        text = line[match.end() : end].strip(" .,;|")
        yield Said(kinds[match["word"]], text, at, line[match.start("word") : match.end("word")])


def value_of(said: Sequence[Said], label: str) -> str | None:
    """What stands behind the first such label that says anything."""
    return next((one.text for one in said if one.label == label and one.text), None)
