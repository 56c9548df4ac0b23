"""A buyer's own number, given so that later orders with it come here, and taken back."""

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton, KeyboardButton, ReplyKeyboardMarkup

from bot.l10n import Words
from keyboards.callbacks import Key
from models.order import Order
from models.people import Account


class PhoneButton(CallbackData, prefix="ph"):
    """`give` the number, or `take_back`; drawn under how this order stands."""

    order: Key
    wish: Key


def phone_row(order: Order, account: Account, words: Words) -> list[InlineKeyboardButton]:
    """One of the two, as it stands with this buyer; none where nobody says whose number a contact is."""
    if not account.messenger.tells_whose_number:
        return []
    wish = "give" if account.phone is None else "take_back"
    return [
        InlineKeyboardButton(
            text=words(f"phone-{wish}"), callback_data=PhoneButton(order=order.public_id, wish=wish).pack()
        )
    ]


def phone_keys(words: Words) -> ReplyKeyboardMarkup:
    """Beside the place where one types: Telegram itself asks once more before it gives the number."""
    return ReplyKeyboardMarkup(
        keyboard=[
            [KeyboardButton(text=words("phone-share"), request_contact=True)],
            [KeyboardButton(text=words("phone-decline"))],
        ],
        resize_keyboard=True,
        one_time_keyboard=True,
    )
