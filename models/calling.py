"""When buyers may be called: windows of the same kind as a shop's hours (R35 R36, G21 G52, C12)."""

from datetime import date
from functools import lru_cache

from models.worktime import Interval, OpenHours, WorkSchedule


@lru_cache(maxsize=64)
def globus_quiet(zone: str) -> WorkSchedule:
    """G21 G52: 21:00-9:00 each night, the hours that do not count."""
    return WorkSchedule(zone, ((Interval(21 * 60, 33 * 60),),) * 7)


@lru_cache(maxsize=64)
def _daytime(zone: str) -> WorkSchedule:
    return WorkSchedule(zone, ((Interval(9 * 60, 21 * 60),),) * 7)


def daytime_calling(shop: WorkSchedule) -> OpenHours:
    """9:00-21:00 each day in the shop's zone: what `globus_quiet` leaves of it (G52)."""
    return _daytime(shop.zone)


@lru_cache(maxsize=64)
def rozetka_calling(zone: str, days_off: frozenset[date] = frozenset()) -> WorkSchedule:
    """R35 R36: calls are made 9-21, on weekends and days off 10-20."""
    workday, day_off = (Interval(9 * 60, 21 * 60),), (Interval(10 * 60, 20 * 60),)
    return WorkSchedule(zone, (workday,) * 5 + (day_off,) * 2, dict.fromkeys(days_off, day_off))


def weekend_calling(shop: WorkSchedule) -> OpenHours:
    """`rozetka_calling` with the shop's own days off."""
    return rozetka_calling(shop.zone, shop.days_off)
