"""A number and a word do what the button does, where buttons do not come through: the same deed, the same refusals."""

import pytest

from bot.demo.person import Person
from bot.demo.telegram import Kind, Message
from models.roles import Role
from models.worktime import WorkSchedule
from tests.conversation.hands import (
    MORE_TTNS,
    TTN,
    calm,
    card,
    confirmed,
    delivered_by,
    forge,
    history,
    is_on_viber,
    later,
    offered,
    paid_by,
    press,
    shipped,
    taken_in,
    told,
    types,
)
from tests.conversation.test_lists import second_shop
from tests.stage import Stage, order


async def said(stage: Stage, person: Person, text: str) -> list[Message]:
    """What the bot answered to a text, message by message."""
    before = {message.id for message in person.messages}
    await types(stage, person, text)
    return [message for message in person.messages if message.id not in before and message.sender.is_bot]


@pytest.mark.parametrize("typed", ["№{0} беру", "{0} беру", "беру {0}", "№{0} Беру в роботу", "{1} бер"])
async def test_a_new_order_is_taken_by_a_word(stage: Stage, typed: str) -> None:
    number = await taken_in(stage)
    await types(stage, stage.owner, typed.format(number, number[-4:]))
    assert stage.owner.screen is card(stage.owner, number)
    assert "Веде: Олена" in stage.owner.screen.text
    assert await history(stage, number) == [("follow", "new"), ("take", "in_work")]


async def test_an_order_goes_all_its_way_by_words(stage: Stage) -> None:
    answer = await stage.orders()
    number = answer["number"]
    maria = await stage.buyer("Марія", answer)
    for typed in ("беру", "кабінет", "підтв", f"ттн {TTN}", "отримано"):
        await types(stage, stage.owner, f"№{number} {typed}")
        await later(stage, seconds=11)
    assert [action for action, _ in await history(stage, number)] == [
        "follow",
        "take",
        "tick",
        "confirm",
        "ship",
        "received",
    ]
    await maria.sees(TTN)
    assert await told(stage, number, "shipped") == [("sent", None)]


@pytest.mark.parametrize("typed", ["ттн {0} {1}", "№{0} ттн {1}", "{0} ТТН 20 4500 0000 0001", "ttn {0} {1}"])
async def test_a_waybill_is_typed_with_its_order(stage: Stage, typed: str) -> None:
    number = await confirmed(stage)
    await types(stage, stage.owner, typed.format(number, TTN))
    assert f"ТТН {TTN}" in card(stage.owner, number).text
    assert (await stage.state(number))["status"] == "handed_over"


async def test_the_same_word_puts_a_waybill_right(stage: Stage) -> None:
    number = await shipped(stage, TTN)
    await later(stage, seconds=11)
    await types(stage, stage.owner, f"ттн {number} {MORE_TTNS[0]}")
    assert f"ТТН {MORE_TTNS[0]}" in card(stage.owner, number).text


async def test_what_must_be_told_is_asked_for_as_after_a_press(stage: Stage) -> None:
    number = await confirmed(stage)
    asked = await types(stage, stage.owner, f"№{number} ттн")
    assert f"№{number}: надішліть номер ТТН" in asked.text
    await types(stage, stage.owner, TTN)
    assert (await stage.state(number))["status"] == "handed_over"


async def test_a_bad_waybill_is_explained_and_a_better_one_may_follow(stage: Stage) -> None:
    number = await confirmed(stage)
    answer = await types(stage, stage.owner, f"ттн {number} 204")
    assert "не схоже на номер ТТН" in answer.text
    await types(stage, stage.owner, TTN)
    assert (await stage.state(number))["status"] == "handed_over"


async def test_a_cancel_asks_for_its_reason_or_takes_it_in_the_same_breath(stage: Stage) -> None:
    first, second = await taken_in(stage), await taken_in(stage)
    asked = await types(stage, stage.owner, f"№{first} скасувати")
    assert "чому скасовуємо?" in asked.text
    await stage.owner.presses("передумав").answered(20)
    await calm(stage)
    await types(stage, stage.owner, f"№{second} скасувати передумав")
    for number in (first, second):
        state = await stage.state(number)
        assert (state["status"], state["status_name"]) == ("cancelled", "Скасування. Клієнт передумав")


@pytest.mark.parametrize("reason", ["клієнт", "абракадабра", "немає"])
async def test_a_reason_that_is_unclear_or_locked_is_asked_for(stage: Stage, reason: str) -> None:
    number = await taken_in(stage)
    await press(stage, stage.owner, "Беру в роботу", number)
    answer = await types(stage, stage.owner, f"№{number} скасувати {reason} зв'язку")
    assert "чому скасовуємо?" in answer.text
    assert (await stage.state(number))["status"] == "in_work"


