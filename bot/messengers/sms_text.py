"""How long an SMS is: the parts that it is sent and paid in (GSM 03.38; 3GPP TS 23.038, 23.040).

A text of the GSM alphabet alone has 160 places, or 153 in each of several parts; any other letter, so any Ukrainian
text, makes it UCS-2 with 70 places, or 67. A letter of two places never straddles two parts.
"""

from typing import Final

MOST_PARTS: Final = 10
"""TurboSMS takes 661 Cyrillic or 1521 Latin characters (facts C.1): ten parts, a few places short."""
_MOST_UNICODE, _MOST_GSM = 661, 1521
_GSM: Final = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_GSM_TWICE: Final = frozenset("\f^{}\\[~]|€")


def is_gsm(text: str) -> bool:
    """Whether the cheap alphabet will do."""
    return all(letter in _GSM or letter in _GSM_TWICE for letter in text)


def parts(text: str) -> int:
    """How many parts the text is sent in; an empty one is one."""
    whole, each = (160, 153) if is_gsm(text) else (70, 67)
    places = _places(text)
    if sum(places) <= whole:
        return 1
    count, room = 1, each
    for wide in places:
        if wide > room:
            count, room = count + 1, each
        room -= wide
    return count


def fitted(text: str, most: int = MOST_PARTS) -> str:
    """The text, cut before a word and marked where it is longer than `most` parts or than TurboSMS takes.

    A link is a word: it is there whole or not at all.
    """
    if _fits(text, most):
        return text
    mark = "..." if is_gsm(text) else "\u2026"
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if _fits(text[:middle] + mark, most) else (low, middle - 1)
    cut = text[:low]
    if not text[low].isspace() and (words := cut.rsplit(None, 1)) and len(words) == 2:
        cut = words[0]
    return cut.rstrip() + mark


def _fits(text: str, most: int) -> bool:
    return parts(text) <= most and sum(_places(text)) <= (_MOST_GSM if is_gsm(text) else _MOST_UNICODE)


def _places(text: str) -> list[int]:
    if is_gsm(text):
        return [2 if letter in _GSM_TWICE else 1 for letter in text]
    return [2 if ord(letter) > 0xFFFF else 1 for letter in text]
