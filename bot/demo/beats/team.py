"""What the owner sets up in the chat: a colleague, a text of the shop's own, a group."""

import time

from bot.demo.day import Day


async def joins(day: Day) -> str:
    await day.walks("owner", "settings", "team", "invite", "manager")
    invite = await day.sees("owner", "invite")
    day.enters("colleague").opens(day.copies("owner", invite))
    await day.sees("colleague", "asked_in")
    await day.sees("owner", "member_asks")
    await day.presses("owner", "admit")
    begun = time.monotonic()
    joined = await day.sees("colleague", "joined")
    return f"{day.stands(joined)} in the chat; let in {time.monotonic() - begun:.2f} s after the owner's yes"


async def words(day: Day) -> str:
    """What buyers get when a parcel is sent."""
    await day.walks("owner", "settings", "texts", "sent_text", "change")
    await day.sees("owner", "placeholders")
    preview = await day.asks("owner", "sent_text")
    sees = day.texts["sees"]
    day.expect(sees["preview"] in preview.text, "the text is shown as a buyer will see it")
    await day.presses("owner", "save", on=preview)
    kept = await day.sees("owner", "kept")
    return f"{day.stands(kept)} in the chat, after the owner had seen what a buyer will see"


async def group(day: Day) -> str:
    screen = await day.walks("owner", "settings", "group", "group_link")
    owner = day.people["owner"]
    link = owner.link(day.texts["presses"]["choose_group"], on=screen)
    owner.adds_bot(day.gathers("group", "owner", "colleague"), link=link)
    welcome = await day.sees("group", "group_welcome")
    return f"{day.stands(welcome)} in the group, which is the shop's from now on"
