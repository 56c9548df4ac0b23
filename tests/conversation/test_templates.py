"""A shop's texts for buyers: typed, shown as the buyer will see them, refused by name, and what buyers then read."""

import json

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from bot.demo.person import Person
from bot.demo.telegram import Message, utf16
from models.roles import Role
from models.shop import Shop
from tests.conversation.hands import (
    MORE_TTNS,
    TTN,
    calm,
    delivered_by,
    forge,
    in_database,
    is_on_viber,
    later,
    press,
    types,
)
from tests.conversation.test_settings import NO_ACCESS, NOT_OWNER, becomes, taps, words_of
from tests.stage import Stage, open_stage

PLACES = [
    "Привітання",
    "Відправлено",
    "Кур'єр виїхав",
    "Готово до видачі",
    "Прибуло",
    "Чекає третій день",
    "Скасовано магазином",
    "Останній рядок",
]


async def opens(stage: Stage, name: str) -> Message:
    await types(stage, stage.owner, "/settings")
    return await taps(stage, "Тексти покупцеві", name)


async def words(stage: Stage, name: str, text: str) -> Message:
    """The owner types a text, sees it as its buyer will, and saves it."""
    await opens(stage, name)
    await taps(stage, "Змінити")
    await types(stage, stage.owner, text)
    return await taps(stage, "Зберегти")


def asking(stage: Stage) -> Message:
    """The screen that asks for a text; on Viber the present one comes after it, to be copied."""
    return stage.owner.chat.messages[-2] if is_on_viber(stage.owner) else stage.owner.screen


async def kept(stage: Stage) -> dict[str, str]:
    shop = await stage.app.shops.find(str(stage.shop.shop.id))
    return json.loads(shop.texts) if shop.texts else {}


async def keeps(stage: Stage, **texts: str) -> None:
    """Words that are there already, however they came in."""

    def unit(session: Session) -> None:
        session.execute(update(Shop).values(texts=json.dumps(texts)))

    await in_database(stage, unit)


async def shipped_to(stage: Stage, name: str = "Марія", ttn: str = TTN) -> tuple[str, Person]:
    """An order on its way; its number, and who waits for it."""
    answer = await stage.orders()
    number = str(answer["number"])
    buyer = await stage.buyer(name, answer)
    await stage.happens(number, type="status_changed", status="confirmed")
    await calm(stage)
    await press(stage, stage.owner, "Ввести ТТН", number)
    await types(stage, stage.owner, ttn)
    await later(stage, seconds=11)
    return number, buyer


# ------------------------------------------------------------ looking
async def test_every_text_is_there_with_what_its_buyer_sees_now(stage: Stage) -> None:
    await types(stage, stage.owner, "/settings")
    assert words_of(await taps(stage, "Тексти покупцеві")) == [*PLACES, "Назад"]
    for place in PLACES[:-1]:
        shown = await taps(stage, place)
        assert place in shown.text
        assert "Покупець побачить:\n" in shown.text
        assert "№812345678" in shown.text.partition("Покупець побачить:\n")[2].partition("\n")[0]
        assert words_of(shown) == ["Змінити", "Назад"]
        await taps(stage, "Назад")
    assert "Зараз нічого не додаємо" in (await taps(stage, "Останній рядок")).text


async def test_ours_are_shown_to_the_letter_as_buyers_get_them(stage: Stage) -> None:
    shown = await opens(stage, "Відправлено")
    number, maria = await shipped_to(stage)
    assert maria.screen.text in shown.text.replace("812345678", number).replace("20450000000001", TTN)


async def test_what_is_asked_for_is_said_with_the_present_text_to_copy(stage: Stage) -> None:
    await opens(stage, "Відправлено")
    await taps(stage, "Змінити")
    asked = asking(stage)
    for line in (
        "• {номер} — номер замовлення",
        "• {ТТН} — номер ТТН",
        "• {сума} — сума",
        "{номер} має лишитися в першому рядку.\n❗️ {ТТН} теж має лишитися.",
        "реклами інших",
        "Зараз: 📮 №{номер}: відправлено {дата}. ТТН {ТТН} ({перевізник}).",
    ):
        assert line in asked.text
    copied = stage.owner.copies("Скопіювати", on=None if is_on_viber(stage.owner) else asked)
    assert copied == "📮 №{номер}: відправлено {дата}. ТТН {ТТН} ({перевізник})."
    assert "№812345678: відправлено" in (await types(stage, stage.owner, copied)).text


