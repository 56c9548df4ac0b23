"""The fake Telegram does what it is asked: every way to ask, every kind of message."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import aiohttp
import pytest

import bot.demo
from bot.demo.person import Person
from bot.demo.telegram import FakeTelegram
from tests.demo.client import Api, Refused, result_of

SAME = (
    "message is not modified: specified new message content and reply markup are exactly the same as a "
    "current content and reply markup of the message"
)


def inline(*buttons: dict[str, Any]) -> dict[str, Any]:
    return {"inline_keyboard": [[button] for button in buttons]}


def button(**fields: Any) -> dict[str, Any]:
    return {"text": "Взяти", **fields}


async def test_an_unknown_token_and_an_unknown_method_are_told_apart(api: Api, fake: FakeTelegram) -> None:
    for path, code, description in [
        ("bot1:wrong/getMe", 401, "Unauthorized"),
        ("bot1/getMe", 404, "Not Found"),
        (f"bot{fake.token}/dance", 404, "Not Found: method not found"),
        (f"bot{fake.token}", 404, "Not Found"),
        ("", 404, "Not Found"),
        ("file/bot1:wrong/x", 401, "Unauthorized"),
        (f"file/bot{fake.token}/photos/none.jpg", 404, "Not Found"),
    ]:
        async with api.session.get(f"{fake.url}/{path}") as response:
            with pytest.raises(Refused) as refused:
                result_of(response.status, await response.read())
        assert (refused.value.code, refused.value.description) == (code, description)


# ---------------------------------------------------------------- the ways to ask


async def test_every_way_to_pass_parameters_works(api: Api, fake: FakeTelegram, olena: Person) -> None:
    url = api.url("SENDmessage")
    markup = inline(button(callback_data="x"))
    asked: dict[str, Any] = {
        "chat_id": str(olena.id),
        "text": "як & що + 1",
        "reply_markup": json.dumps(markup),
    }
    form = aiohttp.FormData(default_to_multipart=True)
    for name, value in asked.items():
        form.add_field(name, value)
    half, rest = {"chat_id": str(olena.id)}, {"text": asked["text"], "reply_markup": markup}
    whole = asked | {"chat_id": olena.id, "reply_markup": markup, "parse_mode": None}
    for request in (
        api.session.get(url, params=asked),
        api.session.post(url, params=asked),
        api.session.post(url, data=asked),
        api.session.post(url, data=form),
        api.session.post(url, json=asked),
        api.session.post(url, json=whole),
        api.session.post(url, params=half, json=rest),
    ):
        async with request as response:
            message = result_of(response.status, await response.read())
        assert (message["text"], message["reply_markup"]) == (asked["text"], markup)
    assert fake.violations == []


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("application/json", b"{"),
        ("application/json", b"[1]"),
        ("application/json", b"[" * 100_000),
        ("application/json", b'{"chat_id": 1, "text": "\\ud83d"}'),
        (
            "application/x-www-form-urlencoded",
            b'chat_id=1&text=x&reply_markup={"keyboard":[[{"text":"\\udc00"}]]}',
        ),
        ("application/json", b'{"chat_id": 1, "text": "\xff"}'),
        ("application/x-www-form-urlencoded", b"chat_id=1&text=%ff"),
        ("application/x-www-form-urlencoded", b"text=\xff"),
    ],
)
async def test_a_broken_body_is_a_bad_request(api: Api, content_type: str, body: bytes) -> None:
    headers = {"Content-Type": content_type}
    async with api.session.post(api.url("sendMessage"), data=body, headers=headers) as response:
        assert response.status == 400


async def test_files_travel_both_ways(api: Api, fake: FakeTelegram, olena: Person) -> None:
    form = aiohttp.FormData(
        {"chat_id": str(olena.id), "caption": "<b>ТТН</b>", "parse_mode": "HTML", "photo": "attach://label"}
    )
    form.add_field("label", b"\x89PNG label", filename="label.png", content_type="image/png")
    async with api.session.post(api.url("sendPhoto"), data=form) as response:
        sent = result_of(response.status, await response.read())
    assert (sent["caption"], sent["caption_entities"][0]["type"]) == ("ТТН", "bold")
    file = await api("getFile", file_id=sent["photo"][-1]["file_id"])
    async with api.session.get(f"{fake.url}/file/bot{fake.token}/{file['file_path']}") as response:
        assert await response.read() == b"\x89PNG label"
    again = await api("sendPhoto", chat_id=olena.id, photo=sent["photo"][-1]["file_id"])
    assert again["photo"][-1]["file_size"] == len(b"\x89PNG label")

    form = aiohttp.FormData({"chat_id": str(olena.id)}, quote_fields=False)
    form.add_field("document", b"%PDF", filename="накладна.pdf", content_type="application/pdf")
    async with api.session.post(api.url("sendDocument"), data=form) as response:
        document = result_of(response.status, await response.read())["document"]
    assert (document["file_name"], document["mime_type"]) == ("накладна.pdf", "application/pdf")
    voice = await api("sendVoice", chat_id=olena.id, voice=document["file_id"], duration=4)
    assert voice["voice"]["duration"] == 4

    form = aiohttp.FormData({"chat_id": str(olena.id), "text": "x"})
    form.add_field("spare", b"x", filename="x.txt")
    async with api.session.post(api.url("sendMessage"), data=form) as response:
        assert response.status == 400
    assert [str(violation) for violation in fake.violations] == [
        "sendMessage: spare: no parameter mentions the file attach://spare"
    ]


async def test_a_file_over_twenty_megabytes_cannot_be_fetched(api: Api, olena: Person) -> None:
    sent = olena.sends_document(b"%PDF", "huge.pdf", size=25 * 2**20)
    refused = await api.refusal("getFile", file_id=sent.content["document"]["file_id"])
    assert refused.description == "Bad Request: file is too big"


# ---------------------------------------------------------------- messages


async def test_a_message_keeps_every_version_of_itself(api: Api, clock: Any, olena: Person) -> None:
    sent = await api(
        "sendMessage", chat_id=olena.id, text="Нове", reply_markup=inline(button(callback_data="x"))
    )
    clock.goes(60)
    edited = await api(
        "editMessageText",
        chat_id=olena.id,
        message_id=sent["message_id"],
        text="<i>Взято</i>",
        parse_mode="HTML",
    )
    clock.goes(60)
    await api(
        "editMessageReplyMarkup",
        chat_id=olena.id,
        message_id=sent["message_id"],
        reply_markup=inline(button(callback_data="y")),
    )
    message = olena.screen
    assert edited["edit_date"] == sent["date"] + 60
    assert "reply_markup" not in edited
    assert [version.text for version in message.versions] == ["Нове", "Взято", "Взято"]
    assert [version.at - message.date for version in message.versions] == [0, 60, 120]
    assert (message.html, message.labels) == ("<i>Взято</i>", ["Взяти"])


async def test_an_edit_that_changes_nothing_is_refused(api: Api, olena: Person) -> None:
    markup = inline(button(callback_data="x"))
    sent = await api(
        "sendMessage", chat_id=olena.id, text="<b>x</b> ya.ua", parse_mode="HTML", reply_markup=markup
    )
    same = {"chat_id": olena.id, "message_id": sent["message_id"]}
    text = {"text": "<b>x</b> ya.ua ", "parse_mode": "HTML"}
    assert (
        await api.refusal("editMessageText", **same, **text, reply_markup=markup)
    ).description == f"Bad Request: {SAME}"
    assert (
        await api.refusal("editMessageReplyMarkup", **same, reply_markup=markup)
    ).description == f"Bad Request: {SAME}"
    assert len(olena.screen.versions) == 1
    await api("editMessageText", **same, **text)
    assert olena.screen.labels == []


async def test_only_the_bot_s_own_messages_with_text_can_be_edited(api: Api, olena: Person) -> None:
    hers = olena.types("привіт")
    refused = await api.refusal("editMessageText", chat_id=olena.id, message_id=hers.id, text="x")
    assert refused.description == "Bad Request: message can't be edited"
    place = await api("sendLocation", chat_id=olena.id, latitude=50.45, longitude=30.52)
    refused = await api.refusal("editMessageText", chat_id=olena.id, message_id=place["message_id"], text="x")
    assert refused.description == "Bad Request: there is no text in the message to edit"
    text = await api("sendMessage", chat_id=olena.id, text="x")
    refused = await api.refusal(
        "editMessageCaption", chat_id=olena.id, message_id=text["message_id"], caption="x"
    )
    assert refused.description == "Bad Request: there is no caption in the message to edit"


async def test_captions_are_edited_and_limited(api: Api, olena: Person) -> None:
    photo = olena.sends_photo()
    sent = await api(
        "copyMessage", chat_id=olena.id, from_chat_id=olena.id, message_id=photo.id, caption="x" * 1024
    )
    await api(
        "editMessageCaption",
        chat_id=olena.id,
        message_id=sent["message_id"],
        caption="<b>y</b>",
        parse_mode="HTML",
    )
    assert olena.screen.html == "<b>y</b>"
    refused = await api.refusal(
        "editMessageCaption", chat_id=olena.id, message_id=sent["message_id"], caption="x" * 1025
    )
    assert refused.description == "Bad Request: message caption is too long"


async def test_copies_leave_no_trace_of_the_author(api: Api, olena: Person) -> None:
    original = olena.types("адреса: Київ")
    sent = await api("copyMessage", chat_id=olena.id, from_chat_id=olena.id, message_id=original.id)
    assert sent == {"message_id": original.id + 1}
    assert (olena.screen.text, olena.screen.origin) == ("адреса: Київ", None)
    poll = olena.sends({"poll": {"question": "?"}})
    refused = await api.refusal("copyMessage", chat_id=olena.id, from_chat_id=olena.id, message_id=poll.id)
    assert refused.description == "Bad Request: message can't be copied"
    refused = await api.refusal("copyMessage", chat_id=olena.id, from_chat_id=olena.id, message_id=999)
    assert refused.description == "Bad Request: message to copy not found"


async def test_messages_are_deleted_within_two_days(api: Api, clock: Any, olena: Person) -> None:
    first = await api("sendMessage", chat_id=olena.id, text="перше")
    second = await api("sendMessage", chat_id=olena.id, text="друге")
    assert await api("deleteMessage", chat_id=olena.id, message_id=first["message_id"]) is True
    assert [message.text for message in olena.messages] == ["/start", "друге"]
    clock.goes(48 * 3600 + 1)
    refused = await api.refusal("deleteMessage", chat_id=olena.id, message_id=second["message_id"])
    assert refused.description == "Bad Request: message can't be deleted for everyone"
    refused = await api.refusal("deleteMessage", chat_id=olena.id, message_id=first["message_id"])
    assert refused.description == "Bad Request: message to delete not found"


async def test_replies_silence_and_keyboards_are_kept(api: Api, olena: Person) -> None:
    question = olena.types("де замовлення?")
    to = {"message_id": question.id}
    answer = await api(
        "sendMessage", chat_id=olena.id, text="їде", disable_notification=True, reply_parameters=to
    )
    assert answer["reply_to_message"]["text"] == "де замовлення?"
    assert (olena.screen.silent, olena.screen.reply_to) == (True, question)
    lost = {"message_id": 999, "allow_sending_without_reply": True}
    assert "reply_to_message" not in await api(
        "sendMessage", chat_id=olena.id, text="їде", reply_parameters=lost
    )
    await api(
        "sendMessage",
        chat_id=olena.id,
        text="меню",
        reply_markup={"keyboard": [[{"text": "Мої замовлення"}]]},
    )
    assert olena.taps("Мої").text == "Мої замовлення"
    await api("sendMessage", chat_id=olena.id, text="без меню", reply_markup={"remove_keyboard": True})
    with pytest.raises(AssertionError, match="has no key"):
        olena.taps("Мої")


async def test_contacts_and_places_are_sent(api: Api, olena: Person) -> None:
    sent = await api("sendContact", chat_id=olena.id, phone_number="+380501112233", first_name="Ірина")
    assert sent["contact"] == {"phone_number": "+380501112233", "first_name": "Ірина"}
    sent = await api("sendLocation", chat_id=olena.id, latitude=50.45, longitude=30.52)
    assert sent["location"] == {"latitude": 50.45, "longitude": 30.52}
    assert await api("sendChatAction", chat_id=olena.id, action="typing") is True


# ---------------------------------------------------------------- the bot about itself


async def test_what_is_set_can_be_read(api: Api, fake: FakeTelegram, olena: Person) -> None:
    me = await api("getMe")
    assert (me["username"], me["is_bot"], me["can_read_all_group_messages"]) == ("orderbell_bot", True, False)
    commands = [{"command": "orders", "description": "Замовлення"}]
    await api("setMyCommands", commands=commands, language_code="uk")
    assert await api("getMyCommands", language_code="uk") == commands
    assert await api("getMyCommands") == []
    await api("deleteMyCommands", language_code="uk")
    assert await api("getMyCommands", language_code="uk") == []
    await api("setMyDescription", description="Дзвіночок", language_code="uk")
    await api("setMyShortDescription", short_description="Дзвіночок")
    await api("setChatMenuButton", chat_id=olena.id, menu_button={"type": "commands"})
    assert fake.world.settings["description:uk"] == "Дзвіночок"
    chat = await api("getChat", chat_id=olena.id)
    assert (chat["type"], chat["first_name"], chat["username"]) == ("private", "Олена", "olena_k")
    assert await api("close") is True
    assert await api("logOut") is True
    assert (await api.refusal("getMe")).description == "Logged out"


async def test_memory_is_bounded_when_asked(olena: Person) -> None:
    async with FakeTelegram(keep=10) as small, aiohttp.ClientSession() as session:
        ihor = small.person("Ігор")
        for _ in range(30):
            ihor.types("ще")
            await Api(small, session)("getMe")
        assert (len(small.calls), small.calls.total, len(ihor.messages)) == (10, 30, 10)


def test_importing_the_fake_loads_nothing_slow() -> None:
    slow = ("aiogram", "pydantic", "sqlalchemy", "pytest")
    code = "import sys, bot.demo.person, bot.demo.telegram, bot.demo.viber;"
    code += f"print([name for name in sys.modules if name.startswith({slow})])"
    printed = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert printed.stdout.strip() == "[]"


def test_no_cyrillic_in_the_fake() -> None:
    folder = Path(bot.demo.__path__[0])
    found = [
        path.name
        for path in [
            *(folder / f"{name}.py" for name in ("person", "watching", "calls", "faults", "breaking")),
            *(folder / "telegram").rglob("*.py"),
            *(folder / "viber").rglob("*.py"),
        ]
        if any("\u0400" <= letter <= "\u04ff" for letter in path.read_text(encoding="utf-8"))
    ]
    assert found == []
