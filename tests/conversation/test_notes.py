"""Internal notes: the shop's own people read them on the card and in the history, and nobody else ever (R12)."""

import json
import random

import pytest

from bot.demo.person import Person
from bot.demo.telegram import Message
from models.roles import Role
from models.worktime import WorkSchedule
from tests.conversation.hands import (
    TTN,
    bare,
    calm,
    card,
    card_now,
    count,
    drawn,
    forge,
    is_on_viber,
    later,
    press,
    taken_in,
    types,
)
from tests.conversation.test_team import retire
from tests.hostile.texts import HOSTILE
from tests.stage import Stage

ASKED = "напишіть нотатку. Її бачать лише свої"
KEPT = "нотатку збережено. Нотатку бачать лише свої."


async def notes(stage: Stage, person: Person, number: str, text: str) -> Message:
    """By the button; what the bot answered."""
    await press(stage, person, "Нотатка", number)
    assert ASKED in person.screen.text
    return await types(stage, person, text)


A_REPLY = "Viber tells a bot nothing of which message somebody replies to"


async def replies(stage: Stage, person: Person, text: str, to: Message) -> Message:
    person.types(text, reply_to=to)
    await calm(stage)
    return person.screen


@pytest.mark.rule("R12")
async def test_a_note_stands_on_everybodys_card_with_who_and_when(stage: Stage) -> None:
    ivan = await stage.hires("Іван")
    number = await taken_in(stage)
    answer = await notes(stage, ivan, number, "Просив  подзвонити\nпісля обіду")
    assert KEPT in answer.text
    for person in (stage.owner, ivan):
        shown = await card_now(stage, person, number)
        assert "📝 02.03 10:00 · Іван: Просив подзвонити після обіду" in shown.text
    await answer_opens_the_card(stage, ivan, number)


async def answer_opens_the_card(stage: Stage, person: Person, number: str) -> None:
    await person.presses("До замовлення").answered(20)
    await calm(stage)
    assert person.screen is card(person, number)


@pytest.mark.rule("R12")
async def test_the_card_shows_the_last_two_and_the_history_all(stage: Stage) -> None:
    number = await taken_in(stage)
    for at in range(4):
        await notes(stage, stage.owner, number, f"нотатка {at}")
        stage.clock.goes(minutes=1)
    shown = (await card_now(stage, stage.owner, number)).text
    assert [f"нотатка {at}" in shown for at in range(4)] == [False, False, True, True]
    assert shown.index("нотатка 2") < shown.index("нотатка 3")
    await press(stage, stage.owner, "Історія", number)
    lines = stage.owner.finds("· історія")
    assert lines is not None
    assert [line.partition("Олена: ")[2] for line in lines.text.splitlines()[1:5]] == [
        "нотатка 3",
        "нотатка 2",
        "нотатка 1",
        "нотатка 0",
    ]


@pytest.mark.rule("R12")
@pytest.mark.only_on("telegram", A_REPLY)
async def test_a_reply_to_the_card_is_a_note(stage: Stage) -> None:
    number = await taken_in(stage)
    answer = await replies(stage, stage.owner, "двері з двору", card(stage.owner, number))
    assert KEPT in answer.text
    assert "Олена: двері з двору" in card(stage.owner, number).text


@pytest.mark.rule("R12")
@pytest.mark.only_on("telegram", A_REPLY)
async def test_a_reply_to_the_card_is_a_note_even_while_words_to_the_buyer_are_awaited(stage: Stage) -> None:
    taken = await stage.orders()
    maria = await stage.buyer("Марія", taken)
    number = taken["number"]
    await calm(stage)
    await press(stage, stage.owner, "Написати покупцю", number)
    answer = await replies(stage, stage.owner, "скандальна, обережно", card(stage.owner, number))
    assert KEPT in answer.text
    assert "Попереднє запитання ще чекає" in answer.text
    assert "передаємо покупцеві" in (await types(stage, stage.owner, "Доброго дня!")).text
    assert count(maria, "Доброго дня!") == 1
    assert count(maria, "скандальна") == 0


