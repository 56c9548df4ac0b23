"""One order from ring to waybill: the real product in a process of its own, people in the fake Telegram's chats.

A beat is a function of the Day; what it waits for must be on somebody's screen. What is printed was read there
or measured. A beat that does not happen is named, and the exit status is 1.
"""

import asyncio
import signal
import time
import tomllib
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib import resources
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zoneinfo import ZoneInfo

import aiohttp
from rich.console import Console

from bot.demo.person import NotSeen, Person, Press
from bot.demo.product import NotStarted, Product
from bot.demo.shown import Shown
from bot.demo.telegram import FakeTelegram, Message

PATIENCE = 30.0
"""Seconds until a beat counts as missing; a start loads aiogram, which takes up to ten on a small machine."""
PAUSE = 0.7
"""Seconds to read what a beat showed, at speed 1."""
UNDO = 10.0
"""Seconds in which the seller may take a press back; the buyer hears nothing before (house 8.5)."""


class Missing(Exception):
    """What a beat promised did not happen."""


@dataclass
class Day:
    """The properties of the story: who plays, what they say, where it happens."""

    texts: dict[str, Any]
    fake: FakeTelegram
    product: Product
    http: aiohttp.ClientSession
    shown: Shown
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

    async def sees(self, role: str, key: str, *, number: str = "", after: Message | None = None) -> Message:
        """Waits until a message of this person has the words of `[sees] key`, and the order's number."""
        person, words = self.people[role], self.texts["sees"][key]
        try:
            async with asyncio.timeout(PATIENCE):
                while True:
                    for message in person.chat.newest_first():
                        if after is not None and message.id <= after.id:
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

    async def presses(self, role: str, key: str) -> str:
        """Waits for the button, presses it; the words that pop up."""
        person = self.people[role]
        await person.sees_button(self.texts["presses"][key], PATIENCE)
        return await self.hears(role, self.press(role, key))

    async def hears(self, role: str, press: Press) -> str:
        said = await press.answered(PATIENCE)
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

    async def state(self, order: str) -> dict[str, Any]:
        number = self.texts[order]["number"]
        async with self.http.get(f"{self.product.url}/api/v1/orders/{number}", headers=self._key()) as answer:
            if answer.status != 200:
                raise Missing(f"GET /api/v1/orders/{number}: {answer.status}")
            state: dict[str, Any] = await answer.json()
            return state

    def number(self, order: str) -> str:
        return str(self.texts[order]["number"])

    def since_posted(self, message: Message) -> float:
        """Seconds from the 202 to the message's arrival in the chat."""
        return max(0.0, message.versions[0].at - self.posted_at)

    def expect(self, true: bool, promise: str) -> None:
        if not true:
            raise Missing(promise)

    def _key(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.shop['api_key']}"}


# ---------------------------------------------------------------- the beats
async def opens(day: Day) -> str:
    begun = time.monotonic()
    await day.product.start(day.http, PATIENCE)
    ready = time.monotonic() - begun
    shop = day.texts["shop"]
    day.shop = await day.product.command(
        "shop", "add", shop["name"], "--marketplace", shop["marketplace"], "--hours", shop["hours"], "--json"
    )
    day.enters("owner").opens(day.shop["invite"]["telegram"])
    await day.sees("owner", "welcome")
    return f"ready {ready:.1f} s after the start of the process"


async def joins(day: Day) -> str:
    invite = await day.product.command(
        "shop", "invite", str(day.shop["shop_id"]), "--role", "manager", "--json"
    )
    day.enters("colleague").opens(invite["telegram"])
    await day.sees("colleague", "asked_in")
    await day.sees("owner", "member_asks")
    await day.presses("owner", "admit")
    begun = time.monotonic()
    await day.sees("colleague", "joined")
    return f"let in {time.monotonic() - begun:.2f} s after the owner's yes"


