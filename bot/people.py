"""The use cases of accounts: who is knocking, and whether we can reach them."""

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from bot import notify
from models.base import Clock
from models.db import Database
from models.people import Account, Messenger


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

    async def give_phone(self, account_id: int, phone: str) -> None:
        """Later orders with this number, which is proven to be theirs, come to this person's chat. A number has one
        owner: whoever gave it before has it no longer."""

        def unit(session: Session) -> None:
            session.execute(update(Account).where(Account.phone == phone).values(phone=None))
            session.execute(update(Account).where(Account.id == account_id).values(phone=phone))

        await self._db.write(unit)

    async def take_phone_back(self, account_id: int) -> Account:
        """Orders with this person's number come to their chat no longer; those that have, stay."""

        def unit(session: Session) -> Account:
            account = session.get_one(Account, account_id)
            account.phone = None
            return account

        return await self._db.write(unit)

    async def blocked(self, messenger: Messenger, external_id: str) -> None:
        """The person stopped the bot: nothing is sent until they come back."""

        def unit(session: Session) -> None:
            account = _find(session, messenger, external_id)
            if account is not None:
                notify.lose(session, account, "blocked", self._clock())

        await self._db.write(unit)


def _find(session: Session, messenger: Messenger, external_id: str) -> Account | None:
    return session.scalars(
        select(Account).where(Account.messenger == messenger, Account.external_id == external_id)
    ).first()
