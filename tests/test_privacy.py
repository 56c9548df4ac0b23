"""The log's guard itself: what it hides, what the suite's ear catches, and that it listens at all (K1, E12)."""

import logging

import pytest
import structlog

from bot.demo import turbosms, viber
from bot.logs import redact
from tests.privacy import Ear, leaks
from tests.stage import TOKEN, Stage

log = structlog.get_logger(__name__)


@pytest.mark.parametrize(
    "secret",
    [
        TOKEN,
        f"https://api.telegram.org/bot{TOKEN}/getMe",
        "ob_e8y7I1WPzZRXSvmIw2WabLIY7xpzYuIFN4M2pFRS3KY",
        "b8wqbgflx8rcNP-S8U9EUhGF9g6s53DaJ3mZq",
        "icemUdpCCUnl7EdjLtOwEvlfIPCRl0nQF",
        "+380671234567",
        "380671234567",
        "0671234567",
        "80671234567",
        "067 123 45 67",
        "(067) 123-45-67",
        "+38 (067) 123-45-67",
        "8 067 123-45-67",
        "+48501234567",
        "olena@example.com",
        "Bearer 3f2a-made.up_token",
        "Basic bWFkZTp1cA==",
        "0123456789abcdef0123456789abcdef01234567",
        "445da6az1s345z78-dazcczb2542zv51a-e0vc5fva17480im9",
        "smtp://shop:s3cret%40word@",
    ],
)
def test_a_secret_never_leaves_the_formatter(secret: str) -> None:
    assert secret not in redact(f"before {secret} after")


@pytest.mark.case("K1")
def test_the_ear_hears_every_logger_at_debug(ear: Ear) -> None:
    log.debug("heard_from_structlog", number=7)
    logging.getLogger("some.library").debug("heard from a library")
    heard = ear.getvalue()
    assert '"heard_from_structlog"' in heard
    assert "heard from a library" in heard


@pytest.mark.case("K1")
async def test_an_exception_is_logged_without_its_words(ear: Ear) -> None:
    try:
        int("Непийвода, +380671234567")
    except ValueError:
        log.exception("unit_failed")
    line = ear.getvalue().splitlines()[-1]
    assert '"ValueError"' in line
    assert leaks(line) == []


@pytest.mark.case("E12")
def test_a_line_break_in_a_field_makes_no_second_line(ear: Ear) -> None:
    ear.lines.clear()
    log.info("field", text="\n2026 ERROR forged")
    assert len(ear.lines) == 1


def test_the_guard_finds_what_is_planted() -> None:
    for planted in (
        TOKEN,
        viber.TOKEN,
        turbosms.TOKEN,
        "Тарас Непийвода",
        "380671234567",
        "Чайник «Пектораль»",
    ):
        assert leaks(f"an event with {planted} in it")


@pytest.mark.case("K1", "B9")
async def test_a_failing_update_leaves_no_trace_of_its_text(stage: Stage, ear: Ear) -> None:
    """A poisoned update becomes a dead letter; neither the log nor the reason holds what was written."""
    stage.fake.push({"update_id": stage.fake.next_update_id, "message": {"text": "Непийвода +380671234567"}})
    taken = await stage.orders()
    await stage.owner.sees(taken["number"])
    await stage.quiet()
    assert stage.app.worker is not None
    assert stage.app.worker.dead == 1
    assert leaks(ear.getvalue()) == []
