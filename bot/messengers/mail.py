"""E-mail by the shop's own SMTP server. What a server took, nobody has read yet: `sent` never counts as told (C14)."""

import re
import ssl
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP as SMTP_POLICY
from email.utils import format_datetime, make_msgid, parseaddr
from typing import Any
from urllib.parse import unquote, urlsplit

import aiosmtplib
import structlog

from bot.messengers.base import Sent, Undeliverable
from bot.messengers.mail_faults import sorted_fault
from bot.messengers.oneway import ACCOUNT_PAUSE, OneWay
from bot.messengers.pacing import Limits, Pace
from bot.messengers.plain import plain

log = structlog.get_logger(__name__)

LIMITS = Limits(bot_per_second=5, chat_per_second=1)
SECONDS = 15.0
"""How long a server may take for one answer."""
MOST_SUBJECT = 120
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


@dataclass(frozen=True, slots=True)
class Server:
    """Where mails are handed in. STARTTLS is used where it is offered, and insisted on before a password goes out."""

    host: str
    port: int
    user: str = ""
    password: str = field(default="", repr=False)
    tls: bool = False

    @classmethod
    def parse(cls, url: str) -> "Server":
        """Of smtp://user:password@host:587 or smtps://...:465; user and password percent-encoded."""
        parts = urlsplit(url)
        tls = parts.scheme == "smtps"
        return cls(
            parts.hostname or "",
            parts.port or (465 if tls else 587),
            unquote(parts.username or ""),
            unquote(parts.password or ""),
            tls,
        )

    def client(self, seconds: float) -> aiosmtplib.SMTP:
        private = bool(self.password) and self.host not in _LOOPBACK
        return aiosmtplib.SMTP(
            hostname=self.host,
            port=self.port,
            username=self.user or None,
            password=self.password or None,
            use_tls=self.tls,
            start_tls=False if self.tls else True if private else None,
            local_hostname="localhost",
            timeout=seconds,
        )


class MailChannel(OneWay):
    """The outbox's way to mailboxes. `chat` is an address; `once` becomes the Message-ID, by which mailboxes know a
    repeat; `clock` dates the mail."""

    name = "email"

    def __init__(
        self,
        server: Server,
        sender: str,
        pace: Pace,
        clock: Callable[[], datetime],
        *,
        seconds: float = SECONDS,
    ) -> None:
        super().__init__(pace)
        self._seconds = seconds
        self._server = server
        name, address = parseaddr(sender)
        self._from = Address(name, addr_spec=address)
        self._clock = clock

    async def send(
        self, chat: str, text: str, markup: Any, *, silent: bool = False, once: str | None = None
    ) -> Sent:
        """Send the screen's words, the first line as the subject. Raises Undeliverable."""
        try:
            mail, address = self._mail(chat, plain(text), once)
        except Undeliverable:
            self._pace.release(chat)
            raise
        try:
            await self._hand_in(mail, address)
        finally:
            self._pace.done(chat)
        return Sent(once)

    async def ping(self) -> None:
        """Whether the server is there and takes user and password. Raises Undeliverable."""
        await self._hand_in(None, "")

    def _mail(self, chat: str, text: str, once: str | None) -> tuple[EmailMessage, str]:
        address = _address(chat)
        mail = EmailMessage(policy=SMTP_POLICY)
        mail["From"] = self._from
        mail["To"] = address
        mail["Subject"] = subject(text)
        mail["Date"] = format_datetime(self._clock())
        mail["Message-ID"] = (
            f"<{once}@{self._from.domain}>" if once is not None else make_msgid(domain=self._from.domain)
        )
        mail["Auto-Submitted"] = "auto-generated"  # RFC 3834: no holiday notice answers it
        mail.set_content(text, cte="base64")
        return mail, address.addr_spec

    async def _hand_in(self, mail: EmailMessage | None, address: str) -> None:
        client, handed = self._server.client(self._seconds), False
        try:
            await client.connect()
            if mail is None:
                await client.noop()
            else:
                await client.mail(self._from.addr_spec)
                await client.rcpt(address)
                handed = True
                await client.data(mail.as_bytes())
        except (aiosmtplib.SMTPException, ssl.SSLError, OSError, ValueError) as error:
            raise self._learn(sorted_fault(error, handed=handed)) from None
        else:
            with suppress(aiosmtplib.SMTPException, OSError):
                await client.quit()
        finally:
            client.close()
        if self._trouble is not None:
            self._trouble = None
            log.info("smtp_takes_mails_again")

    def _learn(self, fault: Undeliverable) -> Undeliverable:
        """What is wrong with the account holds for everybody."""
        if fault.pause is not None:
            self._trouble = fault.reason
            if self._pace.pause(ACCOUNT_PAUSE):
                log.error("smtp_takes_nothing", reason=fault.reason, again_in=ACCOUNT_PAUSE)
        return fault


def subject(text: str) -> str:
    """The first line, with nothing in it that could begin another header."""
    first = text.split("\n", 1)[0]
    bare = _CONTROLS.sub(" ", first).strip()
    return bare if len(bare) <= MOST_SUBJECT else f"{bare[: MOST_SUBJECT - 1].rstrip()}\u2026"


def _address(chat: str) -> Address:
    """An address that can stand in an SMTP command; Undeliverable for good for any other."""
    try:
        user, _, domain = chat.rpartition("@")
        address = Address(addr_spec=f"{user}@{domain.encode('idna').decode('ascii')}")
        address.addr_spec.encode("ascii")
    except (ValueError, MessageError, IndexError):
        raise Undeliverable("bad_address", for_good=True) from None
    if not address.username or not address.domain or _CONTROLS.search(address.addr_spec):
        raise Undeliverable("bad_address", for_good=True)
    return address
