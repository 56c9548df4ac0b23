"""A notice that is pasted or forwarded becomes an order: what it says is shown back, and the rest is asked."""

import pytest

from bot.demo.person import Person
from bot.demo.telegram import Message
from models.roles import Role
from models.worktime import WorkSchedule
from tests.conversation.hands import (
    bare,
    calm,
    card,
    confirmed,
    count,
    data_of,
    is_answer,
    press,
    redrawn,
    taken_in,
    types,
)
from tests.conversation.test_new_order import orders, stored, taps
from tests.hostile.texts import HOSTILE
from tests.models.test_notice_text import NOTICES
from tests.stage import Stage

MAIL = NOTICES[0][1]
PROM = NOTICES[3][1]
FREE = NOTICES[4][1]
OFFER = "Створити замовлення з цього тексту?"


def forwarded(stage: Stage, text: str, to: Person) -> Message:
    """A friend's message, forwarded to the bot."""
    friend = stage.fake.person("Подруга")
    friend.types(text)
    return to.forwards(friend.messages[0])


async def test_a_pasted_notice_is_offered_and_shown_whole_where_it_says_all(stage: Stage) -> None:
    shown = await types(stage, stage.owner, MAIL)
    assert shown.text.splitlines() == [
        OFFER,
        "№ 812345678",
        "• Чайник «Пектораль» 1,7 л × 2 — 1\u00a0280\u00a0₴",
        "Разом: 1\u00a0280\u00a0₴",
        "👤 Шевчук Тарас Григорович",
        "📞 +380671234567",
        "🚚 Нова пошта: Київ, Відділення №4",
        "💳 накладений платіж",
        "🔕 Не передзвонювати",
    ]
    assert [bare(label) for label in shown.labels] == ["Так, створити", "Ні"]
    await taps(stage, stage.owner, "Так, створити")
    shown = redrawn(stage.owner, shown)
    assert shown.text.splitlines()[0] == "🆕 Нове замовлення · Самовар"
    assert shown.text.splitlines()[-1] == "Усе так? Натисніть «Створити»."
    assert await orders(stage) == 0
    assert is_answer(await taps(stage, stage.owner, "Створити"), "№812345678 створено")
    assert await stored(stage, "812345678") == {
        "source": "cabinet",
        "buyer": ("Шевчук Тарас Григорович", "+380671234567"),
        "lines": [("Чайник «Пектораль» 1,7 л", 2, 64000)],
        "delivery": ("nova_poshta", "Київ, Відділення №4"),
        "payment": ("cash_on_delivery", "not_required"),
        "do_not_call": True,
    }


async def test_what_a_notice_does_not_say_is_asked_and_nothing_else(stage: Stage) -> None:
    await types(stage, stage.owner, FREE)
    await taps(stage, stage.owner, "Так, створити")
    assert "Надішліть номер замовлення" in stage.owner.screen.text
    await types(stage, stage.owner, "5001")
    assert "не передзвонювати?" in stage.owner.screen.text
    await taps(stage, stage.owner, "Ні, можна дзвонити")
    await taps(stage, stage.owner, "Створити")
    made = await stored(stage, "5001")
    assert made["buyer"] == ("Тарас Шевчук", "+380671234567")
    assert made["lines"] == [("Чайник", 2, 64000), ("чохол", 1, 10000)]


@pytest.mark.only_on("telegram", "Viber does not say of a message that it was forwarded")
async def test_a_forwarded_notice_of_one_line_is_offered_too(stage: Stage) -> None:
    forwarded(stage, NOTICES[1][1], stage.owner)
    await calm(stage)
    assert OFFER in stage.owner.screen.text
    assert "№ 812345679" in stage.owner.screen.text


async def test_a_no_leaves_nothing_behind(stage: Stage) -> None:
    await types(stage, stage.owner, MAIL)
    yes = data_of(stage.owner.screen.button("Так, створити"))
    await taps(stage, stage.owner, "Ні")
    assert "не створено" in stage.owner.screen.text
    assert "не діє" in await stage.owner.forges(yes).answered(20)
    assert await orders(stage) == 0


