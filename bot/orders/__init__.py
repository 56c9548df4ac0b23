"""The use cases of orders. A method is one all-or-nothing unit; it returns after the commit.

Doors call these and never see a session. What happened is answered with detached rows, safe to read.
"""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.orders import buyer, find, lists, receive, reminders, search, source
from bot.orders.progress import Asks, Press, perform
from bot.orders.search import Awaiting
from bot.recipients import UNDO
from models.base import Clock
from models.card import Card, load_card
from models.crash import crashpoint
from models.db import Database
from models.errors import NoSuchOrder
from models.intake import BuyerLinks, NewOrder, Receipt, SourceEvent
from models.links import Links
from models.listing import Asked, Holders, Overview, Page
from models.order import Order, OrderEvent
from models.people import Account
from models.search_text import Query
from models.workflow import Action

__all__ = ["Asks", "Orders", "Press"]


class Orders:
    def __init__(
        self, db: Database, clock: Clock, links: Links, *, status_name: Callable[[Order], str]
    ) -> None:
        self._db = db
        self._clock = clock
        self._links = links
        self._status_name = status_name

    # ------------------------------------------------------------ the source
    async def receive(self, shop_id: int, order: NewOrder, *, key: str | None, digest: bytes) -> Receipt:
        """Store an order that came from anywhere; safe to call again. Raises KeyReused, Busy."""
        arrival = receive.Arrival(
            shop_id, order, key, digest, cause=f"api:{shop_id}:{order.number}", now=self._clock()
        )
        received = await self._db.write_with(receive.receive, arrival)
        start = self._links.buyer(received.public_id, received.link_generation)
        return Receipt(
            order_id=received.public_id,
            number=received.number,
            status=received.status,
            buyer=BuyerLinks(start=start, telegram=self._links.start_url(start), viber=None),
            replayed=received.replayed,
        )

    async def happened(
        self, shop_id: int, number: str, event: SourceEvent, *, cause: str
    ) -> dict[str, object]:
        """Follow what happened at the source. Raises NoSuchOrder, NotAllowed, Busy."""

        def unit(session: Session) -> dict[str, object]:
            order = find.for_shop(session, shop_id, number)
            source.happened(session, order, event, cause, self._clock())
            session.flush()
            return source.describe(session, order, self._status_name)

        return await self._db.write(unit)

    async def describe(self, shop_id: int, number: str) -> dict[str, object] | None:
        """The order as its source may see it, or None where this shop has none of that number."""

        def query(session: Session) -> dict[str, object] | None:
            try:
                order = find.for_shop(session, shop_id, number)
            except NoSuchOrder:
                return None
            return source.describe(session, order, self._status_name)

        return await self._db.read(query)

    # ------------------------------------------------------------ the seller
    async def perform(self, press: Press) -> Card:
        """What a member's press asks for; see `bot.orders.progress.perform` for what it raises."""

        def unit(session: Session) -> Card:
            now = self._clock()
            order, member = perform(session, press, now)
            return load_card(session, order, member, now, UNDO)

        return await self._db.write(unit)

    async def did(self, public_id: str, cause: str, action: Action) -> bool:
        """Whether this very cause has done it already: a press that is handled again answers as before."""

        def query(session: Session) -> bool:
            order = session.scalars(select(Order).where(Order.public_id == public_id)).first()
            return order is not None and find.done_before(session, order, cause, action) is not None

        return await self._db.read(query)

    async def card(self, public_id: str, account_id: int) -> Card:
        """The order's card as this member may see it now. Raises NoSuchOrder."""
        return await self._db.read(lambda session: self._card(session, public_id, account_id))

    async def history(self, public_id: str, account_id: int) -> tuple[Order, Sequence[OrderEvent]]:
        """Everything that happened to the order, oldest first. Raises NoSuchOrder."""

        def query(session: Session) -> tuple[Order, Sequence[OrderEvent]]:
            order, _ = find.for_member(session, public_id, account_id)
            events = session.scalars(
                select(OrderEvent).where(OrderEvent.order_id == order.id).order_by(OrderEvent.id)
            ).all()
            return order, events

        return await self._db.read(query)

    async def reply(
        self, public_id: str, account_id: int, text: str, *, cause: str
    ) -> tuple[Order, str | None]:
        """Write to the buyer; also why it does not go now, such as `no_chat`. Raises NoSuchOrder, NotAllowed."""
        return await self._db.write(
            lambda session: buyer.reply(session, public_id, account_id, text, cause, self._clock())
        )

    def buyer_link(self, order: Order) -> tuple[str, str | None]:
        """The buyer's start payload and link, for the member to pass on."""
        start = self._links.buyer(order.public_id, order.link_generation)
        return start, self._links.start_url(start)

    # ------------------------------------------------------------ the buyer
    async def is_link(self, payload: str) -> bool:
        """Whether this is a genuine link of a living order: strangers with a guess are not stored."""
        return await self._db.read(lambda session: buyer.linked(session, self._links, payload) is not None)

    async def open_link(self, payload: str, account: Account) -> buyer.Opened:
        """Tie the order of a link to this account. Raises NoSuchOrder for all that is not genuine or not theirs."""
        try:
            return await self._db.write(
                lambda session: buyer.open_link(session, self._links, payload, account.id, self._clock())
            )
        except NoSuchOrder:
            await self._db.write(
                lambda session: buyer.refuse_second(session, self._links, payload, account, self._clock())
            )
            raise

    async def buyer_confirms(self, public_id: str, account_id: int, *, cause: str) -> Order:
        return await self._db.write(
            lambda session: buyer.confirm(session, public_id, account_id, cause, self._clock())
        )

    async def buyer_cancels(self, public_id: str, account_id: int, *, cause: str) -> Order:
        return await self._db.write(
            lambda session: buyer.cancel(session, public_id, account_id, cause, self._clock())
        )

    async def buyer_asks(self, public_id: str, account_id: int, text: str, *, cause: str) -> Order:
        return await self._db.write(
            lambda session: buyer.ask(session, public_id, account_id, text, cause, self._clock())
        )

    async def buyer_order(self, public_id: str, account_id: int) -> Order:
        """The buyer's own order. Raises NoSuchOrder."""
        return await self._db.read(lambda session: find.for_buyer(session, public_id, account_id))

    async def orders_of(self, account_id: int) -> list[Order]:
        """The orders tied to this buyer, newest first, at most 20."""
        return await self._db.read(lambda session: buyer.orders_of(session, account_id))

    # ------------------------------------------------------------ lists
    async def overview(self, account_id: int, shop_id: int = 0) -> Overview:
        """How many orders stand in each of this person's lists. Raises NoSuchOrder for who sees none."""
        return await self._db.read(
            lambda session: lists.overview(session, account_id, shop_id, self._clock())
        )

    async def listed(self, account_id: int, asked: Asked) -> Page:
        """A page of a list. Raises NoSuchOrder, NotAllowed(role)."""
        return await self._db.read(lambda session: lists.page(session, account_id, asked, self._clock()))

    async def holders(self, account_id: int, shop_id: int = 0) -> Holders:
        """Who holds what. Raises NoSuchOrder, NotAllowed(role)."""
        return await self._db.read(lambda session: lists.holders(session, account_id, shop_id, self._clock()))

    async def search(self, account_id: int, query: Query, page: int = 0) -> Page:
        """What somebody looks for, within their own shops. Raises NoSuchOrder for who sees no orders."""
        return await self._db.read(
            lambda session: search.search(session, account_id, query, page, self._clock())
        )

    async def named(self, account_id: int, number: str) -> list[Order]:
        """The orders that this person may mean by a number. Raises NoSuchOrder for who sees none."""
        return await self._db.read(lambda session: search.named(session, account_id, number))

    async def awaiting(self, account_id: int, text: str) -> list[Awaiting]:
        """What this person could send with a waybill that looks like this. Raises NoSuchOrder."""
        return await self._db.read(lambda session: search.awaiting(session, account_id, text))

    # ------------------------------------------------------------ the clock
    async def snooze(
        self, public_id: str, account_id: int, after: timedelta | None
    ) -> tuple[Order, datetime]:
        """Ring this member again later; see `bot.orders.reminders.snooze`."""
        return await self._db.write(
            lambda session: reminders.snooze(session, public_id, account_id, after, self._clock())
        )

    async def told_together(self, told_with: int, account_id: int) -> list[str]:
        """The orders that one message named to this member, oldest first, by their public ids."""
        return await self._db.read(lambda session: find.told_together(session, told_with, account_id))

    async def remind_due(self) -> int:
        """Queue the reminders of all deadlines that have come; returns how many deadlines were claimed."""
        claimed = 0
        crashpoint("deadlines.before_claim")
        while count := await self._db.write(lambda session: reminders.claim_due(session, self._clock())):
            crashpoint("deadlines.claimed")
            claimed += count
        return claimed

    def _card(self, session: Session, public_id: str, account_id: int) -> Card:
        order, member = find.for_member(session, public_id, account_id)
        return load_card(session, order, member, self._clock(), UNDO)
