"""The use cases of orders. A method is one all-or-nothing unit; it returns after the commit.

Doors call these and never see a session. What happened is answered with detached rows, safe to read.
"""

from collections.abc import Callable, Collection, Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.orders import (
    buyer,
    by_hand,
    chat,
    find,
    holding,
    in_group,
    lists,
    notes,
    reaching,
    receive,
    reminders,
    search,
    several,
    source,
    waiting,
)
from bot.orders.progress import Asks, Press, perform
from bot.orders.search import Awaiting
from bot.orders.talking import Talking
from bot.recipients import UNDO
from models.base import Clock
from models.card import Card, load_card
from models.colleagues import colleagues_of
from models.crash import crashpoint
from models.db import Database
from models.draft import Draft
from models.errors import NoSuchOrder
from models.glimpse import Glimpse
from models.intake import BuyerLinks, NewOrder, Receipt, SourceEvent
from models.links import Links
from models.listing import Asked, Holders, Overview, Page
from models.note import Note
from models.order import Order, OrderEvent
from models.people import Account
from models.search_text import Query
from models.shop import Member
from models.terms import today_of
from models.watch import Watch
from models.ways import SMS
from models.workflow import Action

__all__ = ["Asks", "Orders", "Press"]


class Orders(Talking):
    def __init__(
        self,
        db: Database,
        clock: Clock,
        links: Links,
        *,
        status_name: Callable[[Order], str],
        watch: Watch | None = None,
        fallbacks: Collection[str] = (),
    ) -> None:
        """`fallbacks`: by which ways a buyer without a chat can be told, of `models.ways.FALLBACKS`."""
        self._db = db
        self._clock = clock
        self._links = links
        self._status_name = status_name
        self._watch = watch or Watch()
        self._fallbacks = fallbacks

    # ------------------------------------------------------------ the source
    async def receive(self, shop_id: int, order: NewOrder, *, key: str | None, digest: bytes) -> Receipt:
        """Store an order that came from anywhere; safe to call again. Raises KeyReused, Busy."""
        cause, now = f"api:{shop_id}:{order.number}", self._clock()
        arrival = receive.Arrival(shop_id, order, key, digest, cause, now, fallbacks=bool(self._fallbacks))
        received = await self._db.write_with(receive.receive, arrival)
        if not received.replayed:
            self._watch.accepted(str(order.source))
        start = self._links.buyer(received.public_id, received.link_generation)
        return Receipt(
            order_id=received.public_id,
            number=received.number,
            status=received.status,
            buyer=BuyerLinks(
                start=start, telegram=self._links.start_url(start), viber=self._links.viber_url(start)
            ),
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
    async def create(self, shop_id: int, account_id: int, draft: Draft, *, cause: str) -> tuple[Card, bool]:
        """An order by hand: its card, and whether it is new; see `bot.orders.by_hand.create`."""

        def unit(session: Session) -> tuple[Card, bool]:
            now = self._clock()
            order, member, made = by_hand.create(session, shop_id, account_id, draft, cause, now)
            return load_card(session, order, member, now, UNDO), made

        return await self._db.write(unit)

    async def numbered(self, shop_id: int, account_id: int, number: str) -> Card | None:
        """The card of the shop's order of this number, to who is about to make one. Raises NoSuchOrder,
        NotAllowed(role)."""

        def query(session: Session) -> Card | None:
            found = by_hand.numbered(session, shop_id, account_id, number)
            return None if found is None else load_card(session, *found, self._clock(), UNDO)

        return await self._db.read(query)

    async def perform(self, press: Press) -> Card:
        """What a member's press asks for; see `bot.orders.progress.perform` for what it raises."""

        def unit(session: Session) -> Card:
            now = self._clock()
            return load_card(session, *perform(session, press, now), now, UNDO)

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

    async def history(
        self, public_id: str, account_id: int
    ) -> tuple[Order, Sequence[OrderEvent], Sequence[Note]]:
        """Everything that happened to the order, oldest first, and its internal notes, for whom may see them.
        Raises NoSuchOrder."""

        def query(session: Session) -> tuple[Order, Sequence[OrderEvent], Sequence[Note]]:
            order, member = find.for_member(session, public_id, account_id)
            events = session.scalars(
                select(OrderEvent).where(OrderEvent.order_id == order.id).order_by(OrderEvent.id)
            ).all()
            return order, events, notes.notes_of(session, order, member)

        return await self._db.read(query)

    async def note(self, public_id: str, account_id: int, text: str, *, cause: str) -> Order:
        """Keep an internal note (R12). Raises NoSuchOrder, NotAllowed(role)."""
        return await self._db.write(
            lambda session: notes.note(session, public_id, account_id, text, cause, self._clock())
        )

    async def colleagues(self, public_id: str, account_id: int) -> tuple[Card, Sequence[Member]]:
        """The order's card, and who could hold it. Raises NoSuchOrder."""

        def query(session: Session) -> tuple[Card, Sequence[Member]]:
            card = self._card(session, public_id, account_id)
            return card, colleagues_of(session, card.order)

        return await self._db.read(query)

    async def reach(self, public_id: str, by: int, how: Action, said: str = "", *, cause: str) -> Card:
        """What somebody did about a buyer whom nothing had reached; see `bot.orders.reaching.reach`."""

        def unit(session: Session) -> Card:
            now, sms = self._clock(), SMS in self._fallbacks
            reached = reaching.reach(session, public_id, by, how, said, cause, now, sms=sms)
            return load_card(session, *reached, now, UNDO)

        return await self._db.write(unit)

    async def hand_over(self, public_id: str, account_id: int, to: int, *, cause: str) -> Card:
        """Another member holds the order; see `bot.orders.holding.hand_over` for what it raises."""

        def unit(session: Session) -> Card:
            now = self._clock()
            handed = holding.hand_over(session, public_id, account_id, to, cause, now)
            return load_card(session, *handed, now, UNDO)

        return await self._db.write(unit)

    async def erase(self, public_id: str, account_id: int, *, cause: str) -> Order:
        """Erase the buyer of a closed order, as an owner may. Raises NoSuchOrder, NotAllowed(role, erase_open)."""
        return await self._db.write(
            lambda session: buyer.erase(session, public_id, account_id, cause, self._clock())
        )

    def buyer_link(self, order: Order) -> tuple[str, str | None]:
        """The buyer's start payload and link, for the member to pass on."""
        start = self._links.buyer(order.public_id, order.link_generation)
        return start, self._links.buyer_url(start)

    async def renew_link(
        self, public_id: str, account_id: int, generation: int, *, cause: str, untie: bool
    ) -> Card:
        """Let the buyer's link open nothing any more; see `bot.orders.chat.renew_link`. The card as it is now."""

        def unit(session: Session) -> Card:
            chat.renew_link(session, public_id, account_id, generation, cause, self._clock(), untie=untie)
            return self._card(session, public_id, account_id)

        return await self._db.write(unit)

    async def glimpse(self, payload: str) -> Glimpse | None:
        """What a stranger may see behind a buyer's link, None where it opens nothing (1.8.9)."""

        def query(session: Session) -> Glimpse | None:
            order = buyer.linked(session, self._links, payload)
            return None if order is None else chat.glimpse_of(order, payload, self._links)

        return await self._db.read(query)

    # ------------------------------------------------------------ the shop's group
    async def check_group(self, public_id: str, account_id: int, chat: str) -> None:
        """Whether a member of the order's shop stands in its group. Raises NoSuchOrder for anybody else,
        NotAllowed(not_our_group) where the chat is the shop's group no longer."""
        await self._db.read(lambda session: in_group.check(session, public_id, account_id, chat))

    async def show_contact(self, public_id: str, account_id: int, *, cause: str) -> Card:
        """The order with its buyer in full, for this member alone; the history says who looked. Raises NoSuchOrder,
        NotAllowed(role)."""
        return await self._db.write(
            lambda session: in_group.show_contact(session, public_id, account_id, cause, self._clock())
        )

    async def whispered(self, public_id: str, account_id: int, message_id: str) -> None:
        """This message in a member's own chat tells of the order's buyer: it is blanked when they are forgotten.
        Raises NoSuchOrder."""
        await self._db.write(lambda session: in_group.whispered(session, public_id, account_id, message_id))

    async def named_in_group(self, told_with: int, chat: str) -> list[Order]:
        """All orders that one message of a group named, oldest first, whose shops still ring there."""
        return await self._db.read(lambda session: in_group.named(session, told_with, chat))

    # ------------------------------------------------------------ the buyer
    async def is_link(self, payload: str) -> bool:
        """Whether this is a genuine link of a living order: strangers with a guess are not stored."""
        return await self._db.read(lambda session: buyer.linked(session, self._links, payload) is not None)

    async def open_link(self, payload: str, account: Account, *, shown: bool = False) -> buyer.Opened:
        """Tie the order of a link to this account. Raises NoSuchOrder for all that is not genuine or not theirs."""
        try:
            return await self._db.write(
                lambda session: buyer.open_link(
                    session, self._links, payload, account.id, self._clock(), shown=shown
                )
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

    async def buyer_wishes(
        self,
        public_id: str,
        account_id: int,
        wish: Action,
        *,
        cause: str,
        until: date | None = None,
        text: str | None = None,
    ) -> Order:
        """What the buyer says about goods that wait; see `bot.orders.waiting.wish`."""
        return await self._db.write(
            lambda session: waiting.wish(
                session, public_id, account_id, wish, cause, self._clock(), until=until, text=text
            )
        )

    def today_of(self, order: Order) -> date:
        """The date on the wall of the order's shop."""
        return today_of(order.shop, self._clock())

    async def buyer_order(self, public_id: str, account_id: int) -> Order:
        """The buyer's own order. Raises NoSuchOrder."""
        return await self._db.read(lambda session: find.for_buyer(session, public_id, account_id))

    async def buyers_orders(self, account_id: int, page: int = 0) -> several.OrdersPage:
        """A page of the orders tied to this buyer: those under way first, the newest before the older."""
        return await self._db.read(lambda session: several.of_buyer(session, account_id, page))

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
        while (
            done := await self._db.write(lambda session: reminders.claim_due(session, self._clock()))
        ).looked:
            crashpoint("deadlines.claimed")
            claimed += done.looked
            for late in done.late:
                self._watch.reminded(late.total_seconds())
        return claimed

    def _card(self, session: Session, public_id: str, account_id: int) -> Card:
        order, member = find.for_member(session, public_id, account_id)
        return load_card(session, order, member, self._clock(), UNDO)
