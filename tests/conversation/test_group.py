"""Orders in a shop's group: rung once, masked, worked on by its people alone."""

from typing import Any

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from models.roles import Role
from models.shop import Member
from tests.conversation.gathering import (
    PLANTED,
    SECRETS,
    crowd,
    ever_said,
    gathered,
    hanging,
    offered,
    press_in,
    rung,
    taps,
)
from tests.conversation.hands import (
    TTN,
    calm,
    card,
    count,
    data_of,
    forge,
    history,
    later,
    press,
    taken_in,
    told,
    types,
)
from tests.stage import Stage

pytestmark = pytest.mark.only_on("telegram", "bots of Viber are in no groups")

NO_ACCESS = "Немає доступу або такого замовлення немає."
IN_PRIVATE = "Надіслано вам в особистий чат з ботом"


async def test_a_new_order_rings_in_the_group_once_and_in_nobodys_private_chat(stage: Stage) -> None:
    ivan = await stage.hires("Іван")
    group = await gathered(stage, ivan)
    number = await taken_in(stage)
    assert len(rung(group, number)) == 1
    assert [count(person, number) for person in (stage.owner, ivan)] == [0, 0]
    state = await stage.state(number)
    rings = [(row["recipient"], row["state"]) for row in state["notifications"]]
    assert rings == [("group", "sent")]
    assert offered(group, number) == ["Беру в роботу", "Скасувати замовлення"]


async def test_all_see_who_took_it_and_what_is_the_holders_rings_the_holder_alone(stage: Stage) -> None:
    ivan = await stage.hires("Іван")
    group = await gathered(stage, ivan)
    number = await taken_in(stage)
    assert await press_in(stage, ivan, "Беру в роботу", group, number) == "Взято в роботу"
    (seen,) = rung(group, number)
    assert "«Обробляється менеджером»" in seen.text
    assert "🙋 Веде: Іван" in seen.text
    assert len(seen.versions) == 2
    await later(stage, hours=1, minutes=30)
    assert "з покупцем ще не" in card(ivan, number).text
    assert [count(stage.owner, number), len(rung(group, number))] == [0, 1]


async def test_while_nobody_holds_it_its_reminders_ring_in_the_group(stage: Stage) -> None:
    ivan = await stage.hires("Іван")
    group = await gathered(stage, ivan)
    number = await taken_in(stage)
    await later(stage, hours=1, minutes=30)
    await later(stage, minutes=30)
    assert await told(stage, number, "untouched") == [("sent", None)] * 2
    assert len(rung(group, number)) == 3
    assert [count(person, number) for person in (stage.owner, ivan)] == [0, 0]


@pytest.mark.case("C1", "C2", "C3", "M5")
async def test_whoever_is_no_member_of_the_shop_gets_nothing_by_a_press(stage: Stage) -> None:
    ivan = await stage.hires("Іван")
    stranger = stage.fake.person("Чужий")
    taken = await stage.orders()
    buyer = await stage.buyer("Марія", taken)
    group = await gathered(stage, ivan, stranger, buyer)
    number = await taken_in(stage)
    await stage.app.db.write(leaves("Іван"))
    for person in (stranger, buyer, ivan):
        for label in ("Беру в роботу", "Показати номер", "Історія", "Написати покупцю", "Нагадати пізніше"):
            before = len(person.messages)
            assert await press_in(stage, person, label, group, number) == NO_ACCESS
            assert len(person.messages) == before
    assert await history(stage, number) == [("follow", "new")]
    assert len(hanging(group, number).versions) == 1


def leaves(name: str) -> Any:
    def unit(session: Session) -> None:
        session.execute(update(Member).where(Member.name == name).values(active=False))

    return unit


@pytest.mark.case("M2")
@pytest.mark.parametrize("role", [Role.PACKER, Role.OBSERVER])
async def test_who_may_not_is_told_so_and_the_card_stays(stage: Stage, role: Role) -> None:
    ivan = await stage.hires("Іван", role)
    group = await gathered(stage, ivan)
    number = await taken_in(stage)
    assert "роль" in await press_in(stage, ivan, "Беру в роботу", group, number)
    assert len(hanging(group, number).versions) == 1
    contact = await press_in(stage, ivan, "Показати номер", group, number)
    if role is Role.OBSERVER:
        assert "роль" in contact
        assert count(ivan, "671234567") == 0
        assert "роль" in await press_in(stage, ivan, "Написати покупцю", group, number)
    else:
        assert contact == IN_PRIVATE
        assert "+380671234567" in ivan.screen.text


