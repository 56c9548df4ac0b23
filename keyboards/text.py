"""Somebody's words made harmless and fit to be shown. Free of aiogram, since a web page shows them, too."""

import html
import re
import unicodedata

_CONTROLS = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]"
)
_SPACES = re.compile(r"[^\S\n]+")
_BLANK_LINES = re.compile(r"\n\s*\n\s*(?:\n\s*)+")
_JOINERS = "\u200d\ufe0f"
_TAPPABLE = re.compile(
    r"""://
      | (?<!\w) [@#/$] \w
      | \S @ \w
      | \S \. (?: [a-z]{2} | xn-- | \u0443\u043a\u0440 | \u0440\u0444 )
      | \d (?: \. \d+ ){3}
    """,
    re.VERBOSE | re.IGNORECASE,
)
"""A link, a name, a command: more than Telegram would make tappable, never less."""


def clean(text: str, most: int) -> str:
    """Somebody's words as plain text: no controls, no direction tricks, at most two blank lines, cut whole.

    `most` counts as Telegram does, in UTF-16 units.
    """
    tidy = _CONTROLS.sub("", unicodedata.normalize("NFC", text.replace("\r", "\n").replace("\t", " ")))
    tidy = _BLANK_LINES.sub("\n\n\n", _SPACES.sub(" ", tidy)).strip()
    return tidy if units(tidy) <= most else cut(tidy, _within(tidy, most - 1)).rstrip() + "…"


def one_line(text: str, most: int) -> str:
    return clean(" ".join(text.split()), most)


def _within(text: str, most: int) -> int:
    """How many characters from the start take at most so many UTF-16 units."""
    taken = 0
    for at, char in enumerate(text):
        taken += 2 if char > "\uffff" else 1
        if taken > most:
            return at
    return len(text)


def cut(text: str, most: int) -> str:
    """The beginning, never in the middle of a letter with its marks, a family of emoji, or a flag."""
    end = most
    while end > 0 and end < len(text) and _clings(text, end):
        end -= 1
    return text[:end]


def _clings(text: str, at: int) -> bool:
    here, before = text[at], text[at - 1]
    if unicodedata.combining(here) or here in _JOINERS or before == "\u200d":
        return True
    if "\U0001f3fb" <= here <= "\U0001f3ff":
        return True
    if _is_flag_half(here) and _is_flag_half(before):
        run = 0
        while at - 1 - run >= 0 and _is_flag_half(text[at - 1 - run]):
            run += 1
        return run % 2 == 1
    return False


def _is_flag_half(char: str) -> bool:
    return "\U0001f1e6" <= char <= "\U0001f1ff"


def escape(text: str) -> str:
    """The one place where somebody's words become HTML."""
    return html.escape(text, quote=False)


def said(text: str, most: int) -> str:
    """Somebody's words on one line, ready for HTML."""
    return escape(one_line(text, most))


def quoted(text: str, most: int) -> str:
    """Somebody's words in a block that makes no link clickable (E8)."""
    return f"<code>{escape(clean(text, most))}</code>"


def unlinked(text: str, most: int) -> str:
    """As `said`, of whoever may be a stranger: what looks as if it could be tapped cannot be (E8)."""
    line = one_line(text, most)
    return f"<code>{escape(line)}</code>" if _TAPPABLE.search(line) else escape(line)


def units(text: str) -> int:
    """Length as Telegram counts it: UTF-16 units."""
    return len(text.encode("utf-16-le")) // 2
