"""A restored copy tells no buyer by the next way what its original has told them since."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.demo.smtp import FakeSmtp
from bot.demo.turbosms import TOKEN, FakeTurboSms
from models.copy import copy_sqlite
from tests.conversation.hands import calm, count
from tests.operators.world import World
from tests.outbox.buyers import CALLED, MAIL, PHONE
from tests.stage import PATIENCE, Stage

BUYER = {"name": "Тарас Непийвода", "phone": f"+{PHONE}", "email": MAIL}
OLD = "працює з резервної копії"


@pytest.fixture
async def sms() -> AsyncIterator[FakeTurboSms]:
    async with FakeTurboSms() as fake:
        yield fake


@pytest.fixture
async def mail() -> AsyncIterator[FakeSmtp]:
    async with FakeSmtp() as fake:
        yield fake


@pytest.fixture
def ways(sms: FakeTurboSms, mail: FakeSmtp) -> dict[str, Any]:
    return {
        "turbosms_api_url": sms.url,
        "turbosms_token": TOKEN,
        "turbosms_sender": sms.sender,
        "smtp_url": mail.url,
        "mail_from": "shop@example.com",
    }


@pytest.fixture
def home(migrated_sqlite: Path, tmp_path: Path) -> Path:
    path = tmp_path / "bot.db"
    path.write_bytes(migrated_sqlite.read_bytes())
    return path


def url(path: Path) -> str:
    return f"sqlite+aiosqlite:///{path}"


async def goes(stage: Stage, minutes: int) -> None:
    await stage.goes(minutes=minutes)
    await calm(stage)


FATES = ["Sent", "Delivered", "Expired"]


@pytest.mark.parametrize("fate", FATES)
async def test_a_copy_takes_no_step_that_its_original_took(
    world: World, home: Path, sms: FakeTurboSms, mail: FakeSmtp, ways: dict[str, Any], fate: str
) -> None:
    """Copied while an SMS was out. Whatever TurboSMS says of it afterwards, its original has done what follows."""
    copy = home.with_name("copy.db")
    async with world.life(url(home), **ways) as stage:
        number = (await stage.orders(buyer=BUYER, do_not_call=True))["number"]
        await goes(stage, 1)
        copy_sqlite(home, copy, world.clock.now)
        (text,) = sms.phone(PHONE)
        if fate == "Expired":
            sms.falls_back(text, fate)
        else:
            sms.moves(text, fate)
        for minutes in (31, 31, 31):
            await goes(stage, minutes)
    mails = len(mail.mailbox(MAIL))
    assert mails == (fate != "Delivered")
    heard = count(world.owner, CALLED) if world.owner else 0
    async with world.life(url(copy), **ways) as stage:
        notice = await stage.owner.sees(OLD, PATIENCE)
        for minutes in (1, 31, 31, 31):
            await goes(stage, minutes)
        assert number in notice.text
        assert len(sms.phone(PHONE)) == 1
        assert len(mail.mailbox(MAIL)) == mails
        assert count(stage.owner, CALLED) == heard


async def test_a_copy_that_was_only_carried_elsewhere_takes_the_next_step(
    world: World, home: Path, sms: FakeTurboSms, mail: FakeSmtp, ways: dict[str, Any]
) -> None:
    """Started within ten minutes: nobody else goes on with it."""
    copy = home.with_name("copy.db")
    async with world.life(url(home), **ways) as stage:
        await stage.orders(buyer=BUYER, do_not_call=True)
        await goes(stage, 1)
        copy_sqlite(home, copy, world.clock.now)
    world.clock.goes(minutes=5)
    async with world.life(url(copy), **ways) as stage:
        for minutes in (1, 25, 1):
            await goes(stage, minutes)
        assert (len(sms.phone(PHONE)), len(mail.mailbox(MAIL))) == (1, 1)
        await goes(stage, 31)
        assert count(stage.owner, CALLED) == 1


async def test_a_notice_that_had_no_chat_yet_is_not_sent_by_sms_a_second_time(
    world: World, home: Path, sms: FakeTurboSms, mail: FakeSmtp, ways: dict[str, Any]
) -> None:
    """Copied by night, while the SMS waited for the morning."""
    copy = home.with_name("copy.db")
    world.clock.goes(hours=12)
    async with world.life(url(home), **ways) as stage:
        await stage.orders(buyer=BUYER, do_not_call=True)
        await goes(stage, 1)
        assert sms.phone(PHONE) == []
        copy_sqlite(home, copy, world.clock.now)
        await goes(stage, 13 * 60)
        assert len(sms.phone(PHONE)) == 1
    async with world.life(url(copy), **ways) as stage:
        await stage.owner.sees(OLD, PATIENCE)
        for minutes in (1, 60, 60):
            await goes(stage, minutes)
        assert len(sms.phone(PHONE)) == 1
        assert mail.mailbox(MAIL) == []
