"""How a group becomes a shop's and ends to be it: by its owner's link alone, and nothing is lost on the way."""

from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.demo.person import Person
from bot.demo.telegram import Chat
from models import links
from models.group import GroupLink
from models.order import Order
from models.outbox import Card
from models.roles import Role
from models.worktime import WorkSchedule
from tests.conversation.gathering import (
    crowd,
    ever_said,
    gathered,
    groups_of,
    hanging,
    link,
    offered,
    press_in,
    rung,
    taps,
)
from tests.conversation.hands import (
    buttons,
    calm,
    card,
    count,
    data_of,
    forge,
    in_database,
    later,
    taken_in,
    types,
)
from tests.conversation.test_group import leaves
from tests.stage import Stage, order

pytestmark = pytest.mark.only_on("telegram", "bots of Viber are in no groups")

NO_ACCESS = "Немає доступу або такого замовлення немає."


def said_in(chat: Chat) -> int:
    return sum(message.sender.is_bot for message in chat.messages)


async def joins(stage: Stage, person: Person, chat: Chat, url: str) -> None:
    person.adds_bot(chat, link=url)
    await calm(stage)


# ------------------------------------------------------------ getting in
@pytest.mark.case("D1", "D4")
async def test_the_owners_link_ties_one_group_once_and_is_kept_as_its_digest(stage: Stage) -> None:
    url = await link(stage)
    assert url.startswith("https://t.me/orderbell_bot?startgroup=g")
    first = stage.fake.group("Перша", [stage.owner], bot_status="left")
    second = stage.fake.group("Друга", [stage.owner], bot_status="left")
    await joins(stage, stage.owner, first, url)
    await joins(stage, stage.owner, second, url)
    assert [said_in(first), said_in(second)] == [1, 0]
    assert "Посилання не діє" in stage.owner.screen.text
    assert [group.title for group in await groups_of(stage)] == ["Перша"]
    payload = url.partition("=")[2]
    (kept,) = await stage.app.db.read(lambda session: session.scalars(select(GroupLink.digest)).all())
    assert kept == links.digest(payload)


@pytest.mark.case("B4", "B9")
async def test_the_same_start_handled_twice_ties_once_and_answers_as_before(stage: Stage) -> None:
    url = await link(stage)
    group = stage.fake.group("Склад", [stage.owner], bot_status="left")
    await joins(stage, stage.owner, group, url)
    await joins(stage, stage.owner, group, url)
    assert [message.text for message in group.messages if message.sender.is_bot][1:] == [
        group.messages[-1].text
    ]
    assert len(await groups_of(stage)) == 1


@pytest.mark.case("D2")
async def test_after_a_day_the_link_is_dead(stage: Stage) -> None:
    url = await link(stage)
    stage.clock.goes(hours=24)
    group = stage.fake.group("Склад", [stage.owner], bot_status="left")
    await joins(stage, stage.owner, group, url)
    assert said_in(group) == 0
    assert await groups_of(stage) == []


@pytest.mark.case("D20", "D2", "C3")
async def test_in_anybody_elses_hands_the_link_does_nothing_and_stays_good(stage: Stage) -> None:
    other = await stage.app.shops.open("Чужий", "rozetka", WorkSchedule.parse("Mon-Sun 00:00-24:00"))
    rival, stranger = stage.fake.person("Суперник"), stage.fake.person("Чужий")
    await types(stage, rival, f"/start {other.invite.start}")
    manager = await stage.hires("Іван")
    former = await stage.hires("Колишній", Role.OWNER)
    buyer = await stage.buyer("Марія", await stage.orders())
    await in_database(stage, leaves("Колишній"))
    url = await link(stage)
    for person in (stranger, rival, manager, former, buyer):
        group = stage.fake.group("Чат", [person], bot_status="left")
        await joins(stage, person, group, url)
        assert said_in(group) == 0
        if person is not stranger:
            assert person.screen.text == "Посилання не діє. Попросіть у магазину нове."
    assert stranger.messages == []
    assert await groups_of(stage) == []
    group = stage.fake.group("Склад", [stage.owner], bot_status="left")
    await joins(stage, stage.owner, group, url)
    assert said_in(group) == 1


@pytest.mark.case("D3")
async def test_a_groups_link_is_no_invite_and_an_invite_ties_no_group(stage: Stage) -> None:
    payload = (await link(stage)).partition("=")[2]
    guest = stage.fake.person("Гість")
    assert "Посилання не діє" in (await types(stage, guest, f"/start {payload}")).text
    assert "Посилання не діє" in (await types(stage, guest, f"/start i{payload[1:]}")).text
    assert "Посилання не діє" in (await types(stage, guest, f"/start b{payload[1:]}")).text
    invite = (await stage.app.shops.invite(stage.shop.shop.id, Role.OWNER, binds_at_once=True)).start
    group = stage.fake.group("Чат", [stage.owner])
    for said in (invite, "g" + invite[1:], "g", "g" + "x" * 63, ""):
        stage.owner.types(f"/start@orderbell_bot {said}".strip(), chat=group)
    await calm(stage)
    assert said_in(group) == 0
    assert await groups_of(stage) == []