@pytest.mark.only_on("telegram", A_REPLY)
async def test_a_reply_to_anything_else_is_no_note(stage: Stage) -> None:
    number = await taken_in(stage)
    await press(stage, stage.owner, "Нотатка", number)
    await replies(stage, stage.owner, "відповідь на запитання", stage.owner.screen)
    assert "відповідь на запитання" in card(stage.owner, number).text
    answer = await replies(stage, stage.owner, "а це про що?", stage.owner.screen)
    assert KEPT not in answer.text
    assert "а це про що?" not in card(stage.owner, number).text


@pytest.mark.only_on("telegram", A_REPLY)
async def test_a_reply_answers_the_question_for_the_same_note(stage: Stage) -> None:
    number = await taken_in(stage)
    await press(stage, stage.owner, "Нотатка", number)
    answer = await replies(stage, stage.owner, "ось", card(stage.owner, number))
    assert "Попереднє запитання" not in answer.text
    assert KEPT not in (await types(stage, stage.owner, "ще щось")).text


@pytest.mark.rule("R12")
async def test_the_two_questions_cannot_be_taken_for_each_other(stage: Stage) -> None:
    number = await taken_in(stage)
    await press(stage, stage.owner, "Написати покупцю", number)
    to_buyer = stage.owner.screen.text
    await press(stage, stage.owner, "Нотатка", number)
    to_ourselves = stage.owner.screen.text
    assert to_ourselves.startswith(f"📝 №{number}: напишіть нотатку.")
    assert "нотатк" not in to_buyer.lower()
    assert "повідомлення" not in to_ourselves.lower()
    # The last question is the one that is answered.
    assert KEPT in (await types(stage, stage.owner, "лише для нас")).text


@pytest.mark.rule("R12")
async def test_no_word_of_a_note_ever_comes_to_a_buyer_or_to_the_shops_site(stage: Stage) -> None:
    """Through an order's whole life: a note after each step, its words looked for everywhere outside the shop."""
    luck = random.Random(12)
    taken = await stage.orders(do_not_call=True)
    number, maria = taken["number"], await stage.buyer("Марія", taken)
    await calm(stage)
    secrets: list[str] = []

    async def note() -> None:
        secret = f"таємниця{luck.getrandbits(48):012x}"
        secrets.append(secret)
        if luck.random() < 0.5 or is_on_viber(stage.owner):
            await notes(stage, stage.owner, number, f"{secret} <b>+380671234567</b>")
        else:
            await replies(stage, stage.owner, secret, card(stage.owner, number))

    await note()
    await press(stage, stage.owner, "Взяти й підтвердити", number)
    await note()
    await maria.presses("Є запитання").answered(20)
    await types(stage, maria, "Коли?")
    await note()
    await press(stage, stage.owner, "Написати покупцю", number)
    await types(stage, stage.owner, "Завтра")
    await note()
    await press(stage, stage.owner, "Ввести ТТН", number)
    await note()
    await types(stage, stage.owner, TTN)
    await later(stage, seconds=11)
    await note()
    await stage.happens(number, type="parcel", ttn=TTN, status="arrived")
    await later(stage, days=3)
    await note()
    await press(stage, stage.owner, "Не забрав посилку", number)
    await note()
    await later(stage, seconds=11)

    outside = [drawn(message) for message in maria.messages]
    outside.append(json.dumps(await stage.state(number), ensure_ascii=False))
    outside.append(json.dumps((await stage.post(taken["sent"])).body, ensure_ascii=False))
    assert len(secrets) == 8
    assert [secret for secret in secrets for text in outside if secret in text] == []
    assert secrets[-1] in (await card_now(stage, stage.owner, number)).text


