"""What stands on the screen: a button's HTML and a text's marks, as people read them."""

import re
from html.parser import HTMLParser

TAGS = frozenset({"b", "i", "u", "s", "br", "font"})
ENTITY = re.compile(r"&(?:[a-zA-Z]+|#\d+|#x[0-9a-fA-F]+);")
TAG = re.compile(r"</?([a-zA-Z]+)(?:\s+(?:color|size)\s*=\s*(?:\"[^\"<>]*\"|'[^'<>]*'))*\s*/?>")
INVISIBLE = "\N{ZERO WIDTH SPACE}"
MARKS = (
    re.compile(r"(?<!\S)```(?=\S)(.+?)(?<=\S)```(?!\S)", re.DOTALL),
    re.compile(r"(?<![^\s*_~])\*(?=[^\s*])([^*\n]*?)(?<=\S)\*(?![^\s*_~])"),
    re.compile(r"(?<![^\s*_~])_(?=[^\s_])([^_\n]*?)(?<=\S)_(?![^\s*_~])"),
    re.compile(r"(?<![^\s*_~])~(?=[^\s~])([^~\n]*?)(?<=\S)~(?![^\s*_~])"),
)


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words = ""

    def handle_data(self, data: str) -> None:
        self.words += data

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "br":
            self.words += "\n"


def wrong_html(text: str) -> str | None:
    """What is wrong with a button's words, None if nothing: unknown tags, a bare `<` or `&`, tags left open."""
    opened: list[str] = []
    at = 0
    while at < len(text):
        if text[at] == "&":
            if not (entity := ENTITY.match(text, at)):
                return "an unescaped &"
            at = entity.end()
        elif text[at] == "<":
            if not (tag := TAG.match(text, at)):
                return "an unescaped <"
            name, word = tag[1].lower(), tag[0]
            if name not in TAGS:
                return f"the tag {name} is not allowed"
            if word.startswith("</"):
                if not opened or opened.pop() != name:
                    return f"</{name}> closes nothing"
            elif name != "br" and not word.endswith("/>"):
                opened.append(name)
            at = tag.end()
        else:
            at += 1
    return f"<{opened[-1]}> is left open" if opened else None


def words_of_html(text: str) -> str:
    if wrong_html(text) is not None:
        return text
    reader = _Words()
    reader.feed(text)
    reader.close()
    return reader.words.replace(INVISIBLE, "")


def words_of_marks(text: str) -> str:
    """A text message without the marks of its formatting: `*b* _i_ ~s~` and three backticks."""
    for mark in MARKS:
        text = mark.sub(r"\1", text)
    return text.replace(INVISIBLE, "")