async def rings(day: Day) -> str:
    day.first = await day.posts("first")
    for role in ("owner", "colleague"):
        card = await day.sees(role, "ring", number=day.number("first"))
        day.expect(
            day.texts["sees"]["do_not_call"] in card.text, "the card says that the buyer wants no call"
        )
    owner = await day.sees("owner", "ring", number=day.number("first"))
    return f"{day.since_posted(owner):.2f} s from the 202 to the owner's ring"


async def buyer(day: Day) -> str:
    day.enters("buyer").opens(day.first["buyer"]["telegram"])
    facts = await day.sees("buyer", "six_facts", number=day.number("first"))
    line = day.texts["first"]["lines"][1]["title"]
    day.expect(line in facts.text, f"{line!r} stands there letter by letter")
    await day.presses("buyer", "yes")
    begun = time.monotonic()
    await day.sees("buyer", "thanks", number=day.number("first"))
    await day.sees("owner", "confirmed_by_buyer", number=day.number("first"))
    return f"the shop's card says so {time.monotonic() - begun:.2f} s after the answered tap"


async def claim(day: Day) -> str:
    said = await day.presses("owner", "take")
    begun = time.monotonic()
    day.expect(day.texts["sees"]["taken"] in said, "the press is answered with what was done")
    await day.sees("owner", "in_work", number=day.number("first"))
    card = await day.sees("colleague", "holder", number=day.number("first"))
    labels = " ".join(card.labels)
    day.expect(day.texts["presses"]["take"] not in labels, "nobody else can claim it any more")
    return f"the colleague's card followed {time.monotonic() - begun:.2f} s after the answered press"


async def talk(day: Day) -> str:
    await day.presses("buyer", "ask")
    await day.sees("buyer", "ask_text", number=day.number("first"))
    day.types("buyer", "question")
    begun = time.monotonic()
    await day.sees("buyer", "asked", number=day.number("first"))
    rung = await day.sees("owner", "question_came", number=day.number("first"))
    there = time.monotonic() - begun
    day.expect(day.texts["types"]["question"] in rung.text, "the question stands there in the buyer's words")
    await day.presses("owner", "write")
    await day.sees("owner", "write_text", number=day.number("first"))
    day.types("owner", "answer")
    begun = time.monotonic()
    await day.people["buyer"].sees(day.texts["types"]["answer"], PATIENCE)
    return f"{there:.2f} s to the seller, {time.monotonic() - begun:.2f} s back to the buyer"


async def confirm(day: Day) -> str:
    await day.presses("owner", "confirm")
    begun = time.monotonic()
    card = await day.sees("owner", "confirmed", number=day.number("first"))
    seconds = time.monotonic() - begun
    return f"the card shows its {len(card.labels)} next buttons {seconds:.2f} s after the answered press"


async def killed(day: Day) -> str:
    card = await day.people["owner"].sees_button(day.texts["presses"]["ship"], PATIENCE)
    await day.posts("second")
    await day.product.killed()
    lived = day.fake.world.wall() - day.posted_at
    day.pending = day.press("owner", "ship", on=card)
    return f"dead {lived * 1000:.0f} ms after the 202"


async def restart(day: Day) -> str:
    begun = time.monotonic()
    await day.product.start(day.http, PATIENCE)
    rung = [await day.sees(role, "ring", number=day.number("second")) for role in ("owner", "colleague")]
    await day.sees("owner", "ask_ttn", number=day.number("first"))
    taken = time.monotonic() - begun
    for role, newest in zip(("owner", "colleague"), rung, strict=True):
        cards = [m for m in day.people[role].messages if day.number("second") in m.text]
        fair = len(cards) == 1 or day.texts["sees"]["repeat"] in newest.text
        day.expect(fair, "a ring that came twice says that it may have")
    first, second = await day.state("first"), await day.state("second")
    day.expect((first["status"], second["status"]) == ("confirmed", "new"), "both orders stand as they stood")
    return f"the order rang and the press was heard {taken:.1f} s after the start of the new process"


