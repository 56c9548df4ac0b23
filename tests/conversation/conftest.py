"""Every conversation is held once per messenger, by people who press what is on their screens.

`@pytest.mark.only_on("telegram", why)` is for what the other messenger has nothing like.
"""

from collections.abc import Iterator

import pytest

from models.people import Messenger
from tests.stage import playing


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "database_url" in metafunc.fixturenames:
        only = metafunc.definition.get_closest_marker("only_on")
        places = list(Messenger) if only is None else [Messenger(only.args[0])]
        metafunc.parametrize("messenger", places, ids=[place.value for place in places], indirect=True)


@pytest.fixture(autouse=True)
def messenger(request: pytest.FixtureRequest) -> Iterator[Messenger]:
    """Where the people of this test are."""
    playing.messenger = getattr(request, "param", Messenger.TELEGRAM)
    yield playing.messenger
    playing.messenger = Messenger.TELEGRAM
