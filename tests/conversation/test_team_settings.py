"""The owner's team in the chat: invites, roles, removal; effective at once, and never without an owner."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.demo.person import Person
from bot.shops import Shops
from keyboards.team_buttons import InviteButton, MemberButton, OwnButton, RevokeButton, RoleButton, TeamButton
from models.db import Database
from models.dialogue import Dialogue, break_off
from models.errors import NoSuchOrder, NotAllowed
from models.order import Order
from models.outbox import Notice, Notification, NotificationState
from models.people import Account, Messenger
from models.roles import CAN, MAY, Ability, Role
from models.shop import Invite, Member
from models.workflow import Action
from models.worktime import WorkSchedule
from tests.conversation.hands import (
    TTN,
    buttons,
    calm,
    card_now,
    confirmed,
    count,
    forge,
    history,
    in_database,
    is_answer,
    is_on_viber,
    later,
    press,
    taken_in,
    toasts,
    told,
    types,
)
from tests.conversation.team import (
    LAST_OWNER,
    NO_ACCESS,
    NOT_OWNER,
    heard,
    place_of,
    removes,
    rows,
    settles,
    taps,
)
from tests.hostile.texts import HOSTILE
from tests.stage import Stage


async def account_of(stage: Stage, person: Person) -> int:
    account = await stage.known(person)
    assert account is not None
    return account.id


# ------------------------------------------------------------ who may
ABILITIES = {
    Role.OWNER: {Ability.TEAM, Ability.SHIFT, Ability.WRITE},
    Role.MANAGER: {Ability.SHIFT, Ability.WRITE},
    Role.PACKER: {Ability.SHIFT, Ability.WRITE},
    Role.OBSERVER: {Ability.SHIFT},
}


@pytest.mark.case("M2")
def test_who_may_what_in_a_team_is_as_it_was_meant() -> None:
    for role, expected in ABILITIES.items():
        assert CAN[role] & {Ability.TEAM, Ability.SHIFT, Ability.WRITE} == expected
        assert Action.RELEASE not in MAY[role], "orders are let go by leaving a team, not by a press"


def forged(place: Member) -> list[str]:
    """Every button of the team, about somebody of this shop."""
    shop, member = place.shop_id, place.id
    return [
        *(f"tm:{shop}:{to}:0" for to in ("list", "roles", "invites")),
        *(f"iv:{shop}:{role}" for role in Role),
        f"rv:{shop}:1",
        *(f"mb:{shop}:{member}:{to}" for to in ("look", "roles", "remove", "remove_yes", "yes", "no")),
        *(f"ro:{shop}:{member}:{role}:{sure}" for role in Role for sure in (0, 1)),
    ]


@pytest.mark.case("M1", "M2", "C1", "C2", "C3")
async def test_a_forged_press_changes_no_team(stage: Stage) -> None:
    packer, manager, observer = (
        await stage.hires("Пакувальник", Role.PACKER),
        await stage.hires("Менеджерка"),
        await stage.hires("Глядач", Role.OBSERVER),
    )
    gone = await stage.hires("Колишня")
    await removes(stage, stage.owner, gone)
    rival = stage.fake.person("Суперник")
    other = await stage.app.shops.open("Чужий", "rozetka", WorkSchedule.parse("Mon-Sun 00:00-24:00"))
    await types(stage, rival, f"/start {other.invite.start}")
    place = await place_of(stage, packer)
    before = [(m.id, m.role, m.active) for m in await rows(stage, select(Member))]
    invites = len(await rows(stage, select(Invite)))
    for data in forged(place):
        for member in (packer, manager, observer):
            assert NOT_OWNER in await forge(stage, member, data), data
        assert await forge(stage, gone, data) == NO_ACCESS, data
        assert await forge(stage, rival, data) == NO_ACCESS, data
        absent = data.replace(f":{place.shop_id}:", ":999:", 1)
        assert await forge(stage, stage.owner, absent) == NO_ACCESS, data
    mixed = await place_of(stage, rival, other.shop.id)
    for to in ("remove_yes", "yes", "look"):
        answer = await forge(stage, stage.owner, f"mb:{stage.shop.shop.id}:{mixed.id}:{to}")
        assert "вже немає" in answer, "another shop's member is nobody here"
    for data in ("mb:1:0:look", "mb:1:x:look", "ro:1:1:king:0", "iv:1:king", "rv:1:0", "tm:-1:list:0"):
        assert await forge(stage, stage.owner, data) == NO_ACCESS, data
    assert [(m.id, m.role, m.active) for m in await rows(stage, select(Member))] == before
    assert len(await rows(stage, select(Invite))) == invites


async def test_use_cases_ask_for_rights_themselves(stage: Stage) -> None:
    manager, rival = await stage.hires("Іван"), stage.fake.person("Суперник")
    other = await stage.app.shops.open("Чужий", "rozetka", WorkSchedule.parse("Mon-Sun 00:00-24:00"))
    await types(stage, rival, f"/start {other.invite.start}")
    shops, shop, place = stage.app.shops, stage.shop.shop.id, await place_of(stage, manager)
    (theirs,) = await rows(stage, select(Invite).where(Invite.shop_id == other.shop.id))

    async def refused(by: int, refusal: type[Exception]) -> None:
        for asked in (
            shops.team(shop, by),
            shops.invite_colleague(shop, by, Role.OWNER),
            shops.revoke_invite(shop, by, 1),
            shops.set_role(shop, by, place.id, Role.OWNER, cause="c"),
            shops.remove_member(shop, by, place.id, cause="c"),
            shops.admit(place.id, by, yes=True),
        ):
            with pytest.raises(refusal):
                await asked

    await refused(await account_of(stage, manager), NotAllowed)
    await refused(await account_of(stage, rival), NoSuchOrder)
    owner = await account_of(stage, stage.owner)
    stranger = await place_of(stage, rival, other.shop.id)
    for foreign in (
        shops.revoke_invite(shop, owner, theirs.id),
        shops.set_role(shop, owner, stranger.id, Role.OBSERVER, cause="c"),
        shops.remove_member(shop, owner, stranger.id, cause="c"),
        shops.admit(stranger.id, owner, yes=False),
    ):
        with pytest.raises(NoSuchOrder):
            await foreign


def test_every_button_fits() -> None:
    most, longest = 2**31 - 1, max(Role, key=len)
    packed = [
        TeamButton(shop=most, to="invites", page=99).pack(),
        InviteButton(shop=most, role=longest).pack(),
        RevokeButton(shop=most, invite=most).pack(),
        MemberButton(shop=most, member=most, to="remove_yes").pack(),
        RoleButton(shop=most, member=most, role=longest, sure=True).pack(),
        OwnButton(shop=most, to="leave_yes").pack(),
    ]
    assert [data for data in packed if len(data.encode()) > 64] == []


@pytest.mark.case("K14")
async def test_a_dialogue_is_broken_off_wherever_it_was_and_nobody_elses(stage: Stage) -> None:
    mine = ["telegram:1:77:77", "telegram:1:-100:77", "telegram:1:77:77:thread=5", "telegram:2:77:77"]
    others = ["telegram:1:177:177", "telegram:1:770:770", "viber:1:77:77", "telegram:1:%:%"]

    def broken_off(session: Session) -> set[str]:
        session.add_all(Dialogue(key=key, state="Telling:fact", data={}) for key in [*mine, *others])
        session.flush()
        break_off(session, Account(messenger=Messenger.TELEGRAM, external_id="77"))
        return set(session.scalars(select(Dialogue.key)))

    assert await in_database(stage, broken_off) == set(others)


# ------------------------------------------------------------ invites
def link_in(person: Person, text: str) -> str:
    """The link that opens the messenger of those who are in the test."""
    begins = "viber://pa?" if is_on_viber(person) else "https://t.me/"
    return next(word for word in text.split() if word.startswith(begins))


@pytest.mark.case("D5")
async def test_an_invite_from_the_chat_brings_a_colleague_in(stage: Stage) -> None:
    asked = await settles(stage, stage.owner, "Команда", "Запросити людину")
    assert "пакувальник: пакує й відправляє" in asked.text
    await taps(stage, stage.owner, "пакувальник")
    invitation = stage.owner.screen
    text = stage.owner.copies("Скопіювати текст")
    assert text in invitation.text
    assert "діє 24 години, для однієї людини" in text
    link = link_in(stage.owner, text)
    ivan = stage.fake.person("Іван")
    ivan.opens(link)
    await calm(stage)
    assert "Запит надіслано власнику" in ivan.screen.text
    team = await settles(stage, stage.owner, "Команда")
    assert "Іван · пакувальник · чекає на ваше рішення" in team.text
    assert "У команді 1 людина" in team.text
    assert not any("Відкриті запрошення" in label for label in team.labels), "it is used"
    team = await taps(stage, stage.owner, "✅ Іван")
    assert "🟢 Іван · пакувальник" in team.text
    assert "Вас додано до магазину «Самовар»: пакувальник" in ivan.screen.text
    assert (await place_of(stage, ivan)).role is Role.PACKER


async def test_who_is_refused_in_the_list_is_no_member(stage: Stage) -> None:
    ivan = stage.fake.person("Іван")
    start = (await stage.app.shops.invite(stage.shop.shop.id, Role.MANAGER, binds_at_once=False)).start
    await types(stage, ivan, f"/start {start}")
    await settles(stage, stage.owner, "Команда")
    team = await taps(stage, stage.owner, "Ні")
    assert "Іван ·" not in team.text
    assert "вас не додано" in ivan.screen.text
    assert not (await place_of(stage, ivan)).active


async def test_an_open_invite_is_listed_and_can_be_revoked(stage: Stage) -> None:
    await settles(stage, stage.owner, "Команда", "Запросити людину", "менеджер")
    link = link_in(stage.owner, stage.owner.copies("Скопіювати"))
    await settles(stage, stage.owner, "Команда", "Запросити людину", "спостерігач")
    team = await settles(stage, stage.owner, "Команда")
    assert "✉️ Відкриті запрошення: 2" in team.labels
    listed = await taps(stage, stage.owner, "Відкриті запрошення")
    assert listed.labels == ["🗑 менеджер, до 03.03 10:00", "🗑 спостерігач, до 03.03 10:00", "⬅️ Назад"]
    listed = await taps(stage, stage.owner, "🗑 менеджер")
    assert listed.labels == ["🗑 спостерігач, до 03.03 10:00", "⬅️ Назад"]
    ivan = stage.fake.person("Іван")
    ivan.opens(link)
    await calm(stage)
    assert "Посилання не діє" in ivan.screen.text
    await later(stage, hours=24)
    listed = await taps(stage, stage.owner, "Назад")
    assert not any("запрошення" in label for label in listed.labels), "a day has passed"


async def test_ten_open_invites_are_enough(stage: Stage) -> None:
    for _ in range(10):
        await settles(stage, stage.owner, "Команда", "Запросити людину", "менеджер")
    ten = invited(stage)
    await settles(stage, stage.owner, "Команда", "Запросити людину")
    refused = await stage.owner.presses("менеджер").answered(20)
    assert "Уже десять запрошень" in refused
    assert invited(stage) == ten
    listed = await settles(stage, stage.owner, "Команда", "Відкриті запрошення")
    assert len(listed.labels) == 11
    await taps(stage, stage.owner, "🗑")
    await settles(stage, stage.owner, "Команда", "Запросити людину", "менеджер")
    assert invited(stage) > ten


def invited(stage: Stage) -> int:
    """The finished texts that the owner may pass on."""
    return sum("Вас запрошують до магазину" in message.text for message in stage.owner.messages)


async def test_a_link_is_passed_on_by_hand_while_the_bots_name_is_unknown(stage: Stage) -> None:
    stage.app.links.telegram = stage.app.links.viber = None
    await settles(stage, stage.owner, "Команда", "Запросити людину", "менеджер")
    said = stage.owner.screen
    ivan = stage.fake.person("Іван")
    await types(stage, ivan, "/start " + said.text.rpartition("/start ")[2].strip())
    assert "Запит надіслано власнику" in ivan.screen.text


async def test_an_invite_leads_into_each_messenger_where_the_bot_is(stage: Stage) -> None:
    names = stage.app.links
    names.telegram, names.viber = names.telegram or "orderbell_bot", names.viber or "orderbell"
    await settles(stage, stage.owner, "Команда", "Запросити людину", "менеджер")
    for text in (stage.owner.copies("Скопіювати"), stage.owner.screen.text):
        assert "https://t.me/" in text
        assert "viber://pa?chatURI=" in text
    ivan = stage.fake.person("Іван")
    ivan.opens(link_in(ivan, stage.owner.screen.text))
    await calm(stage)
    assert "Запит надіслано власнику" in ivan.screen.text


# ------------------------------------------------------------ the list
async def test_the_list_says_who_is_on_shift_and_who_hears_nothing(stage: Stage) -> None:
    ivan, petro = await stage.hires("Іван"), await stage.hires("Петро", Role.PACKER)
    await settles(stage, petro, "Я не на зміні")
    ivan.blocks_bot()
    await calm(stage)
    team = await settles(stage, stage.owner, "Команда")
    assert team.text.splitlines()[2:] == [
        "🟢 Олена · власник · це ви",
        "🟢 Іван · менеджер · 📵 не отримує повідомлень",
        "⚪️ Петро · пакувальник",
    ]
    shown = await taps(stage, stage.owner, "Іван")
    assert "Не отримує повідомлень: людина зупинила бота" in shown.text


async def test_many_are_paged_and_the_way_back_leads_to_the_same_page(stage: Stage) -> None:
    people = [await stage.hires(f"Людина {at}") for at in range(7)]
    team = await settles(stage, stage.owner, "Команда")
    assert "У команді 8 людей" in team.text
    assert [len(row) for row in team.buttons] == [1] * 9
    assert "Людина 5" not in team.text
    team = await taps(stage, stage.owner, "Наступні")
    assert [name.name in team.text for name in people] == [False] * 5 + [True] * 2
    shown = await taps(stage, stage.owner, "Людина 6")
    assert shown.labels == ["🔁 Змінити роль", "🗑 Прибрати з команди", "⬅️ Назад"]
    assert "Людина 6" in (await taps(stage, stage.owner, "Назад")).text
    assert "Людина 0" in (await taps(stage, stage.owner, "Попередні")).text


async def test_hostile_names_are_shown_to_the_letter_on_every_screen(stage: Stage) -> None:
    people = []
    for word in [*HOSTILE, "\u202e\u200b"]:
        person = stage.fake.person("Х" if not word.strip() else word[:64])
        invite = await stage.app.shops.invite(stage.shop.shop.id, Role.PACKER, binds_at_once=False)
        await types(stage, person, f"/start {invite.start}")
        people.append(person)
    team = await settles(stage, stage.owner, "Команда")
    assert "<b> · пакувальник · чекає" in team.text
    for person in people:
        place = await place_of(stage, person)
        for to in ("yes", "look", "roles", "remove"):
            assert "щось пішло не так" not in await forge(
                stage, stage.owner, f"mb:{place.shop_id}:{place.id}:{to}"
            )
        await forge(stage, stage.owner, f"ro:{place.shop_id}:{place.id}:owner:0")
        await forge(stage, stage.owner, f"ro:{place.shop_id}:{place.id}:manager:1")
        await removes(stage, stage.owner, person)
    assert "Без імені" in "".join(version.text for m in stage.owner.messages for version in m.versions)
    assert stage.app.worker is not None
    assert stage.app.worker.dead == 0


# ------------------------------------------------------------ roles
async def test_another_role_counts_at_the_next_press_and_is_told(stage: Stage) -> None:
    ivan, second = await stage.hires("Іван"), await stage.hires("Друга", Role.OWNER)
    number = await taken_in(stage)
    team = await settles(stage, stage.owner, "Команда", "Іван", "Змінити роль", "спостерігач")
    assert "🟢 Іван · спостерігач" in team.text
    assert "«Самовар»: ваша роль тепер — спостерігач (лише дивиться" in ivan.screen.text
    assert heard(second)[-1] == "👥 «Самовар»: Іван тепер спостерігач. Рішення власника: Олена."
    await card_now(stage, ivan, number)
    assert buttons(ivan, number) == [], "his card offers what he may do now"
    refused = await forge(stage, ivan, f"o:take:{(await stage.state(number))['order_id']}:0")
    assert "роль" in refused
    assert (await stage.state(number))["status"] == "new"
    await settles(stage, stage.owner, "Команда", "Іван", "Змінити роль", "менеджер")
    await card_now(stage, ivan, number)
    assert is_answer(await press(stage, ivan, "Беру в роботу", number), "Взято в роботу")


async def test_an_owner_is_made_only_after_a_question(stage: Stage) -> None:
    ivan = await stage.hires("Іван")
    asked = await settles(stage, stage.owner, "Команда", "Іван", "Змінити роль", "власник")
    assert "Іван: зробити власником магазину «Самовар»?" in asked.text
    await taps(stage, stage.owner, "Ні")
    assert (await place_of(stage, ivan)).role is Role.MANAGER
    await taps(stage, stage.owner, "Змінити роль", "власник", "Так, зробити власником")
    assert (await place_of(stage, ivan)).role is Role.OWNER
    assert "Команда" in " ".join((await types(stage, ivan, "/settings")).labels)


@pytest.mark.case("C2")
async def test_who_may_do_less_leads_no_order_and_finishes_no_dialogue(stage: Stage) -> None:
    ivan = await stage.hires("Іван")
    number = await taken_in(stage)
    await press(stage, ivan, "Беру в роботу", number)
    await press(stage, ivan, "Дані підтверджено", number)
    await press(stage, ivan, "Ввести ТТН", number)
    await settles(stage, stage.owner, "Команда", "Іван", "Змінити роль", "спостерігач")
    assert "Веде" not in (await card_now(stage, stage.owner, number)).text
    assert "такого замовлення немає" in (await types(stage, ivan, TTN)).text, (
        "it is looked for, and answers no question"
    )
    assert (await stage.state(number))["status"] == "confirmed"
    assert (await history(stage, number))[-1] == ("release", "confirmed")


async def test_a_demoted_owner_types_no_settings_and_hears_no_owners_news(stage: Stage) -> None:
    second, guest = await stage.hires("Друга", Role.OWNER), stage.fake.person("Гість")
    invite = await stage.app.shops.invite(stage.shop.shop.id, Role.MANAGER, binds_at_once=False)
    await types(stage, guest, f"/start {invite.start}")
    place = await place_of(stage, second)

    def hold_back(session: Session) -> None:
        for row in session.scalars(select(Notification).where(Notification.kind == Notice.MEMBER_ASKS)):
            if row.member_id == place.id:
                row.state, row.due_at = NotificationState.QUEUED, stage.clock() + timedelta(minutes=1)

    await settles(stage, second, "Години роботи", "Змінити")
    await in_database(stage, hold_back)  # as if it had not gone out yet
    await settles(stage, stage.owner, "Команда", "Друга", "Змінити роль", "менеджер")
    mark = second.screen
    assert mark.text.startswith("🔁 «Самовар»: ваша роль тепер — менеджер")
    assert "Не зрозуміли повідомлення" in (await types(stage, second, "щодня 8-22")).text
    await settles(stage, stage.owner, "Команда", "✅ Гість")
    await later(stage, minutes=1)
    assert not any("Гість" in text for text in heard(second, mark))


async def test_of_two_owners_one_may_step_back_and_the_last_may_not(stage: Stage) -> None:
    second = await stage.hires("Друга", Role.OWNER)
    own = await settles(stage, stage.owner, "Команда", "Олена", "Змінити роль", "менеджер")
    assert "ви менеджер" in own.text, "what is left to her"
    place = await place_of(stage, second)
    for role in ("manager", "packer", "observer"):
        assert LAST_OWNER in await forge(stage, second, f"ro:{place.shop_id}:{place.id}:{role}:1")
    assert LAST_OWNER in await forge(stage, second, f"mb:{place.shop_id}:{place.id}:remove_yes")
    await settles(stage, second, "Мої налаштування", "Вийти з команди")
    assert LAST_OWNER in await second.presses("Так, вийти").answered(20)
    assert (await place_of(stage, second)).role is Role.OWNER


# ------------------------------------------------------------ the way out
@pytest.mark.case("C2", "M6", "K14", "P11")
async def test_who_is_removed_is_out_within_a_second_and_everywhere(stage: Stage) -> None:
    ivan = await stage.hires("Іван")
    number, ready = await taken_in(stage), await confirmed(stage)
    await press(stage, ivan, "Беру в роботу", number)
    await press(stage, ivan, "Ввести ТТН", ready)
    asked = await settles(stage, stage.owner, "Команда", "Іван", "Прибрати з команди")
    assert asked.labels == ["Так, прибрати", "Ні"]
    assert [len(row) for row in asked.buttons] == [1, 1]
    team = await taps(stage, stage.owner, "Так, прибрати")
    assert "Іван ·" not in team.text
    assert ivan.screen.text.startswith("Вас прибрано з команди магазину «Самовар».")
    stage.clock.goes(seconds=1)
    before = heard(ivan)
    assert await press(stage, ivan, "Дані підтверджено", number) == NO_ACCESS
    answered = await types(stage, ivan, TTN)
    assert answered.text.startswith("Щоб отримувати повідомлення про замовлення"), "as to anybody"
    assert (await stage.state(ready))["status"] == "confirmed", "his half-typed waybill is forgotten"
    keys = await rows(stage, select(Dialogue.key).where(Dialogue.state.is_not(None)))
    assert not any(key.endswith(f":{ivan.id}") for key in keys)
    await press(stage, stage.owner, "Беру в роботу", await taken_in(stage))
    await press(stage, stage.owner, "Дані підтверджено", number)
    await later(stage, hours=3)
    assert heard(ivan) == [*before, *toasts(ivan, NO_ACCESS), answered.text], (
        "nothing more comes, and no card of his is edited"
    )


@pytest.mark.case("M6")
async def test_orders_of_who_is_removed_remind_everybody_again(stage: Stage) -> None:
    ivan, petro = await stage.hires("Іван"), await stage.hires("Петро")
    number = await taken_in(stage)
    await press(stage, ivan, "Беру в роботу", number)
    await removes(stage, stage.owner, ivan)
    shown = await card_now(stage, petro, number)
    assert "Веде" not in shown.text
    assert (await history(stage, number))[-1] == ("release", "in_work")
    await press(stage, stage.owner, "Історія", number)
    assert count(stage.owner, "Олена · замовлення більше ніхто не веде") == 1
    await later(stage, minutes=90)
    behind = "у кабінеті ще не змінено"
    assert [count(person, behind) for person in (stage.owner, petro, ivan)] == [1, 1, 0]


@pytest.mark.case("M6")
async def test_what_waited_for_him_goes_to_the_others_and_once(stage: Stage) -> None:
    """A buyer's question, and a reminder, that rang the holder alone: queued when he is removed."""
    ivan = await stage.hires("Іван")
    answer = await stage.orders()
    number = answer["number"]
    await calm(stage)
    await press(stage, ivan, "Беру в роботу", number)
    maria = await stage.buyer("Марія", answer)

    def hold_back(session: Session) -> None:
        for row in session.scalars(select(Notification).where(Notification.kind == Notice.BUYER_ASKED)):
            row.state, row.due_at = NotificationState.QUEUED, stage.clock() + timedelta(minutes=1)

    maria.types("А можна синій?")
    await ivan.sees("А можна синій?")
    await calm(stage)
    await in_database(stage, hold_back)  # as if it had not gone out yet
    await removes(stage, stage.owner, ivan)
    for _ in range(2):
        assert [count(person, "А можна синій?") for person in (stage.owner, ivan)] == [1, 1]
        states = sorted(await told(stage, number, "buyer_asked"))
        assert states == [("failed", "not_a_member"), ("sent", None)]
        await later(stage, minutes=2)


