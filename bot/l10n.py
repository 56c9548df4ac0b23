"""Words for people: Fluent texts in `bot/locales/<language>/*.ftl`, money and moments as a reader expects.

Ukrainian is the fallback of all other languages, sentence by sentence: a missing word is then said in
Ukrainian, by Ukrainian rules of plural. What is nowhere is a mistake and raises MissingWord: nobody is ever
shown a key. The texts are read at the first word, once a language; importing this module costs nothing.
"""

from __future__ import annotations

from datetime import datetime, tzinfo
from decimal import Decimal
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from babel import Locale
    from fluent.runtime import FluentBundle

FALLBACK = "uk"
NO_BREAK = "\u00a0"


class MissingWord(Exception):
    """No text under this key, or the text needs something that was not given; `why` says which."""

    def __init__(self, key: str, why: str) -> None:
        super().__init__(f"{key}: {why}")
        self.key = key
        self.why = why


class Words:
    """All texts in one language. Cheap to make: the texts themselves are shared.

    A language that we do not have (`pl`) is answered in Ukrainian, a variety (`en-US`) in its language.
    """

    __slots__ = ("_bundles", "language")

    def __init__(self, language: str) -> None:
        known = language.partition("-")[0].lower()
        self.language = known if known in languages() else FALLBACK
        self._bundles = _bundles(self.language)

    def __call__(self, key: str, /, **variables: Any) -> str:
        """The text under a key. Variables are plain text or numbers: who shows HTML escapes them before.

        Numbers choose plurals and are shown in groups of three; what is not to be grouped is given as text.
        """
        for bundle in self._bundles:
            if bundle.has_message(key):
                return _say(bundle, key, variables)
        raise MissingWord(key, "no such text")

    def has(self, key: str) -> bool:
        return any(bundle.has_message(key) for bundle in self._bundles)

    def money(self, kopecks: int) -> str:
        """ "1 280 ₴" with no-break spaces; kopecks where there are any: "1 280,50 ₴"."""
        from babel.numbers import format_decimal

        whole, rest = divmod(kopecks, 100)
        amount = format_decimal(
            Decimal(kopecks) / 100 if rest else whole,
            "#,##0.00" if rest else "#,##0",
            locale=_locale(self.language),
        )
        return f"{amount}{NO_BREAK}₴"

    def clock(self, moment: datetime, zone: tzinfo) -> str:
        """ "14:10" there. Like its neighbours it refuses a moment without a zone: ValueError."""
        return self._date(moment, zone, "HH:mm")

    def day(self, moment: datetime, zone: tzinfo) -> str:
        """ "23 November", the month in the reader's language and in its proper case."""
        return self._date(moment, zone, "d MMMM")

    def day_clock(self, moment: datetime, zone: tzinfo) -> str:
        """ "23.11 14:10"."""
        return self._date(moment, zone, "dd.MM HH:mm")

    def _date(self, moment: datetime, zone: tzinfo, pattern: str) -> str:
        from babel.dates import parse_pattern

        if moment.tzinfo is None:
            raise ValueError("a moment without a zone has no time of day")
        return parse_pattern(pattern).apply(moment.astimezone(zone), _locale(self.language))


@cache
def languages() -> frozenset[str]:
    """The languages that we have words in."""
    return frozenset(entry.name for entry in (files("bot") / "locales").iterdir() if entry.is_dir())


def in_every_language(key: str) -> frozenset[str]:
    """What stands under a key in any of them: a keyboard outlives a change of language."""
    return frozenset(Words(language)(key) for language in languages())


@cache
def _locale(language: str) -> Locale:
    from babel import Locale

    return Locale.parse(language)


@cache
def _bundles(language: str) -> tuple[FluentBundle, ...]:
    if language == FALLBACK:
        return (_bundle(language),)
    return (_bundle(language), *_bundles(FALLBACK))


@cache
def _bundle(language: str) -> FluentBundle:
    from fluent.runtime import FluentBundle, FluentResource, resolver
    from fluent.syntax.ast import Junk

    # The library's guard against its own authors, 2500 characters a part, is shorter than a buyer's message.
    resolver.MAX_PART_LENGTH = 1 << 16
    bundle = FluentBundle([language], use_isolating=False)
    # The rules of plural are asked once a variant, 4 us each time; there are few different counts.
    bundle._plural_form = lru_cache(maxsize=1024, typed=True)(bundle._plural_form)
    for text in (files("bot") / "locales" / language).iterdir():
        if not text.name.endswith(".ftl"):
            continue
        resource = FluentResource(text.read_text(encoding="utf-8"))
        if broken := [entry.content for entry in resource.body if isinstance(entry, Junk)]:
            raise ValueError(f"{language}/{text.name} is not Fluent: {broken}")
        bundle.add_resource(resource)
    return bundle


def _say(bundle: FluentBundle, key: str, variables: dict[str, Any]) -> str:
    pattern = bundle.get_message(key).value
    if pattern is None:
        raise MissingWord(key, "no text, only attributes")
    text, errors = bundle.format_pattern(pattern, variables)
    if errors:
        raise MissingWord(key, "; ".join(str(error) for error in errors))
    return str(text)
