"""Erasing a buyer: by /forget, by an owner; nothing is left in tables, files and chats (K6, P15)."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import pytest
from sqlalchemy import String, Table, select
from sqlalchemy import cast as sql_cast
from sqlalchemy.orm import Session

from bot.demo.person import Person
from bot.demo.telegram import Message
from bot.demo.telegram.faults import Kind
from bot.demo.viber import FakeViber
from bot.demo.viber.faults import Kind as ViberKind
from models.inbox import Update, UpdateState
from models.order import Order
from models.outbox import Card, Notification, NotificationState
from models.roles import Role
from models.shop import Member
from models.tables import metadata
from models.trace import Trace
from models.worktime import WorkSchedule
from tests.conversation.hands import (
    TTN,
    bare,
    calm,
    card,
    card_now,
    count,
    drawn,
    history,
    in_database,
    is_answer,
    is_on_viber,
    later,
    press,
    redrawn,
    taken_in,
    told,
    types,
)
from tests.stage import Stage, order

BUYER = {
    "buyer": {"name": "Зоряна Непийвода", "phone": "+380671234567", "email": "zoriana@example.com"},
    "delivery": {
        "carrier": "nova_poshta",
        "address": "Полтава, вул. Пектораль, 7",
        "recipient": "Остап Непийвода",
    },
    "comment": "чохол до чайника покладіть зверху",
    "pickup_rate": "low",
}
PLANTED = (
    "Зоряна",
    "Непийвода",
    "671234567",
    "zoriana@example.com",
    "вул. Пектораль",
    "Остап",
    "чохол до чайника",
    "Чохол у комплекті?",
    "покличте Зоряну",
)
OURS = ("Тарас",)


async def bought(stage: Stage, **changes: Any) -> tuple[dict[str, Any], Person]:
    """An order with all that a buyer can tell, and its buyer, who has written and was written to."""
    taken = await stage.orders(**(BUYER | changes))
    zoriana = await stage.buyer("Зоряна", taken)
    await types(stage, zoriana, "Чохол у комплекті? покличте Зоряну")
    await stage.owner.presses("Написати покупцю").answered(20)
    await types(stage, stage.owner, "Так, Зоряно, чохол до чайника є")
    await calm(stage)
    return taken, zoriana


async def forgets(stage: Stage, person: Person) -> None:
    asked = await types(stage, person, "/forget")
    await person.presses("Так, видалити", on=asked).answered(20)
    await calm(stage)


async def blanked(stage: Stage) -> None:
    """The tick that blanks messages and sweeps files, which comes within seconds."""
    await later(stage, seconds=6)


def found_in_tables(session: Session, words: tuple[str, ...]) -> list[str]:
    """`table.column: word` for each word that still stands somewhere."""
    return [
        f"{table.name}.{column.name}: {word}"
        for table in metadata.sorted_tables
        for column in table.c
        for (value,) in session.execute(select(cast_text(table, column.name)))
        if value is not None
        for word in words
        if word in unescaped(value)
    ]


def cast_text(table: Table, name: str) -> Any:
    column = table.c[name]
    return column if column.type.python_type in (bytes, dict) else sql_cast(column, String)


def unescaped(value: object) -> str:
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)


def spellings(word: str) -> Iterator[bytes]:
    """The word as UTF-8, and as JSON writes it in a table."""
    yield word.encode()
    yield word.encode("ascii", "backslashreplace")


def found_in_files(stage: Stage, words: tuple[str, ...]) -> list[str]:
    database = stage.app.db.url.database
    assert database is not None
    held = b"".join(
        path.read_bytes() for suffix in ("", "-wal", "-shm") if (path := Path(f"{database}{suffix}")).exists()
    )
    return [word for word in words for spelled in spellings(word) if spelled in held]


def seen_of(*people: Person) -> str:
    """All that the bot shows these people now."""
    return "\n".join(
        f"{message.text}\n{drawn(message)}"
        for person in people
        for message in person.messages
        if message.sender is not person.user
    )


def said_to(buyer: Person) -> list[str]:
    """What the bot's messages before the last one say now."""
    return [message.text for message in buyer.messages if message.sender is not buyer.user][:-1]


