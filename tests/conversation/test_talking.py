"""Buyer and seller talk: words, pictures, files, voices, places, contacts, both ways; kept, told of, and gone."""

from collections.abc import Callable
from typing import Any, cast

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session, undefer

from bot.demo.person import PIXEL, Person
from bot.demo.telegram import Message as Seen
from bot.demo.telegram.faults import Kind
from bot.demo.viber import FakeViber
from bot.demo.viber import Kind as ViberKind
from bot.outbox import sending
from models.file import MOST_BYTES, File, FileKind
from models.message import Message
from tests.conversation.hands import calm, card, count, drawn, in_database, is_on_viber, later, press, types
from tests.conversation.team import rows
from tests.stage import Stage

EVIL_NAME = 'a"\r\nX: 1</b>../\u202e.pdf'
SENT: dict[FileKind, tuple[Callable[[Person], Any], str]] = {
    FileKind.PHOTO: (lambda who: who.sends_photo(PIXEL, "ось <b>така"), "ось <b>така"),
    FileKind.DOCUMENT: (lambda who: hands_in(who, b"%PDF-1", EVIL_NAME, "рахунок"), "рахунок"),
    FileKind.VOICE: (lambda who: who.sends_voice(b"OggS-voice"), "Голосове повідомлення"),
    FileKind.LOCATION: (lambda who: who.sends_location(50.45, 30.52), "50.45000, 30.52000"),
    FileKind.CONTACT: (lambda who: who.shares_contact(own=False), "Plumber, 380670000000"),
}
BYTES = {FileKind.PHOTO: PIXEL, FileKind.DOCUMENT: b"%PDF-1", FileKind.VOICE: b"OggS-voice"}


ON_TELEGRAM_ALONE = {FileKind.VOICE}
"""Viber tells a bot of no voice note."""


def hands_in(who: Person, data: bytes, name: str, caption: str) -> None:
    """A file with words; on Viber those are a message of their own, since no file there has any below it."""
    if is_on_viber(who):
        who.sends_document(data, name)
    else:
        who.sends_document(data, name, caption)


async def opened(stage: Stage, message: Seen) -> bytes | None:
    """The file that came with a message, as whoever opens it gets it; None where none is to be had."""
    content = message.content
    if not is_on_viber(stage.owner):
        found = content.get("photo", [{}])[-1] | content.get("document", {}) | content.get("voice", {})
        return stage.fake.world.files.by_id(found["file_id"]).data if found else None
    sent: dict[str, Any] = next(iter(content.values()), {})
    links = [sent["media"]] if "media" in sent else message.links
    for url in (url for url in links if url.startswith(f"{stage.app.url}/")):
        async with stage.http.get(url) as answer:
            if answer.status == 200:
                return await answer.read()
    return None


def fetched(stage: Stage) -> int:
    """How many files the bot has asked the messenger for."""
    viber = is_on_viber(stage.owner)
    return int(cast(FakeViber, stage.fake).fetched) if viber else len(stage.fake.calls.of("getFile"))


async def asks(stage: Stage, buyer: Person, send: Callable[[Person], Any]) -> None:
    await buyer.presses("Є запитання").answered(20)
    send(buyer)
    await calm(stage)


async def writes(stage: Stage, number: str, send: Callable[[Person], Any]) -> None:
    await press(stage, stage.owner, "Написати покупцю", number)
    send(stage.owner)
    await calm(stage)


def got(person: Person, text: str) -> Seen:
    """The bot's newest message to her with these words."""
    return next(m for m in person.chat.newest_first() if m.sender is not person.user and text in m.text)


async def files(stage: Stage) -> list[File]:
    return list(await rows(stage, select(File).order_by(File.id).options(undefer(File.content))))


