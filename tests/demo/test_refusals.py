"""What Telegram would refuse, in its own words; what nobody should ever ask is a violation besides."""

from typing import Any

import pytest

from bot.demo.person import Person
from bot.demo.telegram import FakeTelegram
from tests.demo.client import Api

Params = dict[str, Any]


def inline(*buttons: Params) -> Params:
    return {"inline_keyboard": [[button] for button in buttons]}


def button(**fields: Any) -> Params:
    return {"text": "Взяти", **fields}


# ---------------------------------------------------------------- the shape: all of these are violations

MISSHAPEN_MESSAGES: list[tuple[Params, str]] = [
    ({"txt": "y"}, "sendMessage has no parameter txt"),
    ({"reply_to_message_id": 3}, "sendMessage has no parameter reply_to_message_id"),
    ({"disable_web_page_preview": True}, "sendMessage has no parameter disable_web_page_preview"),
    ({"disable_notification": "maybe"}, "true or false was expected, not a string"),
    ({"message_thread_id": "one"}, "a number was expected, not a string"),
    ({"message_thread_id": "1_000"}, "a number was expected, not a string"),
    ({"reply_markup": "{"}, "can't parse reply keyboard markup JSON object"),
    ({"reply_markup": "[" * 5000}, "can't parse reply keyboard markup JSON object"),
    ({"reply_markup": []}, "an object (InlineKeyboardMarkup) was expected, not an array"),
    ({"reply_markup": {}}, "InlineKeyboardMarkup needs it"),
    ({"reply_markup": {"inline_keyboard": [{}]}}, "an array was expected, not an object"),
    ({"reply_markup": inline({"callback_data": "x"})}, "InlineKeyboardButton needs it"),
    ({"reply_markup": inline(button(data="x"))}, "InlineKeyboardButton has no such field"),
    ({"reply_markup": inline(button(callback_data=5))}, "a string was expected, not a number"),
    ({"reply_markup": inline(button(url=None))}, "a string was expected, not null"),
    (
        {"reply_markup": inline(button(copy_text="8"))},
        "an object (CopyTextButton) was expected, not a string",
    ),
    ({"reply_markup": {"remove_keyboard": False}}, "only true is possible, not a boolean"),
    ({"entities": "bold"}, "can't parse entities JSON object"),
    ({"entities": [{"type": "bold", "offset": 0}]}, "MessageEntity needs it"),
    ({"reply_parameters": {"message": 5}}, "ReplyParameters has no such field"),
]


@pytest.mark.parametrize(("params", "description"), MISSHAPEN_MESSAGES)
async def test_a_misshapen_message_is_refused_and_noted(
    api: Api, fake: FakeTelegram, olena: Person, params: Params, description: str
) -> None:
    refused = await api.refusal("sendMessage", chat_id=olena.id, text="x", **params)
    assert refused.code == 400
    assert refused.description.startswith("Bad Request: ")
    assert refused.description.endswith(description)
    assert [violation.method for violation in fake.violations] == ["sendMessage"]
    assert len(olena.messages) == 1


MISSHAPEN: list[tuple[str, Params, str]] = [
    ("sendMessage", {"text": "x"}, "chat_id is empty"),
    ("sendMessage", {"chat_id": 1}, "message text is empty"),
    ("sendPhoto", {"chat_id": 1}, "there is no photo in the request"),
    ("sendPhoto", {"chat_id": 1, "photo": "attach://x"}, "the file attach://x did not come with the request"),
    ("editMessageText", {"message_id": "last", "text": "x"}, "a number was expected, not a string"),
    ("editMessageText", {"text": "x", "reply_markup": {"keyboard": [[]]}}, "InlineKeyboardMarkup needs it"),
    ("deleteMessage", {"chat_id": 1}, "message identifier is not specified"),
    ("answerCallbackQuery", {}, "parameter callback_query_id is required"),
    ("sendChatAction", {"chat_id": 1}, "wrong parameter action in request"),
    (
        "sendLocation",
        {"chat_id": 1, "latitude": "50,45", "longitude": 30},
        "a number was expected, not a string",
    ),
    ("setMyCommands", {"commands": [{"command": "start"}]}, "BotCommand needs it"),
    ("setMyCommands", {"commands": [], "scope": {"type": "chat", "chat": 1}}, "has no such field"),
    ("getUpdates", {"allowed_updates": ["messages"]}, "there are no updates of the kind messages"),
    ("getUpdates", {"allowed_updates": "message"}, "can't parse allowed_updates JSON object"),
    ("getFile", {}, "invalid file_id specified"),
    ("getMe", {"verbose": 1}, "getMe has no parameter verbose"),
]


@pytest.mark.parametrize(("method", "params", "description"), MISSHAPEN)
async def test_a_misshapen_request_is_refused_and_noted(
    api: Api, fake: FakeTelegram, method: str, params: Params, description: str
) -> None:
    refused = await api.refusal(method, **params)
    assert refused.code == 400
    assert refused.description.startswith("Bad Request: ")
    assert refused.description.endswith(description)
    assert [violation.method for violation in fake.violations] == [method]


