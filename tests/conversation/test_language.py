"""Everybody is written to in the language they choose, at once: in messages, cards, menus and answers to presses."""

from typing import cast

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.demo.person import Person
from bot.demo.telegram import Kind, Message
from bot.demo.viber import FakeViber
from bot.demo.viber import Kind as ViberKind
from bot.l10n import Words
from models.people import Account, Language
from models.roles import Role
from tests.conversation.hands import (
    TTN,
    account_of,
    bare,
    calm,
    card,
    card_now,
    count,
    forge,
    in_database,
    is_answer,
    is_on_viber,
    later,
    press,
    taken_in,
    types,
)
from tests.conversation.team import taps
from tests.stage import PATIENCE, Stage

NAMES = {Language.UKRAINIAN: "Українська", Language.RUSSIAN: "Русский", Language.ENGLISH: "English"}


async def speaks(stage: Stage, person: Person, language: Language) -> Message:
    await types(stage, person, "/language")
    return await taps(stage, person, NAMES[language])


def described(person: Person) -> dict[str, str]:
    """The commands of the menu that a person sees, with what is said of each."""
    return person.commands


async def accounts(stage: Stage, person: Person) -> list[tuple[str, str]]:
    def query(session: Session) -> list[tuple[str, str]]:
        found = session.scalars(select(Account).where(account_of(person)))
        return [(account.language, account.name) for account in found]

    found: list[tuple[str, str]] = await in_database(stage, query)
    return found


# ------------------------------------------------------------ choosing
async def test_the_three_languages_are_named_in_themselves_and_the_present_one_is_marked(
    stage: Stage,
) -> None:
    asked = await types(stage, stage.owner, "/language")
    first = asked.labels
    assert first == ["✅ Українська", "Русский", "English"]
    chosen = await taps(stage, stage.owner, "English")
    assert "from now on we write in English" in chosen.text
    assert chosen.labels == ["Українська", "Русский", "✅ English"]
    back = await taps(stage, stage.owner, "Українська")
    assert "тепер пишемо українською" in back.text
    assert back.labels == first


async def test_what_telegram_is_read_in_does_not_count(stage: Stage) -> None:
    john = stage.fake.person("John", language="en")
    answer = await stage.orders(do_not_call=True)
    john.types(f"/start {answer['buyer']['start']}")
    await john.sees("Все правильно?", PATIENCE)
    assert described(john)["start"] == "Мої замовлення"


async def test_a_stranger_may_choose_and_only_the_choice_is_kept(stage: Stage) -> None:
    john = stage.fake.person("John")
    await types(stage, john, "/language")
    assert await accounts(stage, john) == []
    await taps(stage, john, "English")
    assert await accounts(stage, john) == [("en", "")]
    assert described(john)["help"] == "What the bot can do"
    answer = await stage.orders(do_not_call=True)
    john.types(f"/start {answer['buyer']['start']}")
    await john.sees("Is everything correct?", PATIENCE)
    assert await accounts(stage, john) == [("en", "John")]


async def test_who_is_forgotten_is_spoken_to_as_any_stranger(stage: Stage) -> None:
    maria = await stage.buyer("Марія", await stage.orders())
    await speaks(stage, maria, Language.ENGLISH)
    assert described(maria)["help"] == "What the bot can do"
    await types(stage, maria, "/forget")
    await taps(stage, maria, "Yes, erase")
    await later(stage, minutes=1)
    assert count(maria, "Data erased") > 0
    assert described(maria)["help"] == "Що вміє бот"
    assert "Вітаємо!" in (await types(stage, maria, "/start")).text


async def test_a_member_finds_it_among_their_own_settings_and_the_way_back(stage: Stage) -> None:
    ivan = await stage.hires("Іван", Role.OBSERVER)
    await types(stage, ivan, "/settings")
    asked = await taps(stage, ivan, "Мова")
    assert asked.labels == ["✅ Українська", "Русский", "English", "⬅️ Назад"]
    own = await taps(stage, ivan, "Русский", "Назад")
    assert "вы наблюдатель" in own.text
    sound = [] if is_on_viber(ivan) else ["Выключить звук", "Тихие часы"]
    assert [bare(label) for label in own.labels] == ["Я не на смене", *sound, "Язык", "Выйти из команды"]


