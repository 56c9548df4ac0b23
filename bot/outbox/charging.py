"""What may be sent where a message costs money: one that its reader began a talk for within a day costs nothing.

Of the others, what is only nice to know waits until the reader writes, what would make no sound elsewhere waits for
the morning (house 8.6), and what exceeds a shop's cap is held and its owners are told; a new order rings always.
"""

from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from bot import notify, releasing
from bot.outbox import routing
from bot.outbox.ending import end
from bot.recipients import RULES
from models.db import wake
from models.outbox import OPEN, Notice, Notification, NotificationState
from models.people import Messenger
from models.shop import Shop
from models.terms import calendar_of
from models.viber import month_of, paid_this_month, session_open, subscribed

LOOK_AGAIN = timedelta(days=1)
KEPT = timedelta(days=7)
"""How long what is nice to know waits for its reader."""
OFF, CAP, WAITED, HEARD = "viber_off", "viber_cap", "waited_too_long", "until_heard"
ALWAYS = frozenset({Notice.NEW_ORDER, Notice.VIBER_CAP})


def may_cost(session: Session, row: Notification, silent: bool, now: datetime) -> bool:
    """Whether a row for a messenger that charges goes out now; one that does not is put off or ended here."""
    if not subscribed(session, row.chat or ""):
        # Viber takes nothing for them until their first word.
        row.due_at, row.reason = now + LOOK_AGAIN, HEARD
        return False
    if session_open(session, row.chat or "", now):
        row.paid = False
        return True
    shop = session.get(Shop, row.shop_id) if row.shop_id is not None else None
    if RULES[row.kind].waits:
        if now - row.created_at > KEPT:
            end(row, NotificationState.SKIPPED, WAITED, now)
        else:
            row.due_at, row.reason = now + LOOK_AGAIN, HEARD
        return False
    opens = calendar_of(shop).shop.next_open(now) if silent and shop is not None else None
    if opens is not None and opens > now:
        row.due_at = opens
        return False
    if shop is not None and row.kind not in ALWAYS:
        if not shop.viber:
            end(row, NotificationState.HELD, OFF, now)
            return False
        if shop.viber_cap is not None and paid_this_month(session, shop, now) >= shop.viber_cap:
            end(row, NotificationState.HELD, CAP, now)
            month, facts = f"{month_of(shop, now):%Y-%m-%d}", {"cap": shop.viber_cap}
            notify.tell_owners(session, Notice.VIBER_CAP, shop.id, now, mark=month, facts=facts)
            return False
    row.paid = True
    return True


def heard(session: Session, chat: str, now: datetime) -> None:
    """They have written: what waited for that is told now, at no cost. What they were asked at the door they have seen:
    they answer from there."""
    questions = session.scalars(
        select(Notification).where(
            OPEN,
            Notification.channel == Messenger.VIBER,
            Notification.chat == chat,
            Notification.state == NotificationState.QUEUED,
            Notification.kind == Notice.CONFIRM_REQUEST,
        )
    )
    seen = [row for row in questions if releasing.ASKED in row.facts]
    for row in seen:
        end(row, NotificationState.SEEN, None, now)
        routing.tell_no_more(session, row, now)
    notify.redraw_all(session, {row.order_id for row in seen if row.order_id is not None}, now)
    session.execute(
        update(Notification)
        .where(
            Notification.channel == Messenger.VIBER,
            Notification.chat == chat,
            Notification.state == NotificationState.QUEUED,
            Notification.reason == HEARD,
        )
        .values(due_at=now, reason=None)
        .execution_options(synchronize_session=False)
    )
    wake(session, notify.OUTBOX)
