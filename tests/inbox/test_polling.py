"""Polling over the real wire: nothing is confirmed before it is stored, and nothing stops it for good."""

import asyncio
import json
import shutil
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from hypothesis import given
from hypothesis import strategies as st
from structlog.testing import capture_logs

from bot.demo.person import Person
from bot.demo.telegram import FakeTelegram, Kind
from bot.inbox.polling import NoAnswer, Poller, read_batch
from bot.tasks import Tasks
from models.errors import Busy
from models.inbox import UpdateState
from tests.inbox.stage import Clock, Desk, Naps, soon, stopped

ALLOWED = ["message", "edited_message", "callback_query", "my_chat_member"]
Made = Callable[..., Poller]


@pytest.fixture
def database_url(migrated_sqlite: Path, tmp_path: Path) -> str:
    """One kind is enough here: what is stored how is tests/inbox/test_store.py."""
    shutil.copy(migrated_sqlite, tmp_path / "bot.db")
    return f"sqlite+aiosqlite:///{tmp_path}/bot.db"


@pytest.fixture
def naps() -> Naps:
    return Naps()


@pytest.fixture
async def tasks() -> AsyncIterator[Tasks]:
    tasks = Tasks()
    yield tasks
    await tasks.stop()


@pytest.fixture
def made(fake: FakeTelegram, http: aiohttp.ClientSession, desk: Desk, naps: Naps) -> Made:
    """Pollers of the desk's inbox, which nap where others sleep."""

    def make(**how: Any) -> Poller:
        given: dict[str, Any] = {
            "api_url": fake.url,
            "token": fake.token,
            "allowed_updates": ALLOWED,
            "timeout": 1,
            "sleep": naps,
        }
        return Poller(how.pop("session", http), how.pop("store", desk.inbox.store), **given | how)

    return make


@pytest.fixture
async def polling(made: Made, tasks: Tasks) -> "asyncio.Task[None]":
    return tasks.start(made().run(), name="polling")


async def test_what_a_person_types_is_handled_and_confirmed(
    fake: FakeTelegram, olena: Person, desk: Desk, polling: "asyncio.Task[None]"
) -> None:
    olena.types("раз")
    olena.types("два")
    await desk.handler.until(lambda: desk.handler.ended == ["раз", "два"])
    olena.types("три")
    await desk.handler.until(lambda: desk.handler.ended == ["раз", "два", "три"])
    await soon(lambda: fake.pending_updates == 0)
    offsets = [call.params.get("offset") for call in fake.calls.of("getUpdates")]
    assert offsets[0] is None
    assert all(offset and offset > 2_000_000 for offset in offsets[1:])
    assert {tuple(call.params["allowed_updates"]) for call in fake.calls} == {tuple(ALLOWED)}
    assert {call.method for call in fake.calls} == {"getUpdates"}
    assert fake.violations == []
    row = next(iter((await desk.rows()).values()))
    assert (row.channel, row.bot_id) == ("telegram", fake.token.split(":")[0])


async def test_a_body_is_stored_to_the_letter(
    fake: FakeTelegram, desk: Desk, made: Made, tasks: Tasks
) -> None:
    """Whatever JSON there may be: odd spaces, odd escapes, lone surrogates, bytes that are no UTF-8."""
    odd = [
        b'{"update_id":501, "message" : {"chat":{"id":1}, "text":"\\ud800 \\u0000 \xd0\x84"} }',
        b'{"update_id":502,"message":{"chat":{"id":2},"n":1e400,"x":NaN}}',
        b'{"update_id":503,"message":{"chat":{"id":3},"text":"\xff\xfe"}}',
    ]
    await desk.worker.stop()
    for body in odd:
        fake.push(body)
    tasks.start(made().run(), name="polling")
    await soon(lambda: len(fake.calls.of("getUpdates")) == 2)
    assert {int(event_id): row.body for event_id, row in (await desk.rows()).items()} == {
        501: odd[0],
        502: odd[1],
        503: odd[2],
    }


