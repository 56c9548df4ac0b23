"""Half of the conversations on PostgreSQL are left to `make test-long`: the same half each time, by their names.

What differs between the databases is proved where it differs, in whole: tests/models, tests/inbox, tests/outbox,
tests/kills, tests/tenancy. A conversation over PostgreSQL is a second run of the same words.
"""

import os
from zlib import crc32

import pytest

ALL = bool(os.environ.get("TEST_EVERY_PAIR"))  # noqa: TID251 - the tests' own switch


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if ALL:
        return
    left = [item for item in items if _is_left(item.nodeid)]
    if left:
        config.hook.pytest_deselected(items=left)
        items[:] = [item for item in items if not _is_left(item.nodeid)]


def _is_left(nodeid: str) -> bool:
    here = nodeid.startswith("tests/conversation/") and "postgres" in nodeid.partition("[")[2]
    return here and crc32(nodeid.encode()) % 2 == 1
