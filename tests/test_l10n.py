"""Words for people: keys never reach them, plurals, money and moments read as a Ukrainian writes them."""

import inspect
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot import l10n
from bot.l10n import MissingWord, Words, in_every_language
from bot.messengers import mail_faults, turbosms_codes
from models.people import Account, Language

KYIV = ZoneInfo("Europe/Kyiv")
NB = "\u00a0"

UKRAINIAN = """
greeting = Вітаємо, { $name }!
only-here = Лише українською
orders = { $count ->
    [one] { $count } замовлення чекає
    [few] { $count } замовлення чекають
   *[many] { $count } замовлень чекають
}
mood = { $status ->
    [in_work] у роботі
   *[other] деінде
}
quoted = «{ greeting }»
only-attributes =
    .title = Заголовок
"""
ENGLISH = """
greeting = Hello, { $name }!
orders = { $count ->
    [one] { $count } order waits
   *[other] { $count } orders wait
}
"""


@pytest.fixture
def locales(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Two languages of our own in place of the real ones."""
    for language, text in (("uk", UKRAINIAN), ("en", ENGLISH)):
        folder = tmp_path / "locales" / language
        folder.mkdir(parents=True)
        (folder / "test.ftl").write_text(text, encoding="utf-8")
    forget()
    monkeypatch.setattr(l10n, "files", lambda package: tmp_path)
    yield tmp_path / "locales"
    forget()


def forget() -> None:
    l10n.languages.cache_clear()
    l10n._bundle.cache_clear()
    l10n._bundles.cache_clear()


@pytest.mark.usefixtures("locales")
class TestTexts:
    def test_a_variable_stands_where_it_belongs_and_nothing_around_it(self) -> None:
        assert Words("uk")("greeting", name="Олено") == "Вітаємо, Олено!"

    def test_what_stands_in_a_variable_is_only_text(self) -> None:
        hostile = '{ $name } { "x" } <b>&\n-term = 1'
        assert Words("uk")("greeting", name=hostile) == f"Вітаємо, {hostile}!"

    def test_a_variable_may_be_as_long_as_a_buyers_message(self) -> None:
        assert Words("uk")("quoted", name="я" * 4096) == f"«Вітаємо, {'я' * 4096}!»"

    @pytest.mark.parametrize("key", ["nowhere", "only-attributes", "", "greeting.title", "-term"])
    def test_a_missing_word_is_an_error_and_not_a_key_on_the_screen(self, key: str) -> None:
        with pytest.raises(MissingWord) as missing:
            Words("uk")(key)
        assert missing.value.key == key

    def test_a_missing_variable_is_an_error_too(self) -> None:
        with pytest.raises(MissingWord, match="name"):
            Words("uk")("greeting")
        with pytest.raises(MissingWord, match="name"):
            Words("uk")("quoted")
        with pytest.raises(MissingWord, match="count"):
            Words("uk")("orders")

    def test_nothing_is_no_text(self) -> None:
        with pytest.raises(MissingWord, match="name"):
            Words("uk")("greeting", name=None)

    def test_a_language_says_in_ukrainian_what_it_has_no_words_for(self) -> None:
        words = Words("en")
        assert words("greeting", name="Olena") == "Hello, Olena!"
        assert words("only-here") == "Лише українською"
        assert words.has("only-here")
        assert not words.has("nowhere")
        assert words("quoted", name="Олено") == "«Вітаємо, Олено!»"

    def test_a_language_that_we_do_not_speak_is_answered_in_ukrainian(self) -> None:
        for language in ("pl", "", "..", "../../etc", "uk-UA", "UK"):
            assert Words(language)("greeting", name="я") == "Вітаємо, я!"
            assert Words(language).language == "uk"
        assert Words("en-US").language == "en"

    @pytest.mark.parametrize(
        ("count", "text"),
        [
            (0, "0 замовлень чекають"),
            (1, "1 замовлення чекає"),
            (2, "2 замовлення чекають"),
            (4, "4 замовлення чекають"),
            (5, "5 замовлень чекають"),
            (11, "11 замовлень чекають"),
            (12, "12 замовлень чекають"),
            (14, "14 замовлень чекають"),
            (21, "21 замовлення чекає"),
            (22, "22 замовлення чекають"),
            (25, "25 замовлень чекають"),
            (111, "111 замовлень чекають"),
            (1_001, f"1{NB}001 замовлення чекає"),
        ],
    )
    def test_ukrainian_counts_by_one_few_and_many(self, count: int, text: str) -> None:
        assert Words("uk")("orders", count=count) == text

    def test_every_language_counts_by_its_own_rules(self) -> None:
        assert [Words("en")("orders", count=count) for count in (1, 2, 21)] == [
            "1 order waits",
            "2 orders wait",
            "21 orders wait",
        ]

    def test_a_word_chooses_a_variant_as_well_as_a_number(self) -> None:
        assert Words("uk")("mood", status="in_work") == "у роботі"
        assert Words("uk")("mood", status="final") == "деінде"

    def test_a_text_that_is_not_fluent_stops_at_once(self, locales: Path) -> None:
        (locales / "uk" / "broken.ftl").write_text("good = yes\nbad = { $name\n", encoding="utf-8")
        with pytest.raises(ValueError, match=r"uk/broken\.ftl"):
            Words("uk")

    def test_the_texts_are_read_once(self, locales: Path) -> None:
        Words("uk")
        (locales / "uk" / "late.ftl").write_text("late = пізно\n", encoding="utf-8")
        assert not Words("uk").has("late")


@pytest.mark.parametrize(
    ("kopecks", "text"),
    [
        (0, "0 ₴"),
        (5, "0,05 ₴"),
        (100, "1 ₴"),
        (64_000, "640 ₴"),
        (128_000, "1 280 ₴"),
        (128_050, "1 280,50 ₴"),
        (128_001, "1 280,01 ₴"),
        (123_456_789_00, "123 456 789 ₴"),
        (10**18 + 1, "10 000 000 000 000 000,01 ₴"),
        (-64_050, "-640,50 ₴"),
    ],
)
def test_money_never_breaks_at_the_end_of_a_line(kopecks: int, text: str) -> None:
    assert Words("uk").money(kopecks) == text.replace(" ", NB)


def test_moments_are_told_in_the_readers_zone() -> None:
    words = Words("uk")
    moment = datetime(2026, 11, 23, 12, 10, tzinfo=UTC)
    assert words.clock(moment, KYIV) == "14:10"
    assert words.day(moment, KYIV) == "23 листопада"
    assert words.day_clock(moment, KYIV) == "23.11 14:10"
    assert words.clock(moment, ZoneInfo("Asia/Kathmandu")) == "17:55"


def test_the_day_is_the_readers_day() -> None:
    words = Words("uk")
    late = datetime(2026, 3, 6, 22, 30, tzinfo=UTC)
    assert words.day(late, KYIV) == "7 березня"
    assert words.day_clock(late, KYIV) == "07.03 00:30"
    assert words.day_clock(late, ZoneInfo("America/New_York")) == "06.03 17:30"


def test_the_change_of_clocks_is_known() -> None:
    words, before = Words("uk"), datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert [words.clock(before + timedelta(hours=hour), KYIV) for hour in (0, 1)] == ["03:30", "03:30"]


def test_a_moment_without_a_zone_is_a_mistake() -> None:
    words, naive = Words("uk"), datetime(2026, 11, 23, 12, 10)  # noqa: DTZ001
    for tell in (words.clock, words.day, words.day_clock):
        with pytest.raises(ValueError, match="zone"):
            tell(naive, KYIV)


# ------------------------------------------------------------ the marketplace's own names
SEED = {
    "new": "Нове замовлення",
    "in_work": "Обробляється менеджером",
    "no_contact": "Не вдалося зв'язатися вперше",
    "confirmed": "Дані підтверджені. Очікує відправлення",
    "handed_over": "Передано в службу доставки",
    "delivering": "Доставляється",
    "received": "Отримано",
    "not_collected": "Не забрав посилку",
    "refused": "Відмовився від товару",
    "out_of_stock": "Немає в наявності",
    "changed_mind": "Скасування. Клієнт передумав",
    "not_paid": "Скасування. Замовлення не оплачено",
    "buyer_cancelled": "Скасовано покупцем",
}


@pytest.mark.rule("R13", "R18", "R20", "R25", "R26", "R29", "RC15", "RC17", "RC18")
def test_rozetkas_names_are_those_of_its_rules_word_for_word() -> None:
    """In Ukrainian where the rules name a status in Russian (rules 1.8.1)."""
    words = Words("uk")
    assert {key: words(f"rozetka-state-{key}") for key in SEED} == SEED


# ------------------------------------------------------------ quick
def test_importing_costs_nothing_and_the_first_word_loads_no_aiogram() -> None:
    look = (
        "import sys, bot.l10n as l10n\n"
        "early = {name.partition('.')[0] for name in sys.modules}\n"
        "assert not early & {'babel', 'fluent', 'aiogram'}, early\n"
        "l10n.Words('uk')('rozetka-state-new'); l10n.Words('uk').money(1)\n"
        "assert 'aiogram' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", look], check=True, timeout=60)


def test_there_are_texts_in_every_language_that_can_be_chosen() -> None:
    assert l10n.languages() == set(Language)
    assert l10n.FALLBACK == Account.__table__.c.language.default.arg == next(iter(Language))


def test_what_a_key_types_is_known_in_whatever_language_it_was_drawn() -> None:
    assert in_every_language("button-no") == {"Ні", "Нет", "No"}


STATUSES = ("undelivered", "expired", "rejected", "failed", "cancelled")


def test_why_a_message_was_not_told_has_words_whatever_a_service_says() -> None:
    """An SMS, a mail: each reason that the tables of their answers name stands on a seller's card."""
    statuses = [turbosms_codes.sorted_status({"status": word, "type": "sms"}).reason for word in STATUSES]
    mails = re.findall(
        r'"((?:smtp_\w+|mailbox_full|no_mailbox|unreachable|refused))"', inspect.getsource(mail_faults)
    )
    assert len(mails) >= 10
    reasons = {*statuses, *mails, *turbosms_codes.ACCOUNT.values(), *turbosms_codes.PHONE.values()}
    words = Words(Language.UKRAINIAN)
    assert [reason for reason in sorted(map(str, reasons)) if not words.has(f"why-{reason}")] == []
