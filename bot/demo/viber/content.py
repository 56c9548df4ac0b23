"""What may be in a message, field by field (facts/viber.md, 2)."""

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from bot.demo.viber.errors import bad, missing
from bot.demo.viber.keyboards import Checked, check_keyboard, check_rich_media

Json = dict[str, Any]

MOST_REQUEST = 30_000
MOST_NAME, MOST_TRACKING, MOST_TEXT, MOST_CAPTION, MOST_URL = 28, 4000, 7000, 768, 2000
MOST_FILE, MOST_VIDEO, MOST_SECONDS = 50 * 2**20, 26 * 2**20, 180
PICTURE = re.compile(r"\.(?:jpe?g|png|gif)$", re.IGNORECASE)
FORBIDDEN = frozenset(
    {"exe", "bat", "cmd", "com", "msi", "scr", "js", "vbs", "jar", "app", "dmg", "apk", "sh", "dll"}
)
COMMON = frozenset({
    "auth_token", "receiver", "broadcast_list", "type", "sender", "tracking_data", "min_api_version", "keyboard",
    "chat_id", "from",
})  # fmt: skip


def text(value: Any, where: str, most: int) -> str:
    if value is None or value == "":
        raise missing(where)
    if not isinstance(value, str):
        raise bad(where, "instance type does not match")
    if len(value) > most:
        raise bad(where, f"longer than {most}")
    return value


def number(value: Any, where: str, most: float, least: float = 0) -> float:
    if value is None:
        raise missing(where)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise bad(where, "instance type does not match")
    if not least <= value <= most:
        raise bad(where, f"must be from {least} to {most}")
    return value


def url(value: Any, where: str) -> str:
    address = text(value, where, MOST_URL)
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise bad(where, "is no address")
    return address


def _text(body: Json, checked: Checked) -> None:
    text(body.get("text"), "text", MOST_TEXT)


def _picture(body: Json, checked: Checked) -> None:
    if body.get("text"):
        text(body["text"], "text", MOST_CAPTION)
    if not PICTURE.search(urlsplit(url(body.get("media"), "media")).path):
        raise bad("media", "must end with .jpeg, .jpg, .png or .gif")
    if "thumbnail" in body:
        url(body["thumbnail"], "thumbnail")


def _video(body: Json, checked: Checked) -> None:
    if not urlsplit(url(body.get("media"), "media")).path.lower().endswith(".mp4"):
        raise bad("media", "must end with .mp4")
    number(body.get("size"), "size", MOST_VIDEO, 1)
    if "duration" in body:
        number(body["duration"], "duration", MOST_SECONDS)


def _file(body: Json, checked: Checked) -> None:
    url(body.get("media"), "media")
    number(body.get("size"), "size", MOST_FILE, 1)
    name = text(body.get("file_name"), "file_name", 256)
    extension = name.rpartition(".")[2].lower() if "." in name.strip(".") else ""
    if not extension:
        raise bad("file_name", "has no extension")
    if extension in FORBIDDEN:
        raise bad("file_name", f".{extension} is forbidden")


def _contact(body: Json, checked: Checked) -> None:
    contact = body.get("contact")
    if not isinstance(contact, dict):
        raise missing("contact") if contact is None else bad("contact", "an object was expected")
    text(contact.get("name"), "contact.name", 28)
    text(contact.get("phone_number"), "contact.phone_number", 18)


def _location(body: Json, checked: Checked) -> None:
    location = body.get("location")
    if not isinstance(location, dict):
        raise missing("location") if location is None else bad("location", "an object was expected")
    number(_as_number(location.get("lat")), "location.lat", 90, -90)
    number(_as_number(location.get("lon")), "location.lon", 180, -180)


def _as_number(value: Any) -> Any:
    """Viber's own examples give degrees as strings."""
    return float(value) if isinstance(value, str) and re.fullmatch(r"-?\d+(\.\d+)?", value) else value


def _sticker(body: Json, checked: Checked) -> None:
    number(body.get("sticker_id"), "sticker_id", 10**9, 1)


def _url(body: Json, checked: Checked) -> None:
    url(body.get("media"), "media")


def _rich_media(body: Json, checked: Checked) -> None:
    if body.get("rich_media") is None:
        raise missing("rich_media")
    check_rich_media(body["rich_media"], body.get("min_api_version", 1), checked)
    if "alt_text" in body:
        text(body["alt_text"], "alt_text", MOST_TEXT)
    else:
        checked.unknown.append("alt_text (missing: a notification would be empty)")


TYPES: dict[str, tuple[Callable[[Json, Checked], None], frozenset[str]]] = {
    "text": (_text, frozenset({"text"})),
    "picture": (_picture, frozenset({"text", "media", "thumbnail"})),
    "video": (_video, frozenset({"text", "media", "size", "duration", "thumbnail"})),
    "file": (_file, frozenset({"media", "size", "file_name"})),
    "contact": (_contact, frozenset({"contact"})),
    "location": (_location, frozenset({"location"})),
    "sticker": (_sticker, frozenset({"sticker_id"})),
    "url": (_url, frozenset({"media"})),
    "rich_media": (_rich_media, frozenset({"rich_media", "alt_text"})),
}


def check_message(body: Json) -> Checked:
    """Raises Refusal with 3, 4 or 14. A message with a keyboard alone has no type."""
    checked = Checked()
    version = body.get("min_api_version", 1)
    if isinstance(version, bool) or not isinstance(version, int):
        raise bad("min_api_version", "instance type does not match")
    sender = body.get("sender")
    if not isinstance(sender, dict):
        raise missing("sender") if sender is None else bad("sender", "an object was expected")
    text(sender.get("name"), "sender.name", MOST_NAME)
    if sender.get("avatar") is not None:
        url(sender["avatar"], "sender.avatar")
    if body.get("tracking_data") is not None:
        text(body["tracking_data"] or "-", "tracking_data", MOST_TRACKING)
    kind = body.get("type")
    if kind is None and "keyboard" not in body:
        raise missing("type")
    if kind is not None and (not isinstance(kind, str) or kind not in TYPES):
        raise bad("type", "instance value not found in enum")
    if "keyboard" in body:
        check_keyboard(body["keyboard"], version, checked)
    own: frozenset[str] = frozenset()
    if kind is not None:
        check, own = TYPES[kind]
        check(body, checked)
    checked.unknown += [name for name in body if name not in COMMON and name not in own]
    return checked
