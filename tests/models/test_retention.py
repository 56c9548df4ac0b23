"""What is kept, and for how long: by the clock, in small units, and never what is not finished (K8)."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from bot.people import retention
from models.inbox import Update, UpdateState
from models.message import Message
from models.order import Order, OrderLine
from models.outbox import Notification, NotificationState
from models.people import Account
from tests.conversation.hands import calm, card, in_database, later, types
from tests.stage import Stage

KEPT_DAYS = [(89, False), (91, True)]


async def closed(stage: Stage, **changes: Any) -> str:
    taken = await stage.orders(**changes)
    await stage.happens(taken["number"], type="buyer_cancelled")
    await calm(stage)
    return str(taken["number"])


def buyer_of(session: Session, number: str) -> tuple[str, str]:
    order = session.scalars(select(Order).where(Order.number == number)).one()
    return order.buyer_name, order.buyer_phone


@pytest.mark.case("K8")
@pytest.mark.parametrize(("days", "gone"), KEPT_DAYS)
async def test_a_buyer_is_known_for_ninety_days_after_the_order_is_closed(
    stage: Stage, days: int, gone: bool
) -> None:
    number = await closed(stage)
    await later(stage, days=days)
    await later(stage, seconds=6)
    known = ("", "") if gone else ("Тарас Непийвода", "+380671234567")
    assert await in_database(stage, lambda session: buyer_of(session, number)) == known
    assert ("Дані покупця видалено" in card(stage.owner, number).text) is gone


@pytest.mark.case("K8")
async def test_an_open_order_is_kept_however_old_and_goods_and_sums_stay(stage: Stage) -> None:
    open_one = (await stage.orders())["number"]
    old = await closed(stage)
    await later(stage, days=400)
    assert (await in_database(stage, lambda session: buyer_of(session, open_one)))[0] == "Тарас Непийвода"
    assert (await in_database(stage, lambda session: buyer_of(session, old)))[0] == ""

    def counted(session: Session) -> tuple[int, int, int]:
        return (
            session.scalar(select(func.count(Order.id))) or 0,
            session.scalar(select(func.count(OrderLine.id))) or 0,
            session.scalar(select(func.sum(Order.total))) or 0,
        )

    assert await in_database(stage, counted) == (2, 2, 128_000)


@pytest.mark.case("K8")
async def test_the_term_runs_from_the_closing_and_not_from_the_order(stage: Stage) -> None:
    taken = await stage.orders()
    await later(stage, days=60)
    await stage.happens(taken["number"], type="buyer_cancelled")
    await later(stage, days=60)
    assert (await in_database(stage, lambda s: buyer_of(s, taken["number"])))[0] == "Тарас Непийвода"
    await later(stage, days=31)
    assert (await in_database(stage, lambda s: buyer_of(s, taken["number"])))[0] == ""


@pytest.mark.case("K8")
async def test_the_account_goes_with_the_last_order(stage: Stage) -> None:
    first = await stage.orders()
    maria = await stage.buyer("Марія", first)
    await stage.happens(first["number"], type="buyer_cancelled")
    await later(stage, days=50)
    second = await stage.orders()
    await types(stage, maria, f"/start {second['buyer']['start']}")
    await stage.happens(second["number"], type="buyer_cancelled")

    def known(session: Session) -> bool:
        query = select(Account.id).where(Account.external_id == str(maria.id))
        return session.scalars(query).first() is not None

    await later(stage, days=45)
    assert await in_database(stage, known)
    await later(stage, days=50)
    assert not await in_database(stage, known)


@pytest.mark.case("K8")
@pytest.mark.parametrize(("days", "gone"), [(29, False), (31, True)])
async def test_what_was_written_is_kept_for_thirty_days_after_the_closing(
    stage: Stage, days: int, gone: bool
) -> None:
    taken = await stage.orders()
    maria = await stage.buyer("Марія", taken)
    await types(stage, maria, "Чи є синій?")
    other = await stage.orders()
    petro = await stage.buyer("Петро", other)
    await types(stage, petro, "А червоний?")
    await stage.happens(taken["number"], type="buyer_cancelled")
    await calm(stage)
    await later(stage, days=days)
    texts = await in_database(stage, lambda s: s.scalars(select(Message.text).order_by(Message.id)).all())
    assert list(texts) == ["" if gone else "Чи є синій?", "А червоний?"]  # the other order is open


@pytest.mark.case("K8", "I14")
async def test_a_notice_loses_its_facts_and_one_that_waits_keeps_them(stage: Stage) -> None:
    await stage.orders()
    await calm(stage)

    def plant(session: Session) -> None:
        session.execute(update(Notification).values(facts={"name": "x"}))
        held = session.scalars(select(Notification).limit(1)).one()
        session.add(
            Notification(
                dedupe="held",
                kind=held.kind,
                recipient="seller",
                channel="none",
                facts={"name": "x"},
                created_at=held.created_at,
                due_at=held.due_at,
                at=held.at,
                state=NotificationState.HELD,
            )
        )

    def facts(session: Session) -> dict[str, Any]:
        rows = session.scalars(select(Notification).order_by(Notification.id)).all()
        return {str(row.state): row.facts for row in rows if row.at < stage.clock() - timedelta(days=29)}

    await in_database(stage, plant)
    await later(stage, days=29)
    assert set(map(str, (await in_database(stage, facts)).values())) <= {"{'name': 'x'}"}
    await later(stage, days=2)
    assert await in_database(stage, facts) == {"sent": {}, "held": {"name": "x"}}


@pytest.mark.case("K8")
async def test_a_dead_letter_is_over_after_two_days(stage: Stage) -> None:
    stage.fake.push({"message": {"text": "Чи є синій?"}})
    await calm(stage)
    dead = select(Update).where(Update.state == UpdateState.DEAD)
    await later(stage, hours=47)
    assert (await in_database(stage, lambda s: s.scalars(dead).one())).body is not None
    await later(stage, hours=2)
    assert await in_database(stage, lambda s: [one.body for one in s.scalars(dead) if one.body]) == []


@pytest.mark.case("K8")
async def test_many_orders_go_in_units_of_fifty(stage: Stage) -> None:
    numbers = [(await stage.orders())["number"] for _ in range(retention.AT_ONCE + 10)]
    await calm(stage)

    def close(session: Session) -> None:
        for order in session.scalars(select(Order).where(Order.number.in_(numbers))):
            final = next(state for state in order.workflow.states if state.final)
            order.state, order.status = final.key, final.status

    await in_database(stage, close)
    stage.clock.goes(days=91)
    due = await in_database(stage, lambda session: retention.orders_due(session, stage.clock()))
    assert len(due) == retention.AT_ONCE
    assert await stage.app.people.tidy() >= len(numbers)
    left = select(func.count(Order.id)).where(Order.erased_at.is_(None))
    assert await in_database(stage, lambda session: session.scalar(left)) == 0
    assert await stage.app.people.tidy() == 0
