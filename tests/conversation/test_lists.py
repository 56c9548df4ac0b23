"""/orders: what is to be done, by lists, the nearest limit first; nothing scrolls off, and nobody sees too much."""

import pytest
from sqlalchemy import update

from bot.demo.person import Person
from bot.demo.telegram import Message
from keyboards.callbacks import LookButton
from keyboards.lists import ListButton
from keyboards.typed import FoundButton, PickButton, TtnButton
from models.lanes import Lane
from models.order import Order
from models.roles import Role
from models.worktime import WorkSchedule
from tests.conversation.hands import (
    TTN,
    calm,
    card,
    confirmed,
    forge,
    in_database,
    later,
    paid_by,
    press,
    redrawn,
    shipped,
    taken_in,
    types,
)
from tests.conversation.test_team import retire
from tests.stage import Stage, order


async def goes(stage: Stage, person: Person, *labels: str) -> Message:
    """Opens the lists and presses on."""
    return await turns(stage, person, await types(stage, person, "/orders"), *labels)


async def turns(stage: Stage, person: Person, screen: Message, *labels: str) -> Message:
    """Presses on the same screen, one after another, until it shows what came of it; how it is then."""
    for label in labels:
        await person.presses(label, on=screen).answered(20)
        await calm(stage)
        screen = redrawn(person, screen)
    return screen


def counted(screen: Message) -> dict[str, int]:
    """Of the menu: list -> how many."""
    parts = [label.rsplit(" · ", 1) for label in screen.labels if " · " in label]
    return {name.partition(" ")[2]: int(count) for name, count in parts}


def numbers(screen: Message) -> list[str]:
    return [label.partition("№")[2] for label in screen.labels if "№" in label]


async def waits(stage: Stage, number: str) -> None:
    await stage.happens(number, type="parcel", ttn=TTN, status="arrived")
    await calm(stage)


async def second_shop(stage: Stage, person: Person) -> str:
    """The person owns another shop as well; its API key."""
    shop = await stage.app.shops.open("Друга", "rozetka", WorkSchedule.parse("Mon-Sun 00:00-24:00"))
    await types(stage, person, f"/start {shop.invite.start}")
    return shop.api_key


async def test_every_open_order_is_counted_in_its_list_and_a_closed_one_in_none(stage: Stage) -> None:
    await taken_in(stage)
    held = await taken_in(stage)
    await press(stage, stage.owner, "Беру в роботу", held)
    await press(stage, stage.owner, "Змінено", held)
    await confirmed(stage)
    await confirmed(stage, payment=paid_by("card", "pending"))
    await confirmed(stage, payment=paid_by("card", "paid"))
    await shipped(stage, "20450000000009")
    arrived = await shipped(stage, TTN)
    await later(stage, seconds=11)
    await waits(stage, arrived)
    gone = await taken_in(stage)
    await stage.happens(gone, type="buyer_cancelled")
    await calm(stage)

    screen = await types(stage, stage.owner, "/orders")
    assert counted(screen) == {
        "Горять": 2,
        "Нові": 1,
        "Мої": 3,
        "В роботі": 1,
        "До відправлення": 2,
        "Чекають оплати": 1,
        "В дорозі": 1,
        "На пункті видачі": 1,
    }
    assert "Відкритих: 7 · станом на 10:00" in screen.text
    for name, count in counted(screen).items():
        opened = await goes(stage, stage.owner, name)
        assert len(numbers(opened)) == count, name
        assert gone not in numbers(opened)


@pytest.mark.rule("RC5")
async def test_a_row_says_what_it_needs_to_be_chosen_by(stage: Stage) -> None:
    """RC5: the pick-up rate and "do not call" are seen without opening the order."""
    number = await taken_in(stage, do_not_call=True, pickup_rate="low")
    plain = await taken_in(stage)
    screen = await goes(stage, stage.owner, "Нові")
    lines = screen.text.splitlines()
    assert lines[0] == "🔔 Нові · 2 · станом на 10:00"
    assert lines[1] == f"1. №{number} · 640\u00a0₴ · 📉 забір низький · 🔕 не передзвонювати"
    assert lines[2] == "взяти до 12:00"
    assert lines[3] == f"2. №{plain} · 640\u00a0₴"
    await press(stage, stage.owner, "Беру в роботу", plain)
    screen = await turns(stage, stage.owner, screen, "До списків")
    screen = await turns(stage, stage.owner, screen, "В роботі")
    assert "зв'язатися до 12:00 · ☝️ змініть у кабінеті · веде Олена" in screen.text