async def test_what_was_on_its_way_to_him_and_came_back_goes_to_the_others(stage: Stage) -> None:
    ivan = await stage.hires("Іван")
    answer = await stage.orders()
    await calm(stage)
    await press(stage, ivan, "Беру в роботу", answer["number"])
    maria = await stage.buyer("Марія", answer)
    await types(stage, maria, "А можна синій?")

    def unsettled(session: Session) -> None:
        for row in session.scalars(select(Notification).where(Notification.kind == Notice.BUYER_ASKED)):
            row.state, row.lease_until = NotificationState.SENDING, stage.clock() + timedelta(minutes=1)

    await in_database(stage, unsettled)
    await removes(stage, stage.owner, ivan)
    assert count(stage.owner, "А можна синій?") == 0
    await later(stage, minutes=1)
    assert count(stage.owner, "А можна синій?") == 1


async def test_a_card_that_was_to_hang_anew_in_his_chat_rings_nobody_else(stage: Stage) -> None:
    ivan = await stage.hires("Іван")
    number = await taken_in(stage)
    place = await place_of(stage, ivan)

    def lost(session: Session) -> None:
        for row in session.scalars(select(Notification).where(Notification.member_id == place.id)):
            if row.kind is Notice.NEW_ORDER:
                row.state, row.due_at = NotificationState.QUEUED, stage.clock() + timedelta(minutes=1)
                row.facts, row.dedupe = {"anew": True}, f"anew:{row.order_id}:1:1"

    await in_database(stage, lost)
    await removes(stage, stage.owner, ivan)
    await later(stage, minutes=1)
    assert count(stage.owner, number) == 1
    assert len(await told(stage, number, "new_order")) == 2


