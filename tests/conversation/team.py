"""What people do in the team's screens and in their own settings, over and over."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.demo.person import Person
from bot.demo.telegram import Message
from models.people import Account
from models.shop import Member
from tests.conversation.hands import account_of, calm, redrawn, types
from tests.stage import Stage

NO_ACCESS = "Немає доступу або такого замовлення немає."
NOT_OWNER = "Налаштування магазину змінює лише його власник"
LAST_OWNER = "Це єдиний власник магазину"


async def taps(stage: Stage, person: Person, *labels: str) -> Message:
    """Presses one button after another, each on the newest message that bears it; the screen that came of it."""
    message = person.screen
    for label in labels:
        message = person.presses(label).message
        await calm(stage)
        message = redrawn(person, message)
    return message


async def settles(stage: Stage, person: Person, *labels: str) -> Message:
    """Opens the settings and presses the way through them."""
    await types(stage, person, "/settings")
    return await taps(stage, person, *labels)


async def place_of(stage: Stage, person: Person, shop_id: int | None = None) -> Member:
    """A person's place in the shop, past or present."""

    def query(session: Session) -> Member:
        return session.scalars(
            select(Member)
            .join(Account, Account.id == Member.account_id)
            .where(account_of(person), Member.shop_id == (shop_id or stage.shop.shop.id))
        ).one()

    return await stage.app.db.read(query)


async def removes(stage: Stage, owner: Person, person: Person) -> None:
    """Takes a person out of the team by the last button of the way there."""
    place = await place_of(stage, person)
    await types(stage, owner, "/settings")
    await owner.forges(f"mb:{place.shop_id}:{place.id}:remove_yes").answered(20)
    await calm(stage)


def heard(person: Person, after: Message | None = None) -> list[str]:
    """What the bot has said to her since, a text each."""
    return [
        message.text
        for message in person.messages
        if message.sender is not person.user and (after is None or message.id > after.id)
    ]


async def rows(stage: Stage, query: Any) -> list[Any]:
    return await stage.app.db.read(lambda session: list(session.scalars(query)))
