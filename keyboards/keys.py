"""An owner's screens of a shop's API keys. A key is shown once, and its message can be blanked."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from aiogram.types import CopyTextButton, InlineKeyboardButton

from bot.l10n import Words
from keyboards.screen import Screen, compose, keyboard
from keyboards.settings import title, to_menu
from keyboards.shop_buttons import KeysButton
from models.shop import ApiKey, Shop
from models.terms import schedule_of


def keys_screen(shop: Shop, keys: Sequence[ApiKey], words: Words, *, revoked: int | None = None) -> Screen:
    """The keys that open the door: when each was made and used last."""
    drops = [_button(shop, "sure", words("button-revoke-key", number=str(key.id)), key.id) for key in keys]
    return Screen(
        compose(
            [
                title(shop, words),
                words("key-revoked", number=str(revoked)) if revoked is not None else None,
                words("settings-keys") if keys else words("settings-no-keys"),
                *(_line(shop, key, words) for key in keys),
            ]
        ),
        keyboard(
            [_button(shop, "new", words("button-new-key"))],
            *(drops[at : at + 2] for at in range(0, len(drops), 2)),
            to_menu(shop, words),
        ),
    )


def _line(shop: Shop, key: ApiKey, words: Words) -> str:
    zone = ZoneInfo(schedule_of(shop).zone)
    made = words.day(key.created_at, zone)
    if key.used_at is None:
        return words("key-line-unused", number=str(key.id), made=made)
    return words("key-line", number=str(key.id), made=made, used=words.day(key.used_at, zone))


def key_screen(shop: Shop, row: ApiKey, key: str, words: Words, *, stays: bool = False) -> Screen:
    """A fresh key, this once. `stays`: where no message can be blanked, the key stands in one alone, that its owner
    deletes: the one to copy it from."""
    copied = InlineKeyboardButton(text=words("button-copy-key"), copy_text=CopyTextButton(text=key))
    away = words("button-back" if stays else "button-hide-key")
    return Screen(
        compose(
            [
                title(shop, words),
                words("key-made", number=str(row.id)),
                None if stays else f"<code>{key}</code>",
                words("key-how-viber" if stays else "key-how"),
            ]
        ),
        keyboard([copied], [_button(shop, "list", away)]),
    )


def revoke_screen(shop: Shop, key: ApiKey, last: bool, words: Words) -> Screen:
    """Whether to revoke it: what stops then."""
    number = str(key.id)
    return Screen(
        compose([words("key-sure", number=number), words("key-sure-last") if last else None]),
        keyboard(
            [_button(shop, "revoke", words("button-revoke-yes"), key.id)],
            [_button(shop, "list", words("button-no"))],
        ),
    )


def _button(shop: Shop, to: str, label: str, key: int = 0) -> InlineKeyboardButton:
    return InlineKeyboardButton(text=label, callback_data=KeysButton(shop=shop.id, to=to, key=key).pack())
