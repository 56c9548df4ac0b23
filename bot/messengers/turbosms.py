"""TurboSMS: Viber Business first and SMS where that does not reach, in one request (facts C.1; turbosms.ua/api.html).

A message is told when it is delivered, which only `statuses` knows: their webhook's signature and fields are not
documented. Whatever the outcome the answer is HTTP 200, and its codes say the rest.
"""

import json
from collections.abc import Sequence
from typing import Any
from uuid import UUID

import structlog

from bot.http import Http, WireError
from bot.messengers.base import Sent, Undeliverable
from bot.messengers.oneway import ACCOUNT_PAUSE, OneWay
from bot.messengers.pacing import Limits, Pace
from bot.messengers.plain import plain
from bot.messengers.sms_text import fitted
from bot.messengers.turbosms_codes import SmsStatus, is_template_fault, sorted_code, sorted_status

log = structlog.get_logger(__name__)

VIBER_SECONDS = 900
"""How long a phone without a network may keep Viber waiting before the SMS goes; theirs is 3600 where not said."""
LIMITS = Limits(bot_per_second=10, chat_per_second=1)
"""TurboSMS tells no limit; so many a second is far below what its clients are seen to send."""
MOST_VIBER = 1000
TOO_MANY_PAUSE = 5.0
STATUSES_AT_ONCE = 100
_ACCEPTED = frozenset({0, 1, 800, 801, 802, 803})
_KEPT = 32
"""The longest id that the outbox keeps: a UUID without its hyphens."""


class SmsChannel(OneWay):
    """The outbox's way to phones. `chat` is 380671234567. `viber_seconds` 0: SMS alone.

    `once` becomes the request's sequence_id, which TurboSMS carries out a single time: what is ambiguous may go again.
    """

    name = "sms"

    def __init__(
        self,
        http: Http,
        api_url: str,
        token: str,
        sender: str,
        pace: Pace,
        *,
        viber_seconds: int = VIBER_SECONDS,
    ) -> None:
        super().__init__(pace)
        self._http = http
        self._api_url = api_url
        self._headers = {"Authorization": f"Bearer {token}"}
        self._sender = sender
        self._viber_seconds = viber_seconds

    async def send(
        self, chat: str, text: str, markup: Any, *, silent: bool = False, once: str | None = None
    ) -> Sent:
        """Send the screen's words; buttons and silence have no place in an SMS. Raises Undeliverable."""
        body = plain(text)
        if not body:
            self._pace.release(chat)
            raise Undeliverable("refused")
        try:
            sent = await self._send(chat, body, once)
        finally:
            self._pace.done(chat)
        return sent

    async def _send(self, chat: str, text: str, once: str | None) -> Sent:
        request: dict[str, Any] = {"recipients": [chat], "sms": self._part(fitted(text))}
        if once is not None:
            request["sequence_id"] = once
        if not self._viber_seconds or len(text) > MOST_VIBER:
            return await self._accepted(request)
        viber = self._part(text) | {"ttl": self._viber_seconds, "is_transactional": 1}
        try:
            return await self._accepted(request | {"viber": viber})
        except _TemplateFault:
            # Viber's half has no template that was registered for it. What is to be told goes by SMS.
            if once is not None:
                request["sequence_id"] = f"{once}-s"
            return await self._accepted(request)

    def _part(self, text: str) -> dict[str, Any]:
        return {"sender": self._sender, "text": text}

    async def _accepted(self, request: dict[str, Any]) -> Sent:
        result = await self._ask("message/send", request)
        item = next((each for each in _items(result)), None)
        if item is None:
            log.warning("turbosms_answer_without_items")
            return Sent(None)
        if (code := item.get("response_code")) not in _ACCEPTED:
            raise self._fault(code)
        return Sent(_kept(item.get("message_id")))

    async def statuses(self, ids: Sequence[str]) -> dict[str, SmsStatus]:
        """What became of messages, by the ids that `send` returned. Those it does not know are missing.

        Raises Undeliverable as `send` does, with the same bits: none of the statuses are known then.
        """
        found: dict[str, SmsStatus] = {}
        for begin in range(0, len(ids), STATUSES_AT_ONCE):
            asked = {_theirs(each): each for each in ids[begin : begin + STATUSES_AT_ONCE]}
            for item in _items(await self._ask("message/status", {"messages": list(asked)})):
                ours = asked.get(str(item.get("message_id")))
                if ours is not None and item.get("response_code") in _ACCEPTED:
                    found[ours] = sorted_status(item)
        return found

    async def ping(self) -> None:
        """Whether the service is there and takes the token. Raises Undeliverable."""
        await self._ask("message/ping", {})

    async def _ask(self, method: str, request: dict[str, Any]) -> Any:
        try:
            status, body = await self._http.post(
                f"{self._api_url}/{method}.json", json=request, headers=self._headers
            )
        except WireError as error:
            raise Undeliverable("unreachable", ambiguous=error.reached, away=not error.reached) from None
        if status in (401, 403):
            raise self._fault(301)
        if status == 429:
            self._pace.pause(TOO_MANY_PAUSE)
            raise Undeliverable("too_many", pause=TOO_MANY_PAUSE)
        answer = _read(body)
        if status != 200 or answer is None:
            # Not from TurboSMS itself: a proxy, or another address. A 4xx has not let the request through.
            asked = status < 300 or status >= 500
            raise Undeliverable("unreachable", ambiguous=asked, away=not asked)
        code = answer.get("response_code")
        if code not in _ACCEPTED:
            raise self._fault(code)
        if self._trouble is not None:
            self._trouble = None
            log.info("turbosms_takes_messages_again")
        return answer.get("response_result")

    def _fault(self, code: Any) -> Undeliverable:
        """The code in the outbox's bits; what is wrong with the account holds for everybody."""
        if is_template_fault(code):
            log.warning("turbosms_refuses_the_viber_part", code=code)
            return _TemplateFault("refused")
        fault = sorted_code(code)
        if fault.pause is not None:
            self._trouble = fault.reason
            if self._pace.pause(ACCOUNT_PAUSE):
                log.error("turbosms_takes_nothing", code=code, reason=fault.reason, again_in=ACCOUNT_PAUSE)
        elif not (fault.ambiguous or fault.away):
            log.warning("turbosms_refused", code=code if isinstance(code, int) else None, reason=fault.reason)
        return fault


class _TemplateFault(Undeliverable):
    """The Viber half of a message was refused for what it is."""


def _read(body: bytes) -> dict[str, Any] | None:
    try:
        answer = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return answer if isinstance(answer, dict) and isinstance(answer.get("response_code"), int) else None


def _items(result: Any) -> list[dict[str, Any]]:
    return [item for item in result if isinstance(item, dict)] if isinstance(result, list) else []


def _kept(message_id: Any) -> str | None:
    """Their UUID as the outbox keeps it, any other short id as it is; None for what is no id."""
    if not isinstance(message_id, str) or not message_id:
        return None
    try:
        number = UUID(message_id)
    except ValueError:
        return message_id if len(message_id) <= _KEPT else None
    return number.hex if str(number) == message_id else message_id if len(message_id) <= _KEPT else None


def _theirs(kept: str) -> str:
    """The id as TurboSMS spelled it."""
    try:
        return str(UUID(kept)) if len(kept) == _KEPT else kept
    except ValueError:
        return kept
