"""A new order comes in: idempotent, whole, in as few statements as a set of them needs (S1)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Table, insert, select, tuple_
from sqlalchemy.orm import Session

from bot import notify, readers
from bot.orders.source import tell_change
from bot.recipients import RULES
from models.db import wake
from models.deadline import Deadline
from models.errors import KeyReused
from models.intake import NewOrder
from models.limits import plan
from models.links import new_public_id
from models.order import IntakeKey, Order, OrderEvent, OrderLine, paid_before
from models.outbox import Notice, Notification
from models.people import Account
from models.search_text import search_text
from models.shop import Member, Shop
from models.terms import calendar_of, chosen_steps
from models.workflow import Action, Actor, Workflow
from models.workflows import WORKFLOWS

_ORDERS = cast(Table, Order.__table__)
_LINES = cast(Table, OrderLine.__table__)
_EVENTS = cast(Table, OrderEvent.__table__)
_DEADLINES = cast(Table, Deadline.__table__)
_NOTIFICATIONS = cast(Table, Notification.__table__)


@dataclass(frozen=True, slots=True)
class Arrival:
    """An order at the door, with what makes it recognisable when it comes again."""

    shop_id: int
    form: NewOrder
    key: str | None
    digest: bytes
    cause: str
    now: datetime
    by: Member | None = None
    """Who makes it by hand: the history says so, and no ring tells them what they have just made."""
    fallbacks: bool = False
    """Whether a buyer without a chat can be asked by another way."""


@dataclass(frozen=True, slots=True)
class Received:
    """What the source is told: the order's ids and its status now. `replayed`: it was here before."""

    public_id: str
    number: str
    status: str
    link_generation: int
    replayed: bool


@dataclass(slots=True)
class _Known:
    id: int
    public_id: str
    number: str
    digest: bytes
    link_generation: int


def receive(session: Session, arrivals: Sequence[Arrival]) -> list[Received | Exception]:
    """Store a set of orders with their lines, deadlines and notifications. An answer per order, in order.

    A repeat (same number, same key, or both) gets the first answer again; the same key with another body is
    KeyReused; the same number with another body and no key is noted in the history and on the card.
    """
    known = _known_orders(session, arrivals)
    keys = _known_keys(session, arrivals)
    answers: list[Received | Exception | None] = [None] * len(arrivals)
    fresh: list[tuple[int, Arrival, _Known]] = []
    for at, arrival in enumerate(arrivals):
        name = (arrival.shop_id, arrival.form.number)
        key = (arrival.shop_id, arrival.key) if arrival.key is not None else None
        if key is not None and key in keys and keys[key] != arrival.digest:
            answers[at] = KeyReused()
            continue
        found = known.get(name)
        if found is None:
            found = known[name] = _Known(0, new_public_id(), arrival.form.number, arrival.digest, 1)
            fresh.append((at, arrival, found))
            replayed = False
        else:
            replayed = True
            if found.digest != arrival.digest:
                _note_difference(session, found, arrival)
        if key is not None:
            keys[key] = arrival.digest
        answers[at] = Received(found.public_id, found.number, "new", found.link_generation, replayed)
    if fresh:
        _store(session, fresh)
    _store_keys(session, arrivals, answers, known)
    return [answer for answer in answers if answer is not None]


def _known_orders(session: Session, arrivals: Sequence[Arrival]) -> dict[tuple[int, str], _Known]:
    # Shops and numbers apart, not in pairs: a few rows too many cost less than a condition for each pair.
    rows = session.execute(
        select(
            _ORDERS.c.shop_id,
            _ORDERS.c.number,
            _ORDERS.c.id,
            _ORDERS.c.public_id,
            _ORDERS.c.digest,
            _ORDERS.c.link_generation,
        ).where(
            _ORDERS.c.shop_id.in_({arrival.shop_id for arrival in arrivals}),
            _ORDERS.c.number.in_({arrival.form.number for arrival in arrivals}),
        )
    )
    return {
        (row.shop_id, row.number): _Known(row.id, row.public_id, row.number, row.digest, row.link_generation)
        for row in rows
    }


def _known_keys(session: Session, arrivals: Sequence[Arrival]) -> dict[tuple[int, str], bytes]:
    names = {(arrival.shop_id, arrival.key) for arrival in arrivals if arrival.key is not None}
    if not names:
        return {}
    rows = session.execute(
        select(IntakeKey.shop_id, IntakeKey.key, IntakeKey.digest).where(
            tuple_(IntakeKey.shop_id, IntakeKey.key).in_(names)
        )
    )
    return {(row.shop_id, row.key): row.digest for row in rows}


