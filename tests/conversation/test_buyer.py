"""The buyer: one link, six facts, one tap; a question that comes back; news of the parcel, none of them twice."""

import pytest

from bot.demo.telegram import utf16
from models.outbox import Notice
from tests.conversation.hands import (
    TTN,
    arrived_mark,
    calm,
    card,
    card_now,
    count,
    data_of,
    delivered_by,
    history,
    is_on_viber,
    later,
    offered,
    press,
    taken_in,
    told,
    types,
)
from tests.stage import Stage

FACTS = {
    "lines": [
        {"title": "Чайник «Пектораль»", "quantity": 2, "price": "640.00"},
        {"title": "Чашка", "quantity": 1, "price": "99.50"},
    ],
    "delivery": {"carrier": "nova_poshta", "address": "Київ, Відділення №4", "term": "2-3 дні"},
    "do_not_call": True,
}


@pytest.mark.rule("R11", "G10", "C7")
async def test_six_facts_come_in_one_message_and_no_home_or_phone_is_shown(stage: Stage) -> None:
    answer = await stage.orders(**FACTS)
    maria = await stage.buyer("Марія", answer)
    await calm(stage)
    assert len([m for m in maria.messages if m.sender is not maria.user]) == 1
    text = maria.screen.text
    for fact in (
        f"№{answer['number']}",
        "«Самовар»",
        "• Чайник «Пектораль» × 2 — 1\u00a0280\u00a0₴",
        "• Чашка × 1 — 99,50\u00a0₴",
        "Вартість: 1\u00a0379,50\u00a0₴",
        "Оплата: накладений платіж",
        "Доставка: Нова пошта, Київ, Відділення №4",
        "Термін доставки: 2-3 дні",
        "закінчується на 4567",
        "Все правильно?",
    ):
        assert fact in text
    for hidden in ("Непийвода", "671234567"):  # rules 1.8.9: it may be a stranger with a wrong number
        assert hidden not in text

    courier = await stage.orders(
        delivery=delivered_by("own", "Київ, вул. Садова, 7, кв. 3"), do_not_call=True
    )
    petro = await stage.buyer("Петро", courier)
    assert "Кур'єр магазину, Київ\n" in petro.screen.text
    assert "Садова" not in petro.screen.text


async def test_the_link_binds_the_first_account_and_the_owner_hears_of_the_second_once(stage: Stage) -> None:
    manager = await stage.hires("Іван")
    answer = await stage.orders(do_not_call=True)
    maria = await stage.buyer("Марія", answer)
    thief = stage.fake.person("Злодій <b>")
    for _ in range(2):
        assert "Посилання не діє" in (await types(stage, thief, f"/start {answer['buyer']['start']}")).text
    seen = await stage.owner.sees("посилання покупця відкрив ще хтось")
    assert f"№{answer['number']}" in seen.text
    assert "Злодій <b>" in seen.text
    assert count(stage.owner, "відкрив ще хтось") == 1
    assert count(manager, "відкрив ще хтось") == 0
    yes = maria.screen.button("Все вірно")
    assert yes is not None
    assert "Немає доступу" in await thief.forges(data_of(yes)).answered(20)
    assert (await stage.state(answer["number"]))["buyer_answer"] is None


async def test_a_member_who_opens_the_link_looks_and_is_not_bound(stage: Stage) -> None:
    answer = await stage.orders(do_not_call=True)
    await calm(stage)
    shown = await types(stage, stage.owner, f"/start {answer['buyer']['start']}")
    assert f"№{answer['number']} · «Самовар»" in shown.text
    assert offered(shown) == []
    maria = await stage.buyer("Марія", answer)
    await maria.sees("Все правильно?")


async def test_the_same_buyer_again_sees_how_it_stands_and_can_still_answer(stage: Stage) -> None:
    answer = await stage.orders(do_not_call=True)
    maria = await stage.buyer("Марія", answer)
    again = await types(stage, maria, f"/start {answer['buyer']['start']}")
    if is_on_viber(maria):  # each opening of the chat has one answer, which says and asks everything
        assert again.text.endswith("Все правильно?")
    else:
        assert "Стан: магазин отримав замовлення" in again.text
        assert count(maria, "Все правильно?") == 1
    await maria.presses("Все вірно", on=again).answered(20)
    await maria.sees("замовлення підтверджено")
    assert (await stage.state(answer["number"]))["buyer_answer"] == "confirmed"
    assert "підтверджено" not in (await types(stage, maria, "/start")).text
    assert maria.screen.button("Все вірно") is None


