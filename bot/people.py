"""The use cases of accounts: who is knocking, and whether we can reach them."""

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from bot import notify
from models.base import Clock
from models.db import Database
from models.faces import Faces
from models.order import Order
from models.people import Account, Messenger
from models.shop import Member


class People:
    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    async def known(self, messenger: Messenger, external_id: str) -> Account | None:
        """The account, where this person has started us before. Strangers are not stored."""
        return await self._db.read(lambda session: _find(session, messenger, external_id))

    async def introduce(self, messenger: Messenger, external_id: str, name: str) -> Account:
        """The account, made where it is new; whoever writes to us can be reached again."""

        def unit(session: Session) -> Account:
            account = _find(session, messenger, external_id)
            if account is None:
                account = Account(
                    messenger=messenger,
                    external_id=external_id,
                    language="uk",
                    created_at=self._clock(),
                )
                session.add(account)
            account.name = name[:200]
            account.reachable, account.unreachable_reason = True, None
            session.flush()
            return account

        return await self._db.write(unit)

    async def blocked(self, messenger: Messenger, external_id: str) -> None:
        """The person stopped the bot: nothing is sent until they come back."""

        def unit(session: Session) -> None:
            account = _find(session, messenger, external_id)
            if account is not None:
                notify.lose(session, account, "blocked", self._clock())

        await self._db.write(unit)

    async def faces(self, account_id: int) -> Faces:
        """Who this account is to us."""
        return await self._db.read(lambda session: _faces(session, account_id))

    async def menus(self) -> list[tuple[Account, Faces]]:
        """Everybody we can reach whose chat has, or should have, a menu of its own."""

        def query(session: Session) -> list[tuple[Account, Faces]]:
            working = select(Member.account_id).where(Member.active)
            accounts = session.scalars(
                select(Account)
                .where(Account.reachable, or_(Account.menu.is_not(None), Account.id.in_(working)))
                .order_by(Account.id)
            )
            return [(account, _faces(session, account.id)) for account in accounts]

        return await self._db.read(query)

    async def menu_given(self, account_id: int, mark: str | None) -> None:
        """What the menu of this account's chat is now; None: that of everybody."""

        def unit(session: Session) -> None:
            session.execute(update(Account).where(Account.id == account_id).values(menu=mark))

        await self._db.write(unit)


def _faces(session: Session, account_id: int) -> Faces:
    roles = session.scalars(select(Member.role).where(Member.account_id == account_id, Member.active))
    bought = session.scalars(select(Order.id).where(Order.buyer_id == account_id).limit(1)).first()
    return Faces(frozenset(roles), bought is not None)


def _find(session: Session, messenger: Messenger, external_id: str) -> Account | None:
    return session.scalars(
        select(Account).where(Account.messenger == messenger, Account.external_id == external_id)
    ).first()
