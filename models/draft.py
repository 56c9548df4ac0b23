"""An order that a member is making by hand: what is known of it, what is still to be asked, what an answer says."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from models.fields import read_phone, write_money
from models.goods_text import MOST_LINES, Goods, GoodsError, GoodsProblem, read_goods
from models.intake import Carrier, NewOrder, PaymentMethod, PaymentStatus, Source
from models.notice_labels import stems
from models.notice_text import Notice, read_carrier, read_method, read_number
from models.order import paid_before
from models.workflows import WORKFLOWS


class Part(StrEnum):
    """What an order by hand consists of, in the order in which it is asked. A recipient of another name and a
    comment are not asked for: they can be added."""

    NUMBER = "number"
    NAME = "name"
    PHONE = "phone"
    GOODS = "goods"
    CARRIER = "carrier"
    ADDRESS = "address"
    METHOD = "method"
    PAID = "paid"
    NO_CALL = "no_call"
    RECIPIENT = "recipient"
    COMMENT = "comment"


NOT_ASKED = frozenset({Part.RECIPIENT, Part.COMMENT})
CARRIERS = tuple(carrier for carrier in Carrier if carrier is not Carrier.JUSTIN)  # closed (C29)
LONGEST = {Part.NAME: 200, Part.RECIPIENT: 300, Part.ADDRESS: 500, Part.COMMENT: 2000}
YES, NO, INVENT = "yes", "no", "invent"


class DraftProblem(StrEnum):
    """Why an answer is not taken: a key of the words."""

    NUMBER = "number"
    WORDS = "words"
    PHONE = "phone"
    CHOICE = "choice"
    TOO_LONG = "too_long"


class DraftError(ValueError):
    def __init__(self, kind: DraftProblem, most: int = 0) -> None:
        super().__init__(kind)
        self.kind = kind
        self.most = most


@dataclass(frozen=True, slots=True)
class Draft:
    """`invented`: the number is thought up when the order is made. `told_total`: the sum, in kopecks, that a pasted
    text named; it is compared, never stored."""

    number: str | None = None
    invented: bool = False
    name: str | None = None
    phone: str | None = None
    goods: tuple[Goods, ...] = ()
    carrier: str | None = None
    address: str | None = None
    method: str | None = None
    paid: bool | None = None
    do_not_call: bool | None = None
    recipient: str | None = None
    comment: str | None = None
    told_total: int | None = None

    @property
    def total(self) -> int:
        return sum(one.price * one.quantity for one in self.goods)

    @property
    def phone_valid(self) -> bool:
        return self.phone is None or read_phone(self.phone).valid

    def has(self, part: Part) -> bool:
        if part is Part.NUMBER:
            return self.invented or self.number is not None
        if part is Part.NO_CALL:
            return self.do_not_call is not None
        value = getattr(self, part)
        return value is not None and value != ()

    def concerns(self, part: Part) -> bool:
        """Whether the part is to be asked at all: who collects it needs no address, who pays at the door no word
        whether it is paid."""
        if part is Part.ADDRESS:
            return self.carrier != Carrier.PICKUP
        if part is Part.PAID:
            return self.method is None or paid_before(self.method)
        return part not in NOT_ASKED

    def missing(self) -> Part | None:
        """What is to be asked next; None where nothing is."""
        return next((part for part in Part if self.concerns(part) and not self.has(part)), None)

    def before(self, part: Part) -> Part | None:
        """What is asked before it."""
        asked = [one for one in Part if self.concerns(one)]
        at = asked.index(part) if part in asked else 0
        return asked[at - 1] if at > 0 else None

    def filled(self, notice: Notice) -> "Draft":
        """With what a pasted text says, where nothing was known yet."""
        said: dict[str, Any] = {
            "number": None if self.invented else notice.number,
            "name": notice.name,
            "phone": notice.phone.text if notice.phone else None,
            "goods": notice.goods or None,
            "carrier": notice.carrier,
            "address": notice.address,
            "method": notice.method,
            "paid": notice.paid,
            "do_not_call": notice.do_not_call,
            "recipient": _short(notice.recipient, Part.RECIPIENT),
            "comment": _short(notice.comment, Part.COMMENT),
            "told_total": notice.total,
        }
        news = {name: value for name, value in said.items() if value is not None}
        return replace(
            self, **{name: value for name, value in news.items() if getattr(self, name) in (None, ())}
        )

    def answered(self, part: Part, text: str) -> "Draft":
        """With a typed answer. Raises DraftError, GoodsError."""
        return _ANSWERS[part](self, text.replace("\0", " "))

    def chosen(self, part: Part, value: str) -> "Draft":
        """With an answer by a button. Raises DraftError where there is no such choice."""
        match part:
            case Part.NUMBER if value == INVENT:
                return replace(self, number=None, invented=True)
            case Part.CARRIER if value in CARRIERS:
                address = None if value == Carrier.PICKUP else self.address
                return replace(self, carrier=value, address=address)
            case Part.METHOD if value in set(PaymentMethod):
                return replace(self, method=value)
            case Part.PAID if value in (YES, NO):
                return replace(self, paid=value == YES)
            case Part.NO_CALL if value in (YES, NO):
                return replace(self, do_not_call=value == YES)
        raise DraftError(DraftProblem.CHOICE)

    def without(self, part: Part) -> "Draft":
        """Less what was added: the last goods, the recipient, the comment."""
        if part is Part.GOODS:
            return replace(self, goods=self.goods[:-1], told_total=None)
        taken_away: dict[str, Any] = {str(part): None} if part in NOT_ASKED else {}
        return replace(self, **taken_away)

    def to_json(self) -> dict[str, Any]:
        said = {name: getattr(self, name) for name in self.__slots__ if getattr(self, name) not in (None, ())}
        return said | {"goods": [[one.title, one.quantity, one.price] for one in self.goods]}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Draft":
        goods = tuple(Goods(title, quantity, price) for title, quantity, price in data.get("goods", ()))
        return cls(**{**data, "goods": goods})

    def order(self, number: str) -> NewOrder:
        """The order in the form in which any source hands one in; everything that is asked must be known."""
        prepaid = self.method is not None and paid_before(self.method)
        status = PaymentStatus.PAID if self.paid else PaymentStatus.PENDING
        return NewOrder.model_validate(
            {
                "number": number,
                "source": Source.CABINET,
                "buyer": {"name": self.name, "phone": self.phone},
                "lines": [
                    {"title": one.title, "quantity": one.quantity, "price": write_money(one.price)}
                    for one in self.goods
                ],
                "delivery": {"carrier": self.carrier, "address": self.address, "recipient": self.recipient},
                "payment": {
                    "method": self.method,
                    "status": status if prepaid else PaymentStatus.NOT_REQUIRED,
                },
                "do_not_call": bool(self.do_not_call),
                "comment": self.comment or "",
            }
        )


def _short(text: str | None, part: Part) -> str | None:
    return text if text is not None and len(text) <= LONGEST[part] else None


def _words(part: Part, text: str) -> str:
    """Somebody's words on one line. Raises DraftError where there is not a letter in them, or too many."""
    line = " ".join(text.split())
    if not any(char.isalnum() for char in line):
        raise DraftError(DraftProblem.WORDS)
    if len(line) > LONGEST[part]:
        raise DraftError(DraftProblem.TOO_LONG, LONGEST[part])
    return line


