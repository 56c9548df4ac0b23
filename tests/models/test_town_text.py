"""The town of an address, and never what stands beside it (house 8.13)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.town_text import LONGEST, town_of

TOWNS = [
    ("Київ, Відділення №4", "Київ"),
    ("Київ", "Київ"),
    ("Київ Відділення №4", "Київ"),
    ("Біла Церква Відділення №1", "Біла Церква"),
    ("м. Київ, вул. Хрещатик 1", "м. Київ"),
    ("м.Київ, вул. Хрещатик 1", "м.Київ"),
    ("смт Ворзель, вул. Курортна 5", "смт Ворзель"),
    ("с. Мила, вул. Комарова", "с. Мила"),
    ("01001, Київ, вул. Хрещатик 22", "Київ"),
    ("Київ, 01001, вул. Хрещатик 22", "Київ"),
    ("Україна, Київська обл., м. Бровари, вул. Київська 3", "м. Бровари"),
    ("Львів (Львівська обл.), Відділення №5: вул. Наукова 7", "Львів"),
    ("Кам'янець-Подільський, Поштомат №2", "Кам'янець-Подільський"),
    ("Івано-Франківськ; відд. 3", "Івано-Франківськ"),
    ("Хрещатик 22, Київ", "Київ"),
    ("вул. Лісова 17, кв. 3, Дніпро", "Дніпро"),
    ("просп. Перемоги 5\nКиїв", "Київ"),
    ("Київ, подзвоніть Марії за годину", "Київ"),
]

NO_TOWNS = [
    "",
    "   ",
    "№4",
    "вул. Лісова 17",
    "Хрещатик, 22",
    "Лісова, буд. 17",
    "Лісова, кв. 3",
    "Київ Хрещатик",  # which of them is a street?
    "Дерибасівська, Одеська обл.",
    "Київська обл.",
    "Спершу подзвоніть, будь ласка, 22",
]


@pytest.mark.parametrize(("address", "town"), TOWNS)
def test_the_town_is_told(address: str, town: str) -> None:
    assert town_of(address) == town


@pytest.mark.parametrize("address", NO_TOWNS)
def test_what_is_not_surely_a_town_is_not_told(address: str) -> None:
    assert town_of(address) is None


def test_a_persons_name_is_no_town_wherever_it_stands() -> None:
    for address in ("Шевчук Тарас, Київ", "Шевчук, Київ", "ТАРАС, Київ", "м. Шевчук, Київ"):
        assert town_of(address, "Тарас Шевчук") == "Київ"
    assert town_of("Тарасівка, Відділення №1", "Тарас Шевчук") == "Тарасівка"


@given(st.text(max_size=200))
def test_whatever_is_written_a_town_is_a_short_piece_of_it_without_a_digit(address: str) -> None:
    town = town_of(address)
    if town is not None:
        assert town
        assert len(town) <= LONGEST
        assert not any(char.isdigit() for char in town)
        assert "\n" not in town


STREETS = (
    "вул. Лісова",
    "просп. Науки",
    "бульвар Шевченка",
    "пров. Тихий",
    "площа Ринок",
    "узвіз Андріївський",
)


@given(st.sampled_from(STREETS), st.integers(1, 300), st.integers(1, 500), st.booleans())
def test_no_street_or_house_comes_along(street: str, house: int, flat: int, town_first: bool) -> None:
    there = f"{street} {house}, кв. {flat}"
    address = f"Полтава, {there}" if town_first else f"{there}, Полтава"
    assert town_of(address) == "Полтава"
