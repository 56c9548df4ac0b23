"""The worker: order within a chat, chats side by side, and nobody's trouble is another's."""

import asyncio
import json
import random
from collections import defaultdict
from contextvars import ContextVar
from typing import Any

import pytest
from structlog.testing import capture_logs

from bot.inbox.lanes import telegram_lane
from bot.inbox.store import Arrival, Key, telegram_body
from bot.inbox.worker import DialogueWrites, Received, Worker
from models.db import Database
from models.dialogue import Dialogue
from models.errors import Busy
from tests.inbox.stage import (
    BOT,
    QUICK,
    Clock,
    Desk,
    Handler,
    arrivals,
    dialogues,
    ids,
    message,
    nothing,
    raises,
    rows,
    soon,
    states,
    text_of,
    waits_for,
)


async def test_what_is_stored_is_handled_and_done(desk: Desk) -> None:
    await desk.inbox.store(arrivals(message(7, "привіт", chat=42)))
    await desk.idle()
    assert desk.handler.got == [
        Received("telegram", BOT, "7", json.loads(message(7, "привіт", chat=42)), f"telegram:{BOT}:7", False)
    ]
    assert (desk.worker.handled, desk.worker.dead, desk.worker.waiting) == (1, 0, 0)
    assert await states(desk.db) == {"7": "done"}


@pytest.mark.case("B4")
async def test_the_same_update_has_one_effect(desk: Desk) -> None:
    await desk.inbox.store(arrivals(message(7)))
    await asyncio.gather(*(desk.inbox.store(arrivals(message(7), message(8))) for _ in range(50)))
    await desk.idle()
    await desk.inbox.store(arrivals(message(7)))
    await desk.idle()
    assert sorted(ids(desk.handler.got)) == ["7", "8"]


@pytest.mark.case("B5")
async def test_a_chat_is_served_in_the_order_of_arrival(desk: Desk) -> None:
    await desk.inbox.store(arrivals(message(5), message(3), message(4)))
    await desk.idle()
    assert ids(desk.handler.got) == ["5", "3", "4"]


@pytest.mark.case("B5")
@pytest.mark.parametrize("seed", range(4))
async def test_order_within_a_chat_whatever_the_handlers_do(desk: Desk, seed: int) -> None:
    """Random chats, durations, failures and batches: each chat's updates end in the order they came in."""
    rng = random.Random(seed)
    came: dict[str, list[str]] = defaultdict(list)
    bodies = []
    for number in range(150):
        chat, text = rng.randrange(12), f"{number}"
        came[str(chat)].append(text)
        bodies.append(message(number, text, chat=chat))
        duration, fails = rng.choice((0, 0, 0.001, 0.004)), rng.random() < 0.04
        desk.handler.acts[text] = [raises(RuntimeError())] * fails + [_naps(duration)]
    for start in range(0, len(bodies), 9):
        await desk.inbox.store(arrivals(*bodies[start : start + 9]))
    await desk.idle()
    ended = [(chat, text) for text in desk.handler.ended for chat in came if text in came[chat]]
    assert {chat: [text for at, text in ended if at == chat] for chat in came} == came
    assert 2 <= desk.handler.most_at_work <= 8
    assert set((await states(desk.db)).values()) == {"done"}


def _naps(seconds: float) -> Any:
    async def act(_: Received) -> DialogueWrites:
        await asyncio.sleep(seconds)
        return []

    return act


async def test_chats_are_served_side_by_side_eight_at_once(desk: Desk) -> None:
    """A barrier that only opens when eight are in it; the ninth chat's turn comes after."""
    gate = asyncio.Event()
    for chat in range(9):
        desk.handler.acts[f"a{chat}"] = [waits_for(gate)]
    await desk.inbox.store(arrivals(*(message(chat, f"a{chat}", chat=chat) for chat in range(9))))
    await desk.inbox.store(arrivals(message(100, "b0", chat=0)))
    await desk.handler.until(lambda: len(desk.handler.got) == 8)
    await asyncio.sleep(0.02)
    assert sorted(desk.handler.texts) == [f"a{chat}" for chat in range(8)]
    gate.set()
    await desk.idle()
    assert desk.handler.texts.index("a8") < desk.handler.texts.index("b0")
    assert desk.handler.most_at_work == 8


