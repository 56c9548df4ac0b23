"""Viber's codes: one table of what each means to a handler and to the outbox."""

import pytest
from aiogram.exceptions import (
    TelegramAPIError,
    TelegramBadRequest,
    TelegramForbiddenError,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
    TelegramUnauthorizedError,
)
from aiogram.methods import SendMessage

from bot.http import WireError
from bot.messengers.telegram import NotReached
from bot.messengers.viber.client import TooLong, Unclear, ViberRefused
from bot.messengers.viber.faults import HASTE, HOUR, Faults, ViberQuotaError, sorted_fault, trouble_of

METHOD = SendMessage(chat_id=2**52 + 1, text="x")

FORBIDDEN = {5: "chat_not_found", 6: "blocked", 11: "no_device"}
TOKEN = (2, 7, 8, 9, 10, 15)
QUOTA = (23, 24)
REQUEST = (1, 3, 4, 13, 14, 16, 17, 18, 19, 20, 21, 22, 25, 99, -1, 2**70)

TABLE: list[tuple[Exception, type[TelegramAPIError], tuple[str, ...]]] = [
    *[(ViberRefused(c, "m"), TelegramForbiddenError, (why, "for_good")) for c, why in FORBIDDEN.items()],
    *[(ViberRefused(c, "m"), TelegramUnauthorizedError, ("unauthorised", "pause")) for c in TOKEN],
    *[(ViberRefused(c, "m"), ViberQuotaError, ("quota", "pause")) for c in QUOTA],
    *[(ViberRefused(c, "m"), TelegramBadRequest, ("refused",)) for c in REQUEST],
    (ViberRefused(12, "m"), TelegramRetryAfter, ("too_many", "pause")),
    (WireError("ServerDisconnectedError"), TelegramNetworkError, ("unreachable", "ambiguous")),
    (WireError("ClientConnectorError", reached=False), NotReached, ("unreachable", "away")),
    (Unclear(502), TelegramServerError, ("unreachable", "ambiguous")),
    (TooLong("text", 7001, 7000), TelegramBadRequest, ("refused",)),
]


def test_no_code_is_left_out() -> None:
    assert {error.status for error, *_ in TABLE if isinstance(error, ViberRefused)} >= set(range(1, 25))


@pytest.mark.parametrize(("raised", "kind", "bits"), TABLE, ids=str)
def test_each_refusal_has_its_error_and_its_bits(
    raised: Exception, kind: type[TelegramAPIError], bits: tuple[str, ...]
) -> None:
    error = Faults(lambda: 0.0).telegram(raised, METHOD, "7")
    assert type(error) is kind
    fault = sorted_fault(error)
    set_bits = [
        name
        for name in ("for_good", "pause", "ambiguous", "away", "moved_to", "gone")
        if getattr(fault, name)
    ]
    assert (fault.reason, *set_bits) == bits
    assert trouble_of(fault) == {"quota": "viber_quota", "unauthorised": "viber_unauthorised"}.get(bits[0])


def test_a_number_that_stands_for_nobody_is_no_chat() -> None:
    fault = sorted_fault(TelegramBadRequest(method=METHOD, message="chat not found"))
    assert (fault.reason, fault.for_good) == ("chat_not_found", True)


def test_another_error_is_not_taken_for_vibers() -> None:
    with pytest.raises(ZeroDivisionError):
        Faults().telegram(ZeroDivisionError(), METHOD, None)


class _Hasty:
    def __init__(self) -> None:
        self.now = 1000.0
        self.faults = Faults(lambda: self.now)

    def after(self, seconds: float, chat: str = "7") -> int:
        """So much later Viber says "too many requests" once more."""
        self.now += seconds
        error = self.faults.telegram(ViberRefused(12, "m"), METHOD, chat)
        assert isinstance(error, TelegramRetryAfter)
        return error.retry_after


def test_who_is_refused_for_haste_again_within_an_hour_has_an_hour_of_silence() -> None:
    hasty = _Hasty()
    assert hasty.after(0) == HASTE
    assert hasty.after(1) == HASTE, "that one was on its way already"
    assert hasty.after(1, chat="8") == HASTE
    assert hasty.after(HASTE) == HOUR
    assert hasty.after(HOUR + 1) == HASTE
    assert hasty.after(HASTE + 1) == HOUR
    hasty.faults.heard("7")
    assert hasty.after(1) == HASTE
