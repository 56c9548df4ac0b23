"""`python -m bot` as a person in a terminal calls it: what contract 1 says of shops, keys and invites."""

import asyncio
import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import jsonschema  # type: ignore[import-untyped]
import pytest

from models.worktime import WorkSchedule
from tests.stage import PATIENCE, Stage, order

ROOT = Path(__file__).parent.parent
Done = subprocess.CompletedProcess[str]

INVITE = {
    "type": "object",
    "additionalProperties": False,
    "required": ["role", "start", "telegram", "viber", "expires_at"],
    "properties": {
        "role": {"enum": ["owner", "manager", "packer", "observer"]},
        "start": {"type": "string", "pattern": "^[A-Za-z0-9_-]{1,64}$"},
        "telegram": {
            "type": ["string", "null"],
            "pattern": r"^https://t\.me/[A-Za-z0-9_]+\?start=[A-Za-z0-9_-]+$",
        },
        "viber": {
            "type": ["string", "null"],
            "pattern": r"^viber://pa\?chatURI=[A-Za-z0-9_%-]+&context=[A-Za-z0-9_-]+$",
        },
        "expires_at": {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$"},
    },
}


def bot(folder: Path, *words: str, **settings: str) -> Done:
    told = {
        "DATABASE_URL": f"sqlite+aiosqlite:///{folder}/bot.db",
        "SECRET_KEY": "only-for-tests-only-for-tests-only",
        "PATH": os.defpath,
        "PYTHONPATH": str(ROOT),
        "PYTHONUTF8": "1",
    }
    call = [sys.executable, "-m", "bot", *words]
    return subprocess.run(call, cwd=folder, env=told | settings, capture_output=True, text=True, timeout=120)


def told(done: Done) -> Any:
    """What was printed: one JSON object and nothing else."""
    assert (done.returncode, done.stderr) == (0, ""), done.stderr
    assert done.stdout.count("\n") == 1
    return json.loads(done.stdout)


def refused(done: Done) -> str:
    """One clear line, status 2."""
    assert (done.returncode, done.stdout) == (2, ""), done
    (line,) = done.stderr.splitlines()
    return line


def shop_add(folder: Path, marketplace: str) -> Done:
    return bot(folder, "shop", "add", "Самовар", "--marketplace", marketplace, "--json")


@pytest.fixture
def home(tmp_path: Path, migrated_sqlite: Path) -> Path:
    """A folder with a database that has one shop, number 1."""
    (tmp_path / "bot.db").write_bytes(migrated_sqlite.read_bytes())
    hours = WorkSchedule.parse("Mon-Fri 09:00-18:00").to_json()
    with closing(sqlite3.connect(tmp_path / "bot.db")) as database, database:
        database.execute(
            "INSERT INTO shops (name, marketplace, hours, created_at) VALUES ('Самовар', 'rozetka', ?, ?)",
            (hours, "2026-03-02 08:00:00"),
        )
    return tmp_path


@pytest.mark.parametrize("marketplace", ["rozetka", "globus", "own"])
def test_a_shop_on_every_marketplace_is_opened_from_the_terminal(tmp_path: Path, marketplace: str) -> None:
    shop = told(shop_add(tmp_path, marketplace))
    assert set(shop) == {"shop_id", "api_key", "invite"}
    assert (shop["shop_id"], shop["invite"]["role"]) == (1, "owner")
    jsonschema.validate(shop["invite"], INVITE)


def test_an_unknown_marketplace_is_one_clear_line_and_nothing_is_half_done(tmp_path: Path) -> None:
    line = refused(shop_add(tmp_path, "bazaar"))
    assert line == "--marketplace: 'bazaar' is not one of rozetka, globus, own."
    assert json.loads(shop_add(tmp_path, "own").stdout)["shop_id"] == 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("add", "Б", "--marketplace", "own", "--hours", "Mon-Fri 9-99"), "--hours: unreadable"),
        (("add", "Б", "--marketplace", "own", "--timezone", "Mars/X"), 'try "Europe/Kyiv"'),
        (("add", "  ", "--marketplace", "own"), "NAME must have"),
        (("add", "\u200b\u00ad", "--marketplace", "own"), "some that can be seen"),
        (("add", "Б"), "Missing option '--marketplace'"),
        (("key", "7"), "SHOP: there is no shop '7'"),
        (("key", "²"), "SHOP: there is no shop '²'"),
        (("key", "1", "--revoke", "99"), "shop 1 has no key 99"),
        (("key", "1", "--revoke", "x"), "'--revoke'"),
        (("invite", "1"), "Missing option '--role'"),
        (("invite", "1", "--role", "boss"), "'boss' is not one of owner, manager, packer, observer"),
        (("invite", "9" * 30, "--role", "owner"), "SHOP: there is no shop"),
        (("connect",), "No such command 'connect'"),
    ],
    ids=lambda value: " ".join(value)[:40] if isinstance(value, tuple) else "",
)
def test_a_bad_value_is_one_clear_line(home: Path, words: tuple[str, ...], said: str) -> None:
    assert said in refused(bot(home, "shop", *words))
    with closing(sqlite3.connect(home / "bot.db")) as database:
        for table, rows in (("shops", 1), ("api_keys", 0), ("invites", 0)):
            assert database.execute(f"SELECT count(*) FROM {table}").fetchone() == (rows,)