async def test_the_number_is_shown_to_the_one_who_asked_and_the_history_says_so(stage: Stage) -> None:
    ivan = await stage.hires("Іван")
    group = await gathered(stage, ivan)
    number = await taken_in(stage, **PLANTED)
    assert await press_in(stage, ivan, "Показати номер", group, number) == IN_PRIVATE
    for secret in ("Непийвода Тарас, +380671234567", "Одарка Непийвода", "вул. Лісова 17"):
        assert secret in ivan.screen.text
    assert count(stage.owner, "671234567") == 0
    assert ("show_phone", "new") in await history(stage, number)
    await taps(stage, ivan, "До замовлення")
    await taps(stage, ivan, "Історія")
    assert "Іван · відкрито контакти покупця" in ivan.screen.text


async def test_who_stopped_the_bot_is_told_how_to_let_it_write(stage: Stage) -> None:
    ivan = await stage.hires("Іван")
    group = await gathered(stage, ivan)
    number = await taken_in(stage)
    ivan.blocks_bot()
    await calm(stage)
    for label in ("Показати номер", "Історія", "Скасувати замовлення"):
        answer = await press_in(stage, ivan, label, group, number)
        assert answer.startswith("Не можемо написати вам особисто."), label
    assert await press_in(stage, ivan, "Беру в роботу", group, number) == "Взято в роботу"
    ivan.unblocks_bot()
    await types(stage, ivan, "/start")
    assert await press_in(stage, ivan, "Показати номер", group, number) == IN_PRIVATE


async def test_what_an_action_asks_is_answered_in_private_and_all_see_what_came_of_it(stage: Stage) -> None:
    ivan = await stage.hires("Іван")
    group = await gathered(stage, ivan)
    number = await taken_in(stage)
    await press_in(stage, ivan, "Беру в роботу", group, number)
    await press_in(stage, ivan, "Дані підтверджено", group, number)
    asks = "Відповідь чекаємо в особистому чаті з ботом"
    assert await press_in(stage, ivan, "Коли відправимо", group, number) == asks
    await taps(stage, ivan, "Завтра")
    assert "Відправка домовлена на" in hanging(group, number).text
    assert await press_in(stage, ivan, "Ввести ТТН", group, number) == asks
    ivan.types(TTN, chat=group)
    await calm(stage)
    assert (await stage.state(number))["status"] == "confirmed", "what is said in the group answers nothing"
    await types(stage, ivan, TTN)
    assert f"ТТН {TTN}" in hanging(group, number).text
    assert f"ТТН {TTN}" in card(ivan, number).text
    assert len(rung(group, number)) == 1


async def test_a_cancel_asks_its_reason_in_private_and_takes_the_card_from_nobody(stage: Stage) -> None:
    ivan = await stage.hires("Іван")
    group = await gathered(stage, ivan)
    number = await taken_in(stage)
    await press_in(stage, ivan, "Скасувати замовлення", group, number)
    assert "чому скасовуємо" in ivan.screen.text
    assert "Беру в роботу" in offered(group, number)
    await taps(stage, ivan, "Клієнт передумав")
    assert (await stage.state(number))["status"] == "cancelled"
    assert "«Скасування. Клієнт передумав»" in hanging(group, number).text


async def test_history_link_and_later_open_in_private(stage: Stage) -> None:
    ivan = await stage.hires("Іван")
    group = await gathered(stage, ivan)
    number = await taken_in(stage)
    for label, seen in (
        ("Історія", "історія"),
        ("Посилання для покупця", "https://t.me/orderbell_bot?start=b"),
        ("Написати покупцю", "у покупця ще немає чату"),
        ("Нагадати пізніше", "коли нагадати?"),
    ):
        assert await press_in(stage, ivan, label, group, number) == IN_PRIVATE
        assert seen in ivan.screen.text
        assert len(rung(group, number)) == 1
    await taps(stage, ivan, "15 хв")
    await later(stage, minutes=15)
    assert "ви просили нагадати" in ivan.screen.text
    assert len(rung(group, number)) == 1


