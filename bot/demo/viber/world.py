"""The world behind the API: people, their chats, what of it the bot hears."""

from __future__ import annotations

import base64
import json
import random
from collections.abc import Callable
from urllib.parse import quote

from bot.demo.viber.callbacks import Callbacks
from bot.demo.viber.chats import Chat, Json, Message, User
from bot.demo.viber.content import check_message
from bot.demo.viber.errors import OWN_FAULT, Refusal
from bot.demo.violations import Violation

TOKENS = 4_912_661_846_655_238_145
"""Over 2^53, as Viber's are: no number of JavaScript's holds one."""
WAITS = 14 * 24 * 3600.0
"""How long Viber tries to deliver, in seconds."""
MEDIA_LIVES = 3600.0
HOSTNAME = "SN-CHAT-01_"


class World:
    """`wall` (Unix time) is the only clock: sessions, hours and dates are all seen by people."""

    def __init__(
        self,
        *,
        callbacks: Callbacks,
        name: str,
        uri: str,
        wall: Callable[[], float],
        seed: int | None,
        keep: int | None,
        desc: str | None,
        violations: list[Violation],
    ) -> None:
        self.rng = random.Random(seed)
        self.wall = wall
        self.keep = keep
        self.uri = uri
        self.desc = desc
        self.callbacks = callbacks
        self.violations = violations
        self.bot = User(f"pa:{self.rng.getrandbits(62)}", name, is_bot=True)
        self.chats: dict[str, Chat] = {}
        self.media: dict[str, tuple[float, bytes]] = {}
        self.url = ""
        self.signs: Callable[[str, str], str] = lambda _, data: data
        """what the product would have drawn for a person: their id, a button's data"""
        self._last_token = TOKENS

    def user_id(self) -> str:
        return base64.b64encode(self.rng.randbytes(16)).decode()

    def token(self) -> int:
        self._last_token += self.rng.randint(1, 1_000_000)
        return self._last_token

    def keeps(self, data: bytes, name: str) -> str:
        """The address of what a person sends; it lives for an hour."""
        key = f"{self.rng.getrandbits(64):016x}"
        self.media[f"{key}/{name}"] = self.wall() + MEDIA_LIVES, data
        return f"{self.url}/media/{key}/{quote(name, safe='')}"

    # ------------------------------------------------------------------ what the bot says

    def post(self, chat: Chat, body: Json, token: int, rejected: list[str]) -> Message:
        """Accepted by Viber: on its way to the phones, which may be off or may reject it."""
        message = Message(chat, token, self.bot, self.wall(), body)
        if rejected:
            self.violations += [Violation("client", "message", problem) for problem in rejected]
        if chat.rejections:
            rejected = [chat.rejections.popleft() or "rejected"]
        if rejected:
            self._tell_failed(chat, token, rejected[0])
            return message
        chat.user.tracking = str(body.get("tracking_data", ""))
        chat.waiting.append(message)
        if not chat.user.off:
            self.delivers(chat)
        return message

    def delivers(self, chat: Chat) -> None:
        """What waited reaches the phone, as often as there are devices."""
        waiting, chat.waiting = chat.waiting, []
        for message in waiting:
            if self.wall() - message.date > WAITS:
                continue
            chat.shows(message, self.keep)
            for _ in range(chat.user.devices):
                self.tell(chat, "delivered", {"user_id": chat.id}, token=message.id)

    def welcome(self, chat: Chat, raw: bytes) -> None:
        """The body of the answer to conversation_started, shown if it is a message at all."""
        if not raw.strip():
            return
        try:
            body = json.loads(raw)
        except ValueError:
            body = None
        if not isinstance(body, dict):
            self._blame("welcome", "", "the answer is no JSON object")
            return
        if not body.keys() & {"type", "keyboard", "text"}:
            return
        if "receiver" in body:
            self._blame("welcome", "receiver", "a welcome has no receiver")
            return
        try:
            checked = check_message(body)
        except Refusal as refusal:
            self._blame("welcome", refusal.where, refusal.message)
            return
        for name in checked.unknown:
            self._blame("welcome", name, "Viber has no such field")
        self.post(chat, body, self.token(), checked.rejected)

    def _blame(self, method: str, where: str, problem: str) -> None:
        self.violations.append(Violation(method, where, problem))

    def blame(self, method: str, refusal: Refusal) -> None:
        if refusal.status in OWN_FAULT:
            self._blame(method, refusal.where, refusal.message)

    def _tell_failed(self, chat: Chat, token: int, why: str) -> None:
        """Without `desc` unless the fake was told its words: so Viber itself does (facts, 1.5)."""
        more = {} if self.desc is None else {"desc": self.desc or why}
        self.tell(chat, "failed", {"user_id": chat.id, **more}, token=token)

    # ------------------------------------------------------------------ what the bot hears

    def profile(self, user: User) -> Json:
        """A person as an event shows her: nameless unless the webhook asked for names."""
        hook = self.callbacks.hook
        body: Json = {
            "id": user.id,
            "language": user.language,
            "country": user.country,
            "api_version": user.api_version,
        }
        if hook is not None and hook.send_name:
            body["name"] = user.first_name
        if hook is not None and hook.send_photo:
            body["avatar"] = f"{self.url}/media/avatar.jpg"
        return body

    def tell(
        self,
        chat: Chat,
        event: str,
        more: Json,
        *,
        token: int | None = None,
        told: Callable[[bytes], None] | None = None,
    ) -> int:
        token = self.token() if token is None else token
        body = {
            "event": event,
            "timestamp": int(self.wall() * 1000),
            "chat_hostname": HOSTNAME,
            "message_token": token,
            **more,
        }
        self.callbacks.push(body, chat.id, told)
        return token

    def hears(self, chat: Chat, message: Json, *, silent: bool = False, shown: Json | None = None) -> Message:
        """A person said something. The first word subscribes, and nothing tells the bot so. `shown`: what stands in
        the chat where that differs."""
        user = chat.user
        user.subscribed = True
        user.last_said = self.wall()
        user.sent.clear()
        heard = dict(message) | ({"tracking_data": user.tracking} if user.tracking else {})
        token = self.tell(chat, "message", {"sender": self.profile(user), "message": heard, "silent": silent})
        said = Message(chat, token, user, self.wall(), shown or message)
        if not silent:
            chat.shows(said, self.keep)
        return said
