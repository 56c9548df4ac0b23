"""The product's end of Viber, without the product: a bare client and a receiver of events."""

import asyncio
import hashlib
import hmac
import json
from typing import Any

import aiohttp
from aiohttp import web

from bot.demo.viber import SIGNATURE, FakeViber

SENDER = {"name": "Orderbell"}


def button(words: str = "Взяти", **more: Any) -> dict[str, Any]:
    return {"ActionType": "reply", "ActionBody": "take", "Text": words, **more}


def keyboard(*buttons: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"Type": "keyboard", "Buttons": list(buttons), **more}


def card(*buttons: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"type": "rich_media", "min_api_version": 2, "alt_text": "замовлення",
            "rich_media": {"Type": "rich_media", "Buttons": list(buttons), **more}}  # fmt: skip


class Bot:
    """`await bot("send_message", ...)` gives the answer's JSON; `got` are the events, `welcome` answers an opened
    chat, `verdicts` the next events."""

    def __init__(self, fake: FakeViber, session: aiohttp.ClientSession) -> None:
        self.fake = fake
        self.session = session
        self.got: list[dict[str, Any]] = []
        self.signed: list[bool] = []
        self.welcome: Any = None
        self.verdicts: list[Any] = []
        self.url = ""
        self._news = asyncio.Event()

    async def __call__(self, method: str, headers: Any = None, **body: Any) -> dict[str, Any]:
        sent = {"X-Viber-Auth-Token": self.fake.token} if headers is None else headers
        raw = json.dumps(body, ensure_ascii=False).encode()  # escaped, 7000 letters would be over 30 KB
        async with self.session.post(f"{self.fake.url}/{method}", data=raw, headers=sent) as answer:
            assert answer.status == 200
            told: dict[str, Any] = await answer.json()
            return told

    async def sends(self, person: Any, text: str = "вітаю", **more: Any) -> dict[str, Any]:
        body = {"type": "text", "text": text} if "type" not in more else {}
        return await self("send_message", receiver=person.id, sender=SENDER, **body, **more)

    async def hooks(self, **more: Any) -> dict[str, Any]:
        answer = await self("set_webhook", url=self.url, **more)
        self.got.clear()
        return answer

    async def serve(self, request: web.Request) -> web.Response:
        raw = await request.read()
        right = hmac.new(self.fake.token.encode(), raw, hashlib.sha256).hexdigest()
        self.signed.append(request.headers.get(SIGNATURE) == right)
        event = json.loads(raw)
        self.got.append(event)
        self._news.set()
        self._news = asyncio.Event()
        verdict = self.verdicts.pop(0) if self.verdicts else 200
        if verdict == "hang":
            await asyncio.sleep(5)
            verdict = 200
        if verdict == 200 and event["event"] == "conversation_started" and self.welcome is not None:
            return web.json_response(self.welcome)
        return web.Response(status=verdict)

    async def has(self, count: int) -> list[str]:
        async with asyncio.timeout(10):
            while len(self.got) < count:
                await self._news.wait()
        return [event["event"] for event in self.got]

    async def idle(self) -> list[str]:
        """The events once all of them are taken."""
        async with asyncio.timeout(10):
            while self.fake.pending_updates:  # noqa: ASYNC110 - the fake tells nobody when one is taken
                await asyncio.sleep(0.002)
        return [event["event"] for event in self.got]
