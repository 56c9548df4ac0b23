"""An owner's screens of the team: the list, one member, another role, invites."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from aiogram.types import CopyTextButton, InlineKeyboardButton

from bot.l10n import Words
from keyboards.callbacks import SettingsButton
from keyboards.link import LONGEST_COPY
from keyboards.screen import Screen, compose, escape, keyboard, one_line, said, units
from keyboards.team_buttons import (
    InviteButton,
    MemberButton,
    RevokeButton,
    RoleButton,
    TeamButton,
    own_button,
)
from models.duty import covered
from models.roles import Role
from models.shop import Invite, Member, Shop
from models.terms import schedule_of

PAGE = 6
"""People of a page: with the buttons around them it still fits on a phone."""
OFFERED = (Role.MANAGER, Role.PACKER, Role.OBSERVER, Role.OWNER)
"""The commonest first; the one that gives everything away last."""


def name_of(member: Member, words: Words, most: int = 60) -> str:
    """A person's name as plain text on one line: a name of invisible signs is none."""
    return one_line(member.name, most) or words("member-nameless")


def _to(shop: Shop, to: str, label: str, *, page: int = 0) -> InlineKeyboardButton:
    data = TeamButton(shop=shop.id, to=to, page=page)
    return InlineKeyboardButton(text=label, callback_data=data.pack())


def _about(member: Member, to: str, label: str) -> InlineKeyboardButton:
    data = MemberButton(shop=member.shop_id, member=member.id, to=to)
    return InlineKeyboardButton(text=label, callback_data=data.pack())


def _title(shop: Shop, words: Words) -> str:
    return f"<b>{words('team-title', shop=said(shop.name, 60))}</b>"


def _at(moment: datetime, shop: Shop, words: Words) -> str:
    return words.day_clock(moment, ZoneInfo(schedule_of(shop).zone))


