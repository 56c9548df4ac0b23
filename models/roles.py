"""Who may see and do what in a shop: one table for orders' actions, one for everything else.

Looked up in the database at each press and at each sending: callback data is never authority (house 4).
"""

from collections.abc import Mapping
from enum import StrEnum

from models.workflow import WISHES, Action


class Role(StrEnum):
    OWNER = "owner"
    MANAGER = "manager"
    PACKER = "packer"
    OBSERVER = "observer"


class Ability(StrEnum):
    """What is no step of an order's workflow.

    `SEE_BUYER`: name, phone, address and words of a buyer in full; without it a town, the last four digits and no
    words. `WRITE`: to the buyer, and reading what was written. `LINK`: the buyer's link. `NOTE`: internal notes.
    `SNOOZE`: to be rung again. `HAND_OVER`: an order to a colleague. `CREATE`: an order by hand. `SHIFT`: to be on
    shift or off. `TEAM`, `SETTINGS`, `KEYS`, `GROUP`: of the shop. `ERASE`: a buyer's data.
    """

    SEE_ORDERS = "see_orders"
    SEE_BUYER = "see_buyer"
    WRITE = "write"
    LINK = "link"
    NOTE = "note"
    SNOOZE = "snooze"
    HAND_OVER = "hand_over"
    CREATE = "create"
    SHIFT = "shift"
    TEAM = "team"
    SETTINGS = "settings"
    KEYS = "keys"
    GROUP = "group"
    ERASE = "erase"


_PACKING = frozenset(
    {Action.SHIP, Action.COURIER, Action.READY, Action.FIX_TTN, Action.UNDO, Action.TICK, Action.AGREE}
)
_SELLING = frozenset(Action) - {
    Action.CREATE,
    Action.HAND_OVER,
    Action.BUYER_CONFIRM,
    Action.BUYER_ASK,
    Action.BUYER_CANCEL,
    *WISHES,
    Action.RELINK,
    Action.DEPART,
    Action.FOLLOW,
    Action.ERASE,
    Action.SHOW_PHONE,
    Action.RELEASE,
    Action.REACHED,
    Action.CONTACT,
    Action.AT_RISK,
}

MAY: Mapping[Role, frozenset[Action]] = {
    Role.OWNER: _SELLING,
    Role.MANAGER: _SELLING,
    Role.PACKER: _PACKING,
    Role.OBSERVER: frozenset(),
}
"""Who may do what to an order."""

_OBSERVER = frozenset({Ability.SEE_ORDERS, Ability.SHIFT})
_PACKER = _OBSERVER | {Ability.SEE_BUYER, Ability.WRITE, Ability.LINK, Ability.NOTE, Ability.SNOOZE}
_MANAGER = _PACKER | {Ability.HAND_OVER, Ability.CREATE}

CAN: Mapping[Role, frozenset[Ability]] = {
    Role.OWNER: frozenset(Ability),
    Role.MANAGER: _MANAGER,
    Role.PACKER: _PACKER,
    Role.OBSERVER: _OBSERVER,
}
"""Who may see and do everything else."""

MAY_IN_GROUP = _SELLING
CAN_IN_GROUP = frozenset({Ability.SEE_ORDERS, Ability.WRITE, Ability.LINK, Ability.SNOOZE})
"""What an order's card in the shop's group offers to whoever sees it; nothing of the buyer in full (house 8.13)."""
