"""set_webhook, get_account_info, get_user_details, get_online: what is no message."""

import json
from collections.abc import Awaitable, Callable
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from bot.demo.viber.callbacks import MANDATORY, OPTIONAL, Hook
from bot.demo.viber.chats import Json
from bot.demo.viber.errors import Refusal, Status, bad, missing
from bot.demo.viber.world import HOSTNAME, World
from bot.demo.violations import Violation

HALF_A_DAY = 12 * 3600.0
MOST_DETAILS = 2
"""get_user_details: so often in half a day for one person."""
MOST_ONLINE = 100


class Account:
    def __init__(self, world: World) -> None:
        self.world = world

    def methods(self) -> dict[str, Callable[[Json], Awaitable[Json]]]:
        return {
            "set_webhook": self.set_webhook,
            "get_account_info": self.get_account_info,
            "get_user_details": self.get_user_details,
            "get_online": self.get_online,
        }

    async def set_webhook(self, body: Json) -> Json:
        self._known("set_webhook", body, {"url", "event_types", "send_name", "send_photo", "is_inline"})
        url = body.get("url")
        if url is None:
            raise missing("url")
        if not isinstance(url, str):
            raise bad("url", "instance type does not match")
        callbacks = self.world.callbacks
        if not url:
            await callbacks.remove()
            return {"chat_hostname": HOSTNAME, "event_types": []}
        hook = Hook(
            url, _events(body.get("event_types")), _flag(body, "send_name"), _flag(body, "send_photo")
        )
        if not url.startswith("https://") and not (url.startswith("http://") and is_loopback(url)):
            raise Refusal(Status.INVALID_URL, "an https url is needed")
        event = {
            "event": "webhook",
            "timestamp": int(self.world.wall() * 1000),
            "chat_hostname": HOSTNAME,
            "message_token": self.world.token(),
        }
        raw = json.dumps(event, separators=(",", ":")).encode()
        answer = await callbacks.once(url, raw, callbacks.signed(raw))
        if answer.status != 200:
            raise Refusal(Status.INVALID_URL, f"Result is not 200 OK: {answer.status or 'no answer'}")
        callbacks.hook = hook
        return {"chat_hostname": HOSTNAME, "event_types": sorted(hook.events)}

    async def get_account_info(self, body: Json) -> Json:
        self._known("get_account_info", body, set())
        world, hook = self.world, self.world.callbacks.hook
        return {
            "id": world.bot.id,
            "chat_hostname": HOSTNAME,
            "name": world.bot.first_name,
            "uri": world.uri,
            "icon": "",
            "category": "",
            "subcategory": "",
            "country": "UA",
            "webhook": hook.url if hook else "",
            "event_types": sorted(hook.events) if hook else [],
            "members": [],
            "subscribers_count": sum(chat.user.subscribed for chat in world.chats.values()),
        }

    async def get_user_details(self, body: Json) -> Json:
        self._known("get_user_details", body, {"id"})
        if not body.get("id"):
            raise missing("id")
        chat = self.world.chats.get(str(body["id"]))
        if chat is None or chat.user.deleted:
            raise Refusal(Status.RECEIVER_NOT_REGISTERED)
        user, now = chat.user, self.world.wall()
        if not user.subscribed:
            raise Refusal(Status.RECEIVER_NOT_SUBSCRIBED)
        while user.details and user.details[0] <= now - HALF_A_DAY:
            user.details.popleft()
        if len(user.details) >= MOST_DETAILS:
            raise Refusal(Status.TOO_MANY_REQUESTS)
        user.details.append(now)
        told = self.world.profile(user) | {
            "name": user.first_name,
            "primary_device_os": "android 14",
            "viber_version": "23.1.0",
            "mcc": 255,
            "mnc": 1,
            "device_type": "Pixel 6",
        }
        return {"chat_hostname": HOSTNAME, "message_token": self.world.token(), "user": told}

    async def get_online(self, body: Json) -> Json:
        self._known("get_online", body, {"ids"})
        ids = body.get("ids")
        if not ids:
            raise missing("ids")
        if not isinstance(ids, list) or len(ids) > MOST_ONLINE:
            raise bad("ids", f"at most {MOST_ONLINE}")
        return {"users": [self._online(one) for one in ids]}

    def _online(self, one: Any) -> Json:
        chat = self.world.chats.get(str(one))
        if chat is None:
            return {"id": one, "online_status": 3, "online_status_message": "tryLater"}
        status = 1 if chat.user.off else 0
        return {"id": one, "online_status": status, "online_status_message": ("online", "offline")[status]}

    def _known(self, method: str, body: Json, names: set[str]) -> None:
        for name in body.keys() - names - {"auth_token"}:
            self.world.violations.append(Violation(method, name, "Viber has no such field"))


def _events(kinds: Any) -> frozenset[str]:
    """All where none are named, the mandatory ones where the list is empty."""
    if kinds is None:
        return MANDATORY | OPTIONAL
    if not isinstance(kinds, list):
        raise bad("event_types", "an array was expected")
    for kind in kinds:
        if kind not in MANDATORY | OPTIONAL:
            raise bad("event_types", f"{kind}: instance value not found in enum")
    return MANDATORY | frozenset(kinds)


def _flag(body: Json, name: str) -> bool:
    value = body.get(name, False)
    if not isinstance(value, bool):
        raise bad(name, "instance type does not match")
    return value


def is_loopback(url: str) -> bool:
    """Ours alone takes http://, and only to this machine: there is nobody to talk TLS to."""
    host = urlsplit(url).hostname or ""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False
