"""Which of the talks are held on PostgreSQL: an eighth of them, those on Telegram, the same eighth each time, by their
names. What differs between the databases is proved where it differs, in whole: tests/models, tests/inbox, tests/outbox,
tests/kills, tests/tenancy. With TEST_EVERY_PAIR (`make test-long`) all of them are.
"""

import os
from zlib import crc32

import pytest

ALL = bool(os.environ.get("TEST_EVERY_PAIR"))  # noqa: TID251 - the tests' own switch
TALKS = ("tests/conversation/", "tests/hostile/test_dialogues.py")


def leave_out(config: pytest.Config, items: list[pytest.Item]) -> None:
    left = [] if ALL else [item for item in items if _is_left(item.nodeid)]
    if left:
        config.hook.pytest_deselected(items=left)
        items[:] = [item for item in items if not _is_left(item.nodeid)]


def _is_left(nodeid: str) -> bool:
    if not nodeid.startswith(TALKS):
        return False
    pair = nodeid.partition("[")[2]
    return "postgres" in pair and (
        "viber" in pair or crc32(nodeid.replace("telegram-", "").encode()) % 8 != 0
    )
