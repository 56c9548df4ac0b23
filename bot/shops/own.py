"""What every member decides alone: shift, sound, quiet hours, and the name under which buyers read them."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot import readers
from bot.shops.rights import of_member
from models.duty import covered
from models.errors import NotAllowed
from models.roles import Ability
from models.shop import Member

LONGEST_SIGNATURE = 40
"""Characters."""
_A_DAY = 24 * 60


@dataclass(frozen=True, slots=True)
class Own:
    """A member's own settings in one shop. `covered`: somebody on shift could take an order; `several`: the person
    works in other shops, too."""

    member: Member
    covered: bool
    several: bool


def own(session: Session, shop_id: int, by: int) -> Own:
    """Raises NoSuchOrder."""
    member = of_member(session, shop_id, by)
    places = session.scalar(
        select(func.count()).select_from(Member).where(Member.account_id == by, Member.active)
    )
    return Own(member, covered(readers.members(session, shop_id)), several=(places or 0) > 1)


def set_shift(session: Session, shop_id: int, by: int, on: bool) -> None:
    """Raises NoSuchOrder, NotAllowed(role)."""
    of_member(session, shop_id, by, Ability.SHIFT).on_shift = on


def set_sound(session: Session, shop_id: int, by: int, on: bool) -> None:
    """Raises NoSuchOrder."""
    of_member(session, shop_id, by).sound = on


def set_quiet(session: Session, shop_id: int, by: int, span: tuple[int, int] | None) -> None:
    """Minutes of the day from which and before which nothing sounds; None: there are none. Raises NoSuchOrder,
    NotAllowed(bad_quiet)."""
    member = of_member(session, shop_id, by)
    if span is not None and (span[0] == span[1] or not all(0 <= minute < _A_DAY for minute in span)):
        raise NotAllowed("bad_quiet")
    member.quiet_from, member.quiet_until = span or (None, None)


def set_signature(session: Session, shop_id: int, by: int, name: str | None) -> None:
    """The name under which buyers read this member; None: the shop's alone. Raises NoSuchOrder, NotAllowed(role,
    bad_signature)."""
    member = of_member(session, shop_id, by, Ability.WRITE)
    if name is not None:
        check_signature(name)
    member.signature = name


def check_signature(name: str) -> None:
    """One line of 1 to 40 characters with a letter among them. Raises NotAllowed(bad_signature)."""
    if not 1 <= len(name) <= LONGEST_SIGNATURE or not any(map(str.isalpha, name)) or "\n" in name:
        raise NotAllowed("bad_signature")
