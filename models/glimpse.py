"""What a stranger may see of an order: whoever holds a buyer's link may have a wrong number (1.8.9).

Number, goods, sum and branch; never surname, phone or home address. What is a branch is told by the words of the
address (`branch_words.toml`); of any other only the town is said, and nothing where that is not plain.
Standard library only.
"""

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from models.workflow import CARRIERS, DeliveryKind

_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Item:
    """A line of the order; `price` is that of all its pieces, in kopecks."""

    title: str
    quantity: int
    price: int


@dataclass(frozen=True, slots=True)
class Glimpse:
    """`start` follows `/start ` in Telegram; `telegram` and `viber` are the same as links, None while our name
    there is unknown."""

    number: str
    shop: str
    platform: str
    items: tuple[Item, ...]
    total: int
    carrier: str
    place: str
    start: str
    telegram: str | None
    viber: str | None


def place_of(address: str, carrier: str) -> str:
    """Where the goods go, as far as anybody may know it: a branch or the shop's own point, else the town."""
    address, kind = address.strip(), CARRIERS[carrier]
    if kind is DeliveryKind.PICKUP:
        return address
    if kind is DeliveryKind.CARRIER and _names_a_branch(address):
        return address
    return _town(address)


def _names_a_branch(address: str) -> bool:
    said = _said(address)
    return not said.isdisjoint(_words()["branch"]) and said.isdisjoint(_words()["home"])


def _town(address: str) -> str:
    town, comma, _ = address.partition(",")
    plain = comma and not any(char.isdigit() for char in town) and _said(town).isdisjoint(_words()["street"])
    return town.strip() if plain else ""


def _said(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text.lower()))


@lru_cache(maxsize=1)
def _words() -> dict[str, frozenset[str]]:
    table = tomllib.loads(files("models").joinpath("branch_words.toml").read_text("utf-8"))
    return {kind: frozenset(words) for kind, words in table.items()}
