"""/new: an order by hand, one question a message; and what a pasted or forwarded notice says of one."""

import hashlib

from aiogram import F, Router
from aiogram.dispatcher.event.bases import SkipHandler
from aiogram.filters import Command, CommandObject, StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.l10n import Words
from bot.orders import Orders
from bot.outbox.cards import Cards
from bot.shops import Shops
from handlers.screens import say, show_card, toast
from handlers.seller.drafting import Dialogue, Drafting, shops_of
from keyboards.callbacks import DraftButton
from keyboards.draft import offer_screen, problem_text
from keyboards.screen import Screen, one_line, said
from models.draft import Draft, DraftError, Part
from models.errors import NoSuchOrder, NotAllowed
from models.goods_text import GoodsError
from models.notice_text import Notice, read_notice
from models.people import Account


async def command(
    message: Message,
    command: CommandObject,
    account: Account | None,
    shops: Shops,
    orders: Orders,
    cards: Cards,
    state: FSMContext,
    words: Words,
    cause: str,
) -> None:
    """/new, alone or with a notice behind it. Whoever works nowhere is answered as to any other word."""
    if account is None or not await shops.memberships(account.id):
        raise SkipHandler
    own = await shops_of(account, shops)
    if not own:
        await say(message, Screen(words("draft-nowhere")))
        return
    if await state.get_state() == Drafting.open.state and not command.args:
        dialogue = await Dialogue.resumed(message, account, own, orders, cards, state, words)
        await dialogue.go_on(dialogue.ask, words("draft-going-on"))
        return
    draft = _begun(command.args) if command.args else Draft()
    await Dialogue(message, account, own, orders, cards, state, words, _mark(cause), draft).begin()


def _begun(said: str) -> Draft:
    """What stands behind /new: whatever a notice says, or a number alone."""
    draft = Draft().filled(read_notice(said))
    try:
        return draft.answered(Part.NUMBER, said) if draft == Draft() else draft
    except DraftError:
        return draft


def _mark(cause: str) -> str:
    return hashlib.sha256(cause.encode()).hexdigest()[:8]


async def typed(
    message: Message,
    account: Account | None,
    shops: Shops,
    orders: Orders,
    cards: Cards,
    state: FSMContext,
    words: Words,
) -> None:
    """The answer to a question, or a whole notice, of which that counts what was not known yet."""
    if account is None:
        return
    own = await shops_of(account, shops)
    if not own:
        await state.clear()
        await say(message, Screen(words("draft-nowhere")))
        return
    dialogue = await Dialogue.resumed(message, account, own, orders, cards, state, words)
    part, text = dialogue.ask, message.text or message.caption
    if message.contact is not None and part in (Part.NAME, Part.PHONE):
        _introduce(dialogue, message)
        part, text = Part.PHONE, message.contact.phone_number
    if not text:
        await dialogue.go_on(part, words("draft-only-text"))
        return
    notice = read_notice(text)
    if notice.is_order and part not in (Part.ADDRESS, Part.COMMENT):
        await _pasted(dialogue, notice)
    elif dialogue.shop is None:
        await dialogue.go_on()
    elif part is None:
        await dialogue.go_on(problem=words("draft-press"))
    else:
        await _answered(dialogue, part, text)


def _introduce(dialogue: Dialogue, message: Message) -> None:
    """A contact says a name, too."""
    contact = message.contact
    if contact is None or dialogue.draft.name is not None:
        return
    name = " ".join(filter(None, (contact.first_name, contact.last_name)))
    try:
        dialogue.draft = dialogue.draft.answered(Part.NAME, name)
    except DraftError:
        return


async def _pasted(dialogue: Dialogue, notice: Notice) -> None:
    number = dialogue.draft.number
    if number is not None and notice.number not in (None, number):
        text = dialogue.words("draft-another", number=said(number, 64))
        await dialogue.go_on(dialogue.ask, text)
        return
    dialogue.draft = dialogue.draft.filled(notice)
    await dialogue.go_on()


