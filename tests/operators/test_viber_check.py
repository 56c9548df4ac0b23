"""Viber as an operator sets it up: a line of `check` that says whether it is reached, and where its events go."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.check import Finding, check
from bot.demo.viber import FakeViber
from bot.demo.viber.callbacks import MANDATORY, Hook
from tests.privacy import leaks
from tests.stage import settings

NOW = datetime(2026, 3, 6, 15, 30, tzinfo=UTC)
OURS = "https://bot.example.com"


async def findings(folder: Path, viber: FakeViber, **changes: Any) -> dict[str, Finding]:
    """Of an installation on Viber alone: nobody at Telegram is asked."""
    on = {"bot_token": "", "viber_token": viber.token, "viber_api_url": viber.url, "public_url": OURS}
    told = settings(f"sqlite+aiosqlite:///{folder}/bot.db", "http://127.0.0.1:9", **(on | changes))
    found = [finding async for finding in check(told, lambda: NOW)]
    said = "\n".join(map(str, found))
    assert not leaks(said)
    assert viber.token not in said
    assert "telegram" not in {finding.subject for finding in found}
    return {finding.subject: finding for finding in found}


def brings_events_to(viber: FakeViber, url: str) -> None:
    """As some program has asked for: the fake's own set_webhook would knock there first."""
    viber.callbacks.hook = Hook(url, frozenset(MANDATORY), send_name=False, send_photo=False)


async def test_viber_alone_is_an_installation_and_its_line_names_the_bot(tmp_path: Path) -> None:
    async with FakeViber() as viber:
        found = await findings(tmp_path, viber)
        assert found["settings"].ok
        assert "VIBER_TOKEN ***" in found["settings"].said
        assert found["viber"].ok
        assert found["viber"].said.startswith("orderbell, VIBER_TOKEN ***")
        assert "will say where" in found["viber"].said
        assert [call.method for call in viber.calls] == ["get_account_info"]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"viber_token": "f" * 40}, "does not know VIBER_TOKEN ***"),
        ({"viber_uri": "another"}, "make it orderbell, or empty"),
        ({"viber_api_url": "http://127.0.0.1:9/pa"}, "127.0.0.1:9 does not answer as Viber does"),
    ],
)
async def test_what_is_wrong_says_what_to_do(tmp_path: Path, changes: dict[str, str], said: str) -> None:
    async with FakeViber() as viber:
        found = await findings(tmp_path, viber, **changes)
        assert not found["viber"].ok
        assert said in found["viber"].said


async def test_events_that_go_elsewhere_are_named(tmp_path: Path) -> None:
    async with FakeViber() as viber:
        brings_events_to(viber, "https://elsewhere.example.com/hook")
        found = await findings(tmp_path, viber)
        assert not found["viber"].ok
        assert "elsewhere.example.com" in found["viber"].said
        brings_events_to(viber, f"{OURS}/webhooks/viber")
        found = await findings(tmp_path, viber)
        assert found["viber"].ok
        assert "come to us" in found["viber"].said
