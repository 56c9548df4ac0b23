"""What stands in the buttons of a team and of a member's own settings; the ways into both."""

from typing import Annotated

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton
from pydantic import Field

from bot.l10n import Words
from keyboards.callbacks import Key
from keyboards.callbacks import Shop as ShopId
from models.roles import Role
from models.shop import Shop

Id = Annotated[int, Field(ge=1, lt=2**31)]


class TeamButton(CallbackData, prefix="tm"):
    """A place in a shop's team: `list` with its page, `roles` (whom to invite), `invites` (those that are open)."""

    shop: ShopId
    to: Key
    page: Annotated[int, Field(ge=0, lt=100)] = 0


class InviteButton(CallbackData, prefix="iv"):
    """A fresh invite for a role."""

    shop: ShopId
    role: Role


class RevokeButton(CallbackData, prefix="rv"):
    """An open invite to be revoked."""

    shop: ShopId
    invite: Id


class MemberButton(CallbackData, prefix="mb"):
    """About one person of the team: `look`, `roles`, `remove` (asks once), `remove_yes`; of who waits `yes`, `no`."""

    shop: ShopId
    member: Id
    to: Key


class RoleButton(CallbackData, prefix="ro"):
    """Another role for a member; an owner is made only for `sure`."""

    shop: ShopId
    member: Id
    role: Role
    sure: bool = False


class OwnButton(CallbackData, prefix="me"):
    """A member's own settings: `look`; `on`, `off` (the shift); `aloud`, `mute`; `quiet`, `unquiet`; `sign`,
    `unsign`; `leave` (asks once), `leave_yes`; `shops`."""

    shop: ShopId
    to: Key


def team_button(shop: Shop, words: Words) -> InlineKeyboardButton:
    """From a shop's settings to its team."""
    return InlineKeyboardButton(
        text=words("button-team"), callback_data=TeamButton(shop=shop.id, to="list").pack()
    )


def own_button(shop: Shop, to: str, label: str) -> InlineKeyboardButton:
    """To or within what a member decides alone."""
    return InlineKeyboardButton(text=label, callback_data=OwnButton(shop=shop.id, to=to).pack())