# ------------------------------------------------------------ typing
@pytest.mark.rule("G29")
async def test_a_text_is_shown_as_its_buyer_will_see_it_and_counts_once_saved(stage: Stage) -> None:
    await opens(stage, "Відправлено")
    await taps(stage, "Змінити")
    asked = await types(
        stage, stage.owner, "Їде №{ Номер }! {ттн}, {перевізник}, {сума}. <b>Дякуємо</b> & до зустрічі"
    )
    assert (
        "Покупець побачить:\nЇде №812345678! 20450000000001, Нова пошта, 1\u00a0280\u00a0₴. <b>Дякуємо</b> &"
        in asked.text
    )
    assert words_of(asked) == ["Зберегти", "Ввести інакше", "Назад"]
    assert await kept(stage) == {}
    saved = await taps(stage, "Зберегти")
    assert "Збережено" in saved.text
    assert words_of(saved) == ["Змінити", "Як було", "Назад"]
    number, maria = await shipped_to(stage)
    assert maria.screen.text == f"Їде №{number}! {TTN}, Нова пошта, 640\u00a0₴. <b>Дякуємо</b> & до зустрічі"
    assert words_of(maria.screen)[0] == "Відстежити посилку"
    await opens(stage, "Відправлено")
    await taps(stage, "Як було")
    assert await kept(stage) == {}
    _, petro = await shipped_to(stage, "Петро", MORE_TTNS[0])
    assert "📮" in petro.screen.text


REFUSED = [
    ("№{номер} {колір}", "Не знаємо, що підставити замість «колір»"),
    ("№{номер}, {ім'я}", "«ім'я» підставляти не можна: повідомлення може прочитати чужа людина"),
    ("№{номер} їде", "немає {ТТН}"),
    ("ТТН {ТТН}", "немає {номер}"),
    ("Вітаємо\n№{номер} {ТТН}", "в першому рядку"),
    ("№{номер} {ТТН}, знижки на rival.com.ua", "«rival.com.ua» схоже на посилання"),
    ("№{номер} {ТТН} {причина}", "{причина} у цьому тексті підставити нічого"),
    ("№{номер {ТТН}", "Дужка без пари"),
    ("№{номер} {ТТН}" + "я" * 700, "Задовго: 714 знаків, можна до 600"),
    ("№{номер} {ТТН}" + "{сума}" * 9, "можна до 10"),
    ("\u00ad", "Тут немає тексту"),
    ("№{номер.__class__.__mro__} {ТТН}", "«номер.__class__.__mro__»"),
    ("№{<b>} {ТТН}", "«<b>»"),
]


@pytest.mark.rule("R40")
@pytest.mark.case("E1")
async def test_what_is_wrong_with_a_text_is_said_and_nothing_counts(stage: Stage) -> None:
    await opens(stage, "Відправлено")
    await taps(stage, "Змінити")
    for text, sentence in REFUSED:
        await types(stage, stage.owner, text)
        answered, choices = asking(stage), words_of(stage.owner.screen)
        assert sentence in answered.text, text[:40]
        assert "адішліть" in answered.text, "what to do next"
        assert "Назад" in choices
        assert "Зберегти" not in choices
    stage.owner.sends_photo()
    await calm(stage)
    assert "лише текст" in asking(stage).text
    assert await kept(stage) == {}
    await types(stage, stage.owner, "№{номер} {ТТН}")
    await taps(stage, "Зберегти")
    assert await kept(stage) == {"shipped": "№{номер} {ТТН}"}


