"""The clock in words: how much of a term has passed, until when it runs, what a reminder is about."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from aiogram.types import InlineKeyboardButton

from bot.l10n import Words
from keyboards.callbacks import LookButton, MomentButton, SkipButton, SnoozeButton
from keyboards.screen import Screen, keyboard, said
from models.card import Card
from models.limits import Running
from models.order import Order
from models.outbox import Notice, Notification
from models.terms import schedule_of
from models.workflow import Action, Ask

A_WHILE = timedelta(minutes=5)
"""What is to be told later than that waits for the morning; the next try after a fault comes sooner."""

SNOOZES = (15, 30, 60)
"""Minutes after which a member may ask to be rung again."""


def zone_of(order: Order) -> ZoneInfo:
    return ZoneInfo(schedule_of(order.shop).zone)


def span(amount: timedelta) -> str:
    """ "0:47", "2:00", "26:05": hours and minutes that have passed, cut, not rounded."""
    minutes = int(amount.total_seconds()) // 60
    return f"{minutes // 60}:{minutes % 60:02}"


def arrived_at(order: Order, now: datetime, words: Words) -> str:
    """The time of day where it came today, else with the date."""
    zone = zone_of(order)
    today = order.created_at.astimezone(zone).date() == now.astimezone(zone).date()
    return (words.clock if today else words.day_clock)(order.created_at, zone)


def clock_line(clock: Running, arrived: str, words: Words) -> str:
    """ "0:47 of 2:00 of working time have passed, arrived 14:10"."""
    term = clock.limit.term or timedelta()
    key = "card-clock-over" if clock.passed >= term else "card-clock"
    hours = words(f"hours-{clock.limit.hours}")
    return words(key, passed=span(clock.passed), term=span(term), hours=hours, arrived=arrived)


def until(clock: Running | None, order: Order, now: datetime, words: Words) -> str:
    """ "take it by 11:00", or that the term is over; nothing where no term runs."""
    if clock is None or clock.ends_at is None:
        return ""
    zone = zone_of(order)
    today = clock.ends_at.astimezone(zone).date() == now.astimezone(zone).date()
    at = (words.clock if today else words.day_clock)(clock.ends_at, zone)
    if clock.ends_at <= now:
        return words("until-over", at=at)
    return words(f"until-{clock.limit.kind}", at=at)


def notice_title(about: Notification, number: str, words: Words) -> str | None:
    """The first line of a card that a notice brings; None where the card's own says it."""
    if about.kind is Notice.BUYER_CANCELLED:
        return words("card-title-buyer-cancelled", number=number)
    if about.kind is Notice.HANDED_TO:
        return words("card-title-handed_to", number=number)
    if about.kind is Notice.ORDER_CHANGED:
        if "payment" not in about.facts:
            return words("card-title-differs", number=number)
        status = words(f"payment-status-{about.facts['payment']}")
        return words("card-title-paid", number=number, status=status)
    if not about.facts.get("due"):
        return None
    kind, step, term = about.facts["due"][0]
    over = f"card-title-{kind}-over"
    passed = timedelta(seconds=abs(step))
    return words(
        over if term is not None and step >= term and words.has(over) else f"card-title-{kind}",
        number=number,
        step=span(passed),
        days=passed.days,
        term=span(timedelta(seconds=term or 0)),
    )


def besides_line(about: Notification | None, words: Words) -> str | None:
    """What is due about the order besides what the title says."""
    if about is not None and about.kind is Notice.HANDED_TO:
        return words("card-handed-by", name=said(str(about.facts["by"]), 60))
    more = about.facts.get("due", [])[1:] if about is not None else []
    what = ", ".join(dict.fromkeys(words(f"due-{kind}") for kind, _, _ in more))
    return words("card-also-due", what=what) if what else None


def reminder_line(about: Notification, words: Words) -> str:
    """What a reminder says in a line of many."""
    return ", ".join(dict.fromkeys(words(f"due-{kind}") for kind, _, _ in about.facts["due"]))


def snooze_screen(order: Order, words: Words) -> Screen:
    """When to be rung again about an order."""
    choices = [
        InlineKeyboardButton(
            text=words(f"snooze-{minutes}"),
            callback_data=SnoozeButton(order=order.public_id, minutes=minutes).pack(),
        )
        for minutes in (*SNOOZES, 0)
    ]
    back = InlineKeyboardButton(
        text=words("button-back"), callback_data=LookButton(order=order.public_id, what="card").pack()
    )
    text = words("ask-later", number=said(order.number, 64))
    return Screen(text, keyboard(choices[:3], choices[3:], [back]))


def agreed_line(card: Card, words: Words) -> str | None:
    """When it is agreed to be sent; where the day that was named is a day off, that it is."""
    if card.order.agreed_at is None:
        return None
    at = words.day_clock(card.order.agreed_at, zone_of(card.order))
    if card.closed_on is not None:
        return words("card-agreed-closed", at=at, day=f"{card.closed_on:%d.%m}")
    return words("card-agreed", at=at)


def moment_screen(card: Card, words: Words) -> Screen:
    """When it will be sent: three days to choose from, or any words; what was agreed can be dropped."""
    order = card.order
    today = card.at.astimezone(zone_of(order)).date()
    days = [
        InlineKeyboardButton(
            text=words(f"moment-{ahead}"),
            callback_data=MomentButton(
                order=order.public_id, seq=order.seq, day=(today + timedelta(days=ahead)).isoformat()
            ).pack(),
        )
        for ahead in range(3)
    ]
    none = InlineKeyboardButton(
        text=words("button-no-moment"),
        callback_data=SkipButton(
            action=Action.AGREE, order=order.public_id, seq=order.seq, ask=Ask.MOMENT
        ).pack(),
    )
    back = InlineKeyboardButton(
        text=words("button-back"), callback_data=LookButton(order=order.public_id, what="card").pack()
    )
    text = words("ask-moment", number=said(order.number, 64))
    return Screen(text, keyboard(days, [none] if order.agreed_at is not None else [], [back]))
