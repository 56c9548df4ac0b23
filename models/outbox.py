"""The outbox: what is to be told to people and to marketplaces, written in the order's own unit.

A row is queued with the change that causes it and delivered afterwards; it ends visibly: sent, failed with a
reason, held, or skipped with a reason (rule R4).
"""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, String, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, BigId, word


class Notice(StrEnum):
    """What a notification is about; `bot/recipients.py` says who hears it and how urgent it is."""

    NEW_ORDER = "new_order"
    UNTOUCHED = "untouched"
    MORNING = "morning"
    DAYS_OFF_AHEAD = "days_off_ahead"
    CONTACT_DUE = "contact_due"
    OUTCOME_DUE = "outcome_due"
    CALL_AGAIN = "call_again"
    CABINET_UNCHANGED = "cabinet_unchanged"
    DISPATCH_DUE = "dispatch_due"
    PAYMENT_AWAITED = "payment_awaited"
    NOT_COLLECTED_YET = "not_collected_yet"
    SNOOZED = "snoozed"
    BUYER_CONFIRMED = "buyer_confirmed"
    BUYER_ASKED = "buyer_asked"
    BUYER_CANCELLED = "buyer_cancelled"
    CANCEL_REQUESTED = "cancel_requested"
    ORDER_CHANGED = "order_changed"
    BUYER_WISH = "buyer_wish"
    HANDED_TO = "handed_to"
    HANDED_FROM = "handed_from"
    BUYER_UNREACHABLE = "buyer_unreachable"
    CALL_BUYER = "call_buyer"
    BUYER_FORGOTTEN = "buyer_forgotten"
    MEMBER_ASKS = "member_asks"
    MEMBER_JOINED = "member_joined"
    MEMBER_UNREACHABLE = "member_unreachable"
    MEMBER_REMOVED = "member_removed"
    ROLE_CHANGED = "role_changed"
    TEAM_CHANGED = "team_changed"
    LINK_REFUSED = "link_refused"
    GROUP_ENDED = "group_ended"
    GROUP_LOST = "group_lost"
    ONE_BELL = "one_bell"
    VIBER_CAP = "viber_cap"
    SMS_CAP = "sms_cap"
    DEAD_LETTER = "dead_letter"
    RESTORED = "restored"
    CONFIRM_REQUEST = "confirm_request"
    SHIPPED = "shipped"
    TTN_CHANGED = "ttn_changed"
    COURIER_LEFT = "courier_left"
    READY_FOR_PICKUP = "ready_for_pickup"
    ARRIVED = "arrived"
    STILL_WAITING = "still_waiting"
    ORDER_CANCELLED = "order_cancelled"
    SELLER_WROTE = "seller_wrote"


class NotificationState(StrEnum):
    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    DELIVERED = "delivered"
    SEEN = "seen"
    FAILED = "failed"
    HELD = "held"
    SKIPPED = "skipped"


GONE_OUT = (
    NotificationState.SENDING,
    NotificationState.SENT,
    NotificationState.DELIVERED,
    NotificationState.SEEN,
)
"""Its words may be with whom they were for."""

OPEN = text("notifications.state IN ('queued', 'sending')")
"""What is still to be sent: said to the database in these words, it finds the rows by their index."""

RECEIPTED = text("notifications.channel <> 'telegram'")
"""What a messenger tells of later: said to the database in these words, it finds the rows by their index."""

HELD = text("notifications.state = 'held' AND notifications.reason <> 'no_chat'")
"""What somebody should look at, found by its index; that a buyer has no chat is nobody's fault."""


