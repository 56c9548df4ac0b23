"""What a team hears of itself: rows of the outbox, as everywhere. `mark` is what it came by, a press or an invite:
by the same one it is told once."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from bot import notify, readers
from models.outbox import Notice
from models.roles import Role
from models.shop import Member


def tell_one(
    session: Session, notice: Notice, member: Member, now: datetime, *, mark: str, **facts: Any
) -> None:
    """Tell a person what became of their own place."""
    row = notify.row(
        notice,
        now,
        now,
        dedupe=f"{notice}:{member.id}:{mark}",
        account=member.account,
        member=member,
        shop_id=member.shop_id,
        facts={"role": str(member.role)} | facts,
    )
    notify.queue(session, [row])


def tell_owners(
    session: Session, what: str, about: Member, by: Member | None, now: datetime, *, mark: str
) -> None:
    """A line to every owner but the one who did it and the one whom it is about. `what` is `joined`, `came`,
    `refused`, `removed`, `left` or `role`."""
    but = {about.id} if by is None else {about.id, by.id}
    notify.queue(
        session,
        [
            notify.row(
                Notice.TEAM_CHANGED,
                now,
                now,
                dedupe=f"team:{what}:{about.id}:{owner.id}:{mark}",
                account=owner.account,
                member=owner,
                shop_id=about.shop_id,
                facts={
                    "what": what,
                    "name": about.name,
                    "role": str(about.role),
                    "by": "" if by is None else by.name,
                },
            )
            for owner in readers.members(session, about.shop_id)
            if owner.role is Role.OWNER and owner.id not in but
        ],
    )
