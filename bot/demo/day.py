"""The properties of the story: who plays, what they say, where and when it happens."""

import asyncio
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import aiohttp

from bot.demo.clock import LeapingClock
from bot.demo.person import NotSeen, Person, Press
from bot.demo.product import Product
from bot.demo.shown import Shown
from bot.demo.telegram import FakeTelegram, Message, Version

KYIV = ZoneInfo("Europe/Kyiv")


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
    product: Product
    clock: LeapingClock
    http: aiohttp.ClientSession
    shown: Shown
    patience: float
    """seconds until a beat counts as missing"""
    people: dict[str, Person] = field(default_factory=dict)
    shop: dict[str, Any] = field(default_factory=dict)
    first: dict[str, Any] = field(default_factory=dict)
    pending: Press | None = None
    """the press that nobody was there to hear"""
    posted_at: float = 0.0

    def enters(self, role: str) -> Person:
        person = self.people[role] = self.fake.person(self.texts["people"][role])
        self.shown.follow(person)
        return person

    async def sees(self, role: str, key: str, *, number: str = "", after: int = 0) -> Message:
        """Waits until a message of this person that came after the one with the id `after` has the words of
        `[sees] key`, and the order's number."""
        person, words = self.people[role], self.texts["sees"][key]
        try:
            async with asyncio.timeout(self.patience):
                while True:
                    for message in person.chat.newest_first():
                        if message.id <= after:
                            break
                        if words in message.text and number in message.text and message.sender.is_bot:
                            return message
                    await person.chat.change()
        except TimeoutError:
            raise NotSeen(f"{person.name} did not see {words!r} {number}", person.chat) from None

    def press(self, role: str, key: str, *, on: Message | None = None) -> Press:
        person, label = self.people[role], self.texts["presses"][key]
        press = person.presses(label, on=on)
        self.shown.pressed(person, press, label)
        return press

    async def presses(self, role: str, key: str, *, number: str = "") -> str:
        """Waits for the button, on a message about this order where one is given, and presses it; the words that
        pop up."""
        person, label = self.people[role], self.texts["presses"][key]
        try:
            async with asyncio.timeout(self.patience):
                while (on := _bearing(person, label, number)) is None:
                    await person.chat.change()
        except TimeoutError:
            raise NotSeen(f"{person.name} did not see a button {label!r} {number}", person.chat) from None
        return await self.hears(role, self.press(role, key, on=on))

    async def hears(self, role: str, press: Press) -> str:
        said = await press.answered(self.patience)
        self.shown.answered(self.people[role], press)
        return said

    def types(self, role: str, key: str) -> None:
        self.people[role].types(self.texts["types"][key])

    async def posts(self, order: str) -> dict[str, Any]:
        """The shop's site hands in an order by HTTP; the 202's body."""
        async with self.http.post(
            f"{self.product.url}/api/v1/orders", json=self.texts[order], headers=self._key()
        ) as answer:
            self.posted_at = self.fake.world.wall()
            if answer.status != 202:
                raise Missing(f"POST /api/v1/orders: {answer.status} {await answer.text()}")
            taken: dict[str, Any] = await answer.json()
            return taken

    async def happens(self, order: str, status: str) -> None:
        """The shop's site tells what was done in the marketplace's cabinet."""
        url = f"{self.product.url}/api/v1/orders/{self.number(order)}/events"
        event = {"type": "status_changed", "status": status}
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
        """Of each person the newest message, to know later what came after it."""
        return {role: max((m.id for m in person.messages), default=0) for role, person in self.people.items()}

    def heard(self, role: str, since: Mapping[str, int]) -> list[Message]:
        """What the bot said to this person since the mark, oldest first."""
        return [m for m in self.people[role].messages if m.id > since.get(role, 0) and m.sender.is_bot]

    def expect_silence(self, since: Mapping[str, int], promise: str, *, of: Iterable[str] = ()) -> None:
        """Nobody, or none of these, has heard anything from the bot since the mark."""
        for role in of or self.people:
            for message in self.heard(role, since):
                raise Missing(f"{promise}; {self.people[role].name} got {message.text!r}")

    def stands(self, message: Message) -> str:
        """The time of day that the message says now; of one that says none, the chat's own."""
        return self._time_in(message.versions[-1])

    def came(self, message: Message) -> str:
        """The time of day that the message said when it came."""
        return self._time_in(message.versions[0])

    def _time_in(self, version: Version) -> str:
        said = re.search(self.texts["sees"]["as_of"], version.text)
        return said[1] if said else f"{datetime.fromtimestamp(version.at, KYIV):%H:%M}"

    def since_posted(self, message: Message) -> float:
        """Seconds from the 202 to the message's arrival in the chat."""
        return max(0.0, message.versions[0].at - self.posted_at)

    def expect(self, true: bool, promise: str) -> None:
        if not true:
            raise Missing(promise)

    def _key(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.shop['api_key']}"}


def _bearing(person: Person, label: str, number: str) -> Message | None:
    return next((m for m in person.chat.newest_first() if number in m.text and m.button(label)), None)
