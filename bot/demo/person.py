"""A person with a phone: what she does in Telegram, and what she sees there.

Whatever she does becomes an update for the bot at once; whatever she waits for is noticed the moment it
happens. What she cannot do or does not see raises NotSeen with her chat in words and buttons.
"""

from __future__ import annotations

import asyncio
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

from bot.demo.telegram.settings import shown_commands
from bot.demo.telegram.watching import NotSeen, Watcher

if TYPE_CHECKING:
    from bot.demo.telegram.chats import Chat, User
    from bot.demo.telegram.messages import Json, Message
    from bot.demo.telegram.world import Query, World

__all__ = ["NotSeen", "Person", "Press"]

PAYLOAD = re.compile(r"[A-Za-z0-9_-]{0,64}")
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000a49444154789c6300010000050001"
)


class Press:
    """A finger on an inline button; `answers` is what the bot said to it, `data` what the button carried."""

    def __init__(self, query: Query) -> None:
        self.query = query

    @property
    def message(self) -> Message:
        return self.query.message

    @property
    def data(self) -> str:
        return self.query.data

    @property
    def answers(self) -> list[Json]:
        return self.query.answers

    @property
    def toast(self) -> str | None:
        """The words that popped up; empty if the spinner just stopped, None while it turns."""
        return self.answers[0].get("text", "") if self.answers else None

    @property
    def is_alert(self) -> bool:
        return bool(self.answers and self.answers[0].get("show_alert"))

    async def answered(self, within: float = 60.0) -> str:
        """Waits for the answer and returns its words."""
        try:
            async with asyncio.timeout(within):
                while self.toast is None:
                    await self.message.chat.change()
        except TimeoutError:
            raise NotSeen(
                f"the press on {self.data!r} was not answered within {within} s", self.message.chat
            ) from None
        return self.toast or ""


