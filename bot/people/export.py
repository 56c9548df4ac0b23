"""What a buyer may take along: everything we know of them, across shops, and of nobody else (K9)."""

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.people.forgetting import own_orders
from models.file import File
from models.message import Direction
from models.order import Order, OrderEvent
from models.outbox import Notification
from models.people import Account, Messenger
from models.talk import talk_of
from models.viber import user_of
from models.workflow import DeliveryKind

Json = dict[str, Any]


def _known_as(session: Session, account: Account) -> str:
    """As the messenger itself names the person: the number that we give people on Viber tells them nothing."""
    if account.messenger is not Messenger.VIBER:
        return account.external_id
    user = user_of(session, int(account.external_id)) if account.external_id.isdecimal() else None
    return account.external_id if user is None else user.viber_id


def export(session: Session, account: Account, phone: str | None) -> tuple[Json, bool]:
    """The person's data, and whether some of it is left out.

    Whoever opened a link need not be the buyer (rules 1.8.9): name, whole phone, e-mail, recipient and a home
    address are told only of orders for `phone`, the number that the person has shown to be their own.
    """
    orders = own_orders(session, account)
    told = [_order(session, order, known=order.buyer_phone == phone) for order in orders]
    about = {
        "messenger": str(account.messenger),
        "messenger_id": _known_as(session, account),
        "name": account.name,
        "language": account.language,
        "known_since": _iso(account.created_at),
        "privacy_notice": {"version": account.notice_version, "shown_at": _iso(account.notice_at)},
        "messages_stopped_at": _iso(account.stopped_at),
    }
    return {"you": about, "orders": told}, any(order.buyer_phone != phone for order in orders)


def _order(session: Session, order: Order, *, known: bool) -> Json:
    at_home = order.delivery_kind is DeliveryKind.OWN
    return {
        "number": order.number,
        "shop": order.shop.name,
        "created_at": _iso(order.created_at),
        "status": str(order.status),
        "your_answer": None if order.buyer_answer is None else str(order.buyer_answer),
        "buyer": {
            "name": order.buyer_name if known else None,
            "phone": order.buyer_phone if known else f"...{order.buyer_phone[-4:]}",
            "email": order.buyer_email if known else None,
            "pickup_rate": order.pickup_rate if known else None,
        },
        "goods": [
            {"title": line.title, "quantity": line.quantity, "price": _money(line.price)}
            for line in order.lines
        ],
        "total": _money(order.total),
        "payment": {"method": order.payment_method, "status": order.payment_status},
        "delivery": {
            "carrier": order.carrier,
            "address": order.address if known or not at_home else None,
            "recipient": order.recipient if known else None,
            "parcels": [{"ttn": parcel.ttn, "status": str(parcel.status)} for parcel in order.parcels],
        },
        "comment": order.comment if known else None,
        "messages": _messages(session, order),
        "history": _history(session, order),
        "notices_to_you": _notices(session, order),
    }


def _messages(session: Session, order: Order) -> list[Json]:
    """Times, channels and states, as a shop's people have them (R39 G63); who of the shop wrote is theirs."""
    return [
        {
            "at": _iso(line.message.at),
            "from": "you" if line.message.direction is Direction.FROM_BUYER else "shop",
            "channel": line.channel,
            "state": None if line.told is None else str(line.told.state),
            "text": line.message.text,
            "attachment": _attachment(line.message.file),
        }
        for line in talk_of(session, order)
    ]


def _attachment(file: File | None) -> Json | None:
    if file is None:
        return None
    named = {"name": file.name, "type": file.mime, "bytes": file.size} if file.size else {}
    return {"kind": str(file.kind)} | named | file.facts


def _history(session: Session, order: Order) -> list[Json]:
    """What happened to the order; who of the shop did it is theirs."""
    found = session.scalars(select(OrderEvent).where(OrderEvent.order_id == order.id).order_by(OrderEvent.id))
    return [
        {
            "at": _iso(event.at),
            "by": str(event.actor),
            "action": str(event.action),
            "status": str(event.status),
        }
        for event in found
    ]


def _notices(session: Session, order: Order) -> list[Json]:
    found = session.scalars(
        select(Notification)
        .where(Notification.order_id == order.id, Notification.recipient == "buyer")
        .order_by(Notification.id)
    )
    return [{"at": _iso(row.at), "about": str(row.kind), "state": str(row.state)} for row in found]


def _money(kopecks: int) -> str:
    return f"{kopecks // 100}.{kopecks % 100:02d}"


def _iso(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat(timespec="seconds").replace("+00:00", "Z")
