"""The use cases of accounts: who is knocking, whether we may and can write to them, and what is kept of them."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from bot import erasing, notify
from bot.people import export, forgetting, languages, menus, retention, stopping
from models.base import Clock
from models.crash import crashpoint
from models.db import Database
from models.faces import Faces
from models.file import About
from models.order import Order
from models.people import Account, Language, Messenger

MOST_UNITS = 20
"""Units of one kind that one look at what is kept too long may take: the rest is for the next."""

T = TypeVar("T")


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
                account = _made(session, messenger, external_id, self._clock())
            account.name = name[:200]
            account.reachable, account.unreachable_reason = True, None
            stopping.resume(session, account, self._clock())
            session.flush()
            return account

        return await self._db.write(unit)

    async def speak(self, messenger: Messenger, external_id: str, language: Language) -> Account:
        """Whatever this person reads of us from now on is in this language. Of a stranger nothing else is kept."""

        def unit(session: Session) -> Account:
            now = self._clock()
            account = _find(session, messenger, external_id) or _made(session, messenger, external_id, now)
            languages.speak(session, account, language, now)
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

    # ------------------------------------------------------------ who they are to us, and the menus of their chats
    async def faces(self, account_id: int) -> Faces:
        """Who this account is to us."""
        return await self._db.read(lambda session: menus.faces(session, account_id))

    async def menus(self) -> list[tuple[Account, Faces]]:
        """Everybody we can reach whose chat has, or should have, a menu of its own."""
        return await self._db.read(menus.of_everybody)

    async def menu_given(self, account_id: int, mark: str | None) -> None:
        """What the menu of this account's chat is now; None: that of everybody."""

        def unit(session: Session) -> None:
            session.execute(update(Account).where(Account.id == account_id).values(menu=mark))

        await self._db.write(unit)

    # ------------------------------------------------------------ what a buyer may say about it
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

    async def stop(self, account_id: int) -> None:
        """No more messages to this buyer, until /start."""
        await self._db.write(
            lambda session: stopping.stop(session, session.get_one(Account, account_id), self._clock())
        )

    async def forget(self, account_id: int, *, cause: str) -> None:
        """Erase all that is known of this buyer; see `bot.erasing` for what stays."""
        crashpoint("people.before_forget")
        await self._db.write(
            lambda session: forgetting.forget(
                session, session.get_one(Account, account_id), cause, self._clock()
            )
        )
        crashpoint("people.forgotten")

    async def bought(self, account_id: int) -> Sequence[Order]:
        """All orders that are tied to this buyer, oldest first."""
        return await self._db.read(
            lambda session: forgetting.own_orders(session, session.get_one(Account, account_id))
        )

    async def export(self, account_id: int, phone: str | None = None) -> tuple[dict[str, Any], bool]:
        """All that is known of this buyer, and whether some is left out; see `bot.people.export`."""
        return await self._db.read(
            lambda session: export.export(session, session.get_one(Account, account_id), phone)
        )

    async def remembers(self, about: About) -> bool:
        """Whether nothing of what a file tells of is erased."""
        return await self._db.read(lambda session: forgetting.remembers(session, about))

    async def told(self, messenger: Messenger, external_id: str, message_ids: Sequence[str]) -> None:
        """These messages answered somebody: where that is a buyer, they are remembered, so that they can be
        blanked one day."""

        def is_buyer(session: Session) -> int | None:
            return session.scalar(
                select(Order.buyer_id)
                .join(Account, Account.id == Order.buyer_id)
                .where(Account.messenger == messenger, Account.external_id == external_id)
                .limit(1)
            )

        def unit(session: Session) -> None:
            account_id = is_buyer(session)
            if account_id is not None:
                for message_id in message_ids:
                    erasing.leave_trace(session, account_id, str(messenger), external_id, message_id)

        if await self._db.read(is_buyer) is not None:
            await self._db.write(unit)

    # ------------------------------------------------------------ the clock
    async def tidy(self) -> int:
        """Erase and empty what has been kept for long enough (K8). Returns how many rows."""
        return (
            await self._through(retention.orders_due, retention.erase_orders)
            + await self._through(retention.messages_due, retention.empty_messages)
            + await self._through(retention.notices_due, retention.empty_notices)
            + await self._through(retention.letters_due, retention.empty_letters)
        )

    async def _through(
        self,
        due: Callable[[Session, datetime], Sequence[T]],
        done: Callable[[Session, Sequence[T], datetime], None],
    ) -> int:
        count = 0
        for _ in range(MOST_UNITS):
            went = await self._batch(due, done)
            count += went
            if went < retention.AT_ONCE:
                break
        return count

    async def _batch(
        self,
        due: Callable[[Session, datetime], Sequence[T]],
        done: Callable[[Session, Sequence[T], datetime], None],
    ) -> int:
        now = self._clock()
        rows = await self._db.read(lambda session: due(session, now))
        if rows:
            await self._db.write(lambda session: done(session, rows, now))
        return len(rows)


def _find(session: Session, messenger: Messenger, external_id: str) -> Account | None:
    return session.scalars(
        select(Account).where(Account.messenger == messenger, Account.external_id == external_id)
    ).first()


def _made(session: Session, messenger: Messenger, external_id: str, now: datetime) -> Account:
    account = Account(
        messenger=messenger, external_id=external_id, language=Language.UKRAINIAN, created_at=now
    )
    session.add(account)
    return account
