"""What a person sees in a chat, and waiting for it: noticed the moment it happens, without polling."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Any, Generic, Protocol, TypeVar


class Someone(Protocol):
    first_name: str
    is_bot: bool


class Hanging(Protocol):
    """A message in a chat."""

    id: int

    @property
    def sender(self) -> Someone: ...

    @property
    def text(self) -> str: ...

    def button(self, label: str) -> Any | None: ...


M = TypeVar("M", bound=Hanging)


class Place(Protocol[M]):
    """A chat."""

    title: str
    action: str

    @property
    def messages(self) -> list[M]: ...

    def newest_first(self) -> Iterator[M]: ...

    def described(self) -> str: ...

    async def change(self) -> None: ...


class NotSeen(AssertionError):
    """What was expected on the screen is not there; the message shows what is."""

    def __init__(self, expected: str, chat: Place[Any]) -> None:
        super().__init__(f"{expected}\n--- {chat.title or 'the chat with the bot'} now:\n{chat.described()}")


class Watcher(Generic[M]):
    """The eyes of a person. Without `chat` she looks at her private chat with the bot."""

    def __init__(self, user: Someone, chat: Place[M]) -> None:
        self.user = user
        self.chat = chat

    @property
    def name(self) -> str:
        return self.user.first_name

    @property
    def messages(self) -> list[M]:
        """What is in her chat with the bot now, oldest first."""
        return self.chat.messages

    @property
    def screen(self) -> M:
        """The newest message of the bot."""
        newest = next((m for m in self.chat.newest_first() if m.sender.is_bot), None)
        if newest is None:
            raise NotSeen(f"{self.name} has no message of the bot", self.chat)
        return newest

    def finds(self, text: str, *, chat: Place[M] | None = None, after: M | None = None) -> M | None:
        """The newest message of anybody else that contains the text now (and came after a certain one)."""
        for message in (chat or self.chat).newest_first():
            if after is not None and message.id <= after.id:
                return None
            if message.sender is not self.user and text in message.text:
                return message
        return None

    async def sees(
        self, text: str, within: float = 60.0, *, chat: Place[M] | None = None, after: M | None = None
    ) -> M:
        """Waits until a message contains the text."""
        place = chat or self.chat
        try:
            async with asyncio.timeout(within):
                while (found := self.finds(text, chat=place, after=after)) is None:
                    await place.change()
                return found
        except TimeoutError:
            raise NotSeen(f"{self.name} did not see {text!r} within {within} s", place) from None

    async def sees_button(self, label: str, within: float = 60.0, *, chat: Place[M] | None = None) -> M:
        """Waits until an inline button with these words is there; returns its message."""
        place = chat or self.chat
        try:
            async with asyncio.timeout(within):
                while (found := self.bearing(label, place)) is None:
                    await place.change()
                return found
        except TimeoutError:
            raise NotSeen(f"{self.name} did not see a button {label!r} within {within} s", place) from None

    async def sees_no(self, text: str, for_seconds: float = 0.3, *, chat: Place[M] | None = None) -> None:
        """Watches for so long that no message contains the text."""
        place = chat or self.chat
        try:
            async with asyncio.timeout(for_seconds):
                while self.finds(text, chat=place) is None:
                    await place.change()
        except TimeoutError:
            return
        raise NotSeen(f"{self.name} sees {text!r}, and should not", place)

    async def sees_gone(self, text: str, within: float = 60.0, *, chat: Place[M] | None = None) -> None:
        """Waits until no message contains the text any more."""
        place = chat or self.chat
        try:
            async with asyncio.timeout(within):
                while self.finds(text, chat=place) is not None:
                    await place.change()
        except TimeoutError:
            raise NotSeen(f"{self.name} still sees {text!r} after {within} s", place) from None

    async def sees_action(self, action: str, within: float = 5.0, *, chat: Place[M] | None = None) -> None:
        """Waits until the chat says that the bot is doing something, such as "typing"."""
        place = chat or self.chat
        try:
            async with asyncio.timeout(within):
                while place.action != action:
                    await place.change()
        except TimeoutError:
            raise NotSeen(f"{self.name} saw no {action!r} within {within} s", place) from None

    def bearing(self, label: str, chat: Place[M]) -> M | None:
        """The newest message with an inline button whose words contain the label."""
        return next((message for message in chat.newest_first() if message.button(label)), None)