# ---------------------------------------------------------------- well-shaped, and refused all the same

NO_ACTION = "can't parse InlineKeyboardButton: Text buttons are not allowed in the inline keyboard"
NOT_PLAYED = "the fake Telegram does not play "
UNPAIRED = "an inline keyboard button does exactly one thing, not callback_data and url"
PAST_THE_END = "entity beginning at UTF-16 offset 0 ends after the end of the text at UTF-16 offset 2"

REFUSED_TEXTS: list[tuple[Params, str]] = [
    ({"text": ""}, "message text is empty"),
    ({"text": " \n\t\u200b "}, "text must be non-empty"),
    ({"text": "<b> </b>", "parse_mode": "HTML"}, "text must be non-empty"),
    ({"text": "я" * 4097}, "message is too long"),
    ({"text": "🔔" * 2049}, "message is too long"),
    ({"text": "<b></b>" * 5000 + "x", "parse_mode": "HTML"}, "message is too long"),
    ({"text": "x", "parse_mode": "XML"}, "unsupported parse_mode"),
    ({"text": "*x*", "parse_mode": "MarkdownV2"}, NOT_PLAYED + "parse_mode=MarkdownV2"),
    (
        {"text": "<x>y</x>", "parse_mode": "html"},
        'can\'t parse entities: Unsupported start tag "x" at byte offset 0',
    ),
    (
        {"text": "ціна <b>5", "parse_mode": "HTML"},
        "can't parse entities: Can't find end tag corresponding to start tag \"b\"",
    ),
    ({"text": "x", "entities": [{"type": "bold", "offset": 0, "length": 2}]}, PAST_THE_END),
    ({"chat_id": 999}, "chat not found"),
    ({"chat_id": "@somebody"}, "chat not found"),
    ({"chat_id": 1.5}, "chat not found"),
    ({"chat_id": ""}, "chat_id is empty"),
    ({"reply_parameters": {"message_id": 999}}, "message to be replied not found"),
    ({"message_thread_id": 7}, NOT_PLAYED + "message_thread_id"),
    ({"business_connection_id": "x"}, NOT_PLAYED + "business_connection_id"),
    ({"reply_markup": {"keyboard": [[{"text": ""}]]}}, "keyboard button text must be non-empty"),
    ({"reply_markup": {"keyboard": [[{"text": "x"}]] * 301}}, "reply markup is too long"),
    ({"reply_markup": inline(*[button(callback_data="x")] * 101)}, "reply markup is too long"),
    ({"reply_markup": inline(button())}, NO_ACTION),
    ({"reply_markup": inline(button(callback_data=""))}, NO_ACTION),
    ({"reply_markup": inline(button(callback_data="я" * 33))}, "BUTTON_DATA_INVALID"),
    ({"reply_markup": inline(button(callback_data="x", url="https://ya.ua"))}, UNPAIRED),
    (
        {"reply_markup": inline({"text": " ", "url": "ya.ua"})},
        "inline keyboard button text must be non-empty",
    ),
    ({"reply_markup": inline(button(copy_text={"text": ""}))}, "BUTTON_COPY_TEXT_INVALID"),
    ({"reply_markup": inline(button(copy_text={"text": "x" * 257}))}, "BUTTON_COPY_TEXT_INVALID"),
    ({"reply_markup": inline(button(web_app={"url": "x"}))}, NOT_PLAYED + "inline buttons with web_app"),
    ({"reply_markup": inline(button(url="http://127.0.0.1/x"))}, "BUTTON_URL_INVALID"),
    ({"reply_markup": inline(button(url="https://ya.ua/" + "x" * 2048))}, "BUTTON_URL_INVALID"),
]


@pytest.mark.parametrize(("params", "description"), REFUSED_TEXTS)
async def test_a_message_that_telegram_would_refuse(
    api: Api, fake: FakeTelegram, olena: Person, params: Params, description: str
) -> None:
    refused = await api.refusal("sendMessage", **{"chat_id": olena.id, "text": "x", **params})
    assert (refused.code, refused.description) == (400, f"Bad Request: {description}")
    assert fake.violations == []
    assert [call.method for call in fake.calls.refused()] == ["sendMessage"]
    assert len(olena.messages) == 1


@pytest.mark.parametrize(
    ("url", "wrong"),
    [
        ("javascript:alert(1)", "Unsupported URL protocol"),
        ("ftp://example.com", "Unsupported URL protocol"),
        ("http://localhost:8080/x", "Wrong HTTP URL"),
        ("https://exa mple.com", "Wrong HTTP URL"),
        ("https://good.com@evil.com", "Wrong HTTP URL"),
        ("somewhere", "Wrong HTTP URL"),
    ],
)
async def test_a_button_that_leads_nowhere(api: Api, olena: Person, url: str, wrong: str) -> None:
    refused = await api.refusal(
        "sendMessage", chat_id=olena.id, text="x", reply_markup=inline(button(url=url))
    )
    assert refused.description == f"Bad Request: inline keyboard button URL '{url}' is invalid: {wrong}"


