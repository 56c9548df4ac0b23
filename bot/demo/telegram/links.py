"""Addresses as Telegram checks them."""

import re
from ipaddress import ip_address

USER_LINK = re.compile(r"tg:(?://)?user\?id=(\d+)", re.IGNORECASE)
SCHEME = re.compile(r"([a-z][a-z0-9+\-]*):(?!\d+(?:[/?#]|$))(//)?", re.IGNORECASE)
HOST = re.compile(r"([^\s/?#@:]+)(:\d{1,5})?([/?#].*)?", re.DOTALL)
SCHEMES = frozenset({"http", "https", "tg", "ton", "tonsite"})


def checked_link(url: str) -> str | None:
    """An address as Telegram keeps it in a link; None if it is none, and the text stays without."""
    scheme, rest = split(url)
    if scheme not in SCHEMES or not (found := HOST.fullmatch(rest)):
        return None
    host, port, tail = found[1].lower(), found[2] or "", found[3] or ""
    if scheme == "tg":
        return f"tg://{host}{port}{tail}"
    if "." not in host.strip("."):
        return None
    return f"{scheme}://{host}{port}{tail if tail.startswith('/') else '/' + tail}"


def wrong_with(url: str) -> str:
    """What Telegram has against a button's address, empty if nothing; in capitals its servers' own words."""
    scheme, rest = split(url)
    if scheme not in SCHEMES:
        return "Unsupported URL protocol"
    if re.search(r"\s", rest) or checked_link(url) is None:
        return "Wrong HTTP URL"
    found = HOST.fullmatch(rest)
    try:
        reachable = found is None or ip_address(found[1]).is_global
    except ValueError:
        reachable = True
    return "" if reachable and len(url) <= 2048 else "BUTTON_URL_INVALID"


def split(url: str) -> tuple[str, str]:
    """The scheme, `http` where none is named, and what follows it."""
    url = url.strip()
    found = SCHEME.match(url)
    return (found[1].lower(), url[found.end() :]) if found else ("http", url)
