"""How the Bot API says no: a code, a sentence (Telegram's own where it has one), parameters."""

from collections.abc import Mapping


class Refusal(Exception):
    """The request is answered with `ok: false`; `parameters` become ResponseParameters."""

    def __init__(self, code: int, description: str, parameters: Mapping[str, int] | None = None) -> None:
        super().__init__(f"{code} {description}")
        self.code = code
        self.description = description
        self.parameters = dict(parameters or {})


def bad(reason: str) -> Refusal:
    return Refusal(400, f"Bad Request: {reason}")


def forbidden(reason: str) -> Refusal:
    return Refusal(403, f"Forbidden: {reason}")


def conflict(reason: str) -> Refusal:
    return Refusal(409, f"Conflict: {reason}")


def too_many(retry_after: int) -> Refusal:
    return Refusal(429, f"Too Many Requests: retry after {retry_after}", {"retry_after": retry_after})


def migrated(to: int) -> Refusal:
    return Refusal(
        400, "Bad Request: group chat was upgraded to a supergroup chat", {"migrate_to_chat_id": to}
    )


def not_played(what: str) -> Refusal:
    """For what the real server can do and ours cannot: loud, since a silent ok would hide a hole."""
    return bad(f"the fake Telegram does not play {what}")
