"""What a member types outside a dialogue finds an order: by number, phone or name, in their own shops alone."""

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from models import migrate
from models.order import Order
from models.outbox import MarketplaceUpdate
from models.roles import Role
from models.worktime import WorkSchedule
from tests.conversation.hands import (
    TTN,
    calm,
    card,
    in_database,
    offered,
    press,
    shipped,
    taken_in,
    types,
)
from tests.conversation.test_lists import numbers, second_shop, turns
from tests.stage import Stage, order


def bought(name: str, phone: str = "+380501112233") -> dict[str, str]:
    return {"name": name, "phone": phone}


@pytest.mark.rule("R04")
@pytest.mark.parametrize(
    "typed", ["{number}", "№{number}", "№ {spaced}", "{spaced}", "#{number}", "{tail}", "№{tail}"]
)
async def test_a_number_or_its_end_opens_the_card(stage: Stage, typed: str) -> None:
    number = await taken_in(stage)
    await taken_in(stage)
    spaced = f"{number[:3]} {number[3:6]} {number[6:]}"
    before = card(stage.owner, number)
    await types(stage, stage.owner, typed.format(number=number, spaced=spaced, tail=number[-4:]))
    assert stage.owner.screen is card(stage.owner, number)
    assert stage.owner.screen is not before


@pytest.mark.parametrize(
    "typed",
    [
        "+380671112299",
        "0671112299",
        "067 111 22 99",
        "(067) 111-22-99",
        "80671112299",
        "2299",
        "111 22 99",
        "1112299",
    ],
)
async def test_a_phone_in_any_spelling_or_its_end_opens_the_card(stage: Stage, typed: str) -> None:
    number = await taken_in(stage, buyer=bought("Тарас Непийвода", "+38 067 111-22-99"))
    await taken_in(stage)
    await types(stage, stage.owner, typed)
    assert stage.owner.screen is card(stage.owner, number)


@pytest.mark.parametrize(
    "typed",
    ["О'Коннор", "о’коннор", "ОʼКОННОР", "окон", "Їжак", "їжак О'Кон", "ЇЖАК", "гудз", "коннор 2233"],
)
async def test_a_name_is_found_whatever_its_capitals_and_apostrophes(stage: Stage, typed: str) -> None:
    number = await taken_in(stage, buyer=bought("Їжак О’Коннор-Ґудзь Коннор"))
    await taken_in(stage)
    await types(stage, stage.owner, typed)
    assert stage.owner.screen is card(stage.owner, number)


@pytest.mark.parametrize("typed", ["AB-77", "ab-77", "№ab-77", "ab-77 історія"])
async def test_letters_of_a_number_may_be_small(stage: Stage, typed: str) -> None:
    await taken_in(stage, number="AB-77")
    await types(stage, stage.owner, typed)
    assert "№AB-77" in stage.owner.screen.text.partition("\n")[0]


async def test_several_are_a_list_open_orders_first_then_the_newest(stage: Stage) -> None:
    first, second, closed = [await taken_in(stage) for _ in range(3)]
    await stage.happens(closed, type="buyer_cancelled")
    screen = await types(stage, stage.owner, "непийвода")
    assert numbers(screen) == [second, first, closed]
    assert screen.text.count("👤 Тарас Непийвода") == 3
    assert "«Скасовано покупцем»" in screen.text


async def test_a_long_find_has_pages_and_an_older_ones_buttons_say_so(stage: Stage) -> None:
    taken = [await taken_in(stage) for _ in range(8)]
    screen = await types(stage, stage.owner, "Непийвода")
    seen = numbers(screen)
    screen = await turns(stage, stage.owner, screen, "▶️")
    assert seen + numbers(screen) == taken[::-1]
    assert "сторінка 2 з 2" in screen.text
    await types(stage, stage.owner, "Тарас")
    assert "застарів" in await stage.owner.presses("◀️", on=screen).answered(20)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("99999", "такого замовлення немає"),
        ("№123", "такого замовлення немає"),
        ("0509998877", "такого замовлення немає"),
        ("Ніхто", "нічого не знайшли за «Ніхто»"),
        ("100%", "Не зрозуміли повідомлення"),
        ("%%%%", "Не зрозуміли повідомлення"),
        ("_____", "Не зрозуміли повідомлення"),
        ("🙂", "Не зрозуміли повідомлення"),
        ("слово " * 40, "Не зрозуміли повідомлення"),
        ("<b>Тарас</b>' OR 1=1 --", "Не зрозуміли повідомлення"),
    ],
)
async def test_what_finds_nothing_says_what_can_be_typed(stage: Stage, typed: str, said: str) -> None:
    await taken_in(stage)
    answer = await types(stage, stage.owner, typed)
    assert said in answer.text
    assert offered(answer) == []