# ------------------------------------------------------------ the team
def team_screen(
    shop: Shop,
    waiting: Sequence[Member],
    members: Sequence[Member],
    invites: int,
    words: Words,
    *,
    own: int,
    page: int = 0,
) -> Screen:
    """Who works here and who waits for a yes, a page of them. `own`: the reader's own place."""
    people = [*waiting, *members]
    page = min(page, (len(people) - 1) // PAGE)
    shown = people[page * PAGE : (page + 1) * PAGE]
    turning = []
    if page > 0:
        turning.append(_to(shop, "list", words("button-team-before"), page=page - 1))
    if len(people) > (page + 1) * PAGE:
        turning.append(_to(shop, "list", words("button-team-after"), page=page + 1))
    text = compose(
        [
            _title(shop, words),
            words("team-count", count=len(members)),
            *(_line(one, words, own=one.id == own) for one in shown),
            None if covered(members) else words("team-uncovered"),
        ]
    )
    return Screen(
        text,
        keyboard(
            [_to(shop, "roles", words("button-invite"))],
            *(_row(one, words) for one in shown),
            turning,
            [_to(shop, "invites", words("button-invites", count=invites))] if invites else [],
            [_back(shop, words)],
        ),
    )


def page_of(people: Sequence[Member], member_id: int) -> int:
    """The page on which a person stands."""
    return next((at // PAGE for at, one in enumerate(people) if one.id == member_id), 0)


def _back(shop: Shop, words: Words) -> InlineKeyboardButton:
    data = SettingsButton(shop=shop.id, to="menu").pack()
    return InlineKeyboardButton(text=words("button-back"), callback_data=data)


def _line(member: Member, words: Words, *, own: bool) -> str:
    name, role = escape(name_of(member, words)), words(f"role-{member.role}")
    if not member.active:
        return words("team-waiting", name=name, role=role)
    key = "team-on" if member.on_shift else "team-off"
    marks = [
        words(key, name=name, role=role),
        words("team-you") if own else "",
        "" if member.account.reachable else words("team-away"),
    ]
    return " · ".join(mark for mark in marks if mark)


def _row(member: Member, words: Words) -> list[InlineKeyboardButton]:
    name = name_of(member, words, 30)
    if member.active:
        role = words(f"role-{member.role}")
        return [_about(member, "look", words("button-member", name=name, role=role))]
    return [
        _about(member, "yes", words("button-let-in", name=name)),
        _about(member, "no", words("button-reject")),
    ]


# ------------------------------------------------------------ one member
def member_screen(member: Member, words: Words, *, own: bool, page: int) -> Screen:
    shop = member.shop
    reason = member.account.unreachable_reason or ""
    why = words(f"why-{reason}") if words.has(f"why-{reason}") else said(reason, 100)
    text = compose(
        [
            _member_title(member, words),
            words("member-shop", shop=said(shop.name, 60), since=_at(member.joined_at, shop, words)),
            words("member-on" if member.on_shift else "member-off"),
            words("member-signature", name=said(member.signature, 60)) if member.signature else None,
            None if member.account.reachable else words("member-away", why=why),
        ]
    )
    way_out = (
        own_button(shop, "look", words("button-own"))
        if own
        else _about(member, "remove", words("button-remove"))
    )
    return Screen(
        text,
        keyboard(
            [_about(member, "roles", words("button-role"))],
            [way_out],
            [_to(shop, "list", words("button-back"), page=page)],
        ),
    )


def _member_title(member: Member, words: Words) -> str:
    name = escape(name_of(member, words))
    return f"<b>{words('member-title', name=name, role=words(f'role-{member.role}'))}</b>"


def _roles(roles: Sequence[Role], words: Words) -> list[str]:
    return [
        words("role-line", role=words(f"role-{role}"), about=words(f"role-about-{role}")) for role in roles
    ]


def roles_screen(member: Member, words: Words) -> Screen:
    """Another role for a member, with what each may do."""
    others = [role for role in OFFERED if role is not member.role]
    buttons = [
        [
            InlineKeyboardButton(
                text=words(f"role-{role}"),
                callback_data=RoleButton(shop=member.shop_id, member=member.id, role=role).pack(),
            )
        ]
        for role in others
    ]
    text = compose([_member_title(member, words), words("ask-role"), *_roles(others, words)])
    return Screen(text, keyboard(*buttons, [_about(member, "look", words("button-back"))]))


def owner_screen(member: Member, words: Words) -> Screen:
    """Asked once: another owner may do everything, and take the first one's place."""
    sure = RoleButton(shop=member.shop_id, member=member.id, role=Role.OWNER, sure=True)
    return Screen(
        words("ask-owner", name=escape(name_of(member, words)), shop=said(member.shop.name, 60)),
        keyboard(
            [InlineKeyboardButton(text=words("button-owner-yes"), callback_data=sure.pack())],
            [_about(member, "look", words("button-no"))],
        ),
    )


def remove_screen(member: Member, words: Words) -> Screen:
    """Asked once."""
    return Screen(
        words("ask-remove", name=escape(name_of(member, words)), shop=said(member.shop.name, 60)),
        keyboard(
            [_about(member, "remove_yes", words("button-remove-yes"))],
            [_about(member, "look", words("button-no"))],
        ),
    )


# ------------------------------------------------------------ invites
def invite_roles_screen(shop: Shop, words: Words) -> Screen:
    """Whom to invite, with what each role may do."""
    buttons = [
        [
            InlineKeyboardButton(
                text=words(f"role-{role}"), callback_data=InviteButton(shop=shop.id, role=role).pack()
            )
        ]
        for role in OFFERED
    ]
    text = compose([_title(shop, words), words("ask-invite-role"), *_roles(OFFERED, words)])
    return Screen(text, keyboard(*buttons, [_to(shop, "list", words("button-back"))]))


def invitation_screen(
    shop: Shop, role: Role, start: str, telegram: str | None, viber: str | None, words: Words
) -> Screen:
    """A finished text to pass on, copied with one tap: the links alone where it is too long. Each messenger where the
    bot is has a link of its own, and either lets the person in."""
    named = words(f"role-{role}")
    links = [link for link in (telegram, viber) if link is not None]
    if not links:
        return Screen(words("invite-unknown", role=named, start=f"<code>{start}</code>"))
    way = _way_in(telegram, viber, words)
    plain = words("invite-text", shop=one_line(shop.name, 60), role=named, way=way)
    text = compose(
        [
            f"<b>{words('invite-title', role=named)}</b>",
            words("invite-text", shop=said(shop.name, 60), role=named, way=escape(way)),
            words("invite-after"),
        ]
    )
    copied = plain if units(plain) <= LONGEST_COPY else "\n".join(links)
    return Screen(
        text,
        keyboard([InlineKeyboardButton(text=words("button-copy"), copy_text=CopyTextButton(text=copied))]),
    )


def _way_in(telegram: str | None, viber: str | None, words: Words) -> str:
    """What the person is to do with the links."""
    if telegram is not None and viber is not None:
        return words("invite-either", telegram=telegram, viber=viber)
    return words("invite-viber", link=viber) if telegram is None else words("invite-telegram", link=telegram)


def invites_screen(shop: Shop, invites: Sequence[Invite], words: Words) -> Screen:
    """The invites that would still let somebody in; each can be revoked."""
    buttons = [
        [
            InlineKeyboardButton(
                text=words(
                    "button-revoke",
                    role=words(f"role-{invite.role}"),
                    until=_at(invite.expires_at, shop, words),
                ),
                callback_data=RevokeButton(shop=shop.id, invite=invite.id).pack(),
            )
        ]
        for invite in invites
    ]
    text = compose([_title(shop, words), words("team-invites" if invites else "team-no-invites")])
    return Screen(text, keyboard(*buttons, [_to(shop, "list", words("button-back"))]))
