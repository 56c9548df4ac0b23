"""The goods of a notice: in lines that say so by themselves, under a heading, in a table, or in a line a fact."""

import re
from collections.abc import Sequence
from dataclasses import replace

from models.goods_text import (
    MOST_LINES,
    MOST_PRICE,
    Goods,
    GoodsError,
    is_title,
    read_line,
    read_price,
    tidied,
)
from models.notice_labels import Said, carrier_in, has, labels_of, lowered, means_something

_COUNT = re.compile(r"[1-9][0-9]{0,4}(?![0-9.,])")
_AMOUNT = re.compile(r"[\s:=-]*((?:[0-9]{1,3}(?: [0-9]{3})+|[0-9]{1,9})(?:[.,][0-9]{1,2})?)(?![0-9])")
_A_PHONE = re.compile(r"[0-9](?:[ ()./-]*[0-9]){8,}")
_LONGEST_TITLE = 200


def goods_in(said: Sequence[Said]) -> list[Goods]:
    """Lines that are goods for certain, or that stand under their heading; a title may stand in a line before."""
    reader = _Reader()
    for one in said:
        reader.hears(one)
    return reader.found[:MOST_LINES]


def total_in(said: Sequence[Said], plain: str) -> int | None:
    """The sum that the text names, in kopecks."""
    named = [one.text for one in said if one.label == "total"]
    named += [plain[match.end() : match.end() + 40] for match in labels_of("total").finditer(lowered(plain))]
    return next((amount for text in named if (amount := _amount(text)) is not None), None)


def reconciled(goods: Sequence[Goods], total: int | None) -> tuple[Goods, ...]:
    """Where a line's price may be that of all its pieces, the text's sum says whether it is."""
    if total is None or _sum(goods) == total:
        return tuple(goods)
    each = [
        replace(one, price=one.price // one.quantity, whole=False)
        if one.whole and one.price % one.quantity == 0
        else one
        for one in goods
    ]
    return tuple(each if _sum(each) == total else goods)


class _Reader:
    """`_title` and `_quantity` wait for the price that a later line says."""

    def __init__(self) -> None:
        self.found: list[Goods] = []
        self._heading = False
        self._title, self._quantity = "", 1

    def hears(self, one: Said) -> None:
        match one.label:
            case "quantity":
                count = _COUNT.match(one.text)
                self._quantity = int(count[0]) if count else 1
            case "price":
                price = read_price(one.text)
                if price is not None and price <= MOST_PRICE and self._title:
                    self._finds(Goods(self._title, self._quantity, price, sure=True))
            case None | "goods":
                self._heading = self._heading or one.label == "goods"
                for piece in re.split(r";\s+", one.text) if one.label == "goods" else [one.text]:
                    self._reads(piece)
            case _:
                self._heading = False

    def _reads(self, text: str) -> None:
        goods = _of_line(text, self._title)
        if not goods:
            self._title, self._quantity = _title_of(text) or self._title, 1
        elif self._heading or all(one.sure for one in goods):
            self._finds(*goods)

    def _finds(self, *goods: Goods) -> None:
        self.found += goods
        self._title, self._quantity = "", 1


def _of_line(text: str, title: str) -> Sequence[Goods]:
    """The goods that a line says, with the title that stood alone before it where the line has none."""
    if not text or _A_PHONE.search(text) or _is_of_something_else(text):
        return ()
    for line in (text, f"{title} {tidied(text)}") if title else (text,):
        try:
            return read_line(line)
        except GoodsError:
            continue
    return ()


def _is_of_something_else(text: str) -> bool:
    return has(text, "order", "not_an_order", "branch", "support", "paid") or carrier_in(text) is not None


def _title_of(text: str) -> str | None:
    tidy = tidied(text)
    fits = 2 <= len(tidy) <= _LONGEST_TITLE and is_title(tidy)
    return tidy if fits and not means_something(tidy) else None


def _amount(text: str) -> int | None:
    match = _AMOUNT.match(text)
    return None if match is None else read_price(match[1])


def _sum(goods: Sequence[Goods]) -> int:
    return sum(one.price * one.quantity for one in goods)
