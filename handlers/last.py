"""Whatever nobody answered: a word of help that fits who asks, and nothing for a stranger but one sentence."""

from aiogram import Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, ChatMemberUpdated, Message

from bot.l10n import Words
from bot.messengers.albums import together
from bot.orders import Orders
from bot.people import People
from bot.shops import Shops
from handlers.attachments import MOST_PARTS
from handlers.buyer.orders import Asking, relay, sendable
from handlers.buyer.standing import overview
from handlers.screens import say, toast
from keyboards.screen import Screen
from keyboards.several import several_screen
from models.people import Account, Messenger


async def cancel(message: Message, account: Account | None, state: FSMContext, words: Words) -> None:
    """/cancel leaves a dialogue."""
    if account is None:
        await say(message, Screen(words("stranger")))
        return
    inside = await state.get_state() is not None
    await state.clear()
    await say(message, Screen(words("dialogue-left" if inside else "nothing-to-cancel")))


async def anything(
    message: Message,
    account: Account | None,
    shops: Shops,
    orders: Orders,
    state: FSMContext,
    words: Words,
    cause: str,
    last_try: bool,
) -> None:
    """A message that belongs to no dialogue: a buyer's words go to the shop, once it is clear about what."""
    if account is None:
        await say(message, Screen(words("stranger")))
        return
    if await shops.memberships(account.id):
        await say(message, Screen(words("not-understood")))
        return
    own = await orders.buyers_orders(account.id)
    if not own.orders:
        await say(message, Screen(words("buyer-no-orders")))
    elif message.text and message.text.startswith("/"):
        await say(message, await overview(account, orders, words))
    elif own.count == 1:
        only = own.orders[0].public_id
        await relay(message, only, account, orders, state, words, cause, last_try=last_try)
    elif (part := await sendable(message, words)) is not None:
        album = message.media_group_id
        known = await state.get_data() if await state.get_state() == Asking.which.state else {}
        parts = [*known.get("parts", []), part.as_data()][-MOST_PARTS:]
        await state.set_state(Asking.which)
        await state.set_data({"parts": parts, "album": album})
        if not together(known.get("album"), album):
            await say(message, several_screen(own.orders, own.page, own.pages, words, asking=True))


async def unknown_press(query: CallbackQuery, words: Words) -> None:
    """A forged or forgotten button: the same words as for what is not there."""
    await toast(query, words("no-access"))


async def stopped(update: ChatMemberUpdated, people: People) -> None:
    """The person blocked the bot. Coming back is said by /start alone (B20)."""
    if update.chat.type == "private" and update.new_chat_member.status in ("kicked", "left"):
        await people.blocked(Messenger.TELEGRAM, str(update.chat.id))


def setup() -> Router:
    router = Router(name="last")
    router.message.register(cancel, Command("cancel"))
    router.message.register(anything)
    router.callback_query.register(unknown_press)
    router.my_chat_member.register(stopped)
    return router
