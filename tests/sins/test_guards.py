"""One test per promise that a sin of this folder breaks: through the front door, against the running product.

SQLite alone: two of the promises are SQLite's own, the others are kept by code that both databases share.
"""

import asyncio
import shutil
import socket
import sqlite3
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

import pytest
from sqlalchemy import Connection, Engine, event, text
from sqlalchemy.orm import Session

from bot.demo.person import Person
from bot.demo.telegram import Kind
from bot.demo.turbosms import FakeTurboSms
from bot.demo.viber import FakeViber
from bot.demo.viber import Kind as ViberKind
from bot.tasks import Tasks
from keyboards.callbacks import OrderButton
from models.people import Messenger
from models.roles import Role
from models.workflow import Action
from models.worktime import WorkSchedule
from tests.conversation.hands import calm, card, later, opening, press, taken_in
from tests.privacy import Ear
from tests.stage import Stage, TheClock, open_stage, order

LONG = 0.4
"""Seconds in which whatever should wait for a commit has every chance not to."""


@pytest.fixture
def database_url(migrated_sqlite: Path, tmp_path: Path) -> str:
    shutil.copy(migrated_sqlite, tmp_path / "bot.db")
    return f"sqlite+aiosqlite:///{tmp_path}/bot.db"


class Held:
    """A commit that waits: everything of it is done but the commit itself."""

    def __init__(self, table: str) -> None:
        self._count = f"SELECT count(*) FROM {table}"
        self._known: int | None = None
        self._begun = threading.Event()
        self._free = threading.Event()

    def __call__(self, connection: Connection) -> None:
        if self._free.is_set():
            return
        rows = connection.exec_driver_sql(self._count).scalar_one()
        if self._known is None or rows <= self._known:
            self._known = rows
            return
        self._begun.set()
        self._free.wait(20)

    async def begun(self) -> None:
        assert await asyncio.to_thread(self._begun.wait, 10)

    def goes_on(self) -> None:
        self._free.set()


@contextmanager
def held_commit(table: str) -> Iterator[Held]:
    """Holds the next commit that adds a row to the table."""
    held = Held(table)
    event.listen(Engine, "commit", held)
    try:
        yield held
    finally:
        held.goes_on()
        event.remove(Engine, "commit", held)


async def any_commit(stage: Stage) -> None:
    """So that a held commit knows how many rows there were before."""
    await stage.app.db.write(lambda session: session.execute(text("SELECT 1")).scalar_one())


def forged(person: Person, action: Action, label: str) -> str:
    """What the button of another action would carry, made from one that is on the person's screen."""
    message = person.bearing(label, person.chat)
    assert message is not None
    button = message.button(label)
    assert button is not None
    return OrderButton.unpack(button["callback_data"]).model_copy(update={"action": action}).pack()


async def test_an_order_is_answered_only_after_its_commit(stage: Stage) -> None:
    tasks = Tasks()
    with held_commit("orders") as held:
        await any_commit(stage)
        asked = tasks.start(stage.post(order()), name="the shop's site")
        await held.begun()
        await asyncio.sleep(LONG)
        assert not asked.done(), "202 before the commit"
        held.goes_on()
        assert (await asked).status == 202
    await tasks.stop()


async def test_a_poll_confirms_only_what_is_committed(stage: Stage) -> None:
    await stage.quiet()
    with held_commit("updates") as held:
        await any_commit(stage)
        stage.owner.types("/help")
        await held.begun()
        await asyncio.sleep(LONG)
        assert stage.fake.pending_updates == 1, "confirmed before the commit"
        held.goes_on()
        for _ in range(500):
            if stage.fake.pending_updates == 0:
                break
            await asyncio.sleep(0.02)
        assert stage.fake.pending_updates == 0


