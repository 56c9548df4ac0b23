"""The bots that are measured, each in a process of its own: the product, and the usual ones beside it.

    python -m bench.bots product TELEGRAM_URL PORT DATABASE   the product by webhook, its pace lifted
    python -m bench.bots paced TELEGRAM_URL PORT DATABASE     the product by polling, at its own pace
    python -m bench.bots both TELEGRAM_URL PORT DATABASE VIBER_URL VIBER_TOKEN LAGS   `product`, on Viber as well
    python -m bench.bots plain TELEGRAM_URL PORT              aiogram by webhook, no database
    python -m bench.bots orm TELEGRAM_URL PORT DATABASE       aiogram by webhook, an async ORM session a press
    python -m bench.bots poller TELEGRAM_URL                  aiogram by polling
    python -m bench.bots ptb TELEGRAM_URL                     python-telegram-bot by polling

A peer answers a press and turns its message into another text under the same buttons, and answers a message with a
message. Each prints a line when it listens; those that poll have nothing to listen with, and print it when they run.
Into the file LAGS go, at the end, the moments and the seconds by which the event loop was late.
"""

import asyncio
import itertools
import json
import logging
import signal
import sys
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from bench.servers import EVERY, TOKEN

SECRET = "only-for-benches"
PATH = "/webhooks/telegram"

Press = Callable[[Any], Awaitable[None]]


# ---------------------------------------------------------------- the product
async def product(
    stopping: asyncio.Event,
    telegram_url: str,
    port: str,
    path: str,
    *,
    paced: bool = False,
    **more: str,
) -> None:
    from bot.app import App
    from bot.config import Settings
    from bot.messengers.pacing import Limits

    hooked = {
        "telegram_updates": "webhook",
        "public_url": f"http://127.0.0.1:{port}",
        "telegram_webhook_secret": SECRET,
    }
    settings = {
        "bot_token": TOKEN,
        "telegram_api_url": telegram_url,
        "database_url": f"sqlite+aiosqlite:///{path}",
        "secret_key": "only-for-benches-only-for-benches",
        "port": int(port),
        **more,
    }
    app = App(
        Settings(_env_file=None, **(settings | ({} if paced else hooked))),  # type: ignore[arg-type]
        pace=None if paced else Limits(100_000, 100_000, 100_000),
    )
    await app.start()
    app.freeze()
    print("ready", flush=True)
    await stopping.wait()
    await app.stop()


async def both(
    stopping: asyncio.Event,
    telegram_url: str,
    port: str,
    path: str,
    viber_url: str,
    viber_token: str,
    lags: str,
) -> None:
    found: list[tuple[float, float]] = []
    sampler = asyncio.get_running_loop().create_task(_late(found))
    await product(stopping, telegram_url, port, path, viber_api_url=viber_url, viber_token=viber_token)
    sampler.cancel()
    Path(lags).write_text(json.dumps(found), encoding="utf-8")


async def _late(found: list[tuple[float, float]]) -> None:
    while True:
        due = time.perf_counter() + EVERY
        await asyncio.sleep(EVERY)
        now = time.perf_counter()
        found.append((now, now - due))


async def paced(stopping: asyncio.Event, telegram_url: str, port: str, path: str) -> None:
    await product(stopping, telegram_url, port, path, paced=True)


# ---------------------------------------------------------------- aiogram as most bots use it
async def plain(stopping: asyncio.Event, telegram_url: str, port: str) -> None:
    async def nothing(_: Any) -> None: ...

    await _aiogram(stopping, telegram_url, int(port), nothing)


