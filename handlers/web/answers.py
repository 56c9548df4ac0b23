"""The shapes of our answers, for the OpenAPI document; the answers are written by hand, for speed."""

from datetime import datetime
from typing import Literal

from pydantic import BaseModel

from models.intake import OrderWord, ParcelWord

Json = dict[str, object]


class Links(BaseModel):
    start: str
    """What follows `/start ` in either messenger."""
    telegram: str | None
    viber: str | None


class Accepted(BaseModel):
    order_id: str
    number: str
    status: OrderWord
    buyer: Links


class HistoryEntry(BaseModel):
    at: datetime
    actor: str | None
    action: str
    status: OrderWord | None
    facts: Json


class ParcelState(BaseModel):
    ttn: str
    carrier: str
    status: ParcelWord


class NotificationState(BaseModel):
    recipient: str
    channel: str | None
    event: str
    state: Literal["queued", "sending", "sent", "delivered", "seen", "failed", "held"]
    reason: str | None
    at: datetime | None


class OrderState(BaseModel):
    status: OrderWord
    status_name: str
    buyer_answer: Literal["confirmed", "question", "cancelled"] | None
    history: list[HistoryEntry]
    parcels: list[ParcelState]
    notifications: list[NotificationState]


class FieldFault(BaseModel):
    path: str
    message: str


class ProblemBody(BaseModel):
    """RFC 9457. `reason` and `facts` come with a 409."""

    type: Literal["about:blank"]
    title: str
    status: int
    detail: str = ""
    errors: list[FieldFault] = []
    reason: str = ""
    facts: Json = {}
