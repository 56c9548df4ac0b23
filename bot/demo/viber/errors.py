"""How Viber says no: always HTTP 200, a code and a word (facts/viber.md, 2)."""

from enum import IntEnum


class Status(IntEnum):
    OK = 0
    INVALID_URL = 1
    INVALID_AUTH_TOKEN = 2
    BAD_DATA = 3
    MISSING_DATA = 4
    RECEIVER_NOT_REGISTERED = 5
    RECEIVER_NOT_SUBSCRIBED = 6
    WEBHOOK_NOT_SET = 10
    RECEIVER_NO_SUITABLE_DEVICE = 11
    TOO_MANY_REQUESTS = 12
    API_VERSION_NOT_SUPPORTED = 13
    INCOMPATIBLE_WITH_VERSION = 14
    NO_PUBLIC_CHAT = 18
    BROADCAST_NOT_ALLOWED = 20

    @property
    def word(self) -> str:
        first, *rest = self.name.lower().split("_")
        return first + "".join(part.title() for part in rest)


OWN_FAULT = frozenset({Status.BAD_DATA, Status.MISSING_DATA, Status.INCOMPATIBLE_WITH_VERSION})
"""What no state of the world excuses: a violation besides."""


class Refusal(Exception):
    """`where` is the field with its path, for the violations."""

    def __init__(self, status: Status, why: str = "", where: str = "") -> None:
        super().__init__(f"{status.value} {status.word}{': ' + why if why else ''}")
        self.status = status
        self.why = why
        self.where = where

    @property
    def message(self) -> str:
        return f"{self.status.word}{': ' + self.why if self.why else ''}"


def bad(where: str, why: str) -> Refusal:
    return Refusal(Status.BAD_DATA, f"{where}: {why}", where)


def missing(where: str) -> Refusal:
    return Refusal(Status.MISSING_DATA, f"{where} is missing", where)
