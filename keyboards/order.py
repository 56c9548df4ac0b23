"""A seller's screens of one order: the live card, the questions, the history, the buyer's link."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from aiogram.types import InlineKeyboardButton

from bot.l10n import Words
from keyboards.callbacks import LookButton, OrderButton, SkipButton
from keyboards.clock import A_WHILE, agreed_line, arrived_at, besides_line, clock_line, notice_title, zone_of
from keyboards.contact import contact_lines, masked_lines
from keyboards.holding import holding_buttons
from keyboards.notes import LONGEST_NOTE, note_line
from keyboards.own import signature_of
from keyboards.privacy import erase_button
from keyboards.screen import Screen, fitted, keyboard, quoted, rows, said
from keyboards.unreached import unreached_line
from keyboards.waiting import wish_line
from models.card import Card
from models.note import Note
from models.order import BuyerAnswer, Order, OrderEvent
from models.outbox import Notification, NotificationState
from models.roles import Ability
from models.ways import FALLBACKS, RENUMBERED
from models.workflow import Action, Actor, Ask, Status


def status_name(order: Order, words: Words) -> str:
    """The marketplace's own name of where the order stands."""
    return words(f"{order.workflow.name}-state-{order.state}")


def in_its_words(order: Order, key: str, words: Words) -> str:
    """A seller's word as this marketplace says it, or as all of them do."""
    own = f"{order.workflow.name}-{key}"
    return words(own if words.has(own) else key)


def order_card(
    card: Card, words: Words, *, about: Notification | None = None, repeat: bool = False
) -> Screen:
    """The live card: everything that a seller needs, and just the buttons that are legal now. `about`: the notice
    that brings it, where it is one."""
    order = card.order
    besides = besides_line(about, words)
    title = [_title(card, words, about), *([besides] if besides else [])]
    before = [*title, *_head(card, words, repeat)]
    items = [
        words(
            "card-line",
            title=said(line.title, 160),
            quantity=line.quantity,
            price=words.money(line.price * line.quantity),
        )
        for line in order.lines
    ]
    text = fitted(before, items, lambda count: words("card-more", count=count), _tail(card, words))
    return Screen(text, keyboard(*_buttons(card, words)))


def _title(card: Card, words: Words, about: Notification | None) -> str:
    order = card.order
    number = said(order.number, 64)
    if about is not None and (title := notice_title(about, number, words)) is not None:
        return f"<b>{title}</b>"
    status = said(status_name(order, words), 80)
    key = "card-title" if order.status is Status.NEW else "card-title-quiet"
    return f"<b>{words(key, number=number, status=status)}</b>"


def _head(card: Card, words: Words, repeat: bool) -> list[str]:
    order, zone = card.order, zone_of(card.order)
    arrived = arrived_at(order, card.at, words)
    shop, now = said(order.shop.name, 60), words.clock(card.at, zone)
    if card.clock is None:
        lines = [words("card-shop", shop=shop, arrived=arrived, now=now)]
    else:
        lines = [words("card-shop-clock", shop=shop, now=now), clock_line(card.clock, arrived, words)]
    if repeat:
        lines.append(words("card-repeat"))
    if card.days_off is not None:
        lines.append(words("card-days-off", opens=words.day_clock(card.days_off, zone)))
    if order.differs:
        lines.append(words("card-differs"))
    if order.do_not_call:
        lines.append(words("card-do-not-call"))
    return lines


def _tail(card: Card, words: Words) -> list[str]:
    order = card.order
    lines: list[str | None] = [
        f"<b>{words('card-total', total=words.money(order.total))}</b>",
        *(masked_lines(order, words) if card.masked else contact_lines(order, words)),
        payment_line(order, words),
        words(f"card-pickup-{order.pickup_rate}") if order.pickup_rate else None,
        words("card-comment", comment=quoted(order.comment, 300))
        if order.comment.strip() and not card.masked
        else None,
        words("card-holder", name=said(order.holder.name, 60)) if order.holder else None,
        agreed_line(card, words),
        words("card-ttn", ttn=f"<code>{order.parcel.ttn}</code>") if order.parcel else None,
        words("card-reason-comment", comment=said(order.reason_comment, 200))
        if order.reason_comment and not card.masked
        else None,
        words("card-blocked", why=words(f"blocked-{card.blocked}")) if card.blocked else None,
        editing_line(order, words),
        _cabinet_line(card, words),
        *_buyer_lines(card, words),
        *[note_line(note, order, words, 200) for note in card.notes],
    ]
    return [line for line in lines if line]


def payment_line(order: Order, words: Words) -> str:
    method = words(f"payment-{order.payment_method}")
    if not order.prepaid:
        return words("card-payment", method=method)
    return words("card-payment-status", method=method, status=words(f"payment-status-{order.payment_status}"))


