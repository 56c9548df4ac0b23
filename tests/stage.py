"""The properties of the theatre: the real app against the fake Telegram over loopback, and a clock that goes
when it is told."""

import asyncio
import itertools
import json
import socket
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, cast

import aiohttp
from sqlalchemy import update

from bot.app import App
from bot.config import Settings
from bot.demo.person import Person
from bot.demo.telegram import FakeTelegram
from bot.demo.telegram import Limits as FakeLimits
from bot.demo.viber import FakeViber
from bot.demo.viber import Person as ViberPerson
from bot.http import Http
from bot.messengers.pacing import Limits as PaceLimits
from bot.shops import OpenedShop
from handlers.web.server import Limits
from models.people import Account, Messenger
from models.roles import Role
from models.shop import Shop
from models.worktime import WorkSchedule

TOKEN = "4200000042:AAE-only-for-tests-0123456789abcdefgh"
MONDAY = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
"""10:00 in Kyiv, the shop is open."""
PATIENCE = 60.0
"""Seconds that a busy machine is given before a test says that nothing came."""


@dataclass
class Playing:
    """The messenger in which the people of the test that runs now are (tests/conversation/conftest.py)."""

    messenger: Messenger = Messenger.TELEGRAM


playing = Playing()


class TheClock:
    """Stands still, and goes when told."""

    def __init__(self, now: datetime = MONDAY) -> None:
        self.now = now
        self._leapt = 0.0

    def __call__(self) -> datetime:
        return self.now

    def goes(self, **amount: float) -> None:
        self.now += timedelta(**amount)
        self._leapt += timedelta(**amount).total_seconds()

    def monotonic(self) -> float:
        """For pace and pauses: real seconds, and those that were leapt over."""
        return time.monotonic() + self._leapt


_numbers = itertools.count(812_345_001)


def order(**changes: Any) -> dict[str, Any]:
    """An order as the contract shows it; every name, phone and word is made up for the tests."""
    body: dict[str, Any] = {
        "number": str(next(_numbers)),
        "source": "cart",
        "buyer": {"name": "Тарас Непийвода", "phone": "+380671234567"},
        "lines": [{"title": "Чайник «Пектораль»", "sku": "KT-1", "quantity": 1, "price": "640.00"}],
        "delivery": {"carrier": "nova_poshta", "address": "Київ, Відділення №4"},
        "payment": {"method": "cash_on_delivery", "status": "not_required"},
        "do_not_call": False,
    }
    return body | changes


@dataclass
class Answer:
    status: int
    body: Any
    headers: dict[str, str]


@dataclass
class Stage:
    """One shop's world. `site` is the shop's own site, which speaks to our API."""

    app: App
    fake: FakeTelegram
    clock: TheClock
    http: aiohttp.ClientSession
    shop: OpenedShop
    owner: Person
    people: dict[str, Person] = field(default_factory=dict)
    viber: FakeViber | None = None
    """beside the Telegram, where it was asked for"""

    async def goes(self, **amount: float) -> None:
        """Time passes, and every tick is done."""
        self.clock.goes(**amount)
        await self.app.tick()
        await self.quiet()

    async def quiet(self) -> None:
        """Until nothing is being handled and nothing due is unsent."""
        worker, delivery = self.app.worker, self.app.delivery
        assert worker is not None
        assert delivery is not None
        await worker.idle()
        await delivery.idle()

    async def calm(self) -> None:
        """Until the bot has read all that people did, and has said all that is due now."""
        while self.fake.pending_updates:  # noqa: ASYNC110 - the fake tells nobody when one is fetched
            await asyncio.sleep(0.005)
        await self.quiet()
        await self.quiet()  # a round of delivery that had begun before may have ended the first

    async def post(
        self, body: Any, *, key: str | None = None, path: str = "", headers: dict[str, str] | None = None
    ) -> Answer:
        sent = {"Authorization": f"Bearer {key or self.shop.api_key}", "Content-Type": "application/json"}
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        url = f"{self.app.url}/api/v1/orders{path}"
        async with self.http.post(url, data=raw, headers=sent | (headers or {})) as answer:
            return Answer(answer.status, await answer.json(content_type=None), dict(answer.headers))

    async def get(self, number: str, *, key: str | None = None) -> Answer:
        headers = {"Authorization": f"Bearer {key or self.shop.api_key}"}
        async with self.http.get(f"{self.app.url}/api/v1/orders/{number}", headers=headers) as answer:
            return Answer(answer.status, await answer.json(content_type=None), dict(answer.headers))

    async def orders(self, **changes: Any) -> dict[str, Any]:
        """The site hands in an order; its answer, with what was sent under `sent`."""
        body = order(**changes)
        answer = await self.post(body)
        assert answer.status == 202, answer
        return dict(answer.body) | {"sent": body}

    async def happens(self, number: str, **event: Any) -> Answer:
        return await self.post(event, path=f"/{number}/events")

    async def state(self, number: str) -> dict[str, Any]:
        answer = await self.get(number)
        assert answer.status == 200, answer
        return dict(answer.body)

    async def hires(self, name: str, role: Role = Role.MANAGER) -> Person:
        """A colleague by invite, with the owner's yes."""
        person = self.fake.person(name)
        invite = await self.app.shops.invite(self.shop.shop.id, role, binds_at_once=False)
        person.types(f"/start {invite.start}")
        await self.owner.sees(f"проситься {name}", PATIENCE)
        press = self.owner.presses("Так, це наша людина")
        await press.answered(PATIENCE)
        await person.sees("Вас додано до магазину", PATIENCE)
        return person

    async def known(self, person: Person) -> Account | None:
        """A person's account, on whichever messenger."""
        if self.app._viber is None:
            return await self.app.people.known(Messenger.TELEGRAM, str(person.id))
        number = await self.app._viber.identities.numbered(str(person.id))
        return None if number is None else await self.app.people.known(Messenger.VIBER, str(number))

    def signs(self, viber_id: str, data: str) -> str:
        """A button with this data as it would have been drawn for somebody on Viber; bare for whom nothing ever was."""
        viber = self.app._viber
        assert viber is not None
        number = viber.identities._numbers.get(viber_id)
        fits = len(data) <= 64 and data.isascii()
        return viber._signer.sign(number, data) if number is not None and fits else data

    async def buyer(self, name: str, taken: dict[str, Any]) -> Person:
        """A buyer who opens the order's link."""
        person = self.fake.person(name)
        person.types(f"/start {taken['buyer']['start']}")
        await person.sees(taken["number"], PATIENCE)
        if self.app._viber is not None:
            await self.calm()  # a welcome was seen, and the tap that it asks for is on its way
        return person


