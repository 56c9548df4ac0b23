"""What every messenger offers the outbox: send, edit, and its own errors sorted into a few bits."""

from dataclasses import dataclass
from typing import Any, Protocol, runtime_checkable

from models.file import FileKind
from models.file_text import extension, served_type
from models.links import FILES


@dataclass(frozen=True, slots=True)
class Sent:
    """Accepted by the messenger. `message_id` is None where its answer could not be read (R5)."""

    message_id: str | None


@dataclass(frozen=True, slots=True)
class Media:
    """A photo, a document or a voice message: what a message carries besides its text."""

    kind: FileKind
    name: str
    mime: str
    content: bytes
    token: str

    @property
    def path(self) -> str:
        """Where our own doors give it away, for a messenger that takes addresses alone (`Links.file_url`)."""
        return f"{FILES}{self.token}.{extension(served_type(self.mime, self.content))}"


class Undeliverable(Exception):
    """Not sent, or perhaps not. The outbox knows these bits and no messenger's codes.

    `for_good`: this recipient cannot be reached until they come back. `pause`: the messenger wants nothing for
    so many seconds, to this chat or to anybody; the channel keeps that pace, and it costs no attempt.
    `ambiguous`: it may have arrived. `away`: the messenger is not there, and for certain nothing arrived.
    `moved_to`: the chat lives under another id now. `gone`: the message to edit is no more. None of them:
    refused, and the same would be refused again.
    """

    def __init__(
        self,
        reason: str,
        *,
        for_good: bool = False,
        pause: float | None = None,
        ambiguous: bool = False,
        away: bool = False,
        moved_to: str | None = None,
        gone: bool = False,
    ) -> None:
        super().__init__(reason)
        self.reason = reason
        self.for_good = for_good
        self.pause = pause
        self.ambiguous = ambiguous
        self.away = away
        self.moved_to = moved_to
        self.gone = gone

    @property
    def refused(self) -> bool:
        """The message itself is not taken; the chat and the messenger are there."""
        elsewhere = self.for_good or self.ambiguous or self.away or self.gone
        return not elsewhere and self.pause is None and self.moved_to is None


class Channel(Protocol):
    """One messenger. `markup` is the screen's keyboard in aiogram's types. Never sleeps, never retries."""

    name: str
    redraws: bool
    """Whether a message can be drawn anew where it hangs; else `edit` sends another one."""
    charges: bool
    """Whether what is sent to somebody who has not written for a day costs money; nor has it then a silent way."""

    @property
    def trouble(self) -> str | None:
        """Why this messenger takes nothing from us at all, as a key; None while it does."""

    async def send(
        self, chat: str, text: str, markup: Any, *, silent: bool = False, once: str | None = None
    ) -> Sent:
        """`once` names this message: where the service can tell a repeat by it, two tries are one message."""

    async def edit(self, chat: str, message_id: str, text: str, markup: Any) -> str:
        """The number of the message as it is now: the same, or that of the one that took its place."""

    async def delete(self, chat: str, message_id: str) -> None: ...
    def opens_in(self) -> float:
        """Seconds until anybody at all may be written to (the pace)."""

    def wait(self, chat: str) -> float:
        """Seconds until this chat may be written to, 0.0 for now."""

    def take(self, chat: str) -> None:
        """The next `send` or `edit` to this chat takes its place in the pace now."""

    def release(self, chat: str) -> None:
        """That place is not needed after all."""

    def pause(self, seconds: float, chat: str | None = None) -> None:
        """Write nothing to this chat, or to anybody, for so long."""


@runtime_checkable
class MediaChannel(Channel, Protocol):
    """A messenger that carries more than words; through any other one goes the text alone, which names the file."""

    async def send_media(
        self, chat: str, media: Media, text: str, markup: Any, *, silent: bool = False
    ) -> Sent: ...
    async def replace_media(self, chat: str, message_id: str, text: str) -> None:
        """Nothing of the file is seen any more, only the text where the message still stands. Raises Undeliverable,
        also where the messenger lets nobody take it away."""
