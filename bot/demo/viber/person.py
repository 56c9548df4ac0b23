"""A person with a Viber phone: the same words as `bot.demo.person.Person` has, for what can be done there."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from urllib.parse import parse_qs, urlsplit

from bot.demo.viber.chats import Chat, Json, Message, User, command_of, label_of, pick
from bot.demo.viber.world import World
from bot.demo.watching import NotSeen, Watcher

START = "/start"
PIXEL = bytes.fromhex("ffd8ffd9")


class Press:
    """A finger on a button: `data` is its ActionBody, `sent` what went to the bot, `message` what bore it.

    Viber has no toasts: what answers a press is the next message of the bot.
    """

    def __init__(
        self, message: Message, data: str, sent: Message, settle: Callable[[], Awaitable[bool]]
    ) -> None:
        self.message = message
        self.data = data
        self.sent = sent
        self._settle = settle

    @property
    def answers(self) -> list[Message]:
        return [m for m in self.sent.chat.messages if m.sender.is_bot and m.id > self.sent.id]

    @property
    def toast(self) -> str | None:
        return self.answers[0].text if self.answers else None

    async def answered(self, within: float = 60.0) -> str:
        """Waits for the bot's next message and returns its words; "" if the product settled without one."""
        try:
            async with asyncio.timeout(within):
                if await self._settle():
                    return self.toast or ""
                while self.toast is None:
                    await self.sent.chat.change()
        except TimeoutError:
            raise NotSeen(
                f"the press on {self.data!r} was not answered within {within} s", self.sent.chat
            ) from None
        return self.toast or ""


