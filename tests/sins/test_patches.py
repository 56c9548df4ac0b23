"""Each deliberate breakage still fits the code that it breaks: a patch that does not apply proves nothing."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
PATCHES = sorted(Path(__file__).parent.glob("*.patch"))


def hunks(patch: Path) -> Iterator[tuple[str, str]]:
    """The file, and the lines that the patch expects to find in it one after another."""
    for part in re.split(r"(?m)^--- a/", patch.read_text(encoding="utf-8"))[1:]:
        name, _, rest = part.partition("\n")
        for hunk in re.split(r"(?m)^@@.*@@.*\n", rest)[1:]:
            lines = hunk.splitlines(keepends=True)
            yield name.strip(), "".join(line[1:] for line in lines if line[0] in " -")


@pytest.mark.case("P17")
@pytest.mark.parametrize("patch", PATCHES, ids=lambda path: path.stem)
def test_a_sin_fits_the_code(patch: Path) -> None:
    found = list(hunks(patch))
    assert found
    for name, before in found:
        assert (ROOT / name).read_text(encoding="utf-8").count(before) == 1, (
            f"{patch.name} does not fit {name}"
        )


def test_there_are_sins() -> None:
    assert len(PATCHES) >= 19
