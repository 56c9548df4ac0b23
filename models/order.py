"""Orders and everything that happened to them.

`Order.advance()` is the only door through which a status changes; it returns the `OrderEvent` that is
history, audit and the cause of notifications at once.
"""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, BigId, word
from models.lanes import OPEN_STATUSES
from models.parcel import Parcel
from models.shop import Member, Shop
from models.workflow import CARRIERS, Action, Actor, Ask, DeliveryKind, State, Status, Workflow
from models.workflows import WORKFLOWS

_WORDS = ", ".join(f"'{status}'" for status in OPEN_STATUSES)
_OPEN = f"status IN ({_WORDS})"
OPEN = text(f"orders.{_OPEN}")
"""What is not closed yet: said to the database in these words, it finds the rows by their index."""

BEFORE_DISPATCH = frozenset({Status.NEW, Status.IN_WORK, Status.NO_CONTACT, Status.CONFIRMED, Status.EXPIRED})

CLOSED = frozenset(
    {Status.RECEIVED, Status.REFUSED, Status.NOT_COLLECTED, Status.CANCELLED, Status.BUYER_CANCELLED}
)
"""What nothing leads out of, in every marketplace: the database can ask for it without its tables."""


def paid_before(method: str) -> bool:
    """Whether an order that is paid this way is paid before it is sent."""
    return method != "cash_on_delivery"


class BuyerAnswer(StrEnum):
    CONFIRMED = "confirmed"
    QUESTION = "question"
    CANCELLED = "cancelled"


class Outcome(StrEnum):
    """How an attempt to reach the buyer by phone ended."""

    TALKED = "talked"
    NO_ANSWER = "no_answer"


