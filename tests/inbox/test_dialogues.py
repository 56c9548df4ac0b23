"""Dialogues: what aiogram's FSM keeps survives a restart, and moves once with the update that moved it."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import suppress
from typing import Any

import pytest
from aiogram import Bot, Dispatcher
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.fsm.storage.base import StorageKey
from aiogram.types import Message
from aiogram.types import Update as TelegramUpdate
from hypothesis import given
from hypothesis import strategies as st

from bot.dialogues import Dialogues, key_of
from bot.inbox.worker import DialogueWrites, Received
from bot.tasks import Tasks
from models.db import Database
from tests.inbox.stage import BOT, Clock, Desk, arrivals, dialogues, message, states

KEY = StorageKey(bot_id=int(BOT), chat_id=1, user_id=1)
NAME = f"telegram:{BOT}:1:1"


class Waybill(StatesGroup):
    number = State()
    weight = State()


@pytest.fixture
def storage(database: Database) -> Dialogues:
    return Dialogues(database)


@pytest.fixture
def context(storage: Dialogues) -> FSMContext:
    return FSMContext(storage, KEY)


async def test_outside_an_update_a_dialogue_is_written_at_once(
    context: FSMContext, database: Database
) -> None:
    assert (await context.get_state(), await context.get_data()) == (None, {})
    await context.set_state(Waybill.number)
    await context.update_data(order=812345678, words=["ТТН", "№"], nothing=None)
    assert await dialogues(database) == {
        NAME: ("Waybill:number", {"order": 812345678, "words": ["ТТН", "№"], "nothing": None})
    }
    again = FSMContext(Dialogues(database), KEY)
    assert await again.get_state() == "Waybill:number"
    assert await again.get_value("order") == 812345678
    assert await again.get_value("weight", "unknown") == "unknown"


async def test_a_dialogue_that_is_over_leaves_nothing(context: FSMContext, database: Database) -> None:
    await context.set_state(Waybill.number)
    await context.set_data({"a": 1})
    await context.set_state(None)
    assert await dialogues(database) == {NAME: (None, {"a": 1})}
    await context.clear()
    assert await dialogues(database) == {}


async def test_inside_an_update_nothing_is_written_and_all_is_read(
    storage: Dialogues, context: FSMContext, database: Database
) -> None:
    await context.set_state(Waybill.number)
    with storage.collect() as written:
        await context.update_data(weight=2)
        await context.set_state(Waybill.weight)
        assert (await context.get_state(), await context.get_data()) == ("Waybill:weight", {"weight": 2})
        assert await dialogues(database) == {NAME: ("Waybill:number", {})}
        assert written == []
    assert [(row.key, row.state, row.data) for row in written] == [(NAME, "Waybill:weight", {"weight": 2})]
    assert await context.get_state() == "Waybill:number"


async def test_what_was_only_read_is_not_written(storage: Dialogues, context: FSMContext) -> None:
    with storage.collect() as written:
        await context.get_state()
        await context.get_data()
    assert written == []


async def test_an_update_that_failed_leaves_no_trace(storage: Dialogues, context: FSMContext) -> None:
    with suppress(ZeroDivisionError), storage.collect() as written:
        await context.set_state(Waybill.number)
        raise ZeroDivisionError
    assert written == []
    assert await context.get_state() is None


async def test_two_updates_at_once_do_not_see_each_other(storage: Dialogues) -> None:
    async def update(user: int) -> list[Any]:
        context = FSMContext(storage, StorageKey(bot_id=int(BOT), chat_id=user, user_id=user))
        with storage.collect() as written:
            await context.set_state(Waybill.number)
            await asyncio.sleep(0.01)
            await context.update_data(user=user)
        return [(row.key, row.data) for row in written]

    assert await asyncio.gather(*(update(user) for user in range(5))) == [
        [(f"telegram:{BOT}:{user}:{user}", {"user": user})] for user in range(5)
    ]


async def test_a_task_that_outlives_its_update_writes_for_itself(
    storage: Dialogues, context: FSMContext, database: Database
) -> None:
    gate = asyncio.Event()

    async def later() -> None:
        await gate.wait()
        await context.set_state(Waybill.weight)

    with storage.collect() as written:
        task = Tasks().start(later(), name="later")
        await asyncio.sleep(0)
    gate.set()
    await task
    assert written == []
    assert await dialogues(database) == {NAME: ("Waybill:weight", {})}


async def test_data_is_kept_as_it_was_when_it_was_set(storage: Dialogues, context: FSMContext) -> None:
    """As a restart would read it, from the first moment on: a tuple is a list, a number as a name is a text."""
    data: dict[str, Any] = {"lines": [1], "pair": (1, 2), "names": {7: "x"}}
    with storage.collect() as written:
        await context.set_data(data)
        data["lines"].append(2)
        (await context.get_data())["lines"].append(3)
        assert await context.get_data() == {"lines": [1], "pair": [1, 2], "names": {"7": "x"}}
    assert written[0].data["lines"] == [1]


@pytest.mark.parametrize("data", [{"a": {1, 2}}, {"a": object()}, {"a": float("nan")}, {"a": b"x"}])
async def test_data_that_is_no_json_is_refused_where_it_is_set(
    context: FSMContext, data: dict[str, Any]
) -> None:
    with pytest.raises((TypeError, ValueError)):
        await context.set_data(data)


keys = st.builds(
    StorageKey,
    bot_id=st.integers(0, 10**12),
    chat_id=st.integers(-(10**14), 10**14),
    user_id=st.integers(0, 10**14),
    thread_id=st.none() | st.integers(0, 10**9),
    business_connection_id=st.none() | st.text(max_size=90),
    destiny=st.just("default") | st.text(max_size=90),
)


@given(keys, keys)
def test_keys_fit_and_do_not_meet(one: StorageKey, other: StorageKey) -> None:
    assert len(key_of(one, {})) <= 120
    assert (key_of(one, {}) == key_of(other, {})) is (one == other)


def test_a_key_names_its_messenger() -> None:
    bots = {7: "viber"}
    assert key_of(StorageKey(bot_id=7, chat_id=1, user_id=2), bots) == "viber:7:1:2"
    assert key_of(StorageKey(bot_id=8, chat_id=1, user_id=2, thread_id=3), bots) == "telegram:8:1:2:thread=3"


# ---------------------------------------------------------------- with the dispatcher and the worker


@pytest.fixture
async def bot() -> AsyncIterator[Bot]:
    bot = Bot(f"{BOT}:AAF-fake-Telegram-of-Orderbell-00001")
    yield bot
    await bot.session.close()


async def counts(told: Message, state: FSMContext) -> None:
    """Counts in the dialogue; not to be doubled."""
    data = await state.get_data()
    await state.set_state(Waybill.number)
    await state.update_data(n=data.get("n", 0) + 1)
    if told.text == "raise once" and not data.get("raised") and counts.__dict__.setdefault("left", [1]):
        counts.__dict__["left"].pop()
        raise ZeroDivisionError


async def test_the_dispatchers_dialogues_are_committed_with_done(
    database: Database, storage: Dialogues, clock: Clock, bot: Bot
) -> None:
    dispatcher = Dispatcher(storage=storage)
    dispatcher.message.register(counts)
    desk = Desk(database, clock)

    async def feed(received: Received) -> DialogueWrites:
        with storage.collect() as written:
            update = TelegramUpdate.model_validate(json.loads(json.dumps(received.body)))
            await dispatcher.feed_update(bot, update)
            assert await dialogues(database) in (
                {},
                {NAME: ("Waybill:number", {"n": len(desk.handler.ended)})},
            )
        return written

    for text in ("1", "2", "raise once", "3"):
        desk.handler.acts[text] = [feed]
    desk.worker.start()
    await desk.inbox.store(arrivals(message(1), message(2), message(3, "raise once"), message(4, "3")))
    await desk.idle()
    assert desk.worker.dead == 0
    assert await dialogues(database) == {NAME: ("Waybill:number", {"n": 4})}
    await desk.worker.stop()


async def test_cut_short_between_handling_and_done_the_dialogue_moves_once(
    database: Database, storage: Dialogues, clock: Clock
) -> None:
    context = FSMContext(storage, KEY)
    desk = Desk(database, clock)
    hung = asyncio.Event()

    async def moves(_: Received) -> DialogueWrites:
        with storage.collect() as written:
            await context.update_data(n=(await context.get_data()).get("n", 0) + 1)
        return written

    async def moves_and_hangs(received: Received) -> DialogueWrites:
        await moves(received)
        hung.set()
        await asyncio.Event().wait()
        return []

    desk.handler.acts["a"] = [moves_and_hangs]
    desk.worker.start()
    await desk.inbox.store(arrivals(message(1, "a")))
    await hung.wait()
    await desk.worker.stop(timeout=0)
    assert (await dialogues(database), await states(database)) == ({}, {"1": "new"})
    again = Desk(database, clock)
    again.handler.acts["a"] = [moves]
    again.worker.start()
    await again.idle()
    assert await dialogues(database) == {NAME: (None, {"n": 1})}
    await again.worker.stop()
