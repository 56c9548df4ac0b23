"""Where cards hang: a handler that drew one itself says so here, so that the outbox keeps it up to date."""

from functools import partial

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from bot.notify import OUTBOX
from bot.outbox.redrawing import Place, hang_card
from models.base import Clock
from models.card import Card as CardView
from models.db import Database, wake
from models.group import group_of
from models.order import Order
from models.outbox import Card


class Cards:
    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    async def shown(
        self, card: CardView, *, account_id: int, channel: str, chat: str, message_id: str
    ) -> None:
        """This message shows the order's card now; it is drawn anew when the order moves on."""

        def unit(session: Session) -> None:
            now = self._clock()
            order = card.order
            place = Place(channel, chat, account_id)
            hung = hang_card(session, order.id, place, message_id, order.version, now)
            if hung.due_at is None or hung.due_at > now:
                hung.due_at = card.undo_until

        await self._db.write(unit)

    async def hang_in_group(self, card: CardView, *, channel: str, chat: str, message_id: str) -> None:
        """This message of the shop's group is to show the order's card as it is now, drawn when the pace of a group
        admits it; nothing where another order's card hangs there, or the chat is not the shop's."""

        def unit(session: Session) -> None:
            order, group = card.order, group_of(session, card.order.shop_id)
            here = (Card.channel == channel, Card.chat == chat, Card.message_id == message_id)
            hangs = session.scalars(select(Card).where(*here)).first()
            if group is None or group.chat != chat or (hangs is not None and hangs.order_id != order.id):
                return
            place = Place(channel, chat, group_id=group.id)
            hung = hang_card(session, order.id, place, message_id, order.version, self._clock())
            hung.due_at = self._clock()
            wake(session, OUTBOX)

        await self._db.write(unit)

    async def order_of(self, *, account_id: int, channel: str, chat: str, message_id: str) -> str | None:
        """The public id of the order whose card this message of this account shows now, None where it shows none."""
        return await self._db.read(
            lambda session: session.scalars(
                select(Order.public_id)
                .join(Card, Card.order_id == Order.id)
                .where(
                    Card.account_id == account_id,
                    Card.channel == channel,
                    Card.chat == chat,
                    Card.message_id == message_id,
                )
            ).first()
        )

    async def covered(self, *, channel: str, chat: str, message_id: str) -> None:
        """This message shows something else now: it must not be drawn over."""
        await self._db.write(partial(_forget, channel=channel, chat=chat, message_id=message_id))


def _forget(session: Session, channel: str, chat: str, message_id: str) -> None:
    session.execute(
        delete(Card).where(Card.channel == channel, Card.chat == chat, Card.message_id == message_id)
    )
