"""A buyer's screens: the question with the six facts, what becomes of the order, a sure-question, thanks."""

from aiogram.types import InlineKeyboardButton

from bot.l10n import Words
from keyboards.callbacks import BuyerButton
from keyboards.clock import zone_of
from keyboards.files import carried, file_line, map_row, most_words
from keyboards.own import signature_of
from keyboards.screen import Screen, clean, compose, escape, fitted, keyboard, said, unlinked
from keyboards.wording import closing, greeting, notice_text, reason_comment
from models.glimpse import place_of
from models.message import Message
from models.order import BuyerAnswer, Order
from models.outbox import Notice, Notification
from models.ttn import tracking_url
from models.workflow import Action, Actor, DeliveryKind


def confirm_screen(order: Order, words: Words, *, repeat: bool = False, first: bool = False) -> Screen:
    """One message with the six facts (G10): goods, cost, payment, delivery, its term, the phone.

    Once answered it keeps the facts (R39) and says thanks instead of asking. `first`: it names the privacy notice.
    """
    items = [
        words(
            "buyer-line",
            title=said(line.title, 160),
            quantity=line.quantity,
            price=words.money(line.price * line.quantity),
        )
        for line in order.lines
    ]
    before = [
        greeting(order, words),
        *([words("buyer-repeat")] if repeat else []),
    ]
    after = [
        words("buyer-total", total=words.money(order.total)),
        words("buyer-payment", payment=_payment(order, words)),
        words("buyer-delivery", delivery=_delivery(order, words)),
        words("buyer-term", term=said(order.delivery_term, 100))
        if order.delivery_term
        else words("buyer-term-unknown"),
        words("buyer-phone", phone=_phone_end(order)),
        *([] if order.phone_valid else [words("buyer-phone-doubtful")]),
        *([words("privacy-line")] if first else []),
        f"<b>{words('buyer-question')}</b>" if order.awaits_buyer else _answered(order, words),
    ]
    text = fitted(before, items, lambda count: words("buyer-more", count=count), after)
    if not order.awaits_buyer:
        return Screen(text, keyboard(asking_row(order, words)))
    return Screen(
        text,
        keyboard(
            [buyer_button(order, "yes", words("buyer-yes"))],
            [
                buyer_button(order, "ask", words("buyer-ask")),
                buyer_button(order, "cancel", words("buyer-cancel")),
            ],
        ),
    )


def status_screen(order: Order, words: Words, *, first: bool = False) -> Screen:
    """Where the order stands, in a buyer's words, with what can still be done. `first`: it names the privacy notice."""
    parcel = order.parcel
    text = compose(
        [
            words(
                "buyer-status",
                number=said(order.number, 64),
                shop=said(order.shop.name, 60),
                status=words(f"stage-{order.status}"),
            ),
            words("buyer-status-ttn", ttn=f"<code>{parcel.ttn}</code>") if parcel else None,
            words("privacy-line") if first else None,
        ]
    )
    yes = [buyer_button(order, "yes", words("buyer-yes"))] if order.awaits_buyer else []
    return Screen(text, keyboard(yes, track_row(order, words), asking_row(order, words)))


def peek_screen(order: Order, words: Words) -> Screen:
    """What a member of the shop sees behind a buyer's link: no name, no phone, no address."""
    return Screen(
        words(
            "buyer-status",
            number=said(order.number, 64),
            shop=said(order.shop.name, 60),
            status=words(f"stage-{order.status}"),
        )
    )


def cancel_screen(order: Order, words: Words) -> Screen:
    return Screen(
        words("buyer-cancel-sure", number=said(order.number, 64)),
        keyboard(
            [buyer_button(order, "cancel_yes", words("buyer-cancel-yes"))],
            [buyer_button(order, "cancel_no", words("buyer-cancel-no"))],
        ),
    )


def answer_screen(order: Order, key: str, words: Words) -> Screen:
    """A short answer to a tap; a question can always follow."""
    return Screen(words(key, number=said(order.number, 64)), keyboard(asking_row(order, words)))


def late_screen(order: Order, reason: str, words: Words) -> Screen:
    """The tap came too late: how it stands now."""
    text = words(f"buyer-late-{reason}", number=said(order.number, 64), status=words(f"stage-{order.status}"))
    return Screen(text, keyboard(track_row(order, words), asking_row(order, words)))


def notice_screen(row: Notification, order: Order, message: Message | None, words: Words) -> Screen:
    """A notice to the buyer, from the order as it is now."""
    first = "notice" in row.facts
    if row.kind is Notice.CONFIRM_REQUEST:
        return confirm_screen(order, words, repeat=row.repeat, first=first)
    text = compose(
        [
            notice_text(row, order, words) or _NOTICES[row.kind](row, order, message, words),
            closing(row, order),
            words("buyer-repeat") if row.repeat else None,
            words("privacy-line") if first else None,
        ]
    )
    wishes = waiting_rows(order, words) if row.kind is Notice.STILL_WAITING else []
    return Screen(
        text,
        keyboard(*wishes, map_row(message, words), track_row(order, words), asking_row(order, words)),
        carried(message),
    )


