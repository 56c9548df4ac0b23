"""How a colleague gets in: an invite's link, and an owner's yes."""

from aiogram import F, Router
from aiogram.filters import CommandObject, CommandStart
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.l10n import Words
from bot.people import People
from bot.shops import NotInvited, Shops
from handlers.guesses import Guesses
from handlers.menus import Menus
from handlers.messengers import messenger_of
from handlers.screens import say, show, toast
from keyboards.callbacks import AdmitButton
from keyboards.screen import Screen, said
from keyboards.settings import welcome_screen
from models.errors import NoSuchOrder, NotAllowed
from models.links import INVITE
from models.people import Account


async def join(
    message: Message,
    command: CommandObject,
    account: Account | None,
    people: People,
    shops: Shops,
    guesses: Guesses,
    menus: Menus,
    state: FSMContext,
    words: Words,
) -> None:
    """/start with an invite: the owner's own binds at once, others wait for the owner's yes."""
    person = message.from_user
    if person is None:
        return
    await state.clear()
    if guesses.muted(person.id):
        await say(message, Screen(words("muted")))
        return
    if not await shops.is_invite(command.args or "", account.id if account else None):
        guesses.missed(person.id)
        await say(message, Screen(words("link-bad")))
        return
    account = await people.introduce(messenger_of(message), str(person.id), person.full_name)
    try:
        joined = await shops.join(command.args or "", account, person.full_name)
    except NotInvited:
        await say(message, Screen(words("link-bad")))
        return
    member = joined.member
    shop, role = said(member.shop.name, 60), words(f"role-{member.role}")
    if not joined.active:
        screen = Screen(words("welcome-asked", shop=shop))
    elif joined.fresh:
        screen = welcome_screen(member.shop, member.role, words)
    else:
        screen = Screen(words("welcome-already", shop=shop, role=role))
    await say(message, screen)
    await menus.bring(account)


async def admit(
    query: CallbackQuery,
    callback_data: AdmitButton,
    account: Account,
    shops: Shops,
    menus: Menus,
    words: Words,
) -> None:
    """An owner's answer to who asks to join."""
    try:
        member = await shops.admit(callback_data.member, account.id, yes=callback_data.yes)
    except NoSuchOrder:
        await toast(query, words("no-access"))
        return
    except NotAllowed:
        await toast(query, words("refused-role"), alert=True)
        return
    await toast(query)
    await show(query, Screen(words("admitted" if member.active else "rejected", name=said(member.name, 60))))
    await menus.bring(member.account)


def setup() -> Router:
    router = Router(name="seller.team")
    router.callback_query.register(admit, AdmitButton.filter())
    router.message.register(join, CommandStart(deep_link=True, magic=F.args.startswith(INVITE)))
    return router
