"""What hangs in a chat: a message with everything that ever stood in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from bot.demo.telegram.entities import Entity, as_html

if TYPE_CHECKING:
    from bot.demo.telegram.chats import Chat, User

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Version:
    """One state of a message: when it came (Unix time), what it said, its keyboard."""

    at: float
    text: str
    entities: tuple[Json, ...]
    markup: Json | None

    @property
    def rows(self) -> list[list[str]]:
        """The words on its inline buttons, row by row."""
        return [[button["text"] for button in row] for row in inline(self.markup)]


@dataclass(slots=True, eq=False)
class Message:
    """A message as the people of the chat see it now; `versions` has what it was before, oldest first.

    `text` is plain (the caption where there is a picture or a file), `entities` are the Bot API's.
    `content` holds what is not text: `{"photo": [...]}`, `{"contact": {...}}`, a service message's field.
    """

    chat: Chat
    id: int
    sender: User
    date: float
    text: str = ""
    entities: list[Entity] = field(default_factory=list)
    content: Json = field(default_factory=dict)
    markup: Json | None = None
    silent: bool = False
    reply_to: Message | None = None
    origin: Json | None = None
    edited: float | None = None
    deleted: float | None = None
    versions: list[Version] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.remember(self.date)

    def __repr__(self) -> str:
        return f"<Message {self.id} in {self.chat.id}: {self.text[:60]!r}>"

    @property
    def html(self) -> str:
        return as_html(self.text, self.entities)

    @property
    def buttons(self) -> list[list[Json]]:
        return inline(self.markup)

    @property
    def labels(self) -> list[str]:
        """What stands on the inline buttons, in reading order."""
        return [label for row in self.rows for label in row]

    @property
    def rows(self) -> list[list[str]]:
        """What stands on them, row by row."""
        return [[button["text"] for button in row] for row in self.buttons]

    @property
    def links(self) -> list[str]:
        """Every address that a tap in the text would open, as written or as hidden behind words."""
        units = self.text.encode("utf-16-le")
        return [
            e.get("url") or units[e["offset"] * 2 : (e["offset"] + e["length"]) * 2].decode("utf-16-le")
            for e in self.entities
            if e["type"] in ("url", "text_link", "email", "phone_number")
        ]

    def button(self, label: str) -> Json | None:
        """The first inline button whose words contain `label`."""
        return next((b for row in self.buttons for b in row if label in b["text"]), None)

    def remember(self, at: float) -> None:
        self.versions.append(Version(at, self.text, tuple(self.entities), self.markup))

    def described(self) -> str:
        """A few lines for a person who reads a failed test."""
        what = f" [{', '.join(self.content)}]" if self.content else ""
        head = f"#{self.id} {self.sender.first_name}{what}{' (edited)' if self.edited else ''}: "
        lines = [head + self.text.replace("\n", "\n    ")]
        lines += ["    " + " ".join(f"[{button['text']}]" for button in row) for row in self.buttons]
        if self.markup and "keyboard" in self.markup:
            lines += [
                "    " + " ".join(f"<{button['text']}>" for button in row) for row in self.markup["keyboard"]
            ]
        return "\n".join(lines)

    def as_json(self, *, with_reply: bool = True) -> Json:
        """The Bot API's Message."""
        body: Json = {
            "message_id": self.id,
            "from": self.sender.as_json(),
            "chat": self.chat.as_json(),
            "date": int(self.date),
        }
        if self.edited is not None:
            body["edit_date"] = int(self.edited)
        if self.origin is not None:
            body["forward_origin"] = self.origin
        if with_reply and self.reply_to is not None and self.reply_to.deleted is None:
            body["reply_to_message"] = self.reply_to.as_json(with_reply=False)
        if self.text:
            body["caption" if self.content else "text"] = self.text
            if self.entities:
                body["caption_entities" if self.content else "entities"] = self.entities
        body.update(self.content)
        if self.buttons:
            body["reply_markup"] = self.markup
        return body


def inline(markup: Json | None) -> list[list[Json]]:
    """The inline keyboard, row by row."""
    rows: list[list[Json]] = (markup or {}).get("inline_keyboard", [])
    return rows
