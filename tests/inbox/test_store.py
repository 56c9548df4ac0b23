"""The inbox's rows: stored once, read in the order of arrival, emptied when done, never forgotten while open."""

import asyncio
import random
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from bot.inbox.store import (
    PRUNED_AT_ONCE,
    Arrival,
    Inbox,
    Key,
    Settled,
    Stamped,
    bury,
    open_rows,
    prune,
    put,
    settle,
    telegram_body,
)
from bot.tasks import Tasks
from models.db import Database
from models.dialogue import Dialogue
from models.inbox import Update, UpdateState
from tests.inbox.stage import BOT, Clock, arrivals, dialogues, message, rows, states

NOW = datetime(2026, 3, 6, 15, 31, tzinfo=UTC)


def key(number: int) -> Key:
    return Key("telegram", BOT, str(number))


@pytest.mark.case("B4")
async def test_a_known_update_is_not_stored_again(database: Database, clock: Clock) -> None:
    inbox = Inbox(database, clock)
    handed: list[str] = []
    inbox.hand_to(lambda new: handed.extend(arrival.key.event_id for arrival in new))
    assert await inbox.store(arrivals(message(7, "раз"))) == 1
    assert await inbox.store(arrivals(message(7, "інше"))) == 0
    assert sum(await asyncio.gather(*(inbox.store(arrivals(message(8))) for _ in range(50)))) == 1
    assert await inbox.store(arrivals(*[message(9)] * 50)) == 1
    assert handed == ["7", "8", "9"]
    assert (await rows(database))["7"].body == message(7, "раз")


async def test_ids_are_one_bots_own(database: Database, clock: Clock) -> None:
    inbox = Inbox(database, clock)
    assert await inbox.store([telegram_body("1", message(7)), telegram_body("2", message(7))]) == 2
    one, two = (Settled(Key("telegram", bot, "7")) for bot in ("1", "3"))
    outcomes = await asyncio.gather(database.write_with(settle, one), database.write_with(settle, two))
    assert list(outcomes) == [True, False]
    (open_one,) = await database.read(partial(open_rows, most=10))
    assert open_one.key.bot_id == "2"


@pytest.mark.case("B5")
async def test_rows_are_read_in_the_order_of_arrival(database: Database, clock: Clock) -> None:
    inbox = Inbox(database, clock)
    await inbox.store(arrivals(message(100), message(99)))
    clock.goes(hours=-1)  # somebody set the clock back
    await inbox.store(arrivals(message(5), message(3), message(4)))
    found = await database.read(partial(open_rows, most=4))
    assert [row.key.event_id for row in found] == ["100", "99", "5", "3"]
    assert found[0].body == message(100)


async def test_one_that_cannot_be_stored_harms_no_other(database: Database) -> None:
    broken = Stamped(Arrival(Key("telegram", BOT, None), b"{}"), NOW)  # type: ignore[arg-type]
    good = [Stamped(arrival, NOW) for arrival in arrivals(message(1), message(2))]
    outcomes = await asyncio.gather(
        *(database.write_with(put, item) for item in (good[0], broken, good[1])), return_exceptions=True
    )
    assert outcomes[0] is outcomes[2] is True
    assert isinstance(outcomes[1], IntegrityError)
    assert list(await rows(database)) == ["1", "2"]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"no json",
        b"[1]",
        b"null",
        b"\xff\xfe\x00",
        b'{"update_id": "7"}',
        b'{"update_id": true}',
        b'{"update_id": 7.0}',
        b'{"update_id": -7}',
        b'{"update_id": 1' + b"0" * 20 + b"}",
        b'{"update_id": ' + b"9" * 5000 + b"}",
        b'{"message": {"text": "\\u0000"}}',
        b"[" * 100_000,
    ],
    ids=range(13),
)
@pytest.mark.case("B6")
async def test_what_has_no_id_is_a_dead_letter_under_its_hash(
    database: Database, clock: Clock, body: bytes
) -> None:
    inbox = Inbox(database, clock)
    assert await inbox.store([telegram_body(BOT, body)]) == 1
    assert await inbox.store([telegram_body(BOT, body)]) == 0
    ((event_id, row),) = (await rows(database)).items()
    assert event_id.startswith("sha256:")
    assert len(event_id) == 71
    assert (row.state, row.body, row.error in ("NotJson", "NoUpdateId")) == (UpdateState.DEAD, body, True)


