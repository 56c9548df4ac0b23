"""A shop's texts for buyers: looked at, typed anew, shown as the buyer will see them, and only then kept."""

import hashlib

from aiogram import F, Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.l10n import Words
from bot.shops import Shops
from bot.shops.choices import may_name_contacts
from handlers.screens import say, show, toast
from handlers.seller.entering import Setting, allowed, entered, leave
from keyboards.screen import LONGEST, Screen, clean
from keyboards.shop_buttons import TextButton, TextsButton
from keyboards.templates import (
    text_fault,
    text_screen,
    texts_screen,
    type_text_screen,
    typed_text_screen,
)
from models.people import Account
from models.template_text import TemplateError, Text, read_template


async def listed(
    query: CallbackQuery,
    callback_data: TextsButton,
    account: Account,
    shops: Shops,
    state: FSMContext,
    words: Words,
) -> None:
    """All that buyers are told."""
    found = await entered(query, callback_data.shop, account, shops, state, words)
    if found is None:
        return
    await toast(query)
    await show(query, texts_screen(found[0], words))


async def press(
    query: CallbackQuery,
    callback_data: TextButton,
    account: Account,
    shops: Shops,
    state: FSMContext,
    words: Words,
) -> None:
    """One text: looked at, about to be typed, ours again, or what was typed kept."""
    found = await allowed(query, callback_data.shop, account, shops, words)
    if found is None:
        return
    if callback_data.text not in list(Text):
        await toast(query, words("no-access"), alert=True)
        return
    (shop, now), text = found, Text(callback_data.text)
    match callback_data.to:
        case "save":
            data = await state.get_data()
            stands = await state.get_state() == Setting.wording.state
            if not stands or data.get("mark") != callback_data.mark or data["text"] != text:
                await toast(query, words("settings-stale"), alert=True)
                return
            shop = await shops.set_text(shop.id, account.id, text, data["typed"])
            screen = text_screen(shop, text, now, words, saved=True)
        case "usual":
            shop = await shops.set_text(shop.id, account.id, text, None)
            screen = text_screen(shop, text, now, words, saved=True)
        case "type":
            screen = type_text_screen(shop, text, words)
        case _:
            screen = text_screen(shop, text, now, words)
    await leave(state)
    if callback_data.to == "type":
        await state.set_state(Setting.wording)
        await state.set_data({"shop": shop.id, "text": str(text)})
    await toast(query)
    await show(query, screen)


async def typed(
    message: Message, account: Account | None, shops: Shops, state: FSMContext, words: Words
) -> None:
    """A text as the owner has typed it: shown as the buyer would see it, or what is wrong with it."""
    if account is None:
        return
    data = await state.get_data()
    found = await allowed(message, data["shop"], account, shops, words)
    if found is None:
        await state.clear()
        return
    (shop, now), text = found, Text(data["text"])
    back = type_text_screen(shop, text, words).markup
    if not message.text:
        await say(message, Screen(words("only-text"), back))
        return
    try:
        meant = read_template(clean(message.text, LONGEST), text, contacts=may_name_contacts(shop))
    except TemplateError as error:
        await say(message, Screen(text_fault(error, text, words), back))
        return
    mark = hashlib.sha256(f"{text}:{meant}".encode()).hexdigest()[:12]
    await state.set_data({"shop": shop.id, "text": str(text), "typed": meant, "mark": mark})
    await say(message, typed_text_screen(shop, text, meant, mark, now, words))


def setup() -> Router:
    router = Router(name="seller.templates")
    router.callback_query.register(listed, TextsButton.filter())
    router.callback_query.register(press, TextButton.filter())
    router.message.register(typed, Setting.wording, ~F.text.startswith("/"))
    return router