async def test_a_messenger_whose_handlers_all_hang_keeps_no_place_of_anothers(desk: Desk) -> None:
    """Ten people on Viber, where nothing is answered; Telegram's are served as ever."""
    gate = asyncio.Event()
    for number in range(10):
        desk.handler.acts[f"v{number}"] = [waits_for(gate)]
    hung = [json.loads(message(number, f"v{number}")) for number in range(10)]
    await desk.inbox.store(
        [Arrival(Key("viber", BOT, f"v{n}"), json.dumps(b).encode()) for n, b in enumerate(hung)]
    )
    await desk.handler.until(lambda: len(desk.handler.got) == 8)
    for number in range(20):
        await desk.inbox.store(arrivals(message(100 + number, f"t{number}", chat=number)))
    await desk.handler.until(lambda: len(desk.handler.ended) == 20)
    assert sorted(desk.handler.ended) == sorted(f"t{number}" for number in range(20))
    assert [text for text in desk.handler.texts if text.startswith("v")] == [f"v{n}" for n in range(8)]
    gate.set()
    await desk.idle()
    assert len(desk.handler.ended) == 30


@pytest.mark.case("B9")
async def test_a_handler_that_fails_once_is_asked_again(desk: Desk) -> None:
    desk.handler.acts["a"] = [raises(ValueError("Олена, +380501112233")), nothing]
    await desk.inbox.store(arrivals(message(1, "a"), message(2, "b")))
    await desk.idle()
    assert desk.handler.texts == ["a", "a", "b"]
    assert (desk.worker.handled, desk.worker.dead, desk.told) == (2, 0, [])


@pytest.mark.case("B9")
async def test_a_handler_that_always_fails_leaves_a_dead_letter(database: Database, clock: Clock) -> None:
    desk = Desk(database, clock)
    desk.worker.start()
    desk.handler.acts["a"] = [raises(ValueError("Олена, +380501112233"))]
    began = asyncio.get_running_loop().time()
    with capture_logs() as logs:
        await desk.inbox.store(arrivals(message(1, "a"), message(2, "b")))
        await desk.idle()
    assert asyncio.get_running_loop().time() - began > 1
    await desk.worker.stop()
    assert desk.handler.texts == ["a"] * 5 + ["b"]
    assert [received.last_try for received in desk.handler.got] == [False] * 4 + [True, False]
    ((received, error),) = desk.told
    assert (received.event_id, received.last_try) == ("1", True)
    assert error == "ValueError in tests.inbox.stage.raises.<locals>.act"
    row = (await desk.rows())["1"]
    assert (row.state, row.error, row.attempts, row.body) == ("dead", error, 5, message(1, "a"))
    assert (desk.worker.handled, desk.worker.dead) == (1, 1)
    assert "380501112233" not in str(logs)
    assert [entry["tries"] for entry in logs if entry["event"] == "update_failed"] == [1, 2, 3, 4, 5]


@pytest.mark.parametrize(
    "error", [KeyError("a"), RecursionError(), asyncio.CancelledError(), TimeoutError(), AssertionError()]
)
async def test_no_kind_of_error_stops_the_worker(desk: Desk, error: BaseException) -> None:
    desk.handler.acts["a"] = [raises(error), raises(error), nothing]
    await desk.inbox.store(arrivals(message(1, "a"), message(2, "b")))
    await desk.idle()
    assert desk.handler.texts == ["a", "a", "a", "b"]


async def test_the_handlers_own_place_is_named(desk: Desk) -> None:
    space: dict[str, Any] = {"__name__": "handlers.seller.orders"}
    exec("async def press(called): return await called()", space)

    async def act(received: Received) -> DialogueWrites:
        async def deep() -> DialogueWrites:
            return [received.body["no such thing"]]

        writes: DialogueWrites = await space["press"](deep)
        return writes

    desk.handler.acts["a"] = [act]
    await desk.inbox.store(arrivals(message(1, "a")))
    await desk.idle()
    assert desk.told[0][1] == "KeyError in handlers.seller.orders.press"


POISON = [b"", b"no json", b"[1]", b"null", b"17", b"\xff", b"[" * 100_000, b'{"update_id": ' + b"9" * 5000]


@pytest.mark.case("B6")
async def test_bodies_that_are_no_updates_are_dead_letters_at_once(desk: Desk) -> None:
    """A receiver finds most of them; the worker does not depend on it."""
    poison = [Arrival(Key("telegram", BOT, f"p{number}"), body) for number, body in enumerate(POISON)]
    await desk.inbox.store([*poison, *arrivals(message(1))])
    await desk.idle()
    assert ids(desk.handler.got) == ["1"]
    assert await states(desk.db) == {f"p{number}": "dead" for number in range(len(POISON))} | {"1": "done"}
    assert {received.event_id for received, _ in desk.told} == {f"p{number}" for number in range(len(POISON))}
    assert {(row.attempts, row.error) for row in (await desk.rows()).values() if row.state == "dead"} == {
        (0, "JSONDecodeError"),
        (0, "NotAnObject"),
        (0, "UnicodeDecodeError"),
        (0, "RecursionError"),
        (0, "ValueError"),
    }