@pytest.mark.case("B5")
async def test_numbers_that_begin_anew_are_no_trouble(
    fake: FakeTelegram, olena: Person, desk: Desk, polling: "asyncio.Task[None]"
) -> None:
    for number in (9_000_005, 9_000_003, 9_000_004):
        fake.push({"update_id": number, "message": {"chat": {"id": 7}, "text": str(number)}})
    await desk.handler.until(lambda: desk.handler.ended == ["9000005", "9000003", "9000004"])
    await soon(lambda: fake.pending_updates == 0)
    fake.push({"update_id": 17, "message": {"chat": {"id": 7}, "text": "нові"}})
    await desk.handler.until(lambda: "нові" in desk.handler.ended)
    await soon(lambda: fake.pending_updates == 0)


@pytest.mark.case("B12")
async def test_nothing_is_confirmed_while_nothing_can_be_stored(
    fake: FakeTelegram, olena: Person, desk: Desk, made: Made, tasks: Tasks, naps: Naps
) -> None:
    away = True

    async def store(arrivals: Any) -> int:
        if away:
            raise Busy(retry_after=5)
        return await desk.inbox.store(arrivals)

    olena.types("раз")
    tasks.start(made(store=store).run(), name="polling")
    await soon(lambda: len(naps.asked) >= 3)
    assert {call.params.get("offset") for call in fake.calls.of("getUpdates")} == {None}
    assert min(naps.asked) >= 5
    assert fake.pending_updates == 1
    away = False
    await desk.handler.until(lambda: desk.handler.ended == ["раз"])
    await soon(lambda: fake.pending_updates == 0)


async def test_a_poller_that_starts_anew_loses_and_doubles_nothing(
    fake: FakeTelegram, olena: Person, desk: Desk, made: Made, tasks: Tasks
) -> None:
    """Stopped between the commit and the next request: Telegram serves the same again."""
    first = tasks.start(made(timeout=1).run(), name="polling")
    fake.faults.script(Kind.HANG, method="getUpdates", nth=2)
    olena.types("раз")
    await desk.handler.until(lambda: desk.handler.ended == ["раз"])
    await soon(lambda: fake.faults.hanging == 1)
    await stopped(first)
    assert fake.pending_updates == 1
    olena.types("два")
    tasks.start(made().run(), name="polling")
    await soon(lambda: fake.pending_updates == 0)
    await desk.idle()
    assert desk.handler.texts == ["раз", "два"]


# ---------------------------------------------------------------- poison

POISON = [
    b"junk{",
    b"{",
    b'{"update_id":',
    b"]",
    b"]}",
    b"null",
    b"17",
    b'"text"',
    b"[]",
    b"\xff\x00",
    b"[" * 50_000,
    b'{"message":{"text":"no id"}}',
    b'{"update_id":"7"}',
    b'{"update_id":7e5}',
    b'{"update_id":1' + b"0" * 400 + b"}",
    b'{"update_id":' + b"9" * 5_000 + b"}",
]


@pytest.mark.case("B6")
@pytest.mark.parametrize("poison", POISON, ids=range(len(POISON)))
async def test_poison_in_a_batch_holds_up_nobody(
    fake: FakeTelegram, olena: Person, desk: Desk, made: Made, tasks: Tasks, naps: Naps, poison: bytes
) -> None:
    olena.types("раз")
    fake.push(poison)
    olena.types("два")
    tasks.start(made().run(), name="polling")
    await desk.handler.until(lambda: desk.handler.ended == ["раз", "два"], within=2)
    await soon(lambda: fake.pending_updates == 0)
    olena.types("три")
    await desk.handler.until(lambda: desk.handler.ended == ["раз", "два", "три"])
    await desk.idle()
    dead = [row for row in (await desk.rows()).values() if row.state == UpdateState.DEAD]
    assert [row.body for row in dead] == [poison]
    assert desk.worker.dead == 1
    assert sum(naps.asked) <= 4