@pytest.mark.case("B17", "D20")
@pytest.mark.parametrize(
    "disguise",
    [
        {"from": {"id": 1087968824, "is_bot": True, "first_name": "Group"}, "sender_chat": "the group"},
        {"sender_chat": "the group"},
        {"sender_chat": {"id": -100777, "type": "channel", "title": "Канал"}},
        {"from": None},
        {"from": "a bot"},
        {"forward_origin": "the owner"},
        {"via_bot": {"id": 777, "is_bot": True, "first_name": "Інший бот"}},
    ],
    ids=["anonymous", "as the group", "as a channel", "nobody", "a bot", "forwarded", "via a bot"],
)
async def test_who_speaks_as_somebody_else_has_no_rights(stage: Stage, disguise: dict[str, Any]) -> None:
    url = await link(stage)
    group = stage.fake.group("Склад", [stage.owner])
    await calm(stage)
    body: dict[str, Any] = {
        "message_id": 5000,
        "date": 1,
        "chat": group.as_json(),
        "from": stage.owner.user.as_json(),
        "text": f"/start@orderbell_bot {url.partition('=')[2]}",
        "entities": [{"type": "bot_command", "offset": 0, "length": 20}],
    }
    origin = {"type": "user", "date": 1, "sender_user": stage.owner.user.as_json()}
    a_bot = stage.owner.user.as_json() | {"is_bot": True}
    real = {"the group": group.as_json(), "the owner": origin, "a bot": a_bot}
    body |= {
        key: real.get(value, value) if isinstance(value, str) else value for key, value in disguise.items()
    }
    stage.fake.push({"message": {key: value for key, value in body.items() if value is not None}})
    await calm(stage)
    assert said_in(group) == 0
    assert await groups_of(stage) == []
    assert stage.app.worker is not None
    assert stage.app.worker.dead == 0


@pytest.mark.case("D9")
async def test_a_contact_is_never_read_in_a_group(stage: Stage) -> None:
    group = await gathered(stage)
    await calm(stage)
    before = said_in(group)
    stage.fake.world.reads_all = True
    stage.owner.shares_contact(chat=group)
    await calm(stage)
    assert said_in(group) == before, "said to others, it is no business of ours"
    ours = next(message for message in group.messages if message.sender.is_bot)
    stage.owner.shares_contact(chat=group, reply_to=ours)
    await calm(stage)
    assert "Надішліть контакт боту в особистий чат" in group.messages[-1].text


async def test_whatever_else_is_said_in_a_group_is_passed_over(stage: Stage) -> None:
    group = await gathered(stage)
    number = await taken_in(stage)
    before = [message.id for message in group.messages]
    stage.fake.world.reads_all = True
    own = [
        stage.owner.types(said, chat=group).id
        for said in (
            "/start",
            "/settings",
            "/help",
            "/cancel",
            f"№{number}",
            "Доброго ранку",
            "@orderbell_bot",
        )
    ]
    own.append(stage.owner.sends_photo(chat=group).id)
    own.append(stage.owner.types("нотатка", chat=group, reply_to=hanging(group, number)).id)
    await calm(stage)
    assert [message.id for message in group.messages] == before + own


# ------------------------------------------------------------ the settings
@pytest.mark.case("M1", "M2")
async def test_the_group_is_its_owners_business_alone(stage: Stage) -> None:
    other = await stage.app.shops.open("Чужий", "rozetka", WorkSchedule.parse("Mon-Sun 00:00-24:00"))
    rival = stage.fake.person("Суперник")
    await types(stage, rival, f"/start {other.invite.start}")
    group = await gathered(stage)
    for role in (Role.MANAGER, Role.PACKER, Role.OBSERVER):
        person = await stage.hires(str(role), role)
        for to in ("look", "link", "drop", "dropped"):
            answer = await forge(stage, person, f"sg:{stage.shop.shop.id}:{to}", person.screen)
            assert answer == "Налаштування магазину змінює лише його власник. Попросіть власника."
    for to in ("look", "link", "drop", "dropped", "else"):
        foreign = await forge(stage, rival, f"sg:{stage.shop.shop.id}:{to}", rival.screen)
        absent = await forge(stage, rival, f"sg:2147483647:{to}", rival.screen)
        assert foreign == absent == NO_ACCESS
    number = await taken_in(stage)
    assert len(rung(group, number)) == 1


