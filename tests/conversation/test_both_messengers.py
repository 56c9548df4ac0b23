"""One shop in two messengers at once: what hangs in one is not noticed in the other (issue 5, house 8.3)."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from bot.demo.telegram import Message
from bot.demo.viber import FakeViber, Kind, Person
from bot.http import Http
from bot.inbox.worker import AT_ONCE
from bot.outbox.delivery import IN_FLIGHT
from models.roles import Role
from tests.stage import PATIENCE, Stage, open_stage

CROWD = 12
"""People on Viber: more than are served at once, and than messages are on their way at once."""


@pytest.fixture
async def stage(database_url: str) -> AsyncIterator[Stage]:
    """The calls that hang are never given up by themselves: their end is the test's to say."""
    async with open_stage(database_url, viber_too=True, http_client=Http(seconds=600)) as opened:
        yield opened


def viber_of(stage: Stage) -> FakeViber:
    assert stage.viber is not None
    return stage.viber


async def hires_on_viber(stage: Stage, name: str) -> Person:
    person = viber_of(stage).person(name)
    invite = await stage.app.shops.invite(stage.shop.shop.id, Role.MANAGER, binds_at_once=False)
    person.types(f"/start {invite.start}")
    await stage.owner.sees(f"проситься {name}", PATIENCE)
    await stage.owner.presses("Так, це наша людина").answered(PATIENCE)
    await person.sees("Вас додано до магазину", PATIENCE)
    return person


async def buyers_on_viber(stage: Stage) -> dict[str, Person]:
    """By their orders' numbers."""
    people = {}
    for number in range(CROWD):
        taken = await stage.orders()
        person = viber_of(stage).person(f"Покупець {number}")
        person.types(f"/start {taken['buyer']['start']}")
        await person.sees(taken["number"], PATIENCE)
        people[taken["number"]] = person
    return people


async def test_one_shop_has_people_in_both_and_they_hear_of_each_other(stage: Stage) -> None:
    bohdan = await hires_on_viber(stage, "Богдан")
    taken = await stage.orders(do_not_call=True)
    for seller in (stage.owner, bohdan):
        await seller.sees("«Нове замовлення»", PATIENCE)
    bohdan.presses("Беру в роботу")
    await stage.owner.sees("Веде: Богдан", PATIENCE)
    await stage.quiet()
    maria = await stage.buyer("Марія", taken)
    await maria.presses("Є запитання").answered(PATIENCE)
    maria.types("А кришка блакитна?")
    await bohdan.sees("А кришка блакитна?", PATIENCE)
    bohdan.presses("Написати покупцю")
    await bohdan.sees("напишіть повідомлення", PATIENCE)
    bohdan.types("Так, блакитна")
    await maria.sees("Так, блакитна", PATIENCE)


@pytest.mark.case("R3", "F1")
async def test_an_hour_of_a_viber_that_hangs_is_not_noticed_in_telegram(stage: Stage) -> None:
    """Rings and presses in Telegram end while every call to Viber is open; then Viber's people get each message once.

    No clock is looked at: what ends in Telegram ends before the first call to Viber does.
    """
    viber = viber_of(stage)
    bohdan = await hires_on_viber(stage, "Богдан")
    asking, waiting = await buyers_on_viber(stage), await buyers_on_viber(stage)
    for number in waiting:
        await stage.happens(number, type="status_changed", status="confirmed")
    await stage.quiet()
    sent = len(viber.calls.of("send_message", outcome="ok"))
    viber.faults.script(Kind.HANG, method="send_message", times=None)
    for person in asking.values():
        person.presses("Є запитання")  # its handler answers in Viber, and hangs there
    for at, number in enumerate(waiting):  # and so does what the outbox tells
        await stage.happens(number, type="parcel", ttn=f"204500000000{at:02}", status="arrived")
    await viber.faults.until_hanging(AT_ONCE + IN_FLIGHT)
    left: list[str] = []
    for minute in range(0, 60, 5):
        taken = await stage.orders()
        number = taken["number"]
        hangs = await stage.owner.sees(number, PATIENCE)
        if minute % 10:
            press = stage.owner.presses("Беру в роботу", on=hangs)
            assert "Взято в роботу" in await press.answered(PATIENCE)
            await becomes(hangs, "«Обробляється менеджером»")
        else:
            left.append(number)
        assert viber.faults.hanging >= AT_ONCE + IN_FLIGHT, "the calls to Viber are open all the while"
        assert len(viber.calls.of("send_message", outcome="ok")) == sent
        stage.clock.goes(minutes=5)
        await stage.app.tick()
    assert not any(number in message.text for message in bohdan.messages for number in left)

    viber.faults.clear()
    for people, words in ((asking, "напишіть запитання"), (waiting, "прибула")):
        for person in people.values():
            await person.sees(words, PATIENCE)
    for number in left:
        await bohdan.sees(number, PATIENCE)
    await stage.quiet()
    for people, words in ((asking, "напишіть запитання"), (waiting, "прибула")):
        assert [count_of(person, words) for person in people.values()] == [1] * CROWD
    for number in left:
        assert count_of(bohdan, f"№{number}") == 1, bohdan.chat.described()


async def becomes(message: Message, words: str) -> None:
    async with asyncio.timeout(PATIENCE):
        while words not in message.text:
            await message.chat.change()


def count_of(person: Person, words: str) -> int:
    return sum(words in message.text for message in person.messages if message.sender is not person.user)
