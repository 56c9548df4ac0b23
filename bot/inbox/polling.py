"""Our own long polling of Telegram: what getUpdates serves is stored, committed, and only then confirmed
(rule R2, facts T1 to T9).

The offset lives in memory only and the first request has none: an update that was stored and not confirmed
comes again and is known by its id, while a remembered offset could pass over a new run of numbers (T4, T5).
Of an update nothing is read but `update_id`; one that cannot be read is a dead letter and holds up nobody
(A7). No error of aiohttp is ever logged or raised from here: its words contain the URL, and that the token.
"""

import asyncio
import json
import random
import re
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from http import HTTPStatus

import aiohttp
import structlog

from bot.inbox.store import NOT_JSON, TELEGRAM, Arrival, Store, telegram_arrival, unreadable, update_id
from models.crash import crashpoint
from models.errors import Busy

log = structlog.get_logger(__name__)

LEAST_PAUSE, MOST_PAUSE = 1.0, 30.0
SLOW = 60.0
"""Seconds between tries with a token that Telegram does not know."""
ONCE_IN = 60.0
SPARE = 15.0
"""Seconds that an answer may take beyond the poll itself."""

_HEAD = re.compile(r'\s*\{\s*"ok"\s*:\s*true\s*,\s*"result"\s*:\s*\[\s*')
_BETWEEN = re.compile(r"\s*,\s*")
_END = re.compile(r"\s*\]\s*\}\s*\Z")
_ANEW = re.compile(r',\s*(?=\{\s*"update_id"\s*:)|\]\s*\}\s*\Z')
_NUMBER = re.compile(r'\{\s*"update_id"\s*:\s*([0-9]{1,18})\b')
_decoder = json.JSONDecoder()


class NoAnswer(Exception):
    """What came is not an answer to getUpdates at all: a proxy's page, say."""


@dataclass(frozen=True, slots=True)
class Element:
    """One element of a batch, verbatim. `told` is None where it is no JSON; its `number` may show even so."""

    raw: bytes
    told: object
    number: int | None


def read_batch(body: bytes) -> list[Element]:
    """The elements of an answer, also of one that is no JSON in places: what cannot be read goes up to where
    the next update begins. That mark cannot stand in somebody's text, where quotes are escaped. The last one
    may have been cut off on its way. Raises NoAnswer.
    """
    text = body.decode("utf-8", "surrogateescape")
    head = _HEAD.match(text)
    if head is None:
        raise NoAnswer
    elements: list[Element] = []
    at = head.end()
    while at < len(text) and not _END.match(text, at):
        told: object = None
        try:
            told, after = _decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            after = at
        if told is None or not (_BETWEEN.match(text, after) or _END.match(text, after)):
            told = None
            anew = _ANEW.search(text, at)
            after = anew.start() if anew else len(text)
        raw = text[at:after]
        elements.append(Element(raw.encode("utf-8", "surrogateescape"), told, _number(raw, told)))
        between = _BETWEEN.match(text, after)
        at = between.end() if between else after
    return elements


def _readable(elements: Sequence[Element]) -> bool:
    return all(element.told is not None for element in elements)


def _number(raw: str, told: object) -> int | None:
    if told is None:
        found = _NUMBER.match(raw)
        return int(found[1]) if found else None
    return update_id(told)


class Seldom:
    """Says yes to each subject once a minute."""

    def __init__(self, monotonic: Callable[[], float], seconds: float = ONCE_IN) -> None:
        self._monotonic = monotonic
        self._seconds = seconds
        self._said: dict[str, float] = {}

    def __call__(self, subject: str) -> bool:
        now = self._monotonic()
        if now - self._said.get(subject, float("-inf")) < self._seconds:
            return False
        self._said[subject] = now
        return True