def fails(stage: Stage, person: Person, kind: str, *, after: bool = False) -> None:
    """The next message to this person, once."""
    if is_on_viber(person):
        cast(FakeViber, stage.fake).faults.script(
            ViberKind[kind], method="send_message", chat=person.chat, after=after, times=1
        )
    else:
        stage.fake.faults.script(Kind[kind], method="sendMessage", chat=person.chat, after=after, times=1)


@pytest.mark.case("K6")
@pytest.mark.parametrize("ending", ["open", "closed"])
async def test_after_forget_nothing_of_the_buyer_is_in_tables_files_or_chats(
    stage: Stage, ending: str
) -> None:
    petro = await stage.hires("Петро")
    taken, zoriana = await bought(stage)
    zoriana.shares_contact()
    await calm(stage)
    number, chat = taken["number"], str(zoriana.id)
    told = (*PLANTED, chat, zoriana.phone)
    if ending == "closed":
        await stage.happens(number, type="status_changed", status="in_work")
        await stage.happens(number, type="buyer_cancelled")
        await calm(stage)
    before = await in_database(stage, lambda session: found_in_tables(session, told))
    assert {found.rpartition(": ")[2] for found in before} == set(told)
    assert all(word in seen_of(stage.owner, petro) for word in ("Непийвода", "671234567", "чохол"))

    await forgets(stage, zoriana)
    await blanked(stage)
    assert await in_database(stage, lambda session: found_in_tables(session, told)) == []
    if stage.app.db.sqlite:
        assert found_in_files(stage, told) == []
    assert "Готово: ваші дані видалено" in zoriana.screen.text
    for member in (stage.owner, petro):
        shown = await card_now(stage, member, number)
        assert "Дані покупця видалено" in shown.text
        assert not any(word in drawn(shown) for word in PLANTED)
    if is_on_viber(zoriana):
        assert "видаліть цей чат самі" in zoriana.screen.text
        return
    for word in PLANTED:
        assert word not in seen_of(stage.owner, petro, zoriana)
    assert set(said_to(zoriana)) == {"Дані видалено"}


@pytest.mark.case("K6")
async def test_what_the_shop_needs_stays(stage: Stage) -> None:
    taken, zoriana = await bought(stage)
    await press(stage, stage.owner, "Беру в роботу", taken["number"])
    await forgets(stage, zoriana)
    await blanked(stage)
    text = card(stage.owner, taken["number"]).text
    assert "Чайник «Пектораль»" in text
    assert "640" in text
    assert (await history(stage, taken["number"]))[-1] == ("erase", "in_work")
    again = await stage.post(taken["sent"])
    assert (again.status, again.headers["Idempotent-Replay"]) == (202, "true")
    assert await in_database(stage, lambda session: found_in_tables(session, PLANTED)) == []


@pytest.mark.case("K6")
async def test_it_says_what_goes_and_what_stays_and_asks_once(stage: Stage) -> None:
    taken, zoriana = await bought(stage)
    asked = await types(stage, zoriana, "/forget")
    assert "Зникнуть" in asked.text
    assert "Залишаться" in asked.text
    assert f"Ще не завершено: №{taken['number']}" in asked.text
    assert [bare(label) for label in asked.labels] == ["Так, видалити", "Ні"]
    await zoriana.presses("Ні", on=asked).answered(20)
    await calm(stage)
    assert "нічого не видалено" in redrawn(zoriana, asked).text
    await blanked(stage)
    assert "Непийвода" in (await card_now(stage, stage.owner, taken["number"])).text


