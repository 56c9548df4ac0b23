"""What goes on, told as it happens to whoever counts it. Nothing about anybody: counts, seconds, words of ours."""


class Watch:
    """Nobody looks; `handlers.web.metrics` does."""

    def committed(self, units: int, seconds: float) -> None:
        """So many units share a commit that took so long."""

    def refused(self, units: int) -> None:
        """The database took none of these."""

    def accepted(self, source: str) -> None:
        """A new order was stored."""

    def reminded(self, late: float) -> None:
        """A step of a limit was claimed so many seconds after its moment."""

    def told(self, channel: str, waited: float) -> None:
        """A messenger took a message so many seconds after it was due."""

    def untold(self, channel: str, outcome: str, reason: str) -> None:
        """A messenger did not take it; `outcome`: `later`, `lost` (nobody is there), `refused`."""