async def test_a_webhook_is_answered_only_after_the_commit(database_url: str) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    secret = "only-for-tests"
    webhook = {
        "telegram_updates": "webhook",
        "port": port,
        "public_url": f"http://127.0.0.1:{port}",
        "telegram_webhook_secret": secret,
    }
    tasks = Tasks()
    async with open_stage(database_url, **webhook) as stage:
        await stage.quiet()
        update = {
            "update_id": 900_000_001,
            "message": {"message_id": 1, "date": 0, "chat": {"id": 5, "type": "private"}},
        }

        async def telegram_brings_it() -> int:
            async with stage.http.post(
                f"{stage.app.url}/webhooks/telegram",
                json=update,
                headers={"X-Telegram-Bot-Api-Secret-Token": secret},
            ) as answer:
                return answer.status

        with held_commit("updates") as held:
            await any_commit(stage)
            asked = tasks.start(telegram_brings_it(), name="Telegram")
            await held.begun()
            await asyncio.sleep(LONG)
            assert not asked.done(), "200 before the commit"
            held.goes_on()
            assert await asked == 200
        await tasks.stop()


async def test_what_has_not_gone_out_is_not_called_sent(stage: Stage) -> None:
    await stage.quiet()
    stage.fake.faults.script(Kind.HANG, method="sendMessage", chat=stage.owner)
    taken = await stage.orders()
    async with asyncio.timeout(30):
        await stage.fake.faults.until_hanging()
    rings = [n["state"] for n in (await stage.state(taken["number"]))["notifications"]]
    stage.fake.faults.release()
    assert rings == ["sending"], "called sent while it is not"
    await stage.owner.sees(taken["number"])


async def test_a_commit_waits_for_the_disk(stage: Stage) -> None:
    def pragma(session: Session) -> int:
        return int(session.execute(text("PRAGMA synchronous")).scalar_one())

    assert await stage.app.db.write(pragma) == 2, "FULL, or a power cut takes acknowledged orders along"


async def test_a_unit_that_reads_and_then_writes_is_never_locked_out(stage: Stage, tmp_path: Path) -> None:
    """Another process (`shop add`) writes between a unit's reading and its writing."""
    await stage.quiet()

    def unit(session: Session) -> int:
        session.execute(text("SELECT count(*) FROM shops")).scalar_one()
        other = sqlite3.connect(tmp_path / "bot.db", timeout=0.05)
        try:
            other.execute("UPDATE shops SET name = 'other'")
            other.commit()
        except sqlite3.OperationalError:
            other.rollback()
        finally:
            other.close()
        return int(session.execute(text("UPDATE shops SET name = 'mine' RETURNING id")).scalar_one())

    assert await stage.app.db.write(unit) == stage.shop.shop.id


async def test_an_update_that_is_handled_twice_has_one_effect(stage: Stage) -> None:
    taken = await stage.orders(do_not_call=True)
    maria = await stage.buyer("Марія", taken)
    await maria.sees_button("Є запитання")
    await maria.presses("Є запитання").answered()
    await maria.sees("напишіть запитання")
    stage.fake.faults.script(Kind.SERVER_ERROR, method="sendMessage", chat=maria)
    maria.types("А кришка блакитна?")
    await maria.sees("запитання передано")
    await stage.quiet()
    assert stage.fake.faults.struck, "the answer failed, so the update was handled again"
    rung = [m for m in stage.owner.messages if "А кришка блакитна?" in m.text]
    assert len(rung) == 1, "one update, two effects"


async def test_peoples_words_are_shown_to_the_letter(stage: Stage) -> None:
    title = "<b>Чайник</b> & <i>блюдце"
    taken = await stage.orders(
        do_not_call=True,
        buyer={"name": "<a href='tg://user?id=1'>Тарас</a>", "phone": "+380671234567"},
        lines=[{"title": title, "sku": None, "quantity": 1, "price": "640.00"}],
    )
    card = await stage.owner.sees(taken["number"])
    assert title in card.text, "shown as markup, not as words"
    assert "<a href=" in card.text, "shown as markup, not as words"
    maria = await stage.buyer("Марія & <Ко>", taken)
    assert title in maria.screen.text


