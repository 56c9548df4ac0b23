"""What buyers are told in a shop's own words: the whitelisted facts of an order in place of their names.

Where a shop has no words of its own, or the order has not what they name, ours are said: never a hole.
"""

from collections.abc import Mapping
from datetime import datetime

from bot.l10n import Words
from keyboards.clock import zone_of
from keyboards.screen import LONGEST, clean, compose, escape, said, unlinked
from models.glimpse import place_of
from models.order import Order
from models.outbox import Notice, Notification
from models.shop import Shop
from models.template_text import FORMS, Fact, Text, own_texts, pieces
from models.workflow import DeliveryKind

Facts = Mapping[Fact, str | None]
"""Ready for HTML; None: the order has none."""

TEXTS: Mapping[Notice, Text] = {
    Notice.SHIPPED: Text.SHIPPED,
    Notice.COURIER_LEFT: Text.COURIER,
    Notice.READY_FOR_PICKUP: Text.READY,
    Notice.ARRIVED: Text.ARRIVED,
    Notice.STILL_WAITING: Text.WAITING,
    Notice.ORDER_CANCELLED: Text.CANCELLED,
}
_CLOSED = frozenset({*TEXTS, Notice.TTN_CHANGED}) - {Notice.ORDER_CANCELLED}
"""News of goods on their way: what ends with the shop's closing words."""


def filled(words_of_shop: str, facts: Facts) -> str | None:
    """A shop's words with the facts in them, as HTML; None where a fact is missing."""
    parts = []
    for piece in pieces(clean(words_of_shop, LONGEST)):
        part = facts.get(piece) if isinstance(piece, Fact) else escape(piece)
        if part is None:
            return None
        parts.append(part)
    return "".join(parts)


def in_own_words(text: Text, shop: Shop, facts: Facts) -> str | None:
    """None: the shop has none of its own for this."""
    own = own_texts(shop.texts).get(text)
    return None if own is None else filled(own, {fact: facts.get(fact) for fact in FORMS[text].may})


def greeting(order: Order, words: Words) -> str:
    """The first line of the question whether all is right."""
    facts = _facts(order, order.created_at, words)
    return in_own_words(Text.GREETING, order.shop, facts) or words(
        "buyer-intro", number=facts[Fact.NUMBER], shop=facts[Fact.SHOP], platform=facts[Fact.PLATFORM]
    )


def notice_text(row: Notification, order: Order, words: Words) -> str | None:
    """A notice to the buyer in the shop's own words, None where ours are to be said."""
    text = TEXTS.get(row.kind)
    if text is None or (text is Text.ARRIVED and order.delivery_kind is not DeliveryKind.CARRIER):
        return None
    own = in_own_words(text, order.shop, _facts(order, row.created_at, words))
    if own is None or text is not Text.CANCELLED:
        return own
    return compose([own, reason_comment(order, words)])


def closing(row: Notification, order: Order) -> str | None:
    """What the shop ends its news with, where it has such words."""
    if row.kind not in _CLOSED:
        return None
    return in_own_words(Text.CLOSING, order.shop, {Fact.SHOP: said(order.shop.name, 60)})


def reason_comment(order: Order, words: Words) -> str | None:
    """Why it was cancelled, in the words of who did it."""
    if not order.reason_comment:
        return None
    return words("buyer-order-cancelled-comment", comment=said(order.reason_comment, 300))


def _facts(order: Order, at: datetime, words: Words) -> Facts:
    parcel = order.parcel
    sent_at = at if parcel is None else parcel.created_at
    return {
        Fact.NUMBER: said(order.number, 64),
        Fact.SHOP: said(order.shop.name, 60),
        Fact.PLATFORM: words(f"platform-{order.workflow.name}"),
        Fact.TTN: None if parcel is None else f"<code>{parcel.ttn}</code>",
        Fact.CARRIER: words(f"carrier-{order.carrier}"),
        Fact.DAY: words.day(sent_at, zone_of(order)),
        Fact.TOTAL: words.money(order.total),
        Fact.POINT: _point(order),
        Fact.REASON: _reason(order, words),
    }


def _point(order: Order) -> str | None:
    """Where the goods wait. A home to which the shop's courier goes is nobody's to read (rules 1.8.9)."""
    if order.delivery_kind is DeliveryKind.OWN:
        return None
    return unlinked(place_of(order.address, order.carrier), 200) or None


def _reason(order: Order, words: Words) -> str | None:
    """None where the source has cancelled and named none (G04)."""
    named = order.state in {reason.state for reason in order.workflow.reasons}
    return words(f"{order.workflow.name}-state-{order.state}") if named else None
