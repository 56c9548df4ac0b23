"""Viber's events in the documentation's own shapes, and in any other (facts: viber, 2)."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from aiogram.types import Update
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.messengers.viber.events import (
    Ignored,
    Receipt,
    Spoken,
    Subscription,
    Unreadable,
    arrival_id,
    read,
    too_old,
    viber_user,
)
from bot.messengers.viber.signing import Signer

SIGNER = Signer(b"k" * 32)
USER = 2**52 + 7
TOKEN = 4912661846655238145
NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
STAMP = int(NOW.timestamp() * 1000)
WHO = {"id": "01234567890A=", "name": "Тарас Непийвода", "language": "uk", "country": "UA", "api_version": 10}
HEAD: dict[str, Any] = {"timestamp": STAMP, "message_token": TOKEN, "chat_hostname": "SN-CHAT-1"}


def message(**content: Any) -> dict[str, Any]:
    return HEAD | {"event": "message", "sender": WHO, "message": content, "silent": False}


def spoken(event: dict[str, Any]) -> Update:
    found = read(event, USER, SIGNER)
    assert isinstance(found, Spoken), found
    return Update.model_validate(found.update)


CONTENTS: dict[str, tuple[dict[str, Any], str]] = {
    "text": ({"type": "text", "text": "Коли буде?", "tracking_data": "x"}, "text"),
    "picture": (
        {"type": "picture", "media": "https://dl.example.com/1.jpg", "text": "ось", "file_name": "1.jpg"},
        "photo",
    ),
    "video": ({"type": "video", "media": "https://dl.example.com/1.mp4", "duration": 3, "size": 9}, "video"),
    "file": (
        {"type": "file", "media": "https://dl.example.com/a.pdf", "file_name": "a.pdf", "size": 10},
        "document",
    ),
    "contact": (
        {"type": "contact", "contact": {"name": "Одарка", "phone_number": "380671234567"}},
        "contact",
    ),
    "empty contact of a desktop": ({"type": "contact", "contact": {"phone_number": ""}}, "contact"),
    "location": ({"type": "location", "location": {"lat": 50.45, "lon": 30.52}}, "location"),
    "sticker": ({"type": "sticker", "sticker_id": 46105, "media": "http://x.example.com/1.png"}, "sticker"),
    "url": ({"type": "url", "media": "https://example.com"}, "text"),
    "a kind of tomorrow": ({"type": "hologram", "media": "https://example.com"}, "sticker"),
    "a place that is none": ({"type": "location", "location": {"lat": 1e99, "lon": None}}, "sticker"),
}


@pytest.mark.parametrize(("content", "kind"), CONTENTS.values(), ids=CONTENTS.keys())
def test_a_message_is_one_of_telegrams_shapes(content: dict[str, Any], kind: str) -> None:
    update = spoken(message(**content))
    assert update.message is not None
    assert getattr(update.message, kind)
    assert (update.message.chat.id, update.message.message_id) == (USER, TOKEN)
    assert update.message.from_user is not None
    assert update.message.from_user.full_name == "Тарас Непийвода"


def test_a_signed_text_is_a_press_and_any_other_is_text() -> None:
    pressed = spoken(message(type="text", text=SIGNER.sign(USER, "b:abc:yes"))).callback_query
    assert pressed is not None
    assert pressed.data == "b:abc:yes"
    assert pressed.id.split(":") == [str(USER), str(TOKEN)]
    forged = spoken(message(type="text", text="~cb|AAAAAAAAAAAAAAAA|b:abc:yes"))
    assert forged.callback_query is None
    assert forged.message is not None


OPENED: dict[str, tuple[dict[str, Any], str | None]] = {
    "by a link": ({"context": "b0123", "subscribed": False, "type": "open"}, "/start b0123"),
    "by a link, known": ({"context": "b0123", "subscribed": True}, "/start b0123"),
    "by a stranger": ({"subscribed": False}, "/start"),
    "by who knows us": ({"subscribed": True}, None),
}


@pytest.mark.parametrize(("more", "said"), OPENED.values(), ids=OPENED.keys())
def test_a_chat_that_is_opened(more: dict[str, Any], said: str | None) -> None:
    event = HEAD | {"event": "conversation_started", "user": WHO} | more
    if said is None:
        assert read(event, USER, SIGNER) == Ignored("conversation_started")
    else:
        update = spoken(event)
        assert update.message is not None
        assert update.message.text == said


OTHERS: dict[str, tuple[dict[str, Any], object]] = {
    "delivered": ({"event": "delivered", "user_id": "A="}, Receipt(TOKEN, "delivered", None)),
    "seen": ({"event": "seen", "user_id": "A="}, Receipt(TOKEN, "seen", None)),
    "failed without desc": ({"event": "failed", "user_id": "A="}, Receipt(TOKEN, "failed", None)),
    "failed": (
        {"event": "failed", "user_id": "A=", "desc": "failure description"},
        Receipt(TOKEN, "failed", "failure description"),
    ),
    "subscribed": ({"event": "subscribed", "user": WHO}, Subscription(gone=False)),
    "unsubscribed": ({"event": "unsubscribed", "user_id": "A="}, Subscription(gone=True)),
    "client_status": ({"event": "client_status", "status": {"code": 300}}, Ignored("client_status")),
    "webhook": ({"event": "webhook"}, Ignored("webhook")),
    "an event of tomorrow": ({"event": "levitated"}, Ignored("levitated")),
}


@pytest.mark.parametrize(("event", "found"), OTHERS.values(), ids=OTHERS.keys())
def test_what_is_no_message(event: dict[str, Any], found: object) -> None:
    assert read(HEAD | event, USER, SIGNER) == found


LITTLE = {
    "no sender": HEAD | {"event": "message", "message": {"type": "text", "text": "x"}},
    "no message": HEAD | {"event": "message", "sender": WHO},
    "no number": {"event": "message", "sender": WHO, "message": {"type": "text", "text": "x"}},
    "a receipt of nothing": {"event": "delivered", "user_id": "A="},
    "a number beyond all": HEAD | {"event": "message", "message_token": 10**40, "sender": WHO, "message": {}},
}


@pytest.mark.case("G5")
@pytest.mark.parametrize("event", LITTLE.values(), ids=LITTLE.keys())
def test_what_says_too_little_says_so(event: dict[str, Any]) -> None:
    assert isinstance(read(event, USER, SIGNER), Unreadable)


@pytest.mark.case("G2")
def test_one_event_has_one_name_however_often_it_comes() -> None:
    event = message(type="text", text="x")
    assert arrival_id(event) == arrival_id(dict(event) | {"timestamp": STAMP + 5})
    assert arrival_id(event) != arrival_id(event | {"event": "seen", "user_id": WHO["id"]})
    assert arrival_id({"event": "message"}) is None


def test_a_replay_of_yesterday_is_old() -> None:
    event = message(type="text", text="x")
    assert not too_old(event, NOW + timedelta(hours=23))
    assert too_old(event, NOW + timedelta(hours=25))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inside: st.lists(inside, max_size=3) | st.dictionaries(st.text(max_size=9), inside, max_size=4),
    max_leaves=12,
)
KEYS = (
    "event",
    "timestamp",
    "message_token",
    "user",
    "user_id",
    "sender",
    "message",
    "context",
    "subscribed",
)
KINDS = st.sampled_from(("message", "delivered", "failed", "conversation_started", "unsubscribed", "x"))
PARTS = st.fixed_dictionaries(
    {}, optional=dict.fromkeys(("type", "text", "media", "contact", "location", "size", "id", "name"), JSON)
)


@pytest.mark.case("G9")
@settings(suppress_health_check=[HealthCheck.too_slow])  # the first text draws a table of all characters
@given(
    st.fixed_dictionaries({}, optional=dict.fromkeys(KEYS, JSON)),
    st.fixed_dictionaries({}, optional={"event": KINDS, "sender": PARTS, "user": PARTS, "message": PARTS}),
)
def test_nothing_that_is_json_raises(noise: dict[str, Any], shape: dict[str, Any]) -> None:
    event = noise | shape
    arrival_id(event)
    viber_user(event)
    too_old(event, NOW)
    for known in (
        event,
        message(**event.get("message", {})) if isinstance(event.get("message"), dict) else {},
    ):
        found = read(known, USER, SIGNER)
        if isinstance(found, Spoken):
            Update.model_validate(found.update)
