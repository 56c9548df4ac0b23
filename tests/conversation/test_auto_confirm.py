"""The buyer's "Все вірно" that confirms by itself, where the shop lets it; and what the sellers hear of it."""

import pytest

from tests.conversation.hands import (
    buttons,
    calm,
    card,
    count,
    forge,
    history,
    later,
    paid_by,
    press,
    types,
)
from tests.conversation.test_settings import NO_ACCESS, NOT_OWNER, taps, words_of
from tests.stage import Stage, open_stage


async def switches(stage: Stage, label: str) -> str:
    await types(stage, stage.owner, "/settings")
    await taps(stage, "Підтвердження покупцем")
    return (await taps(stage, label)).text


async def says_yes(stage: Stage, name: str = "Марія", *, taken: bool = False, **changes: object) -> str:
    """An order whose buyer wants no call and says that all is right; its number."""
    answer = await stage.orders(do_not_call=True, **changes)
    number = str(answer["number"])
    maria = await stage.buyer(name, answer)
    await calm(stage)
    if taken:
        await press(stage, stage.owner, "Беру в роботу", number)
    await maria.presses("Все вірно", on=maria.screen).answered(20)
    await calm(stage)
    return number


async def test_off_by_default_the_tap_is_an_answer_and_the_status_the_sellers(stage: Stage) -> None:
    await types(stage, stage.owner, "/settings")
    shown = await taps(stage, "Підтвердження покупцем")
    assert "Зараз: вимкнено" in shown.text
    assert words_of(shown) == ["Увімкнути", "Назад"]
    number = await says_yes(stage)
    assert await history(stage, number) == [("follow", "new"), ("buyer_confirm", "new")]
    assert count(stage.owner, "статус змінено") == 0


@pytest.mark.rule("C7", "RC17", "G04")
async def test_on_the_tap_takes_and_confirms_in_both_steps_and_says_who_did_it(stage: Stage) -> None:
    ivan = await stage.hires("Іван")
    assert "Зараз: увімкнено" in await switches(stage, "Увімкнути")
    number = await says_yes(stage)
    state = await stage.state(number)
    assert (state["status"], state["buyer_answer"]) == ("confirmed", "confirmed")
    assert [(event["actor"], event["action"], event["status"]) for event in state["history"][1:]] == [
        ("buyer", "buyer_confirm", "new"),
        ("buyer", "take_confirm", "in_work"),
        ("buyer", "take_confirm", "confirmed"),
    ]
    for person in (stage.owner, ivan):
        told = person.finds(f"№{number}: покупець підтвердив, статус змінено на «Дані підтверджені")
        assert told is not None
        assert "Змініть і в кабінеті" in told.text
    shown = card(stage.owner, number).text
    assert (
        "Змініть і в кабінеті: «Обробляється менеджером» → «Дані підтверджені. Очікує відправлення»" in shown
    )
    assert "Веде:" not in shown, "nobody holds it for that"
    assert buttons(stage.owner, number)[0] == "Ввести ТТН"
    assert "Повернути" not in buttons(stage.owner, number), "what a buyer did is not taken back by a tap"
    await press(stage, stage.owner, "Історія", number)
    told = stage.owner.finds("покупець · взято й підтверджено → «Дані підтверджені. Очікує відправлення»")
    assert told is not None
    assert "вимкнено" in await switches(stage, "Вимкнути")
    assert await history(stage, await says_yes(stage, "Петро")) == [
        ("follow", "new"),
        ("buyer_confirm", "new"),
    ]


@pytest.mark.rule("R52", "C1")
async def test_reminders_of_who_has_not_taken_it_stop_and_the_cabinets_go_on(stage: Stage) -> None:
    await switches(stage, "Увімкнути")
    number = await says_yes(stage)
    await later(stage, hours=3)
    assert count(stage.owner, "ще ніхто не взяв") == 0
    assert count(stage.owner, f"№{number} · у кабінеті ще не змінено, минули всі 2:00") == 1


