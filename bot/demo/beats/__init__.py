"""The beats in their order. Each waits for what must be on somebody's screen, and says what was read or measured."""

from collections.abc import Awaitable, Callable, Sequence

from bot.demo.beats.clock import cabinet, forgotten, over, uncalled
from bot.demo.beats.first_order import buyer, claim, confirm, link, opens, rings, ships, talk
from bot.demo.beats.group import changes_mind, forgets, group_claim, group_rings, shows
from bot.demo.beats.many import hand_over, lists, note, pasted, search
from bot.demo.beats.nights import days_off, evening, monday, morning, night
from bot.demo.beats.on_viber import asks_on_viber, on_viber, sent_on_viber
from bot.demo.beats.parcel import arrives, third_day
from bot.demo.beats.team import group, joins, words
from bot.demo.beats.trouble import killed, restart, stranger
from bot.demo.beats.unreached import right_number, stopped, wrong_number
from bot.demo.day import Day

BEATS: Sequence[Callable[[Day], Awaitable[str]]] = (
    opens,
    joins,
    words,
    rings,
    link,
    buyer,
    claim,
    talk,
    confirm,
    killed,
    restart,
    ships,
    stranger,
    on_viber,
    asks_on_viber,
    sent_on_viber,
    wrong_number,
    stopped,
    right_number,
    forgotten,
    over,
    cabinet,
    evening,
    night,
    morning,
    lists,
    search,
    note,
    hand_over,
    arrives,
    uncalled,
    days_off,
    monday,
    group,
    group_rings,
    shows,
    group_claim,
    changes_mind,
    forgets,
    pasted,
    third_day,
)
