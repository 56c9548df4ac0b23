"""A buyer in Viber, her shop in Telegram."""

import time

from bot.demo.day import Day

UNDO = 10.5
"""Seconds after which a TTN that was typed cannot be taken back any more."""


async def on_viber(day: Day) -> str:
    """The page behind the SMS's link offers both messengers."""
    number = day.number("viber")
    await day.posts("viber")
    await day.sees("colleague", "ring", number=number)
    sms = await day.gets_sms(day.texts["viber"]["buyer"]["phone"])
    day.expect(number in sms, "the SMS names the order")
    ways = await day.page(day.link_in(sms))
    day.enters_viber("viber_buyer").opens(ways["viber"])
    facts = await day.reads("viber_buyer", "six_facts")
    day.expect(number in facts.text, "the first that she sees there is her order")
    day.taps("viber_buyer", "yes")
    begun = time.monotonic()
    thanks = await day.reads("viber_buyer", "thanks")
    await day.sees("colleague", "confirmed_by_buyer", number=number)
    seconds = time.monotonic() - begun
    day.expect(day.on_viber["viber_buyer"].charged == 0, "nobody pays for that")
    return f"{day.stands(thanks)} in her Viber; the shop's card in Telegram says so {seconds:.2f} s after her tap"


async def asks_on_viber(day: Day) -> str:
    """The colleague holds the order, and is the only one who hears of it."""
    number = day.number("viber")
    await day.presses("colleague", "take_and_confirm", number=number)
    await day.sees("owner", "colleague_holds", number=number)
    since = day.mark()
    day.taps("viber_buyer", "ask")
    await day.reads("viber_buyer", "ask_text")
    day.on_viber["viber_buyer"].types(day.texts["types"]["viber_question"])
    begun = time.monotonic()
    rung = await day.sees("colleague", "question_came", number=number, after=since["colleague"])
    there = time.monotonic() - begun
    day.expect(day.texts["types"]["viber_question"] in rung.text, "the question stands there in her words")
    day.expect_silence(since, "only the holder is rung", of=["owner"])
    await day.presses("colleague", "write", on=rung)
    await day.sees("colleague", "write_text", number=number, after=rung.id)
    day.types("colleague", "viber_answer")
    begun = time.monotonic()
    answer = await day.on_viber["viber_buyer"].sees(day.texts["types"]["viber_answer"], day.patience)
    back = time.monotonic() - begun
    day.expect(day.texts["sees"]["signed"] in answer.text, "the answer bears the shop's name")
    day.expect(day.people["colleague"].name not in answer.text, "and nobody's who has chosen none")
    return f"{day.stands(answer)} in her Viber; {there:.2f} s to the seller in Telegram, {back:.2f} s back"


async def sent_on_viber(day: Day) -> str:
    number = day.number("viber")
    await day.presses("colleague", "ship", number=number)
    await day.sees("colleague", "ask_ttn", number=number)
    day.types("colleague", "viber_ttn")
    await day.sees("colleague", "handed_over", number=number)
    typed_at = day.clock.wall()
    await day.goes(UNDO)
    told = await day.reads("viber_buyer", "viber_ttn")
    day.expect(day.texts["sees"]["own_words"] in told.text, "in the words that the owner has chosen")
    link = day.on_viber["viber_buyer"].link(day.texts["presses"]["track"])
    day.expect(day.texts["types"]["viber_ttn"] in link, "the button leads to this parcel")
    await day.presses("colleague", "tick", number=number)
    return f"{day.stands(told)} in her Viber, {told.at - typed_at:.1f} s after the number was taken"