@pytest.mark.case("B6")
async def test_what_a_receiver_could_not_read_is_told_and_counted(desk: Desk) -> None:
    await desk.inbox.store([telegram_body(BOT, b"no json")])
    await desk.idle()
    await asyncio.sleep(0.01)
    ((received, error),) = desk.told
    assert (error, received.body, received.channel) == ("NotJson", {}, "telegram")
    assert (desk.worker.dead, desk.handler.got) == (1, [])


@pytest.mark.case("B8")
@pytest.mark.parametrize(
    ("body", "lane"),
    [
        ({"message": {"chat": {"id": -100}, "from": {"id": 7}}}, "-100"),
        ({"edited_message": {"chat": {"id": 7}}}, "7"),
        ({"channel_post": {"chat": {"id": -100}, "sender_chat": {"id": -5}}}, "-100"),
        ({"my_chat_member": {"chat": {"id": 7}, "from": {"id": 8}}}, "7"),
        ({"callback_query": {"from": {"id": 8}, "message": {"chat": {"id": -100}}}}, "-100"),
        ({"callback_query": {"from": {"id": 8}, "inline_message_id": "x"}}, "8"),
        ({"callback_query": {"from": {"id": 8}, "message": None}}, "8"),
        ({"inline_query": {"from": {"id": 8}, "query": ""}}, "8"),
        ({"poll": {"id": "77", "question": "?"}}, None),
        ({"never_heard_of": {"x": 1}}, None),
        ({"message": {"chat": {"id": [1]}, "from": "me"}}, None),
        ({"message": {"chat": [], "from": {"id": None}}}, None),
        ({"message": [1], "callback_query": 7}, None),
        ({}, None),
    ],
)
def test_the_lane_of_an_update(body: dict[str, Any], lane: str | None) -> None:
    assert telegram_lane({"update_id": 1, **body}) == lane


@pytest.mark.case("B9")
async def test_failing_chats_hold_up_nobody(desk: Desk) -> None:
    """Twenty chats in which everything fails: a healthy one is served before they are all given up."""
    desk.handler.acts["a"] = [raises(RuntimeError())]
    await desk.inbox.store(arrivals(*(message(chat, "a", chat=chat) for chat in range(20))))
    await desk.handler.until(lambda: len(desk.handler.got) >= 20)
    await desk.inbox.store(arrivals(message(100, "b", chat=100)))
    await desk.handler.until(lambda: "b" in desk.handler.ended)
    assert desk.worker.dead < 20
    await desk.idle()
    assert (desk.worker.dead, desk.worker.handled) == (20, 1)


@pytest.mark.case("B12")
async def test_a_busy_database_costs_no_try(desk: Desk) -> None:
    desk.handler.acts["a"] = [raises(Busy())] * 3 + [raises(ValueError())] * 4 + [nothing]
    await desk.inbox.store(arrivals(message(1, "a"), message(2, "b", chat=2)))
    await desk.handler.until(lambda: "b" in desk.handler.ended, within=0.5)
    await desk.idle()
    assert len(desk.handler.got) == 9
    assert [received.last_try for received in desk.handler.got if text_of(received) == "a"] == [False] * 7 + [
        True
    ]
    assert (desk.worker.handled, desk.worker.dead) == (2, 0)


async def test_who_says_busy_for_ever_while_the_database_works_is_given_up(
    database: Database, clock: Clock
) -> None:
    desk = Desk(database, clock, busy_seconds=0.1, pauses=QUICK)
    desk.worker.start()
    desk.handler.acts["a"] = [raises(Busy())]
    await desk.inbox.store(arrivals(message(1, "a"), message(2, "b")))
    await desk.idle()
    assert desk.handler.texts[-1] == "b"
    assert len(desk.handler.got) > 6
    assert desk.told[0][1].startswith("Busy in ")
    await desk.worker.stop()


