"""A buyer whom nothing reached has another number: what is still true and untold goes there, once (RC10, R51)."""

from collections.abc import AsyncIterator
from typing import Any, cast

import pytest
from sqlalchemy import select, update

from bot.demo.viber import Person as ViberPerson
from models import migrate
from models.order import Order
from models.roles import Role
from models.shop import Shop
from models.worktime import WorkSchedule
from tests.conversation.hands import TTN, card_now, count, in_database, is_on_viber, press, types
from tests.conversation.test_forget import forgets
from tests.outbox.buyers import CALLED, PHONE, WORDS, World, open_world

OTHER, TYPED = "380509876543", "8 050 987 65 43"
QUESTION = "підтвердьте замовлення"


@pytest.fixture
async def world(database_url: str) -> AsyncIterator[World]:
    async with open_world(database_url) as opened:
        yield opened


async def untold(world: World, **changes: Any) -> None:
    """A question that nothing has brought to its buyer, and a seller who has been told to call."""
    world.sms.refusals[PHONE] = 404
    await world.asks(
        buyer={"name": "Тарас Непийвода", "phone": f"+{PHONE}"} | changes.pop("buyer", {}), **changes
    )
    await world.goes(minutes=1)
    await world.goes(minutes=1)
    assert world.warned()


async def says(world: World, number: str = TYPED) -> str:
    """Another number, by the button of the last message that has one; the bot's next words."""
    owner = world.stage.owner
    await owner.presses("Неправильний номер").answered(20)
    await world.settled()
    owner.types(number)
    await world.settled()
    return next(
        one.text
        for one in owner.chat.newest_first()
        if one.sender is not owner.user and "записано" in one.text
    )


def texts(world: World, number: str = OTHER) -> list[str]:
    return [text.shown for text in world.sms.phone(number)]


async def shown(world: World) -> str:
    return (await card_now(world.stage, world.stage.owner, world.number)).text


async def test_the_question_goes_to_the_other_number_once_whatever_is_pressed_and_cut(world: World) -> None:
    """TurboSMS takes it and the line is cut; the number is said again; the message is told apart in words."""
    await untold(world)
    world.sms.planted.append("deaf")
    assert "Туди йде SMS: Запит «Все вірно?»" in await says(world)
    if not is_on_viber(world.stage.owner):  # where the button has gone with its keyboard
        await says(world)
    await world.goes(minutes=1)
    await world.goes(minutes=1)
    await world.goes(minutes=1)
    (text,) = texts(world)
    assert QUESTION in text
    assert "(SMS на інший номер): ✔️ доставлено" in await shown(world)
    assert (await world.red(), count(world.stage.owner, CALLED)) == (False, 1)
    await world.goes(hours=5)
    assert (len(texts(world)), texts(world, PHONE)) == (1, [])


async def test_an_order_from_before_is_found_by_the_other_number(world: World) -> None:
    """The migration writes anew what an order with another number is found by."""
    await untold(world)
    await says(world)
    await world.stage.app.db.run(lambda connection: migrate.downgrade(connection, "0013"))
    assert "немає" in (await types(world.stage, world.stage.owner, OTHER[2:])).text
    await world.stage.app.db.run(migrate.upgrade)
    assert f"№{world.number}" in (await types(world.stage, world.stage.owner, OTHER[2:])).text


@pytest.mark.case("M1", "M2")
async def test_the_order_is_found_by_the_other_number_where_the_buyer_may_be_seen(world: World) -> None:
    """Nor by anybody of another shop: that something is found tells that it is there."""
    stage = world.stage
    ivan = await stage.hires("Іван", Role.OBSERVER)
    other = await stage.app.shops.open("Чужий", "rozetka", WorkSchedule.parse("Mon-Sun 00:00-24:00"))
    rival = stage.fake.person("Суперник")
    await types(stage, rival, f"/start {other.invite.start}")
    await untold(world)
    await says(world)
    await world.settled()
    for typed in (TYPED, f"+{OTHER}", OTHER[2:], OTHER[-4:], f"Тарас {OTHER[-4:]}", f"+{PHONE}"):
        stage.owner.types(typed)
        await world.settled()
        found = stage.owner.screen
        assert f"№{world.number}" in found.text.partition("\n")[0], typed
        assert f"Інший номер: +{OTHER}" in found.text
        for stranger in (ivan, rival):
            assert world.number not in (await types(stage, stranger, typed)).text, typed


@pytest.mark.only_on("viber", "Telegram says of no message that it has come after all")
async def test_whom_the_chat_has_reached_since_is_not_told_again_by_sms(world: World) -> None:
    """The phone was off until the call had been asked for."""
    maria = cast(ViberPerson, await world.chats(mail=False))
    world.sms.refusals[PHONE] = 404
    maria.turns_off()
    await world.writes()
    for _ in range(6):
        await world.goes(minutes=10)
    assert world.warned()
    maria.turns_on()
    await world.goes(minutes=1)
    assert "Наступні SMS ітимуть туди" in await says(world)
    for _ in range(3):
        await world.goes(minutes=1)
    assert (texts(world), len(world.letters())) == ([], 1)


