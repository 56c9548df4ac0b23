"""The fork server, and the figures that each loop has to show."""

from collections.abc import Callable, Iterator

import pytest

from tests.kills.lives import Zygote


@pytest.fixture(scope="module")
def zygote() -> Iterator[Zygote]:
    started = Zygote()
    yield started
    started.stop()


_figures: list[Callable[[str, object], None]] = []


@pytest.fixture(autouse=True)
def _figures_in_the_summary(record_property: Callable[[str, object], None]) -> Iterator[None]:
    """Each line of figures goes into the report, so that it is seen from xdist's workers, too."""
    _figures.append(record_property)
    yield
    _figures.clear()


def say(figures: object) -> None:
    print(f"\n{figures}")
    for record in _figures:
        record("figures", str(figures))
