"""A buyer gives their own number, so that later orders with it come to the chat; nobody else's counts."""

from collections.abc import Callable
from functools import partial

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.demo.person import Person
from models.people import Account
from models.worktime import WorkSchedule
from tests.conversation.hands import bare, calm, card, count, data_of, later, press, told, types
from tests.stage import Stage, order

OWN = pytest.mark.only_on("telegram", "Viber does not tell whose number a contact is (facts: viber, 4.11)")
GIVE, BACK = "Повідомляти про наступні замовлення", "Не повідомляти більше"
NOT_OWN = "Це не ваш номер"


def phones(session: Session) -> dict[str, str | None]:
    return {account.name: account.phone for account in session.scalars(select(Account))}


async def buyer(stage: Stage, name: str = "Марія") -> Person:
    """Somebody with one order, whose number is another one."""
    person = await stage.buyer(name, await stage.orders(do_not_call=True))
    await person.sees("Все правильно?")
    return person


async def taps(stage: Stage, person: Person, label: str) -> str:
    answer = await person.presses(label).answered(20)
    await calm(stage)
    return answer


async def gives(stage: Stage, person: Person) -> None:
    await types(stage, person, "/start")
    await taps(stage, person, GIVE)
    person.taps("Поділитися номером")
    await person.sees("Дякуємо! Замовлення на номер")
    await calm(stage)


def to(person: Person) -> dict[str, str]:
    return {"name": "Тарас Непийвода", "phone": f"+{person.phone}"}


@OWN
@pytest.mark.case("D7", "D8")
async def test_a_later_order_with_the_given_number_is_the_buyers_and_asks_what_is_to_be_asked(
    stage: Stage,
) -> None:
    maria = await buyer(stage)
    await taps(stage, maria, "Все вірно")
    assert bare(maria.screen.labels[-1]) == GIVE  # offered with the first answer
    await taps(stage, maria, GIVE)
    maria.user.phone = "380671112233"
    maria.taps("Поділитися номером")
    thanks = await maria.sees("Дякуємо! Замовлення на номер")
    assert maria.phone[-4:] in thanks.text
    assert thanks.markup == {"remove_keyboard": True}
    hers = await stage.orders(buyer=to(maria) | {"phone": "067 111-22-33"}, do_not_call=True)
    other = await stage.orders(do_not_call=True)
    await calm(stage)
    assert count(maria, f"№{hers['number']} прийнято") == 1
    assert count(maria, other["number"]) == 0
    assert "Чат з покупцем є" in card(stage.owner, hers["number"]).text
    await taps(stage, maria, "Все вірно")
    assert (await stage.state(hers["number"]))["buyer_answer"] == "confirmed"


@OWN
async def test_an_order_of_another_shop_comes_too_and_one_that_asks_nothing_comes_in_silence(
    stage: Stage,
) -> None:
    maria = await buyer(stage)
    await gives(stage, maria)
    other = await stage.app.shops.open("Праска", "own", WorkSchedule.parse("Mon-Fri 09:00-18:00"))
    body = order(buyer=to(maria))
    before = len(maria.messages)
    assert (await stage.post(body, key=other.api_key)).status == 202
    await calm(stage)
    assert len(maria.messages) == before
    assert f"№{body['number']} · «Праска»" in (await types(stage, maria, "/start")).text


@OWN
@pytest.mark.rule("R35")
async def test_the_question_about_an_order_of_the_night_comes_in_the_morning(stage: Stage) -> None:
    maria = await buyer(stage)
    await gives(stage, maria)
    await later(stage, hours=12)
    hers = await stage.orders(buyer=to(maria), do_not_call=True)
    await later(stage, minutes=1)
    assert count(maria, hers["number"]) == 0
    await later(stage, hours=11)
    assert count(maria, f"№{hers['number']} прийнято") == 1
    assert await told(stage, hers["number"], "confirm_request") == [("sent", None)]


@OWN
async def test_what_is_taken_back_is_over_and_what_came_stays(stage: Stage) -> None:
    maria = await buyer(stage)
    await gives(stage, maria)
    kept = await stage.orders(buyer=to(maria))
    await types(stage, maria, f"/start {kept['buyer']['start']}")
    assert "більше не повідомлятимемо" in await taps(stage, maria, BACK)
    assert maria.screen.button(GIVE) is not None
    after = await stage.orders(buyer=to(maria), do_not_call=True)
    await calm(stage)
    assert count(maria, after["number"]) == 0
    assert "Чату з покупцем немає" in card(stage.owner, after["number"]).text
    assert f"№{kept['number']}" in (await types(stage, maria, "/start")).text