@pytest.mark.case("B6")
@pytest.mark.parametrize("poison", [b"junk{", b'{"message":{}}', b"]"])
async def test_poison_alone_in_the_queue(
    fake: FakeTelegram, olena: Person, desk: Desk, made: Made, tasks: Tasks, poison: bytes
) -> None:
    """Without a number there is nothing to confirm it by at first; whoever comes after it is heard at once."""
    fake.push(poison)
    tasks.start(made().run(), name="polling")
    await soon(lambda: len(fake.calls.of("getUpdates")) > 4)
    olena.types("раз")
    await desk.handler.until(lambda: desk.handler.ended == ["раз"])
    await soon(lambda: fake.pending_updates == 0)
    fake.push(poison + b" ")  # now that numbers are known, it is passed by
    await soon(lambda: fake.pending_updates == 0)
    olena.types("два")
    await desk.handler.until(lambda: desk.handler.ended == ["раз", "два"])
    await desk.idle()
    assert desk.worker.dead >= 1


@pytest.mark.case("B6")
async def test_poison_with_a_number_is_a_dead_letter_under_it(
    fake: FakeTelegram, desk: Desk, polling: "asyncio.Task[None]"
) -> None:
    fake.world.updates.push_raw(b'{"update_id":77,"message":{"text":"\x01"}}', update_id=77)
    await soon(lambda: desk.worker.dead == 1)
    await soon(lambda: fake.pending_updates == 0)
    assert [(event_id, row.error) for event_id, row in (await desk.rows()).items()] == [("77", "NotJson")]


ANSWERED = b'{"ok":true,"result":[%s]}'


def element(number: int, text: str) -> bytes:
    return json.dumps({"update_id": number, "message": {"text": text}}, ensure_ascii=False).encode()


TEXTS = st.one_of(
    st.text(),
    st.sampled_from([',{"update_id":7}', "]}", '"', '\\",{"update_id":1', ',{"update_id":1}]}', "]"]),
)


@given(st.lists(TEXTS, max_size=6))
def test_a_sound_batch_is_read_to_the_letter(texts: list[str]) -> None:
    bodies = [
        json.dumps({"update_id": n, "message": {"text": text}}).encode() for n, text in enumerate(texts)
    ]
    for joint in (b",", b" ,\n "):
        elements = read_batch(ANSWERED % joint.join(bodies))
        assert [found.raw for found in elements] == bodies
        assert [found.number for found in elements] == list(range(len(texts)))
        assert all(found.told is not None for found in elements)


@given(
    st.lists(TEXTS, min_size=1, max_size=5),
    st.binary(max_size=30) | st.sampled_from(POISON[:10]),
    st.integers(0, 5),
)
def test_junk_in_a_batch_costs_nobody_else(texts: list[str], junk: bytes, place: int) -> None:
    bodies = [
        json.dumps({"update_id": n, "message": {"text": text}}).encode() for n, text in enumerate(texts)
    ]
    elements = read_batch(ANSWERED % b",".join([*bodies[:place], junk, *bodies[place:]]))
    assert set(bodies) <= {one.raw for one in elements if one.told is not None}


@given(st.lists(TEXTS, min_size=2, max_size=4), st.data())
def test_a_batch_cut_short_gives_what_came_whole(texts: list[str], data: st.DataObject) -> None:
    bodies = [
        json.dumps({"update_id": n, "message": {"text": text}}).encode() for n, text in enumerate(texts)
    ]
    whole = ANSWERED % b",".join(bodies)
    cut = data.draw(st.integers(len(ANSWERED) - 4, len(whole) - 1))
    elements = read_batch(whole[:cut])
    assert all(one.told is not None for one in elements[:-1])
    assert [one.raw for one in elements if one.told is not None] == bodies[: len(elements)][
        : sum(one.told is not None for one in elements)
    ]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>",
        b"[]",
        b"{}",
        b'{"ok":true}',
        b'{"ok":true,"result":{}}',
        b'{"ok":false,"result":[]}',
        b"null",
    ],
)
def test_what_is_no_answer_is_none(body: bytes) -> None:
    with pytest.raises(NoAnswer):
        read_batch(body)


# ---------------------------------------------------------------- trouble on the way


