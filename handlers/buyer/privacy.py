"""A buyer's own say: the privacy notice, the data to take along, no more messages, nothing left."""

import json

from aiogram import F, Router
from aiogram.dispatcher.event.bases import SkipHandler
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from bot.l10n import Words, in_every_language
from bot.people import People
from bot.shops import Shops
from handlers.menus import Menus
from handlers.screens import Event, say, say_file, show, toast
from keyboards.privacy import PrivacyButton, contact_screen, forget_screen, notice_screen, put_away
from keyboards.screen import Screen
from models.fields import read_phone
from models.file import About
from models.people import Account

FILE = "orderbell-data.json"


class Proving(StatesGroup):
    """The buyer may show that a number is theirs."""

    number = State()


async def privacy(message: Message, account: Account | None, people: People, words: Words) -> None:
    """/privacy: anybody may read it."""
    orders = [] if account is None else await people.bought(account.id)
    await say(message, notice_screen(orders, words))


async def stop(message: Message, account: Account | None, people: People, shops: Shops, words: Words) -> None:
    """/stop. What rings a shop's people is their work, and is not stopped by this."""
    await say(message, Screen(await _stopped(account, people, shops, words)))


async def _stopped(account: Account | None, people: People, shops: Shops, words: Words) -> str:
    if account is None:
        return words("stranger")
    works = bool(await shops.memberships(account.id))
    if works and not await people.bought(account.id):
        return words("stop-member" if account.messenger.has_silence else "stop-member-viber")
    await people.stop(account.id)
    if not works:
        return words("stopped")
    return words("stopped-member" if account.messenger.has_silence else "stopped-member-viber")


async def forget(
    message: Message, account: Account | None, people: People, shops: Shops, words: Words
) -> None:
    """/forget asks once."""
    await _ask_to_forget(message, account, people, shops, words)


async def _ask_to_forget(
    event: Event, account: Account | None, people: People, shops: Shops, words: Words
) -> None:
    orders = [] if account is None else await people.bought(account.id)
    if account is None or (not orders and await shops.memberships(account.id)):
        await say(event, Screen(words("forget-nothing" if account is None else "forget-member")))
        return
    await say(event, forget_screen(orders, words, account.messenger))


async def press(
    query: CallbackQuery,
    callback_data: PrivacyButton,
    account: Account,
    people: People,
    shops: Shops,
    menus: Menus,
    state: FSMContext,
    words: Words,
    cause: str,
) -> None:
    """Any button under the notice and its questions."""
    await toast(query)
    match callback_data.wish:
        case "mine":
            await _give(query, account, None, people, state, words)
        case "stop":
            await say(query, Screen(await _stopped(account, people, shops, words)))
        case "forget":
            await _ask_to_forget(query, account, people, shops, words)
        case "forget_yes":
            await state.clear()
            if not await people.bought(account.id) and await shops.memberships(account.id):
                await show(query, Screen(words("forget-member")))
                return
            await people.forget(account.id, cause=cause)
            if await people.known(account.messenger, account.external_id) is None:
                await menus.take_back(account)
            await say(query, Screen(words("forgotten", messenger=account.messenger.value)))
        case _:
            await show(query, Screen(words("forget-kept")))


async def _give(
    event: Event, account: Account, phone: str | None, people: People, state: FSMContext, words: Words
) -> None:
    """The file; where something is left out of it, a way to have it, too: a number, where that proves anything."""
    about = About(account.id, tuple(order.public_id for order in await people.bought(account.id)))
    data, left_out = await people.export(account.id, phone)
    content = json.dumps(data, ensure_ascii=False, indent=2).encode()
    await say_file(event, FILE, content, words("export-part" if left_out else "export-all"), about)
    if left_out and not account.messenger.tells_whose_number:
        await say(event, Screen(words("export-unproven")))
    elif left_out and phone is None:
        await state.set_state(Proving.number)
        await say(event, contact_screen(words))


async def prove(
    message: Message, account: Account | None, people: People, state: FSMContext, words: Words
) -> None:
    """A contact: believed where it is the sender's own, since Telegram has checked that number."""
    contact, person = message.contact, message.from_user
    if account is None or contact is None or person is None:
        return
    if contact.user_id != person.id or message.forward_origin is not None:
        await say(message, Screen(words("export-not-yours")))
        return
    await state.clear()
    try:
        phone = read_phone(f"+{contact.phone_number.lstrip('+')}").text
    except ValueError:
        phone = ""
    if not any(order.buyer_phone == phone for order in await people.bought(account.id)):
        await say(message, put_away(words("export-no-match")))
        return
    await say(message, put_away(words("export-proved")))
    await _give(message, account, phone, people, state, words)


async def decline(message: Message, state: FSMContext, words: Words) -> None:
    """No number, thanks. Any other words are for the shop."""
    await state.clear()
    if message.text not in in_every_language("button-no-number"):
        raise SkipHandler
    await say(message, put_away(words("export-declined")))


def setup() -> Router:
    router = Router(name="buyer.privacy")
    router.message.register(privacy, Command("privacy"))
    router.message.register(stop, Command("stop"))
    router.message.register(forget, Command("forget"))
    router.message.register(prove, Proving.number, F.contact)
    router.message.register(decline, Proving.number, ~F.text.startswith("/"))
    router.callback_query.register(press, PrivacyButton.filter())
    return router
