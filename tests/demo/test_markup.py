"""parse_mode=HTML as Telegram reads it; offsets count UTF-16 code units."""

import html
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.demo.telegram import Refusal, parse_html, utf16
from bot.demo.telegram.autolinks import found_entities
from bot.demo.telegram.entities import as_html
from bot.demo.telegram.markup import LONE_SURROGATE
from bot.demo.telegram.texts import formatted

Entities = list[tuple[Any, ...]]

UNDERSTOOD: list[tuple[str, str, Entities]] = [
    ("просто", "просто", []),
    ("<b>ціна</b> 5", "ціна 5", [("bold", 0, 4)]),
    ("🔔 <b>нове</b>", "🔔 нове", [("bold", 3, 4)]),
    ("<b>🔔👨‍👩‍👧</b>!", "🔔👨‍👩‍👧!", [("bold", 0, 10)]),
    ("<strong>a</strong><em>b</em><ins>c</ins><strike>d</strike><del>e</del>", "abcde",
     [("bold", 0, 1), ("italic", 1, 1), ("underline", 2, 1), ("strikethrough", 3, 2)]),
    ("<b>a<b>b</b></b><b>c</b>", "abc", [("bold", 0, 3)]),
    ("<s><b>a</b></s>", "a", [("bold", 0, 1), ("strikethrough", 0, 1)]),
    ("<i>a</i><u>b</u><s>c</s>", "abc", [("italic", 0, 1), ("underline", 1, 1), ("strikethrough", 2, 1)]),
    ("<tg-spoiler>a</tg-spoiler><span class=\"tg-spoiler\">b</span>", "ab", [("spoiler", 0, 2)]),
    ("<b>a<i>b</i>c</b>", "abc", [("bold", 0, 3), ("italic", 1, 1)]),
    ("<B>a</b>", "a", [("bold", 0, 1)]),
    ("<b >a</b >", "a", [("bold", 0, 1)]),
    ("<b>a</>", "a", [("bold", 0, 1)]),
    ("<b></b>a", "a", []),
    ("<code>812345678</code>", "812345678", [("code", 0, 9)]),
    ("<pre>x\ny</pre>", "x\ny", [("pre", 0, 3)]),
    ("<pre><code class=\"language-py\">x</code></pre>", "x", [("pre", 0, 1, "py")]),
    ("<code class=\"language-py\"><pre>x</pre></code>", "x", [("pre", 0, 1, "py")]),
    ("<code class='language-py'>x</code>", "x", [("code", 0, 1)]),
    ("<b>a<code>b</code>c</b>", "abc", [("bold", 0, 1), ("code", 1, 1), ("bold", 2, 1)]),
    ("<code><b>a</b></code>", "a", [("code", 0, 1)]),
    ("<blockquote>a</blockquote>", "a", [("blockquote", 0, 1)]),
    ("<blockquote expandable>a</blockquote>", "a", [("expandable_blockquote", 0, 1)]),
    ("<tg-emoji emoji-id=\"53683241\">👍</tg-emoji>", "👍", [("custom_emoji", 0, 2, "53683241")]),
    ("<tg-time unix=\"1700000000\">завтра</tg-time>", "завтра", [("date_time", 0, 6, 1700000000)]),
    ("<tg-time>завтра</tg-time>", "завтра", []),
    ("<a href=\"https://rozetka.com.ua/?a=1&amp;b=2\">тут</a>", "тут", [("text_link", 0, 3, "https://rozetka.com.ua/?a=1&b=2")]),
    ("<a href='HTTPS://Rozetka.com.ua'>тут</a>", "тут", [("text_link", 0, 3, "https://rozetka.com.ua/")]),
    ("<a>ya.ua/x</a>", "ya.ua/x", [("text_link", 0, 7, "http://ya.ua/x")]),
    ("<a href=\"tg://resolve?domain=x\">a</a>", "a", [("text_link", 0, 1, "tg://resolve?domain=x")]),
    ("<a href=\"tg://user?id=7\">a</a>", "a", [("text_mention", 0, 1, 7)]),
    ("<a href=\"nowhere\">a</a>", "a", []),
    ("<a href=\"javascript:alert(1)\">a</a>", "a", []),
    ("<a title=x href=ya.ua>a</a>", "a", [("text_link", 0, 1, "http://ya.ua/")]),
    ("&lt;b&gt; &amp;amp; &quot;x&quot;", "<b> &amp; \"x\"", []),
    ("&#8372;&#x20B4;&#128276;<b>x</b>", "₴₴🔔x", [("bold", 4, 1)]),
    ("&nbsp;&laquo;&#0;&#12345678;& &", "&nbsp;&laquo;&#0;&#12345678;& &", []),
    (f"&#{'9' * 5000};", f"&#{'9' * 5000};", []),
    ("&ltb", "&ltb", []),
    ("&lt b", "< b", []),
    ("a > b \"c\"", "a > b \"c\"", []),
    ("  <b> x </b>\n ", "x", [("bold", 0, 1)]),
    ("a\tb\x00c\r\n\x1bd", "a b c\n d", []),
    ("\u202eab\u202c<b>c</b>", "abc", [("bold", 2, 1)]),
    ("<b>a\u2028</b>b", "ab", [("bold", 0, 1)]),
]  # fmt: skip


def short(entity: dict[str, Any]) -> tuple[Any, ...]:
    more = next((entity[k] for k in ("url", "language", "custom_emoji_id", "unix_time") if k in entity), None)
    if "user" in entity:
        more = entity["user"]["id"]
    found = entity["type"], entity["offset"], entity["length"]
    return found if more is None else (*found, more)


