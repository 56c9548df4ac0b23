"""Telegram's part of the app, built here: its bot, its channel, its receiver, and what becomes of its updates."""

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING

import structlog
from aiohttp import web

from bot.config import Settings
from bot.http import Http
from bot.inbox.polling import Poller
from bot.inbox.store import Inbox
from bot.inbox.worker import Received
from handlers.web import webhooks
from models.crash import crashpoint
from models.dialogue import Dialogue
from models.links import Links

if TYPE_CHECKING:
    from aiogram import Bot, Dispatcher

    from bot.dialogues import Dialogues
    from bot.messengers.pacing import Pace
    from bot.messengers.telegram_media import TelegramMediaChannel
    from handlers.menus import Menus

log = structlog.get_logger(__name__)

UPDATES = ("message", "edited_message", "callback_query", "my_chat_member")


class Telegram:
    """`build` once aiogram is loaded; the door of a webhook is open before, and what it takes waits in the inbox."""

    def __init__(self, settings: Settings, http: Http, inbox: Inbox, links: Links) -> None:
        self._settings = settings
        self._http = http
        self._inbox = inbox
        self._links = links
        self.bot: Bot
        self.channel: TelegramMediaChannel

    @property
    def token(self) -> str:
        return self._settings.bot_token.get_secret_value()

    @property
    def polls(self) -> bool:
        return self._settings.telegram_updates == "polling"

    def routes(self) -> list[web.RouteDef]:
        if self.polls:
            return []
        return webhooks.routes(
            self._inbox.store,
            self._settings.telegram_webhook_secret.get_secret_value(),
            bot_id=self.token.partition(":")[0],
        )

    def build(self, pace: "Pace") -> None:
        """The bot and its channel. aiogram is loaded by then."""
        from aiogram import Bot

        from bot.messengers.telegram import TelegramSession, build_models
        from bot.messengers.telegram_media import TelegramMediaChannel

        session = TelegramSession(self._http, self._settings.telegram_api_url, pace)
        self.bot = Bot(self.token, session=session)
        self.channel = TelegramMediaChannel(self.bot, session, pace)
        build_models()

    async def feed(
        self, received: Received, dispatcher: "Dispatcher", dialogues: "Dialogues"
    ) -> Sequence[Dialogue]:
        """What the worker does with an update: aiogram's dispatcher, its dialogues' changes handed back."""
        from aiogram.types import Update

        update = Update.model_validate(received.body, context={"bot": self.bot})
        with dialogues.collect() as written:
            await dispatcher.feed_update(self.bot, update, cause=received.cause, last_try=received.last_try)
        return written

    def poller(self, seconds: float) -> Poller:
        return Poller(
            self._http.session,
            self._inbox.store,
            api_url=self._settings.telegram_api_url,
            token=self.token,
            allowed_updates=UPDATES,
            timeout=seconds,
        )

    async def meet(self, menus: "Menus") -> None:
        """Learn our username, show the menu and, for webhooks, say where we are; until Telegram answers, again and
        again."""
        from aiogram.exceptions import TelegramAPIError

        from bot.messengers.telegram import Undecodable

        pause = 1.0
        while True:
            try:
                crashpoint("telegram.before_meet")
                if self._links.telegram is None:
                    self._links.telegram = (await self.bot.get_me()).username
                if not self.polls:
                    await self.bot.set_webhook(
                        f"{self._settings.public_url}{webhooks.TELEGRAM_PATH}",
                        secret_token=self._settings.telegram_webhook_secret.get_secret_value(),
                        allowed_updates=list(UPDATES),
                    )
                await menus.everybody(self.bot)
                crashpoint("telegram.met")
            except (TelegramAPIError, Undecodable) as error:
                log.warning("telegram_not_met", error=type(error).__name__)
                await asyncio.sleep(pause)
                pause = min(60.0, pause * 2)
            else:
                return
