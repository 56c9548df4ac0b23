"""The world behind the API: people, chats, messages, and what of it becomes an update for the bot."""

import random
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from bot.demo.telegram.attachments import Attachments
from bot.demo.telegram.autolinks import found_entities
from bot.demo.telegram.chats import PRESENT, Chat, Chats, User
from bot.demo.telegram.doors import Doors
from bot.demo.telegram.entities import Entity, clean, utf16
from bot.demo.telegram.files import Files
from bot.demo.telegram.messages import Json, Message
from bot.demo.telegram.texts import MOST_TEXT
from bot.demo.telegram.updates import Updates

# What people put into a group unheard by a bot in privacy mode; all other content is service messages.
SHARED = frozenset(
    {"photo", "document", "contact", "location", "voice", "sticker", "video_note", "poll", "video", "audio"}
)
COMMAND = re.compile(r"/[A-Za-z0-9_]{1,32}(?:@(?P<bot>\w+))?(?!\S)")


@dataclass(slots=True, eq=False)
class Query:
    """A press as Telegram knows it; `answers` has the parameters of each answerCallbackQuery to it."""

    id: str
    user: User
    message: Message
    data: str
    at: float
    answers: list[Json] = field(default_factory=list)


class World:
    """`monotonic` for everything that lasts, `wall` (Unix time) for the dates that people see."""

    def __init__(
        self,
        *,
        token: str,
        username: str,
        monotonic: Callable[[], float],
        wall: Callable[[], float],
        seed: int | None,
        keep: int | None,
    ) -> None:
        self.rng = random.Random(seed)
        self.monotonic = monotonic
        self.wall = wall
        self.keep = keep
        self.bot = User(
            int(token.split(":")[0]), username.replace("_", " ").title(), username=username, is_bot=True
        )
        self.chats = Chats(self.bot, self.rng)
        self.updates = Updates(monotonic, self.rng)
        self.files = Files()
        self.attachments = Attachments(self.files)
        self.doors = Doors(self)
        self.queries: dict[str, Query] = {}
        self.settings: dict[str, Any] = {}
        self.reads_all = False
        self._message_ids = 0
        self.chat_instance = str(self.rng.getrandbits(62))

    # ------------------------------------------------------------------ who there is

    def group(self, title: str, members: list[User], *, supergroup: bool, bot_status: str) -> Chat:
        """A group in which the bot is, too, if `bot_status` says so; the first member made it."""
        statuses = {member.id: "member" if index else "creator" for index, member in enumerate(members)}
        chat = self.chats.group(title, statuses, supergroup=supergroup)
        if bot_status in PRESENT:
            self.doors.adds_bot(chat, members[0] if members else self.bot, bot_status)
        return chat

    # ------------------------------------------------------------------ messages

    def post(
        self,
        chat: Chat,
        sender: User,
        text: str = "",
        entities: list[Entity] | None = None,
        *,
        content: Json | None = None,
        markup: Json | None = None,
        silent: bool = False,
        reply_to: Message | None = None,
        origin: Json | None = None,
    ) -> Message:
        """Hangs a message into the chat. The bot hears of it only by `tell`."""
        message = Message(
            chat,
            self.next_message_id(chat),
            sender,
            self.wall(),
            text,
            self.marked(text, entities or []),
            content or {},
            markup,
            silent,
            reply_to,
            origin,
        )
        chat.history[message.id] = message
        if sender is self.bot:
            chat.action = ""
        if self.keep is not None and len(chat.history) > self.keep:
            del chat.history[next(iter(chat.history))]
        chat.changes()
        return message

    def marked(self, text: str, entities: list[Entity]) -> list[Entity]:
        """The given entities and those that Telegram adds; people mentioned by id, but no strangers."""
        users = self.chats.users
        known = [
            {**e, "user": users[e["user"]["id"]].as_json()} if e["type"] == "text_mention" else e
            for e in entities
            if e["type"] != "text_mention" or e["user"]["id"] in users
        ]
        return found_entities(text, known)

    def next_message_id(self, chat: Chat) -> int:
        """Private chats and groups of one account share their numbers, a supergroup has its own."""
        if chat.type == "supergroup":
            chat.last_message_id += 1
            return chat.last_message_id
        self._message_ids += 1
        return self._message_ids

    def edit(self, message: Message, text: str, entities: list[Entity], markup: Json | None) -> None:
        message.text, message.entities, message.markup = text, entities, markup
        message.edited = self.wall()
        message.remember(message.edited)
        message.chat.changes()

    def delete(self, message: Message) -> None:
        message.deleted = self.wall()
        message.chat.changes()

    def letter(self, sender: User, message: Message, origin: Json) -> Message:
        """A forwarded message in a chat between two people, where no bot is."""
        elsewhere = Chat(sender.id, "private", user=sender)
        buttons = [[b for b in row if "url" in b] for row in message.buttons]
        markup = {"inline_keyboard": [row for row in buttons if row]} if any(buttons) else None
        return Message(
            elsewhere,
            self.next_message_id(elsewhere),
            sender,
            self.wall(),
            message.text,
            message.entities,
            dict(message.content),
            markup,
            origin=origin,
        )

    @staticmethod
    def cleaned(text: str) -> str:
        """What a client makes of typed words before it sends them."""
        if utf16(text) > MOST_TEXT:
            raise ValueError("a client cuts such a text into several messages")
        return clean(text, [])[0]

    # ------------------------------------------------------------------ what the bot hears

    def hears(self, message: Message) -> bool:
        """Whether the bot is told: of all in private, in groups of what its privacy mode lets through."""
        chat = message.chat
        if chat.user is not None:
            return not chat.blocked
        status = chat.members.get(self.bot.id)
        if status not in PRESENT or chat.upgraded_to is not None:
            return False
        if (
            self.reads_all
            or status != "member"
            or (not message.text and message.content and not SHARED & message.content.keys())
        ):
            return True
        if message.reply_to is not None and message.reply_to.sender is self.bot:
            return True
        if command := COMMAND.match(message.text):
            return command["bot"] is None or command["bot"].lower() == self.bot.username.lower()
        return re.search(rf"@{re.escape(self.bot.username)}\b", message.text, re.IGNORECASE) is not None

    def tell(self, message: Message, kind: str = "message") -> None:
        if self.hears(message):
            self.updates.push(kind, message.as_json(), ("chat", message.chat.id))

    def press(self, user: User, message: Message, data: str) -> Query:
        query = Query(str(self.rng.getrandbits(62)), user, message, data, self.monotonic())
        self.queries[query.id] = query
        if self.keep is not None and len(self.queries) > self.keep:
            del self.queries[next(iter(self.queries))]
        seen: Json = message.as_json()
        if message.deleted is not None:
            seen = {"chat": message.chat.as_json(), "message_id": message.id, "date": 0}
        body = {
            "id": query.id,
            "from": user.as_json(),
            "message": seen,
            "chat_instance": self.chat_instance,
            "data": data,
        }
        self.updates.push("callback_query", body, ("user", user.id))
        return query
