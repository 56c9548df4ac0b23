"""Who is told by which way, when nobody needs to be told any more, and the stop before a parcel leaves for a buyer
whom nothing has reached (R51, RC10, RC16, C14)."""

import re
from collections.abc import AsyncIterator

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from bot.demo.person import Person
from bot.demo.telegram.faults import Kind
from bot.l10n import Words
from bot.messengers.turbosms_codes import PHONE as PHONE_CODES
from bot.messengers.turbosms_codes import sorted_status
from keyboards.unreached import why_text
from models.order import Order
from models.shop import Shop
from models.ways import BY_PHONE_ALONE
from tests.conversation.hands import (
    TTN,
    buttons,
    card,
    card_now,
    confirmed,
    count,
    history,
    in_database,
    press,
    toasts,
    types,
)
from tests.outbox.buyers import CALLED, MAIL, PHONE, RED, WORDS, World, open_world
from tests.stage import Stage

FAILED = ("undelivered", "expired", "rejected", "failed", "cancelled")
STOP = "покупця не дістали"
OTHER = "380509876543"


@pytest.fixture
async def world(database_url: str) -> AsyncIterator[World]:
    async with open_world(database_url) as opened:
        yield opened


async def presses(world: World, label: str, person: Person | None = None) -> str:
    """On the newest message that has the button."""
    await world.settled()
    answer = await (person or world.stage.owner).presses(label).answered(20)
    await world.settled()
    return answer


def payload(text: str) -> str:
    """What the link at the end of an SMS carries, whether it leads to a chat or to the order's page."""
    return re.split(r"[=/]", text)[-1]


async def untold(world: World) -> None:
    """A question that no way has brought to its buyer, and a seller who has been told to call."""
    world.sms.refusals[PHONE] = 404
    await world.asks(buyer={"name": "Тарас Непийвода", "phone": f"+{PHONE}"})
    await world.goes(minutes=1)
    await world.goes(minutes=1)
    assert world.warned()
    await world.stage.happens(world.number, type="status_changed", status="confirmed")
    await world.settled()


# ---------------------------------------------------------------- a phone order (R51)
BY_PHONE = {"name": "Тарас Непийвода", "phone": f"+{PHONE}", "account_linked": False}


@pytest.mark.parametrize("fate", ["Delivered", "Sent", None])
async def test_a_call_centre_order_without_an_account_is_a_call_at_once_and_an_sms_is_an_extra(
    world: World, fate: str | None
) -> None:
    world.fate = fate
    await world.asks(source="call_centre", buyer=BY_PHONE)
    await world.goes(seconds=1)
    assert count(world.stage.owner, CALLED) == 1
    assert len(world.sms.phone(PHONE)) == 1
    await world.goes(minutes=5)
    shown = (await card_now(world.stage, world.stage.owner, world.number)).text
    assert "зроблено телефоном, без акаунта" in shown
    assert "✔️ надіслано" not in shown
    assert ("✔️ доставлено" in shown) is (fate == "Delivered")
    await world.goes(hours=5)
    assert "✔️ надіслано" not in (await card_now(world.stage, world.stage.owner, world.number)).text
    assert len(world.sms.phone(PHONE)) == 1
    assert count(world.stage.owner, CALLED) == 1


@pytest.mark.parametrize(
    ("source", "linked"), [("cart", False), ("cart", None), ("call_centre", True), ("call_centre", None)]
)
async def test_any_other_order_is_told_by_sms_and_nobody_is_sent_to_call(
    world: World, source: str, linked: bool | None
) -> None:
    person = BY_PHONE | {"account_linked": linked}
    await world.asks(source=source, buyer={key: value for key, value in person.items() if value is not None})
    await world.goes(minutes=1)
    await world.goes(hours=3)
    assert world.told() == {"sms"}
    assert count(world.stage.owner, CALLED) == 0


