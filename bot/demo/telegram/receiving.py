"""How updates reach the bot: getUpdates and webhooks, and that it can only be one of them."""

import re
from collections.abc import Awaitable, Callable, Mapping
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from bot.demo.telegram.checks import Violation
from bot.demo.telegram.errors import bad, conflict, not_played
from bot.demo.telegram.shapes import spec
from bot.demo.telegram.updates import Poll
from bot.demo.telegram.webhooks import Hook, Webhooks
from bot.demo.telegram.wire import accepted
from bot.demo.telegram.world import World

Params = Mapping[str, Any]
WEBHOOK_ACTIVE = (
    "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
)
SECRET = re.compile(r"[A-Za-z0-9_\-]*")


class Receiving:
    def __init__(
        self, world: World, *, scale: float, answer_within: float, violations: list[Violation]
    ) -> None:
        self.world = world
        self.poll = Poll(world.updates, world.monotonic, scale)
        self.webhooks = Webhooks(
            world.updates, world.monotonic, world.wall, world.rng, scale=scale, answer_within=answer_within
        )
        self._violations = violations
        self.methods: Mapping[str, Callable[[Params], Awaitable[bytes]]] = {
            "getUpdates": self.get_updates,
            "setWebhook": self.set_webhook,
            "deleteWebhook": self.delete_webhook,
            "getWebhookInfo": self.get_webhook_info,
        }

    async def close(self) -> None:
        self.poll.end("the fake Telegram stops")
        await self.webhooks.remove()

    async def get_updates(self, params: Params) -> bytes:
        if self.webhooks.hook is not None:
            raise conflict(WEBHOOK_ACTIVE)
        self._allow(params)
        limit = min(max(int(params.get("limit", 100)), 1), 100)
        batch = await self.poll.get(int(params.get("offset", 0)), limit, params.get("timeout", 0))
        return b'{"ok":true,"result":[' + b",".join(pending.body for pending in batch) + b"]}"

    async def set_webhook(self, params: Params) -> bytes:
        url = params["url"]
        if not url:
            return await self.delete_webhook(params)
        if "certificate" in params:
            raise not_played("certificates of webhooks")
        if not url.startswith("https://") and not (url.startswith("http://") and is_loopback(url)):
            raise bad("bad webhook: An HTTPS URL must be provided for webhook")
        secret = params.get("secret_token", "")
        if len(secret) > 256:
            raise bad("secret token is too long")
        if not SECRET.fullmatch(secret):
            raise bad("secret token contains unallowed characters")
        self._allow(params)
        if params.get("drop_pending_updates"):
            self.world.updates.clear()
        self.poll.end("terminated by setWebhook request")
        connections = min(max(int(params.get("max_connections", 40)), 1), 100)
        await self.webhooks.set(Hook(url, secret, connections))
        return described("Webhook was set")

    async def delete_webhook(self, params: Params) -> bytes:
        was_set = self.webhooks.hook is not None
        await self.webhooks.remove()
        if params.get("drop_pending_updates"):
            self.world.updates.clear()
        return described("Webhook was deleted" if was_set else "Webhook is already deleted")

    async def get_webhook_info(self, _: Params) -> bytes:
        return accepted(self.webhooks.info())

    def _allow(self, params: Params) -> None:
        """`allowed_updates` stays in force until named again; an empty list means the usual kinds."""
        kinds = params.get("allowed_updates")
        if kinds is None:
            return
        known = {field["name"] for field in spec()["types"]["Update"]["fields"]} - {"update_id"}
        for kind in kinds:
            if kind not in known:
                self._violations.append(
                    Violation("getUpdates", "allowed_updates", f"there are no updates of the kind {kind}")
                )
                raise bad(f"there are no updates of the kind {kind}")
        self.world.updates.allowed = frozenset(kinds) or None


def described(what: str) -> bytes:
    return b'{"ok":true,"result":true,"description":"' + what.encode() + b'"}'


def is_loopback(url: str) -> bool:
    """Ours alone takes http://, and only to this machine: there is nobody to talk TLS to."""
    host = urlsplit(url).hostname or ""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False
