"""Who works in a shop: an invite, an owner's yes, and nothing at all for who was never asked in."""

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from models.people import Account
from models.roles import Role
from models.shop import Member
from models.worktime import WorkSchedule
from tests.conversation.hands import (
    buttons,
    calm,
    card,
    confirmed,
    count,
    data_of,
    forge,
    is_answer,
    later,
    offered,
    press,
    redrawn,
    taken_in,
    toasts,
    types,
)
from tests.stage import Stage


async def invite(stage: Stage, role: Role = Role.MANAGER) -> str:
    return (await stage.app.shops.invite(stage.shop.shop.id, role, binds_at_once=False)).start


async def retire(stage: Stage, name: str) -> None:
    """Somebody is no member any more and has been told nothing: what every door finds by itself."""

    def unit(session: Session) -> None:
        session.execute(update(Member).where(Member.name == name).values(active=False))

    await stage.app.db.write(unit)


async def accounts(stage: Stage) -> int:
    return int(await stage.app.db.read(lambda session: session.scalar(select(func.count(Account.id)))) or 0)


@pytest.mark.case("D5")
async def test_a_colleague_waits_for_the_owners_yes_and_then_gets_the_orders(stage: Stage) -> None:
    ivan = stage.fake.person("Іван")
    assert "Запит надіслано власнику" in (await types(stage, ivan, f"/start {await invite(stage)}")).text
    number = await taken_in(stage)
    assert count(ivan, number) == 0
    stolen = card(stage.owner, number).button("Беру в роботу")
    assert stolen is not None
    assert "Немає доступу" in await forge(stage, ivan, data_of(stolen))

    asked = await stage.owner.sees("проситься Іван (менеджер)")
    assert offered(asked) == ["✅ Так, це наша людина", "✖️ Ні"]
    await stage.owner.presses("Так, це наша людина").answered(20)
    await calm(stage)
    assert "Вас додано до магазину «Самовар»: менеджер" in ivan.screen.text
    asked = redrawn(stage.owner, asked)
    assert "Іван: додано до магазину" in asked.text
    assert asked.labels == []
    second = await taken_in(stage)
    assert "Беру в роботу" in buttons(ivan, second)
    assert is_answer(await press(stage, ivan, "Беру в роботу", second), "Взято в роботу")


@pytest.mark.case("D5")
async def test_a_no_keeps_him_out_and_the_invite_is_spent(stage: Stage) -> None:
    ivan, petro = stage.fake.person("Іван"), stage.fake.person("Петро")
    start = await invite(stage)
    await types(stage, ivan, f"/start {start}")
    await stage.owner.sees("проситься Іван")
    await stage.owner.presses("Ні").answered(20)
    await calm(stage)
    assert "вас не додано" in ivan.screen.text
    number = await taken_in(stage)
    assert count(ivan, number) == 0
    for person in (ivan, petro):
        assert "Посилання не діє" in (await types(stage, person, f"/start {start}")).text


async def test_only_an_owner_admits(stage: Stage) -> None:
    ivan = await stage.hires("Іван")
    guest = stage.fake.person("Гість")
    await types(stage, guest, f"/start {await invite(stage)}")
    asked = await stage.owner.sees("проситься Гість")
    yes = asked.button("Так, це наша людина")
    assert yes is not None
    assert "роль" in await forge(stage, ivan, data_of(yes))
    assert "Немає доступу" in await forge(stage, guest, data_of(yes))
    assert count(guest, "Вас додано") == 0


@pytest.mark.case("D2", "D3")
async def test_a_link_that_is_not_good_gets_the_same_words_whatever_is_wrong_with_it(stage: Stage) -> None:
    used, late = await invite(stage), await invite(stage)
    await types(stage, stage.fake.person("Іван"), f"/start {used}")
    stage.clock.goes(hours=24)
    known = await accounts(stage)
    answer = await stage.orders()
    payload = answer["buyer"]["start"]
    bad = [
        used,
        late,
        "i" + "x" * 32,
        "b" + "x" * 36,
        payload[:-1] + ("A" if payload[-1] != "A" else "B"),
        "i" + payload[1:],  # a buyer's token used as an invite, and the other way round (D3)
        "b" + used[1:],
        "nothing",
        "x" * 65,
        "%00",
        "'); DROP TABLE orders;--",
    ]
    for said in bad:
        stranger = stage.fake.person(f"Хтось {len(said)}")
        answered = await types(stage, stranger, f"/start {said}")
        assert answered.text == "Посилання не діє. Попросіть у магазину нове.", said
    assert await accounts(stage) == known
    assert "Відкрийте посилання" in (await types(stage, stage.fake.person("Порожній"), "/start")).text


