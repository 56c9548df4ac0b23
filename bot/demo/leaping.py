"""`python -m bot.demo.leaping`: the product as `python -m bot run` starts it, by the demo's clock.

The product itself does not know: it has always been handed its clock. A leap happens when no message is on
its way, so that no lease is torn apart, and is reported back once all that became due is sent.
"""

import asyncio
import os
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.app import App
from bot.cli import keep_running
from bot.config import Settings
from bot.demo.clock import LeapingClock, Leaps
from models.outbox import OPEN, Notification

LOOK_SECONDS = 0.05
LONG = 3600.0
"""Seconds of a leap before which the cards are drawn, too: no shop sees the noon's change in the evening."""


class LeapingApp(App):
    """The App and one task beside it, which follows the file in the working directory."""

    def __init__(self, settings: Settings) -> None:
        self._leaps = Leaps(Path())
        self._leaping = LeapingClock(self._leaps.asked())
        super().__init__(settings, clock=self._leaping)

    async def start(self) -> None:
        await super().start()
        self._tasks.start(self._follow(), name="demo: the clock")

    async def _follow(self) -> None:
        self._leaps.follow(self._leaping.offset)
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            offset = self._leaps.asked()
            if offset > self._leaping.offset:
                await self._told()
                if offset - self._leaping.offset > LONG and self.delivery is not None:
                    await self.delivery.idle()
                self._leaping.leap(offset)
                await self.tick()
                await self._told()
                self._leaps.follow(offset)

    async def _told(self) -> None:
        """Until nothing that is due is unsent; cards to be drawn anew may follow."""
        while await self.db.read(self._due):  # noqa: ASYNC110 - nothing tells that the outbox is empty but it
            await asyncio.sleep(LOOK_SECONDS)

    def _due(self, session: Session) -> bool:
        due = select(Notification.id).where(OPEN, Notification.due_at <= self.clock()).limit(1)
        return session.scalar(due) is not None


def main(app: type[LeapingApp] = LeapingApp) -> None:
    os.umask(0o077)
    keep_running(app)


if __name__ == "__main__":
    main()
