"""A disk that fails in the middle: nothing is answered 202 that is not there afterwards (P1, P8)."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import event, select

from models.order import Order
from tests.conversation.hands import calm
from tests.stage import Stage, open_stage, order

DEEPEST = 24
"""More statements than an order takes to be stored."""


@contextmanager
def fails_at(stage: Stage, number: int) -> Iterator[list[int]]:
    """The writer's statements from now on; the one of this number meets a disk error, once."""
    engine, seen = stage.app.db._sync, [0]
    assert engine is not None

    def execute(*_: Any) -> None:
        seen[0] += 1
        if seen[0] == number:
            raise sqlite3.OperationalError("disk I/O error")

    for name in ("do_execute", "do_executemany", "do_execute_no_params"):
        event.listen(engine.dialect, name, execute)
    try:
        yield seen
    finally:
        for name in ("do_execute", "do_executemany", "do_execute_no_params"):
            event.remove(engine.dialect, name, execute)


@pytest.mark.case("I3")
async def test_whichever_write_fails_no_202_is_false(migrated_sqlite: Any, tmp_path: Any) -> None:
    (tmp_path / "bot.db").write_bytes(migrated_sqlite.read_bytes())
    accepted, refused = [], 0
    async with open_stage(f"sqlite+aiosqlite:///{tmp_path}/bot.db") as stage:
        for at in range(1, DEEPEST + 1):
            body = order()
            with fails_at(stage, at):
                answer = await stage.post(body)
                await calm(stage)
            assert answer.status in (202, 503), answer
            if answer.status == 503:
                refused += 1
                answer = await stage.post(body)
                assert answer.status == 202, "the next try of the shop's site brings it in"
            accepted.append(body["number"])
        await calm(stage)
        stored = await stage.app.db.read(lambda session: list(session.scalars(select(Order.number))))
        assert sorted(stored) == sorted(accepted)
        assert refused > 5, "the fault has struck before the commit as well"
        for number in accepted:
            assert (await stage.state(number))["status"] == "new"
