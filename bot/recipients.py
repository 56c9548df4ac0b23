"""Who hears about what: a row a notice. A new one needs a row here, a screen in `keyboards` and its words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from models.outbox import Notice

UNDO = timedelta(seconds=10)
"""How long a press can be taken back; what it tells the buyer waits that long (house 8.5)."""


class Audience(StrEnum):
    MEMBERS = "members"
    HOLDER = "holder"
    OWNERS = "owners"
    BUYER = "buyer"
    ADMINS = "admins"
    ONE = "one"


@dataclass(frozen=True, slots=True)
class Rule:
    """`holder` means all members while nobody holds the order. Priority 0 overtakes 1, 1 overtakes 2.

    `card`: the message is the order's live card, kept up to date and pressable. `line`: where many wait for
    one chat, it may be told as a line of a digest; what carries somebody's words may not. `together`: two that
    are due for one chat are one message already. `silent`: it never rings.
    """

    to: Audience
    priority: int = 1
    delay: timedelta = timedelta(0)
    card: bool = False
    line: bool = False
    together: bool = False
    silent: bool = False


RULES: Mapping[Notice, Rule] = {
    Notice.NEW_ORDER: Rule(Audience.MEMBERS, priority=0, card=True, line=True),
    Notice.UNTOUCHED: Rule(Audience.MEMBERS, priority=0, card=True, line=True, together=True),  # R52
    Notice.MORNING: Rule(Audience.MEMBERS, priority=0, card=True, line=True, together=True),  # R37 R45
    Notice.DAYS_OFF_AHEAD: Rule(Audience.OWNERS, card=True, line=True, together=True),  # C2
    Notice.CONTACT_DUE: Rule(Audience.HOLDER, priority=0, card=True, line=True, together=True),  # R32 G52
    Notice.OUTCOME_DUE: Rule(Audience.HOLDER, priority=0, card=True, line=True, together=True),  # G21
    Notice.CALL_AGAIN: Rule(Audience.HOLDER, priority=0, card=True, line=True, together=True),  # R42 G52
    Notice.CABINET_UNCHANGED: Rule(
        Audience.HOLDER, priority=0, card=True, line=True, together=True
    ),  # rules 1.8.3
    Notice.DISPATCH_DUE: Rule(Audience.HOLDER, priority=0, card=True, line=True, together=True),  # G22
    Notice.PAYMENT_AWAITED: Rule(Audience.HOLDER, card=True, line=True, together=True),  # RC7 RC8
    Notice.NOT_COLLECTED_YET: Rule(Audience.HOLDER, card=True, line=True, together=True),  # G58
    Notice.SNOOZED: Rule(Audience.ONE, priority=0, card=True, line=True, together=True),
    Notice.BUYER_CONFIRMED: Rule(Audience.HOLDER, line=True),
    Notice.BUYER_ASKED: Rule(Audience.HOLDER, priority=0),
    Notice.BUYER_CANCELLED: Rule(Audience.MEMBERS, priority=0, card=True, line=True),
    Notice.CANCEL_REQUESTED: Rule(Audience.HOLDER, priority=0),  # C24: on its way already
    Notice.BUYER_UNREACHABLE: Rule(Audience.HOLDER),
    Notice.MEMBER_ASKS: Rule(Audience.OWNERS),
    Notice.MEMBER_JOINED: Rule(Audience.ONE),
    Notice.MEMBER_UNREACHABLE: Rule(Audience.OWNERS),
    Notice.LINK_REFUSED: Rule(Audience.OWNERS),
    Notice.ONE_BELL: Rule(Audience.OWNERS, priority=2, delay=timedelta(minutes=5), silent=True),  # R48 G01
    Notice.DEAD_LETTER: Rule(Audience.ADMINS),
    Notice.CONFIRM_REQUEST: Rule(Audience.BUYER, priority=0),
    Notice.SHIPPED: Rule(Audience.BUYER, delay=UNDO),  # R23
    Notice.TTN_CHANGED: Rule(Audience.BUYER, delay=UNDO),
    Notice.COURIER_LEFT: Rule(Audience.BUYER, delay=UNDO),
    Notice.READY_FOR_PICKUP: Rule(Audience.BUYER, delay=UNDO),
    Notice.ARRIVED: Rule(Audience.BUYER),
    Notice.STILL_WAITING: Rule(Audience.BUYER),  # G58
    Notice.ORDER_CANCELLED: Rule(Audience.BUYER, delay=UNDO),
    Notice.SELLER_WROTE: Rule(Audience.BUYER, priority=0),
}

REMINDERS = frozenset(notice for notice, rule in RULES.items() if rule.together)
"""What the clock tells. Their facts name the limit; what no longer runs is not told."""

OF_OPEN_ORDERS = frozenset(
    {
        Notice.NEW_ORDER,
        Notice.CONFIRM_REQUEST,
        Notice.SHIPPED,
        Notice.TTN_CHANGED,
        Notice.COURIER_LEFT,
        Notice.READY_FOR_PICKUP,
        Notice.ARRIVED,
        Notice.STILL_WAITING,
    }
)
"""No news any more once the order is closed (F17)."""
