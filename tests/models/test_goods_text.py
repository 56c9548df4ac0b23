"""Goods as people type them, with the total that they meant; what could mean two things is asked again."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.goods_text import GoodsError, GoodsProblem, read_goods

# what is typed -> title, quantity, price in kopecks
READ = [
    ("Чайник 2 х 640", ("Чайник", 2, 64000)),
    ("Чайник 2 x 640", ("Чайник", 2, 64000)),
    ("Чайник 2*640", ("Чайник", 2, 64000)),
    ("Чайник × 2 — 640 ₴", ("Чайник", 2, 64000)),
    ("Чайник 640", ("Чайник", 1, 64000)),
    ("Чайник - 2 шт. x 640,50 грн", ("Чайник", 2, 64050)),
    ("Чайник 640 грн x 2", ("Чайник", 2, 64000)),
    ("Чайник 640 x 2 шт", ("Чайник", 2, 64000)),
    ("Чайник 2 шт 640", ("Чайник", 2, 64000)),
    ("Чайник 2шт. по 640 грн.", ("Чайник", 2, 64000)),
    ("Чайник 2 по 640", ("Чайник", 2, 64000)),
    ("Чайник по 640", ("Чайник", 1, 64000)),
    ("2 x Чайник 640", ("Чайник", 2, 64000)),
    ("2 шт. Чайник 640 грн", ("Чайник", 2, 64000)),
    ("Чайник 12 999 грн", ("Чайник", 1, 1299900)),
    ("Чайник 2 шт 1 280", ("Чайник", 2, 128000)),
    ("1) Чайник «Пектораль» 1.5 л 2х640=1280", ("Чайник «Пектораль» 1.5 л", 2, 64000)),
    ("Samsung S21 128 15000", ("Samsung S21 128", 1, 1500000)),
    ("iPhone X 15000", ("iPhone X", 1, 1500000)),
    ("Max2 640", ("Max2", 1, 64000)),
    ("Кабель 5м 120", ("Кабель 5м", 1, 12000)),
    ("• Чохол 100грн/шт, 3 шт", ("Чохол", 3, 10000)),
    ("Чайник | 2 | 640.00 | 1280.00", ("Чайник", 2, 64000)),
    ("Чайник: 640 грн", ("Чайник", 1, 64000)),
    ("Ліхтар 10 х 5", ("Ліхтар", 10, 500)),
    ("подарунок 0", ("подарунок", 1, 0)),
    ("Чай\u200bник\u00a02\u00a0х\u00a0640", ("Чайник", 2, 64000)),
]

NOT_READ = [
    ("Чайник", GoodsProblem.UNREADABLE),
    ("640", GoodsProblem.UNREADABLE),
    ("2 шт х 640", GoodsProblem.UNREADABLE),
    ("Чайник 1,5 л", GoodsProblem.UNREADABLE),
    ("Чайник ٢ х ٦٤٠", GoodsProblem.UNREADABLE),
    ("Чайник 12 999", GoodsProblem.AMBIGUOUS),
    ("Чайник 2 х 640 = 1300", GoodsProblem.AMBIGUOUS),
    ("Чайник 0 х 5", GoodsProblem.TOO_MUCH),
    ("Чайник 100001 х 5", GoodsProblem.TOO_MUCH),
    ("Чайник 9999999999", GoodsProblem.TOO_MUCH),
    (f"{'Ч' * 301} 640", GoodsProblem.TOO_LONG),
    ("", GoodsProblem.UNREADABLE),
    ("Чайник 1\n" * 101, GoodsProblem.TOO_MANY),
]


@pytest.mark.parametrize(("typed", "meant"), READ)
def test_a_line_is_read_as_it_was_meant(typed: str, meant: tuple[str, int, int]) -> None:
    [one] = read_goods(typed)
    assert (one.title, one.quantity, one.price) == meant


@pytest.mark.parametrize(("typed", "problem"), NOT_READ, ids=[row[0][:20] for row in NOT_READ])
def test_what_is_not_clear_is_not_guessed_at(typed: str, problem: GoodsProblem) -> None:
    with pytest.raises(GoodsError) as refused:
        read_goods(typed)
    assert refused.value.kind is problem


def test_several_lines_are_several_goods_and_the_bad_one_is_named() -> None:
    found = read_goods("Чайник 2 х 640\n\n чохол 100 грн; кришка 50")
    assert [(one.title, one.quantity, one.price) for one in found] == [
        ("Чайник", 2, 64000),
        ("чохол", 1, 10000),
        ("кришка", 1, 5000),
    ]
    assert [(one.title, one.price) for one in read_goods("Чайник 2 по 640, чохол 100")] == [
        ("Чайник", 64000),
        ("чохол", 10000),
    ]
    assert [one.title for one in read_goods("Чайник, білий 640")] == ["Чайник, білий"]
    with pytest.raises(GoodsError) as refused:
        read_goods("Чайник 2 х 640\nщось дивне\nчохол 100")
    assert refused.value.fragment == "щось дивне"


@settings(max_examples=300, deadline=None)
@given(
    title=st.from_regex(r"[A-Za-z\u0430-\u0449]{3,12}( [A-Za-z\u0430-\u0449]{3,12}){0,2}", fullmatch=True),
    quantity=st.integers(1, 99_999),
    kopecks=st.integers(0, 10**8),
)
def test_the_form_that_is_shown_is_always_understood(title: str, quantity: int, kopecks: int) -> None:
    [one] = read_goods(f"{title} {quantity} х {kopecks // 100},{kopecks % 100:02}")
    assert (one.quantity, one.price) == (quantity, kopecks)


@settings(max_examples=500, deadline=None)
@given(text=st.one_of(st.text(max_size=200), st.from_regex(r"[a-z0-9 .,x*=|\u0445-]{0,60}", fullmatch=True)))
def test_anything_else_is_refused_and_nothing_worse(text: str) -> None:
    try:
        found = read_goods(text)
    except GoodsError:
        return
    assert all(1 <= one.quantity <= 100_000 and 0 <= one.price <= 10**11 and one.title for one in found)