@pytest.mark.parametrize(("typed", "at"), [("30", "10:30"), ("1 год", "11:00"), ("15 хв", "10:15")])
async def test_a_reminder_is_asked_for_in_words(stage: Stage, typed: str, at: str) -> None:
    number = await taken_in(stage)
    said = (await types(stage, stage.owner, f"№{number} нагадати {typed}")).text
    assert said == f"№{number} · Нагадаємо 02.03 {at}"


async def test_a_word_with_one_slip_in_it_is_understood_and_with_two_it_is_asked_for(stage: Stage) -> None:
    number = await taken_in(stage)
    await types(stage, stage.owner, f"№{number} беру")
    assert "Не зрозуміли «пітдверждено»" in (await types(stage, stage.owner, f"№{number} пітдверждено")).text
    assert (await stage.state(number))["status"] == "in_work"
    await types(stage, stage.owner, f"№{number} підтвержено")
    assert (await stage.state(number))["status"] == "confirmed"


async def test_a_reminder_without_a_time_offers_some(stage: Stage) -> None:
    number = await taken_in(stage)
    for typed in ("нагадати", "нагадати колись", "нагадати 99999"):
        answer = await types(stage, stage.owner, f"№{number} {typed}")
        assert "коли нагадати?" in answer.text
        assert answer.button("30 хв")


async def test_the_history_the_card_and_a_word_to_the_buyer_are_a_word_away(stage: Stage) -> None:
    number = await taken_in(stage)
    assert "історія" in (await types(stage, stage.owner, f"№{number} історія")).text
    await types(stage, stage.owner, f"№{number} картка")
    assert stage.owner.screen is card(stage.owner, number)
    assert "Повідомлення збережеться" in (await types(stage, stage.owner, f"№{number} написати")).text
    assert "Повідомлення збережено" in (await types(stage, stage.owner, "Добрий день!")).text


@pytest.mark.rule("RC14", "C6")
async def test_refusals_are_those_of_the_press(stage: Stage) -> None:
    unpaid = await confirmed(stage, payment=paid_by("card", "pending"))
    refused = await said(stage, stage.owner, f"ттн {unpaid} {TTN}")
    assert "Оплата очікується" in refused[0].text
    assert (await stage.state(unpaid))["status"] == "confirmed"
    taken = await taken_in(stage)
    await types(stage, stage.owner, f"№{taken} беру")
    again = await said(stage, stage.owner, f"№{taken} беру")
    assert "Зараз так не можна" in again[0].text
    assert again[1] is card(stage.owner, taken)
    assert await history(stage, taken) == [("follow", "new"), ("take", "in_work")]


@pytest.mark.case("M2", "C3")
@pytest.mark.parametrize(
    ("role", "typed", "allowed"),
    [
        (Role.OBSERVER, "беру", False),
        (Role.OBSERVER, "нагадати 30", False),
        (Role.OBSERVER, "написати", False),
        (Role.PACKER, "беру", False),
        (Role.PACKER, "скасувати", False),
        (Role.PACKER, "нагадати 30", True),
        (Role.MANAGER, "беру", True),
    ],
)
async def test_a_word_opens_no_more_than_the_role_does(
    stage: Stage, role: Role, typed: str, allowed: bool
) -> None:
    ivan = await stage.hires("Іван", role)
    number = await taken_in(stage)
    answers = await said(stage, ivan, f"№{number} {typed}")
    assert ("Ваша роль у магазині цього не дозволяє" in answers[0].text) != allowed
    assert (await stage.state(number))["status"] == ("in_work" if typed == "беру" and allowed else "new")


async def test_an_unknown_word_is_answered_with_those_that_are_possible_now(stage: Stage) -> None:
    number = await taken_in(stage)
    for typed in ("абракадабра", "беру чи не беру", "по"):
        answer = await types(stage, stage.owner, f"№{number} {typed}")
        assert answer.text.startswith(f"№{number} · «Нове замовлення». Не зрозуміли «{typed}».")
        assert "«беру в роботу», «скасувати замовлення»" in answer.text
    assert (await stage.state(number))["status"] == "new"
    await stage.happens(number, type="buyer_cancelled")
    await calm(stage)
    assert "нічого робити не треба" in (await types(stage, stage.owner, f"№{number} абракадабра")).text


