"""What a member decides alone: shift, sound, quiet hours, the name that buyers read, and the way out."""

from aiogram.types import InlineKeyboardButton

from bot.l10n import Words
from keyboards.callbacks import SaveButton, SettingsButton
from keyboards.language import language_button
from keyboards.screen import Screen, compose, keyboard, said
from keyboards.team_buttons import own_button
from models.roles import CAN, Ability, Role
from models.shop import Member, Shop


def own_screen(member: Member, covered: bool, several: bool, words: Words, *, saved: bool = False) -> Screen:
    """`covered`: somebody on shift could take an order; `several`: the person works in other shops, too."""
    shop = member.shop
    text = compose(
        [
            f"<b>{_title(member, words)}</b>",
            words("own-saved") if saved else None,
            words("own-on" if member.on_shift else "own-off" if covered else "own-off-uncovered"),
            words("own-off-owner") if member.role is Role.OWNER and not member.on_shift else None,
            None if covered else words("own-uncovered"),
            *_sound_lines(member, words),
            words("own-signature", who=signature_of(member, shop, words)) if _writes(member) else None,
        ]
    )
    shift = "off" if member.on_shift else "on"
    sign = [own_button(shop, "sign", words("button-sign"))] if _writes(member) else []
    return Screen(
        text,
        keyboard(
            [own_button(shop, shift, words(f"button-shift-{shift}"))],
            _sound_buttons(member, words),
            [*sign, language_button(shop.id, words)],
            [own_button(shop, "leave", words("button-leave"))],
            _back(member, several, words),
        ),
    )


def _title(member: Member, words: Words) -> str:
    return words("own-title", shop=said(member.shop.name, 60), role=words(f"role-{member.role}"))


def _writes(member: Member) -> bool:
    return Ability.WRITE in CAN[member.role]


def _back(member: Member, several: bool, words: Words) -> list[InlineKeyboardButton]:
    if member.role is Role.OWNER:
        data = SettingsButton(shop=member.shop_id, to="menu").pack()
        return [InlineKeyboardButton(text=words("button-back"), callback_data=data)]
    return [own_button(member.shop, "shops", words("button-back"))] if several else []


def signature_of(member: Member | None, shop: Shop, words: Words) -> str:
    """How a shop's words to a buyer are signed: never with an account's name (rules 1.8.7)."""
    name = said(member.signature, 60) if member is not None and member.signature else ""
    if not name:
        return words("buyer-signature", shop=said(shop.name, 60))
    return words("buyer-signature-named", name=name, shop=said(shop.name, 60))


def _sound_lines(member: Member, words: Words) -> list[str]:
    """What makes no sound, and when. Where there are no silent messages, who wishes for some is told what helps."""
    if not member.account.messenger.has_silence:
        return [words("own-viber-sounds")]
    sound = words("own-aloud" if member.sound else "own-mute")
    if member.quiet_from is None or member.quiet_until is None:
        return [sound, words("own-no-quiet")]
    return [sound, words("own-quiet", span=span_text((member.quiet_from, member.quiet_until)))]


def _sound_buttons(member: Member, words: Words) -> list[InlineKeyboardButton]:
    if not member.account.messenger.has_silence:
        return []
    sound = "mute" if member.sound else "aloud"
    return [
        own_button(member.shop, sound, words(f"button-sound-{sound}")),
        own_button(member.shop, "quiet", words("button-quiet")),
    ]


def span_text(span: tuple[int, int]) -> str:
    """ "22:00–08:00", which may be typed back."""
    return "\u2013".join(f"{minute // 60:02}:{minute % 60:02}" for minute in span)


# ------------------------------------------------------------ typing
def type_own_screen(member: Member, what: str, words: Words) -> Screen:
    """The question for a signature or for quiet hours (`sign`, `quiet`), and a way to have none."""
    unset = member.signature is None if what == "sign" else member.quiet_from is None
    none = own_button(member.shop, f"un{what}", words(f"button-un{what}"))
    back = own_button(member.shop, "look", words("button-back"))
    text = words(f"ask-{what}", shop=said(member.shop.name, 60))
    return Screen(text, keyboard([] if unset else [none], [back]))


def typed_own_screen(member: Member, what: str, value: str, mark: str, words: Words) -> Screen:
    """What was understood, before it counts."""
    shop = said(member.shop.name, 60)
    save = InlineKeyboardButton(text=words("button-save"), callback_data=SaveButton(mark=mark).pack())
    again = own_button(member.shop, what, words("button-again"))
    back = own_button(member.shop, "look", words("button-back"))
    return Screen(words(f"typed-{what}", value=said(value, 60), shop=shop), keyboard([save], [again, back]))


def leave_screen(member: Member, words: Words) -> Screen:
    """Asked once."""
    shop = member.shop
    return Screen(
        words("ask-leave", shop=said(shop.name, 60)),
        keyboard(
            [own_button(shop, "leave_yes", words("button-leave-yes"))],
            [own_button(shop, "look", words("button-no"))],
        ),
    )