@pytest.mark.parametrize(("markup", "text", "entities"), UNDERSTOOD)
def test_html_becomes_text_and_entities(markup: str, text: str, entities: Entities) -> None:
    plain, found = parse_html(markup)
    assert (plain, [short(entity) for entity in found]) == (text, entities)


MISUNDERSTOOD = [
    ("<x>a</x>", 'Unsupported start tag "x" at byte offset 0'),
    ("ї<br/>", 'Unsupported start tag "br/" at byte offset 2'),
    ("🔔<script>x</script>", 'Unsupported start tag "script" at byte offset 4'),
    ("a < b", 'Unsupported start tag "" at byte offset 2'),
    ("я <3", "Unclosed start tag at byte offset 3"),
    ("<b", "Unclosed start tag at byte offset 0"),
    ("<b x", 'Unclosed start tag "b" at byte offset 0'),
    ("<b x=", 'Unclosed start tag "b" at byte offset 0'),
    ("<b x=y", "Unclosed start tag at byte offset 0"),
    ("<a href=\"x>a</a>", "Unclosed start tag at byte offset 0"),
    ("<a href=\"x\"", "Unclosed start tag at byte offset 0"),
    ("ї<b x=y/>", "Unexpected end of name token at byte offset 7"),
    ("<b =x>a</b>", 'Empty attribute name in the tag "b" at byte offset 0'),
    ("<b/ >a</b>", 'Unsupported start tag "b/" at byte offset 0'),
    ("<b />", 'Empty attribute name in the tag "b" at byte offset 0'),
    ("<b>a", 'Can\'t find end tag corresponding to start tag "b"'),
    ("<b>a<i>b</i>", 'Can\'t find end tag corresponding to start tag "b"'),
    ("a</b>", "Unexpected end tag at byte offset 1"),
    ("<b>ї</b", "Unclosed end tag at byte offset 5"),
    ("<b>a</b x>", "Unclosed end tag at byte offset 4"),
    ("<b>a<i>b</b></i>", 'Unmatched end tag at byte offset 8, expected "</i>", found "</b>"'),
    ("<b>a</strong>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</strong>"'),
    ("<span>a</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
    ("<span class=\"big\">a</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
    ("<tg-emoji>👍</tg-emoji>", "Invalid custom emoji identifier specified"),
    ("&#xD83D;&#xDE00;", LONE_SURROGATE),
]  # fmt: skip


@pytest.mark.parametrize(("markup", "sentence"), MISUNDERSTOOD)
def test_html_that_telegram_does_not_understand(markup: str, sentence: str) -> None:
    with pytest.raises(Refusal) as refused:
        parse_html(markup)
    assert refused.value.description == f"Bad Request: can't parse entities: {sentence}"


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=200))
def test_any_escaped_text_is_understood(text: str) -> None:
    plain, entities = parse_html(f"<b>{html.escape(text)}</b>")
    assert utf16(plain) <= utf16(text)
    assert entities == ([{"type": "bold", "offset": 0, "length": utf16(plain)}] if plain else [])


@given(st.text(alphabet="ab <>/&;\"'=їb🔔bia\n", max_size=40))
def test_no_markup_breaks_the_parser(markup: str) -> None:
    try:
        plain, entities = parse_html(markup)
    except Refusal:
        return
    assert all(e["offset"] >= 0 and e["offset"] + e["length"] <= utf16(plain) for e in entities)


@given(st.recursive(
    st.text(alphabet="a 🔔&<ї", min_size=1).map(html.escape),
    lambda inner: st.tuples(st.sampled_from("bius"), st.lists(inner, min_size=1, max_size=3)).map(
        lambda made: f"<{made[0]}>{''.join(made[1])}</{made[0]}>"),
    max_leaves=6,
))  # fmt: skip
def test_html_read_back_says_the_same(markup: str) -> None:
    plain, entities = parse_html(f"x{markup}x")
    assert parse_html(as_html(plain, entities)) == (plain, entities)


FOUND = [
    ("пишіть на olena@shop.com.ua або rozetka.com.ua/cart.", [("email", 10, 17), ("url", 32, 19)]),
    ("🔔 https://novaposhta.ua/track?ttn=1, так", [("url", 3, 33)]),
    ("/start 5 @orderbell_bot #нове", [("bot_command", 0, 6), ("mention", 9, 14), ("hashtag", 24, 5)]),
    ("тел. +380 50 111 22 33", [("phone_number", 5, 17)]),
    ("5.50 грн, замовлення №812345678, і/або", []),
]


@pytest.mark.parametrize(("text", "entities"), FOUND)
def test_telegram_finds_addresses_by_itself(text: str, entities: Entities) -> None:
    assert [short(entity) for entity in found_entities(text, [])] == entities


def test_nothing_is_found_in_code_or_twice() -> None:
    code = [{"type": "code", "offset": 0, "length": 5}]
    assert found_entities("ya.ua", code) == code
    once = found_entities("ya.ua", [])
    assert found_entities("ya.ua", once) == once


def test_entities_can_be_given_instead_of_html() -> None:
    given_entities = [{"type": "bold", "offset": 1, "length": 3}]
    assert formatted(" ціна ", None, given_entities, too_long="") == (
        "ціна",
        [{"type": "bold", "offset": 0, "length": 3}],
    )
