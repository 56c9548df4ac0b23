"""What can go wrong on the way to Viber and back: the kinds (`bot.demo.faults`).

A kind that begins with a number from 1 to 24 is Viber's own refusal: HTTP 200 with that `status`.
"""

from enum import StrEnum

from bot.demo import faults


class Kind(StrEnum):
    SERVER_ERROR = "500"
    BAD_GATEWAY = "502 html"
    EMPTY = "empty body"
    RESET = "reset"
    HALF = "half a body"
    SLOW = "slow body"
    HANG = "hang"
    UNDECODABLE = "ok, undecodable"
    INVALID_AUTH_TOKEN = "2 invalidAuthToken"  # noqa: S105 - a word of Viber's
    BAD_DATA = "3 badData"
    NOT_REGISTERED = "5 receiverNotRegistered"
    NOT_SUBSCRIBED = "6 receiverNotSubscribed"
    BLOCKED = "7 publicAccountBlocked"
    NOT_FOUND = "8 publicAccountNotFound"
    SUSPENDED = "9 publicAccountSuspended"
    NO_WEBHOOK = "10 webhookNotSet"
    NO_DEVICE = "11 receiverNoSuitableDevice"
    TOO_MANY = "12 tooManyRequests"
    API_VERSION = "13 apiVersionNotSupported"
    INCOMPATIBLE = "14 incompatibleWithVersion"
    NOT_AUTHORIZED = "15 publicAccountNotAuthorized"
    UNSUPPORTED_COUNTRY = "21 unsupportedCountry"
    FREE_MESSAGES_EXCEEDED = "23 freeMessagesExceeded"
    NO_BALANCE = "24 noBalance"

    @property
    def refusal(self) -> tuple[int, str] | None:
        """The status and its word, where Viber itself would say it."""
        code, _, word = self.value.partition(" ")
        return (int(code), word) if code.isdigit() and int(code) <= 24 else None


UNDECODABLE = b'{"status":"ok","message_token":"not a number"}'
SENDING = ("send_message", "broadcast_message")
Fault = faults.Fault[Kind]


class Faults(faults.Faults[Kind]):
    def __init__(self) -> None:
        super().__init__(SENDING, Kind.UNDECODABLE, UNDECODABLE)
