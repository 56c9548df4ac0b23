"""A shop's own words for buyers: what may stand in them, and laws that hold for any words whatever."""

import json
from collections.abc import Mapping

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bot.demo.telegram import parse_html, utf16
from keyboards.screen import LONGEST, clean
from keyboards.wording import filled, in_own_words
from models.shop import Shop
from models.template_text import (
    FORMS,
    MOST_FACTS,
    Fact,
    TemplateError,
    TemplateProblem,
    Text,
    braced,
    pieces,
    read_template,
)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("№{номер}: їде! ТТН {ТТН}", "№{номер}: їде! ТТН {ТТН}"),
        ("  №{ Номер }: ТТН { ттн }\n", "№{номер}: ТТН {ТТН}"),
        ("№{НОМЕР ЗАМОВЛЕННЯ}, {номер ттн}", "№{номер}, {ТТН}"),
        ("№{number} {ttn} {carrier}", "№{номер} {ТТН} {перевізник}"),
        ("{номер} {ТТН} {дата} {сума} {магазин}", "{номер} {ТТН} {дата} {сума} {магазин}"),
        ("{номер} {ТТН} 12.03.2026 10:00, 1 280,50 грн. Дякуємо!", None),
        ("{номер} {ТТН} %s $name ${x} ".replace("${x} ", ""), None),
        ("{номер} {ТТН}\n\nЗ повагою, Олена.Магазин", None),
    ],
)
def test_facts_are_known_under_many_spellings_and_kept_under_one(typed: str, kept: str | None) -> None:
    assert read_template(typed, Text.SHIPPED, contacts=False) == (typed.strip() if kept is None else kept)


BAD = [
    ("", "empty", {}),
    ("  \n ", "empty", {}),
    ("№{номер} ТТН {ТТН} " + "я" * 600, "too_long", {"most": 600}),
    ("№{номер} {ТТН} " + "👍" * 300, "too_long", {"most": 600}),  # counted as Telegram does
    ("№{номер ТТН {ТТН}", "braces", {}),
    ("№{номер} ТТН}", "braces", {}),
    ("№{{номер}} {ТТН}", "braces", {}),
    ("№{но\nмер} {ТТН}", "braces", {}),
    ("№{номер} {ТТН} {}", "unknown", {"fragment": ""}),
    ("№{номер} {ТТН} {колір}", "unknown", {"fragment": "колір"}),
    ("№{номер.__class__} {ТТН}", "unknown", {"fragment": "номер.__class__"}),
    ("№{номер!r} {ТТН}", "unknown", {"fragment": "номер!r"}),
    ("№{номер:>9999} {ТТН}", "unknown", {"fragment": "номер:>9999"}),
    ("№{номер[0]} {ТТН}", "unknown", {"fragment": "номер[0]"}),
    ("№{ $number } {ТТН}", "unknown", {"fragment": "$number"}),
    ("№{0} {ТТН}", "unknown", {"fragment": "0"}),
    ("№{номер} {ТТН} {причина}", "not_here", {"fact": Fact.REASON}),
    ("№{номер} {ТТН}, {ім'я}", "private", {"fragment": "ім'я"}),
    ("№{номер} {ТТН}, {Прізвище}", "private", {"fragment": "Прізвище"}),
    ("№{номер} {ТТН}, {телефон}", "private", {"fragment": "телефон"}),
    ("№{номер} {ТТН}, {адреса}", "private", {"fragment": "адреса"}),
    ("ТТН {ТТН}", "missing", {"fact": Fact.NUMBER}),
    ("number {ТТН}", "missing", {"fact": Fact.NUMBER}),
    ("№{номер}: їде", "missing", {"fact": Fact.TTN}),
    ("Вітаємо!\n№{номер}, ТТН {ТТН}", "number_first", {}),
    ("number\n№{номер}, ТТН {ТТН}", "number_first", {}),
    ("{номер}{ТТН}" + "{номер}" * 9, "too_many", {"most": MOST_FACTS}),
    ("№{номер} {ТТН} https://x.ua/a", "contact", {"fragment": "https://x.ua/a"}),
    ("№{номер} {ТТН} www.shop", "contact", {"fragment": "www.shop"}),
    ("№{номер} {ТТН} Samovar.com.ua!", "contact", {"fragment": "Samovar.com.ua!"}),
    ("№{номер} {ТТН} t.me/samovar", "contact", {"fragment": "t.me/samovar"}),
    ("№{номер} {ТТН} tg://resolve?domain=a", "contact", {"fragment": "tg://resolve?domain=a"}),
    ("№{номер} {ТТН} пишіть @samovar", "contact", {"fragment": "@samovar"}),
    ("№{номер} {ТТН} o@samovar.ua", "contact", {"fragment": "o@samovar.ua"}),
    ("№{номер} {ТТН} тел. (067) 123-45-67", "contact", {"fragment": "(067) 123-45-67"}),
    ("№{номер} {ТТН} +380671234567", "contact", {"fragment": "+380671234567"}),
    ("№{номер} {ТТН} картка 4111 1111 1111 1111", "contact", {"fragment": "4111 1111 1111 1111"}),
    ("№{номер} {ТТН} самовар.укр", "contact", {"fragment": "самовар.укр"}),
]


