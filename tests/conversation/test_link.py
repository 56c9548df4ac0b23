"""The buyer's link in a member's hands: passed on, shown, replaced; and what a stranger who opens it may see."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot.demo.person import Person
from bot.demo.telegram import Message, utf16
from models.errors import NoSuchOrder, NotAllowed
from models.roles import Role
from tests.conversation.hands import (
    bare,
    calm,
    card_now,
    count,
    delivered_by,
    door,
    enters,
    history,
    is_answer,
    is_on_viber,
    later,
    offered,
    press,
    types,
)
from tests.stage import Stage, open_stage

LINK = "Посилання для покупця"
TTN = "20450000000001"
SECRETS = ("Непийвода", "671234567", "+380", "Садова", "кв. 3")


async def asks(stage: Stage, person: Person, number: str) -> Any:
    """The screen of the link. On Viber the text to copy is a message below it."""
    await press(stage, person, LINK, number)
    found = person.finds("перешліть покупцеві цей текст")
    assert found is not None
    return found


def link_now(stage: Stage) -> str:
    """The link in the text that the owner copies."""
    return next(word for word in stage.owner.copies("Скопіювати текст").split() if "://" in word)


async def bytes_of(stage: Stage, picture: Message) -> bytes:
    """A picture that somebody was sent, as whoever looks at it gets it."""
    if is_on_viber(stage.owner):
        async with stage.http.get(picture.content["picture"]["media"]) as answer:
            return await answer.read()
    assert picture.content["photo"]
    (call,) = stage.fake.calls.of("sendPhoto")
    return bytes(call.params["photo"].data)


async def taps(stage: Stage, person: Person, label: str) -> str:
    answer = await person.presses(label).answered(20)
    await calm(stage)
    return answer


async def test_the_screen_holds_the_text_the_chat_the_picture_and_another_link(stage: Stage) -> None:
    answer = await stage.orders()
    await calm(stage)
    shown = await asks(stage, stage.owner, answer["number"])
    buttons = ["Чат за номером", "QR-код", "Нове посилання", "До замовлення"]
    if not is_on_viber(stage.owner):  # no button of Viber's copies: the text comes as a message of its own
        buttons.insert(0, "Скопіювати текст")
    assert [bare(label) for label in offered(shown)] == buttons
    chat = "viber://chat?number=%2B380671234567" if is_on_viber(stage.owner) else "https://t.me/+380671234567"
    assert stage.owner.link("Чат за номером") == chat
    copied = stage.owner.copies("Скопіювати текст")
    assert door(stage, answer) in copied
    assert utf16(copied) <= 256
    assert ("«Старт»" in copied) is not is_on_viber(stage.owner)  # nothing is called so there


@pytest.mark.rule("RC10")
async def test_a_number_that_nobody_can_have_opens_no_chat(stage: Stage) -> None:
    answer = await stage.orders(buyer={"name": "Тарас Непийвода", "phone": "+380001234567"})
    await calm(stage)
    shown = await asks(stage, stage.owner, answer["number"])
    words = [bare(label) for label in offered(shown)]
    assert "Чат за номером" not in words
    assert "QR-код" in words


@pytest.mark.rule("R40")
async def test_the_picture_is_the_link_and_says_that_it_is_not_for_parcels(stage: Stage) -> None:
    answer = await stage.orders()
    await calm(stage)
    await asks(stage, stage.owner, answer["number"])
    await taps(stage, stage.owner, "QR-код")
    picture = stage.owner.screen
    assert f"№{answer['number']}" in picture.text
    assert "Не друкуйте й не вкладайте в посилку" in picture.text
    assert (await bytes_of(stage, picture)).startswith(b"\x89PNG")


@pytest.mark.case("D2")
async def test_another_link_kills_the_old_one_at_once_and_one_tap_makes_one(stage: Stage) -> None:
    answer = await stage.orders()
    number, old = answer["number"], door(stage, answer)
    await calm(stage)
    await asks(stage, stage.owner, number)
    tap = stage.owner.presses("Нове посилання")
    assert is_answer(await tap.answered(20), "Посилання нове. Попереднє більше не діє.")
    await stage.owner.replays(tap).answered(20)
    await calm(stage)
    fresh = link_now(stage)
    assert fresh != old
    assert [action for action, _ in await history(stage, number)].count("relink") == 1
    maria = stage.fake.person("Марія")
    maria.opens(old.rpartition("/")[2] if is_on_viber(maria) else old)
    assert (await maria.sees("Посилання")).text == "Посилання не діє. Попросіть у магазину нове."
    await enters(stage, maria, fresh)
    await maria.sees(f"№{number}")


@pytest.mark.case("D1")
async def test_another_link_for_a_tied_buyer_asks_first_and_then_unties(stage: Stage) -> None:
    answer = await stage.orders(do_not_call=True)
    number = answer["number"]
    stranger = await stage.buyer("Чужий", answer)
    await stranger.presses("Все вірно").answered(20)
    await calm(stage)
    assert "Покупець підтвердив" in (await card_now(stage, stage.owner, number)).text
    shown = await asks(stage, stage.owner, number)
    assert "Чат з покупцем уже є" in shown.text
    await taps(stage, stage.owner, "Нове посилання")
    assert "Відв'язати покупця?" in stage.owner.screen.text
    await taps(stage, stage.owner, "Ні, лишити")
    assert door(stage, answer) in stage.owner.copies("Скопіювати текст")
    await taps(stage, stage.owner, "Нове посилання")
    await taps(stage, stage.owner, "Так, відв'язати")
    fresh = link_now(stage)
    shown = await card_now(stage, stage.owner, number)
    assert "Посилання для покупця нове, чату ще немає" in shown.text
    assert "Покупець підтвердив" not in shown.text  # what a stranger answered counts no longer

    ask = stranger.presses("Є запитання")
    assert "Немає доступу" in await ask.answered(20)
    assert "Щоб отримувати повідомлення" in (await types(stage, stranger, "/start")).text
    maria = stage.fake.person("Марія")
    await enters(stage, maria, fresh)
    await maria.sees("Все правильно?")
    await maria.presses("Все вірно").answered(20)
    await calm(stage)
    assert "Покупець підтвердив" in (await card_now(stage, stage.owner, number)).text
    assert count(stage.owner, "Дзвонити не треба") == 2


async def test_what_the_untied_one_was_still_to_be_told_goes_to_the_buyer_alone(stage: Stage) -> None:
    answer = await stage.orders()
    number = answer["number"]
    stranger = await stage.buyer("Чужий", answer)
    await stage.happens(number, type="status_changed", status="confirmed")
    await later(stage, hours=12)
    await press(stage, stage.owner, "Ввести ТТН", number)
    await types(stage, stage.owner, TTN)
    await later(stage, minutes=1)
    await asks(stage, stage.owner, number)
    await taps(stage, stage.owner, "Нове посилання")
    await taps(stage, stage.owner, "Так, відв'язати")
    fresh = link_now(stage)
    await later(stage, hours=12)
    assert count(stranger, TTN) == 0
    maria = stage.fake.person("Марія")
    await enters(stage, maria, fresh)
    await maria.sees(f"відправлено 2 березня. ТТН {TTN}")
    await later(stage, seconds=11)
    assert count(stranger, TTN) == 0


@pytest.mark.case("C3", "M2")
async def test_only_who_may_pass_the_link_on_replaces_it(stage: Stage) -> None:
    olha = await stage.hires("Ольга", Role.OBSERVER)
    answer = await stage.orders()
    maria = await stage.buyer("Марія", answer)
    await calm(stage)
    before = await history(stage, answer["number"])
    for wish in ("show", "qr", "new", "untie"):
        data = f"k:{answer['order_id']}:{wish}:1"
        assert "роль" in await olha.forges(data).answered(20)
        assert "Немає доступу" in await maria.forges(data).answered(20)
        assert "Немає доступу" in await stage.owner.forges(f"k:AAAAAAAAAAAA:{wish}:1").answered(20)
    await calm(stage)
    for person, refusal in ((olha, NotAllowed), (maria, NoSuchOrder)):  # nor by the use case itself
        account = await stage.known(person)
        assert account is not None
        with pytest.raises(refusal):
            await stage.app.orders.renew_link(answer["order_id"], account.id, 1, cause="hostile", untie=True)
    assert await history(stage, answer["number"]) == before
    calls = stage.fake.calls
    assert calls.of("sendPhoto") == []
    assert [sent for sent in calls.of("send_message") if sent.params.get("type") == "picture"] == []


async def test_a_closed_order_gets_no_other_link(stage: Stage) -> None:
    answer = await stage.orders()
    await calm(stage)
    await asks(stage, stage.owner, answer["number"])
    old = stage.owner.screen
    await stage.happens(answer["number"], type="buyer_cancelled")
    await calm(stage)
    said = await stage.owner.presses("Нове посилання", on=old).answered(20)
    assert "вже закрите" in said


@pytest.fixture
async def public(database_url: str) -> AsyncIterator[Stage]:
    async with open_stage(database_url, public_url="https://shop.example") as opened:
        yield opened


@pytest.mark.only_on(
    "telegram", "Viber calls the bot at its public address: on Viber the other tests have it, too"
)
async def test_where_our_pages_are_reached_from_outside_the_link_is_that_of_the_page(public: Stage) -> None:
    answer = await public.orders()
    await calm(public)
    await asks(public, public.owner, answer["number"])
    start = answer["buyer"]["start"]
    assert f"https://shop.example/b/{start}" in public.owner.copies("Скопіювати текст")
    assert answer["buyer"]["telegram"] == f"https://t.me/orderbell_bot?start={start}"


async def test_the_page_names_the_button_that_is_there(stage: Stage) -> None:
    answer = await stage.orders()
    async with stage.http.get(f"{stage.app.url}/b/{answer['buyer']['start']}") as page:
        text = await page.text()
    there, elsewhere = ("«Отримувати повідомлення тут»", "«Старт»")[:: 1 if is_on_viber(stage.owner) else -1]
    assert there in text
    assert elsewhere not in text


DOOR = "Київ, вул. Садова, 7, кв. 3"
NEWS = [
    ("nova_poshta", "in_transit"),
    ("nova_poshta", "arrived"),
    ("own", "waiting"),
    ("own", "delivering"),
    ("pickup", "waiting"),
]


@pytest.mark.rule("R07")
@pytest.mark.parametrize(("carrier", "happens"), NEWS)
async def test_no_screen_and_no_news_of_a_chat_names_the_buyer_their_phone_or_their_door(
    stage: Stage, carrier: str, happens: str
) -> None:
    """Rules 1.8.9: whoever opened the link may have a wrong number."""
    address = DOOR if carrier != "pickup" else "Київ, Хрещатик 1"
    answer = await stage.orders(
        delivery=delivered_by(carrier, address) | {"recipient": "Марко Непийвода, +380671234567"},
        comment="Непийвода, вул. Садова",
        do_not_call=True,
    )
    number = answer["number"]
    stranger = await stage.buyer("Чужий", answer)
    await stranger.sees("Все правильно?")
    await taps(stage, stranger, "Скасувати замовлення")
    await taps(stage, stranger, "Ні")
    await types(stage, stranger, "/start")
    await stage.happens(number, type="status_changed", status="confirmed")
    if happens in ("in_transit", "arrived"):
        await stage.happens(number, type="parcel", ttn=TTN, status=happens)
    else:
        await stage.happens(number, type="status_changed", status=happens)
    await later(stage, minutes=1)
    await types(stage, stranger, "/start")
    await later(stage, days=3)
    await stage.happens(number, type="status_changed", status="received")
    await later(stage, minutes=1)
    await types(stage, stranger, "/start")
    said = [
        version.text for m in stranger.messages if m.sender is not stranger.user for version in m.versions
    ]
    assert len(said) >= 4
    assert [secret for secret in SECRETS for text in said if secret in text] == []