async def test_the_settings_say_where_orders_ring(stage: Stage) -> None:
    await gathered(stage, title="Склад <b>&")
    await types(stage, stage.owner, "/settings")
    await taps(stage, stage.owner, "Група магазину")
    assert "Замовлення дзвонять у групі «Склад <b>&» з 02.03 10:00" in stage.owner.screen.text
    await taps(stage, stage.owner, "Назад")
    assert "Що налаштувати?" in stage.owner.screen.text


# ------------------------------------------------------------ its end
async def test_another_group_takes_its_place_and_the_first_is_told(stage: Stage) -> None:
    ivan = await stage.hires("Іван")
    first = await gathered(stage, ivan, title="Перша")
    untaken, taken = await taken_in(stage), await taken_in(stage)
    await press_in(stage, ivan, "Беру в роботу", first, taken)
    second = await gathered(stage, ivan, title="Друга")
    assert "Ця група більше не отримує замовлень магазину «Самовар»" in first.messages[-1].text
    assert "Беру в роботу" in offered(second, untaken), "what nobody took rings anew"
    assert rung(second, taken) == []
    number = await taken_in(stage)
    assert [len(rung(chat, number)) for chat in (first, second)] == [0, 1]
    answer = await press_in(stage, ivan, "Беру в роботу", first, untaken)
    assert answer == "Ця група вже не належить магазину замовлення. Відкрийте особистий чат з ботом."
    assert (await stage.state(untaken))["status"] == "new"
    before = ever_said(first)
    await press_in(stage, ivan, "Беру в роботу", second, untaken)
    assert ever_said(first) == before


async def test_untied_in_the_settings_all_rings_in_private_again(stage: Stage) -> None:
    ivan = await stage.hires("Іван")
    group = await gathered(stage, ivan)
    untaken = await taken_in(stage)
    await types(stage, stage.owner, "/settings")
    await taps(stage, stage.owner, "Група магазину")
    await taps(stage, stage.owner, "Від'єднати")
    assert (await groups_of(stage))[0].ended_at is None, "it asks once"
    await taps(stage, stage.owner, "Так, від'єднати")
    assert "Ця група більше не отримує" in group.messages[-1].text
    number = await taken_in(stage)
    for person in (stage.owner, ivan):
        assert "Беру в роботу" in buttons(person, untaken)
        assert "Беру в роботу" in buttons(person, number)
    assert rung(group, number) == []
    await taps(stage, stage.owner, "Беру в роботу")
    assert "«Обробляється менеджером»" in card(ivan, number).text


async def removed(stage: Stage, group: Chat) -> None:
    stage.owner.removes_bot(group)


async def removed_unheard(stage: Stage, group: Chat) -> None:
    """Telegram's word of it never came: the next sending finds out."""
    group.members[stage.fake.world.bot.id] = "kicked"


async def deleted(stage: Stage, group: Chat) -> None:
    stage.fake.deletes(group)


@pytest.mark.case("B20", "F4", "F6")
@pytest.mark.parametrize("happens", [removed, removed_unheard, deleted])
async def test_put_out_of_the_group_nothing_is_lost_and_the_owners_are_told_once(
    stage: Stage, happens: Any
) -> None:
    ivan = await stage.hires("Іван")
    group = await gathered(stage, ivan)
    before = await taken_in(stage)
    await crowd(stage, 1)
    await happens(stage, group)
    waiting = [(await stage.orders())["number"] for _ in range(2)]
    await later(stage, seconds=61)
    number = await taken_in(stage)
    for person in (stage.owner, ivan):
        for one in (before, *waiting, number):
            assert "Беру в роботу" in buttons(person, one)
            assert count(person, one) == 1
    assert count(stage.owner, "група «Склад» більше не отримує замовлень") == 1
    assert count(ivan, "більше не отримує") == 0
    assert (await groups_of(stage))[0].ended_why in ("kicked", "chat_not_found")
    assert await stage.app._condition.ready() is None


@pytest.mark.case("F4")
async def test_an_edit_finds_out_too_that_the_group_is_gone(stage: Stage) -> None:
    ivan = await stage.hires("Іван")
    group = await gathered(stage, ivan)
    number = await taken_in(stage)
    await removed_unheard(stage, group)
    await stage.happens(number, type="payment_changed", status="pending")
    await calm(stage)
    assert count(stage.owner, "більше не отримує замовлень") == 1
    assert "Беру в роботу" in buttons(ivan, number)


async def test_a_goodbye_that_nobody_could_hear_is_no_loss(stage: Stage) -> None:
    group = await gathered(stage)
    await removed_unheard(stage, group)
    await types(stage, stage.owner, "/settings")
    await taps(stage, stage.owner, "Група магазину")
    await taps(stage, stage.owner, "Від'єднати")
    await taps(stage, stage.owner, "Так, від'єднати")
    assert count(stage.owner, "більше не отримує") == 0
    assert [one.ended_why for one in await groups_of(stage)] == ["unbound"]