class Person(Watcher[Message]):
    """Somebody in Viber. What she sees is in Watcher; `letters` is what other people forwarded to her."""

    user: User
    chat: Chat

    def __init__(self, world: World, user: User, chat: Chat, settle: Callable[[], Awaitable[bool]]) -> None:
        super().__init__(user, chat)
        self.world = world
        self.letters: list[Message] = []
        self.draft = ""  # what a link has put into the input field
        self.on_welcome: Callable[[Person], None] | None = None  # what she does once a welcome is shown
        self._settle = settle

    def __repr__(self) -> str:
        return f"<Person {self.name} {self.id}>"

    @property
    def id(self) -> str:
        """Viber's, for this bot: a string."""
        return self.user.id

    @property
    def phone(self) -> str:
        """The number of her account, digits only."""
        return self.user.phone

    @property
    def charged(self) -> int:
        """How many messages to her cost money."""
        return self.user.charged

    @property
    def keyboard(self) -> list[str]:
        """What stands on the keyboard below the chat now."""
        return [label_of(button) for row in self.chat.keyboard for button in row]

    @property
    def menu(self) -> list[str]:
        """The commands that lie at the foot of the keyboard, by their names."""
        return list(self.commands)

    @property
    def commands(self) -> dict[str, str]:
        """The same, with the words on their buttons."""
        keys = (button for row in self.chat.keyboard for button in row)
        return {name: label_of(button) for button in keys if (name := command_of(button))}

    def copies(self, label: str, *, on: Message | None = None) -> str:
        """Viber has no buttons that copy: a finger held on the message copies all of it."""
        del label
        return (on or self.screen).text

    # ------------------------------------------------------------------ coming and going

    def opens(self, context: str = "") -> Message:
        """Opens the chat by a link: `viber://pa?chatURI=..&context=..`, or just its context. Nothing hangs in the
        chat by that; what is returned marks the moment."""
        context = self._context(context)
        more = {"type": "open", "user": self.world.profile(self.user), "subscribed": self.user.subscribed}
        if context:
            more["context"] = context
        token = self.world.tell(self.chat, "conversation_started", more, told=self._welcomed)
        return Message(self.chat, token, self.user, self.world.wall(), {"type": "text", "text": START})

    def _welcomed(self, raw: bytes) -> None:
        self.world.welcome(self.chat, raw)
        if self.on_welcome is not None:
            self.on_welcome(self)

    def _context(self, link: str) -> str:
        parts = urlsplit(link)
        if parts.scheme != "viber":
            if parts.scheme in ("http", "https", "tg"):
                raise ValueError(f"{link} does not lead to a chat of Viber")
            return link
        query = parse_qs(parts.query)
        if parts.netloc != "pa" or query.get("chatURI") != [self.world.uri]:
            raise ValueError(f"{link} does not lead to the bot")
        self.draft = query.get("text", [""])[0]
        return query.get("context", [""])[0]

    def subscribes(self) -> None:
        """By the switch of the bot's page; Viber forgets the tracking data."""
        if not self.user.subscribed:
            self.user.subscribed, self.user.tracking = True, ""
            self.world.tell(self.chat, "subscribed", {"user": self.world.profile(self.user)})

    def blocks_bot(self) -> None:
        if self.user.subscribed:
            self.user.subscribed = False
            self.world.tell(self.chat, "unsubscribed", {"user_id": self.id})

    unblocks_bot = subscribes

    def deletes_account(self) -> None:
        """Viber tells the bot nothing; it finds out by a 5."""
        self.user.deleted = True
        self.chat.changes()

    def turns_off(self) -> None:
        """The phone: what is sent is accepted, and waits."""
        self.user.off = True

    def turns_on(self) -> None:
        self.user.off = False
        self.world.delivers(self.chat)

    def reads(self) -> None:
        """Looks at all that is new: a `seen` for each."""
        for message in self.chat.messages:
            if message.sender.is_bot and not message.seen:
                message.seen = True
                self.world.tell(self.chat, "seen", {"user_id": self.id}, token=message.id)

    def rejects(self, why: str | None = None) -> None:
        """Her client does not show the next message: a `failed` though Viber accepted it."""
        self.chat.rejections.append(why)

    # ------------------------------------------------------------------ buttons

    def presses(self, label: str, *, on: Message | None = None) -> Press:
        """Presses the button of the keyboard below the chat, or else of the newest rich media that bears it."""
        message, button = self._button(label, on)
        data = str(button.get("ActionBody", ""))
        match button.get("ActionType", "reply"):
            case "share-phone":
                sent = self.shares_contact(empty=self.user.desktop)
            case "location-picker":
                sent = self.sends_location(50.45, 30.52)
            case "reply":
                sent = self._replies(data, button)
            case other:
                raise NotSeen(f"[{label_of(button)}] is not to be pressed: it is {other}", self.chat)
        return Press(message, data, sent, self._settle)

    def taps(self, label: str) -> Message:
        """A press on the keyboard; what went to the bot."""
        return self.presses(label).sent

    def link(self, label: str, *, on: Message | None = None) -> str:
        """Where a button leads, without going there."""
        _, button = self._button(label, on)
        if button.get("ActionType") != "open-url":
            raise NotSeen(f"[{label_of(button)}] leads nowhere", self.chat)
        return str(button["ActionBody"])

    def follows(self, label: str, *, on: Message | None = None) -> str:
        """Opens a button's address; Viber tells the bot of it as if it had been typed."""
        address = self.link(label, on=on)
        self._replies(address, self._button(label, on)[1])
        return address

    def forges(self, data: str, message: Message | None = None) -> Press:
        """A hostile client: any data, silently, signed as if such a button had once been drawn for her."""
        sent = self._says({"type": "text", "text": self.world.signs(self.id, data)}, silent=True)
        return Press(message or sent, data, sent, self._settle)

    def replays(self, press: Press) -> Press:
        """The same press once more, as an impatient finger does."""
        sent = self._says({"type": "text", "text": press.data}, silent=True)
        return Press(press.message, press.data, sent, self._settle)

    def bearing(self, label: str, chat: object = None) -> Message | None:
        """Where the button is: the message that brought the keyboard, else the newest rich media."""
        if self.chat.slot is not None and pick(self.chat.keyboard, label) is not None:
            return self.chat.slot
        return next((m for m in self.chat.newest_first() if pick(m.own_rows, label) is not None), None)

    def _button(self, label: str, on: Message | None) -> tuple[Message, Json]:
        message = on or self.bearing(label)
        rows = [] if message is None else message.own_rows
        if on is not None:
            rows = (
                on.own_rows + on.keyboard_rows
            )  # as it was when it came: a finger may be slower than the screen
        if on is None and message is not None and message is self.chat.slot:
            rows = self.chat.keyboard + rows
        button = pick(rows, label)
        if message is None or button is None:
            visible = self.keyboard + [label_of(b) for m in self.messages for row in m.own_rows for b in row]
            raise NotSeen(f"{self.name} sees no button {label!r}; there are {visible}", self.chat)
        return message, button

    def _replies(self, data: str, button: Json) -> Message:
        """The bot gets the ActionBody, the chat shows the words of the button."""
        shown = {"type": "text", "text": label_of(button) or data}
        return self._says({"type": "text", "text": data}, silent=bool(button.get("Silent")), shown=shown)

    # ------------------------------------------------------------------ what she says

    def types(self, text: str) -> Message:
        """Sends a text; `/start payload`, which is Telegram's way to come by a link, opens the chat by it."""
        words = text.strip()
        if not words:
            raise ValueError("Viber's clients do not send empty messages")
        if words.split(maxsplit=1)[0] == START and (words != START or not self.user.subscribed):
            return self.opens(words.removeprefix(START).strip())
        return self._says({"type": "text", "text": words})

    def shares_contact(self, own: bool | Person = True, *, empty: bool = False) -> Message:
        """Her own number, another person's, or (own=False) one of her phone book: the bot cannot tell which."""
        who = self.user if own is True or own is False else own.user
        number = "" if empty else "380670000000" if own is False else who.phone
        name = "Plumber" if own is False else who.first_name
        return self._says({"type": "contact", "contact": {"name": name, "phone_number": number}})

    def sends_photo(self, data: bytes = PIXEL, caption: str = "") -> Message:
        media = self.world.keeps(data, "picture.jpg")
        more = {"text": caption} if caption else {}
        return self._says(
            {"type": "picture", "media": media, "thumbnail": media, "file_name": "picture.jpg", **more}
        )

    def sends_album(self, *pictures: bytes, caption: str = "") -> list[Message]:
        captions = [caption] + [""] * len(pictures)
        return [self.sends_photo(data, words) for data, words in zip(pictures, captions, strict=False)]

    def sends_document(self, data: bytes, name: str = "document.pdf", *, size: int | None = None) -> Message:
        media = self.world.keeps(data, name)
        return self._says({"type": "file", "media": media, "file_name": name, "size": size or len(data)})

    def sends_video(self, data: bytes = b"mp4", seconds: int = 3) -> Message:
        media = self.world.keeps(data, "video.mp4")
        return self._says({"type": "video", "media": media, "duration": seconds, "size": len(data)})

    def sends_sticker(self, number: int = 46105) -> Message:
        return self._says({"type": "sticker", "sticker_id": number})

    def sends_location(self, latitude: float, longitude: float) -> Message:
        return self._says({"type": "location", "location": {"lat": latitude, "lon": longitude}})

    def sends_url(self, address: str) -> Message:
        return self._says({"type": "url", "media": address})

    def sends(self, message: Json) -> Message:
        """Anything else, by its fields."""
        return self._says(message)

    def forwards(self, message: Message, to: Person | None = None) -> Message:
        """To the bot, or to another person, whose `letters` it joins. Rich media cannot be forwarded."""
        if message.kind == "rich_media":
            raise ValueError("Viber does not forward rich media")
        if to is None:
            return self._says(
                {name: v for name, v in message.body.items() if name in ("type", "text", "media")}
            )
        to.letters.append(message)
        return message

    def _says(self, message: Json, *, silent: bool = False, shown: Json | None = None) -> Message:
        if self.user.deleted:
            raise ValueError(f"{self.name} has no account any more")
        return self.world.hears(self.chat, message, silent=silent, shown=shown)