def _store(session: Session, fresh: Sequence[tuple[int, Arrival, _Known]]) -> None:
    shops = {
        shop.id: shop
        for shop in session.scalars(
            select(Shop).where(Shop.id.in_({arrival.shop_id for _, arrival, _ in fresh}))
        )
    }
    staff = {shop_id: readers.staff_of(session, shop_id) for shop_id in shops}
    buyers = _buyers(session, fresh, staff)
    connection = session.connection()  # whole sets of rows: the ORM would look at each of them
    connection.execute(
        insert(_ORDERS),
        [
            _order_row(arrival, found, shops[arrival.shop_id], buyers.get(found.public_id))
            for _, arrival, found in fresh
        ],
    )
    stored = select(_ORDERS.c.public_id, _ORDERS.c.id).where(
        _ORDERS.c.public_id.in_([found.public_id for _, _, found in fresh])
    )
    ids: dict[str, int] = {row.public_id: row.id for row in connection.execute(stored)}
    lines: list[dict[str, Any]] = []
    events: list[dict[str, Any]] = []
    deadlines: list[dict[str, Any]] = []
    rings: list[dict[str, Any]] = []
    for _, arrival, found in fresh:
        order_id = found.id = ids[found.public_id]
        shop = shops[arrival.shop_id]
        workflow = WORKFLOWS[shop.marketplace]
        lines += _line_rows(arrival, order_id)
        events.append(_event_row(arrival, order_id, workflow))
        deadlines += _deadline_rows(arrival, order_id, workflow, shop)
        rings += _ring_rows(arrival, order_id, shop, staff[shop.id])
        buyer = buyers.get(found.public_id)
        if arrival.form.do_not_call and (buyer is not None or arrival.fallbacks):
            rings.append(_question_row(arrival, order_id, shop, found.link_generation, buyer))
    connection.execute(insert(_LINES), lines)
    connection.execute(insert(_EVENTS), events)
    if deadlines:
        connection.execute(insert(_DEADLINES), deadlines)
    if rings:
        connection.execute(insert(_NOTIFICATIONS), rings)
    wake(session, notify.OUTBOX)


def _buyers(
    session: Session, fresh: Sequence[tuple[int, Arrival, _Known]], staff: Mapping[int, readers.Staff]
) -> dict[str, Account]:
    """Who gave their number so that orders with it come to their chat, by the orders' public ids. Whoever works in
    the shop only looks at its orders (1.8.9)."""
    phones = {arrival.form.buyer.phone for _, arrival, _ in fresh}
    known = {
        account.phone: account
        for account in session.scalars(select(Account).where(Account.phone.in_(phones), Account.reachable))
    }
    found: dict[str, Account] = {}
    for _, arrival, order in fresh:
        account = known.get(arrival.form.buyer.phone)
        if account is not None and all(one.account_id != account.id for one in staff[arrival.shop_id].people):
            found[order.public_id] = account
    return found


def _store_keys(
    session: Session,
    arrivals: Sequence[Arrival],
    answers: Sequence[Received | Exception | None],
    known: dict[tuple[int, str], _Known],
) -> None:
    stored = _known_keys(session, arrivals)
    rows: dict[tuple[int, str], dict[str, Any]] = {}
    for arrival, answer in zip(arrivals, answers, strict=True):
        if arrival.key is None or not isinstance(answer, Received):
            continue
        name = (arrival.shop_id, arrival.key)
        if name not in stored:
            rows[name] = {
                "shop_id": arrival.shop_id,
                "key": arrival.key,
                "digest": arrival.digest,
                "order_id": known[(arrival.shop_id, arrival.form.number)].id,
                "at": arrival.now,
            }
    if rows:
        session.execute(insert(IntakeKey), list(rows.values()))


def _order_row(arrival: Arrival, found: _Known, shop: Shop, buyer: Account | None) -> dict[str, Any]:
    form, workflow = arrival.form, WORKFLOWS[shop.marketplace]
    return {
        "public_id": found.public_id,
        "shop_id": arrival.shop_id,
        "number": form.number,
        "source": str(form.source),
        "created_at": form.created_at or arrival.now,
        "received_at": arrival.now,
        "off_hours": _off_hours(arrival, shop),
        "buyer_name": form.buyer.name,
        "buyer_phone": form.buyer.phone,
        "phone_valid": form.buyer.phone_valid,
        "buyer_email": form.buyer.email,
        "account_linked": form.buyer.account_linked,
        "search": search_text(form.number, form.buyer.phone, form.buyer.name),
        "carrier": str(form.delivery.carrier),
        "address": form.delivery.address or "",
        "recipient": form.delivery.recipient,
        "delivery_term": form.delivery.term,
        "delivery_cost": form.delivery.cost,
        "payment_method": str(form.payment.method),
        "payment_status": str(form.payment.status),
        "total": sum(line.price * line.quantity for line in form.lines),
        "do_not_call": form.do_not_call,
        "comment": form.comment,
        "pickup_rate": None if form.pickup_rate is None else str(form.pickup_rate),
        "digest": arrival.digest,
        "differs": False,
        "status": workflow.first.status,
        "state": workflow.first.key,
        "seq": 0,
        "version": 1,
        "attempts": 0,
        "link_generation": found.link_generation,
        "buyer_id": None if buyer is None else buyer.id,
        "changed_at": arrival.now,
        "entered_at": arrival.now,
    }


