"""A pasted notice of a new order, as a marketplace or a person writes one: what it says, as far as it says it.

It is shown back before it counts, and what is not found is asked for: so nothing is guessed, and no number is made
up that does not stand in the text. The words (in Ukrainian, Russian and English) are data: `notice_words.toml`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import phonenumbers

from models.fields import Phone, read_phone
from models.goods_text import Goods
from models.notice_goods import goods_in, reconciled, total_in
from models.notice_labels import (
    Named,
    Said,
    carrier_in,
    has,
    means_something,
    method_in,
    places_after,
    plain_text,
    said_in,
    value_of,
)


@dataclass(frozen=True, slots=True)
class Notice:
    """What stands in the text; None where it does not. `total` is what the text says, in kopecks; `method` is how
    it is paid."""

    number: str | None = None
    name: str | None = None
    recipient: str | None = None
    phone: Phone | None = None
    goods: tuple[Goods, ...] = ()
    total: int | None = None
    carrier: str | None = None
    address: str | None = None
    method: str | None = None
    paid: bool | None = None
    do_not_call: bool | None = None
    comment: str | None = None

    @property
    def is_order(self) -> bool:
        """Whether it looks like an order at all, and not like any other message with a phone in it."""
        return self.phone is not None and (self.number is not None or bool(self.goods))


def read_notice(text: str) -> Notice:
    """Never raises: what cannot be read is not there."""
    plain = plain_text(text)
    said = list(said_in(plain))
    total = total_in(said, plain)
    phone, phone_at = _phone(said)
    name, recipient = _name(said, phone_at), _labelled_name(said, "recipient")
    carrier = _carrier(said)
    return Notice(
        number=_number(said, plain),
        name=name,
        recipient=None if recipient == name else recipient,
        phone=phone,
        goods=reconciled(goods_in(said), total),
        total=total,
        carrier=carrier[0].carrier if carrier else None,
        address=_address(said, carrier),
        method=_method(said),
        paid=_paid(said),
        do_not_call=True if has(plain, "no_call") else None,
        comment=value_of(said, "comment"),
    )


def read_carrier(text: str) -> str | None:
    """The carrier that a few words name."""
    named = carrier_in(plain_text(text))
    return None if named is None else named.carrier


def read_method(text: str) -> str | None:
    """The way of payment that a few words name."""
    return method_in(plain_text(text))


def read_number(text: str) -> str | None:
    """An order's number, alone or with the words before it."""
    plain = plain_text(text).strip()
    bare = plain.lstrip(f"{_SIGNS} ")
    joined = bare.replace(" ", "")
    if joined.isdigit() and _NUMBER.fullmatch(joined):
        return joined
    return bare if _NUMBER.fullmatch(bare) else _number(list(said_in(plain)), plain)


