"""Where cards hang: a handler that drew one itself says so here, so that the outbox keeps it up to date."""

from functools import partial

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from bot.outbox.redrawing import hang_card
from models.base import Clock
from models.card import Card as CardView
from models.db import Database
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
            hung = hang_card(session, order.id, account_id, channel, chat, message_id, order.version, now)
            if hung.due_at is None or hung.due_at > now:
                hung.due_at = card.undo_until

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
