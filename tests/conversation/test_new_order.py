"""An order by hand: only what is missing is asked, a question a message; nothing counts before it is shown back."""

from typing import Any

import pytest
from sqlalchemy import func, select

from bot.demo.person import Person
from bot.demo.telegram import Message, utf16
from models.dialogue import Dialogue
from models.draft import Draft
from models.errors import NoSuchOrder, NotAllowed
from models.goods_text import Goods
from models.order import Order
from models.roles import Role
from models.shop import Member
from models.worktime import WorkSchedule
from tests.conversation.hands import (
    bare,
    buttons,
    calm,
    card,
    card_now,
    count,
    data_of,
    in_database,
    is_answer,
    press,
    redrawn,
    taken_in,
    types,
)
from tests.conversation.test_team import retire
from tests.hostile.texts import HOSTILE
from tests.stage import Stage, open_stage

ANSWERS = [
    ("номер замовлення", "812345678"),
    ("Як звати покупця?", "Шевчук Тарас"),
    ("Телефон покупця?", "80671234567"),
    ("Які товари?", "Чайник 2 х 640\nчохол 100"),
]


async def taps(stage: Stage, person: Person, label: str) -> str:
    answer = await person.presses(label).answered(20)
    await calm(stage)
    return answer


async def begun(stage: Stage, person: Person) -> None:
    """/new, answered up to the goods."""
    await types(stage, person, "/new")
    for question, answer in ANSWERS:
        assert question in person.screen.text
        await types(stage, person, answer)


async def whole(stage: Stage, person: Person) -> Message:
    """/new, answered to the end; the whole that is shown back."""
    await begun(stage, person)
    for label in ("Далі", "Нова пошта"):
        await taps(stage, person, label)
    await types(stage, person, "Київ, Відділення №4")
    for label in ("Накладений платіж", "Ні, можна дзвонити"):
        await taps(stage, person, label)
    return person.screen


async def orders(stage: Stage) -> int:
    return int(await in_database(stage, lambda session: session.scalar(select(func.count(Order.id)))))


async def stored(stage: Stage, number: str) -> dict[str, Any]:
    def look(session: Any) -> dict[str, Any]:
        order = session.scalars(select(Order).where(Order.number == number)).one()
        return {
            "source": order.source,
            "buyer": (order.buyer_name, order.buyer_phone),
            "lines": [(line.title, line.quantity, line.price) for line in order.lines],
            "delivery": (order.carrier, order.address),
            "payment": (order.payment_method, order.payment_status),
            "do_not_call": order.do_not_call,
        }

    found: dict[str, Any] = await in_database(stage, look)
    return found


@pytest.mark.rule("R02", "R04", "R07", "R08", "R11")
async def test_an_order_is_made_with_one_thumb_and_rings_everybody_else(stage: Stage) -> None:
    ivan = await stage.hires("Іван")
    shown = await whole(stage, stage.owner)
    assert shown.text.splitlines() == [
        "🆕 Нове замовлення · Самовар",
        "№ 812345678",
        "• Чайник × 2 — 1\u00a0280\u00a0₴",
        "• чохол × 1 — 100\u00a0₴",
        "Разом: 1\u00a0380\u00a0₴",
        "👤 Шевчук Тарас",
        "📞 +380671234567",
        "🚚 Нова пошта: Київ, Відділення №4",
        "💳 накладений платіж",
        "📞 Можна дзвонити",
        "Усе так? Натисніть «Створити».",
    ]
    assert await orders(stage) == 0
    assert is_answer(await taps(stage, stage.owner, "Створити"), "№812345678 створено")
    assert redrawn(stage.owner, shown) is card(stage.owner, "812345678")
    assert "Беру в роботу" in buttons(stage.owner, "812345678")
    assert count(stage.owner, "№812345678 · «Нове замовлення»") == 1
    assert count(ivan, "№812345678 · «Нове замовлення»") == 1
    assert await stored(stage, "812345678") == {
        "source": "cabinet",
        "buyer": ("Шевчук Тарас", "+380671234567"),
        "lines": [("Чайник", 2, 64000), ("чохол", 1, 10000)],
        "delivery": ("nova_poshta", "Київ, Відділення №4"),
        "payment": ("cash_on_delivery", "not_required"),
        "do_not_call": False,
    }