async def test_what_was_asked_in_the_group_does_not_wait_for_words_said_there(stage: Stage) -> None:
    ivan = await stage.hires("Іван")
    group = await gathered(stage, ivan)
    taken = await stage.orders()
    maria = await stage.buyer("Марія", taken)
    await calm(stage)
    await press_in(stage, ivan, "Написати покупцю", group, taken["number"])
    ivan.types("Це для своїх @orderbell_bot", chat=group)
    await calm(stage)
    assert count(maria, "для своїх") == 0
    await types(stage, ivan, "Є синій і червоний")
    assert count(maria, "Є синій і червоний") == 1


@pytest.mark.case("C14")
async def test_only_who_pressed_takes_it_back(stage: Stage) -> None:
    ivan = await stage.hires("Іван")
    group = await gathered(stage, ivan)
    number = await taken_in(stage)
    await press_in(stage, ivan, "Беру в роботу", group, number)
    answer = await press_in(stage, stage.owner, "Повернути", group, number)
    assert answer == "Повернути дію може лише той, хто її зробив."
    assert await press_in(stage, ivan, "Повернути", group, number) == "Повернуто, як було"
    assert "«Нове замовлення»" in hanging(group, number).text
    await press_in(stage, ivan, "Беру в роботу", group, number)
    await later(stage, seconds=11)
    assert "Повернути" not in offered(group, number)


@pytest.mark.case("C7")
async def test_an_old_button_in_the_group_says_what_is_now_and_the_card_is_drawn_anew(stage: Stage) -> None:
    ivan = await stage.hires("Іван")
    group = await gathered(stage, ivan)
    number = await taken_in(stage)
    old = hanging(group, number).button("Беру в роботу")
    assert old is not None
    await press_in(stage, ivan, "Беру в роботу", group, number)
    shown = hanging(group, number)
    answer = await forge(stage, stage.owner, data_of(old), shown)
    assert answer == f"Вже змінено: №{number} — «Обробляється менеджером»."
    assert (await stage.state(number))["status"] == "in_work"
    assert await forge(stage, stage.owner, "zz:1", shown) == NO_ACCESS


@pytest.mark.case("C3")
async def test_one_orders_button_pressed_on_anothers_card_leaves_that_card_alone(stage: Stage) -> None:
    group = await gathered(stage)
    first, second = await taken_in(stage), await taken_in(stage)
    look = hanging(group, first).button("Історія")
    assert look is not None
    await forge(stage, stage.owner, data_of(look).replace("history", "card"), hanging(group, second))
    await press_in(stage, stage.owner, "Беру в роботу", group, second)
    assert f"№{second}" in hanging(group, second).text
    assert "«Нове замовлення»" in hanging(group, first).text


# ------------------------------------------------------------ nothing of the buyer
async def test_nothing_of_the_buyer_is_ever_shown_in_the_group(stage: Stage) -> None:
    """The order's whole life: every version of every message and every button."""
    ivan = await stage.hires("Іван")
    group = await gathered(stage, ivan)
    taken = await stage.orders(**PLANTED, do_not_call=True)
    number = taken["number"]
    maria = await stage.buyer("Марія", taken)
    await calm(stage)
    await taps(stage, maria, "Є запитання")
    await types(stage, maria, "Домофон 44, спитайте Панаса")
    assert "Його слова бачить лише той" in ever_said(group)
    assert await taps(stage, ivan, "Прочитати й відповісти", group) == IN_PRIVATE
    assert "Домофон 44, спитайте Панаса" in ivan.screen.text
    await taps(stage, stage.owner, "До замовлення", group)
    assert group.messages[-1].button("Історія")
    maria.blocks_bot()
    await calm(stage)
    assert "телефон закінчується на 4567" in group.messages[-1].text
    assert await taps(stage, ivan, "Показати номер", group) == IN_PRIVATE
    for label in ("Взяти й підтвердити", "Коли відправимо"):
        await press_in(stage, ivan, label, group, number)
    await taps(stage, ivan, "Завтра")
    await later(stage, hours=3)
    await press_in(stage, ivan, "Ввести ТТН", group, number)
    await types(stage, ivan, TTN)
    await later(stage, hours=3)
    await stage.happens(number, type="parcel", ttn=TTN, status="arrived")
    await later(stage, days=4)
    await press_in(stage, ivan, "Не забрав посилку", group, number)
    await crowd(stage, 8, **PLANTED)
    await later(stage, seconds=61)
    await later(stage, hours=2)
    said = ever_said(group)
    assert [secret for secret in SECRETS if secret.casefold() in said.casefold()] == []
    for shown in ("Нова пошта: Київ", "закінчується на 4567", "Чайник «Пектораль»", "640"):
        assert shown in said


