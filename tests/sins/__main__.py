"""`make sins`: each deliberate breakage of this folder must turn the tests that it names red (promise P17).

A sin is a patch with a sentence above it and the tests that are to catch it. It is applied to a copy of the
tree. Red means that the test ran and failed: a tree that cannot even be loaded proves nothing. All tests that
are named must be green in a copy without any sin, in the same run.
"""

import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console
from rich.markup import escape
from rich.table import Table

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
LEFT = shutil.ignore_patterns(".*", "var", "*.db", "results")
AT_ONCE = 2
SECONDS = 240


class NotApplied(Exception):
    """The patch does not fit the code any more; says what `git apply` said."""


@dataclass(frozen=True)
class Sin:
    name: str
    why: str
    tests: tuple[str, ...]
    patch: Path

    @classmethod
    def read(cls, path: Path) -> "Sin":
        head = path.read_text(encoding="utf-8").partition("\n--- ")[0]
        tests = tuple(re.findall(r"^expects: (\S+)$", head, re.MULTILINE))
        if not tests:
            raise ValueError(f"{path.name} names no test: it needs a line `expects: tests/...::test`")
        return cls(path.stem, head.partition("\n")[0], tests, path)


@dataclass(frozen=True)
class Run:
    """What became of the named tests: node id without parameters -> words such as {"PASSED"}."""

    outcomes: dict[str, set[str]]
    reasons: tuple[str, ...]
    said: str

    def all(self, tests: Iterable[str], outcome: str) -> bool:
        return all(outcome in self.outcomes.get(test, ()) for test in tests)

    def only(self, tests: Iterable[str], outcome: str) -> bool:
        return all(self.outcomes.get(test) == {outcome} for test in tests)


def copied(folder: Path) -> Path:
    tree = folder / "tree"
    shutil.copytree(ROOT, tree, ignore=LEFT)
    return tree


def apply(sin: Sin, tree: Path) -> None:
    """Raises NotApplied."""
    done = subprocess.run(
        ["git", "apply", "--whitespace=nowarn", str(sin.patch)],
        cwd=tree,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise NotApplied(done.stderr.strip())


def run(tree: Path, tests: Iterable[str]) -> Run:
    """The tests, on SQLite: PostgreSQL would say the same again."""
    options = ["-vv", "-rA", "-p", "no:cacheprovider", "-k", "not postgres", "-W", "default", "--tb=line"]
    try:
        done = subprocess.run(
            [sys.executable, "-m", "pytest", *options, *tests],
            cwd=tree,
            capture_output=True,
            text=True,
            check=False,
            timeout=SECONDS,
        )
    except subprocess.TimeoutExpired:
        return Run({}, (), f"not done within {SECONDS} s")
    outcomes: dict[str, set[str]] = {}
    for outcome, test in re.findall(r"^(PASSED|FAILED|ERROR) ([^\s\[]+)", done.stdout, re.MULTILINE):
        outcomes.setdefault(test, set()).add(outcome)
    reasons = tuple(re.findall(r"^FAILED \S+ - (.*)$", done.stdout, re.MULTILINE))
    return Run(outcomes, reasons, done.stdout[-3000:] + done.stderr[-1000:])


def verdict(sin: Sin) -> tuple[bool, str, str]:
    """Whether it was caught, in a word, and what the tests said."""
    with TemporaryDirectory(prefix="orderbell-sin-") as folder:
        tree = copied(Path(folder))
        try:
            apply(sin, tree)
        except NotApplied as error:
            return False, "does not apply", str(error)
        ran = run(tree, sin.tests)
    if ran.all(sin.tests, "FAILED"):
        return True, "red", "; ".join(dict.fromkeys(ran.reasons))
    if any("PASSED" in words for words in ran.outcomes.values()):
        return False, "stays green", ran.said
    return False, "did not run", ran.said


def green(sins: Iterable[Sin]) -> Run:
    with TemporaryDirectory(prefix="orderbell-sin-") as folder:
        return run(copied(Path(folder)), sorted({test for sin in sins for test in sin.tests}))


def chosen(words: Sequence[str]) -> list[Path]:
    """The patches whose names begin with one of these; all where none is named."""
    return [path for path in sorted(HERE.glob("*.patch")) if not words or path.name.startswith(tuple(words))]


def main() -> int:
    console = Console()
    if not console.is_terminal:
        console.width = 150
    begun = time.monotonic()
    sins = [Sin.read(path) for path in chosen(sys.argv[1:])]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        without = pool.submit(green, sins)
        verdicts = list(pool.map(verdict, sins))
        clean = without.result()
    table = Table("sin", "without it", "with it", "caught by", "which says")
    failures: list[str] = []
    for sin, (caught, word, said) in zip(sins, verdicts, strict=True):
        was_green = clean.only(sin.tests, "PASSED")
        if not was_green:
            failures.append(f"{sin.name}: not green without the sin")
        if not caught:
            failures.append(f"{sin.name}: {word}\n{said}")
        table.add_row(
            sin.name,
            "[green]green" if was_green else "[bold red]NOT GREEN",
            f"[green]{word}" if caught else f"[bold red]{word.upper()}",
            "\n".join(test.rpartition("::")[2] for test in sin.tests),
            escape(said[:90]) if caught else "",
        )
    console.print(table)
    if not all(clean.only(sin.tests, "PASSED") for sin in sins):
        failures.append(clean.said)
    for failure in failures:
        console.print(failure, markup=False, highlight=False, style="red")
    caught_all = sum(caught for caught, _, _ in verdicts)
    console.print(f"{caught_all} of {len(sins)} sins caught, {time.monotonic() - begun:.0f} s")
    return 1 if failures or not sins else 0


if __name__ == "__main__":
    raise SystemExit(main())
