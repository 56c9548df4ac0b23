"""How chats are drawn: readable at any width, nothing left out, and only what is new of an edited message."""

import io
from collections.abc import Sequence

import pytest
from rich.console import Console

from bot.demo.person import Press
from bot.demo.phones import Entry, Popped, Pressed, Said, side_by_side
from bot.demo.shown import Shown
from bot.demo.telegram import Chat, FakeTelegram, Message

CARD = Said("№812345678\nРазом: 951", [["✋ Беру в роботу", "✖️ Скасувати"]])


def drawn(width: int, *phones: tuple[str, Sequence[Entry]], plain: bool = True) -> list[str]:
    out = io.StringIO()
    console = Console(file=out, width=width)
    console.print(side_by_side(phones, width, plain=plain))
    return out.getvalue().splitlines()


@pytest.mark.parametrize("count", [1, 2, 3, 4, 7])
@pytest.mark.parametrize("width", [20, 80, 120, 200])
def test_nothing_is_wider_than_the_terminal_and_every_phone_is_there(width: int, count: int) -> None:
    lines = drawn(width, *((f"Т{at}", [CARD]) for at in range(count)))
    assert all(len(line) <= width for line in lines)
    assert all(f" Т{at} " in "\n".join(lines) for at in range(count))


def test_two_phones_stand_side_by_side_at_120_columns_and_so_does_a_third() -> None:
    for count in (2, 3):
        lines = drawn(120, *((f"Т{at}", [CARD]) for at in range(count)))
        assert lines[1].count("№812345678") == count


@pytest.mark.parametrize("plain", [True, False])
def test_what_was_said_pressed_and_answered_stands_in_this_order(plain: bool) -> None:
    entries: list[Entry] = [Said("/start", own=True), CARD, Pressed("Беру", "Богдан"), Popped("Взято")]
    text = "\n".join(drawn(60, ("Олена", entries), plain=plain))
    places = [
        text.index(words) for words in ("Олена", "/start", "№812", "Скасувати", "Богдан ☞ Беру", "Взято")
    ]
    assert places == sorted(places)


def test_a_long_word_is_folded_and_not_cut() -> None:
    word = "".join(str(at % 10) for at in range(100))
    said = "".join(drawn(60, ("Олена", [Said(word)])))
    assert "".join(character for character in said if character.isdigit()) == word


async def test_an_edit_shows_what_is_new_and_a_press_keeps_what_was_pressed() -> None:
    out = io.StringIO()
    shown = Shown(Console(file=out, width=80))
    fake = FakeTelegram()
    olena = fake.person("Олена")
    shown.follow(olena.chat, "Олена")
    shown.beat(1, "first", "The first")
    olena.opens(f"https://t.me/{fake.username}?start=a-secret-key")
    card = bots(fake, olena.chat, "Рядок\nБуло", "Беру")
    shown.pressed("Олена", Press(fake.world.press(olena.user, card, "take")), "Беру")
    fake.world.edit(card, "Рядок\nСтало", [], None)
    shown.over("seen")
    entries = shown.frames["first", "Олена"]
    assert [type(entry) for entry in entries] == [Said, Said, Pressed, Said]
    texts = [entry.text for entry in entries if isinstance(entry, Said)]
    assert texts == ["/start", "Рядок\nБуло", "Стало"]
    assert "a-secret-key" not in out.getvalue()
    await shown.stop()


def bots(fake: FakeTelegram, chat: Chat, text: str, label: str) -> Message:
    markup = {"inline_keyboard": [[{"text": label, "callback_data": "take"}]]}
    return fake.world.post(chat, fake.world.bot, text, [], markup=markup)
