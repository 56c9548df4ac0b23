"""Which pictures were sent at once."""

import pytest

from bot.messengers.albums import WITHIN, moment, together


@pytest.mark.parametrize(
    ("one", "other", "is_so"),
    [
        ("13", "13", True),
        ("13", "14", False),
        (None, "13", False),
        ("13", None, False),
        (None, None, False),
        (moment(1_000), moment(1_000 + WITHIN), True),
        (moment(1_000 + WITHIN), moment(1_000), True),
        (moment(1_000), moment(1_001 + WITHIN), False),
        (moment(1_000), "1000", False),
    ],
)
def test_pictures_that_were_sent_at_once(one: str | None, other: str | None, is_so: bool) -> None:
    assert together(one, other) is is_so
