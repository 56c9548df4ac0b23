"""Goods that have waited for three days: the buyer comes, asks to keep them, or refuses; the shop hears it."""

import pytest

from bot.demo.person import Person
from models.errors import NoSuchOrder
from models.roles import Role
from models.workflow import WISHES, Action
from tests.conversation.hands import bare, calm, card_now, count, history, later, told, types
from tests.stage import Stage

TTN = "20450000000001"
BUTTONS = ["Заберу", "Перенести", "Відмовляюсь"]


async def waiting(stage: Stage, **changes: object) -> tuple[str, Person]:
    """An order at its branch since Monday 10:00, and its buyer."""
    answer = await stage.orders(**changes)
    number = answer["number"]
    maria = await stage.buyer("Марія", answer)
    await stage.happens(number, type="status_changed", status="confirmed")
    for status in ("in_transit", "arrived"):
        assert (await stage.happens(number, type="parcel", ttn=TTN, status=status)).status == 202
    await calm(stage)
    return number, maria


async def third_day(stage: Stage) -> tuple[str, Person]:
    number, maria = await waiting(stage)
    await later(stage, days=3)
    await maria.sees("уже третій день")
    return number, maria


async def taps(stage: Stage, person: Person, label: str) -> str:
    await person.presses(label).answered(20)
    await calm(stage)
    return person.screen.text


@pytest.mark.rule("G58")
async def test_the_three_answers_stand_under_the_third_days_message_and_not_under_the_arrival(
    stage: Stage,
) -> None:
    number, maria = await waiting(stage)
    arrived = [bare(label) for label in (await maria.sees("прибула")).labels]
    assert arrived == ["Відстежити посилку", "Є запитання"]
    await later(stage, days=3)
    reminder = await maria.sees(f"№{number}: посилка чекає на вас уже третій день")
    assert [bare(label) for label in reminder.labels] == [*BUTTONS, *arrived]
    assert TTN in maria.link("Відстежити посилку", on=reminder)


@pytest.mark.rule("G58")
async def test_who_comes_is_thanked_the_card_shows_it_and_nobody_is_rung(stage: Stage) -> None:
    number, maria = await third_day(stage)
    rung = len(stage.owner.messages)
    first = maria.presses("Заберу")
    await first.answered(20)
    await maria.replays(first).answered(20)
    await calm(stage)
    assert f"№{number}: дякуємо!" in maria.screen.text
    assert len(stage.owner.messages) == rung
    assert "Покупець: забере" in (await card_now(stage, stage.owner, number)).text
    assert [action for action, _ in await history(stage, number)].count("buyer_collect") == 1
    assert (await stage.state(number))["status"] == "waiting"


@pytest.mark.rule("G58", "G39")
async def test_a_day_that_is_asked_for_is_told_to_the_shop_once_however_often_it_is_tapped(
    stage: Stage,
) -> None:
    number, maria = await third_day(stage)
    asked = await taps(stage, maria, "Перенести")
    assert "до якого дня" in asked
    assert [bare(label) for label in maria.screen.labels] == ["Завтра", "Післязавтра", "Через 3 дні", "Назад"]
    tap = maria.presses("Післязавтра")
    await tap.answered(20)
    await maria.replays(tap).answered(20)
    await calm(stage)
    assert f"№{number}: передали магазину прохання потримати замовлення до 07.03" in maria.screen.text
    assert count(stage.owner, f"№{number}: покупець просить потримати замовлення до 07.03") == 1
    assert "просить потримати замовлення до 07.03" in (await card_now(stage, stage.owner, number)).text
    assert await told(stage, number, "buyer_wish") == [("sent", None)]
    assert (await stage.state(number))["status"] == "waiting"


async def test_a_day_that_has_come_meanwhile_is_asked_for_again(stage: Stage) -> None:
    number, maria = await third_day(stage)
    await taps(stage, maria, "Перенести")
    await later(stage, days=1)
    assert "цей день уже настав" in await taps(stage, maria, "Завтра")
    assert await told(stage, number, "buyer_wish") == []
    assert "до 07.03" in await taps(stage, maria, "Завтра")


