"""A shop's API keys: made, shown once, blanked, revoked after a sure-question."""

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery

from bot.l10n import Words
from bot.shops import Shops
from handlers.screens import show, toast
from handlers.seller.entering import entered
from keyboards.keys import key_screen, keys_screen, revoke_screen
from keyboards.shop_buttons import KeysButton
from models.errors import NoSuchOrder, NotAllowed
from models.people import Account
from models.roles import Ability


async def press(
    query: CallbackQuery,
    callback_data: KeysButton,
    account: Account,
    shops: Shops,
    state: FSMContext,
    words: Words,
    cause: str,
) -> None:
    """Any button of the keys. A key that is no more shows those that are."""
    found = await entered(query, callback_data.shop, account, shops, state, words, Ability.KEYS)
    if found is None:
        return
    shop, number = found[0], callback_data.key
    keys = await shops.keys_of(shop.id, account.id)
    revoked = None
    if callback_data.to == "new":
        try:
            made, key = await shops.make_key(shop.id, account.id, cause=cause)
        except NotAllowed as refusal:
            await toast(query, words(f"refused-{refusal.reason}"), alert=True)
            return
        await toast(query)
        stays = not account.messenger.redraws
        await show(query, key_screen(shop, made, key, words, stays=stays))
        return
    if callback_data.to == "revoke":
        try:
            await shops.revoke_key_by(shop.id, account.id, number)
        except NoSuchOrder:
            await toast(query, words("no-access"), alert=True)
            return
        revoked = number
        keys = [key for key in keys if key.id != number]
    asked = next((key for key in keys if key.id == number), None) if callback_data.to == "sure" else None
    await toast(query)
    if asked is not None:
        await show(query, revoke_screen(shop, asked, len(keys) == 1, words))
    else:
        await show(query, keys_screen(shop, keys, words, revoked=revoked))


def setup() -> Router:
    router = Router(name="seller.keys")
    router.callback_query.register(press, KeysButton.filter())
    return router
