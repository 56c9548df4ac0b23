"""What the product asked of Telegram (`bot.demo.calls`)."""

from dataclasses import dataclass

from bot.demo import calls
from bot.demo.calls import HasId

__all__ = ["Call", "Calls", "HasId"]


@dataclass(slots=True, eq=False)
class Call(calls.Call):
    @property
    def chat(self) -> int | None:
        chat_id = self.params.get("chat_id")
        return chat_id if isinstance(chat_id, int) else None


class Calls(calls.Calls[Call]):
    pass
