"""The use cases of what buyer and seller write to each other: a part of `Orders`."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from bot.orders import attaching, buyer, find, in_group
from models.base import Clock
from models.card import Card
from models.db import Database
from models.errors import NotAllowed
from models.file import Attachment
from models.file_text import Served
from models.message import Message
from models.order import Order
from models.roles import CAN, Ability
from models.talk import Line, talk_of


class Talking:
    _db: Database
    _clock: Clock

    async def reply(
        self,
        public_id: str,
        account_id: int,
        text: str,
        *,
        cause: str,
        attachment: Attachment | None = None,
    ) -> buyer.Replied:
        """Write to the buyer, and whether that goes now; see `bot.orders.buyer.reply` for what it raises."""
        return await self._db.write(
            lambda session: buyer.reply(
                session, public_id, account_id, text, cause, self._clock(), attachment
            )
        )

    async def talk(self, public_id: str, account_id: int) -> tuple[Order, Sequence[Line]]:
        """What buyer and seller wrote to each other, oldest first (R39 G63). Raises NoSuchOrder, NotAllowed(role)."""

        def query(session: Session) -> tuple[Order, Sequence[Line]]:
            order, member = find.for_member(session, public_id, account_id)
            if Ability.SEE_BUYER not in CAN[member.role]:
                raise NotAllowed("role")
            return order, talk_of(session, order)

        return await self._db.read(query)

    async def file_of(self, public_id: str, account_id: int, file_id: int) -> tuple[str, bytes] | None:
        """A file of the order by name and bytes, None where it has gone. Raises NoSuchOrder, NotAllowed(role)."""
        return await self._db.read(lambda session: in_group.file_of(session, public_id, account_id, file_id))

    async def buyer_asks(
        self,
        public_id: str,
        account_id: int,
        text: str,
        *,
        cause: str,
        attachment: Attachment | None = None,
    ) -> Order:
        """Pass a buyer's words on; see `bot.orders.buyer.ask` for what it raises."""
        return await self._db.write(
            lambda session: buyer.ask(session, public_id, account_id, text, cause, self._clock(), attachment)
        )

    async def buyer_may_send(self, public_id: str, account_id: int, size: int) -> None:
        """Whether a file of so many bytes is worth fetching. Raises NoSuchOrder, NotAllowed(too_fast, too_big,
        too_much)."""

        def query(session: Session) -> None:
            find.for_buyer(session, public_id, account_id)
            buyer.check_pace(session, account_id, size, self._clock())

        await self._db.read(query)

    async def served(self, token: str) -> Served | None:
        """The file behind an address; None for what is not there, or not any more."""
        return await self._db.read(lambda session: attaching.served(session, token, self._clock()))

    async def last_asked(self, public_id: str, account_id: int) -> tuple[Card, Message | None]:
        """What the buyer wrote last. Raises NoSuchOrder, NotAllowed(role)."""
        return await self._db.read(
            lambda session: in_group.last_asked(session, public_id, account_id, self._clock())
        )
