"""The only doors to a chat: everything that handlers draw goes through here (facts: viber, 4)."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

import structlog
from aiogram import Bot
from aiogram.exceptions import TelegramAPIError, TelegramBadRequest, TelegramForbiddenError
from aiogram.types import BufferedInputFile, CallbackQuery, InlineKeyboardMarkup, Message

from bot.l10n import Words
from bot.messengers.forms import FileAbout
from bot.messengers.telegram import NO_PREVIEW, Undecodable, sorted_fault
from bot.outbox.cards import Cards
from handlers.messengers import messenger_of
from keyboards.order import order_card
from keyboards.screen import Screen, clean, units
from models.card import Card
from models.crash import crashpoint
from models.file import About
from models.people import Account

log = structlog.get_logger(__name__)

TOAST = 200
"""UTF-16 units of a callback's answer (facts T25)."""

Event = Message | CallbackQuery

_said: ContextVar[list[str] | None] = ContextVar("said", default=None)


@contextmanager
def listening() -> Iterator[list[str]]:
    """The numbers of the messages that are said inside."""
    said: list[str] = []
    token = _said.set(said)
    try:
        yield said
    finally:
        _said.reset(token)


async def toast(query: CallbackQuery, text: str = "", *, alert: bool = False) -> None:
    """Answer a press. Best effort: an answer that comes too late changes nothing (facts T18)."""
    crashpoint("screens.before_toast")
    try:
        await query.answer(text if units(text) <= TOAST else clean(text, TOAST), show_alert=alert or None)
        crashpoint("screens.toasted")
    except (TelegramAPIError, Undecodable) as error:
        log.debug("toast_lost", error=type(error).__name__)


async def show(event: Event, screen: Screen) -> str | None:
    """Draw a screen: a press turns its message into it, a message is answered by it. Returns the message's id."""
    if isinstance(event, CallbackQuery) and isinstance(event.message, Message):
        try:
            return await _edit(event.message, screen)
        except TelegramBadRequest as error:
            if "message is not modified" in str(error):
                return str(event.message.message_id)
            log.debug("drawn_anew", error=str(error))
    return await say(event, screen)


async def say(event: Event, screen: Screen, *, picture: bytes | None = None) -> str | None:
    """A new message at the foot of the chat. `picture`: a PNG above the text."""
    return await _send(*_where(event), screen, picture)


class OutOfReach(Exception):
    """Whoever pressed in a group has no private chat with us, or stopped us there."""


async def whisper(event: Event, screen: Screen, *, file: tuple[str, bytes] | None = None) -> str | None:
    """A message into the private chat of whoever pressed or wrote in a group, with a file by its name and bytes.
    Raises OutOfReach."""
    bot, person = _person(event)
    try:
        return await _send(bot, person, screen, file=file)
    except (TelegramForbiddenError, TelegramBadRequest) as error:
        if sorted_fault(error).for_good:
            raise OutOfReach from None
        raise


async def _send(
    bot: Bot,
    chat: int,
    screen: Screen,
    picture: bytes | None = None,
    *,
    file: tuple[str, bytes] | None = None,
) -> str | None:
    crashpoint("screens.before_say")
    try:
        if file is not None:
            name, content = file
            sent = await bot.send_document(
                chat,
                BufferedInputFile(content, name),
                caption=screen.text,
                parse_mode="HTML",
                reply_markup=screen.markup,
            )
        elif picture is None:
            sent = await bot.send_message(
                chat,
                screen.text,
                parse_mode="HTML",
                reply_markup=screen.markup,
                link_preview_options=NO_PREVIEW,
            )
        else:
            shown = BufferedInputFile(picture, "picture.png")
            sent = await bot.send_photo(
                chat, shown, caption=screen.text, parse_mode="HTML", reply_markup=screen.markup
            )
    except Undecodable:
        return None
    crashpoint("screens.said")
    return _heard(sent)


async def say_file(event: Event, name: str, content: bytes, caption: str, about: About) -> str | None:
    """A file as a new message, its caption plain words of ours. `about`: whom it tells of."""
    bot, chat = _where(event)
    try:
        sent = await bot.send_document(chat, FileAbout(content, name, about), caption=caption)
    except Undecodable:
        return None
    return _heard(sent)


def _heard(sent: Message) -> str:
    number = str(sent.message_id)
    said = _said.get()
    if said is not None:
        said.append(number)
    return number


async def show_card(event: Event, card: Card, account: Account, cards: Cards, words: Words) -> None:
    """Draw an order's card and remember where it hangs, so that it follows the order."""
    await _hang(event, await show(event, order_card(card, words)), card, account, cards)


async def say_card(event: Event, card: Card, account: Account, cards: Cards, words: Words) -> None:
    """The card as a new message: after something was typed, the old one has scrolled away."""
    await _hang(event, await say(event, order_card(card, words)), card, account, cards)


async def whisper_card(event: Event, card: Card, account: Account, cards: Cards, words: Words) -> None:
    """The card into the private chat of whoever pressed in a group. Raises OutOfReach."""
    message_id = await whisper(event, order_card(card, words))
    await _hang(event, message_id, card, account, cards, chat=_person(event)[1])


async def cover(query: CallbackQuery, screen: Screen, cards: Cards) -> None:
    """Turn a card's message into another screen; the outbox must not draw over it."""
    if isinstance(query.message, Message):
        await cards.covered(
            channel=str(messenger_of(query)),
            chat=str(query.message.chat.id),
            message_id=str(query.message.message_id),
        )
    await show(query, screen)


async def _hang(
    event: Event,
    message_id: str | None,
    card: Card,
    account: Account,
    cards: Cards,
    *,
    chat: int | None = None,
) -> None:
    if message_id is not None:
        crashpoint("screens.before_hang")
        await cards.shown(
            card,
            account_id=account.id,
            channel=str(messenger_of(event)),
            chat=str(_where(event)[1] if chat is None else chat),
            message_id=message_id,
        )
        crashpoint("screens.hung")


async def _edit(message: Message, screen: Screen) -> str:
    crashpoint("screens.before_edit")
    """Where nothing can be drawn anew it is a new message, and has a number of its own."""
    number = message.message_id
    try:
        drawn = await message.edit_text(
            screen.text,
            parse_mode="HTML",
            reply_markup=screen.markup if isinstance(screen.markup, InlineKeyboardMarkup) else None,
            link_preview_options=NO_PREVIEW,
        )
        number = drawn.message_id if isinstance(drawn, Message) else number
    except Undecodable:
        log.debug("edit_undecodable")
    crashpoint("screens.edited")
    return str(number)


def _where(event: Event) -> tuple[Bot, int]:
    bot = event.bot
    if bot is None:
        raise RuntimeError("an event without its bot")
    if isinstance(event, Message):
        return bot, event.chat.id
    return bot, event.message.chat.id if event.message is not None else event.from_user.id


def _person(event: Event) -> tuple[Bot, int]:
    """Whose private chat has the person's own number."""
    bot, person = event.bot, event.from_user
    if bot is None or person is None:
        raise RuntimeError("an event without its bot or its person")
    return bot, person.id
