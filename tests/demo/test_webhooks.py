"""Webhooks: repeated until taken, in order within a chat, chats side by side."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import web

from bot.demo.person import Person
from bot.demo.telegram import FakeTelegram
from bot.demo.telegram.wire import reset
from tests.demo.client import Api

SECRET = "таємниця".encode().hex()


class Receiver:
    """The product's end of a webhook: `verdict` decides about each request."""

    def __init__(self) -> None:
        self.got: list[dict[str, Any]] = []
        self.headers: list[str] = []
        self.at: list[float] = []
        self.verdicts: dict[str, list[Any]] = {}
        self.now = self.most = 0
        self.url = ""
        self._news = asyncio.Event()

    async def serve(self, request: web.Request) -> web.StreamResponse:
        update = json.loads(await request.read())
        self.got.append(update)
        self.at.append(asyncio.get_running_loop().time())
        self.headers.append(request.headers.get("X-Telegram-Bot-Api-Secret-Token", ""))
        self._news.set()
        self._news = asyncio.Event()
        self.now += 1
        self.most = max(self.most, self.now)
        try:
            verdict = self.next_verdict(update)
            if verdict == "hang":
                await asyncio.sleep(5)
            if verdict == "reset":
                reset(request)
            if isinstance(verdict, float):
                await asyncio.sleep(verdict)
            if isinstance(verdict, tuple):
                return web.Response(status=verdict[0], headers=verdict[1])
            return web.Response(status=verdict if isinstance(verdict, int) else 200)
        finally:
            self.now -= 1

    def next_verdict(self, update: dict[str, Any]) -> Any:
        told = self.verdicts.get(update.get("message", {}).get("text", "press"), [])
        return told.pop(0) if told else 200

    async def has(self, count: int) -> list[str]:
        async with asyncio.timeout(10):
            while len(self.got) < count:
                await self._news.wait()
        return self.texts

    @property
    def texts(self) -> list[str]:
        return [update.get("message", {}).get("text", "press") for update in self.got]


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    receiver = Receiver()
    app = web.Application()
    app.router.add_post("/tg", receiver.serve)
    runner = web.AppRunner(app, access_log=None, handler_cancellation=True, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    receiver.url = f"http://127.0.0.1:{runner.addresses[0][1]}/tg"
    yield receiver
    await runner.cleanup()


async def test_updates_come_with_the_secret_and_only_once(
    api: Api, fake: FakeTelegram, olena: Person, receiver: Receiver
) -> None:
    olena.types("раніше")
    await api("setWebhook", url=receiver.url, secret_token=SECRET)
    await receiver.has(1)
    olena.types("тепер")
    assert await receiver.has(2) == ["раніше", "тепер"]
    assert receiver.headers == [SECRET, SECRET]
    await asyncio.sleep(0.02)
    assert (fake.pending_updates, fake.receiving.webhooks.delivered) == (0, 2)
    info = await api("getWebhookInfo")
    assert (info["url"], info["pending_update_count"], info["max_connections"]) == (receiver.url, 0, 40)


@pytest.mark.parametrize("verdict", [500, 404, 302, "hang", "reset"])
async def test_what_is_not_taken_comes_again(
    api: Api, olena: Person, receiver: Receiver, verdict: int | str
) -> None:
    receiver.verdicts["раз"] = [verdict, verdict]
    await api("setWebhook", url=receiver.url)
    olena.types("раз")
    assert await receiver.has(3) == ["раз"] * 3
    assert receiver.got[0] == receiver.got[2]
    assert (await api("getWebhookInfo"))["last_error_message"]


async def test_the_delays_grow_and_retry_after_is_honoured(
    api: Api, olena: Person, receiver: Receiver
) -> None:
    receiver.verdicts["раз"] = [500, 500, 500, (503, {"Retry-After": "25"})]
    await api("setWebhook", url=receiver.url)
    olena.types("раз")
    await receiver.has(5)
    waits = [(later - earlier) / 0.01 for earlier, later in zip(receiver.at, receiver.at[1:], strict=False)]
    for wait, least in zip(waits, (2, 4, 8, 25), strict=True):
        assert wait >= least - 0.5


async def test_a_failing_update_blocks_its_chat_and_no_other(
    api: Api, fake: FakeTelegram, olena: Person, receiver: Receiver
) -> None:
    ihor = fake.person("Ігор")
    receiver.verdicts["раз"] = [500] * 3
    await api("setWebhook", url=receiver.url)
    olena.types("раз")
    olena.types("два")
    olena.forges("x", olena.messages[0])
    ihor.types("чужий")
    texts = await receiver.has(7)
    assert [text for text in texts if text in ("раз", "два")] == ["раз"] * 4 + ["два"]
    assert {"press", "чужий"} <= set(texts[: texts.index("два")])


async def test_an_update_that_expires_is_not_tried_again(
    api: Api, fake: FakeTelegram, clock: Any, olena: Person, receiver: Receiver
) -> None:
    receiver.verdicts["press"] = [500] * 100
    await api("setWebhook", url=receiver.url)
    olena.forges("x", olena.messages[0])
    await receiver.has(2)
    clock.goes(151)
    await asyncio.sleep(0.15)
    assert fake.pending_updates == 0
    assert len(fake.receiving.webhooks._lanes) == 0


async def test_no_more_connections_than_allowed(
    api: Api, fake: FakeTelegram, olena: Person, receiver: Receiver
) -> None:
    people = [fake.person(f"Покупець {number}") for number in range(9)]
    for person in people:
        receiver.verdicts[f"від {person.id}"] = [0.01]
        person.types(f"від {person.id}")
    await api("setWebhook", url=receiver.url, max_connections=3)
    await receiver.has(9)
    assert receiver.most == 3


async def test_a_receiver_that_is_away_gets_everything_later(
    api: Api, fake: FakeTelegram, olena: Person, receiver: Receiver
) -> None:
    await api("setWebhook", url="http://127.0.0.1:9/tg")
    olena.types("раз")
    await asyncio.sleep(0.05)
    info = await api("getWebhookInfo")
    assert (info["pending_update_count"], info["last_error_message"]) == (1, "Connection refused")
    await api("setWebhook", url=receiver.url)
    assert await receiver.has(1) == ["раз"]


async def test_a_webhook_taken_away_leaves_the_rest_to_polling(
    api: Api, fake: FakeTelegram, olena: Person, receiver: Receiver
) -> None:
    receiver.verdicts["раз"] = [500] * 100
    await api("setWebhook", url=receiver.url, allowed_updates=["message"])
    olena.types("раз")
    await receiver.has(1)
    async with api.session.post(api.url("deleteWebhook")) as response:
        assert (await response.json())["description"] == "Webhook was deleted"
    assert (await api("getUpdates"))[0]["message"]["text"] == "раз"
    assert await api("setWebhook", url="") is True
    await api("setWebhook", url=receiver.url, drop_pending_updates=True)
    assert fake.pending_updates == 0
    assert (await api("getWebhookInfo"))["allowed_updates"] == ["message"]
