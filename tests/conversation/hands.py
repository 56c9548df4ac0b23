"""What people do with their phones over and over: look at an order's card, press on it, wait until all is calm."""

import asyncio
import re
from collections.abc import Callable
from typing import Any

from sqlalchemy.orm import Session

from bot.demo.person import Person
from bot.demo.telegram import Message
from tests.stage import Stage

_WORDS = re.compile(r"[^\W\d_].*")

TTN = "20450000000001"
MORE_TTNS = ("20450000000002", "20450000000003", "20450000000004")


def bare(label: str) -> str:
    """The words on a button without the emoji before them."""
    found = _WORDS.search(label)
    return found[0] if found else label


async def calm(stage: Stage) -> None:
    """Until the bot has read all that people did, and has said all that is due now."""
    while stage.fake.pending_updates:  # noqa: ASYNC110 - the fake tells nobody when one is fetched
        await asyncio.sleep(0.005)
    await stage.quiet()
    await stage.quiet()  # a round of delivery that had begun before may have ended the first


async def later(stage: Stage, **amount: float) -> None:
    """Time passes, every tick is done, and all that became due is said."""
    await stage.goes(**amount)
    await calm(stage)


HISTORY = ("Історія", "История", "History")
"""The button that every card has, as each language calls it."""


def card(person: Person, number: str) -> Message:
    """The newest message of this order with a card's buttons."""
    found = next(
        (
            message
            for message in person.chat.newest_first()
            if f"№{number}" in message.text.partition("\n")[0] and any(map(message.button, HISTORY))
        ),
        None,
    )
    assert found is not None, f"{person.name} has no card of {number}:\n{person.chat.described()}"
    return found


LOOKING = {
    "Історія",
    "Написати покупцю",
    "Посилання для покупця",
    "Нагадати пізніше",
    "Нотатка",
    "Передати колезі",
    "Взяти собі",
}


def buttons(person: Person, number: str) -> list[str]:
    """What can be done by the card, without what is only to look at."""
    return [word for label in card(person, number).labels if (word := bare(label)) not in LOOKING]


async def press(stage: Stage, person: Person, label: str, number: str) -> str:
    """Presses on the order's card and waits until everybody's screen shows what came of it."""
    answer = await person.presses(label, on=card(person, number)).answered(20)
    await calm(stage)
    return answer


async def forge(stage: Stage, person: Person, data: str, message: Message | None = None) -> str:
    answer = await person.forges(data, message).answered(20)
    await calm(stage)
    return answer


async def types(stage: Stage, person: Person, text: str) -> Message:
    """Types and returns what the bot said last."""
    person.types(text)
    await calm(stage)
    return person.screen


async def history(stage: Stage, number: str) -> list[tuple[str, str]]:
    """(action, status) of each event so far, as the shop's site sees it."""
    state = await stage.state(number)
    return [(event["action"], event["status"]) for event in state["history"]]


async def told(stage: Stage, number: str, event: str) -> list[tuple[str, str | None]]:
    """(state, reason) of each notification of a kind, as the shop's site sees it."""
    state = await stage.state(number)
    return [(row["state"], row["reason"]) for row in state["notifications"] if row["event"] == event]


def count(person: Person, text: str) -> int:
    """How many of the bot's messages in her chat contain the text now."""
    return sum(text in message.text for message in person.messages if message.sender is not person.user)


async def taken_in(stage: Stage, **changes: Any) -> str:
    """An order that has rung; its number."""
    answer = await stage.orders(**changes)
    await calm(stage)
    return str(answer["number"])


async def confirmed(stage: Stage, **changes: Any) -> str:
    """An order that its shop has confirmed in the cabinet."""
    number = await taken_in(stage, **changes)
    answer = await stage.happens(number, type="status_changed", status="confirmed")
    assert answer.status == 202, answer
    await calm(stage)
    return number


async def shipped(stage: Stage, ttn: str, **changes: Any) -> str:
    number = await confirmed(stage, **changes)
    await press(stage, stage.owner, "Ввести ТТН", number)
    await types(stage, stage.owner, ttn)
    return number


async def in_database(stage: Stage, unit: Callable[[Session], Any]) -> Any:
    """A look, or a deed that has no door yet."""
    return await stage.app.db.write(unit)


def delivered_by(carrier: str, address: str = "Київ, Відділення №4") -> dict[str, str]:
    return {"carrier": carrier, "address": address}


def paid_by(method: str, status: str) -> dict[str, str]:
    return {"method": method, "status": status}
