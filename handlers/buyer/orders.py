"""A buyer's taps and words about an order."""

from aiogram import F, Router
from aiogram.dispatcher.event.bases import SkipHandler
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from bot.l10n import Words
from bot.orders import Orders
from handlers.albums import Continues, remember
from handlers.attachments import NotFetched, Part, fetched, part_of, too_much
from handlers.buyer.standing import standing, with_phone
from handlers.screens import say, show, toast
from keyboards.buyer import answer_screen, cancel_screen, confirm_screen, late_screen
from keyboards.callbacks import BuyerButton
from keyboards.screen import Screen
from models.errors import NoSuchOrder, NotAllowed
from models.order import Order
from models.people import Account
from models.workflow import Action, Status

ALBUM = "album_to_shop"


class Asking(StatesGroup):
    """The buyer is about to write a question, or has written one and is asked which order it is about, or writes too
    much and has been told so."""

    question = State()
    which = State()
    hushed = State()


async def answer(
    query: CallbackQuery,
    callback_data: BuyerButton,
    account: Account,
    orders: Orders,
    state: FSMContext,
    words: Words,
    cause: str,
    last_try: bool,
) -> None:
    """Any button under a buyer's message."""
    try:
        order = await orders.buyer_order(callback_data.order, account.id)
    except NoSuchOrder:
        await toast(query, words("no-access"))
        return
    try:
        await _answered(query, callback_data.answer, order, account, orders, state, words, cause, last_try)
    except NotAllowed as refusal:
        await toast(query)
        await show(query, late_screen(order, refusal.reason, words))


async def _answered(
    query: CallbackQuery,
    wish: str,
    order: Order,
    account: Account,
    orders: Orders,
    state: FSMContext,
    words: Words,
    cause: str,
    last_try: bool,
) -> None:
    match wish:
        case "yes":
            order = await orders.buyer_confirms(order.public_id, account.id, cause=cause)
            await toast(query)
            await show(query, with_phone(confirm_screen(order, words), order, account, words))
        case "ask" if await state.get_state() == Asking.which.state:
            await toast(query)
            parts = [Part.of(data) for data in (await state.get_data())["parts"]]
            await state.clear()
            order = await _pass_all(query, parts, order, account, orders, cause, last_try=last_try)
            await show(query, answer_screen(order, "buyer-asked", words))
        case "ask":
            await state.set_state(Asking.question)
            await state.set_data({"order": order.public_id})
            await toast(query)
            await say(query, answer_only(order, "buyer-ask-text", words))
        case "cancel":
            await toast(query)
            await show(query, cancel_screen(order, words))
        case "cancel_yes":
            order = await orders.buyer_cancels(order.public_id, account.id, cause=cause)
            await toast(query)
            gone = order.status is Status.BUYER_CANCELLED
            await show(
                query, answer_only(order, "buyer-cancelled" if gone else "buyer-cancel-requested", words)
            )
        case "cancel_no":
            await toast(query, words("buyer-kept", number=order.number))
            asked = order.awaits_buyer
            await show(
                query,
                confirm_screen(order, words) if asked else await standing(order, account, orders, words),
            )
        case _:
            await toast(query)
            await show(query, await standing(order, account, orders, words))


async def _pass_all(
    query: CallbackQuery,
    parts: list[Part],
    order: Order,
    account: Account,
    orders: Orders,
    cause: str,
    *,
    last_try: bool,
) -> Order:
    """What waited until it was clear about which order it is. Raises NotAllowed, also of a file that is lost."""
    if query.bot is None:
        raise RuntimeError("a press without its bot")
    for at, part in enumerate(parts):
        try:
            attachment = await fetched(query.bot, part, last_try=last_try)
        except NotFetched as fault:
            raise NotAllowed(fault.reason) from None
        order = await orders.buyer_asks(
            order.public_id,
            account.id,
            part.text,
            cause=f"{cause}:{at}" if at else cause,
            attachment=attachment,
        )
    return order


def answer_only(order: Order, key: str, words: Words) -> Screen:
    return Screen(answer_screen(order, key, words).text)


async def question(
    message: Message,
    account: Account | None,
    orders: Orders,
    state: FSMContext,
    words: Words,
    cause: str,
    last_try: bool,
) -> None:
    """The buyer's words: kept with the order and rung to whoever holds it."""
    if account is None:
        return
    order = (await state.get_data())["order"]
    await relay(message, order, account, orders, state, words, cause, last_try=last_try)


async def rest_of_album(
    message: Message,
    account: Account | None,
    orders: Orders,
    state: FSMContext,
    words: Words,
    cause: str,
    last_try: bool,
) -> None:
    """What was sent together with what was passed on."""
    if account is None:
        raise SkipHandler
    order = (await state.get_data())["album_order"]
    await relay(message, order, account, orders, state, words, cause, last_try=last_try)


async def relay(
    message: Message,
    order: str,
    account: Account,
    orders: Orders,
    state: FSMContext,
    words: Words,
    cause: str,
    *,
    last_try: bool,
) -> None:
    """Pass what the buyer writes or sends on to the shop, whole or not at all. What is too much is said to be so
    once."""
    if (part := await sendable(message, words)) is None:
        return
    follows = await Continues(ALBUM)(message, state)
    try:
        asked = await _passed(message, part, order, account, orders, cause, last_try)
    except NotFetched as fault:
        await say(message, Screen(words(f"file-{fault.reason}")))
        return
    except NoSuchOrder:
        await state.clear()
        await say(message, Screen(words("no-access")))
        return
    except NotAllowed as refusal:
        if await state.get_state() != Asking.hushed.state:
            await state.clear()
            await state.set_state(Asking.hushed)
            await say(message, Screen(words(f"buyer-late-{refusal.reason}")))
        return
    await remember(message, state, ALBUM, order)
    if follows:
        return
    key = "buyer-asked" if account.stopped_at is None else "buyer-asked-stopped"
    await say(message, answer_screen(asked, key, words))


async def sendable(message: Message, words: Words) -> Part | None:
    """What can be passed on; None after it was said why this cannot."""
    part = part_of(message)
    why = words("cannot-send") if part is None else too_much(part, words)
    if why is not None:
        await say(message, Screen(why))
        return None
    return part


async def _passed(
    message: Message,
    part: Part,
    order: str,
    account: Account,
    orders: Orders,
    cause: str,
    last_try: bool,
) -> Order:
    """A file is fetched only where it would be kept."""
    if message.bot is None:
        raise RuntimeError("a message without its bot")
    if part.file_id and not await orders.did(order, cause, Action.BUYER_ASK):
        await orders.buyer_may_send(order, account.id, part.size)
    attachment = await fetched(message.bot, part, last_try=last_try)
    return await orders.buyer_asks(order, account.id, part.text, cause=cause, attachment=attachment)


def setup() -> Router:
    router = Router(name="buyer.orders")
    router.callback_query.register(answer, BuyerButton.filter())
    router.message.register(rest_of_album, F.media_group_id, Continues(ALBUM))
    router.message.register(question, Asking.question, ~F.text.startswith("/"))
    return router
