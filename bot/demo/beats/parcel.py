"""The first order's parcel: it arrives, and waits until its buyer says that she comes."""

import time

from bot.demo.day import Day


async def arrives(day: Day) -> str:
    begun = time.monotonic()
    for status in ("in_transit", "arrived"):
        await day.happens("first", type="parcel", ttn=day.texts["sees"]["ttn_number"], status=status)
    told = await day.sees("buyer", "arrived", number=day.number("first"))
    return f"{day.stands(told)} in the chat, {time.monotonic() - begun:.1f} s after the call"


async def third_day(day: Day) -> str:
    since, number = day.mark(), day.number("first")
    reminder = await day.sees("buyer", "third_day", number=number)
    day.expect(day.came(reminder) == day.hour("third_day"), f"at {day.hour('third_day')}, and not later")
    await day.presses("buyer", "collect", on=reminder)
    begun = time.monotonic()
    await day.sees("buyer", "will_collect", number=number)
    card = await day.sees("owner", "collects", number=number)
    seconds = time.monotonic() - begun
    day.expect_silence(since, "the shop need not be rung for that", of=["owner", "colleague"])
    return f"{day.stands(card)} on the shop's card, {seconds:.1f} s after the answered tap, without a sound"
