"""`python -m bot shop add` as a person in a terminal calls it (contract 1)."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


def shop_add(folder: Path, marketplace: str) -> subprocess.CompletedProcess[str]:
    call = [sys.executable, "-m", "bot", "shop", "add", "Самовар", "--marketplace", marketplace, "--json"]
    settings = {
        "DATABASE_URL": f"sqlite+aiosqlite:///{folder}/bot.db",
        "SECRET_KEY": "only-for-tests-only-for-tests-only",
        "PYTHONPATH": str(ROOT),
        "PYTHONUTF8": "1",
    }
    return subprocess.run(call, cwd=folder, env=settings, capture_output=True, text=True, timeout=120)


@pytest.mark.parametrize("marketplace", ["rozetka", "globus", "own"])
def test_a_shop_on_every_marketplace_is_opened_from_the_terminal(tmp_path: Path, marketplace: str) -> None:
    done = shop_add(tmp_path, marketplace)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert (told["shop_id"], told["invite"]["role"]) == (1, "owner")


def test_an_unknown_marketplace_is_one_clear_line_and_nothing_is_half_done(tmp_path: Path) -> None:
    done = shop_add(tmp_path, "bazaar")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.splitlines() == ["--marketplace: 'bazaar' is not one of rozetka, globus, own."]
    assert json.loads(shop_add(tmp_path, "own").stdout)["shop_id"] == 1