async def test_of_two_pasted_notices_the_last_counts(stage: Stage) -> None:
    first = await types(stage, stage.owner, MAIL)
    second = await types(stage, stage.owner, PROM)
    assert "№ 302145678" in second.text
    assert "не діє" in await stage.owner.presses("Так, створити", on=first).answered(20)
    await calm(stage)
    await taps(stage, stage.owner, "Так, створити")
    second = redrawn(stage.owner, second)
    assert "№302145678 · 🔕 Покупець просив не передзвонювати?" in second.text


@pytest.mark.parametrize("words", ["/new", "/new\n" + MAIL])
async def test_a_notice_may_come_with_the_command_or_after_it(stage: Stage, words: str) -> None:
    await types(stage, stage.owner, words)
    if words == "/new":
        await types(stage, stage.owner, MAIL)
    assert "Усе так?" in stage.owner.screen.text
    assert "👤 Шевчук Тарас Григорович" in stage.owner.screen.text


async def test_a_notice_in_the_middle_fills_only_what_was_not_known(stage: Stage) -> None:
    await types(stage, stage.owner, "/new")
    await types(stage, stage.owner, "7007")
    await types(stage, stage.owner, "Іван Франко")
    await types(stage, stage.owner, FREE)
    await taps(stage, stage.owner, "Ні, можна дзвонити")
    shown = stage.owner.screen
    assert "№ 7007" in shown.text
    assert "👤 Іван Франко" in shown.text
    assert "📞 +380671234567" in shown.text


async def test_a_notice_of_another_order_waits_until_the_first_is_made(stage: Stage) -> None:
    await types(stage, stage.owner, PROM)
    await taps(stage, stage.owner, "Так, створити")
    shown = await types(stage, stage.owner, MAIL)
    assert "Це інше замовлення, а №302145678 ще не створено." in shown.text
    assert "не передзвонювати?" in shown.text
    await taps(stage, stage.owner, "Ні, можна дзвонити")
    assert "812345678" not in stage.owner.screen.text
    assert "Шевчук" not in stage.owner.screen.text


async def test_an_address_and_a_comment_may_be_as_long_as_a_notice(stage: Stage) -> None:
    await types(stage, stage.owner, MAIL)
    await taps(stage, stage.owner, "Так, створити")
    await taps(stage, stage.owner, "Виправити коментар")
    shown = await types(stage, stage.owner, f"{FREE}\nЗамовлення №999")
    assert "Коментар покупця: Тарас Шевчук" in shown.text
    assert "№ 812345678" in shown.text


@pytest.mark.case("A4")
async def test_a_notice_of_an_order_that_is_there_opens_it(stage: Stage) -> None:
    await stage.orders(number="812345678")
    await calm(stage)
    await types(stage, stage.owner, MAIL)
    await taps(stage, stage.owner, "Так, створити")
    assert count(stage.owner, "№812345678 уже є в магазині, ось воно.") == 1
    assert stage.owner.screen is card(stage.owner, "812345678")
    assert await orders(stage) == 1


async def test_a_sum_that_does_not_fit_the_goods_is_said(stage: Stage) -> None:
    await types(stage, stage.owner, MAIL.replace("Разом: 1 280 грн", "Разом: 1 300 грн"))
    assert "У тексті сума 1\u00a0300\u00a0₴, а за товарами 1\u00a0280\u00a0₴." in stage.owner.screen.text
    await taps(stage, stage.owner, "Так, створити")
    await taps(stage, stage.owner, "Виправити товари")
    await types(stage, stage.owner, "Доставка 20")
    await taps(stage, stage.owner, "Далі")
    assert "У тексті сума" not in stage.owner.screen.text


