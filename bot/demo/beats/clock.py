"""An order that everybody forgot, and a buyer whom nobody called: reminders that count working time."""

import time

from bot.demo.day import Day

TEAM = ("owner", "colleague")


async def forgotten(day: Day) -> str:
    """It came at 10:20, and the shop is open: an hour and a half later it is 11:50."""
    since, number = day.mark(), day.number("second")
    await day.comes("almost_soon")
    day.expect_silence(since, "nothing comes before 1:30 of working time")
    begun = time.monotonic()
    await day.comes("soon")
    cards = [await day.sees(role, "soon", number=number, after=since[role]) for role in TEAM]
    seconds = time.monotonic() - begun
    for role, card in zip(TEAM, cards, strict=True):
        day.expect(day.heard(role, since) == [card], f"one reminder for {day.people[role].name}")
        day.expect(not card.silent, "it is to be heard")
        day.expect(day.came(card) == day.hour("soon"), f"at {day.hour('soon')}, and not later")
    return f"{day.came(cards[0])} on both cards, nothing before; {seconds:.1f} s after the leap"


async def over(day: Day) -> str:
    since, number = day.mark(), day.number("second")
    await day.comes("almost_over")
    day.expect_silence(since, "nothing comes before 2:00 of working time")
    await day.comes("all_over")
    cards = [await day.sees(role, "over", number=number, after=since[role]) for role in TEAM]
    for card in cards:
        day.expect(day.came(card) == day.hour("all_over"), f"at {day.hour('all_over')}, and not later")
    await day.comes("claimed")
    begun = time.monotonic()
    await day.presses("colleague", "take", number=number)
    await day.sees("owner", "colleague_holds", number=number)
    seconds = time.monotonic() - begun
    await day.presses("colleague", "tick", number=number)
    return (
        f"{day.came(cards[0])} on both cards; claimed, and the owner saw it {seconds:.1f} s after the press"
    )


async def cabinet(day: Day) -> str:
    """What is done at the source needs no press here, and nobody is reminded of it."""
    begun = time.monotonic()
    await day.happens("second", type="status_changed", status="confirmed")
    card = await day.sees("colleague", "confirmed", number=day.number("second"))
    seconds = time.monotonic() - begun
    since = day.mark()
    await day.comes("thursday_ends")
    day.expect_silence(since, "nobody is reminded of what is done")
    return f"{day.stands(card)} on the card {seconds:.1f} s after the call; silence until {day.hour('thursday_ends')}"


async def uncalled(day: Day) -> str:
    """The owner took it when the shop opened: an hour and a half later it is 10:30."""
    since, number = day.mark(), day.number("night")
    await day.comes("almost_call")
    day.expect_silence(since, "nothing comes before 1:30 of working time")
    await day.comes("call")
    card = await day.sees("owner", "uncalled", number=number, after=since["owner"])
    day.expect(day.came(card) == day.hour("call"), f"at {day.hour('call')}, and not later")
    await day.presses("owner", "later", number=number)
    await day.sees("owner", "when_later", number=number)
    said = await day.presses("owner", "quarter", number=number)
    day.expect(day.texts["sees"]["will_remind"] in said, "the answer says when")
    asked = day.mark()
    await day.comes("almost_reminded")
    day.expect_silence(asked, "nothing comes before the moment that was asked for")
    await day.comes("reminded")
    again = await day.sees("owner", "reminded", number=number, after=asked["owner"])
    day.expect_silence(since, "only the holder is reminded", of=["colleague"])
    await day.presses("owner", "talked", number=number)
    talked = day.mark()
    await day.comes("friday_ends")
    day.expect_silence(talked, "who talked is not reminded again")
    return f"{day.came(card)} and {day.came(again)} on the owner's cards alone; after her call silence"