@pytest.mark.parametrize("said", ["/new M-1", "/new №M-1"])
async def test_a_number_behind_the_command_is_not_asked_for_again(stage: Stage, said: str) -> None:
    screen = await types(stage, stage.owner, said)
    assert screen.text.startswith("№M-1 · 👤 Як звати покупця?")


async def test_words_behind_the_command_that_are_no_number_are_asked_past(stage: Stage) -> None:
    screen = await types(stage, stage.owner, "/new будь ласка")
    assert "Надішліть номер замовлення" in screen.text


async def test_the_history_says_who_made_it(stage: Stage) -> None:
    await whole(stage, stage.owner)
    await taps(stage, stage.owner, "Створити")
    await press(stage, stage.owner, "Історія", "812345678")
    history = stage.owner.finds("· історія")
    assert history is not None
    assert history.text.splitlines()[1] == "02.03 10:00 · Олена · створено вручну → «Нове замовлення»"


@pytest.mark.rule("R32", "R52")
async def test_its_clock_runs_like_any_others(stage: Stage) -> None:
    await whole(stage, stage.owner)
    await taps(stage, stage.owner, "Створити")
    assert "минуло 0:00 із 2:00" in card(stage.owner, "812345678").text
    await stage.goes(minutes=91)
    await stage.owner.sees("№812345678")
    assert count(stage.owner, "812345678") >= 2


@pytest.mark.rule("RC14", "C6")
@pytest.mark.parametrize(("label", "status"), [("Так, оплачено", "paid"), ("Ні, чекаємо", "pending")])
async def test_what_is_paid_before_is_asked_whether_it_is(stage: Stage, label: str, status: str) -> None:
    await begun(stage, stage.owner)
    for press_on in ("Далі", "Самовивіз", "Картка"):
        await taps(stage, stage.owner, press_on)
    assert "Уже оплачено?" in stage.owner.screen.text
    await taps(stage, stage.owner, label)
    await taps(stage, stage.owner, "Так, не дзвонити")
    await taps(stage, stage.owner, "Створити")
    made = await stored(stage, "812345678")
    assert made["payment"] == ("card", status)
    assert made["delivery"] == ("pickup", "")
    assert made["do_not_call"] is True


async def test_words_do_as_well_as_buttons(stage: Stage) -> None:
    await begun(stage, stage.owner)
    await taps(stage, stage.owner, "Далі")
    for said in ("новою поштою", "Київ, Відділення №4", "картою", "так", "ні"):
        await types(stage, stage.owner, said)
    assert "💳 картка · оплачено" in stage.owner.screen.text
    assert "Можна дзвонити" in stage.owner.screen.text
    assert "Натисніть «Створити» або виправте" in (await types(stage, stage.owner, "створити")).text


@pytest.mark.parametrize(
    ("label", "question", "said", "line"),
    [
        ("номер", "номер замовлення", "№ 900", "№ 900"),
        ("ім'я", "Як звати", "Іван Франко", "👤 Іван Франко"),
        ("телефон", "Телефон", "050 111 22 33", "📞 +380501112233"),
        ("доставку", "Як доставляємо?", "укрпошта", "🚚 Укрпошта: Київ, Відділення №4"),
        ("адресу", "Куди?", "Львів, Відділення №7", "🚚 Нова пошта: Львів, Відділення №7"),
        ("оплату", "Як платить", "наложка", "💳 накладений платіж"),
        ("дзвінок", "не передзвонювати?", "так", "🔕 Не передзвонювати"),
        ("коментар", "коментар", "подзвонити ввечері", "💬 Коментар покупця: подзвонити ввечері"),
    ],
)
async def test_each_part_can_be_put_right_at_the_end(
    stage: Stage, label: str, question: str, said: str, line: str
) -> None:
    await whole(stage, stage.owner)
    await taps(stage, stage.owner, f"Виправити {label}")
    assert question in stage.owner.screen.text
    shown = await types(stage, stage.owner, said)
    assert line in shown.text.splitlines()
    assert "Усе так?" in shown.text


async def test_goods_are_added_and_taken_away_line_by_line(stage: Stage) -> None:
    await whole(stage, stage.owner)
    await taps(stage, stage.owner, "Виправити товари")
    await taps(stage, stage.owner, "Прибрати останній")
    assert "чохол" not in stage.owner.screen.text
    await types(stage, stage.owner, "кришка 3 х 10,50")
    assert "• кришка × 3 — 31,50\u00a0₴" in stage.owner.screen.text
    for _ in range(2):
        await taps(stage, stage.owner, "Прибрати останній")
    assert "Які товари?" in stage.owner.screen.text
    await types(stage, stage.owner, "Самовар 9000")
    await taps(stage, stage.owner, "Далі")
    assert "Разом: 9\u00a0000\u00a0₴" in stage.owner.screen.text
    assert "Усе так?" in stage.owner.screen.text