async def ships(day: Day) -> str:
    day.types("owner", "ttn")
    await day.sees("owner", "handed_over", number=day.number("first"))
    begun = time.monotonic()
    told = await day.sees("buyer", "ttn", number=day.number("first"))
    waited = time.monotonic() - begun
    today = datetime.fromtimestamp(told.versions[0].at, UTC).astimezone(ZoneInfo("Europe/Kyiv"))
    days = {today.day, datetime.fromtimestamp(told.versions[0].at - 60, UTC).astimezone(today.tzinfo).day}
    dates = [f"{day_} {month}" for day_ in days for month in day.texts["sees"]["months"]]
    day.expect(any(date in told.text for date in dates), "the date of dispatch stands beside the TTN")
    day.expect(waited > UNDO - 2, "the buyer hears nothing while the seller can still take it back")
    link = day.people["buyer"].link(day.texts["presses"]["track"])
    day.expect(day.texts["sees"]["ttn_number"] in link, "the button leads to this parcel")
    return f"told {waited:.1f} s after the press, when it could no longer be taken back"


async def stranger(day: Day) -> str:
    before = await day.state("second")
    person = day.enters("stranger")
    day.types("stranger", "start")
    await day.sees("stranger", "neutral")
    card = await day.sees("owner", "ring", number=day.number("second"))
    button = card.button(day.texts["presses"]["take"])
    day.expect(button is not None, "the owner could press it")
    press = person.forges(str((button or {})["callback_data"]))
    said = await day.hears("stranger", press)
    day.expect(day.texts["sees"]["no_access"] in said, "the press is refused")
    day.expect(await day.state("second") == before, "nothing changed")
    day.expect(not any(day.number("second") in m.text for m in person.messages), "and nothing was told")
    return "refused, and nothing changed"


BEATS: Sequence[Callable[[Day], Awaitable[str]]] = (
    opens,
    joins,
    rings,
    buyer,
    claim,
    talk,
    confirm,
    killed,
    restart,
    ships,
    stranger,
)


async def play(speed: float, fake: FakeTelegram | None = None) -> int:
    """The exit status: 0 if every beat happened. `speed` shortens the pauses for reading, nothing else."""
    console = Console(highlight=False, soft_wrap=False)
    if not console.is_terminal:
        console.width = 110
    with resources.files("bot.demo").joinpath("story.toml").open("rb") as file:
        texts = tomllib.load(file)
    shown = Shown(console)
    task = asyncio.current_task()
    loop = asyncio.get_running_loop()
    if task is not None:
        loop.add_signal_handler(signal.SIGTERM, task.cancel)  # leaves nothing behind then, either
    fake = fake or FakeTelegram()
    with TemporaryDirectory(prefix="orderbell-demo-") as folder:
        url = await fake.start()
        product = Product(Path(folder), token=fake.token, telegram_url=url)
        try:
            async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=PATIENCE)) as http:
                return await _played(Day(texts, fake, product, http, shown), max(speed, 0.01))
        finally:
            await product.stop()
            await shown.stop()
            await fake.stop()
            loop.remove_signal_handler(signal.SIGTERM)


async def _played(day: Day, speed: float) -> int:
    begun = time.monotonic()
    for number, beat in enumerate(BEATS, 1):
        title = day.texts["beats"][beat.__name__]
        day.shown.beat(number, title)
        try:
            measured = await beat(day)
        except (NotSeen, NotStarted, Missing, aiohttp.ClientError, TimeoutError) as error:
            day.shown.failed(f"missing: {number}. {title}", f"{type(error).__name__}: {error}")
            if not isinstance(error, NotStarted):
                day.shown.failed("the product's log", day.product.errors() or "(empty)")
            return 1
        await asyncio.sleep(PAUSE / speed)
        day.shown.measured(measured)
    if day.fake.violations:
        day.shown.failed("not allowed by the Bot API", "\n".join(str(v) for v in day.fake.violations))
        return 1
    calls = sum(1 for call in day.fake.calls if call.method != "getUpdates")
    seconds = time.monotonic() - begun
    day.shown.measured(
        f"{len(BEATS)} beats in {seconds:.0f} s; {calls} requests to Telegram, all valid, "
        f"{day.fake.too_many} refused for haste"
    )
    return 0
