"""What every member decides alone, in each shop: shift, sound, quiet hours, signature, and to leave."""

import hashlib
import json

from aiogram import F, Router
from aiogram.dispatcher.event.bases import SkipHandler
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.l10n import Words
from bot.shops import Shops
from bot.shops.own import check_signature
from handlers.screens import say, show, toast
from handlers.seller.entering import Setting, leave
from handlers.walking import walk_on
from keyboards import own as screens
from keyboards.callbacks import SaveButton
from keyboards.screen import Screen, one_line, said
from keyboards.settings import menu_screen, shops_screen
from keyboards.team_buttons import OwnButton
from models.errors import NoSuchOrder, NotAllowed
from models.people import Account
from models.roles import CAN, Ability, Role
from models.worktime_text import HoursError, read_span

LONGEST_TYPED = 200
"""UTF-16 units of an answer that are looked at: what is longer is no name."""


async def command(
    message: Message,
    account: Account | None,
    shops: Shops,
    state: FSMContext,
    words: Words,
    ways: frozenset[str],
) -> None:
    """/settings: an owner's shop, anybody else's own part in it; who works in several says which. Who works nowhere
    is answered as to any other word."""
    places = [] if account is None else await shops.memberships(account.id)
    if account is None or not places:
        raise SkipHandler
    await walk_on(state)
    if len(places) > 1:
        screen = shops_screen(places, words)
    elif places[0].role is Role.OWNER:
        screen = menu_screen(places[0].shop, False, words, ways=ways)
    else:
        screen = await own_of(places[0].shop_id, account, shops, words)
    await say(message, screen)


async def own_of(
    shop_id: int, account: Account, shops: Shops, words: Words, *, saved: bool = False
) -> Screen:
    """A member's own screen; of who is none any more, that it is so."""
    try:
        own = await shops.own(shop_id, account.id)
    except NoSuchOrder:
        return Screen(words("no-access"))
    return screens.own_screen(own.member, own.covered, own.several, words, saved=saved)


async def go(
    query: CallbackQuery,
    callback_data: OwnButton,
    account: Account,
    shops: Shops,
    state: FSMContext,
    words: Words,
    cause: str,
) -> None:
    """From one place of one's own settings to another, and whatever one tap decides there."""
    shop_id, by, to = callback_data.shop, account.id, callback_data.to
    if to in _OF_SOUND and not account.messenger.has_silence:
        to = "look"  # an old button: there is nothing to set
    try:
        screen = await _left(shop_id, by, shops, cause, words) if to == "leave_yes" else None
        if screen is None:
            await _decide(to, shop_id, by, shops)
            screen = await _place(to, shop_id, account, shops, words)
    except NoSuchOrder:
        await toast(query, words("no-access"))
        return
    except NotAllowed as refusal:
        await toast(query, words(f"refused-{refusal.reason}"), alert=True)
        return
    await leave(state)
    if to in _TYPED:
        await state.set_state(Setting.own)
        await state.set_data({"shop": shop_id, "what": to})
    await toast(query)
    await show(query, screen)


_TYPED = ("sign", "quiet")
_OF_SOUND = frozenset({"aloud", "mute", "quiet", "unquiet"})


async def _left(shop_id: int, by: int, shops: Shops, cause: str, words: Words) -> Screen:
    shop = await shops.leave(shop_id, by, cause=cause)
    return Screen(words("own-left", shop=said(shop.name, 60)))


async def _decide(to: str, shop_id: int, by: int, shops: Shops) -> None:
    """What a tap says counts at once, and says the same however often it is tapped."""
    match to:
        case "on" | "off":
            await shops.set_shift(shop_id, by, on=to == "on")
        case "aloud" | "mute":
            await shops.set_sound(shop_id, by, on=to == "aloud")
        case "unquiet":
            await shops.set_quiet(shop_id, by, None)
        case "unsign":
            await shops.set_signature(shop_id, by, None)


async def _place(to: str, shop_id: int, account: Account, shops: Shops, words: Words) -> Screen:
    """Raises NoSuchOrder, NotAllowed(role)."""
    own = await shops.own(shop_id, account.id)
    if to == "sign" and Ability.WRITE not in CAN[own.member.role]:
        raise NotAllowed("role")
    match to:
        case "sign" | "quiet":
            return screens.type_own_screen(own.member, to, words)
        case "leave":
            return screens.leave_screen(own.member, words)
        case "shops":
            return shops_screen(await shops.memberships(account.id), words)
        case _:
            return screens.own_screen(own.member, own.covered, own.several, words)


# ------------------------------------------------------------ typing
async def typed(
    message: Message, account: Account | None, shops: Shops, state: FSMContext, words: Words
) -> None:
    """A signature or quiet hours: shown back, or what is wrong with them."""
    if account is None:
        return
    data = await state.get_data()
    try:
        own = await shops.own(data["shop"], account.id)
    except NoSuchOrder:
        await state.clear()
        await say(message, Screen(words("no-access")))
        return
    what, back = data["what"], screens.type_own_screen(own.member, data["what"], words).markup
    if not message.text:
        await say(message, Screen(words("only-text"), back))
        return
    try:
        value = _understood(what, message.text)
    except HoursError as error:
        fragment = said(str(error.facts.get("fragment", "")), 60)
        await say(message, Screen(words(f"quiet-bad-{error.kind}", fragment=fragment), back))
    except NotAllowed as refusal:
        await say(message, Screen(words(f"refused-{refusal.reason}"), back))
    else:
        mark = hashlib.sha256(f"{what}:{json.dumps(value)}".encode()).hexdigest()[:12]
        await state.set_data(data | {"typed": value, "mark": mark})
        shown = value if isinstance(value, str) else screens.span_text(value)
        await say(message, screens.typed_own_screen(own.member, what, shown, mark, words))


def _understood(what: str, text: str) -> str | tuple[int, int]:
    """Raises HoursError, NotAllowed(bad_signature)."""
    if what == "quiet":
        return read_span(text)
    name = one_line(text, LONGEST_TYPED)
    check_signature(name)
    return name


async def save(
    query: CallbackQuery,
    callback_data: SaveButton,
    account: Account,
    shops: Shops,
    state: FSMContext,
    words: Words,
) -> None:
    """What was shown back counts. What was typed over meanwhile does not."""
    data = await state.get_data()
    if data.get("mark") != callback_data.mark:
        await toast(query, words("settings-stale"), alert=True)
        return
    shop_id, value = data["shop"], data["typed"]
    try:
        if data["what"] == "quiet":
            await shops.set_quiet(shop_id, account.id, (value[0], value[1]))
        else:
            await shops.set_signature(shop_id, account.id, value)
    except NoSuchOrder:
        await toast(query, words("no-access"))
    except NotAllowed as refusal:
        await toast(query, words(f"refused-{refusal.reason}"), alert=True)
    else:
        await toast(query)
        await show(query, await own_of(shop_id, account, shops, words, saved=True))
    await state.clear()


def setup() -> Router:
    router = Router(name="seller.personal")
    router.callback_query.register(go, OwnButton.filter())
    router.callback_query.register(save, SaveButton.filter(), Setting.own)
    router.message.register(command, Command("settings"))
    router.message.register(typed, Setting.own, ~F.text.startswith("/"))
    return router