class Person(Watcher):
    """Somebody in Telegram. Without `chat` everything happens in her private chat with the bot.

    What she sees is in Watcher: `messages`, `screen`, `await sees(...)`, `sees_button`, `sees_no`,
    `sees_gone`.
    """

    def __init__(self, world: World, user: User) -> None:
        super().__init__(user, world.chats.private(user))
        self.world = world
        self.letters: list[Message] = []  # what other people forwarded to her; no bot sees it

    def __repr__(self) -> str:
        return f"<Person {self.name} {self.id}>"

    @property
    def id(self) -> int:
        return self.user.id

    @property
    def phone(self) -> str:
        """The number of her account, digits only."""
        return self.user.phone

    @property
    def menu(self) -> list[str]:
        """The commands that her menu button offers, by their names."""
        return list(self.commands)

    @property
    def commands(self) -> dict[str, str]:
        """The same, with what is said of each."""
        return {one["command"]: one["description"] for one in shown_commands(self.world, self.chat)}

    # ------------------------------------------------------------------ buttons

    def presses(self, label: str, *, on: Message | None = None, chat: Chat | None = None) -> Press:
        """Presses a callback button on the newest message that bears one with these words."""
        message, button = self._button(label, on, chat)
        if "callback_data" not in button:
            raise NotSeen(f"[{button['text']}] is not to be pressed: it has {sorted(button)}", message.chat)
        return Press(self.world.press(self.user, message, button["callback_data"]))

    def link(self, label: str, *, on: Message | None = None, chat: Chat | None = None) -> str:
        """Where a button leads."""
        message, button = self._button(label, on, chat)
        if "url" not in button:
            raise NotSeen(f"[{button['text']}] leads nowhere: it has {sorted(button)}", message.chat)
        return str(button["url"])

    def copies(self, label: str, *, on: Message | None = None, chat: Chat | None = None) -> str:
        """What a button puts into her clipboard."""
        message, button = self._button(label, on, chat)
        if "copy_text" not in button:
            raise NotSeen(f"[{button['text']}] copies nothing: it has {sorted(button)}", message.chat)
        return str(button["copy_text"]["text"])

    def taps(self, label: str) -> Message:
        """A key of the reply keyboard: sends its words, or her contact or place if it asks for that."""
        for message in self.chat.newest_first():
            markup = message.markup or {}
            if "keyboard" in markup:
                for key in (key for row in markup["keyboard"] for key in row):
                    if label in key["text"]:
                        return self._tap(key)
                break
            if "remove_keyboard" in markup:
                break
        raise NotSeen(f"{self.name} has no key {label!r}", self.chat)

    def forges(self, data: str, message: Message | None = None) -> Press:
        """A hostile client: any data, on any message (the newest of the bot if none is given)."""
        return Press(self.world.press(self.user, message or self.screen, data))

    def replays(self, press: Press) -> Press:
        """The same press once more, as an impatient client sends it."""
        return Press(self.world.press(self.user, press.message, press.data))

    def _tap(self, key: Json) -> Message:
        if key.get("request_contact"):
            return self.shares_contact()
        if key.get("request_location"):
            return self.sends_location(50.45, 30.52)
        return self.types(key["text"])

    def _button(self, label: str, on: Message | None, chat: Chat | None) -> tuple[Message, Json]:
        place = on.chat if on is not None else chat or self.chat
        message = (
            on
            if on is not None and on.deleted is None
            else None
            if on is not None
            else self.bearing(label, place)
        )
        button = message.button(label) if message is not None else None
        if message is None or button is None:
            visible = [word for m in place.messages for word in m.labels]
            raise NotSeen(f"{self.name} sees no button {label!r}; there are {visible}", place)
        return message, button

    # ------------------------------------------------------------------ what she says

    def types(self, text: str, *, chat: Chat | None = None, reply_to: Message | None = None) -> Message:
        """Sends a text. The first one opens the private chat for the bot."""
        words = self.world.cleaned(text)
        if not words:
            raise ValueError("Telegram's clients do not send empty messages")
        return self._says(words, chat=chat or (reply_to.chat if reply_to else None), reply_to=reply_to)

    def edits(self, message: Message, text: str) -> Message:
        """Changes her own message."""
        if message.sender is not self.user:
            raise ValueError("people edit only what they wrote themselves")
        words = self.world.cleaned(text)
        self.world.edit(message, words, self.world.marked(words, []), None)
        self.world.tell(message, "edited_message")
        return message

    def opens(self, link: str) -> Message:
        """Follows a deep link to the bot and presses Start."""
        return self.types(f"/start {self._payload(link, 'start')}".strip())

    def _payload(self, link: str, kind: str) -> str:
        parts = urlsplit(link)
        query = parse_qs(parts.query)
        named = query.get("domain", [parts.path.strip("/")])[0]
        if named.lower() != self.world.bot.username.lower() or not (
            parts.hostname == "t.me" or parts.scheme == "tg"
        ):
            raise ValueError(f"{link} does not lead to the bot")
        payload = query.get(kind, [""])[0]
        if not PAYLOAD.fullmatch(payload):
            raise ValueError(f"{link} has a payload that no client passes on")
        return payload

    def shares_contact(
        self,
        own: bool | Person = True,
        *,
        forwarded: bool = False,
        chat: Chat | None = None,
        reply_to: Message | None = None,
    ) -> Message:
        """Her own contact, another person's, or (own=False) one from her phone book that has no Telegram."""
        if own is False:
            contact: Json = {"phone_number": "380670000000", "first_name": "Plumber"}
        else:
            who = self.user if own is True else own.user
            contact = {"phone_number": who.phone, "first_name": who.first_name, "user_id": who.id}
        origin = self._origin(self.user if own is False or own is True else own.user) if forwarded else None
        return self._says(content={"contact": contact}, origin=origin, chat=chat, reply_to=reply_to)

    def sends_photo(self, data: bytes = PIXEL, caption: str = "", *, chat: Chat | None = None) -> Message:
        return self._says(caption, content=self.world.attachments.photo(data), chat=chat)

    def sends_document(
        self,
        data: bytes,
        name: str = "document.pdf",
        caption: str = "",
        *,
        mime: str = "application/pdf",
        size: int | None = None,
        chat: Chat | None = None,
    ) -> Message:
        """`size` may claim more than there is: a file of 25 MiB needs no 25 MiB."""
        return self._says(caption, content=self.world.attachments.document(data, name, mime, size), chat=chat)

    def sends_voice(self, data: bytes = b"OggS", *, chat: Chat | None = None) -> Message:
        return self._says(content=self.world.attachments.voice(data), chat=chat)

    def sends_video_note(self, data: bytes = b"mp4", *, chat: Chat | None = None) -> Message:
        return self._says(content=self.world.attachments.video_note(data), chat=chat)

    def sends_sticker(self, emoji: str = "\N{THUMBS UP SIGN}", *, chat: Chat | None = None) -> Message:
        return self._says(content=self.world.attachments.sticker(emoji), chat=chat)

    def sends_location(self, latitude: float, longitude: float, *, chat: Chat | None = None) -> Message:
        return self._says(content={"location": {"latitude": latitude, "longitude": longitude}}, chat=chat)

    def sends_album(self, *pictures: bytes, caption: str = "", chat: Chat | None = None) -> list[Message]:
        """Several photos at once: as many messages with one media_group_id, the caption on the first."""
        album = str(self.world.rng.getrandbits(60))
        captions = [caption] + [""] * len(pictures)
        return [
            self._says(
                words, content={**self.world.attachments.photo(data), "media_group_id": album}, chat=chat
            )
            for words, data in zip(captions, pictures, strict=False)
        ]

    def sends(self, content: dict[str, Any], text: str = "", *, chat: Chat | None = None) -> Message:
        """Anything else, by its fields of the Bot API's Message, as `{"poll": {...}}`."""
        return self._says(text, content=content, chat=chat)

    def forwards(self, message: Message, to: Person | Chat | None = None) -> Message:
        """Forwards to the bot, to a group, or to another person, whose `letters` it joins unseen by the bot.

        Callback buttons stay behind, as in Telegram.
        """
        origin = message.origin or self._origin(message.sender, message.date)
        if isinstance(to, Person):
            letter = self.world.letter(self.user, message, origin)
            to.letters.append(letter)
            return letter
        return self._says(
            message.text, content=dict(message.content), origin=origin, chat=to, entities=message.entities
        )

    def _origin(self, sender: User, date: float | None = None) -> Json:
        return {"type": "user", "date": int(date or self.world.wall()), "sender_user": sender.as_json()}

    def _says(
        self,
        text: str = "",
        *,
        content: Json | None = None,
        chat: Chat | None = None,
        reply_to: Message | None = None,
        origin: Json | None = None,
        entities: list[Json] | None = None,
    ) -> Message:
        place = chat or self.chat
        if self.user.deleted:
            raise ValueError(f"{self.name} has no account any more")
        if place.upgraded_to is not None:
            place = place.upgraded_to
        if not place.has(self.user):
            raise ValueError(f"{self.name} is not in {place}")
        if place is self.chat:
            if place.blocked:
                raise ValueError(f"{self.name} blocked the bot: a client lets nobody write then")
            place.started = True
        message = self.world.post(
            place, self.user, text, entities, content=content, reply_to=reply_to, origin=origin
        )
        self.world.tell(message)
        return message

    # ------------------------------------------------------------------ coming and going

    def blocks_bot(self) -> None:
        self.world.doors.blocks(self.user, blocked=True)

    def unblocks_bot(self) -> None:
        self.world.doors.blocks(self.user, blocked=False)

    def deletes_account(self) -> None:
        """Telegram tells the bot nothing; it finds out by a 403."""
        self.user.deleted = True
        self.chat.changes()

    def deletes(self, message: Message) -> None:
        """Removes a message for both sides; bots are not told."""
        self.world.delete(message)

    def joins(self, group: Chat) -> None:
        self.world.doors.joins(self.user, group)

    def leaves(self, group: Chat) -> None:
        self.world.doors.leaves(self.user, group)

    def adds_bot(self, group: Chat, *, admin: bool = False, link: str | None = None) -> None:
        """With a `?startgroup=` link her client says its payload there at once, whether or not the bot was in it."""
        payload = None if link is None else self._payload(link, "startgroup")
        if not group.has(self.user):
            raise ValueError(f"{self.name} is not in {group}")
        if admin or not group.has(self.world.bot):
            self.world.doors.adds_bot(group, self.user, "administrator" if admin else "member")
        if payload:
            self.types(f"/start@{self.world.bot.username} {payload}", chat=group)

    def removes_bot(self, group: Chat) -> None:
        self.world.doors.removes_bot(group, self.user)