async def test_what_was_going_to_be_put_right_may_stay_as_it_is(stage: Stage) -> None:
    await whole(stage, stage.owner)
    before = stage.owner.screen.text
    for way_out in ("Лишити як є", "Назад"):
        await taps(stage, stage.owner, "Виправити ім'я")
        assert "Зараз: Шевчук Тарас" in stage.owner.screen.text
        await taps(stage, stage.owner, way_out)
        assert stage.owner.screen.text == before


async def test_one_can_go_back_to_the_first_question_and_out(stage: Stage) -> None:
    await begun(stage, stage.owner)
    await taps(stage, stage.owner, "Далі")
    for question in ("📦 Надішліть ще", "📞 Телефон", "👤 Як звати", "🆕 Надішліть номер"):
        await taps(stage, stage.owner, "Назад")
        assert question in stage.owner.screen.text
    assert "Зараз: 812345678" in stage.owner.screen.text
    await taps(stage, stage.owner, "Лишити як є")
    assert "Як доставляємо?" in stage.owner.screen.text
    await types(stage, stage.owner, "/cancel")
    assert "нічого не змінено" in stage.owner.screen.text
    await types(stage, stage.owner, "/new")
    await taps(stage, stage.owner, "Назад")
    assert "не створено" in stage.owner.screen.text
    assert await orders(stage) == 0


@pytest.mark.parametrize(
    ("steps", "said", "complaint"),
    [
        (0, "не знаю", "Не схоже на номер замовлення"),
        (0, "Я" * 70, "Не схоже на номер замовлення"),
        (1, "👍", "Тут немає слів"),
        (1, "я" * 201, "вміщується до 200 знаків"),
        (2, "завтра", "Не схоже на телефон"),
        (2, "0671234567 або 0501112233", "Не схоже на телефон"),
        (3, "Чайник", "Не зрозуміли «Чайник»"),
        (3, "Чайник 12 999", "де кількість, а де ціна"),
    ],
)
async def test_a_bad_answer_is_explained_and_asked_for_again(
    stage: Stage, steps: int, said: str, complaint: str
) -> None:
    await types(stage, stage.owner, "/new")
    for _, answer in ANSWERS[:steps]:
        await types(stage, stage.owner, answer)
    shown = await types(stage, stage.owner, said)
    assert complaint in shown.text
    assert ANSWERS[steps][0] in shown.text
    assert [bare(label) for label in shown.labels][-1] == "Назад"
    stage.owner.sends_sticker()
    await calm(stage)
    assert "текстом" in stage.owner.screen.text


async def test_a_contact_says_the_phone_and_the_name(stage: Stage) -> None:
    maria = stage.fake.person("Марія")
    await types(stage, stage.owner, "/new")
    await types(stage, stage.owner, "812345678")
    stage.owner.shares_contact(maria)
    await calm(stage)
    await types(stage, stage.owner, "Чайник 640")
    await taps(stage, stage.owner, "Далі")
    await types(stage, stage.owner, "самовивіз")
    await taps(stage, stage.owner, "Накладений платіж")
    await taps(stage, stage.owner, "Ні, можна дзвонити")
    assert "👤 Марія" in stage.owner.screen.text
    assert maria.phone in stage.owner.screen.text


async def test_whether_it_is_paid_can_be_put_right(stage: Stage) -> None:
    await begun(stage, stage.owner)
    for label in ("Далі", "Самовивіз", "Картка", "Ні, чекаємо", "Ні, можна дзвонити"):
        await taps(stage, stage.owner, label)
    assert "💳 картка · очікується" in stage.owner.screen.text
    await taps(stage, stage.owner, "Виправити стан оплати")
    await taps(stage, stage.owner, "Так, оплачено")
    assert "💳 картка · оплачено" in stage.owner.screen.text


async def test_the_number_stands_in_every_question(stage: Stage) -> None:
    await types(stage, stage.owner, "/new")
    for _, said in ANSWERS[:3]:
        await types(stage, stage.owner, said)
        assert stage.owner.screen.text.startswith("№812345678 · ")


