"""Parcels, and the dozen words that every carrier is translated into."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, BigId, word


class ParcelStatus(StrEnum):
    CREATED = "created"
    IN_TRANSIT = "in_transit"
    ARRIVED = "arrived"
    RECEIVED = "received"
    REFUSED = "refused"
    RETURNING = "returning"
    RETURNED = "returned"
    STORAGE_ENDED = "storage_ended"
    FAILED_ATTEMPT = "failed_attempt"
    UNKNOWN = "unknown"


class Parcel(Base):
    """`replaced`: the number was corrected, another parcel of the order stands for it."""

    __tablename__ = "parcels"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"), index=True)
    ttn: Mapped[str] = mapped_column(String(40), index=True)
    carrier: Mapped[str] = mapped_column(String(16))
    status: Mapped[ParcelStatus] = mapped_column(word(ParcelStatus), default=ParcelStatus.CREATED)
    created_at: Mapped[datetime]
    arrived_at: Mapped[datetime | None]
    replaced: Mapped[bool] = mapped_column(default=False)
