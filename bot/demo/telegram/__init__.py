"""A fake Telegram: the Bot API over loopback HTTP, as strict and as moody as the real one, and the people in
its chats.

    fake = FakeTelegram(limits=Limits(), scale=0.01)   # one bot; its token is fake.token
    url = await fake.start()                           # TELEGRAM_API_URL (or `async with`, then fake.url)
    olena = fake.person("Olena", language="uk")
    olena.types("/start")                              # an update for the bot
    card = await olena.sees("812345678")               # waits for the message: card.text, .html, .labels
    press = olena.presses("Take")                      # a button that is on her screen now
    assert await press.answered() == "Done"            # the toast
    await fake.stop()

People are described in `bot.demo.person`. Of the fake itself:

* `fake.calls`: every request in order. `.of("sendMessage", chat=olena, outcome="ok")`, `.refused()`,
  `await .wait_for("sendMessage", times=3)`.
* `fake.violations`: what the Bot API's own description does not allow; a test may end with
  `assert fake.violations == []`.
* `fake.faults`: `.script(Kind.RESET, method="sendMessage", chat=olena, nth=2, after=True)`,
  `.at_random(seed, before={...}, after={...})`, `.release()` what hangs, `.clear()`; `.struck` counts.
  Nobody there at all: `await fake.goes_away()`, `await fake.comes_back()`.
* `fake.limits = Limits.none()` lifts the pace; `fake.too_many` counts the 429 that the pace caused.
* `fake.group(title, members)`, `fake.upgrade(group)`, `fake.deletes(group)`; a Chat has `.id`, `.messages`.
* `fake.push(update)`: any raw update, also bytes that are no JSON. `fake.pending_updates` are not confirmed.
* A Message has `.text`, `.html`, `.labels`, `.links`, `.versions`, `.silent`, `.reply_to`, `.deleted`.
* Clocks are handed in: `monotonic` for what lasts (limits, lives of updates), `wall` for dates.

Not played, and refused loudly: methods that the product has no use for, Markdown, files by URL, threads,
business connections. Ignored: methods in the body of an answer to a webhook. Looser than the real one:
webhooks may be http:// on loopback. Needs only aiohttp, the standard library and `bot.tasks`.
"""

from bot.demo.telegram.calls import Call, Calls
from bot.demo.telegram.chats import Chat, User
from bot.demo.telegram.checks import Violation
from bot.demo.telegram.entities import utf16
from bot.demo.telegram.errors import Refusal
from bot.demo.telegram.faults import Fault, Faults, Kind
from bot.demo.telegram.limits import Limits
from bot.demo.telegram.markup import parse_html
from bot.demo.telegram.messages import Message, Version
from bot.demo.telegram.server import TOKEN, FakeTelegram

__all__ = [
    "TOKEN",
    "Call",
    "Calls",
    "Chat",
    "FakeTelegram",
    "Fault",
    "Faults",
    "Kind",
    "Limits",
    "Message",
    "Refusal",
    "User",
    "Version",
    "Violation",
    "parse_html",
    "utf16",
]
