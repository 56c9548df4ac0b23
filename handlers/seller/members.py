"""An owner and the team: who is in it, invites, another role, the way out. Rights are looked up in each use case."""

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery

from bot.l10n import Words
from bot.shops import Shops, Team
from handlers.screens import say, show, toast
from handlers.seller.entering import leave
from handlers.seller.personal import own_of
from keyboards import members as screens
from keyboards.screen import Screen
from keyboards.team_buttons import InviteButton, MemberButton, RevokeButton, RoleButton, TeamButton
from models.errors import NoSuchOrder, NotAllowed
from models.links import Links
from models.people import Account
from models.roles import Role
from models.shop import Member


async def _refuse(query: CallbackQuery, refusal: NoSuchOrder | NotAllowed, words: Words) -> None:
    if isinstance(refusal, NoSuchOrder):
        await toast(query, words("no-access"))
        return
    text = words("settings-not-owner" if refusal.reason == "role" else f"refused-{refusal.reason}")
    await toast(query, text, alert=True)


def _list(team: Team, words: Words, page: int = 0) -> Screen:
    return screens.team_screen(
        team.shop, team.waiting, team.members, len(team.invites), words, own=team.owner.id, page=page
    )


def _page(team: Team, member: Member) -> int:
    return screens.page_of((*team.waiting, *team.members), member.id)


async def go(
    query: CallbackQuery,
    callback_data: TeamButton,
    account: Account,
    shops: Shops,
    state: FSMContext,
    words: Words,
) -> None:
    """From one place of the team to another."""
    try:
        team = await shops.team(callback_data.shop, account.id)
    except (NoSuchOrder, NotAllowed) as refusal:
        await _refuse(query, refusal, words)
        return
    await leave(state)
    await toast(query)
    match callback_data.to:
        case "roles":
            screen = screens.invite_roles_screen(team.shop, words)
        case "invites":
            screen = screens.invites_screen(team.shop, team.invites, words)
        case _:
            screen = _list(team, words, callback_data.page)
    await show(query, screen)


# ------------------------------------------------------------ invites
async def invite(
    query: CallbackQuery,
    callback_data: InviteButton,
    account: Account,
    shops: Shops,
    links: Links,
    words: Words,
) -> None:
    """A fresh invite as a message of its own, to be passed on."""
    role = callback_data.role
    try:
        shop, invitation = await shops.invite_colleague(callback_data.shop, account.id, role)
        team = await shops.team(callback_data.shop, account.id)
    except (NoSuchOrder, NotAllowed) as refusal:
        await _refuse(query, refusal, words)
        return
    await toast(query)
    await show(query, _list(team, words))
    start = invitation.start
    ways = links.start_url(start), links.viber_url(start)
    await say(query, screens.invitation_screen(shop, role, start, *ways, words))


async def revoke(
    query: CallbackQuery, callback_data: RevokeButton, account: Account, shops: Shops, words: Words
) -> None:
    """An invite that went astray lets nobody in any more."""
    try:
        await shops.revoke_invite(callback_data.shop, account.id, callback_data.invite)
        team = await shops.team(callback_data.shop, account.id)
    except (NoSuchOrder, NotAllowed) as refusal:
        await _refuse(query, refusal, words)
        return
    await toast(query, words("invite-revoked"))
    await show(query, screens.invites_screen(team.shop, team.invites, words))


# ------------------------------------------------------------ one member
async def _found(
    query: CallbackQuery, shop_id: int, member_id: int, account: Account, shops: Shops, words: Words
) -> tuple[Team, Member] | None:
    """A person of the team; None after the one who asked was told why not."""
    try:
        team = await shops.team(shop_id, account.id)
    except (NoSuchOrder, NotAllowed) as refusal:
        await _refuse(query, refusal, words)
        return None
    person = team.find(member_id)
    if person is None:
        await toast(query, words("member-gone"))
        await show(query, _list(team, words))
        return None
    return team, person


async def member(
    query: CallbackQuery,
    callback_data: MemberButton,
    account: Account,
    shops: Shops,
    words: Words,
    cause: str,
) -> None:
    """One person of the team: looked at, let in or not, taken out once it was asked."""
    found = await _found(query, callback_data.shop, callback_data.member, account, shops, words)
    if found is None:
        return
    team, person = found
    match callback_data.to:
        case "yes" | "no" | "remove_yes":
            await _settle(query, callback_data, account, shops, words, cause)
            return
        case "roles":
            screen = screens.roles_screen(person, words)
        case "remove":
            screen = screens.remove_screen(person, words)
        case _:
            own = person.id == team.owner.id
            screen = screens.member_screen(person, words, own=own, page=_page(team, person))
    await toast(query)
    await show(query, screen)


async def _settle(
    query: CallbackQuery,
    button: MemberButton,
    account: Account,
    shops: Shops,
    words: Words,
    cause: str,
) -> None:
    """Whether somebody comes in, or that somebody goes."""
    try:
        if button.to == "remove_yes":
            person = await shops.remove_member(button.shop, account.id, button.member, cause=cause)
        else:
            person = await shops.admit(button.member, account.id, yes=button.to == "yes")
    except (NoSuchOrder, NotAllowed) as refusal:
        await _refuse(query, refusal, words)
        return
    done = "member-removed" if button.to == "remove_yes" else "member-in" if person.active else "member-out"
    await toast(query, words(done, name=screens.name_of(person, words)))
    await _after(query, button.shop, account, shops, words)


async def role(
    query: CallbackQuery,
    callback_data: RoleButton,
    account: Account,
    shops: Shops,
    words: Words,
    cause: str,
) -> None:
    """Another role; an owner is made once it was asked."""
    found = await _found(query, callback_data.shop, callback_data.member, account, shops, words)
    if found is None:
        return
    _, person = found
    if callback_data.role is Role.OWNER and not callback_data.sure:
        await toast(query)
        await show(query, screens.owner_screen(person, words))
        return
    try:
        person = await shops.set_role(
            callback_data.shop, account.id, person.id, callback_data.role, cause=cause
        )
    except (NoSuchOrder, NotAllowed) as refusal:
        await _refuse(query, refusal, words)
        return
    named = words(f"role-{person.role}")
    await toast(query, words("role-set", name=screens.name_of(person, words), role=named))
    await _after(query, callback_data.shop, account, shops, words)


async def _after(query: CallbackQuery, shop_id: int, account: Account, shops: Shops, words: Words) -> None:
    """The team as it is now; to who has just given up owning it, what is left to them."""
    try:
        screen = _list(await shops.team(shop_id, account.id), words)
    except NotAllowed:
        screen = await own_of(shop_id, account, shops, words)
    await show(query, screen)


def setup() -> Router:
    router = Router(name="seller.members")
    router.callback_query.register(go, TeamButton.filter())
    router.callback_query.register(invite, InviteButton.filter())
    router.callback_query.register(revoke, RevokeButton.filter())
    router.callback_query.register(member, MemberButton.filter())
    router.callback_query.register(role, RoleButton.filter())
    return router
