"""Killed at every point: nothing is lost, nothing has two effects, dialogues move once (case B10, promise P5)."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.demo.person import Person
from bot.demo.telegram import FakeTelegram
from bot.inbox.worker import DialogueWrites, Received
from models.crash import arm
from models.db import Database
from models.dialogue import Dialogue
from tests.inbox.stage import Clock, Desk, arrivals, dialogues, message, raises, states

UPDATES = 12
POINTS = [
    "db.before_commit",
    "db.committed",
    "inbox.before_store",
    "inbox.stored",
    "inbox.handed_over",
    "inbox.loaded",
    "inbox.before_handle",
    "inbox.handled",
    "inbox.done",
    "inbox.before_bury",
    "inbox.buried",
]


async def _life(url: str) -> None:
    """A receiver that brings everything again until all was taken, a worker, a dialogue that counts; the last
    update of each chat is poison."""
    db = Database(url)
    db.start()
    desk = Desk(db, Clock(), pauses=(0.001,))

    async def counts(received: Received) -> DialogueWrites:
        chat = str(received.body["message"]["chat"]["id"])
        standing = (await dialogues(db)).get(chat, (None, {"seen": []}))
        return [Dialogue(key=chat, state=None, data={"seen": [*standing[1]["seen"], received.event_id]})]

    for number in range(UPDATES):
        poison = number >= UPDATES - 2
        desk.handler.acts[str(number)] = [raises(RuntimeError()) if poison else counts]
    desk.worker.start()
    for start in range(0, UPDATES, 4):
        bodies = (message(number, chat=number % 2) for number in range(start, start + 4))
        await desk.inbox.store(arrivals(*bodies))
    await desk.idle()
    await desk.worker.stop()
    await db.stop()


def _in_a_child(url: str, point: str | None, nth: int) -> int:
    """How it ended: 0 or a signal. A fork saves the second that a start takes."""
    child = os.fork()
    if child:
        return os.waitpid(child, 0)[1]
    try:
        if point is not None:
            arm(point, nth)
        asyncio.run(asyncio.wait_for(_life(url), 20))
    except BaseException:
        os._exit(1)
    os._exit(0)


@pytest.mark.case("B10", "I1", "I4")
@pytest.mark.parametrize("point", POINTS)
def test_killed_at_every_point_nothing_is_lost_or_doubled(database_url: str, point: str) -> None:
    died = 0
    for nth in (1, 2, 3):
        died += _in_a_child(database_url, point, nth) == signal.SIGKILL
    assert _in_a_child(database_url, None, 0) == 0
    assert died >= 1

    async def left() -> tuple[dict[str, str], dict[str, object]]:
        db = Database(database_url)
        try:
            return {key: str(state) for key, state in (await states(db)).items()}, dict(await dialogues(db))
        finally:
            await db.stop()

    found, standings = asyncio.run(left())
    assert found == {str(number): "dead" if number >= UPDATES - 2 else "done" for number in range(UPDATES)}
    assert standings == {
        str(chat): (None, {"seen": [str(number) for number in range(UPDATES - 2) if number % 2 == chat]})
        for chat in range(2)
    }


# ---------------------------------------------------------------- over the wire

CHILD = """
import asyncio, sys
import aiohttp
from bot.inbox.polling import Poller
from models.crash import arm
from models.db import Database
from tests.inbox.stage import Clock, Desk

async def main(db_url, api_url, token, point):
    arm(point)
    db = Database(db_url)
    db.start()
    desk = Desk(db, Clock())
    desk.worker.start()
    async with aiohttp.ClientSession() as session:
        poller = Poller(session, desk.inbox.store, api_url=api_url, token=token, allowed_updates=["message"])
        await poller.run()

asyncio.run(main(*sys.argv[1:]))
"""


@pytest.fixture
async def heard(database_url: str) -> AsyncIterator[Database]:
    db = Database(database_url)
    db.start()
    yield db
    await db.stop()


@pytest.mark.case("B10")
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_poller_killed_before_it_confirms_is_told_again(
    database_url: str, tmp_path: Path, fake: FakeTelegram, olena: Person, heard: Database
) -> None:
    expected = []
    for point in ("polling.received", "polling.before_ack", "inbox.handled"):
        olena.types(point)
        expected.append(point)
        child = await asyncio.create_subprocess_exec(
            sys.executable, "-c", CHILD, database_url, fake.url, fake.token, point
        )
        assert await asyncio.wait_for(child.wait(), 20) == -signal.SIGKILL
        assert fake.pending_updates >= 1 or point == "inbox.handled"
    child = await asyncio.create_subprocess_exec(
        sys.executable, "-c", CHILD, database_url, fake.url, fake.token, "never"
    )
    async with asyncio.timeout(60):
        while fake.pending_updates or {*(await states(heard)).values()} != {"done"}:  # noqa: ASYNC110
            await asyncio.sleep(0.02)
    child.terminate()
    await child.wait()
    assert len(await states(heard)) == len(expected)
