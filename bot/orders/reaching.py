"""A buyer whom nothing has reached: somebody talked to them, knows another number, or sends the parcel all the same
(RC10)."""

from datetime import datetime

from sqlalchemy.orm import Session

from bot import retelling
from bot.orders import find
from bot.orders.deadlines import changed
from models.errors import NotAllowed
from models.fields import read_phone
from models.order import Order
from models.roles import MAY
from models.search_text import search_text
from models.shop import Member
from models.workflow import DISPATCH, Action, Actor


def check(order: Order, action: Action) -> None:
    """Before the parcel leaves. Raises NotAllowed(unreached), unless somebody has said that it may."""
    if action in DISPATCH and order.unreached_at is not None and order.risk_at is None:
        raise NotAllowed("unreached")


def reach(
    session: Session,
    public_id: str,
    by: int,
    how: Action,
    said: str,
    cause: str,
    now: datetime,
    *,
    sms: bool = False,
) -> tuple[Order, Member]:
    """`REACHED`: somebody has talked to the buyer. `CONTACT`: `said` is another number, kept beside the order's own;
    where there is `sms`, what the buyer was not told goes there. `AT_RISK`: the parcel goes although nobody knows; the
    history says who decided it.

    Raises NoSuchOrder, NotAllowed: `role`, `erased`, `bad_phone`.
    """
    order, member = find.for_member(session, public_id, by)
    if not MAY[member.role] & DISPATCH:
        raise NotAllowed("role")
    if find.done_before(session, order, cause, how) is not None:
        return order, member
    if order.erased_at is not None:
        raise NotAllowed("erased")
    if how is Action.CONTACT:
        order.contact_phone = _phone(said)
        order.search = search_text(order.number, order.buyer_phone, order.buyer_name, order.contact_phone)
    event = order.record(how, Actor.SELLER, now, cause, member)
    session.add(event)
    session.flush()
    if how is Action.AT_RISK:
        order.risk_at = now
    elif how is Action.REACHED or retelling.retell(session, order, event, now, sms=sms):
        order.unreached_at = order.unreached_why = None
    changed(session, order, now, own=by)
    return order, member


def _phone(said: str) -> str:
    try:
        phone = read_phone(said)
    except ValueError:
        raise NotAllowed("bad_phone") from None
    if not phone.valid:
        raise NotAllowed("bad_phone")
    return phone.text
