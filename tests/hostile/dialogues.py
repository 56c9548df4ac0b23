"""Every place where people type, the way into it, and who reads afterwards what was typed there."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.demo.person import Person
from keyboards.notes import LONGEST_NOTE
from keyboards.screen import LONGEST_TEXT, clean, one_line, units
from tests.conversation.hands import calm, card, confirmed, later, press, taken_in, types
from tests.conversation.team import settles, taps
from tests.stage import Stage

TTN = "20450000000001"


@dataclass
class Place:
    """A shop at work: its stage, an order in the state that the dialogue needs, its buyer where there is one."""

    stage: Stage
    number: str = ""
    maria: Person | None = None

    @property
    def owner(self) -> Person:
        return self.stage.owner

    @property
    def buyer(self) -> Person:
        assert self.maria is not None
        return self.maria


Step = Callable[[Place], Awaitable[None]]
Reads = Callable[[Place, str], Awaitable[bool]]


@dataclass(frozen=True)
class Dialogue:
    """`ready`: once; `opens`: before each text, where the dialogue does not stay open (`stays`); `reads`: whether the
    one for whom it was sees it to the letter, None where nothing of the kind can be an answer, so that it must be
    asked again; `carries`: pictures, files, voices, places and contacts go through it, too."""

    opens: Step
    ready: Step
    reads: Reads | None = None
    by_buyer: bool = False
    stays: bool = False
    marketplace: str = "rozetka"
    carries: bool = False


# ------------------------------------------------------------ how an order comes there
async def new(place: Place) -> None:
    place.number = await taken_in(place.stage)


async def linked(place: Place) -> None:
    answer = await place.stage.orders()
    place.number = answer["number"]
    place.maria = await place.stage.buyer("Марія", answer)
    await calm(place.stage)


async def to_send(place: Place) -> None:
    place.number = await confirmed(place.stage)


async def at_point(place: Place) -> None:
    await linked(place)
    await place.stage.happens(place.number, type="status_changed", status="confirmed")
    for status in ("in_transit", "arrived"):
        await place.stage.happens(place.number, type="parcel", ttn=TTN, status=status)
    await later(place.stage, days=3)
    await place.buyer.sees("уже третій день")


async def two_orders(place: Place) -> None:
    await linked(place)
    answer = await place.stage.orders()
    place.buyer.types(f"/start {answer['buyer']['start']}")
    await calm(place.stage)


# ------------------------------------------------------------ the ways in
def under_card(label: str) -> Step:
    async def opens(place: Place) -> None:
        await press(place.stage, place.owner, label, place.number)

    return opens


def in_settings(*labels: str) -> Step:
    async def opens(place: Place) -> None:
        await settles(place.stage, place.owner, *labels)

    return opens


async def straight_away(place: Place) -> None:
    """No way in at all: it is simply typed."""


async def asking(place: Place) -> None:
    await taps(place.stage, place.buyer, "Є запитання")


async def postponing(place: Place) -> None:
    if not any(message.button("Перенести") for message in place.buyer.chat.newest_first()):
        await taps(place.stage, place.buyer, "Заберу")
    await taps(place.stage, place.buyer, "Перенести")


async def cancelling(place: Place) -> None:
    """Another order each time: this one ends with its answer."""
    place.number = await taken_in(place.stage)
    await press(place.stage, place.owner, "Беру в роботу", place.number)
    await press(place.stage, place.owner, "Скасувати замовлення", place.number)
    await taps(place.stage, place.owner, "Інше", "інші причини")


async def making(place: Place) -> None:
    await types(place.stage, place.owner, "/new")
    await types(place.stage, place.owner, "812399999")


# ------------------------------------------------------------ who reads it
async def among_the_notes(place: Place, text: str) -> bool:
    """Kept whole or not at all."""
    if units(text) > LONGEST_NOTE:
        return f"до {LONGEST_NOTE}" in place.owner.screen.text
    return await on_the_card(place, text)


async def on_the_card(place: Place, text: str) -> bool:
    return one_line(text, 200) in card(place.owner, place.number).text


async def by_the_buyer(place: Place, text: str) -> bool:
    return clean(text, LONGEST_TEXT) in place.buyer.screen.text


async def by_the_shop(place: Place, text: str) -> bool:
    return clean(text, LONGEST_TEXT) in place.owner.screen.text


async def after_the_choice(place: Place, text: str) -> bool:
    await taps(place.stage, place.buyer, f"№{place.number}")
    return await by_the_shop(place, text)


async def shown_back_or_refused(place: Place, text: str) -> bool:
    """Shown back before it counts, or it is said what is wrong with it; never both, never neither."""
    kept, again = place.owner.screen.button("Зберегти"), place.owner.screen.button("Назад")
    return (kept or again) is not None


async def answered(place: Place, text: str) -> bool:
    return bool(place.owner.screen.text)


DIALOGUES = {
    "note": Dialogue(under_card("Нотатка"), new, among_the_notes),
    "message to the buyer": Dialogue(under_card("Написати покупцю"), linked, by_the_buyer, carries=True),
    "comment to a reason": Dialogue(cancelling, new, on_the_card, marketplace="globus"),
    "waybill": Dialogue(under_card("Ввести ТТН"), to_send, stays=True),
    "day of dispatch": Dialogue(under_card("Коли відправимо"), to_send, stays=True),
    "hours": Dialogue(in_settings("Години роботи", "Змінити"), new, stays=True),
    "days off": Dialogue(in_settings("Вихідні та свята", "Додати дні"), new, stays=True),
    "quiet hours": Dialogue(in_settings("Мої налаштування", "Тихі години"), new, stays=True),
    "signature": Dialogue(
        in_settings("Мої налаштування", "Мій підпис"), new, shown_back_or_refused, stays=True
    ),
    "text for buyers": Dialogue(
        in_settings("Тексти покупцеві", "Прибуло", "Змінити"), new, shown_back_or_refused, stays=True
    ),
    "order by hand": Dialogue(making, new, answered),
    "search": Dialogue(straight_away, new, answered),
    "question": Dialogue(asking, linked, by_the_shop, by_buyer=True, carries=True),
    "question about one of two": Dialogue(
        straight_away, two_orders, after_the_choice, by_buyer=True, carries=True
    ),
    "until when to keep it": Dialogue(postponing, at_point, by_the_shop, by_buyer=True),
}
