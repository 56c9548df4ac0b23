"""TurboSMS's numbers and words in ours (facts C.1, where three clients' tables agree). Pure; unknown ones are known
as such, and are no fault.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

import structlog

from bot.messengers.base import Undeliverable
from bot.messengers.oneway import ACCOUNT_PAUSE

log = structlog.get_logger(__name__)

ACCOUNT: Final = {
    103: "turbosms_unauthorised",
    105: "turbosms_unauthorised",
    106: "turbosms_inactive",
    200: "turbosms_sender",
    203: "turbosms_no_money",
    301: "turbosms_unauthorised",
    302: "turbosms_sender",
    400: "turbosms_sender",
    401: "turbosms_sender",
}
"""What is wrong with us and not with a message: everything waits until somebody has mended it."""
PHONE: Final = {305: "bad_phone", 404: "stoplist", 406: "country", 407: "duplicate"}
"""This number will not be reached by another try."""
NOT_SENT: Final = frozenset({502, 503, 504, 505})
PERHAPS_SENT: Final = frozenset({500, 501, 999})
"""500 and 501 could not write their answer: the message may well be on its way."""
TEMPLATE: Final = frozenset({306, 409, 410, 412, 415, 416})
"""Viber's conditions for a transactional message (its life, text, sender, template), which an SMS has not."""


def is_template_fault(code: Any) -> bool:
    return code in TEMPLATE


def sorted_code(code: Any) -> Undeliverable:
    """A response_code that is no success, in the outbox's bits. What is not known is refused, and held for a look."""
    if code in ACCOUNT:
        return Undeliverable(ACCOUNT[code], pause=ACCOUNT_PAUSE)
    if code in PHONE:
        return Undeliverable(PHONE[code], for_good=True)
    if code in NOT_SENT:
        return Undeliverable("unreachable", away=True)
    if code in PERHAPS_SENT:
        return Undeliverable("unreachable", ambiguous=True)
    return Undeliverable("refused")


class SmsState(StrEnum):
    """`waiting` is not the end, the three others are - but for `seen`, which may follow `delivered`."""

    WAITING = "waiting"
    DELIVERED = "delivered"
    SEEN = "seen"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class SmsStatus:
    """`reason` is a key where it failed. `via`: viber, sms, or empty where it is not said."""

    state: SmsState
    reason: str | None = None
    via: str = ""


_STATES: Final = {
    "queued": SmsState.WAITING,
    "accepted": SmsState.WAITING,
    "sent": SmsState.WAITING,
    "unknown": SmsState.WAITING,
    "delivered": SmsState.DELIVERED,
    "read": SmsState.SEEN,
    "undelivered": SmsState.FAILED,
    "expired": SmsState.FAILED,
    "rejected": SmsState.FAILED,
    "failed": SmsState.FAILED,
    "cancelled": SmsState.FAILED,
}


def sorted_status(item: dict[str, Any]) -> SmsStatus:
    """One row of status.json. A failure of Viber's half is none: the SMS follows it, and has the last word.

    Who asks stops asking in the end by its own patience, so a word that nobody knows waits, too.
    """
    word = str(item.get("status") or "").lower()
    via = str(item.get("type") or "").lower()
    via = via if via in ("viber", "sms") else ""
    state = _STATES.get(word)
    if state is None:
        log.warning("turbosms_unknown_status", code=item.get("response_code"), length=len(word))
        return SmsStatus(SmsState.WAITING, None, via)
    if state is not SmsState.FAILED:
        return SmsStatus(state, None, via)
    if via == "viber":
        return SmsStatus(SmsState.WAITING, None, via)
    return SmsStatus(state, f"sms_{word}", via)
