"""Shops, who works in them, how they get in, and the keys of their sites."""

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, String, Text, UniqueConstraint, false, true
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, BigId, word
from models.people import Account
from models.roles import Role


class Shop(Base):
    """`marketplace` names a workflow; `hours` is `WorkSchedule.to_json()`, its zone included; `steps`, where the
    shop has chosen its own, are the minutes at which it is reminded, JSON by the limit's kind.

    `texts`, where it has its own, are its words for buyers, JSON by `models.template_text.Text`. `buyer_confirms`:
    the buyer's "all is right" confirms an order that needs no call. `advised_at`: when the owners were told to
    switch off the marketplace's own notices; `silenced_at`: when one of them said that it is done. `viber`: messages
    that Viber charges for may be sent, in a month at most `viber_cap` of them where there is a cap. `sms_cap`: SMS a
    day. `mail`: the address to which is written what nobody of the shop can be told in a chat.
    """

    __tablename__ = "shops"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    name: Mapped[str] = mapped_column(String(100))
    marketplace: Mapped[str] = mapped_column(String(32))
    hours: Mapped[str] = mapped_column(Text)
    steps: Mapped[str | None] = mapped_column(Text)
    texts: Mapped[str | None] = mapped_column(Text)
    buyer_confirms: Mapped[bool] = mapped_column(default=False, server_default=false())
    advised_at: Mapped[datetime | None]
    silenced_at: Mapped[datetime | None]
    viber: Mapped[bool] = mapped_column(default=True, server_default=true())
    viber_cap: Mapped[int | None]
    sms_cap: Mapped[int] = mapped_column(default=50, server_default="50")
    mail: Mapped[str | None] = mapped_column(String(64))
    created_at: Mapped[datetime]


class Member(Base):
    """A person's place in a shop. Not `active`: asked for it (by `invite_id`) and no owner has said yes yet; or,
    without one, was refused, was removed, or left.

    `signature` is the name under which buyers read what they write; `quiet_from` and `quiet_until` are minutes of
    the shop's day, between which nothing makes a sound, as nothing does without `sound`.
    """

    __tablename__ = "members"
    __table_args__ = (UniqueConstraint("shop_id", "account_id"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    shop_id: Mapped[int] = mapped_column(ForeignKey("shops.id"))
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    role: Mapped[Role] = mapped_column(word(Role))
    active: Mapped[bool] = mapped_column(default=True)
    name: Mapped[str] = mapped_column(String(200), default="")
    invite_id: Mapped[int | None] = mapped_column(ForeignKey("invites.id"))
    joined_at: Mapped[datetime]
    signature: Mapped[str | None] = mapped_column(String(40))
    on_shift: Mapped[bool] = mapped_column(default=True)
    sound: Mapped[bool] = mapped_column(default=True)
    quiet_from: Mapped[int | None]
    quiet_until: Mapped[int | None]

    account: Mapped[Account] = relationship(lazy="joined")
    shop: Mapped[Shop] = relationship(lazy="joined")


class Invite(Base):
    """Single use, 24 hours, kept as SHA-256; a revoked one has ended before. `binds_at_once`: printed by the terminal
    for an owner."""

    __tablename__ = "invites"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    shop_id: Mapped[int] = mapped_column(ForeignKey("shops.id"))
    role: Mapped[Role] = mapped_column(word(Role))
    digest: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    binds_at_once: Mapped[bool] = mapped_column(default=False)
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class ApiKey(Base):
    """A shop's key for `/api/`, kept as SHA-256, shown once.

    `used_at`: a moment of the day on which it opened the door last; `cause`: the press that made it.
    """

    __tablename__ = "api_keys"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    shop_id: Mapped[int] = mapped_column(ForeignKey("shops.id"))
    digest: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    created_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    used_at: Mapped[datetime | None]
    cause: Mapped[str | None] = mapped_column(String(160), unique=True, index=True)