async def test_until_when_may_be_said_in_words_which_the_shop_gets_to_the_letter(stage: Stage) -> None:
    halyna = await stage.hires("Галина", Role.OBSERVER)
    number, maria = await third_day(stage)
    await taps(stage, maria, "Перенести")
    maria.sends_sticker()
    await calm(stage)
    assert "лише текст" in maria.screen.text
    answer = await types(stage, maria, "Буду <b>у неділю</b>")
    assert "прохання передано магазину" in answer.text
    rung = await stage.owner.sees("Буду <b>у неділю</b>")
    assert rung.text.startswith(f"🗓 №{number}: покупець просить потримати")
    assert rung.button("Написати покупцю") is not None
    seen = await halyna.sees(f"№{number}: покупець просить потримати")  # who may not read a buyer's words
    assert "неділю" not in seen.text
    assert seen.button("Написати покупцю") is None
    assert "неділю" not in (await types(stage, maria, "Дякую")).text  # the dialogue is over
    assert count(stage.owner, "Дякую") == 1


@pytest.mark.rule("C24", "G57")
async def test_a_refusal_is_asked_about_once_and_is_a_request_that_moves_nothing(stage: Stage) -> None:
    number, maria = await third_day(stage)
    assert "відмовляєтесь від замовлення?" in await taps(stage, maria, "Відмовляюсь")
    assert maria.screen.labels == ["Так, відмовляюсь", "Ні"]
    assert "Стан: чекає на вас" in await taps(stage, maria, "Ні")
    assert await told(stage, number, "buyer_wish") == []
    reminder = await maria.sees("Стан: чекає на вас")
    refuse = f"b:{(await stage.state(number))['order_id']}:refuse"
    await maria.forges(refuse, reminder).answered(20)
    await calm(stage)
    tap = maria.presses("Так, відмовляюсь")
    await tap.answered(20)
    await maria.replays(tap).answered(20)
    await calm(stage)
    assert "передали магазину, що ви відмовляєтесь" in maria.screen.text
    assert count(stage.owner, f"№{number}: покупець відмовляється") == 1
    assert "Покупець: відмовляється" in (await card_now(stage, stage.owner, number)).text
    assert (await stage.state(number))["status"] == "waiting"


async def test_a_changed_mind_is_told_and_the_last_word_stands_on_the_card(stage: Stage) -> None:
    number, maria = await third_day(stage)
    await taps(stage, maria, "Відмовляюсь")
    await taps(stage, maria, "Так, відмовляюсь")
    await taps(stage, maria, "Заберу")
    assert count(stage.owner, f"№{number}: покупець передумав і забере") == 1
    text = (await card_now(stage, stage.owner, number)).text
    assert "Покупець: забере" in text
    assert "Покупець: відмовляється" not in text


@pytest.mark.case("C7")
@pytest.mark.parametrize("label", BUTTONS)
async def test_a_late_tap_is_answered_with_how_it_stands_now(stage: Stage, label: str) -> None:
    number, maria = await third_day(stage)
    old = maria.bearing(label, maria.chat)
    assert old is not None
    await stage.happens(number, type="parcel", ttn=TTN, status="received")
    await calm(stage)
    await maria.presses(label, on=old).answered(20)
    await calm(stage)
    assert f"№{number}: замовлення вже закрите («отримано»)" in maria.screen.text
    assert await told(stage, number, "buyer_wish") == []


async def test_only_the_orders_own_buyer_is_heard(stage: Stage) -> None:
    number, maria = await third_day(stage)
    await taps(stage, maria, "Перенести")
    petro = await stage.buyer("Петро", await stage.orders())
    before = await history(stage, number)
    order_id = (await stage.state(number))["order_id"]
    for data in (*(f"b:{order_id}:{wish}" for wish in ("collect", "refuse_yes")), f"u:{order_id}:2026-03-07"):
        assert "Немає доступу" in await petro.forges(data).answered(20)
    for data in (f"u:{order_id}:2026-99-99", f"u:{order_id}:2026-03-7", "u::"):
        assert "Немає доступу" in await maria.forges(data).answered(20)
    await calm(stage)
    for wish in WISHES:  # nor by the use case itself, whoever should ask it
        with pytest.raises(NoSuchOrder):
            await stage.app.orders.buyer_wishes(order_id, 1, wish, cause="hostile")
    assert await history(stage, number) == before


async def test_the_same_words_by_the_same_update_are_passed_on_once(stage: Stage) -> None:
    """As the inbox hands an update in again after a crash."""
    number, maria = await third_day(stage)
    order_id = (await stage.state(number))["order_id"]
    account = await stage.known(maria)
    assert account is not None
    for _ in range(2):
        await stage.app.orders.buyer_wishes(
            order_id, account.id, Action.BUYER_POSTPONE, cause="same", text="Буду в неділю"
        )
    await calm(stage)
    assert count(stage.owner, "Буду в неділю") == 1
