"""The buyer's link: a finished text to pass on, the buyer's chat by phone, a picture to scan, another link."""

import io
from typing import Annotated
from urllib.parse import quote

import segno
from aiogram.filters.callback_data import CallbackData
from aiogram.types import CopyTextButton, InlineKeyboardButton
from pydantic import Field

from bot.l10n import FALLBACK, Words
from keyboards.callbacks import Key, LookButton
from keyboards.screen import Screen, compose, keyboard, one_line, said, units
from models.card import Card
from models.order import Order
from models.people import Messenger
from models.roles import Ability

LONGEST_COPY = 256
"""UTF-16 units that a button can put into the clipboard (facts T25)."""

TELEGRAM = "https://t.me/"
"""A link that leads into Telegram's chat; any other leads to a page that says how to go on in each messenger."""
VIBER_CHAT = "viber://chat?number="
"""Opens a person's chat in Viber's app, from a button as well: bots do so, Viber's papers tell only of `viber://pa`."""


class LinkButton(CallbackData, prefix="k"):
    """Of the buyer's link: `show` it, its picture (`qr`), a `new` one, a new one that unties the buyer (`untie`).
    `generation` is that of the link when the button was drawn: one press makes one new link."""

    order: Key
    wish: Key
    generation: Annotated[int, Field(ge=0, lt=2**31)]


def link_screen(card: Card, start: str, url: str | None, words: Words) -> Screen:
    """A finished text to pass on to the buyer, copied with one tap: the link alone where it is too long."""
    order = card.order
    number = said(order.number, 64)
    back = InlineKeyboardButton(
        text=words("button-card"), callback_data=LookButton(order=order.public_id, what="card").pack()
    )
    renew = _button(order, "new", words("button-relink"))
    chat = _chat(card, words)
    if url is None:
        text = words("link-unknown", number=number, start=f"<code>{start}</code>")
        return Screen(text, keyboard(chat, [renew, back]))
    buyers = Words(FALLBACK)  # who has chosen no language yet
    key = "link-text" if url.startswith(TELEGRAM) else "link-text-page"
    plain = buyers(key, shop=one_line(order.shop.name, 60), number=order.number, link=url)
    text = compose(
        [
            words("link-title", number=number),
            buyers(key, shop=said(order.shop.name, 60), number=number, link=url),
            words("link-tied") if order.buyer_id is not None else None,
        ]
    )
    copied = plain if units(plain) <= LONGEST_COPY else url
    copy = InlineKeyboardButton(text=words("button-copy"), copy_text=CopyTextButton(text=copied))
    picture = _button(order, "qr", words("button-qr"))
    return Screen(text, keyboard([copy], [*chat, picture], [renew, back]))


def untie_screen(order: Order, words: Words) -> Screen:
    return Screen(
        words("link-untie", number=said(order.number, 64)),
        keyboard(
            [_button(order, "untie", words("button-untie"))],
            [_button(order, "show", words("button-keep-tied"))],
        ),
    )


def picture_screen(order: Order, words: Words) -> Screen:
    """What stands under the picture: it is for the screen, nothing printed goes into a parcel (R40)."""
    return Screen(words("link-qr", number=said(order.number, 64)))


def picture_of(url: str) -> bytes:
    """A PNG that a phone's camera reads off another phone's screen."""
    png = io.BytesIO()
    segno.make(url, error="m", micro=False).save(png, kind="png", scale=10, border=4)
    return png.getvalue()


def _chat(card: Card, words: Words) -> list[InlineKeyboardButton]:
    """The buyer's own chat in the messenger where this is read, if the number can have one and may be seen."""
    order = card.order
    if not order.phone_valid or Ability.SEE_BUYER not in card.can:
        return []
    on_viber = card.member is not None and card.member.account.messenger is Messenger.VIBER
    url = VIBER_CHAT + quote(order.buyer_phone, safe="") if on_viber else TELEGRAM + order.buyer_phone
    return [InlineKeyboardButton(text=words("button-chat"), url=url)]


def _button(order: Order, wish: str, text: str) -> InlineKeyboardButton:
    data = LinkButton(order=order.public_id, wish=wish, generation=order.link_generation)
    return InlineKeyboardButton(text=text, callback_data=data.pack())