@OWN
@pytest.mark.case("D7", "D9")
async def test_only_ones_own_contact_in_the_private_chat_counts(stage: Stage) -> None:
    maria, petro = await buyer(stage), await buyer(stage, "Петро")
    group = stage.fake.group("Чат", [maria])
    await types(stage, maria, "/start")
    await taps(stage, maria, GIVE)
    maria.shares_contact(chat=group)
    await calm(stage)
    own = {"first_name": "Марія", "user_id": maria.id}
    shares: list[Callable[[], object]] = [
        partial(maria.shares_contact, petro),
        partial(maria.shares_contact, False),
        partial(maria.shares_contact, forwarded=True),
        # Too short; a Cyrillic letter for a zero; a Latin one for a one.
        *(
            partial(maria.sends, {"contact": own | {"phone_number": number}})
            for number in ("48", "38О671234567", "38067l234567")
        ),
    ]
    for share in shares:
        share()
        await calm(stage)
        assert NOT_OWN in maria.screen.text
    assert await stage.app.db.read(phones) == {"Олена": None, "Марія": None, "Петро": None}


@OWN
async def test_who_thinks_better_of_it_goes_on_as_before(stage: Stage) -> None:
    maria = await buyer(stage)
    await types(stage, maria, "/start")
    await taps(stage, maria, GIVE)
    maria.taps("Не ділитися")
    assert (await maria.sees("номер не потрібен")).markup == {"remove_keyboard": True}
    await calm(stage)
    assert count(stage.owner, "Не ділитися") == 0  # it is no question to the shop
    await types(stage, maria, "Коли буде?")
    assert count(stage.owner, "Коли буде?") == 1
    assert (await stage.app.db.read(phones))["Марія"] is None


@OWN
async def test_a_number_has_one_chat_the_last_that_proved_it(stage: Stage) -> None:
    maria, petro = await buyer(stage), await buyer(stage, "Петро")
    await gives(stage, maria)
    petro.user.phone = maria.phone  # the SIM card changed hands
    await gives(stage, petro)
    hers = await stage.orders(buyer=to(petro), do_not_call=True)
    await calm(stage)
    assert (count(maria, hers["number"]), count(petro, hers["number"])) == (0, 1)


async def test_a_stranger_and_a_seller_give_no_number(stage: Stage) -> None:
    stranger = stage.fake.person("Незнайко")
    stranger.shares_contact()
    stage.owner.shares_contact()
    await calm(stage)
    assert "Відкрийте посилання" in stranger.screen.text
    assert "Не зрозуміли" in stage.owner.screen.text
    assert await stage.app.db.read(phones) == {"Олена": None}


@OWN
@pytest.mark.rule("R07")
async def test_who_works_in_the_shop_is_not_made_its_buyer(stage: Stage) -> None:
    """A seller who buys elsewhere has a number of their own; the orders of their own shop are not theirs by it."""
    other = await stage.app.shops.open("Праска", "own", WorkSchedule.parse("Mon-Fri 09:00-18:00"))
    foreign = (await stage.post(order(), key=other.api_key)).body
    await types(stage, stage.owner, f"/start {foreign['buyer']['start']}")
    await taps(stage, stage.owner, GIVE)
    stage.owner.taps("Поділитися номером")
    await stage.owner.sees("Дякуємо! Замовлення на номер")
    mine = await stage.orders(buyer=to(stage.owner), do_not_call=True)
    await calm(stage)
    assert "Чату з покупцем немає" in card(stage.owner, mine["number"]).text
    await press(stage, stage.owner, "Беру в роботу", mine["number"])


@OWN
async def test_nobody_gives_or_takes_back_a_number_by_a_foreign_order(stage: Stage) -> None:
    maria, petro = await buyer(stage), await buyer(stage, "Петро")
    await gives(stage, maria)
    await types(stage, maria, "/start")
    button = maria.screen.button(BACK)
    assert button is not None
    for data in (data_of(button), "ph:AAAAAAAAAAAA:give", "ph::give"):
        assert "Немає доступу" in await petro.forges(data).answered(20)
    assert (await stage.app.db.read(phones))["Марія"] == f"+{maria.phone}"


@pytest.mark.only_on("viber", "there nobody can show whose a number is")
async def test_on_viber_no_number_is_asked_for_and_a_contact_is_a_word_to_the_shop(stage: Stage) -> None:
    answer = await stage.orders(do_not_call=True)
    maria = await stage.buyer("Марія", answer)
    await taps(stage, maria, "Все вірно")
    await types(stage, maria, "/start")
    assert not any(GIVE in label for message in maria.messages for label in message.labels)
    for wish in ("give", "take_back"):
        assert "Немає доступу" in await maria.forges(f"ph:{answer['order_id']}:{wish}").answered(20)
    maria.shares_contact()
    await calm(stage)
    assert maria.phone in (await stage.owner.sees(f"№{answer['number']}: покупець пише")).text
    hers = await stage.orders(buyer=to(maria), do_not_call=True)
    await calm(stage)
    assert count(maria, hers["number"]) == 0
    assert (await stage.app.db.read(phones))["Марія"] is None
