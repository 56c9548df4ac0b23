"""What a bench found: a table for people, JSON for the next one to compare with."""

import json
import math
import os
import platform
import sqlite3
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console
from rich.table import Table

RESULTS = Path(__file__).parent / "results"


@dataclass(frozen=True)
class Goal:
    """A row: what was measured, in which unit, and what it should be. `met` None: for comparison only. A value
    that is no number (NaN): not measured, and the note says why."""

    what: str
    value: float
    unit: str
    goal: str = ""
    met: bool | None = None
    note: str = ""


def at_least(what: str, value: float, least: float, unit: str, note: str = "") -> Goal:
    return Goal(what, value, unit, f">= {least:g} {unit}", value >= least, note)


def under(what: str, value: float, most: float, unit: str, note: str = "") -> Goal:
    return Goal(what, value, unit, f"< {most:g} {unit}", value < most, note)


def quantile(values: Sequence[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def show(title: str, goals: Sequence[Goal]) -> None:
    console = Console()
    if not console.is_terminal:
        console.width = 130
    table = Table("what", "measured", "goal", "met", "note", title=title, title_justify="left")
    for goal in goals:
        met = "" if goal.met is None else "[green]yes" if goal.met else "[bold red]NO"
        measured = "-" if math.isnan(goal.value) else f"{_figure(goal.value)} {goal.unit}"
        table.add_row(goal.what, measured, goal.goal, met, goal.note)
    console.print(table)


def write(name: str, goals: Sequence[Goal]) -> None:
    RESULTS.mkdir(exist_ok=True)
    told = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": machine(),
        "rows": [
            asdict(goal) | {"value": None if math.isnan(goal.value) else round(goal.value, 4)}
            for goal in goals
        ],
    }
    text = json.dumps(told, ensure_ascii=False, indent=2) + "\n"
    (RESULTS / f"{name}.json").write_text(text, encoding="utf-8")


def machine() -> dict[str, str | int]:
    """What figures depend on; no name and no path of it."""
    return {
        "cpus": os.cpu_count() or 0,
        "cpu": _cpu(),
        "system": platform.system(),
        "machine": platform.machine(),
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
    }


def _cpu() -> str:
    try:
        for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    except OSError:
        pass
    return "unknown"


def _figure(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"