async def test_who_opened_the_chat_of_a_call_centre_order_is_written_to(world: World) -> None:
    """C15: who lets the bot write to them may be written to."""
    await world.chats(source="call_centre", buyer=BY_PHONE)
    await world.writes()
    await world.goes(hours=1)
    assert (world.told(), world.warned(), world.sms.phone(PHONE)) == ({"chat"}, False, [])


# ---------------------------------------------------------------- the shop's SMS of a day
async def test_beyond_the_cap_of_a_day_the_next_way_is_taken_and_the_owner_is_told_once(world: World) -> None:
    await in_database(world.stage, lambda session: session.execute(update(Shop).values(sms_cap=2)))
    for _ in range(4):
        await world.asks()
        await world.goes(seconds=1)
    assert len(world.sms.phone(PHONE)) == 2
    assert len(world.mail.mailbox(MAIL)) == 2
    assert count(world.stage.owner, "вже 2 SMS, це ваша межа") == 1
    await world.goes(hours=1)
    assert count(world.stage.owner, CALLED) == 2, "a mail tells nobody"
    await world.goes(hours=23)
    await world.asks()
    await world.goes(seconds=1)
    assert len(world.sms.phone(PHONE)) == 3, "another day"


# ---------------------------------------------------------------- by day
NIGHT = 12  # hours after ten in the morning


@pytest.mark.only_on("telegram", "the fault that is planted is Telegram's")
async def test_a_way_that_fails_in_the_evening_is_followed_in_the_morning(world: World) -> None:
    """Sent at half past seven, untold for two hours: an SMS at half past nine would wake somebody."""
    maria = await world.chats()
    await world.stage.happens(world.number, type="status_changed", status="confirmed")
    await world.goes(hours=9.5)
    owner, faults = world.stage.owner, world.stage.fake.faults
    faults.script(Kind.SERVER_ERROR, method="sendMessage", chat=maria.chat, times=None)
    await presses(world, "Ввести ТТН")
    owner.types(TTN)
    for minutes in [10] * 15:
        await world.goes(minutes=minutes)
    assert world.sms.phone(PHONE) == []
    await world.goes(hours=11)
    await world.goes(minutes=1)
    (text,) = world.sms.phone(PHONE)
    assert TTN in text.shown


@pytest.mark.parametrize("hours", [NIGHT, NIGHT + 8])
async def test_what_is_not_urgent_waits_for_the_morning(world: World, hours: int) -> None:
    await world.goes(hours=hours)
    await world.asks()
    await world.goes(seconds=1)
    assert world.sms.phone(PHONE) == []
    await world.goes(hours=23 - hours - 0.1)
    assert world.sms.phone(PHONE) == []
    await world.goes(minutes=7)
    assert len(world.sms.phone(PHONE)) == 1
    await world.goes(hours=3)
    assert (world.told(), world.warned()) == ({"sms"}, False)


# ---------------------------------------------------------------- nobody is told twice
async def test_a_late_receipt_is_written_down_and_ends_what_it_can(world: World) -> None:
    """The e-mail has gone by then; the red line goes, and the call is not asked for."""
    world.fate = None
    await world.asks()
    await world.goes(minutes=1)
    await world.goes(minutes=31)
    assert len(world.mail.mailbox(MAIL)) == 1
    world.fate = "Delivered"
    await world.goes(minutes=5)
    await world.goes(hours=5)
    assert "(SMS): ✔️ доставлено" in (await card_now(world.stage, world.stage.owner, world.number)).text
    assert (world.warned(), await world.red()) == (False, False)


async def test_a_receipt_after_the_call_was_asked_for_takes_the_red_line_away(world: World) -> None:
    world.fate = None
    await world.asks()
    for minutes in (1, 31, 31):
        await world.goes(minutes=minutes)
    assert (world.warned(), await world.red()) == (True, True)
    world.fate = "Read"
    await world.goes(minutes=5)
    assert not await world.red()


