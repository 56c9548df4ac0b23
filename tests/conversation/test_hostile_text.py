"""Hostile words in every field: shown to the letter, never markup, never a link, never too long, facts intact."""

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.demo.telegram import parse_html, utf16
from bot.l10n import Words
from keyboards import buyer, link, order, reasons
from keyboards.screen import LONGEST, Screen, clean, one_line, quoted, said
from models.card import Card
from models.order import Order, OrderLine
from models.roles import Ability
from models.shop import Shop
from models.workflow import Status
from models.worktime import WorkSchedule
from tests.conversation.hands import calm, card, delivered_by, is_on_viber, press, taken_in, types
from tests.hostile.texts import HOSTILE
from tests.stage import MONDAY, Stage


def hostile_order(word: str) -> dict[str, Any]:
    return {
        "buyer": {"name": word[:200], "phone": "+380671234567"},
        "lines": [
            {"title": word[:300], "sku": word[:100], "quantity": 2, "price": "640.00"},
            {"title": "Чайник «Пектораль»", "quantity": 1, "price": "1.00"},
        ],
        "delivery": {
            "carrier": "nova_poshta",
            "address": word[:500],
            "recipient": word[:300],
            "term": word[:200],
        },
        "comment": word[:2000],
        "do_not_call": True,
    }


@pytest.mark.case("E1", "E3", "E5", "E7", "A27")
async def test_hostile_words_are_shown_to_the_letter_and_the_facts_stay(stage: Stage) -> None:
    """Over the wire; the fake Telegram parses as strictly as the real one."""
    for at, word in enumerate(HOSTILE):
        answer = await stage.orders(**hostile_order(word))
        await calm(stage)
        text = card(stage.owner, answer["number"]).text
        assert "+380671234567" in text, word
        assert "Разом: 1\u00a0281\u00a0₴" in text, word
        assert utf16(text) <= LONGEST
        assert not set(text) & set("\u202a\u202b\u202d\u202e\u2066\u2067\u2068\u2069\u200b\ufeff\u00ad\r\x0b")
        assert "\n\n\n\n" not in text
        if at < 5:
            assert one_line(word, 100) in text
        maria = stage.fake.person(f"Марія {at}")
        maria.types(f"/start {answer['buyer']['start']}")
        await calm(stage)
        assert f"№{answer['number']}" in maria.screen.text, word
        assert "1\u00a0281\u00a0₴" in maria.screen.text
    assert stage.app.worker is not None
    assert stage.app.worker.dead == 0


@pytest.mark.case("E8")
async def test_a_link_in_the_buyers_words_cannot_be_tapped(stage: Stage) -> None:
    number = await taken_in(
        stage, comment="Оплата тут: https://evil.example/pay @evil tg://resolve?domain=evil"
    )
    shown = card(stage.owner, number)
    assert "Коментар покупця: Оплата тут: https://evil.example/pay" in shown.text
    if not is_on_viber(stage.owner):  # what is a link there is for its clients to say
        assert shown.links == ["+380671234567"]  # a tap calls (house 8.15), and nothing else can be tapped


@pytest.mark.case("E8")
@pytest.mark.parametrize(
    "link", ["https://evil.example/pay", "evil.com", "@evil_shop", "a@evil.com", "/evil"]
)
async def test_nor_can_a_link_in_their_name_or_address(stage: Stage, link: str) -> None:
    buyer = {"name": f"Марія {link}", "phone": "+380671234567"}
    address = {"address": f"Київ, Відділення №4, {link}", "recipient": link}
    answer = await stage.orders(buyer=buyer, delivery={"carrier": "nova_poshta"} | address)
    await calm(stage)
    shown = card(stage.owner, answer["number"])
    assert f"👤 Марія {link}, +380671234567" in shown.text
    assert f"Київ, Відділення №4, {link}" in shown.text
    maria = await stage.buyer("Марія", answer)
    if not is_on_viber(stage.owner):
        assert shown.links == ["+380671234567"]
        assert not [tapped for message in maria.messages for tapped in message.links if "evil" in tapped]


@pytest.mark.case("A22")
async def test_a_hundred_lines_fit_and_what_does_not_is_counted(stage: Stage) -> None:
    lines = [
        {"title": f"Товар {at} " + "дуже довга назва " * 9, "quantity": 1, "price": "1.00"}
        for at in range(100)
    ]
    answer = await stage.orders(lines=lines, do_not_call=True)
    maria = await stage.buyer("Марія", answer)
    await calm(stage)
    for text in (card(stage.owner, answer["number"]).text, maria.screen.text):
        assert utf16(text) <= LONGEST
        assert "…і ще " in text
        assert "100\u00a0₴" in text


