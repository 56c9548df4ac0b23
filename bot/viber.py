"""Viber's part of the app, built here: its bot, its channel, its door, and what becomes of its events."""

import asyncio
import hashlib
import hmac
import json
import re
from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any

import structlog
from aiohttp import web

from bot.config import Settings
from bot.http import Http
from bot.inbox.store import Arrival, Inbox, viber_body
from bot.inbox.worker import Received
from bot.messengers import viber
from bot.messengers.viber.events import arrival_id
from bot.outbox import charging, receipts
from bot.people import People
from handlers.web import webhooks
from handlers.web.published import Published
from models.base import Clock
from models.db import Database
from models.dialogue import Dialogue
from models.errors import Busy
from models.links import Links
from models.people import Messenger

if TYPE_CHECKING:
    from aiogram import Bot, Dispatcher
    from aiogram.types import Update

    from bot.dialogues import Dialogues
    from bot.messengers.pacing import Pace
    from bot.messengers.viber.channel import ViberChannel
    from bot.messengers.viber.identities import Identities, Known
    from bot.messengers.viber.pressing import Pressed
    from bot.messengers.viber.session import ViberSession
    from bot.messengers.viber.signing import Signer
    from handlers.menus import Menus

log = structlog.get_logger(__name__)

PATIENCE = 3.0
"""Seconds within which the opening of a chat is answered; after some five Viber asks again."""
LIVE = re.compile(r"[ob]:|l:[^:]+:history:0$")
"""What comes first under an order's card, and under what a buyer is told: `OrderButton`, `BuyerButton`, and where there
is only to look, the history of a `LookButton`."""