@pytest.mark.only_on("telegram", "the fault that is planted is Telegram's")
async def test_who_comes_by_the_link_of_an_sms_is_told_by_no_second_sms(world: World) -> None:
    """Their chat fails afterwards: the SMS of this notice has gone already."""
    await world.asks()
    await world.goes(seconds=1)
    (text,) = world.sms.phone(PHONE)
    start = payload(text.shown)
    maria = world.buyer = world.stage.fake.person("Марія")
    world.stage.fake.faults.script(Kind.BLOCKED, method="sendMessage", chat=maria.chat, times=None)
    maria.types(f"/start {start}")
    await world.settled()
    await world.goes(hours=3)
    assert len(world.sms.phone(PHONE)) == 1


async def test_who_has_answered_is_not_asked_by_another_way(world: World) -> None:
    world.fate = None
    await world.asks()
    await world.goes(seconds=1)
    (text,) = world.sms.phone(PHONE)
    maria = world.stage.fake.person("Марія")
    maria.types(f"/start {payload(text.shown)}")
    await maria.sees(world.number)
    await maria.presses("Все вірно").answered(20)
    await world.settled()
    world.fate = "Expired"
    for _ in range(4):
        await world.goes(hours=1)
    assert world.mail.mailbox(MAIL) == []
    assert (world.warned(), await world.red()) == (False, False)


async def test_who_had_stopped_the_bot_before_is_told_by_sms(world: World) -> None:
    maria = await world.chats()
    maria.blocks_bot()
    await world.settled()
    await world.writes()
    await world.goes(minutes=1)
    assert world.told() == {"sms"}


@pytest.mark.only_on("telegram", "the fault that is planted is Telegram's")
async def test_a_call_that_waited_is_not_asked_for_once_the_buyer_is_told(world: World) -> None:
    """The seller's own chat was in trouble while it waited."""
    world.fate = None
    await world.asks(buyer={"name": "Тарас Непийвода", "phone": f"+{PHONE}"})
    await world.goes(minutes=1)
    chat = world.stage.owner.chat
    world.stage.fake.faults.script(Kind.TOO_MANY, method="sendMessage", chat=chat, times=None, retry_after=60)
    for _ in range(3):
        await world.goes(minutes=15)
    world.fate = "Delivered"
    await world.goes(minutes=15)
    world.stage.fake.faults.clear()
    await world.goes(minutes=15)
    assert (world.told(), world.warned(), await world.red()) == ({"sms"}, False, False)


# ---------------------------------------------------------------- the stop before the parcel leaves (RC10)
async def test_the_card_is_red_and_the_dispatch_stops_with_three_ways_out(world: World) -> None:
    await untold(world)
    assert await world.red()
    answer = await presses(world, "Ввести ТТН")
    assert answer == "" or toasts(world.stage.owner, answer)
    stop = next(one for one in world.stage.owner.chat.newest_first() if STOP in one.text)
    assert "Причина: номер у стоп-листі" in stop.text
    for label in ("Подзвонити", "Неправильний номер", "Відправити на свій ризик"):
        assert any(label in one for one in stop.labels), label
    assert [status for _, status in await history(world.stage, world.number)][-1] == "confirmed"


async def test_who_was_talked_to_may_be_sent_their_parcel(world: World) -> None:
    await untold(world)
    await presses(world, "Ввести ТТН")
    await presses(world, "Подзвонити")
    assert f"+{PHONE}" in world.stage.owner.chat.described()
    await presses(world, "Поговорили")
    assert not await world.red()
    await presses(world, "Ввести ТТН")
    await types(world.stage, world.stage.owner, TTN)
    assert [action for action, _ in await history(world.stage, world.number)][-2:] == ["reached", "ship"]


