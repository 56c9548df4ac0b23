"""One order from ring to waybill."""

import time

from bot.demo.day import Day

UNDO = 10.0
"""Seconds in which the seller may take a press back; the buyer hears nothing before (house 8.5)."""


async def opens(day: Day) -> str:
    begun = time.monotonic()
    await day.product.start(day.http, day.patience)
    ready = time.monotonic() - begun
    shop = day.texts["shop"]
    day.shop = await day.product.command(
        "shop", "add", shop["name"], "--marketplace", shop["marketplace"], "--hours", shop["hours"], "--json"
    )
    day.enters("owner").opens(day.shop["invite"]["telegram"])
    welcome = await day.sees("owner", "welcome")
    return f"{day.stands(welcome)} in the chat; ready {ready:.1f} s after the start of the process"


async def rings(day: Day) -> str:
    await day.posts("first")
    for role in ("owner", "colleague"):
        card = await day.sees(role, "ring", number=day.number("first"))
        day.expect(
            day.texts["sees"]["do_not_call"] in card.text, "the card says that the buyer wants no call"
        )
    owner = await day.sees("owner", "ring", number=day.number("first"))
    return (
        f"{day.stands(owner)} on the card; {day.since_posted(owner):.2f} s from the 202 to the owner's ring"
    )


async def link(day: Day) -> str:
    """The text to pass on, the picture to show, and another link after which the old one lets nobody in."""
    number, old = day.number("first"), day.links["first"]
    since = day.mark()
    await day.presses("owner", "link", number=number)
    screen = await day.sees("owner", "pass_on", number=number, after=since["owner"])
    day.expect(day.copies("owner", screen) == old, "the text to copy has the link that the site was given")
    await day.presses("owner", "qr", on=screen)
    picture = await day.sees("owner", "picture", number=number, after=screen.id)
    day.expect("photo" in picture.content, "it is a picture")
    ways = await day.page(old)
    await day.turns("owner", "relink", screen)
    fresh = day.copies("owner", screen)
    day.expect(fresh != old, "the new link is another")
    day.enters("stranger").opens(ways["https"])
    refused = await day.sees("stranger", "dead_link")
    day.links["first"] = fresh
    return f"{day.stands(picture)} at the QR picture; {day.stands(refused)}: the old link lets nobody in"


async def buyer(day: Day) -> str:
    day.enters("buyer").opens((await day.page(day.links["first"]))["https"])
    facts = await day.sees("buyer", "six_facts", number=day.number("first"))
    line = day.texts["first"]["lines"][1]["title"]
    day.expect(line in facts.text, f"{line!r} stands there letter by letter")
    await day.presses("buyer", "yes")
    begun = time.monotonic()
    thanks = await day.sees("buyer", "thanks", number=day.number("first"))
    await day.sees("owner", "confirmed_by_buyer", number=day.number("first"))
    seconds = time.monotonic() - begun
    return f"{day.stands(thanks)} in the chat; the shop's card says so {seconds:.2f} s after the answered tap"


async def claim(day: Day) -> str:
    said = await day.presses("owner", "take")
    begun = time.monotonic()
    day.expect(day.texts["sees"]["taken"] in said, "the press is answered with what was done")
    await day.sees("owner", "in_work", number=day.number("first"))
    card = await day.sees("colleague", "holder", number=day.number("first"))
    seconds = time.monotonic() - begun
    labels = " ".join(card.labels)
    day.expect(day.texts["presses"]["take"] not in labels, "nobody else can claim it any more")
    return (
        f"{day.stands(card)} on the colleague's card, which followed {seconds:.2f} s after the answered press"
    )


async def talk(day: Day) -> str:
    await day.presses("buyer", "ask")
    await day.sees("buyer", "ask_text", number=day.number("first"))
    day.types("buyer", "question")
    begun = time.monotonic()
    await day.sees("buyer", "asked", number=day.number("first"))
    rung = await day.sees("owner", "question_came", number=day.number("first"))
    there = time.monotonic() - begun
    day.expect(day.texts["types"]["question"] in rung.text, "the question stands there in the buyer's words")
    await day.presses("owner", "write")
    await day.sees("owner", "write_text", number=day.number("first"))
    day.types("owner", "answer")
    begun = time.monotonic()
    answer = await day.people["buyer"].sees(day.texts["types"]["answer"], day.patience)
    back = time.monotonic() - begun
    return f"{day.stands(answer)} in the chat; {there:.2f} s to the seller, {back:.2f} s back to the buyer"


async def confirm(day: Day) -> str:
    await day.presses("owner", "confirm")
    begun = time.monotonic()
    card = await day.sees("owner", "confirmed", number=day.number("first"))
    seconds = time.monotonic() - begun
    return f"{day.stands(card)} on the card, with its {len(card.labels)} next buttons {seconds:.2f} s after the press"


async def ships(day: Day) -> str:
    number = day.number("first")
    typed_at = day.clock.wall()
    day.types("owner", "ttn")
    await day.sees("owner", "handed_over", number=number)
    for seconds in (UNDO * 0.6, UNDO * 0.45):
        await day.goes(seconds)
    told = await day.sees("buyer", "ttn", number=number)
    waited = told.versions[0].at - typed_at
    day.expect(waited >= UNDO, "the buyer hears nothing while the seller can still take it back")
    day.expect(day.texts["sees"]["dispatched"] in told.text, "the date of dispatch stands beside the TTN")
    day.expect(day.texts["sees"]["own_words"] in told.text, "in the words that the owner has chosen")
    link = day.people["buyer"].link(day.texts["presses"]["track"])
    day.expect(day.texts["sees"]["ttn_number"] in link, "the button leads to this parcel")
    await day.presses("owner", "tick", number=number)
    return f"{day.stands(told)} in the chat, {waited:.1f} s after the number: it could not be taken back any more"
