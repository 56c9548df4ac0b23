"""Who is who on Viber: its texts and our numbers, and what each chat shows, kept in memory while it is used."""

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from models.base import Clock
from models.db import Database
from models.viber import FIRST, ViberUser, forget_strangers, user_of

MOST = 10_000
"""People kept in memory; who was heard of longest ago goes first (L2)."""
FRESH = 60.0
"""Seconds within which another message of one person need not be noted: the session lasts a day."""


Stored = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Known:
    """A person's chat as we last wrote it down."""

    number: int
    viber_id: str
    subscribed: bool
    heard_at: datetime | None
    menu: Stored | None = None
    slot: Stored | None = None

    def in_session(self, now: datetime) -> bool:
        """Whether what we send costs nothing: within a day of their last word (facts: viber, 6)."""
        return self.heard_at is not None and _near(self.heard_at, now, 24 * 3600)


class Identities:
    """`erased` is woken whenever somebody is forgotten: the next message of theirs is that of a person never met."""

    def __init__(self, db: Database, clock: Clock, *, erased: str) -> None:
        self._db = db
        self._clock = clock
        self._numbers: dict[str, int] = {}
        self._known: OrderedDict[int, Known] = OrderedDict()
        db.on_wake(erased, self._numbers.clear)

    async def meet(self, viber_id: str) -> Known:
        """The person of this name, with a number where they had none."""

        def unit(session: Session) -> Known:
            user = session.scalars(select(ViberUser).where(ViberUser.viber_id == viber_id)).first()
            if user is None:
                user = ViberUser(viber_id=viber_id, subscribed=False, met_at=self._clock())
                session.add(user)
                session.flush()
            return _known(user)

        number = self._numbers.get(viber_id)
        if number is not None and (known := self._known.get(number)) is not None:
            return known
        return self._keep(await self._db.write(unit))

    async def find(self, number: int) -> Known | None:
        """Who has this number; None where nobody has, or has no longer."""
        if (known := self._known.get(number)) is not None:
            self._known.move_to_end(number)
            return known
        read = await self._db.read(lambda session: _maybe(user_of(session, number)))
        return None if read is None else self._keep(read)

    async def numbered(self, viber_id: str) -> int | None:
        """The number of a person, None for one whom we have never met."""
        if (number := self._numbers.get(viber_id)) is not None:
            return number
        query = select(ViberUser).where(ViberUser.viber_id == viber_id)
        read = await self._db.read(lambda session: _maybe(session.scalars(query).first()))
        return None if read is None else self._keep(read).number

    async def heard(self, known: Known) -> bool:
        """This person wrote or pressed: Viber takes messages for them, and a day begins in which they cost nothing.
        Whether it was over before."""
        now = self._clock()
        if known.subscribed and known.heard_at is not None and _near(known.heard_at, now):
            return False
        over = known.heard_at is None or not _near(known.heard_at, now, 24 * 3600)
        await self._note(replace(known, subscribed=True, heard_at=now), subscribed=True, heard_at=now)
        return over

    async def subscribe(self, known: Known, yes: bool) -> None:
        if known.subscribed is not yes:
            await self._note(replace(known, subscribed=yes), subscribed=yes)

    async def give_menu(self, known: Known, menu: Stored | None) -> None:
        await self._note(replace(known, menu=menu), menu=menu)

    async def lay(self, known: Known, slot: Stored | None) -> None:
        """This keyboard lies open in their chat from now on."""
        if known.slot != slot:
            await self._note(replace(known, slot=slot), slot=slot)

    async def tidy(self) -> None:
        """Strangers are forgotten, and what was kept in memory of anybody."""
        await self._db.write(lambda session: forget_strangers(session, self._clock()))
        self._known.clear()
        self._numbers.clear()

    async def _note(self, known: Known, **columns: Any) -> None:
        self._keep(known)
        statement = update(ViberUser).where(ViberUser.id == known.number - FIRST).values(**columns)
        await self._db.write(lambda session: session.execute(statement) and None)

    def _keep(self, known: Known) -> Known:
        self._numbers[known.viber_id] = known.number
        self._known[known.number] = known
        self._known.move_to_end(known.number)
        while len(self._known) > MOST:
            _, gone = self._known.popitem(last=False)
            self._numbers.pop(gone.viber_id, None)
        return known


def _known(user: ViberUser) -> Known:
    return Known(user.number, user.viber_id, user.subscribed, user.heard_at, user.menu, user.slot)


def _maybe(user: ViberUser | None) -> Known | None:
    return None if user is None else _known(user)


def _near(then: datetime, now: datetime, seconds: float = FRESH) -> bool:
    return 0 <= (now - then).total_seconds() < seconds