def editing_line(order: Order, words: Words) -> str | None:
    """When a seller may change what was ordered, where the marketplace's rules say so (G39, G43)."""
    workflow = order.workflow
    if workflow.editable is None or not order.before_dispatch:
        return None
    here = order.state in workflow.editable
    status = words(f"{workflow.name}-state-{workflow.editable[0]}")
    return words("card-editable" if here else "card-not-editable", status=status)


def _cabinet_line(card: Card, words: Words) -> str | None:
    if not card.cabinet:
        return None
    name = card.order.workflow.name
    statuses = " → ".join(f"«{words(f'{name}-state-{key}')}»" for key in dict.fromkeys(card.cabinet))
    parcel = card.order.parcel
    if parcel is not None and card.order.status in (Status.HANDED_OVER, Status.DELIVERING):
        return words("card-cabinet-ttn", statuses=statuses, ttn=parcel.ttn)
    return words("card-cabinet", statuses=statuses)


_ANSWERS = {
    BuyerAnswer.CONFIRMED: "card-buyer-confirmed",
    BuyerAnswer.QUESTION: "card-buyer-question",
    BuyerAnswer.CANCELLED: "card-buyer-cancelled",
}


def _buyer_lines(card: Card, words: Words) -> list[str]:
    order = card.order
    lines = [words(_ANSWERS[order.buyer_answer])] if order.buyer_answer else []
    if (unreached := unreached_line(order, words)) is not None:
        lines.append(unreached)
    if card.wish is not None:
        lines.append(wish_line(card.wish, words))
    if order.erased_at is not None:
        pass  # nobody is there to be linked or told
    elif card.buyer_away is not None:
        lines.append(words("card-buyer-stopped" if card.buyer_away == "stopped" else "card-buyer-away"))
    elif order.buyer_id is not None:
        lines.append(words("card-buyer-linked"))
    elif order.by_phone_alone:
        lines.append(words("card-no-account"))  # R51
    else:
        lines.append(words("card-buyer-none" if order.link_generation == 1 else "card-buyer-relinked"))
    lines += [told_line(row, words, zone_of(order)) for row in card.told[-3:]]
    return lines


def told_line(row: Notification, words: Words, zone: ZoneInfo) -> str:
    """What became of one message to the buyer, in words."""
    why = words(f"why-{row.reason}") if row.reason and words.has(f"why-{row.reason}") else row.reason or ""
    if row.state is NotificationState.QUEUED and row.due_at - row.at > A_WHILE:
        state = words("told-state-waits", at=words.clock(row.due_at, zone))
    elif row.channel in FALLBACKS and row.state is NotificationState.SENT:
        state = words("told-state-out", at=words.clock(row.at, zone))  # C14: taken is not told
    else:
        state = words(f"told-state-{row.state}", at=words.clock(row.at, zone), why=said(why, 100))
    what = words(f"told-{row.kind}")
    if row.channel in FALLBACKS:
        way = "way-sms-number" if RENUMBERED in row.facts else f"way-{row.channel}"
        what = words("told-by", what=what, way=words(way))
    return words("told-line", what=what, state=state)


# The way back is never where the last press was: a second tap of a wet thumb must not undo the first.
_MAIN = (
    Action.TAKE_CONFIRM,
    Action.TAKE,
    Action.CONFIRM,
    Action.SHIP,
    Action.COURIER,
    Action.READY,
    Action.RECEIVED,
    Action.TICK,
    Action.UNDO,
)


def _buttons(card: Card, words: Words) -> list[list[InlineKeyboardButton]]:
    """The main one first and alone, then two a row; what is only to look at comes last."""
    order = card.order
    ordered = sorted(card.actions, key=lambda action: _MAIN.index(action) if action in _MAIN else len(_MAIN))
    acting = [
        InlineKeyboardButton(
            text=in_its_words(order, f"action-{_as_read(order, action)}", words),
            callback_data=OrderButton(action=action, order=order.public_id, seq=order.seq).pack(),
        )
        for action in ordered
    ]
    looking = [_look(order, "history", words("button-history"))]
    if card.in_group:
        looking.insert(0, _look(order, "contact", words("button-contact")))
    if Ability.WRITE in card.can and (order.buyer_id is not None or not order.final):
        looking.append(_look(order, "write", words("button-write")))
    if Ability.LINK in card.can and not order.final:
        looking.append(_look(order, "link", words("button-link")))
    if Ability.SNOOZE in card.can and not order.final and (card.clock is not None or card.cabinet):
        looking.append(_look(order, "later", words("button-later")))
    if Ability.NOTE in card.can:
        looking.append(_look(order, "note", words("button-note")))
    looking += holding_buttons(card, words)
    return [*rows(acting), *[looking[at : at + 2] for at in range(0, len(looking), 2)]]


def _as_read(order: Order, action: Action) -> Action:
    """Where there is no number yet, none is put right: it is entered, as at dispatch."""
    return Action.SHIP if action is Action.FIX_TTN and order.parcel is None else action


