"""The door for Telegram's webhook: only the secret opens it, and it answers after the commit."""

import asyncio
import gzip
import json
import shutil
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from sqlalchemy import make_url

from bot.demo.person import Person
from bot.demo.telegram import FakeTelegram
from bot.inbox.store import Inbox
from handlers.web import webhooks
from handlers.web.listen import listen
from handlers.web.server import Limits, build
from models import db as db_module
from models.db import Database
from tests.inbox.stage import BOT, Clock, Desk, message, rows, soon, states, waits_for
from tests.web.stand_in import NOW, Keyring, Shelf

SECRET = "a-Secret_of-Orderbell-0001"


@pytest.fixture
def database_url(migrated_sqlite: Path, tmp_path: Path) -> str:
    """One kind is enough here: what is stored how is tests/inbox/test_store.py."""
    shutil.copy(migrated_sqlite, tmp_path / "bot.db")
    return f"sqlite+aiosqlite:///{tmp_path}/bot.db"


@dataclass
class Door:
    url: str
    http: aiohttp.ClientSession

    async def knocks(self, body: Any, secret: str | None = SECRET, **headers: str) -> tuple[int, Any]:
        """Status and headers of the answer."""
        given = {} if secret is None else {webhooks.HEADER: secret}
        async with self.http.post(self.url, data=body, headers=given | headers) as response:
            await response.read()
            return response.status, response.headers


@pytest.fixture
async def door(desk: Desk, http: aiohttp.ClientSession) -> AsyncIterator[Door]:
    async with opened(desk.inbox) as url:
        yield Door(url, http)


@asynccontextmanager
async def opened(inbox: Inbox) -> AsyncIterator[str]:
    """The door's URL."""

    async def ready() -> None:
        return None

    routes = webhooks.routes(inbox.store, SECRET, bot_id=BOT)
    app = build(Keyring(), Shelf(), ready=ready, now=lambda: NOW, limits=Limits(), routes=routes)
    runner = await listen(app, "127.0.0.1", 0)
    yield f"http://127.0.0.1:{runner.addresses[0][1]}{webhooks.TELEGRAM_PATH}"
    await runner.cleanup()


async def test_an_update_is_stored_and_handled(door: Door, desk: Desk) -> None:
    status, _ = await door.knocks(message(7, "раз"))
    assert status == 200
    assert (await rows(desk.db))["7"].bot_id == BOT
    await desk.idle()
    assert desk.handler.texts == ["раз"]


@pytest.mark.case("L6", "B1")
async def test_any_amount_of_junk_without_the_secret_never_comes_to_the_database(
    door: Door, desk: Desk
) -> None:
    commits = desk.db.commits
    for _ in range(10):
        answers = await asyncio.gather(*(door.knocks(message(7), f"guess-{at}") for at in range(50)))
        assert {status for status, _ in answers} == {401}
    assert desk.db.commits == commits
    assert await rows(desk.db) == {}
    assert (await door.knocks(message(7)))[0] == 200


@pytest.mark.case("B1")
@pytest.mark.parametrize(
    "secret", [None, "", "wrong", SECRET[:-1], SECRET + "x", SECRET.lower(), "секрет", "\u00ff" * 40]
)
async def test_without_the_secret_nothing_is_stored(door: Door, desk: Desk, secret: str | None) -> None:
    status, _ = await door.knocks(message(7), secret)
    assert status == 401
    assert await rows(desk.db) == {}


@pytest.mark.case("B1")
async def test_bytes_that_are_no_text_and_two_secrets_open_nothing(door: Door, desk: Desk) -> None:
    port = int(door.url.split(":")[2].split("/")[0])
    for lines in (
        b"X-Telegram-Bot-Api-Secret-Token: \xff\xfe\x80\r\n",
        b"X-Telegram-Bot-Api-Secret-Token: %s\r\n" % SECRET.encode() * 2,
    ):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        body = message(7)
        writer.write(
            b"POST /webhooks/telegram HTTP/1.1\r\nHost: x\r\n%sContent-Length: %d\r\n\r\n%s"
            % (lines, len(body), body)
        )
        assert (await reader.readline()).split()[1] in (b"400", b"401")
        writer.close()
    assert await rows(desk.db) == {}


@pytest.mark.case("B1")
@pytest.mark.parametrize("secret", ["", " ", "пароль", "with space", "x" * 257])
def test_a_door_without_a_secret_is_not_built(secret: str) -> None:
    async def store(_: object) -> int:
        return 0

    with pytest.raises(ValueError, match="secret"):
        webhooks.routes(store, secret, bot_id=BOT)


@pytest.mark.case("B3")
@pytest.mark.parametrize("name", ["X-Forwarded-For", "X-Real-IP", "Forwarded"])
async def test_an_address_opens_nothing(door: Door, desk: Desk, name: str) -> None:
    status, _ = await door.knocks(message(7), None, **{name: "149.154.167.220"})
    assert status == 401
    assert await rows(desk.db) == {}


@pytest.mark.case("B4")
async def test_the_same_update_again_is_thanked_for_and_has_no_effect(door: Door, desk: Desk) -> None:
    for _ in range(3):
        assert (await door.knocks(message(7)))[0] == 200
    answers = await asyncio.gather(*(door.knocks(message(8)) for _ in range(50)))
    assert {status for status, _ in answers} == {200}
    await desk.idle()
    assert sorted(desk.handler.texts) == ["7", "8"]


