"""The form in which any source hands us an order or tells what became of it, checked field by field.

An unknown field is ignored. Text is kept to the letter: it is escaped where it is shown. What no database
keeps (NUL) or no UTF-8 holds (half a surrogate pair) is refused.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Final, Literal, Self

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    PlainSerializer,
    PlainValidator,
    TypeAdapter,
    WithJsonSchema,
)
from pydantic.json_schema import JsonSchemaValue

from models.fields import (
    PHONE_SCHEMA,
    Email,
    Kopecks,
    Number,
    Phone,
    any_text,
    check_phone,
    check_ttn,
    read_moment,
    some,
    write_moment,
)


class Source(StrEnum):
    CART = "cart"
    CALL_CENTRE = "call_centre"
    CABINET = "cabinet"
    API = "api"


class Carrier(StrEnum):
    NOVA_POSHTA = "nova_poshta"
    MEEST = "meest"
    UKRPOSHTA = "ukrposhta"
    ROZETKA = "rozetka"
    JUSTIN = "justin"
    OWN = "own"
    PICKUP = "pickup"


class PaymentMethod(StrEnum):
    CASH_ON_DELIVERY = "cash_on_delivery"
    CARD = "card"
    INVOICE = "invoice"
    CREDIT = "credit"


class PaymentStatus(StrEnum):
    NOT_REQUIRED = "not_required"
    PENDING = "pending"
    PAID = "paid"
    HELD = "held"
    EXPIRED = "expired"
    CANCELLED = "cancelled"
    REFUNDED = "refunded"


class PickupRate(StrEnum):
    """How often this buyer collects what he orders, as the marketplace sees it."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


OrderWord = Literal[
    "new",
    "in_work",
    "no_contact",
    "confirmed",
    "handed_over",
    "delivering",
    "waiting",
    "received",
    "refused",
    "not_collected",
    "cancelled",
    "buyer_cancelled",
    "expired",
]
ParcelWord = Literal[
    "created",
    "in_transit",
    "arrived",
    "received",
    "refused",
    "returning",
    "returned",
    "storage_ended",
    "failed_attempt",
    "unknown",
]


# ---------------------------------------------------------------- the order
class _Form(BaseModel):
    model_config = ConfigDict(
        frozen=True, extra="ignore", serialize_by_alias=True, validate_by_name=True, validate_by_alias=True
    )


class Buyer(_Form):
    name: Annotated[str, some(200)]
    contact: Annotated[
        Phone,
        PlainValidator(check_phone),
        PlainSerializer(lambda phone: phone.text, return_type=str),
        WithJsonSchema(PHONE_SCHEMA),
        Field(alias="phone"),
    ]
    email: Email | None = None
    account_linked: Annotated[bool, Field(strict=True)] | None = None

    @property
    def phone(self) -> str:
        return self.contact.text

    @property
    def phone_valid(self) -> bool:
        """False marks the card: somebody has to look at the digits (RC10)."""
        return self.contact.valid


class Line(_Form):
    title: Annotated[str, some(300)]
    sku: Annotated[str, any_text(100)] | None = None
    quantity: Annotated[int, Field(strict=True, ge=1, le=100_000)]
    price: Kopecks


class Delivery(_Form):
    carrier: Carrier
    address: Annotated[str, any_text(500)] | None = None
    recipient: Annotated[str, any_text(300)] | None = None
    term: Annotated[str, any_text(200)] | None = None
    cost: Kopecks | None = None


class Payment(_Form):
    method: PaymentMethod
    status: PaymentStatus


_MOMENT_SCHEMA: Final[JsonSchemaValue] = {
    "type": "string",
    "format": "date-time",
    "pattern": "^20[2-9][0-9]-[0-9]{2}-[0-9]{2}[Tt ][0-9:.]+([Zz]|[+-][0-9]{2}:[0-9]{2})$",
    "description": "With an offset; after 2019 and at most a day ahead; the moment of receipt where absent",
    "examples": ["2026-03-06T17:30:00+02:00"],
}


class NewOrder(_Form):
    """An order as a source tells it. `created_at` None: the moment of receipt, which the receiver knows."""

    number: Number
    created_at: Annotated[
        datetime | None,
        PlainValidator(read_moment),
        PlainSerializer(write_moment, return_type=str | None, when_used="json"),
        WithJsonSchema(_MOMENT_SCHEMA),
    ] = None
    source: Source = Source.API
    buyer: Buyer
    lines: Annotated[list[Line], Field(min_length=1, max_length=100)]
    currency: Literal["UAH"] = "UAH"
    delivery: Delivery
    payment: Payment
    do_not_call: Annotated[bool, Field(strict=True)] = False
    comment: Annotated[str, any_text(2000)] = ""
    pickup_rate: PickupRate | None = None

    @classmethod
    def read(cls, body: object, *, now: datetime) -> Self:
        """The order in a parsed JSON body. Raises pydantic's ValidationError."""
        return cls.model_validate(body, context={"now": now})

    def digest(self) -> bytes:
        """SHA-256 of what the order says, however it was spelled. A field that says nothing does not count,
        so that a field added later leaves old digests as they are."""
        return hashlib.sha256(self.model_dump_json(exclude_defaults=True).encode()).digest()


# ---------------------------------------------------------------- what became of it
class _Event(_Form):
    def digest(self) -> bytes:
        return hashlib.sha256(self.model_dump_json().encode()).digest()


class StatusChanged(_Event):
    type: Literal["status_changed"] = "status_changed"
    status: OrderWord


class BuyerCancelled(_Event):
    type: Literal["buyer_cancelled"] = "buyer_cancelled"


class PaymentChanged(_Event):
    type: Literal["payment_changed"] = "payment_changed"
    status: PaymentStatus


class ParcelMoved(_Event):
    type: Literal["parcel"] = "parcel"
    ttn: Annotated[
        str,
        PlainValidator(check_ttn),
        WithJsonSchema(
            {
                "type": "string",
                "description": "A waybill's number; spaces and small letters are understood",
                "pattern": "^[A-Za-z0-9][A-Za-z0-9 -]{3,38}[A-Za-z0-9]$",
                "examples": ["20450000000001"],
            }
        ),
    ]
    status: ParcelWord


SourceEvent = StatusChanged | BuyerCancelled | PaymentChanged | ParcelMoved
EVENT_FORM: Final[TypeAdapter[SourceEvent]] = TypeAdapter(Annotated[SourceEvent, Field(discriminator="type")])


def read_event(body: object) -> SourceEvent:
    """What happened at the source, from a parsed JSON body. Raises pydantic's ValidationError."""
    return EVENT_FORM.validate_python(body)


# ---------------------------------------------------------------- the answer
@dataclass(frozen=True, slots=True)
class BuyerLinks:
    """How the buyer finds the bot: `start` follows `/start `; None where that messenger is not set up."""

    start: str
    telegram: str | None
    viber: str | None


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the source is told, the first time and each time again; `replayed` marks the latter."""

    order_id: str
    number: str
    status: str
    buyer: BuyerLinks
    replayed: bool
