"""Orders in the shop's group: rung there once, with the buyer's data masked, and worked on before all eyes."""

import time

from bot.demo.day import Day

TEAM = ("owner", "colleague")
BLANKED_WITHIN = 6.0
"""Seconds until the tick that blanks has come."""


async def group_rings(day: Day) -> str:
    since, number = day.mark(), day.number("third")
    await day.posts("third")
    card = await day.sees("group", "ring", number=number)
    seconds = day.since_posted(card)
    await day.goes(1.0)
    day.expect(day.heard("group", since) == [card], "one message in the group")
    day.expect_silence(since, "no private doubles", of=TEAM)
    day.expect(not card.silent, "it is to be heard")
    for secret in _secrets(day, "third"):
        day.expect(secret not in card.text, f"the group does not see {secret!r}")
    day.expect(day.texts["sees"]["masked"] in card.text, "but the last four digits")
    return f"{day.stands(card)} on the group's card, {seconds:.2f} s after the 202; nothing in private"


async def shows(day: Day) -> str:
    """Who asks for the number gets it in private."""
    since, number = day.mark(), day.number("third")
    said = await day.presses("colleague", "contact", number=number, place="group")
    day.expect(day.texts["sees"]["in_private"] in said, "the press says where to look")
    contact = await day.sees("colleague", "phone", number=number, after=since["colleague"])
    day.expect_silence(since, "nobody else gets the number", of=("group", "owner"))
    return f"{day.stands(contact)} in the colleague's own chat, and in no other"


async def group_claim(day: Day) -> str:
    since, number = day.mark(), day.number("third")
    said = await day.presses("colleague", "take", number=number, place="group")
    begun = time.monotonic()
    day.expect(day.texts["sees"]["taken"] in said, "the press is answered with what was done")
    card = await day.sees("group", "colleague_holds", number=number)
    seconds = time.monotonic() - begun
    day.expect(day.texts["presses"]["take"] not in " ".join(card.labels), "nobody else can claim it any more")
    await day.presses("colleague", "tick", number=number, place="group")
    day.expect_silence(since, "the card changes, and nothing rings", of=("group", "owner"))
    return f"{day.stands(card)} on the group's card, which followed {seconds:.2f} s after the answered press"


async def changes_mind(day: Day) -> str:
    """A second buyer opens the link, and cancels after being asked once."""
    number = day.number("third")
    day.enters("second_buyer").opens((await day.page(day.links["third"]))["https"])
    await day.sees("second_buyer", "six_facts", number=number)
    await day.presses("second_buyer", "cancel", number=number)
    await day.presses("second_buyer", "cancel_yes", number=number)
    begun = time.monotonic()
    done = await day.sees("second_buyer", "cancelled", number=number)
    await day.sees("group", "cancelled_by_buyer", number=number)
    seconds = time.monotonic() - begun
    return f"{day.stands(done)} in the chat; the group's card says so {seconds:.2f} s after the answered tap"


async def forgets(day: Day) -> str:
    """/forget: what the bot wrote is blanked, in the buyer's chat and in the shop's."""
    asked = await day.asks("second_buyer", "forget")
    earlier = [m for m in day.chats["second_buyer"].messages if m.sender.is_bot and m is not asked]
    await day.presses("second_buyer", "forget_yes", on=asked)
    await day.sees("second_buyer", "forgotten")
    await day.goes(BLANKED_WITHIN)
    for message in earlier:
        await day.becomes(message, "blank")
    for role in (*TEAM, "group"):
        await day.loses(role, _secrets(day, "third"))
    return (
        f"{len(earlier)} messages are blank in the buyer's chat; no chat of the shop has the name or number"
    )


def _secrets(day: Day, order: str) -> tuple[str, ...]:
    """The buyer's surname, telephone number and street."""
    buyer = day.texts[order]["buyer"]
    return (
        buyer["name"].split()[-1],
        buyer["phone"][3:],
        day.texts[order]["delivery"]["address"].split(", ")[1],
    )