async def test_typed_anew_the_newer_counts_and_what_was_left_does_not(stage: Stage) -> None:
    await opens(stage, "Прибуло")
    await taps(stage, "Змінити")
    first = await types(stage, stage.owner, "№{номер} тут")
    second = await types(stage, stage.owner, "№{номер} прибуло")
    assert "вже не діє" in await stage.owner.presses("Зберегти", on=first).answered(20)
    assert "нічого не змінено" in (await types(stage, stage.owner, "/cancel")).text
    assert "вже не діє" in await stage.owner.presses("Зберегти", on=second).answered(20)
    await opens(stage, "Прибуло")
    await taps(stage, "Змінити")
    menu = await types(stage, stage.owner, "/settings")
    assert "Не зрозуміли" in (await types(stage, stage.owner, "№{номер} тут")).text
    await stage.owner.presses("Години роботи", on=menu).answered(20)
    assert await kept(stage) == {}


# ------------------------------------------------------------ what buyers read
async def test_news_of_a_parcel_is_told_in_the_shops_words_and_ends_with_its_last_line(stage: Stage) -> None:
    await words(stage, "Прибуло", "№{номер} уже тут: {пункт}")
    await words(stage, "Чекає третій день", "№{номер}: {магазин} просить забрати {ТТН}")
    await words(stage, "Останній рядок", "Ваш {магазин}")
    number, maria = await shipped_to(stage)
    assert maria.screen.text.startswith("📮"), "ours stands where the shop has none"
    assert maria.screen.text.endswith("\nВаш Самовар")
    await stage.happens(number, type="parcel", ttn=TTN, status="arrived")
    await calm(stage)
    assert maria.screen.text == f"№{number} уже тут: Київ, Відділення №4\nВаш Самовар"
    await later(stage, days=3, hours=2)
    assert maria.screen.text == f"№{number}: Самовар просить забрати {TTN}\nВаш Самовар"


@pytest.mark.rule("G10", "R38")
async def test_a_greeting_is_the_first_line_of_the_question_and_the_facts_stay(stage: Stage) -> None:
    await words(
        stage, "Привітання", "Добрий день! №{номер} у магазині «{магазин}» на суму {сума}.\nПеревірте:"
    )
    answer = await stage.orders(do_not_call=True)
    maria = await stage.buyer("Марія", answer)
    await calm(stage)
    first, second, *rest = maria.screen.text.splitlines()
    assert first == f"Добрий день! №{answer['number']} у магазині «Самовар» на суму 640\u00a0₴."
    assert second == "Перевірте:"
    assert "• Чайник «Пектораль» × 1 — 640\u00a0₴" in rest
    assert rest[-1] == "Все правильно?"
    await maria.presses("Все вірно").answered(20)
    await calm(stage)
    assert maria.screen.text.startswith("Добрий день! №")


async def test_a_cancel_is_told_in_the_shops_words_with_why_and_no_closing_line(stage: Stage) -> None:
    await words(stage, "Скасовано магазином", "№{номер} скасовано: {причина}. Вибачте!")
    await words(stage, "Останній рядок", "Дякуємо за покупку!")
    for status, text in (
        (None, "скасовано: Немає в наявності. Вибачте!"),
        ("cancelled", "«Самовар» скасовано."),
    ):
        answer = await stage.orders()
        number = answer["number"]
        maria = await stage.buyer(f"Марія {status}", answer)
        await calm(stage)
        if status is None:
            await press(stage, stage.owner, "Беру в роботу", number)
            await press(stage, stage.owner, "Скасувати замовлення", number)
            await stage.owner.presses("Немає в наявності", on=stage.owner.screen).answered(20)
            await later(stage, seconds=11)
        else:  # the source names no reason, and none is made up
            await stage.happens(number, type="status_changed", status=status)
            await later(stage, seconds=11)
        assert text in maria.screen.text
        assert "Дякуємо" not in maria.screen.text


