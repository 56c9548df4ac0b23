"""What an order is found by, and what is looked for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.search_text import Query, folded, read_query, search_text


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("812345678", Query("812345678", ("812345678",))),
        ("№812345678", Query("812345678", ("812345678",))),
        ("№812 345 678", Query("812345678", ("812345678",))),
        ("# 5678", Query("5678", ("5678",))),
        ("567", Query("567")),
        ("AB-1234", Query("AB-1234", ("ab-1234",))),
        ("12-345", Query("12-345", ("12345", "12-345"))),
        ("0671234567", Query("0671234567", ("0671234567", "380671234567"))),
        ("067 123 45 67", Query("0671234567", ("0671234567", "380671234567"))),
        ("+38 (067) 123-45-67", Query(None, ("380671234567",))),
        ("80671234567", Query("80671234567", ("80671234567", "380671234567"))),
        ("Шевчук", Query(None, (), ("шевчук",))),
        ("ТАРАС шевч", Query(None, (), ("тарас", "шевч"))),
        ("О'Коннор", Query(None, (), ("оконнор",))),
        ("О’Коннор", Query(None, (), ("оконнор",))),
        ("Оʼконнор", Query(None, (), ("оконнор",))),
        ("Ґудзь", Query(None, (), ("гудзь",))),
        ("Шевчук 4567", Query(None, ("4567",), ("шевчук",))),
        ("Іваненко-Петренко", Query(None, (), ("іваненко", "петренко"))),
        ("я", None),
        ("...", None),
        ("", None),
        ("один два три чотири п'ять шість", None),
        ("1" * 101, None),
    ],
)
def test_a_query_is_a_number_a_phone_or_a_name(text: str, query: Query | None) -> None:
    assert read_query(text) == query


@given(st.text())
def test_reading_a_query_never_raises(text: str) -> None:
    query = read_query(text)
    assert query is None or query.number or query.tails or query.words


@given(st.text(alphabet=st.characters(max_codepoint=0x52F), max_size=60))
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert folded(folded(text)) == folded(text)


def test_numbers_end_at_a_hash_and_each_word_of_a_name_begins_after_a_space() -> None:
    text = search_text("A-12", "+380671234567", "Тарас О’Коннор-Ґудзь")
    assert text == "a-12#380671234567# тарас оконнор гудзь"
    other = search_text("A-12", "+380671234567", "Тарас", "+380509876543")
    assert other == "a-12#380671234567#380509876543# тарас"