@pytest.mark.parametrize(
    "data", ["la:pl:0", "la:UK:0", "la::0:0", "la:en:-1", "la:../en:0", "la", "lab:en:0"]
)
async def test_a_forged_language_is_none(stage: Stage, data: str) -> None:
    assert "Немає доступу" in await forge(stage, stage.owner, data)
    assert (await accounts(stage, stage.owner))[0][0] == "uk"
    stranger = stage.fake.person("Незнайко")
    await types(stage, stranger, "/start")
    assert "Немає доступу" in await forge(stage, stranger, data)
    assert await accounts(stage, stranger) == []


async def test_a_dialogue_goes_on_in_the_language_that_is_chosen_in_its_middle(stage: Stage) -> None:
    number = await taken_in(stage)
    for label in ("Беру в роботу", "Змінено", "Дані підтверджено", "Ввести ТТН"):
        await press(stage, stage.owner, label, number)
    await speaks(stage, stage.owner, Language.ENGLISH)
    assert "This does not look like a TTN" in (await types(stage, stage.owner, "123")).text
    await types(stage, stage.owner, TTN)
    assert f"TTN {TTN}" in card(stage.owner, number).text


async def test_a_stopped_buyer_who_chooses_a_language_stays_stopped(stage: Stage) -> None:
    maria = await stage.buyer("Марія", await stage.orders())
    await types(stage, maria, "/stop")
    await speaks(stage, maria, Language.RUSSIAN)
    assert count(maria, "снова включены") == 0
    await types(stage, maria, "/start")
    assert count(maria, "снова включены") == 1


@pytest.mark.only_on("telegram", "no key there asks for the number: Viber does not tell whose a contact is")
async def test_a_key_that_was_drawn_before_means_the_same_after(stage: Stage) -> None:
    """Words of a keyboard below the chat are typed into it: they are no message to the shop."""
    maria = await stage.buyer("Марія", await stage.orders())
    await taps(stage, maria, "Повідомляти про наступні замовлення")
    await speaks(stage, maria, Language.ENGLISH)
    maria.taps("Не ділитися")
    await calm(stage)
    assert "no number is needed" in maria.screen.text


# ------------------------------------------------------------ cards and menus
async def test_the_cards_of_open_orders_are_drawn_anew_and_nobody_elses(stage: Stage) -> None:
    ivan = await stage.hires("Іван")
    number, closed = await taken_in(stage), await taken_in(stage)
    assert (await stage.happens(closed, type="buyer_cancelled")).status == 202
    await calm(stage)
    assert "Нове замовлення" in card(ivan, number).text

    def opener(person: Person, words: str) -> int:
        return sum(words in label for message in person.messages for label in message.labels)

    owners = opener(stage.owner, "Беру в роботу")
    await speaks(stage, ivan, Language.ENGLISH)
    await card_now(stage, ivan, number)
    assert opener(ivan, "Take it") == 1
    assert opener(stage.owner, "Беру в роботу") == owners
    assert owners == (2 if is_on_viber(stage.owner) else 1)  # there the closed one hangs as it came
    shown = next(message for message in ivan.messages if "Take it" in " ".join(message.labels))
    assert f"№{number} · «Нове замовлення»" in shown.text
    assert count(ivan, f"№{closed} · покупець скасував") == 1

    edits, cards = len(stage.fake.calls.of("editMessageText", chat=ivan.id)), count(ivan, f"№{number}")
    await types(stage, ivan, "/language")
    await taps(stage, ivan, "English")
    await later(stage, minutes=1)
    assert len(stage.fake.calls.of("editMessageText", chat=ivan.id)) <= edits + 1
    assert count(ivan, f"№{number}") == cards


@pytest.mark.parametrize("language", Language)
async def test_the_menu_is_in_the_language_of_the_chat(stage: Stage, language: Language) -> None:
    maria = await stage.buyer("Марія", await stage.orders())
    words = Words(language)
    for person, first in ((stage.owner, "orders"), (maria, "start")):
        await speaks(stage, person, language)
        menu = described(person)
        assert next(iter(menu)) == first
        assert "language" in menu
        assert menu == {name: words(f"command-{name}") for name in menu}
    await speaks(stage, maria, Language.UKRAINIAN)
    assert described(maria)["start"] == "Мої замовлення"


