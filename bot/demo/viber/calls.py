"""What the product asked of Viber (`bot.demo.calls`); the token is not kept."""

from dataclasses import dataclass

from bot.demo import calls


@dataclass(slots=True, eq=False)
class Call(calls.Call):
    @property
    def chat(self) -> str | None:
        receiver = self.params.get("receiver", self.params.get("id"))
        return receiver if isinstance(receiver, str) else None


class Calls(calls.Calls[Call]):
    pass
