"""The chats of the demo on the terminal, as they happen: read from the fake messengers and from nowhere else."""

from dataclasses import dataclass, field

from rich.console import Console
from rich.live import Live
from rich.text import Text

from bot.demo.person import Press
from bot.demo.phones import Entry, Newest, Popped, Pressed, Said, side_by_side
from bot.demo.telegram import Chat as TelegramChat
from bot.demo.telegram import Message as TelegramMessage
from bot.demo.viber import Chat as ViberChat
from bot.demo.viber import Message as ViberMessage
from bot.demo.viber import Press as ViberPress
from bot.tasks import Tasks

AnyChat = TelegramChat | ViberChat
AnyMessage = TelegramMessage | ViberMessage

MARGIN = 4
"""Lines of a terminal that the phones leave free while a beat goes on."""
START = "/start "
"""What a client sends, and does not show, with the key of a link behind it."""


@dataclass
class _Phone:
    title: str
    entries: list[Entry] = field(default_factory=list)
    """since the last beat was over"""
    seen: dict[AnyMessage, int] = field(default_factory=dict)
    """how many of its versions are on the screen"""
    open: dict[AnyMessage, tuple[Said, int]] = field(default_factory=dict)
    """what may still change where it stands, and how many versions were seen before it"""


class Shown:
    """A phone for each chat in which something happens in a beat, side by side: on a terminal while it happens,
    elsewhere when the beat is over. An edited message shows the lines that are new."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._tasks = Tasks()
        self._phones: dict[AnyChat, _Phone] = {}
        self._live: Live | None = None
        self.frames: dict[tuple[str, str], list[Entry]] = {}
        """what happened, by beat and by the phone's title"""
        self._beat = ""

    def follow(self, chat: AnyChat, title: str) -> None:
        self._phones[chat] = _Phone(title)
        self._tasks.start(self._follow(chat), name=f"shown: {title}")

    async def stop(self) -> None:
        await self._tasks.stop()
        self._end_live()

    def beat(self, number: int, name: str, title: str) -> None:
        self._beat = name
        self._console.rule(f"[bold]{number}. {title}", align="left")
        if self._console.is_terminal:
            self._live = Live(console=self._console, transient=True, auto_refresh=False)
            self._live.start()

    def over(self, line: str) -> None:
        """The beat happened: its phones stay on the terminal, with what was read or measured."""
        self._still()
        self.measured(line)

    def measured(self, line: str) -> None:
        self._console.print(Text(f"✓ {line}", style="bold green"))

    def failed(self, line: str, why: str) -> None:
        self._still()
        self._console.print(Text(f"✗ {line}", style="bold red"))
        self._console.print(Text(why))

    def pressed(self, who: str, press: Press | ViberPress, label: str) -> None:
        """The message stays as it was under the finger; what it becomes is shown below."""
        chat = press.message.chat
        self._look(chat)
        phone = self._phones[chat]
        phone.open.clear()
        words = next((words for row in press.message.rows for words in row if label in words), label)
        phone.entries.append(Pressed(words, "" if chat.user else who))
        self._draw()

    def answered(self, who: str, press: Press) -> None:
        if press.toast:
            chat = press.message.chat
            self._phones[chat].entries.append(Popped(press.toast if chat.user else f"{who}: {press.toast}"))
            self._draw()

    async def _follow(self, chat: AnyChat) -> None:
        while True:
            self._look(chat)
            await chat.change()

    def _look(self, chat: AnyChat) -> None:
        phone = self._phones[chat]
        for message in chat.messages:
            if phone.seen.get(message, 0) < len(message.versions):
                self._show(phone, message)
        self._draw()

    def _show(self, phone: _Phone, message: AnyMessage) -> None:
        before = phone.seen.get(message, 0)
        phone.seen[message] = len(message.versions)
        if message in phone.open:
            said, before = phone.open[message]
            _fill(said, message, before)
            return
        said = Said("")
        _fill(said, message, before)
        if said.text or said.rows:
            phone.open[message] = said, before
            phone.entries.append(said)

    def _draw(self) -> None:
        if self._live is not None and (phones := self._busy()):
            whole = side_by_side(phones, self._console.width, plain=self._plain)
            self._live.update(Newest(whole, max(1, self._console.height - MARGIN)), refresh=True)

    def _end_live(self) -> None:
        if self._live is not None:
            self._live.stop()
            self._live = None

    def _still(self) -> None:
        for chat in self._phones:
            self._look(chat)
        self._end_live()
        if phones := self._busy():
            self._console.print(side_by_side(phones, self._console.width, plain=self._plain))
            self.frames |= {(self._beat, title): entries for title, entries in phones}
        for phone in self._phones.values():
            phone.entries = []
            phone.open.clear()

    def _busy(self) -> list[tuple[str, list[Entry]]]:
        return [(phone.title, phone.entries) for phone in self._phones.values() if phone.entries]

    @property
    def _plain(self) -> bool:
        return self._console.color_system is None


def _fill(said: Said, message: AnyMessage, before: int) -> None:
    """The message as it is now; of one that was seen before, what is new."""
    rows = message.rows
    said.picture = bool({"photo", "picture"} & message.content.keys())
    said.own = not message.sender.is_bot
    said.who = "" if message.chat.user or message.sender.is_bot else message.sender.first_name
    if before == 0:
        said.text, said.rows, said.edited = message.text, rows, False
        if said.own and said.text.startswith(START):
            said.text = START.strip()
        return
    old = message.versions[before - 1]
    known = set(old.text.split("\n"))
    said.text = "\n".join(line for line in message.text.split("\n") if line not in known)
    said.rows = rows if old.rows != rows else []
    said.edited = True
