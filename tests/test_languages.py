"""Every language says the same in its own words: plurals, alphabets, buttons that a text names, examples to type."""

import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from fluent.syntax import FluentParser, visitor
from fluent.syntax import ast as ftl
from fluent.syntax.serializer import serialize_expression

from keyboards.typed import bare
from models.days_text import read_days
from models.people import Language
from models.steps_text import read_steps
from models.workflows import WORKFLOWS
from models.worktime import WorkSchedule

LOCALES = Path(__file__).parent.parent / "bot" / "locales"
FALLBACK = Language.UKRAINIAN

every_language = pytest.mark.parametrize("language", Language)
others = pytest.mark.parametrize("language", [one for one in Language if one is not FALLBACK])

PLURALS = {
    Language.UKRAINIAN: {"one", "few", "many"},
    Language.RUSSIAN: {"one", "few", "many"},
    Language.ENGLISH: {"one", "other"},
}
"""Typed by hand from CLDR, of whole numbers. What Slavic languages say of fractions is never said here."""

FOREIGN = {
    Language.UKRAINIAN: "[ыэъёЫЭЪЁ]",
    Language.RUSSIAN: "[іїєґІЇЄҐ]",
    Language.ENGLISH: "[\u0400-\u052f]",
}
"""Letters that a language does not have."""
STAYS = re.compile('^Українська$|^Русский$|Українська, Русский|[{] "[{]" [}]номер[{] "[}]" [}]|передумав')
"""Names that stay as they are, and what must be typed as the marketplace has it."""


class _Selectors(visitor.Visitor):
    def __init__(self) -> None:
        self.found: list[set[str]] = []

    def visit_SelectExpression(self, node: ftl.SelectExpression) -> None:
        self.found.append({key_of(variant.key) for variant in node.variants})
        self.generic_visit(node)


def key_of(key: ftl.Identifier | ftl.NumberLiteral) -> str:
    return str(key.name if isinstance(key, ftl.Identifier) else key.value)


@cache
def messages(language: str) -> dict[str, ftl.Message]:
    """All texts of a language; in Ukrainian without the marketplaces' own names."""
    return {
        entry.id.name: entry
        for path in sorted((LOCALES / language).glob("*.ftl"))
        for entry in FluentParser().parse(path.read_text(encoding="utf-8")).body
        if isinstance(entry, ftl.Message) and (path.stem not in WORKFLOWS or language != FALLBACK)
    }


def written(message: ftl.Message) -> str:
    """A text as it stands in its file."""
    assert message.value is not None
    return "".join(
        element.value
        if isinstance(element, ftl.TextElement)
        else f"{{ {serialize_expression(element.expression)} }}"
        for element in message.value.elements
    )


def plurals(message: ftl.Message) -> list[set[str]]:
    selectors = _Selectors()
    selectors.visit(message)
    return [keys for keys in selectors.found if "one" in keys]


# ------------------------------------------------------------ plurals
@every_language
def test_a_count_has_all_the_plurals_of_its_language_and_no_others(language: Language) -> None:
    wrong = {
        key: keys
        for key, message in messages(language).items()
        for keys in plurals(message)
        if keys != PLURALS[language]
    }
    assert wrong == {}


@others
def test_what_is_counted_in_ukrainian_is_counted_in_every_language(language: Language) -> None:
    counted = {key for key, message in messages(FALLBACK).items() if plurals(message)}
    assert counted == {key for key, message in messages(language).items() if plurals(message)}
    assert len(counted) >= 10


# ------------------------------------------------------------ words
@every_language
def test_no_word_of_another_language_is_left(language: Language) -> None:
    left = {
        key: text
        for key, message in messages(language).items()
        if re.search(FOREIGN[language], STAYS.sub("", text := written(message)))
    }
    assert left == {}


@others
def test_what_differs_in_ukrainian_differs_in_every_language(language: Language) -> None:
    """Two buttons on one screen must not read the same where the Ukrainian ones do not."""
    buttons = [
        key
        for key in messages(FALLBACK)
        if key.startswith(
            ("action-", "button-", "buyer-", "lane-", "role-", "stage-", "due-", "draft-button-")
        )
    ]
    ours, theirs = messages(FALLBACK), messages(language)
    same = [
        (one, other)
        for at, one in enumerate(buttons)
        for other in buttons[at + 1 :]
        if written(theirs[one]) == written(theirs[other]) and written(ours[one]) != written(ours[other])
    ]
    assert same == []


QUOTED = re.compile("[«“]([^«»“”{}]+)[»”]")
PRESSED = ("action-", "button-", "buyer-", "draft-button-", "phone-", "blanked")


def labels(language: Language) -> dict[str, str]:
    """What stands on buttons, without the pictures."""
    return {
        key: bare(written(message))
        for key, message in messages(language).items()
        if key.startswith(PRESSED) and message.value is not None and len(written(message)) < 60
    }


def named() -> Iterator[tuple[str, str, set[str]]]:
    """(text, words in quotes, the buttons that bear them) of all Ukrainian texts that name a button."""
    buttons = labels(FALLBACK)
    for key, message in messages(FALLBACK).items():
        for words in QUOTED.findall(written(message)):
            bearing = {button for button, label in buttons.items() if label == bare(words)}
            if bearing and key not in bearing:
                yield key, words, bearing


@others
def test_a_text_names_the_button_as_it_is_called_in_its_language(language: Language) -> None:
    theirs = labels(language)
    wrong = {
        (key, words): sorted(theirs[button] for button in buttons)
        for key, words, buttons in named()
        if not {theirs[button] for button in buttons}
        & {bare(quoted) for quoted in QUOTED.findall(written(messages(language)[key]))}
    }
    assert wrong == {}
    assert len(list(named())) >= 20


# ------------------------------------------------------------ what may be typed
WEEKS = re.compile("(?:Пн|Mon)-[^.:;]+(?=\\.)")
TODAY = date(2026, 11, 23)


@every_language
def test_the_hours_that_are_given_as_an_example_are_understood(language: Language) -> None:
    found = [
        example
        for key, message in messages(language).items()
        if key.startswith(("ask-hours", "hours-bad-"))
        for example in WEEKS.findall(written(message))
    ]
    assert len(found) >= 5
    for example in found:
        WorkSchedule.parse(example)


@pytest.mark.parametrize(
    ("language", "text"),
    [("uk", "24 грудня"), ("ru", "24 декабря"), ("en", "24 December")],
)
def test_the_days_that_are_given_as_an_example_are_understood(language: str, text: str) -> None:
    assert text in written(messages(language)["ask-days"])
    for example in (text, "25.12", "30.12-02.01", "31.12 9-14"):
        assert example in written(messages(language)["ask-days"])
        assert read_days(example, TODAY)


@every_language
def test_the_steps_that_are_given_as_an_example_are_understood(language: Language) -> None:
    text = written(messages(language)["ask-steps"])
    for example in ("1:00, 1:30, 2:00", "60 90 120"):
        assert example in text
        assert read_steps(example)
