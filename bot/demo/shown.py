"""The chats of the demo on the terminal, as they happen: read from the fake Telegram and from nowhere else."""

from rich.console import Console
from rich.padding import Padding
from rich.panel import Panel
from rich.text import Text

from bot.demo.person import Person, Press
from bot.demo.telegram import Message
from bot.tasks import Tasks

COLOURS = ("cyan", "green", "magenta", "yellow")
WIDTH = 66
STEP = 10
"""How far each person's chat is set in from the one before."""


class Shown:
    """Each person has a colour and a margin of her own. An edited message shows the lines that are new."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._tasks = Tasks()
        self._margins: dict[Person, int] = {}
        self._seen: dict[Message, int] = {}
        """how many of its versions are on the terminal"""

    def follow(self, person: Person) -> None:
        self._margins[person] = len(self._margins)
        self._tasks.start(self._follow(person), name=f"shown: {person.name}")

    async def stop(self) -> None:
        await self._tasks.stop()

    def beat(self, number: int, title: str) -> None:
        self._console.rule(f"[bold]{number}. {title}", align="left")

    def measured(self, line: str) -> None:
        self._console.print(Text(f"   ✓ {line}", style="bold green"))

    def failed(self, line: str, why: str) -> None:
        self._console.print(Text(f"✗ {line}", style="bold red"))
        self._console.print(Text(why))

    def pressed(self, person: Person, press: Press, label: str) -> None:
        self._show_new(person)
        button = press.message.button(label)
        self._line(person, f"{person.name} ▸ [{button['text'] if button else label}]")

    def answered(self, person: Person, press: Press) -> None:
        if press.toast:
            self._line(person, f"{person.name} ◂ ({press.toast})")

    async def _follow(self, person: Person) -> None:
        while True:
            self._show_new(person)
            await person.chat.change()

    def _show_new(self, person: Person) -> None:
        for message in person.messages:
            self._show(person, message)

    def _show(self, person: Person, message: Message) -> None:
        before = self._seen.get(message, 0)
        if before == len(message.versions):
            return
        self._seen[message] = len(message.versions)
        if message.sender is person.user:
            self._line(person, f"{person.name} ▸ {message.text}")
            return
        if before == 0:
            self._panel(person, message.text.split("\n"), _rows(message), "")
            return
        old = message.versions[before - 1]
        known = set(old.text.split("\n"))
        lines = [line for line in message.text.split("\n") if line not in known]
        rows = _rows(message) if old.markup != message.markup else []
        if lines or rows:
            self._panel(person, lines, rows, " ✎")

    def _panel(self, person: Person, lines: list[str], rows: list[str], mark: str) -> None:
        text = Text("\n".join(lines))
        for row in rows:
            text.append(("\n" if len(text) else "") + row, style="bold")
        colour, margin = self._style(person)
        panel = Panel(
            text, title=f"{person.name}{mark}", title_align="left", border_style=colour, width=WIDTH
        )
        self._console.print(Padding(panel, (0, 0, 0, margin), expand=False))

    def _line(self, person: Person, words: str) -> None:
        colour, margin = self._style(person)
        self._console.print(Padding(Text(words, style=colour), (0, 0, 0, margin + 2), expand=False))

    def _style(self, person: Person) -> tuple[str, int]:
        at = self._margins[person]
        return COLOURS[at % len(COLOURS)], at * STEP


def _rows(message: Message) -> list[str]:
    return [" ".join(f"[{button['text']}]" for button in row) for row in message.buttons]