@pytest.mark.rule("C7", "G04")
async def test_confirming_twice_is_one_event_and_the_status_stays_the_sellers(stage: Stage) -> None:
    answer = await stage.orders(do_not_call=True)
    number = answer["number"]
    maria = await stage.buyer("Марія", answer)
    await maria.sees("Все правильно?")
    first = maria.presses("Все вірно")
    second = maria.replays(first)
    told_of = (await first.answered(20), await second.answered(20))
    await calm(stage)
    if is_on_viber(maria):  # nothing else is seen of a press there: each is answered by how it stands now
        assert all("дякуємо, замовлення підтверджено" in said for said in told_of)
    else:
        assert told_of == ("", "")
    assert await history(stage, number) == [("follow", "new"), ("buyer_confirm", "new")]
    assert count(stage.owner, "Дзвонити не треба") == 1
    assert "Покупець підтвердив: «Все вірно»" in (await card_now(stage, stage.owner, number)).text
    assert "Вартість" in maria.screen.text  # what was agreed stays on the screen (R39)
    assert "Номер ТТН надійде сюди" in maria.screen.text


@pytest.mark.rule("G40", "C24", "RC18")
async def test_cancelling_asks_once_and_no_leaves_everything_as_it_was(stage: Stage) -> None:
    answer = await stage.orders(do_not_call=True)
    number = answer["number"]
    maria = await stage.buyer("Марія", answer)
    await maria.sees("Все правильно?")
    await maria.presses("Скасувати замовлення").answered(20)
    await maria.sees("скасувати замовлення?")
    assert maria.screen.labels == ["Так, скасувати", "Ні"]
    assert "лишається" in await maria.presses("Ні").answered(20)
    await maria.sees_button("Все вірно")
    await maria.presses("Скасувати замовлення").answered(20)
    await maria.sees_button("Так, скасувати")
    await maria.presses("Так, скасувати").answered(20)
    await maria.sees("замовлення скасовано")
    await calm(stage)
    state = await stage.state(number)
    assert (state["status"], state["buyer_answer"]) == ("buyer_cancelled", "cancelled")
    told_so = await stage.owner.sees("покупець скасував замовлення")
    assert "Змініть і в кабінеті: «Скасування. Клієнт передумав»" in told_so.text


@pytest.mark.rule("C24")
async def test_cancelling_after_dispatch_is_a_request_told_once(stage: Stage) -> None:
    answer = await stage.orders()
    number = answer["number"]
    maria = await stage.buyer("Марія", answer)
    await maria.sees_button("Скасувати замовлення")
    await maria.presses("Скасувати замовлення").answered(20)
    await maria.sees_button("Так, скасувати")
    await stage.happens(number, type="status_changed", status="delivering")
    await calm(stage)
    yes = maria.presses("Так, скасувати")
    again = maria.replays(yes)
    await yes.answered(20)
    await again.answered(20)
    await maria.sees("посилка вже в дорозі")
    await calm(stage)
    assert (await stage.state(number))["status"] == "delivering"
    assert count(stage.owner, "покупець просить скасувати, але посилка вже в дорозі") == 1
    assert await told(stage, number, Notice.CANCEL_REQUESTED) == [("sent", None)]


