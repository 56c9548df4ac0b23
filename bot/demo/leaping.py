"""`python -m bot.demo.leaping`: the product as `python -m bot run` starts it, by the demo's clock.

The product itself does not know: it has always been handed its clock. A leap happens when nothing is on its way,
so that no lease and no press is torn apart, and is reported back once all that became due is sent.
"""

import asyncio
import os
from pathlib import Path

from bot.app import App
from bot.cli import keep_running
from bot.config import Settings
from bot.demo.clock import LeapingClock, Leaps

LOOK_SECONDS = 0.05


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
                await self._quiet()
                self._leaping.leap(offset)
                await self.tick()
                await self._quiet()
                self._leaps.follow(offset)

    async def _quiet(self) -> None:
        if self.delivery is not None:
            await self.delivery.idle()


def main(app: type[LeapingApp] = LeapingApp) -> None:
    os.umask(0o077)
    keep_running(app)


if __name__ == "__main__":
    main()
