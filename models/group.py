"""A shop's group chat: orders ring in it instead of in its people's private chats (house 8.13)."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String, select, text
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from models.base import Base, BigId, word
from models.people import Messenger
from models.shop import Shop


class Group(Base):
    """A chat tied to a shop, until `ended_at`; a shop has one at a time, a chat may serve several shops.

    `moved_from` is the number that the chat had before it became a supergroup: old messages still bear it.
    """

    __tablename__ = "groups"
    __table_args__ = (
        Index(
            "ix_groups_bound",
            "shop_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    shop_id: Mapped[int] = mapped_column(ForeignKey("shops.id"))
    messenger: Mapped[Messenger] = mapped_column(word(Messenger))
    chat: Mapped[str] = mapped_column(String(64), index=True)
    moved_from: Mapped[str | None] = mapped_column(String(64))
    title: Mapped[str] = mapped_column(String(200))
    language: Mapped[str] = mapped_column(String(8), default="uk")
    bound_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    ended_why: Mapped[str | None] = mapped_column(String(32))

    shop: Mapped[Shop] = relationship(lazy="joined")


class GroupLink(Base):
    """What ties a group to a shop: single use, 24 hours, kept as SHA-256. `group_id`: what it was used for."""

    __tablename__ = "group_links"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    shop_id: Mapped[int] = mapped_column(ForeignKey("shops.id"))
    digest: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    group_id: Mapped[int | None] = mapped_column(ForeignKey("groups.id"))


def group_of(session: Session, shop_id: int) -> Group | None:
    """The group in which a shop's orders ring now."""
    return session.scalars(select(Group).where(Group.shop_id == shop_id, Group.ended_at.is_(None))).first()