async def test_another_recipient_is_kept_and_can_be_taken_away(stage: Stage) -> None:
    await types(stage, stage.owner, NOTICES[8][1])
    assert "Отримувач: Петренко Анна" in stage.owner.screen.text
    await taps(stage, stage.owner, "Так, створити")
    for said in ("Стіл 900", "Далі", "ні", "ні"):
        if stage.owner.screen.button(said) is not None:
            await taps(stage, stage.owner, said)
        else:
            await types(stage, stage.owner, said)
    await taps(stage, stage.owner, "Виправити отримувача")
    await taps(stage, stage.owner, "Прибрати")
    assert "Отримувач" not in stage.owner.screen.text
    assert "Усе так?" in stage.owner.screen.text


async def test_of_several_shops_one_is_chosen_for_a_notice(stage: Stage) -> None:
    other = await stage.app.shops.open("Лавка", "own", WorkSchedule.parse("Mon-Sun 00:00-24:00"))
    await types(stage, stage.owner, f"/start {other.invite.start}")
    await types(stage, stage.owner, MAIL)
    await taps(stage, stage.owner, "Так, створити")
    assert "Для якого магазину?" in stage.owner.screen.text
    await taps(stage, stage.owner, "Лавка")
    assert "🆕 Нове замовлення · Лавка" in stage.owner.screen.text
    await taps(stage, stage.owner, "Створити")
    assert (await stage.get("812345678", key=other.api_key)).status == 200
    assert (await stage.get("812345678")).status == 404


# ------------------------------------------------------------ what is no notice
@pytest.mark.parametrize(
    "text",
    [
        "Замовлення №812345678, 0671234567",  # one line of one's own: a search
        "Перший рядок\nдругий рядок",
        "Тарас Шевчук\n0671234567",
        "Замовлення №812345678\nготове",
        NOTICES[-1][1],
    ],
)
async def test_other_words_are_not_taken_for_an_order(stage: Stage, text: str) -> None:
    await types(stage, stage.owner, text)
    assert count(stage.owner, OFFER) == 0


async def test_in_a_dialogue_a_text_is_the_answer(stage: Stage) -> None:
    taken = await stage.orders()
    maria = await stage.buyer("Марія", taken)
    await calm(stage)
    await press(stage, stage.owner, "Написати покупцю", taken["number"])
    await types(stage, stage.owner, MAIL)
    assert count(stage.owner, OFFER) == 0
    assert count(maria, "Шевчук Тарас Григорович") == 1


@pytest.mark.case("M2")
@pytest.mark.parametrize("role", [Role.PACKER, Role.OBSERVER])
async def test_who_may_not_make_orders_is_offered_none(stage: Stage, role: Role) -> None:
    person = await stage.hires("Іван", role)
    await types(stage, person, MAIL)
    assert count(person, OFFER) == 0


async def test_a_buyers_long_message_goes_to_the_shop_as_ever(stage: Stage) -> None:
    taken = await stage.orders()
    maria = await stage.buyer("Марія", taken)
    await types(stage, maria, MAIL)
    assert count(maria, OFFER) == 0
    assert count(stage.owner, "Шевчук Тарас Григорович") == 1


async def test_nothing_is_left_in_the_way_of_the_next_question(stage: Stage) -> None:
    number = await confirmed(stage)
    await types(stage, stage.owner, MAIL)
    await press(stage, stage.owner, "Ввести ТТН", number)
    await types(stage, stage.owner, "20450000000001")
    assert (await stage.state(number))["status"] == "handed_over"


@pytest.mark.case("E1", "E3", "E5", "E7")
async def test_hostile_notices_do_no_harm(stage: Stage) -> None:
    await taken_in(stage)
    for word in HOSTILE:
        hostile = (
            MAIL.replace("Шевчук", word[:150]).replace("Пектораль", word[:150]).replace("Київ", word[:150])
        )
        await types(stage, stage.owner, hostile)
        shown = await types(stage, stage.owner, f"{word}\n0671234567\n№812345678")
        assert "№ 812345678" in shown.text
        assert "+380671234567" in shown.text
        await taps(stage, stage.owner, "Так, створити")
        await types(stage, stage.owner, "/cancel")
    assert stage.app.worker is not None
    assert stage.app.worker.dead == 0
