"""Telegram is away for a while, or for more than a day: delayed, in order, never a thousand rings (P9)."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from bot.demo.telegram.faults import Kind
from tests.outbox.troubles import flows, leaps, rings, told
from tests.stage import Stage


async def _away(stage: Stage, **amount: float) -> None:
    """Time passes while nobody is there, in steps as a ticking machine sees them."""
    until = stage.clock() + timedelta(**amount)
    while stage.clock() < until:
        stage.clock.goes(minutes=30)
        await stage.app.tick()
        await asyncio.sleep(0.01)


@pytest.mark.case("F13")
async def test_after_two_hours_without_a_connection_all_arrive_in_order(stage: Stage) -> None:
    people = [stage.owner, await stage.hires("Петро"), await stage.hires("Ірина"), await stage.hires("Ганна")]
    await stage.quiet()
    await stage.fake.goes_away()
    numbers = []
    for _ in range(5):
        numbers.append((await stage.orders())["number"])
        await asyncio.sleep(0.05)
    await _away(stage, hours=2)
    for number in numbers:
        assert _fates(await rings(stage, number)) <= {"queued", "sending"}
    await stage.fake.comes_back()
    await flows(stage, lambda: all(told(person, number) for person in people for number in numbers), step=5)
    for person in people:
        seen = [number for m in person.messages for number in numbers if number in m.text]
        assert seen == numbers, person
        assert not any("повторно" in message.text for message in person.messages), "nothing was ever sent"


def _fates(rings: list[dict[str, Any]]) -> set[str]:
    """What became of them; of two reminders that nobody heard the later one speaks for both."""
    return {ring["state"] for ring in rings if (ring["event"], ring["reason"]) != ("untouched", "outdated")}


async def _held(stage: Stage, numbers: list[str]) -> list[dict[str, Any]]:
    seen = [ring for number in numbers for ring in await rings(stage, number) if ring["event"] == "new_order"]
    return [ring for ring in seen if (ring["state"], ring["reason"]) == ("held", "too_long_unsent")]


@pytest.mark.case("F14")
async def test_after_a_day_it_is_held_and_comes_as_one_message(stage: Stage) -> None:
    olena = stage.owner
    stage.fake.faults.script(Kind.BAD_GATEWAY, method="sendMessage", times=None)
    numbers = [(await stage.orders())["number"] for _ in range(30)]
    await _away(stage, hours=25)
    async with asyncio.timeout(60):
        while len(await _held(stage, numbers)) < 29:  # one may be asking just now whether it is over
            await leaps(stage, minutes=1)
    asked = sum(stage.fake.faults.struck.values())
    assert asked < 25 * 60 + 50
    stage.fake.faults.clear()
    await flows(stage, lambda: all(told(olena, number) for number in numbers), step=60)
    await stage.goes(minutes=5)
    bells = [message for message in olena.messages if any(number in message.text for number in numbers)]
    assert len(bells) <= 3, "one that asked whether it is over, the reminders, and all the others"
    for number in numbers:
        about = [line for m in bells for line in m.text.splitlines() if f"№{number}" in line]
        assert len(about) == len(set(about)) <= 2, "a reminder is not the ring"
        assert _fates(await rings(stage, number)) == {"sent"}


@pytest.mark.case("F13")
async def test_no_name_no_certificate_no_port_is_certainly_not_sent(stage: Stage) -> None:
    from bot.http import Http, WireError

    http = Http(seconds=2)
    for url in ("http://127.0.0.1:9/x", "http://nowhere.invalid/x", f"https{stage.fake.url[4:]}/x"):
        with pytest.raises(WireError) as failed:
            await http.post(url, json={})
        assert not failed.value.reached, url
    await http.close()
