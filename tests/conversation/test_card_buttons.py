"""A card holds just the buttons that are legal now, for who looks at it, and follows the order at once."""

from typing import Any

import pytest

from models.roles import Role
from tests.conversation.hands import (
    bare,
    buttons,
    calm,
    card,
    card_now,
    data_of,
    delivered_by,
    is_on_viber,
    later,
    paid_by,
    press,
    taken_in,
)
from tests.stage import Stage

CONFIRMED = ["Повернути в обробку", "Скасувати замовлення", "Коли відправимо"]
ENDS = ["Отримано", "Не забрав посилку", "Відмовився від товару"]

# Typed by hand from rules 1.3 and 1.8: status -> what can be pressed on a plain order by a carrier, paid on delivery.
PLAIN: dict[str, list[str]] = {
    "new": ["Беру в роботу", "Скасувати замовлення"],
    "in_work": ["Дані підтверджено", "Не відповідає", "Поговорили", "Скасувати замовлення"],
    "no_contact": ["Дані підтверджено", "Не відповідає", "Поговорили", "Скасувати замовлення"],
    "confirmed": ["Ввести ТТН", *CONFIRMED],
    "handed_over": ENDS,
    "delivering": ENDS,
    "waiting": ENDS,
    "received": [],
    "refused": [],
    "not_collected": [],
    "cancelled": [],
    "buyer_cancelled": [],
    "expired": ["Беру в роботу"],
}

# What differs: (the order, its status) -> its buttons.
OTHERS: list[tuple[dict[str, Any], str, list[str]]] = [
    (
        {"do_not_call": True},
        "new",
        ["Взяти й підтвердити", "Беру в роботу", "Скасувати замовлення"],
    ),
    ({"do_not_call": True}, "expired", ["Взяти й підтвердити", "Беру в роботу"]),
    (
        {"do_not_call": True},
        "in_work",
        ["Дані підтверджено", "Не відповідає", "Поговорили", "Скасувати замовлення"],
    ),
    (
        {"delivery": delivered_by("own")},
        "confirmed",
        ["Передано кур'єру", *CONFIRMED],
    ),
    (
        {"delivery": delivered_by("pickup")},
        "confirmed",
        ["Готово до видачі", *CONFIRMED],
    ),
    ({"delivery": delivered_by("own")}, "delivering", ENDS),
    ({"delivery": delivered_by("pickup")}, "waiting", ENDS),
    *(
        (
            {"payment": paid_by(method, status)},
            "confirmed",
            ["Ввести ТТН", *CONFIRMED],
        )
        for method, status in (("card", "paid"), ("invoice", "paid"), ("credit", "not_required"))
    ),
    *(
        (
            {"payment": paid_by("card", status), "delivery": delivered_by(carrier)},
            "confirmed",
            CONFIRMED,
        )
        for status in ("pending", "held", "expired", "cancelled", "refunded")
        for carrier in ("nova_poshta", "own", "pickup")
    ),
    (
        {"payment": paid_by("card", "pending")},
        "in_work",
        ["Дані підтверджено", "Чекаємо оплату", "Не відповідає", "Поговорили", "Скасувати замовлення"],
    ),
    (
        {"payment": paid_by("card", "held")},
        "no_contact",
        ["Дані підтверджено", "Чекаємо оплату", "Не відповідає", "Поговорили", "Скасувати замовлення"],
    ),
    (
        {"payment": paid_by("card", "paid")},
        "in_work",
        ["Дані підтверджено", "Не відповідає", "Поговорили", "Скасувати замовлення"],
    ),
]


@pytest.mark.rule("R13", "R18", "R19", "R20", "R26", "RC14", "RC15", "RC17", "C6", "C10")
async def test_a_card_has_just_the_legal_buttons_in_each_status(stage: Stage) -> None:
    plain: list[tuple[dict[str, Any], str, list[str]]] = [({}, *row) for row in PLAIN.items()]
    rows = plain + OTHERS
    numbers = [await taken_in(stage, **changes) for changes, _, _ in rows]
    for number, (_, status, _) in zip(numbers, rows, strict=True):
        if status != "new":
            moved = await stage.happens(number, type="status_changed", status=status)
            assert moved.status == 202, (status, moved)
    await calm(stage)

    wrong = [
        (changes, status, shown)
        for number, (changes, status, expected) in zip(numbers, rows, strict=True)
        if sorted(shown := buttons(stage.owner, number)) != sorted(expected)
    ]
    assert wrong == []