async def test_the_nearest_limit_comes_first_and_what_ends_within_half_an_hour_burns(stage: Stage) -> None:
    late = await taken_in(stage)
    stage.clock.goes(minutes=60)
    fresh = await taken_in(stage)
    assert numbers(await goes(stage, stage.owner, "Нові")) == [late, fresh]
    assert numbers(await goes(stage, stage.owner, "Горять")) == []
    stage.clock.goes(minutes=30)
    assert numbers(await goes(stage, stage.owner, "Горять")) == [late]
    stage.clock.goes(minutes=45)
    burning = await goes(stage, stage.owner, "Горять")
    assert numbers(burning) == [late, fresh][: len(numbers(burning))]
    assert "термін минув 12:00" in burning.text


@pytest.mark.parametrize("answer", ["скасувати", "беру"])
async def test_what_the_cabinet_has_not_seen_burns_even_when_it_is_closed(stage: Stage, answer: str) -> None:
    """Rules 1.8.3: nothing is seemingly handled, and what is in no other list is not lost."""
    number = await taken_in(stage)
    await types(stage, stage.owner, f"№{number} {answer}")
    if answer == "скасувати":
        await stage.owner.presses("передумав").answered(20)
        await calm(stage)
    screen = await goes(stage, stage.owner, "Горять")
    assert numbers(screen) == [number]
    assert "у кабінеті" in screen.text
    await press(stage, stage.owner, "Змінено", number)
    screen = await turns(stage, stage.owner, screen, "Оновити")
    assert numbers(screen) == []
    assert "Нічого не горить" in screen.text


async def test_long_lists_have_pages_and_nothing_is_lost_or_shown_twice(stage: Stage) -> None:
    taken = [await taken_in(stage) for _ in range(14)]
    screen = await goes(stage, stage.owner, "Нові")
    seen = numbers(screen)
    assert "сторінка 1 з 3" in screen.text
    for at in (2, 3):
        screen = await turns(stage, stage.owner, screen, "▶️")
        assert f"сторінка {at} з 3" in screen.text
        seen += numbers(screen)
    assert seen == taken
    assert screen.button("▶️") is None
    for number in taken[2:]:
        await stage.happens(number, type="status_changed", status="in_work")
    await calm(stage)
    screen = await turns(stage, stage.owner, screen, "Оновити")
    assert numbers(screen) == taken[:2]


async def test_orders_without_a_term_have_pages_too_the_longest_there_first(stage: Stage) -> None:
    taken = []
    for at in range(8):
        taken.append(await confirmed(stage))
        await stage.happens(taken[-1], type="status_changed", status="delivering")
        stage.clock.goes(seconds=at + 1)
    await calm(stage)
    screen = await goes(stage, stage.owner, "В дорозі")
    assert numbers(screen) == taken[:6]
    screen = await turns(stage, stage.owner, screen, "▶️")
    assert numbers(screen) == taken[6:]


async def test_an_order_opens_as_its_live_card_and_the_list_is_fresh_after_coming_back(stage: Stage) -> None:
    number = await taken_in(stage)
    screen = await goes(stage, stage.owner, "Нові")
    await turns(stage, stage.owner, screen, f"1 · №{number}")
    assert stage.owner.screen is card(stage.owner, number)
    assert stage.owner.screen.id > screen.id
    await press(stage, stage.owner, "Беру в роботу", number)
    assert "Обробляється менеджером" in stage.owner.screen.text
    screen = await turns(stage, stage.owner, screen, "До списків")
    assert counted(screen)["Нові"] == 0
    screen = await turns(stage, stage.owner, screen, "Нові")
    assert "Нових немає: усе взято в роботу" in screen.text


@pytest.mark.parametrize("lane", [lane for lane in Lane if lane is not Lane.HELD])
async def test_an_empty_list_says_a_friendly_word(stage: Stage, lane: Lane) -> None:
    screen = await types(stage, stage.owner, "/orders")
    assert "Відкритих замовлень немає" in screen.text
    await forge(stage, stage.owner, ListButton(to=lane).pack(), screen)
    screen = redrawn(stage.owner, screen)
    assert len(screen.text.splitlines()) == 2
    assert [label for label in screen.labels if "№" in label] == []


async def test_an_owner_sees_who_holds_what(stage: Stage) -> None:
    ivan = await stage.hires("Іван")
    his, hers, nobodys = [await taken_in(stage) for _ in range(3)]
    await press(stage, ivan, "Беру в роботу", his)
    await press(stage, stage.owner, "Беру в роботу", hers)
    screen = await goes(stage, stage.owner, "Хто що веде")
    assert screen.labels[:3] == ["Олена · 1", "Іван · 1", "🤷 Ніхто не веде · 1"]
    screen = await turns(stage, stage.owner, screen, "Іван")
    assert numbers(screen) == [his]
    assert "Веде Іван" in screen.text
    screen = await turns(stage, stage.owner, screen, "Назад")
    screen = await turns(stage, stage.owner, screen, "Ніхто")
    assert numbers(screen) == [nobodys]
    assert numbers(await goes(stage, ivan, "Мої")) == [his]