def _number(draft: Draft, text: str) -> Draft:
    number = read_number(text)
    if number is None:
        raise DraftError(DraftProblem.NUMBER)
    return replace(draft, number=number, invented=False)


def _phone(draft: Draft, text: str) -> Draft:
    try:
        return replace(draft, phone=read_phone(text).text)
    except ValueError:
        raise DraftError(DraftProblem.PHONE) from None


def _goods(draft: Draft, text: str) -> Draft:
    goods = (*draft.goods, *read_goods(text))
    if len(goods) > MOST_LINES:
        raise GoodsError(GoodsProblem.TOO_MANY)
    return replace(draft, goods=goods, told_total=None)


def _said(part: Part) -> Callable[[Draft, str], Draft]:
    def said(draft: Draft, text: str) -> Draft:
        told: dict[str, Any] = {str(part): _words(part, text)}
        return replace(draft, **told)

    return said


def _chosen(part: Part, read: Callable[[str], str | None]) -> Callable[[Draft, str], Draft]:
    return lambda draft, text: draft.chosen(part, read(text) or "")


def _yes_or_no(text: str) -> str | None:
    lower = text.strip().lower()
    return next((answer for answer in (YES, NO) if stems(answer).match(lower)), None)


_ANSWERS: Mapping[Part, Callable[[Draft, str], Draft]] = {
    Part.NUMBER: _number,
    Part.NAME: _said(Part.NAME),
    Part.PHONE: _phone,
    Part.GOODS: _goods,
    Part.CARRIER: _chosen(Part.CARRIER, read_carrier),
    Part.ADDRESS: _said(Part.ADDRESS),
    Part.METHOD: _chosen(Part.METHOD, read_method),
    Part.PAID: _chosen(Part.PAID, _yes_or_no),
    Part.NO_CALL: _chosen(Part.NO_CALL, _yes_or_no),
    Part.RECIPIENT: _said(Part.RECIPIENT),
    Part.COMMENT: _said(Part.COMMENT),
}


def may_invent(marketplace: str) -> bool:
    """Whether numbers of orders may be thought up: a marketplace gives its own."""
    return not WORKFLOWS[marketplace].cabinet


def choices(part: Part) -> Sequence[str]:
    """What a question can be answered with by a button, the likeliest first."""
    match part:
        case Part.CARRIER:
            return [str(carrier) for carrier in CARRIERS]
        case Part.METHOD:
            return [str(method) for method in PaymentMethod]
        case Part.PAID | Part.NO_CALL:
            return [YES, NO]
    return ()