@pytest.mark.rule("RC10")
async def test_a_phone_that_nobody_can_have_is_seen_before_it_counts(stage: Stage) -> None:
    await whole(stage, stage.owner)
    await taps(stage, stage.owner, "Виправити телефон")
    assert "Такого номера не буває" in (await types(stage, stage.owner, "067 123 45 678")).text


# ------------------------------------------------------------ the same number
@pytest.mark.case("A4")
async def test_a_number_that_the_shop_has_already_opens_its_card(stage: Stage) -> None:
    number = await taken_in(stage)
    await types(stage, stage.owner, "/new")
    await types(stage, stage.owner, number)
    assert count(stage.owner, f"№{number} уже є в магазині, ось воно.") == 1
    assert stage.owner.screen is card(stage.owner, number)
    await types(stage, stage.owner, "812345678")
    assert "Як звати покупця?" in stage.owner.screen.text
    assert await orders(stage) == 1


@pytest.mark.case("A4")
async def test_a_number_that_comes_meanwhile_makes_no_second_order_and_no_difference(stage: Stage) -> None:
    await whole(stage, stage.owner)
    await stage.orders(number="812345678")
    await calm(stage)
    answer = await taps(stage, stage.owner, "Створити")
    assert is_answer(answer, "№812345678 уже є в магазині: нового не створено, ось воно.")
    assert await orders(stage) == 1
    assert "Чайник «Пектораль»" in card(stage.owner, "812345678").text
    assert "з іншими даними" not in card(stage.owner, "812345678").text


@pytest.mark.case("C5")
async def test_an_impatient_thumb_makes_one_order(stage: Stage) -> None:
    await whole(stage, stage.owner)
    first = stage.owner.presses("Створити")
    again = stage.owner.replays(first)
    assert is_answer(await first.answered(20), "№812345678 створено")
    await again.answered(20)
    await calm(stage)
    assert await orders(stage) == 1
    assert "Беру в роботу" in buttons(stage.owner, "812345678")


async def test_the_site_may_tell_the_same_order_later(stage: Stage) -> None:
    await whole(stage, stage.owner)
    await taps(stage, stage.owner, "Створити")
    await stage.orders(number="812345678")
    await calm(stage)
    assert await orders(stage) == 1
    assert "з іншими даними" in (await card_now(stage, stage.owner, "812345678")).text


# ------------------------------------------------------------ the own shop, several shops
async def test_an_own_shop_has_its_number_thought_up(database_url: str) -> None:
    async with open_stage(database_url, marketplace="own") as stage:
        for number in ("260302-1", "260302-2"):
            await types(stage, stage.owner, "/new")
            await taps(stage, stage.owner, "Придумати номер")
            for _, said in ANSWERS[1:]:
                await types(stage, stage.owner, said)
            await taps(stage, stage.owner, "Далі")
            for said in ("самовивіз", "накладка", "ні"):
                await types(stage, stage.owner, said)
            assert "№ придумаємо самі" in stage.owner.screen.text
            assert is_answer(await taps(stage, stage.owner, "Створити"), f"№{number} створено")


async def test_a_marketplaces_number_is_not_thought_up(stage: Stage) -> None:
    await types(stage, stage.owner, "/new")
    assert stage.owner.screen.labels == ["⬅️ Назад"]
    mark = data_of(stage.owner.screen.button("Назад")).split(":")[1]
    await stage.owner.forges(f"f:{mark}:number:invent").answered(20)
    await calm(stage)
    assert "Надішліть номер замовлення" in stage.owner.screen.text


async def second_shop(stage: Stage, role: Role = Role.OWNER) -> int:
    other = await stage.app.shops.open("Лавка", "own", WorkSchedule.parse("Mon-Sun 00:00-24:00"))
    invite = await stage.app.shops.invite(other.shop.id, role, binds_at_once=True)
    await types(stage, stage.owner, f"/start {invite.start}")
    return other.shop.id


async def test_of_several_shops_one_is_chosen_first(stage: Stage) -> None:
    await second_shop(stage)
    await types(stage, stage.owner, "/new")
    assert stage.owner.screen.labels == ["Самовар", "Лавка", "⬅️ Назад"]
    assert "Для якого магазину?" in (await types(stage, stage.owner, "812345678")).text
    await taps(stage, stage.owner, "Лавка")
    assert "Придумати номер" in [bare(label) for label in stage.owner.screen.labels]
    await taps(stage, stage.owner, "Назад")
    await taps(stage, stage.owner, "Самовар")
    for _, said in ANSWERS:
        await types(stage, stage.owner, said)
    await taps(stage, stage.owner, "Далі")
    for said in ("самовивіз", "накладка", "ні"):
        await types(stage, stage.owner, said)
    await taps(stage, stage.owner, "Створити")
    assert (await stage.state("812345678"))["status"] == "new"


