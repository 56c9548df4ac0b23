"""The town in an address that somebody wrote, and nothing beside it: what a group may see of where an order goes.

Nobody's list of towns: a segment counts as one by what stands in it and after it. What is not surely a town is not
shown. The words are data: `town_words.toml`.
"""

import re
import tomllib
from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files

LONGEST = 40
_MOST_WORDS = 3
_APOSTROPHES = str.maketrans("", "", "'\u2019\u02bc`\u2018\".-")
_PARTS = re.compile(r"[,;\n|/]+")
_IN_BRACKETS = re.compile(r"\([^)]*\)?")
_WORDS = re.compile(r"[^\W\d_][^\s,.()]*")
_BESIDE_LETTERS = " .'\u2019\u02bc`-"
_POSTCODE = re.compile(r"\d{5}")


@lru_cache(maxsize=1)
def _words() -> dict[str, frozenset[str]]:
    table = tomllib.loads(files("models").joinpath("town_words.toml").read_text("utf-8"))
    return {name: frozenset(found) for name, found in table.items()}


@lru_cache(maxsize=1)
def _branch() -> re.Pattern[str]:
    return re.compile(rf"\s(?=(?:{'|'.join(sorted(_words()['branch']))})\b)", re.IGNORECASE)


def town_of(address: str, *names: str) -> str | None:
    """The town, None where there is surely none. `names` of people are no towns, wherever they stand."""
    people = {word for name in names for word in _plain(name)}
    bare = _IN_BRACKETS.sub(" ", address)
    parts = [" ".join(part.split()) for whole in _PARTS.split(bare) for part in _branch().split(whole)]
    parts = [part for part in parts if part]
    for at, part in enumerate(parts):
        if _is_town(part, parts[at + 1 :], alone=len(parts) == 1, people=people):
            return part
    return None


def _is_town(part: str, after: Sequence[str], *, alone: bool, people: set[str]) -> bool:
    words, known = _plain(part), _words()
    marked = len(words) > 1 and words[0] in known["town"]
    name = words[1:] if marked else words
    if not name or len(name) > _MOST_WORDS or len(part) > LONGEST:
        return False
    if not all(char.isalpha() or char in _BESIDE_LETTERS for char in part):
        return False
    if any(word in known["inside"] or word in known["around"] or word in people for word in name):
        return False
    if marked:
        return True
    if any(word.endswith(tuple(known["street_ends"])) for word in name):
        return False
    if len(name) == 1:
        return alone or not _is_house(after)
    names = all(word[0].isupper() for word in _WORDS.findall(part))  # else it is what somebody says
    return names and not alone and not _is_house(after)


def _is_house(after: Sequence[str]) -> bool:
    """Whether what follows is a house's number, so that a street stood before it."""
    if not after or _POSTCODE.fullmatch(after[0]):
        return False
    words = _plain(after[0])
    return not after[0][0].isalpha() or (bool(words) and words[0] in _words()["house"])


def _plain(text: str) -> list[str]:
    return [found.translate(_APOSTROPHES).casefold() for found in _WORDS.findall(text)]
