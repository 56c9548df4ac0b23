"""Dead letters in the operators' chat: told once, tried again or closed, by operators alone (R3, B9)."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import select, text, update
from sqlalchemy.orm import Session

from bot.demo.person import Person
from bot.demo.telegram import Kind, Message
from keyboards.operators import LetterButton
from models.inbox import AGAIN as TRIED_AGAIN
from models.inbox import Letter, Update, UpdateState
from tests.conversation.hands import calm, forge, press, taken_in
from tests.operators.world import World
from tests.stage import PATIENCE, Stage

ADMIN = 700_000_001
OTHER_ADMIN = 700_000_002
AGAIN, CLOSE = "Повторити", "Закрити"


@pytest.fixture
async def manned(world: World, database_url: str) -> AsyncIterator[Stage]:
    """A shop, and two operators who are of no shop."""
    async with world.life(database_url, admin_ids=(ADMIN, OTHER_ADMIN)) as stage:
        operators(stage)
        yield stage


def operators(stage: Stage) -> None:
    for number, name in ((ADMIN, "Ірина"), (OTHER_ADMIN, "Степан")):
        stage.people[name] = stage.fake.person(name, user_id=number)
        stage.people[name].types("/start")


async def broken(stage: Stage, broken: bool = True) -> None:
    """Nothing can be noted in an order's history: a migration went wrong, say. Or it is mended."""
    names = ("order_events", "order_events_away")
    old, new = names if broken else reversed(names)
    await stage.app.db.write(lambda session: session.execute(text(f"ALTER TABLE {old} RENAME TO {new}")))


async def one_dies(stage: Stage) -> str:
    """The owner takes an order while that cannot be noted; the order's number."""
    number = await taken_in(stage)
    await broken(stage)
    await press(stage, stage.owner, "Беру в роботу", number)
    await stage.people["Ірина"].sees("не вдалося обробити", PATIENCE)
    await stage.people["Степан"].sees("не вдалося обробити", PATIENCE)
    await calm(stage)
    return number


async def presses(stage: Stage, person: Person, label: str) -> str:
    answer = await person.presses(label).answered(PATIENCE)
    await calm(stage)
    return answer


def letter(person: Person) -> Message:
    (found,) = [
        message for message in person.messages if "Оновлення" in message.text or "оновлення" in message.text
    ]
    return found


def data_of(person: Person) -> str:
    button = letter(person).button(AGAIN)
    assert button is not None
    return str(button["callback_data"])


async def rows(stage: Stage) -> list[Update]:
    def query(session: Session) -> list[Update]:
        return list(session.scalars(select(Update).where(Update.state == UpdateState.DEAD)))

    return await stage.app.db.read(query)


@pytest.mark.case("B9")
async def test_a_dead_letter_tried_again_after_the_mending_has_its_effect_once(manned: Stage) -> None:
    number = await one_dies(manned)
    iryna, stepan = manned.people["Ірина"], manned.people["Степан"]
    assert manned.owner.screen.button("Беру в роботу")
    assert (await rows(manned))[0].body is not None
    await broken(manned, False)
    assert "Результат буде" in await presses(manned, iryna, AGAIN)
    for admin in (iryna, stepan):
        assert "оброблено" in letter(admin).text
        assert letter(admin).labels == []
    state = await manned.state(number)
    assert [event["action"] for event in state["history"]] == ["follow", "take"]
    assert await rows(manned) == []


async def test_what_became_of_it_is_shown_though_the_notice_was_just_being_drawn(manned: Stage) -> None:
    """The try is over before Telegram has answered that the notice says it is under way."""
    await one_dies(manned)
    await broken(manned, False)
    iryna = manned.people["Ірина"]
    manned.fake.faults.script(Kind.SLOW, method="editMessageText", chat=iryna.chat, after=True, seconds=0.5)
    await presses(manned, iryna, AGAIN)
    await iryna.sees("оброблено", PATIENCE)
    await calm(manned)
    assert "оброблено" in letter(iryna).text
    assert sum(manned.fake.faults.struck.values()) == 1


async def test_one_that_dies_again_says_so_and_can_be_tried_once_more(manned: Stage) -> None:
    number = await one_dies(manned)
    iryna = manned.people["Ірина"]
    await presses(manned, iryna, AGAIN)
    assert "знову не вдалося" in letter(iryna).text
    await broken(manned, False)
    await presses(manned, manned.people["Степан"], AGAIN)
    assert "оброблено" in letter(iryna).text
    assert (await manned.state(number))["status"] == "in_work"


async def test_one_that_is_closed_is_forgotten_and_its_notices_say_so(manned: Stage) -> None:
    await one_dies(manned)
    iryna, stepan = manned.people["Ірина"], manned.people["Степан"]
    again = data_of(stepan)
    await broken(manned, False)
    assert await presses(manned, iryna, CLOSE) == "Закрито"
    assert "закрито без обробки" in letter(stepan).text
    assert await rows(manned) == []
    assert "уже впоралися" in await forge(manned, stepan, again, letter(stepan))
    bodies = await manned.app.db.read(lambda session: session.scalars(select(Update.body)).all())
    assert set(bodies) == {None}


