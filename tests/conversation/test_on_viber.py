"""Seller and buyer on Viber: the same conversation over another wire, by people who press what is on their screens."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, cast

import pytest

from bot.demo.turbosms import FakeTurboSms
from bot.demo.viber import FakeViber, Person
from models.people import Messenger
from tests.conversation.hands import (
    TTN,
    buttons,
    calm,
    card,
    confirmed,
    history,
    later,
    opening,
    paid_by,
    press,
    proof,
    taken_in,
    told,
    types,
)
from tests.conversation.test_one_bubble import bubbles
from tests.outbox.buyers import PHONE, open_world
from tests.stage import Stage, open_stage

pytestmark = pytest.mark.only_on("viber", "what Viber alone has")

BEGIN = "Отримувати повідомлення тут"


def fake_of(stage: Stage) -> FakeViber:
    return cast(FakeViber, stage.fake)


def on_viber(person: object) -> Person:
    return cast(Person, person)


async def test_an_order_goes_its_whole_way(stage: Stage) -> None:
    """Ring, claim, confirm, waybill, and each step is told to the buyer who came in by the link."""
    taken = await stage.orders(do_not_call=True)
    number = taken["number"]
    await calm(stage)
    maria = on_viber(await stage.buyer("Марія", taken))
    await calm(stage)
    assert "Все вірно" in " ".join(card_labels(maria, number))
    await maria.presses("Все вірно").answered()
    await calm(stage)
    await press(stage, stage.owner, "Взяти й підтвердити", number)
    await press(stage, stage.owner, "Ввести ТТН", number)
    await types(stage, stage.owner, TTN)
    await stage.goes(seconds=11)
    await calm(stage)
    assert maria.finds(TTN) is not None
    assert [row[1] for row in await history(stage, number)][-1] == "handed_over"


def card_labels(person: Person, number: str) -> list[str]:
    message = person.finds(number)
    assert message is not None, person.chat.described()
    return [*message.labels, *person.keyboard]


async def test_the_opening_of_a_link_is_answered_in_the_http_answer_and_the_first_word_subscribes(
    stage: Stage,
) -> None:
    taken = await stage.orders(do_not_call=True)
    fake = fake_of(stage)
    fake.on_welcome = None
    await calm(stage)
    sent = len(fake.calls.of("send_message"))
    maria = fake.person("Марія")
    maria.opens(taken["buyer"]["start"])
    await maria.sees(taken["number"])
    await calm(stage)
    assert len(fake.calls.of("send_message")) == sent  # nothing by the API: Viber would not take it
    assert BEGIN in " ".join(maria.keyboard)
    assert "Все правильно?" in maria.screen.text  # it asks, and says what about
    assert taken["sent"]["lines"][0]["title"] in maria.screen.text
    assert maria.charged == 0
    maria.presses(BEGIN)
    await calm(stage)
    assert BEGIN not in " ".join(maria.keyboard)


@asynccontextmanager
async def with_sms(database_url: str) -> AsyncIterator[tuple[Stage, FakeTurboSms]]:
    """People in Viber, and SMS for whom it does not reach."""
    async with FakeTurboSms(fate="Delivered") as sms:
        on: dict[str, Any] = {"turbosms_token": sms.token, "turbosms_sender": sms.sender}
        async with open_stage(
            database_url, messenger=Messenger.VIBER, turbosms_api_url=sms.url, **on
        ) as stage:
            fake_of(stage).on_welcome = None
            yield stage, sms


async def looks_in(stage: Stage, taken: dict[str, Any]) -> Person:
    """A buyer who opens the link and does nothing yet."""
    maria = fake_of(stage).person("Марія")
    maria.opens(taken["buyer"]["start"])
    await maria.sees("Все правильно?")
    await calm(stage)
    return maria


@pytest.mark.parametrize("first", ["Все вірно", "Є запитання", BEGIN])
async def test_what_the_answer_to_the_opening_asks_is_not_asked_again(database_url: str, first: str) -> None:
    """Whatever her first press is, she has seen it: it stands where she has pressed."""
    async with with_sms(database_url) as (stage, _):
        taken = await stage.orders(do_not_call=True)
        await calm(stage)
        maria = await looks_in(stage, taken)
        assert "/privacy" in maria.screen.text
        assert ("queued", "until_heard") in await told(stage, taken["number"], "confirm_request")
        maria.presses(first)
        await calm(stage)
        await later(stage, hours=1)
        assert [m.text.count("Все правильно?") for m in maria.messages].count(1) == 1
        assert ("seen", None) in await told(stage, taken["number"], "confirm_request")


async def test_who_is_asked_in_the_answer_to_the_opening_is_given_time_before_an_sms_asks_again(
    database_url: str,
) -> None:
    """It goes nowhere else before her first word; the price of an SMS is spent on who stays silent."""
    async with with_sms(database_url) as (stage, sms):
        stage.clock.goes(hours=13)  # 23:00: nobody is written to who did not ask
        taken = await stage.orders(do_not_call=True)
        await later(stage, hours=9, minutes=50)
        await looks_in(stage, taken)
        await later(stage, minutes=29)  # 9:19; at 9:00 the SMS was to go
        assert sms.messages == {}
        await later(stage, minutes=2)
        assert len(sms.messages) == 1


async def test_an_opening_that_comes_twice_is_answered_by_the_same_message(stage: Stage) -> None:
    taken = await stage.orders()
    fake = fake_of(stage)
    maria = fake.person("Марія")
    event = opening(stage, maria, taken)
    first, second = await fake.inject(event), await fake.inject(event)
    assert (first.status, second.status) == (200, 200)
    assert taken["number"] in first.body.decode()
    assert first.body == second.body


async def test_every_card_stays_pressable_whatever_comes_after(stage: Stage) -> None:
    first, second = await taken_in(stage), await taken_in(stage)
    await press(stage, stage.owner, "Беру в роботу", first)
    await press(stage, stage.owner, "Беру в роботу", second)
    assert [row[1] for row in await history(stage, first)][-1] == "in_work"
    assert [row[1] for row in await history(stage, second)][-1] == "in_work"


async def test_a_card_is_sent_again_for_another_status_alone(stage: Stage) -> None:
    number = await taken_in(stage)
    await types(stage, stage.owner, "/orders")
    before = len(fake_of(stage).calls.of("send_message"))
    await stage.happens(number, type="payment_changed", status="paid")
    await calm(stage)
    assert len(fake_of(stage).calls.of("send_message")) == before
    await stage.happens(number, type="status_changed", status="in_work")
    await calm(stage)
    assert "Обробляється менеджером" in card(stage.owner, number).text


@pytest.mark.rule("RC14", "RC15")
async def test_money_that_comes_is_one_message_whatever_that_costs(stage: Stage) -> None:
    """The card hangs there as it was, with dispatch shut: it comes again. Within the day free, later at one price."""
    numbers = [await confirmed(stage, payment=paid_by("card", "pending")) for _ in range(2)]
    for number in numbers:
        assert "Ввести ТТН" not in buttons(stage.owner, number)
    await types(stage, stage.owner, "/orders")
    for number, price in zip(numbers, (0, 1), strict=True):
        before, paid = len(bubbles(stage)), on_viber(stage.owner).charged
        await stage.happens(number, type="payment_changed", status="paid")
        await later(stage, seconds=20)
        [one] = bubbles(stage)[before:]
        assert one.splitlines()[0] == f"💳 №{number} · оплата: оплачено"
        assert "Ввести ТТН" in buttons(stage.owner, number)
        assert on_viber(stage.owner).charged - paid == price
        await later(stage, hours=25)


@pytest.mark.rule("G26")
async def test_an_order_that_its_buyer_cancelled_is_one_message(stage: Stage) -> None:
    number = await taken_in(stage)
    await press(stage, stage.owner, "Беру в роботу", number)
    before = len(bubbles(stage))
    await stage.happens(number, type="buyer_cancelled")
    await later(stage, seconds=20)
    [one] = bubbles(stage)[before:]
    assert "покупець скасував замовлення" in one


async def test_a_receipt_says_how_far_a_message_got(stage: Stage) -> None:
    taken = await stage.orders()
    await calm(stage)
    await calm(stage)
    assert await proof(stage, taken["number"], "new_order") == [("delivered", None)]
    on_viber(stage.owner).reads()
    await calm(stage)
    assert await proof(stage, taken["number"], "new_order") == [("seen", None)]


@asynccontextmanager
async def quick_phones(stage: Stage) -> AsyncIterator[None]:
    """What a phone says of a message is heard and done with before Viber answers to the sending."""
    fake, worker, delivery, viber = fake_of(stage), stage.app.worker, stage.app.delivery, stage.app._viber
    assert worker is not None
    assert delivery is not None
    assert viber is not None

    async def heard(person: str) -> None:
        number = await viber.identities.numbered(person)
        if ("viber", str(number)) not in delivery._sending:
            return  # the answer to a press, which is at work until it is sent
        while fake.pending_updates:  # noqa: ASYNC110 - the fake tells nobody when one is taken
            await asyncio.sleep(0.005)
        await worker.idle()

    fake.before_answer = heard
    yield
    fake.before_answer = None


async def test_a_receipt_that_is_quicker_than_the_answer_is_kept(stage: Stage) -> None:
    """Delivered, or rejected by the phone."""
    await calm(stage)
    async with quick_phones(stage):
        taken = await stage.orders()
        await calm(stage)
        on_viber(stage.owner).rejects()
        lost = await stage.orders()
        await calm(stage)
    assert await proof(stage, taken["number"], "new_order") == [("delivered", None)]
    assert ("failed", "not_shown") in await proof(stage, lost["number"], "new_order")
    on_viber(stage.owner).reads()
    await calm(stage)
    assert await proof(stage, taken["number"], "new_order") == [("seen", None)]


async def test_a_buyer_whose_phone_is_quicker_is_told_and_nobody_is_sent_to_call(database_url: str) -> None:
    async with open_world(database_url) as world:
        await world.chats()
        async with quick_phones(world.stage):
            await world.writes()
        await world.goes(hours=5)
        assert (world.told(), world.sms.phone(PHONE), world.warned()) == ({"chat"}, [], False)


async def test_what_a_phone_rejects_was_not_told(stage: Stage) -> None:
    await calm(stage)
    on_viber(stage.owner).rejects()
    taken = await stage.orders()
    await calm(stage)
    await calm(stage)
    assert ("failed", "not_shown") in await proof(stage, taken["number"], "new_order")


@pytest.mark.case("B1")
async def test_a_button_that_was_drawn_for_another_opens_nothing(stage: Stage) -> None:
    number = await taken_in(stage)
    [button] = [one for one in card(stage.owner, number).labels if "Беру в роботу" in one]
    stolen = stage.owner.presses(button).data
    await calm(stage)
    other = await taken_in(stage)
    stranger = fake_of(stage).person("Чужий")
    stranger.types(stolen)
    stranger.types(stolen.replace(stolen.split("|")[1], "A" * 16))
    await calm(stage)
    assert [row[1] for row in await history(stage, other)] == ["new"]


WRONG = {"none": None, "of something else": "0" * 64, "in capitals": "upper", "no hex": "підпис"}


@pytest.mark.case("G1")
@pytest.mark.parametrize("signature", WRONG.values(), ids=WRONG.keys())
async def test_what_viber_has_not_signed_is_refused_and_not_stored(
    stage: Stage, signature: str | None
) -> None:
    fake = fake_of(stage)
    event = {"event": "seen", "timestamp": 1, "message_token": 77, "user_id": "x"}
    if signature == "upper":
        signature = fake.callbacks.signed(json.dumps(event).encode()).upper()
    if signature == "підпис":
        signature = "\u0456".encode().decode("latin-1")
    answer = await fake.inject(event, signature=signature)
    assert answer.status == 403


ODD = {
    "failed without desc": {"event": "failed", "message_token": 1, "user_id": "x"},
    "client_status": {"event": "client_status", "message_token": 2, "status": {"code": 300}},
    "an event of tomorrow": {"event": "levitated", "message_token": 3, "user": None},
    "no sender": {"event": "message", "message_token": 4, "message": {"type": "text", "text": "x"}},
    "thirty kilobytes": {"event": "message", "message_token": 5, "sender": {"id": "y", "name": "x" * 30_000}},
    "no number": {"event": "seen", "user_id": "x"},
}


@pytest.mark.case("G5", "G9")
@pytest.mark.parametrize("event", ODD.values(), ids=ODD.keys())
async def test_odd_events_are_taken_and_disturb_nobody(stage: Stage, event: dict[str, object]) -> None:
    answer = await fake_of(stage).inject(event | {"timestamp": int(stage.clock.now.timestamp() * 1000)})
    assert answer.status == 200
    number = await taken_in(stage)
    assert card(stage.owner, number)


@pytest.mark.case("G10")
async def test_who_leaves_is_written_to_no_more_and_the_card_says_so(stage: Stage) -> None:
    taken = await stage.orders()
    maria = on_viber(await stage.buyer("Марія", taken))
    await calm(stage)
    maria.blocks_bot()
    await calm(stage)
    await press(stage, stage.owner, "Беру в роботу", taken["number"])
    assert "Покупець зупинив бота" in card(stage.owner, taken["number"]).text


async def test_after_a_day_of_silence_messages_cost_money_and_a_cap_holds_all_but_the_ring(
    stage: Stage,
) -> None:
    await calm(stage)
    await stage.app.shops.set_viber(stage.shop.shop.id, 1, True, 0)
    await stage.goes(hours=25)
    number = await taken_in(stage)
    assert on_viber(stage.owner).charged == 1
    assert card(stage.owner, number)
    await stage.goes(hours=2)  # the reminder is beyond the cap
    await calm(stage)
    states = await proof(stage, number, "untouched")
    assert ("held", "viber_cap") in states
    assert stage.owner.finds("це ваша межа") is not None  # once a month, whatever it costs
