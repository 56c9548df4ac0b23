"""An order whose buyer nothing reaches: known before the parcel leaves, and mended."""

from bot.demo.day import Day
from models.fields import read_phone

UNDO = 10.5
"""Seconds after which a TTN that was typed cannot be taken back any more."""
A_LOOK = 1.0
"""Seconds of a leap, on whose arrival it is asked what became of SMS."""


async def wrong_number(day: Day) -> str:
    """No chat, so an SMS asks whether all is right; it does not arrive."""
    number = day.number("wrong")
    phone = day.texts["wrong"]["buyer"]["phone"]
    day.sms.fates[phone.removeprefix("+")] = "Undelivered"
    await day.posts("wrong")
    await day.presses("colleague", "take_and_confirm", number=number)
    day.expect(number in await day.gets_sms(phone), "the SMS names the order")
    await day.comes("told_wrong")
    rung = await day.sees("colleague", "call_buyer", number=number)
    card = await day.sees("colleague", "red_line", number=number)
    day.expect(not rung.silent, "it is to be heard")
    return f"{day.stands(card)} on the card, {day.came(rung)} in the holder's chat: before anything is sent"


async def stopped(day: Day) -> str:
    number = day.number("wrong")
    since = day.mark()
    card = await day.sees("colleague", "red_line", number=number)
    await day.presses("colleague", "ship", on=card)
    stop = await day.sees("colleague", "stop", number=number)
    day.expect((await day.state("wrong"))["status"] == "confirmed", "nothing has left")
    await day.presses("colleague", "call", on=stop)
    calling = await day.sees("colleague", "calling", number=number)
    await day.presses("colleague", "wrong", on=calling)
    asked = await day.sees("colleague", "ask_number", number=number, after=since["colleague"])
    return f"{day.stands(asked)} in the chat: nothing has left"


async def right_number(day: Day) -> str:
    number = day.number("wrong")
    since = day.mark()
    day.types("colleague", "right_number")
    kept = await day.sees("colleague", "number_kept", number=number)
    card = await day.sees("colleague", "confirmed", number=number, after=since["colleague"])
    await day.becomes(card, "other_number")
    day.expect(day.texts["sees"]["red_line"] not in card.text, "the card is not red any more")
    await day.presses("colleague", "ship", on=card)
    await day.sees("colleague", "ask_ttn", number=number, after=kept.id)
    day.types("colleague", "wrong_ttn")
    await day.sees("colleague", "handed_over", number=number)
    await day.goes(UNDO)
    sms = await day.gets_sms(read_phone(day.texts["types"]["right_number"]).text)
    day.expect(day.texts["types"]["wrong_ttn"] in sms, "the SMS has the TTN")
    await day.goes(A_LOOK)
    handed_over = await day.sees("colleague", "told_by_sms", number=number)
    await day.presses("colleague", "tick", number=number)
    return f"{day.stands(handed_over)} on the card: the SMS to the other number was delivered"