async def _viber(clock: TheClock) -> tuple[FakeViber, dict[str, Any]]:
    """A Viber and the settings that lead to it."""
    fake = FakeViber(wall=lambda: clock.now.timestamp(), scale=0.01, seed=1)
    fake.on_welcome = _begins
    url, port = await fake.start(), _free_port()
    told = {"viber_token": fake.token, "viber_api_url": url}
    return fake, told | {"port": port, "public_url": f"http://127.0.0.1:{port}"}


def _begins(person: ViberPerson) -> None:
    """Whoever comes in for the first time lets the bot write to them, as its welcome asks them to."""
    if "▶️ Отримувати повідомлення тут" in person.keyboard:
        person.presses("Отримувати повідомлення тут")


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
        return port


def settings(database_url: str, telegram_url: str = "", **changes: Any) -> Settings:
    values: dict[str, Any] = {
        "bot_token": TOKEN,
        "telegram_api_url": telegram_url,
        "database_url": database_url,
        "port": 0,
        "secret_key": "only-for-tests-only-for-tests-only",
    }
    return Settings(_env_file=None, **(values | changes))


@asynccontextmanager
async def open_stage(
    database_url: str,
    *,
    marketplace: str = "rozetka",
    hours: str = "Mon-Fri 09:00-18:00",
    limits: FakeLimits | None = None,
    pace: PaceLimits | None = None,
    clock: TheClock | None = None,
    http_client: Http | None = None,
    advised: bool = True,
    messenger: Messenger | None = None,
    viber_too: bool = False,
    **changes: Any,
) -> AsyncIterator[Stage]:
    """The app, started, with a shop whose owner has come in by the printed invite. `advised`: it has had the advice
    that a shop gets once, after its first claim (tests/conversation/test_one_bell.py). `messenger`: where its people
    are; None: where this test plays (`playing`). `viber_too`: they are in Telegram, and there is a Viber beside it."""
    clock = clock or TheClock()
    viber, told = None, dict[str, Any]()
    if viber_too or (messenger or playing.messenger) is Messenger.VIBER:
        viber, told = await _viber(clock)
    if viber is not None and not viber_too:
        told["bot_token"] = ""
        fake = cast(FakeTelegram, viber)  # its people have the vocabulary of Telegram's
    else:
        fake = FakeTelegram(
            token=TOKEN, username="orderbell_bot", limits=limits or FakeLimits.none(), scale=0.01
        )
        told["telegram_api_url"] = await fake.start()
    app = App(
        settings(database_url, **(told | changes)),
        clock=clock,
        monotonic=clock.monotonic,
        http=http_client,
        limits=Limits(per_second=100_000, burst=100_000),
        pace=pace or PaceLimits(10_000, 10_000, 10_000),
        poll_seconds=5,
    )
    stage: Stage | None = None
    try:
        await app.start()
        shop = await app.shops.open("Самовар", marketplace, WorkSchedule.parse(hours))
        owner = fake.person("Олена")
        async with aiohttp.ClientSession() as http:
            stage = Stage(app, fake, clock, http, shop, owner, viber=viber if viber_too else None)
            if viber is not None:
                viber.settled = None if viber_too else stage.calm
                viber.world.signs = stage.signs
                while viber.callbacks.hook is None:  # noqa: ASYNC110 - the product says where it is, and tells nobody
                    await asyncio.sleep(0.01)
            owner.types(f"/start {shop.invite.start}")
            await owner.sees("Вітаємо у магазині «Самовар»", PATIENCE)
            if advised:
                await app.db.write(lambda session: session.execute(update(Shop).values(advised_at=clock())))
            yield stage
            await asyncio.wait_for(stage.quiet(), PATIENCE)
        assert fake.violations == []
        assert viber is None or viber.violations == []
    finally:
        await (app if stage is None else stage.app).stop()  # a test may have started another one
        await fake.stop()
        if viber_too and viber is not None:
            await viber.stop()
