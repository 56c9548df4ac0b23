"""What can go wrong on the way to Telegram and back: the kinds, and what Telegram says (`bot.demo.faults`)."""

from enum import StrEnum

from bot.demo import faults


class Kind(StrEnum):
    TOO_MANY = "429"
    SERVER_ERROR = "500"
    BAD_GATEWAY = "502 html"
    EMPTY = "empty body"
    RESET = "reset"
    HALF = "half a body"
    SLOW = "slow body"
    HANG = "hang"
    UNDECODABLE = "ok, undecodable"
    UNAUTHORIZED = "401"
    BLOCKED = "403 blocked"
    NO_CHAT = "400 chat not found"
    CANT_PARSE = "400 can't parse"
    CONFLICT = "409"


# What Telegram would say, where it says anything.
REFUSALS = {
    Kind.TOO_MANY: (429, "Too Many Requests: retry after {retry_after}"),
    Kind.SERVER_ERROR: (500, "Internal Server Error"),
    Kind.UNAUTHORIZED: (401, "Unauthorized"),
    Kind.BLOCKED: (403, "Forbidden: bot was blocked by the user"),
    Kind.NO_CHAT: (400, "Bad Request: chat not found"),
    Kind.CANT_PARSE: (400, 'Bad Request: can\'t parse entities: Unsupported start tag "x" at byte offset 0'),
    Kind.CONFLICT: (
        409,
        "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
    ),
}
SENDING = (
    "sendMessage",
    "sendPhoto",
    "sendDocument",
    "sendContact",
    "sendLocation",
    "sendVoice",
    "copyMessage",
    "editMessageText",
    "editMessageCaption",
    "editMessageReplyMarkup",
)


UNDECODABLE = b'{"ok":true,"result":{"message_id":"not a number"}}'

Fault = faults.Fault[Kind]


class Faults(faults.Faults[Kind]):
    def __init__(self) -> None:
        super().__init__(SENDING, Kind.UNDECODABLE, UNDECODABLE)
