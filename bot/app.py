"""The composition root: settings in, a wired app out. The only place that builds things.

The web doors open first and answer before aiogram is loaded (house 1.12); what needs aiogram is imported where
it is built.
"""

import asyncio
import gc
import time
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING

import structlog
from aiohttp import web
from sqlalchemy import make_url

from bot import VERSION
from bot.condition import Condition
from bot.config import Settings
from bot.http import Http
from bot.inbox.letters import Letters
from bot.inbox.polling import Poller
from bot.inbox.store import Inbox
from bot.inbox.worker import Received, Worker
from bot.l10n import Words
from bot.metrics import Metrics
from bot.orders import Orders
from bot.people import People
from bot.secret import open_to_others, secret_key
from bot.shops import Shops
from bot.shops.groups import Groups
from bot.tasks import Tasks
from handlers.web import webhooks
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
from scheduler.ticks import Tick, Ticks, guarded

if TYPE_CHECKING:
    from aiogram import Bot, Dispatcher

    from bot.dialogues import Dialogues
    from bot.messengers.pacing import Limits as PaceLimits
    from bot.outbox.blanking import Blanking
    from bot.outbox.delivery import Delivery
    from handlers.menus import Menus

log = structlog.get_logger(__name__)

UPDATES = ("message", "edited_message", "callback_query", "my_chat_member")
REMIND_SECONDS = 15.0
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
        )
        self.orders = Orders(self.db, clock, self.links, status_name=status_name, watch=self.metrics)
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
        self._http = http or Http()
        self._space = space or Space(self.db.url, monotonic=monotonic)
        self._ballast = Ballast(self.db.url, self._space) if ballast else None
        self._condition = Condition(self.db, clock, self._space, self.metrics, converses=bool(self.token))
        self._tasks = Tasks()
        self._leadership = Leadership(self.db)
        self._runner: Runner | None = None
        self._ticks: Ticks | None = None
        self._poller: asyncio.Task[None] | None = None
        self._menus: Menus | None = None

    @property
    def token(self) -> str:
        return self.settings.bot_token.get_secret_value()

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
        if self.token:
            await self._start_telegram()
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
            Tick("prune_inbox", PRUNE_SECONDS, self.inbox.prune),
            Tick("tidy", PRUNE_SECONDS, self.people.tidy),
            Tick("key_uses", PRUNE_SECONDS, self.shops.note_key_uses),
        ]
        if self._ballast is not None:
            ticks.append(Tick("ballast", BALLAST_SECONDS, self._ballast.balance))
        if self.blanking is not None:
            ticks.append(Tick("blank", BLANK_SECONDS, self.blanking.run))
        if self._menus is not None:
            ticks.append(Tick("menus", MENUS_SECONDS, self._menus.catch_up))
        return ticks

    def _web(self) -> web.Application:
        pace = Pace(self._limits.per_second, self._limits.burst)
        routes = [
            *BuyerPage(self.orders, words_in("uk"), pace).routes(),
            *FilesPage(self.orders, pace).routes(),
        ]
        if self.token and self.settings.telegram_updates == "webhook":
            routes += webhooks.routes(
                self.inbox.store,
                self.settings.telegram_webhook_secret.get_secret_value(),
                bot_id=self.token.partition(":")[0],
            )
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

    async def _start_telegram(self) -> None:
        from aiogram import Bot, Dispatcher

        from bot.dialogues import Dialogues
        from bot.messengers.pacing import Pace
        from bot.messengers.telegram import TelegramSession, build_models
        from bot.messengers.telegram_media import TelegramMediaChannel
        from bot.outbox.blanking import Blanking
        from bot.outbox.cards import Cards
        from bot.outbox.delivery import Delivery
        from handlers import routers
        from handlers.guesses import Guesses
        from handlers.menus import Menus

        pace = Pace(self._monotonic, self._pace)
        session = TelegramSession(self._http, self.settings.telegram_api_url, pace)
        bot = Bot(self.token, session=session)
        dialogues = Dialogues(self.db)
        dispatcher = Dispatcher(storage=dialogues)
        menus = self._menus = Menus(bot, self.people, words_in)
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
        )
        routers.setup(dispatcher, self.people, words_in)
        channels = {"telegram": TelegramMediaChannel(bot, session, pace)}
        self.delivery = Delivery(self.db, self.clock, channels, words_in, self.metrics)
        self.blanking = Blanking(self.db, self.clock, channels, words_in)
        self.worker = Worker(
            self.db,
            feeder(dispatcher, bot, dialogues),
            on_dead=lambda received, error: self.letters.died(received.key, error),
            on_revived=lambda received: self.letters.revived(received.key),
        )
        self.metrics.count(self.worker)
        self.inbox.hand_to(self.worker.take)
        build_models()
        await self.delivery.start()
        await self.letters.catch_up()
        self.worker.start()
        self._condition.delivery = self.delivery
        self._tasks.start(self._meet_telegram(bot, menus), name="telegram: who am I")
        if self.settings.telegram_updates == "polling":
            poller = Poller(
                self._http.session,
                self.inbox.store,
                api_url=self.settings.telegram_api_url,
                token=self.token,
                allowed_updates=UPDATES,
                timeout=self._poll_seconds,
            )
            self._condition.poller = poller
            self._poller = self._tasks.start(poller.run(), name="telegram: polling")

    async def _meet_telegram(self, bot: "Bot", menus: "Menus") -> None:
        """Learn our username, show the menu and, for webhooks, say where we are; until Telegram answers, again and
        again."""
        from aiogram.exceptions import TelegramAPIError

        from bot.messengers.telegram import Undecodable

        pause = 1.0
        while True:
            try:
                crashpoint("telegram.before_meet")
                if self.links.telegram is None:
                    self.links.telegram = (await bot.get_me()).username
                if self.settings.telegram_updates == "webhook":
                    await bot.set_webhook(
                        f"{self.settings.public_url}{webhooks.TELEGRAM_PATH}",
                        secret_token=self.settings.telegram_webhook_secret.get_secret_value(),
                        allowed_updates=list(UPDATES),
                    )
                await menus.everybody()
                crashpoint("telegram.met")
            except (TelegramAPIError, Undecodable) as error:
                log.warning("telegram_not_met", error=type(error).__name__)
                await asyncio.sleep(pause)
                pause = min(60.0, pause * 2)
            else:
                return


def _load_conversation() -> None:
    """aiogram and all that draws with it, aside: for seconds the doors would not answer (S7, R13)."""
    from bot.messengers import deferred  # noqa: F401 - before whatever else loads aiogram

    # isort: split
    from bot.messengers import telegram_media  # noqa: F401
    from bot.outbox import blanking, delivery, restored  # noqa: F401
    from handlers import menus, routers  # noqa: F401


def feeder(
    dispatcher: "Dispatcher", bot: "Bot", dialogues: "Dialogues"
) -> Callable[[Received], Awaitable[Sequence[Dialogue]]]:
    """What the worker does with an update: aiogram's dispatcher, its dialogues' changes handed back."""
    from aiogram.types import Update

    async def feed(received: Received) -> Sequence[Dialogue]:
        update = Update.model_validate(received.body, context={"bot": bot})
        with dialogues.collect() as written:
            await dispatcher.feed_update(bot, update, cause=received.cause, last_try=received.last_try)
        return written

    return feed
