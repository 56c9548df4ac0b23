"""The name of a message: one for all tries of the same rows, another for whatever else is told."""

from datetime import UTC, datetime, timedelta

from bot.outbox.sending import once
from keyboards.notices import Matter
from models.outbox import Notification

NOW = datetime(2026, 3, 6, 15, 30, tzinfo=UTC)


def matter(number: int, created: datetime = NOW, message_id: str | None = None) -> Matter:
    return Matter(Notification(id=number, created_at=created, message_id=message_id), "uk")


def test_a_message_keeps_its_name_and_shares_it_with_no_other() -> None:
    again = matter(1)
    again.row.attempts, again.row.repeat = 3, True
    assert once([again]) == once([matter(1)])
    names = [
        once([matter(1)]),
        once([matter(2)]),
        once([matter(1), matter(2)]),  # a digest that has gathered more since its first try
        once([matter(1, NOW + timedelta(seconds=1))]),  # row 1 of another database
        once([matter(1, message_id="f83f8868")]),  # what replaces a message that is no more
    ]
    assert len(set(names)) == len(names)
    assert all(len(name) <= 32 and name.isascii() for name in names)
