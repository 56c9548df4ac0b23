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
    """`members` are told in the shop's group, where it has one; `holder` means all members while nobody holds the
    order. Priority 0 overtakes 1, 1 overtakes 2.

    `card`: the message is the order's live card, kept up to date and pressable. `line`: where many wait for
    one chat, it may be told as a line of a digest; what carries somebody's words may not. `together`: two that
    are due for one chat are one message already. `redrawn`: queued once more, it is its first message anew.
    `personal`: the message names a buyer and nobody draws it anew, so that it is blanked when the buyer is erased,
    as every message to a buyer is. `marketing`: it advertises, and goes to nobody who has not agreed to that (K11).
    `silent`: it never rings. `waits`: where a message costs money, it is told once its reader writes. `undrawn`: for
    those alone whose messenger draws nothing anew; elsewhere the order's card says it by itself.
    """

    to: Audience
    priority: int = 1
    delay: timedelta = timedelta(0)
    card: bool = False
    line: bool = False
    together: bool = False
    redrawn: bool = False
    personal: bool = False
    marketing: bool = False
    silent: bool = False
    waits: bool = False
    undrawn: bool = False


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
    Notice.BUYER_ASKED: Rule(Audience.HOLDER, priority=0, personal=True),
    Notice.BUYER_CANCELLED: Rule(Audience.MEMBERS, priority=0, card=True, line=True),
    Notice.CANCEL_REQUESTED: Rule(Audience.HOLDER, priority=0),  # C24: on its way already
    Notice.ORDER_CHANGED: Rule(
        Audience.HOLDER, card=True, line=True, undrawn=True
    ),  # RC14: money, other data
    Notice.HANDED_TO: Rule(Audience.ONE, priority=0, card=True, line=True),  # M6
    Notice.HANDED_FROM: Rule(Audience.ONE, line=True, waits=True),
    Notice.BUYER_WISH: Rule(Audience.HOLDER, priority=0),  # G58: of goods that wait at the point
    Notice.BUYER_UNREACHABLE: Rule(Audience.HOLDER, personal=True),
    Notice.CALL_BUYER: Rule(Audience.HOLDER, priority=0, personal=True),  # RC10 R51
    Notice.BUYER_FORGOTTEN: Rule(Audience.HOLDER),
    Notice.MEMBER_ASKS: Rule(Audience.OWNERS),
    Notice.MEMBER_JOINED: Rule(Audience.ONE),
    Notice.MEMBER_UNREACHABLE: Rule(Audience.OWNERS),
    Notice.MEMBER_REMOVED: Rule(Audience.ONE),
    Notice.ROLE_CHANGED: Rule(Audience.ONE),
    Notice.TEAM_CHANGED: Rule(Audience.OWNERS, waits=True),
    Notice.LINK_REFUSED: Rule(Audience.OWNERS, personal=True),
    Notice.GROUP_ENDED: Rule(Audience.ONE, waits=True),
    Notice.GROUP_LOST: Rule(Audience.OWNERS),
    Notice.ONE_BELL: Rule(
        Audience.OWNERS, priority=2, delay=timedelta(minutes=5), silent=True, waits=True
    ),  # R48 G01
    Notice.VIBER_CAP: Rule(Audience.OWNERS, priority=0),
    Notice.SMS_CAP: Rule(Audience.OWNERS, priority=0),
    Notice.DEAD_LETTER: Rule(Audience.ADMINS, redrawn=True),
    Notice.RESTORED: Rule(Audience.ONE, priority=0),
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

CARDS = frozenset(notice for notice, rule in RULES.items() if rule.card)
"""What comes as the order's live card."""

PERSONAL = frozenset(notice for notice, rule in RULES.items() if rule.personal or rule.to is Audience.BUYER)
"""Not sent once the order's buyer is erased; what was sent is blanked."""

TO_OUTSIDERS = frozenset({Notice.MEMBER_JOINED, Notice.MEMBER_REMOVED})
"""Heard by who is no member: because an owner said no, or because they are none any more."""

OF_OPEN_ORDERS = frozenset(
    {
        Notice.NEW_ORDER,
        Notice.ORDER_CHANGED,
        Notice.HANDED_TO,
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

NEWS = frozenset(notice for notice, rule in RULES.items() if rule.to is Audience.BUYER) - {
    Notice.SELLER_WROTE,
    Notice.STILL_WAITING,
}
"""What tells a buyer how an order stands: of several that had to wait, the last says it all."""