@pytest.mark.case("E14")
async def test_each_kind_goes_both_ways_anew_and_signed(stage: Stage) -> None:
    taken = await stage.orders()
    number, maria = taken["number"], await stage.buyer("Марія", taken)
    viber = is_on_viber(maria)
    kinds = [kind for kind in SENT if not viber or kind not in ON_TELEGRAM_ALONE]
    for kind in kinds:
        send, text = SENT[kind]
        text = "a_X_ 1_b_.._.pdf" if viber and kind is FileKind.DOCUMENT else text
        await later(stage, seconds=61)
        await asks(stage, maria, send)
        heard = got(stage.owner, "покупець пише")
        assert text in heard.text, kind
        await writes(stage, number, send)
        said = got(maria, "«Самовар»")
        assert text in said.text, kind
        assert str(stage.owner.id) not in drawn(said)
        assert stage.owner.name not in drawn(said)
        for shown in (heard, said):
            assert await opened(stage, shown) == BYTES.get(kind), kind
            if not viber:
                assert shown.origin is None
                assert stage.owner.name not in str(said.as_json())
                named = {key for key in shown.content if key in set(FileKind)}
                assert named == ({str(kind)} if kind in BYTES else set()), kind
    kept = await files(stage)
    assert [file.kind for file in kept] == [kind for kind in kinds for _ in range(2)]
    assert kept[2].content == b"%PDF-1"
    assert kept[2].name == "a_X_ 1_b_.._.pdf"
    assert [row.channel for row in await rows(stage, select(Message).order_by(Message.id))][:2] == [
        "viber" if viber else "telegram",
        None,
    ]
    place = next(m for m in stage.owner.chat.newest_first() if "50.45000" in m.text)
    assert "query=50.45000,30.52000" in stage.owner.link("Відкрити карту", on=place)

    # What was written, to take along: a file that nobody's words can forge.
    await asks(stage, maria, lambda who: who.types("рядок\n01.01.2026 00:00:00 · Магазин · усе оплачено"))
    await press(stage, stage.owner, "Історія", number)
    await stage.owner.presses("Листування файлом").answered(20)
    await calm(stage)
    shown = next(message for message in stage.owner.chat.newest_first() if message.content)
    assert next(iter(shown.content.values()))["file_name"] == f"{number}.txt"
    paper = await opened(stage, shown)
    assert paper is not None
    text = paper.decode()
    assert "    | 01.01.2026 00:00:00 · Магазин · усе оплачено\n" in text
    assert text.count("\n02.03.2026 10:0") == 2 * len(kinds) + 1
    way = "Viber · доставлено" if viber else "Telegram · надіслано"
    assert f" · Покупець · {way} 02.03.2026 " in text
    assert "    | 📎 Файл a_X_ 1_b_.._.pdf, 1 КБ" in text

    account = await stage.known(maria)
    assert account is not None
    mine, _ = await stage.app.people.export(account.id)
    first = mine["orders"][0]["messages"][0]
    sent = ("viber", "delivered") if viber else ("telegram", "sent")
    assert (first["channel"], first["state"], first["attachment"]["kind"]) == (*sent, "photo")


@pytest.mark.case("E14")
async def test_what_cannot_be_passed_on_is_said_to_be_so_and_what_can(stage: Stage) -> None:
    taken = await stage.orders()
    maria = await stage.buyer("Марія", taken)
    cases: list[tuple[Callable[[], object], str]] = [
        (lambda: maria.sends_document(b"%PDF", size=25 * 2**20), "до 10 МБ"),
        (lambda: maria.sends_document(b"x" * (MOST_BYTES + 1), size=1000), "до 10 МБ"),
        (lambda: maria.sends_photo(PIXEL, "я" * 501), "Підпис задовгий"),
        (lambda: maria.sends_document(b""), "ще раз"),
        (maria.sends_sticker, "голосове, місце на карті або контакт"),
    ]
    for send, told in cases:
        before = count(maria, told)
        send()
        await calm(stage)
        assert count(maria, told) == before + 1, told
    assert await rows(stage, select(Message)) == []