async def test_a_role_that_may_not_changes_nothing(stage: Stage) -> None:
    watcher = await stage.hires("Ганна", Role.OBSERVER)
    taken = await stage.orders()
    await stage.owner.sees_button("Беру в роботу")
    await watcher.sees(taken["number"])
    press = watcher.forges(forged(stage.owner, Action.TAKE, "Беру в роботу"))
    assert "Ваша роль" in await press.answered(), "an observer acted"
    assert (await stage.state(taken["number"]))["status"] == "new"


async def test_a_strangers_press_changes_nothing(stage: Stage) -> None:
    """Somebody whom the bot knows, since he bought elsewhere, and who found out what a button carries."""
    taken, other = await stage.orders(), await stage.orders(do_not_call=True)
    passer = await stage.buyer("Остап", other)
    await stage.owner.sees(taken["number"])
    take = next(
        b for m in stage.owner.messages if taken["number"] in m.text and (b := m.button("Беру в роботу"))
    )
    press = passer.forges(take["callback_data"])
    assert "Немає доступу" in await press.answered(), "a stranger acted"
    assert (await stage.state(taken["number"]))["status"] == "new"


async def test_nothing_is_sent_before_it_is_paid(stage: Stage) -> None:
    taken = await stage.orders(payment={"method": "card", "status": "pending"})
    number, olena = taken["number"], stage.owner
    await olena.sees_button("Беру в роботу")
    await olena.presses("Беру в роботу").answered()
    await olena.sees_button("Дані підтверджено")
    await olena.presses("Дані підтверджено").answered()
    await olena.sees("Очікує відправлення")
    press = olena.forges(forged(olena, Action.SHIP, "Скасувати замовлення"))
    await press.answered()
    await olena.sees_no("надішліть номер ТТН")
    olena.types("20450000000001")
    await stage.goes(seconds=11)
    assert (await stage.state(number))["status"] == "confirmed"

    await stage.happens(number, type="payment_changed", status="paid")
    await olena.sees_button("Ввести ТТН")


# ---------------------------------------------------------------- the clock

RING = "замовлення ще ніхто не взяв"


def rings(person: Person) -> int:
    return sum(RING in message.text for message in person.messages)


async def test_a_night_shift_is_as_long_as_it_is_and_not_as_clocks_show(database_url: str) -> None:
    """The night of 29.03.2026 in Kyiv: from 22:00 to 06:00 are seven hours, and an order of 05:00 has one of them."""
    made = datetime(2026, 3, 29, 2, 0, tzinfo=UTC)
    async with open_stage(database_url, hours="Mon-Sun 22:00-06:00", clock=TheClock(made)) as stage:
        await taken_in(stage)
        await later(stage, minutes=95)
        assert rings(stage.owner) == 0, "rung after closing: an hour that never was has been counted"
        await later(stage, seconds=(made.replace(hour=19, minute=29) - stage.clock.now).total_seconds())
        assert rings(stage.owner) == 0
        await later(stage, minutes=1)
        assert rings(stage.owner) == 1


async def test_what_comes_due_is_looked_at_again_before_it_rings(stage: Stage) -> None:
    """The shop shuts for the day: what was to ring at 11:30 has less than an hour and a half behind it then."""
    await taken_in(stage)
    await opens(stage, "Mon-Fri 09:00-11:00")
    await later(stage, minutes=59)
    assert rings(stage.owner) == 0, "rung before its working time was over"
    await later(stage, minutes=60)
    assert rings(stage.owner) == 0, "rung before its working time was over"


async def test_new_hours_move_what_is_to_come(stage: Stage) -> None:
    """Staying open in the evening brings the next morning's reminder forward."""
    stage.clock.goes(hours=7)  # 17:00
    await taken_in(stage)
    await opens(stage, "Mon-Fri 09:00-20:00")
    await later(stage, minutes=89)
    assert rings(stage.owner) == 0
    await later(stage, minutes=1)
    assert rings(stage.owner) == 1, "still counted by the old hours"