def _line_rows(arrival: Arrival, order_id: int) -> list[dict[str, Any]]:
    return [
        {
            "order_id": order_id,
            "position": position,
            "title": line.title,
            "sku": line.sku,
            "quantity": line.quantity,
            "price": line.price,
        }
        for position, line in enumerate(arrival.form.lines)
    ]


def _event_row(arrival: Arrival, order_id: int, workflow: Workflow) -> dict[str, Any]:
    return {
        "order_id": order_id,
        "at": arrival.now,
        "actor": Actor.SELLER if arrival.by else Actor.MARKETPLACE,
        "member_id": arrival.by.id if arrival.by else None,
        "action": Action.CREATE if arrival.by else Action.FOLLOW,
        "status": workflow.first.status,
        "state": workflow.first.key,
        "seq": 0,
        "facts": {"source": str(arrival.form.source)},
        "cause": arrival.cause,
    }


def _deadline_rows(arrival: Arrival, order_id: int, workflow: Workflow, shop: Shop) -> list[dict[str, Any]]:
    planned = plan(
        workflow.limits,
        _Fresh(arrival, shop, workflow.first.key),
        None,
        calendar_of(shop),
        chosen_steps(shop.steps),
    )
    return [
        {
            "order_id": order_id,
            "kind": moment.kind,
            "step": moment.step,
            "since": moment.since,
            "due_at": moment.due_at,
        }
        for moment in planned
    ]


def _off_hours(arrival: Arrival, shop: Shop) -> bool:
    """Whether the shop is closed when the order is made (R33)."""
    return not calendar_of(shop).shop.is_open(arrival.form.created_at or arrival.now)


class _Fresh:
    """What a limit looks at, of an order that is just coming in."""

    agreed_at = missed_at = None
    attempts = 0
    answered = False

    def __init__(self, arrival: Arrival, shop: Shop, state: str) -> None:
        form = arrival.form
        self.off_hours = _off_hours(arrival, shop)
        self.state = state
        self.created_at = form.created_at or arrival.now
        self.received_at = self.entered_at = arrival.now
        self.prepaid = paid_before(str(form.payment.method))
        self.payment_status = str(form.payment.status)
        self.do_not_call = form.do_not_call


def _ring_rows(arrival: Arrival, order_id: int, shop: Shop, staff: readers.Staff) -> list[dict[str, Any]]:
    rule = RULES[Notice.NEW_ORDER]
    base = {"order_id": order_id, "shop_id": shop.id}
    heard_by = readers.everybody(staff)
    if not heard_by and shop.mail is not None:
        named = f"{order_id}:{Notice.NEW_ORDER}::mail"
        return [notify.row(Notice.NEW_ORDER, arrival.now, arrival.now, dedupe=named, mail=shop.mail) | base]
    if not heard_by:
        return [
            notify.row(
                Notice.NEW_ORDER,
                arrival.now,
                arrival.now,
                dedupe=f"{order_id}:{Notice.NEW_ORDER}::nobody",
                reason=notify.NO_RECIPIENT,
            )
            | base
        ]
    return [
        notify.row(
            Notice.NEW_ORDER,
            arrival.now,
            arrival.now + rule.delay,
            dedupe=f"{order_id}:{Notice.NEW_ORDER}::{reader.key}",
            account=reader.account,
            member=reader.member,
            group=reader.group,
        )
        | base
        for reader in heard_by
        if arrival.by is None or reader.member is None or reader.member.id != arrival.by.id
    ]


def _question_row(
    arrival: Arrival, order_id: int, shop: Shop, generation: int, buyer: Account | None
) -> dict[str, Any]:
    """Is everything right? By day, since the buyer is not here now (1.8.8)."""
    return notify.row(
        Notice.CONFIRM_REQUEST,
        arrival.now,
        notify.unprompted(shop, arrival.now),
        dedupe=f"{order_id}:{Notice.CONFIRM_REQUEST}:{generation}:{'buyer' if buyer is None else buyer.id}",
        account=buyer,
        reason=notify.NO_CHAT if buyer is None else None,
    ) | {"order_id": order_id, "shop_id": shop.id}


def _note_difference(session: Session, found: _Known, arrival: Arrival) -> None:
    """The source told this number another way (contract 3): the first stands, the difference is shown."""
    cause = f"{arrival.cause}:{arrival.digest.hex()[:16]}"
    if session.scalar(
        select(OrderEvent.id).where(OrderEvent.cause == cause, OrderEvent.order_id == found.id)
    ):
        return
    order = session.get_one(Order, found.id)
    known, order.differs = order.differs, True
    event = order.record(Action.FOLLOW, Actor.MARKETPLACE, arrival.now, cause, differs=True)
    tell_change(session, order, event, arrival.now, tell=not known)
    notify.redraw(session, order, arrival.now)