@pytest.mark.case("B6")
@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"no json",
        b"[]",
        b'"text"',
        b"[" * 100_000,
        b'{"a":' * 10_000 + b"1" + b"}" * 10_000,
        b"\xff\xfe",
        gzip.compress(message(7)),
        b'{"message":{"text":"no id"}}',
        b'{"update_id":{"$gt":0}}',
    ],
    ids=range(10),
)
async def test_what_cannot_be_read_is_thanked_for_and_kept_as_a_dead_letter(
    door: Door, desk: Desk, body: bytes
) -> None:
    headers = {"Content-Encoding": "gzip"} if body[:2] == b"\x1f\x8b" else {}
    for _ in range(2):
        assert (await door.knocks(body, **headers))[0] == 200
    await desk.idle()
    assert list((await states(desk.db)).values()) == ["dead"]
    assert (desk.worker.dead, desk.handler.got) == (1, [])


@pytest.mark.case("B6")
async def test_a_body_beyond_the_cap_is_refused(door: Door, desk: Desk) -> None:
    largest = message(7)[:-1] + b" " * (256 * 1024 - len(message(7))) + b"}"
    assert len(largest) == 256 * 1024
    assert (await door.knocks(largest))[0] == 200
    assert (await door.knocks(largest + b" "))[0] == 413
    assert (await door.knocks(BytesIO(b"x" * 2 * 2**20)))[0] == 413

    async def chunks() -> AsyncIterator[bytes]:
        for _ in range(40):
            yield b" " * 10_000

    assert (await door.knocks(chunks()))[0] == 413
    assert list(await rows(desk.db)) == ["7"]


async def test_only_post_is_known_here(door: Door) -> None:
    async with door.http.get(door.url) as response:
        assert response.status == 405


@pytest.mark.case("B11")
async def test_a_slow_handler_does_not_delay_the_answer(door: Door, desk: Desk) -> None:
    """Handlers that take 70 s, in more chats than are served at once; they end when the test does."""
    gate = asyncio.Event()
    desk.handler.acts["a"] = [waits_for(gate)]
    for chat in range(12):
        assert (await door.knocks(message(chat, "a", chat=chat)))[0] == 200
    assert desk.handler.at_work == 8
    gate.set()
    await desk.idle()
    assert desk.worker.handled == 12


@pytest.mark.case("B12")
async def test_a_locked_database_is_a_503_and_telegram_comes_again(
    database_url: str,
    clock: Clock,
    http: aiohttp.ClientSession,
    fake: FakeTelegram,
    olena: Person,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(db_module, "BUSY_TIMEOUT", 0.1)
    db, locker = Database(database_url), db_module.sqlite_engine(make_url(database_url))
    db.start()
    desk = Desk(db, clock)
    desk.worker.start()
    async with opened(desk.inbox) as url:
        door = Door(url, http)
        with locker.begin():
            status, headers = await door.knocks(message(7, "раз"))
            assert (status, headers["Retry-After"]) == (503, "5")
            await _set_webhook(http, fake, url)
            olena.types("два")
            await soon(lambda: fake.receiving.webhooks.attempts >= 1)
            assert desk.handler.got == []
        assert (await door.knocks(message(7, "раз")))[0] == 200
        await desk.handler.until(lambda: sorted(desk.handler.ended) == ["два", "раз"])
        await soon(lambda: fake.pending_updates == 0)
        await fake.receiving.webhooks.remove()
    locker.dispose()
    await desk.worker.stop()
    await db.stop()


async def _set_webhook(http: aiohttp.ClientSession, fake: FakeTelegram, url: str) -> None:
    told = {"url": url, "secret_token": SECRET}
    async with http.post(f"{fake.url}/bot{fake.token}/setWebhook", json=told) as response:
        assert response.status == 200


async def test_telegram_and_the_door_understand_each_other(
    door: Door, desk: Desk, fake: FakeTelegram, http: aiohttp.ClientSession
) -> None:
    people = [fake.person(f"Покупець {number}") for number in range(5)]
    await _set_webhook(http, fake, door.url)
    for number in range(4):
        for person in people:
            person.types(f"{person.id}:{number}")
    await desk.handler.until(lambda: len(desk.handler.ended) == 20)
    await soon(lambda: fake.pending_updates == 0)
    for person in people:
        ended = [text for text in desk.handler.ended if text.startswith(f"{person.id}:")]
        assert ended == [f"{person.id}:{number}" for number in range(4)]
    assert fake.violations == []
    await fake.receiving.webhooks.remove()


async def test_the_answer_is_json_and_no_method_call(door: Door) -> None:
    async with door.http.post(door.url, data=message(7), headers={webhooks.HEADER: SECRET}) as response:
        assert json.loads(await response.read()) == {}
        assert response.headers["Server"] == "orderbell"


def test_the_receivers_answer_before_aiogram_is_there() -> None:
    modules = "handlers.web.webhooks, bot.inbox.store, bot.inbox.worker, bot.inbox.polling"
    program = f"import sys, {modules}; sys.exit('aiogram' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], timeout=60).returncode == 0
