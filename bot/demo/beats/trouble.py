"""kill -9, and a stranger."""

import time

from bot.demo.day import Day


async def killed(day: Day) -> str:
    card = await day.people["owner"].sees_button(day.texts["presses"]["ship"], day.patience)
    await day.posts("second")
    await day.product.killed()
    lived = day.fake.world.wall() - day.posted_at
    day.pending = day.press("owner", "ship", on=card)
    return f"dead {lived * 1000:.0f} ms after the 202"


async def restart(day: Day) -> str:
    begun = time.monotonic()
    await day.product.start(day.http, day.patience)
    rung = [await day.sees(role, "ring", number=day.number("second")) for role in ("owner", "colleague")]
    await day.sees("owner", "ask_ttn", number=day.number("first"))
    taken = time.monotonic() - begun
    for role, newest in zip(("owner", "colleague"), rung, strict=True):
        cards = [m for m in day.people[role].messages if day.number("second") in m.text]
        fair = len(cards) == 1 or day.texts["sees"]["repeat"] in newest.text
        day.expect(fair, "a ring that came twice says that it may have")
        day.expect(day.came(newest) == day.hour("killed"), "the new process goes by the same clock")
    first, second = await day.state("first"), await day.state("second")
    day.expect((first["status"], second["status"]) == ("confirmed", "new"), "both orders stand as they stood")
    return f"{day.stands(rung[0])} on the card; order and press were heard {taken:.1f} s after the new start"


async def stranger(day: Day) -> str:
    before = await day.state("second")
    person = day.people["stranger"]
    day.types("stranger", "start")
    neutral = await day.sees("stranger", "neutral")
    card = await day.sees("owner", "ring", number=day.number("second"))
    button = card.button(day.texts["presses"]["take"])
    day.expect(button is not None, "the owner could press it")
    press = person.forges(str((button or {})["callback_data"]))
    said = await day.hears("stranger", press)
    day.expect(day.texts["sees"]["no_access"] in said, "the press is refused")
    day.expect(await day.state("second") == before, "nothing changed")
    day.expect(not any(day.number("second") in m.text for m in person.messages), "and nothing was told")
    return f"{day.stands(neutral)} in the chat; refused, and nothing changed"
