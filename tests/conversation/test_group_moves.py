"""A group that becomes a supergroup has another number: nothing is lost, nothing comes twice (facts T23). And the pace
of a group (F16)."""

from collections.abc import Callable
from functools import partial

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.demo.telegram import Chat
from bot.demo.telegram.limits import Limits as FakeLimits
from bot.messengers.pacing import Limits as PaceLimits
from models.outbox import Card, Notification
from tests.conversation.gathering import crowd, gathered, groups_of, hanging, press_in, rung
from tests.conversation.hands import calm, count, data_of, forge, later, paid_by, taken_in, told
from tests.outbox.troubles import flows
from tests.stage import Stage, open_stage

pytestmark = pytest.mark.only_on("telegram", "bots of Viber are in no groups")

Moves = Callable[[Stage, Chat], Chat]


def heard(stage: Stage, group: Chat) -> Chat:
    """Telegram says so on both sides."""
    return stage.fake.upgrade(group)


def unheard(stage: Stage, group: Chat) -> Chat:
    """The bot finds out by the next refusal."""
    members = dict(group.members)
    group.upgraded_to = stage.fake.world.chats.group(group.title, members, supergroup=True)
    return group.upgraded_to


both_ways = pytest.mark.parametrize("moves", [heard, unheard])


async def numbers_kept(stage: Stage) -> set[str]:
    """Every chat that rows of the group still name."""

    def query(session: Session) -> set[str]:
        kept = session.scalars(select(Notification.chat).where(Notification.group_id.is_not(None))).all()
        cards = session.scalars(select(Card.chat).where(Card.group_id.is_not(None))).all()
        return {chat for chat in (*kept, *cards) if chat is not None}

    return await stage.app.db.read(query)


@both_ways
async def test_what_waited_for_the_group_comes_to_the_supergroup_once(stage: Stage, moves: Moves) -> None:
    ivan = await stage.hires("Іван")
    group = await gathered(stage, ivan)
    (waiting,) = await crowd(stage, 1)
    new = moves(stage, group)
    await later(stage, seconds=61)
    number = await taken_in(stage)
    for one in (waiting, number):
        assert len(rung(new, one)) == 1
        assert await told(stage, one, "new_order") == [("sent", None)]
        assert count(ivan, one) == 0
    assert await numbers_kept(stage) == {str(new.id)}
    (tied,) = await groups_of(stage)
    assert (tied.chat, tied.moved_from, tied.ended_at) == (str(new.id), str(group.id), None)
    await press_in(stage, ivan, "Беру в роботу", new, number)
    assert "🙋 Веде: Іван" in hanging(new, number).text, "later edits work"
    assert len(rung(new, number)) == 1


@both_ways
async def test_cards_of_open_orders_come_anew_and_old_ones_still_answer(stage: Stage, moves: Moves) -> None:
    ivan = await stage.hires("Іван")
    group = await gathered(stage, ivan)
    open_one, closed = await taken_in(stage), await taken_in(stage)
    await stage.happens(closed, type="buyer_cancelled")
    await calm(stage)
    old = hanging(group, open_one)
    take = old.button("Беру в роботу")
    assert take is not None
    new = moves(stage, group)
    await calm(stage)
    if moves is unheard:
        await stage.happens(open_one, type="payment_changed", status="pending")
        await calm(stage)
    assert "Беру в роботу" in " ".join(hanging(new, open_one).labels)
    assert rung(new, closed) == []
    assert await forge(stage, ivan, data_of(take), old) == "Взято в роботу"
    assert "🙋 Веде: Іван" in hanging(new, open_one).text
    assert len(rung(new, open_one)) == 1
    assert [count(person, open_one) for person in (stage.owner, ivan)] == [0, 0]


async def test_both_services_and_a_refusal_move_it_but_once(stage: Stage) -> None:
    group = await gathered(stage)
    numbers = [await taken_in(stage) for _ in range(3)]
    await crowd(stage, 1)
    new = heard(stage, group)
    await later(stage, seconds=61)
    stage.fake.push(
        {
            "message": {
                "message_id": 9000,
                "date": 1,
                "chat": new.as_json(),
                "migrate_from_chat_id": group.id,
            }
        }
    )
    await calm(stage)
    assert [len(rung(new, number)) for number in numbers] == [1, 1, 1]
    (tied,) = await groups_of(stage)
    assert (tied.chat, tied.ended_at) == (str(new.id), None)


async def test_what_is_said_of_the_old_chat_afterwards_unties_nothing(stage: Stage) -> None:
    group = await gathered(stage)
    new = heard(stage, group)
    await calm(stage)
    stage.fake.world.doors.membership(group, stage.owner.user, "member", "left")
    await calm(stage)
    assert len(rung(new, await taken_in(stage))) == 1
    assert count(stage.owner, "більше не отримує") == 0


async def test_a_supergroup_is_a_group_like_any_other(stage: Stage) -> None:
    ivan = await stage.hires("Іван")
    group = await gathered(stage, ivan, supergroup=True)
    number = await taken_in(stage)
    await press_in(stage, ivan, "Беру в роботу", group, number)
    assert "🙋 Веде: Іван" in hanging(group, number).text
    stage.owner.removes_bot(group)
    await calm(stage)
    assert count(stage.owner, "більше не отримує замовлень") == 1


@pytest.mark.case("F16")
async def test_no_more_than_twenty_a_minute_go_to_a_group_and_none_is_lost(database_url: str) -> None:
    """The fake refuses, and counts, the twenty-first within any sixty seconds; the clock is leapt over."""
    async with open_stage(database_url, pace=PaceLimits()) as stage:
        ivan = await stage.hires("Іван")
        group = await gathered(stage, ivan)
        stage.fake.gate._monotonic = stage.clock.monotonic
        stage.fake.limits = FakeLimits(tolerance=0.0)
        first = await taken_in(stage, payment=paid_by("card", "paid"))
        numbers = [first]
        for at in range(14):  # each rings alone, and the first one's card is drawn anew meanwhile
            number = (await stage.orders())["number"]
            await flows(stage, partial(rang, group, number), step=0.5)
            status, shown = (("pending", "очікується"), ("paid", "оплачено"))[at % 2]
            await stage.happens(first, type="payment_changed", status=status)
            await flows(stage, partial(shows, group, first, shown), step=0.5)
            numbers.append(number)
        numbers += [(await stage.orders())["number"] for _ in range(20)]
        await flows(stage, lambda: all(rung(group, number) for number in numbers), step=1, within=60)
        assert [count(ivan, number) for number in numbers] == [0] * 35
        assert stage.fake.too_many == 0


def rang(chat: Chat, number: str) -> bool:
    return bool(rung(chat, number))


def shows(chat: Chat, number: str, text: str) -> bool:
    return text in hanging(chat, number).text
