"""How a buyer's chat becomes tied to an order; and /start without anything."""

from aiogram import F, Router
from aiogram.filters import CommandObject, CommandStart
from aiogram.fsm.context import FSMContext
from aiogram.types import Message

from bot.l10n import Words
from bot.orders import Orders
from bot.people import People
from handlers.buyer.standing import overview, standing
from handlers.guesses import Guesses
from handlers.messengers import messenger_of
from handlers.screens import say
from keyboards.buyer import peek_screen
from keyboards.help import help_screen
from keyboards.screen import Screen
from models.errors import NoSuchOrder
from models.links import BUYER
from models.people import Account, Messenger


async def open_link(
    message: Message,
    command: CommandObject,
    account: Account | None,
    people: People,
    orders: Orders,
    guesses: Guesses,
    state: FSMContext,
    words: Words,
) -> None:
    """/start with a buyer's payload. What is not genuine, and what is tied to another, gets the same words."""
    person = message.from_user
    if person is None:
        return
    await state.clear()
    payload = command.args or ""
    if guesses.muted(person.id):
        await say(message, Screen(words("muted")))
        return
    if not await orders.is_link(payload):
        guesses.missed(person.id)
        await say(message, Screen(words("link-bad")))
        return
    account = await people.introduce(messenger_of(message), str(person.id), person.full_name)
    # On Viber nothing but this answer reaches who has not written yet: it says and asks everything.
    shown = account.messenger is Messenger.VIBER
    try:
        opened = await orders.open_link(payload, account, shown=shown)
    except NoSuchOrder:
        await say(message, Screen(words("link-bad")))
        return
    if opened.member:
        await say(message, peek_screen(opened.order, words))
    elif not opened.told:
        screen = await standing(opened.order, account, orders, words, first=opened.first, asking=shown)
        await say(message, screen)


async def start(
    message: Message,
    account: Account | None,
    people: People,
    orders: Orders,
    state: FSMContext,
    words: Words,
) -> None:
    """/start alone: who is known is welcome back, a stranger gets one neutral sentence."""
    await state.clear()
    if account is None:
        await say(message, Screen(words("stranger")))
        return
    if message.from_user is not None:
        await people.introduce(account.messenger, account.external_id, message.from_user.full_name)
    if account.stopped_at is not None:
        await say(message, Screen(words("resumed")))
    faces = await people.faces(account.id)
    if faces.roles:
        await say(message, help_screen(faces, words, account.messenger))
    else:
        await say(message, await overview(account, orders, words))


async def bad_link(message: Message, guesses: Guesses, state: FSMContext, words: Words) -> None:
    """/start with something that is no payload of ours."""
    await state.clear()
    if message.from_user is None:
        return
    muted = guesses.muted(message.from_user.id)
    guesses.missed(message.from_user.id)
    await say(message, Screen(words("muted" if muted else "link-bad")))


def setup() -> Router:
    router = Router(name="buyer.start")
    router.message.register(open_link, CommandStart(deep_link=True, magic=F.args.startswith(BUYER)))
    router.message.register(bad_link, CommandStart(deep_link=True))
    router.message.register(start, CommandStart())
    return router
