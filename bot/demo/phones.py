"""How a chat is drawn: a phone with what was said, and several of them side by side."""

from collections.abc import Sequence
from dataclasses import dataclass

from rich.align import Align
from rich.box import ROUNDED
from rich.console import Console, ConsoleOptions, ConsoleRenderable, Group, RenderResult
from rich.padding import Padding
from rich.panel import Panel
from rich.segment import Segment
from rich.table import Table
from rich.text import Text

WIDEST = 58
NARROWEST = 36
BETWEEN = 2

WALL = "#e6edf3 on #0e1621"
SAID = "#e6edf3 on #1b2937"
OWN = "#ffffff on #2b5278"
TITLE = "bold #e6edf3 on #22303f"
BUTTONS = ("#9fd0ff on #27405a", "#9fd0ff on #2f4b68")
"""By turns, so that one row is told from the next."""
PRESSED = "bold #ffd479"
POPPED = "italic #b8c4d0"


@dataclass(slots=True)
class Said:
    """A message, or what of it is new; `own` was said by a person, whose name in a group is `who`."""

    text: str
    rows: Sequence[Sequence[str]] = ()
    own: bool = False
    edited: bool = False
    who: str = ""
    picture: bool = False


@dataclass(frozen=True, slots=True)
class Pressed:
    label: str
    who: str = ""


@dataclass(frozen=True, slots=True)
class Popped:
    """What a press is answered with."""

    text: str


Entry = Said | Pressed | Popped


def side_by_side(
    phones: Sequence[tuple[str, Sequence[Entry]]], width: int, *, plain: bool
) -> ConsoleRenderable:
    """As many in a row as are readable at this width, the others below. `plain`: where there are no colours."""
    most = max(1, (width + BETWEEN) // (NARROWEST + BETWEEN))
    rows = [phones[at : at + most] for at in range(0, len(phones), most)]
    return Group(*(_row(row, width, plain) for row in rows))


def _row(phones: Sequence[tuple[str, Sequence[Entry]]], width: int, plain: bool) -> Table:
    each = min(WIDEST, (width + BETWEEN) // len(phones) - BETWEEN)
    row = Table.grid(padding=(0, BETWEEN, 0, 0))
    for _ in phones:
        row.add_column(width=each, vertical="top")
    row.add_row(*(_phone(title, entries, each, plain) for title, entries in phones))
    return row


def _phone(title: str, entries: Sequence[Entry], width: int, plain: bool) -> ConsoleRenderable:
    said: list[ConsoleRenderable] = []
    for entry in entries:
        if said and not isinstance(entry, Popped):
            said.append(Text())
        said.append(_entry(entry, plain))
    if plain:
        return Panel(Group(*said), title=title, box=ROUNDED, width=width)
    bar = Align.center(Text(title), style=TITLE)
    return Group(bar, Padding(Group(*said), 1, style=WALL))


def _entry(entry: Entry, plain: bool) -> ConsoleRenderable:
    match entry:
        case Pressed():
            who = f"{entry.who} " if entry.who else ""
            return Align.right(Text(f"{who}☞ {entry.label}", style="" if plain else PRESSED))
        case Popped():
            return Align.right(Text(f"« {entry.text} »", style="" if plain else POPPED, justify="right"))
        case Said() if entry.own:
            who = f"{entry.who}: " if entry.who else ""
            words = Text(f"{who}{entry.text}", overflow="fold")
            return Align.right(Padding(words, (0, 1), style="" if plain else OWN, expand=False))
        case Said():
            return Padding(_said(entry, plain), (0, 2, 0, 0))


def _said(entry: Said, plain: bool) -> ConsoleRenderable:
    text = Text(overflow="fold")
    if entry.picture:
        text.append("▦ ", style="bold")
    text.append(entry.text)
    if entry.edited:
        text.append(" ✎" if entry.text else "✎", style="dim")
    parts: list[ConsoleRenderable] = [Padding(text, (0, 1), style="" if plain else SAID)]
    parts += [_buttons(row, at, plain) for at, row in enumerate(entry.rows)]
    return Group(*parts)


def _buttons(labels: Sequence[str], at: int, plain: bool) -> ConsoleRenderable:
    """A row of them: of one width with colours, what does not fit cut off as in Telegram; in brackets without."""
    if plain:
        return Text(" ".join(f"[{label}]" for label in labels))
    row = Table.grid(expand=True, padding=(0, 1, 0, 0))
    for _ in labels:
        row.add_column(ratio=1)
    style = BUTTONS[at % len(BUTTONS)]
    cells = [Text(label, no_wrap=True, overflow="ellipsis") for label in labels]
    row.add_row(*(Align.center(cell, style=style) for cell in cells))
    return row


@dataclass(frozen=True, slots=True)
class Newest:
    """The last lines of something that may be higher than the terminal."""

    whole: ConsoleRenderable
    lines: int

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        for line in console.render_lines(self.whole, options, pad=False)[-self.lines :]:
            yield from line
            yield Segment.line()