class Poller:
    """`run` polls until it is cancelled. `timeout` is the long poll's, in seconds (T9: at most 50);
    `allowed_updates` are kinds as the Bot API names them. `sleep` and `monotonic` are for tests.
    """

    def __init__(
        self,
        session: aiohttp.ClientSession,
        store: Store,
        *,
        api_url: str,
        token: str,
        allowed_updates: Sequence[str],
        timeout: float = 30,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self.bot_id = token.partition(":")[0]
        self.trouble: str | None = None
        """Why Telegram brings us nothing at all, as a key; None while it does, or is away."""
        self._session = session
        self._store = store
        self._url = f"{api_url.rstrip('/')}/bot{token}/getUpdates"
        self._allowed = list(allowed_updates)
        self._timeout = timeout
        self._sleep = sleep
        self._monotonic = monotonic
        self._seldom = Seldom(monotonic)
        self._jitter = random.SystemRandom()
        self._offset: int | None = None
        self._doubts = 0  # answers in a row that could not be read to the end
        self._failures = 0

    async def run(self) -> None:
        while True:
            began = self._monotonic()
            try:
                pause = await self._poll()
            except (aiohttp.ClientError, TimeoutError, OSError) as error:
                pause = self._trouble("polling_failed", error=type(error).__name__)
            except Busy as busy:
                pause = max(self._trouble("polling_not_stored", error="Busy"), float(busy.retry_after))
            except Exception as error:  # whatever it is, updates go on being fetched
                pause = self._trouble("polling_failed", error=type(error).__name__)
            else:
                if pause is None:
                    self._failures = 0
                    continue
                if pause == 0:  # an empty answer: it should have taken the poll's time
                    self._failures = 0
                    pause = 0.0 if self._monotonic() - began > min(1.0, self._timeout / 2) else 0.5
            if pause:
                await self._sleep(pause)

    async def _poll(self) -> float | None:
        """One request. None when it brought something new, else the seconds until the next."""
        asked: dict[str, object] = {"timeout": self._timeout, "allowed_updates": self._allowed}
        if self._offset is not None:
            asked["offset"] = self._offset
        limit = aiohttp.ClientTimeout(total=self._timeout + SPARE)
        crashpoint("polling.before_poll")
        async with self._session.post(
            self._url, json=asked, timeout=limit, allow_redirects=False
        ) as response:
            status, body = response.status, await response.read()
        crashpoint("polling.received")
        if status != HTTPStatus.OK:
            return self._refused(status, body)
        self.trouble = None
        try:
            elements = read_batch(body)
        except NoAnswer:
            return self._trouble("polling_no_answer", size=len(body))
        if not elements:
            return 0.0
        if _readable(elements):
            self._doubts = 0
            return await self._keep(elements)
        self._doubts += 1
        patience = 2
        if len(elements) == 1:
            patience = 5
        elif elements[-1].told is None:
            elements = elements[:-1]  # it comes first next time
        if self._doubts < patience and not _readable(elements):  # perhaps only broken on its way
            self._trouble("polling_unreadable", size=len(body))
            return LEAST_PAUSE
        return await self._keep(elements)

    async def _keep(self, elements: Sequence[Element]) -> float | None:
        new = await self._store([self._arrival(element) for element in elements])
        crashpoint("polling.before_ack")
        numbers = [element.number for element in elements if element.number is not None]
        before = self._offset
        if numbers:
            self._offset = max(numbers) + 1
        elif self._offset is not None:
            # Only nameless ones. The next number confirms at most the first of them, which is stored.
            self._offset += 1
        return None if new or self._offset != before else LEAST_PAUSE

    def _arrival(self, element: Element) -> Arrival:
        if element.told is not None:
            return telegram_arrival(self.bot_id, element.raw, element.told)
        event_id = None if element.number is None else str(element.number)
        return unreadable(TELEGRAM, self.bot_id, element.raw, NOT_JSON, event_id=event_id)

    def _refused(self, status: int, body: bytes) -> float:
        description, retry_after = _said(body)
        if status in (HTTPStatus.UNAUTHORIZED, HTTPStatus.NOT_FOUND):
            self.trouble = "telegram_unauthorised"
            if self._seldom("token"):
                log.error(
                    "polling_refused", status=status, advice="Telegram does not know BOT_TOKEN: check it"
                )
            return SLOW
        if status == HTTPStatus.CONFLICT and "webhook" in description:
            self.trouble = "webhook_set"
            advice = "a webhook is set for this bot: call deleteWebhook, or set TELEGRAM_UPDATES=webhook"
            return self._trouble("polling_conflict", loud=True, advice=advice)
        if status == HTTPStatus.CONFLICT:
            self.trouble = "another_instance_polls"
            advice = "another instance polls with the same BOT_TOKEN: stop one of them"
            return self._trouble("polling_conflict", loud=True, advice=advice)
        return max(self._trouble("polling_failed", status=status), retry_after)

    def _trouble(self, event: str, *, loud: bool = False, **facts: object) -> float:
        """Says it once a minute; the seconds to wait, up to half a minute, not in step with anyone else."""
        if self._seldom(event + str(facts.get("advice", ""))):
            (log.error if loud else log.warning)(event, **facts)
        self._failures += 1
        top = min(MOST_PAUSE, LEAST_PAUSE * 2 ** min(self._failures, 10))
        return self._jitter.uniform(top / 2, top)


def _said(body: bytes) -> tuple[str, float]:
    """Telegram's description of a refusal and how long it asks us to wait."""
    try:
        told = json.loads(body)
        wait = told.get("parameters", {}).get("retry_after", 0)
        return str(told.get("description", "")), min(float(wait), 3600.0)
    except (ValueError, TypeError, AttributeError, RecursionError):
        return "", 0.0
