"""Our screens' HTML as the plain text that SMS and e-mail carry: nothing is lost but the letters' weight."""

import re
from html.parser import HTMLParser

_BLANK_LINES = re.compile(r"\n{3,}")
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\x85\u2028\u2029]")


def plain(text: str) -> str:
    """Tags go and entities are written out; where a link's words are not its address, that follows in brackets."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    return _BLANK_LINES.sub("\n\n", _CONTROLS.sub("", reader.text)).strip()


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text = ""
        self._links: list[tuple[str, int]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self._links.append((dict(attrs).get("href") or "", len(self.text)))
        elif tag == "br":
            self.text += "\n"

    def handle_endtag(self, tag: str) -> None:
        if tag != "a" or not self._links:
            return
        address, begun = self._links.pop()
        if address.startswith(("http://", "https://")) and self.text[begun:].strip() != address:
            self.text += f" ({address})"

    def handle_data(self, data: str) -> None:
        self.text += data