async def test_a_number_that_nothing_reaches_either_is_a_call_again(world: World) -> None:
    await untold(world)
    world.sms.refusals[OTHER] = 404
    await says(world)
    for _ in range(2):
        await world.goes(minutes=1)
    assert (await world.red(), count(world.stage.owner, CALLED)) == (True, 2)
    assert "подзвоніть покупцеві" in await says(world), "it has failed there already"
    assert await world.red()


async def test_of_what_is_untold_the_last_news_goes_and_no_question_of_a_parcel_under_way(
    world: World,
) -> None:
    await untold(world)
    await world.stage.happens(world.number, type="status_changed", status="confirmed")
    await world.settled()
    await press(world.stage, world.stage.owner, "Ввести ТТН", world.number)
    await world.stage.owner.presses("Відправити на свій ризик").answered(20)
    await types(world.stage, world.stage.owner, TTN)
    for _ in range(3):
        await world.goes(minutes=1)
    assert count(world.stage.owner, CALLED) == 2
    assert "Туди йде SMS: ТТН покупцю" in await says(world)
    await world.goes(minutes=1)
    assert [(TTN in text, QUESTION in text) for text in texts(world)] == [(True, False)]


MEANWHILE = (
    None,
    {"type": "buyer_cancelled"},
    {"type": "status_changed", "status": "delivering"},
)


@pytest.mark.parametrize("meanwhile", MEANWHILE, ids=["nothing", "cancelled", "sent"])
async def test_by_night_it_waits_and_goes_if_it_is_still_true_whatever_the_old_number_says(
    world: World, meanwhile: dict[str, str] | None
) -> None:
    world.fate = None
    await world.asks(buyer={"name": "Тарас Непийвода", "phone": f"+{PHONE}"})
    for minutes in (1, 31, 12 * 60):
        await world.goes(minutes=minutes)
    assert count(world.stage.owner, CALLED) == 1
    assert "О 09:00 туди піде SMS" in await says(world)
    assert "(SMS на інший номер): ⏳ надійде о 09:00" in await shown(world)
    world.fate = "Delivered"  # to whoever has the old number
    await world.goes(minutes=5)
    if meanwhile is not None:
        assert (await world.stage.happens(world.number, **meanwhile)).status == 202
    assert texts(world) == []
    await world.goes(hours=11)
    await world.goes(minutes=1)
    assert len(texts(world)) == (1 if meanwhile is None else 0)
    assert len(texts(world, PHONE)) == 1


async def test_what_the_chat_has_told_is_not_told_again(world: World) -> None:
    maria = await world.chats(do_not_call=True, mail=False)
    maria.blocks_bot()
    world.sms.refusals[PHONE] = 404
    await world.settled()
    await world.writes()
    await world.writes()
    for _ in range(3):
        await world.goes(minutes=1)
    assert "Туди йде SMS: Ваше повідомлення" in await says(world)
    await world.goes(minutes=1)
    assert [QUESTION in text for text in texts(world)] == [False]
    assert WORDS not in texts(world)[0]


async def test_beyond_the_cap_of_the_day_nothing_goes_and_the_card_stays_red(world: World) -> None:
    await untold(world)
    await in_database(world.stage, lambda session: session.execute(update(Shop).values(sms_cap=1)))
    assert "Зараз SMS туди не піде: подзвоніть покупцеві" in await says(world)
    await world.goes(minutes=1)
    assert (texts(world), await world.red()) == ([], True)
    assert count(world.stage.owner, "вже 1 SMS, це ваша межа") == 1


async def test_a_call_centre_order_stays_a_call_and_the_sms_an_extra(world: World) -> None:
    """R51: whatever number is known of the buyer."""
    await untold(world, source="call_centre", buyer={"account_linked": False})
    before = count(world.stage.owner, CALLED)
    await says(world)
    await world.goes(minutes=1)
    called = [one.text for one in world.stage.owner.messages if CALLED in one.text]
    assert len(called) == before + 1
    assert f"+{OTHER}" in called[-1]
    assert len(texts(world)) == 1


@pytest.mark.only_on("telegram", "who has left Viber comes back as somebody else")
async def test_of_who_has_been_forgotten_meanwhile_no_number_is_kept(world: World) -> None:
    maria = await world.chats(do_not_call=True, mail=False)
    maria.blocks_bot()
    world.sms.refusals[PHONE] = 404
    await world.settled()
    await world.writes()
    for _ in range(3):
        await world.goes(minutes=1)
    owner = world.stage.owner
    await owner.presses("Неправильний номер").answered(20)
    maria.unblocks_bot()
    await forgets(world.stage, maria)
    assert "Дані покупця видалено" in (await types(world.stage, owner, TYPED)).text
    assert await in_database(
        world.stage, lambda session: session.scalars(select(Order.contact_phone)).all()
    ) == [None]
