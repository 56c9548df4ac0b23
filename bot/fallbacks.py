"""SMS and e-mail, built here where their settings are: what a buyer is told by where no messenger tells them."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

import structlog
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.config import Settings
from bot.http import Http
from bot.outbox import receipts, routing
from models.base import Clock
from models.db import Database
from models.outbox import RECEIPTED, Notification, NotificationState
from models.ways import EMAIL, SMS

if TYPE_CHECKING:
    from bot.messengers.base import Channel
    from bot.messengers.turbosms import SmsChannel

log = structlog.get_logger(__name__)

ASKED_FOR = timedelta(days=2)
"""How long the fate of an SMS is asked for: TurboSMS keeps trying a phone for a day."""
AT_MOST = 5000
"""SMS that are asked for in one look, a hundred a request: phones that are off for a day starve no other."""


class Fallbacks:
    """`ways`: which of them this installation has."""

    def __init__(self, settings: Settings, db: Database, clock: Clock, http: Http) -> None:
        self._settings = settings
        self._db = db
        self._clock = clock
        self._http = http
        self._sms: SmsChannel | None = None

    @property
    def ways(self) -> frozenset[str]:
        on = {
            SMS: self._settings.turbosms_token.get_secret_value(),
            EMAIL: self._settings.smtp_url.get_secret_value(),
        }
        return frozenset(way for way, setting in on.items() if setting)

    def build(self, monotonic: Callable[[], float]) -> "dict[str, Channel]":
        """Their channels, by name."""
        from bot.messengers.mail import LIMITS as MAIL_LIMITS
        from bot.messengers.mail import MailChannel, Server
        from bot.messengers.pacing import Pace
        from bot.messengers.turbosms import LIMITS, SmsChannel

        settings = self._settings
        channels: dict[str, Channel] = {}
        if SMS in self.ways:
            self._sms = channels[SMS] = SmsChannel(
                self._http,
                settings.turbosms_api_url,
                settings.turbosms_token.get_secret_value(),
                settings.turbosms_sender,
                Pace(monotonic, LIMITS),
                viber_seconds=settings.turbosms_viber_seconds,
            )
        if EMAIL in self.ways:
            server = Server.parse(settings.smtp_url.get_secret_value())
            channels[EMAIL] = MailChannel(
                server,
                settings.mail_from,
                Pace(monotonic, MAIL_LIMITS),
                self._clock,
                seconds=self._http.seconds,  # one patience for all wires
            )
        return channels

    async def route(self) -> None:
        """Whoever was not told in time is told by the next way. What became of an SMS is asked first: after a night
        in which nobody ran, it may have told them long ago."""
        if await self._db.read(self._overdue):
            await self.ask()
        while (
            await self._db.write(lambda session: routing.advance(session, self.ways, self._clock()))
            >= routing.AT_ONCE
        ):
            continue

    async def ask(self) -> None:
        """What became of the SMS that are out."""
        from bot.messengers.base import Undeliverable
        from bot.messengers.turbosms_codes import SmsState

        if self._sms is None:
            return
        out = await self._db.read(self._unsettled)
        if not out:
            return
        try:
            told = await self._sms.statuses([message_id for message_id, _ in out])
        except Undeliverable as fault:
            log.warning("sms_not_asked", reason=fault.reason)
            return
        for message_id, chat in out:
            status = told.get(message_id)
            if status is not None and status.state is not SmsState.WAITING:
                note = partial(
                    receipts.note,
                    channel=SMS,
                    chat=chat,
                    message_id=message_id,
                    state=str(status.state),
                    reason=status.reason,
                    now=self._clock(),
                )
                await self._db.write(note)

    def _overdue(self, session: Session) -> bool:
        """Whether the time of an SMS is up."""
        due = select(Notification.id).where(
            Notification.next_at.is_not(None),
            Notification.next_at <= self._clock(),
            Notification.channel == SMS,
            Notification.state == NotificationState.SENT,
        )
        return session.scalar(due.limit(1)) is not None

    def _unsettled(self, session: Session) -> list[tuple[str, str]]:
        rows = session.execute(
            select(Notification.message_id, Notification.chat)
            .where(
                RECEIPTED,
                Notification.channel == SMS,
                Notification.state == NotificationState.SENT,
                Notification.message_id.is_not(None),
                Notification.at > self._clock() - ASKED_FOR,
            )
            .order_by(Notification.id.desc())
            .limit(AT_MOST)
        )
        return [(str(message_id), chat or "") for message_id, chat in rows]
