"""A product that is well but for one thing: it never looks at what is due. `python -m tests.demo.forgetful`."""

from collections.abc import Sequence

from bot.demo.leaping import LeapingApp, main
from scheduler.ticks import Tick


class Forgetful(LeapingApp):
    def _every(self) -> Sequence[Tick]:
        return [tick for tick in super()._every() if tick.name != "deadlines"]


if __name__ == "__main__":
    main(Forgetful)
