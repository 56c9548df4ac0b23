"""send_message and broadcast_message: checked in the order in which Viber can know."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from bot.demo.viber.chats import Chat, Json
from bot.demo.viber.content import check_message
from bot.demo.viber.errors import Refusal, Status, bad, missing
from bot.demo.viber.world import HOSTNAME, World
from bot.demo.violations import Violation

UNLIMITED = 10**9
HOUR = 3600.0
IN_SESSION, CHARGED = 1, 5
"""`billing_status` of what is free and of what costs money (facts/viber.md, 2)."""


@dataclass(frozen=True, slots=True)
class Limits:
    """`hourly`: messages a person an hour without a reply. `broadcasts`: requests in 10 s; 0 forbids them (20)."""

    hourly: int = 100
    broadcasts: int = 500
    receivers: int = 300

    @classmethod
    def none(cls) -> "Limits":
        return cls(hourly=UNLIMITED, broadcasts=UNLIMITED)


class Sending:
    def __init__(self, world: World, limits: Limits) -> None:
        self.world = world
        self.limits = limits
        self.too_many = 0
        self._broadcasts: deque[float] = deque()

    def methods(self) -> dict[str, Callable[[Json], Json]]:
        return {
            "send_message": self.send_message,
            "broadcast_message": self.broadcast_message,
            "post": self.post,
        }

    def send_message(self, body: Json) -> Json:
        rejected = self._checked("send_message", body)
        chat = self._receiver(body.get("receiver"))
        self._admit(chat, body)
        token = self.world.token()
        billing = self._send(chat, body, token, rejected)
        return {"message_token": token, "chat_hostname": HOSTNAME, "billing_status": billing}

    def broadcast_message(self, body: Json) -> Json:
        receivers = body.get("broadcast_list")
        if receivers is None:
            raise missing("broadcast_list")
        if not isinstance(receivers, list) or not 1 <= len(receivers) <= self.limits.receivers:
            raise bad("broadcast_list", f"from 1 to {self.limits.receivers} receivers")
        rejected = self._checked("broadcast_message", body)
        if not self.limits.broadcasts:
            raise Refusal(Status.BROADCAST_NOT_ALLOWED)
        if self.world.callbacks.hook is None:
            raise Refusal(Status.WEBHOOK_NOT_SET)
        now = self.world.wall()
        while self._broadcasts and self._broadcasts[0] <= now - 10:
            self._broadcasts.popleft()
        if len(self._broadcasts) >= self.limits.broadcasts:
            self._too_many()
        self._broadcasts.append(now)
        token, failed, billing = self.world.token(), [], IN_SESSION
        for receiver in receivers:
            try:
                chat = self._receiver(receiver)
                self._admit(chat, body)
            except Refusal as refusal:
                failed.append(
                    {"receiver": receiver, "status": int(refusal.status), "status_message": refusal.message}
                )
            else:
                billing = max(billing, self._send(chat, body, token, rejected))
        return {
            "message_token": token,
            "chat_hostname": HOSTNAME,
            "billing_status": billing,
            "failed_list": failed,
        }

    def post(self, body: Json) -> Json:
        if not body.get("from"):
            raise missing("from")
        raise Refusal(Status.NO_PUBLIC_CHAT)

    def _checked(self, method: str, body: Json) -> list[str]:
        checked = check_message(body)
        for name in checked.unknown:
            self.world.violations.append(Violation(method, name, "Viber has no such field"))
        return checked.rejected

    def _receiver(self, receiver: object) -> Chat:
        if receiver is None or receiver == "":
            raise missing("receiver")
        if not isinstance(receiver, str):
            raise bad("receiver", "instance type does not match")
        if self.world.callbacks.hook is None:
            raise Refusal(Status.WEBHOOK_NOT_SET)
        chat = self.world.chats.get(receiver)
        if chat is None or chat.user.deleted:
            raise Refusal(Status.RECEIVER_NOT_REGISTERED)
        if not chat.user.subscribed:
            raise Refusal(Status.RECEIVER_NOT_SUBSCRIBED)
        return chat

    def _admit(self, chat: Chat, body: Json) -> None:
        user, now = chat.user, self.world.wall()
        if not user.suitable:
            raise Refusal(Status.RECEIVER_NO_SUITABLE_DEVICE)
        if body.get("min_api_version", 1) > user.api_version:
            raise Refusal(Status.API_VERSION_NOT_SUPPORTED)
        while user.sent and user.sent[0] <= now - HOUR:
            user.sent.popleft()
        if len(user.sent) >= self.limits.hourly:
            self._too_many()
        user.sent.append(now)

    def _too_many(self) -> None:
        self.too_many += 1
        raise Refusal(Status.TOO_MANY_REQUESTS)

    def _send(self, chat: Chat, body: Json, token: int, rejected: list[str]) -> int:
        """Outside the day that follows her last word it costs money."""
        free = chat.user.in_session(self.world.wall())
        message = self.world.post(chat, body, token, rejected)
        if free:
            return IN_SESSION
        message.charged = True
        chat.user.charged += 1
        return CHARGED
