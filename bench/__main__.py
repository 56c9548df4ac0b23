"""`make bench`: the goals of docs/speed.md, each with its limit or its peers measured in the same run.

    python -m bench [s1] [s2] ... [s9] [s11] [--short]

Prints a table a goal and writes bench/results/<name>.json. Exit status 1 if a goal is not met. Peers that are not
installed (`make bench` has them, .venv does not) are named as such.
"""

import argparse
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from bench import downtime, hanging, intake, pace, press, reminders, ring, start, viber, worktime
from bench.tables import Goal, show, write

ROOT = Path(__file__).parent.parent
BENCHES: dict[str, tuple[str, Callable[[Path, bool], list[Goal]]]] = {
    "s1": ("intake", intake.measure),
    "s2": ("press", press.measure),
    "s3": ("ring", ring.measure),
    "s4": ("reminders", reminders.measure),
    "s5": ("worktime", worktime.measure),
    "s6": ("pace", pace.measure),
    "s7": ("start", start.measure),
    "s8": ("downtime", downtime.measure),
    "s9": ("viber", viber.measure),
    "s11": ("hanging", hanging.measure),
}


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("which", nargs="*", metavar="s1|s3|...", help="all where none is named")
    parser.add_argument("--short", action="store_true", help="a glance: one short round, figures not written")
    asked = parser.parse_args()
    if unknown := set(asked.which) - set(BENCHES):
        parser.error(f"no such bench: {', '.join(sorted(unknown))}; there are {', '.join(BENCHES)}")
    met = True
    for key in asked.which or BENCHES:
        name, measure = BENCHES[key]
        # Beside the code and not in /tmp: that may be memory, and a commit to memory costs nothing.
        with TemporaryDirectory(prefix=".bench-", dir=ROOT) as folder:
            goals = measure(Path(folder), asked.short)
        show(f"{key.upper()} {name}", goals)
        if not asked.short:
            write(name, goals)
        met = met and all(goal.met is not False for goal in goals)
    return 0 if met else 1


if __name__ == "__main__":
    raise SystemExit(main())
