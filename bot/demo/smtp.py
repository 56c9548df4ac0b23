"""An SMTP server on the running loop: it takes mails, keeps them, and refuses what it is told to (aiosmtpd).

aiosmtpd comes with the extra `test`: tests write mails, `bot demo` does not, and imports nothing from here.
"""

import asyncio
import email
import email.policy
from dataclasses import dataclass, field
from email.message import EmailMessage
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

HOST = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Mail:
    """`sender` and `recipient` are the envelope's; `message` is what the mailbox shows."""

    sender: str
    recipient: str
    message: EmailMessage

    @property
    def text(self) -> str:
        return str(self.message.get_content()).replace("\r\n", "\n")


class _Server(SMTP):
    """Users without TLS, which a loopback server has none of; one that can hang up, and notices who has."""

    def __init__(self, *args: Any, **values: Any) -> None:
        super().__init__(*args, **values)
        self.gone = asyncio.Event()

    def connection_lost(self, error: Exception | None) -> None:
        self.gone.set()
        super().connection_lost(error)

    def hang_up(self) -> None:
        if isinstance(self.transport, asyncio.Transport):
            self.transport.abort()


@dataclass(slots=True)
class FakeSmtp:
    """`refusals` are answers to RCPT by address, such as "550 5.1.1 no such user". `sender_refused` and
    `data_refused` answer every MAIL and DATA while they are set. `drops` hangs up at "MAIL", "RCPT", "DATA" (the mail
    came, its answer does not), and `hangs` says nothing there until the client has gone. `user` and `password`, where
    set, must be given first.
    """

    user: str = ""
    password: str = ""
    refusals: dict[str, str] = field(default_factory=dict)
    sender_refused: str | None = None
    data_refused: str | None = None
    drops: str | None = None
    hangs: str | None = None
    mails: list[Mail] = field(default_factory=list)
    port: int = 0
    _server: asyncio.Server | None = None
    _connections: list[_Server] = field(default_factory=list)

    @property
    def url(self) -> str:
        """What SMTP_URL is set to."""
        account = f"{self.user}:{self.password}@" if self.user else ""
        return f"smtp://{account}{HOST}:{self.port}"

    async def __aenter__(self) -> "FakeSmtp":
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    async def start(self) -> str:
        self._server = await asyncio.get_running_loop().create_server(self._protocol, HOST, self.port)
        self.port = self._server.sockets[0].getsockname()[1]
        return self.url

    async def stop(self) -> None:
        """Also the way in which it goes away: `start` opens the same port."""
        for connection in self._connections:
            connection.hang_up()
        self._connections.clear()
        if self._server is not None:
            self._server.close()
            await self._server.wait_closed()
            self._server = None

    def mailbox(self, address: str) -> list[Mail]:
        return [mail for mail in self.mails if mail.recipient == address]

    def _protocol(self) -> _Server:
        connection = _Server(
            self,
            hostname="fake.localhost",
            auth_require_tls=False,
            authenticator=self._knows,
        )
        self._connections.append(connection)
        return connection

    def _knows(
        self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, given: Any
    ) -> AuthResult:
        known = isinstance(given, LoginPassword) and given == LoginPassword(
            self.user.encode(), self.password.encode()
        )
        return AuthResult(success=known, handled=False)

    async def handle_MAIL(
        self, server: _Server, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        await self._fails(server, "MAIL")
        if self.user and not session.authenticated:
            return "530 5.7.0 Authentication required"
        if self.sender_refused is not None:
            return self.sender_refused
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(
        self, server: _Server, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        await self._fails(server, "RCPT")
        if (refusal := self.refusals.get(address)) is not None:
            return refusal
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: _Server, session: Session, envelope: Envelope) -> str:
        if self.data_refused is not None:
            return self.data_refused
        content = envelope.content if isinstance(envelope.content, bytes) else b""
        message = email.message_from_bytes(content, policy=email.policy.default)
        for recipient in envelope.rcpt_tos:
            self.mails.append(Mail(envelope.mail_from or "", recipient, message))
        await self._fails(server, "DATA")
        return "250 OK"

    async def _fails(self, server: _Server, step: str) -> None:
        if self.hangs == step:
            await server.gone.wait()
        if self.drops == step:
            server.hang_up()
