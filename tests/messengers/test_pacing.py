"""The pace: how many in any window, to a chat, to a group, in all; and pauses."""

import random

import pytest

from bot.messengers.pacing import IDLE_CHATS, Limits, Pace


class Seconds:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def seconds() -> Seconds:
    return Seconds()


def _sent(pace: Pace, seconds: Seconds, chats: list[str], until: float) -> list[tuple[float, str]]:
    """Everybody wants to send all the time; what goes, and when."""
    gone = []
    rng = random.Random(1)
    while seconds.now < until:
        for chat in chats:
            if pace.opens_in() <= 0 and pace.wait(chat) <= 0:
                pace.begin(chat)
                pace.done(chat)
                gone.append((seconds.now, chat))
        seconds.now += rng.choice((0.001, 0.007, 0.013))
    return gone


def _most(moments: list[float], window: float) -> int:
    return max(sum(at <= other < at + window for other in moments) for at in moments)


@pytest.mark.case("F16")
def test_a_group_gets_twenty_in_any_minute_and_one_in_any_second(seconds: Seconds) -> None:
    gone = _sent(Pace(seconds), seconds, ["-100"], seconds.now + 200)
    moments = [at for at, _ in gone]
    assert _most(moments, 60) == 20
    assert _most(moments, 1) == 1
    assert len(moments) >= 66


@pytest.mark.case("S6")
def test_all_get_thirty_in_any_second_and_no_less_than_they_may(seconds: Seconds) -> None:
    gone = _sent(Pace(seconds), seconds, [str(at) for at in range(100)], seconds.now + 8)
    moments = [at for at, _ in gone]
    assert _most(moments, 1.0) == 30
    assert len(moments) / 8 >= 29.5


def test_a_chat_gets_one_a_second_while_others_go_on(seconds: Seconds) -> None:
    gone = _sent(Pace(seconds), seconds, ["1", "2"], seconds.now + 10)
    for chat in ("1", "2"):
        moments = [at for at, to in gone if to == chat]
        assert _most(moments, 1) == 1
        assert len(moments) >= 9


def test_what_waits_for_nobody_counts_even_over_the_limit(seconds: Seconds) -> None:
    pace = Pace(seconds)
    for _ in range(3):
        pace.begin("1")
        pace.done("1")
        seconds.now += 0.5
    assert 0 < pace.wait("1") <= 0.6
    seconds.now += 0.6
    assert pace.wait("1") == 0.0
    assert pace.wait("1") == 0.0, "asking takes nothing"


def test_a_pause_holds_its_chat_alone_and_the_longer_one_counts(seconds: Seconds) -> None:
    pace = Pace(seconds)
    assert pace.pause(30, "1")
    assert not pace.pause(5, "1")
    assert pace.wait("1") == 30
    assert pace.wait("2") == 0.0
    assert pace.opens_in() == 0.0
    pace.pause(7)
    assert pace.opens_in() == pace.wait("2") == 7
    seconds.now += 31
    assert pace.wait("1") == 0.0


@pytest.mark.case("F2")
def test_three_chats_refused_at_once_mean_the_bot_was_too_fast(seconds: Seconds) -> None:
    pace = Pace(seconds)
    pace.refused("1", 5)
    pace.refused("2", 3)
    assert pace.opens_in() == 0.0
    pace.refused("3", 8)
    assert pace.opens_in() == 3
    seconds.now += 10
    pace.refused("4", 5)
    assert pace.opens_in() == 0.0


@pytest.mark.parametrize(
    "limits", [Limits(10_000, 10_000, 10_000), Limits(30, 1, 1), Limits(30, 5, 3), Limits(1, 1, 5000)]
)
def test_any_limits_will_do(seconds: Seconds, limits: Limits) -> None:
    gone = _sent(Pace(seconds, limits), seconds, ["-1"], seconds.now + 3)
    assert _most([at for at, _ in gone], 1) <= min(limits.chat_per_second, limits.bot_per_second)
    assert _most([at for at, _ in gone], 60) <= max(limits.group_per_minute, 3)


def test_chats_long_idle_are_forgotten(seconds: Seconds) -> None:
    pace = Pace(seconds, Limits(bot_per_second=1_000_000))
    for at in range(IDLE_CHATS + 2000):
        pace.begin(str(at))
        pace.done(str(at))
        pace.pause(0.5, str(at))
        seconds.now += 0.001
    assert len(pace._chats) <= IDLE_CHATS
    assert len(pace._paused) <= IDLE_CHATS


def test_a_call_keeps_its_place_until_it_is_answered(seconds: Seconds) -> None:
    pace = Pace(seconds)
    pace.begin("1")
    seconds.now += 10
    assert 0 < pace.wait("1") < 1
    pace.done("1")
    assert 0.9 < pace.wait("1") <= 1.1, "it may have been taken just now"
    seconds.now += 1.1
    assert pace.wait("1") == 0.0
    for at in range(30):
        pace.begin(str(at))
    assert pace.opens_in() > 0
    for at in range(30):
        pace.release(str(at))
    assert pace.opens_in() == 0.0
    pace.done("nobody")