async def test_a_buyers_menu_that_could_not_be_given_is_given_later(stage: Stage) -> None:
    maria = await stage.buyer("Марія", await stage.orders())
    await later(stage, minutes=1)
    await types(stage, maria, "/language")
    if is_on_viber(maria):  # where it comes with the messages
        fake = cast(FakeViber, stage.fake)
        fake.faults.script(ViberKind.RESET, method="send_message", chat=maria.chat, times=None)
    else:
        stage.fake.faults.script(Kind.RESET, method="setMyCommands", times=3)
    await taps(stage, maria, NAMES[Language.ENGLISH])
    assert described(maria)["start"] == "Мої замовлення"
    if is_on_viber(maria):
        stage.fake.faults.clear()
    for _ in range(3):
        await later(stage, minutes=1)
    assert described(maria)["start"] == "My orders"


# ------------------------------------------------------------ an order's whole way
async def test_a_buyer_in_english_and_a_seller_in_russian_go_through_an_order(stage: Stage) -> None:
    olena = stage.owner
    await speaks(stage, olena, Language.RUSSIAN)
    john = stage.fake.person("John")
    await speaks(stage, john, Language.ENGLISH)
    answer = await stage.orders(do_not_call=True)
    number = answer["number"]
    await olena.sees(f"№{number} · «Нове замовлення»", PATIENCE)
    john.types(f"/start {answer['buyer']['start']}")
    asked = await john.sees("Is everything correct?", PATIENCE)
    assert f"Your order №{number} was accepted by the shop “Самовар” (ROZETKA)" in asked.text
    assert "🚚 Delivery: Nova Poshta" in asked.text

    assert is_answer(await press(stage, olena, "Беру в работу", number), "Взято в работу")
    await john.presses("I have a question", on=asked).answered(PATIENCE)
    await types(stage, john, "Which colour?")
    assert "Which colour?" in (await olena.sees("покупатель пишет", PATIENCE)).text
    await press(stage, olena, "Написать покупателю", number)
    await types(stage, olena, "Белый")
    assert "Your shop “Самовар”" in (await john.sees("Белый", PATIENCE)).text
    await john.presses("All correct", on=asked).answered(PATIENCE)
    await john.sees("the order is confirmed", PATIENCE)
    await olena.sees("покупатель ответил «Всё верно»", PATIENCE)

    await press(stage, olena, "Данные подтверждены", number)
    await press(stage, olena, "Ввести ТТН", number)
    await types(stage, olena, TTN)
    await later(stage, seconds=11)
    told = await john.sees(f"TTN {TTN}", PATIENCE)
    assert "sent on 2 March" in told.text
    assert "Nova Poshta" in told.text
    assert "«Передано в службу доставки»" in card(olena, number).text

    history = await taps(stage, olena, "История")
    assert "Олена · взято в работу → «Обробляється менеджером»" in history.text

    await speaks(stage, olena, Language.UKRAINIAN)
    await speaks(stage, john, Language.UKRAINIAN)
    assert (await stage.happens(number, type="parcel", ttn=TTN, status="arrived")).status == 202
    await calm(stage)
    await john.sees("посилка прибула й чекає на вас", PATIENCE)
    assert "Отримано" in card(olena, number).labels[0]


@pytest.mark.parametrize(
    ("language", "word", "answered"),
    [(Language.RUSSIAN, "беру", "Ведёт: Олена"), (Language.ENGLISH, "take", "Held by: Олена")],
)
async def test_a_word_does_in_every_language_what_the_button_does(
    stage: Stage, language: Language, word: str, answered: str
) -> None:
    await speaks(stage, stage.owner, language)
    number = await taken_in(stage)
    assert answered in (await types(stage, stage.owner, f"№{number} {word}")).text


async def test_what_is_copied_and_forwarded_for_a_buyer_is_ukrainian(stage: Stage) -> None:
    """A buyer is written to in Ukrainian until they choose, whatever the seller reads."""
    await speaks(stage, stage.owner, Language.ENGLISH)
    number = await taken_in(stage)
    await press(stage, stage.owner, "Link for the buyer", number)
    shown = stage.owner.finds("forward this text to the buyer")
    assert shown is not None
    assert "Вітаємо! Це магазин «Самовар»" in shown.text
    assert "Вітаємо! Це магазин «Самовар»" in stage.owner.copies("Copy the text")
    await types(stage, stage.owner, "/settings")
    seen = await taps(stage, stage.owner, "Texts for buyers", "Sent")
    assert "The buyer will see" in seen.text
    assert "відправлено" in seen.text
