"""A shop under load whose machine is killed: its site posts, its people press and type, its buyers tap.

Everything here lives in the test's process; the product lives in another. What was promised to whom is written
down as it happens (`accepted`, `expected`, `poisons`), for `judge.py` to compare with what became of it.
"""

import asyncio
import json
import random
import signal
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import aiohttp

from bot.app import utc_now
from bot.demo.person import Person
from bot.demo.telegram import FakeTelegram, Kind, Limits, Message
from bot.shops import Shops
from bot.tasks import Tasks
from models import migrate
from models.db import Database
from models.roles import Role
from models.workflow import Action
from models.worktime import WorkSchedule
from tests.kills.eyes import Eyes
from tests.kills.lives import Life, Starter, free_port
from tests.stage import MONDAY, TOKEN, order

PATIENCE = 90.0
"""Seconds after which what did not come counts as lost, kills and all."""
SELLERS = 3
PAUSE = (0.1, 0.4)
"""Seconds between two orders of one site."""
MOST_UNHEARD = 8
"""Orders that have not rung everybody yet; the site waits, so that what is measured is kills and not a queue."""
MOST_STORIES = 5
BEFORE = {
    Kind.TOO_MANY: 0.01,
    Kind.SERVER_ERROR: 0.01,
    Kind.BAD_GATEWAY: 0.01,
    Kind.RESET: 0.01,
    Kind.EMPTY: 0.01,
}
AFTER = {
    Kind.SERVER_ERROR: 0.01,
    Kind.RESET: 0.01,
    Kind.HALF: 0.01,
    Kind.BAD_GATEWAY: 0.01,
    Kind.UNDECODABLE: 0.005,
}


@dataclass(frozen=True, slots=True)
class Accepted:
    number: str
    order_id: str
    start: str
    told: bool
    """It has a story: its buyer and its seller see it through."""


@dataclass(frozen=True, slots=True)
class Expected:
    """A press or a text that must leave exactly so many events of this action, by its own cause."""

    update_id: int
    number: str
    action: Action
    times: int = 1


