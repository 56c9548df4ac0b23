"""What a press is answered by: one message where Telegram has a toast and a screen drawn anew.

A toast on Viber is a message, and so is the screen that follows it. So a toast waits while the press is handled: the
first screen that follows takes it along, unless that says the same anyway; where none follows, it goes alone. What
waits is in memory, and the press open in the inbox: after a crash it is handled again, and answered as before.
"""

import html
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from bot.messengers.plain import plain

NUMBER = "\N{NUMERO SIGN}"
"""An order's number stands in the first line of whatever is said about it: a toast leaves that line where it is."""


@dataclass(frozen=True, slots=True)
class Toast:
    """`alert`: a refusal, which is shown whatever else the screen says."""

    chat: int
    text: str
    alert: bool


@dataclass(slots=True)
class Pressed:
    """A press while it is handled: what the button carried (None of what was said otherwise), and the toasts that
    nothing has taken along yet."""

    data: str | None
    toasts: list[Toast] = field(default_factory=list)

    def waiting(self, chat: int) -> list[Toast]:
        return [toast for toast in self.toasts if toast.chat == chat]

    def told(self, chat: int) -> None:
        self.toasts = [toast for toast in self.toasts if toast.chat != chat]


_pressed: ContextVar[Pressed | None] = ContextVar("pressed", default=None)


@contextmanager
def pressing(data: str | None) -> Iterator[Pressed]:
    """Whatever is drawn inside follows a press on the button with this data."""
    pressed = Pressed(data)
    token = _pressed.set(pressed)
    try:
        yield pressed
    finally:
        _pressed.reset(token)


def press_in_hand() -> Pressed | None:
    return _pressed.get()


def with_toasts(screen: str, toasts: list[Toast]) -> str:
    """A screen's HTML with what the toasts say besides, in its first lines."""
    shown = plain(screen) if toasts else ""
    more = [_line(toast) for toast in toasts if toast.alert or toast.text.rstrip(".") not in shown]
    if not more:
        return screen
    first, _, rest = screen.partition("\n")
    lines = [first, *more, rest] if NUMBER in first else [*more, screen]
    return "\n".join(line for line in lines if line)


def _line(toast: Toast) -> str:
    words = html.escape(toast.text, quote=False)
    return f"<b>{words}</b>" if toast.alert else words
