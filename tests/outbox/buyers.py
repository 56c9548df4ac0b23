"""Buyers whom something must reach: the world with every way to them, and what they and their seller see of it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.demo.person import Person
from bot.demo.smtp import FakeSmtp
from bot.demo.turbosms import TOKEN, FakeTurboSms
from bot.http import Http
from bot.outbox.delivery import Delivery
from models.outbox import Card, Notification, NotificationState
from models.people import Messenger
from tests.conversation.hands import calm, card_now, press
from tests.outbox.troubles import PATIENCE
from tests.stage import Stage, open_stage

PHONE, MAIL = "380671234567", "taras@example.com"
RED = "🔴 Покупця не дістали"
WORDS = "Чайник буде завтра"
DRAWN = 50
"""Looks after which a card is not waited for: its messenger is away."""
FAILED = frozenset({"Undelivered", "Expired", "Rejected", "Failed", "Cancelled"})
CALLED = "подзвоніть покупцеві"


@dataclass
class World:
    """`fate` is what becomes of a message that TurboSMS took, None: nothing is ever said of it. `fallen`: Viber's half
    did not reach the phone, and it is the SMS's fate; what fails has always come so far."""

    stage: Stage
    sms: FakeTurboSms
    mail: FakeSmtp
    fate: str | None = "Delivered"
    fallen: bool = False
    number: str = ""
    buyer: Person | None = None
    answered: set[str] = field(default_factory=set)

    async def takes_in(self, *, mail: bool = True, **changes: Any) -> dict[str, Any]:
        """An order of a buyer who has a phone, and an address unless they gave none."""
        person = {"name": "Тарас Непийвода", "phone": f"+{PHONE}"} | ({"email": MAIL} if mail else {})
        taken = await self.stage.orders(**({"buyer": person} | changes))
        self.number = taken["number"]
        await calm(self.stage)
        return taken

    async def asks(self, **changes: Any) -> None:
        """Nobody has opened a chat, and a question is there for the buyer: it goes by SMS."""
        person = {"name": "Тарас Непийвода", "phone": f"+{PHONE}", "email": MAIL}
        taken = await self.stage.orders(**({"buyer": person, "do_not_call": True} | changes))
        self.number = taken["number"]
        await self.settled()

    async def chats(self, **changes: Any) -> Person:
        """The buyer has opened the chat, and will be written to."""
        taken = await self.takes_in(**changes)
        self.buyer = await self.stage.buyer("Марія", taken)
        await calm(self.stage)
        return self.buyer

    async def writes(self) -> None:
        """The seller writes to the buyer."""
        owner = self.stage.owner
        await press(self.stage, owner, "Написати покупцю", self.number)
        owner.types(WORDS)
        await self.settled()

    async def goes(self, **amount: float) -> None:
        """Time passes; TurboSMS has something to say of what it took."""
        await self._passes(**amount)
        said = False
        for message in self.sms.messages.values():
            if self.fate is not None and message.id not in self.answered:
                said = True
                self.answered.add(message.id)
                if self.fallen or self.fate in FAILED:
                    self.sms.falls_back(message, self.fate)
                else:
                    self.sms.moves(message, self.fate)
        if said:
            await self._passes(seconds=20)

    async def _passes(self, **amount: float) -> None:
        self.stage.clock.goes(**amount)
        await self.stage.app.tick()
        await self.settled()

    async def settled(self) -> None:
        """Until all that was on its way has arrived or failed, and the cards are drawn. What waits in a pause is not
        waited for, as `quiet` would: it is tried when the clock goes."""
        worker, delivery = self.stage.app.worker, self.stage.app.delivery
        assert worker is not None
        assert delivery is not None
        calm = looks = 0
        while calm < 2:
            looks += 1
            while self.stage.fake.pending_updates:  # noqa: ASYNC110 - the fake tells nobody when one is fetched
                await asyncio.sleep(0.005)
            await worker.idle()
            await self._rounds(delivery)
            sending, drawing = await self.stage.app.db.read(partial(_at_work, now=self.stage.clock()))
            calm = 0 if sending or (drawing and looks < DRAWN) else calm + 1

    async def _rounds(self, delivery: Delivery) -> None:
        """Until delivery has looked at the outbox from beginning to end: a round that was under way may not have seen
        all, the one after it has."""
        look, ended = delivery._look, asyncio.Event()

        async def one_more() -> float | None:
            try:
                return await look()
            finally:
                ended.set()

        delivery._look = one_more  # type: ignore[method-assign]
        try:
            for _ in range(2):
                ended.clear()
                delivery.nudge()
                await ended.wait()
        finally:
            delivery._look = look  # type: ignore[method-assign]

    async def heals(self) -> None:
        """Everything works again, and what waited goes."""
        self.stage.fake.faults.clear()
        await self.stage.fake.comes_back()
        self.sms.account = self.sms.always = None
        self.sms.planted.clear()
        await self.sms.stop()
        await self.sms.start()
        self.mail.sender_refused = self.mail.data_refused = self.mail.drops = self.mail.hangs = None
        await self.mail.stop()
        await self.mail.start()
        self.stage.clock.goes(hours=1)
        await self.settled()

    # ------------------------------------------------------------------ what is seen
    def told(self) -> set[str]:
        """The ways by which the buyer knows. A mail in a mailbox is not one of them (C14)."""
        ways = set()
        if self.buyer is not None and self.letters():
            ways.add("chat")
        if any(message.status in ("Delivered", "Read") for message in self.sms.phone(PHONE)):
            ways.add("sms")
        return ways

    def letters(self) -> list[Any]:
        """The seller's words in the buyer's chat, as often as they stand there."""
        assert self.buyer is not None
        mine = self.buyer.user
        return [one for one in self.buyer.messages if one.sender is not mine and WORDS in one.text]

    def warned(self) -> bool:
        """Whether the seller has been told to call."""
        return any(
            CALLED in one.text and self.number in one.text
            for one in self.stage.owner.messages
            if one.sender is not self.stage.owner.user
        )

    async def red(self) -> bool:
        """Whether the card says so."""
        await self.settled()
        return RED in (await card_now(self.stage, self.stage.owner, self.number)).text

    async def steps(self) -> list[Notification]:
        """The rows of the notice, one a way that was taken."""
        kinds = ("seller_wrote", "confirm_request")

        def query(session: Session) -> list[Notification]:
            found = select(Notification).where(
                Notification.recipient == "buyer", Notification.kind.in_(kinds)
            )
            return list(session.scalars(found.order_by(Notification.id)))

        return await self.stage.app.db.read(query)


def _at_work(session: Session, now: datetime) -> tuple[bool, bool]:
    """Whether a message is on its way, and whether a card waits to be drawn."""
    sending = select(Notification.id).where(Notification.state == NotificationState.SENDING).limit(1)
    drawing = select(Card.id).where(Card.due_at <= now).limit(1)
    return session.scalar(sending) is not None, session.scalar(drawing) is not None


@asynccontextmanager
async def open_world(
    database_url: str, *, messenger: Messenger | None = None, **changes: Any
) -> AsyncIterator[World]:
    """All ways are there: a messenger, SMS, e-mail. The wire gives up within a third of a second."""
    async with FakeTurboSms() as sms, FakeSmtp() as mail:
        told = {
            "turbosms_api_url": sms.url,
            "turbosms_token": TOKEN,
            "turbosms_sender": sms.sender,
            "smtp_url": mail.url,
            "mail_from": "Самовар <shop@example.com>",
        }
        async with open_stage(
            database_url,
            messenger=messenger,
            http_client=Http(seconds=PATIENCE),
            **(told | changes),
        ) as stage:
            world = World(stage, sms, mail)
            yield world
            await world.heals()
        assert sms.violations == []
