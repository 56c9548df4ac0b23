"""A buyer gives their own number, so that later orders with it come here, or takes it back."""

from aiogram import F, Router
from aiogram.dispatcher.event.bases import SkipHandler
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Contact, Message, ReplyKeyboardRemove

from bot.l10n import Words, in_every_language
from bot.orders import Orders
from bot.people import People
from handlers.buyer.standing import standing
from handlers.screens import say, show, toast
from keyboards.phone import PhoneButton, phone_keys
from keyboards.screen import Screen, said
from models.errors import NoSuchOrder
from models.fields import read_phone
from models.people import Account


async def wish(
    query: CallbackQuery,
    callback_data: PhoneButton,
    account: Account,
    orders: Orders,
    people: People,
    state: FSMContext,
    words: Words,
) -> None:
    """Give it: Telegram asks once more. Take it back: at once."""
    try:
        order = await orders.buyer_order(callback_data.order, account.id)
    except NoSuchOrder:
        await toast(query, words("no-access"))
        return
    if not account.messenger.tells_whose_number:  # no such button is drawn there
        await toast(query, words("no-access"))
        return
    await state.clear()
    if callback_data.wish == "give" and account.phone is None:
        await toast(query)
        await say(query, Screen(words("phone-text"), phone_keys(words)))
        return
    if callback_data.wish == "take_back":
        account = await people.take_phone_back(account.id)
    await toast(query, words("phone-known" if account.phone else "phone-taken-back"))
    await show(query, await standing(order, account, orders, words))


async def given(
    message: Message, account: Account | None, orders: Orders, people: People, words: Words
) -> None:
    """A contact counts only if it is the sender's own: Telegram names whose number it is, and a forwarded one may
    be anybody's (D7). Where nobody is named, a contact is a word to the shop as any other."""
    if (
        account is None
        or not account.messenger.tells_whose_number
        or not (await orders.buyers_orders(account.id)).orders
    ):
        raise SkipHandler
    phone = _own(message, message.contact)
    if phone is None:
        await say(message, Screen(words("phone-not-own"), phone_keys(words)))
        return
    await people.give_phone(account.id, phone)
    await say(message, Screen(words("phone-given", end=said(phone[-4:], 4)), ReplyKeyboardRemove()))


def _own(message: Message, contact: Contact | None) -> str | None:
    """The sender's own number. Telegram has called it, so that our tables of valid numbers need not know it."""
    if contact is None or message.from_user is None or message.forward_origin is not None:
        return None
    if contact.user_id != message.from_user.id:
        return None
    try:
        return read_phone("+" + contact.phone_number.removeprefix("+")).text
    except ValueError:
        return None


async def is_no(message: Message) -> bool:
    """The key beside the one that gives the number types its own words."""
    return message.text in in_every_language("phone-decline")


async def declined(message: Message, words: Words) -> None:
    await say(message, Screen(words("phone-declined"), ReplyKeyboardRemove()))


def setup() -> Router:
    router = Router(name="buyer.phone")
    router.callback_query.register(wish, PhoneButton.filter())
    router.message.register(given, F.contact, StateFilter(None))
    router.message.register(declined, F.text, is_no)
    return router
