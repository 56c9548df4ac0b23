"""Who there is and where they talk: users, private chats, groups, supergroups."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from bot.demo.telegram.errors import bad, forbidden, migrated
from bot.demo.telegram.messages import Json, Message

PRESENT = frozenset({"creator", "administrator", "member"})


@dataclass(slots=True, eq=False)
class User:
    id: int
    first_name: str
    last_name: str = ""
    username: str = ""
    language: str = ""
    is_bot: bool = False
    phone: str = ""
    deleted: bool = False

    def as_json(self) -> Json:
        body: Json = {"id": self.id, "is_bot": self.is_bot, "first_name": self.first_name}
        if self.last_name:
            body["last_name"] = self.last_name
        if self.username:
            body["username"] = self.username
        if self.language:
            body["language_code"] = self.language
        return body


@dataclass(slots=True, eq=False)
class Chat:
    """A place with messages. `members`: user id -> the Bot API's status; a private chat has its `user`. `action`: what
    the bot is doing there, such as "typing", until its next message."""

    id: int
    type: str
    title: str = ""
    user: User | None = None
    members: dict[int, str] = field(default_factory=dict)
    history: dict[int, Message] = field(default_factory=dict)
    started: bool = False
    blocked: bool = False
    gone: bool = False
    upgraded_to: Chat | None = None
    last_message_id: int = 0
    action: str = ""
    _changed: asyncio.Event = field(default_factory=asyncio.Event)

    def __repr__(self) -> str:
        return f"<Chat {self.id} {self.type} {self.title or (self.user.first_name if self.user else '')!r}>"

    @property
    def messages(self) -> list[Message]:
        """What hangs in the chat now, oldest first."""
        return [message for message in self.history.values() if message.deleted is None]

    def newest_first(self) -> Iterator[Message]:
        return (message for message in reversed(self.history.values()) if message.deleted is None)

    def find(self, message_id: int) -> Message | None:
        message = self.history.get(message_id)
        return None if message is None or message.deleted is not None else message

    def has(self, user: User) -> bool:
        return user is self.user or self.members.get(user.id) in PRESENT

    def changes(self) -> None:
        """Wake whoever looks at this chat."""
        self._changed.set()
        self._changed = asyncio.Event()

    async def change(self) -> None:
        await self._changed.wait()

    def as_json(self) -> Json:
        if self.user is None:
            return {"id": self.id, "type": self.type, "title": self.title}
        known = self.user.as_json()
        return {"id": self.id, "type": "private"} | {
            k: known[k] for k in ("first_name", "last_name", "username") if k in known
        }

    def described(self) -> str:
        """The chat as text, for the message of a failed assertion."""
        return "\n".join(message.described() for message in self.messages[-20:]) or "(the chat is empty)"

    def admits(self, bot: User) -> None:
        """Raises what Telegram answers to a bot that may not write here."""
        if self.upgraded_to is not None:
            raise migrated(self.upgraded_to.id)
        if self.user is not None:
            if self.user.deleted:
                raise forbidden("user is deactivated")
            if self.blocked:
                raise forbidden("bot was blocked by the user")
            if not self.started:
                raise forbidden("bot can't initiate conversation with a user")
            return
        kind = "supergroup" if self.type == "supergroup" else "group"
        if self.gone:
            raise forbidden("the group chat was deleted")
        status = self.members.get(bot.id)
        if status == "kicked":
            raise forbidden(f"bot was kicked from the {kind} chat")
        if status not in PRESENT:
            raise forbidden(f"bot is not a member of the {kind} chat")


class Chats:
    """The register of users and chats; who asks for one that the bot never met gets Telegram's answer."""

    def __init__(self, bot: User, rng: random.Random) -> None:
        self.bot = bot
        self._rng = rng
        self._next_user = 500_000_000
        self._next_group = 4_000_000
        self.users: dict[int, User] = {bot.id: bot}
        self.chats: dict[int, Chat] = {}

    def user(
        self,
        name: str,
        *,
        language: str = "",
        username: str = "",
        last_name: str = "",
        phone: str = "",
        number: int | None = None,
    ) -> User:
        if number is None:
            number = self._next_user = self._next_user + self._rng.randint(1, 1_000_000)
        phone = phone or f"380{50 + number % 50}{number % 10_000_000:07d}"
        user = self.users[number] = User(number, name, last_name, username, language, phone=phone)
        return user

    def group(self, title: str, members: dict[int, str], *, supergroup: bool) -> Chat:
        self._next_group += self._rng.randint(1, 1000)
        chat_id = -1_000_000_000_000 - self._next_group if supergroup else -self._next_group
        chat = Chat(chat_id, "supergroup" if supergroup else "group", title, members=members)
        self.chats[chat.id] = chat
        return chat

    def private(self, user: User) -> Chat:
        """This user's chat with the bot, unknown to it until the user writes or shares a group with it."""
        chat = self.chats.get(user.id)
        if chat is None:
            chat = self.chats[user.id] = Chat(user.id, "private", user=user)
        return chat

    def called(self, chat_id: Any) -> Chat:
        """The chat that a request means, whether or not the bot may write there."""
        if chat_id == "":
            raise bad("chat_id is empty")
        if isinstance(chat_id, str) or int(chat_id) != chat_id:
            raise bad("chat not found")
        if chat_id == self.bot.id:
            raise forbidden("bot can't send messages to bots")
        chat = self.chats.get(int(chat_id))
        if chat is None or not self.knows(chat):
            raise bad("chat not found")
        return chat

    def knows(self, chat: Chat) -> bool:
        if chat.user is None:
            return self.bot.id in chat.members
        user = chat.user
        return chat.started or any(
            self.bot.id in c.members and user.id in c.members for c in self.chats.values()
        )
