"""An order goes from hand to hand: its reminders with it, both hear of it, and only within one shop (M6)."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.demo.person import Person
from bot.demo.telegram import Message
from models.deadline import Deadline
from models.order import Order
from models.outbox import Notice, Notification, NotificationState
from models.roles import Role
from models.shop import Member
from models.worktime import WorkSchedule
from tests.conversation.hands import (
    bare,
    calm,
    card,
    card_now,
    confirmed,
    count,
    data_of,
    forge,
    history,
    in_database,
    is_answer,
    is_silent,
    later,
    press,
    redrawn,
    taken_in,
    toasts,
    types,
)
from tests.conversation.test_team import retire
from tests.stage import Stage


async def held(stage: Stage, person: Person) -> str:
    """An order that this person has taken; its number."""
    number = await taken_in(stage)
    await press(stage, person, "Беру в роботу", number)
    return number


async def hands(stage: Stage, person: Person, number: str, to: str) -> str:
    await press(stage, person, "Передати колезі", number)
    answer = await person.presses(to, on=person.finds(f"№{number}: кому передати?")).answered(20)
    await calm(stage)
    return answer


def labels(person: Person, number: str) -> list[str]:
    return [bare(label) for label in card(person, number).labels]


def rings(person: Person, number: str, title: str) -> list[Message]:
    """Messages about the order whose first line says so, loud ones."""
    return [
        message
        for message in person.messages
        if f"№{number}" in message.text.partition("\n")[0]
        and title in message.text.partition("\n")[0]
        and not is_silent(message)
    ]


async def member_id(stage: Stage, name: str) -> int:
    found = await in_database(
        stage, lambda session: session.scalar(select(Member.id).where(Member.name == name))
    )
    assert isinstance(found, int)
    return found


@pytest.mark.case("M6")
async def test_the_colleague_gets_the_live_card_with_sound_and_everybodys_card_follows(stage: Stage) -> None:
    ivan, petro = await stage.hires("Іван"), await stage.hires("Петро")
    number = await held(stage, ivan)
    assert is_answer(await hands(stage, ivan, number, "Петро"), f"№{number}: тепер веде Петро")
    got = rings(petro, number, "тепер ведете ви")
    assert len(got) == 1
    assert "Передає Іван." in got[0].text
    assert got[0].button("Дані підтверджено") is not None
    for person in (stage.owner, ivan, petro):
        assert "Веде: Петро" in (await card_now(stage, person, number)).text
    assert count(ivan, "тепер веде Петро (") == 0
    assert is_answer(await press(stage, petro, "Дані підтверджено", number), "Дані підтверджено")


async def test_who_had_it_hears_who_has_it_now_where_somebody_else_decides(stage: Stage) -> None:
    ivan, petro = await stage.hires("Іван"), await stage.hires("Петро")
    number = await held(stage, ivan)
    answer = await hands(stage, stage.owner, number, "Петро")
    assert count(ivan, f"№{number}: тепер веде Петро (передає Олена)") == 1
    assert len(rings(petro, number, "тепер ведете ви")) == 1
    assert is_answer(answer, f"№{number}: тепер веде Петро")
    assert count(stage.owner, f"№{number}: тепер веде") == len(toasts(stage.owner, answer)), (
        "she knows what she did"
    )


async def test_an_owner_takes_an_order_from_a_colleague_with_one_tap(stage: Stage) -> None:
    ivan = await stage.hires("Іван")
    number = await held(stage, ivan)
    assert "Взяти собі" not in labels(ivan, number)
    assert is_answer(await press(stage, stage.owner, "Взяти собі", number), f"№{number}: тепер веде Олена")
    assert count(ivan, f"№{number}: тепер замість вас веде Олена") == 1
    for person, offer in ((stage.owner, False), (ivan, True)):
        await card_now(stage, person, number)
        assert ("Взяти собі" in labels(person, number)) is offer
    assert len(rings(stage.owner, number, "тепер ведете ви")) == 0


@pytest.mark.case("M6")
async def test_reminders_ring_the_new_holder_alone_from_then_on(stage: Stage) -> None:
    ivan, petro = await stage.hires("Іван"), await stage.hires("Петро")
    number = await held(stage, ivan)
    await press(stage, stage.owner, "Змінено", number)
    await hands(stage, ivan, number, "Петро")
    before = {person: len(person.messages) for person in (ivan, petro, stage.owner)}
    await later(stage, minutes=91)
    assert [len(person.messages) - before[person] for person in (petro, ivan, stage.owner)] == [1, 0, 0]


@pytest.mark.case("M6")
async def test_what_waits_to_be_told_to_the_old_holder_is_told_to_the_new_one(stage: Stage) -> None:
    ivan, petro = await stage.hires("Іван"), await stage.hires("Петро")
    taken = await stage.orders()
    number, maria = taken["number"], await stage.buyer("Марія", taken)
    await calm(stage)
    await press(stage, ivan, "Беру в роботу", number)

    await maria.presses("Є запитання").answered(20)
    await types(stage, maria, "Чи є чохол у комплекті?")
    heard = count(ivan, "чохол у комплекті")

    def put_off(session: Session) -> None:
        """As after an outage: it waits to be told once more."""
        row = session.scalars(select(Notification).where(Notification.kind == Notice.BUYER_ASKED)).one()
        row.state, row.due_at = NotificationState.QUEUED, stage.clock() + timedelta(minutes=5)

    await in_database(stage, put_off)
    await hands(stage, ivan, number, "Петро")
    assert count(petro, "чохол у комплекті") == 0
    await later(stage, minutes=5)
    assert count(petro, "чохол у комплекті") == 1
    assert count(ivan, "чохол у комплекті") == heard == 1


@pytest.mark.case("M6")
async def test_a_snooze_goes_with_the_order(stage: Stage) -> None:
    ivan, petro = await stage.hires("Іван"), await stage.hires("Петро")
    number = await held(stage, ivan)
    await press(stage, ivan, "Нагадати пізніше", number)
    await ivan.presses("15").answered(20)
    await calm(stage)
    await hands(stage, ivan, number, "Петро")
    before = len(ivan.messages), len(petro.messages)
    await later(stage, minutes=15)
    assert (len(ivan.messages), len(petro.messages)) == (before[0], before[1] + 1)
    kinds = await in_database(
        stage, lambda session: [row for row in session.scalars(select(Deadline.kind)) if "snooze" in row]
    )
    assert kinds == [f"snooze:{await member_id(stage, 'Петро')}"]


async def test_both_have_asked_to_be_rung_and_the_earlier_time_counts(stage: Stage) -> None:
    ivan, petro = await stage.hires("Іван"), await stage.hires("Петро")
    number = await held(stage, ivan)
    for person, minutes in ((petro, "1 год"), (ivan, "15 хв")):
        await press(stage, person, "Нагадати пізніше", number)
        await person.presses(minutes).answered(20)
        await calm(stage)
    await hands(stage, ivan, number, "Петро")
    before = len(ivan.messages), len(petro.messages)
    await later(stage, minutes=15)
    assert (len(ivan.messages), len(petro.messages)) == (before[0], before[1] + 1)


async def test_the_history_says_who_handed_it_to_whom(stage: Stage) -> None:
    ivan = await stage.hires("Іван")
    number = await held(stage, stage.owner)
    await hands(stage, stage.owner, number, "Іван")
    await press(stage, ivan, "Історія", number)
    shown = ivan.finds("· історія")
    assert shown is not None
    assert shown.text.splitlines()[1] == "02.03 10:00 · Олена · далі веде Іван"
    assert "Іван" not in str(await stage.state(number))


async def test_only_who_can_act_and_works_there_can_be_chosen(stage: Stage) -> None:
    await stage.hires("Спостерігач", Role.OBSERVER)
    await stage.hires("Пакувальниця", Role.PACKER)
    away = await stage.hires("Відпустка")
    await stage.hires("Звільнений")
    await retire(stage, "Звільнений")
    away.blocks_bot()
    await calm(stage)
    number = await held(stage, stage.owner)
    await press(stage, stage.owner, "Передати колезі", number)
    shown = stage.owner.finds("кому передати?")
    assert shown is not None
    assert "Зараз веде Олена." in shown.text
    assert shown.labels == ["Пакувальниця · пакувальник", "⬅️ Назад"]


async def test_many_colleagues_come_in_pages(stage: Stage) -> None:
    for at in range(9):
        await stage.hires(f"Колега {at}")
    number = await held(stage, stage.owner)
    await press(stage, stage.owner, "Передати колезі", number)
    shown = stage.owner.finds("кому передати?")
    assert shown is not None
    assert len(shown.buttons) == 10
    await stage.owner.presses("▶️", on=shown).answered(20)
    await calm(stage)
    shown = redrawn(stage.owner, shown)
    assert shown.labels == ["Колега 8 · менеджер", "◀️", "⬅️ Назад"]
    await stage.owner.presses("Колега 8", on=shown).answered(20)
    await calm(stage)
    assert "Веде: Колега 8" in card(stage.owner, number).text


async def test_who_left_meanwhile_is_not_given_the_order(stage: Stage) -> None:
    await stage.hires("Іван")
    await stage.hires("Петро")
    number = await held(stage, stage.owner)
    await press(stage, stage.owner, "Передати колезі", number)
    await retire(stage, "Іван")
    answer = await stage.owner.presses("Іван").answered(20)
    await calm(stage)
    assert is_answer(answer, "Ця людина вже не може вести замовлення магазину. Виберіть іншу.")
    assert "Веде: Олена" in card(stage.owner, number).text


async def test_an_order_that_was_closed_or_put_back_meanwhile_goes_to_nobody(stage: Stage) -> None:
    await stage.hires("Іван")
    number = await held(stage, stage.owner)
    await press(stage, stage.owner, "Передати колезі", number)
    chooser = stage.owner.finds("кому передати?")
    assert chooser is not None
    data = data_of(chooser.button("Іван"))
    await stage.owner.presses("Назад", on=chooser).answered(20)
    await calm(stage)
    await press(stage, stage.owner, "Повернути", number)
    assert "ніхто не веде" in await forge(stage, stage.owner, data)
    await stage.happens(number, type="buyer_cancelled")
    await calm(stage)
    assert "вже закрите" in await forge(stage, stage.owner, data)


async def test_a_press_before_the_hand_over_is_not_taken_back_after_it(stage: Stage) -> None:
    await stage.hires("Іван")
    number = await held(stage, stage.owner)
    undo = data_of(card(stage.owner, number).button("Повернути"))
    await hands(stage, stage.owner, number, "Іван")
    assert "Повернути" not in labels(stage.owner, number)
    assert "Повернути вже не можна" in await forge(stage, stage.owner, undo)
    assert "Веде: Іван" in card(stage.owner, number).text


async def test_where_there_is_nobody_to_hand_to_there_is_no_button(stage: Stage) -> None:
    number = await held(stage, stage.owner)
    assert "Передати колезі" not in labels(stage.owner, number)
    free = await taken_in(stage)
    await stage.hires("Іван")
    assert "Передати колезі" not in labels(stage.owner, free)


@pytest.mark.case("M1", "M2", "C3")
async def test_who_may_not_hand_over_and_whoever_is_foreign_cannot(stage: Stage) -> None:
    packer = await stage.hires("Пакувальниця", Role.PACKER)
    observer = await stage.hires("Спостерігач", Role.OBSERVER)
    ivan = await stage.hires("Іван")
    other = await stage.app.shops.open("Чужий", "rozetka", WorkSchedule.parse("Mon-Sun 00:00-24:00"))
    rival = stage.fake.person("Суперник")
    await types(stage, rival, f"/start {other.invite.start}")
    number = await confirmed(stage)
    await press(stage, ivan, "Повернути в обробку", number)
    order_id = (await stage.state(number))["order_id"]
    theirs, foreign = await member_id(stage, "Олена"), await member_id(stage, "Суперник")
    assert "Передати колезі" in labels(stage.owner, number)
    for person in (packer, observer):
        assert {"Передати колезі", "Взяти собі"}.isdisjoint(labels(person, number))
        for data in (f"w:{order_id}:{theirs}", f"l:{order_id}:hand:0"):
            assert "роль" in await forge(stage, person, data)
    for data in (f"w:{order_id}:{theirs}", f"l:{order_id}:hand:0"):
        absent = await forge(stage, rival, data.replace(order_id, "AAAAAAAAAAAA"), rival.screen)
        assert await forge(stage, rival, data, rival.screen) == absent
        assert absent == "Немає доступу або такого замовлення немає."
    for nobody in (foreign, 999_999):
        assert "Ця людина вже не може" in await forge(stage, stage.owner, f"w:{order_id}:{nobody}")
    assert "Веде: Іван" in card(stage.owner, number).text


@pytest.mark.case("C5")
async def test_an_impatient_thumb_hands_over_once(stage: Stage) -> None:
    ivan = await stage.hires("Іван")
    number = await held(stage, stage.owner)
    await press(stage, stage.owner, "Передати колезі", number)
    first = stage.owner.presses("Іван")
    again = stage.owner.replays(first)
    for one in (first, again):
        await one.answered(20)
    await calm(stage)
    assert len(rings(ivan, number, "тепер ведете ви")) == 1
    assert [action for action, _ in await history(stage, number)].count("hand_over") == 1
    holders = await in_database(stage, lambda session: session.scalars(select(Order.holder_id)).all())
    assert holders == [await member_id(stage, "Іван")]
