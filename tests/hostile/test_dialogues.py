"""Whatever is typed wherever people type: it is answered, nothing is refused, nobody is left with a dead letter."""

from collections.abc import Callable
from typing import Any

import pytest

from bot.demo.person import Person
from bot.demo.telegram import Message
from tests.conversation.hands import calm, types
from tests.conversation.team import heard
from tests.hostile.dialogues import DIALOGUES, Dialogue, Place
from tests.hostile.texts import HOSTILE, LINKS
from tests.stage import Stage, open_stage

TYPED = [
    *HOSTILE,
    " ".join(LINKS[:5]),
    "\u2060\u2064",
    "שלום +380671112233 مرحبا 640 ₴",
    "\U0010ffff\ufffe\ue000",
    "&" * 3400,
    "9" * 400,
]
ASKS_AGAIN = ("ідішліть", "адішліть", "апишіть", "Наприклад", "приклад", "Не зрозуміли")

every_dialogue = pytest.mark.parametrize("dialogue", DIALOGUES.values(), ids=list(DIALOGUES))


def last_of(person: Person) -> Message | None:
    return next((message for message in person.chat.newest_first()), None)


def all_is_well(stage: Stage) -> None:
    assert stage.fake.violations == []
    refused = {call.outcome for call in stage.fake.calls.refused()}
    assert {outcome for outcome in refused if "message is not modified" not in outcome} == set()
    assert stage.app.worker is not None
    assert stage.app.worker.dead == 0


@every_dialogue
@pytest.mark.case("E1", "E3", "E5", "E7", "E8")
async def test_whatever_is_typed_is_answered_and_read_to_the_letter(
    dialogue: Dialogue, database_url: str
) -> None:
    async with open_stage(database_url, marketplace=dialogue.marketplace) as stage:
        place = Place(stage)
        await dialogue.ready(place)
        for at, text in enumerate(TYPED):
            if at == 0 or not dialogue.stays:
                await dialogue.opens(place)
            person = place.buyer if dialogue.by_buyer else place.owner
            stage.clock.goes(seconds=10)  # more of a buyer's words in a minute are not passed on (L7)
            before = last_of(person)
            sent = person.types(text)
            await calm(stage)
            answers = heard(person, before)
            assert answers, f"no answer to {text[:40]!r}"
            if dialogue.reads is not None:
                assert await dialogue.reads(place, sent.text), repr(sent.text[:40])
            else:
                assert any(word in answers[-1] for word in ASKS_AGAIN), answers[-1]
            if not dialogue.stays:
                await types(stage, person, "/cancel")
        all_is_well(stage)


# ------------------------------------------------------------ what is no text
POLL = {
    "poll": {
        "id": "1",
        "question": "Коли?",
        "options": [{"persistent_id": "1", "text": "зараз", "voter_count": 0}],
        "total_voter_count": 0,
        "is_closed": False,
        "is_anonymous": True,
        "type": "regular",
        "allows_multiple_answers": False,
        "allows_revoting": False,
        "members_only": False,
    }
}
NO_TEXT: dict[str, Callable[[Person], Any]] = {
    "a sticker": lambda person: person.sends_sticker(),
    "a voice": lambda person: person.sends_voice(),
    "a video note": lambda person: person.sends_video_note(),
    "a photo": lambda person: person.sends_photo(caption="<b>"),
    "an album": lambda person: person.sends_album(b"1", b"2", b"3", caption="</b>"),
    "a big file": lambda person: person.sends_document(b"x", "<b>.exe", size=25 * 2**20),
    "a place": lambda person: person.sends_location(50.45, 30.52),
    "a poll": lambda person: person.sends(POLL),
    "a stranger's number": lambda person: person.shares_contact(own=False),
}

NOT_CARRIED = {"a sticker", "a video note", "a big file", "a poll"}


@every_dialogue
@pytest.mark.case("E14")
async def test_what_is_no_text_is_answered_reaches_nobody_and_ends_no_dialogue(
    dialogue: Dialogue, database_url: str
) -> None:
    async with open_stage(database_url, marketplace=dialogue.marketplace) as stage:
        place = Place(stage)
        await dialogue.ready(place)
        await dialogue.opens(place)
        person = place.buyer if dialogue.by_buyer else place.owner
        other = place.owner if dialogue.by_buyer else place.maria
        told = heard(other) if other is not None else []
        for what, sends in NO_TEXT.items():
            if dialogue.carries and what not in NOT_CARRIED:
                continue  # tests/conversation/test_talking.py
            before = last_of(person)
            sends(person)
            await calm(stage)
            assert heard(person, before), f"no answer to {what}"
        assert other is None or heard(other) == told
        before = last_of(person)
        sent = person.types("Дякую, чекаю")
        await calm(stage)
        assert heard(person, before)
        assert dialogue.reads is None or await dialogue.reads(place, sent.text)
        if place.maria is not None:
            assert not any("Олена" in text for text in heard(place.maria)), "who works there is named"
        all_is_well(stage)


@pytest.mark.case("E14")
async def test_a_forwarded_message_is_passed_on_as_what_its_sender_says(stage: Stage) -> None:
    answer = await stage.orders()
    maria = await stage.buyer("Марія", answer)
    elsewhere = stage.fake.person("Чужа")
    maria.forwards(elsewhere.types("Де <b>посилка</b>?"))
    await calm(stage)
    assert "Де <b>посилка</b>?" in stage.owner.screen.text
    assert "Чужа" not in stage.owner.screen.text
    all_is_well(stage)


# ------------------------------------------------------------ what no client of Telegram sends
async def test_what_no_database_keeps_is_no_dead_letter(stage: Stage) -> None:
    answer = await stage.orders()
    maria = await stage.buyer("Марія", answer)
    await calm(stage)
    who = {"id": maria.id, "first_name": "М\0я"}
    message = {
        "message_id": 9000,
        "date": 1772438400,
        "from": who | {"is_bot": False},
        "chat": who | {"type": "private"},
        "text": "Ви\0тут?",
    }
    stage.fake.push({"message": message})
    await calm(stage)
    assert "тут?" in stage.owner.screen.text
    all_is_well(stage)
