"""What the HTTP doors need of the house behind them: seams that bot.shops and bot.orders fill."""

from collections.abc import Sequence
from typing import Protocol

from models.file_text import Served
from models.glimpse import Glimpse
from models.intake import NewOrder, Receipt, SourceEvent


class Keys(Protocol):
    async def shop_of(self, api_key: str) -> int | None:
        """The shop a key opens; None for an unknown or revoked one."""


class Ready(Protocol):
    async def __call__(self) -> str | None:
        """None while orders and updates are taken; else the reason's key, such as `database` or `late`."""


class Amiss(Protocol):
    async def __call__(self) -> Sequence[str]:
        """What somebody should look at although the process is alive, as keys. Soon, and never an error."""


class Measure(Protocol):
    async def __call__(self) -> None:
        """Brings the figures that are read at a scrape up to date."""


class GlimpsePort(Protocol):
    async def glimpse(self, payload: str) -> Glimpse | None:
        """What a stranger may see behind a buyer's link; None for whatever is none that opens anything now."""


class FilesPort(Protocol):
    async def served(self, token: str) -> Served | None:
        """The file behind a token; None for whatever is not there, or not any more."""


class OrdersPort(Protocol):
    async def receive(self, shop_id: int, order: NewOrder, *, key: str | None, digest: bytes) -> Receipt:
        """Returns once the order is durably stored, or was before. Raises KeyReused, Busy."""

    async def describe(self, shop_id: int, number: str) -> dict[str, object] | None:
        """The body of GET /api/v1/orders/{number}, ready for JSON; None where this shop has no such order."""

    async def happened(
        self, shop_id: int, number: str, event: SourceEvent, *, cause: str
    ) -> dict[str, object]:
        """The order's state after the event, in the shape of `describe`. Raises NoSuchOrder,
        NotAllowed, Busy."""
