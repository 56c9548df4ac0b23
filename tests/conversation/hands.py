"""What people do with their phones over and over: look at an order's card, press on it, wait until all is calm."""

import html
import json
import re
from collections.abc import Callable
from typing import Any, cast

from sqlalchemy import ColumnElement, String, select
from sqlalchemy import cast as sql_cast
from sqlalchemy.orm import Session

from bot.demo.person import Person
from bot.demo.telegram import Message
from bot.demo.viber import Person as ViberPerson
from models.people import Account, Messenger
from models.viber import FIRST, ViberUser
from tests.stage import Stage, playing

_WORDS = re.compile(r"[^\W\d_].*")

TTN = "20450000000001"
MORE_TTNS = ("20450000000002", "20450000000003", "20450000000004")


def bare(label: str) -> str:
    """The words on a button without the emoji before them."""
    found = _WORDS.search(label)
    return found[0] if found else label


async def calm(stage: Stage) -> None:
    """Until the bot has read all that people did, and has said all that is due now."""
    await stage.calm()


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


def offered(message: Message) -> list[str]:
    """The buttons that came with a message. On Viber those of the screen before it stay below the chat."""
    fresh: list[str] = getattr(message, "fresh", message.labels)
    return fresh


def drawn(message: Message) -> str:
    """All that came with a message: its words, its buttons and what they carry."""
    body = message.body if hasattr(message, "body") else [message.text, message.content, message.markup]
    return json.dumps(body, ensure_ascii=False)


async def press(stage: Stage, person: Person, label: str, number: str) -> str:
    """Presses on the order's card and waits until everybody's screen shows what came of it."""
    answer = await person.presses(label, on=card(person, number)).answered(20)
    await calm(stage)
    return answer


def is_answer(shown: str, words: str) -> bool:
    """Whether a press was answered by these words: Telegram's toast is nothing else, on Viber the bubble that the press
    has brought says them."""
    return shown == words or (playing.messenger is Messenger.VIBER and words in shown)


def data_of(button: dict[str, Any] | None) -> str:
    """What a button carries, on whichever messenger; on Viber it is signed."""
    assert button is not None
    if "callback_data" in button:
        return str(button["callback_data"])
    return str(button["ActionBody"]).split("|", 2)[-1]


async def forge(stage: Stage, person: Person, data: str, message: Message | None = None) -> str:
    if is_on_viber(person):
        await stage.known(person)  # so that the stage can sign for whom the bot has out of its memory
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
    """(state, reason) of each notification of a kind, as the shop's site sees it. Viber goes on to say that a message
    was delivered, where Telegram says no more than that it was sent: both are told."""
    return [
        ("sent" if state == "delivered" else state, why) for state, why in await proof(stage, number, event)
    ]


async def proof(stage: Stage, number: str, event: str) -> list[tuple[str, str | None]]:
    """As `told`, in the words of the messenger."""
    state = await stage.state(number)
    return [(row["state"], row["reason"]) for row in state["notifications"] if row["event"] == event]


def is_on_viber(person: Person) -> bool:
    """Whose name is a word: Telegram's people have numbers."""
    return isinstance(cast(object, person.id), str)


def is_silent(message: Message) -> bool:
    """Viber has no messages without a sound."""
    return bool(getattr(message, "silent", False))


def redrawn(person: Person, screen: Message) -> Message:
    """A screen as it is after a press: Telegram's is drawn anew where it hangs, Viber's comes as another message."""
    return person.screen if is_on_viber(person) else screen


async def card_now(stage: Stage, person: Person, number: str) -> Message:
    """The card as the order stands. Telegram's is drawn anew all the time; Viber's is sent again for another status
    alone, and whoever wants to know more opens it by its number."""
    if is_on_viber(person):
        await types(stage, person, f"№{number}")
    return card(person, number)


def arrived_mark(person: Person) -> str:
    """What a card says of a message that has gone out to this person: Telegram tells no more than that."""
    return "✔️ доставлено" if is_on_viber(person) else "✔️ надіслано"


def door(stage: Stage, taken: dict[str, Any]) -> str:
    """The link that a seller passes on: to Telegram's chat where that is all there is, else to the order's page."""
    found = taken["buyer"]["telegram"]
    return str(found or f"{stage.app.url}/b/{taken['buyer']['start']}")


def opening(stage: Stage, person: ViberPerson, taken: dict[str, Any]) -> dict[str, Any]:
    """What Viber says of a person who opens the chat by the link of an order."""
    return {
        "event": "conversation_started",
        "timestamp": int(stage.clock.now.timestamp() * 1000),
        "message_token": 4912661846655238145,
        "type": "open",
        "context": taken["buyer"]["start"],
        "user": {"id": person.id, "name": person.name, "language": "uk", "country": "UA", "api_version": 10},
        "subscribed": False,
    }


async def enters(stage: Stage, person: Person, link: str) -> None:
    """Follows a link to the chat; where it leads to the order's page, by the button of the person's messenger there."""
    if is_on_viber(person):
        async with stage.http.get(link) as page:
            link = html.unescape(next(iter(re.findall(r'href="(viber://[^"]+)"', await page.text()))))
    person.opens(link)


def toasts(person: Person, *words: str) -> list[str]:
    """What presses were answered by, as far as it hangs in the chat: Viber has no toasts, all is a message there."""
    return list(words) if is_on_viber(person) else []


def account_of(person: Person) -> ColumnElement[bool]:
    """Whose account it is: a person of Viber is stored under a number of ours."""
    if not is_on_viber(person):
        return Account.external_id == str(person.id)
    number = select(sql_cast(ViberUser.id + FIRST, String)).where(ViberUser.viber_id == person.id)
    return Account.external_id == number.scalar_subquery()


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
