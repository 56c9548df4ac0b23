"""The pace that Telegram allows, and everything that can go wrong on the way."""

import asyncio
import time
from typing import Any

import aiohttp
import pytest

from bot.demo.person import Person
from bot.demo.telegram import FakeTelegram, Kind, Limits
from bot.tasks import Tasks
from tests.demo.client import Api, Refused

# ---------------------------------------------------------------- pace


async def admitted(api: Api, chat: int, times: int) -> int:
    """How many of so many messages at once get through."""
    done = 0
    for number in range(times):
        try:
            await api("sendMessage", chat_id=chat, text=str(number))
        except Refused as refused:
            if refused.code != 429:
                raise
        else:
            done += 1
    return done


async def test_a_chat_takes_a_short_burst_and_then_one_a_second(
    api: Api, fake: FakeTelegram, clock: Any, olena: Person
) -> None:
    fake.limits = Limits(chat_burst=3)
    assert await admitted(api, olena.id, 5) == 3
    assert fake.too_many == 2
    refused = await api.refusal("sendMessage", chat_id=olena.id, text="ще")
    assert (refused.code, refused.parameters) == (429, {"retry_after": 3})
    assert refused.description == "Too Many Requests: retry after 3"
    clock.goes(3)
    assert await admitted(api, olena.id, 1) == 1
    for _ in range(10):
        clock.goes(1)
        assert await admitted(api, olena.id, 1) == 1
    assert len(fake.calls.of("sendMessage", outcome="429")) == fake.too_many == 3


async def test_a_steady_sender_is_not_refused_for_a_shaky_network(
    api: Api, fake: FakeTelegram, clock: Any, olena: Person
) -> None:
    fake.limits = Limits()
    for step in range(20):
        clock.goes(1 + (0.04 if step % 2 else -0.04))
        assert await admitted(api, olena.id, 1) == 1


async def test_a_bot_sends_thirty_a_second_in_all(api: Api, fake: FakeTelegram, clock: Any) -> None:
    fake.limits = Limits()
    people = [fake.person(str(number)) for number in range(40)]
    for person in people:
        person.types("/start")
    assert sum([await admitted(api, person.id, 1) for person in people]) == 30
    clock.goes(1)
    assert await admitted(api, people[35].id, 1) == 1


async def test_a_group_takes_twenty_in_any_minute(
    api: Api, fake: FakeTelegram, clock: Any, olena: Person
) -> None:
    fake.limits = Limits(tolerance=0)
    group = fake.group("Склад", [olena])
    sent = 0
    for _ in range(59):
        sent += await admitted(api, group.id, 1)
        clock.goes(1)
    assert sent == 20
    clock.goes(2)
    assert await admitted(api, group.id, 1) == 1


async def test_only_messages_and_edits_cost_pace(api: Api, fake: FakeTelegram, olena: Person) -> None:
    fake.limits = Limits(chat_burst=2)
    sent = await api("sendMessage", chat_id=olena.id, text="1")
    await api("editMessageText", chat_id=olena.id, message_id=sent["message_id"], text="2")
    assert (
        await api.refusal("editMessageText", chat_id=olena.id, message_id=sent["message_id"], text="3")
    ).code == 429
    assert (await api.refusal("sendMessage", chat_id=olena.id, text="<x>", parse_mode="HTML")).code == 400
    assert (await api.refusal("sendMessage", chat_id=999, text="x")).code == 400
    press = olena.forges("x")
    for _ in range(10):
        await api("answerCallbackQuery", callback_query_id=press.query.id)
        await api("sendChatAction", chat_id=olena.id, action="typing")
        await api("getChat", chat_id=olena.id)
    await api("deleteMessage", chat_id=olena.id, message_id=sent["message_id"])
    assert fake.too_many == 1
    fake.limits = Limits.none()
    assert await admitted(api, olena.id, 50) == 50


# ---------------------------------------------------------------- faults

