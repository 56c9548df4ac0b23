"""getUpdates: what an offset confirms, how long a poll waits, who of two pollers is told."""

import asyncio
import json
from typing import Any

import pytest

from bot.demo.person import Person
from bot.demo.telegram import FakeTelegram
from bot.tasks import Tasks
from tests.demo.client import Api, Refused

CLASH = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"


def texts(updates: list[dict[str, Any]]) -> list[str]:
    return [update["message"]["text"] for update in updates]


@pytest.fixture
def three(olena: Person) -> list[str]:
    return [olena.types(text).text for text in ("раз", "два", "три")]


async def test_an_update_is_served_until_a_higher_offset_confirms_it(
    api: Api, clock: Any, fake: FakeTelegram, three: list[str]
) -> None:
    first = await api("getUpdates")
    assert texts(first) == three
    assert [update["update_id"] - first[0]["update_id"] for update in first] == [0, 1, 2]
    assert 2_000_001 <= first[0]["update_id"] <= 10**9
    clock.goes(10)
    assert await api("getUpdates") == first
    assert texts(await api("getUpdates", offset=first[1]["update_id"])) == ["два", "три"]
    assert await api("getUpdates", offset=first[2]["update_id"] + 1) == []
    assert fake.pending_updates == 0


async def test_an_offset_of_the_past_or_far_in_the_future_loses_nothing(
    api: Api, clock: Any, three: list[str]
) -> None:
    first = await api("getUpdates", limit=1)
    for offset in (first[0]["update_id"] - 1000, first[0]["update_id"] + 1000, 1):
        clock.goes(10)
        assert texts(await api("getUpdates", offset=offset)) == three


async def test_a_negative_offset_forgets_all_before(api: Api, fake: FakeTelegram, three: list[str]) -> None:
    assert texts(await api("getUpdates", offset=-1)) == ["три"]
    assert fake.pending_updates == 1


async def test_the_limit_is_kept_within_one_and_a_hundred(api: Api, clock: Any, olena: Person) -> None:
    for number in range(120):
        olena.types(str(number))
    for limit, served in ((5, 5), (0, 1), (1000, 100)):
        clock.goes(10)
        assert len(await api("getUpdates", limit=limit)) == served


async def test_a_hasty_poller_gets_one_update_at_a_time(api: Api, clock: Any, three: list[str]) -> None:
    await api("getUpdates")
    assert texts(await api("getUpdates")) == ["раз"]
    clock.goes(0.51)
    assert texts(await api("getUpdates")) == three


async def test_a_long_poll_ends_with_the_first_update(api: Api, olena: Person) -> None:
    tasks = Tasks()
    poll = tasks.start(api("getUpdates", timeout=30), name="poll")
    await asyncio.sleep(0.02)
    assert not poll.done()
    olena.types("привіт")
    assert texts(await asyncio.wait_for(poll, 60)) == ["привіт"]


async def test_a_short_poll_ends_empty(api: Api) -> None:
    assert await api("getUpdates", timeout=0) == []


async def test_the_older_of_two_polls_is_told_of_the_newer(
    api: Api, fake: FakeTelegram, olena: Person
) -> None:
    tasks = Tasks()
    polls = [tasks.start(api("getUpdates", timeout=30), name="poll")]
    for _ in range(2):
        await asyncio.sleep(0.02)
        polls.append(tasks.start(api("getUpdates", timeout=30), name="poll"))
    with pytest.raises(Refused) as refused:
        await polls[0]
    assert (refused.value.code, refused.value.description) == (409, CLASH)
    with pytest.raises(Refused):
        await polls[1]
    olena.types("привіт")
    assert texts(await polls[2]) == ["привіт"]
    assert [call.outcome[:3] for call in fake.calls] == ["409", "409", "ok"]


async def test_polling_and_a_webhook_exclude_each_other(api: Api) -> None:
    tasks = Tasks()
    poll = tasks.start(api("getUpdates", timeout=30), name="poll")
    await asyncio.sleep(0.02)
    await api("setWebhook", url="https://127.0.0.1:9/")
    with pytest.raises(Refused, match="terminated by setWebhook request"):
        await poll
    refused = await api.refusal("getUpdates")
    assert refused.code == 409
    assert refused.description == (
        "Conflict: can't use getUpdates method while webhook is active; "
        "use deleteWebhook to delete the webhook first"
    )
    await api("deleteWebhook")
    assert await api("getUpdates") == []


async def test_presses_expire_after_minutes_and_messages_after_a_day(
    api: Api, fake: FakeTelegram, clock: Any, olena: Person
) -> None:
    olena.types("привіт")
    press = olena.forges("x", olena.messages[0])
    clock.goes(149)
    assert len(await api("getUpdates")) == 2
    clock.goes(2)
    assert texts(await api("getUpdates")) == ["привіт"]
    refused = await api.refusal("answerCallbackQuery", callback_query_id=press.query.id)
    assert refused.description.startswith("Bad Request: query is too old")
    clock.goes(86_400)
    assert await api("getUpdates") == []
    assert fake.world.updates.expired == 2


async def test_only_what_was_asked_for_arrives(api: Api, clock: Any, olena: Person) -> None:
    await api("getUpdates", allowed_updates=["callback_query"])
    olena.types("привіт")
    olena.forges("x", olena.messages[0])
    assert [list(update)[1] for update in await api("getUpdates")] == ["callback_query"]
    clock.goes(10)
    await api("getUpdates", allowed_updates=[])
    olena.types("ще")
    clock.goes(10)
    assert [list(update)[1] for update in await api("getUpdates")] == ["callback_query", "message"]


async def test_raw_and_poisoned_updates_are_passed_on(api: Api, fake: FakeTelegram, olena: Person) -> None:
    olena.types("до")
    poison = b'{"update_id":%d,"message":{"message_id"' % fake.next_update_id
    fake.push(poison)
    olena.types("після")
    async with api.session.get(api.url("getUpdates")) as response:
        body = await response.read()
    assert poison in body
    with pytest.raises(json.JSONDecodeError):
        json.loads(body)
    fake.world.updates.clear()
    number = fake.push({"message": {"chat": {"id": olena.id}, "text": "саме"}})
    assert await api("getUpdates") == [
        {"update_id": number, "message": {"chat": {"id": olena.id}, "text": "саме"}}
    ]
    fake.world.updates.clear()
    assert fake.push({"update_id": number, "poll": 5}) == number
    assert await api("getUpdates") == [{"update_id": number, "poll": 5}]


async def test_numbers_begin_anew_after_a_quiet_week(
    api: Api, fake: FakeTelegram, clock: Any, olena: Person
) -> None:
    olena.types("раз")
    before = (await api("getUpdates"))[0]["update_id"]
    fake.world.updates.numbers_anew()
    clock.goes(10)
    olena.types("два")
    after = (await api("getUpdates"))[1]["update_id"]
    assert after != before + 1
    assert 2_000_001 <= after <= 10**9


async def test_two_fakes_count_from_different_numbers() -> None:
    assert FakeTelegram().next_update_id != FakeTelegram().next_update_id
    assert FakeTelegram(seed=3).next_update_id == FakeTelegram(seed=3).next_update_id