async def test_an_undo_gives_no_order_back_to_who_is_gone(stage: Stage) -> None:
    ivan = await stage.hires("Іван")
    number = await taken_in(stage)
    await press(stage, ivan, "Беру в роботу", number)
    await press(stage, stage.owner, "Дані підтверджено", number)
    await removes(stage, stage.owner, ivan)
    await press(stage, stage.owner, "Повернути", number)
    assert (await stage.state(number))["status"] == "in_work"
    assert "Веде" not in (await card_now(stage, stage.owner, number)).text


async def test_a_closed_order_keeps_who_led_it(stage: Stage) -> None:
    ivan = await stage.hires("Іван")
    number = await taken_in(stage)
    await press(stage, ivan, "Беру в роботу", number)
    for status in ("confirmed", "cancelled"):
        await stage.happens(number, type="status_changed", status=status)
    await calm(stage)
    await removes(stage, stage.owner, ivan)
    (holder,) = await rows(stage, select(Order.holder_id).where(Order.number == number))
    assert holder == (await place_of(stage, ivan)).id


async def test_a_closed_order_that_the_cabinet_has_not_seen_is_everybodys(stage: Stage) -> None:
    ivan, petro = await stage.hires("Іван"), await stage.hires("Петро")
    number = await taken_in(stage)
    await press(stage, ivan, "Беру в роботу", number)
    await press(stage, ivan, "Скасувати замовлення", number)
    await taps(stage, ivan, "Немає в наявності")
    assert (await stage.state(number))["status"] == "cancelled"
    await removes(stage, stage.owner, ivan)
    assert "Веде" not in (await card_now(stage, petro, number)).text
    await later(stage, minutes=90)
    assert [count(person, "у кабінеті ще не змінено") for person in (stage.owner, petro)] == [1, 1]


