"""The import contracts of `pyproject.toml` bite: each sin is planted in a copy of the tree, and caught."""

import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
TOPS = ("bot", "handlers", "keyboards", "models", "scheduler")
LINT = Path(sys.executable).with_name("lint-imports")

SINS = [
    # contract, into which file, what
    ("floors", "models/worktime.py", "import bot.l10n"),
    ("floors", "models/sin.py", "import keyboards.screen"),
    ("floors", "bot/http.py", "import bot.l10n"),
    ("floors", "bot/l10n.py", "import bot.recipients"),
    ("floors", "bot/messengers/sin.py", "import bot.dialogues"),
    ("floors", "keyboards/sin.py", "import bot.notify"),
    ("floors", "bot/recipients.py", "import bot.orders"),
    ("floors", "bot/orders/sin.py", "import bot.outbox.store"),
    ("floors", "bot/outbox/sin.py", "import bot.orders"),
    ("floors", "bot/inbox/sin.py", "import bot.outbox"),
    ("floors", "bot/outbox/sin.py", "import handlers.screens"),
    ("floors", "handlers/sin.py", "import scheduler"),
    ("floors", "scheduler/sin.py", "import handlers.web.server"),
    ("floors", "scheduler/sin.py", "def late():\n    from bot.app import App"),
    ("tasks", "bot/tasks.py", "import models.base"),
    ("tasks", "bot/config.py", "import bot.l10n"),
    ("rules", "models/workflow.py", "import sqlalchemy"),
    ("rules", "models/workflows/sin.py", "from pydantic import BaseModel"),
    ("rules", "models/worktime.py", "import models.base"),  # by a chain: models.base imports sqlalchemy
    ("aiogram", "models/sin.py", "import aiogram"),
    ("aiogram", "bot/orders/sin.py", "from aiogram.types import Message"),
    ("aiogram", "bot/inbox/sin.py", "from aiogram import Bot"),
    ("aiogram", "scheduler/sin.py", "from aiogram import Bot"),
    ("aiogram", "handlers/web/sin.py", "from aiogram import Bot"),
    ("sqlalchemy", "handlers/seller/sin.py", "from sqlalchemy import select"),
    ("sqlalchemy", "keyboards/sin.py", "import sqlalchemy.orm"),
    ("sqlalchemy", "scheduler/sin.py", "from sqlalchemy.orm import Session"),
    ("config", "bot/orders/sin.py", "from bot.config import Settings"),
    ("config", "scheduler/sin.py", "import bot.secret"),
    ("config", "handlers/web/sin.py", "def late():\n    import bot.config"),
]


def contracts() -> list[dict[str, object]]:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    found: list[dict[str, object]] = settings["tool"]["importlinter"]["contracts"]
    return found


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of everything that the contracts speak about."""
    copy = tmp_path_factory.mktemp("tree")
    for top in TOPS:
        shutil.copytree(ROOT / top, copy / top, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", copy)
    return copy


def lint(tree: Path, *options: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [LINT, "--no-cache", "--no-logo", *options], cwd=tree, capture_output=True, text=True, timeout=60
    )


@contextmanager
def planted(tree: Path, file: str, sin: str) -> Iterator[None]:
    path = tree / file
    before = path.read_text(encoding="utf-8") if path.exists() else None
    path.write_text(f"{before or ''}\n{sin}\n", encoding="utf-8")
    try:
        yield
    finally:
        if before is None:
            path.unlink()
        else:
            path.write_text(before, encoding="utf-8")


def test_the_tree_as_it_is_keeps_every_contract(tree: Path) -> None:
    found = lint(tree)
    assert found.returncode == 0, found.stdout + found.stderr
    assert f"{len(contracts())} kept, 0 broken" in found.stdout


@pytest.mark.parametrize(("contract", "file", "sin"), SINS)
def test_a_sin_is_caught(tree: Path, contract: str, file: str, sin: str) -> None:
    module = file.removesuffix(".py").replace("/", ".")
    with planted(tree, file, sin):
        found = lint(tree, "--contract", contract)
    assert found.returncode == 1, found.stdout + found.stderr
    assert "0 kept, 1 broken" in found.stdout
    assert module in found.stdout.replace("\n", "")


def test_every_contract_has_its_sin() -> None:
    assert {contract["id"] for contract in contracts()} == {contract for contract, _, _ in SINS}


def test_every_module_of_the_machine_stands_on_a_floor() -> None:
    """A new module of `bot` that no layer names would be free to import anything."""
    layers = next(contract["layers"] for contract in contracts() if contract["id"] == "floors")
    assert isinstance(layers, list)
    named = {name.strip(" ()") for layer in layers for name in re.split("[|:]", layer)}
    there = {
        f"bot.{path.stem}"
        for path in (ROOT / "bot").iterdir()
        if path.name not in ("__init__.py", "__pycache__", "locales") and not path.name.startswith(".")
    }
    assert there - named == {"bot.tasks", "bot.config", "bot.logs", "bot.secret"}
    assert set(TOPS) - {"bot"} <= named
