"""A fake Viber: the bot API over loopback HTTP, as strict and as moody as the real one, and the people in it.

    fake = FakeViber(scale=0.01)                       # one bot; its token is fake.token
    url = await fake.start()                           # the base: {url}/send_message
    olena = fake.person("Olena")
    olena.opens("order-1")                             # by viber://pa?chatURI=..&context=order-1
    await olena.sees("812345678")                      # the welcome: the body of the answer to that event
    olena.presses("Take")                              # the one keyboard, else the newest rich media
    await fake.stop()

Rules after `facts/viber.md`; where they say "unknown" the choice that is harder for the product was taken.

* `fake.calls`, `fake.faults`, `fake.violations`, `fake.limits`, `goes_away`, `comes_back`: as `bot.demo.telegram`.
* A refusal is HTTP 200 with a status. What is the product's own fault (3, 4, 14, a field that Viber has not,
  whatever only the client rejects) is a violation, too; the state of the world (5, 6, 10 to 13) is none.
* The client rejects after a status 0, by a `failed`: more than 12 rows or 6 cards, an ActionBody over 250, colours
  and addresses that are none; `person.rejects()` makes it reject the next message whatever it is.
* `fake.inject(event, signature=...)`: any event once, with its answer; `fake.push(...)`: repeated as all others.
* `person.charged`, `fake.charged`: what was sent outside 24 hours after a person's last word.
* Events of one person come in order; repeats (same message_token) come late and in between.

Not played: inline bots, public chats (18), payments, the balance (23 and 24 are faults). Looser than the real one:
webhooks may be http:// on loopback; nobody fetches a picture's address. Needs aiohttp, the standard library and
`bot.tasks`.
"""

from bot.demo.viber.callbacks import SIGNATURE, Answer, Callbacks
from bot.demo.viber.calls import Call, Calls
from bot.demo.viber.chats import Chat, Message, User
from bot.demo.viber.errors import Refusal, Status
from bot.demo.viber.faults import Fault, Faults, Kind
from bot.demo.viber.person import Person, Press
from bot.demo.viber.sending import Limits
from bot.demo.viber.server import TOKEN, FakeViber
from bot.demo.violations import Violation
from bot.demo.watching import NotSeen

__all__ = [
    "SIGNATURE", "TOKEN", "Answer", "Call", "Callbacks", "Calls", "Chat", "FakeViber", "Fault", "Faults", "Kind",
    "Limits", "Message", "NotSeen", "Person", "Press", "Refusal", "Status", "User", "Violation",
]  # fmt: skip