async def test_a_number_that_one_shop_would_think_up_is_asked_for_in_another(stage: Stage) -> None:
    await second_shop(stage)
    await types(stage, stage.owner, "/new")
    for label in ("Лавка", "Придумати номер", "Назад", "Назад", "Самовар"):
        await taps(stage, stage.owner, label)
    assert "Надішліть номер замовлення" in stage.owner.screen.text


async def test_a_number_is_looked_up_in_the_shop_that_is_chosen_at_last(stage: Stage) -> None:
    await second_shop(stage)
    number = await taken_in(stage)
    await types(stage, stage.owner, "/new")
    await taps(stage, stage.owner, "Лавка")
    assert "Як звати" in (await types(stage, stage.owner, number)).text
    for label in ("Назад", "Назад", "Самовар"):
        await taps(stage, stage.owner, label)
    assert count(stage.owner, f"№{number} уже є в магазині, ось воно.") == 1


async def test_only_shops_where_one_may_make_orders_are_offered(stage: Stage) -> None:
    await second_shop(stage, Role.PACKER)
    await types(stage, stage.owner, "/new")
    assert "Надішліть номер" in stage.owner.screen.text


# ------------------------------------------------------------ rights, restarts, stale buttons
@pytest.mark.case("M2")
@pytest.mark.parametrize("role", [Role.PACKER, Role.OBSERVER])
async def test_who_may_not_make_orders_is_told_who_may(stage: Stage, role: Role) -> None:
    person = await stage.hires("Іван", role)
    assert "можуть власник і менеджер" in (await types(stage, person, "/new")).text
    assert "такого замовлення немає" in (await types(stage, person, "812345678")).text, (
        "looked for, not drafted"
    )


async def test_who_works_nowhere_is_answered_as_to_any_word(stage: Stage) -> None:
    stranger = stage.fake.person("Хтось")
    assert "Відкрийте посилання" in (await types(stage, stranger, "/new")).text


@pytest.mark.case("K14", "C2")
async def test_who_is_removed_in_the_middle_makes_nothing(stage: Stage) -> None:
    ivan = await stage.hires("Іван")
    await whole(stage, ivan)
    await retire(stage, "Іван")
    assert "можуть власник і менеджер" in await taps(stage, ivan, "Створити")
    assert await orders(stage) == 0


@pytest.mark.case("M1", "M2")
async def test_the_use_case_asks_for_rights_by_itself(stage: Stage) -> None:
    """Whatever a door forgets: the same answers as for a shop that never was, and for a role that may not."""
    await stage.hires("Пакувальниця", Role.PACKER)
    await stage.hires("Звільнений")
    await retire(stage, "Звільнений")
    draft = Draft(
        number="1",
        name="Тарас",
        phone="+380671234567",
        goods=(Goods("Чайник", 1, 64000),),
        carrier="pickup",
        method="cash_on_delivery",
        do_not_call=False,
    )
    accounts = await in_database(
        stage, lambda session: dict(session.execute(select(Member.name, Member.account_id)).all())
    )
    shop, app = stage.shop.shop.id, stage.app
    for name, shop_id, refusal in (
        ("Пакувальниця", shop, NotAllowed),
        ("Звільнений", shop, NoSuchOrder),
        ("Олена", shop + 1, NoSuchOrder),
    ):
        with pytest.raises(refusal):
            await app.orders.create(shop_id, accounts[name], draft, cause="test")
        with pytest.raises(refusal):
            await app.orders.numbered(shop_id, accounts[name], "1")
    assert await orders(stage) == 0


@pytest.mark.case("M1", "C3")
async def test_a_foreign_shop_cannot_be_chosen(stage: Stage) -> None:
    await second_shop(stage)
    foreign = await stage.app.shops.open("Чужий", "own", WorkSchedule.parse("Mon-Sun 00:00-24:00"))
    await types(stage, stage.owner, "/new")
    mark = data_of(stage.owner.screen.button("Лавка")).split(":")[1]
    await stage.owner.forges(f"f:{mark}:shop:{foreign.shop.id}").answered(20)
    await calm(stage)
    assert "Для якого магазину?" in stage.owner.screen.text