@pytest.mark.parametrize("fate", ["Expired", "Undelivered"])
async def test_after_a_talk_no_late_receipt_stops_the_parcel_again(world: World, fate: str) -> None:
    world.fate = None
    await world.asks(buyer={"name": "Тарас Непийвода", "phone": f"+{PHONE}"})
    await world.stage.happens(world.number, type="status_changed", status="confirmed")
    for minutes in (1, 31):
        await world.goes(minutes=minutes)
    assert await world.red()
    await presses(world, "Ввести ТТН")
    await presses(world, "Подзвонити")
    await presses(world, "Поговорили")
    world.fate = fate
    await world.goes(minutes=10)
    await world.goes(minutes=10)
    assert not await world.red()
    await presses(world, "Ввести ТТН")
    assert STOP not in world.stage.owner.screen.text


async def test_another_number_stands_beside_the_orders_own_and_hears_the_next_sms(world: World) -> None:
    await untold(world)
    await presses(world, "Ввести ТТН")
    await presses(world, "Неправильний номер")
    assert "не номер" not in (await types(world.stage, world.stage.owner, "немає")).text
    assert await _numbers(world) == (f"+{PHONE}", None)
    await types(world.stage, world.stage.owner, "050 987 65 43")
    assert await _numbers(world) == (f"+{PHONE}", f"+{OTHER}")
    assert not await world.red()
    shown = (await card_now(world.stage, world.stage.owner, world.number)).text
    assert (f"+{PHONE}" in shown, f"Інший номер: +{OTHER}" in shown) == (True, True)
    await presses(world, "Ввести ТТН")
    await types(world.stage, world.stage.owner, TTN)
    await world.goes(seconds=11)
    await world.goes(seconds=1)
    assert [TTN in text.shown for text in world.sms.phone(OTHER)] == [True]
    assert world.sms.phone(PHONE) == []


async def test_at_ones_own_risk_the_parcel_goes_and_the_history_says_who_decided(world: World) -> None:
    await untold(world)
    await presses(world, "Ввести ТТН")
    await presses(world, "Відправити на свій ризик")
    await types(world.stage, world.stage.owner, TTN)
    actions = [action for action, _ in await history(world.stage, world.number)]
    assert actions[-2:] == ["at_risk", "ship"]
    await presses(world, "Історія")
    assert "на свій ризик" in world.stage.owner.chat.described()


async def test_without_a_chat_alone_nothing_stops(stage: Stage) -> None:
    """No SMS, no e-mail, no chat: nothing has failed, and silence never blocks a dispatch (RC17)."""
    number = await confirmed(stage, do_not_call=True)
    await press(stage, stage.owner, "Написати покупцю", number)
    assert "чату з покупцем ще немає" in (await types(stage, stage.owner, WORDS)).text
    await stage.goes(hours=5)
    assert RED not in card(stage.owner, number).text
    assert "Ввести ТТН" in buttons(stage.owner, number)
    await press(stage, stage.owner, "Ввести ТТН", number)
    await types(stage, stage.owner, TTN)
    assert [status for _, status in await history(stage, number)][-1] == "handed_over"


REASONS = {
    *PHONE_CODES.values(),
    *(sorted_status({"status": word, "type": "sms"}).reason for word in FAILED),
    *("no_mailbox", "mailbox_full", "bad_address", "refused", "unreachable"),
    *(
        "chat_not_found",
        "no_device",
        "blocked",
        "not_shown",
        "untold",
        "too_slow",
        "wrong_number",
        BY_PHONE_ALONE,
    ),
}


@pytest.mark.parametrize("language", ["uk", "ru", "en"])
@pytest.mark.parametrize("why", sorted(map(str, REASONS)))
def test_each_reason_has_words(language: str, why: str) -> None:
    assert why_text(why, Words(language)) != why


async def _numbers(world: World) -> tuple[str, str | None]:
    def query(session: Session) -> tuple[str, str | None]:
        order = session.scalars(select(Order).where(Order.number == world.number)).one()
        return order.buyer_phone, order.contact_phone

    found: tuple[str, str | None] = await in_database(world.stage, query)
    return found