@pytest.mark.parametrize(
    ("fault", "how"),
    [
        (Kind.SERVER_ERROR, {}),
        (Kind.BAD_GATEWAY, {}),
        (Kind.EMPTY, {}),
        (Kind.RESET, {}),
        (Kind.RESET, {"after": True}),
        (Kind.HALF, {"after": True}),
        (Kind.SLOW, {"after": True, "seconds": 0.1}),
        (Kind.CONFLICT, {}),
        (Kind.TOO_MANY, {"retry_after": 45}),
        (Kind.UNDECODABLE, {}),
        (Kind.UNDECODABLE, {"body": b"<html>\xff"}),
        (Kind.UNDECODABLE, {"body": b'{"ok":true,"result":[{"update_id":1,"mess'}),
    ],
    ids=lambda value: str(value)[:30],
)
async def test_no_fault_stops_it_or_costs_an_update(
    fake: FakeTelegram,
    olena: Person,
    desk: Desk,
    made: Made,
    tasks: Tasks,
    naps: Naps,
    fault: Kind,
    how: dict[str, Any],
) -> None:
    fake.faults.script(fault, method="getUpdates", times=3, **how)
    olena.types("раз")
    with capture_logs() as logs:
        tasks.start(made().run(), name="polling")
        await desk.handler.until(lambda: desk.handler.ended == ["раз"])
        await soon(lambda: fake.pending_updates == 0)
    olena.types("два")
    await desk.handler.until(lambda: desk.handler.ended == ["раз", "два"])
    assert (desk.worker.dead, len(await desk.rows())) == (0, 2)
    assert fake.token.split(":")[1] not in str(logs)
    assert len(logs) <= 2
    assert all(1 <= nap <= 45 for nap in naps.asked)
    if fault is Kind.TOO_MANY:
        assert naps.asked == [45.0] * 3


async def test_what_was_cut_off_on_its_way_is_asked_for_again(
    fake: FakeTelegram, olena: Person, desk: Desk, made: Made, tasks: Tasks
) -> None:
    """The whole one is taken at once; the one that was cut is no dead letter, however often that happens."""
    olena.types("раз")
    olena.types("два")
    one, two = (pending.body for pending in fake.world.updates.waiting())
    cut = b'{"ok":true,"result":[' + one + b"," + two[:60]
    fake.faults.script(Kind.UNDECODABLE, method="getUpdates", times=4, body=cut)
    tasks.start(made().run(), name="polling")
    await desk.handler.until(lambda: desk.handler.ended == ["раз", "два"])
    await soon(lambda: fake.pending_updates == 0)
    assert fake.faults.struck.total() == 4
    assert (desk.worker.dead, len(await desk.rows())) == (0, 2)


async def test_an_outage_is_waited_out_with_growing_pauses(
    fake: FakeTelegram, olena: Person, desk: Desk, made: Made, tasks: Tasks, naps: Naps
) -> None:
    await fake.goes_away()
    tasks.start(made().run(), name="polling")
    await soon(lambda: len(naps.asked) == 9)
    for pause, top in zip(naps.asked, [2, 4, 8, 16, 30, 30, 30, 30, 30], strict=True):
        assert top / 2 <= pause <= top
    assert len(set(naps.asked)) == 9
    olena.types("раз")
    await fake.comes_back()
    await desk.handler.until(lambda: desk.handler.ended == ["раз"])
    await fake.goes_away()
    await soon(lambda: len(naps.asked) > 10)
    assert next(pause for pause in naps.asked[9:] if pause >= 1) <= 30
    assert min(naps.asked[9:]) <= 2


async def test_an_unknown_token_is_said_loudly_and_tried_slowly(
    fake: FakeTelegram, made: Made, tasks: Tasks, naps: Naps
) -> None:
    seconds = 0.0
    token = "4200004242:AAF-another-token-that-nobody-may-see"
    with capture_logs() as logs:
        tasks.start(made(token=token, monotonic=lambda: seconds).run(), name="polling")
        await soon(lambda: len(naps.asked) == 3)
        seconds = 61.0
        await soon(lambda: len(naps.asked) == 6)
    assert set(naps.asked) == {60.0}
    assert [(entry["event"], entry["log_level"]) for entry in logs] == [("polling_refused", "error")] * 2
    assert "BOT_TOKEN" in logs[0]["advice"]
    assert "AAF" not in str(logs)