async def test_a_picture_is_answered_with_what_can_be_typed(stage: Stage) -> None:
    stage.owner.sends_photo()
    await calm(stage)
    assert "Не зрозуміли повідомлення" in stage.owner.screen.text


async def test_a_waybill_finds_its_order(stage: Stage) -> None:
    number = await shipped(stage, TTN)
    await taken_in(stage)
    await types(stage, stage.owner, TTN)
    assert stage.owner.screen is card(stage.owner, number)


@pytest.mark.case("M1", "C3", "A5")
async def test_another_shops_orders_are_never_found(stage: Stage) -> None:
    other = await stage.app.shops.open("Чужий", "rozetka", WorkSchedule.parse("Mon-Sun 00:00-24:00"))
    rival = stage.fake.person("Суперник")
    await types(stage, rival, f"/start {other.invite.start}")
    number = await shipped(stage, TTN)
    absent = f"7{number[1:]}"
    for typed in ("{0}", "№{0}", "{0} беру", "№{0} абракадабра", "ттн {0} 20450000000009", "{0} Тарас"):
        foreign = (await types(stage, rival, typed.format(number))).text
        nobodys = (await types(stage, rival, typed.format(absent))).text
        assert foreign == nobodys.replace(absent, number), typed
    for typed in (number[-4:], "0671234567", "4567", "Непийвода", TTN):
        foreign = (await types(stage, rival, typed)).text
        assert "немає" in foreign or "нічого не знайшли" in foreign, typed
        assert "Тарас" not in foreign
    assert (await stage.state(number))["status"] == "handed_over"


@pytest.mark.case("M2")
async def test_who_may_not_see_the_buyer_finds_nobody_by_name_or_phone(stage: Stage) -> None:
    """A search that answers would tell that the person bought here."""
    ivan = await stage.hires("Іван", Role.OBSERVER)
    number = await taken_in(stage)
    for typed in ("Непийвода", "0671234567", "4567", "Тарас 4567"):
        answer = (await types(stage, ivan, typed)).text
        assert number not in answer, typed
    await types(stage, ivan, number[-4:])
    assert f"№{number}" in ivan.screen.text.partition("\n")[0]


@pytest.mark.case("M4")
async def test_one_number_in_two_shops_is_a_list_that_names_them(stage: Stage) -> None:
    key = await second_shop(stage, stage.owner)
    number = await taken_in(stage)
    await stage.post(order(number=number), key=key)
    await calm(stage)
    screen = await types(stage, stage.owner, f"№{number}")
    assert numbers(screen) == [number, number]
    assert "«Самовар»" in screen.text
    assert "«Друга»" in screen.text


async def test_a_buyers_words_are_no_search(stage: Stage) -> None:
    answer = await stage.orders()
    maria = await stage.buyer("Марія", answer)
    assert "запитання передано магазину" in (await types(stage, maria, answer["number"])).text


async def test_orders_from_before_can_be_searched_and_their_cabinets_tasks_are_found(stage: Stage) -> None:
    """The migration fills in what the tables have had no column for."""
    number = await taken_in(stage)
    await press(stage, stage.owner, "Беру в роботу", number)
    await stage.app.db.run(lambda connection: migrate.downgrade(connection, "0007"))
    await stage.app.db.run(migrate.upgrade)

    def kept(session: Session) -> tuple[str, int]:
        return session.scalars(select(Order.search)).one(), session.scalars(
            select(MarketplaceUpdate.shop_id)
        ).one()

    assert await in_database(stage, kept) == (f"{number}#380671234567# тарас непийвода", stage.shop.shop.id)


async def test_looking_reads_no_more_than_an_index_of_the_own_shop(stage: Stage) -> None:
    if not stage.app.db.sqlite:
        pytest.skip("PostgreSQL weighs by size which way is the cheaper one")
    like = "SELECT id FROM orders WHERE shop_id IN (1) AND search LIKE '%4567#%'"

    def plan(session: Session) -> list[str]:
        return [row[3] for row in session.execute(text(f"EXPLAIN QUERY PLAN {like}"))]

    assert await in_database(stage, plan) == [
        "SEARCH orders USING COVERING INDEX ix_orders_search (shop_id=?)"
    ]
