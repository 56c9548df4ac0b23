"""What a list of orders shows to one person: read in one go, so that drawing needs no session."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from models.lanes import Lane
from models.limits import Running
from models.order import Order
from models.shop import Member, Shop

PAGE = 6
"""Orders on one page of a list."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A list that somebody wants to see. `shop`: of this shop alone, 0 for all; `holder`: whose orders the list
    `HELD` has, 0 for nobody's."""

    lane: Lane
    page: int = 0
    shop: int = 0
    holder: int = 0


@dataclass(frozen=True, slots=True)
class Overview:
    """`shops`: all where the person sees orders; `shop`: the one that was chosen of several; `open`: how many orders
    are not closed; `leads`: whether the person may see who holds what."""

    shops: Sequence[Shop]
    shop: Shop | None
    counts: Mapping[Lane, int]
    open: int
    leads: bool
    at: datetime


@dataclass(frozen=True, slots=True)
class Row:
    """An order in a list. `clock`: the term that ends first of those that run, the cabinet's included; `behind`: the
    cabinet has not seen it all; `named`: whether the reader may see whose it is."""

    order: Order
    clock: Running | None
    behind: bool
    named: bool


@dataclass(frozen=True, slots=True)
class Page:
    """`count`: how many orders the list has on all its pages; `several`: whether rows must say their shop; `holder`:
    whose the list is, where it is somebody's."""

    rows: Sequence[Row]
    count: int
    page: int
    pages: int
    several: bool
    at: datetime
    holder: Member | None = None
    shop: Shop | None = None


@dataclass(frozen=True, slots=True)
class Held:
    """How many open orders somebody holds; nobody: `member` is None."""

    member: Member | None
    count: int


@dataclass(frozen=True, slots=True)
class Holders:
    """Who holds what, of the shops that the person leads."""

    held: Sequence[Held]
    several: bool
    shop: Shop | None
    at: datetime


def pages_of(count: int) -> int:
    return max(1, -(-count // PAGE))