class Away(Database):
    """A database that takes nothing while `away`, as one on a lost network does."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.away = False
        self.refused = 0

    async def _submit(self, job: Any) -> Any:
        if self.away:
            self.refused += 1
            raise Busy
        return await super()._submit(job)


@pytest.mark.case("B12")
async def test_an_outage_after_the_handler_ended_does_not_run_it_twice(
    database_url: str, clock: Clock
) -> None:
    db = Away(database_url)
    db.start()
    desk = Desk(db, clock, busy_seconds=0.0, pauses=QUICK)

    async def act(_: Received) -> DialogueWrites:
        db.away = True
        return [Dialogue(key="olena", state="asked", data={"n": 1})]

    desk.handler.acts["a"] = [act]
    desk.worker.start()
    await desk.inbox.store(arrivals(message(1, "a"), message(2, "b")))
    await soon(lambda: db.refused >= 3)
    db.away = False
    await desk.idle()
    assert desk.handler.texts == ["a", "b"]
    assert await dialogues(db) == {"olena": ("asked", {"n": 1})}
    await desk.worker.stop()
    await db.stop()


@pytest.mark.case("B12")
async def test_an_outage_of_any_length_buries_nothing(database_url: str, clock: Clock) -> None:
    """The minute of patience is over at once here, and yet: while the database takes nothing, no try counts."""
    db = Away(database_url)
    db.start()
    desk = Desk(db, clock, busy_seconds=0.0, pauses=QUICK)

    async def outage(_: Received) -> DialogueWrites:
        db.away = True
        raise Busy

    async def use_case(_: Received) -> DialogueWrites:
        if db.away:
            raise Busy
        return []

    desk.handler.acts["a"] = [outage, use_case]
    desk.worker.start()
    await desk.inbox.store(arrivals(message(1, "a")))
    await desk.handler.until(lambda: len(desk.handler.got) > 7)
    db.away = False
    await desk.idle()
    assert (desk.worker.handled, desk.worker.dead) == (1, 0)
    await desk.worker.stop()
    await db.stop()


async def test_a_handler_that_hangs_is_stopped(database: Database, clock: Clock) -> None:
    desk = Desk(database, clock, handler_seconds=0.03, pauses=(0.01,))
    desk.worker.start()
    for chat in range(8):
        desk.handler.acts[f"a{chat}"] = [waits_for(asyncio.Event())]
    await desk.inbox.store(arrivals(*(message(chat, f"a{chat}", chat=chat) for chat in range(8))))
    await desk.inbox.store(arrivals(message(100, "b", chat=100)))
    await desk.idle()
    assert (desk.worker.handled, desk.worker.dead) == (1, 8)
    assert desk.told[0][1].startswith("TimeoutError in ")
    await desk.worker.stop()


async def test_a_dialogue_that_is_no_json_fails_the_update_and_not_the_worker(desk: Desk) -> None:
    async def act(_: Received) -> DialogueWrites:
        return [Dialogue(key="olena", state="x", data={"not": {"json"}})]

    desk.handler.acts["a"] = [act]
    await desk.inbox.store(arrivals(message(1, "a"), message(2, "b")))
    await desk.idle()
    assert await states(desk.db) == {"1": "dead", "2": "done"}
    assert await dialogues(desk.db) == {}


async def test_a_failing_notice_of_a_dead_letter_harms_nobody(database: Database, clock: Clock) -> None:
    asked: list[str] = []

    async def on_dead(received: Received, _: str) -> None:
        asked.append(received.event_id)
        raise Busy if len(asked) < 3 else OSError("мережа")

    handler = Handler()
    handler.acts["a"] = [raises(RuntimeError())]
    desk = Desk(database, clock, handler)
    worker = Worker(database, handler, on_dead=on_dead, pauses=())
    desk.inbox.hand_to(worker.take)
    worker.start()
    await desk.inbox.store(arrivals(message(1, "a"), message(2, "b")))
    await asyncio.wait_for(worker.idle(), 20)
    assert asked == ["1"] * 3
    assert handler.texts == ["a", "b"]
    await worker.stop()


# ---------------------------------------------------------------- stopping, starting


async def test_stopping_lets_run_what_runs(database: Database, clock: Clock) -> None:
    desk = Desk(database, clock)
    desk.worker.start()
    gate = asyncio.Event()
    desk.handler.acts["a"] = [waits_for(gate)]
    await desk.inbox.store(arrivals(message(1, "a"), message(2, "b")))
    await desk.handler.until(lambda: desk.handler.at_work == 1)
    asyncio.get_running_loop().call_later(0.05, gate.set)
    await asyncio.wait_for(desk.worker.stop(), 60)
    assert await states(database) == {"1": "done", "2": "new"}
    await desk.inbox.store(arrivals(message(3, "c", chat=3)))
    await asyncio.sleep(0.05)
    assert desk.handler.texts == ["a"]


async def test_stopping_has_an_end_and_what_was_cut_short_comes_again(
    database: Database, clock: Clock
) -> None:
    desk = Desk(database, clock)
    desk.worker.start()
    desk.handler.acts["a"] = [waits_for(asyncio.Event())]
    await desk.inbox.store(arrivals(message(1, "a"), message(2, "b")))
    await desk.handler.until(lambda: desk.handler.at_work == 1)
    await asyncio.wait_for(desk.worker.stop(timeout=0.1), 60)
    again = Desk(database, clock)
    again.worker.start()
    await again.idle()
    assert again.handler.texts == ["a", "b"]
    assert set((await states(database)).values()) == {"done"}
    await again.worker.stop()


async def test_a_restart_picks_up_what_is_open_in_the_order_of_arrival(
    database: Database, clock: Clock
) -> None:
    before = Desk(database, clock)
    await before.inbox.store(arrivals(*(message(number) for number in (9, 100, 10))))
    await before.inbox.store([telegram_body(BOT, b"no json")])
    clock.goes(hours=-1)
    after = Desk(database, clock)
    await after.inbox.store(arrivals(message(5, chat=5)))  # the receiver is there before the worker
    after.worker.start()
    await after.idle()
    assert sorted(ids(after.handler.got)) == ["10", "100", "5", "9"]
    assert [text for text in ids(after.handler.got) if text != "5"] == ["9", "100", "10"]
    assert after.worker.dead == 0
    await after.worker.stop()


@pytest.mark.case("B16")
async def test_more_than_fits_in_memory_waits_in_the_database(database: Database, clock: Clock) -> None:
    desk = Desk(database, clock, most_waiting=40, few_waiting=10)
    most = 0

    async def act(_: Received) -> DialogueWrites:
        nonlocal most
        most = max(most, desk.worker.waiting)
        await asyncio.sleep(0)
        return []

    numbers = list(range(600))
    for number in numbers:
        desk.handler.acts[str(number)] = [act]
    await desk.inbox.store(arrivals(*(message(number, chat=number % 7) for number in numbers[:100])))
    desk.worker.start()
    for start in range(100, 600, 25):
        await desk.inbox.store(arrivals(*(message(n, chat=n % 7) for n in numbers[start : start + 25])))
    await desk.idle()
    assert sorted(desk.handler.texts, key=int) == [str(number) for number in numbers]
    for chat in range(7):
        assert [int(text) for text in desk.handler.texts if int(text) % 7 == chat] == numbers[chat::7]
    assert desk.worker.handled == 600
    await desk.worker.stop()


async def test_one_long_lane_does_not_hide_the_others_in_the_database(
    database: Database, clock: Clock
) -> None:
    """A chat whose handler hangs has more open updates than are read at once."""
    desk = Desk(database, clock, most_waiting=10_000, few_waiting=5)
    gate = asyncio.Event()
    desk.handler.acts["a"] = [waits_for(gate)]
    await desk.inbox.store(arrivals(*(message(number, "a", chat=1) for number in range(2_100))))
    await desk.inbox.store(arrivals(message(9_000, "b", chat=2)))
    desk.worker.start()
    await desk.handler.until(lambda: "b" in desk.handler.ended)
    await desk.worker.stop(timeout=0.0)


async def test_what_a_handler_sets_in_its_context_stays_its_own(desk: Desk) -> None:
    seen: list[str] = []
    var = ContextVar("var", default="clean")

    async def act(received: Received) -> DialogueWrites:
        seen.append(var.get())
        var.set(received.event_id)
        return []

    desk.handler.acts["a"] = [act]
    await desk.inbox.store(arrivals(*(message(number, "a", chat=number % 3) for number in range(9))))
    await desk.idle()
    assert seen == ["clean"] * 9


@pytest.mark.long
@pytest.mark.case("B16")
async def test_ten_thousand_waiting_updates_are_drained(database: Database, clock: Clock) -> None:
    desk = Desk(database, clock)
    await desk.inbox.store(arrivals(*(message(number, chat=number % 500) for number in range(10_000))))
    began = asyncio.get_running_loop().time()
    desk.worker.start()
    await desk.idle(within=60)
    took = asyncio.get_running_loop().time() - began
    print(f"\n10,000 updates in {took:.2f} s: {10_000 / took:,.0f}/s")
    assert 10_000 / took > 200
    assert (desk.worker.handled, len(await rows(database))) == (10_000, 10_000)
    await desk.worker.stop()