async def test_what_somebody_holds_reminds_the_holder_alone(stage: Stage) -> None:
    ivan = await stage.hires("Іван")
    number = await taken_in(stage)
    await press(stage, ivan, "Беру в роботу", number)
    await later(stage, minutes=90)
    behind = "у кабінеті ще не змінено"
    assert sum(behind in message.text for message in ivan.messages) == 1
    assert sum(behind in message.text for message in stage.owner.messages) == 0, "everybody is rung"


async def opens(stage: Stage, hours: str) -> None:
    owner = await stage.app.people.known(Messenger.TELEGRAM, str(stage.owner.id))
    assert owner is not None
    await stage.app.shops.set_hours(stage.shop.shop.id, owner.id, WorkSchedule.parse(hours))


# ---------------------------------------------------------------- Viber and SMS


@pytest.fixture
async def viber_stage(database_url: str) -> AsyncIterator[Stage]:
    async with open_stage(database_url, messenger=Messenger.VIBER) as opened:
        yield opened


async def test_a_viber_button_that_was_drawn_for_another_is_mere_text(viber_stage: Stage) -> None:
    """A colleague types what the owner's button says, and what an unsigned one would: she may take the order, but
    presses nothing by typing."""
    stage = viber_stage
    ivan = await stage.hires("Іван")
    number = await taken_in(stage)
    take = card(stage.owner, number).button("Беру в роботу")
    assert take is not None
    data = take["ActionBody"].rpartition("|")[2]
    for typed in (take["ActionBody"], f"~cb||{data}", f"~cb|{'A' * 16}|{data}", data):
        ivan.types(typed)
        await calm(stage)
        assert (await stage.state(number))["status"] == "new", "typed, and taken for a press"
    await press(stage, ivan, "Беру в роботу", number)
    assert (await stage.state(number))["status"] == "in_work"


async def test_who_opens_the_chat_on_viber_is_answered_in_that_very_answer(database_url: str) -> None:
    """Viber takes nothing else for who has not written yet: what is not in the answer is never seen."""
    async with open_stage(database_url, viber_too=True) as stage:
        assert stage.viber is not None
        taken = await stage.orders(do_not_call=True)
        maria = stage.viber.person("Марія")
        event = opening(stage, maria, taken)
        for _ in range(2):  # once more, as after an answer that was lost on its way
            answer = await stage.viber.inject(event)
            assert answer.status == 200
            assert taken["number"] in answer.body.decode(), "the welcome was lost"


async def test_vibers_token_is_in_no_log_line(viber_stage: Stage, ear: Ear) -> None:
    stage = viber_stage
    fake = cast(FakeViber, stage.fake)
    fake.faults.script(ViberKind.INVALID_AUTH_TOKEN, method="send_message")
    fake.faults.script(ViberKind.RESET, method="send_message")
    fake.faults.script(ViberKind.SERVER_ERROR, method="send_message")
    stage.owner.types("/orders")
    await taken_in(stage)
    assert len(fake.faults.struck) == 3
    assert fake.token not in ear.getvalue(), "the token stands in the log"


async def test_an_sms_that_was_only_sent_has_told_nobody(database_url: str) -> None:
    """An operator took it; whether it came to a phone nobody knows, and after half an hour somebody must call."""
    async with FakeTurboSms(fate="Sent") as sms:
        on: dict[str, Any] = {"turbosms_token": sms.token, "turbosms_sender": sms.sender}
        async with open_stage(database_url, turbosms_api_url=sms.url, **on) as stage:
            taken = await stage.orders(do_not_call=True)
            number = taken["number"]
            await later(stage, minutes=1)
            await later(stage, minutes=28)
            assert len(sms.messages) == 1
            assert "Покупця не дістали" not in card(stage.owner, number).text
            await later(stage, minutes=2)
            assert "🔴 Покупця не дістали" in card(stage.owner, number).text, "sent was taken for told"
            assert stage.owner.finds("подзвоніть покупцеві") is not None
