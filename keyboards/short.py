"""What a buyer is told by SMS or e-mail: one short text, the number first, the link that leads into the chat last."""

from bot.l10n import FALLBACK, Words
from keyboards.screen import Screen, one_line, said
from models.order import Order
from models.outbox import Notification


def short_screen(row: Notification, order: Order, link: str | None) -> Screen:
    """In Ukrainian, since whoever has opened no chat has chosen no language. Every letter of an SMS is paid for."""
    words = Words(FALLBACK)
    parcel = order.parcel
    text = words(
        f"short-{row.kind}",
        number=said(order.number, 64),
        shop=said(one_line(order.shop.name, 24), 24),
        ttn=said(parcel.ttn, 40) if parcel is not None else "-",
    )
    return Screen(f"{text} {link}" if link else text)