@pytest.mark.case("B14")
async def test_a_webhook_that_is_still_set_is_named(
    fake: FakeTelegram, olena: Person, http: aiohttp.ClientSession, desk: Desk, made: Made, tasks: Tasks
) -> None:
    api = f"{fake.url}/bot{fake.token}"
    async with http.post(f"{api}/setWebhook", json={"url": "http://127.0.0.1:9/x"}) as response:
        assert response.status == 200
    olena.types("раз")
    with capture_logs() as logs:
        tasks.start(made().run(), name="polling")
        await soon(lambda: len(fake.calls.of("getUpdates", outcome="409")) >= 3)
    assert [(entry["event"], "deleteWebhook" in entry["advice"]) for entry in logs] == [
        ("polling_conflict", True)
    ]
    async with http.post(f"{api}/deleteWebhook") as response:
        assert response.status == 200
    await desk.handler.until(lambda: desk.handler.ended == ["раз"])
    assert not [call for call in fake.calls if call.params.get("drop_pending_updates")]


@pytest.mark.case("B13")
async def test_two_pollers_say_so_once_a_minute_and_lose_nothing(
    fake: FakeTelegram, olena: Person, desk: Desk, made: Made, tasks: Tasks
) -> None:
    seconds = 0.0
    with capture_logs() as logs:
        for name in ("one", "two"):
            tasks.start(made(monotonic=lambda: seconds).run(), name=name)
        for number in range(20):
            olena.types(str(number))
            await asyncio.sleep(0.01)
        await desk.handler.until(lambda: len(desk.handler.ended) == 20)
        await soon(lambda: len(fake.calls.of("getUpdates", outcome="409")) >= 6)
        said = [entry for entry in logs if entry["event"] == "polling_conflict"]
        assert 1 <= len(said) <= 2
        seconds = 60.5
        await soon(lambda: len([entry for entry in logs if entry["event"] == "polling_conflict"]) > len(said))
    assert desk.handler.texts == [str(number) for number in range(20)]
    assert "another instance" in said[0]["advice"]


async def test_an_error_of_ours_does_not_stop_it(
    fake: FakeTelegram, olena: Person, desk: Desk, made: Made, tasks: Tasks
) -> None:
    refusals = [ZeroDivisionError("Олена"), KeyError("Олена")]

    async def store(arrivals: Any) -> int:
        if refusals:
            raise refusals.pop()
        return await desk.inbox.store(arrivals)

    olena.types("раз")
    with capture_logs() as logs:
        tasks.start(made(store=store).run(), name="polling")
        await desk.handler.until(lambda: desk.handler.ended == ["раз"])
    assert "Олена" not in str(logs)


async def test_a_server_that_answers_empty_at_once_is_not_asked_without_end(
    made: Made, tasks: Tasks, naps: Naps
) -> None:
    asked = 0

    async def empty(_: web.Request) -> web.Response:
        nonlocal asked
        asked += 1
        return web.Response(body=b'{"ok":true,"result":[]}')

    app = web.Application()
    app.router.add_post("/{rest:.*}", empty)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    polling = tasks.start(made(api_url=f"http://127.0.0.1:{runner.addresses[0][1]}").run(), name="polling")
    await asyncio.sleep(0.1)
    await stopped(polling)
    await runner.cleanup()
    assert 2 <= asked <= 11
    assert set(naps.asked) == {0.5}


async def test_it_is_cancelled_at_once(fake: FakeTelegram, made: Made, tasks: Tasks, clock: Clock) -> None:
    task = tasks.start(made(timeout=50).run(), name="polling")
    await soon(lambda: len(fake.calls) == 1)
    await asyncio.wait_for(stopped(task), 60)