def test_shops_are_listed_for_people_and_for_tools(home: Path) -> None:
    assert told(bot(home, "shop", "list", "--json")) == {
        "shops": [{"shop_id": 1, "name": "Самовар", "marketplace": "rozetka"}]
    }
    assert bot(home, "shop", "list").stdout == "1\trozetka\tСамовар\n"


def test_of_two_shops_with_one_name_none_is_taken_for_the_other(home: Path) -> None:
    shop_add(home, "own")
    line = refused(bot(home, "shop", "invite", "Самовар", "--role", "owner"))
    assert line == "SHOP: several shops are called 'Самовар': name one by its number, 1, 2."
    assert told(bot(home, "shop", "invite", "2", "--role", "owner", "--json"))["role"] == "owner"


async def test_a_key_from_the_terminal_opens_the_running_service_until_it_is_revoked(
    stage: Stage, tmp_path: Path
) -> None:
    settings = {"DATABASE_URL": stage.app.settings.database_url}
    shop = str(stage.shop.shop.id)

    async def key(*words: str) -> Any:
        return told(await asyncio.to_thread(bot, tmp_path, "shop", "key", shop, "--json", *words, **settings))

    made = await key()
    assert set(made) == {"shop_id", "key_id", "api_key"}
    assert (await stage.post(order(), key=made["api_key"])).status == 202
    revoked = await key("--revoke", str(made["key_id"]))
    assert revoked == {"shop_id": int(shop), "key_id": made["key_id"], "revoked": True}
    await asyncio.sleep(2.1)  # a key that was found is believed for two seconds
    assert (await stage.post(order(), key=made["api_key"])).status == 401
    assert (await stage.post(order())).status == 202


async def test_an_invite_from_the_terminal_lets_one_person_in_once(stage: Stage, tmp_path: Path) -> None:
    settings = {"DATABASE_URL": stage.app.settings.database_url, "BOT_USERNAME": "orderbell_bot"}
    words = ("shop", "invite", str(stage.shop.shop.id), "--role", "owner", "--json")
    invite = told(await asyncio.to_thread(lambda: bot(tmp_path, *words, **settings, BOT_TOKEN="1:abc")))
    jsonschema.validate(invite, INVITE)
    assert invite["telegram"] == f"https://t.me/orderbell_bot?start={invite['start']}"
    petro, stranger = stage.fake.person("Петро"), stage.fake.person("Чужий")
    petro.opens(invite["telegram"])
    await petro.sees("Вітаємо у магазині", PATIENCE)
    stranger.opens(invite["telegram"])
    await stranger.sees("Посилання не діє", PATIENCE)
