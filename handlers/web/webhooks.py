"""Updates that a messenger brings over HTTP: stored, committed, and only then answered (rules R1, R12)."""

import hmac
import json
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from aiohttp import web

from bot.inbox.store import Arrival, Store, telegram_body
from handlers.web import body
from handlers.web.problems import Problem, later
from models.crash import crashpoint
from models.errors import Busy

TELEGRAM_PATH = "/webhooks/telegram"
VIBER_PATH = "/webhooks/viber"
SIGNATURE = "X-Viber-Content-Signature"
HEADER = "X-Telegram-Bot-Api-Secret-Token"
_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")  # what setWebhook takes (T15)
_TAKEN = json.dumps({}).encode()


@dataclass(frozen=True, slots=True)
class TelegramDoor:
    store: Store
    bot_id: str
    secret: bytes
    most: int
    """bytes of a body"""
    seconds: float
    """for a body to arrive"""

    async def take(self, request: web.Request) -> web.Response:
        """POST /webhooks/telegram. Only the secret lets in: addresses can be claimed by anyone (A9). What
        cannot be read is a dead letter and a 200, since Telegram would bring it again and again (T11)."""
        said = request.headers.getall(HEADER, ())
        if len(said) != 1 or not hmac.compare_digest(said[0].encode("utf-8", "surrogateescape"), self.secret):
            raise Problem(401, "The webhook's secret is needed", closes=True)
        raw = await body.read(request, most=self.most, seconds=self.seconds)
        crashpoint("webhook.before_store")
        try:
            await self.store([telegram_body(self.bot_id, raw)])
        except Busy as busy:
            raise later(503, busy.retry_after, "Nothing was stored") from None
        crashpoint("webhook.before_answer")
        return web.Response(body=_TAKEN, content_type="application/json")


@dataclass(frozen=True, slots=True)
class ViberDoor:
    """`arrival` makes of a body what is stored; `answer` waits for what a new talk is answered with: the one message
    that belongs into the HTTP answer, an empty text where none does, None where it is not there yet."""

    store: Store
    arrival: Callable[[bytes], Arrival]
    answer: Callable[[Arrival], Awaitable[str | None]]
    signed: Callable[[bytes, str], bool]
    most: int
    seconds: float

    async def take(self, request: web.Request) -> web.Response:
        """POST /webhooks/viber. Only Viber's signature of the body lets in (G1). Only the opening of a talk waits for
        what we say, all else is answered once it is stored (R1, G15)."""
        said = request.headers.getall(SIGNATURE, ())
        raw = await body.read(request, most=self.most, seconds=self.seconds)
        if len(said) != 1 or not self.signed(raw, said[0]):
            raise Problem(403, "The body's signature is not Viber's", closes=True)
        arrival = self.arrival(raw)
        if arrival.key.event_id.startswith("webhook:"):  # Viber asks whether anybody is there
            return web.Response(body=_TAKEN, content_type="application/json")
        crashpoint("webhook.before_store")
        try:
            await self.store([arrival])
        except Busy as busy:
            raise later(503, busy.retry_after, "Nothing was stored") from None
        crashpoint("webhook.before_answer")
        if not arrival.key.event_id.startswith("conversation_started:"):
            return web.Response(body=_TAKEN, content_type="application/json")
        answer = await self.answer(arrival)
        if answer is None:
            raise later(503, 5, "What to answer is not known yet")
        return web.Response(text=answer or "{}", content_type="application/json")


def viber_routes(
    store: Store,
    arrival: Callable[[bytes], Arrival],
    answer: Callable[[Arrival], Awaitable[str | None]],
    signed: Callable[[bytes, str], bool],
    *,
    most: int = 256 * 1024,
    seconds: float = 10.0,
) -> list[web.RouteDef]:
    """The door for `server.build(routes=...)`."""
    return [web.post(VIBER_PATH, ViberDoor(store, arrival, answer, signed, most, seconds).take)]


def routes(
    store: Store,
    secret: str,
    *,
    bot_id: str,
    path: str = TELEGRAM_PATH,
    most: int = 256 * 1024,
    seconds: float = 10.0,
) -> list[web.RouteDef]:
    """The door for `server.build(routes=...)`. Raises ValueError for a secret that Telegram would not take,
    an empty one above all: without it anyone could speak for Telegram."""
    if _SECRET.fullmatch(secret) is None:
        raise ValueError("the webhook's secret should be 1 to 256 of A-Z a-z 0-9 _ -")
    door = TelegramDoor(store, bot_id, secret.encode(), most, seconds)
    return [web.post(path, door.take)]
