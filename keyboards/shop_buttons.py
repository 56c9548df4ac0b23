"""What stands in the buttons of a shop's settings beside its hours (see keyboards/callbacks.py)."""

from typing import Annotated

from aiogram.filters.callback_data import CallbackData
from pydantic import Field

from keyboards.callbacks import Key, Shop

Mark = Annotated[str, Field(pattern=r"^([0-9a-f]{12})?$")]


class TextsButton(CallbackData, prefix="tx"):
    """The list of a shop's texts for buyers."""

    shop: Shop


class TextButton(CallbackData, prefix="tt"):
    """One of them: `look`, `type`, `usual` (ours again), or `save` what bears the mark."""

    shop: Shop
    text: Key
    to: Key
    mark: Mark = ""


class KeysButton(CallbackData, prefix="ky"):
    """A shop's API keys: `list` (which blanks a shown one), `new`, `sure` (whether to revoke one), `revoke`."""

    shop: Shop
    to: Key
    key: Annotated[int, Field(ge=0, lt=2**31)] = 0


class ConfirmingButton(CallbackData, prefix="bc"):
    """Whether a buyer's tap confirms: `look`, `on`, `off`."""

    shop: Shop
    to: Key


class ViberButton(CallbackData, prefix="vb"):
    """Viber messages that cost money: `look`, `on`, `off`, `cap` with the most of a month, `free` without one."""

    shop: Shop
    to: Key
    cap: Annotated[int, Field(ge=0, le=1_000_000)] = 0


class SmsButton(CallbackData, prefix="sm"):
    """How many SMS may go to buyers in a day: `look`, or `cap` with the most of them, 0 for none."""

    shop: Shop
    to: Key
    cap: Annotated[int, Field(ge=0, le=1_000_000)] = 0


class OneBellButton(CallbackData, prefix="ob"):
    """The marketplace's own notices: `look`, or `done`."""

    shop: Shop
    to: Key
