"""The fields that forms from outside are made of: money, phones, text, moments, waybill numbers.

Each reader tells in its error what was expected and never what came.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Annotated, Final

import phonenumbers
from pydantic import PlainSerializer, PlainValidator, StringConstraints, ValidationInfo, WithJsonSchema
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import PydanticCustomError

from models.ttn import read_ttn

EARLIEST: Final = datetime(2020, 1, 1, tzinfo=UTC)
AHEAD: Final = timedelta(days=1)
"""How far another's clock may be ahead of ours."""


# ---------------------------------------------------------------- money
MOST_MONEY: Final = 10**9 * 100
_CENT = Decimal("0.01")
_MONEY = re.compile(r"[0-9]{1,10}(?:\.[0-9]{1,2})?")


def read_money(value: object) -> int:
    """Kopecks of "640.00", 640, Decimal("640.5"); PydanticCustomError for anything else. Never rounds."""
    if type(value) is str:
        if _MONEY.fullmatch(value) is None:
            raise PydanticCustomError(
                "money", 'Input should be an amount such as "640.00", with at most two decimals'
            )
        whole, _, rest = value.partition(".")
        kopecks = int(whole) * 100 + int(rest.ljust(2, "0"))
    elif type(value) is int:
        kopecks = value * 100
    elif type(value) is Decimal and value.is_finite() and abs(value) <= MOST_MONEY:
        cents = value.quantize(_CENT)
        if cents != value:
            raise PydanticCustomError("money", "Input should have at most two decimals")
        kopecks = int(cents.scaleb(2))
    else:
        raise PydanticCustomError(
            "money", 'Input should be an amount such as "640.00", with at most two decimals'
        )
    if not 0 <= kopecks <= MOST_MONEY:
        raise PydanticCustomError("money", "Input should be between 0 and 1000000000")
    return kopecks


def write_money(kopecks: int) -> str:
    """ "640.00" of 64000."""
    return f"{kopecks // 100}.{kopecks % 100:02d}"


Kopecks = Annotated[
    int,
    PlainValidator(read_money),
    PlainSerializer(write_money, return_type=str),
    WithJsonSchema(
        {
            "description": "Hryvnias, at most two decimals, at most 1000000000",
            "anyOf": [
                {"type": "string", "pattern": r"^([0-9]{1,9}(\.[0-9]{1,2})?|1000000000(\.0{1,2})?)$"},
                {"type": "integer", "minimum": 0, "maximum": 10**9},
                {"type": "number", "minimum": 0, "maximum": 10**9, "multipleOf": 0.01},
            ],
            "examples": ["640.00"],
        }
    ),
]
"""Whole kopecks inside; outside a decimal string (a JSON number is understood, too) of hryvnias."""


# ---------------------------------------------------------------- phones
@dataclass(frozen=True, slots=True)
class Phone:
    """`text` is E.164 where the number is valid, else its digits as they came (with their plus)."""

    text: str
    valid: bool


_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_LABEL = re.compile(r"[^\W\d_]{3,12}[.:\s]\s*")
_PHONE = re.compile(r"[0-9 ()./\u00a0\u2007\u202f\u2009\u2010-\u2015\u2212\-]+")
_NOT_A_DIGIT = re.compile(r"[^0-9]+")


def read_phone(text: str) -> Phone:
    """A number in any spelling people use, Ukrainian without a country. ValueError where it cannot be one."""
    bare = _UNSEEN.sub("", text).strip()
    if label := _LABEL.match(bare):
        bare = bare[label.end() :]
    international = bare.startswith(("+", "(+"))
    if _PHONE.fullmatch(bare.replace("+", "", 1) if international else bare) is None or len(bare) > 40:
        raise ValueError("not a phone number")
    digits = _NOT_A_DIGIT.sub("", bare)
    if len(digits) == 11 and digits.startswith("80"):
        # The old way of dialling, which phonenumbers does not know.
        international, digits = True, "3" + digits
    spelled = "+" + digits if international else digits
    try:
        number = phonenumbers.parse(spelled, "UA")
    except phonenumbers.NumberParseException:
        raise ValueError("not a phone number") from None
    if phonenumbers.is_valid_number(number):
        return Phone(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164), valid=True)
    if not phonenumbers.is_possible_number(number):
        raise ValueError("not a possible phone number")
    return Phone(spelled, valid=False)


def check_phone(value: object) -> Phone:
    if not isinstance(value, str):
        raise PydanticCustomError("phone", "Input should be a phone number")
    try:
        return read_phone(value)
    except ValueError:
        raise PydanticCustomError("phone", "Input should be one phone number") from None


PHONE_SCHEMA: Final[JsonSchemaValue] = {
    "description": (
        "One phone number in any usual spelling, Ukrainian where it names no country. "
        "What cannot be one is refused; possible but invalid digits are taken, and marked for the seller."
    ),
    "anyOf": [
        {"type": "string", "pattern": r"^(\+?38|8)?0(39|50|6[36-8]|7[1357]|9[1-9])[0-9]{7}$"},
        {"type": "string", "pattern": r"^[+(]{0,2}[0-9][0-9 ().-]{4,30}$"},
    ],
    "examples": ["+380671234567", "067 123 45 67"],
}


# ---------------------------------------------------------------- text
_SOME = r"^[^\x00]*[^\x00\s][^\x00]*$"
_ANY = r"^[^\x00]*$"


def some(most: int) -> StringConstraints:
    return StringConstraints(min_length=1, max_length=most, pattern=_SOME)


def any_text(most: int) -> StringConstraints:
    return StringConstraints(max_length=most, pattern=_ANY)


Email = Annotated[str, StringConstraints(max_length=254, pattern=r"^[^@\s\x00]+@[^@\s\x00]+$")]
Number = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9._-]{1,64}$")]


def read_moment(value: object, info: ValidationInfo) -> datetime | None:
    """An aware ISO 8601 moment of any offset, in UTC. The context's `now` bounds it from above."""
    if value is None:
        return None
    if type(value) is str:
        try:
            value = datetime.fromisoformat(value.upper())
        except ValueError:
            value = None
    if not isinstance(value, datetime):
        raise PydanticCustomError("moment", "Input should be an ISO 8601 date and time with an offset")
    if value.tzinfo is None:
        raise PydanticCustomError("moment", "Input should have an offset from UTC, such as +02:00")
    try:
        moment = value.astimezone(UTC)
    except OverflowError:
        moment = datetime.max.replace(tzinfo=UTC)
    now = info.context.get("now") if info.context else None
    if moment < EARLIEST or (now is not None and moment > now + AHEAD):
        raise PydanticCustomError("moment", "Input should be after 2019 and at most a day ahead")
    return moment


def write_moment(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()


def check_ttn(value: object) -> str:
    if not isinstance(value, str):
        raise PydanticCustomError("ttn", "Input should be a waybill's number")
    try:
        return read_ttn(value)
    except ValueError:
        raise PydanticCustomError(
            "ttn", "Input should be a waybill's number of 5 to 40 letters and digits"
        ) from None
