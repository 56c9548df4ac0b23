"""The beats in their order. Each waits for what must be on somebody's screen, and says what was read or measured."""

from collections.abc import Awaitable, Callable, Sequence

from bot.demo.beats.clock import cabinet, forgotten, over, uncalled
from bot.demo.beats.first_order import buyer, claim, confirm, joins, opens, rings, ships, talk
from bot.demo.beats.nights import days_off, evening, monday, morning, night
from bot.demo.beats.trouble import killed, restart, stranger
from bot.demo.day import Day

BEATS: Sequence[Callable[[Day], Awaitable[str]]] = (
    opens,
    joins,
    rings,
    buyer,
    claim,
    talk,
    confirm,
    killed,
    restart,
    ships,
    stranger,
    forgotten,
    over,
    cabinet,
    evening,
    night,
    morning,
    uncalled,
    days_off,
    monday,
)
