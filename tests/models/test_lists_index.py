"""The lists read what is open off an index, however many orders have been closed (house 1.9).

The statements are the product's own, caught on their way to the database.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

from sqlalchemy import Connection, Engine, event, insert, select, text
from sqlalchemy.orm import Session

from models.lanes import Lane
from models.listing import Asked
from models.order import Order
from models.shop import Member
from tests.conversation.hands import in_database, press, taken_in
from tests.stage import Stage

CLOSED, OPEN = 5_000, 20

Caught = list[tuple[str, Any]]


@contextmanager
def caught() -> Iterator[Caught]:
    """What asks the orders something, each statement once."""
    found: Caught = []

    def hear(
        _c: Connection, _cursor: Any, statement: str, parameters: Any, _context: Any, _many: bool
    ) -> None:
        if "orders" in statement and statement.startswith("SELECT"):
            found.append((statement, parameters))

    event.listen(Engine, "before_cursor_execute", hear)
    try:
        yield found
    finally:
        event.remove(Engine, "before_cursor_execute", hear)


def many_closed(session: Session, row: dict[str, Any]) -> None:
    session.execute(
        insert(Order),
        [
            row
            | {
                "number": f"9{at:08}",
                "public_id": f"x{at:08}",
                "status": "received",
                "state": "received",
                "search": f"9{at:08}#380671234567# тарас непийвода",
            }
            for at in range(CLOSED)
        ],
    )


async def test_no_list_looks_at_a_closed_order(stage: Stage) -> None:
    for _ in range(OPEN):
        await taken_in(stage)
    number = await taken_in(stage)
    await press(stage, stage.owner, "Беру в роботу", number)
    columns = [column for column in Order.__table__.columns if column.name != "id"]

    def one(session: Session) -> dict[str, Any]:
        row = session.execute(select(*columns).where(Order.number == number)).one()
        return dict(row._mapping)

    row = await in_database(stage, one)
    await in_database(stage, lambda session: many_closed(session, row))
    account = await in_database(stage, lambda session: session.get_one(Member, row["holder_id"]).account_id)
    with caught() as asked:
        overview = await stage.app.orders.overview(account)
        await stage.app.orders.holders(account)
        for lane in Lane:
            await stage.app.orders.listed(account, Asked(lane))
    assert overview.open == OPEN + 1
    assert len(asked) > len(Lane)

    look = _on_sqlite if stage.app.db.sqlite else _on_postgres
    for statement, parameters in asked:
        await in_database(stage, partial(look, statement=statement, parameters=parameters))


def _on_sqlite(session: Session, statement: str, parameters: Any) -> None:
    plan = session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
    steps = [row[3] for row in plan]
    assert [step for step in steps if step.startswith("SCAN orders")] == [], statement
    by_shop = [step for step in steps if "orders" in step and "shop_id=?" in step]
    assert [step for step in by_shop if "ix_orders_open" not in step and "_cabinet" not in step] == [], steps


def _on_postgres(session: Session, statement: str, parameters: Any) -> None:
    connection = session.connection()
    connection.execute(text("ANALYZE orders"))
    words = f"EXPLAIN (ANALYZE, FORMAT JSON) {statement}"
    found = connection.exec_driver_sql(words, parameters).scalar_one()
    plan = json.loads(found) if isinstance(found, str) else found
    for node in _nodes(plan[0]["Plan"]):
        if node.get("Relation Name") == "orders":
            read = node["Actual Rows"] + node.get("Rows Removed by Filter", 0)
            assert read * node["Actual Loops"] <= 2 * OPEN, node


def _nodes(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield node
    for below in node.get("Plans", []):
        yield from _nodes(below)