def _shipped(row: Notification, order: Order, _: Message | None, words: Words) -> str:
    parcel = order.parcel
    if parcel is None:  # dispatched without a number
        return words(
            "buyer-shipped-bare",
            number=said(order.number, 64),
            day=words.day(row.created_at, zone_of(order)),
            carrier=words(f"carrier-{order.carrier}"),
        )
    key = "buyer-ttn-changed" if row.kind is Notice.TTN_CHANGED else "buyer-shipped"
    return words(
        key,
        number=said(order.number, 64),
        day=words.day(parcel.created_at, zone_of(order)),
        ttn=f"<code>{parcel.ttn}</code>",
        carrier=words(f"carrier-{order.carrier}"),
    )


def _courier_left(row: Notification, order: Order, _: Message | None, words: Words) -> str:
    return words(
        "buyer-courier-left",
        number=said(order.number, 64),
        day=words.day(row.created_at, zone_of(order)),
    )


def _ready(_: Notification, order: Order, __: Message | None, words: Words) -> str:
    return words(
        "buyer-ready",
        number=said(order.number, 64),
        address=unlinked(place_of(order.address, order.carrier), 200) or words("carrier-pickup"),
    )


def _arrived(_: Notification, order: Order, __: Message | None, words: Words) -> str:
    parcel = order.parcel
    place = place_of(order.address, order.carrier)
    address = f": {unlinked(place, 200)}" if place else ""
    if parcel is None:
        return words("buyer-arrived-bare", number=said(order.number, 64), address=address)
    return words(
        "buyer-arrived",
        number=said(order.number, 64),
        carrier=words(f"carrier-{order.carrier}"),
        address=address,
        ttn=f"<code>{parcel.ttn}</code>",
    )


def _still_waiting(_: Notification, order: Order, __: Message | None, words: Words) -> str:
    by_parcel = order.delivery_kind is DeliveryKind.CARRIER
    key = "buyer-still-waiting" if by_parcel else "buyer-still-waiting-shop"
    return words(key, number=said(order.number, 64))


def _cancelled(_: Notification, order: Order, __: Message | None, words: Words) -> str:
    if order.state not in {reason.state for reason in order.workflow.reasons}:  # the source named none
        return words(
            "buyer-order-cancelled-bare", number=said(order.number, 64), shop=said(order.shop.name, 60)
        )
    return compose(
        [
            words(
                "buyer-order-cancelled",
                number=said(order.number, 64),
                shop=said(order.shop.name, 60),
                reason=words(f"{order.workflow.name}-state-{order.state}"),
            ),
            reason_comment(order, words),
        ]
    )


def _wrote(row: Notification, order: Order, message: Message | None, words: Words) -> str:
    title = words(
        "buyer-seller-wrote",
        number=said(order.number, 64),
        who=signature_of(message.member if message else None, order.shop, words),
    )
    if message is None:
        return title
    said_words = escape(clean(message.text, most_words(message)))
    return compose([title, said_words, file_line(message.file, words)])


_NOTICES = {
    Notice.SHIPPED: _shipped,
    Notice.TTN_CHANGED: _shipped,
    Notice.COURIER_LEFT: _courier_left,
    Notice.READY_FOR_PICKUP: _ready,
    Notice.ARRIVED: _arrived,
    Notice.STILL_WAITING: _still_waiting,
    Notice.ORDER_CANCELLED: _cancelled,
    Notice.SELLER_WROTE: _wrote,
}


def _payment(order: Order, words: Words) -> str:
    return words(f"payment-{order.payment_method}")


def _delivery(order: Order, words: Words) -> str:
    """Whoever has the link may not be the buyer, and sees no home address (rules 1.8.9)."""
    carrier, place = words(f"carrier-{order.carrier}"), place_of(order.address, order.carrier)
    return f"{carrier}, {unlinked(place, 200)}" if place else carrier


def _phone_end(order: Order) -> str:
    return said(order.buyer_phone[-4:], 20)


def _answered(order: Order, words: Words) -> str:
    if order.buyer_answer is BuyerAnswer.CONFIRMED:
        return words("buyer-thanks", number=said(order.number, 64))
    return words(f"stage-{order.status}")


def buyer_button(order: Order, answer: str, text: str) -> InlineKeyboardButton:
    return InlineKeyboardButton(
        text=text, callback_data=BuyerButton(order=order.public_id, answer=answer).pack()
    )


def waiting_rows(order: Order, words: Words, *, but: str = "") -> list[list[InlineKeyboardButton]]:
    """What can be said about goods that wait, `but` for what was said just now; a late tap is told how it stands."""
    said_with = [wish for wish in ("collect", "postpone", "refuse") if wish != but]
    buttons = [buyer_button(order, wish, words(f"buyer-{wish}")) for wish in said_with]
    return [buttons[:1], buttons[1:]] if not but else [buttons]


def track_row(order: Order, words: Words) -> list[InlineKeyboardButton]:
    parcel = order.parcel
    url = tracking_url(parcel.carrier, parcel.ttn) if parcel and not order.final else None
    return [InlineKeyboardButton(text=words("buyer-track"), url=url)] if url else []


def asking_row(order: Order, words: Words) -> list[InlineKeyboardButton]:
    buttons = [buyer_button(order, "ask", words("buyer-ask"))]
    if _may_cancel(order):
        buttons.append(buyer_button(order, "cancel", words("buyer-cancel")))
    return buttons


def _may_cancel(order: Order) -> bool:
    """At once, or as a request where only the marketplace itself still lets the buyer cancel (G40, C24)."""
    rows = (
        row
        for actor in (Actor.BUYER, Actor.MARKETPLACE)
        for row in order.workflow.available(order.state, order, actor)
    )
    return any(row.action is Action.BUYER_CANCEL for row in rows)