async def orm(stopping: asyncio.Event, telegram_url: str, port: str, path: str) -> None:
    """What a press costs where each handler has a session: read the order, change it, its event, a notification."""
    from datetime import UTC, datetime

    from sqlalchemy import event, select
    from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine

    import models.tables  # noqa: F401 - every table that another one names
    from bench.servers import _columns, _pragmas
    from models.order import Order, OrderEvent
    from models.outbox import Notification

    engine = create_async_engine(f"sqlite+aiosqlite:///{path}", connect_args={"timeout": 60})
    event.listen(engine.sync_engine, "connect", _pragmas)
    sessions = async_sessionmaker(engine, expire_on_commit=False)
    numbers = itertools.count(1)
    async with sessions() as session:
        first = (await session.scalars(select(OrderEvent).limit(1))).one()
        ring = (await session.scalars(select(Notification).limit(1))).one()
        event_row, ring_row = _columns(first), _columns(ring)
        ids = list(await session.scalars(select(Order.id)))

    async def stored(query: Any) -> None:
        number = next(numbers)
        async with sessions() as session:
            order = await session.get_one(Order, ids[query.from_user.id // 100 % len(ids)])
            order.changed_at = datetime.now(UTC)
            session.add(OrderEvent(**(event_row | {"order_id": order.id, "cause": f"press:{number}"})))
            session.add(Notification(**(ring_row | {"order_id": order.id, "dedupe": f"press:{number}"})))
            await session.commit()

    await _aiogram(stopping, telegram_url, int(port), stored)
    await engine.dispose()


async def _aiogram(stopping: asyncio.Event, telegram_url: str, port: int, before: Press) -> None:
    from aiogram.webhook.aiohttp_server import SimpleRequestHandler
    from aiohttp import web

    bot, dispatcher = _usual(telegram_url, before)
    app = web.Application()
    SimpleRequestHandler(dispatcher, bot, secret_token=SECRET).register(app, path=PATH)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    await bot.set_webhook(f"http://127.0.0.1:{port}{PATH}", secret_token=SECRET)
    print("ready", flush=True)
    await stopping.wait()
    await runner.cleanup()
    await bot.session.close()


async def poller(stopping: asyncio.Event, telegram_url: str) -> None:
    async def nothing(_: Any) -> None: ...

    bot, dispatcher = _usual(telegram_url, nothing)
    print("ready", flush=True)
    polling = asyncio.ensure_future(dispatcher.start_polling(bot, handle_signals=False))
    await stopping.wait()
    await dispatcher.stop_polling()
    await polling


def _usual(telegram_url: str, before: Press) -> tuple[Any, Any]:
    from aiogram import Bot, Dispatcher
    from aiogram.client.session.aiohttp import AiohttpSession
    from aiogram.client.telegram import TelegramAPIServer
    from aiogram.types import CallbackQuery, Message

    numbers = itertools.count(1)
    dispatcher = Dispatcher()

    async def press(query: CallbackQuery) -> None:
        await before(query)
        await query.answer("done")
        if isinstance(query.message, Message):
            text = f"{next(numbers)}\n{query.message.text}"[:400]
            await query.message.edit_text(text, reply_markup=query.message.reply_markup)

    async def message(said: Message) -> None:
        await said.answer("heard")

    dispatcher.callback_query.register(press)
    dispatcher.message.register(message)
    session = AiohttpSession(api=TelegramAPIServer.from_base(telegram_url))
    return Bot(TOKEN, session=session), dispatcher


async def ptb(stopping: asyncio.Event, telegram_url: str) -> None:
    from telegram.ext import ApplicationBuilder, MessageHandler, filters  # type: ignore[import-not-found]

    async def heard(update: Any, _: Any) -> None:
        await update.message.reply_text("heard")

    application = ApplicationBuilder().token(TOKEN).base_url(f"{telegram_url}/bot").build()
    application.add_handler(MessageHandler(filters.ALL, heard))
    async with application:
        await application.start()
        await application.updater.start_polling()
        print("ready", flush=True)
        await stopping.wait()
        await application.updater.stop()
        await application.stop()


# ---------------------------------------------------------------- all of them
KINDS: dict[str, Callable[..., Awaitable[None]]] = {
    "product": product,
    "both": both,
    "paced": paced,
    "plain": plain,
    "orm": orm,
    "poller": poller,
    "ptb": ptb,
}


async def serve(kind: str, *words: str) -> None:
    stopping = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stopping.set)
    await KINDS[kind](stopping, *words)


if __name__ == "__main__":
    logging.disable(logging.INFO)
    if sys.argv[1] in ("product", "both", "paced"):
        from bot.logs import configure

        configure("WARNING", "console")
    asyncio.run(serve(*sys.argv[1:]))
