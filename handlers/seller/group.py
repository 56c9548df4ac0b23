"""A shop's group chat in its settings: a link for a new one, or an end of it. Whether a press is an owner's is looked
up at each (house 4)."""

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery

from bot.l10n import Words
from bot.shops.groups import Groups
from handlers.screens import show, toast
from handlers.seller.entering import Setting
from keyboards.callbacks import ShopGroupButton
from keyboards.group import drop_group_screen, group_link_screen, group_screen
from keyboards.screen import Screen
from models.errors import NoSuchOrder, NotAllowed
from models.people import Account


async def go(
    query: CallbackQuery,
    callback_data: ShopGroupButton,
    account: Account,
    groups: Groups,
    state: FSMContext,
    words: Words,
) -> None:
    """From one place to another."""
    try:
        screen = await _screen(callback_data, account, groups, words)
    except NoSuchOrder:
        await toast(query, words("no-access"), alert=True)
        return
    except NotAllowed:
        await toast(query, words("settings-not-owner"), alert=True)
        return
    if await state.get_state() == Setting.typing.state:
        await state.clear()
    await toast(query)
    await show(query, screen)


async def _screen(button: ShopGroupButton, account: Account, groups: Groups, words: Words) -> Screen:
    shop, group = await groups.look(button.shop, account.id)
    match button.to:
        case "link":
            shop, made = await groups.invite(shop.id, account.id)
            return group_link_screen(shop, made.start, made.url, words)
        case "drop" if group is not None:
            return drop_group_screen(shop, group, words)
        case "dropped":
            return group_screen(await groups.unbind(shop.id, account.id), None, words, dropped=True)
        case _:
            return group_screen(shop, group, words)


def setup() -> Router:
    router = Router(name="seller.group")
    router.callback_query.register(go, ShopGroupButton.filter())
    return router
