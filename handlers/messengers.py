"""Through which messenger an event came: the bot that took it is one of a messenger's own."""

from typing import TYPE_CHECKING

from bot.messengers import viber
from models.people import Messenger

if TYPE_CHECKING:
    from aiogram.types import TelegramObject


def messenger_of(event: "TelegramObject") -> Messenger:
    """The messenger of a message, a press, or whatever else was handed to a handler."""
    return Messenger.VIBER if event.bot is not None and event.bot.id == viber.BOT_ID else Messenger.TELEGRAM
