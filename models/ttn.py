"""Waybill numbers (TTN): read from any spelling, per carrier, and where a buyer follows them. Standard library only."""

import re
from collections.abc import Mapping


class BadTtn(Exception):
    """Not a number of this carrier. `example` shows how one looks."""

    def __init__(self, carrier: str, example: str) -> None:
        super().__init__(carrier)
        self.carrier = carrier
        self.example = example


_NUMBERS: Mapping[str, tuple[re.Pattern[str], str]] = {
    "nova_poshta": (re.compile(r"\d{14}"), "20450000000001"),
    "ukrposhta": (re.compile(r"\d{13}|[A-Z]{2}\d{9}[A-Z]{2}"), "0500000000000"),
    "meest": (re.compile(r"[A-Z0-9-]{8,20}"), "711-2550636"),
}
_ANY = (re.compile(r"[A-Z0-9-]{5,40}"), "1234567890")
_GAPS = re.compile(r"[\s.,_/\\]+")
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_DASHES = re.compile(r"[\u2010-\u2015\u2212]")
_NOISE = re.compile(r"[^0-9A-Z-]")
_LOOK_ALIKES = str.maketrans(
    "\u0410\u0412\u0421\u0415\u041d\u0406\u041a\u041c\u041e\u0420\u0422\u0425\u0423", "ABCEHIKMOPTXY"
)

TRACKING: Mapping[str, str] = {
    "nova_poshta": "https://novaposhta.ua/tracking/?cargo_number={ttn}",
    "ukrposhta": "https://track.ukrposhta.ua/tracking_UA.html?barcode={ttn}",
    "meest": "https://ua.meest.com/parcel-track?parcel_number={ttn}",
}
"""Where a buyer follows a parcel (facts: carriers A.6, B.1, B.2; seen in use, not to be opened from here)."""


def parse_ttn(text: str, carrier: str) -> str:
    """A waybill number from any spelling (R21): "20 4500 0000 0001", Cyrillic look-alikes, a word before it.

    Raises BadTtn where nothing in the text looks like a number of this carrier.
    """
    pattern, example = _NUMBERS.get(carrier, _ANY)
    spelled = _plain(text)
    parts = [_NOISE.sub("", part) for part in _GAPS.split(spelled)]
    numbered = [part for part in parts if any(char.isdigit() for char in part)]
    digits = re.sub(r"[^0-9]", "", spelled)
    # First without the words around it, then each piece alone, then with letters that belong to it.
    for candidate in ("".join(numbered), *numbered, "".join(parts), digits):
        if pattern.fullmatch(candidate) and any(char.isdigit() for char in candidate):
            return candidate
    raise BadTtn(carrier, example)


_ALONE = re.compile(r"[A-Z0-9-]+")
_FEWEST_DIGITS = 8


def carriers_of(text: str) -> Mapping[str, str]:
    """The carriers whose waybill numbers look like this, the strictest first, each with the number as it writes it.
    None where there are words around it."""
    alone = _GAPS.sub("", _plain(text))
    if _ALONE.fullmatch(alone) is None or sum(char.isdigit() for char in alone) < _FEWEST_DIGITS:
        return {}
    found = {}
    for carrier in _NUMBERS:
        try:
            found[carrier] = parse_ttn(alone, carrier)
        except BadTtn:
            continue
    return found


def _plain(text: str) -> str:
    """Capitals, plain dashes, nothing unseen, Latin letters where Cyrillic ones look the same."""
    return _DASHES.sub("-", _UNSEEN.sub("", text).upper().translate(_LOOK_ALIKES))


def tracking_url(carrier: str, ttn: str) -> str | None:
    template = TRACKING.get(carrier)
    return None if template is None else template.format(ttn=ttn)


_ANYBODYS = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{3,38}[A-Za-z0-9]")


def read_ttn(text: str) -> str:
    """A number in [A-Z0-9-] from a source that names no carrier. Raises ValueError where it is none."""
    bare = _GAPS.sub("", _DASHES.sub("-", _UNSEEN.sub("", text)))
    if _ANYBODYS.fullmatch(bare) is None:
        raise ValueError("not a waybill number")
    digits = bare.replace("-", "")
    # Nova Poshta's, whose dashes are the writer's own.
    return digits if len(digits) == 14 and digits.isdigit() else bare.upper()
