"""What the outbox's tests do again and again: let time pass until something is so, and count what was told."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.demo.telegram.messages import Message
from bot.demo.telegram.watching import Watcher
from models.outbox import Notification
from tests.stage import Stage

PATIENCE = 0.3
"""Seconds after which the wire gives up in these tests."""


async def flows(
    stage: Stage, until: Callable[[], object], *, step: float = 2.0, within: float = 60.0
) -> None:
    """Time leaps, `step` seconds at a time, until something is so."""
    async with asyncio.timeout(within):
        while not until():
            stage.clock.goes(seconds=step)
            assert stage.app.delivery is not None
            stage.app.delivery.nudge()
            await asyncio.sleep(0.01)


async def leaps(stage: Stage, **amount: float) -> None:
    """The clock leaps, and delivery looks; it is not waited for."""
    stage.clock.now += timedelta(**amount)
    stage.clock.goes(seconds=0)
    assert stage.app.delivery is not None
    stage.app.delivery.nudge()
    await asyncio.sleep(0.05)


def told(person: Watcher, number: str) -> list[Message]:
    """The bot's messages in this chat that name the order, oldest first."""
    return [message for message in person.messages if message.sender.is_bot and number in message.text]


async def rings(stage: Stage, number: str) -> list[dict[str, Any]]:
    """What GET says of the order's notifications to the shop's people."""
    state = await stage.state(number)
    return [row for row in state["notifications"] if row["recipient"] != "buyer"]


async def rows(stage: Stage) -> list[Notification]:
    def query(session: Session) -> list[Notification]:
        return list(session.scalars(select(Notification).order_by(Notification.id)))

    return await stage.app.db.read(query)