@pytest.mark.case("D2", "L2")
async def test_ten_misses_in_an_hour_are_muted_for_an_hour(stage: Stage) -> None:
    guesser, honest = stage.fake.person("Вгадько"), stage.fake.person("Чесна")
    answer = await stage.orders()
    for at in range(10):
        said = f"{'ib'[at % 2]}{at}{'x' * 31}"
        assert "Посилання не діє" in (await types(stage, guesser, f"/start {said}")).text
    assert "Забагато спроб" in (await types(stage, guesser, "/start ibc")).text
    assert "Забагато спроб" in (await types(stage, guesser, f"/start {answer['buyer']['start']}")).text
    assert answer["number"] in (await types(stage, honest, f"/start {answer['buyer']['start']}")).text
    await later(stage, minutes=59)
    assert "Забагато спроб" in (await types(stage, guesser, f"/start {await invite(stage)}")).text
    await later(stage, minutes=1)
    assert "Запит надіслано" in (await types(stage, guesser, f"/start {await invite(stage)}")).text


@pytest.mark.case("C2", "M6", "K14")
async def test_who_left_is_denied_at_the_next_press_and_hears_nothing_more(stage: Stage) -> None:
    ivan = await stage.hires("Іван")
    number = await taken_in(stage)
    ready = await confirmed(stage)
    await press(stage, ivan, "Ввести ТТН", ready)
    await retire(stage, "Іван")
    before = [(message.id, message.text) for message in ivan.messages]
    refusal = "Немає доступу або такого замовлення немає."
    assert await press(stage, ivan, "Беру в роботу", number) == refusal
    await press(stage, stage.owner, "Беру в роботу", number)
    await taken_in(stage)
    await later(stage, hours=3)
    after = [(message.id, message.text) for message in ivan.messages]
    assert after[: len(before)] == before
    assert [text for _, text in after[len(before) :]] == toasts(ivan, refusal)
    assert "Немає доступу" in (await types(stage, ivan, "20450000000001")).text
    assert (await stage.state(ready))["status"] == "confirmed"


@pytest.mark.case("C3", "M1", "A5")
async def test_a_seller_of_another_shop_is_told_the_same_as_about_what_never_was(stage: Stage) -> None:
    other = await stage.app.shops.open("Чужий", "rozetka", WorkSchedule.parse("Mon-Sun 00:00-24:00"))
    rival = stage.fake.person("Суперник")
    await types(stage, rival, f"/start {other.invite.start}")
    number = await taken_in(stage)
    order_id = (await stage.state(number))["order_id"]
    forged = [
        f"o:take:{order_id}:0",
        f"o:undo:{order_id}:0",
        f"r:{order_id}:0:changed_mind",
        f"l:{order_id}:card:0",
        f"l:{order_id}:history:0",
        f"l:{order_id}:link:0",
        f"l:{order_id}:write:0",
        f"b:{order_id}:yes",
        f"b:{order_id}:cancel_yes",
    ]
    for data in forged:
        foreign = await forge(stage, rival, data, rival.screen)
        absent = await forge(stage, rival, data.replace(order_id, "AAAAAAAAAAAA"), rival.screen)
        assert foreign == absent == "Немає доступу або такого замовлення немає.", data
    assert count(rival, number) == 0
    assert (await stage.state(number))["status"] == "new"
    assert (await stage.get(number, key=other.api_key)).status == 404
    twin = await stage.post(
        {
            "number": number,
            "buyer": {"name": "Інша", "phone": "+380501112233"},
            "lines": [{"title": "Інше", "quantity": 1, "price": "1.00"}],
            "delivery": {"carrier": "pickup"},
            "payment": {"method": "cash_on_delivery", "status": "not_required"},
        },
        key=other.api_key,
    )
    await calm(stage)
    assert twin.body["order_id"] != order_id
    assert "Інше" in card(rival, number).text
    assert "Інше" not in card(stage.owner, number).text


async def test_what_rang_nobody_rings_the_first_who_comes(stage: Stage) -> None:
    empty = await stage.app.shops.open("Нова", "rozetka", WorkSchedule.parse("Mon-Sun 00:00-24:00"))
    answer = await stage.post(
        {
            "number": "700",
            "buyer": {"name": "Тарас", "phone": "+380501112233"},
            "lines": [{"title": "Чашка", "quantity": 1, "price": "1.00"}],
            "delivery": {"carrier": "pickup"},
            "payment": {"method": "cash_on_delivery", "status": "not_required"},
        },
        key=empty.api_key,
    )
    assert answer.status == 202
    state = (await stage.get("700", key=empty.api_key)).body
    assert [(row["state"], row["reason"]) for row in state["notifications"]] == [("held", "no_recipient")]
    nina = stage.fake.person("Ніна")
    nina.types(f"/start {empty.invite.start}")
    await calm(stage)
    assert "Беру в роботу" in buttons(nina, "700")