CLASH = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
SAID = [
    (Kind.TOO_MANY, 429, "Too Many Requests: retry after 7"),
    (Kind.SERVER_ERROR, 500, "Internal Server Error"),
    (Kind.UNAUTHORIZED, 401, "Unauthorized"),
    (Kind.BLOCKED, 403, "Forbidden: bot was blocked by the user"),
    (Kind.NO_CHAT, 400, "Bad Request: chat not found"),
    (Kind.CANT_PARSE, 400, 'Bad Request: can\'t parse entities: Unsupported start tag "x" at byte offset 0'),
    (Kind.CONFLICT, 409, CLASH),
]


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize(("kind", "code", "description"), SAID)
async def test_a_refusal_can_be_planted_before_and_after_acceptance(
    api: Api, fake: FakeTelegram, olena: Person, kind: Kind, code: int, description: str, after: bool
) -> None:
    fake.faults.script(kind, method="sendMessage", after=after, retry_after=7)
    refused = await api.refusal("sendMessage", chat_id=olena.id, text="нове")
    assert (refused.code, refused.description) == (code, description)
    assert refused.parameters == ({"retry_after": 7} if kind is Kind.TOO_MANY else {})
    assert ("нове" in [message.text for message in olena.messages]) is after
    assert await admitted(api, olena.id, 1) == 1
    assert fake.faults.struck == {f"{kind} {'after' if after else 'before'}": 1}
    call = fake.calls[-2]
    assert (call.accepted, call.outcome) == (after, str(f"{kind} {'after' if after else 'before'}"))
    assert fake.calls.refused() == []
    assert fake.too_many == 0


async def told(api: Api, olena: Person) -> tuple[int, bytes]:
    async with api.session.post(
        api.url("sendMessage"),
        data={"chat_id": str(olena.id), "text": "нове"},
        timeout=aiohttp.ClientTimeout(2),
    ) as response:
        return response.status, await response.read()


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize(
    ("kind", "error"),
    [
        (Kind.RESET, aiohttp.ClientOSError),
        (Kind.HALF, aiohttp.ClientPayloadError),
    ],
)
async def test_a_connection_can_break_before_and_after_acceptance(
    api: Api, fake: FakeTelegram, olena: Person, kind: Kind, error: type[Exception], after: bool
) -> None:
    fake.faults.script(kind, after=after)
    with pytest.raises(error):
        await told(api, olena)
    assert ("нове" in [message.text for message in olena.messages]) is after
    assert (await told(api, olena))[0] == 200


@pytest.mark.parametrize("after", [False, True])
async def test_an_answer_can_be_no_json(api: Api, fake: FakeTelegram, olena: Person, after: bool) -> None:
    fake.faults.script(Kind.BAD_GATEWAY, after=after)
    fake.faults.script(Kind.EMPTY, after=after)
    status, body = await told(api, olena)
    assert (status, b"<title>502 Bad Gateway</title>" in body) == (502, True)
    assert await told(api, olena) == (200, b"")
    assert [message.text for message in olena.messages] == ["/start"] + ["нове"] * 2 * after


async def test_an_answer_can_be_ok_and_undecodable(api: Api, fake: FakeTelegram, olena: Person) -> None:
    fake.faults.script(Kind.UNDECODABLE)
    fake.faults.script(Kind.UNDECODABLE, body=b'{"ok":true,"result":')
    assert await told(api, olena) == (200, b'{"ok":true,"result":{"message_id":"not a number"}}')
    assert await told(api, olena) == (200, b'{"ok":true,"result":')
    assert [message.text for message in olena.messages] == ["/start", "нове", "нове"]


@pytest.mark.parametrize("after", [False, True])
async def test_an_answer_can_drip(api: Api, fake: FakeTelegram, olena: Person, after: bool) -> None:
    fake.faults.script(Kind.SLOW, after=after, seconds=0.1)
    begun = time.monotonic()
    status, body = await told(api, olena)
    assert time.monotonic() - begun >= 0.1
    assert (status, b"message_id" in body) == ((200, True) if after else (500, False))
    assert len(olena.messages) == 1 + after


@pytest.mark.parametrize("after", [False, True])
async def test_a_call_can_hang_until_released(
    api: Api, fake: FakeTelegram, olena: Person, after: bool
) -> None:
    tasks = Tasks()
    fake.faults.script(Kind.HANG, after=after)
    hanging = tasks.start(told(api, olena), name="hanging")
    await fake.faults.until_hanging()
    assert len(olena.messages) == 1 + after
    fake.faults.release()
    assert (await hanging)[0] == 200
    assert len(olena.messages) == 2


@pytest.mark.parametrize("after", [False, True])
async def test_a_caller_that_gives_up_leaves_nothing_hanging(
    api: Api, fake: FakeTelegram, olena: Person, after: bool
) -> None:
    fake.faults.script(Kind.HANG, after=after)
    with pytest.raises(TimeoutError):
        async with api.session.post(
            api.url("sendMessage"),
            data={"chat_id": str(olena.id), "text": "x"},
            timeout=aiohttp.ClientTimeout(0.05),
        ):
            pass
    await fake.calls.wait_for("sendMessage")
    assert fake.faults.hanging == 0
    assert len(olena.messages) == 1 + after


