"""An owner's screens of a shop's texts for buyers: each shown as its buyer will see it, before it counts. Whatever the
owner reads, buyers are Ukrainian until they choose: our own words are shown, and copied, as those read them."""

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from aiogram.types import CopyTextButton, InlineKeyboardButton

from bot.l10n import FALLBACK, Words
from keyboards.link import LONGEST_COPY
from keyboards.order import EXAMPLES
from keyboards.screen import Screen, compose, escape, keyboard, said, units
from keyboards.settings import title, to_menu
from keyboards.shop_buttons import TextButton, TextsButton
from keyboards.wording import Facts, filled
from models.shop import Shop
from models.template_text import FORMS, Fact, TemplateError, Text, braced, own_texts
from models.terms import schedule_of
from models.workflows import WORKFLOWS

_OURS: Mapping[Text, str] = {
    Text.GREETING: "buyer-intro",
    Text.SHIPPED: "buyer-shipped",
    Text.COURIER: "buyer-courier-left",
    Text.READY: "buyer-ready",
    Text.ARRIVED: "buyer-arrived",
    Text.WAITING: "buyer-still-waiting",
    Text.CANCELLED: "buyer-order-cancelled",
}
"""What is said where a shop has no words of its own; there is no closing then."""

_MARK = "\u270f\ufe0f "


def texts_screen(shop: Shop, words: Words) -> Screen:
    """All of them; those in the shop's own words bear a mark."""
    own = own_texts(shop.texts)
    buttons = [
        _button(shop, text, "look", f"{_MARK if text in own else ''}{words(f'text-{text}')}") for text in Text
    ]
    return Screen(
        compose([title(shop, words), words("settings-texts")]),
        keyboard(*(buttons[at : at + 2] for at in range(0, len(buttons), 2)), to_menu(shop, words)),
    )


def text_screen(shop: Shop, text: Text, now: datetime, words: Words, *, saved: bool = False) -> Screen:
    """When it goes, and what the buyer sees now."""
    own = own_texts(shop.texts).get(text)
    sample = _sample(shop, now)
    seen = _ours(text, sample) if own is None else filled(own, sample)
    usual = [] if own is None else [_button(shop, text, "usual", words("button-text-usual"))]
    return Screen(
        compose(
            [
                title(shop, words),
                words("settings-text-saved") if saved else None,
                f"<b>{words(f'text-{text}')}</b>: {words(f'text-when-{text}')}",
                words("settings-text-seen") if seen else words("settings-text-none"),
                _quote(seen),
            ]
        ),
        keyboard(
            [_button(shop, text, "type", words("button-change"))],
            usual,
            [_back(shop, words)],
        ),
    )


def type_text_screen(shop: Shop, text: Text, words: Words) -> Screen:
    """What may be typed, what must stay; the present text at a tap, to change a word of it."""
    form = FORMS[text]
    present = own_texts(shop.texts).get(text) or _ours(text, {fact: braced(fact) for fact in Fact})
    copied = present is not None and units(present) <= LONGEST_COPY
    return Screen(
        compose(
            [
                words("ask-text", name=words(f"text-{text}"), most=form.most),
                words("ask-text-facts"),
                *(words("ask-text-fact", fact=braced(fact), what=words(f"fact-{fact}")) for fact in form.may),
                *(
                    words("ask-text-first" if fact is Fact.NUMBER else "ask-text-must", fact=braced(fact))
                    for fact in form.must
                ),
                words("ask-text-no-adverts") if WORKFLOWS[shop.marketplace].cabinet else None,
                words("ask-text-now", text=f"<code>{escape(present)}</code>") if present else None,
            ]
        ),
        keyboard(
            [
                InlineKeyboardButton(
                    text=words("button-copy-text"), copy_text=CopyTextButton(text=present or "")
                )
            ]
            if copied
            else [],
            [_button(shop, text, "look", words("button-back"))],
        ),
    )


def typed_text_screen(shop: Shop, text: Text, typed: str, mark: str, now: datetime, words: Words) -> Screen:
    """What the buyer would see, before it counts."""
    return Screen(
        compose(
            [
                f"<b>{words(f'text-{text}')}</b>",
                words("settings-text-will-see"),
                _quote(filled(typed, _sample(shop, now))),
                words("settings-text-sure"),
            ]
        ),
        keyboard(
            [_button(shop, text, "save", words("button-save"), mark)],
            [
                _button(shop, text, "type", words("button-again")),
                _button(shop, text, "look", words("button-back")),
            ],
        ),
    )


def text_fault(error: TemplateError, text: Text, words: Words) -> str:
    """What is wrong with what was typed, and what to type."""
    facts = error.facts
    fact = facts.get("fact")
    return words(
        f"text-bad-{error.kind}",
        fragment=said(str(facts.get("fragment", "")), 60),
        fact="" if fact is None else braced(fact),
        may=", ".join(braced(one) for one in FORMS[text].may),
        units=facts.get("units", 0),
        most=facts.get("most", 0),
    )


def _ours(text: Text, facts: Facts) -> str | None:
    key = _OURS.get(text)
    if key is None:
        return None
    said_of = {str(fact): value or "" for fact, value in facts.items()}
    point = said_of[Fact.POINT]
    return Words(FALLBACK)(key, address=f": {point}" if text is Text.ARRIVED else point, **said_of)


def _sample(shop: Shop, now: datetime) -> Facts:
    """An order that might be the shop's."""
    words = Words(FALLBACK)
    return {
        Fact.NUMBER: words("sample-number"),
        Fact.SHOP: said(shop.name, 60),
        Fact.PLATFORM: words(f"platform-{shop.marketplace}"),
        Fact.TTN: f"<code>{EXAMPLES['nova_poshta']}</code>",
        Fact.CARRIER: words("carrier-nova_poshta"),
        Fact.DAY: words.day(now, ZoneInfo(schedule_of(shop).zone)),
        Fact.TOTAL: words.money(128_000),
        Fact.POINT: words("sample-point"),
        Fact.REASON: words(f"{shop.marketplace}-state-out_of_stock"),
    }


def _quote(text: str | None) -> str | None:
    return f"<blockquote>{text}</blockquote>" if text else None


def _button(shop: Shop, text: Text, to: str, label: str, mark: str = "") -> InlineKeyboardButton:
    data = TextButton(shop=shop.id, text=text, to=to, mark=mark)
    return InlineKeyboardButton(text=label, callback_data=data.pack())


def _back(shop: Shop, words: Words) -> InlineKeyboardButton:
    return InlineKeyboardButton(text=words("button-back"), callback_data=TextsButton(shop=shop.id).pack())
