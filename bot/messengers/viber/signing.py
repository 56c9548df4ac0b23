"""What stands in a button is signed: on Viber it is typed text, and anybody could type another's (facts: viber, 4)."""

import hashlib
import hmac
from base64 import urlsafe_b64encode

PREFIX = "~cb"
LONGEST_DATA = 64
SIGNATURE = 16
"""Letters of the signature: 96 bits."""


class Signer:
    """Makes a button's data and a person one text that nobody else can make. What a button was is typed text on
    Viber: without this anybody could type another's."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def sign(self, user: int, data: str) -> str:
        """Raises ValueError for what is not ASCII, or longer than Telegram's own limit."""
        if not data.isascii() or len(data) > LONGEST_DATA:
            raise ValueError(f"a button's data is at most {LONGEST_DATA} ASCII characters")
        return f"{PREFIX}|{self._signature(user, data)}|{data}"

    def opened(self, user: int, text: str) -> str | None:
        """The data of a button that was drawn for this person; None for any other text."""
        prefix, _, rest = text.partition("|")
        signature, _, data = rest.partition("|")
        if prefix != PREFIX or not data.isascii():
            return None
        ours = self._signature(user, data).encode()
        return data if hmac.compare_digest(ours, signature.encode("utf-8", "surrogateescape")) else None

    def _signature(self, user: int, data: str) -> str:
        mac = hmac.new(self._key, f"{user}|{data}".encode(), hashlib.sha256).digest()
        return urlsafe_b64encode(mac).decode()[:SIGNATURE]