async def _answered(dialogue: Dialogue, part: Part, text: str) -> None:
    try:
        dialogue.draft = dialogue.draft.answered(part, text)
    except (DraftError, GoodsError) as error:
        await dialogue.go_on(part, problem_text(error, dialogue.words))
    else:
        await dialogue.go_on(part if part is Part.GOODS else None)


async def pressed(
    query: CallbackQuery,
    callback_data: DraftButton,
    account: Account,
    shops: Shops,
    orders: Orders,
    cards: Cards,
    state: FSMContext,
    words: Words,
    cause: str,
) -> None:
    """Any button of the dialogue; what belongs to another one, or to none any more, does nothing."""
    do, what = callback_data.do, callback_data.what
    expected = None if do in ("begin", "decline") else Drafting.open.state
    data = await state.get_data()
    if await state.get_state() != expected or data.get("mark") != callback_data.mark:
        await toast(query, words("draft-stale"))
        return
    own = await shops_of(account, shops)
    if not own:
        await state.clear()
        await toast(query, words("draft-nowhere"), alert=True)
        return
    dialogue = await Dialogue.resumed(query, account, own, orders, cards, state, words)
    if do == "create":
        await _create(query, dialogue, cause)
        return
    await toast(query)
    match do:
        case "begin":
            await dialogue.begin()
        case "leave" | "decline":
            await dialogue.leave()
        case "shop":
            await dialogue.choose_shop(next((shop for shop in own if str(shop.id) == what), None))
        case "next":
            await dialogue.go_on()
        case "back":
            await dialogue.back()
        case "fix" if what in set(Part):
            await dialogue.go_on(Part(what))
        case "drop" if what in set(Part):
            dialogue.draft = dialogue.draft.without(Part(what))
            await dialogue.go_on(Part.GOODS if what == Part.GOODS else None)
        case _ if do in set(Part):
            await dialogue.choose(Part(do), what)


async def _create(query: CallbackQuery, dialogue: Dialogue, cause: str) -> None:
    words = dialogue.words
    if dialogue.shop is None or dialogue.draft.missing() is not None:
        await toast(query)
        await dialogue.go_on()
        return
    try:
        card, made = await dialogue.orders.create(
            dialogue.shop.id, dialogue.account.id, dialogue.draft, cause=cause
        )
    except NoSuchOrder:
        await toast(query, words("no-access"), alert=True)
    except NotAllowed:
        await toast(query, words("draft-nowhere"), alert=True)
    else:
        number = one_line(card.order.number, 64)
        text = words("draft-created" if made else "draft-existed", number=number)
        await toast(query, text, alert=not made)
        await show_card(query, card, dialogue.account, dialogue.cards, words)
    await dialogue.state.clear()


# ------------------------------------------------------------ outside a dialogue
async def looks_like_an_order(
    message: Message, account: Account | None, shops: Shops
) -> bool | dict[str, Notice]:
    """A member's text of several lines, or a forwarded one, in which an order is told."""
    text = message.text or message.caption or ""
    if account is None or ("\n" not in text.strip() and message.forward_origin is None):
        return False
    notice = read_notice(text)
    return {"notice": notice} if notice.is_order and await shops_of(account, shops) else False


async def offer(message: Message, notice: Notice, state: FSMContext, words: Words, cause: str) -> None:
    """Nothing begins before the yes: the draft waits in the data of no dialogue."""
    draft, mark = Draft().filled(notice), _mark(cause)
    await state.set_data({"mark": mark, "draft": draft.to_json()})
    await say(message, offer_screen(draft, mark, words))


def setup() -> Router:
    router = Router(name="seller.new_order")
    router.callback_query.register(pressed, DraftButton.filter())
    router.message.register(command, Command("new"))
    router.message.register(typed, Drafting.open, ~F.text.startswith("/"))
    router.message.register(offer, StateFilter(None), ~F.text.startswith("/"), looks_like_an_order)
    return router
