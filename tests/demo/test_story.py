"""The story itself: it ends well with the product as it is, and says what is missing when something is."""

import asyncio
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest

from bot.demo.beats import BEATS
from bot.demo.story import play
from bot.demo.telegram import FakeTelegram, Kind
from bot.demo.viber import FakeViber
from bot.demo.viber import Kind as ViberKind

ROOT = Path(__file__).parent.parent.parent


def at_work_in(folder: Path) -> list[str]:
    """Living processes whose working directory is, or was, in the folder."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            place = str((entry / "cwd").readlink())
        except OSError:
            continue
        if place.startswith(str(folder)):
            found.append(entry.name)
    return found


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Where the demo keeps what it needs: once it is over nothing is left there, and nobody is at work."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    yield tmp_path
    assert list(tmp_path.iterdir()) == []
    assert at_work_in(tmp_path) == []


def test_every_beat_happens_and_the_exit_status_is_0(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    picture = tmp_path_factory.mktemp("picture") / "demo.svg"
    done = subprocess.run(
        [sys.executable, "-m", "bot", "demo", "--speed", "100", "--svg", str(picture)],
        cwd=ROOT,
        env={"PATH": "/usr/bin:/bin", "PYTHONUTF8": "1", "TMPDIR": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=800,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]
    assert done.stdout.count("✓") == len(BEATS) + 1
    assert "20450000000001" in done.stdout
    assert "Дарина · Viber" in done.stdout
    assert "Покупця не дістали" in done.stdout
    assert re.search(
        r"\d+ requests to Telegram, [1-9]\d* to Viber, [1-9]\d* to TurboSMS, all valid", done.stdout
    )
    drawn = ElementTree.parse(picture)
    words = " ".join("".join(drawn.getroot().itertext()).split())  # a phone breaks lines where it must
    assert "Беру в роботу" in words
    assert "Чайник у дорозі!" in words
    assert "Дарина · Viber" in words
    addresses = set(re.findall(r"(?:https?:)?//[^\"')\s]+", picture.read_text(encoding="utf-8")))
    assert addresses == {"http://www.w3.org/2000/svg"}, "whoever looks at it fetches nothing"
    assert list(tmp_path.iterdir()) == []
    assert at_work_in(tmp_path) == []


@pytest.mark.usefixtures("folder")
async def test_a_telegram_that_refuses_every_message_ends_it_with_1_and_the_missing_beat(
    capsys: pytest.CaptureFixture[str],
) -> None:
    fake = FakeTelegram()
    fake.faults.script(Kind.CANT_PARSE, method="sendMessage", times=None)
    assert await asyncio.wait_for(play(100.0, fake, patience=30.0), 800) == 1
    said = capsys.readouterr().out
    assert "missing: 1." in said
    assert "NotSeen" in said
    assert "✓" not in said


@pytest.mark.usefixtures("folder")
@pytest.mark.long
async def test_a_viber_that_takes_no_message_ends_it_with_1_and_the_missing_beat(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Her welcome comes in the answer to her opening; what follows on her tap does not."""
    viber = FakeViber()
    viber.faults.script(ViberKind.BAD_DATA, method="send_message", times=None)
    assert await asyncio.wait_for(play(100.0, viber=viber, patience=30.0), 800) == 1
    said = capsys.readouterr().out
    at = [beat.__name__ for beat in BEATS].index("on_viber")
    assert f"missing: {at + 1}." in said
    assert "NotSeen: Дарина did not see 'замовлення підтверджено'" in said
    assert said.count("✓") == at


@pytest.mark.usefixtures("folder")
async def test_a_product_whose_reminders_never_come_ends_it_with_1_and_names_the_beat(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """All else goes on as before: what is missing is the first reminder of the order that nobody touched."""
    forgetful = play(100.0, module="tests.demo.forgetful", patience=30.0)
    assert await asyncio.wait_for(forgetful, 800) == 1
    said = capsys.readouterr().out
    at = [beat.__name__ for beat in BEATS].index("forgotten")
    assert f"missing: {at + 1}." in said
    assert "NotSeen: Олена did not see 'минуло 1:30" in said
    assert said.count("✓") == at