# ---------------------------------------------------------------- the number
_SIGNS = "#\u2116"
_NUMBER = re.compile(r"(?=[A-Za-z0-9._-]*[0-9])[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_IN_GROUPS = re.compile(r"[0-9]{1,3}(?: [0-9]{3})+(?=[^\w ]|\s*$)")
_BEGUN_GROUPS = re.compile(r"[0-9]{1,3} [0-9]{3}(?![0-9])")
_DATE = re.compile(r"[0-9]{1,4}[.-][0-9]{1,2}([.-][0-9]{2,4})?")
_BEFORE_NUMBER = re.compile(rf"[\s:.,-]*([{_SIGNS}]?)\s*")
_SHORTEST = 4
"""Without a sign a shorter one may be a count."""


def _number(said: Sequence[Said], plain: str) -> str | None:
    candidates = [one.text for one in said if one.label == "number"]
    candidates += places_after("order", plain)
    for match in re.finditer(f"[{_SIGNS}]", plain):
        before = plain[max(0, match.start() - 20) : match.start()].rpartition("\n")[2]
        if not has(before, "not_an_order"):
            candidates.append(plain[match.start() :].partition("\n")[0])
    return next((number for text in candidates if (number := _at_start(text)) is not None), None)


def _at_start(text: str) -> str | None:
    """A number at the beginning of a text, its sign before it or not."""
    before = _BEFORE_NUMBER.match(text)
    signed, bare = (bool(before[1]), text[before.end() :]) if before else (False, text)
    if (groups := _IN_GROUPS.match(bare)) is not None:
        return groups[0].replace(" ", "")
    match = _NUMBER.match(bare)
    if match is None or _BEGUN_GROUPS.match(bare):
        return None
    number = match[0].rstrip(".-_")
    if (
        bare[match.end() : match.end() + 1].isalnum()
        or not _NUMBER.fullmatch(number)
        or _DATE.fullmatch(number)
    ):
        return None
    if signed:
        return number
    phone = _as_phone(number)
    return None if len(number) < _SHORTEST or (phone is not None and phone.valid) else number


# ---------------------------------------------------------------- the phone
_SPELLED = re.compile(
    r"(?<![\w+])(?![0-9]{1,2}[./-][0-9]{1,2}[./-][0-9]{2,4}(?![0-9]))(?:\+|\(\+)?\(?[0-9][0-9 ()./-]{7,24}[0-9](?!\w)"
)


def _phone(said: Sequence[Said]) -> tuple[Phone | None, int]:
    """Behind its label in any spelling, elsewhere only what is a number for certain; and in which line."""
    for one in said:
        if one.label == "phone":
            for match in _SPELLED.finditer(one.text):
                if (phone := _as_phone(match[0])) is not None:
                    return phone, one.line
    for one in said:
        if one.label in ("number", "other") or has(one.text, "support"):
            continue
        for match in _SPELLED.finditer(one.text):
            phone = _as_phone(match[0])
            if phone is not None and phone.valid and not _is_a_service(phone):
                return phone, one.line
    return None, -1


def _as_phone(text: str) -> Phone | None:
    try:
        return read_phone(text)
    except ValueError:
        return None


def _is_a_service(phone: Phone) -> bool:
    kind = phonenumbers.number_type(phonenumbers.parse(phone.text, "UA"))
    return kind in (phonenumbers.PhoneNumberType.TOLL_FREE, phonenumbers.PhoneNumberType.PREMIUM_RATE)


# ---------------------------------------------------------------- the name
_AROUND = " .:-"
_LONGEST_NAME = 200


def _name(said: Sequence[Said], phone_at: int) -> str | None:
    """Behind its label, or two or three words beside the phone."""
    if name := _labelled_name(said, "buyer") or _labelled_name(said, "recipient"):
        return name
    near = (
        one
        for one in said
        if one.label in (None, "phone") and phone_at >= 0 and abs(one.line - phone_at) <= 1
    )
    parts = (
        part.strip(_AROUND) for one in near for part in re.split(r"[,;(]|[+0-9][0-9 ()./+-]{6,}", one.text)
    )
    return next((part for part in parts if _is_name(part)), None)


def _labelled_name(said: Sequence[Said], label: str) -> str | None:
    for one in said:
        if one.label == label:
            name = re.split(r"[,;(+0-9]", one.text)[0].strip(_AROUND)
            if len(name) <= _LONGEST_NAME and any(char.isalpha() for char in name):
                return name
    return None


def _is_name(text: str) -> bool:
    """Two or three words, each with its capital, none of them known for something else."""
    words = [word.replace("'", "").replace("-", "") for word in text.split()]
    shaped = all(
        len(word) > 1 and word.isalpha() and word[0].isupper() and not word.isupper() for word in words
    )
    return 2 <= len(words) <= 3 and len(text) <= 100 and shaped and not means_something(text)


# ---------------------------------------------------------------- delivery and payment
_LONGEST_ADDRESS = 500


def _carrier(said: Sequence[Said]) -> tuple[Named, Said] | None:
    """The carrier and where it is named: behind a label of delivery sooner than elsewhere."""
    labelled = [one for one in said if one.label in ("delivery", "address")]
    others = [one for one in said if one.label not in ("delivery", "address", "payment", "comment", "other")]
    named = ((carrier_in(one.text), one) for one in [*labelled, *others])
    return next(((carrier, one) for carrier, one in named if carrier is not None), None)


def _address(said: Sequence[Said], carrier: tuple[Named, Said] | None) -> str | None:
    address = _address_said(said)
    beside = _beside(carrier[1].text, carrier[0]) if carrier else None
    if address is None:
        address = beside or next(
            (one.text for one in said if one.label in (None, "delivery") and has(one.text, "branch")), None
        )
    elif (named := carrier_in(address)) is not None:
        address = _beside(address, named) or address
    return address[:_LONGEST_ADDRESS] if address else None


def _address_said(said: Sequence[Said]) -> str | None:
    """Behind its label, or in the parts that have labels of their own."""
    if address := value_of(said, "address"):
        return address
    city = value_of(said, "city")
    branch = next((f"{one.words} {one.text}" for one in said if one.label == "branch" and one.text), None)
    return f"{city}, {branch}" if city and branch else city or branch


def _beside(text: str, carrier: Named) -> str | None:
    """What stands beside a carrier's name: where to. What stands before it counts where a comma parts them."""
    before, after = text[: carrier.start].rstrip(), text[carrier.end :].strip(" .,:;()-")
    place = before.strip(" .,:;()-") if before.endswith(",") or (not after and has(before, "branch")) else ""
    return ", ".join(part for part in (place, after) if any(char.isalnum() for char in part)) or None


def _method(said: Sequence[Said]) -> str | None:
    for one in said:
        if one.label == "payment" and (method := method_in(one.text)) is not None:
            return method
    # Elsewhere a card or an account may be anything; payment at the door is said in words of its own.
    others = (one.text for one in said if one.label not in ("comment", "goods"))
    return "cash_on_delivery" if any(method_in(text) == "cash_on_delivery" for text in others) else None


def _paid(said: Sequence[Said]) -> bool | None:
    texts = [one.text for one in said if one.label != "comment"]
    if any(has(text, "unpaid") for text in texts):
        return False
    return True if any(has(text, "paid") for text in texts) else None