async def test_a_fault_meets_the_call_that_it_was_meant_for(
    api: Api, fake: FakeTelegram, olena: Person
) -> None:
    ihor = fake.person("Ігор")
    ihor.types("/start")
    fake.faults.script(Kind.SERVER_ERROR, method="sendMessage", chat=olena, nth=2, times=2)
    outcomes = []
    for chat in (olena.id, ihor.id, olena.id, ihor.id, olena.id, olena.id):
        outcomes.append(await admitted_or_code(api, chat))
        await api("getMe")
    assert outcomes == ["ok", "ok", 500, "ok", 500, "ok"]
    fake.faults.script(Kind.CONFLICT, method="getUpdates", times=None)
    assert [await admitted_or_code(api, olena.id, "getUpdates") for _ in range(3)] == [409] * 3
    fake.faults.clear()
    assert await admitted_or_code(api, olena.id, "getUpdates") == "ok"


async def admitted_or_code(api: Api, chat: int, method: str = "sendMessage") -> str | int:
    try:
        await api(method, **({"chat_id": chat, "text": "x"} if method == "sendMessage" else {}))
    except Refused as refused:
        return refused.code
    return "ok"


async def test_a_seed_deals_the_same_hand(api: Api, fake: FakeTelegram, olena: Person) -> None:
    hands = []
    for seed in (5, 5, 6):
        fake.faults.at_random(seed, before={Kind.SERVER_ERROR: 0.2}, after={Kind.TOO_MANY: 0.2})
        hands.append([await admitted_or_code(api, olena.id) for _ in range(40)])
        await api("getMe")
    assert hands[0] == hands[1] != hands[2]
    assert set(hands[0]) == {"ok", 500, 429}
    struck = fake.faults.struck
    assert struck["500 before"] + struck["429 after"] == sum(code != "ok" for hand in hands for code in hand)
    assert len(olena.messages) - 1 == sum(code != 500 for hand in hands for code in hand)


async def test_every_answer_takes_its_time_if_wanted(api: Api, fake: FakeTelegram) -> None:
    fake.latency = 0.05
    begun = time.monotonic()
    await api("getMe")
    assert time.monotonic() - begun >= 0.05


async def test_it_stops_at_once_whatever_goes_on(fake: FakeTelegram, api: Api, olena: Person) -> None:
    tasks = Tasks()
    fake.faults.script(Kind.HANG, method="sendMessage")
    waiting = [tasks.start(told_nothing(api), name="poll"), tasks.start(lost(api, olena), name="hanging")]
    await fake.faults.until_hanging()
    await asyncio.wait_for(fake.stop(), 60)
    assert await asyncio.gather(*waiting) == [True, True]


async def lost(api: Api, olena: Person) -> bool:
    try:
        await told(api, olena)
    except aiohttp.ClientError:
        return True
    return False


async def test_it_listens_on_the_port_it_is_given(fake: FakeTelegram) -> None:
    port = int(fake.url.rsplit(":", 1)[1])
    await fake.stop()
    again = FakeTelegram()
    assert await again.start(port) == fake.url
    await again.stop()


async def test_nobody_is_there_and_then_everything_is_as_it_was(
    api: Api, fake: FakeTelegram, olena: Person
) -> None:
    url = fake.url
    tasks = Tasks()
    poll = tasks.start(told_nothing(api), name="poll")
    await asyncio.sleep(0.02)
    await fake.goes_away()
    assert await poll
    for _ in range(2):
        with pytest.raises(aiohttp.ClientConnectorError):
            await told(api, olena)
    olena.types("є хто?")
    await fake.comes_back()
    assert fake.url == url
    assert (await told(api, olena))[0] == 200
    assert len(await api("getUpdates")) == 1


async def told_nothing(api: Api) -> bool:
    try:
        await api("getUpdates", timeout=30)
    except aiohttp.ClientError:
        return True
    return False


async def test_a_thousand_messages_at_once_are_all_there(api: Api, fake: FakeTelegram, olena: Person) -> None:
    markup = {
        "inline_keyboard": [[{"text": "x", "callback_data": "y"}, {"text": "y", "url": "https://ya.ua"}]]
    }

    async def many() -> None:
        for _ in range(125):
            await api(
                "sendMessage",
                chat_id=olena.id,
                text="<b>x</b> &amp; y",
                parse_mode="HTML",
                reply_markup=markup,
            )

    await asyncio.gather(*(many() for _ in range(8)))
    assert len(olena.messages) == 1001
