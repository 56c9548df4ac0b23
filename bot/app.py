"""The composition root: settings in, a wired app out. The only place that builds things.

The web doors open first and answer before aiogram is loaded (house 1.12); what needs aiogram is imported where
it is built.
"""

import asyncio
import gc
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING

import structlog
from aiohttp import web
from sqlalchemy import make_url

from bot import VERSION
from bot.condition import Condition
from bot.config import Settings
from bot.fallbacks import Fallbacks
from bot.http import Http
from bot.inbox.lanes import telegram_lane
from bot.inbox.letters import Letters
from bot.inbox.store import TELEGRAM, VIBER, Inbox
from bot.inbox.worker import Received, Worker
from bot.l10n import Words
from bot.metrics import Metrics
from bot.orders import Orders
from bot.people import People
from bot.secret import open_to_others, secret_key
from bot.shops import Shops
from bot.shops.groups import Groups
from bot.tasks import Tasks
from bot.telegram import Telegram
from bot.viber import Viber
from handlers.web.auth import Pace
from handlers.web.buyer_page import BuyerPage
from handlers.web.files import FilesPage
from handlers.web.listen import Runner, listen
from handlers.web.server import Limits, build
from models import migrate
from models.base import Clock
from models.crash import crashpoint
from models.db import Database
from models.dialogue import Dialogue
from models.disk import Ballast, Space
from models.leader import Leadership
from models.links import Links
from models.order import Order
from models.people import Messenger
from scheduler.ticks import Tick, Ticks, guarded

if TYPE_CHECKING:
    from bot.messengers.pacing import Limits as PaceLimits
    from bot.outbox.blanking import Blanking
    from bot.outbox.delivery import Delivery
    from handlers.menus import Menus

log = structlog.get_logger(__name__)

REMIND_SECONDS = 15.0
WAYS_SECONDS = 5.0
SMS_SECONDS = 30.0
PRUNE_SECONDS = 3600.0
BALLAST_SECONDS = 5.0
BLANK_SECONDS = 5.0
MENUS_SECONDS = 60.0


def utc_now() -> datetime:
    return datetime.now(UTC)  # noqa: TID251 - the one clock of the machine, handed to everybody


@lru_cache
def words_in(language: str) -> Words:
    return Words(language)


def status_name(order: Order) -> str:
    """The marketplace's own name of the order's status, in Ukrainian as it is there."""
    return words_in("uk")(f"{order.workflow.name}-state-{order.state}")


