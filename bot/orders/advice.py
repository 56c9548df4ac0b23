"""Advice that a shop gets once: after its first claim, to switch off what rings beside us (R48, G01, G02)."""

from datetime import datetime

from sqlalchemy.orm import Session

from bot import notify
from bot.recipients import RULES
from models.order import Order
from models.outbox import Notice
from models.roles import CAN, Ability
from models.workflow import Action

CLAIMS = frozenset({Action.TAKE, Action.TAKE_CONFIRM})


def advise_once(session: Session, order: Order, action: Action, now: datetime) -> None:
    """Once a shop, and never where it is done already, or nothing but us rings."""
    shop = order.shop
    told = shop.advised_at is not None or shop.silenced_at is not None
    if told or action not in CLAIMS or not order.workflow.cabinet:
        return
    shop.advised_at = now
    notify.queue(
        session,
        [
            notify.row(
                Notice.ONE_BELL,
                now,
                now + RULES[Notice.ONE_BELL].delay,
                dedupe=f"{Notice.ONE_BELL}:{shop.id}:{member.account_id}",
                account=member.account,
                member=member,
                shop_id=shop.id,
            )
            for member in notify.members(session, shop.id)
            if Ability.SETTINGS in CAN[member.role]
        ],
    )
