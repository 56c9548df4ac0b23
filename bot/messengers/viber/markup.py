"""Our screens' HTML as Viber's chat marks, and as what a button's face may hold.

Viber knows `*bold*`, `_italic_`, `~struck~` and ```` ```mono``` ````, and no way to escape a mark (facts: viber, 2): a
mark counts only where blank space or the end of a line follows its closing one, so what is glued to other words stays
plain, and a mark that somebody typed is parted from its words by a space that nobody sees.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser

ZERO_WIDTH_SPACE = "\u200b"
MARKS = {
    "b": "*",
    "strong": "*",
    "i": "_",
    "em": "_",
    "s": "~",
    "strike": "~",
    "del": "~",
    "code": "```",
    "pre": "```",
}
_URL = re.compile(r"(?:https?|viber|tg)://\S+")
_MARK = re.compile(r"[*_~]|```")
_BUTTON_TAGS = {"b": "b", "strong": "b", "i": "i", "em": "i", "u": "u", "s": "s"}
_BLANK = frozenset(" \n\t")


@dataclass(frozen=True, slots=True)
class Run:
    """Words that look alike: the tag they stand in, and where a link among them leads."""

    text: str
    tag: str | None = None
    link: str | None = None


class _Runs(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.runs: list[Run] = []
        self._open: list[tuple[str, str | None]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "br":
            self.handle_data("\n")
            return
        self._open.append((tag, dict(attrs).get("href")))

    def handle_endtag(self, tag: str) -> None:
        for at in range(len(self._open) - 1, -1, -1):
            if self._open[at][0] == tag:
                if self._open[at][1]:
                    self.runs.append(Run("", "/a", self._open[at][1]))
                del self._open[at]
                return

    def handle_data(self, data: str) -> None:
        known = [tag for tag, _ in self._open if tag in MARKS or tag == "u"]
        self.runs.append(Run(data, known[0] if len(known) == 1 else None))


def runs_of(text: str) -> list[Run]:
    """The words of our HTML with their looks; styles within styles are dropped. A run of `/a` ends a link."""
    parser = _Runs()
    parser.feed(text)
    parser.close()
    return parser.runs


def marks(text: str) -> str:
    """The text as Viber's chat shows it."""
    runs = runs_of(text)
    said: list[str] = []
    for at, run in enumerate(runs):
        if run.tag == "/a":
            said.append(_address(run))
            continue
        before = said[-1][-1:] if said and said[-1] else "\n"
        after = next((later.text[0] for later in runs[at + 1 :] if later.text), "\n")
        mark = MARKS.get(run.tag or "")
        if mark is None or not _may_stand(run.text, before, after):
            said.append(_unmarked(run.text))
        else:
            inside = run.text if mark == "```" else _unmarked(run.text)
            said.append(f"{mark}{inside}{mark}")
    return "".join(said)


def on_button(text: str) -> str:
    """What a button's face may hold: bold, italic, underlined and struck words, all else escaped."""
    parts = []
    for run in runs_of(text):
        tag = _BUTTON_TAGS.get(run.tag or "")
        words = html.escape(run.text if run.tag != "/a" else _address(run), quote=False).replace("\n", "<br>")
        parts.append(f"<{tag}>{words}</{tag}>" if tag and words.strip() else words)
    return "".join(parts)


def _address(run: Run) -> str:
    return f" ({run.link})" if run.link and run.link.startswith(("http", "viber:", "tg:")) else ""


def _may_stand(words: str, before: str, after: str) -> bool:
    """A mark needs words that touch it on the inside and blank space on the outside, within one line."""
    if not words or words[0] in _BLANK or words[-1] in _BLANK or "\n" in words or "```" in words:
        return False
    return before in _BLANK and after in _BLANK


def _unmarked(words: str) -> str:
    """People's own `*`, `_` and `~` mark nothing; what stands in an address stays as it is."""
    return "".join(
        part if is_address else _MARK.sub(lambda found: found[0] + ZERO_WIDTH_SPACE, part)
        for part, is_address in _parts(words)
    )


def _parts(words: str) -> Iterator[tuple[str, bool]]:
    at = 0
    for found in _URL.finditer(words):
        yield words[at : found.start()], False
        yield found[0], True
        at = found.end()
    yield words[at:], False