async def test_there_is_no_way_back_but_a_new_invite(stage: Stage) -> None:
    ivan = stage.fake.person("Іван")
    second = await stage.hires("Друга", Role.OWNER)
    start = (await stage.app.shops.invite(stage.shop.shop.id, Role.MANAGER, binds_at_once=False)).start
    await types(stage, ivan, f"/start {start}")
    await stage.owner.sees("проситься Іван")
    await stage.owner.presses("Так, це наша людина").answered(20)
    await calm(stage)
    await settles(stage, ivan, "Я не на зміні")
    await removes(stage, stage.owner, ivan)
    assert "Посилання не діє" in (await types(stage, ivan, f"/start {start}")).text
    await second.presses("Так, це наша людина").answered(20)  # the question of that time still hangs there
    await calm(stage)
    assert not (await place_of(stage, ivan)).active
    anew = await stage.app.shops.invite(stage.shop.shop.id, Role.PACKER, binds_at_once=False)
    await types(stage, ivan, f"/start {anew.start}")
    await stage.owner.sees("проситься Іван (пакувальник)")
    await settles(stage, stage.owner, "Команда", "✅ Іван")
    place = await place_of(stage, ivan)
    assert (place.active, place.role, place.on_shift) == (True, Role.PACKER, True)


async def test_the_other_owners_hear_who_came_and_went(stage: Stage) -> None:
    second = await stage.hires("Друга", Role.OWNER)
    last = second.screen
    ivan, petro = await stage.hires("Іван"), await stage.hires("Петро", Role.PACKER)
    guest = stage.fake.person("Гість")
    invite = await stage.app.shops.invite(stage.shop.shop.id, Role.MANAGER, binds_at_once=False)
    await types(stage, guest, f"/start {invite.start}")
    await settles(stage, stage.owner, "Команда")
    await taps(stage, stage.owner, "✖️ Ні")
    await removes(stage, stage.owner, ivan)
    await settles(stage, petro, "Вийти з команди", "Так, вийти")
    third = await stage.app.shops.invite(stage.shop.shop.id, Role.OWNER, binds_at_once=True)
    await types(stage, stage.fake.person("Третій"), f"/start {third.start}")
    news = [text.removeprefix("👥 «Самовар»: ") for text in heard(second, last) if text.startswith("👥")]
    assert news == [
        "Іван (менеджер) тепер у команді. Рішення власника: Олена.",
        "Петро (пакувальник) тепер у команді. Рішення власника: Олена.",
        "Гість до команди не додано. Рішення власника: Олена.",
        "Іван (менеджер) більше не в команді. Рішення власника: Олена.",
        "Петро (пакувальник) більше не в команді, за власним бажанням.",
        "Третій (власник) тепер у команді, за запрошенням від адміністратора бота.",
    ]
    assert count(stage.owner, "Рішення власника") == 0, "she knows what she did"


