"""What a stranger may see of an address: a branch whole, of somebody's door the town alone (1.8.9)."""

import pytest

from models.glimpse import place_of

# address, carrier -> what may be seen of it
ADDRESSES = [
    ("Київ, Відділення №4", "nova_poshta", "Київ, Відділення №4"),
    ("м. Київ, відд. 4: вул. Садова, 7", "nova_poshta", "м. Київ, відд. 4: вул. Садова, 7"),
    ("Львів, Поштомат №30012", "meest", "Львів, Поштомат №30012"),
    ("Киев, Отделение №4", "nova_poshta", "Киев, Отделение №4"),
    ("Київ, магазин ROZETKA, просп. Бандери, 6", "rozetka", "Київ, магазин ROZETKA, просп. Бандери, 6"),
    ("Київ, вул. Садова, 7, кв. 3", "nova_poshta", "Київ"),
    ("Київ, кур'єр до дверей, вул. Садова, 7 (замість відділення)", "nova_poshta", "Київ"),
    ("Київ, відділення №4, кв. 3", "nova_poshta", "Київ"),
    ("Київ, вул. Садова, 7", "own", "Київ"),
    ("Київ, Відділення №4", "own", "Київ"),
    ("вул. Садова, 7, Київ", "own", ""),
    ("ВУЛИЦЯ САДОВА, 7", "nova_poshta", ""),
    ("Садова 7, Київ", "nova_poshta", ""),
    ("04070, Київ, вул. Садова, 7", "ukrposhta", ""),
    ("Київ", "nova_poshta", ""),
    ("", "nova_poshta", ""),
    ("  ", "own", ""),
    ("Київ, Хрещатик, 1", "pickup", "Київ, Хрещатик, 1"),
]


@pytest.mark.rule("R07", "R11")
@pytest.mark.parametrize(("address", "carrier", "seen"), ADDRESSES)
def test_what_is_seen_of_an_address(address: str, carrier: str, seen: str) -> None:
    assert place_of(address, carrier) == seen
