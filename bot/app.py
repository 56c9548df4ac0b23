"""The composition root: settings in, a wired app out. The only place that builds things.

The web doors open first and answer before aiogram is loaded (house 1.12); what needs aiogram is imported where
it is built.
"""

import asyncio
import gc
import time
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

import structlog
from aiohttp import web
from prometheus_client import CollectorRegistry
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.config import Settings
from bot.http import Http
from bot.inbox.polling import Poller
from bot.inbox.store import KEPT, Inbox, dead_since
from bot.inbox.worker import Received, Worker
from bot.l10n import Words
from bot.notify import tell_admins
from bot.orders import Orders
from bot.people import People
from bot.secret import secret_key
from bot.shops import Shops
from bot.tasks import Tasks
from handlers.web import webhooks
from handlers.web.listen import Runner, listen
from handlers.web.server import Limits, build
from models import migrate
from models.base import Clock
from models.crash import crashpoint
from models.db import Database
from models.dialogue import Dialogue
from models.leader import Leadership
from models.links import Links
from models.order import Order
from models.outbox import OPEN, Notification
from scheduler.ticks import Tick, Ticks, guarded

if TYPE_CHECKING:
    from aiogram import Bot, Dispatcher

    from bot.dialogues import Dialogues
    from bot.messengers.pacing import Limits as PaceLimits
    from bot.outbox.delivery import Delivery

log = structlog.get_logger(__name__)

UPDATES = ("message", "edited_message", "callback_query", "my_chat_member")
REMIND_SECONDS = 15.0
PRUNE_SECONDS = 3600.0
LATE = timedelta(minutes=5)
"""An outbox whose oldest due row is older is not ready (contract 3)."""


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
    ) -> None:
        self.settings = settings
        self.clock = clock
        self.db = Database(settings.database_url)
        self.links = Links(
            secret_key(settings.secret_key.get_secret_value(), self.db.url), settings.bot_username or None
        )
        self.orders = Orders(self.db, clock, self.links, status_name=status_name)
        self.shops = Shops(self.db, clock, monotonic=monotonic)
        self.people = People(self.db, clock)
        self.inbox = Inbox(self.db, clock)
        self.delivery: Delivery | None = None
        self.worker: Worker | None = None
        self._monotonic = monotonic
        self._limits = limits or Limits()
        self._pace = pace
        self._poll_seconds = poll_seconds
        self._http = http or Http()
        self._tasks = Tasks()
        self._leadership = Leadership(self.db)
        self._runner: Runner | None = None
        self._ticks: Ticks | None = None
        self._poller: asyncio.Task[None] | None = None
        self._shutting_down = False
        self._registry = CollectorRegistry()

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
        await self.db.run(migrate.upgrade)
        self.db.start()
        self._runner = await listen(self._web(), self.settings.host, self.settings.port)
        log.info("listening", url=self.url)
        await self._leadership.take()
        crashpoint("leader.taken")
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
        self._shutting_down = True
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
        return (
            Tick("deadlines", REMIND_SECONDS, self.orders.remind_due),
            Tick("prune_inbox", PRUNE_SECONDS, self.inbox.prune),
            Tick("key_uses", PRUNE_SECONDS, self.shops.note_key_uses),
        )

    def _web(self) -> web.Application:
        routes: list[web.RouteDef] = []
        if self.token and self.settings.telegram_updates == "webhook":
            routes += webhooks.routes(
                self.inbox.store,
                self.settings.telegram_webhook_secret.get_secret_value(),
                bot_id=self.token.partition(":")[0],
            )
        return build(
            self.shops,
            self.orders,
            ready=self._ready,
            now=self.clock,
            limits=self._limits,
            shutting_down=lambda: self._shutting_down,
            registry=self._registry,
            routes=routes,
        )

    async def _ready(self) -> str | None:
        """Why orders and updates are not taken now, in a word; None when they are."""
        if self._shutting_down:
            return "shutting_down"
        now = self.clock()

        def oldest(session: Session) -> datetime | None:
            return session.scalar(select(func.min(Notification.due_at)).where(OPEN))

        due = await self.db.read(oldest)
        if due is not None and now - due > LATE:
            return "notifications_late"
        if self.token and (self.worker is None or self.delivery is None):
            return "starting"
        return self.delivery.trouble if self.delivery is not None else None

    async def _start_telegram(self) -> None:
        from aiogram import Bot, Dispatcher

        from bot.dialogues import Dialogues
        from bot.messengers.pacing import Pace
        from bot.messengers.telegram import TelegramChannel, TelegramSession
        from bot.outbox.cards import Cards
        from bot.outbox.delivery import Delivery
        from handlers import routers
        from handlers.guesses import Guesses

        pace = Pace(self._monotonic, self._pace)
        session = TelegramSession(self._http, self.settings.telegram_api_url, pace)
        bot = Bot(self.token, session=session)
        dialogues = Dialogues(self.db)
        dispatcher = Dispatcher(storage=dialogues)
        dispatcher.workflow_data.update(
            orders=self.orders,
            shops=self.shops,
            people=self.people,
            cards=Cards(self.db, self.clock),
            guesses=Guesses(self.clock),
        )
        routers.setup(dispatcher, self.people, words_in)
        self.delivery = Delivery(
            self.db, self.clock, {"telegram": TelegramChannel(bot, session, pace)}, words_in
        )
        self.worker = Worker(self.db, feeder(dispatcher, bot, dialogues), on_dead=self._tell_admins)
        self.inbox.hand_to(self.worker.take)
        await self.delivery.start()
        await self.db.write(self._tell_of_dead_letters)
        self.worker.start()
        self._tasks.start(self._meet_telegram(bot), name="telegram: who am I")
        if self.settings.telegram_updates == "polling":
            poller = Poller(
                self._http.session,
                self.inbox.store,
                api_url=self.settings.telegram_api_url,
                token=self.token,
                allowed_updates=UPDATES,
                timeout=self._poll_seconds,
            )
            self._poller = self._tasks.start(poller.run(), name="telegram: polling")

    async def _meet_telegram(self, bot: "Bot") -> None:
        """Learn our username and, for webhooks, say where we are; until Telegram answers, again and again."""
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
                crashpoint("telegram.met")
            except (TelegramAPIError, Undecodable) as error:
                log.warning("telegram_not_met", error=type(error).__name__)
                await asyncio.sleep(pause)
                pause = min(60.0, pause * 2)
            else:
                return

    def _tell_of_dead_letters(self, session: Session) -> None:
        """A crash between a dead letter and its notice swallows the notice; each is queued once."""
        now = self.clock()
        for cause, error in dead_since(session, now - KEPT):
            tell_admins(session, self.settings.admin_ids, cause, error, now)

    async def _tell_admins(self, received: Received, error: str) -> None:
        await self.db.write(
            lambda session: tell_admins(session, self.settings.admin_ids, received.cause, error, self.clock())
        )


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
