"""Viber's refusals as aiogram's errors for who draws, and in the outbox's bits (codes: facts: viber, 2).

https://creators.viber.com/docs/bots-api/errors
"""

import time
from collections import OrderedDict
from collections.abc import Callable
from enum import Enum, auto
from typing import Any

from aiogram.exceptions import (
    TelegramAPIError,
    TelegramBadRequest,
    TelegramForbiddenError,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
    TelegramUnauthorizedError,
)
from aiogram.methods import TelegramMethod

from bot.http import WireError
from bot.messengers.base import Undeliverable
from bot.messengers.telegram import NotReached
from bot.messengers.viber.client import TooLong, Unclear, ViberRefused

HASTE = 30
"""Seconds of silence after the first "too many requests" of a chat: Viber does not say how long."""
HOUR = 3600
"""After another one: a person takes a hundred messages an hour that they do not answer."""
MOST = 10_000
UNAUTHORISED_PAUSE = 60.0
QUOTA_PAUSE = 600.0
"""Money is paid in by people: looking again each ten minutes costs nothing and finds it soon enough."""


class ViberQuotaError(TelegramAPIError):
    """The bot has no money or no free messages left: nobody's fault among the people written to."""

    label = "Viber says"


class Refusal(Enum):
    """What a code means for us."""

    NO_RECEIVER = auto()
    HASTE = auto()
    TOKEN = auto()
    QUOTA = auto()
    REQUEST = auto()


REFUSALS: dict[int, tuple[Refusal, str]] = {
    1: (Refusal.REQUEST, "invalidUrl"),
    2: (Refusal.TOKEN, "invalidAuthToken"),
    3: (Refusal.REQUEST, "badData"),
    4: (Refusal.REQUEST, "missingData"),
    5: (Refusal.NO_RECEIVER, "receiverNotRegistered"),
    6: (Refusal.NO_RECEIVER, "receiverNotSubscribed"),
    7: (Refusal.TOKEN, "publicAccountBlocked"),
    8: (Refusal.TOKEN, "publicAccountNotFound"),
    9: (Refusal.TOKEN, "publicAccountSuspended"),
    10: (Refusal.TOKEN, "webhookNotSet"),
    11: (Refusal.NO_RECEIVER, "receiverNoSuitableDevice"),
    12: (Refusal.HASTE, "tooManyRequests"),
    13: (Refusal.REQUEST, "apiVersionNotSupported"),
    14: (Refusal.REQUEST, "incompatibleWithVersion"),
    15: (Refusal.TOKEN, "publicAccountNotAuthorized"),
    16: (Refusal.REQUEST, "inchatReplyMessageNotAllowed"),
    17: (Refusal.REQUEST, "publicAccountIsNotInline"),
    18: (Refusal.REQUEST, "noPublicChat"),
    19: (Refusal.REQUEST, "cannotSendBroadcast"),
    20: (Refusal.REQUEST, "broadcastNotAllowed"),
    21: (Refusal.REQUEST, "unsupportedCountry"),
    22: (Refusal.REQUEST, "paymentUnsupported"),
    23: (Refusal.QUOTA, "freeMessagesExceeded"),
    24: (Refusal.QUOTA, "noBalance"),
}
"""Each code of Viber's; one that is not here refuses the request."""

_KINDS: dict[Refusal, type[TelegramAPIError]] = {
    Refusal.NO_RECEIVER: TelegramForbiddenError,
    Refusal.TOKEN: TelegramUnauthorizedError,
    Refusal.QUOTA: ViberQuotaError,
    Refusal.REQUEST: TelegramBadRequest,
}

_LOST = {"receivernotregistered": "chat_not_found", "receivernosuitabledevice": "no_device"}
"""What the outbox calls a receiver who is out of reach for good; anybody else has blocked us."""


class Faults:
    """Remembers who was refused for haste, so that a second time means a longer silence. Monotonic seconds."""

    def __init__(self, seconds: Callable[[], float] = time.monotonic) -> None:
        self._seconds = seconds
        self._hasty: OrderedDict[str, float] = OrderedDict()

    def heard(self, chat: str) -> None:
        """The person wrote: Viber counts from the start again."""
        self._hasty.pop(chat, None)

    def telegram(self, error: Exception, method: TelegramMethod[Any], chat: str | None) -> TelegramAPIError:
        """aiogram's error for what a call of the client raised (ViberRefused, WireError, Unclear, TooLong)."""
        match error:
            case ViberRefused():
                return self._refused(error, method, chat or "")
            case WireError():
                kind = TelegramNetworkError if error.reached else NotReached
                return kind(method=method, message=str(error))
            case Unclear():
                return TelegramServerError(method=method, message=str(error))
            case TooLong():
                return TelegramBadRequest(method=method, message=str(error))
        raise error

    def _refused(self, error: ViberRefused, method: TelegramMethod[Any], chat: str) -> TelegramAPIError:
        refusal, name = REFUSALS.get(error.status, (Refusal.REQUEST, "unknown"))
        message = f"{name} ({error.status})"
        if refusal is Refusal.HASTE:
            return TelegramRetryAfter(method=method, message=message, retry_after=self._silence(chat))
        return _KINDS[refusal](method=method, message=message)

    def _silence(self, chat: str) -> int:
        """What was refused while the first silence lasts was on its way before it: that is no second time."""
        now = self._seconds()
        first = self._hasty.get(chat)
        if first is not None and now - first < HASTE:
            return HASTE
        self._hasty[chat] = now
        self._hasty.move_to_end(chat)
        if len(self._hasty) > MOST:
            self._hasty.popitem(last=False)
        return HASTE if first is None or now - first >= HOUR else HOUR


def sorted_fault(error: TelegramAPIError) -> Undeliverable:
    """aiogram's error in the outbox's bits. No money is nobody's block: it pauses everybody, as a wrong token does."""
    match error:
        case TelegramRetryAfter():
            return Undeliverable("too_many", pause=float(error.retry_after))
        case ViberQuotaError():
            return Undeliverable("quota", pause=QUOTA_PAUSE)
        case TelegramUnauthorizedError():
            return Undeliverable("unauthorised", pause=UNAUTHORISED_PAUSE)
        case NotReached():
            return Undeliverable("unreachable", away=True)
        case TelegramForbiddenError():
            said = str(error).lower()
            reason = next((reason for text, reason in _LOST.items() if text in said), "blocked")
            return Undeliverable(reason, for_good=True)
        case TelegramBadRequest():
            gone = "chat not found" in str(error).lower()  # a number that stands for nobody
            return Undeliverable("chat_not_found", for_good=True) if gone else Undeliverable("refused")
    return Undeliverable("unreachable", ambiguous=True)


def trouble_of(fault: Undeliverable) -> str | None:
    """Why Viber takes nothing from us at all, as a key for the channel's `trouble`; None where it is about one call."""
    return {"quota": "viber_quota", "unauthorised": "viber_unauthorised"}.get(fault.reason)
