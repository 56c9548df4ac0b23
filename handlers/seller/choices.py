"""What an owner switches: whether a buyer's tap confirms, the marketplace's own bell, what Viber and SMS may cost."""

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery

from bot.l10n import Words
from bot.shops import Shops
from handlers.screens import show, toast
from handlers.seller.entering import entered
from keyboards.choices import confirming_screen, one_bell_screen, sms_screen, viber_screen
from keyboards.shop_buttons import ConfirmingButton, OneBellButton, SmsButton, ViberButton
from models.errors import NotAllowed
from models.people import Account


async def confirming(
    query: CallbackQuery,
    callback_data: ConfirmingButton,
    account: Account,
    shops: Shops,
    state: FSMContext,
    words: Words,
) -> None:
    """Whether a buyer's tap confirms."""
    found = await entered(query, callback_data.shop, account, shops, state, words)
    if found is None:
        return
    shop = found[0]
    if callback_data.to in ("on", "off"):
        try:
            shop = await shops.set_buyer_confirms(shop.id, account.id, callback_data.to == "on")
        except NotAllowed as refusal:
            await toast(query, words(f"refused-{refusal.reason}"), alert=True)
            return
    await toast(query)
    await show(query, confirming_screen(shop, words))


async def viber_money(
    query: CallbackQuery,
    callback_data: ViberButton,
    account: Account,
    shops: Shops,
    state: FSMContext,
    words: Words,
) -> None:
    """What Viber charges for: whether, and how much of it in a month."""
    found = await entered(query, callback_data.shop, account, shops, state, words)
    if found is None:
        return
    shop = found[0]
    wanted = {
        "on": (True, shop.viber_cap),
        "off": (False, shop.viber_cap),
        "cap": (True, callback_data.cap),
        "free": (True, None),
    }.get(callback_data.to)
    if wanted is not None:
        shop = await shops.set_viber(shop.id, account.id, *wanted)
    await toast(query)
    await show(query, viber_screen(shop, await shops.viber_paid(shop.id, account.id), words))


async def sms_money(
    query: CallbackQuery,
    callback_data: SmsButton,
    account: Account,
    shops: Shops,
    state: FSMContext,
    words: Words,
) -> None:
    """How many SMS may go to buyers in a day."""
    found = await entered(query, callback_data.shop, account, shops, state, words)
    if found is None:
        return
    shop = found[0]
    if callback_data.to == "cap":
        shop = await shops.set_sms_cap(shop.id, account.id, callback_data.cap)
    await toast(query)
    await show(query, sms_screen(shop, await shops.sms_today(shop.id, account.id), words))


async def one_bell(
    query: CallbackQuery,
    callback_data: OneBellButton,
    account: Account,
    shops: Shops,
    state: FSMContext,
    words: Words,
) -> None:
    """The marketplace's own notices: what rings, and that it does no more."""
    found = await entered(query, callback_data.shop, account, shops, state, words)
    if found is None:
        return
    shop = found[0]
    if callback_data.to == "done":
        shop = await shops.silence(shop.id, account.id)
    await toast(query)
    await show(query, one_bell_screen(shop, words))


def setup() -> Router:
    router = Router(name="seller.choices")
    router.callback_query.register(confirming, ConfirmingButton.filter())
    router.callback_query.register(viber_money, ViberButton.filter())
    router.callback_query.register(sms_money, SmsButton.filter())
    router.callback_query.register(one_bell, OneBellButton.filter())
    return router
