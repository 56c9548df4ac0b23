"""What the people who run the bot are told: a copy's first start, and updates that nobody could handle."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton
from pydantic import Field

from bot.l10n import Words
from keyboards.screen import Screen, compose, keyboard, said
from models.inbox import Letter
from models.shop import Shop
from models.terms import schedule_of


class LetterButton(CallbackData, prefix="dl"):
    """What to do with a dead letter, by the number of its notice: handle it `again`, or close it."""

    notice: Annotated[int, Field(ge=1, lt=2**62)]
    again: bool


def letter_screen(notice: int, facts: Mapping[str, Any], words: Words) -> Screen:
    """A dead letter: where it lies and why, never what it says; and then what became of it."""
    update, error = said(str(facts["update"]), 100), said(str(facts["error"]), 200)
    state = Letter(facts.get("state", Letter.DEAD))
    if state is not Letter.DEAD:
        return Screen(words(f"letter-{state}", update=update))
    again = InlineKeyboardButton(
        text=words("button-letter-again"), callback_data=LetterButton(notice=notice, again=True).pack()
    )
    close = InlineKeyboardButton(
        text=words("button-letter-close"), callback_data=LetterButton(notice=notice, again=False).pack()
    )
    text = words("letter-dead-again" if facts.get("tried") else "letter-dead", update=update, error=error)
    return Screen(text, keyboard([again], [close]))


def restored_screen(facts: Mapping[str, Any], shop: Shop, words: Words) -> Screen:
    """The bot runs on a copy: since when it knows nothing, and what it did not tell."""
    made_at = datetime.fromisoformat(facts["made_at"])
    title = words("restored-title", at=words.day_clock(made_at, ZoneInfo(schedule_of(shop).zone)))
    numbers = ", ".join(f"№{said(number, 64)}" for number in facts["orders"])
    untold = words("restored-untold", count=facts["count"]) if facts["count"] else None
    orders = words("restored-orders", orders=numbers, more=facts["more"]) if numbers else None
    return Screen(compose([f"<b>{title}</b>", words("restored-gap"), untold, orders, words("restored-look")]))
