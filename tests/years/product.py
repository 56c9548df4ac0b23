"""The same year on the product's own use cases and a database, without a messenger: the outbox is what was told."""

import heapq
import itertools
import random
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.orders import Asks, Orders, Press
from bot.recipients import REMINDERS
from bot.shops import Shops
from models.db import Database
from models.deadline import Deadline
from models.errors import NotAllowed
from models.intake import BuyerCancelled, NewOrder, PaymentChanged, PaymentStatus
from models.links import Links
from models.order import Order as StoredOrder
from models.outbox import Notification
from models.people import Account, Messenger
from models.workflow import Action, Ask
from tests.stage import TOKEN, order
from tests.years.hours import ShopHours, at, when
from tests.years.judge import Ring, Seen, Watched, judge
from tests.years.rows import schedule_of
from tests.years.world import END, AShop, Machine, Order, Story, shops, stories

_PRESSES = {
    "takes": Action.TAKE,
    "talks": Action.TALKED,
    "misses": Action.NO_ANSWER,
    "confirms": Action.CONFIRM,
    "cancels": Action.CANCEL,
    "ready": Action.READY,
    "collected": Action.RECEIVED,
    "ticks": Action.TICK,
    "undo": Action.UNDO,
}


@dataclass(slots=True)
class Followed:
    """An order in the product, and what we know of it ourselves."""

    number: str
    public_id: str
    shop: int
    order: Order
    watched: Watched


class Product:
    """`now` is what the machine's clock shows."""

    def __init__(self, db: Database) -> None:
        self.db = db
        self.now = when(0)
        links = Links(TOKEN.encode())
        self.orders = Orders(db, self._clock, links, status_name=lambda stored: stored.state)
        self.shops = Shops(db, self._clock)
        self.owner = 0
        self.ids: dict[int, int] = {}
        self.by_id: dict[int, Followed] = {}
        self._last = 0
        self._causes = itertools.count(1)

    def _clock(self) -> datetime:
        return self.now

    async def opens(self, shop: AShop) -> None:
        opened = await self.shops.open(f"shop {shop.number}", "rozetka", schedule_of(shop.hours[0][1]))
        account = await self.db.write(self._account)
        self.owner = account.id
        await self.shops.join(opened.invite.start, account, "Олена")
        self.ids[shop.number] = opened.shop.id

    def _account(self, session: Session) -> Account:
        account = session.scalars(select(Account)).first()
        if account is None:
            account = Account(messenger=Messenger.TELEGRAM, external_id="1", created_at=self.now)
            session.add(account)
            session.flush()
        return account

    async def receives(self, story: Story, shop: AShop, hours: ShopHours) -> Followed:
        mine = story.order
        mine.off_hours = not hours.shop.is_open(mine.created)
        body = order(
            created_at=when(mine.created).isoformat(),
            delivery={"carrier": "pickup"},
            payment={"method": "card", "status": "pending" if mine.unpaid else "paid"},
            do_not_call=mine.do_not_call,
        )
        form = NewOrder.read(body, now=self.now)
        receipt = await self.orders.receive(self.ids[shop.number], form, key=None, digest=form.digest())
        stored = await self.db.read(
            lambda session: session.scalar(
                select(StoredOrder.id).where(StoredOrder.public_id == receipt.order_id)
            )
        )
        assert stored is not None
        watched = Watched([Seen(story.arrives, replace(mine, tasks=[]), hours)], [])
        followed = Followed(receipt.number, receipt.order_id, self.ids[shop.number], mine, watched)
        self.by_id[stored] = followed
        return followed

    async def does(self, followed: Followed, verb: str) -> bool:
        cause = f"update:{next(self._causes)}"
        shop, number = followed.shop, followed.number
        try:
            if verb == "paid":
                event = PaymentChanged(type="payment_changed", status=PaymentStatus.PAID)
                await self.orders.happened(shop, number, event, cause=cause)
            elif verb == "buyer_cancels":
                await self.orders.happened(shop, number, BuyerCancelled(type="buyer_cancelled"), cause=cause)
            else:
                said = {Ask.REASON: "changed_mind"} if verb == "cancels" else {}
                press = Press(_PRESSES[verb], followed.public_id, self.owner, cause, said=said)
                await self.orders.perform(press)
        except (NotAllowed, Asks):
            return False
        return True

    async def next_due(self) -> int | None:
        due = await self.db.read(
            lambda session: session.scalar(
                select(func.min(Deadline.due_at)).where(Deadline.done_at.is_(None))
            )
        )
        return None if due is None else at(due)

    async def ticks(self, real: int) -> None:
        if not await self.orders.remind_due():
            return
        for order_id, facts in await self.db.read(self._told):
            watched = self.by_id[order_id].watched
            for kind, step, _ in facts["due"]:
                watched.rings.append(Ring(real, len(watched.seen) - 1, kind, step))

    def _told(self, session: Session) -> list[tuple[int, dict[str, Any]]]:
        rows = session.scalars(
            select(Notification)
            .where(Notification.id > self._last, Notification.kind.in_(REMINDERS))
            .order_by(Notification.id)
        ).all()
        if rows:
            self._last = rows[-1].id
        return [(row.order_id, row.facts) for row in rows if row.order_id is not None]


async def year(db: Database, many: int, seed: int, *, of_shops: int = 6) -> Counter[str]:
    """The counts of `judge` for a year of so many orders."""
    rng = random.Random(seed)
    machine = Machine(rng, outages=25)
    there = shops(rng, of_shops, machine)
    product = Product(db)
    product.now = when(machine.reading(machine.up(0)))
    for shop in there:
        await product.opens(shop)
    order_of = itertools.count()
    todo: list[tuple[int, int, Callable[[int], Awaitable[None]]]] = []

    def later(real: int, act: Callable[[int], Awaitable[None]]) -> None:
        heapq.heappush(todo, (real, next(order_of), act))

    async def changes_hours(shop: AShop, hours: ShopHours, real: int) -> None:
        await product.shops.set_hours(product.ids[shop.number], product.owner, schedule_of(hours))
        for followed in product.by_id.values():
            if followed.shop == product.ids[shop.number]:
                _sees(followed, real, hours)

    async def acts(followed: Followed, shop: AShop, verb: str, real: int) -> None:
        did = followed.order.does(verb, at(product.now))
        assert await product.does(followed, verb) is did or verb == "paid", (verb, followed.order)
        if did:
            _sees(followed, real, shop.at(real))

    async def arrives(story: Story, shop: AShop, real: int) -> None:
        followed = await product.receives(story, shop, shop.at(real))
        for moment, verb in story.acts:
            later(moment, partial(acts, followed, shop, verb))

    for shop in there:
        for since, hours in shop.hours[1:]:
            later(since, partial(changes_hours, shop, hours))
    for story in stories(rng, machine, many):
        later(story.arrives, partial(arrives, story, rng.choice(there)))
    real = machine.up(0)
    while True:
        due = await product.next_due()
        tick = END if due is None else machine.tick(real, due)
        if todo and todo[0][0] <= tick:
            real, _, act = heapq.heappop(todo)
            product.now = when(machine.reading(real))
            await act(real)
        elif tick < END:
            real = tick
            product.now = when(machine.reading(real))
            await product.ticks(real)
        else:
            break
    found: Counter[str] = Counter()
    for followed in product.by_id.values():
        found += judge(machine, followed.watched, last_tells_all=True)
    return found


def _sees(followed: Followed, real: int, hours: ShopHours) -> None:
    order = followed.order
    followed.watched.seen.append(Seen(real, replace(order, tasks=list(order.tasks)), hours))
