"""The keys of a shop's site: shown once, kept as SHA-256, refused from the moment they are revoked (A14)."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, select, update
from sqlalchemy.orm import Session

from bot.shops.rights import shop_for
from models import links as tokens
from models.errors import NoSuchOrder, NotAllowed
from models.roles import Ability
from models.shop import ApiKey

MOST = 10
"""Keys of one shop that open the door at once."""


def new_key(session: Session, shop_id: int, now: datetime) -> tuple[ApiKey, str]:
    """A fresh key, and what is shown of it this once."""
    key = tokens.new_api_key()
    row = ApiKey(shop_id=shop_id, digest=tokens.digest(key), created_at=now)
    session.add(row)
    session.flush()
    return row, key


def make(session: Session, shop_id: int, by: int, cause: str, now: datetime) -> tuple[ApiKey, str]:
    """A key for who may have it. The same cause again makes the same key anew: what was made before may never
    have been seen, and cannot be shown again.

    Raises NoSuchOrder for a stranger, NotAllowed: `role`; `too_many_keys`.
    """
    shop = shop_for(session, shop_id, by, Ability.KEYS)
    row = session.scalars(select(ApiKey).where(ApiKey.shop_id == shop.id, ApiKey.cause == cause)).first()
    if row is not None:
        key = tokens.new_api_key()
        row.digest = tokens.digest(key)
        return row, key
    count = session.scalar(select(func.count()).select_from(ApiKey).where(_living(shop.id)))
    if count is not None and count >= MOST:
        raise NotAllowed("too_many_keys")
    row, key = new_key(session, shop.id, now)
    row.cause = cause
    return row, key


def of_shop(session: Session, shop_id: int, by: int) -> list[ApiKey]:
    """The keys that open the door, oldest first. Raises NoSuchOrder, NotAllowed(role)."""
    shop = shop_for(session, shop_id, by, Ability.KEYS)
    return list(session.scalars(select(ApiKey).where(_living(shop.id)).order_by(ApiKey.id)))


def revoke(session: Session, shop_id: int, key_id: int, now: datetime) -> bool:
    """One key less. False where the shop has no such key."""
    row = session.get(ApiKey, key_id)
    if row is None or row.shop_id != shop_id:
        return False
    row.revoked_at = row.revoked_at or now
    return True


def revoke_by(session: Session, shop_id: int, by: int, key_id: int, now: datetime) -> None:
    """One key less, by who may. Raises NoSuchOrder for a stranger and for no such key, NotAllowed(role)."""
    shop = shop_for(session, shop_id, by, Ability.KEYS)
    if not revoke(session, shop.id, key_id, now):
        raise NoSuchOrder


def note_uses(session: Session, uses: Mapping[bytes, datetime]) -> None:
    for digest, at in uses.items():
        session.execute(
            update(ApiKey)
            .where(ApiKey.digest == digest)
            .values(used_at=at)
            .execution_options(synchronize_session=False)
        )


def _living(shop_id: int) -> ColumnElement[bool]:
    return and_(ApiKey.shop_id == shop_id, ApiKey.revoked_at.is_(None))
