"""What a member writes or sends to the buyer of the order in hand (R10): signed by the shop, never with an account."""

from aiogram import F, Router
from aiogram.dispatcher.event.bases import SkipHandler
from aiogram.fsm.context import FSMContext
from aiogram.types import Message

from bot.l10n import Words
from bot.orders import Orders
from handlers.albums import Continues, remember
from handlers.attachments import NotFetched, fetched, part_of, too_much
from handlers.screens import say
from handlers.seller.orders import Telling
from keyboards.order import replied_text
from keyboards.screen import Screen
from models.errors import NoSuchOrder, NotAllowed
from models.people import Account

ALBUM = "album_to_buyer"


async def write(
    message: Message,
    account: Account | None,
    orders: Orders,
    state: FSMContext,
    words: Words,
    cause: str,
    last_try: bool,
) -> None:
    """The message itself, after the question."""
    if account is None:
        return
    order = (await state.get_data())["order"]
    if (text := await _replied(message, order, account, orders, state, words, cause, last_try)) is not None:
        await say(message, Screen(text))


async def rest_of_album(
    message: Message,
    account: Account | None,
    orders: Orders,
    state: FSMContext,
    words: Words,
    cause: str,
    last_try: bool,
) -> None:
    """What was sent together with it goes the same way, and is answered only where it does not."""
    if account is None:
        raise SkipHandler
    order = (await state.get_data())["album_order"]
    text = await _replied(message, order, account, orders, state, words, cause, last_try)
    if text is not None and ALBUM not in await state.get_data():
        await say(message, Screen(text))


async def _replied(
    message: Message,
    order: str,
    account: Account,
    orders: Orders,
    state: FSMContext,
    words: Words,
    cause: str,
    last_try: bool,
) -> str | None:
    """What became of it, in words; None after it was said that this cannot be sent and something else may be."""
    part = part_of(message)
    why = words("cannot-send") if part is None else too_much(part, words)
    if part is None or why is not None or message.bot is None:
        await say(message, Screen(why or words("cannot-send")))
        return None
    try:
        attachment = await fetched(message.bot, part, last_try=last_try)
        replied = await orders.reply(order, account.id, part.text, cause=cause, attachment=attachment)
    except NotFetched as fault:
        await say(message, Screen(words(f"file-{fault.reason}")))
        return None
    except NoSuchOrder:
        await state.clear()
        return words("no-access")
    except NotAllowed as refusal:
        await state.clear()
        return words(f"refused-{refusal.reason}")
    await remember(message, state, ALBUM, order)
    return replied_text(replied.order, replied.why_not, replied.later, words)


def setup() -> Router:
    router = Router(name="seller.writing")
    router.message.register(rest_of_album, F.media_group_id, Continues(ALBUM))
    router.message.register(write, Telling.message, ~F.text.startswith("/"))
    return router
