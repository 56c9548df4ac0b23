"""A night, its morning, and a weekend: nothing rings while the shop is closed."""

import time

from bot.demo.day import Day
from bot.demo.telegram import Message

TEAM = ("owner", "colleague")


async def evening(day: Day) -> str:
    card = await _silently(day, "night")
    return f"{day.came(card)} on the card, which came without a sound"


async def night(day: Day) -> str:
    card = await _silently(day, "early")
    since = day.mark()
    await day.comes("before_friday")
    day.expect_silence(since, "the night is silent")
    return f"{day.came(card)} on the card, and then not a word until {day.hour('before_friday')}"


async def morning(day: Day) -> str:
    since = day.mark()
    await day.comes("friday_opens")
    digest = await _digest(day, "two_came", ("night", "early"), since)
    day.expect(day.texts["sees"]["no_call"] in digest.text, "who wants no call is not called by mistake")
    said = await day.presses("owner", "take_all")
    begun = time.monotonic()
    day.expect(day.texts["sees"]["all_taken"] in said, "the press is answered with how many it took")
    for order in ("night", "early"):
        await day.sees("colleague", "holder", number=day.number(order))
    seconds = time.monotonic() - begun
    for order in ("night", "early"):
        await day.presses("owner", "tick", number=day.number(order))
    return f"{day.came(digest)} in the chat; the colleague's cards followed {seconds:.1f} s after the press"


async def days_off(day: Day) -> str:
    card = await _silently(day, "saturday")
    day.expect(day.texts["sees"]["days_off"] in card.text, "the card says that the platform may not rest")
    await day.comes("sunday")
    await _silently(day, "sunday")
    return f"{day.came(card)} on the card, without a sound, with the line about the platform's timer"


async def monday(day: Day) -> str:
    since = day.mark()
    await day.comes("before_monday")
    day.expect_silence(since, "the weekend is silent")
    await day.comes("monday_opens")
    digest = await _digest(day, "two_came", ("saturday", "sunday"), since)
    said = await day.presses("colleague", "take_all")
    day.expect(day.texts["sees"]["all_taken"] in said, "the press is answered with how many it took")
    for order in ("saturday", "sunday"):
        await day.sees("owner", "colleague_holds", number=day.number(order))
    return f"{day.came(digest)} in the chat, both orders taken with one press"


async def _silently(day: Day, order: str) -> Message:
    """The order comes, and its card makes no sound on anybody's phone."""
    since = day.mark()
    await day.posts(order)
    for role in TEAM:
        card = await day.sees(role, "ring", number=day.number(order), after=since[role])
        day.expect(card.silent, f"no sound on {day.people[role].name}'s phone")
    return card


async def _digest(day: Day, title: str, orders: tuple[str, ...], since: dict[str, int]) -> Message:
    """One message names the orders, oldest first, each with the end of its term; it is to be heard."""
    for role in TEAM:
        digest = await day.sees(role, title, after=since[role])
        lines = digest.text.split("\n")[1:]
        named = [day.number(order) in line for order, line in zip(orders, lines, strict=False)]
        day.expect(named == [True] * len(orders) == [True] * len(lines), "oldest first, a line each")
        day.expect(all(day.texts["sees"]["take_by"] in line for line in lines), "each with its term")
        day.expect(not digest.silent, "it is to be heard")
        day.expect(day.heard(role, since) == [digest], f"one message for {day.people[role].name}")
    return digest
