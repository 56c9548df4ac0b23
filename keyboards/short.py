"""What is told by SMS or e-mail: one short text, the number first, the link that leads into the chat last."""

from bot.l10n import FALLBACK, Words
from keyboards.screen import Screen, one_line, said
from models.order import Order
from models.outbox import Notification
from models.shop import Shop


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


def mailbox_notice(row: Notification, order: Order | None, shop: Shop, home: str | None) -> Screen:
    """What a shop reads in its mailbox because no chat of its people is left: nothing of the buyer, for no mail can be
    blanked. The first line is the subject."""
    words = Words(FALLBACK)
    name = said(one_line(shop.name, 60), 60)
    number = "" if order is None else said(order.number, 64)
    key = "mailbox-shop" if order is None else "mailbox-order"
    lines = [words(key, shop=name, number=number, kind=str(row.kind)), "", words("mailbox-why"), home or ""]
    return Screen("\n".join(lines).rstrip())
