"""What SMS and e-mail have in common: a message that is out can be neither changed nor taken back, and a pace."""

from typing import Any

from bot.messengers.base import Undeliverable
from bot.messengers.pacing import Pace, Paced

ACCOUNT_PAUSE = 60.0
"""Seconds between looks at an account that takes nothing from us. Nothing is lost and no attempt spent meanwhile."""


class OneWay(Paced):
    """The parts of a channel that such services share. `trouble` is set by who knows the service's codes."""

    redraws = False
    charges = False

    def __init__(self, pace: Pace) -> None:
        super().__init__(pace)
        self._trouble: str | None = None

    @property
    def trouble(self) -> str | None:
        return self._trouble

    async def edit(self, chat: str, message_id: str, text: str, markup: Any) -> str:
        """Refused, and not `gone`: a card that is gone is hung anew, which here is a message that costs money."""
        self._pace.release(chat)
        raise Undeliverable("not_editable")

    async def delete(self, chat: str, message_id: str) -> None:
        self._pace.release(chat)
        raise Undeliverable("not_editable")
