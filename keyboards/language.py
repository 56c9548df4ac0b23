"""In which language to be written to: each by its own name, whatever is spoken now."""

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton

from bot.l10n import Words
from keyboards.callbacks import Shop
from keyboards.screen import Screen, compose, keyboard, rows
from keyboards.team_buttons import OwnButton
from models.people import Language


class LanguageButton(CallbackData, prefix="la"):
    """The language that is chosen; none: only look. `shop`: in whose settings one came to it, 0: in none."""

    language: Language | None = None
    shop: Shop = 0


def language_screen(words: Words, *, shop: int = 0, chosen: bool = False) -> Screen:
    """Three buttons, the present one with a mark; the way back to one's own settings where one came from there."""
    back = InlineKeyboardButton(
        text=words("button-back"), callback_data=OwnButton(shop=shop, to="look").pack()
    )
    return Screen(
        compose([words("language-chosen") if chosen else None, words("ask-language")]),
        keyboard(*rows([_choice(one, shop, words) for one in Language]), [back] if shop else []),
    )


def language_button(shop: int, words: Words) -> InlineKeyboardButton:
    """From a member's own settings."""
    return InlineKeyboardButton(text=words("button-language"), callback_data=LanguageButton(shop=shop).pack())


def _choice(language: Language, shop: int, words: Words) -> InlineKeyboardButton:
    name = words(f"language-{language}")
    return InlineKeyboardButton(
        text=words("language-now", name=name) if language == words.language else name,
        callback_data=LanguageButton(language=language, shop=shop).pack(),
    )
