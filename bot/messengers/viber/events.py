"""Viber's events as what the rest of the product knows: an update of aiogram's, a receipt, somebody who comes or goes.

https://creators.viber.com/docs/bots-api/callbacks. Nothing here raises for what Viber, or anybody in its name, may
send: what says too little is a value that says so, and an event or a message of a kind that we do not know is one.
"""

import math
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.messengers.albums import moment
from bot.messengers.viber.signing import Signer

Json = dict[str, Any]

OLD = timedelta(hours=24)
"""What is signed and older is a replay: Viber itself brings an event for an hour at most."""
MOST_NUMBER = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Spoken:
    """Somebody wrote, pressed, or opened the chat: an update as aiogram's `Update` takes it."""

    update: Json


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of a message of ours: `delivered`, `seen` or `failed`, and why."""

    token: int
    state: str
    reason: str | None


@dataclass(frozen=True, slots=True)
class Subscription:
    """Viber takes messages for this person from now on, or no longer."""

    gone: bool


@dataclass(frozen=True, slots=True)
class Ignored:
    kind: str


@dataclass(frozen=True, slots=True)
class Unreadable:
    why: str


Incoming = Spoken | Receipt | Subscription | Ignored | Unreadable


@dataclass(frozen=True, slots=True)
class Who:
    """Whom an event is about."""

    viber_id: str
    name: str
    language: str


def arrival_id(event: Json) -> str | None:
    """What one event is known by, however often it comes: its kind, the message, the person (facts: viber, 2)."""
    kind, token = event.get("event"), _number(event.get("message_token"))
    if not isinstance(kind, str) or not kind or token is None:
        return None
    who = viber_user(event)
    return f"{kind[:24]}:{token}:{'' if who is None else who.viber_id}"


def lane_of(event: Json) -> str | None:
    """The person, whose events are handled one after another; None where it names nobody."""
    who = viber_user(event)
    return None if who is None else who.viber_id


def viber_user(event: Json) -> Who | None:
    told = event.get("sender") if event.get("event") == "message" else event.get("user")
    if isinstance(told, dict):
        viber_id, name, language = (told.get(key) for key in ("id", "name", "language"))
    else:
        viber_id, name, language = event.get("user_id"), "", ""
    if not isinstance(viber_id, str) or not 0 < len(viber_id) <= 255:
        return None
    return Who(viber_id, _text(name)[:200].strip(), _text(language)[:8])


def too_old(event: Json, now: datetime) -> bool:
    """A replay of what was signed long ago. Without a readable moment nothing is known."""
    stamp = _number(event.get("timestamp"))
    if stamp is None or not 0 <= stamp < 10**13:
        return False
    return now - datetime.fromtimestamp(stamp / 1000, UTC) > OLD


def read(event: Json, user: int | None, signer: Signer) -> Incoming:
    """What an event says. `user`: the number of the person it is about, None where that is nobody we know."""
    kind = _text(event.get("event"))
    token = _number(event.get("message_token"))
    if kind in ("delivered", "seen", "failed"):
        if token is None:
            return Unreadable("receipt without a message")
        return Receipt(token, kind, _text(event.get("desc"))[:100] or None)
    if kind not in ("message", "subscribed", "unsubscribed", "conversation_started"):
        return Ignored(kind[:40])
    who = viber_user(event)
    if who is None or user is None:
        return Unreadable(f"{kind} of nobody")
    if kind in ("subscribed", "unsubscribed"):
        return Subscription(gone=kind == "unsubscribed")
    if token is None:
        return Unreadable(f"{kind} without a number")
    if kind == "conversation_started":
        return _opened(event, who, user, token)
    message = event.get("message")
    if not isinstance(message, dict):
        return Unreadable("message without its content")
    return _said(event, message, who, user, token, signer)


def _opened(event: Json, who: Who, user: int, token: int) -> Incoming:
    """A link that was opened says what it bears; a chat that somebody looks into who knows us says nothing."""
    context = event.get("context")
    if isinstance(context, str) and context:
        return _written(event, who, user, token, {"text": f"/start {context}"[:500]})
    if event.get("subscribed") is True:
        return Ignored("conversation_started")
    return _written(event, who, user, token, {"text": "/start"})


def _said(event: Json, message: Json, who: Who, user: int, token: int, signer: Signer) -> Incoming:
    text = _text(message.get("text"))
    if message.get("type") == "text" and (data := signer.opened(user, text)) is not None:
        return Spoken(
            {
                "update_id": _small(token),
                "callback_query": {
                    "id": f"{user}:{token}",
                    "from": _person(who, user),
                    "chat_instance": str(user),
                    "data": data,
                    "message": _message(event, who, user, token, {"text": ""}),
                },
            }
        )
    content = _content(message, text)
    if content.keys() & {"photo", "document"} and (stamp := _number(event.get("timestamp"))) is not None:
        content["media_group_id"] = moment(stamp)
    return _written(event, who, user, token, content)


def _content(message: Json, text: str) -> Json:
    """A message's content in Telegram's shapes. What has none is a sticker: politely not understood."""
    media, caption = _text(message.get("media")), {"caption": text} if text else {}
    name, size = _text(message.get("file_name"))[:256], _number(message.get("size")) or 0
    file = {"file_id": media, "file_unique_id": media[-60:] or "-", "file_size": max(0, size)}
    match message.get("type"):
        case "text":
            return {"text": text}
        case "url" if media:
            return {"text": media}
        case "picture" if media:
            return {"photo": [file | {"width": 0, "height": 0}], **caption}
        case "video" if media:
            seconds = max(0, min(_number(message.get("duration")) or 0, 10**6))
            return {"video": file | {"width": 0, "height": 0, "duration": seconds}, **caption}
        case "file" if media:
            return {"document": file | {"file_name": name or "file"}, **caption}
        case "contact" if isinstance(message.get("contact"), dict):
            told = message["contact"]
            phone = _text(told.get("phone_number"))[:40]
            named = _text(told.get("name"))[:100] or "-"
            return {"contact": {"phone_number": phone, "first_name": named}}
        case "location" if isinstance(message.get("location"), dict):
            told = message["location"]
            latitude, longitude = _degrees(told.get("lat"), 90), _degrees(told.get("lon"), 180)
            if latitude is not None and longitude is not None:
                return {"location": {"latitude": latitude, "longitude": longitude}}
    sticker = {"file_id": "-", "file_unique_id": "-", "type": "regular", "width": 0, "height": 0}
    return {"sticker": sticker | {"is_animated": False, "is_video": False}}


def _written(event: Json, who: Who, user: int, token: int, content: Json) -> Spoken:
    return Spoken({"update_id": _small(token), "message": _message(event, who, user, token, content)})


def _message(event: Json, who: Who, user: int, token: int, content: Json) -> Json:
    stamp = _number(event.get("timestamp")) or 0
    return {
        "message_id": token,
        "date": stamp // 1000 if 1000 <= stamp < 10**13 else 1,
        "chat": {"id": user, "type": "private", "first_name": who.name or "-"},
        "from": _person(who, user),
        **content,
    }


def _person(who: Who, user: int) -> Json:
    language = {"language_code": who.language} if who.language else {}
    return {"id": user, "is_bot": False, "first_name": who.name or "-", **language}


def _small(token: int) -> int:
    return token % 2**52


def _text(value: object) -> str:
    """Lone halves of characters, which no database keeps, are left out."""
    return value.encode("utf-8", "ignore").decode() if isinstance(value, str) else ""


def _number(value: object) -> int | None:
    whole = isinstance(value, int) and not isinstance(value, bool)
    return value if whole and 0 <= value <= MOST_NUMBER else None  # type: ignore[return-value, operator]


def _degrees(value: object, most: float) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value) if math.isfinite(value) and -most <= value <= most else None