@pytest.mark.rule("R10", "R39", "R43")
async def test_a_question_goes_to_the_holder_and_the_reply_comes_back_signed_by_the_shop(
    stage: Stage,
) -> None:
    ivan = await stage.hires("Іван")
    answer = await stage.orders()
    number = answer["number"]
    maria = await stage.buyer("Марія", answer)
    await maria.presses("Є запитання").answered(20)
    await maria.sees("напишіть запитання одним повідомленням")
    await types(stage, maria, "А колір <b>синій</b>?")
    for person in (stage.owner, ivan):  # nobody holds it yet
        assert "А колір <b>синій</b>?" in (await person.sees(f"№{number}: покупець пише")).text
    await press(stage, ivan, "Беру в роботу", number)
    await types(
        stage, maria, "І чи є кришка? https://evil.example"
    )  # without a button, it is clear about what
    seen = await ivan.sees("І чи є кришка?")
    assert is_on_viber(ivan) or seen.links == []  # on Viber clients say themselves what is a link
    assert count(stage.owner, "І чи є кришка?") == 0
    assert "запитання передано магазину" in maria.screen.text
    assert "Покупець має запитання" in card(ivan, number).text

    await ivan.presses("Написати покупцю", on=seen).answered(20)
    assert "підпис магазину" in (await ivan.sees("напишіть повідомлення")).text
    await types(stage, ivan, "Є, <i>синя</i> & гарна")
    reply = await maria.sees("Є, <i>синя</i> & гарна")
    assert reply.text.startswith(f"💬 №{number} · Ваш магазин «Самовар»:")
    assert "Іван" not in reply.text
    assert f"№{number}: передаємо покупцеві" in ivan.screen.text


async def test_what_is_too_long_to_pass_on_whole_is_given_back_not_cut(stage: Stage) -> None:
    answer = await stage.orders()
    number = answer["number"]
    maria = await stage.buyer("Марія", answer)
    long = "я" * 3501
    await maria.presses("Є запитання").answered(20)
    assert "3501 знаків, передаємо до 3500" in (await types(stage, maria, long)).text.replace("\u00a0", "")
    fits = "👍" * 1750
    await types(stage, maria, fits)
    seen = await stage.owner.sees(fits)
    assert utf16(seen.text) <= 4096
    await press(stage, stage.owner, "Написати покупцю", number)
    assert "задовге" in (await types(stage, stage.owner, long)).text
    await types(stage, stage.owner, "ї" * 3500)
    assert "ї" * 3500 in maria.screen.text
    grows = "\U0001d160" * 1700  # each becomes three when it is normalised
    maria.types(grows)
    await calm(stage)
    assert all(state == "sent" for state, _ in await told(stage, number, "buyer_asked"))


async def test_what_cannot_be_passed_on_leaves_the_question_open(stage: Stage) -> None:
    answer = await stage.orders()
    maria = await stage.buyer("Марія", answer)
    await maria.presses("Є запитання").answered(20)
    await calm(stage)
    maria.sends_sticker()
    await calm(stage)
    assert "Таке передати не можемо" in maria.screen.text
    await types(stage, maria, "словами")
    assert count(stage.owner, "словами") == 1


async def test_with_two_orders_the_buyer_is_asked_which_one_and_need_not_type_it_again(stage: Stage) -> None:
    one, two = await stage.orders(), await stage.orders()
    maria = await stage.buyer("Марія", one)
    await types(stage, maria, f"/start {two['buyer']['start']}")
    await types(stage, maria, "Коли буде?")
    assert "Про яке замовлення" in maria.screen.text
    assert count(stage.owner, "Коли буде?") == 0
    await maria.presses(f"№{one['number']}").answered(20)
    await calm(stage)
    assert f"№{one['number']}: покупець пише" in (await stage.owner.sees("Коли буде?")).text


@pytest.mark.rule("R22", "R23", "G58")
async def test_the_parcels_news_come_each_once_and_day_three_only_while_it_waits(stage: Stage) -> None:
    kept, fetched = await stage.orders(), await stage.orders()
    maria, petro = await stage.buyer("Марія", kept), await stage.buyer("Петро", fetched)
    for at, answer in enumerate((kept, fetched)):
        await stage.happens(answer["number"], type="status_changed", status="confirmed")
        for status in ("in_transit", "arrived", "arrived"):
            ttn = f"2045000000000{at}"
            assert (
                await stage.happens(answer["number"], type="parcel", ttn=ttn, status=status)
            ).status == 202
    await calm(stage)
    await maria.sees(f"№{kept['number']}: відправлено 2 березня. ТТН 20450000000000")
    arrived = await maria.sees("посилка прибула й чекає на вас (Нова пошта: Київ, Відділення №4)")
    assert "20450000000000" in arrived.text
    await later(stage, days=2)
    await stage.happens(fetched["number"], type="parcel", ttn="20450000000001", status="received")
    await later(stage, days=1)
    await maria.sees("уже третій день")
    await later(stage, days=5)
    assert count(maria, "уже третій день") == 1
    assert count(petro, "уже третій день") == 0
    assert count(maria, "прибула") == 1
    assert count(maria, "відправлено") == 1
    assert (await stage.state(fetched["number"]))["status"] == "received"