async def test_a_beginning_means_what_the_order_allows(stage: Stage) -> None:
    """Of "shipped" and "when shall we ship", a courier's order knows the first by another word."""
    number = await confirmed(stage)
    assert "Не зрозуміли «відпр»" in (await types(stage, stage.owner, f"№{number} відпр")).text
    fresh = await taken_in(stage)
    await types(stage, stage.owner, f"№{fresh} скас")
    assert "чому скасовуємо?" in stage.owner.screen.text


@pytest.mark.case("M4")
async def test_a_number_of_two_shops_asks_which_and_then_does_it(stage: Stage) -> None:
    key = await second_shop(stage, stage.owner)
    number = await confirmed(stage)
    await stage.post(order(number=number), key=key)
    await calm(stage)
    asked = await types(stage, stage.owner, f"ттн {number} {TTN}")
    assert "Є кілька замовлень" in asked.text
    assert [label.partition(" · ")[2] for label in asked.labels] == ["Самовар", "Друга"]
    assert (await stage.state(number))["status"] == "confirmed"
    await stage.owner.presses("Самовар", on=asked).answered(20)
    await calm(stage)
    assert (await stage.state(number))["status"] == "handed_over"
    assert "не діє" in await stage.owner.presses("Друга", on=asked).answered(20)


@pytest.mark.case("M1", "C3")
async def test_a_picked_order_of_another_shop_is_as_absent_as_any(stage: Stage) -> None:
    key = await second_shop(stage, stage.owner)
    number = await taken_in(stage)
    await stage.post(order(number=number), key=key)
    await calm(stage)
    other = await stage.app.shops.open("Чужий", "rozetka", WorkSchedule.parse("Mon-Sun 00:00-24:00"))
    foreign = (await stage.post(order(), key=other.api_key)).body["order_id"]
    answers = []
    for public_id in (foreign, "AAAAAAAAAAAA"):
        asked = await types(stage, stage.owner, f"№{number} беру")
        await forge(stage, stage.owner, f"k:{public_id}", asked)
        answers.append(stage.owner.screen.text)
    assert answers == ["Немає доступу або такого замовлення немає."] * 2


async def test_a_lone_waybill_is_offered_to_the_one_order_that_waits_for_it(stage: Stage) -> None:
    number = await confirmed(stage)
    await confirmed(stage, delivery=delivered_by("ukrposhta"))
    await confirmed(stage, payment=paid_by("card", "pending"))
    offer = await types(stage, stage.owner, "20 4500 0000 0001")
    assert offer.text == f"Схоже на ТТН (Нова пошта). Записати {TTN} у замовлення №{number}?"
    assert (await stage.state(number))["status"] == "confirmed"
    await stage.owner.presses("Так, записати").answered(20)
    await calm(stage)
    assert (await stage.state(number))["status"] == "handed_over"
    assert f"ТТН {TTN}" in stage.owner.screen.text


async def test_a_lone_waybill_for_several_orders_asks_for_a_number(stage: Stage) -> None:
    first, _ = await confirmed(stage), await confirmed(stage)
    answer = await types(stage, stage.owner, TTN)
    assert offered(answer) == []
    assert f"ттн {first} {TTN}" in answer.text


async def test_a_lone_waybill_that_nobody_waits_for_is_a_number_that_is_not_there(stage: Stage) -> None:
    await taken_in(stage)
    assert "такого замовлення немає" in (await types(stage, stage.owner, TTN)).text
    ivan = await stage.hires("Іван", Role.OBSERVER)
    await confirmed(stage)
    assert "такого замовлення немає" in (await types(stage, ivan, TTN)).text


async def test_an_offer_that_came_too_late_says_what_is_now(stage: Stage) -> None:
    number = await confirmed(stage)
    offer = await types(stage, stage.owner, TTN)
    await types(stage, stage.owner, f"ттн {number} {MORE_TTNS[0]}")
    answer = await stage.owner.presses("Так, записати", on=offer).answered(20)
    assert "Вже змінено" in answer
    await calm(stage)
    assert f"ТТН {MORE_TTNS[0]}" in card(stage.owner, number).text


@pytest.mark.case("B9")
async def test_a_text_whose_answer_was_lost_is_handled_again_and_does_it_once(stage: Stage) -> None:
    """A waybill does not become its own correction."""
    number = await confirmed(stage)
    method = "send_message" if is_on_viber(stage.owner) else "sendMessage"
    stage.fake.faults.script(Kind.RESET, method=method, chat=stage.owner.id)
    await types(stage, stage.owner, f"ттн {number} {TTN}")
    assert len(stage.fake.faults.struck) == 1
    assert (await history(stage, number))[-1] == ("ship", "handed_over")
    assert stage.owner.screen is card(stage.owner, number)