@pytest.mark.case("K6")
async def test_who_holds_an_open_order_is_told_without_personal_data(stage: Stage) -> None:
    petro = await stage.hires("Петро")
    taken, zoriana = await bought(stage)
    await press(stage, petro, "Беру в роботу", taken["number"])
    await forgets(stage, zoriana)
    told_ = await petro.sees("покупець видалив свої дані з бота")
    assert f"№{taken['number']}" in told_.text
    assert "ROZETKA" in told_.text
    assert not any(word in told_.text for word in PLANTED)
    assert count(stage.owner, "покупець видалив свої дані") == 0


@pytest.mark.case("K6")
async def test_only_this_buyers_data_goes_and_of_all_shops(stage: Stage) -> None:
    first, zoriana = await bought(stage)
    second = await stage.orders(**BUYER)
    await types(stage, zoriana, f"/start {second['buyer']['start']}")
    other = await stage.orders()
    maria = await stage.buyer("Марія", other)
    await calm(stage)
    await forgets(stage, zoriana)
    await blanked(stage)
    for number in (first["number"], second["number"]):
        assert "Дані покупця видалено" in (await card_now(stage, stage.owner, number)).text
    assert "Тарас Непийвода" in card(stage.owner, other["number"]).text
    assert other["number"] in maria.screen.text
    assert await in_database(stage, lambda session: found_in_tables(session, OURS)) != []


@pytest.mark.case("K6")
async def test_afterwards_the_buyer_is_a_stranger_and_old_links_lead_nowhere(stage: Stage) -> None:
    taken, zoriana = await bought(stage)
    ask = zoriana.presses("Є запитання")
    await forgets(stage, zoriana)
    assert "Немає доступу" in await zoriana.replays(ask).answered(20)
    await blanked(stage)
    assert "нічого про вас не зберігаємо" in (await types(stage, zoriana, "/forget")).text
    assert "Посилання не діє" in (await types(stage, zoriana, f"/start {taken['buyer']['start']}")).text
    assert "Відкрийте посилання" in (await types(stage, zoriana, "/start")).text
    fresh = await stage.orders()
    assert fresh["number"] in (await types(stage, zoriana, f"/start {fresh['buyer']['start']}")).text


async def test_what_waits_is_not_sent_and_what_is_on_its_way_is_blanked(stage: Stage) -> None:
    taken, zoriana = await bought(stage)
    number = taken["number"]
    fails(stage, zoriana, "HANG", after=True)
    await stage.owner.presses("Написати покупцю").answered(20)
    stage.owner.types("Зоряно, ще слово")
    await zoriana.sees("ще слово")  # with her, and not yet settled with us

    account = await stage.known(zoriana)
    assert account is not None
    await stage.app.people.forget(account.id, cause="forgets")
    stage.fake.faults.clear()
    await calm(stage)
    await blanked(stage)
    assert is_on_viber(zoriana) or "ще слово" not in seen_of(zoriana)
    assert (
        await in_database(stage, lambda session: found_in_tables(session, ("ще слово", str(zoriana.id))))
        == []
    )
    assert {state for state, _ in await told(stage, number, "seller_wrote")} <= {"sent", "failed"}


async def test_what_failed_on_its_way_is_not_tried_again(stage: Stage) -> None:
    taken, zoriana = await bought(stage)
    account = await stage.known(zoriana)
    assert account is not None
    stage.fake.latency = 0.5
    fails(stage, stage.owner, "BAD_GATEWAY")
    await stage.app.orders.buyer_asks(taken["order_id"], account.id, "покличте Зоряну", cause="asked")
    while ("sending", None) not in await told(stage, taken["number"], "buyer_asked"):  # noqa: ASYNC110 - the API tells nobody
        await asyncio.sleep(0.01)
    await stage.app.people.forget(account.id, cause="forgets")
    stage.fake.latency = 0
    await later(stage, seconds=60)
    assert await told(stage, taken["number"], "buyer_asked") == [("sent", None), ("failed", "erased")]
    left = 1 if is_on_viber(stage.owner) else 0  # the first question, which Viber lets nobody blank
    assert count(stage.owner, "покупець пише") == left


