"""An order's terms as its rows say: its shop's clocks, the moments to ring at, how much has passed."""

import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.limits import Calendar, Planned, Running, Steps, plan, running
from models.order import Order
from models.outbox import MarketplaceUpdate, UpdateTask
from models.shop import Shop
from models.workflows import WORKFLOWS
from models.worktime import WorkSchedule


@lru_cache(maxsize=1024)
def _calendar(hours: str, marketplace: str) -> Calendar:
    return Calendar(WorkSchedule.from_json(hours), WORKFLOWS[marketplace].calling)


def calendar_of(shop: Shop) -> Calendar:
    return _calendar(shop.hours, shop.marketplace)


def schedule_of(shop: Shop) -> WorkSchedule:
    return calendar_of(shop).shop


def today_of(shop: Shop, now: datetime) -> date:
    """The date on the shop's wall."""
    return now.astimezone(ZoneInfo(schedule_of(shop).zone)).date()


@lru_cache(maxsize=1024)
def chosen_steps(text: str | None) -> Steps:
    """Of `Shop.steps`: minutes by the limit's kind, `{"untouched": [60, 90, 120]}`."""
    chosen: dict[str, list[int]] = json.loads(text) if text else {}
    return {kind: tuple(timedelta(minutes=step) for step in steps) for kind, steps in chosen.items()}


def behind_since(session: Session, order_ids: Iterable[int]) -> Mapping[int, datetime]:
    """Since when the marketplace's cabinet has not seen these orders' changes, where it has not (1.8.3)."""
    rows = session.execute(
        select(MarketplaceUpdate.order_id, func.min(MarketplaceUpdate.at))
        .where(MarketplaceUpdate.order_id.in_(list(order_ids)), MarketplaceUpdate.state == UpdateTask.CABINET)
        .group_by(MarketplaceUpdate.order_id)
    )
    return {row[0]: row[1] for row in rows}


def plan_of(order: Order, behind: datetime | None) -> list[Planned]:
    """`models.limits.plan` for a stored order."""
    shop = order.shop
    return plan(order.workflow.limits, order, behind, calendar_of(shop), chosen_steps(shop.steps))


def running_of(order: Order, behind: datetime | None, now: datetime) -> list[Running]:
    """`models.limits.running` for a stored order."""
    return running(order.workflow.limits, order, behind, calendar_of(order.shop), now)
