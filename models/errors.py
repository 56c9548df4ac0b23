"""What can go wrong between a door and a use case: few situations, their facts, no words for people."""


class KeyReused(Exception):
    """The same Idempotency-Key came with another order."""


class NoSuchOrder(Exception):
    """No order of this number in this shop; another shop's order is as absent as one that never was."""


class NotAllowed(Exception):
    """The order cannot go there from where it is. `reason` is a key such as `final` or `payment_pending`."""

    def __init__(self, reason: str, facts: dict[str, object] | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.facts: dict[str, object] = facts or {}


class Busy(Exception):
    """Nothing was stored: the database is locked, full or going down. Try again in `retry_after` seconds."""

    def __init__(self, retry_after: int = 5) -> None:
        super().__init__(retry_after)
        self.retry_after = retry_after


class NoDatabase(Exception):
    """The database cannot be worked with at all. The text says why and what the operator may do."""