@pytest.mark.parametrize(
    "url",
    [
        "https://rozetka.com.ua/a?b=1#c",
        "http://ya.ua:8080",
        "t.me/orderbell_bot?start=x",
        "tg://resolve?domain=x",
    ],
)
async def test_a_button_that_leads_somewhere(api: Api, olena: Person, url: str) -> None:
    await api("sendMessage", chat_id=olena.id, text="x", reply_markup=inline(button(url=url)))
    assert olena.link("Взяти") == url


OLD = "query is too old and response timeout expired or query ID is invalid"
NO_HTTPS = "bad webhook: An HTTPS URL must be provided for webhook"
ELSEWHERE = "the fake Telegram does not play messages outside of the bot's chats"
GROUPS_ONLY = "chat member status can't be changed in private chats"
HOOK = "https://example.com"

REFUSED: list[tuple[str, Params, str]] = [
    ("sendPhoto", {"photo": "AgACnobody"}, "wrong file identifier/HTTP URL specified"),
    ("sendPhoto", {"photo": "https://example.com/x.jpg"}, NOT_PLAYED + "files by URL"),
    ("sendDocument", {"document": ""}, "there is no document in the request"),
    ("sendContact", {"phone_number": " ", "first_name": "x"}, "phone_number is empty"),
    ("sendContact", {"phone_number": "1", "first_name": " "}, "first name is empty"),
    ("sendLocation", {"latitude": 91, "longitude": 0}, "wrong latitude or longitude specified"),
    ("sendLocation", {"latitude": 1, "longitude": 0, "live_period": 60}, NOT_PLAYED + "live locations"),
    ("sendChatAction", {"action": "dance"}, "wrong parameter action in request"),
    ("copyMessage", {"from_chat_id": 999, "message_id": 1}, "chat not found"),
    ("editMessageText", {"message_id": 999, "text": "x"}, "message to edit not found"),
    ("editMessageText", {"message_id": 1, "text": ""}, "message text is empty"),
    ("editMessageText", {"text": "x"}, "message identifier is not specified"),
    ("editMessageReplyMarkup", {"inline_message_id": "x"}, ELSEWHERE),
    ("deleteMessage", {"message_id": 999}, "message to delete not found"),
    ("getChatMember", {"user_id": 999}, "member not found"),
    ("leaveChat", {}, GROUPS_ONLY),
    ("sendDice", {}, NOT_PLAYED + "sendDice"),
    ("getChatMemberCount", {}, NOT_PLAYED + "getChatMemberCount"),
]
REFUSED_WITHOUT_CHAT: list[tuple[str, Params, str]] = [
    ("editMessageText", {"message_id": 1, "text": "x"}, "chat_id is empty"),
    ("answerCallbackQuery", {"callback_query_id": "5"}, OLD),
    ("answerCallbackQuery", {"callback_query_id": "5", "text": "x" * 201}, "MESSAGE_TOO_LONG"),
    ("answerCallbackQuery", {"callback_query_id": "5", "url": "ftp://x.com"}, "URL_INVALID"),
    ("getFile", {"file_id": "x"}, "invalid file_id"),
    ("setMyCommands", {"commands": [{"command": "Старт", "description": "x"}]}, "BOT_COMMAND_INVALID"),
    ("setMyCommands", {"commands": [{"command": "x", "description": ""}]}, "BOT_COMMAND_DESCRIPTION_INVALID"),
    ("setMyCommands", {"commands": [{"command": "x", "description": "x"}] * 101}, "BOT_COMMANDS_TOO_MUCH"),
    ("setMyCommands", {"commands": [], "language_code": "ukr"}, "invalid language code specified"),
    ("setMyDescription", {"description": "x" * 513}, "BOT_DESCRIPTION_TOO_LONG"),
    ("setMyShortDescription", {"short_description": "x" * 121}, "BOT_ABOUT_TOO_LONG"),
    ("setWebhook", {"url": "http://example.com"}, NO_HTTPS),
    ("setWebhook", {"url": HOOK, "secret_token": "так"}, "secret token contains unallowed characters"),
    ("setWebhook", {"url": HOOK, "secret_token": "x" * 257}, "secret token is too long"),
]


@pytest.mark.parametrize(
    ("method", "params", "description"),
    [(m, {"chat_id": ..., **p}, d) for m, p, d in REFUSED if "inline_message_id" not in p]
    + [(m, p, d) for m, p, d in REFUSED if "inline_message_id" in p]
    + REFUSED_WITHOUT_CHAT,
)
async def test_a_request_that_telegram_would_refuse(
    api: Api, fake: FakeTelegram, olena: Person, method: str, params: Params, description: str
) -> None:
    if "chat_id" in params:
        params = params | {"chat_id": olena.id}
    refused = await api.refusal(method, **params)
    assert (refused.code, refused.description) == (400, f"Bad Request: {description}")
    assert fake.violations == []
    assert len(olena.messages) == 1
