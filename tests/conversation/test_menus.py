"""What a person's menu of commands shows, what /help says, and that somebody who waits sees the bot typing."""

import asyncio
from typing import Any, cast

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from bot.demo.person import Person
from bot.demo.telegram import Kind
from bot.demo.viber import FakeViber
from bot.demo.viber import Kind as ViberKind
from models.order import Order
from models.people import Account
from models.roles import Role
from models.shop import Member
from models.worktime import WorkSchedule
from tests.conversation.hands import calm, in_database, is_on_viber, later, types
from tests.conversation.team import rows
from tests.conversation.test_team import retire
from tests.stage import PATIENCE, Stage, playing

EVERYBODY = ["start", "help", "language", "stop", "forget"]
MENUS = {
    Role.OWNER: ["orders", "new", "settings", "help", "language", "cancel"],
    Role.MANAGER: ["orders", "new", "settings", "help", "language", "cancel"],
    Role.PACKER: ["orders", "settings", "help", "language", "cancel"],
    Role.OBSERVER: ["orders", "settings", "help", "language", "cancel"],
}

NO_TYPING = "a bot on Viber cannot say that it is typing"


async def becomes(stage: Stage, name: str, role: Role) -> None:
    """A change of role; the owner's button for it is another part of the product."""

    def unit(session: Session) -> None:
        session.execute(update(Member).where(Member.name == name).values(role=role))

    await in_database(stage, unit)


async def shows_everybodys(stage: Stage, person: Person) -> None:
    if not is_on_viber(person):
        await stage.fake.calls.wait_for("setMyCommands", within=PATIENCE)
    elif not person.messages:  # a chat has no keyboard there until something is said
        person.types("/start")
    await calm(stage)
    assert person.menu == EVERYBODY


async def test_strangers_and_buyers_see_the_menu_of_everybody(stage: Stage) -> None:
    await shows_everybodys(stage, stage.fake.person("Незнайко"))
    answer = await stage.orders()
    maria = await stage.buyer("Марія", answer)
    await later(stage, minutes=1)
    assert maria.menu == EVERYBODY
    if is_on_viber(maria):
        return
    group = stage.fake.group("Чат", [maria])
    assert [
        call for call in stage.fake.calls.of("setMyCommands") if call.params.get("chat_id") == group.id
    ] == []


@pytest.mark.parametrize("role", Role)
async def test_whoever_joins_sees_the_menu_of_the_role(stage: Stage, role: Role) -> None:
    ivan = await stage.hires("Іван", role)
    await calm(stage)
    assert ivan.menu == MENUS[role]
    assert stage.owner.menu == MENUS[Role.OWNER]


async def test_another_role_is_another_menu_and_who_left_has_everybodys(stage: Stage) -> None:
    ivan = await stage.hires("Іван", Role.MANAGER)
    await becomes(stage, "Іван", Role.PACKER)
    await later(stage, minutes=1)
    assert ivan.menu == MENUS[Role.PACKER]
    await retire(stage, "Іван")
    await later(stage, minutes=1)
    await shows_everybodys(stage, ivan)


async def test_who_sells_and_buys_has_both(stage: Stage) -> None:
    ivan = await stage.hires("Іван", Role.PACKER)

    def buys(session: Session) -> None:
        account = session.scalars(select(Account).where(Account.name == "Іван")).one()
        session.execute(update(Order).values(buyer_id=account.id))

    await stage.orders()
    await in_database(stage, buys)
    await later(stage, minutes=1)
    assert ivan.menu == ["orders", "settings", "help", "language", "cancel", "stop", "forget"]
    said = (await types(stage, ivan, "/help")).text
    assert "Ви пакуєте" in said
    assert "Ваші покупки" in said


async def test_a_menu_that_could_not_be_given_is_given_when_telegram_is_back(stage: Stage) -> None:
    await later(stage, minutes=1)
    role = Role.MANAGER
    if is_on_viber(stage.owner):  # whose menu comes with any message: another one comes by itself
        ivan, role = await stage.hires("Іван"), Role.PACKER
        await calm(stage)
        cast(FakeViber, stage.fake).faults.script(
            ViberKind.RESET, method="send_message", chat=ivan.chat, times=3
        )
        await becomes(stage, "Іван", role)
        await later(stage, minutes=1)
    else:
        stage.fake.faults.script(Kind.RESET, method="setMyCommands", times=3)
        ivan = await stage.hires("Іван")
        await calm(stage)
    assert ivan.menu != MENUS[role]
    for _ in range(3):
        await later(stage, minutes=1)
    assert ivan.menu == MENUS[role]


async def test_a_menu_that_fits_is_not_given_again(stage: Stage) -> None:
    await stage.hires("Іван")
    await later(stage, minutes=1)
    before = len(stage.fake.calls.of("setMyCommands"))
    await later(stage, minutes=5)
    assert len(stage.fake.calls.of("setMyCommands")) == before


