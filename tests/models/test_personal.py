"""The table of what is personal: no column is forgotten, and what it promises to empty is empty afterwards."""

from typing import Any

import pytest
from sqlalchemy import JSON, Column, Enum, LargeBinary, String, select, update
from sqlalchemy.orm import Session

from bot import erasing
from models.order import Order, OrderEvent
from models.personal import KEPT_FACTS, PERSONAL, Fate
from models.tables import metadata
from models.workflow import Actor
from tests.conversation.hands import calm, in_database, press, types
from tests.stage import Stage

PLANTED = "planted words"


def holds_words(column: Column[Any]) -> bool:
    """Text, JSON and bytes; a word of a closed list tells nobody who a buyer was."""
    return isinstance(column.type, (String, JSON, LargeBinary)) and not isinstance(column.type, Enum)


def test_every_column_that_can_hold_words_says_what_becomes_of_it() -> None:
    columns = {table.name: {c.name for c in table.c if holds_words(c)} for table in metadata.sorted_tables}
    assert {name: set(PERSONAL.get(name, ())) ^ known for name, known in columns.items() if known} == {
        name: set[str]() for name, known in columns.items() if known
    }
    assert set(PERSONAL) == {name for name, known in columns.items() if known}


def test_what_is_emptied_belongs_to_an_order_or_to_an_account() -> None:
    """Else nothing would find its rows."""
    for name, columns in PERSONAL.items():
        if Fate.EMPTIED in columns.values():
            assert name == "orders" or {"order_id", "account_id"} & set(metadata.tables[name].c.keys()), name


def test_json_is_emptied_by_its_own_rules() -> None:
    """An emptied column is made '' or nothing, which is no JSON."""
    for name, columns in PERSONAL.items():
        for column, fate in columns.items():
            is_json = isinstance(metadata.tables[name].c[column].type, JSON)
            assert not (is_json and fate is Fate.EMPTIED), (name, column)
            assert (fate is not Fate.SIFTED) or (is_json and name == "order_events"), (name, column)


@pytest.mark.case("K6")
async def test_words_in_every_emptied_column_are_gone_afterwards(stage: Stage) -> None:
    taken = await stage.orders()
    maria = await stage.buyer("Марія", taken)
    await types(stage, maria, "Коли?")
    await press(stage, stage.owner, "Беру в роботу", taken["number"])
    await press(stage, stage.owner, "Нотатка", taken["number"])
    await types(stage, stage.owner, "Пакувати міцно")
    await calm(stage)
    emptied = [
        (name, column)
        for name, columns in PERSONAL.items()
        for column, fate in columns.items()
        if fate is Fate.EMPTIED
    ]

    def plant(session: Session) -> list[tuple[str, str]]:
        session.execute(
            update(OrderEvent).values(facts={"comment": PLANTED, "ttn": "1", "never_heard_of": PLANTED})
        )
        for name, column in emptied:
            most = getattr(metadata.tables[name].c[column].type, "length", None) or len(PLANTED)
            session.execute(update(metadata.tables[name]).values({column: PLANTED[:most]}))
        return still(session)

    def still(session: Session) -> list[tuple[str, str]]:
        return [
            (name, column)
            for name, column in emptied
            if any(session.scalars(select(metadata.tables[name].c[column])))
        ]

    def erase(session: Session) -> list[dict[str, Any]]:
        orders = session.scalars(select(Order)).all()
        erasing.erase_orders(session, orders, stage.clock(), actor=Actor.BUYER, cause="test")
        session.flush()
        return [event.facts for event in session.scalars(select(OrderEvent))]

    assert await in_database(stage, plant) == emptied
    facts = await in_database(stage, erase)
    assert await in_database(stage, still) == []
    assert PLANTED not in str(facts)
    assert {"ttn": "1"} in facts
    assert {"ttn"} <= KEPT_FACTS
