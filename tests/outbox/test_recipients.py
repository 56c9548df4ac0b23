"""Somebody cannot be reached any more: never in silence, and nobody else is left without (R5)."""

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from bot.demo.person import Person
from bot.demo.telegram.faults import Kind
from models.outbox import Card, Notification, NotificationState
from models.people import Account
from tests.outbox.troubles import flows, rings, rows, told
from tests.stage import Stage


def _deactivate(stage: Stage, petro: Person) -> None:
    petro.deletes_account()


def _lost(stage: Stage, petro: Person) -> None:
    stage.fake.faults.script(Kind.NO_CHAT, method="sendMessage", chat=petro.chat, times=None)


def _refused(stage: Stage, petro: Person) -> None:
    stage.fake.faults.script(Kind.BLOCKED, method="sendMessage", chat=petro.chat, times=None)


@pytest.mark.case("F4", "F6")
@pytest.mark.parametrize(
    ("happens", "reason"), [(_deactivate, "deactivated"), (_lost, "chat_not_found"), (_refused, "blocked")]
)
async def test_who_is_gone_is_not_tried_again_and_the_owner_is_told_once(
    stage: Stage, happens: object, reason: str
) -> None:
    petro = await stage.hires("Петро")
    happens(stage, petro)  # type: ignore[operator]
    numbers = [(await stage.orders())["number"] for _ in range(3)]
    await stage.quiet()
    for number in numbers:
        assert len(told(stage.owner, number)) == 1
    assert len(stage.fake.calls.of("sendMessage", chat=petro.chat, outcome="40")) <= 1
    (warning,) = [m for m in stage.owner.messages if "більше не отримує" in m.text]
    assert "Петро" in warning.text
    states = {(ring["state"], ring["reason"]) for ring in await rings(stage, numbers[0])}
    assert states == {("sent", None), ("failed", reason)}


@pytest.mark.case("F4")
async def test_what_only_the_lost_holder_was_told_goes_to_the_others(stage: Stage) -> None:
    """A buyer's question rings the holder alone; when he is gone, the shop hears it all the same."""
    petro = await stage.hires("Петро")
    taken = await stage.orders()
    await petro.sees(taken["number"])
    await petro.presses("Беру в роботу").answered()
    maria = await stage.buyer("Марія", taken)
    await stage.quiet()
    petro.deletes_account()
    maria.types("А можна синій?")
    await stage.owner.sees("А можна синій?")
    await stage.quiet()
    assert len([m for m in stage.owner.messages if "А можна синій?" in m.text]) == 1


@pytest.mark.case("F5")
async def test_when_nobody_is_left_the_order_says_so(stage: Stage, caplog: pytest.LogCaptureFixture) -> None:
    stage.owner.deletes_account()
    first, second = [(await stage.orders())["number"] for _ in range(2)]
    await stage.quiet()
    third = (await stage.orders())["number"]
    await stage.quiet()
    for number in (first, second, third):
        states = {(ring["state"], ring["reason"]) for ring in await rings(stage, number)}
        assert ("held", "no_recipient") in states, number
    assert any("nobody_to_tell" in record.getMessage() for record in caplog.records)


async def test_who_blocked_us_is_found_out_by_an_edit_too(stage: Stage) -> None:
    petro = await stage.hires("Петро")
    number = (await stage.orders())["number"]
    await petro.sees(number)
    await stage.quiet()
    petro.deletes_account()
    await stage.owner.presses("Беру в роботу").answered()
    await stage.owner.sees("більше не отримує")
    await stage.quiet()
    gone = await stage.app.db.read(
        lambda session: session.scalars(select(Account).where(Account.reachable.is_(False))).all()
    )
    assert [account.unreachable_reason for account in gone] == ["deactivated"]


@pytest.mark.case("F4")
async def test_a_group_that_moved_gets_the_message_under_its_new_number(stage: Stage) -> None:
    """The number changes everywhere in one unit; cards of the old one hang nowhere any more (T23)."""
    await stage.orders()
    await stage.quiet()
    group = stage.fake.group("Склад", [stage.owner])
    old = str(group.id)

    def into_the_group(session: Session) -> None:
        for table in (Notification, Card):
            session.execute(update(table).values(chat=old))
        session.execute(update(Account).values(external_id=old))

    await stage.app.db.write(into_the_group)
    supergroup = stage.fake.upgrade(group)
    numbers = [(await stage.orders())["number"] for _ in range(2)]
    await stage.quiet()
    for number in numbers:
        assert [number in message.text for message in supergroup.messages].count(True) == 1
        assert [ring["state"] for ring in await rings(stage, number)] == ["sent"]
    new = str(supergroup.id)
    assert {row.chat for row in await rows(stage)} == {new}
    accounts = await stage.app.db.read(lambda session: session.scalars(select(Account)).all())
    assert [account.external_id for account in accounts] == [new]
    cards = await stage.app.db.read(lambda session: session.scalars(select(Card)).all())
    assert [card.chat for card in cards] == [new, new]


async def test_a_group_that_made_itself_known_before_is_no_stumbling_block(stage: Stage) -> None:
    await stage.orders()
    await stage.quiet()
    group = stage.fake.group("Склад", [stage.owner])

    def into_the_group(session: Session) -> None:
        session.execute(update(Account).values(external_id=str(group.id)))

    await stage.app.db.write(into_the_group)
    supergroup = stage.fake.upgrade(group)

    def already_known(session: Session) -> None:
        known = session.scalars(select(Account)).one()
        session.add(
            Account(
                messenger=known.messenger,
                external_id=str(supergroup.id),
                created_at=known.created_at,
                language="uk",
            )
        )

    await stage.app.db.write(already_known)
    number = (await stage.orders())["number"]
    await stage.quiet()
    assert [ring["state"] for ring in await rings(stage, number)] == ["sent"]


@pytest.mark.case("F17")
async def test_an_order_cancelled_before_its_first_ring_never_rings_as_new(stage: Stage) -> None:
    olena = stage.owner
    stage.fake.faults.script(Kind.TOO_MANY, method="sendMessage", retry_after=60)
    number = (await stage.orders())["number"]
    await flows(stage, lambda: bool(stage.fake.faults.struck), step=0)
    await stage.happens(number, type="buyer_cancelled")
    await stage.goes(seconds=61)
    card = await olena.sees("покупець скасував")
    assert number in card.text
    assert not any("Нове замовлення" in message.text for message in told(olena, number))
    states = {(ring["event"], ring["state"]) for ring in await rings(stage, number)}
    assert ("buyer_cancelled", "sent") in states
    assert ("new_order", "sent") not in states


async def test_a_lease_that_is_lost_again_and_again_ends_as_held(stage: Stage) -> None:
    """Found in `sending`, it may have been sent: it goes again, marked; but not for ever."""
    number = (await stage.orders())["number"]
    await stage.quiet()

    def lose(session: Session) -> None:
        session.execute(
            update(Notification)
            .where(Notification.order_id.is_not(None))
            .values(state=NotificationState.SENDING, lease_until=stage.clock())
        )

    for _ in range(10):
        await stage.app.db.write(lose)
        await stage.goes(seconds=61)
    assert [ring["state"] for ring in await rings(stage, number)] == ["sent"]
    copies = told(stage.owner, number)
    assert ["повторно" in copy.text for copy in copies] == [False] + [True] * 10
    await stage.app.db.write(lose)
    await stage.goes(seconds=61)
    assert [(ring["state"], ring["reason"]) for ring in await rings(stage, number)] == [("held", "unsettled")]
    assert len(told(stage.owner, number)) == 11
