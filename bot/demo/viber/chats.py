"""Who there is, what hangs in a chat, and the one keyboard below it."""

from __future__ import annotations

import asyncio
import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from bot.demo.viber.keyboards import rows_of
from bot.demo.viber.markup import words_of_html, words_of_marks

Json = dict[str, Any]
LINK = re.compile(r"https?://\S+")
SESSION = 24 * 3600.0
"""How long everything is free after a word of the person's, in seconds."""


@dataclass(slots=True, eq=False)
class User:
    """`phone`: digits only. `devices`: how many tell of a delivery. `desktop`: shares an empty number. `suitable`:
    False where no device can show what bots send. `charged`: messages that cost money."""

    id: str
    first_name: str
    language: str = "uk"
    phone: str = ""
    country: str = "UA"
    api_version: int = 10
    devices: int = 1
    desktop: bool = False
    suitable: bool = True
    is_bot: bool = False
    subscribed: bool = False
    deleted: bool = False
    off: bool = False
    last_said: float = float("-inf")
    charged: int = 0
    tracking: str = ""
    details: deque[float] = field(default_factory=deque)
    """when get_user_details was asked"""
    sent: deque[float] = field(default_factory=deque)
    """when the bot wrote since the last word of the person's"""

    def in_session(self, now: float) -> bool:
        return now - self.last_said < SESSION


@dataclass(slots=True, eq=False)
class Message:
    """`body` as it was sent; `id` is its message_token. Nothing on Viber is edited or deleted."""

    chat: Chat
    id: int
    sender: User
    date: float
    body: Json
    seen: bool = False
    charged: bool = False
    fresh: list[str] = field(default_factory=list)
    """the words of the buttons that lay open with it and not before it; the menu is none of them"""

    def __repr__(self) -> str:
        return f"<Message {self.id}: {self.text[:60]!r}>"

    @property
    def kind(self) -> str:
        """Its type; empty for a keyboard alone."""
        return str(self.body.get("type", ""))

    @property
    def text(self) -> str:
        """What people read: without marks and tags; of rich media the words that are not to be pressed."""
        if self.kind == "rich_media":
            still = [b for b in self.body["rich_media"]["Buttons"] if b.get("ActionType") == "none"]
            return "\n".join(words for b in still if (words := words_of_html(b.get("Text", ""))).strip())
        words = str(self.body.get("text", ""))
        return words_of_marks(words) if self.sender.is_bot else words

    @property
    def raw(self) -> str:
        return str(self.body.get("text", ""))

    @property
    def content(self) -> Json:
        """What is not text: `{"contact": {...}}`, `{"picture": {...}}`; empty for a text."""
        return (
            {}
            if self.kind in ("", "text", "rich_media")
            else {self.kind: self.body.get(self.kind, self.body)}
        )

    @property
    def links(self) -> list[str]:
        return LINK.findall(self.text)

    @property
    def versions(self) -> list[Message]:
        return [self]

    @property
    def at(self) -> float:
        """When it came: it is its own only version."""
        return self.date

    @property
    def own_rows(self) -> list[list[Json]]:
        """The buttons of its rich media, which stay for ever."""
        if self.kind != "rich_media":
            return []
        rich = self.body["rich_media"]
        rows = rows_of(rich["Buttons"], rich.get("ButtonsGroupColumns", 6))
        pressable = [[b for b in row if b.get("ActionType", "reply") != "none"] for row in rows]
        return [row for row in pressable if row]

    @property
    def keyboard_rows(self) -> list[list[Json]]:
        """The buttons of the keyboard that came with it, shown or not any more."""
        return rows_of(self.body["keyboard"]["Buttons"], 6) if "keyboard" in self.body else []

    @property
    def buttons(self) -> list[list[Json]]:
        """What can be pressed on it now: of a card its own, of the bot's newest message else the chat's keyboard,
        without what only says a command: that is the menu, which is always there."""
        if self.kind == "rich_media":
            return self.own_rows
        shown = self.chat.keyboard if self.chat.newest is self else []
        return [row for row in ([b for b in row if not command_of(b)] for row in shown) if row]

    @property
    def labels(self) -> list[str]:
        return [label for row in self.rows for label in row]

    @property
    def rows(self) -> list[list[str]]:
        """The words on its buttons, row by row."""
        return [[label_of(button) for button in row] for row in self.buttons]

    def button(self, label: str) -> Json | None:
        """The first button whose words contain `label`, of its own before those of the keyboard below."""
        return pick(self.buttons, label)

    def described(self) -> str:
        """A few lines for a person who reads a failed test."""
        what = f" [{self.kind}]" if self.kind not in ("", "text") else ""
        lines = [f"#{self.id} {self.sender.first_name}{what}: " + self.text.replace("\n", "\n    ")]
        lines += ["    " + " ".join(f"[{label_of(button)}]" for button in row) for row in self.own_rows]
        return "\n".join(lines)


@dataclass(slots=True, eq=False)
class Chat:
    """A person's chat with the bot. `waiting`: accepted by Viber while the phone is off."""

    user: User
    messages: list[Message] = field(default_factory=list)
    slot: Message | None = None
    waiting: list[Message] = field(default_factory=list)
    title: str = ""
    action: str = ""
    rejections: deque[str | None] = field(default_factory=deque)
    """the words of the `failed` that the next messages meet"""
    _changed: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def id(self) -> str:
        return self.user.id

    @property
    def keyboard(self) -> list[list[Json]]:
        """What the one slot shows: the keyboard of the last message that brought one."""
        return self.slot.keyboard_rows if self.slot is not None else []

    @property
    def newest(self) -> Message | None:
        return next((message for message in reversed(self.messages) if message.sender.is_bot), None)

    def newest_first(self) -> Iterator[Message]:
        return reversed(self.messages)

    def shows(self, message: Message, most: int | None) -> None:
        """A keyboard alone is no message: it takes the slot and leaves no trace."""
        if message.kind:
            self.messages.append(message)
            if most is not None and len(self.messages) > most:
                del self.messages[0]
        if message.sender.is_bot and "keyboard" in message.body:
            before = self.keyboard
            self.slot = message
            new = [b for row in self.keyboard if row not in before for b in row]
            message.fresh = [label_of(button) for button in new if not command_of(button)]
        self.changes()

    def changes(self) -> None:
        self._changed.set()
        self._changed = asyncio.Event()

    async def change(self) -> None:
        await self._changed.wait()

    def described(self) -> str:
        lines = [message.described() for message in self.messages[-20:]] or ["(the chat is empty)"]
        lines += ["    " + " ".join(f"<{label_of(button)}>" for button in row) for row in self.keyboard]
        return "\n".join(lines)


def command_of(button: Json) -> str:
    """The command that a button says; "" for any other."""
    body = str(button.get("ActionBody", ""))
    return body.removeprefix("/") if body.startswith("/") and button.get("ActionType") != "none" else ""


def label_of(button: Json) -> str:
    return words_of_html(button.get("Text", ""))


def pick(rows: list[list[Json]], label: str) -> Json | None:
    return next((b for row in rows for b in row if label in label_of(b)), None)
