"""E-mail over the wire: what stands in a mailbox, and each way to fail in the outbox's bits."""

import time
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.demo.smtp import FakeSmtp
from bot.messengers.base import Undeliverable
from bot.messengers.mail import MailChannel, Server, subject
from bot.messengers.pacing import Limits, Pace

OLENA = "olena@example.com"
NOW = datetime(2026, 3, 6, 15, 30, tzinfo=UTC)


@pytest.fixture
async def fake() -> AsyncIterator[FakeSmtp]:
    async with FakeSmtp() as smtp:
        yield smtp


def channel(fake: FakeSmtp, url: str = "") -> MailChannel:
    pace = Pace(time.monotonic, Limits(1000, 1000))
    return MailChannel(
        Server.parse(url or fake.url), "Самовар <shop@example.com>", pace, lambda: NOW, seconds=5
    )


async def fault(mail: MailChannel, to: str = OLENA) -> Undeliverable:
    with pytest.raises(Undeliverable) as raised:
        await mail.send(to, "Замовлення №17", None, once="ob-1")
    return raised.value


async def test_a_mail_has_the_first_line_as_its_subject_and_a_name_of_its_own(fake: FakeSmtp) -> None:
    sent = await channel(fake).send(OLENA, "<b>Замовлення №17</b>\nЧайник &amp; чохол", None, once="ob-1")
    assert sent.message_id == "ob-1"
    (mail,) = fake.mailbox(OLENA)
    assert (mail.sender, mail.text.strip()) == ("shop@example.com", "Замовлення №17\nЧайник & чохол")
    assert {
        name: str(mail.message[name]) for name in ("Subject", "Message-ID", "Auto-Submitted", "From", "To")
    } == {
        "Subject": "Замовлення №17",
        "Message-ID": "<ob-1@example.com>",
        "Auto-Submitted": "auto-generated",
        "From": "Самовар <shop@example.com>",
        "To": OLENA,
    }
    assert mail.message["Date"].datetime == NOW
    assert mail.message.get_content_type() == "text/plain"


@pytest.mark.parametrize("break_", ["\r\n", "\n", "\r", "\x0b", "\x85", "\u2028", "\x00"])
async def test_nobody_writes_a_header_into_a_subject(fake: FakeSmtp, break_: str) -> None:
    await channel(fake).send(OLENA, f"№17{break_}Bcc: evil@example.com", None)
    (mail,) = fake.mails
    assert mail.recipient == OLENA
    assert mail.message["Bcc"] is None
    assert len(mail.message["Subject"].splitlines()) == 1


def test_a_long_first_line_is_cut() -> None:
    assert len(subject("ї" * 500)) == 120
    assert subject("№17\rBcc: a\x00\u2028b\nдалі") == "№17 Bcc: a b"


@pytest.mark.parametrize(
    ("said", "bits"),
    [
        ("550 5.1.1 no such user", {"for_good": True}),
        ("550 no such user", {"for_good": True}),
        ("553 bad name", {"for_good": True}),
        ("550 5.7.1 we do not like you", {}),
        ("554 no", {}),
        ("552 5.2.2 full", {"away": True}),
        ("550 5.2.2 full", {"away": True}),
        ("450 4.2.0 greylisted", {"away": True}),
        ("421 4.3.2 closing", {"away": True}),
        ("530 5.7.0 log in first", {"pause": 60.0}),
    ],
)
async def test_what_is_said_of_a_recipient(fake: FakeSmtp, said: str, bits: dict[str, Any]) -> None:
    fake.refusals[OLENA] = said
    assert _bits(await fault(channel(fake))) == bits
    assert fake.mails == []


@pytest.mark.parametrize(
    ("planted", "bits"),
    [
        ({"sender_refused": "550 5.7.1 not yours"}, {"pause": 60.0}),
        ({"sender_refused": "451 later"}, {"away": True}),
        ({"data_refused": "554 spam"}, {}),
        ({"data_refused": "451 later"}, {"away": True}),
        ({"drops": "MAIL"}, {"away": True}),
        ({"drops": "RCPT"}, {"away": True}),
        ({"drops": "DATA"}, {"ambiguous": True}),
    ],
)
async def test_what_happens_to_a_mail(fake: FakeSmtp, planted: dict[str, Any], bits: dict[str, Any]) -> None:
    for name, value in planted.items():
        setattr(fake, name, value)
    mail = channel(fake)
    assert _bits(await fault(mail)) == bits
    assert (mail.trouble is not None) == ("pause" in bits)
    for name in planted:
        setattr(fake, name, None)
    await mail.send(OLENA, "№17", None)
    assert mail.trouble is None


async def test_who_is_not_there_is_away(fake: FakeSmtp) -> None:
    await fake.stop()
    assert _bits(await fault(channel(fake))) == {"away": True}


async def test_user_and_password_are_given_and_a_wrong_one_is_trouble() -> None:
    async with FakeSmtp(user="shop", password="p@ss word") as fake:
        right = channel(fake, f"smtp://shop:p%40ss%20word@127.0.0.1:{fake.port}")
        await right.ping()
        await right.send(OLENA, "№17", None)
        assert len(fake.mails) == 1
        wrong = channel(fake, f"smtp://shop:other@127.0.0.1:{fake.port}")
        assert _bits(await fault(wrong)) == {"pause": 60.0}
        assert wrong.trouble == "smtp_unauthorised"
        nobody = channel(fake, f"smtp://127.0.0.1:{fake.port}")
        assert (await fault(nobody)).reason == "smtp_unauthorised"


@pytest.mark.parametrize(
    "address",
    [
        "",
        "@",
        "olena",
        "olena@",
        "a@b@c",
        "a b@example.com",
        "a@example.com>\r\nRCPT TO:<b@example.com",
        "олена@example.com",
    ],
)
async def test_what_is_no_address_is_so_for_good(fake: FakeSmtp, address: str) -> None:
    assert _bits(await fault(channel(fake), address)) == {"for_good": True}
    assert fake.mails == []


async def test_a_ukrainian_domain_is_written_in_latin(fake: FakeSmtp) -> None:
    await channel(fake).send("olena@пошта.example", "№17", None)
    assert [mail.recipient for mail in fake.mails] == ["olena@xn--80a1acn3a.example"]


@pytest.mark.parametrize(
    ("url", "server"),
    [
        ("smtp://mail.example.com", Server("mail.example.com", 587)),
        ("smtps://u:p%3A%2F@mail.example.com", Server("mail.example.com", 465, "u", "p:/", tls=True)),
        ("smtp://u:s3cret@mail.example.com:25", Server("mail.example.com", 25, "u", "s3cret")),
    ],
)
def test_the_servers_address(url: str, server: Server) -> None:
    assert Server.parse(url) == server
    assert not server.password or server.password not in repr(server)


async def test_a_password_goes_to_no_stranger_in_the_clear() -> None:
    """0.0.0.0 leads to this machine and is not known to: as any other host, it has to encrypt."""
    async with FakeSmtp(user="shop", password="secret") as fake:
        mail = channel(fake, f"smtp://shop:secret@0.0.0.0:{fake.port}")
        assert (await fault(mail)).reason == "smtp_no_tls"
        assert fake.mails == []


def _bits(found: Undeliverable) -> dict[str, Any]:
    bits = ("for_good", "pause", "ambiguous", "away", "gone", "moved_to")
    return {bit: value for bit in bits if (value := getattr(found, bit))}