@dataclass(slots=True)
class World:
    fake: FakeTelegram
    starter: Starter
    database_url: str
    place: Path
    rng: random.Random
    webhook: bool = False
    real_clock: bool = False
    port: int = field(default_factory=free_port)
    life: Life | None = None
    ahead: float = 0.0
    kills: int = 0
    starts: int = 0
    accepted: dict[str, Accepted] = field(default_factory=dict)
    posts: int = 0
    answers: Counter[int] = field(default_factory=Counter)
    expected: list[Expected] = field(default_factory=list)
    poisons: list[int] = field(default_factory=list)
    shipped: dict[str, tuple[Person, str]] = field(default_factory=dict)
    shown: set[tuple[int, str]] = field(default_factory=set)
    """Chats in which an order's card was asked for, or answered something typed."""
    cancelled: set[str] = field(default_factory=set)
    questions: dict[str, Person] = field(default_factory=dict)
    pushed: list[int] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    sellers: list[Eyes] = field(default_factory=list)
    admin: Eyes | None = None
    api_key: str = ""
    tasks: Tasks = field(default_factory=Tasks)
    faulty: bool = False
    _site: list["asyncio.Task[None]"] = field(default_factory=list)
    _stories: set["asyncio.Task[None]"] = field(default_factory=set)
    _loaded: bool = False
    _http: aiohttp.ClientSession | None = None
    _numbers: int = 900_000_000
    _ttns: int = 0
    _turn: dict[int, asyncio.Lock] = field(default_factory=dict)

    # ------------------------------------------------------------------ the shop

    @property
    def log(self) -> Path:
        return self.place / "product.log"

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def settings(self) -> dict[str, Any]:
        settings: dict[str, Any] = {
            "bot_token": TOKEN,
            "telegram_api_url": self.fake.url,
            "database_url": self.database_url,
            "port": self.port,
            "secret_key": "only-for-tests-only-for-tests-only",
            "log_level": "DEBUG",
            "log_format": "json",
        }
        if self.admin is not None:
            settings["admin_ids"] = str(self.admin.person.id)
        if self.webhook:
            settings |= {
                "telegram_updates": "webhook",
                "telegram_webhook_secret": "only-for-tests-only",
                "public_url": self.url,
            }
        return settings

    def now(self) -> datetime:
        return utc_now() + timedelta(seconds=self.ahead)

    async def opens(self) -> None:
        """The fake, the shop, its key and invites; nobody has come in yet."""
        if not self.real_clock:
            self.ahead = (MONDAY - utc_now()).total_seconds() % (7 * 86_400)
        self.fake.world.updates.listeners.append(lambda pending: self.pushed.append(pending.id))
        await self.fake.start()
        self._http = aiohttp.ClientSession()
        admin = self.fake.person("Черговий")
        admin.types("/start")
        self.admin = Eyes(admin)

    async def opens_shop(self) -> list[str]:
        """As `shop add` and `shop invite` do, in the database itself. Returns the invites."""
        db = Database(self.database_url)
        await db.run(migrate.upgrade)
        db.start()
        shops = Shops(db, self.now)
        opened = await shops.open("Самовар", "rozetka", WorkSchedule.parse("Mon-Sun 00:00-24:00"))
        invites = [opened.invite.start]
        for _ in range(SELLERS - 1):
            invites.append((await shops.invite(opened.shop.id, Role.MANAGER, binds_at_once=True)).start)
        await db.stop()
        self.api_key = opened.api_key
        return invites

    async def staffs(self, invites: list[str], within: float = PATIENCE) -> None:
        """The people come in; nobody is killed meanwhile."""
        for index, invite in enumerate(invites):
            person = self.fake.person(f"Продавець {index + 1}")
            person.types(f"/start {invite}")
            await person.sees("Вітаємо у магазині", within)
            self.sellers.append(Eyes(person))
            self._turn[person.id] = asyncio.Lock()

    async def closes(self) -> None:
        await self.tasks.stop()
        if self.life is not None and not self.life.over:
            await self.life.dies()
        if self._http is not None:
            await self._http.close()
        await self.fake.stop()

    # ------------------------------------------------------------------ lives

    async def starts_one(self, arm: tuple[str, int] | None = None) -> Life:
        assert self.life is None or self.life.over
        self.life = await self.starter.start(self.settings, self.log, arm=arm, ahead=self.ahead)
        self.starts += 1
        return self.life

    async def kills_it(self, number: int = signal.SIGKILL) -> int:
        assert self.life is not None
        status = await self.life.dies(number)
        if status == -signal.SIGKILL:
            self.kills += 1
        return status

    async def answers_at_all(self, within: float = 60.0) -> None:
        """Until the doors are open or the life is over."""
        assert self.life is not None
        deadline = time.monotonic() + within
        while not self.life.over:
            if await self.is_open():
                return
            assert time.monotonic() < deadline, "the doors stay closed"
            await asyncio.sleep(0.01)

    async def is_open(self) -> bool:
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", self.port)
        except OSError:
            return False
        writer.close()
        return True

    def leaps(self, **time_passed: float) -> None:
        """What the next life takes for the present: so much has passed."""
        self.ahead += timedelta(**time_passed).total_seconds()

    # ------------------------------------------------------------------ faults, poison

    def storms(self, seed: int) -> None:
        self.faulty = True
        self.fake.faults.at_random(seed, before=BEFORE, after=AFTER, retry_after=1)

    def poison(self) -> None:
        """An update that aiogram cannot read, in a chat of its own."""
        self.poisons.append(self.fake.next_update_id)
        chat = {"id": 1000 + len(self.poisons), "type": "private"}
        self.fake.push({"message": {"message_id": "none", "date": "never", "chat": chat}})

    # ------------------------------------------------------------------ load

    def load(self, *, sites: int = 3) -> None:
        self._loaded = True
        for number in range(sites):
            self._site.append(self.tasks.start(self._posting(), name=f"site {number}"))

    async def unload(self) -> None:
        """No new orders; what was begun is seen through."""
        self._loaded = False
        await asyncio.gather(*self._site)
        self._site.clear()
        while self._stories:
            await asyncio.gather(*self._stories)

    async def _posting(self) -> None:
        while self._loaded:
            if self._unheard() >= MOST_UNHEARD:
                await asyncio.sleep(0.05)
                continue
            await self.posts_one()
            await asyncio.sleep(self.rng.uniform(*PAUSE))

    def _unheard(self) -> int:
        for eyes in self.sellers:
            eyes.look()
        recent = list(self.accepted)[-40:]
        return sum(any(not eyes.by_number.get(number) for eyes in self.sellers) for number in recent)

    async def posts_one(
        self, *, told: bool | None = None, way: float | None = None, linked: bool | None = None
    ) -> Accepted:
        """An order, posted until it is accepted; now and then once more, which must be the same order.

        `told`: it has a story, and `way` which one: below 0.1 the buyer cancels, below 0.3 the buyer asks. `linked`:
        without one, somebody opens its link.
        """
        self._numbers += 1
        number = str(self._numbers)
        if told is None:
            told = len(self._stories) < MOST_STORIES
        body = order(number=number, do_not_call=told)
        headers = {"Idempotency-Key": f"key-{number}"} if self.rng.random() < 0.5 else {}
        answer = await self._post("", body, headers)
        assert answer["number"] == number, answer
        taken = Accepted(number, answer["order_id"], answer["buyer"]["start"], told)
        self.accepted[number] = taken
        if self.rng.random() < 0.1:
            again = await self._post("", body, headers)
            assert (again["number"], again["order_id"]) == (number, taken.order_id), (answer, again)
        if told:
            story = self.tasks.start(self._guarded(taken, way), name=f"story {number}")
            self._stories.add(story)
            story.add_done_callback(self._stories.discard)
        elif self.rng.random() < 0.3 if linked is None else linked:
            self.fake.person("Покупець").types(f"/start {taken.start}")
        else:
            await self._post(f"/{number}/events", {"type": "payment_changed", "status": "paid"}, {})
        return taken

    async def happens(self, number: str, **event: Any) -> None:
        """The source tells what became of an order."""
        await self._post(f"/{number}/events", event, {})

    async def asks(self, number: str) -> dict[str, Any]:
        """What the API tells the site of an order."""
        assert self._http is not None
        headers = {"Authorization": f"Bearer {self.api_key}"}
        async with self._http.get(f"{self.url}/api/v1/orders/{number}", headers=headers) as answer:
            assert answer.status == 200, answer.status
            return dict(await answer.json())

    async def _post(self, path: str, body: Any, headers: dict[str, str]) -> dict[str, Any]:
        """Until 202, as the contract asks of a site: what came to nothing, 429 and 503 are tried again."""
        assert self._http is not None
        sent = {"Authorization": f"Bearer {self.api_key}", "Content-Type": "application/json"} | headers
        raw = json.dumps(body).encode()
        deadline = time.monotonic() + PATIENCE
        while True:
            self.posts += 1
            try:
                async with self._http.post(
                    f"{self.url}/api/v1/orders{path}",
                    data=raw,
                    headers=sent,
                    timeout=aiohttp.ClientTimeout(total=20),
                ) as answer:
                    self.answers[answer.status] += 1
                    told = await answer.json(content_type=None)
                    if answer.status == 202:
                        return dict(told)
                    assert answer.status in (429, 503), (answer.status, told)
            except (aiohttp.ClientError, TimeoutError, OSError):
                self.answers[0] += 1
            assert time.monotonic() < deadline, "no order is accepted any more"
            await asyncio.sleep(0.03)

    # ------------------------------------------------------------------ stories

    async def _guarded(self, taken: Accepted, way: float | None) -> None:
        try:
            await self._story(taken, self.rng.random() if way is None else way)
        except AssertionError as error:
            self.failures.append(f"{taken.number}: {error}")

    async def _story(self, taken: Accepted, way: float) -> None:
        """From the buyer's link to the waybill, one way of a few."""
        number = taken.number
        buyer = Eyes(self.fake.person("Покупець"))
        buyer.person.types(f"/start {taken.start}")
        asked = await buyer.sees_text(number, "Все правильно?", PATIENCE)
        seller = self.rng.choice(self.sellers)
        if way < 0.1:
            await self._cancels(buyer, asked, number)
            return
        if way < 0.3:
            await self._asks(buyer, seller, asked, number)
        else:
            self._presses(buyer, asked, "Все вірно", number, Action.BUYER_CONFIRM)
            await buyer.sees_text(number, "замовлення підтверджено", PATIENCE)
        async with self._turn[seller.person.id]:
            await self._sells(seller, buyer, number)

    async def _cancels(self, buyer: Eyes, asked: Message, number: str) -> None:
        buyer.person.presses("Скасувати замовлення", on=asked)
        sure = await buyer.sees_button(number, "Так, скасувати", PATIENCE)
        self._presses(buyer, sure, "Так, скасувати", number, Action.BUYER_CANCEL)
        await buyer.sees_text(number, "замовлення скасовано", PATIENCE)
        self.cancelled.add(number)

    async def _asks(self, buyer: Eyes, seller: Eyes, asked: Message, number: str) -> None:
        """A question, and the seller's reply to it."""
        buyer.person.presses("Є запитання", on=asked)
        await buyer.sees_text(number, "напишіть запитання", PATIENCE)
        self._types(buyer, "А чохол до чайника є?", number, Action.BUYER_ASK)
        await buyer.sees_text(number, "запитання передано", PATIENCE)
        async with self._turn[seller.person.id]:
            heard = await self._finds(seller, number, "Написати покупцю")
            seller.person.presses("Написати покупцю", on=heard)
            await seller.sees_text(number, "напишіть повідомлення покупцеві", PATIENCE)
            seller.person.types("Чохол у комплекті.")
            await seller.sees_text(number, "передаємо покупцеві", PATIENCE)
        self.questions[number] = buyer.person

    async def _sells(self, seller: Eyes, buyer: Eyes, number: str) -> None:
        card = await self._finds(seller, number, "Беру в роботу")
        press = seller.person.presses("Беру в роботу", on=card)
        self._expect(self.fake.next_update_id - 1, number, Action.TAKE)
        if self.rng.random() < 0.2:
            seller.person.replays(press)
            self._expect(self.fake.next_update_id - 1, number, Action.TAKE, times=0)
        card = await seller.sees_button(number, "Дані підтверджено", PATIENCE)
        self._presses(seller, card, "Дані підтверджено", number, Action.CONFIRM)
        card = await seller.sees_button(number, "Ввести ТТН", PATIENCE)
        before = seller.person.screen.id
        seller.person.presses("Ввести ТТН", on=card)
        await seller.sees_text(number, "надішліть номер ТТН", PATIENCE, after=before)
        self._ttns += 1
        ttn = f"204500{self._ttns:08d}"
        self.shown.add((seller.person.id, number))
        self._types(seller, ttn, number, Action.SHIP)
        await seller.sees_text(number, "«Передано в службу доставки»", PATIENCE)
        self.shipped[number] = (buyer.person, ttn)
        if self.rng.random() < 0.3:
            await self._post(f"/{number}/events", {"type": "parcel", "ttn": ttn, "status": "arrived"}, {})
            await buyer.sees_text(number, "чекає на вас", PATIENCE)

    async def _finds(self, seller: Eyes, number: str, label: str) -> Message:
        """A message with this button, opened from a digest where the order came in one."""

        def either() -> Message | None:
            return seller.button(number, label) or seller.button(number, number)

        found = await seller.until(either, f"[{label}] of {number}", PATIENCE)
        if found.button(label):
            return found
        self.shown.add((seller.person.id, number))
        seller.person.presses(number, on=found)
        return await seller.sees_button(number, label, PATIENCE)

    def _presses(self, eyes: Eyes, on: Message, label: str, number: str, action: Action) -> None:
        eyes.person.presses(label, on=on)
        self._expect(self.fake.next_update_id - 1, number, action)

    def _types(self, eyes: Eyes, text: str, number: str, action: Action) -> None:
        eyes.person.types(text)
        self._expect(self.fake.next_update_id - 1, number, action)

    def _expect(self, update_id: int, number: str, action: Action, times: int = 1) -> None:
        self.expected.append(Expected(update_id, number, action, times))


def new_world(
    starter: Starter,
    database_url: str,
    place: Path,
    seed: int,
    *,
    webhook: bool = False,
    real_clock: bool = False,
) -> World:
    fake = FakeTelegram(token=TOKEN, username="orderbell_bot", limits=Limits.none(), scale=0.01, seed=seed)
    return World(
        fake, starter, database_url, place, random.Random(seed), webhook=webhook, real_clock=real_clock
    )