@pytest.mark.case("M2")
@pytest.mark.parametrize("role", [Role.MANAGER, Role.PACKER, Role.OBSERVER])
async def test_nobody_but_an_owner_sees_who_holds_what(stage: Stage, role: Role) -> None:
    ivan = await stage.hires("Іван", role)
    screen = await types(stage, ivan, "/orders")
    assert screen.button("Хто що веде") is None
    for forged in (ListButton(to="holders"), ListButton(to="held", holder=1), ListButton(to="held")):
        assert "роль" in await forge(stage, ivan, forged.pack(), screen)
    assert screen.text.startswith("📋")


async def test_an_observers_lists_name_no_buyer(stage: Stage) -> None:
    ivan = await stage.hires("Іван", Role.OBSERVER)
    number = await taken_in(stage)
    screen = await goes(stage, ivan, "Нові")
    assert numbers(screen) == [number]
    for private in ("Непийвода", "671234567", "4567", "Відділення"):
        assert private not in screen.text


@pytest.mark.case("M4")
async def test_two_shops_are_shown_together_and_one_can_be_chosen(stage: Stage) -> None:
    key = await second_shop(stage, stage.owner)
    first = await taken_in(stage)
    body = order()
    await stage.post(body, key=key)
    await calm(stage)
    screen = await goes(stage, stage.owner, "Нові")
    assert sorted(numbers(screen)) == sorted([first, body["number"]])
    assert screen.text.count("«Самовар»") == 1
    assert screen.text.count("«Друга»") == 1
    screen = await goes(stage, stage.owner, "Магазин: усі", "Друга")
    assert counted(screen)["Нові"] == 1
    assert "Замовлення · «Друга»" in screen.text
    screen = await turns(stage, stage.owner, screen, "Нові")
    assert numbers(screen) == [body["number"]]
    screen = await turns(stage, stage.owner, screen, "До списків")
    screen = await turns(stage, stage.owner, screen, "Магазин: Друга")
    screen = await turns(stage, stage.owner, screen, "Усі магазини")
    assert counted(screen)["Нові"] == 2


@pytest.mark.case("M1", "C3")
async def test_another_shops_lists_are_as_absent_as_what_never_was(stage: Stage) -> None:
    other = await stage.app.shops.open("Чужий", "rozetka", WorkSchedule.parse("Mon-Sun 00:00-24:00"))
    rival = stage.fake.person("Суперник")
    await types(stage, rival, f"/start {other.invite.start}")
    await taken_in(stage)
    screen = await types(stage, rival, "/orders")
    assert counted(screen)["Нові"] == 0
    ours = stage.shop.shop.id
    for to in ("menu", "holders", *Lane):
        foreign = await forge(stage, rival, ListButton(to=to, shop=ours).pack(), screen)
        absent = await forge(stage, rival, ListButton(to=to, shop=2**31 - 1).pack(), screen)
        assert foreign == absent == "Немає доступу або такого замовлення немає.", to
    assert "Немає доступу" in await forge(stage, rival, ListButton(to="held", holder=1).pack(), screen)
    for rubbish in ("q:nowhere:0:0:0", "q:new:-1:0:0", "q:new:0:99999999:0", "q:new", "q:new:0:0:x"):
        assert "Немає доступу" in await forge(stage, rival, rubbish, screen), rubbish
    assert "Немає доступу" not in await forge(stage, rival, "q:new:0:99999:0", screen)


async def test_a_member_who_left_has_no_lists(stage: Stage) -> None:
    ivan = await stage.hires("Іван")
    screen = await types(stage, ivan, "/orders")
    await retire(stage, "Іван")
    assert "Немає доступу" in await forge(stage, ivan, ListButton(to="new").pack(), screen)
    assert "Щоб отримувати повідомлення" in (await types(stage, ivan, "/orders")).text


async def test_an_expired_order_is_to_be_taken_as_a_new_one(stage: Stage) -> None:
    number = await taken_in(stage)
    await in_database(
        stage, lambda session: session.execute(update(Order).values(status="expired", state="expired"))
    )
    assert numbers(await goes(stage, stage.owner, "Нові")) == [number]


def test_the_longest_press_fits_into_a_button() -> None:
    most = 2**31 - 1
    packed = [ListButton(to=lane, shop=most, page=99_999, holder=most).pack() for lane in Lane]
    packed += [FoundButton(mark="f" * 12, page=99).pack(), PickButton(order="x" * 16).pack()]
    packed += [TtnButton(order="x" * 16, seq=99_999, ttn="9" * 20).pack()]
    packed += [LookButton(order="x" * 16, what="open").pack()]
    assert [data for data in packed if len(data.encode()) > 64] == []
