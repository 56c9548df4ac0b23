"""The story's time: the machine's, moved by as much as a small file says. Two processes look at it."""

import os
import time
from datetime import UTC, datetime
from pathlib import Path


class Leaps:
    """How far the clock was moved, in seconds, and how far the product has followed: a file each, in the demo's
    folder, so that neither kill -9 nor a new start loses them."""

    def __init__(self, folder: Path) -> None:
        self._asked = folder / "leap"
        self._followed = folder / "leapt"

    def asked(self) -> float:
        return _read(self._asked)

    def ask(self, seconds: float) -> None:
        _write(self._asked, seconds)

    def followed(self) -> float | None:
        """None until the product has followed one."""
        return _read(self._followed) if self._followed.exists() else None

    def follow(self, seconds: float) -> None:
        _write(self._followed, seconds)


class LeapingClock:
    """The machine's time and an offset; whoever owns the clock sets it, and forward only."""

    def __init__(self, offset: float) -> None:
        self.offset = offset

    def __call__(self) -> datetime:
        return datetime.fromtimestamp(self.wall(), UTC)

    def wall(self) -> float:
        """Unix time."""
        return time.time() + self.offset

    def leap(self, offset: float) -> None:
        if offset < self.offset:
            raise ValueError(f"{offset - self.offset:.1f} s: the clock leaps forward only")
        self.offset = offset


def _read(path: Path) -> float:
    return float(path.read_text(encoding="ascii"))


def _write(path: Path, seconds: float) -> None:
    """Whole or not at all: the reader never sees half a number."""
    half = path.with_suffix(".half")
    half.write_text(repr(seconds), encoding="ascii")
    os.replace(half, path)
