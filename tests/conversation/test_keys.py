"""API keys in the chat: shown once, never kept, refused from the moment they are revoked."""

import re
from datetime import datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.demo.telegram import Message
from models.links import digest
from models.shop import ApiKey
from models.tables import metadata
from models.worktime import WorkSchedule
from tests.conversation.hands import bare, calm, forge, in_database, is_on_viber, later, types
from tests.conversation.test_settings import NO_ACCESS, NOT_OWNER, taps, words_of
from tests.privacy import Ear
from tests.stage import MONDAY, Stage, order

KEY = re.compile(r"ob_[A-Za-z0-9_-]{43}")


async def opens(stage: Stage) -> Message:
    """The message of the keys: it is turned from screen to screen, whatever rings meanwhile."""
    await types(stage, stage.owner, "/settings")
    return await taps(stage, "Ключі API")


def now(stage: Stage, place: Message) -> Message:
    """The screen of the keys as it stands; on Viber it is another one each time, and other messages come after it."""
    if not is_on_viber(stage.owner):
        return place
    said = (m for m in stage.owner.chat.newest_first() if m.sender.is_bot)
    return next(m for m in said if not KEY.search(m.text) and not m.text.startswith("🔔"))


async def presses(stage: Stage, place: Message, label: str) -> str:
    await stage.owner.presses(label, on=now(stage, place)).answered(20)
    await calm(stage)
    return now(stage, place).text


async def new_key(stage: Stage, place: Message) -> str:
    """The owner makes a key and copies it."""
    said = await presses(stage, place, "Новий ключ")
    if is_on_viber(stage.owner):
        assert KEY.search(said) is None, "one message has it, to be deleted"
        copied = stage.owner.copies("Скопіювати ключ")
        assert KEY.fullmatch(copied)
        return copied
    found = KEY.search(said)
    assert found is not None
    assert stage.owner.copies("Скопіювати ключ", on=place) == found[0]
    return found[0]


async def hides(stage: Stage, place: Message, key: str) -> str:
    """The key is out of sight; on Viber, where the bot takes nothing away, its owner is told to delete it."""
    if is_on_viber(stage.owner):
        assert "видаліть те повідомлення" in now(stage, place).text
        assert sum(key in message.text for message in stage.owner.messages) == 1
        return await presses(stage, place, "Назад")
    hidden = await presses(stage, place, "Приховати")
    assert not any(key in message.text for message in stage.owner.messages)
    return hidden


async def dump(stage: Stage) -> str:
    """Every row of every table, as a thief of the database reads it."""

    def unit(session: Session) -> str:
        tables = [session.execute(select(table)).all() for table in metadata.sorted_tables]
        return "\n".join(str(row) for rows in tables for row in rows)

    return str(await in_database(stage, unit))


@pytest.mark.case("D4", "K1")
async def test_a_key_is_shown_once_opens_the_door_and_is_kept_as_its_digest_alone(
    stage: Stage, ear: Ear
) -> None:
    place = await opens(stage)
    assert "№1: створено 2 березня, ще не вживався" in place.text
    key = await new_key(stage, place)
    assert "удруге показати його не зможемо" in now(stage, place).text
    assert (await stage.post(order(), key=key)).status == 202
    rows = await dump(stage)
    assert key not in rows
    assert str(digest(key)) in rows
    assert key not in ear.getvalue()
    hidden = await hides(stage, place, key)
    assert "№2: створено 2 березня, востаннє вжито 2 березня" in hidden
    assert (await stage.post(order(), key=key)).status == 202, "hidden is not revoked"


