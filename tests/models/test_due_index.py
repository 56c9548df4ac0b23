"""The tick reads what is due off an index, however many deadlines wait or were told long ago (house 1.9).

The statement is the product's own, caught on its way to the database while `remind_due` runs.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Engine, event, insert, select, text, update
from sqlalchemy.orm import Session

from models.deadline import SNOOZE, Deadline
from models.order import Order
from tests.conversation.hands import in_database, taken_in
from tests.stage import Stage

WAITING, TOLD, DUE = 5_000, 5_000, 10


class Caught:
    """A statement with its parameters, as the driver gets them."""

    statement = ""
    parameters: Any = None

    def __call__(
        self, _c: Connection, _cursor: Any, statement: str, parameters: Any, _context: Any, _many: bool
    ) -> None:
        if statement.startswith("SELECT deadlines.") and "due_at <=" in statement:
            self.statement, self.parameters = statement, parameters


@contextmanager
def caught() -> Iterator[Caught]:
    found = Caught()
    event.listen(Engine, "before_cursor_execute", found)
    try:
        yield found
    finally:
        event.remove(Engine, "before_cursor_execute", found)


def many(session: Session, now: datetime) -> None:
    """Deadlines of an order that nothing ever claims: half of them long told, the others far ahead."""
    order = session.scalars(select(Order.id)).first()
    row = {"order_id": order, "kind": f"{SNOOZE}0", "since": now}
    told = now - timedelta(days=30)
    session.execute(
        insert(Deadline),
        [
            row | {"step": step, "due_at": told + timedelta(minutes=step), "done_at": told}
            for step in range(1000, 1000 + TOLD)
        ],
    )
    session.execute(
        insert(Deadline),
        [
            row | {"step": step, "due_at": now + timedelta(days=1, minutes=step), "done_at": None}
            for step in range(100_000, 100_000 + WAITING)
        ],
    )


def some_due(session: Session, now: datetime) -> None:
    session.execute(
        update(Deadline)
        .where(Deadline.step.between(100_000, 100_000 + DUE - 1), Deadline.done_at.is_(None))
        .values(due_at=now - timedelta(seconds=1))
    )


async def test_the_tick_reads_what_is_due_and_nothing_else(stage: Stage) -> None:
    await taken_in(stage)
    now = stage.clock.now
    await in_database(stage, lambda session: many(session, now))
    with caught() as tick:
        assert await stage.app.orders.remind_due() == 0
    assert tick.statement, "the tick looked at no deadline"
    await in_database(stage, lambda session: some_due(session, now))

    def explained(session: Session) -> Any:
        connection = session.connection()
        if stage.app.db.sqlite:
            found = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {tick.statement}", tick.parameters)
            return [row[3] for row in found]
        connection.execute(text("ANALYZE deadlines"))
        words = f"EXPLAIN (ANALYZE, FORMAT JSON) {tick.statement}"
        found = connection.exec_driver_sql(words, tick.parameters).scalar_one()
        return json.loads(found) if isinstance(found, str) else found

    plan = await in_database(stage, explained)
    if stage.app.db.sqlite:
        assert plan == ["SEARCH deadlines USING INDEX ix_deadlines_due (due_at<?)"]
    else:
        nodes = list(_nodes(plan[0]["Plan"]))
        reads = [node for node in nodes if "Relation Name" in node]
        assert [node["Index Name"] for node in reads] == ["ix_deadlines_due"], plan
        assert reads[0]["Node Type"] == "Index Scan"
        assert reads[0]["Actual Rows"] * reads[0]["Actual Loops"] == DUE
        assert sum(node.get("Rows Removed by Filter", 0) for node in nodes) == 0
    assert await stage.app.orders.remind_due() == DUE


def _nodes(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield node
    for below in node.get("Plans", []):
        yield from _nodes(below)
