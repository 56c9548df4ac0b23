"""SMS and e-mail as an operator sets them up: a sentence for what is wrong, a line of `check` for what is on."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.check import Finding, check
from bot.config import BadSettings, load
from bot.demo.smtp import FakeSmtp
from bot.demo.turbosms import TOKEN, FakeTurboSms
from tests.privacy import leaks
from tests.stage import settings

NOW = datetime(2026, 3, 6, 15, 30, tzinfo=UTC)


async def findings(folder: Path, **changes: Any) -> dict[str, Finding]:
    """Telegram is left out: without a token nobody is asked."""
    told = settings(f"sqlite+aiosqlite:///{folder}/bot.db", "http://127.0.0.1:9", bot_token="", **changes)
    found = [finding async for finding in check(told, lambda: NOW)]
    said = "\n".join(map(str, found))
    assert not leaks(said)
    assert TOKEN not in said
    assert "s3cret" not in said
    return {finding.subject: finding for finding in found}


async def test_what_is_off_has_no_line(tmp_path: Path) -> None:
    assert {"sms", "email"}.isdisjoint(await findings(tmp_path))


async def test_what_is_on_is_asked_and_nothing_is_sent(tmp_path: Path) -> None:
    async with FakeTurboSms() as sms, FakeSmtp(user="shop", password="s3cret") as smtp:
        on = {
            "turbosms_api_url": sms.url,
            "turbosms_token": TOKEN,
            "turbosms_sender": "Samovar",
            "smtp_url": smtp.url,
            "mail_from": "shop@example.com",
        }
        found = await findings(tmp_path, **on)
        assert (found["sms"].ok, found["email"].ok) == (True, True)
        found = await findings(
            tmp_path,
            **on | {"turbosms_token": "f" * 40, "smtp_url": smtp.url.replace("s3cret", "other-s3cret")},
        )
        assert (found["sms"].ok, found["email"].ok) == (False, False)
        assert "TURBOSMS_TOKEN" in found["sms"].said
        assert "user and password of SMTP_URL" in found["email"].said
        assert (sms.messages, smtp.mails) == ({}, [])
        await smtp.stop()
        await sms.stop()
        found = await findings(tmp_path, **on)
        assert f"127.0.0.1:{sms.port} does not answer" in found["sms"].said
        assert f"127.0.0.1:{smtp.port} does not answer" in found["email"].said


@pytest.fixture
def environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str, str], None]:
    monkeypatch.chdir(tmp_path)
    return monkeypatch.setenv


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        ({"TURBOSMS_API_URL": "api.turbosms.ua"}, "TURBOSMS_API_URL must be a full address"),
        ({"TURBOSMS_TOKEN": "s3cret word", "TURBOSMS_SENDER": "a"}, "TURBOSMS_TOKEN must be one word"),
        ({"TURBOSMS_TOKEN": "s3cret\nX: y", "TURBOSMS_SENDER": "a"}, "TURBOSMS_TOKEN must be one word"),
        ({"TURBOSMS_TOKEN": "s3cret"}, "TURBOSMS_TOKEN needs TURBOSMS_SENDER"),
        ({"TURBOSMS_VIBER_SECONDS": "59"}, "TURBOSMS_VIBER_SECONDS must be 60 to 86400, or 0"),
        (
            {"SMTP_URL": "http://s3cret@mail.example.com", "MAIL_FROM": "a@b.example"},
            "SMTP_URL must look like",
        ),
        ({"SMTP_URL": "smtp://", "MAIL_FROM": "a@b.example"}, "SMTP_URL must look like"),
        ({"SMTP_URL": "smtp://u:s3cret@h:port", "MAIL_FROM": "a@b.example"}, "SMTP_URL must look like"),
        ({"SMTP_URL": "smtp://u:s3cret@mail.example.com"}, "SMTP_URL needs MAIL_FROM"),
        ({"MAIL_FROM": "nobody"}, "MAIL_FROM must look like"),
        ({"MAIL_FROM": "Shop <a@b.example>\nBcc: c@d.example"}, "MAIL_FROM must look like"),
    ],
)
def test_a_bad_setting_is_named_and_not_shown(
    environment: Callable[[str, str], None], bad: dict[str, str], said: str
) -> None:
    for name, value in bad.items():
        environment(name, value)
    with pytest.raises(BadSettings) as raised:
        load()
    assert said in str(raised.value)
    assert "s3cret" not in str(raised.value)


@pytest.mark.parametrize("address", ["shop@example.com", "Самовар <shop@example.com>"])
def test_good_ones_are_taken(environment: Callable[[str, str], None], address: str) -> None:
    environment("SMTP_URL", "smtps://u:p%40@mail.example.com")
    environment("MAIL_FROM", address)
    assert load().mail_from == address
