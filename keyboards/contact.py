"""How a buyer is reached: in full for who may see it, a town and the last four digits for everybody else."""

from aiogram.types import InlineKeyboardButton

from bot.l10n import Words
from keyboards.callbacks import LookButton
from keyboards.screen import Screen, compose, keyboard, said, unlinked
from models.card import Card
from models.order import Order
from models.town_text import town_of

DIGITS = 4
"""Of a phone, for who may not see it in full (house 8.13)."""


def contact_lines(order: Order, words: Words) -> list[str]:
    if order.erased_at is not None:
        return [words("card-erased"), _delivery_line(order, "", words)]
    lines = [words("card-buyer", name=unlinked(order.buyer_name, 100), phone=said(order.buyer_phone, 20))]
    if not order.phone_valid:
        lines.append(words("card-phone-doubtful"))
    if order.contact_phone:
        lines.append(words("card-contact-phone", phone=said(order.contact_phone, 20)))
    if order.recipient:
        lines.append(words("card-recipient", recipient=unlinked(order.recipient, 100)))
    return [*lines, _delivery_line(order, order.address, words)]


def masked_lines(order: Order, words: Words) -> list[str]:
    if order.erased_at is not None:
        return [words("card-erased"), _delivery_line(order, "", words)]
    lines = [words("card-buyer-masked", phone=last_digits(order))]
    if not order.phone_valid:
        lines.append(words("card-phone-doubtful"))
    town = town_of(order.address, order.buyer_name, order.recipient or "")
    return [*lines, _delivery_line(order, town or "", words)]


def last_digits(order: Order) -> str:
    return said(order.buyer_phone, 20)[-DIGITS:]


def _delivery_line(order: Order, address: str, words: Words) -> str:
    carrier = words(f"carrier-{order.carrier}")
    if not address.strip():
        return words("card-delivery-bare", carrier=carrier)
    return words("card-delivery", carrier=carrier, address=unlinked(address, 200))


def contact_screen(card: Card, words: Words) -> Screen:
    """The buyer in full, for the one who asked in the group."""
    order = card.order
    text = compose(
        [
            f"<b>{words('contact-title', number=said(order.number, 64))}</b>",
            *contact_lines(order, words),
            words("card-do-not-call") if order.do_not_call else None,
        ]
    )
    look = LookButton(order=order.public_id, what="card")
    return Screen(
        text, keyboard([InlineKeyboardButton(text=words("button-card"), callback_data=look.pack())])
    )
