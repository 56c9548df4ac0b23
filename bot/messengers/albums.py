"""Which pictures were sent at once: Telegram names them alike; Viber names none, there their moments tell."""

MOMENT = "at:"
WITHIN = 15_000
"""Milliseconds between two pictures that a person chose together: a phone sends them one after another."""


def moment(milliseconds: int) -> str:
    """What a picture is named by that came by itself."""
    return f"{MOMENT}{milliseconds}"


def together(one: object, other: object) -> bool:
    """Whether two such names are of pictures that were sent at once."""
    if not isinstance(one, str) or not isinstance(other, str):
        return False
    if one.startswith(MOMENT) and other.startswith(MOMENT):
        return abs(int(one.removeprefix(MOMENT)) - int(other.removeprefix(MOMENT))) <= WITHIN
    return one == other
