"""What stands in a button: at most 64 ASCII bytes, and never authority (rights are looked up at each press)."""

from typing import Annotated

from aiogram.filters.callback_data import CallbackData
from pydantic import Field

from models.workflow import Action, Ask

Key = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{1,32}$")]
Seq = Annotated[int, Field(ge=0, lt=2**31)]
"""Forged data must not reach the database as what no column holds (NUL, 10^30)."""


class OrderButton(CallbackData, prefix="o"):
    """An action of the workflow. `seq` is the order's sequence when the button was drawn."""

    action: Action
    order: Key
    seq: Seq


class ReasonButton(CallbackData, prefix="r"):
    """Why an order is cancelled: the key of the state it goes to."""

    order: Key
    seq: Seq
    reason: Key


class GroupButton(CallbackData, prefix="g"):
    """The group of reasons to choose from."""

    order: Key
    group: Key


class SkipButton(CallbackData, prefix="n"):
    """There is none of what the action asked for."""

    action: Action
    order: Key
    seq: Seq
    ask: Ask


class MomentButton(CallbackData, prefix="d"):
    """The day of dispatch that was agreed, by its date: the button means the same tomorrow."""

    order: Key
    seq: Seq
    day: Annotated[str, Field(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")]


class LookButton(CallbackData, prefix="l"):
    """Something to look at: `card`, `open` (the card as a new message), `history`, `link`, `write`, `later`
    (when to be reminded again), or `reasons` with its page. From a group, for the presser alone: `contact` (the buyer
    in full), `asked` (what the buyer wrote)."""

    order: Key
    what: Key
    page: Annotated[int, Field(ge=0, lt=100)] = 0


class BuyerButton(CallbackData, prefix="b"):
    """A buyer's answer: `yes`, `ask`, `cancel`, `cancel_yes`, `cancel_no`; of goods that wait `collect`, `postpone`,
    `refuse`, `refuse_yes`. Any other looks at how the order stands."""

    order: Key
    answer: Key


class UnreachedButton(CallbackData, prefix="u"):
    """Of a buyer whom nothing has reached, before `action` sends the parcel: `call`, `talked`, `number` (another one,
    whatever the action), `risk` (send all the same)."""

    order: Key
    seq: Seq
    to: Key
    action: Action


class AdmitButton(CallbackData, prefix="m"):
    """An owner's yes or no to who asks to join."""

    member: Annotated[int, Field(ge=1, lt=2**31)]
    yes: bool


class SnoozeButton(CallbackData, prefix="z"):
    """Ring me again about this order: in so many minutes, or at the next opening (0)."""

    order: Key
    minutes: Annotated[int, Field(ge=0, le=60)]


class HandButton(CallbackData, prefix="w"):
    """Hand an order to a member of its shop."""

    order: Key
    to: Annotated[int, Field(ge=1, lt=2**31)]


class DraftButton(CallbackData, prefix="f"):
    """An order that is being made by hand: a part of it and what is chosen for it, or `shop` with its number, `next`,
    `drop`, `back`, `fix` with the part, `create`, `leave`, `begin`, `decline`. `mark` tells one from another."""

    mark: Key
    do: Key
    what: Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{0,32}$")]


class TakeAllButton(CallbackData, prefix="t"):
    """Take all the orders that one message named: the number of its first notification."""

    told_with: Annotated[int, Field(ge=1, lt=2**62)]


Shop = Annotated[int, Field(ge=0, lt=2**31)]
Day = Annotated[int, Field(ge=1, le=3_652_059)]
"""A day of the calendar by `date.toordinal()`."""


class SettingsButton(CallbackData, prefix="s"):
    """A place in a shop's settings: `shops` (of no shop yet), `menu`, `hours`, `days` with its page, `holidays`,
    `reminders`, `type_hours`, `type_days`."""

    shop: Shop
    to: Key
    page: Annotated[int, Field(ge=0, lt=100)] = 0


class StepsButton(CallbackData, prefix="n"):
    """When a limit's reminders come: `look`, `type`, `usual` (the marketplace's own)."""

    shop: Shop
    kind: Key
    to: Key


class DropDayButton(CallbackData, prefix="d"):
    """A special day to be like any other again."""

    shop: Shop
    day: Day


class HolidaysButton(CallbackData, prefix="h"):
    """The state holidays of a year since a day, those chosen as bits in their order; `save` or look."""

    shop: Shop
    since: Day
    chosen: Annotated[int, Field(ge=0, lt=2**40)]
    save: bool


class SaveButton(CallbackData, prefix="v"):
    """What was typed and shown back counts now. `mark` tells it from what was typed before."""

    mark: Key


class ShopGroupButton(CallbackData, prefix="sg"):
    """A shop's group chat in its settings: `look`, `link` (a new one), `drop` (asks), `dropped`."""

    shop: Shop
    to: Key