async def test_a_queued_message_ends_visibly(stage: Stage) -> None:
    taken, zoriana = await bought(stage)
    number = taken["number"]
    await stage.happens(number, type="status_changed", status="confirmed")
    await calm(stage)
    await press(stage, stage.owner, "Ввести ТТН", number)
    await types(stage, stage.owner, TTN)
    assert await told(stage, number, "shipped") == [
        ("queued", None)
    ]  # it waits for the seller's second thought
    await forgets(stage, zoriana)
    assert await told(stage, number, "shipped") == [("failed", "erased")]
    await later(stage, seconds=20)
    assert count(zoriana, TTN) == 0


@pytest.mark.case("K6")
async def test_a_dead_letter_keeps_its_place_and_loses_its_words(stage: Stage) -> None:
    _, zoriana = await bought(stage)
    body = {"message": {"from": {"id": zoriana.id}, "text": "покличте Зоряну"}}
    stage.fake.push(body)
    await calm(stage)
    dead = select(Update).where(Update.state == UpdateState.DEAD)
    assert len(await in_database(stage, lambda session: session.scalars(dead).all())) == 1
    await forgets(stage, zoriana)
    (letter,) = await in_database(stage, lambda session: session.scalars(dead).all())
    assert letter.body is None


@pytest.mark.only_on("telegram", "Viber has no edits and no deletions: what was said stays (facts: viber, 2)")
async def test_the_messenger_away_only_delays_the_blanking(stage: Stage) -> None:
    _, zoriana = await bought(stage)
    asked = await types(stage, zoriana, "/forget")
    hanging = len(said_to(zoriana)) + 1
    stage.fake.faults.script(Kind.BAD_GATEWAY, method="editMessageText", chat=zoriana.chat, times=3)
    await zoriana.presses("Так, видалити", on=asked).answered(20)
    await calm(stage)
    for _ in range(5):
        await later(stage, seconds=10)
    assert said_to(zoriana) == ["Дані видалено"] * hanging


@pytest.mark.only_on("telegram", "Viber has no edits and no deletions: what was said stays (facts: viber, 2)")
async def test_who_was_removed_from_the_shop_has_the_card_blanked(stage: Stage) -> None:
    petro = await stage.hires("Петро")
    taken, zoriana = await bought(stage)
    await in_database(stage, lambda session: _removed(session, "Петро"))
    await forgets(stage, zoriana)
    await blanked(stage)
    assert "Непийвода" not in seen_of(petro)
    assert (
        count(petro, f"№{taken['number']}: дані покупця видалено") == 2
    )  # the card, and the buyer's question


def _removed(session: Session, name: str) -> None:
    session.scalars(select(Member).where(Member.name == name)).one().active = False


async def test_a_member_who_buys_is_forgotten_as_a_buyer_and_goes_on_working(stage: Stage) -> None:
    petro = await stage.hires("Петро", Role.MANAGER)
    other = await stage.app.shops.open("Порцеляна", "own", WorkSchedule.parse("Mon-Fri 09:00-18:00"))
    answer = await stage.post(order(), key=other.api_key)
    await types(stage, petro, f"/start {answer.body['buyer']['start']}")
    await forgets(stage, petro)
    await blanked(stage)
    number = await taken_in(stage)
    await petro.sees(number)
    assert "нічого" in (await types(stage, petro, "/forget")).text


# ------------------------------------------------------------ the owner


def offered(person: Person) -> Message | None:
    return person.bearing("Видалити дані покупця", person.chat)


async def closed(stage: Stage) -> tuple[str, Person]:
    taken, zoriana = await bought(stage)
    await stage.happens(taken["number"], type="buyer_cancelled")
    await calm(stage)
    return taken["number"], zoriana