class Order(Base):
    """An order as its source gave it, and where it stands. Money is in minor units (kopecks).

    `seq` is raised by transitions and travels in callbacks: a press on an older one is told what is now.
    `version` is raised by every change, so that two writers cannot overwrite each other. `off_hours`: it was made
    while its shop was closed; `entered_at`: when it came into its state; `agreed_at`: the dispatch that was agreed
    with the buyer; `missed_at`: the last call, if nobody answered it. `search` is `models.search_text.search_text`:
    whoever changes number, phones or name writes it anew. `erased_at`: since then nothing in it tells who the buyer
    was (models/personal.py).

    `unreached_at`: every way to the buyer has failed since, the last for `unreached_why`, and nobody has talked to them
    (RC10); `contact_phone`: a number of our own beside the order's; `risk_at`: somebody dispatches it all the same.
    """

    __tablename__ = "orders"
    __table_args__ = (
        UniqueConstraint("shop_id", "number"),
        Index(
            "ix_orders_not_erased",
            "entered_at",
            sqlite_where=text("erased_at IS NULL"),
            postgresql_where=text("erased_at IS NULL"),
        ),
        Index(
            "ix_orders_open",
            "shop_id",
            "status",
            sqlite_where=text(_OPEN),
            postgresql_where=text(_OPEN),
        ),
        Index("ix_orders_search", "shop_id", "search"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    public_id: Mapped[str] = mapped_column(String(16), unique=True)
    shop_id: Mapped[int] = mapped_column(ForeignKey("shops.id"))
    number: Mapped[str] = mapped_column(String(64))
    source: Mapped[str] = mapped_column(String(16))
    created_at: Mapped[datetime]
    received_at: Mapped[datetime]
    off_hours: Mapped[bool] = mapped_column(default=False)

    buyer_name: Mapped[str] = mapped_column(String(200))
    buyer_phone: Mapped[str] = mapped_column(String(20))
    phone_valid: Mapped[bool] = mapped_column(default=True)
    buyer_email: Mapped[str | None] = mapped_column(String(254))
    account_linked: Mapped[bool | None]
    search: Mapped[str] = mapped_column(Text, server_default="")

    carrier: Mapped[str] = mapped_column(String(16))
    address: Mapped[str] = mapped_column(Text, default="")
    recipient: Mapped[str | None] = mapped_column(Text)
    delivery_term: Mapped[str | None] = mapped_column(Text)
    delivery_cost: Mapped[int | None] = mapped_column(BigInteger)

    payment_method: Mapped[str] = mapped_column(String(20))
    payment_status: Mapped[str] = mapped_column(String(16))
    total: Mapped[int] = mapped_column(BigInteger)

    do_not_call: Mapped[bool] = mapped_column(default=False)
    comment: Mapped[str] = mapped_column(Text, default="")
    pickup_rate: Mapped[str | None] = mapped_column(String(8))
    digest: Mapped[bytes] = mapped_column(LargeBinary(32))
    differs: Mapped[bool] = mapped_column(default=False)

    status: Mapped[Status] = mapped_column(word(Status))
    state: Mapped[str] = mapped_column(String(32))
    reason_comment: Mapped[str | None] = mapped_column(Text)
    seq: Mapped[int] = mapped_column(default=0)
    version: Mapped[int] = mapped_column(default=1)
    changed_at: Mapped[datetime]
    entered_at: Mapped[datetime]
    agreed_at: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    missed_at: Mapped[datetime | None]
    erased_at: Mapped[datetime | None]
    unreached_at: Mapped[datetime | None]
    unreached_why: Mapped[str | None] = mapped_column(String(32))
    contact_phone: Mapped[str | None] = mapped_column(String(20))
    risk_at: Mapped[datetime | None]

    holder_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"))
    buyer_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"), index=True)
    link_generation: Mapped[int] = mapped_column(default=1)
    buyer_answer: Mapped[BuyerAnswer | None] = mapped_column(word(BuyerAnswer))

    shop: Mapped[Shop] = relationship(lazy="joined")
    holder: Mapped[Member | None] = relationship(lazy="joined")
    lines: Mapped[list["OrderLine"]] = relationship(order_by="OrderLine.position", lazy="selectin")
    parcels: Mapped[list[Parcel]] = relationship(order_by=Parcel.id, lazy="selectin")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own form

    @property
    def workflow(self) -> Workflow:
        return WORKFLOWS[self.shop.marketplace]

    @property
    def place(self) -> State:
        return self.workflow.by_key[self.state]

    @property
    def final(self) -> bool:
        return self.place.final

    @property
    def delivery_kind(self) -> DeliveryKind:
        return CARRIERS[self.carrier]

    @property
    def prepaid(self) -> bool:
        return paid_before(self.payment_method)

    @property
    def awaits_buyer(self) -> bool:
        """Confirmation is offered once to who chose "don't call back", and never blocks (C7)."""
        return self.do_not_call and self.buyer_answer is None and self.before_dispatch

    @property
    def answered(self) -> bool:
        """Whether the buyer has said anything about it by themselves."""
        return self.buyer_answer is not None

    @property
    def mobile(self) -> str | None:
        """The number at which the buyer is told by SMS, digits alone: our own before the order's."""
        phone = self.contact_phone or (self.buyer_phone if self.phone_valid else "")
        return phone.removeprefix("+") or None

    @property
    def by_phone_alone(self) -> bool:
        """A phone order without an account: no message is owed, somebody calls (R51)."""
        return self.source == "call_centre" and self.account_linked is False

    @property
    def before_dispatch(self) -> bool:
        return self.status in BEFORE_DISPATCH

    @property
    def parcel(self) -> Parcel | None:
        """The parcel under way: the newest that was not corrected away."""
        return next((parcel for parcel in reversed(self.parcels) if not parcel.replaced), None)

    @property
    def sent_without_ttn(self) -> bool:
        """On its way with no number, where its workflow lets that be: one may still come (G13)."""
        return (
            self.parcel is None
            and self.delivery_kind is DeliveryKind.CARRIER
            and not (self.final or self.before_dispatch)
            and any(Ask.TTN in row.optional for row in self.workflow.transitions)
        )

    def advance(
        self,
        to: State,
        *,
        action: Action,
        actor: Actor,
        at: datetime,
        cause: str,
        member: Member | None = None,
        **facts: Any,
    ) -> "OrderEvent":
        """Move to a state of the workflow. Whether that is allowed was asked of the table before."""
        event = self.record(action, actor, at, cause, member, from_state=self.state, **facts)
        if to.key != self.state:
            self.entered_at = at
        if to.status is not Status.CONFIRMED:
            self.agreed_at = None  # what was agreed was agreed for this dispatch
        self.state, self.status = to.key, to.status
        self.seq += 1
        event.state, event.status, event.seq = to.key, to.status, self.seq
        return event

    def record(
        self,
        action: Action,
        actor: Actor,
        at: datetime,
        cause: str,
        member: Member | None = None,
        **facts: Any,
    ) -> "OrderEvent":
        """Something that happened without a change of status: a note of the history."""
        self.changed_at = at
        return OrderEvent(
            order=self,
            at=at,
            actor=actor,
            member=member,
            action=action,
            status=self.status,
            state=self.state,
            seq=self.seq,
            facts=facts,
            cause=cause,
        )


class OrderLine(Base):
    __tablename__ = "order_lines"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"), index=True)
    position: Mapped[int]
    title: Mapped[str] = mapped_column(Text)
    sku: Mapped[str | None] = mapped_column(Text)
    quantity: Mapped[int]
    price: Mapped[int] = mapped_column(BigInteger)


class OrderEvent(Base):
    """One append-only row: history, audit, cause. One press may touch many orders, each once per action."""

    __tablename__ = "order_events"
    __table_args__ = (UniqueConstraint("cause", "order_id", "action"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"), index=True)
    at: Mapped[datetime]
    actor: Mapped[Actor] = mapped_column(word(Actor))
    member_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"))
    action: Mapped[Action] = mapped_column(word(Action))
    status: Mapped[Status] = mapped_column(word(Status))
    state: Mapped[str] = mapped_column(String(32))
    seq: Mapped[int]
    facts: Mapped[dict[str, Any]]
    cause: Mapped[str] = mapped_column(String(160))

    order: Mapped[Order] = relationship()
    member: Mapped[Member | None] = relationship(lazy="joined")


class ContactAttempt(Base):
    """A logged call to the buyer (R41, R42): two of them unlock the no-contact reasons."""

    __tablename__ = "contact_attempts"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"), index=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"))
    at: Mapped[datetime]
    outcome: Mapped[Outcome] = mapped_column(word(Outcome))
    cause: Mapped[str] = mapped_column(String(160), unique=True)


class IntakeKey(Base):
    """An `Idempotency-Key` that a shop's site has used, and for which body."""

    __tablename__ = "intake_keys"

    shop_id: Mapped[int] = mapped_column(ForeignKey("shops.id"), primary_key=True)
    key: Mapped[str] = mapped_column(String(255), primary_key=True)
    digest: Mapped[bytes] = mapped_column(LargeBinary(32))
    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"))
    at: Mapped[datetime]