async def test_pressing_twice_at_once_tries_it_once(manned: Stage) -> None:
    number = await one_dies(manned)
    await broken(manned, False)
    both = [manned.people[name].presses(AGAIN) for name in ("Ірина", "Степан")]
    for one in both:
        await one.answered(PATIENCE)
    await calm(manned)
    history = (await manned.state(number))["history"]
    assert [event["action"] for event in history] == ["follow", "take"]


async def test_after_two_days_it_is_gone_and_a_press_says_so(manned: Stage) -> None:
    await one_dies(manned)
    await broken(manned, False)
    await manned.goes(hours=49)
    iryna = manned.people["Ірина"]
    assert await rows(manned) == []
    assert "48 годин" in await presses(manned, iryna, AGAIN)
    assert "вже немає" in letter(iryna).text
    assert letter(iryna).labels == []


@pytest.mark.case("C1")
async def test_nobody_but_an_operator_moves_a_dead_letter(manned: Stage) -> None:
    """Neither the owner whose press it was, nor a stranger, nor another operator by this one's button."""
    await one_dies(manned)
    await broken(manned, False)
    iryna, stepan = manned.people["Ірина"], manned.people["Степан"]
    data = data_of(iryna)
    stranger = manned.fake.person("Чужий")
    stranger.types("/start")
    await calm(manned)
    for person in (manned.owner, stranger, stepan):
        assert (await forge(manned, person, data, person.screen)).startswith("Немає доступу")
    for forged in (LetterButton(notice=2**61, again=True).pack(), LetterButton(notice=1, again=False).pack()):
        assert (await forge(manned, iryna, forged, iryna.screen)).startswith("Немає доступу")
    assert len(await rows(manned)) == 1
    assert AGAIN in letter(iryna).labels[0]


async def test_an_operator_who_is_one_no_longer_is_refused_at_the_press(
    world: World, database_url: str
) -> None:
    async with world.life(database_url, admin_ids=(ADMIN, OTHER_ADMIN)) as stage:
        operators(stage)
        await one_dies(stage)
        await broken(stage, False)
        iryna = stage.people["Ірина"]
    async with world.life(database_url, admin_ids=(OTHER_ADMIN,)) as stage:
        assert (await presses(stage, iryna, AGAIN)).startswith("Немає доступу")
        assert len(await rows(stage)) == 1


async def test_a_try_that_a_stop_interrupted_is_made_and_told_after_the_next_start(
    world: World, database_url: str
) -> None:
    async with world.life(database_url, admin_ids=(ADMIN, OTHER_ADMIN)) as stage:
        operators(stage)
        number = await one_dies(stage)
        await broken(stage, False)
        iryna = stage.people["Ірина"]
        notice = LetterButton.unpack(data_of(iryna)).notice
        assert stage.app.worker is not None
        await stage.app.worker.stop()
        assert await stage.app.letters.again(notice, ADMIN) is Letter.AGAIN
        await iryna.sees("ще раз", PATIENCE)
    async with world.life(database_url, admin_ids=(ADMIN, OTHER_ADMIN)) as stage:
        await iryna.sees("оброблено", PATIENCE)
        assert (await stage.state(number))["status"] == "in_work"


async def test_the_end_of_a_try_that_a_crash_left_untold_is_told_at_the_start(
    world: World, database_url: str
) -> None:
    async with world.life(database_url, admin_ids=(ADMIN, OTHER_ADMIN)) as stage:
        operators(stage)
        await one_dies(stage)
        await broken(stage, False)
        iryna = stage.people["Ірина"]
        notice = LetterButton.unpack(data_of(iryna)).notice
        assert stage.app.worker is not None
        await stage.app.worker.stop()
        await stage.app.letters.again(notice, ADMIN)
        await iryna.sees("ще раз", PATIENCE)
        done = update(Update).where(Update.error == TRIED_AGAIN).values(state=UpdateState.DONE, error=None)
        await stage.app.db.write(lambda session: session.execute(done))
    async with world.life(database_url, admin_ids=(ADMIN, OTHER_ADMIN)):
        await iryna.sees("оброблено", PATIENCE)


def test_the_longest_button_of_a_letter_fits() -> None:
    assert len(LetterButton(notice=2**62 - 1, again=True).pack().encode()) <= 64


@pytest.mark.parametrize("fault", ["NotJson", "NoUpdateId"])
async def test_what_nobody_can_read_is_told_and_closed(manned: Stage, fault: str) -> None:
    body = b"no json" if fault == "NotJson" else b'{"message": {}}'
    stored = Update(
        channel="telegram",
        bot_id="4200000042",
        event_id="sha256:" + "f" * 64,
        body=body,
        state=UpdateState.DEAD,
        error=fault,
        received_at=datetime(2026, 3, 2, 8, 0, tzinfo=UTC),
    )

    def fill(session: Session) -> Any:
        session.add(stored)

    await manned.app.db.write(fill)
    await manned.app.letters.catch_up()
    iryna = manned.people["Ірина"]
    await iryna.sees(fault, PATIENCE)
    await calm(manned)
    await presses(manned, iryna, AGAIN)
    assert "знову не вдалося" in letter(iryna).text
    await presses(manned, iryna, CLOSE)
    assert "закрито" in letter(iryna).text