class Notification(Base):
    """One message to one person, or to a shop's group. `dedupe` makes it unique per order, recipient, kind and
    generation.

    `account_id` is empty where the recipient is a group, or has no chat with us: the row then says so, at once and
    visibly.
    `repeat` is set when it may have been sent before (a crash or an ambiguous answer): the text says so.
    `told_with`: the first row of the message that told several at once. `paid`: the messenger charges for it.
    `next_at`: when a buyer is told by another way, unless this one has told them (`models/ways.py`).
    """

    __tablename__ = "notifications"
    __table_args__ = (
        Index(
            "ix_notifications_due",
            "priority",
            "due_at",
            sqlite_where=text("state IN ('queued', 'sending')"),
            postgresql_where=text("state IN ('queued', 'sending')"),
        ),
        Index(
            "ix_notifications_held",
            "reason",
            sqlite_where=text("state = 'held' AND reason <> 'no_chat'"),
            postgresql_where=text("state = 'held' AND reason <> 'no_chat'"),
        ),
        Index(
            "ix_notifications_next",
            "next_at",
            sqlite_where=text("next_at IS NOT NULL"),
            postgresql_where=text("next_at IS NOT NULL"),
        ),
        Index(
            "ix_notifications_receipt",
            "message_id",
            sqlite_where=text("message_id IS NOT NULL AND channel <> 'telegram'"),
            postgresql_where=text("message_id IS NOT NULL AND channel <> 'telegram'"),
        ),
        Index(
            "ix_notifications_told_with",
            "told_with",
            sqlite_where=text("told_with IS NOT NULL"),
            postgresql_where=text("told_with IS NOT NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    dedupe: Mapped[str] = mapped_column(String(200), unique=True)
    kind: Mapped[Notice] = mapped_column(word(Notice))
    order_id: Mapped[int | None] = mapped_column(ForeignKey("orders.id"), index=True)
    shop_id: Mapped[int | None] = mapped_column(ForeignKey("shops.id"))
    account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"), index=True)
    member_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"))
    group_id: Mapped[int | None] = mapped_column(ForeignKey("groups.id"))
    event_id: Mapped[int | None] = mapped_column(ForeignKey("order_events.id"))
    recipient: Mapped[str] = mapped_column(String(16))
    channel: Mapped[str] = mapped_column(String(16))
    chat: Mapped[str | None] = mapped_column(String(64))
    priority: Mapped[int] = mapped_column(default=1)
    facts: Mapped[dict[str, Any]]
    created_at: Mapped[datetime]
    due_at: Mapped[datetime]
    state: Mapped[NotificationState] = mapped_column(word(NotificationState))
    reason: Mapped[str | None] = mapped_column(String(200))
    at: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(default=0)
    lease_until: Mapped[datetime | None]
    repeat: Mapped[bool] = mapped_column(default=False)
    message_id: Mapped[str | None] = mapped_column(String(32))
    told_with: Mapped[int | None] = mapped_column(BigInteger)
    next_at: Mapped[datetime | None]
    paid: Mapped[bool] = mapped_column(default=False, server_default=false())


class Card(Base):
    """Where an order's card hangs: in a person's chat or in a group. `due_at` is set when it must be drawn anew (the
    last state only). `seq` is the order's sequence that it shows: where nothing can be drawn anew, a card is sent
    again only for another one."""

    __tablename__ = "cards"
    __table_args__ = (
        UniqueConstraint("channel", "chat", "message_id"),
        Index(
            "ix_cards_due",
            "due_at",
            sqlite_where=text("due_at IS NOT NULL"),
            postgresql_where=text("due_at IS NOT NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"), index=True)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    group_id: Mapped[int | None] = mapped_column(ForeignKey("groups.id"))
    channel: Mapped[str] = mapped_column(String(16))
    chat: Mapped[str] = mapped_column(String(64))
    message_id: Mapped[str] = mapped_column(String(32))
    shown: Mapped[int] = mapped_column(default=0)
    seq: Mapped[int] = mapped_column(default=0, server_default="0")
    attempts: Mapped[int] = mapped_column(default=0)
    due_at: Mapped[datetime | None]


class UpdateTask(StrEnum):
    """How a marketplace learns of a change: `cabinet` waits for a person's `Changed`, `done` is ticked."""

    CABINET = "cabinet"
    DONE = "done"
    DROPPED = "dropped"


UNTICKED = text("marketplace_updates.state = 'cabinet'")
"""What a person must still set in a cabinet: said to the database in these words, it finds the rows by their index."""


class MarketplaceUpdate(Base):
    """A change of status that the marketplace must learn. While no connector writes back, a person does."""

    __tablename__ = "marketplace_updates"
    __table_args__ = (
        Index(
            "ix_marketplace_updates_cabinet",
            "shop_id",
            "order_id",
            sqlite_where=text("state = 'cabinet'"),
            postgresql_where=text("state = 'cabinet'"),
        ),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    shop_id: Mapped[int] = mapped_column(ForeignKey("shops.id"))
    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"), index=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("order_events.id"))
    status: Mapped[str] = mapped_column(String(32))
    ttn: Mapped[str | None] = mapped_column(String(40))
    state: Mapped[UpdateTask] = mapped_column(word(UpdateTask))
    at: Mapped[datetime]