@pytest.mark.rule("R40", "R21")
@pytest.mark.parametrize(("typed", "kind", "facts"), BAD)
def test_what_is_wrong_is_named(typed: str, kind: str, facts: dict[str, object]) -> None:
    with pytest.raises(TemplateError) as bad:
        read_template(typed, Text.SHIPPED, contacts=False)
    assert bad.value.kind == kind
    assert facts.items() <= bad.value.facts.items()


def test_every_problem_has_its_row() -> None:
    assert {kind for _, kind, _ in BAD} == set(TemplateProblem)


@pytest.mark.rule("R40")
def test_a_shop_of_its_own_may_name_its_own_door() -> None:
    typed = "Наш сайт samovar.ua, телефон 067 123 45 67"
    assert read_template(typed, Text.CLOSING, contacts=True) == typed


NEEDS = """
greeting   номер магазин майданчик сума            номер
shipped    номер магазин ТТН перевізник дата сума  номер ТТН
courier    номер магазин дата сума                 номер
ready      номер магазин пункт сума                номер
arrived    номер магазин ТТН перевізник пункт сума номер
waiting    номер магазин ТТН перевізник пункт сума номер
cancelled  номер магазин причина                   номер
closing    магазин                                 -
"""


@pytest.mark.parametrize("line", NEEDS.strip().splitlines(), ids=lambda line: line.split()[0])
def test_each_text_names_what_its_moment_knows_and_must_say(line: str) -> None:
    """Typed by hand. The buyer's name, phone and home are nowhere (rules 1.8.9)."""
    kind, *rest = line.split()
    form = FORMS[Text(kind)]
    must = [braced(fact).strip("{}") for fact in form.must]
    may = [braced(fact).strip("{}") for fact in form.may]
    assert rest == [*may, *(must or ["-"])]


# ------------------------------------------------------------ laws
FULL: Mapping[Fact, str] = {
    **dict.fromkeys(Fact, f"<code>&amp;{'x' * 190}</code>"),
    Fact.NUMBER: "n" * 64,
    Fact.SHOP: "s" * 60,
}
HOLES = [braced(fact) for fact in Fact]
WILD = [
    *HOLES,
    "{",
    "}",
    "{{",
    "}}",
    "{ім'я}",
    "{0}",
    "{номер.__class__}",
    "{номер!r:>99}",
    "<b>",
    "&",
    "%s",
    "\n",
]
ANY = st.lists(
    st.one_of(st.sampled_from(WILD), st.text(st.characters(exclude_categories=["Cs"]), max_size=30)),
    max_size=30,
).map("".join)
LAWS = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


@LAWS
@given(text=ANY, kind=st.sampled_from(list(Text)), contacts=st.booleans())
def test_whatever_is_typed_is_read_or_refused_and_what_was_read_reads_again(
    text: str, kind: Text, contacts: bool
) -> None:
    try:
        kept = read_template(clean(text, LONGEST), kind, contacts=contacts)
    except TemplateError:
        return
    assert read_template(kept, kind, contacts=contacts) == kept
    named = [piece for piece in pieces(kept) if isinstance(piece, Fact)]
    assert set(FORMS[kind].must) <= set(named) <= set(FORMS[kind].may)
    shown = filled(kept, FULL)
    assert shown is not None
    assert utf16(parse_html(shown)[0]) <= LONGEST - 700, "the closing words and ours fit beside it"
    if Fact.NUMBER in FORMS[kind].must:
        assert "n" * 64 in shown.partition("\n")[0]


@pytest.mark.case("E1", "E2")
@LAWS
@given(kept=ANY, known=st.sets(st.sampled_from(list(Fact))))
@example(kept="<b>№{номер} &amp; {ім'я}", known={Fact.NUMBER})
def test_whatever_is_kept_is_drawn_without_a_fault_and_tells_nothing_that_is_not_named(
    kept: str, known: set[Fact]
) -> None:
    """Even what no reader would have let in: the words themselves, and each named fact, once for each time."""
    facts = {fact: f"<code>⟦{fact}⟧</code>" if fact in known else None for fact in Fact}
    meant = list(pieces(clean(kept, LONGEST)))
    named = [piece for piece in meant if isinstance(piece, Fact)]
    drawn = filled(kept, facts)
    if drawn is None:
        assert not set(named) <= known
        return
    parsed, _ = parse_html(drawn)
    told = (f"⟦{piece}⟧" if isinstance(piece, Fact) else piece for piece in meant)
    assert parsed.strip() == "".join(told).strip()


@LAWS
@given(kept=ANY, kind=st.sampled_from(list(Text)))
def test_a_fact_that_is_not_of_this_text_is_never_put_in(kept: str, kind: Text) -> None:
    shop = Shop(name="Самовар", marketplace="rozetka", texts=json.dumps({kind: kept}))
    named = {piece for piece in pieces(clean(kept, LONGEST)) if isinstance(piece, Fact)}
    drawn = in_own_words(kind, shop, FULL)
    assert (drawn is None) is bool(named - set(FORMS[kind].may))