async def test_an_observers_private_card_is_masked_too(stage: Stage) -> None:
    oko = await stage.hires("Око", Role.OBSERVER)
    taken = await stage.orders(**PLANTED)
    number = taken["number"]
    maria = await stage.buyer("Марія", taken)
    await types(stage, maria, "Домофон 44")
    await press(stage, oko, "Історія", number)
    maria.blocks_bot()
    await calm(stage)
    said = "\n".join(version.text for message in oko.messages for version in message.versions)
    assert [secret for secret in SECRETS if secret.casefold() in said.casefold()] == []
    assert "Нова пошта: Київ" in said
    assert "закінчується на 4567" in said
    assert "Показати номер" not in "".join(label for message in oko.messages for label in message.labels)
    assert "Непийвода Тарас, +380671234567" in card(stage.owner, number).text


# ------------------------------------------------------------ many at once
async def test_many_are_one_message_and_one_tap_takes_them_all(stage: Stage) -> None:
    ivan = await stage.hires("Іван")
    peter = await stage.hires("Петро", Role.PACKER)
    group = await gathered(stage, ivan, peter)
    numbers = await crowd(stage, 7)
    await later(stage, seconds=61)
    digest = group.messages[-1]
    assert all(f"№{number}" in digest.text for number in numbers)
    assert "роль" in await taps(stage, peter, "Беру все (7)", group)
    assert "Беру все (7)" in digest.labels[0]
    assert await taps(stage, ivan, f"№{numbers[3]}", group) == IN_PRIVATE
    assert "+380671234567" in card(ivan, numbers[3]).text
    assert await taps(stage, ivan, "Беру все (7)", group) == "✋ Взято 7 із 7"
    assert digest.text.startswith("✋ Іван: взято 7 із 7")
    assert not any("Беру все" in label for label in digest.labels)
    for number in numbers:
        assert (await stage.state(number))["status"] == "in_work"
        assert len(rung(group, number)) == 1


@pytest.mark.rule("R37", "R45")
async def test_the_morning_tells_the_nights_orders_in_the_group(stage: Stage) -> None:
    ivan = await stage.hires("Іван")
    group = await gathered(stage, ivan)
    await later(stage, hours=9)
    night = [await taken_in(stage) for _ in range(2)]
    assert [hanging(group, number).silent for number in night] == [True, True]
    await later(stage, hours=14)
    morning = group.messages[-1]
    assert "надійшли, поки магазин був зачинений" in morning.text
    assert not morning.silent
    assert [count(ivan, number) for number in night] == [0, 0]
    assert await taps(stage, ivan, "Беру все (2)", group) == "✋ Взято 2 із 2"


async def test_what_may_have_come_before_says_so(stage: Stage) -> None:
    from bot.demo.telegram.faults import Kind

    group = await gathered(stage)
    stage.fake.faults.script(Kind.RESET, method="sendMessage", chat=group, after=True)
    number = await taken_in(stage)
    await later(stage, seconds=2)
    assert ["повторно" in message.text for message in rung(group, number)] == [False, True]


@pytest.mark.case("C10")
async def test_a_card_that_somebody_deleted_comes_as_a_new_one(stage: Stage) -> None:
    ivan = await stage.hires("Іван")
    group = await gathered(stage, ivan)
    number = await taken_in(stage)
    look = hanging(group, number).button("Беру в роботу")
    assert look is not None
    gone = hanging(group, number)
    stage.owner.deletes(gone)
    await forge(stage, ivan, data_of(look), gone)
    assert "🙋 Веде: Іван" in hanging(group, number).text
    assert count(ivan, number) == 0