async def test_hostile_words_of_people_reach_the_other_side_to_the_letter(stage: Stage) -> None:
    answer = await stage.orders()
    maria = await stage.buyer("<b>Марія</b> & Ко", answer)
    for word in HOSTILE[:6]:
        await types(stage, maria, word)
        await stage.owner.sees(word.strip())
    await press(stage, stage.owner, "Написати покупцю", answer["number"])
    await types(stage, stage.owner, HOSTILE[3])
    await maria.sees(HOSTILE[3])


# ------------------------------------------------------------------ laws, on the screens alone

ANY = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=300)
NASTY = st.one_of(ANY, st.sampled_from(HOSTILE), st.lists(st.sampled_from(HOSTILE), max_size=5).map("".join))
UK = Words("uk")


def built(word: str, other: str, lines: int) -> Order:
    shop = Shop(
        id=1,
        name=(other or "x")[:100],
        marketplace="rozetka",
        hours=WorkSchedule.parse("Mon-Fri 09:00-18:00").to_json(),
        created_at=MONDAY,
    )
    return Order(
        id=1,
        public_id="AAAAAAAAAAAA",
        shop_id=1,
        shop=shop,
        number="812345678",
        source="cart",
        created_at=MONDAY,
        received_at=MONDAY,
        buyer_name=word[:200],
        buyer_phone="+380671234567",
        phone_valid=False,
        account_linked=None,
        carrier="nova_poshta",
        address=other[:500],
        recipient=word[:300],
        delivery_term=other[:200],
        payment_method="card",
        payment_status="pending",
        total=128_000,
        do_not_call=True,
        comment=(word + other)[:2000],
        pickup_rate="low",
        differs=True,
        status=Status.NEW,
        state="new",
        reason_comment=word[:2000],
        seq=0,
        version=1,
        attempts=0,
        changed_at=MONDAY,
        link_generation=1,
        lines=[
            OrderLine(position=at, title=word[:300] or "x", sku=None, quantity=2, price=64_000)
            for at in range(lines)
        ],
        parcels=[],
    )


def plain(screen: Screen) -> str:
    """What a person sees of it; raises where Telegram would refuse it."""
    text, _ = parse_html(screen.text)
    assert 0 < utf16(text) <= LONGEST
    return str(text)


@pytest.mark.case("E2", "E3", "E5", "E7")
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(word=NASTY, other=NASTY, lines=st.integers(1, 100))
def test_whatever_people_write_every_screen_is_accepted_and_its_facts_stand(
    word: str, other: str, lines: int
) -> None:
    one = built(word, other, lines)
    view = Card(
        order=one,
        member=None,
        actions=(),
        cabinet=("in_work",),
        undo_until=None,
        blocked="payment_pending",
        told=(),
        at=datetime(2026, 3, 2, 9, tzinfo=UTC),
        can=frozenset(Ability),
    )
    shown = plain(order.order_card(view, UK, repeat=True))
    assert "№812345678" in shown.partition("\n")[0]
    assert "+380671234567" in shown
    assert "Разом: 1\u00a0280\u00a0₴" in shown
    asked = plain(buyer.confirm_screen(one, UK, repeat=True))
    assert "№812345678" in asked
    assert "Вартість: 1\u00a0280\u00a0₴" in asked
    for screen in (
        buyer.status_screen(one, UK),
        buyer.peek_screen(one, UK),
        buyer.cancel_screen(one, UK),
        order.history_screen(one, [], [], UK),
        link.link_screen(view, "b" * 37, "https://t.me/orderbell_bot?start=" + "b" * 37, UK),
        reasons.reasons_screen(view, UK),
    ):
        assert "№812345678" in plain(screen)


@pytest.mark.case("E2", "E7")
@settings(max_examples=500, deadline=None)
@given(text=NASTY, most=st.integers(1, 400))
def test_a_cut_is_never_longer_than_asked_nor_in_the_middle_of_a_letter(text: str, most: int) -> None:
    tidy = clean(text, most)
    assert utf16(tidy) <= max(most, 1)
    assert "\n\n\n\n" not in tidy
    assert "\n" not in one_line(text, most)
    for made in (said(text, most), quoted(text, most)):
        parse_html(made)
    tidy.encode("utf-8")
    assert not tidy.endswith("\u200d…")


@pytest.mark.case("E3")
async def test_an_address_of_hostile_words_does_not_hide_where_to_go(stage: Stage) -> None:
    number = await taken_in(stage, delivery=delivered_by("nova_poshta", "\u202eКиїв\u202c, Відділення №4"))
    assert "🚚 Нова пошта: Київ, Відділення №4" in card(stage.owner, number).text