async def test_two_owners_who_remove_each_other_leave_one(stage: Stage) -> None:
    second = await stage.hires("Друга", Role.OWNER)
    mine, hers = await place_of(stage, stage.owner), await place_of(stage, second)
    first = stage.owner.forges(f"mb:{mine.shop_id}:{hers.id}:remove_yes")
    other = second.forges(f"mb:{mine.shop_id}:{mine.id}:remove_yes")
    answers = {await first.answered(20), await other.answered(20)}
    await calm(stage)
    assert NO_ACCESS in answers
    owners = await rows(stage, select(Member).where(Member.role == Role.OWNER, Member.active))
    assert len(owners) == 1


async def test_two_processes_leave_an_owner_too(stage: Stage, database_url: str) -> None:
    """A second writer of its own: on PostgreSQL nothing but a lock keeps the two apart."""
    second = await stage.hires("Друга", Role.OWNER)
    mine, hers = await place_of(stage, stage.owner), await place_of(stage, second)
    elsewhere = Database(database_url)
    elsewhere.start()
    there = Shops(elsewhere, stage.clock)
    try:
        for _ in range(10):
            outcomes = await asyncio.gather(
                stage.app.shops.remove_member(mine.shop_id, mine.account_id, hers.id, cause="a"),
                there.remove_member(mine.shop_id, hers.account_id, mine.id, cause="b"),
                return_exceptions=True,
            )
            assert sum(isinstance(outcome, Member) for outcome in outcomes) == 1, outcomes
            owners = await rows(stage, select(Member).where(Member.role == Role.OWNER, Member.active))
            assert len(owners) == 1

            def back(session: Session) -> None:
                for member in session.scalars(select(Member)):
                    member.active = True

            await stage.app.db.write(back)
    finally:
        await elsewhere.stop()
