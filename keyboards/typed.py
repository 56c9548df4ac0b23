"""What is said to a text that belongs to no dialogue: what was found, which order was meant, what can be typed."""

from collections.abc import Sequence
from typing import Annotated

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton
from pydantic import Field

from bot.l10n import Words
from keyboards.callbacks import Key, Seq
from keyboards.lists import openers, row_lines
from keyboards.order import in_its_words, status_name
from keyboards.screen import Screen, compose, keyboard, one_line, said
from models.card import Card
from models.listing import Page
from models.order import Order


class FoundButton(CallbackData, prefix="f"):
    """Another page of what was found. `mark` tells the search from later ones."""

    mark: Key
    page: Annotated[int, Field(ge=0, lt=100)]


class PickButton(CallbackData, prefix="k"):
    """Which of several orders of one number was meant."""

    order: Key


class TtnButton(CallbackData, prefix="w"):
    """A waybill that was sent without a word, for the one order that waits for it."""

    order: Key
    seq: Seq
    ttn: Annotated[str, Field(pattern=r"^[A-Z0-9-]{8,20}$")]


def found_screen(page: Page, text: str, mark: str, most: int, words: Words) -> Screen:
    """What a search found, a row an order."""
    key = "found-title-most" if page.count >= most else "found-title"
    title = words(key, text=said(text, 60), count=page.count)
    turning = []
    if page.page > 0:
        turning.append(_turn(words("button-page-back"), mark, page.page - 1))
    if page.page + 1 < page.pages:
        turning.append(_turn(words("button-page-on"), mark, page.page + 1))
    where = words("list-page", page=page.page + 1, pages=page.pages) if page.pages > 1 else None
    return Screen(
        compose([f"<b>{title}</b>", where, *row_lines(page, words, names=True)]),
        keyboard(*openers(page, words), turning),
    )


def which_screen(orders: Sequence[Order], number: str, words: Words) -> Screen:
    """Several orders bear the number that was typed."""
    buttons = [
        [
            InlineKeyboardButton(
                text=words(
                    "typed-which-button",
                    number=one_line(order.number, 20),
                    shop=one_line(order.shop.name, 30),
                ),
                callback_data=PickButton(order=order.public_id).pack(),
            )
        ]
        for order in orders
    ]
    return Screen(words("typed-which", number=said(number, 64)), keyboard(*buttons))


def words_screen(card: Card, typed: str, words: Words) -> Screen:
    """What can be typed about the order now: what stands on its buttons."""
    order = card.order
    labels = [bare(in_its_words(order, f"action-{action}", words)) for action in card.actions]
    facts = {"number": said(order.number, 64), "status": said(status_name(order, words), 80)}
    if not labels:
        return Screen(words("typed-words-none", **facts))
    listed = ", ".join(words("typed-word", word=label) for label in labels)
    return Screen(words("typed-words", **facts, said=said(typed, 40), words=listed))


def ttn_screen(order: Order, ttn: str, words: Words) -> Screen:
    """Is this the waybill of the one order that waits for it?"""
    number = one_line(order.number, 20)
    yes = InlineKeyboardButton(
        text=words("ttn-offer-button", number=number),
        callback_data=TtnButton(order=order.public_id, seq=order.seq, ttn=ttn).pack(),
    )
    text = words(
        "ttn-offer",
        carrier=words(f"carrier-{order.carrier}"),
        ttn=f"<code>{ttn}</code>",
        number=said(order.number, 64),
    )
    return Screen(text, keyboard([yes]))


def bare(label: str) -> str:
    """The words of a button in small letters, without the picture before them."""
    start = next((at for at, char in enumerate(label) if char.isalpha()), 0)
    return label[start : start + 1].lower() + label[start + 1 :]


def _turn(text: str, mark: str, page: int) -> InlineKeyboardButton:
    return InlineKeyboardButton(text=text, callback_data=FoundButton(mark=mark, page=page).pack())