@pytest.mark.case("A14")
async def test_a_revoked_key_is_refused_at_once_and_the_other_goes_on(stage: Stage) -> None:
    place = await opens(stage)
    key = await new_key(stage, place)
    assert (await stage.post(order(), key=key)).status == 202
    await hides(stage, place, key)
    sure = await presses(stage, place, "Відкликати №2")
    assert "Відкликати ключ №2? Сайт, у якому він записаний" in sure
    assert "останній" not in sure
    await presses(stage, place, "Ні")
    assert words_of(now(stage, place)) == ["Новий ключ", "Відкликати №1", "Відкликати №2", "Назад"]
    assert (await stage.post(order(), key=key)).status == 202
    await presses(stage, place, "Відкликати №2")
    assert "Ключ №2 відкликано, він уже не діє" in await presses(stage, place, "Так, відкликати")
    assert (await stage.post(order(), key=key)).status == 401
    assert (await stage.post(order())).status == 202
    assert words_of(now(stage, place)) == ["Новий ключ", "Відкликати №1", "Назад"]


async def test_before_the_last_key_goes_it_is_said_what_stops(stage: Stage) -> None:
    place = await opens(stage)
    assert "Це останній ключ" in await presses(stage, place, "Відкликати №1")
    assert "Ключів немає" in await presses(stage, place, "Так, відкликати")
    assert (await stage.post(order())).status == 401
    assert (await stage.post(order(), key=await new_key(stage, place))).status == 202


async def test_a_press_that_is_handled_again_makes_no_second_key(stage: Stage) -> None:
    first = await new_key(stage, await opens(stage))
    cause = await in_database(
        stage, lambda session: session.scalars(select(ApiKey.cause).where(ApiKey.id == 2)).one()
    )
    row, second = await stage.app.shops.make_key(stage.shop.shop.id, 1, cause=cause)
    assert (row.id, len(await stage.app.shops.keys_of(stage.shop.shop.id, 1))) == (2, 2)
    assert (await stage.post(order(), key=first)).status == 401
    assert (await stage.post(order(), key=second)).status == 202


async def test_ten_keys_are_enough(stage: Stage) -> None:
    await opens(stage)
    for _ in range(9):
        await taps(stage, "Новий ключ")
        await taps(stage, "Назад" if is_on_viber(stage.owner) else "Приховати")
    refused = await stage.owner.presses("Новий ключ", on=stage.owner.screen).answered(20)
    assert "Ключів уже десять" in refused
    assert len([label for label in stage.owner.screen.labels if "Відкликати" in bare(label)]) == 10


async def test_when_a_key_was_used_is_written_by_the_clock_and_not_at_the_door(stage: Stage) -> None:
    async def used() -> datetime | None:
        found: datetime | None = await in_database(
            stage, lambda session: session.scalars(select(ApiKey.used_at)).one()
        )
        return found

    await stage.orders()
    assert await used() is None
    await later(stage, hours=1)
    first = await used()
    assert first == MONDAY
    await later(stage, hours=24)
    assert await used() == first
    await stage.orders()
    assert "востаннє вжито 3 березня" in (await opens(stage)).text


@pytest.mark.case("C2", "C3")
async def test_keys_are_their_owners_alone(stage: Stage) -> None:
    ivan, stranger = await stage.hires("Іван"), stage.fake.person("Хтось")
    await types(stage, stranger, "/start")
    for data in ("ky:1:list:0", "ky:1:new:0", "ky:1:sure:1", "ky:1:revoke:1"):
        assert NOT_OWNER in await forge(stage, ivan, data), data
        assert await forge(stage, stranger, data) == NO_ACCESS, data
        assert await forge(stage, stage.owner, data.replace(":1:", ":999:", 1)) == NO_ACCESS, data
    assert await forge(stage, stage.owner, "ky:1:new:-1") == NO_ACCESS
    second = await stage.app.shops.open("Друга", "rozetka", WorkSchedule.parse("Mon 9-18"))
    assert await forge(stage, stage.owner, "ky:1:revoke:2") == NO_ACCESS, "another shop's key"
    assert (await stage.post(order(), key=second.api_key)).status == 202
    assert not any(KEY.search(message.text) for message in (*ivan.messages, *stranger.messages))