class Viber:
    """`build` once aiogram is loaded; the door is open before, and what it takes waits in the inbox."""

    def __init__(
        self,
        settings: Settings,
        db: Database,
        clock: Clock,
        http: Http,
        inbox: Inbox,
        people: People,
        links: Links,
    ) -> None:
        self._settings = settings
        self._db = db
        self._clock = clock
        self._http = http
        self._inbox = inbox
        self._people = people
        self._links = links
        self._token = settings.viber_token.get_secret_value()
        self._published = Published(settings.public_url, people.remembers)
        self._waiting: dict[str, asyncio.Future[None]] = {}
        self.bot: Bot
        self.channel: ViberChannel
        self.identities: Identities
        self._session: ViberSession
        self._signer: Signer

    # ------------------------------------------------------------ the door
    def routes(self) -> list[web.RouteDef]:
        door = webhooks.viber_routes(self._inbox.store, self._arrival, self._answer, self._signed)
        return [*door, *self._published.routes()]

    def _signed(self, raw: bytes, said: str) -> bool:
        ours = hmac.new(self._token.encode(), raw, hashlib.sha256).hexdigest()
        return hmac.compare_digest(ours.encode(), said.encode("utf-8", "surrogateescape"))

    def _arrival(self, raw: bytes) -> Arrival:
        return viber_body(str(viber.BOT_ID), raw, arrival_id)

    async def _answer(self, arrival: Arrival) -> str | None:
        """What a talk that was opened is answered with, once it is known; the same again for the same event."""
        event_id = arrival.key.event_id
        try:
            async with asyncio.timeout(PATIENCE):
                while True:
                    done, answer = await self._inbox.answered(arrival.key)
                    if done or answer is not None:
                        return answer or ""
                    waiting = self._waiting.setdefault(event_id, asyncio.get_running_loop().create_future())
                    await asyncio.wait([waiting], timeout=0.5)
        except TimeoutError:
            return None
        finally:
            self._waiting.pop(event_id, None)

    # ------------------------------------------------------------ events
    async def feed(
        self, received: Received, dispatcher: "Dispatcher", dialogues: "Dialogues"
    ) -> Sequence[Dialogue]:
        """What the worker does with an event of Viber's."""
        from bot.messengers.viber import events

        event = received.body
        if events.too_old(event, self._clock()):
            log.warning("old_event_refused", cause=received.cause)
            return []
        told = events.viber_user(event)
        person = None if told is None else await self._person(told.viber_id, event)
        match events.read(event, None if person is None else person.number, self._signer):
            case events.Spoken(update=update) if person is not None:
                return await self._speak(received, update, person, dispatcher, dialogues)
            case events.Receipt(token=token, state=state) if person is not None:
                await self._note(str(person.number), str(token), state)
            case events.Subscription(gone=gone) if person is not None:
                await self.identities.subscribe(person, not gone)
                if gone:
                    await self._people.blocked(Messenger.VIBER, str(person.number))
            case events.Unreadable(why=why):
                raise NotReadable(why)
            case _:
                log.debug("event_left", kind=str(event.get("event"))[:40])
        return []

    async def _person(self, viber_id: str, event: dict[str, Any]) -> "Known | None":
        """Whom an event is about. Nobody is met by a receipt: it tells of what we sent."""
        if event.get("event") in ("delivered", "seen", "failed"):
            number = await self.identities.numbered(viber_id)
            return None if number is None else await self.identities.find(number)
        return await self.identities.meet(viber_id)

    async def _speak(
        self,
        received: Received,
        update: dict[str, Any],
        person: "Known",
        dispatcher: "Dispatcher",
        dialogues: "Dialogues",
    ) -> Sequence[Dialogue]:
        from aiogram.types import Update

        from bot.messengers.viber.keyboards import BEGIN
        from bot.messengers.viber.session import welcoming

        opens = received.body.get("event") == "conversation_started"
        if not opens:
            await self._heard(person)
        if update.get("message", {}).get("text") == BEGIN:
            await self._session.begun(await self.identities.meet(person.viber_id))
            return []
        body = Update.model_validate(update, context={"bot": self.bot})
        with dialogues.collect() as written:
            if not opens:
                await self._handle(received, update, body, dispatcher)
                return written
            with welcoming() as welcome:
                await dispatcher.feed_update(self.bot, body, cause=received.cause, last_try=received.last_try)
        answer = "" if welcome.payload is None else json.dumps(welcome.payload, ensure_ascii=False)
        await self._inbox.keep_answer(received.key, answer)
        if (waiting := self._waiting.get(received.event_id)) is not None and not waiting.done():
            waiting.set_result(None)
        return written

    async def _handle(
        self, received: Received, update: dict[str, Any], body: "Update", dispatcher: "Dispatcher"
    ) -> None:
        """A toast that no screen took along is told at the end; where the press is to be handled again, then."""
        from bot.messengers.viber.pressing import pressing

        last = received.last_try
        with pressing(update.get("callback_query", {}).get("data")) as pressed:
            try:
                await dispatcher.feed_update(self.bot, body, cause=received.cause, last_try=last)
            except Busy:
                raise
            except Exception:
                if last:
                    await self._tell(pressed, last=True)
                raise
            await self._tell(pressed, last=last)

    async def _tell(self, pressed: "Pressed", *, last: bool) -> None:
        from aiogram.exceptions import TelegramAPIError, TelegramForbiddenError

        from bot.messengers.telegram import Undecodable

        toasts, pressed.toasts = pressed.toasts, []
        try:
            for chat, group in groupby(toasts, key=lambda toast: toast.chat):
                await self.bot.send_message(chat, "\n".join(toast.text for toast in group))
        except Undecodable:
            log.debug("toast_undecodable")
        except TelegramForbiddenError:
            log.debug("toast_lost")
        except TelegramAPIError as error:
            if not last:
                raise
            log.warning("toast_lost", error=type(error).__name__)

    async def _heard(self, person: "Known") -> None:
        self._session.heard(person.number)
        if await self.identities.heard(person):
            now = self._clock()
            await self._db.write(lambda session: charging.heard(session, str(person.number), now))

    async def _note(self, chat: str, message_id: str, state: str) -> None:
        """What became of a message that we sent. Why it failed stands in Viber's own words, which nobody reads."""
        now = self._clock()
        await self._db.write(
            lambda session: receipts.note(session, Messenger.VIBER, chat, message_id, state, None, now)
        )

    # ------------------------------------------------------------ the start
    def build(self, pace: "Pace", begin: str) -> None:
        """The bot and its channel. aiogram is loaded by then."""
        from aiogram import Bot

        from bot.erasing import ERASED
        from bot.messengers.viber.channel import ViberChannel
        from bot.messengers.viber.client import ViberClient
        from bot.messengers.viber.identities import Identities
        from bot.messengers.viber.session import ViberSession
        from bot.messengers.viber.signing import Signer

        self.identities = Identities(self._db, self._clock, erased=ERASED)
        self._signer = Signer(hashlib.sha256(b"viber buttons:" + self._links.secret).digest())
        self._session = ViberSession(
            ViberClient(self._http, self._settings.viber_api_url, self._token),
            self.identities,
            self._signer,
            self._http,
            self._clock,
            name=self._settings.viber_name,
            begin=begin,
            live=lambda data: LIVE.match(data) is not None,
            publish=self._published.publish,
        )
        self.bot = Bot(viber.BOT_TOKEN, session=self._session)
        self.channel = ViberChannel(self.bot, self._session, pace, self._links.file_url)

    async def tidy(self) -> None:
        await self.identities.tidy()
        self._published.tidy()

    async def meet(self, menus: "Menus") -> None:
        """Show the menu, say where we are, and learn our name; until Viber answers, again and again."""
        from aiogram.exceptions import TelegramAPIError

        from bot.messengers.telegram import Undecodable

        pause = 1.0
        await menus.everybody(self.bot)
        while True:
            try:
                await self.bot.set_webhook(f"{self._settings.public_url}{webhooks.VIBER_PATH}")
                if self._links.viber is None:
                    self._links.viber = (await self.bot.get_me()).username
            except (TelegramAPIError, Undecodable) as error:
                log.warning("viber_not_met", error=type(error).__name__)
                await asyncio.sleep(pause)
                pause = min(60.0, pause * 2)
            else:
                return


class NotReadable(Exception):
    """An event that says nothing that could be handled: a dead letter, in words that tell nothing of anybody."""