async def test_a_restart_in_the_middle_forgets_nothing(database_url: str) -> None:
    async with open_stage(database_url) as stage:
        await begun(stage, stage.owner)
        kept = await in_database(stage, lambda session: session.scalars(select(Dialogue.data)).all())
        assert [data["draft"]["name"] for data in kept] == ["Шевчук Тарас"]
        assert "Продовжуємо недописане" in (await types(stage, stage.owner, "/new")).text
        assert "чохол" in stage.owner.screen.text


async def test_buttons_of_another_order_do_nothing(stage: Stage) -> None:
    first = await whole(stage, stage.owner)
    await types(stage, stage.owner, "/cancel")
    answer = await stage.owner.presses("Створити", on=first).answered(20)
    await calm(stage)
    assert answer == "Ця кнопка вже не діє. Нове замовлення: /new"
    await types(stage, stage.owner, "/new")
    assert "не діє" in await stage.owner.presses("Створити", on=first).answered(20)
    await calm(stage)
    assert await orders(stage) == 0


async def test_forged_buttons_choose_nothing_that_is_not_there(stage: Stage) -> None:
    await whole(stage, stage.owner)
    mark = data_of(stage.owner.screen.button("Створити")).split(":")[1]
    before = stage.owner.screen.text
    for data in (
        "carrier:justin",
        "carrier:x",
        "paid:maybe",
        "name:yes",
        "fix:x",
        "drop:name",
        "shop:999",
        "x:y",
        "begin:",
    ):
        await stage.owner.forges(f"f:{mark}:{data}").answered(20)
        await calm(stage)
    await types(stage, stage.owner, "/new")
    assert before in stage.owner.screen.text or "Для якого магазину?" in stage.owner.screen.text
    assert stage.app.worker is not None
    assert stage.app.worker.dead == 0


# ------------------------------------------------------------ hostile words
@pytest.mark.case("E1", "E3", "E5", "E7", "A27")
async def test_hostile_words_in_every_part_are_shown_and_stored_or_asked_again(stage: Stage) -> None:
    for at, word in enumerate(HOSTILE):
        number = f"H-{at}"
        await types(stage, stage.owner, "/new")
        await types(stage, stage.owner, word)
        await types(stage, stage.owner, number)
        for fallback in ("Тарас", "0671234567"):
            await types(stage, stage.owner, word[:190])
            if stage.owner.screen.button("Лишити") is None:
                await types(stage, stage.owner, fallback)
        await types(stage, stage.owner, f"{word[:250]} а 2 х 640")
        await types(stage, stage.owner, "/cancel")
        assert utf16(stage.owner.screen.text) <= 4096
    assert stage.app.worker is not None
    assert stage.app.worker.dead == 0


@pytest.mark.case("E1", "E3", "E5", "E7", "A27")
async def test_an_order_of_hostile_words_is_made_and_its_facts_stay(stage: Stage) -> None:
    made = 0
    for at, word in enumerate(HOSTILE):
        line = " ".join(word.split())
        number, hostile = f"H-{at}", f"а {line[:150]}"
        await types(stage, stage.owner, "/new")
        for said in (number, hostile, "0671234567", f"Чайник {line[:150]} я 2 х 640"):
            await types(stage, stage.owner, said)
        if stage.owner.screen.button("Далі") is None:
            await types(stage, stage.owner, "Чайник 2 х 640")
        await taps(stage, stage.owner, "Далі")
        await taps(stage, stage.owner, "Нова пошта")
        await types(stage, stage.owner, hostile)
        await taps(stage, stage.owner, "Накладений платіж")
        await taps(stage, stage.owner, "Ні, можна дзвонити")
        await taps(stage, stage.owner, "Виправити коментар")
        await types(stage, stage.owner, hostile)
        assert f"№ {number}" in stage.owner.screen.text
        assert is_answer(await taps(stage, stage.owner, "Створити"), f"№{number} створено")
        shown = card(stage.owner, number).text
        assert "+380671234567" in shown
        assert "Разом: 1\u00a0280\u00a0₴" in shown
        made += 1
    assert made == await orders(stage) == len(HOSTILE)
    assert stage.app.worker is not None
    assert stage.app.worker.dead == 0