async def test_a_caller_who_goes_away_takes_no_update_along(database: Database, clock: Clock) -> None:
    inbox = Inbox(database, clock)
    handed = asyncio.Event()
    inbox.hand_to(lambda _: handed.set())
    task = Tasks().start(inbox.store(arrivals(message(1))), name="caller")
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    task.cancel()
    await asyncio.wait_for(handed.wait(), 60)
    assert task.cancelled()
    assert list(await rows(database)) == ["1"]


async def test_done_empties_the_body_and_writes_dialogues_once(database: Database, clock: Clock) -> None:
    inbox = Inbox(database, clock)
    await inbox.store(arrivals(message(1), message(2), message(3)))

    def settled(number: int, **states: str | None) -> Settled:
        return Settled(
            key(number), [Dialogue(key=name, state=state, data={}) for name, state in states.items()]
        )

    first = [settled(1, olena="asked"), settled(2, ihor="asked"), settled(3)]
    assert await asyncio.gather(*(database.write_with(settle, item) for item in first)) == [True] * 3
    assert await database.write_with(settle, settled(1, olena="doubled")) is False
    assert await database.write_with(settle, settled(99, olena="unknown")) is False
    assert await dialogues(database) == {"olena": ("asked", {}), "ihor": ("asked", {})}
    assert {row.body for row in (await rows(database)).values()} == {None}
    await inbox.store(arrivals(message(1), message(4)))
    assert await states(database) == {"1": "done", "2": "done", "3": "done", "4": "new"}
    await database.write_with(settle, settled(4, olena=None))
    assert await dialogues(database) == {"ihor": ("asked", {})}


async def test_a_dialogue_that_cannot_be_written_leaves_its_update_open(
    database: Database, clock: Clock
) -> None:
    inbox = Inbox(database, clock)
    await inbox.store(arrivals(message(1), message(2)))
    broken = Settled(key(1), [Dialogue(key="olena", state="x", data={"not": {"json"}})])
    outcomes = await asyncio.gather(
        database.write_with(settle, broken),
        database.write_with(settle, Settled(key(2), [Dialogue(key="ihor", state="y", data={})])),
        return_exceptions=True,
    )
    assert isinstance(outcomes[0], Exception)
    assert outcomes[1] is True
    assert await states(database) == {"1": "new", "2": "done"}
    assert list(await dialogues(database)) == ["ihor"]


async def test_a_dead_letter_keeps_its_body_and_is_not_revived(database: Database, clock: Clock) -> None:
    inbox = Inbox(database, clock)
    await inbox.store(arrivals(message(1)))
    await database.write(lambda session: bury(session, key(1), "KeyError in handlers.last.any", 5))
    await inbox.store(arrivals(message(1)))
    row = (await rows(database))["1"]
    assert (row.state, row.error, row.attempts, row.body) == (
        "dead",
        "KeyError in handlers.last.any",
        5,
        message(1),
    )
    assert await database.read(partial(open_rows, most=10)) == []


@pytest.mark.case("I14")
async def test_only_what_is_done_is_pruned_and_only_after_its_time(database: Database) -> None:
    rng = random.Random(14)
    made = {
        str(number): (rng.choice(list(UpdateState)), NOW - timedelta(hours=rng.choice((1, 47, 48, 49, 500))))
        for number in range(300)
    }

    def fill(session: Session) -> None:
        for event_id, (state, at) in made.items():
            row = Update(channel="telegram", bot_id=BOT, event_id=event_id, state=state, received_at=at)
            session.add(row)

    await database.write(fill)
    before = NOW - timedelta(hours=48)
    went = await database.write(lambda session: prune(session, before))
    kept = {event_id for event_id, (state, at) in made.items() if state != UpdateState.DONE or at >= before}
    assert set(await rows(database)) == kept
    assert went == len(made) - len(kept) > 0


async def test_any_number_of_rows_is_pruned(database: Database, clock: Clock) -> None:
    inbox = Inbox(database, clock)

    def fill(session: Session) -> None:
        for number in range(PRUNED_AT_ONCE + 100):
            at = clock.now + timedelta(seconds=number)
            session.add(
                Update(
                    channel="telegram",
                    bot_id=BOT,
                    event_id=str(number),
                    state=UpdateState.DONE,
                    received_at=at,
                )
            )

    await database.write(fill)
    clock.goes(hours=48, seconds=PRUNED_AT_ONCE + 50)
    assert await inbox.prune() == PRUNED_AT_ONCE + 50
    assert len(await rows(database)) == 50
