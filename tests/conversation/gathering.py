"""A shop's people in their group: how it comes to be, and what hangs and is pressed there."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.demo.person import Person
from bot.demo.telegram import Chat, Message
from models.group import Group
from tests.conversation.hands import LOOKING, bare, calm, types
from tests.stage import Stage, order

PLANTED: dict[str, Any] = {
    "buyer": {"name": "Непийвода Тарас", "phone": "+380671234567"},
    "delivery": {
        "carrier": "nova_poshta",
        "address": "Київ, вул. Лісова 17, кв. 3",
        "recipient": "Одарка Непийвода",
    },
    "comment": "Зателефонуйте Панасові, домофон 44",
}
SECRETS = ("Непийвода", "Тарас", "Одарка", "67123", "671234567", "Лісова", "кв. 3", "Панас", "домофон")
"""What of that order no group may ever show."""


async def link(stage: Stage, owner: Person | None = None, shop: str | None = None) -> str:
    """The owner asks for a link in the settings, of this shop where they have several."""
    owner = owner or stage.owner
    await types(stage, owner, "/settings")
    if shop is not None:
        await taps(stage, owner, shop)
    await taps(stage, owner, "Група магазину")
    await taps(stage, owner, "Інша група" if owner.screen.button("Інша група") else "Додати бота в групу")
    return owner.link("Вибрати групу")


async def taps(stage: Stage, person: Person, label: str, chat: Chat | None = None) -> str:
    answer = await person.presses(label, chat=chat).answered(20)
    await calm(stage)
    return answer


async def gathered(stage: Stage, *people: Person, title: str = "Склад", supergroup: bool = False) -> Chat:
    """A group of these people and the owner, tied to the shop."""
    group = stage.fake.group(title, [stage.owner, *people], supergroup=supergroup, bot_status="left")
    stage.owner.adds_bot(group, link=await link(stage))
    await calm(stage)
    assert any("Це група магазину «Самовар»" in message.text for message in group.messages)
    return group


def rung(chat: Chat, number: str) -> list[Message]:
    """The bot's messages in this chat that name the order, oldest first."""
    return [message for message in chat.messages if message.sender.is_bot and f"№{number}" in message.text]


def hanging(chat: Chat, number: str) -> Message:
    """The newest card of the order there."""
    found = [message for message in rung(chat, number) if message.button("Історія")]
    assert found, f"no card of {number}:\n{chat.described()}"
    return found[-1]


def offered(chat: Chat, number: str) -> list[str]:
    """What can be done by the group's card, without what is only to look at."""
    seen = [bare(label) for label in hanging(chat, number).labels]
    return [label for label in seen if label not in {*LOOKING, "Показати номер"}]


async def press_in(stage: Stage, person: Person, label: str, chat: Chat, number: str) -> str:
    answer = await person.presses(label, on=hanging(chat, number)).answered(20)
    await calm(stage)
    return answer


def ever_said(chat: Chat) -> str:
    """Everything that the bot has ever shown there: every version of every message, and its buttons."""
    said = []
    for message in chat.history.values():
        if message.sender.is_bot:
            for version in message.versions:
                buttons = (version.markup or {}).get("inline_keyboard", [])
                said += [version.text, *(str(button) for row in buttons for button in row)]
    return "\n".join(said)


async def crowd(stage: Stage, count: int, *, key: str | None = None, **changes: Any) -> list[str]:
    """So many orders that wait for delivery together, and are told as one message."""
    assert stage.app.delivery is not None
    stage.app.delivery._channels["telegram"].pause(60)
    bodies = [order(**changes) for _ in range(count)]
    for body in bodies:
        assert (await stage.post(body, key=key)).status == 202
    return [body["number"] for body in bodies]


async def groups_of(stage: Stage) -> list[Group]:
    def query(session: Session) -> list[Group]:
        return list(session.scalars(select(Group).order_by(Group.id)))

    return await stage.app.db.read(query)
