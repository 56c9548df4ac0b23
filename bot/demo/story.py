"""A shop's days from Thursday to Monday: the real product in a process of its own, people in the chats of a fake
Telegram and a fake Viber, and a fake TurboSMS.

A beat is a function of the Day; what it waits for must be on somebody's screen. What is printed was read there
or measured. The clock leaps from beat to beat. A beat that does not happen is named, and the exit status is 1.
"""

import asyncio
import signal
import time
import tomllib
from importlib import resources
from pathlib import Path
from tempfile import TemporaryDirectory

import aiohttp
from rich.console import Console

from bot.demo.beats import BEATS
from bot.demo.clock import LeapingClock
from bot.demo.day import Day, Missing, moment
from bot.demo.person import NotSeen
from bot.demo.product import NotStarted, Product
from bot.demo.shown import Shown
from bot.demo.still import chosen, save
from bot.demo.telegram import FakeTelegram
from bot.demo.turbosms import FakeTurboSms
from bot.demo.viber import FakeViber

PATIENCE = 30.0
"""Seconds until a beat counts as missing; a start loads aiogram, which takes up to ten on a small machine."""
PAUSE = 0.4
"""Seconds to read what a beat showed, at speed 1."""


async def play(
    speed: float,
    fake: FakeTelegram | None = None,
    *,
    viber: FakeViber | None = None,
    module: str = "bot.demo.leaping",
    patience: float = PATIENCE,
    svg: Path | None = None,
) -> int:
    """The exit status: 0 if every beat happened. `speed` shortens the pauses for reading, nothing else.

    The product is run by `python -m module`. Where every beat happened, `svg` gets a picture of the best.
    """
    console = Console(highlight=False, soft_wrap=False)
    if not console.is_terminal:
        console.width = 120
    with resources.files("bot.demo").joinpath("story.toml").open("rb") as file:
        texts = tomllib.load(file)
    shown = Shown(console)
    task = asyncio.current_task()
    loop = asyncio.get_running_loop()
    if task is not None:
        loop.add_signal_handler(signal.SIGTERM, task.cancel)  # leaves nothing behind then, either
    clock = LeapingClock(moment(texts, BEATS[0].__name__).timestamp() - time.time())
    fake, viber = fake or FakeTelegram(wall=clock.wall), viber or FakeViber(wall=clock.wall)
    with TemporaryDirectory(prefix="orderbell-demo-") as folder:
        sms = FakeTurboSms(fate="Delivered")
        settings = await _settings(fake, viber, sms)
        product = Product(Path(folder), settings, clock=clock, module=module)
        try:
            async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=patience)) as http:
                day = Day(texts, fake, viber, sms, product, clock, http, shown, patience)
                status = await _played(day, max(speed, 0.01))
                if svg is not None and status == 0:
                    save(svg, "Orderbell", chosen(texts["still"], day.titles, shown.frames))
                return status
        finally:
            await product.stop()
            await shown.stop()
            for server in (fake, viber, sms):
                await server.stop()
            loop.remove_signal_handler(signal.SIGTERM)


async def _settings(fake: FakeTelegram, viber: FakeViber, sms: FakeTurboSms) -> dict[str, str]:
    """Starts the fakes; the settings that lead to them."""
    return {
        "BOT_TOKEN": fake.token,
        "TELEGRAM_API_URL": await fake.start(),
        "VIBER_TOKEN": viber.token,
        "VIBER_API_URL": await viber.start(),
        "TURBOSMS_TOKEN": sms.token,
        "TURBOSMS_SENDER": sms.sender,
        "TURBOSMS_API_URL": await sms.start(),
        "TURBOSMS_VIBER_SECONDS": "0",
    }


async def _played(day: Day, speed: float) -> int:
    begun = time.monotonic()
    for number, beat in enumerate(BEATS, 1):
        title = day.texts["beats"][beat.__name__]
        day.shown.beat(number, beat.__name__, title)
        beat_begun = time.monotonic()
        try:
            if beat.__name__ in day.texts["at"]:
                await day.comes(beat.__name__)
            measured = await beat(day)
        except (NotSeen, NotStarted, Missing, aiohttp.ClientError, TimeoutError) as error:
            day.shown.failed(f"missing: {number}. {title}", f"{type(error).__name__}: {error}")
            if not isinstance(error, NotStarted):
                day.shown.failed("the product's log", day.product.errors() or "(empty)")
            return 1
        seconds = time.monotonic() - beat_begun
        await asyncio.sleep(PAUSE / speed)
        day.shown.over(f"{measured} [{seconds:.1f} s]")
    violations = [*day.fake.violations, *day.viber.violations, *day.sms.violations]
    if violations:
        day.shown.failed("not allowed by the messengers' rules", "\n".join(map(str, violations)))
        return 1
    calls = sum(1 for call in day.fake.calls if call.method != "getUpdates")
    seconds = time.monotonic() - begun
    day.shown.measured(
        f"{len(BEATS)} beats in {seconds:.0f} s; {calls} requests to Telegram, {len(day.viber.calls)} to Viber, "
        f"{len(day.sms.requests)} to TurboSMS, all valid, {day.fake.too_many} refused for haste"
    )
    return 0