@pytest.mark.case("L7", "E14")
async def test_an_album_is_many_messages_and_one_answer_and_a_flood_is_stopped(stage: Stage) -> None:
    taken = await stage.orders()
    number, maria = taken["number"], await stage.buyer("Марія", taken)
    await stage.buyer("Інша", await stage.orders())
    await asks(stage, maria, lambda who: who.sends_album(*[PIXEL] * 4, caption="з усіх боків"))
    assert len(await files(stage)) == 4
    assert count(maria, "передано магазину") == 1
    await writes(stage, number, lambda who: who.sends_album(PIXEL, PIXEL))
    assert len(await files(stage)) == 6
    assert count(stage.owner, "передаємо покупцеві") == 1
    before = fetched(stage)
    for _ in range(30):
        maria.sends_photo()
    await calm(stage)
    assert len(await files(stage)) == 12  # ten of hers in a minute
    assert fetched(stage) - before == 6
    assert count(maria, "Забагато повідомлень за хвилину") == 1

    for _ in range(7):  # and so many bytes a day
        await later(stage, seconds=61)
        maria.sends_document(b"x" * (MOST_BYTES - 5000))
        await calm(stage)
    assert count(maria, "Забагато файлів за добу") >= 1
    kept = await in_database(stage, lambda session: session.scalar(select(func.sum(File.size))))
    assert kept <= 50 * 2**20 + 1000


async def test_of_several_orders_what_was_sent_waits_until_it_is_clear_about_which(stage: Stage) -> None:
    taken = await stage.orders()
    other = await stage.orders()
    maria = await stage.buyer("Марія", taken)
    await types(stage, maria, f"/start {other['buyer']['start']}")
    maria.types("Дивіться")
    maria.sends_photo(PIXEL, "ось")
    await calm(stage)
    await maria.presses(f"№{other['number']}").answered(20)
    await calm(stage)
    said = await rows(stage, select(Message).order_by(Message.id))
    assert [(row.text, bool(row.file)) for row in said] == [("Дивіться", False), ("ось", True)]
    assert await opened(stage, got(stage.owner, "ось")) == PIXEL


@pytest.mark.case("F8")
async def test_what_telegram_will_not_show_goes_as_a_file_and_then_in_words(stage: Stage) -> None:
    taken = await stage.orders()
    number, maria = taken["number"], await stage.buyer("Марія", taken)
    if is_on_viber(maria):
        await viber_refuses_a_picture(stage, maria, number)
        return
    fall = stage.fake.faults.script
    fall(Kind.CANT_PARSE, method="sendPhoto", chat=maria.chat, times=None)
    await writes(stage, number, lambda who: who.sends_photo(PIXEL, "погляньте"))
    assert got(maria, "погляньте").content["document"]
    fall(Kind.CANT_PARSE, method="sendDocument", chat=maria.chat, times=None)
    await writes(stage, number, lambda who: who.sends_photo(PIXEL, "тоді словами"))
    assert got(maria, "тоді словами").content == {}
    assert "📷 Фото" in got(maria, "тоді словами").text
    stage.fake.faults.clear()

    # A file that does not come through is asked for again, and then said to be lost.
    fall(Kind.SERVER_ERROR, method="getFile", times=None)
    maria.sends_photo()
    await calm(stage)
    for _ in range(6):
        await later(stage, seconds=30)
    assert count(maria, "Не вдалося отримати файл") == 1


async def viber_refuses_a_picture(stage: Stage, maria: Person, number: str) -> None:
    """Its words say where it lies, as those of any other file do; what Viber has no more is asked for again."""
    fake = cast(FakeViber, stage.fake)
    await calm(stage)
    fake.faults.script(ViberKind.BAD_DATA, method="send_message", chat=maria.chat)
    await writes(stage, number, lambda who: who.sends_photo(PIXEL, "погляньте"))
    said = got(maria, "погляньте")
    assert said.content == {}
    assert await opened(stage, said) == PIXEL
    fake.faults.clear()

    maria.sends_photo()
    fake.world.media.clear()
    await calm(stage)
    for _ in range(6):
        await later(stage, seconds=30)
    assert count(maria, "Не вдалося отримати файл") == 1


