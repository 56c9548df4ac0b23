"""The properties of the story: who plays, what they say, where and when it happens."""

import asyncio
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from html import unescape
from typing import Any, TypeVar
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import aiohttp

from bot.demo.clock import LeapingClock
from bot.demo.person import NotSeen, Person, Press
from bot.demo.product import Product
from bot.demo.shown import AnyChat, AnyMessage, Shown
from bot.demo.telegram import Chat, FakeTelegram, Message, Version
from bot.demo.turbosms import FakeTurboSms
from bot.demo.viber import FakeViber
from bot.demo.viber import Message as ViberMessage
from bot.demo.viber import Person as ViberPerson
from bot.demo.viber import Press as ViberPress

KYIV = ZoneInfo("Europe/Kyiv")
T = TypeVar("T")


def moment(texts: Mapping[str, Any], key: str) -> datetime:
    """`[at] key`, by the clock on a Kyiv wall."""
    wall: datetime = texts["at"][key]
    return wall.replace(tzinfo=KYIV)


class Missing(Exception):
    """What a beat promised did not happen."""


@dataclass
class Day:
    """Its times are those of Kyiv, in `[at]` of the texts."""

    texts: dict[str, Any]
    fake: FakeTelegram
    viber: FakeViber
    sms: FakeTurboSms
    product: Product
    clock: LeapingClock
    http: aiohttp.ClientSession
    shown: Shown
    patience: float
    """seconds until a beat counts as missing"""
    people: dict[str, Person] = field(default_factory=dict)
    on_viber: dict[str, ViberPerson] = field(default_factory=dict)
    chats: dict[str, Chat] = field(default_factory=dict)
    """each person's with the bot in Telegram, under her role, and the shop's group"""
    titles: dict[str, str] = field(default_factory=dict)
    """of each phone, under its role"""
    shop: dict[str, Any] = field(default_factory=dict)
    links: dict[str, str] = field(default_factory=dict)
    """of an order, what its buyer opens"""
    pending: Press | None = None
    """the press that nobody was there to hear"""
    posted_at: float = 0.0

    def enters(self, role: str) -> Person:
        person = self.people[role] = self.fake.person(self.texts["people"][role])
        self.chats[role] = person.chat
        self._shows(role, person.chat, person.name)
        return person

    def enters_viber(self, role: str) -> ViberPerson:
        person = self.on_viber[role] = self.viber.person(self.texts["people"][role])
        self._shows(role, person.chat, f"{person.name} · Viber")
        return person

    def gathers(self, role: str, *roles: str) -> Chat:
        """These people's group; the bot is not in it yet."""
        title = self.texts["people"][role]
        chat = self.fake.group(title, [self.people[each] for each in roles], bot_status="left")
        self.chats[role] = chat
        self._shows(role, chat, title)
        return chat

    def _shows(self, role: str, chat: AnyChat, title: str) -> None:
        self.titles[role] = title
        self.shown.follow(chat, title)

    async def sees(self, role: str, key: str, *, number: str = "", after: int = 0) -> Message:
        """Waits until a message in this chat that came after the one with the id `after` has the words of
        `[sees] key`, and the order's number."""
        return await self._seen(role, self.texts["sees"][key], number, after)

    async def _seen(self, role: str, words: str, number: str, after: int) -> Message:
        chat = self.chats[role]

        def found() -> Message | None:
            for message in chat.newest_first():
                if message.id <= after:
                    break
                if words in message.text and number in message.text and message.sender.is_bot:
                    return message
            return None

        return await self._until(found, chat, f"{self._name(role)} did not see {words!r} {number}")

    async def becomes(self, message: Message, key: str) -> None:
        """Waits until the message says this."""
        words = self.texts["sees"][key]
        await self._until(
            lambda: words in message.text, message.chat, f"{message!r} did not become {words!r}"
        )

    async def loses(self, role: str, words: Iterable[str]) -> None:
        """Waits until none of these words is left in what the bot shows in this chat."""
        chat = self.chats[role]

        def gone() -> bool:
            shown = [message.text for message in chat.messages if message.sender.is_bot]
            return not any(word in text for word in words for text in shown)

        await self._until(gone, chat, f"{self._name(role)} still sees one of {tuple(words)}")

    async def _until(self, look: Callable[[], T | None], chat: Chat, missed: str) -> T:
        try:
            async with asyncio.timeout(self.patience):
                while not (found := look()):
                    await chat.change()
                return found
        except TimeoutError:
            raise NotSeen(missed, chat) from None

    def press(self, role: str, key: str, *, on: Message | None = None) -> Press:
        person, label = self.people[role], self.texts["presses"][key]
        press = person.presses(label, on=on)
        self.shown.pressed(person.name, press, label)
        return press

    async def presses(
        self, role: str, key: str, *, number: str = "", on: Message | None = None, place: str = ""
    ) -> str:
        """Waits for the button, on this message, or on one about this order where a number is given, in her own chat
        with the bot or in another place, and presses it; the words that pop up."""
        person, label = self.people[role], self.texts["presses"][key]
        chat = self.chats[place or role]

        def found() -> Message | None:
            messages = [on] if on else chat.newest_first()
            return next((m for m in messages if number in m.text and m.button(label)), None)

        bearer = await self._until(found, chat, f"{person.name} did not see a button {label!r} {number}")
        return await self.hears(role, self.press(role, key, on=bearer))

    async def hears(self, role: str, press: Press) -> str:
        said = await press.answered(self.patience)
        self.shown.answered(self.people[role].name, press)
        return said

    def types(self, role: str, key: str) -> None:
        self.people[role].types(self.texts["types"][key])

    async def asks(self, role: str, key: str) -> Message:
        """Types, and waits for what the bot says to it."""
        after = self.mark()[role]
        self.types(role, key)
        return await self._seen(role, "", "", after)

    async def walks(self, role: str, command: str, *keys: str) -> Message:
        """Types a command and presses on, from screen to screen, on the message that answers it."""
        screen = await self.asks(role, command)
        for key in keys:
            await self.turns(role, key, screen)
        return screen

    async def turns(self, role: str, key: str, screen: Message) -> None:
        """Presses, and waits until the message is another one."""
        before = len(screen.versions)
        await self.presses(role, key, on=screen)
        missed = f"{self._name(role)} pressed {key!r}, and the screen stayed"
        await self._until(lambda: len(screen.versions) > before, screen.chat, missed)

    def copies(self, role: str, on: Message) -> str:
        """The link in the text that a button puts into the clipboard."""
        return self.link_in(self.people[role].copies(self.texts["presses"]["copy"], on=on))

    def link_in(self, text: str) -> str:
        link = re.search(r"https?://\S+", text)
        if link is None:
            raise Missing(f"no link in {text!r}")
        return link[0]

    async def gets_sms(self, phone: str) -> str:
        """Waits until an SMS has come to this number; what it says."""
        try:
            return (await self.sms.arrived(phone.removeprefix("+"), within=self.patience))[0].shown
        except TimeoutError:
            raise Missing(f"no SMS came to {phone}") from None

    async def posts(self, order: str) -> dict[str, Any]:
        """The shop's site hands in an order by HTTP; the 202's body."""
        async with self.http.post(
            f"{self.product.url}/api/v1/orders", json=self.texts[order], headers=self._key()
        ) as answer:
            self.posted_at = self.fake.world.wall()
            if answer.status != 202:
                raise Missing(f"POST /api/v1/orders: {answer.status} {await answer.text()}")
            taken: dict[str, Any] = await answer.json()
            self.links[order] = f"{self.product.url}/b/{taken['buyer']['start']}"
            return taken

    def taps(self, role: str, key: str) -> ViberPress:
        """Her press in Viber, where the bot's next message is the only answer."""
        person, label = self.on_viber[role], self.texts["presses"][key]
        press = person.presses(label)
        self.shown.pressed(person.name, press, label)
        return press

    async def reads(self, role: str, key: str) -> ViberMessage:
        """Waits until her chat in Viber has the words of `[sees] key`."""
        words = self.texts["sees"][key]
        return await self.on_viber[role].sees(words, self.patience)

    async def page(self, link: str) -> dict[str, str]:
        """The links of the page to which a buyer's link leads, by what each begins with."""
        async with self.http.get(link) as answer:
            if answer.status != 200:
                raise Missing(f"GET {link}: {answer.status}")
            ways = re.findall(r'<a href="([^"]+)"', await answer.text())
            return {urlsplit(way).scheme: unescape(way) for way in ways}

    async def happens(self, order: str, **event: str) -> None:
        """The shop's site tells what happened at the marketplace or on the way."""
        url = f"{self.product.url}/api/v1/orders/{self.number(order)}/events"
        async with self.http.post(url, json=event, headers=self._key()) as answer:
            if answer.status != 202:
                raise Missing(f"POST {url}: {answer.status} {await answer.text()}")

    async def state(self, order: str) -> dict[str, Any]:
        number = self.texts[order]["number"]
        async with self.http.get(f"{self.product.url}/api/v1/orders/{number}", headers=self._key()) as answer:
            if answer.status != 200:
                raise Missing(f"GET /api/v1/orders/{number}: {answer.status}")
            state: dict[str, Any] = await answer.json()
            return state

    def number(self, order: str) -> str:
        return str(self.texts[order]["number"])

    # ------------------------------------------------------------------ time
    async def comes(self, key: str) -> None:
        """The clock leaps to `[at] key`, unless it is there already; all that becomes due on arrival is told."""
        ahead = moment(self.texts, key).timestamp() - self.clock.wall()
        if ahead > 0:
            await self.goes(ahead)

    async def goes(self, seconds: float) -> None:
        """The clock leaps so far, and all that becomes due on arrival is told."""
        try:
            await self.product.leaps(self.clock.offset + seconds, self.patience)
        except TimeoutError:
            raise Missing(f"the product did not follow a leap of {seconds:.0f} s") from None

    def hour(self, key: str) -> str:
        return f"{moment(self.texts, key):%H:%M}"

    def mark(self) -> dict[str, int]:
        """Of each chat the newest message, to know later what came after it."""
        return {role: max((m.id for m in chat.messages), default=0) for role, chat in self._rooms.items()}

    def heard(self, role: str, since: Mapping[str, int]) -> Sequence[AnyMessage]:
        """What the bot said in this chat since the mark, oldest first."""
        return [m for m in self._rooms[role].messages if m.id > since.get(role, 0) and m.sender.is_bot]

    @property
    def _rooms(self) -> Mapping[str, AnyChat]:
        """The chats in both messengers."""
        return {**self.chats, **{role: person.chat for role, person in self.on_viber.items()}}

    def expect_silence(self, since: Mapping[str, int], promise: str, *, of: Iterable[str] = ()) -> None:
        """Nobody, or none of these, has heard anything from the bot since the mark."""
        for role in of or self._rooms:
            for message in self.heard(role, since):
                raise Missing(f"{promise}; {self._name(role)} got {message.text!r}")

    def stands(self, message: AnyMessage) -> str:
        """The time of day that the message says now; of one that says none, the chat's own."""
        return self._time_in(message.versions[-1])

    def came(self, message: AnyMessage) -> str:
        """The time of day that the message said when it came."""
        return self._time_in(message.versions[0])

    def _time_in(self, version: Version | ViberMessage) -> str:
        said = re.search(self.texts["sees"]["as_of"], version.text)
        return said[1] if said else f"{datetime.fromtimestamp(version.at, KYIV):%H:%M}"

    def since_posted(self, message: Message) -> float:
        """Seconds from the 202 to the message's arrival in the chat."""
        return max(0.0, message.versions[0].at - self.posted_at)

    def expect(self, true: bool, promise: str) -> None:
        if not true:
            raise Missing(promise)

    def _name(self, role: str) -> str:
        return str(self.texts["people"][role])

    def _key(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.shop['api_key']}"}