def _look(order: Order, what: str, text: str, page: int = 0) -> InlineKeyboardButton:
    return InlineKeyboardButton(
        text=text, callback_data=LookButton(order=order.public_id, what=what, page=page).pack()
    )


EXAMPLES = {"nova_poshta": "20450000000001", "ukrposhta": "0500000000000", "meest": "711-2550636"}


def ask_screen(order: Order, action: Action, ask: Ask, words: Words) -> Screen:
    """What must be typed before the action can happen, with a way back, and one without where the workflow has it."""
    text = words(
        f"ask-{ask}",
        number=said(order.number, 64),
        carrier=words(f"carrier-{order.carrier}"),
        example=EXAMPLES.get(order.carrier, "1234567890"),
    )
    rows_now = order.workflow.available(order.state, order, Actor.SELLER)
    skip = [
        InlineKeyboardButton(
            text=words(f"button-no-{ask}"),
            callback_data=SkipButton(action=action, order=order.public_id, seq=order.seq, ask=ask).pack(),
        )
        for row in rows_now
        if row.action is action and ask in row.optional
    ]
    return Screen(text, keyboard(skip, [_look(order, "card", words("button-back"))]))


_NOT_NOW = {"no_chat": "reply-kept", "stopped": "reply-stopped"}


def replied_text(order: Order, why_not: str | None, later: datetime | None, words: Words) -> str:
    """What becomes of a member's words to the buyer: they go, wait for the morning, are kept, or lost."""
    number = said(order.number, 64)
    if why_not is not None:
        return words(_NOT_NOW.get(why_not, "reply-lost"), number=number)
    if later is not None:
        return words("reply-later", number=number, at=words.clock(later, zone_of(order)))
    return words("reply-sent", number=number)


def write_screen(card: Card, words: Words) -> Screen:
    order = card.order
    if card.buyer_away is not None:
        key = "ask-message-stopped" if card.buyer_away == "stopped" else "ask-message-away"
    elif order.buyer_id is None:
        key = "ask-message-unlinked"
    else:
        key = "ask-message-signed" if card.member and card.member.signature else "ask-message"
    text = words(key, number=said(order.number, 64), who=signature_of(card.member, order.shop, words))
    return Screen(text, keyboard([_look(order, "card", words("button-back"))]))


def history_screen(
    order: Order,
    events: Sequence[OrderEvent],
    notes: Sequence[Note],
    words: Words,
    *,
    can: frozenset[Ability] = frozenset(),
) -> Screen:
    """Who did what and when, and what they noted; the oldest lines give way where there are too many. Who can erase
    the buyer of a closed order finds the way here, where no thumb strays."""
    zone = zone_of(order)
    dated = [(event.at, _history_line(order, event, words, zone)) for event in events]
    dated += [(note.at, note_line(note, order, words, LONGEST_NOTE)) for note in notes]
    lines = [line for _, line in sorted(dated, key=_moment)][::-1]
    title = words("history-title", number=said(order.number, 64))
    text = fitted([f"<b>{title}</b>"], lines, lambda count: words("card-more", count=count), [])
    erasable = Ability.ERASE in can and order.final and order.erased_at is None
    erase = [erase_button(order, words)] if erasable else []
    talk = [_look(order, "talk", words("button-talk"))] if Ability.SEE_BUYER in can else []
    return Screen(text, keyboard([_look(order, "card", words("button-card"))], talk, erase))


def _moment(dated: tuple[datetime, str]) -> datetime:
    return dated[0]


def _history_line(order: Order, event: OrderEvent, words: Words, zone: ZoneInfo) -> str:
    who = said(event.member.name, 60) if event.member and event.member.name else words(f"who-{event.actor}")
    first = event.action is Action.FIX_TTN and "from_ttn" not in event.facts
    cleared = event.action is Action.AGREE and "agreed_at" not in event.facts
    came = event.action is Action.FOLLOW and "source" in event.facts
    key = "first_ttn" if first else "not_agreed" if cleared else "came" if came else event.action
    what = words(f"event-{key}")
    if agreed := event.facts.get("agreed_at"):
        what = f"{what} {words.day_clock(datetime.fromisoformat(agreed), zone)}"
    if holder := event.facts.get("held_by"):
        what = f"{what} {said(str(holder), 60)}"
    if ttn := event.facts.get("ttn"):
        what = f"{what}, {words('history-ttn', ttn=said(str(ttn), 40))}"
    at = words.day_clock(event.at, zone)
    moved = "from_state" in event.facts or (event.seq == 0 and event.action is not Action.SHOW_PHONE)
    if not moved:
        return words("history-beside", at=at, who=who, what=what)
    status = words(f"{order.workflow.name}-state-{event.state}")
    return words("history-line", at=at, who=who, what=what, status=status)