@pytest.mark.rule("R23", "R51")
async def test_without_a_chat_it_is_seen_that_nobody_was_told_and_the_news_wait_for_the_buyer(
    stage: Stage,
) -> None:
    answer = await stage.orders()
    number = answer["number"]
    await calm(stage)
    await stage.happens(number, type="status_changed", status="confirmed")
    await calm(stage)
    await press(stage, stage.owner, "Ввести ТТН", number)
    await types(stage, stage.owner, TTN)
    await press(stage, stage.owner, "Написати покупцю", number)
    await types(stage, stage.owner, "Додали подарунок")
    assert "Повідомлення збережено" in stage.owner.screen.text
    await later(stage, minutes=1)
    assert await told(stage, number, "shipped") == [("held", "no_chat")]
    assert "ТТН покупцю: ❌ не надіслано: немає чату з покупцем" in card(stage.owner, number).text
    row = next(row for row in (await stage.state(number))["notifications"] if row["event"] == "shipped")
    assert (row["recipient"], row["channel"]) == ("buyer", "none")

    maria = await stage.buyer("Марія", answer)
    await calm(stage)
    await maria.sees(f"відправлено 2 березня. ТТН {TTN}")
    await maria.sees("Додали подарунок")
    assert await told(stage, number, "shipped") == [("sent", None)]
    shown = (await card_now(stage, stage.owner, number)).text
    assert f"ТТН покупцю: {arrived_mark(maria)}" in shown


async def test_of_kept_news_only_the_last_is_told_and_none_of_a_closed_order(stage: Stage) -> None:
    arrived, over = await stage.orders(), await stage.orders()
    for at, answer in enumerate((arrived, over)):
        await stage.happens(answer["number"], type="status_changed", status="confirmed")
        for status in ("in_transit", "arrived"):
            await stage.happens(answer["number"], type="parcel", ttn=f"2045000000000{at}", status=status)
    await stage.happens(over["number"], type="status_changed", status="received")
    maria, petro = await stage.buyer("Марія", arrived), await stage.buyer("Петро", over)
    await calm(stage)
    await maria.sees("посилка прибула")
    assert count(maria, "відправлено") == 0
    assert "Стан: отримано" in petro.screen.text
    assert count(petro, "прибула") == 0
    await later(stage, days=3)
    assert count(maria, "уже третій день") == 1


async def test_a_buyer_who_stopped_the_bot_is_seen_on_the_card_and_the_holder_calls(stage: Stage) -> None:
    answer = await stage.orders()
    number = answer["number"]
    maria = await stage.buyer("Марія", answer)
    await calm(stage)
    await press(stage, stage.owner, "Беру в роботу", number)
    maria.blocks_bot()
    await stage.owner.sees("покупець зупинив бота")
    await calm(stage)
    assert "Покупець зупинив бота" in (await card_now(stage, stage.owner, number)).text
    await press(stage, stage.owner, "Написати покупцю", number)
    assert "не дійде" in stage.owner.screen.text
    await types(stage, stage.owner, "Ау")
    assert "не надіслано" in stage.owner.screen.text
    assert await told(stage, number, "seller_wrote") == [("held", "blocked")]
    maria.unblocks_bot()
    await types(stage, maria, "/start")
    await calm(stage)
    await press(stage, stage.owner, "Написати покупцю", number)
    await types(stage, stage.owner, "Знову тут")
    await maria.sees("Знову тут")


async def test_who_did_not_ask_for_silence_is_not_asked_to_confirm(stage: Stage) -> None:
    number = await taken_in(stage)
    state = await stage.state(number)
    assert [row["event"] for row in state["notifications"]] == ["new_order"]
    answer = await stage.orders()
    maria = await stage.buyer("Марія", answer)
    assert "Стан: магазин отримав замовлення" in maria.screen.text
    assert maria.screen.button("Все вірно") is None
