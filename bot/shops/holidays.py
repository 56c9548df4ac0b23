"""The state holidays of the year to come: dates and names from the `holidays` package, and nothing more.

Under martial law they are working days by law, so that the package knows them as such; whether a shop works
then is decided by its owner alone (rules 1.5).
"""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

A_YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Holiday:
    day: date
    name: str


@lru_cache(maxsize=16)
def coming(since: date) -> tuple[Holiday, ...]:
    """Those of a year from a day on, in order, by their Ukrainian names."""
    import holidays  # a tenth of a second, which only who asks pays

    years = [since.year, since.year + 1]
    known = holidays.country_holidays(
        "UA", years=years, categories=("public", "workday"), language="uk", observed=False
    )
    return tuple(Holiday(day, name) for day, name in sorted(known.items()) if since <= day < since + A_YEAR)
