"""Many orders: lists, search, notes, an order from hand to hand, and one that came by mail."""

import time

from bot.demo.day import Day


async def lists(day: Day) -> str:
    screen = await day.walks("owner", "orders")
    counters = screen.labels
    for count in day.texts["sees"]["counts"]:
        day.expect(any(count in label for label in counters), f"{count} among {counters}")
    await day.turns("owner", "mine", screen)
    for order in ("night", "early"):
        day.expect(day.number(order) in screen.text, "each order has its row")
    return f"{', '.join(day.texts['sees']['counts'])} on the buttons; the owner's orders under one of them"


async def search(day: Day) -> str:
    begun = time.monotonic()
    card = await day.asks("owner", "search")
    seconds = time.monotonic() - begun
    day.expect(day.number("night") in card.text, "the phone's order")
    day.expect(card.button(day.texts["presses"]["note"]) is not None, "it is the live card")
    return f"{day.stands(card)} on the card, {seconds:.2f} s after the number was typed"


async def note(day: Day) -> str:
    """The shop's own people read it; the buyer does not."""
    number = day.number("night")
    await day.presses("owner", "note", number=number)
    await day.sees("owner", "ask_note", number=number)
    day.types("owner", "note")
    begun = time.monotonic()
    await day.sees("owner", "noted", number=number)
    card = await day.sees("colleague", "note", number=number)
    seconds = time.monotonic() - begun
    return f"{day.stands(card)} on the colleague's card, {seconds:.2f} s after the owner's"


async def hand_over(day: Day) -> str:
    number, since = day.number("early"), day.mark()
    await day.presses("owner", "hand", number=number)
    await day.sees("owner", "to_whom", number=number)
    await day.presses("owner", "to_colleague", number=number)
    begun = time.monotonic()
    card = await day.sees("colleague", "handed", number=number, after=since["colleague"])
    seconds = time.monotonic() - begun
    day.expect(not card.silent, "it is to be heard")
    await day.sees("owner", "colleague_holds", number=number)
    return f"{day.came(card)} on the colleague's new card, {seconds:.2f} s after the press"


async def pasted(day: Day) -> str:
    """A notice from the marketplace's mail, pasted as it came."""
    since = day.mark()
    offer = await day.asks("owner", "notice")
    day.expect(day.texts["sees"]["offer"] in offer.text, "the bot offers to make an order of it")
    await day.turns("owner", "offer_yes", offer)
    day.expect(day.texts["sees"]["sure"] in offer.text, "it asks for nothing that the notice says")
    said = await day.presses("owner", "create", on=offer)
    number = day.texts["sees"]["pasted_number"]
    day.expect(number in said, "the answer names the order")
    card = await day.sees("group", "ring", number=number, after=since["group"])
    return (
        f"{day.stands(card)} on the group's card: number, buyer, goods and address were read out of the text"
    )
