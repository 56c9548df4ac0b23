"""Trouble is met where it is: a chat that does not answer waits; where several do not, their messenger is away."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import structlog

from bot.messengers.base import Channel
from bot.outbox import redrawing

log = structlog.get_logger(__name__)

RETRIES = redrawing.RETRIES
LONGEST_PAUSE = 60.0
"""Seconds after which a chat or a messenger in trouble is tried again at the latest."""
PATIENCE = 5
"""Tries of one message for which its chat waits; then the others overtake it."""
WIDESPREAD = 3
"""So many chats in trouble with no success between them: it is the messenger."""


@dataclass(slots=True)
class _Trouble:
    """Of one messenger: the chats that failed since its last answer, and the rounds of asking whether it is back."""

    chats: set[str] = field(default_factory=set)
    rounds: int = 0


class Troubles:
    """Pauses whoever is in trouble, longer each time."""

    def __init__(self, channels: Mapping[str, Channel]) -> None:
        self._channels = channels
        self._troubles = {name: _Trouble() for name in channels}

    def away(self, name: str) -> bool:
        return self._troubles[name].rounds > 0

    def answered(self, name: str) -> None:
        """The messenger is there."""
        trouble = self._troubles[name]
        trouble.rounds = 0
        trouble.chats.clear()

    def met(self, name: str, chat: str, attempts: int) -> float:
        """Returns seconds by which the message itself is put off, so that the others of its chat overtake it; 0.0
        while they wait for it."""
        self.spread(name, chat)
        seconds = float(RETRIES[min(max(attempts, 1), len(RETRIES)) - 1])
        if not self.away(name) and attempts > PATIENCE:
            return seconds
        self._channels[name].pause(min(seconds, LONGEST_PAUSE), chat)
        return 0.0

    def spread(self, name: str, chat: str) -> None:
        """One more chat that did not answer."""
        trouble, channel = self._troubles[name], self._channels[name]
        trouble.chats.add(chat)
        if trouble.rounds == 0 and len(trouble.chats) < WIDESPREAD:
            return
        if trouble.rounds == 0:
            log.warning("messenger_away", channel=name)
        elif channel.opens_in() > 0:
            return  # this one was on its way when the others failed
        channel.pause(min(float(RETRIES[min(trouble.rounds, len(RETRIES) - 1)]), LONGEST_PAUSE))
        trouble.rounds += 1