async def test_a_card_that_was_still_on_its_way_there_is_drawn_no_more(stage: Stage) -> None:
    first = await gathered(stage, title="Перша")
    number = await taken_in(stage)
    shown = hanging(first, number)
    (tied,) = await groups_of(stage)
    second = await gathered(stage, title="Друга")

    def hangs(session: Session) -> None:
        order_id = session.scalar(select(Order.id).where(Order.number == number))
        session.add(
            Card(
                order_id=order_id,
                group_id=tied.id,
                channel="telegram",
                chat=tied.chat,
                message_id=str(shown.id),
            )
        )

    await in_database(stage, hangs)
    await press_in(stage, stage.owner, "Беру в роботу", second, number)
    assert "Веде: Олена" in hanging(second, number).text
    assert len(shown.versions) == 1


async def test_let_in_again_it_needs_a_new_link(stage: Stage) -> None:
    group = await gathered(stage)
    stage.owner.removes_bot(group)
    await calm(stage)
    stage.owner.adds_bot(group)
    await calm(stage)
    number = await taken_in(stage)
    assert rung(group, number) == []
    stage.owner.adds_bot(group, link=await link(stage))
    await calm(stage)
    assert len(rung(group, await taken_in(stage))) == 1


@pytest.mark.case("M5")
async def test_the_bot_works_as_an_administrator_too(stage: Stage) -> None:
    group = await gathered(stage)
    stage.owner.adds_bot(group, admin=True)
    await calm(stage)
    number = await taken_in(stage)
    assert await press_in(stage, stage.owner, "Беру в роботу", group, number) == "Взято в роботу"


# ------------------------------------------------------------ several shops
@pytest.mark.case("M1", "M4", "A5")
async def test_two_shops_ring_in_two_groups_and_a_person_in_both_acts_in_each(stage: Stage) -> None:
    other = await stage.app.shops.open("Чайхана", "own", WorkSchedule.parse("Mon-Sun 00:00-24:00"))
    ivan = await stage.hires("Іван")
    await types(stage, ivan, f"/start {other.invite.start}")
    ours = await gathered(stage, ivan)
    theirs = stage.fake.group("Чайхана", [ivan, stage.owner], bot_status="left")
    ivan.adds_bot(theirs, link=await link(stage, ivan, "Чайхана"))
    await calm(stage)
    body = order()
    await stage.post(body)
    await stage.post(body, key=other.api_key)
    await calm(stage)
    number = body["number"]
    assert [len(rung(chat, number)) for chat in (ours, theirs)] == [1, 1]
    assert "Самовар" in hanging(ours, number).text
    assert "Чайхана" in hanging(theirs, number).text
    assert await press_in(stage, stage.owner, "Беру в роботу", theirs, number) == NO_ACCESS
    take = hanging(theirs, number).button("Беру в роботу")
    assert take is not None
    answer = await forge(stage, ivan, data_of(take), hanging(ours, number))
    assert answer.startswith("Ця група вже не належить магазину"), "of another shop's group"
    assert await press_in(stage, ivan, "Беру в роботу", theirs, number) == "Взято в роботу"
    assert (await stage.get(number, key=other.api_key)).body["status"] == "in_work"
    assert (await stage.state(number))["status"] == "new"


async def test_one_group_may_serve_two_shops_and_each_person_takes_their_own(stage: Stage) -> None:
    other = await stage.app.shops.open("Чайхана", "own", WorkSchedule.parse("Mon-Sun 00:00-24:00"))
    rival = stage.fake.person("Рустам")
    await types(stage, rival, f"/start {other.invite.start}")
    group = await gathered(stage, rival)
    rival.adds_bot(group, link=await link(stage, rival))
    await calm(stage)
    ours = await crowd(stage, 4)
    theirs = await crowd(stage, 4, key=other.api_key)
    await later(stage, seconds=61)
    digest = group.messages[-1]
    assert await taps(stage, rival, "Беру все (8)", group) == "✋ Взято 4 із 4"
    assert all(f"№{number}" in digest.text for number in (*ours, *theirs))
    assert await taps(stage, stage.owner, "Беру все (4)", group) == "✋ Взято 4 із 4"
    for number in ours:
        assert (await stage.state(number))["status"] == "in_work"
    for number in theirs:
        assert (await stage.get(number, key=other.api_key)).body["status"] == "in_work"
    stage.owner.removes_bot(group)
    await calm(stage)
    for owner in (stage.owner, rival):
        assert count(owner, "група «Склад» більше не отримує") == 1