async def test_what_an_order_has_not_is_never_a_hole(stage: Stage) -> None:
    """At the shop's own point there is no waybill, and from its courier no branch: ours are said then."""
    await keeps(
        stage, ready="№{номер} тут, {ТТН}", arrived="№{номер} у відділенні", courier="№{номер}: {пункт}"
    )
    for carrier, label, ours in (
        ("pickup", "Готово до видачі", "чекає на вас у пункті видачі: Київ, Хрещатик, 1"),
        ("own", "Передано кур'єру", "передано кур'єру магазину"),
    ):
        answer = await stage.orders(delivery=delivered_by(carrier, "Київ, Хрещатик, 1"))
        maria = await stage.buyer(f"Марія {carrier}", answer)
        await stage.happens(answer["number"], type="status_changed", status="confirmed")
        await calm(stage)
        await press(stage, stage.owner, label, answer["number"])
        await later(stage, seconds=11)
        assert ours in maria.screen.text
    answer = await stage.orders(delivery=delivered_by("pickup", "Київ, Хрещатик, 1"))
    maria = await stage.buyer("Марія", answer)
    await stage.happens(answer["number"], type="status_changed", status="waiting")
    await calm(stage)
    assert "у відділенні" not in maria.screen.text


@pytest.mark.case("E1", "E3")
async def test_hostile_words_that_got_into_the_database_are_drawn_to_the_letter(stage: Stage) -> None:
    hostile = "№{номер} <b>{ТТН}</b> {buyer_phone} {ім'я} {0} %s {{ <a href='x'> &amp; \u202e"
    await keeps(stage, shipped=hostile, closing="</blockquote>{номер}")
    number, maria = await shipped_to(stage)
    assert (
        f"№{number} <b>{TTN}</b> {{buyer_phone}} {{ім'я}} {{0}} %s {{{{ <a href='x'> &amp;"
        in maria.screen.text
    )
    assert "</blockquote>" not in maria.screen.text, "the last line knows no number, so that it is not said"
    assert "671234567" not in maria.screen.text
    shown = await opens(stage, "Відправлено")
    assert "<b>20450000000001</b> {buyer_phone}" in shown.text


async def test_the_longest_texts_fit_into_one_message(stage: Stage) -> None:
    long = "№{номер} {ТТН}" + "{магазин}" * 8
    await words(stage, "Відправлено", long + "&" * (600 - len(long)))
    await words(stage, "Останній рядок", "<" * 191 + "{магазин}")
    _, maria = await shipped_to(stage)
    assert utf16(maria.screen.text) <= 4096
    assert maria.screen.text.endswith("<Самовар")


# ------------------------------------------------------------ who
async def test_a_shop_without_a_marketplace_may_name_its_own_site(database_url: str) -> None:
    async with open_stage(database_url, marketplace="own") as own:
        await opens(own, "Останній рядок")
        asked = await taps(own, "Змінити")
        assert "реклами" not in asked.text
        await types(own, own.owner, "Чекаємо знову: samovar.ua")
        await taps(own, "Зберегти")
        _, maria = await shipped_to(own)
        assert maria.screen.text.endswith("\nЧекаємо знову: samovar.ua")


@pytest.mark.case("C2", "C3")
async def test_texts_are_their_owners_alone(stage: Stage) -> None:
    ivan, stranger = await stage.hires("Іван"), stage.fake.person("Хтось")
    await keeps(stage, closing="Ваш {магазин}")
    await types(stage, stranger, "/start")
    for data in ("tx:1", "tt:1:closing:look:", "tt:1:closing:type:", "tt:1:closing:usual:"):
        assert NOT_OWNER in await forge(stage, ivan, data), data
        assert await forge(stage, stranger, data) == NO_ACCESS, data
        assert await forge(stage, stage.owner, data.replace(":1", ":999", 1)) == NO_ACCESS, data
    for data in ("tt:1:no_such:look:", "tt:1:closing:save:xyz", "tx:-1", "tt:1::look:"):
        assert await forge(stage, stage.owner, data) == NO_ACCESS, data
    assert "вже не діє" in await forge(stage, stage.owner, "tt:1:closing:save:")
    assert await kept(stage) == {"closing": "Ваш {магазин}"}


@pytest.mark.case("C2")
async def test_who_owns_no_more_is_refused_at_the_next_word(stage: Stage) -> None:
    await opens(stage, "Прибуло")
    await taps(stage, "Змінити")
    asked = await types(stage, stage.owner, "№{номер} тут")
    await becomes(stage, "Олена", role=Role.MANAGER)
    assert NOT_OWNER in await stage.owner.presses("Зберегти", on=asked).answered(20)
    assert NOT_OWNER in (await types(stage, stage.owner, "№{номер} там")).text
    assert await kept(stage) == {}
