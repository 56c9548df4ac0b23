"""The fake mail server takes what any SMTP client writes, and refuses what it is told to."""

from collections.abc import AsyncIterator
from email.message import EmailMessage

import aiosmtplib
import pytest

from bot.demo.smtp import FakeSmtp

OLENA, TARAS = "olena@example.com", "taras@example.com"


@pytest.fixture
async def fake() -> AsyncIterator[FakeSmtp]:
    async with FakeSmtp() as smtp:
        yield smtp


def mail(*to: str) -> EmailMessage:
    written = EmailMessage()
    written["From"], written["To"], written["Subject"] = "shop@example.com", ", ".join(to), "Замовлення №17"
    written.set_content("Чайник")
    return written


async def send(fake: FakeSmtp, *to: str) -> dict[str, aiosmtplib.SMTPResponse]:
    return (await aiosmtplib.send(mail(*to), hostname="127.0.0.1", port=fake.port, timeout=5))[0]


async def test_a_mailbox_shows_what_was_written(fake: FakeSmtp) -> None:
    await send(fake, OLENA)
    (got,) = fake.mailbox(OLENA)
    assert (got.sender, got.text.strip(), got.message["Subject"]) == (
        "shop@example.com",
        "Чайник",
        "Замовлення №17",
    )


async def test_one_recipient_is_refused_and_the_other_is_not(fake: FakeSmtp) -> None:
    fake.refusals[TARAS] = "550 5.1.1 no such user"
    refused = await send(fake, OLENA, TARAS)
    assert {address: answer.code for address, answer in refused.items()} == {TARAS: 550}
    assert [got.recipient for got in fake.mails] == [OLENA]


async def test_a_server_that_hangs_up_after_data_has_the_mail(fake: FakeSmtp) -> None:
    fake.drops = "DATA"
    with pytest.raises(aiosmtplib.SMTPServerDisconnected):
        await send(fake, OLENA)
    assert len(fake.mailbox(OLENA)) == 1


async def test_it_goes_away_and_comes_back_on_its_port(fake: FakeSmtp) -> None:
    await fake.stop()
    with pytest.raises(aiosmtplib.SMTPConnectError):
        await send(fake, OLENA)
    await fake.start()
    await send(fake, OLENA)
    assert len(fake.mails) == 1