@pytest.mark.case("K6")
async def test_an_owner_erases_the_buyer_of_a_closed_order_after_one_question(stage: Stage) -> None:
    number, zoriana = await closed(stage)
    await press(stage, stage.owner, "Історія", number)
    await stage.owner.presses("Видалити дані покупця").answered(20)
    asked = await stage.owner.sees("видалити дані покупця?")
    assert [bare(label) for label in asked.labels] == ["Так, видалити дані", "Назад"]
    assert is_answer(await stage.owner.presses("Так, видалити дані").answered(20), "Дані покупця видалено")
    await calm(stage)
    await blanked(stage)
    assert "Дані покупця видалено" in (await card_now(stage, stage.owner, number)).text
    assert is_on_viber(stage.owner) or "Дані покупця видалено" in asked.text
    assert await in_database(stage, lambda s: found_in_tables(s, (*PLANTED, str(zoriana.id)))) == []
    assert "671234567" not in drawn(card(stage.owner, number))
    assert is_on_viber(stage.owner) or "671234567" not in seen_of(stage.owner)
    await press(stage, stage.owner, "Історія", number)
    assert "Олена · дані покупця видалено" in (await stage.owner.sees("історія")).text
    assert offered(stage.owner) is None


@pytest.mark.case("K6", "M2")
@pytest.mark.parametrize("role", [Role.MANAGER, Role.PACKER, Role.OBSERVER])
async def test_no_other_role_erases(stage: Stage, role: Role) -> None:
    petro = await stage.hires("Петро", role)
    number, _ = await closed(stage)
    await press(stage, petro, "Історія", number)
    assert offered(petro) is None
    public_id = await in_database(stage, lambda s: s.scalars(select(Order.public_id)).one())
    for wish in ("ask", "yes"):
        assert "Ваша роль" in await petro.forges(f"er:{public_id}:{wish}").answered(20)
    stranger = stage.fake.person("Хтось")
    stranger.types("/start")
    await calm(stage)
    assert "Немає доступу" in await stranger.forges(f"er:{public_id}:yes").answered(20)
    assert "Непийвода" in card(stage.owner, number).text


async def test_an_open_order_is_not_erased_by_its_shop(stage: Stage) -> None:
    taken, _ = await bought(stage)
    await press(stage, stage.owner, "Історія", taken["number"])
    assert offered(stage.owner) is None
    public_id = await in_database(stage, lambda s: s.scalars(select(Order.public_id)).one())
    assert "ще не закрите" in await stage.owner.forges(f"er:{public_id}:yes").answered(20)
    await stage.owner.presses("До замовлення").answered(20)
    await calm(stage)
    assert "Непийвода" in card(stage.owner, taken["number"]).text


async def test_nobody_can_write_to_an_erased_buyer(stage: Stage) -> None:
    taken, zoriana = await bought(stage)
    await stage.owner.presses("Написати покупцю").answered(20)
    await forgets(stage, zoriana)
    assert "Дані покупця видалено: писати нікому" in (await types(stage, stage.owner, "Ви ще тут?")).text
    labels = [bare(label) for label in (await card_now(stage, stage.owner, taken["number"])).labels]
    assert "Написати покупцю" not in labels
    assert "Посилання для покупця" not in labels


async def test_nothing_is_left_to_blank(stage: Stage) -> None:
    _, zoriana = await bought(stage)
    await forgets(stage, zoriana)
    await blanked(stage)

    def left(session: Session) -> tuple[int, int, int]:
        return (
            len(session.scalars(select(Trace)).all()),
            len(session.scalars(select(Card).where(Card.due_at.is_not(None))).all()),
            len(
                session.scalars(
                    select(Notification).where(Notification.state == NotificationState.QUEUED)
                ).all()
            ),
        )

    assert await in_database(stage, left) == (0, 0, 0)
