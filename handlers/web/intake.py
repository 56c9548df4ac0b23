"""Orders by HTTP: take one, tell of one, hear what became of one at its source."""

import hashlib
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from aiohttp import hdrs, web
from multidict import CIMultiDict
from pydantic import TypeAdapter, ValidationError

from handlers.web import answers, body
from handlers.web.auth import Access
from handlers.web.openapi import REPLAY, Answer, Route
from handlers.web.ports import OrdersPort
from handlers.web.problems import Problem, faults, invalid
from models.crash import crashpoint
from models.errors import KeyReused, NoSuchOrder, NotAllowed
from models.intake import EVENT_FORM, NewOrder, Receipt, SourceEvent, read_event

_ORDER_FORM: TypeAdapter[NewOrder] = TypeAdapter(NewOrder)
_KEY = re.compile(r"[!-~]{1,255}")
_NUMBER = re.compile(r"[A-Za-z0-9._-]{1,64}")
_JSON = CIMultiDict({hdrs.CONTENT_TYPE: "application/json"})
_REPLAY = CIMultiDict({hdrs.CONTENT_TYPE: "application/json", "Idempotent-Replay": "true"})
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def _answer(said: Mapping[str, object], status: int, headers: CIMultiDict[str] = _JSON) -> web.Response:
    return web.Response(body=_encode(said).encode(), status=status, headers=headers.copy())


def _receipt(receipt: Receipt) -> dict[str, object]:
    buyer = receipt.buyer
    return {
        "order_id": receipt.order_id,
        "number": receipt.number,
        "status": receipt.status,
        "buyer": {"start": buyer.start, "telegram": buyer.telegram, "viber": buyer.viber},
    }


def _idempotency_key(request: web.Request) -> str | None:
    keys = request.headers.getall("Idempotency-Key", ())
    if not keys:
        return None
    if len(keys) > 1 or _KEY.fullmatch(keys[0]) is None:
        message = "Should be one value of 1 to 255 visible ASCII characters"
        raise invalid([{"path": "Idempotency-Key", "message": message}])
    return keys[0]


def _number(request: web.Request) -> str:
    number = request.match_info["number"]
    if _NUMBER.fullmatch(number) is None:
        raise _absent()
    return number


def _absent() -> Problem:
    return Problem(404, "This shop has no order of that number")


def cause_of(shop_id: int, number: str, event: SourceEvent) -> str:
    """The same for the same event of the same order, 64 characters at most: the number stands in it cut short
    for the reader, and whole under the hash."""
    same = hashlib.sha256(number.encode() + b"\0" + event.digest()).hexdigest()
    return f"api:{shop_id}:{number[:16]}:{same}"[:64]


@dataclass(frozen=True, slots=True)
class Intake:
    access: Access
    orders: OrdersPort
    now: Callable[[], datetime]
    most: int
    """bytes of a body"""
    seconds: float
    """for a body to arrive"""

    async def take(self, request: web.Request) -> web.Response:
        """POST /api/v1/orders. The 202 is written after `receive` returned: after the commit."""
        shop_id = await self.access.shop_of(request)
        key = _idempotency_key(request)
        told = await body.read_json(request, most=self.most, seconds=self.seconds)
        try:
            order = NewOrder.read(told, now=self.now())
        except ValidationError as error:
            raise invalid(faults(error)) from None
        crashpoint("intake.before_receive")
        try:
            receipt = await self.orders.receive(shop_id, order, key=key, digest=order.digest())
        except KeyReused:
            raise Problem(
                409, "This Idempotency-Key came with another order before", reason="key_reused"
            ) from None
        crashpoint("intake.before_answer")
        return _answer(_receipt(receipt), 202, _REPLAY if receipt.replayed else _JSON)

    async def tell(self, request: web.Request) -> web.Response:
        """GET /api/v1/orders/{number}."""
        shop_id = await self.access.shop_of(request)
        state = await self.orders.describe(shop_id, _number(request))
        if state is None:
            raise _absent()
        return _answer(state, 200)

    async def hear(self, request: web.Request) -> web.Response:
        """POST /api/v1/orders/{number}/events."""
        shop_id = await self.access.shop_of(request)
        number = _number(request)
        told = await body.read_json(request, most=self.most, seconds=self.seconds)
        try:
            event = read_event(told)
        except ValidationError as error:
            raise invalid(faults(error, root="type", skip=1)) from None
        crashpoint("intake.before_event")
        try:
            state = await self.orders.happened(shop_id, number, event, cause=cause_of(shop_id, number, event))
        except NoSuchOrder:
            raise _absent() from None
        except NotAllowed as refusal:
            raise Problem(
                409, "The order cannot go there from where it is", reason=refusal.reason, facts=refusal.facts
            ) from None
        crashpoint("intake.before_event_answer")
        return _answer(state, 202)

    def routes(self) -> tuple[Route, ...]:
        """The table that the server routes by and the OpenAPI document is written from."""
        order, event = "/api/v1/orders/{number}", "/api/v1/orders/{number}/events"
        asked = (400, 401, 429, 500, 503)
        sent = (408, 413, 415, 422)
        accepted = Answer("Stored, durably", TypeAdapter(answers.Accepted), {"Idempotent-Replay": REPLAY})
        stored = Answer("The order's state after the event", TypeAdapter(answers.OrderState))
        state = Answer("The order", TypeAdapter(answers.OrderState))
        return (
            Route(
                "POST",
                "/api/v1/orders",
                self.take,
                "receiveOrder",
                "Take an order",
                {202: accepted},
                (*asked, *sent, 409),
                takes=_ORDER_FORM,
                idempotent=True,
            ),
            Route("GET", order, self.tell, "getOrder", "Tell of an order", {200: state}, (*asked, 404)),
            Route(
                "POST",
                event,
                self.hear,
                "reportEvent",
                "Hear what happened to an order at its source",
                {202: stored},
                (*asked, *sent, 404, 409),
                takes=EVENT_FORM,
            ),
        )
