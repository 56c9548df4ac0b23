"""Screens of privacy: the notice, the sure-questions, and the line that is left of an erased message."""

from collections.abc import Sequence

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton, KeyboardButton, ReplyKeyboardMarkup, ReplyKeyboardRemove

from bot.l10n import Words
from keyboards.callbacks import Key, LookButton
from keyboards.screen import Screen, compose, keyboard, said
from models.order import Order
from models.people import NOTICE_VERSION, Messenger

MOST_NAMED = 10
"""Shops or orders that one sentence names."""


class PrivacyButton(CallbackData, prefix="pv"):
    """A buyer's wish about their own data: `mine`, `stop`, `forget`, `forget_yes`, `forget_no`."""

    wish: Key


class EraseButton(CallbackData, prefix="er"):
    """An owner's wish to erase the buyer of an order: `ask`, then `yes`."""

    order: Key
    wish: Key


def notice_screen(orders: Sequence[Order], words: Words) -> Screen:
    """The privacy notice. To a buyer it names the shops that answer for the data, and offers what can be done."""
    text = words("privacy-text", version=NOTICE_VERSION)
    if not orders:
        return Screen(text)
    names = list(dict.fromkeys(f"«{said(order.shop.name, 60)}»" for order in orders))
    whose = words("privacy-shops", shops=_listed(names, words))
    return Screen(
        compose([text, whose]),
        keyboard(
            [_wish("mine", words("button-my-data"))],
            [_wish("stop", words("button-stop")), _wish("forget", words("button-forget"))],
        ),
    )


def forget_screen(orders: Sequence[Order], words: Words, messenger: Messenger = Messenger.TELEGRAM) -> Screen:
    """Says plainly what goes and what stays, also in this messenger.

    An order that is under way is named, since it goes on without the bot.
    """
    still = [f"№{said(order.number, 64)}" for order in orders if not order.final]
    return Screen(
        compose(
            [
                words("forget-sure", messenger=messenger.value),
                words("forget-open", orders=_listed(still, words)) if still else None,
            ]
        ),
        keyboard([_wish("forget_yes", words("button-forget-yes"))], [_wish("forget_no", words("button-no"))]),
    )


def contact_screen(words: Words) -> Screen:
    """Part of the data is told only to who has shown that the number is theirs."""
    keys = [
        [KeyboardButton(text=words("button-my-number"), request_contact=True)],
        [KeyboardButton(text=words("button-no-number"))],
    ]
    markup = ReplyKeyboardMarkup(keyboard=keys, resize_keyboard=True, one_time_keyboard=True)
    return Screen(words("export-more"), markup)


def put_away(text: str) -> Screen:
    """The keys of `contact_screen` are needed no more."""
    return Screen(text, ReplyKeyboardRemove())


def erase_screen(order: Order, words: Words) -> Screen:
    """The owner's sure-question."""
    yes = EraseButton(order=order.public_id, wish="yes").pack()
    back = LookButton(order=order.public_id, what="card").pack()
    return Screen(
        words("erase-sure", number=said(order.number, 64)),
        keyboard(
            [InlineKeyboardButton(text=words("button-erase-yes"), callback_data=yes)],
            [InlineKeyboardButton(text=words("button-back"), callback_data=back)],
        ),
    )


def erase_button(order: Order, words: Words) -> InlineKeyboardButton:
    return InlineKeyboardButton(
        text=words("button-erase"), callback_data=EraseButton(order=order.public_id, wish="ask").pack()
    )


def blanked_screen(number: str | None, words: Words) -> Screen:
    """What is left of a message that told of an erased buyer."""
    if number is None:
        return Screen(words("blanked"))
    return Screen(words("blanked-order", number=said(number, 64)))


def _listed(names: Sequence[str], words: Words) -> str:
    rest = len(names) - MOST_NAMED
    named = ", ".join(names[:MOST_NAMED])
    return words("listed-more", named=named, count=rest) if rest > 0 else named


def _wish(wish: str, text: str) -> InlineKeyboardButton:
    return InlineKeyboardButton(text=text, callback_data=PrivacyButton(wish=wish).pack())