async def test_what_is_to_be_done_next_is_the_first_button_and_stands_alone(stage: Stage) -> None:
    plain = await taken_in(stage)
    quiet = await taken_in(stage, do_not_call=True)
    for number, expected in ((plain, "Беру в роботу"), (quiet, "Взяти й підтвердити")):
        shown = card(stage.owner, number)
        assert len(shown.buttons[0]) == 1
        assert bare(shown.labels[0]) == expected


# M2, thin: who may press what on a card that is new / confirmed / on its way.
ROLES: dict[Role, tuple[list[str], list[str], list[str]]] = {
    Role.OWNER: (PLAIN["new"], PLAIN["confirmed"], ENDS),
    Role.MANAGER: (PLAIN["new"], PLAIN["confirmed"], ENDS),
    Role.PACKER: ([], ["Ввести ТТН", "Коли відправимо"], []),
    Role.OBSERVER: ([], [], []),
}


@pytest.mark.case("M2")
async def test_each_role_sees_and_may_press_its_own_buttons_only(stage: Stage) -> None:
    people = {Role.OWNER: stage.owner}
    for role in (Role.MANAGER, Role.PACKER, Role.OBSERVER):
        people[role] = await stage.hires(f"Ім'я-{role}", role)
    numbers = [await taken_in(stage) for _ in range(3)]
    for number, status in zip(numbers[1:], ("confirmed", "handed_over"), strict=True):
        await stage.happens(number, type="status_changed", status=status)
    await calm(stage)
    for role, expected in ROLES.items():
        shown = tuple(sorted(buttons(people[role], number)) for number in numbers)
        assert shown == tuple(sorted(row) for row in expected), role

    for role in (Role.PACKER, Role.OBSERVER):  # somebody else's button, pressed with a hostile client
        owners = card(stage.owner, numbers[0])
        take = data_of(owners.button("Беру в роботу"))
        answer = await people[role].forges(take, card(people[role], numbers[0])).answered(20)
        assert "роль" in answer
    assert (await stage.state(numbers[0]))["status"] == "new"


@pytest.mark.case("M2")
async def test_an_observer_neither_writes_to_the_buyer_nor_gets_the_buyers_link(stage: Stage) -> None:
    olga = await stage.hires("Ольга", Role.OBSERVER)
    number = await taken_in(stage)
    labels = [bare(label) for label in card(olga, number).labels]
    assert labels == ["Історія"]
    for label in ("Написати покупцю", "Посилання для покупця"):
        button = card(stage.owner, number).button(label)
        assert button is not None
        before = len(olga.messages)
        answer = await olga.forges(data_of(button), card(olga, number)).answered(20)
        assert "роль" in answer
        await calm(stage)
        assert [message.text for message in olga.messages[before:]] == ([answer] if is_on_viber(olga) else [])


async def test_every_members_card_follows_each_press(stage: Stage) -> None:
    ivan = await stage.hires("Іван")
    number = await taken_in(stage)
    await press(stage, stage.owner, "Беру в роботу", number)
    assert "«Обробляється менеджером»" in card(ivan, number).text
    assert "Веде: Олена" in card(ivan, number).text
    assert "Повернути" not in buttons(ivan, number)
    assert "Повернути" in buttons(stage.owner, number)
    await press(stage, ivan, "Дані підтверджено", number)
    assert "«Дані підтверджені. Очікує відправлення»" in card(stage.owner, number).text
    assert "Веде: Олена" in card(stage.owner, number).text
    await later(stage, seconds=11)
    for person in (ivan, stage.owner):
        await card_now(stage, person, number)
        assert "Повернути" not in buttons(person, number)
