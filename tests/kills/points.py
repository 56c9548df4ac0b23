"""The named points at which the product may be killed, found in its own syntax trees."""

import ast
import asyncio
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path

from bot.demo.telegram import Kind
from tests.kills.world import PATIENCE, World

ROOT = Path(__file__).parents[2]
FLOORS = ("bot", "handlers", "models", "scheduler")


def named_points() -> list[str]:
    """Every literal that `crashpoint()` is called with."""
    found: set[str] = set()
    for floor in FLOORS:
        for path in (ROOT / floor).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if (
                    isinstance(node, ast.Call)
                    and isinstance(node.func, ast.Name)
                    and node.func.id == "crashpoint"
                ):
                    argument = node.args[0]
                    assert isinstance(argument, ast.Constant), f"{path}:{node.lineno}: a name, in letters"
                    found.add(str(argument.value))
    return sorted(found)


ONCE_A_LIFE = frozenset(
    {
        "db.before_run_commit",
        "db.run_committed",
        "deadlines.before_claim",
        "deadlines.claimed",
        "inbox.loaded",
        "leader.taken",
        "outbox.requeued",
        "telegram.before_meet",
        "telegram.met",
    }
)
"""Passed once while starting: the n-th time is the n-th life in a row that dies there."""


def _webhook_only(name: str) -> bool:
    return name.startswith("webhook.")


def points_of(world: World) -> list[str]:
    """Those that can be reached by this way of receiving updates."""
    return [
        name for name in named_points() if (_webhook_only(name) if world.webhook else not _webhook_only(name))
    ]


async def _poisoned(world: World) -> None:
    for _ in range(3):
        world.poison()


async def _unsent(world: World) -> None:
    world.fake.faults.script(Kind.SERVER_ERROR, method="sendMessage", times=12)


async def _not_parsed(world: World) -> None:
    """Now and then one: the same message as plain text gets through."""
    for nth in range(1, 90, 15):
        world.fake.faults.script(Kind.CANT_PARSE, method="sendMessage", nth=nth)


async def _overdue(world: World) -> None:
    """Orders that nobody touches, and three hours later."""
    before = len(world.accepted)
    await world.starts_one()
    await world.answers_at_all()
    while len(world.accepted) < before + 6:  # noqa: ASYNC110 - the site tells nobody
        await asyncio.sleep(0.05)
    await world.kills_it()
    world.leaps(hours=3)


async def _forgetting(world: World) -> None:
    """A buyer is asked whether all is to be erased, and says yes while nobody runs."""
    await world.starts_one()
    await world.answers_at_all()
    buyer = world.fake.person("Покупець")
    taken = await world.posts_one(told=False, linked=False)
    buyer.types(f"/start {taken.start}")
    await buyer.sees(taken.number, PATIENCE)
    buyer.types("/forget")
    await buyer.sees_button("Так, видалити", PATIENCE)
    await world.kills_it()
    buyer.presses("Так, видалити")


async def _pictured(world: World) -> None:
    """A buyer sends pictures while nobody runs."""
    await world.starts_one()
    await world.answers_at_all()
    buyer = world.fake.person("Покупець")
    taken = await world.posts_one(told=False, linked=False)
    buyer.types(f"/start {taken.start}")
    await buyer.sees(taken.number, PATIENCE)
    await world.kills_it()
    for _ in range(4):
        buyer.sends_photo()


PREPARED: Mapping[str, Callable[[World], Awaitable[None]]] = {
    "inbox.before_bury": _poisoned,
    "inbox.buried": _poisoned,
    "outbox.unsent": _unsent,
    "outbox.unsent_settled": _unsent,
    "telegram.before_plain": _not_parsed,
    "telegram.plain_sent": _not_parsed,
    "telegram.before_media": _pictured,
    "telegram.media_sent": _pictured,
    "deadlines.claimed": _overdue,
    "people.before_forget": _forgetting,
    "people.forgotten": _forgetting,
    "blanking.before_edit": _forgetting,
    "blanking.edited": _forgetting,
}
"""What must happen in the world before such a point is reached. The product is dead meanwhile."""
