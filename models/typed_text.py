"""A number and a word: what a seller types where buttons do not come through ("#123 take", "ttn 123 2045...").

Which words there are is data: `typed_words.toml`. The reader says what the text could mean, and never raises; what of
it the order allows is its workflow's business.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from models.search_text import folded
from models.workflow import Action

SHORTEST_BEGINNING = 3
"""Letters of a word's beginning that may stand for the whole."""
SHORTEST_SLIP = 6
"""Letters of a word that is understood with one slip of the thumb in it; shorter ones are too like each other."""
LONGEST = 200
_LONGEST_PHRASE = 6

LOOKS = frozenset({"open", "history", "write", "snooze"})
"""Meanings that are no action of a workflow."""
_ACTIONS: Mapping[str, tuple[Action, ...]] = {
    "ttn": (Action.SHIP, Action.FIX_TTN),
    "ship": (Action.SHIP, Action.COURIER, Action.READY),
}

_TOKEN = re.compile(r"\S+")
_SIGN = "\u2116#"
_EDGES = ".,:;!?()\u00ab\u00bb\"'"
_NUMBER = re.compile(r"[A-Za-z0-9._-]{1,64}")
_DIGITS = re.compile(r"[0-9]+")


@dataclass(frozen=True, slots=True)
class Typed:
    """`number`: of the order that is meant; `meanings`: what the word could stand for, none where it is unknown;
    `said`: the word as it was typed; `rest`: what follows it."""

    number: str
    meanings: tuple[str, ...]
    said: str
    rest: str = ""


def actions_of(meaning: str) -> tuple[Action, ...]:
    """The actions that a meaning may come to, whichever the order allows; none for what only shows or rings."""
    if meaning in LOOKS:
        return ()
    return _ACTIONS.get(meaning) or (Action(meaning),)


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    start: int
    end: int


def read_typed(text: str) -> Typed | None:
    """What a text asks to be done to which order; None where it is no such wish."""
    if len(text) > LONGEST:
        return None
    tokens = [_Token(match[0].strip(_EDGES), match.start(), match.end()) for match in _TOKEN.finditer(text)]
    tokens = [token for token in tokens if token.text and token.text not in _SIGN]
    if not tokens:
        return None
    return _number_first(text, tokens) if _is_number(tokens[0].text) else _word_first(text, tokens)


def meanings_of(words: Sequence[str]) -> tuple[str, ...]:
    """What a phrase stands for: said in full, or else the beginning of."""
    said = tuple(folded(word) for word in words)
    if exact := _phrases().get(said):
        return exact
    if sum(len(word) for word in said) < SHORTEST_BEGINNING:
        return ()
    found = [
        meaning
        for phrase, meanings in _phrases().items()
        if len(phrase) >= len(said)
        and all(full.startswith(word) for full, word in zip(phrase, said, strict=False))
        for meaning in meanings
    ]
    return tuple(dict.fromkeys(found))


def _number_first(text: str, tokens: Sequence[_Token]) -> Typed | None:
    """ "#123 take": a number that is all digits may have gaps."""
    last = 1
    if _DIGITS.fullmatch(_bare(tokens[0].text)):
        while last < len(tokens) and _DIGITS.fullmatch(tokens[last].text):
            last += 1
    number = "".join(_bare(token.text) for token in tokens[:last])
    words = tokens[last:]
    if not words or len(number) > 64:
        return None
    for count in range(min(len(words), _LONGEST_PHRASE), 0, -1):
        if meanings := meanings_of([token.text for token in words[:count]]):
            said = text[words[0].start : words[count - 1].end]
            return Typed(number, meanings, said, text[words[count - 1].end :].strip())
    if meanings := _slipped(folded(words[0].text)):
        return Typed(number, meanings, words[0].text, text[words[0].end :].strip())
    return Typed(number, (), text[words[0].start :].strip())


def _word_first(text: str, tokens: Sequence[_Token]) -> Typed | None:
    """ "ttn 123 2045...": only a word that is known, or else it may be somebody's name."""
    at = next((at for at, token in enumerate(tokens) if _is_number(token.text)), None)
    if at is None or at > _LONGEST_PHRASE:
        return None
    meanings = meanings_of([token.text for token in tokens[:at]])
    if not meanings:
        return None
    number = tokens[at]
    said = text[tokens[0].start : tokens[at - 1].end]
    return Typed(_bare(number.text), meanings, said, text[number.end :].strip())


def _slipped(word: str) -> tuple[str, ...]:
    """What one word stands for that nobody spells so: only after a number, where it cannot be somebody's name."""
    if len(word) < SHORTEST_SLIP:
        return ()
    found = [
        meaning
        for phrase, meanings in _phrases().items()
        if len(phrase) == 1 and _one_slip(phrase[0], word)
        for meaning in meanings
    ]
    return tuple(dict.fromkeys(found))


def _one_slip(right: str, word: str) -> bool:
    """A letter more, a letter less, another letter, or two that changed places."""
    at = next(
        (at for at, (one, other) in enumerate(zip(right, word, strict=False)) if one != other),
        min(len(right), len(word)),
    )
    one, other = right[at:], word[at:]
    swapped = one[:2] == other[1::-1] and one[2:] == other[2:]
    return swapped or one[1:] == other[1:] or one[1:] == other or one == other[1:]


def _is_number(token: str) -> bool:
    bare = _bare(token)
    return _NUMBER.fullmatch(bare) is not None and any(char.isdigit() for char in bare)


def _bare(token: str) -> str:
    return token.lstrip(_SIGN)


@cache
def _phrases() -> Mapping[tuple[str, ...], tuple[str, ...]]:
    """Phrase -> what it stands for."""
    found: dict[tuple[str, ...], tuple[str, ...]] = {}
    for meaning, phrase in _table():
        found[phrase] = (*found.get(phrase, ()), meaning)
    return found


def _table() -> Iterator[tuple[str, tuple[str, ...]]]:
    table = tomllib.loads(files("models").joinpath("typed_words.toml").read_text("utf-8"))
    for meaning, phrases in table.items():
        for phrase in phrases:
            yield meaning, tuple(phrase.split())