@pytest.mark.rule("R12")
@pytest.mark.case("M2")
async def test_who_may_write_notes_sees_them_and_nobody_else(stage: Stage) -> None:
    people = {role: await stage.hires(role.title(), role) for role in Role if role is not Role.OWNER}
    number = await taken_in(stage)
    order_id = (await stage.state(number))["order_id"]
    await notes(stage, stage.owner, number, "живе на третьому поверсі")
    for role, person in people.items():
        sees = role is not Role.OBSERVER
        assert ("третьому поверсі" in (await card_now(stage, person, number)).text) is sees, role
        assert ("Нотатка" in [bare(label) for label in card(person, number).labels]) is sees, role
        await press(stage, person, "Історія", number)
        shown = person.finds("· історія")
        assert shown is not None
        assert ("третьому поверсі" in shown.text) is sees, role
        await person.presses("До замовлення").answered(20)
        await calm(stage)
    observer = people[Role.OBSERVER]
    assert "роль" in await forge(stage, observer, f"l:{order_id}:note:0")
    if not is_on_viber(observer):
        assert "роль" in (await replies(stage, observer, "і я", card(observer, number))).text
    assert "і я" not in (await card_now(stage, stage.owner, number)).text


@pytest.mark.case("M1", "C2", "C3")
async def test_a_stranger_and_who_has_left_write_no_notes(stage: Stage) -> None:
    ivan = await stage.hires("Іван")
    other = await stage.app.shops.open("Чужий", "rozetka", WorkSchedule.parse("Mon-Sun 00:00-24:00"))
    rival = stage.fake.person("Суперник")
    await types(stage, rival, f"/start {other.invite.start}")
    number = await taken_in(stage)
    order_id = (await stage.state(number))["order_id"]
    absent = "Немає доступу або такого замовлення немає."
    assert await forge(stage, rival, f"l:{order_id}:note:0") == absent
    assert await forge(stage, rival, "l:AAAAAAAAAAAA:note:0") == absent

    await press(stage, ivan, "Нотатка", number)
    await retire(stage, "Іван")
    assert (await types(stage, ivan, "від колишнього")).text == absent
    if not is_on_viber(ivan):
        assert (await replies(stage, ivan, "від колишнього", card(ivan, number))).text == absent
    assert "від колишнього" not in (await card_now(stage, stage.owner, number)).text


@pytest.mark.case("E1", "E3", "E5")
async def test_hostile_notes_are_shown_to_the_letter_and_the_facts_stay(stage: Stage) -> None:
    number = await taken_in(stage)
    for word in HOSTILE:
        if is_on_viber(stage.owner):
            await notes(stage, stage.owner, number, word[:450])
        else:
            await replies(stage, stage.owner, word[:450], card(stage.owner, number))
        shown = await card_now(stage, stage.owner, number)
        assert f"№{number}" in shown.text.partition("\n")[0]
        assert "+380671234567" in shown.text
        await press(stage, stage.owner, "Історія", number)
        await stage.owner.presses("До замовлення").answered(20)
        await calm(stage)
    assert stage.app.worker is not None
    assert stage.app.worker.dead == 0


async def test_a_note_that_is_too_long_or_no_text_is_asked_for_again(stage: Stage) -> None:
    number = await taken_in(stage)
    await press(stage, stage.owner, "Нотатка", number)
    assert "вміщується до 500" in (await types(stage, stage.owner, "я" * 501)).text
    stage.owner.sends_sticker()
    await calm(stage)
    assert "лише текстом" in stage.owner.screen.text
    assert KEPT in (await types(stage, stage.owner, "я" * 500)).text
    assert "нічого не змінено" not in stage.owner.screen.text


async def test_the_question_is_left_by_its_button_and_by_its_command(stage: Stage) -> None:
    number = await taken_in(stage)
    await press(stage, stage.owner, "Нотатка", number)
    await stage.owner.presses("Назад").answered(20)
    await calm(stage)
    assert "Не зрозуміли" in (await types(stage, stage.owner, "не нотатка")).text
    await press(stage, stage.owner, "Нотатка", number)
    assert "нічого не змінено" in (await types(stage, stage.owner, "/cancel")).text
    assert "не нотатка" not in (await card_now(stage, stage.owner, number)).text