async def test_an_order_that_somebody_holds_is_confirmed_and_its_holder_hears(stage: Stage) -> None:
    ivan = await stage.hires("Іван")
    await switches(stage, "Увімкнути")
    number = await says_yes(stage, taken=True)
    assert (await history(stage, number))[-2:] == [("buyer_confirm", "in_work"), ("confirm", "confirmed")]
    assert "Веде: Олена" in card(stage.owner, number).text
    assert count(stage.owner, f"№{number}: покупець підтвердив, статус змінено") == 1
    assert count(ivan, f"№{number}: покупець підтвердив") == 0


@pytest.mark.rule("C6", "RC15")
async def test_an_unpaid_order_is_confirmed_and_still_not_sent(stage: Stage) -> None:
    await switches(stage, "Увімкнути")
    number = await says_yes(stage, payment=paid_by("card", "pending"))
    assert (await stage.state(number))["status"] == "confirmed"
    assert "Ввести ТТН" not in buttons(stage.owner, number)
    assert "Відправляти ще не можна" in card(stage.owner, number).text


async def test_one_that_waits_for_its_payment_or_is_confirmed_already_stays_where_it_is(stage: Stage) -> None:
    await switches(stage, "Увімкнути")
    answer = await stage.orders(do_not_call=True, payment=paid_by("card", "pending"))
    number = answer["number"]
    maria = await stage.buyer("Марія", answer)
    await calm(stage)
    await press(stage, stage.owner, "Беру в роботу", number)
    await press(stage, stage.owner, "Чекаємо оплату", number)
    await maria.presses("Все вірно", on=maria.screen).answered(20)
    await calm(stage)
    assert (await stage.state(number))["status_name"] == "Очікує отримання оплати"
    assert count(stage.owner, "покупець відповів «Все вірно»") == 1


async def test_the_same_tap_twice_is_one_confirmation(stage: Stage) -> None:
    await switches(stage, "Увімкнути")
    answer = await stage.orders(do_not_call=True)
    maria = await stage.buyer("Марія", answer)
    await calm(stage)
    first = maria.presses("Все вірно", on=maria.screen)
    second = maria.replays(first)
    await first.answered(20)
    await second.answered(20)
    await calm(stage)
    assert [action for action, _ in await history(stage, answer["number"])].count("take_confirm") == 2
    assert count(stage.owner, "статус змінено") == 1


async def test_who_may_be_called_confirms_nothing_by_a_forged_tap(stage: Stage) -> None:
    await switches(stage, "Увімкнути")
    answer = await stage.orders()
    maria = await stage.buyer("Марія", answer)
    await forge(stage, maria, f"b:{answer['order_id']}:yes", maria.screen)
    assert (await stage.state(answer["number"]))["status"] == "new"


@pytest.mark.rule("C26", "G51")
async def test_on_globus_the_seller_presses_and_the_switch_is_not_there(database_url: str) -> None:
    async with open_stage(database_url, marketplace="globus") as globus:
        await types(globus, globus.owner, "/settings")
        shown = await taps(globus, "Підтвердження покупцем")
        assert "Глобус ТОП: підтверджує продавець після дзвінка" in shown.text
        assert words_of(shown) == ["Назад"]
        assert "підтверджує продавець" in await forge(globus, globus.owner, "bc:1:on", shown)
        assert not (await globus.app.shops.find("1")).buyer_confirms


@pytest.mark.case("C2", "C3")
async def test_the_switch_is_the_owners_alone(stage: Stage) -> None:
    ivan, stranger = await stage.hires("Іван"), stage.fake.person("Хтось")
    await types(stage, stranger, "/start")
    for data in ("bc:1:on", "bc:1:look", "ob:1:look", "ob:1:done"):
        assert NOT_OWNER in await forge(stage, ivan, data), data
        assert await forge(stage, stranger, data) == NO_ACCESS, data
        assert await forge(stage, stage.owner, data.replace(":1:", ":999:", 1)) == NO_ACCESS, data
    shop = await stage.app.shops.find("1")
    assert (shop.buyer_confirms, shop.silenced_at) == (False, None)
