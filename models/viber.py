"""People on Viber: the number under which we know each, and what their chat shows and has heard (facts: viber, 4).

Viber names a person by a text of its own for each bot. Everywhere else a chat is a number, so each gets one: from
2^52 up, where none of Telegram's lies, and still within a BIGINT.
"""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import String, delete, func, or_, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import Base, BigId
from models.outbox import Notification, NotificationState
from models.people import Account, Messenger
from models.shop import Shop
from models.terms import schedule_of, today_of

FIRST = 2**52
SESSION = timedelta(hours=24)
"""What is written to a person so long after their last message costs nothing; later each message does."""
STRANGER = timedelta(hours=48)
"""How long somebody is remembered who is nobody's buyer and works in no shop."""


class ViberUser(Base):
    """`heard_at`: their last message or press. `subscribed`: Viber takes messages for them. `menu`: the commands of
    their chat and their words in order, None for everybody's. `slot`: the keyboard that lies open in the chat,
    which has but one, without the menu's rows; so it is sent along with whatever comes meanwhile.
    """

    __tablename__ = "viber_users"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    viber_id: Mapped[str] = mapped_column(String(255), unique=True)
    subscribed: Mapped[bool] = mapped_column(default=False)
    heard_at: Mapped[datetime | None]
    met_at: Mapped[datetime]
    menu: Mapped[dict[str, Any] | None]
    slot: Mapped[dict[str, Any] | None]

    @property
    def number(self) -> int:
        return FIRST + self.id


def is_viber(number: int) -> bool:
    return number >= FIRST


def user_of(session: Session, number: int) -> ViberUser | None:
    return session.get(ViberUser, number - FIRST) if is_viber(number) else None


def forget_user(session: Session, chat: str) -> str | None:
    """Nobody can be written to under this number any more. Returns what Viber called them."""
    user = user_of(session, int(chat)) if chat.isdecimal() else None
    if user is None:
        return None
    session.delete(user)
    return user.viber_id


def subscribed(session: Session, chat: str) -> bool:
    """Whether Viber takes messages for this person."""
    user = user_of(session, int(chat))
    return user is not None and user.subscribed


def session_open(session: Session, chat: str, now: datetime) -> bool:
    """Whether what this person is written now belongs to a talk that they began (and costs nothing)."""
    user = user_of(session, int(chat))
    return user is not None and user.heard_at is not None and now - user.heard_at < SESSION


def forget_strangers(session: Session, now: datetime) -> None:
    """Who only looked in is nobody we know: their number on Viber is kept no longer."""
    known = set(session.scalars(select(Account.external_id).where(Account.messenger == Messenger.VIBER)))
    old = session.scalars(select(ViberUser).where(ViberUser.met_at < now - STRANGER))
    gone = [user.id for user in old if str(user.number) not in known]
    if gone:
        session.execute(delete(ViberUser).where(ViberUser.id.in_(gone)))


def paid_this_month(session: Session, shop: Shop, now: datetime) -> int:
    """Messages of this shop that were charged since the first of the month, by its own calendar."""
    count = session.scalar(
        select(func.count())
        .select_from(Notification)
        .where(
            Notification.shop_id == shop.id,
            Notification.channel == Messenger.VIBER,
            Notification.paid,
            or_(Notification.told_with.is_(None), Notification.told_with == Notification.id),
            Notification.state.not_in((NotificationState.HELD, NotificationState.SKIPPED)),
            Notification.at >= month_of(shop, now),
        )
    )
    return count or 0


def month_of(shop: Shop, now: datetime) -> datetime:
    return schedule_of(shop).at(today_of(shop, now).replace(day=1), 0)