class App:
    """`start` opens the doors and then the conversation; `stop` closes both cleanly."""

    def __init__(
        self,
        settings: Settings,
        *,
        clock: Clock = utc_now,
        monotonic: Callable[[], float] = time.monotonic,
        limits: Limits | None = None,
        pace: "PaceLimits | None" = None,
        poll_seconds: float = 30.0,
        http: Http | None = None,
        space: Space | None = None,
        ballast: bool = False,
    ) -> None:
        """`ballast`: 16 MiB are kept beside SQLite's file for the day on which the disk is full."""
        self.settings = settings
        self.clock = clock
        self.metrics = Metrics(VERSION, make_url(settings.database_url).get_backend_name())
        self.db = Database(settings.database_url, watch=self.metrics)
        self.links = Links(
            secret_key(settings.secret_key.get_secret_value(), self.db.url),
            settings.bot_username or None,
            settings.public_url or None,
            settings.viber_uri or None,
        )
        self._http = http or Http()
        self._fallbacks = Fallbacks(settings, self.db, clock, self._http)
        self.orders = Orders(
            self.db,
            clock,
            self.links,
            status_name=status_name,
            watch=self.metrics,
            fallbacks=self._fallbacks.ways,
        )
        self.shops = Shops(self.db, clock, monotonic=monotonic)
        self.groups = Groups(self.db, clock, self.links)
        self.people = People(self.db, clock)
        self.inbox = Inbox(self.db, clock)
        self.letters = Letters(self.db, clock, self.inbox, settings.admin_ids)
        self.delivery: Delivery | None = None
        self.blanking: Blanking | None = None
        self.worker: Worker | None = None
        self._monotonic = monotonic
        self._limits = limits or Limits()
        self._pace = pace
        self._poll_seconds = poll_seconds
        self._space = space or Space(self.db.url, monotonic=monotonic)
        self._ballast = Ballast(self.db.url, self._space) if ballast else None
        self._telegram = (
            Telegram(settings, self._http, self.inbox, self.links)
            if settings.bot_token.get_secret_value()
            else None
        )
        self._viber = (
            Viber(settings, self.db, clock, self._http, self.inbox, self.people, self.links)
            if settings.viber_token.get_secret_value()
            else None
        )
        talks = self._telegram is not None or self._viber is not None
        self._condition = Condition(self.db, clock, self._space, self.metrics, converses=talks)
        self._tasks = Tasks()
        self._leadership = Leadership(self.db)
        self._runner: Runner | None = None
        self._ticks: Ticks | None = None
        self._poller: asyncio.Task[None] | None = None
        self._menus: Menus | None = None

    @property
    def url(self) -> str:
        """Where the web doors are, once started."""
        if self._runner is None:
            raise RuntimeError("not started")
        host, port = self._runner.addresses[0][:2]
        return f"http://{host}:{port}"

    async def start(self) -> None:
        await migrate.bring_up(self.db)
        self.db.start()
        for path in open_to_others(self.db.url):
            log.warning("file_open_to_others", file=path.name, do="chmod 600")
        self._runner = await listen(self._web(), self.settings.host, self.settings.port)
        log.info("listening", url=self.url)
        await asyncio.to_thread(_load_conversation)
        await self._leadership.take()
        crashpoint("leader.taken")
        await self._meet_copy()
        if self._telegram is not None or self._viber is not None:
            await self._start_talk()
        self._ticks = Ticks(self._every())
        self._ticks.start()
        log.info("started")

    def freeze(self) -> None:
        """For a process that runs this app alone: what was loaded lives as long as it does, so that the collector
        need not walk aiogram's models again and again (S1's p99 went from 96 to 41-58 ms)."""
        gc.collect()
        gc.freeze()

    async def stop(self) -> None:
        """New orders are refused, what is on its way is finished, then everything closes (R10)."""
        self._condition.shutting_down = True
        if self._poller is not None:
            self._poller.cancel()
        if self._ticks is not None:
            self._ticks.stop()
        if self.worker is not None:
            await self.worker.stop(4.0)
        if self.delivery is not None:
            await self.delivery.stop(4.0)
        if self._runner is not None:
            await self._runner.cleanup()
        await self._tasks.stop()
        await self._http.close()
        await self._leadership.give_up()
        await self.db.stop()
        log.info("stopped")

    async def tick(self) -> None:
        """Every tick at once: the clock has moved (tests and the demo leap)."""
        for tick in self._every():
            await guarded(tick)
        if self.delivery is not None:
            self.delivery.nudge()

    def _every(self) -> Sequence[Tick]:
        ticks = [
            Tick("deadlines", REMIND_SECONDS, self.orders.remind_due),
            Tick("sms", SMS_SECONDS, self._fallbacks.ask),  # what was delivered meanwhile needs no other way
            Tick("ways", WAYS_SECONDS, self._fallbacks.route),
            Tick("prune_inbox", PRUNE_SECONDS, self.inbox.prune),
            Tick("tidy", PRUNE_SECONDS, self.people.tidy),
            Tick("key_uses", PRUNE_SECONDS, self.shops.note_key_uses),
        ]
        if self._ballast is not None:
            ticks.append(Tick("ballast", BALLAST_SECONDS, self._ballast.balance))
        if self.blanking is not None:
            ticks.append(Tick("blank", BLANK_SECONDS, self.blanking.run))
        if self._viber is not None:
            ticks.append(Tick("viber", PRUNE_SECONDS, self._viber.tidy))
        if self._menus is not None:
            ticks.append(Tick("menus", MENUS_SECONDS, self._menus.catch_up))
        return ticks

    def _web(self) -> web.Application:
        pace = Pace(self._limits.per_second, self._limits.burst)
        routes = [
            *BuyerPage(self.orders, words_in("uk"), pace).routes(),
            *FilesPage(self.orders, pace).routes(),
        ]
        for messenger in (self._telegram, self._viber):
            routes += messenger.routes() if messenger is not None else ()
        return build(
            self.shops,
            self.orders,
            ready=self._condition.ready,
            now=self.clock,
            limits=self._limits,
            shutting_down=lambda: self._condition.shutting_down,
            full=lambda: self._space.low,
            amiss=self._condition.amiss,
            measure=self._condition.measure,
            registry=self.metrics.registry,
            routes=routes,
        )

    async def _meet_copy(self) -> None:
        """On the first start of a copy, before anything rings."""
        from bot.outbox import restored

        aside = await self.db.write(lambda session: restored.meet(session, self.clock()))
        if aside is not None:
            log.warning("started_from_a_copy", put_aside=aside)

    async def _start_talk(self) -> None:
        """One conversation, whatever messengers it is held in."""
        from aiogram import Bot, Dispatcher

        from bot.dialogues import Dialogues
        from bot.messengers import viber
        from bot.messengers.base import Channel
        from bot.messengers.pacing import Pace
        from bot.messengers.viber import events
        from bot.outbox.blanking import Blanking
        from bot.outbox.cards import Cards
        from bot.outbox.delivery import Delivery
        from handlers import routers
        from handlers.guesses import Guesses
        from handlers.menus import Menus

        bots: dict[Messenger, Bot] = {}
        channels: dict[str, Channel] = {}
        if self._telegram is not None:
            self._telegram.build(Pace(self._monotonic, self._pace))
            bots[Messenger.TELEGRAM] = self._telegram.bot
            channels[Messenger.TELEGRAM] = self._telegram.channel
        if self._viber is not None:
            self._viber.build(Pace(self._monotonic, self._pace), words_in("uk")("viber-begin"))
            bots[Messenger.VIBER] = self._viber.bot
            channels[Messenger.VIBER] = self._viber.channel
        channels |= self._fallbacks.build(self._monotonic)
        dialogues = Dialogues(self.db, {viber.BOT_ID: Messenger.VIBER})
        dispatcher = Dispatcher(storage=dialogues)
        menus = self._menus = Menus(bots, self.people, words_in)
        dispatcher.workflow_data.update(
            orders=self.orders,
            shops=self.shops,
            groups=self.groups,
            people=self.people,
            cards=Cards(self.db, self.clock),
            links=self.links,
            guesses=Guesses(self.clock),
            letters=self.letters,
            menus=menus,
            ways=frozenset(channels),
        )
        routers.setup(dispatcher, self.people, words_in)

        async def feed(received: Received) -> Sequence[Dialogue]:
            by = self._viber if received.channel == VIBER else self._telegram
            if by is None:
                raise LookupError(
                    received.channel
                )  # its messenger was switched off: a dead letter, in case it returns
            return await by.feed(received, dispatcher, dialogues)

        self.delivery = Delivery(self.db, self.clock, channels, words_in, self.metrics, self.links)
        self.blanking = Blanking(self.db, self.clock, channels, words_in)
        self.worker = Worker(
            self.db,
            feed,
            on_dead=lambda received, error: self.letters.died(received.key, error),
            on_revived=lambda received: self.letters.revived(received.key),
            lanes={TELEGRAM: telegram_lane, VIBER: events.lane_of},
        )
        self.metrics.count(self.worker)
        self.inbox.hand_to(self.worker.take)
        await self.delivery.start()
        await self.letters.catch_up()
        self.worker.start()
        self._condition.delivery = self.delivery
        if self._viber is not None:
            self._tasks.start(self._viber.meet(menus), name="viber: who am I")
        if self._telegram is not None:
            self._tasks.start(self._telegram.meet(menus), name="telegram: who am I")
            if self._telegram.polls:
                poller = self._telegram.poller(self._poll_seconds)
                self._condition.poller = poller
                self._poller = self._tasks.start(poller.run(), name="telegram: polling")


def _load_conversation() -> None:
    """aiogram and all that draws with it, aside: for seconds the doors would not answer (S7, R13)."""
    from bot.messengers import deferred  # noqa: F401 - before whatever else loads aiogram

    # isort: split
    from bot.messengers import telegram_media  # noqa: F401
    from bot.outbox import blanking, delivery, restored  # noqa: F401
    from handlers import menus, routers  # noqa: F401
