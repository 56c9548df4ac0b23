"""Whose request it is, and whether that shop is within its pace."""

import re
import time
from collections.abc import Callable, Hashable

from aiohttp import hdrs, web
from pyrate_limiter import GCRA, Duration, Rate

from handlers.web.ports import Keys
from handlers.web.problems import Problem, later

_BEARER = re.compile(r"bearer +([A-Za-z0-9._~+/-]{1,256}=*)", re.IGNORECASE)


REMEMBERED = 10_000
"""Whose requests are counted at most; who has been there longest begins anew (L2)."""


class Pace:
    """So many requests a second for each shop or address, and a burst: one number for each, no thread, no timer."""

    def __init__(self, per_second: int, burst: int, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._gcra = GCRA()
        self._rates = [Rate(per_second, Duration.SECOND, burst=burst)]
        self._fresh = self._gcra.initial(self._rates)
        self._states: dict[Hashable, tuple[float, ...]] = {}
        self._monotonic = monotonic

    def wait(self, who: Hashable) -> int:
        """Counts one request. Seconds after which the next may pass, 0 where this one may."""
        state = self._states.get(who, self._fresh)
        now = int(self._monotonic() * 1000)
        self._states[who], decision = self._gcra.step(self._rates, state, now, 1)
        if len(self._states) > REMEMBERED:
            del self._states[next(iter(self._states))]
        return 0 if decision.allowed else max(1, -(-(decision.retry_after_ms or 0) // 1000))


class Access:
    def __init__(self, keys: Keys, pace: Pace) -> None:
        self._keys = keys
        self._pace = pace

    async def shop_of(self, request: web.Request) -> int:
        """The shop whose key the request bears. Raises Problem 401, 429."""
        said = request.headers.getall(hdrs.AUTHORIZATION, ())
        key = _BEARER.fullmatch(said[0]) if len(said) == 1 else None
        shop_id = None if key is None else await self._keys.shop_of(key[1])
        if shop_id is None:
            raise Problem(
                401,
                "A shop's API key is needed: Authorization: Bearer KEY",
                headers={hdrs.WWW_AUTHENTICATE: "Bearer"},
            )
        if wait := self._pace.wait(shop_id):
            raise later(429, wait, "Too many requests for this shop")
        return shop_id