async def test_a_chat_that_telegram_refuses_a_menu_does_not_keep_the_others_from_theirs(stage: Stage) -> None:
    await later(stage, minutes=1)

    def forgotten(session: Session) -> None:
        session.execute(update(Account).values(menu=None))
        lost = Account(messenger=playing.messenger, external_id="1", created_at=stage.clock.now)
        session.add(lost)
        session.flush()
        owner = session.scalars(select(Member)).first()
        assert owner is not None
        session.add(
            Member(shop_id=owner.shop_id, account_id=lost.id, role=Role.PACKER, joined_at=stage.clock.now)
        )

    await in_database(stage, forgotten)
    before = len(stage.fake.calls.of("setMyCommands"))
    await later(stage, minutes=1)
    await later(stage, minutes=1)
    if not is_on_viber(stage.owner):
        assert len(stage.fake.calls.of("setMyCommands")) == before + 2
    assert None not in await rows(stage, select(Account.menu))


# ------------------------------------------------------------ /help
HELP: dict[Role, tuple[set[str], set[str]]] = {
    Role.OWNER: (
        {"/orders", "/new", "/settings", "ключі API", "№123 беру", "імʼя"},
        {"Ви пакуєте", "спостерігаєте"},
    ),
    Role.MANAGER: ({"/orders", "/new", "/settings", "№123 беру", "імʼя"}, {"ключі API", "Ви пакуєте"}),
    Role.PACKER: (
        {"/orders", "/settings", "Ви пакуєте", "ттн 123", "імʼя"},
        {"ключі API", "/new", "№123 беру"},
    ),
    Role.OBSERVER: (
        {"/orders", "/settings", "Ви спостерігаєте"},
        {"ключі API", "/new", "№123", "імʼя", "телефон"},
    ),
}


@pytest.mark.parametrize("role", Role)
async def test_help_says_what_the_role_can_do_and_nothing_else(stage: Stage, role: Role) -> None:
    person = stage.owner if role is Role.OWNER else await stage.hires("Іван", role)
    said = (await types(stage, person, "/help")).text.replace("'", "ʼ")
    has, has_not = HELP[role]
    assert {word for word in has if word not in said} == set()
    assert {word for word in has_not if word in said} == set()


async def test_several_roles_are_helped_together(stage: Stage) -> None:
    ivan = await stage.hires("Іван", Role.OBSERVER)
    other = await stage.app.shops.open("Друга", "own", WorkSchedule.parse("Mon-Sun 00:00-24:00"))
    await types(stage, ivan, f"/start {other.invite.start}")
    said = (await types(stage, ivan, "/help")).text
    assert "ключі API" in said
    assert "спостерігаєте" not in said


async def test_a_buyer_and_a_stranger_are_helped_in_their_own_words(stage: Stage) -> None:
    maria = await stage.buyer("Марія", await stage.orders())
    said = (await types(stage, maria, "/help")).text
    assert "Ваші покупки" in said
    assert "/orders" not in said
    assert "Відкрийте посилання" in (await types(stage, stage.fake.person("Незнайко"), "/help")).text


# ------------------------------------------------------------ typing
@pytest.mark.only_on("telegram", NO_TYPING)
async def test_who_waits_for_longer_than_a_second_sees_the_bot_typing(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The use case takes its time until the hint has been seen."""
    slow, overview = asyncio.Event(), stage.app.orders.overview

    async def slowly(*asked: Any) -> Any:
        await slow.wait()
        return await overview(*asked)

    monkeypatch.setattr(stage.app.orders, "overview", slowly)
    stage.owner.types("/orders")
    await stage.owner.sees_action("typing", PATIENCE)
    slow.set()
    await stage.owner.sees("Замовлення", PATIENCE)
    assert stage.owner.chat.action == ""


@pytest.mark.only_on("telegram", NO_TYPING)
async def test_a_hint_that_cannot_be_given_keeps_no_answer_back(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    overview = stage.app.orders.overview
    stage.fake.faults.script(Kind.RESET, method="sendChatAction", times=None)

    async def slowly(*asked: Any) -> Any:
        await stage.fake.calls.wait_for("sendChatAction", within=PATIENCE)
        return await overview(*asked)

    monkeypatch.setattr(stage.app.orders, "overview", slowly)
    await types(stage, stage.owner, "/orders")
    assert "Замовлення" in stage.owner.screen.text


async def test_a_stranger_is_shown_no_typing_and_told_one_sentence(stage: Stage) -> None:
    stranger = stage.fake.person("Незнайко")
    await types(stage, stranger, "/orders")
    assert stage.fake.calls.of("sendChatAction", chat=stranger.id) == []