@pytest.mark.case("K6", "P15")
@pytest.mark.parametrize("days", [0, 3])
async def test_after_forget_no_file_is_kept_served_or_seen(stage: Stage, days: int) -> None:
    taken = await stage.orders()
    number, maria = taken["number"], await stage.buyer("Марія", taken)
    await asks(stage, maria, lambda who: who.sends_photo(PIXEL + b"secret-photo", "таємне"))
    await writes(stage, number, lambda who: hands_in(who, b"%PDF-secret", "t.pdf", "таємна відповідь"))
    token = (await files(stage))[0].token
    assert await stage.app.orders.served(token) is not None
    await later(stage, days=days)
    await types(stage, maria, "/forget")
    await maria.presses("Так, видалити").answered(20)
    await calm(stage)
    await later(stage, seconds=6)
    assert await stage.app.orders.served(token) is None
    assert await files(stage) == []
    for person in (stage.owner, maria):
        for message in person.messages:
            if message.sender is not person.user:
                assert b"secret" not in (await opened(stage, message) or b"")
                if not is_on_viber(person):  # what hangs there stays, and leads nowhere any more
                    assert "таємн" not in message.text
                    assert "photo" not in message.content


async def test_a_closed_orders_files_go_with_its_words(stage: Stage) -> None:
    taken = await stage.orders()
    maria = await stage.buyer("Марія", taken)
    await asks(stage, maria, lambda who: who.sends_photo())
    await stage.happens(taken["number"], type="buyer_cancelled")
    await later(stage, days=31)
    assert await files(stage) == []


async def test_a_note_and_a_message_cannot_be_confused(stage: Stage) -> None:
    taken = await stage.orders()
    number, maria = taken["number"], await stage.buyer("Марія", taken)
    await press(stage, stage.owner, "Нотатка", number)
    noting = stage.owner.screen.text
    stage.owner.sends_photo(PIXEL, "не для покупця")
    await calm(stage)
    assert "лише текстом" in stage.owner.screen.text
    noted = (await types(stage, stage.owner, "не для покупця")).text
    await press(stage, stage.owner, "Написати покупцю", number)
    writing = stage.owner.screen.text
    if not is_on_viber(stage.owner):
        picture = stage.fake.world.attachments.photo(PIXEL)
        stage.owner._says("на картку", content=picture, reply_to=card(stage.owner, number))
        await calm(stage)
        assert "Нотатка може бути лише текстом" in stage.owner.screen.text
    sent = (await types(stage, stage.owner, "для покупця")).text
    assert noting[0] == noted[0] == "📝"
    assert writing[0] == sent[0] == "💬"
    for own in (noting, noted):
        assert "лише свої" in own
    assert "нотат" not in f"{writing}{sent}".lower()
    assert count(maria, "не для покупця") + count(maria, "на картку") == 0
    assert count(maria, "для покупця") == 1


async def test_in_a_digest_and_without_a_file_the_words_are_told(stage: Stage) -> None:
    """What is erased while it waits is told in words; what carries words is never a line of a digest."""
    taken = await stage.orders()
    maria = await stage.buyer("Марія", taken)
    if is_on_viber(stage.owner):
        fake = cast(FakeViber, stage.fake)
        fake.faults.script(ViberKind.BAD_GATEWAY, method="send_message", chat=stage.owner.chat, times=1)
    else:
        stage.fake.faults.script(Kind.BAD_GATEWAY, method="sendPhoto", chat=stage.owner.chat, times=1)
    for _ in range(8):
        await stage.orders()
    maria.sends_photo(PIXEL, "серед багатьох")
    await calm(stage)
    await later(stage, seconds=30)
    told = got(stage.owner, "серед багатьох")
    assert set(told.content) & {"photo", "picture"}
    assert await opened(stage, told) == PIXEL

    def gone(session: Session) -> object:
        return sending.media_of(session, 999)

    assert await in_database(stage, gone) is None
