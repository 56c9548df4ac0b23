"""Tokens in links. A buyer's is derived and never stored, so that it can be shown again; invites are random.

A payload of `?start=` has at most 64 of [A-Za-z0-9_-]. The first letter tells the purpose, so that a buyer's
token can never be taken for an invite.
"""

import hashlib
import hmac
import re
import secrets
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from urllib.parse import quote

BUYER, INVITE, GROUP = "b", "i", "g"
FILES = "/files/"
"""Where a file is fetched, by a random token."""
PAGE = "/b/"
"""Where the page of a buyer's link is (contract 3)."""
_ID_LENGTH = 12
_SIGNATURE_LENGTH = 24
_BUYER = re.compile(rf"{BUYER}([A-Za-z0-9_-]{{{_ID_LENGTH}}})[A-Za-z0-9_-]{{{_SIGNATURE_LENGTH}}}")


def new_public_id() -> str:
    """An order's name in callbacks and links: 72 random bits, nothing to count up."""
    return secrets.token_urlsafe(9)


def new_invite() -> str:
    return INVITE + secrets.token_urlsafe(24)


def new_group_link() -> str:
    return GROUP + secrets.token_urlsafe(24)


def new_api_key() -> str:
    return "ob_" + secrets.token_urlsafe(32)


def new_file_token() -> str:
    return secrets.token_urlsafe(24)


def digest(token: str) -> bytes:
    """How a random token is kept: SHA-256, since 192 random bits need no salt."""
    return hashlib.sha256(token.encode()).digest()


@dataclass(slots=True)
class Links:
    """Makes and reads links. `telegram` is the bot's username and `viber` its name in Viber's links, None until they
    are known; `site` is where our own pages are reached from outside, None where they are not."""

    secret: bytes
    telegram: str | None = None
    site: str | None = None
    viber: str | None = None

    def buyer(self, public_id: str, generation: int) -> str:
        """The payload that ties a buyer's chat to an order."""
        return f"{BUYER}{public_id}{self._signature(public_id, generation)}"

    def buyer_order(self, payload: str) -> str | None:
        """The order's public id that a buyer's payload names, its signature not yet checked."""
        found = _BUYER.fullmatch(payload)
        return found[1] if found else None

    def is_genuine(self, payload: str, public_id: str, generation: int) -> bool:
        return hmac.compare_digest(payload.encode(), self.buyer(public_id, generation).encode())

    def start_url(self, payload: str) -> str | None:
        return None if self.telegram is None else f"https://t.me/{quote(self.telegram)}?start={payload}"

    @property
    def home(self) -> str | None:
        """The chat with the bot, by nobody's invitation."""
        return f"https://t.me/{quote(self.telegram)}" if self.telegram is not None else self.viber_url("")

    def viber_url(self, payload: str) -> str | None:
        """Opens the chat with the bot in Viber and says the payload to it as `context`."""
        if self.viber is None:
            return None
        return f"viber://pa?chatURI={quote(self.viber, safe='')}&context={payload}"

    def buyer_url(self, payload: str) -> str | None:
        """What a buyer is given to open: our page, which leads on, or where there is none the messenger itself."""
        return self.start_url(payload) if self.site is None else f"{self.site}{PAGE}{payload}"

    def file_url(self, path: str) -> str | None:
        """Where a messenger that takes addresses alone fetches a file; `path` begins with `FILES`."""
        return None if self.site is None else f"{self.site}{path}"

    def group_url(self, payload: str) -> str | None:
        """Adds the bot to a group, which then tells it the payload."""
        return None if self.telegram is None else f"https://t.me/{quote(self.telegram)}?startgroup={payload}"

    def _signature(self, public_id: str, generation: int) -> str:
        mac = hmac.new(self.secret, f"buyer:{public_id}:{generation}".encode(), hashlib.sha256).digest()
        return urlsafe_b64encode(mac).decode()[:_SIGNATURE_LENGTH]
