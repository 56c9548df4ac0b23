"""Reading chats while a thousand messages come: what was read is not read again."""

import asyncio
import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import TypeVar

from bot.demo.person import Person
from bot.demo.telegram import Message

T = TypeVar("T")

_NUMBER = re.compile(r"№(\d+)")


class Eyes:
    """A person's chat, her messages from the bot sorted by the orders' numbers that stood in them first."""

    def __init__(self, person: Person) -> None:
        self.person = person
        self.by_number: dict[str, list[Message]] = defaultdict(list)
        self.unnumbered: list[Message] = []
        self._last = 0

    def look(self) -> None:
        fresh = []
        for message in reversed(self.person.chat.history.values()):
            # Those too that the bot took away again for a buyer who asked to be forgotten: they were heard.
            if message.id <= self._last:
                break
            fresh.append(message)
        for message in reversed(fresh):
            self._last = message.id
            if not message.sender.is_bot:
                continue
            numbers = set(_NUMBER.findall(message.versions[0].text))
            for number in numbers:
                self.by_number[number].append(message)
            if not numbers:
                self.unnumbered.append(message)

    def button(self, number: str, label: str) -> Message | None:
        """The newest message about this order that bears such a button now."""
        self.look()
        return next((m for m in self._hanging(number) if m.button(label)), None)

    def text(self, number: str, words: str, after: int = 0) -> Message | None:
        """The newest message about this order that says so now."""
        self.look()
        return next((m for m in self._hanging(number) if words in m.text and m.id > after), None)

    def _hanging(self, number: str) -> Iterator[Message]:
        """What is in the chat now about this order, newest first."""
        return (m for m in reversed(self.by_number[number]) if m.deleted is None)

    async def until(self, find: Callable[[], T | None], what: str, within: float) -> T:
        try:
            async with asyncio.timeout(within):
                while (found := find()) is None:
                    await self.person.chat.change()
                return found
        except TimeoutError:
            raise Unseen(f"{self.person.name} did not see {what} within {within:.0f} s") from None

    async def sees_button(self, number: str, label: str, within: float) -> Message:
        return await self.until(lambda: self.button(number, label), f"[{label}] of {number}", within)

    async def sees_text(self, number: str, words: str, within: float, after: int = 0) -> Message:
        return await self.until(lambda: self.text(number, words, after), f"{words!r} of {number}", within)


class Unseen(AssertionError):
    """What a person waited for did not come: lost, or too late to tell the difference."""
