"""The way into a shop's settings: who may go there, and what they were about to type."""

from datetime import datetime

from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery

from bot.l10n import Words
from bot.shops import Shops
from handlers.screens import Event, say, toast
from keyboards.screen import Screen
from models.errors import NoSuchOrder, NotAllowed
from models.people import Account
from models.roles import Ability
from models.shop import Shop


class Setting(StatesGroup):
    """What the owner is about to type of the shop's, or any member of their own; or has typed, and is shown before
    it counts."""

    typing = State()
    own = State()
    wording = State()


async def leave(state: FSMContext) -> None:
    """Whoever walks on in the settings types nothing any more; another question still waits for its answer."""
    if await state.get_state() in (Setting.typing.state, Setting.own.state, Setting.wording.state):
        await state.clear()


async def allowed(
    event: Event,
    shop_id: int,
    account: Account,
    shops: Shops,
    words: Words,
    ability: Ability = Ability.SETTINGS,
) -> tuple[Shop, datetime] | None:
    """The shop to who may do this to it, and the present moment; None after others were told."""
    try:
        return await shops.owned(shop_id, account.id, ability)
    except NoSuchOrder:
        await _refuse(event, words("no-access"))
    except NotAllowed:
        await _refuse(event, words("settings-not-owner"))
    return None


async def entered(
    query: CallbackQuery,
    shop_id: int,
    account: Account,
    shops: Shops,
    state: FSMContext,
    words: Words,
    ability: Ability = Ability.SETTINGS,
) -> tuple[Shop, datetime] | None:
    """The same of whoever has pressed a button that leads to another place of the settings: nothing is typed there."""
    found = await allowed(query, shop_id, account, shops, words, ability)
    if found is not None:
        await leave(state)
    return found


async def _refuse(event: Event, text: str) -> None:
    if isinstance(event, CallbackQuery):
        await toast(event, text, alert=True)
    else:
        await say(event, Screen(text))
