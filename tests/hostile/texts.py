"""What people might write, and worse: a list that is typed by hand, and as many texts more as a test asks for."""

import random
import string

EVIL = "evil.example"
"""Where the links lead that a buyer's words contain."""

HOSTILE = [
    "<b>",
    "</b></code></pre>",
    "&lt;b&gt; &amp; &",
    '<a href="tg://user?id=1">тут</a>',
    "<script>alert(1)</script>",
    "{ $name } ${name} %s {0}",
    "ціна\u202e000 1\u202c \u2066x\u2069 \u200e",
    "a\u200bb\ufeffc\u00add\u00a0e\tf\rg\x0bh",
    "рядок\n" * 500,
    "👨‍👩‍👧‍👦" * 40,
    "🇺🇦" * 100,
    "e" + "\u0301" * 300,
    "'); DROP TABLE orders;--",
    "=SUM(A1) +1 @x",
    "я" * 2000,
]

UNSEEN = ["\u200b", "\u2060\u2064", "\ufeff", "\u00ad", "\u200e\u200f", "\u202e", "\x01", "\x7f", "\u2028"]
"""Letters that nobody sees: a name of these alone is a name for a form, and none for a reader."""

PIECES: list[str] = [
    *HOSTILE,
    *UNSEEN,
    *"<>&\"'{}[]()|\\/@#+.,:;№«»",
    "&amp;lt;",
    "&#60;b&#62;",
    "&#xD800;",
    "</blockquote>",
    "<tg-emoji emoji-id='1'>x</tg-emoji>",
    "<!--",
    "]]>",
    "\n\n\n\n\n",
    "\r\n",
    "\t",
    " ",
    "№812345678",
    "+380671234567",
    "Разом: 1 ₴",
    "שלום مرحبا",
    "👩🏽‍🚀",
    "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
    "1\ufe0f\u20e3",
    "\u0430\u0301\u0302\u0303\u0304" * 20,
    "\U0010ffff",
    "\ufffe",
    "Олена",
    "Київ, Відділення №4",
]

LINKS = [
    f"https://{EVIL}/pay?x=1&y=2",
    f"tg://resolve?domain={EVIL}",
    f"{EVIL}.com",
    f"pay@{EVIL}.com",
    "@evil_shop",
    "/evil",
    "#evil",
]

NUMBERS = string.ascii_letters + string.digits + "._-"


class Ink:
    """Writes what it is asked for, another text each time; the same seed writes the same ones. `words` counts them."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)
        self.words = 0

    def some(self, most: int, *, links: bool = False) -> str:
        """At most so many letters, at least one that is no space: what every form takes. `links`: a buyer's."""
        text = self.any(most, links=links)
        return text if text.strip() else self.dice.choice(UNSEEN[:-1])

    def any(self, most: int, *, links: bool = False) -> str:
        self.words += 1
        text = "".join(self._piece(links) for _ in range(self.dice.choice((0, 1, 1, 2, 3, 5, 8, 13))))
        if self.dice.random() < 0.1:
            text = text * (most // max(1, len(text)) + 1)
        return text[:most]

    def _piece(self, links: bool) -> str:
        kind = self.dice.random()
        if links and kind < 0.2:
            return self.dice.choice(LINKS)
        if kind < 0.7:
            return self.dice.choice(PIECES)
        return "".join(self._letter() for _ in range(self.dice.randint(1, 20)))

    def _letter(self) -> str:
        """Of all of Unicode; no NUL and no half of a pair, which no door lets in."""
        planes = ((1, 0x7F), (0x80, 0x2FFF), (0x3000, 0xD7FF), (0xE000, 0x10FFFF), (0x1F000, 0x1FAFF))
        return chr(self.dice.randint(*self.dice.choice(planes)))

    def number(self) -> str:
        if self.dice.random() < 0.5:
            return "812345678"
        return "".join(self.dice.choice(NUMBERS) for _ in range(self.dice.choice((1, 9, 20, 64))))
