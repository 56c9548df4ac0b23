"""The moment of dispatch agreed with the buyer: typed or chosen, shown to all, and its clock runs from then."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from models.order import Order
from models.outbox import Notice, Notification, NotificationState
from models.roles import Role
from models.shop import Member
from tests.conversation.hands import (
    TTN,
    bare,
    buttons,
    calm,
    card,
    card_now,
    confirmed,
    count,
    delivered_by,
    forge,
    history,
    in_database,
    is_answer,
    later,
    paid_by,
    press,
    taken_in,
    told,
    types,
)
from tests.stage import Stage, open_stage

WHEN = "Коли відправимо"
THREE = "минуло 3:00 із 12:00 робочого часу, а замовлення ще не відправлено"
TWELVE = "минули всі 12:00 робочого часу, а замовлення ще не відправлено"


def kyiv(day: int, hour: int, minute: int = 0) -> datetime:
    """March 2026, before the clocks change: two hours ahead of UTC."""
    return datetime(2026, 3, day, hour - 2, minute, tzinfo=UTC)


async def until(stage: Stage, moment: datetime) -> None:
    await later(stage, seconds=(moment - stage.clock.now).total_seconds())


@pytest.fixture
async def globus(database_url: str) -> AsyncIterator[Stage]:
    async with open_stage(database_url, marketplace="globus") as opened:
        yield opened


async def agreed(stage: Stage, number: str, words: str) -> str:
    """The owner types when; what the bot answers."""
    await press(stage, stage.owner, WHEN, number)
    return (await types(stage, stage.owner, words)).text


async def tap(stage: Stage, label: str) -> str:
    answer = await stage.owner.presses(label, on=stage.owner.screen).answered(20)
    await calm(stage)
    return answer


def rung(stage: Stage) -> tuple[int, int]:
    """How often the owner was told of three hours, and of twelve."""
    return count(stage.owner, THREE), count(stage.owner, TWELVE)


@pytest.mark.rule("G22", "C21")
async def test_the_clock_of_dispatch_runs_from_the_moment_agreed_vector_h(globus: Stage) -> None:
    number = await confirmed(globus)
    answer = await agreed(globus, number, "03.03 16:00")
    assert "🗓 Відправка домовлена на 03.03 16:00" in answer
    await until(globus, kyiv(4, 9, 59))
    assert rung(globus) == (0, 0)
    await until(globus, kyiv(4, 10))
    assert rung(globus) == (1, 0)
    assert f"№{number}" in globus.owner.screen.text
    assert "Відправка домовлена на 03.03 16:00" in globus.owner.screen.text
    await until(globus, kyiv(5, 9, 59))
    assert await told(globus, number, "dispatch_due") == [("sent", None)]
    await until(globus, kyiv(5, 10))
    assert rung(globus)[1] == 1
    await until(globus, kyiv(13, 10))
    assert await told(globus, number, "dispatch_due") == [("sent", None)] * 2


@pytest.mark.rule("G22", "C21")
async def test_with_nothing_agreed_it_runs_from_the_confirmation(globus: Stage) -> None:
    number = await confirmed(globus)
    assert "Відправка домовлена" not in card(globus.owner, number).text
    await until(globus, kyiv(2, 13))
    assert rung(globus) == (1, 0)


@pytest.mark.rule("G22")
async def test_agreed_anew_the_old_moment_rings_no_more_and_the_same_one_never_twice(globus: Stage) -> None:
    number = await confirmed(globus)
    await until(globus, kyiv(2, 13))
    assert await told(globus, number, "dispatch_due") == [("sent", None)]  # from the confirmation
    await agreed(globus, number, "завтра 10:00")  # would ring at Tue 13:00
    await agreed(globus, number, "завтра 16:00")  # rings at Wed 10:00
    await agreed(globus, number, "03.03 16:00")  # the same again
    await until(globus, kyiv(4, 9, 59))
    assert await told(globus, number, "dispatch_due") == [("sent", None)]
    await until(globus, kyiv(4, 10))
    assert await told(globus, number, "dispatch_due") == [("sent", None)] * 2

    await press(globus, globus.owner, WHEN, number)
    assert is_answer(await tap(globus, "Як підтвердили"), "Відправка знову рахується від підтвердження")
    assert "Відправка домовлена" not in card(globus.owner, number).text
    await until(globus, kyiv(4, 12))
    # Three hours from the confirmation were told on Monday; twelve, over since Tuesday, were not.
    assert await told(globus, number, "dispatch_due") == [("sent", None)] * 3
    assert count(globus.owner, TWELVE) == 1
    await agreed(globus, number, "завтра 9:00")
    await press(globus, globus.owner, WHEN, number)
    await tap(globus, "Як підтвердили")
    await until(globus, kyiv(13, 12))
    assert await told(globus, number, "dispatch_due") == [("sent", None)] * 3


async def test_a_reminder_of_the_old_moment_that_still_waits_to_be_sent_is_not_sent(globus: Stage) -> None:
    number = await confirmed(globus)
    await until(globus, kyiv(2, 13))

    def waits_again(session: Session) -> None:
        """As if the messenger had been away."""
        session.execute(
            update(Notification)
            .where(Notification.kind == Notice.DISPATCH_DUE)
            .values(state=NotificationState.QUEUED, due_at=kyiv(2, 14))
        )

    await in_database(globus, waits_again)
    before = len(globus.owner.messages)
    await agreed(globus, number, "завтра 16:00")
    assert await told(globus, number, "dispatch_due") == [("failed", "outdated")]
    await until(globus, kyiv(3, 18))
    assert len(globus.owner.messages) <= before + 3  # the question, her words, the card
    await until(globus, kyiv(4, 10))
    assert (await told(globus, number, "dispatch_due"))[1:] == [("sent", None)]


@pytest.mark.rule("G34", "R18")
async def test_a_day_is_one_tap_and_means_the_shops_opening(stage: Stage) -> None:
    """Any marketplace's card has it: here ROZETKA's."""
    number = await confirmed(stage)
    for label, shown in (
        ("Завтра", "03.03 09:00"),
        ("Післязавтра", "04.03 09:00"),
        ("Сьогодні", "02.03 10:00"),  # open: now
    ):
        await press(stage, stage.owner, WHEN, number)
        question = stage.owner.screen
        assert f"№{number}" in question.text
        assert max(len(row) for row in question.buttons) <= 3
        assert is_answer(await tap(stage, label), f"🗓 Відправка домовлена на {shown}")
        assert f"🗓 Відправка домовлена на {shown}" in (await card_now(stage, stage.owner, number)).text
    assert "Не зрозуміли повідомлення" in (await types(stage, stage.owner, "завтра")).text  # nothing is asked


async def test_a_day_that_was_offered_yesterday_means_the_same_day_today(stage: Stage) -> None:
    number = await confirmed(stage)
    await press(stage, stage.owner, WHEN, number)
    labels = [bare(label) for label in stage.owner.screen.labels]
    assert labels == ["Сьогодні", "Завтра", "Післязавтра", "Назад"]
    question = stage.owner.screen
    await until(stage, kyiv(3, 12))
    answer = await stage.owner.presses("Завтра", on=question).answered(20)
    assert is_answer(answer, "🗓 Відправка домовлена на 03.03 12:00")
    await press(stage, stage.owner, WHEN, number)
    question = stage.owner.screen
    await until(stage, kyiv(4, 12))
    assert "уже минув" in await stage.owner.presses("Сьогодні", on=question).answered(20)


async def test_a_day_off_is_said_and_its_next_opening_taken(stage: Stage) -> None:
    number = await confirmed(stage)
    answer = await agreed(stage, number, "в суботу")
    assert "🗓 Відправка домовлена на 09.03 09:00 (у день 07.03 магазин зачинений" in answer
    assert "(у день 07.03" not in await agreed(stage, number, "09.03")


async def test_what_is_no_moment_is_explained_and_asked_for_again(stage: Stage) -> None:
    number = await confirmed(stage)
    await press(stage, stage.owner, WHEN, number)
    for words, answer in (
        (TTN, "Не зрозуміли, коли"),
        ("так", "«завтра 16:00»"),
        ("<b>завтра</b> & { $at }", "Не зрозуміли, коли"),
        ("'); DROP TABLE orders;--", "Не зрозуміли, коли"),
        ("я" * 3000, "Не зрозуміли, коли"),
        ("01.03", "уже минув"),
        ("10.09", "далі ніж за 60 днів"),
    ):
        assert answer in (await types(stage, stage.owner, words)).text, words
    stage.owner.sends_photo()
    await calm(stage)
    assert "лише текст" in stage.owner.screen.text
    assert "домовлена на 10.03 14:00" in (await types(stage, stage.owner, "10.03 14:00")).text


async def test_it_is_history_and_no_change_of_status_and_everybody_sees_it(stage: Stage) -> None:
    ivan = await stage.hires("Іван", Role.PACKER)
    answer = await stage.orders()
    number = answer["number"]
    maria = await stage.buyer("Марія", answer)
    await stage.happens(number, type="status_changed", status="confirmed")
    await calm(stage)
    heard = len(maria.messages)
    seq = await in_database(stage, lambda session: session.scalars(select(Order.seq)).one())
    await press(stage, ivan, WHEN, number)
    await types(stage, ivan, "завтра 16:00")
    assert "домовлена на 03.03 16:00" in (await card_now(stage, stage.owner, number)).text
    assert await in_database(stage, lambda session: session.scalars(select(Order.seq)).one()) == seq
    assert (await history(stage, number))[-1] == ("agree", "confirmed")
    await press(stage, stage.owner, "Історія", number)
    assert "Іван · відправку домовлено на 03.03 16:00" in stage.owner.screen.text
    await tap(stage, "До замовлення")
    await press(stage, ivan, WHEN, number)
    await ivan.presses("Як підтвердили", on=ivan.screen).answered(20)
    await calm(stage)
    await press(stage, stage.owner, "Історія", number)
    assert "Іван · відправка рахується від підтвердження" in stage.owner.screen.text
    await later(stage, minutes=5)
    assert len(maria.messages) == heard  # rules 1.8.8: it is none of the buyer's messages


async def test_it_is_offered_where_a_confirmed_order_is_still_to_be_sent(globus: Stage) -> None:
    plain = await taken_in(globus)
    assert WHEN not in buttons(globus.owner, plain)
    for changes in (
        {},
        {"delivery": delivered_by("own")},
        {"delivery": delivered_by("pickup")},
        {"payment": paid_by("card", "pending")},  # agreed, whenever the money comes
    ):
        number = await confirmed(globus, **changes)
        assert WHEN in buttons(globus.owner, number), changes
    number = await confirmed(globus)
    await agreed(globus, number, "завтра 16:00")
    await press(globus, globus.owner, "Ввести ТТН", number)
    await types(globus, globus.owner, TTN)
    assert WHEN not in buttons(globus.owner, number)
    assert "Відправка домовлена" not in card(globus.owner, number).text
    await press(globus, globus.owner, "Повернути", number)
    assert "Відправка домовлена на 03.03 16:00" in card(globus.owner, number).text


async def test_whoever_takes_the_confirmation_back_takes_what_was_agreed_with_it(stage: Stage) -> None:
    number = await confirmed(stage)
    await agreed(stage, number, "завтра 16:00")
    await press(stage, stage.owner, "Повернути в обробку", number)
    assert "Відправка домовлена" not in card(stage.owner, number).text
    await press(stage, stage.owner, "Повернути", number)
    assert "Відправка домовлена на 03.03 16:00" in card(stage.owner, number).text
    await press(stage, stage.owner, "Повернути в обробку", number)
    await press(stage, stage.owner, "Дані підтверджено", number)
    assert "Відправка домовлена" not in card(stage.owner, number).text


async def agreed_at(stage: Stage) -> datetime | None:
    found: datetime | None = await in_database(
        stage, lambda session: session.scalars(select(Order.agreed_at)).one()
    )
    return found


async def test_who_may_not_is_refused_whatever_he_sends(stage: Stage) -> None:
    olga = await stage.hires("Ольга", Role.OBSERVER)
    ivan = await stage.hires("Іван")
    number = await confirmed(stage)
    assert WHEN not in buttons(olga, number)
    await press(stage, stage.owner, WHEN, number)
    order_id = (await stage.state(number))["order_id"]
    forged = (f"o:agree:{order_id}:1", f"d:{order_id}:1:2026-03-04", f"n:agree:{order_id}:1:moment")
    for data in forged:
        assert "роль" in await forge(stage, olga, data, card(olga, number))

    await press(stage, ivan, WHEN, number)  # the question is open when he is let go
    await in_database(
        stage,
        lambda session: session.execute(update(Member).where(Member.name == "Іван").values(active=False)),
    )
    assert "Немає доступу" in (await types(stage, ivan, "завтра 16:00")).text
    thief = stage.fake.person("Злодій")
    await types(stage, thief, "/start")
    for person in (ivan, thief):
        for data in forged:
            assert "Немає доступу" in await forge(stage, person, data, person.screen)
    assert await agreed_at(stage) is None


async def test_a_stale_button_and_a_forged_day_change_nothing(stage: Stage) -> None:
    number = await confirmed(stage)
    order_id = (await stage.state(number))["order_id"]
    old = card(stage.owner, number)
    for day in ("2026-99-99", "0000-00-00", "9999-12-31", "2026-03-01"):
        answer = await forge(stage, stage.owner, f"d:{order_id}:1:{day}", old)
        assert any(word in answer for word in ("Не зрозуміли", "уже минув", "60 днів")), (day, answer)
    await press(stage, stage.owner, WHEN, number)
    question = stage.owner.screen
    await press(stage, stage.owner, "Повернути в обробку", number)
    assert "Вже змінено" in await stage.owner.presses("Завтра", on=question).answered(20)
    await press(stage, stage.owner, "Дані підтверджено", number)
    assert "Вже змінено" in await forge(stage, stage.owner, f"d:{order_id}:1:2026-03-03", old)
    await later(stage, seconds=2)  # the question has become a card, too
    await press(stage, stage.owner, WHEN, number)
    await stage.happens(number, type="buyer_cancelled")
    await calm(stage)
    stage.owner.types("завтра 16:00")
    await stage.owner.sees("вже закрите")
    await calm(stage)
    assert await agreed_at(stage) is None


async def test_the_deadline_follows_at_once(globus: Stage) -> None:
    number = await confirmed(globus)
    await later(globus, hours=2, minutes=59)
    await agreed(globus, number, "через 2 години")
    assert "⏱ минуло 0:00 із 12:00" in card(globus.owner, number).text
    await later(globus, minutes=10)
    assert rung(globus) == (0, 0)
    await until(globus, kyiv(2, 10) + timedelta(hours=7, minutes=59))
    assert rung(globus) == (1, 0)
